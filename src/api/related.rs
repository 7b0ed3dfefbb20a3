//! `buildRelated`: each kind has options of its own.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};

use super::option;
use super::read::OneOrMany;
use super::{read, BuiltPolicy, Error, Note, Value};
use crate::session::related::{
    self, EndpointService, Flag, KeyPolicy, LogGroupKeyPolicy, RelatedKind, Trusted,
};
use crate::session::{self, Name, NodeKind, Refusal, Scope};

/// What `buildRelated` answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Related {
    /// A policy.
    Policy(BuiltPolicy),
    /// A document that is no policy.
    Document(BuiltDocument),
}

/// A document that is no policy, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BuiltDocument {
    /// The document.
    pub document: Data,
    /// The same as text.
    pub json: String,
    /// What the text alone does not say.
    pub notes: Vec<Note>,
    /// The command of the AWS CLI that belongs to it.
    pub command: String,
}

/// A JSON value whose objects keep their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data(related::Data);

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            related::Data::Text(text) => serializer.serialize_str(text),
            related::Data::Bool(value) => serializer.serialize_bool(*value),
            related::Data::List(list) => {
                let mut seq = serializer.serialize_seq(Some(list.len()))?;
                for value in list {
                    seq.serialize_element(&Data(value.clone()))?;
                }
                seq.end()
            }
            related::Data::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, &Data(value.clone()))?;
                }
                map.end()
            }
        }
    }
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct SessionKeyPolicyOptions {
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    node_role_arns: Option<OneOrMany>,
    operator_arns: Option<OneOrMany>,
    kinds: Option<OneOrMany>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct LogBucketKeyPolicyOptions {
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    bucket: Option<String>,
    node_role_arns: Option<OneOrMany>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct LogGroupKeyPolicyOptions {
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    log_group: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct BucketPolicyOptions {
    partition: Option<String>,
    region: Option<String>,
    bucket: Option<String>,
    prefix: Option<String>,
    node_role_arns: Option<OneOrMany>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EndpointPolicyOptions {
    service: String,
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    bucket: Option<String>,
    kms_key_arn: Option<OneOrMany>,
    operators: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct EndpointsOptions {
    partition: Option<String>,
    region: Option<String>,
    legacy_channel: Option<bool>,
    session_encryption: Option<bool>,
    s3_logs: Option<bool>,
    cloud_watch_logs: Option<bool>,
    operators: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct TrustPolicyOptions {
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    scope: Option<String>,
    trusted: Option<OneOrMany>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct PreferencesDocumentOptions {
    partition: Option<String>,
    region: Option<String>,
    description: Option<String>,
    s3_bucket_name: Option<String>,
    s3_key_prefix: Option<String>,
    s3_encryption_enabled: Option<bool>,
    cloud_watch_log_group_name: Option<String>,
    cloud_watch_encryption_enabled: Option<bool>,
    cloud_watch_streaming_enabled: Option<bool>,
    kms_key_id: Option<String>,
    run_as_enabled: Option<bool>,
    run_as_default_user: Option<String>,
    idle_session_timeout: Option<i64>,
    max_session_duration: Option<i64>,
    shell_profile: Option<ShellProfile>,
    exists: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct ShellProfile {
    windows: Option<String>,
    linux: Option<String>,
}

/// `buildRelated(kind, options)`.
///
/// # Errors
/// No such kind, options of the wrong shape, or a value that AWS would not take; `path` says which.
pub fn build_related(kind: Option<&Value>, options: Option<&Value>) -> Result<Related, Error> {
    let nothing = Value::Object(Vec::new());
    let kind: String = read(kind.unwrap_or(&Value::Null), "kind")?;
    let options = options.unwrap_or(&nothing);
    let policy = match option::word(&kind, RelatedKind::WORDS, "kind")? {
        RelatedKind::SessionKeyPolicy => session_key_policy(options)?,
        RelatedKind::LogBucketKeyPolicy => log_bucket_key_policy(options)?,
        RelatedKind::LogGroupKeyPolicy => log_group_key_policy(options)?,
        RelatedKind::BucketPolicy => bucket_policy(options)?,
        RelatedKind::EndpointPolicy => endpoint_policy(options)?,
        RelatedKind::TrustPolicy => trust_policy(options)?,
        RelatedKind::Endpoints => return endpoints(options).map(Related::document),
        RelatedKind::PreferencesDocument => return preferences(options).map(Related::document),
    };
    Ok(Related::Policy(policy.into()))
}

impl Related {
    fn document(built: related::BuiltDocument) -> Self {
        Related::Document(BuiltDocument {
            document: Data(built.document),
            json: built.json,
            notes: built.notes.into_iter().map(Note::from).collect(),
            command: built.command,
        })
    }
}

fn session_key_policy(options: &Value) -> Result<session::BuiltPolicy, Error> {
    let options: SessionKeyPolicyOptions = read(options, "options")?;
    let both = [NodeKind::Ec2, NodeKind::Hybrid];
    let policy = KeyPolicy {
        place: option::place(&options.partition, &options.region, &options.account_id)?,
        node_roles: roles(&options.node_role_arns, "options.nodeRoleArns")?,
        operators: roles(&options.operator_arns, "options.operatorArns")?,
        kinds: option::kinds(&options.kinds, NodeKind::WORDS, &[], &both, "options.kinds")?,
        bucket: None,
    };
    related::build_session_key_policy(&policy).map_err(Error::of_option)
}

fn log_bucket_key_policy(options: &Value) -> Result<session::BuiltPolicy, Error> {
    let options: LogBucketKeyPolicyOptions = read(options, "options")?;
    let policy = KeyPolicy {
        place: option::place(&options.partition, &options.region, &options.account_id)?,
        node_roles: roles(&options.node_role_arns, "options.nodeRoleArns")?,
        bucket: option::name(&options.bucket, Name::Bucket, "options.bucket")?,
        ..KeyPolicy::default()
    };
    related::build_log_bucket_key_policy(&policy).map_err(Error::of_option)
}

fn log_group_key_policy(options: &Value) -> Result<session::BuiltPolicy, Error> {
    let options: LogGroupKeyPolicyOptions = read(options, "options")?;
    let policy = LogGroupKeyPolicy {
        place: option::place(&options.partition, &options.region, &options.account_id)?,
        log_group: option::log_group(&options.log_group, "options.logGroup")?,
    };
    related::build_log_group_key_policy(&policy).map_err(Error::of_option)
}

fn bucket_policy(options: &Value) -> Result<session::BuiltPolicy, Error> {
    let options: BucketPolicyOptions = read(options, "options")?;
    let policy = related::BucketPolicy {
        place: option::place(&options.partition, &options.region, &None)?,
        bucket: option::name(&options.bucket, Name::Bucket, "options.bucket")?,
        prefix: option::name(&options.prefix, Name::Prefix, "options.prefix")?,
        node_roles: roles(&options.node_role_arns, "options.nodeRoleArns")?,
    };
    related::build_bucket_policy(&policy).map_err(Error::of_option)
}

fn endpoint_policy(options: &Value) -> Result<session::BuiltPolicy, Error> {
    let options: EndpointPolicyOptions = read(options, "options")?;
    let policy = related::EndpointPolicy {
        place: option::place(&options.partition, &options.region, &options.account_id)?,
        service: option::word(&options.service, EndpointService::WORDS, "options.service")?,
        bucket: option::name(&options.bucket, Name::Bucket, "options.bucket")?,
        session_keys: option::session_keys(options.kms_key_arn.as_ref(), "options.kmsKeyArn")?,
        operators: options.operators.unwrap_or(false),
    };
    related::build_endpoint_policy(&policy).map_err(Error::of_option)
}

fn endpoints(options: &Value) -> Result<related::BuiltDocument, Error> {
    let options: EndpointsOptions = read(options, "options")?;
    let is_on = |option: Option<bool>| option.unwrap_or(false);
    let endpoints = related::Endpoints {
        place: option::place(&options.partition, &options.region, &None)?,
        legacy_channel: is_on(options.legacy_channel),
        session_encryption: is_on(options.session_encryption),
        s3_logs: is_on(options.s3_logs),
        cloud_watch_logs: is_on(options.cloud_watch_logs),
        operators: is_on(options.operators),
    };
    related::build_endpoints(&endpoints).map_err(Error::of_option)
}

fn trust_policy(options: &Value) -> Result<session::BuiltPolicy, Error> {
    let options: TrustPolicyOptions = read(options, "options")?;
    let policy = related::TrustPolicy {
        place: option::place(&options.partition, &options.region, &options.account_id)?,
        scope: option::optional_word(&options.scope, Scope::WORDS, "options.scope")?
            .unwrap_or_default(),
        trusted: option::words(
            &options.trusted,
            Trusted::WORDS,
            "options.trusted",
            &[Trusted::Ec2],
        )?,
    };
    related::build_trust_policy(&policy).map_err(Error::of_option)
}

fn preferences(options: &Value) -> Result<related::BuiltDocument, Error> {
    let options: PreferencesDocumentOptions = read(options, "options")?;
    let profile = options.shell_profile.as_ref();
    let on = |option: Option<bool>| Flag(option.unwrap_or(true));
    let preferences = related::PreferencesDocument {
        place: option::place(&options.partition, &options.region, &None)?,
        description: options.description.as_deref(),
        s3_bucket_name: option::name(
            &options.s3_bucket_name,
            Name::Bucket,
            "options.s3BucketName",
        )?,
        s3_key_prefix: option::name(&options.s3_key_prefix, Name::Prefix, "options.s3KeyPrefix")?,
        s3_encryption_enabled: on(options.s3_encryption_enabled),
        cloud_watch_log_group_name: option::log_group(
            &options.cloud_watch_log_group_name,
            "options.cloudWatchLogGroupName",
        )?,
        cloud_watch_encryption_enabled: on(options.cloud_watch_encryption_enabled),
        cloud_watch_streaming_enabled: options.cloud_watch_streaming_enabled,
        kms_key_id: key_id(&options.kms_key_id)?,
        run_as_enabled: options.run_as_enabled.unwrap_or(false),
        run_as_default_user: option::name(
            &options.run_as_default_user,
            Name::OsUser,
            "options.runAsDefaultUser",
        )?,
        idle_session_timeout: minutes(
            options.idle_session_timeout,
            60,
            "options.idleSessionTimeout",
        )?,
        max_session_duration: minutes(
            options.max_session_duration,
            1_440,
            "options.maxSessionDuration",
        )?,
        shell_profile_windows: profile.and_then(|profile| profile.windows.as_deref()),
        shell_profile_linux: profile.and_then(|profile| profile.linux.as_deref()),
        exists: options.exists.unwrap_or(false),
    };
    related::build_preferences(&preferences).map_err(Error::of_option)
}

fn roles<'a>(given: &'a Option<OneOrMany>, path: &str) -> Result<Vec<&'a str>, Error> {
    option::names(given, Name::Principal, path)
}

/// The preferences take an ID and an alias too, which policies do not.
fn key_id(given: &Option<String>) -> Result<Option<&str>, Error> {
    let parsed = given.as_deref().map(session::parse_key_id).transpose();
    parsed.map_err(|why| Error::refused(&why, "options.kmsKeyId"))
}

fn minutes(given: Option<i64>, most: i64, path: &str) -> Result<Option<i64>, Error> {
    match given {
        Some(given) if !(1..=most).contains(&given) => {
            Err(Error::refused(&Refusal::Minutes { given, most }, path))
        }
        given => Ok(given),
    }
}
