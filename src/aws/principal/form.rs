//! Which texts can be principals of a type, by their form.
//!
//! Source: the IAM JSON policy reference, "Principal", and "IAM identifiers", read 2026-11.

use super::{is_account_id, PrincipalType};
use crate::aws::{Arn, Partition};

/// What the names of services end in, in any partition.
const SERVICE_DOMAINS: &[&str] = &[
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".amazonaws.internal",
    ".aws.internal",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
    ".hci.ic.gov",
    ".adc-e.uk",
];

/// Two services of Alexa alone have this domain.
const ALEXA: (&str, &str) = ("alexa-", ".amazon.com");

impl PrincipalType {
    /// Whether the text has a form that principals of the type have; of federated ones nothing is refused here.
    pub fn may_be(self, text: &str) -> bool {
        match self {
            PrincipalType::Aws => {
                text == "*" || is_account_id(text) || is_unique_id(text) || is_principal_arn(text)
            }
            PrincipalType::Service => is_service(text),
            // Those of accounts have 64 digits, those of origin access identities 96.
            PrincipalType::CanonicalUser => {
                text.len() >= 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
            }
            PrincipalType::Federated => true,
        }
    }
}

/// `AROA...`, `AIDA...` and the like.
fn is_unique_id(text: &str) -> bool {
    text.len() >= 16
        && text.starts_with('A')
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

fn is_principal_arn(text: &str) -> bool {
    let Some(arn) = Arn::parse(text) else { return false };
    let is_of_account = is_account_id(arn.account) || arn.account == "cloudfront";
    if !is_of_account || !arn.region.is_empty() || Partition::from_name(arn.partition).is_none() {
        return false;
    }
    let kinds: &[&str] = match arn.service {
        "iam" if arn.resource == "root" => return true,
        // The reference of policy checks writes iam where sessions have sts.
        "iam" => &["user", "role", "assumed-role", "saml-provider", "oidc-provider"],
        "sts" => &["assumed-role", "federated-user"],
        _ => return false,
    };
    let Some((kind, path)) = arn.resource.split_once('/') else { return false };
    kinds.contains(&kind) && !path.is_empty() && !path.ends_with('/')
}

fn is_service(text: &str) -> bool {
    let (start, domain) = ALEXA;
    let label = |domain: &&str| text.strip_suffix(*domain);
    SERVICE_DOMAINS.iter().filter_map(label).any(|label| !label.is_empty())
        || text.starts_with(start) && text.ends_with(domain)
}

#[cfg(test)]
mod tests {
    use super::PrincipalType::{self, Aws, CanonicalUser, Federated, Service};

    #[test]
    fn principals_have_the_forms_of_their_types() {
        let canonical = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
        let cases: [(PrincipalType, &str, bool); 34] = [
            (Aws, "*", true),
            (Aws, "111122223333", true),
            (Aws, "11112222333", false),
            (Aws, "1111222233334", false),
            (Aws, "arn:aws:iam::111122223333:root", true),
            (Aws, "arn:aws:iam::11112222333:root", false),
            (Aws, "arn:aws:iam:111122223333:root", false),
            (Aws, "arn:aws:iam::111122223333:role/a/b", true),
            (Aws, "arn:aws:iam::111122223333:role/", false),
            (Aws, "arn:aws-cn:iam::111122223333:user/a", true),
            (Aws, "arn:aws::iam::", false),
            (Aws, "arn:aws:iam::111122223333:group/a", false),
            (Aws, "arn:aws:sts::111122223333:assumed-role/a/s", true),
            (Aws, "arn:aws:sts::111122223333:federated-user/a", true),
            (Aws, "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1", true),
            (Aws, "arn:aws:s3:::b", false),
            (Aws, "AROA1234567890EXAMPLE", true),
            (Aws, "alice", false),
            (Aws, "foo", false),
            (Aws, "", false),
            (Service, "ec2.amazonaws.com", true),
            (Service, "ssm.us-east-1.amazonaws.com", true),
            (Service, "ec2.amazonaws.com.cn", true),
            (Service, "alexa-appkit.amazon.com", true),
            (Service, "ec2.amazon.com", false),
            (Service, "ec2", false),
            (Service, "non-existent-service", false),
            (Service, ".amazonaws.com", false),
            (Service, "", false),
            (CanonicalUser, canonical, true),
            (CanonicalUser, "79a59df900b949e55d96a1e698fbaced", false),
            (CanonicalUser, "arn:aws:iam::111122223333:root", false),
            (Federated, "cognito-identity.amazonaws.com", true),
            (Federated, "x", true),
        ];
        for (principal_type, text, expected) in cases {
            assert_eq!(principal_type.may_be(text), expected, "{principal_type:?} {text}");
        }
    }
}
