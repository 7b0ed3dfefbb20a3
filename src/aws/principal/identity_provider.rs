//! Identity providers as the `Federated` principal of a role names them, and the condition keys of their claims.
//!
//! Source: the IAM JSON policy reference, "Principal", and "IAM and STS condition context keys", read 2026-11.

use super::is_account_id;
use crate::aws::{Arn, Partition};

/// A provider that vouches for people or workloads outside AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityProvider<'a> {
    /// One that speaks SAML; only its ARN names it.
    Saml,
    /// One that speaks OpenID Connect.
    Oidc {
        /// The host and path of its URL: what its condition keys begin with.
        url: &'a str,
        /// Whether IAM knows it without anybody having made it.
        is_built_in: bool,
    },
}

/// The providers that need no ARN.
const BUILT_IN: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
];

impl<'a> IdentityProvider<'a> {
    /// Reads a host name, or the ARN of a SAML or OIDC provider; `None` for anything else, a URL with its scheme too.
    pub fn parse(text: &'a str) -> Option<Self> {
        let oidc = |url| {
            is_host_and_path(url)
                .then(|| IdentityProvider::Oidc { url, is_built_in: is_built_in(url) })
        };
        let Some(arn) = Arn::parse(text) else {
            return oidc(text);
        };
        let is_iam = Partition::from_name(arn.partition).is_some()
            && arn.service == "iam"
            && arn.region.is_empty()
            && is_account_id(arn.account);
        if !is_iam {
            return None;
        }
        if let Some(name) = arn.resource.strip_prefix("saml-provider/") {
            let is_name = !name.is_empty() && name.bytes().all(is_name_byte);
            return is_name.then_some(IdentityProvider::Saml);
        }
        oidc(arn.resource.strip_prefix("oidc-provider/")?)
    }
}

/// The claim of a token that a condition key names: `HOST/PATH:claim`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClaimKey<'a> {
    /// The host and path of the provider's URL.
    pub provider: &'a str,
    /// Such as `sub`.
    pub claim: &'a str,
}

impl<'a> ClaimKey<'a> {
    /// Splits a condition key at its last colon; `None` when no host name stands before it, as in `saml:aud`.
    pub fn parse(key: &'a str) -> Option<Self> {
        let (provider, claim) = key.rsplit_once(':')?;
        is_host_and_path(provider).then_some(ClaimKey { provider, claim })
    }

    /// Whether it is who the token was made for.
    pub fn is_audience(self) -> bool {
        self.claim.eq_ignore_ascii_case("aud")
    }

    /// Whether the provider is one that IAM knows without anybody having made it.
    pub fn is_of_built_in(self) -> bool {
        is_built_in(self.provider)
    }
}

fn is_built_in(url: &str) -> bool {
    BUILT_IN.iter().any(|known| known.eq_ignore_ascii_case(url))
}

/// A host name with a dot, and perhaps a path.
fn is_host_and_path(text: &str) -> bool {
    let (host, path) = text.split_once('/').unwrap_or((text, ""));
    let is_label = |label: &str| {
        let is_byte = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        !label.is_empty() && label.bytes().all(is_byte)
    };
    host.contains('.')
        && host.split('.').all(is_label)
        && path.bytes().all(|b| b.is_ascii_graphic())
        && !path.contains(['*', '?'])
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-')
}

#[cfg(test)]
mod tests {
    use super::{ClaimKey, IdentityProvider};

    #[test]
    fn providers_are_hosts_or_arns() {
        let oidc = |url, is_built_in| Some(IdentityProvider::Oidc { url, is_built_in });
        let cases = [
            ("accounts.google.com", oidc("accounts.google.com", true)),
            ("login.example.com/a", oidc("login.example.com/a", false)),
            (
                "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB",
                oidc("oidc.eks.eu-west-1.amazonaws.com/id/AB", false),
            ),
            ("arn:aws-cn:iam::111122223333:saml-provider/My.Idp-1", Some(IdentityProvider::Saml)),
            ("https://accounts.google.com", None),
            ("SAML", None),
            ("a..b", None),
            ("", None),
            ("*", None),
            ("arn:aws:iam::111122223333:saml-provider/", None),
            ("arn:aws:iam::111122223333:saml-provider/*", None),
            ("arn:aws:iam::1111:saml-provider/a", None),
            ("arn:aws:iam::111122223333:user/alice", None),
            ("arn:aws:iam::111122223333:oidc-provider/localhost", None),
            ("arn:oops:iam::111122223333:saml-provider/a", None),
            ("arn:aws:iam", None),
        ];
        for (text, expected) in cases {
            assert_eq!(IdentityProvider::parse(text), expected, "{text}");
        }
    }

    #[test]
    fn a_claim_key_begins_with_a_host() {
        let key = ClaimKey::parse("oidc.example.com/id/A:AUD");
        assert_eq!(key.map(|key| key.provider), Some("oidc.example.com/id/A"));
        assert!(key.is_some_and(|key| key.is_audience() && !key.is_of_built_in()));
        let google = ClaimKey::parse("accounts.google.com:oaud");
        assert!(google.is_some_and(|key| !key.is_audience() && key.is_of_built_in()));
        for text in ["saml:aud", "aws:SourceArn", "aud", "", ":aud"] {
            assert_eq!(ClaimKey::parse(text), None, "{text}");
        }
    }
}
