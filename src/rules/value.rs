//! Rules about operators and the values of conditions.

pub(super) mod aws_arn_key;
mod calling_service;
pub(super) mod date_value;
pub(super) mod duplicate_keys_with_different_case;
pub(super) mod invalid_condition_data_type;
pub(super) mod invalid_condition_multiple_boolean;
pub(super) mod invalid_condition_operator;
pub(super) mod invalid_kms_key_value;
pub(super) mod invalid_region;
pub(super) mod invalid_service_principal_format;
pub(super) mod ip_range;
pub(super) mod irrelevant_condition_key_in_policy;
pub(super) mod missing_paired_condition_keys;
pub(super) mod null_operator;
pub(super) mod operators;
pub(super) mod private_ip_address;
pub(super) mod s3_prefix_in_negative_context;
pub(super) mod scalar;
pub(super) mod session_as_principal_arn;
pub(super) mod too_permissive;
pub(super) mod type_mismatch_value;
pub(super) mod untrustworthy_condition_key;
pub(super) mod use_condition_key_only_with_supported_services;
pub(super) mod vpc_format;
pub(super) mod wildcard_in_service_name;
pub(super) mod wildcard_without_like_operator;
