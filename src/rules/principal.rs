//! Rules about principals and role trust policies.

pub(super) mod acceptance;
pub(super) mod allow_with_not_principal;
pub(super) mod audience_claim_type;
pub(super) mod federated_principal_not_supported;
mod github;
pub(super) mod github_subject;
pub(super) mod insertion;
pub(super) mod invalid_federated_principal_syntax_in_role_trust_policy;
pub(super) mod invalid_id_reference;
pub(super) mod invalid_principal;
pub(super) mod invalid_principal_format;
pub(super) mod invalid_principal_key;
pub(super) mod mismatched_action_for_principal;
pub(super) mod missing_action_for_condition_key;
pub(super) mod missing_action_for_roles_anywhere_trust_policy;
pub(super) mod missing_condition_key_for_oidc_principal;
pub(super) mod redundant_principal_in_role_trust_policy;
pub(super) mod role_for_everybody;
pub(super) mod role_trust_policy_syntax_error_notprincipal;
pub(super) mod role_trust_policy_syntax_error_resource;
pub(super) mod role_trust_policy_unsupported_wildcard_in_principal;
pub(super) mod service_principal_access;
pub(super) mod unsupported_condition_key_for_service_principal;
pub(super) mod unsupported_wildcard_in_principal;
