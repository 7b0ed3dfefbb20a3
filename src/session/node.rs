//! The policy of a node: what the role of an instance, of a hybrid activation or of a task needs for sessions.
//!
//! Source: the Systems Manager user guide, "Add Session Manager permissions to an existing IAM role" and "Create a
//! custom IAM role for Session Manager", the ECS developer guide, "ECS Exec", and the source of the agent, read
//! 2026-11.

mod agent;
mod logs;
mod notes;

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::Policy;

pub(super) use agent::{agent_buckets, CHANNELS, LEGACY_CHANNEL};
pub(super) use logs::{encryption_context, target_patterns};
pub(super) use notes::bucket_name;

use super::draft::finish;
use super::option::{self, of};
use super::{
    BuiltPolicy, Conflict, KmsKey, NodeKind, Place, Quota, Refused, Scope, SessionEncryption,
};

/// What the nodes use, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct NodeOptions<'a> {
    /// The partition; when absent, that of the Region or of a key, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region of the nodes; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account of the nodes; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// The name of the policy: it changes nothing in the text, and a wrong one is better known now.
    #[serde(deserialize_with = "option::policy_name")]
    pub policy_name: Option<&'a str>,
    /// AWS's text or the least that works.
    pub scope: Scope,
    /// Whether statements have names; when absent, those of the tight form have.
    pub sids: Option<bool>,
    /// The kinds of nodes that have the role; when none is said, those of the named nodes, else EC2.
    #[serde(deserialize_with = "option::many")]
    pub kinds: Vec<NodeKind>,
    /// The only nodes that have the role; none when it is not known which.
    #[serde(borrow, deserialize_with = "option::only_names::<of::NodeId, _>")]
    pub instance_ids: Vec<&'a str>,
    /// Whether the credentials of the role serve only on nodes, whichever these are.
    pub only_on_nodes: bool,
    /// Whether to let the agent open channels; it may when absent.
    pub channel: Option<bool>,
    /// Whether to let the agent report to Systems Manager.
    pub heartbeat: bool,
    /// The keys that encrypt session data; none when sessions are not encrypted with KMS.
    pub session_encryption: SessionEncryption,
    /// Whether to let the agent see if the log bucket is encrypted; when absent, what the scope says.
    pub bucket_encryption_check: Option<bool>,
    /// The bucket for logs.
    #[serde(borrow)]
    pub s3_logs: Option<S3Logs<'a>>,
    /// CloudWatch Logs for logs.
    #[serde(borrow)]
    pub cloud_watch_logs: Option<CloudWatchLogs<'a>>,
    /// Whether Run Command is used.
    pub run_command: bool,
    /// Whether agents use the old channel of Run Command.
    pub legacy_channel: bool,
    /// Whether State Manager associations are used.
    pub state_manager: bool,
    /// The parameters that documents refer to.
    #[serde(borrow, deserialize_with = "option::names::<of::Parameter, _>")]
    pub document_parameters: Vec<&'a str>,
    /// The buckets that the agent reads.
    pub agent_buckets: Option<AgentBuckets>,
}

/// A bucket for session logs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct S3Logs<'a> {
    /// Its name.
    #[serde(deserialize_with = "option::name::<of::Bucket, _>")]
    pub bucket: &'a str,
    /// What the keys of the logs begin with.
    #[serde(default, deserialize_with = "option::optional::<of::Prefix, _>")]
    pub prefix: Option<&'a str>,
    /// Whether it belongs to another account.
    #[serde(default)]
    pub other_account: bool,
    /// The customer managed key that encrypts it.
    #[serde(default, rename = "kmsKeyArn", deserialize_with = "option::bucket_key")]
    pub key: Option<KmsKey>,
    /// Whether to let the agent write, as it may when absent; otherwise another policy does.
    pub upload: Option<bool>,
}

impl S3Logs<'_> {
    /// Whether the agent writes.
    fn has_upload(&self) -> bool {
        self.upload.unwrap_or(true)
    }
}

/// CloudWatch Logs for session logs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct CloudWatchLogs<'a> {
    /// The log group; when absent, every group is meant.
    #[serde(deserialize_with = "option::log_group")]
    pub log_group: Option<&'a str>,
    /// Whether logs are written while the session runs.
    pub streaming: bool,
    /// Whether the preferences demand an encrypted group.
    pub encryption_check: bool,
}

/// Which of the buckets that AWS keeps for agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgentBuckets {
    /// Those for the agent itself and its modules, all that sessions can need.
    Minimum,
    /// Every bucket that the guide lists, also for patching and packages.
    All,
}

/// Builds the policy. In [`Scope::Guide`] the statements, their order and their layout are AWS's.
///
/// # Errors
/// A key that cannot serve these nodes, a Region of another partition, options that do not go together.
pub fn build_node_policy(options: &NodeOptions) -> Result<BuiltPolicy, Refused> {
    let options = &options.as_meant();
    let bucket_key = options.s3_logs.as_ref().and_then(|logs| logs.key.as_ref());
    let session_keys =
        options.session_encryption.keys.iter().map(|key| (key, "sessionEncryption.kmsKeyArn"));
    let keys: Vec<_> =
        session_keys.chain(bucket_key.map(|key| (key, "s3Logs.kmsKeyArn"))).collect();
    let fields = options.place().fields(&keys)?;
    check(options)?;

    let mut statements = agent::channel(options, &fields);
    let (before_key, key, after_key) = logs::statements(options, &fields);
    statements.extend(before_key);
    statements.extend(key);
    statements.extend(after_key);
    statements.extend(agent::rest(options, &fields));
    if statements.is_empty() {
        return Err(Refused::conflict("channel", Conflict::NOTHING_ALLOWED));
    }
    finish(&mut statements, options.scope, options.sids);
    // The logging statements of the guide write one action without a list, and only that one.
    if !options.scope.is_least() {
        logs::as_the_guide_writes(&mut statements);
    }
    Ok(BuiltPolicy::new(Policy::new(statements), Quota::RoleInline, notes::notes(options)))
}

/// Regions of 2024 and later, where agents have one channel for everything.
///
/// Source: the Systems Manager user guide, "Reference: ec2messages, ssmmessages, and other API operations", read
/// 2026-11; the years of the Regions are from general knowledge.
const WITHOUT_LEGACY_CHANNEL: [&str; 8] = [
    "ap-east-2",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "eusc-de-east-1",
    "me-west-1",
    "mx-central-1",
    "sa-west-1",
];

fn check(options: &NodeOptions) -> Result<(), Refused> {
    let region = options.place().region.map(|region| region.name);
    if options.legacy_channel && region.is_some_and(|name| WITHOUT_LEGACY_CHANNEL.contains(&name)) {
        return Err(Refused::conflict("legacyChannel", Conflict::LEGACY_CHANNEL_IN_NEW_REGION));
    }
    if options.agent_buckets.is_some() && region.is_none() {
        return Err(Refused::conflict("agentBuckets", Conflict::AGENT_BUCKETS_WITHOUT_REGION));
    }
    if options.instance_ids.iter().any(|id| !options.kinds.contains(&NodeKind::of(id))) {
        return Err(Refused::conflict("instanceIds", Conflict::INSTANCE_IDS_OF_OTHER_KIND));
    }
    if options.only_on_nodes && options.kinds.contains(&NodeKind::Ecs) {
        return Err(Refused::conflict("onlyOnNodes", Conflict::ONLY_ON_NODES_WITH_TASKS));
    }
    Ok(())
}

impl<'a> NodeOptions<'a> {
    /// Where the nodes are.
    fn place(&self) -> Place<'a> {
        Place { partition: self.partition, region: self.region, account_id: self.account_id }
    }

    /// The same with what is meant by what was left out.
    fn as_meant(&self) -> Self {
        let kinds = NodeKind::meant(&self.kinds, &self.instance_ids, &[NodeKind::Ec2]);
        NodeOptions { kinds, ..self.clone() }
    }

    /// Whether every node is a task: those send no heartbeat and have their own page in the ECS guide.
    fn is_for_tasks_only(&self) -> bool {
        self.kinds.iter().all(|kind| *kind == NodeKind::Ecs)
    }

    fn has_heartbeat(&self) -> bool {
        self.heartbeat && !self.is_for_tasks_only()
    }

    /// Whether a node applies associations; tasks are no managed nodes, so none is ever theirs.
    fn has_state_manager(&self) -> bool {
        self.state_manager && !self.is_for_tasks_only()
    }

    fn has_bucket_check(&self) -> bool {
        let usual = match self.scope {
            Scope::Guide if !self.is_for_tasks_only() => true,
            _ => self.s3_logs.is_some(),
        };
        self.bucket_encryption_check.unwrap_or(usual)
    }

    /// Whether the statements of the agent name nodes.
    fn names_nodes(&self) -> bool {
        self.scope.is_least() || self.only_on_nodes || !self.instance_ids.is_empty()
    }
}
