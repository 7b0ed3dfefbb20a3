//! `buildRelated`: each kind has options of its own.

mod documents;

use serde::Serialize;

use super::option;
use super::read::Fields;
use super::{BuiltPolicy, Error, Note, Value};
use crate::json::Plain;
use crate::session::related::{
    self, EndpointService, KeyPolicy, LogGroupKeyPolicy, RelatedKind, Trusted,
};
use crate::session::{self, Name, NodeKind, Scope};

/// What `buildRelated` answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Related {
    /// A policy.
    Policy(BuiltPolicy),
    /// A document that is no policy.
    Document(BuiltDocument),
}

/// A document that is no policy, on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BuiltDocument {
    /// The document.
    pub document: Plain<'static>,
    /// The same as text.
    pub json: String,
    /// What the text alone does not say.
    pub notes: Vec<Note>,
    /// The command of the AWS CLI that belongs to it.
    pub command: String,
}

const SESSION_KEY_POLICY: &[&str] =
    &["partition", "region", "accountId", "nodeRoleArns", "operatorArns", "kinds"];
const LOG_BUCKET_KEY_POLICY: &[&str] =
    &["partition", "region", "accountId", "bucket", "nodeRoleArns"];
const LOG_GROUP_KEY_POLICY: &[&str] = &["partition", "region", "accountId", "logGroup"];
const BUCKET_POLICY: &[&str] = &["partition", "region", "bucket", "prefix", "nodeRoleArns"];
const ENDPOINT_POLICY: &[&str] =
    &["service", "partition", "region", "accountId", "bucket", "kmsKeyArn", "operators"];
const ENDPOINTS: &[&str] = &[
    "partition",
    "region",
    "legacyChannel",
    "sessionEncryption",
    "s3Logs",
    "cloudWatchLogs",
    "operators",
];
const TRUST_POLICY: &[&str] = &["partition", "region", "accountId", "scope", "trusted"];
const HOST_MANAGEMENT_GUARD: &[&str] = &["partition", "region", "accountId", "exceptTags"];

/// `buildRelated(kind, options)`.
///
/// # Errors
/// No such kind, options of the wrong shape, or a value that AWS would not take; `path` says which.
pub fn build_related(kind: Option<&Value>, options: Option<&Value>) -> Result<Related, Error> {
    let kind = option::word(kind.unwrap_or(&Value::Null).text("kind")?, RelatedKind::WORDS);
    let policy = match kind.map_err(|why| Error::refused(&why, "kind"))? {
        RelatedKind::SessionKeyPolicy => session_key_policy(options)?,
        RelatedKind::LogBucketKeyPolicy => log_bucket_key_policy(options)?,
        RelatedKind::LogGroupKeyPolicy => log_group_key_policy(options)?,
        RelatedKind::BucketPolicy => bucket_policy(options)?,
        RelatedKind::EndpointPolicy => endpoint_policy(options)?,
        RelatedKind::TrustPolicy => trust_policy(options)?,
        RelatedKind::HostManagementGuard => host_management_guard(options)?,
        RelatedKind::Endpoints => return endpoints(options).map(Related::document),
        RelatedKind::PreferencesDocument => {
            return documents::preferences(options).map(Related::document);
        }
        RelatedKind::SessionDocument => {
            return documents::session_document(options).map(Related::document);
        }
    };
    Ok(Related::Policy(policy.into()))
}

impl Related {
    fn document(built: related::BuiltDocument) -> Self {
        Related::Document(BuiltDocument {
            document: built.document,
            json: built.json,
            notes: built.notes.into_iter().map(Note::from).collect(),
            command: built.command,
        })
    }
}

fn session_key_policy(options: Option<&Value>) -> Result<session::BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", SESSION_KEY_POLICY)?;
    let policy = KeyPolicy {
        place: options.place()?,
        node_roles: options.names("nodeRoleArns", Name::Principal)?,
        operators: options.names("operatorArns", Name::Principal)?,
        kinds: options.kinds(NodeKind::WORDS, &[], &[NodeKind::Ec2, NodeKind::Hybrid])?,
        bucket: None,
    };
    related::build_session_key_policy(&policy).map_err(Error::of_option)
}

fn log_bucket_key_policy(options: Option<&Value>) -> Result<session::BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", LOG_BUCKET_KEY_POLICY)?;
    let policy = KeyPolicy {
        place: options.place()?,
        node_roles: options.names("nodeRoleArns", Name::Principal)?,
        bucket: options.name("bucket", Name::Bucket)?,
        ..KeyPolicy::default()
    };
    related::build_log_bucket_key_policy(&policy).map_err(Error::of_option)
}

fn log_group_key_policy(options: Option<&Value>) -> Result<session::BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", LOG_GROUP_KEY_POLICY)?;
    let policy = LogGroupKeyPolicy {
        place: options.place()?,
        log_group: options.parsed("logGroup", session::parse_log_group)?,
    };
    related::build_log_group_key_policy(&policy).map_err(Error::of_option)
}

fn bucket_policy(options: Option<&Value>) -> Result<session::BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", BUCKET_POLICY)?;
    let policy = related::BucketPolicy {
        place: options.place()?,
        bucket: options.name("bucket", Name::Bucket)?,
        prefix: options.name("prefix", Name::Prefix)?,
        node_roles: options.names("nodeRoleArns", Name::Principal)?,
    };
    related::build_bucket_policy(&policy).map_err(Error::of_option)
}

fn endpoint_policy(options: Option<&Value>) -> Result<session::BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", ENDPOINT_POLICY)?;
    let policy = related::EndpointPolicy {
        place: options.place()?,
        service: options
            .required_parsed("service", |text| option::word(text, EndpointService::WORDS))?,
        bucket: options.name("bucket", Name::Bucket)?,
        session_keys: options.session_keys()?,
        operators: options.is_on("operators")?,
    };
    related::build_endpoint_policy(&policy).map_err(Error::of_option)
}

fn endpoints(options: Option<&Value>) -> Result<related::BuiltDocument, Error> {
    let options = Fields::optional(options, "options", ENDPOINTS)?;
    let endpoints = related::Endpoints {
        place: options.place()?,
        legacy_channel: options.is_on("legacyChannel")?,
        session_encryption: options.is_on("sessionEncryption")?,
        s3_logs: options.is_on("s3Logs")?,
        cloud_watch_logs: options.is_on("cloudWatchLogs")?,
        operators: options.is_on("operators")?,
    };
    related::build_endpoints(&endpoints).map_err(Error::of_option)
}

fn trust_policy(options: Option<&Value>) -> Result<session::BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", TRUST_POLICY)?;
    let policy = related::TrustPolicy {
        place: options.place()?,
        scope: options.word("scope", Scope::WORDS)?.unwrap_or_default(),
        trusted: options.words("trusted", Trusted::WORDS, &[Trusted::Ec2])?,
    };
    related::build_trust_policy(&policy).map_err(Error::of_option)
}

fn host_management_guard(options: Option<&Value>) -> Result<session::BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", HOST_MANAGEMENT_GUARD)?;
    let guard = related::HostManagementGuard {
        place: options.place()?,
        except: options.tags("exceptTags")?,
    };
    related::build_host_management_guard(&guard).map_err(Error::of_option)
}
