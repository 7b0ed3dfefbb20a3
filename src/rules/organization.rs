//! Rules about the policies of organizations.

pub(super) mod rcp_missing_condition_key;
