//! Rules about organization.

pub(super) mod rcp_missing_condition_key;
