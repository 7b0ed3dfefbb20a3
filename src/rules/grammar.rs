//! Rules about the text and its elements: names, types and what must be there.

pub(super) mod data_type_mismatch;
pub(super) mod element_types;
pub(super) mod empty_array;
pub(super) mod empty_array_condition;
pub(super) mod empty_object;
pub(super) mod empty_sid_value;
pub(super) mod free_sid;
pub(super) mod invalid_effect;
pub(super) mod invalid_policy_element;
pub(super) mod invalid_version;
pub(super) mod json_syntax_error;
pub(super) mod leading_white_space;
pub(super) mod missing_element;
pub(super) mod missing_statement;
pub(super) mod missing_version;
pub(super) mod rcp_syntax_error;
pub(super) mod refused_on_save;
pub(super) mod remove_member;
pub(super) mod resource_in_repository_policy;
pub(super) mod scp_syntax_error;
pub(super) mod set_version;
pub(super) mod unique_sids;
pub(super) mod unsupported_element_combination;
pub(super) mod unsupported_principal;
pub(super) mod unsupported_sid;
