//! The actions of a role trust policy, and which principals may take a role by which.
//!
//! Source: the IAM user guide, "Methods to assume a role", read 2026-11.

use crate::aws::{matches_glob, IdentityProvider, PrincipalType};

/// A way to take a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssumeRoleAction {
    /// For everybody who has credentials of AWS.
    AssumeRole,
    /// For people whom a SAML provider vouches for.
    AssumeRoleWithSaml,
    /// For those whom an OIDC provider vouches for.
    AssumeRoleWithWebIdentity,
}

impl AssumeRoleAction {
    /// Every way, the most common first.
    pub const ALL: [AssumeRoleAction; 3] = [
        AssumeRoleAction::AssumeRole,
        AssumeRoleAction::AssumeRoleWithSaml,
        AssumeRoleAction::AssumeRoleWithWebIdentity,
    ];

    /// The action as it stands in a policy.
    pub fn name(self) -> &'static str {
        match self {
            AssumeRoleAction::AssumeRole => "sts:AssumeRole",
            AssumeRoleAction::AssumeRoleWithSaml => "sts:AssumeRoleWithSAML",
            AssumeRoleAction::AssumeRoleWithWebIdentity => "sts:AssumeRoleWithWebIdentity",
        }
    }

    /// The action of that name in any case; `None` for a pattern and for any other action.
    pub fn from_name(name: &str) -> Option<Self> {
        let is_it = |known: &AssumeRoleAction| known.name().eq_ignore_ascii_case(name);
        Self::ALL.into_iter().find(is_it)
    }

    /// Whether such a principal can take a role so; one that is no identity provider although it should be can.
    pub fn fits(self, principal_type: PrincipalType, principal: &str) -> bool {
        let provider = || IdentityProvider::parse(principal);
        let is_federated = principal_type == PrincipalType::Federated;
        match self {
            AssumeRoleAction::AssumeRole => !is_federated,
            AssumeRoleAction::AssumeRoleWithSaml => {
                is_federated && !matches!(provider(), Some(IdentityProvider::Oidc { .. }))
            }
            AssumeRoleAction::AssumeRoleWithWebIdentity => {
                is_federated && provider() != Some(IdentityProvider::Saml)
            }
        }
    }

    /// How such a principal takes a role; `None` when it cannot.
    pub fn of(principal_type: PrincipalType, principal: &str) -> Option<Self> {
        match principal_type {
            PrincipalType::Aws | PrincipalType::Service => Some(AssumeRoleAction::AssumeRole),
            PrincipalType::CanonicalUser => None,
            PrincipalType::Federated => Some(match IdentityProvider::parse(principal)? {
                IdentityProvider::Saml => AssumeRoleAction::AssumeRoleWithSaml,
                IdentityProvider::Oidc { .. } => AssumeRoleAction::AssumeRoleWithWebIdentity,
            }),
        }
    }
}

/// Whether an entry of `Action`, a pattern perhaps, covers the action of this name; actions ignore case.
pub fn covers_action(entry: &str, name: &str) -> bool {
    // Most entries begin with another letter.
    let first = |text: &str| text.bytes().next().map(|letter| letter.to_ascii_lowercase());
    entry == "*" || first(entry) == first(name) && covers_one(entry, name)
}

/// Whether an entry other than `*` covers the action.
fn covers_one(entry: &str, name: &str) -> bool {
    // Up to a wildcard letters are compared as they stand: nearly every entry is another name.
    let (pattern, letters) = (entry.as_bytes(), name.as_bytes());
    let mut at = 0;
    loop {
        match (pattern.get(at), letters.get(at)) {
            (Some(b'*' | b'?'), _) => break,
            (Some(own), Some(letter)) if own.eq_ignore_ascii_case(letter) => at += 1,
            (None, None) => return true,
            _ => return false,
        }
    }
    // No service has a wildcard in its prefix.
    let is_behind_service = pattern.get(..at).is_some_and(|before| before.contains(&b':'));
    is_behind_service && matches_glob(&entry.to_ascii_lowercase(), &name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{covers_action, AssumeRoleAction};
    use crate::aws::PrincipalType;

    #[test]
    fn each_principal_has_its_action() {
        use AssumeRoleAction::*;
        let saml = "arn:aws:iam::111122223333:saml-provider/idp";
        for (principal_type, principal, expected) in [
            (PrincipalType::Aws, "111122223333", Some(AssumeRole)),
            (PrincipalType::Service, "ssm.amazonaws.com", Some(AssumeRole)),
            (PrincipalType::Federated, saml, Some(AssumeRoleWithSaml)),
            (PrincipalType::Federated, "accounts.google.com", Some(AssumeRoleWithWebIdentity)),
            (PrincipalType::Federated, "idp", None),
            (PrincipalType::CanonicalUser, "79a5", None),
        ] {
            let found = AssumeRoleAction::of(principal_type, principal);
            assert_eq!(found, expected, "{principal}");
            for action in AssumeRoleAction::ALL {
                let fits = action.fits(principal_type, principal);
                if let Some(expected) = expected {
                    assert_eq!(fits, action == expected, "{principal} {}", action.name());
                }
            }
        }
    }

    #[test]
    fn actions_are_covered_in_any_case() {
        assert!(covers_action("STS:*", "sts:TagSession"));
        assert!(covers_action("*", "sts:TagSession"));
        assert!(covers_action("sts:tag?ession", "sts:TagSession"));
        for entry in ["sts:Assume*", "**", "*:*", "st?:TagSession", "sts*"] {
            assert!(!covers_action(entry, "sts:TagSession"), "{entry}");
        }
        let parsed = AssumeRoleAction::from_name("STS:assumerolewithsaml");
        assert_eq!(parsed, Some(AssumeRoleAction::AssumeRoleWithSaml));
        assert_eq!(AssumeRoleAction::from_name("sts:AssumeRole*"), None);
    }
}
