//! What the builders make of the options of a set-up.

use super::{
    exact, kinds, log_group, made_bucket, made_log_group, placeholders, SetupFormat, SetupOptions,
    SetupRefusal,
};
use crate::aws::Region;
use crate::export::given::Part;
use crate::export::Exported;
use crate::json::Plain;
use crate::policy::{Policy, Statement};
use crate::session::node::{build_node_policy, NodeOptions};
use crate::session::operator::build_operator_policy;
use crate::session::related::{
    build_bucket_policy, build_endpoint_policy, build_log_group_key_policy, build_preferences,
    build_session_key_policy, build_trust_policy, BucketPolicy, EndpointPolicy, EndpointService,
    LogGroupKeyPolicy, PreferencesDocument, SessionKeyPolicy, TrustPolicy, Trusted,
};
use crate::session::{self, Conflict, NodeKind, Note, Refused};

/// What the builders made.
#[derive(Default)]
pub struct Built {
    policies: Vec<(Part, Policy)>,
    preferences: Option<Plain<'static>>,
    /// What the files do not say.
    pub notes: Vec<Note>,
}

/// What the builders say must be done, and the set-up does.
const DONE: [&str; 4] =
    ["SUMMARY", "KEY_NAME_PLACEHOLDER", "KEY_MUST_BE_SYMMETRIC", "PREFERENCES_MAY_EXIST"];

impl Built {
    /// Builds all of it.
    ///
    /// # Errors
    /// What a builder refuses; nodes without a Region or an account.
    pub fn new(options: &SetupOptions) -> Result<Self, SetupRefusal> {
        // The role is new, so nothing else lets its agents report.
        let node = &NodeOptions { heartbeat: true, ..options.node.clone() };
        let (partition, region, account_id) = (node.partition, node.region, node.account_id);
        let refused = |within, at, conflict| {
            let refusal = session::Refusal::Conflict(conflict);
            Err(SetupRefusal::Options(within, Refused { at, refusal }))
        };
        if region.is_none() {
            return refused("node.", "region", Conflict::REGION_MISSING);
        }
        if account_id.is_none() {
            return refused("node.", "accountId", Conflict::ACCOUNT_MISSING);
        }
        if let Some(operator) = &options.operator {
            let is_other = |own: Region| region.is_none_or(|region| own.name != region.name);
            if operator.region.is_some_and(is_other) {
                return refused("operator.", "region", Conflict::SETUP_ELSEWHERE);
            }
            if operator.account_id.is_some() && operator.account_id != account_id {
                return refused("operator.", "accountId", Conflict::SETUP_ELSEWHERE);
            }
        }
        let mut built = Built::default();
        built.add(Part::Main, "node.", build_node_policy(node))?;
        let kinds = kinds(node);
        let mut trusted = Vec::new();
        for kind in &kinds {
            trusted.push(match kind {
                NodeKind::Ec2 => Trusted::Ec2,
                NodeKind::Hybrid => Trusted::Hybrid,
                NodeKind::Ecs => Trusted::Ecs,
            });
        }
        let trust = TrustPolicy {
            partition,
            region,
            account_id,
            scope: node.scope,
            trusted: Some(trusted),
            ..TrustPolicy::default()
        };
        built.add(Part::Trust, "node.", build_trust_policy(&trust))?;
        if !placeholders(node).is_empty() {
            let key =
                SessionKeyPolicy { partition, region, account_id, ..SessionKeyPolicy::default() };
            built.add(Part::Key, "node.", build_session_key_policy(&key))?;
        }
        if let Some(logs) = made_bucket(options) {
            let bucket = BucketPolicy {
                partition,
                region,
                bucket: Some(logs.bucket),
                prefix: logs.prefix,
                ..BucketPolicy::default()
            };
            built.add(Part::Bucket, "node.", build_bucket_policy(&bucket))?;
        }
        if options.bucket_exists && node.s3_logs.as_ref().is_some_and(|logs| !logs.other_account) {
            built.notes.push(Note {
                code: "BUCKET_LEFT_ALONE",
                message: "The bucket is there already, so it and its policy are left alone. It should be encrypted and \
                          closed to the public, and its policy must not be in the way of the role."
                    .to_owned(),
            });
        }
        if let Some(log_group) = made_log_group(options) {
            let log_group = Some(log_group);
            let key = LogGroupKeyPolicy { partition, region, account_id, log_group };
            built.add(Part::LogGroupKey, "node.", build_log_group_key_policy(&key))?;
            built.notes.retain(|note| note.code != "LOG_GROUP_MUST_EXIST");
        }
        // Tasks take their settings from their cluster.
        if kinds.iter().any(|kind| *kind != NodeKind::Ecs) {
            let is_there = options.preferences.exists;
            if is_there && options.format != SetupFormat::Terraform {
                return refused("preferences.", "exists", Conflict::PREFERENCES_EXIST);
            }
            let preferences = build_preferences(&preferences(options))
                .map_err(|refused| SetupRefusal::Options("preferences.", refused))?;
            built.note(preferences.notes);
            if !is_there {
                let how = match options.format {
                    SetupFormat::Terraform => "say so (preferences.exists), and it is imported",
                    _ => "import it before the first run",
                };
                built.notes.push(Note {
                    code: "PREFERENCES_MAY_EXIST",
                    message: format!(
                        "Where the document with the preferences is there already, as after the first visit to the \
                         console's preferences, {how}: otherwise making it fails."
                    ),
                });
            }
            built.preferences = Some(preferences.document);
        }
        let mut operator_policy = None;
        if let Some(operator) = &options.operator {
            let mut operator = operator.clone();
            operator.partition = operator.partition.or(partition);
            operator.region = operator.region.or(region);
            operator.account_id = operator.account_id.or(account_id);
            if operator.session_encryption.keys.is_empty() {
                operator.session_encryption = node.session_encryption.clone();
            }
            let policy = build_operator_policy(&operator)
                .map_err(|refused| SetupRefusal::Options("operator.", refused))?;
            operator_policy = Some(policy);
        }
        if options.endpoints {
            let granted = built.policies.iter().filter(|(part, _)| *part == Part::Main);
            let granted = granted.map(|(_, policy)| policy);
            let granted = granted.chain(operator_policy.iter().map(|built| &built.policy));
            let granted: Vec<_> = granted.flat_map(|policy| policy.statements.clone()).collect();
            built.endpoints(node, options.operator.is_some(), &granted)?;
            if node.agent_buckets.is_none() {
                built.notes.push(Note {
                    code: "AGENT_BUCKETS_LEFT_OUT",
                    message: "Updates of the agent and the modules of some documents come out of buckets of AWS. The \
                              endpoint of S3 lets nodes through to them, and the policy of the nodes does not: allow \
                              them the agent's buckets (agentBuckets) where they should update their agent."
                        .to_owned(),
                });
            }
        }
        if let Some(operator) = operator_policy {
            built.add(Part::Operator, "operator.", Ok(operator))?;
        }
        Ok(built)
    }

    /// The endpoints that are needed, which let through what is granted.
    fn endpoints(
        &mut self,
        node: &NodeOptions,
        operators: bool,
        granted: &[Statement],
    ) -> Result<(), SetupRefusal> {
        let keys = &node.session_encryption.keys;
        for (is_needed, service, part) in [
            (true, EndpointService::Ssm, Part::SsmEndpoint),
            (true, EndpointService::SsmMessages, Part::SsmMessagesEndpoint),
            (node.legacy_channel, EndpointService::Ec2Messages, Part::Ec2MessagesEndpoint),
            (true, EndpointService::S3, Part::S3Endpoint),
            (!keys.is_empty(), EndpointService::Kms, Part::KmsEndpoint),
            (node.cloud_watch_logs.is_some(), EndpointService::Logs, Part::LogsEndpoint),
        ] {
            if !is_needed {
                continue;
            }
            let endpoint = EndpointPolicy {
                partition: node.partition,
                region: node.region,
                account_id: node.account_id,
                service,
                bucket: node.s3_logs.as_ref().map(|logs| logs.bucket),
                session_keys: match service {
                    EndpointService::Kms => keys.clone(),
                    _ => Vec::new(),
                },
                operators,
                agent_buckets: node.agent_buckets,
                granted: granted.to_vec(),
            };
            self.add(part, "node.", build_endpoint_policy(&endpoint))?;
        }
        Ok(())
    }

    /// What was built, each with its place.
    pub fn parts(&self) -> Vec<(Part, Exported<'_>)> {
        let mut parts = Vec::new();
        for (part, policy) in &self.policies {
            parts.push((*part, Exported::Policy(policy)));
        }
        if let Some(document) = &self.preferences {
            parts.push((Part::Preferences, Exported::Document(document)));
        }
        parts
    }

    /// Takes what a builder answers to the options at this place.
    fn add(
        &mut self,
        part: Part,
        within: &'static str,
        built: Result<session::BuiltPolicy, Refused>,
    ) -> Result<(), SetupRefusal> {
        let built = built.map_err(|refused| SetupRefusal::Options(within, refused))?;
        self.note(built.notes);
        self.policies.push((part, built.policy));
        Ok(())
    }

    /// Takes notes, each once.
    fn note(&mut self, notes: Vec<Note>) {
        for note in notes {
            if !DONE.contains(&note.code) && !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }
}

/// The preferences with what follows from the nodes.
fn preferences<'a>(options: &'a SetupOptions) -> PreferencesDocument<'a> {
    let given = &options.preferences;
    let node = &options.node;
    let (bucket, logs) = (&node.s3_logs, &node.cloud_watch_logs);
    PreferencesDocument {
        partition: given.partition.or(node.partition),
        region: given.region.or(node.region),
        s3_bucket_name: given.s3_bucket_name.or(bucket.as_ref().map(|logs| logs.bucket)),
        s3_key_prefix: given.s3_key_prefix.or(bucket.as_ref().and_then(|logs| logs.prefix)),
        cloud_watch_log_group_name: given.cloud_watch_log_group_name.or(log_group(node)),
        cloud_watch_streaming_enabled: given
            .cloud_watch_streaming_enabled
            .or(logs.as_ref().map(|logs| logs.streaming)),
        kms_key_id: given.kms_key_id.or(node.session_encryption.keys.iter().find_map(exact)),
        ..given.clone()
    }
}
