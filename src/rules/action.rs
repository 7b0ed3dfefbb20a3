//! Rules about actions: which exist, and where they can be used.

mod api_call;
pub(super) mod dynamodb_attributes_without_select;
pub(super) mod invalid_action;
pub(super) mod no_such_resource;
pub(super) mod policy_of_resource;
mod resource_of_policy;
pub(super) mod retired_name;
pub(super) mod unsupported_action_in_policy;
pub(super) mod unsupported_resource_arn_in_policy;
