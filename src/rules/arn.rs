//! Rules about the ARNs of resources, field by field.

pub(super) mod arn_account;
pub(super) mod arn_fields;
pub(super) mod arn_region;
pub(super) mod arn_service;
pub(super) mod invalid_arn_resource;
pub(super) mod resources;
