//! Rules about action.

pub(super) mod invalid_action;
pub(super) mod policy_of_resource;
pub(super) mod unsupported_action_in_policy;
