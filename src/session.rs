//! What Session Manager needs: builders for the policies of nodes and of people and for what belongs to them.
//!
//! Source: the AWS Systems Manager user guide of June 2023 and of 2026, the service authorization reference of
//! 2026-09 and the source of the agent, read 2026-11. Nothing was tried on live AWS.

pub mod capabilities;
mod conflict;
mod draft;
mod input;
mod name;
pub mod node;
pub mod operator;
mod option;
mod place;
pub mod related;
mod tag;
mod want;

use serde::Deserialize;

use crate::aws::quota;
use crate::policy::{self, Policy};

pub use conflict::Conflict;
pub use draft::Scope;
pub use input::{
    parse_account_id, parse_key_id, parse_kms_key, parse_partition, parse_policy_name,
    parse_region, Counted, KmsKey, Refusal,
};
pub use name::{escaped, parse_log_group, Name};
pub use option::Values;
pub use place::{is_document_of_aws, NodeKind, Place, DEFAULT_DOCUMENT};
pub use want::WantOptions;

/// The keys that encrypt session data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct SessionEncryption {
    /// The keys; none when the option is absent.
    #[serde(rename = "kmsKeyArn", deserialize_with = "option::keys")]
    pub keys: Vec<KmsKey>,
    /// Whether a key serves only sessions on these nodes; when absent, in the tight form it does.
    pub encryption_context: Option<bool>,
}

/// A policy with what people need to know before they use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltPolicy {
    /// What it grants.
    pub policy: Policy,
    /// The text to paste, ended by a line feed.
    pub json: String,
    /// How many characters of it IAM counts.
    pub characters: usize,
    /// How many characters AWS takes.
    pub quota: usize,
    /// What the text alone does not say, the summary first.
    pub notes: Vec<Note>,
}

/// One thing to know about what was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A stable name for programs.
    pub code: &'static str,
    /// One or two sentences for people.
    pub message: String,
}

/// Why nothing was built, and which option is the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The option, such as `sessionEncryption.kmsKeyArn`.
    pub at: &'static str,
    /// Why.
    pub refusal: Refusal,
}

impl Refused {
    fn conflict(at: &'static str, conflict: Conflict) -> Self {
        Refused { at, refusal: Refusal::Conflict(conflict) }
    }
}

impl Note {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Note { code, message: message.into() }
    }
}

/// What a policy is stored as, and how many characters AWS takes there.
///
/// Source: "IAM and AWS STS quotas", "Quotas" of KMS, S3, PrivateLink and Organizations, read 2026-11. The last two
/// say that white space counts; of KMS and S3 nobody says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quota {
    /// All inline policies of a role together.
    RoleInline,
    /// A customer managed policy, the usual home of a policy for people.
    Managed,
    /// The trust policy of a role.
    Trust,
    /// A key policy.
    Key,
    /// A bucket policy.
    Bucket,
    /// A policy of a VPC endpoint.
    Endpoint,
    /// A service control policy.
    ServiceControl,
}

impl Quota {
    fn characters(self) -> usize {
        match self {
            Quota::RoleInline => quota::ROLE_INLINE,
            Quota::ServiceControl => quota::SERVICE_CONTROL,
            Quota::Managed => quota::MANAGED,
            Quota::Trust => quota::ROLE_TRUST,
            Quota::Key => quota::KMS_KEY,
            Quota::Bucket | Quota::Endpoint => quota::RESOURCE,
        }
    }

    /// What takes so many, and what to do about a longer text.
    fn advice(self) -> (&'static str, &'static str) {
        match self {
            Quota::RoleInline => (
                "in all inline policies of a role together",
                "Name fewer things, use a pattern such as key/*, or split it into customer managed policies of at \
                 most 6144 characters.",
            ),
            Quota::Managed => (
                "in a customer managed policy",
                "Name fewer things, or put the statements into two policies: nothing in one depends on the other.",
            ),
            Quota::Trust => ("in a trust policy", "Use a role for each kind of node."),
            Quota::Key => ("in a key policy", "Name an account instead of its roles."),
            Quota::Bucket => ("in a bucket policy", "Name an account instead of its roles."),
            Quota::Endpoint => ("in the policy of an endpoint", "Name fewer keys."),
            Quota::ServiceControl => ("in a service control policy", "Name fewer tags."),
        }
    }
}

impl BuiltPolicy {
    /// A policy that is put into a role, with its text.
    pub fn inline(policy: Policy, notes: Vec<Note>) -> Self {
        BuiltPolicy::new(policy, Quota::RoleInline, notes)
    }

    fn new(policy: Policy, quota: Quota, mut notes: Vec<Note>) -> Self {
        let json = policy.to_json();
        let characters = match quota {
            // White space too, and the line feed at the end is some.
            Quota::ServiceControl | Quota::Endpoint => json.chars().count(),
            _ => policy::characters(&json),
        };
        let most = quota.characters();
        if characters > most {
            let (place, advice) = quota.advice();
            notes.push(Note::new(
                "OVER_QUOTA",
                format!(
                    "The policy has {characters} characters, and AWS takes {most} {place}. {advice} Where the same can \
                     be said with fewer characters, minimizePolicy does so."
                ),
            ));
        }
        BuiltPolicy { policy, json, characters, quota: most, notes }
    }
}
