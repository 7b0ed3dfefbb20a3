//! Whether a principal, put where a fix wants it, is one that no check refuses.

use crate::aws::{has_wildcard, AssumeRoleAction, IdentityProvider, PrincipalType};
use crate::document::Statement;
use crate::rules::principal::missing_action_for_roles_anywhere_trust_policy::ROLES_ANYWHERE;
use crate::rules::principal::unsupported_condition_key_for_service_principal::iam_principal_keys;
use crate::rules::{Context, PolicyKind};

/// What of a statement decides about its principals.
pub(super) struct Acceptance {
    may_be_trust_policy: bool,
    actions: Vec<AssumeRoleAction>,
    tests_iam_principals: bool,
}

/// Whether the policy is, or may be, the trust policy of a role.
pub(super) fn may_be_trust_policy(context: &Context) -> bool {
    match context.kind {
        PolicyKind::RoleTrust => true,
        PolicyKind::Resource => context.resource_type.is_none(),
        _ => false,
    }
}

impl Acceptance {
    /// Looks at a statement once.
    pub(super) fn of(context: &Context, statement: &Statement) -> Self {
        let mut actions = Vec::new();
        for action in statement.actions() {
            let action = AssumeRoleAction::from_name(action.text);
            actions.extend(action.filter(|action| !actions.contains(action)));
        }
        Acceptance {
            may_be_trust_policy: may_be_trust_policy(context),
            actions,
            tests_iam_principals: iam_principal_keys(statement).next().is_some(),
        }
    }

    /// Whether no check refuses the statement for this principal.
    pub(super) fn takes(&self, principal_type: PrincipalType, principal: &str) -> bool {
        let is_everybody = principal_type == PrincipalType::Aws && principal == "*";
        if !principal_type.may_be(principal) || has_wildcard(principal) && !is_everybody {
            return false;
        }
        let mut actions = self.actions.iter();
        if self.may_be_trust_policy && !actions.all(|a| a.fits(principal_type, principal)) {
            return false;
        }
        match principal_type {
            PrincipalType::Aws | PrincipalType::CanonicalUser => true,
            PrincipalType::Service => principal != ROLES_ANYWHERE && !self.tests_iam_principals,
            PrincipalType::Federated => {
                self.may_be_trust_policy && IdentityProvider::parse(principal).is_some()
            }
        }
    }
}
