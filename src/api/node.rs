//! `buildNodePolicy`.

use super::read::Fields;
use super::{BuiltPolicy, Error, Value};
use crate::session::node::{self, AgentBuckets};
use crate::session::{self, KmsKey, Name, NodeKind, Scope};

const OPTIONS: &[&str] = &[
    "partition",
    "region",
    "accountId",
    "policyName",
    "scope",
    "sids",
    "kinds",
    "instanceIds",
    "channel",
    "heartbeat",
    "sessionEncryption",
    "bucketEncryptionCheck",
    "s3Logs",
    "cloudWatchLogs",
    "runCommand",
    "legacyChannel",
    "stateManager",
    "documentParameters",
    "agentBuckets",
];
const S3_LOGS: &[&str] = &["bucket", "prefix", "otherAccount", "kmsKeyArn", "upload"];
const CLOUD_WATCH_LOGS: &[&str] = &["logGroup", "streaming", "encryptionCheck"];

/// `buildNodePolicy(options?)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn build_node_policy(options: Option<&Value>) -> Result<BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", OPTIONS)?;
    // The name changes nothing in the text, and a wrong one is better known now.
    options.parsed("policyName", session::parse_policy_name)?;
    let (session_keys, encryption_context) = options.session_encryption()?;
    let instance_ids = options.names("instanceIds", Name::NodeId)?;
    let s3_logs = options.object("s3Logs", S3_LOGS)?;
    let cloud_watch_logs = options.object("cloudWatchLogs", CLOUD_WATCH_LOGS)?;
    let checked = node::NodeOptions {
        place: options.place()?,
        scope: options.word("scope", Scope::WORDS)?.unwrap_or_default(),
        sids: options.flag("sids")?,
        kinds: options.kinds(NodeKind::WORDS, &instance_ids, &[NodeKind::Ec2])?,
        instance_ids,
        channel: options.flag("channel")?.unwrap_or(true),
        heartbeat: options.is_on("heartbeat")?,
        session_keys,
        encryption_context,
        bucket_encryption_check: options.flag("bucketEncryptionCheck")?,
        s3_logs: s3_logs.as_ref().map(self::s3_logs).transpose()?,
        cloud_watch_logs: cloud_watch_logs.as_ref().map(self::cloud_watch_logs).transpose()?,
        run_command: options.is_on("runCommand")?,
        legacy_channel: options.is_on("legacyChannel")?,
        state_manager: options.is_on("stateManager")?,
        document_parameters: options.names("documentParameters", Name::Parameter)?,
        agent_buckets: options.word("agentBuckets", AgentBuckets::WORDS)?,
    };
    node::build_node_policy(&checked).map(BuiltPolicy::from).map_err(Error::of_option)
}

fn s3_logs<'v>(logs: &Fields<'v>) -> Result<node::S3Logs<'v>, Error> {
    Ok(node::S3Logs {
        bucket: logs.required_name("bucket", Name::Bucket)?,
        prefix: logs.name("prefix", Name::Prefix)?,
        other_account: logs.is_on("otherAccount")?,
        key: logs.parsed("kmsKeyArn", bucket_key)?,
        upload: logs.flag("upload")?.unwrap_or(true),
    })
}

/// The key of a log bucket; `*` is the guide's word for any.
fn bucket_key(text: &str) -> Result<KmsKey, session::Refusal> {
    match text.trim() {
        "*" => Ok(KmsKey::Any),
        text => session::parse_kms_key(text),
    }
}

fn cloud_watch_logs<'v>(logs: &Fields<'v>) -> Result<node::CloudWatchLogs<'v>, Error> {
    Ok(node::CloudWatchLogs {
        log_group: logs.parsed("logGroup", session::parse_log_group)?,
        streaming: logs.is_on("streaming")?,
        encryption_check: logs.is_on("encryptionCheck")?,
    })
}
