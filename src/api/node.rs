//! `buildNodePolicy`.

use serde::Deserialize;

use super::option::{self, SessionEncryption};
use super::read::OneOrMany;
use super::{read, BuiltPolicy, Error, Value};
use crate::session::node::{self, AgentBuckets};
use crate::session::{Name, NodeKind, Scope};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct NodeOptions {
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    policy_name: Option<String>,
    scope: Option<String>,
    sids: Option<bool>,
    kinds: Option<OneOrMany>,
    instance_ids: Option<OneOrMany>,
    channel: Option<bool>,
    heartbeat: Option<bool>,
    session_encryption: Option<SessionEncryption>,
    bucket_encryption_check: Option<bool>,
    s3_logs: Option<S3Logs>,
    cloud_watch_logs: Option<CloudWatchLogs>,
    run_command: Option<bool>,
    legacy_channel: Option<bool>,
    state_manager: Option<bool>,
    document_parameters: Option<OneOrMany>,
    agent_buckets: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct S3Logs {
    bucket: String,
    prefix: Option<String>,
    other_account: Option<bool>,
    kms_key_arn: Option<String>,
    upload: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct CloudWatchLogs {
    log_group: Option<String>,
    streaming: Option<bool>,
    encryption_check: Option<bool>,
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
    option::policy_name(&options.policy_name)?;
    let encryption = options.session_encryption.as_ref();
    let instance_ids = option::names(&options.instance_ids, Name::NodeId, "options.instanceIds")?;
    let checked = node::NodeOptions {
        place: option::place(&options.partition, &options.region, &options.account_id)?,
        scope: option::optional_word(&options.scope, Scope::WORDS, "options.scope")?
            .unwrap_or_default(),
        sids: options.sids,
        kinds: option::kinds(
            &options.kinds,
            NodeKind::WORDS,
            &instance_ids,
            &[NodeKind::Ec2],
            "options.kinds",
        )?,
        instance_ids,
        channel: options.channel.unwrap_or(true),
        heartbeat: options.heartbeat.unwrap_or(false),
        session_keys: option::session_keys(
            encryption.map(|encryption| &encryption.kms_key_arn),
            "options.sessionEncryption.kmsKeyArn",
        )?,
        encryption_context: encryption.and_then(|encryption| encryption.encryption_context),
        bucket_encryption_check: options.bucket_encryption_check,
        s3_logs: options.s3_logs.as_ref().map(s3_logs).transpose()?,
        cloud_watch_logs: options.cloud_watch_logs.as_ref().map(cloud_watch_logs).transpose()?,
        run_command: options.run_command.unwrap_or(false),
        legacy_channel: options.legacy_channel.unwrap_or(false),
        state_manager: options.state_manager.unwrap_or(false),
        document_parameters: option::names(
            &options.document_parameters,
            Name::Parameter,
            "options.documentParameters",
        )?,
        agent_buckets: option::optional_word(
            &options.agent_buckets,
            AgentBuckets::WORDS,
            "options.agentBuckets",
        )?,
    };
    node::build_node_policy(&checked).map(BuiltPolicy::from).map_err(Error::of_option)
}

fn s3_logs(logs: &S3Logs) -> Result<node::S3Logs<'_>, Error> {
    let bucket = Name::Bucket.parse(&logs.bucket);
    Ok(node::S3Logs {
        bucket: bucket.map_err(|why| Error::refused(&why, "options.s3Logs.bucket"))?,
        prefix: option::name(&logs.prefix, Name::Prefix, "options.s3Logs.prefix")?,
        other_account: logs.other_account.unwrap_or(false),
        key: option::bucket_key(&logs.kms_key_arn, "options.s3Logs.kmsKeyArn")?,
        upload: logs.upload.unwrap_or(true),
    })
}

fn cloud_watch_logs(logs: &CloudWatchLogs) -> Result<node::CloudWatchLogs<'_>, Error> {
    Ok(node::CloudWatchLogs {
        log_group: option::log_group(&logs.log_group, "options.cloudWatchLogs.logGroup")?,
        streaming: logs.streaming.unwrap_or(false),
        encryption_check: logs.encryption_check.unwrap_or(false),
    })
}
