//! Our own rules, about what Session Manager needs and what no policy should hold.

pub(super) mod arn_for_wildcard_only_action;
pub(super) mod channel_without_heartbeat;
pub(super) mod document_arn_account;
pub(super) mod document_check_without_if_exists;
mod escaped_variable;
pub(super) mod example_account_id;
pub(super) mod grants;
pub(super) mod half_granted;
pub(super) mod hybrid_node_arn;
pub(super) mod kms_alias_as_resource;
pub(super) mod own_sessions;
pub(super) mod placeholder;
pub(super) mod s3_resource_kind;
pub(super) mod scoped_describe_log_groups;
pub(super) mod secret_in_policy;
pub(super) mod tag_condition_on_document;
pub(super) mod unknown_variable;
pub(super) mod variable_in_parentheses;
