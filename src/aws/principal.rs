//! Principals of a policy: their types, unique ids, roles and the sessions of roles.
//!
//! Source: the IAM JSON policy reference, "Principal", and "IAM identifiers", read 2026-11.

mod form;
mod identity_provider;

pub use identity_provider::{ClaimKey, IdentityProvider};

use crate::aws::Arn;

/// A key of the `Principal` object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are IAM's own")]
pub enum PrincipalType {
    Aws,
    CanonicalUser,
    Federated,
    Service,
}

impl PrincipalType {
    /// Every type, sorted by name.
    pub const ALL: [PrincipalType; 4] = [
        PrincipalType::Aws,
        PrincipalType::CanonicalUser,
        PrincipalType::Federated,
        PrincipalType::Service,
    ];

    /// The name as it stands in a policy.
    pub fn name(self) -> &'static str {
        match self {
            PrincipalType::Aws => "AWS",
            PrincipalType::CanonicalUser => "CanonicalUser",
            PrincipalType::Federated => "Federated",
            PrincipalType::Service => "Service",
        }
    }

    /// The type of that name, compared to the letter as IAM does.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// The type that a name in another case was meant for.
    pub fn from_name_in_any_case(name: &str) -> Option<Self> {
        let is_it = |known: &PrincipalType| known.name().eq_ignore_ascii_case(name);
        Self::ALL.into_iter().find(is_it)
    }

    /// The type of a principal that stands without one; `None` when its form does not tell.
    pub fn of(principal: &str) -> Option<Self> {
        const SERVICE_DOMAINS: [&str; 2] = [".amazonaws.com", ".amazonaws.com.cn"];
        if let Some(arn) = Arn::parse(principal) {
            let provider = ["saml-provider/", "oidc-provider/"];
            let is_provider = provider.iter().any(|kind| arn.resource.starts_with(kind));
            return Some(match is_provider {
                true => PrincipalType::Federated,
                false => PrincipalType::Aws,
            });
        }
        if is_account_id(principal) {
            return Some(PrincipalType::Aws);
        }
        let has_service_domain = SERVICE_DOMAINS.iter().any(|domain| {
            let label = principal.strip_suffix(domain);
            label.is_some_and(|label| !label.is_empty())
        });
        has_service_domain.then_some(PrincipalType::Service)
    }
}

/// What an id that IAM gave to something names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UniqueId {
    /// `AROA` and more.
    Role,
    /// `AIDA` and more.
    User,
}

impl UniqueId {
    /// Reads the id of a role or a user: 16 to 128 capital letters and digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_id = (16..=128).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        match text.get(..4)? {
            "AROA" if is_id => Some(UniqueId::Role),
            "AIDA" if is_id => Some(UniqueId::User),
            _ => None,
        }
    }
}

/// A role by what its own ARN and those of its sessions have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Role<'a> {
    /// Such as `aws`.
    pub partition: &'a str,
    /// Its account.
    pub account: &'a str,
    /// Its name without a path.
    pub name: &'a str,
}

impl<'a> Role<'a> {
    /// Reads `arn:aws:iam::ACCOUNT:role/PATH/NAME`; the path is left out.
    pub fn of_role(text: &'a str) -> Option<Self> {
        let arn = Arn::parse(text).filter(|arn| arn.service == "iam")?;
        let path = arn.resource.strip_prefix("role/")?;
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        Some(Role { partition: arn.partition, account: arn.account, name })
    }

    /// Reads `arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION`.
    ///
    /// Differs: the service is `sts`, yet the reference of policy checks writes `iam` in its example.
    pub fn of_session(text: &'a str) -> Option<Self> {
        let arn = Arn::parse(text).filter(|arn| matches!(arn.service, "sts" | "iam"))?;
        let (name, session) = arn.resource.strip_prefix("assumed-role/")?.split_once('/')?;
        (!session.is_empty()).then_some(Role {
            partition: arn.partition,
            account: arn.account,
            name,
        })
    }
}

/// Whether the text is the ID of an account: twelve digits.
pub fn is_account_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{PrincipalType, Role, UniqueId};

    #[test]
    fn ids_begin_with_what_they_name() {
        let cases = [
            ("AROA1234567890EXAMPLE", Some(UniqueId::Role)),
            ("AIDACKCEVSQ6C2EXAMPLE", Some(UniqueId::User)),
            ("AROA123456789012", Some(UniqueId::Role)),
            ("AROA12345678901", None),
            ("AROA1234567890EXAMPLE:session", None),
            ("AROA1234567890example", None),
            ("AGPA1234567890EXAMPLE", None),
            ("ARO\u{e9}1234567890EXAMPLE", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(UniqueId::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_session_leads_to_its_role() {
        let role = |name| Some(Role { partition: "aws", account: "111122223333", name });
        let roles = [
            ("arn:aws:iam::111122223333:role/app", role("app")),
            ("arn:aws:iam::111122223333:role/team/x/app", role("app")),
            ("arn:aws:iam::111122223333:user/app", None),
            ("arn:aws:sts::111122223333:role/app", None),
            ("app", None),
        ];
        for (text, expected) in roles {
            assert_eq!(Role::of_role(text), expected, "{text}");
        }
        let sessions = [
            ("arn:aws:sts::111122223333:assumed-role/app/s", role("app")),
            ("arn:aws:iam::111122223333:assumed-role/app/s", role("app")),
            ("arn:aws:sts::111122223333:assumed-role/app", None),
            ("arn:aws:sts::111122223333:assumed-role/app/", None),
            ("arn:aws:sts::111122223333:federated-user/app", None),
        ];
        for (text, expected) in sessions {
            assert_eq!(Role::of_session(text), expected, "{text}");
        }
    }

    #[test]
    fn the_form_of_a_principal_tells_its_type() {
        use PrincipalType::*;
        for (text, expected) in [
            ("111122223333", Some(Aws)),
            ("arn:aws:iam::111122223333:root", Some(Aws)),
            ("arn:aws:iam::111122223333:saml-provider/a", Some(Federated)),
            ("ssm.amazonaws.com", Some(Service)),
            ("ec2.amazonaws.com.cn", Some(Service)),
            (".amazonaws.com", None),
            ("11112222333", None),
            ("alice", None),
            ("", None),
        ] {
            assert_eq!(PrincipalType::of(text), expected, "{text}");
        }
        for known in PrincipalType::ALL {
            let name = known.name();
            assert_eq!(PrincipalType::from_name(name), Some(known));
            assert_eq!(PrincipalType::from_name(&name.to_lowercase()), None);
            let lower = PrincipalType::from_name_in_any_case(&name.to_lowercase());
            assert_eq!(lower, Some(known));
        }
    }
}
