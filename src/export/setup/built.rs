//! What the builders make of the options of a set-up.

use super::{exact, kinds, log_group, own_bucket, placeholders, SetupOptions, SetupRefusal};
use crate::json::Plain;
use crate::policy::Policy;
use crate::session::node::{build_node_policy, NodeOptions};
use crate::session::operator::build_operator_policy;
use crate::session::related::{
    build_bucket_policy, build_endpoint_policy, build_log_group_key_policy, build_preferences,
    build_session_key_policy, build_trust_policy, BucketPolicy, EndpointPolicy, EndpointService,
    LogGroupKeyPolicy, PreferencesDocument, SessionKeyPolicy, TrustPolicy, Trusted,
};
use crate::session::{self, Conflict, NodeKind, Note, Refused};

/// What the builders made.
pub struct Built {
    pub node: Policy,
    pub trust: Policy,
    pub key: Option<Policy>,
    pub bucket: Option<Policy>,
    pub log_group_key: Option<Policy>,
    pub preferences: Option<Plain<'static>>,
    pub endpoints: Vec<(EndpointService, Policy)>,
    pub operator: Option<Policy>,
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
        let of_node = |refused| SetupRefusal::Options("node.", refused);
        let missing =
            |at, conflict| of_node(Refused { at, refusal: session::Refusal::Conflict(conflict) });
        if region.is_none() {
            return Err(missing("region", Conflict::RegionMissing));
        }
        if account_id.is_none() {
            return Err(missing("accountId", Conflict::AccountMissing));
        }
        let mut notes = Notes::default();
        let kinds = kinds(node);
        let trusted = kinds.iter().map(|kind| match kind {
            NodeKind::Ec2 => Trusted::Ec2,
            NodeKind::Hybrid => Trusted::Hybrid,
            NodeKind::Ecs => Trusted::Ecs,
        });
        let trusted = Some(trusted.collect());
        let trust = TrustPolicy { partition, region, account_id, scope: node.scope, trusted };
        let key = SessionKeyPolicy { partition, region, account_id, ..SessionKeyPolicy::default() };
        let mut built = Built {
            node: notes.policy(build_node_policy(node)).map_err(of_node)?,
            trust: notes.policy(build_trust_policy(&trust)).map_err(of_node)?,
            key: None,
            bucket: None,
            log_group_key: None,
            preferences: None,
            endpoints: Vec::new(),
            operator: None,
            notes: Vec::new(),
        };
        if placeholders(node).next().is_some() {
            built.key = Some(notes.policy(build_session_key_policy(&key)).map_err(of_node)?);
        }
        if let Some(logs) = own_bucket(node) {
            let bucket = BucketPolicy {
                partition,
                region,
                bucket: Some(logs.bucket),
                prefix: logs.prefix,
                node_roles: Vec::new(),
            };
            built.bucket = Some(notes.policy(build_bucket_policy(&bucket)).map_err(of_node)?);
        }
        if let Some(log_group) = log_group(node) {
            let log_group = Some(log_group);
            let key = LogGroupKeyPolicy { partition, region, account_id, log_group };
            let policy = notes.policy(build_log_group_key_policy(&key)).map_err(of_node)?;
            built.log_group_key = Some(policy);
            notes.all.retain(|note| note.code != "LOG_GROUP_MUST_EXIST");
        }
        // Tasks take their settings from their cluster.
        if kinds.iter().any(|kind| *kind != NodeKind::Ecs) {
            let preferences = build_preferences(&preferences(options))
                .map_err(|refused| SetupRefusal::Options("preferences.", refused))?;
            notes.add(preferences.notes);
            notes.all.push(Note {
                code: "PREFERENCES_MAY_EXIST",
                message: "Where the document with the preferences is there already, as after the first visit to the \
                          console's preferences, import it before the first run: otherwise making it fails."
                    .to_owned(),
            });
            built.preferences = Some(preferences.document);
        }
        if options.endpoints {
            for service in services(node) {
                let endpoint = EndpointPolicy {
                    partition,
                    region,
                    account_id,
                    service,
                    bucket: node.s3_logs.as_ref().map(|logs| logs.bucket),
                    session_keys: if service == EndpointService::Kms {
                        node.session_encryption.keys.clone()
                    } else {
                        Vec::new()
                    },
                    operators: options.operator.is_some(),
                };
                let policy = notes.policy(build_endpoint_policy(&endpoint)).map_err(of_node)?;
                built.endpoints.push((service, policy));
            }
        }
        if let Some(operator) = &options.operator {
            let mut operator = operator.clone();
            operator.partition = operator.partition.or(partition);
            operator.region = operator.region.or(region);
            operator.account_id = operator.account_id.or(account_id);
            if operator.session_encryption.keys.is_empty() {
                operator.session_encryption = node.session_encryption.clone();
            }
            let policy = notes.policy(build_operator_policy(&operator));
            let policy = policy.map_err(|refused| SetupRefusal::Options("operator.", refused))?;
            built.operator = Some(policy);
        }
        built.notes = notes.all;
        Ok(built)
    }
}

/// The notes of all that is built, each once.
#[derive(Default)]
struct Notes {
    all: Vec<Note>,
}

impl Notes {
    fn add(&mut self, notes: Vec<Note>) {
        let is_new = |note: &Note| !DONE.contains(&note.code) && !self.all.contains(note);
        let new: Vec<_> = notes.into_iter().filter(is_new).collect();
        self.all.extend(new);
    }

    fn policy(&mut self, built: Result<session::BuiltPolicy, Refused>) -> Result<Policy, Refused> {
        let built = built?;
        self.add(built.notes);
        Ok(built.policy)
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

/// The services whose endpoints are needed.
fn services(node: &NodeOptions) -> Vec<EndpointService> {
    let has_keys = !node.session_encryption.keys.is_empty();
    let all = [
        (true, EndpointService::Ssm),
        (true, EndpointService::SsmMessages),
        (node.legacy_channel, EndpointService::Ec2Messages),
        (true, EndpointService::S3),
        (has_keys, EndpointService::Kms),
        (node.cloud_watch_logs.is_some(), EndpointService::Logs),
    ];
    all.into_iter().filter(|(is_needed, _)| *is_needed).map(|(_, service)| service).collect()
}
