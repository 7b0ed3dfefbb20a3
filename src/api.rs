//! The wire: one function for each call of the package, from a [`Value`] to something that can be serialized.
//!
//! Fields are in camel case, an absent list is `[]`, and arguments that have a field too many are refused.

mod check;
mod document;
mod evaluate;
mod explain;
mod read;

use serde::{Deserialize, Serialize};

use crate::session::{self, Refusal};

pub use check::{
    apply_fixes, list_checks, validate_policy, Check, Edit, Finding, Fix, Location, PathElement,
    PolicyText, Position, Range,
};
pub use document::{Map, OneOrMany, PolicyDocument, Principals, Statement};
pub use evaluate::{evaluate, Decision, Matched, Missing, Reason, Requirement};
pub use explain::{explain_error, Explanation, Permission};
use read::read;
pub use read::Value;

/// Why a call was refused; `PosternError` in JavaScript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Error {
    /// A stable name for programs.
    pub code: &'static str,
    /// Sentences for people: what is wrong, and what a right one looks like.
    pub message: String,
    /// Where in the arguments, such as `options.sessionEncryption.kmsKeyArn`; `None` when it is no one place.
    pub path: Option<String>,
}

impl Error {
    fn refused(refusal: &Refusal, path: impl Into<String>) -> Self {
        Error { code: refusal.code(), message: refusal.to_string(), path: Some(path.into()) }
    }
}

/// A built policy on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuiltPolicy {
    /// The policy document as an object.
    pub policy: PolicyDocument,
    /// The text to paste.
    pub json: String,
    /// How many characters of it IAM counts.
    pub characters: usize,
    /// How many IAM takes.
    pub quota: usize,
    /// What the text alone does not say.
    pub notes: Vec<Note>,
}

/// A note on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A stable name for programs.
    pub code: &'static str,
    /// Sentences for people.
    pub message: String,
}

impl From<session::BuiltPolicy> for BuiltPolicy {
    fn from(built: session::BuiltPolicy) -> Self {
        let notes = built.notes.into_iter();
        BuiltPolicy {
            policy: built.policy.into(),
            json: built.json,
            characters: built.characters,
            quota: built.quota,
            notes: notes.map(|note| Note { code: note.code, message: note.message }).collect(),
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct NodeOptions {
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    policy_name: Option<String>,
    session_encryption: Option<SessionEncryption>,
    heartbeat: Option<bool>,
    bucket_encryption_check: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct SessionEncryption {
    kms_key_arn: read::OneOrMany,
}

/// `buildNodePolicy(options?)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn build_node_policy(options: Option<&Value>) -> Result<BuiltPolicy, Error> {
    let options: NodeOptions = match options {
        Some(options) => read(options, "options")?,
        None => NodeOptions::default(),
    };
    let at = |path: &'static str| move |refusal: Refusal| Error::refused(&refusal, path);

    if let Some(name) = &options.policy_name {
        session::parse_policy_name(name).map_err(at("options.policyName"))?;
    }
    let partition = options.partition.as_deref().map(session::parse_partition);
    let region = options.region.as_deref().map(session::parse_region);
    let account_id = options.account_id.as_deref().map(session::parse_account_id);
    let checked = session::NodeOptions {
        partition: partition.transpose().map_err(at("options.partition"))?,
        region: region.transpose().map_err(at("options.region"))?,
        account_id: account_id.transpose().map_err(at("options.accountId"))?,
        session_keys: match &options.session_encryption {
            Some(encryption) => session_keys(&encryption.kms_key_arn)?,
            None => Vec::new(),
        },
        heartbeat: options.heartbeat.unwrap_or(false),
        bucket_encryption_check: options.bucket_encryption_check.unwrap_or(true),
    };
    let built = session::build_node_policy(&checked).map_err(|refusal| {
        let path = match refusal {
            Refusal::RegionPartition { .. } => "options.region",
            _ => KMS_KEY_ARN,
        };
        Error::refused(&refusal, path)
    })?;
    Ok(built.into())
}

/// An inline policy has room for a tenth of them.
const MANY_KEYS: usize = 1_000;

const KMS_KEY_ARN: &str = "options.sessionEncryption.kmsKeyArn";

fn session_keys(given: &read::OneOrMany) -> Result<Vec<session::KmsKey>, Error> {
    if given.values.is_empty() {
        return Err(Error::refused(&Refusal::NoKmsKey, KMS_KEY_ARN));
    }
    let mut keys = Vec::new();
    for (i, text) in given.values.iter().enumerate() {
        let key = session::parse_kms_key(text).map_err(|refusal| {
            let path =
                if given.is_list { format!("{KMS_KEY_ARN}[{i}]") } else { KMS_KEY_ARN.to_owned() };
            Error::refused(&refusal, path)
        })?;
        // A key named twice grants nothing more. A list so long that looking for it takes time is over every quota
        // anyway.
        if keys.len() > MANY_KEYS || !keys.contains(&key) {
            keys.push(key);
        }
    }
    Ok(keys)
}
