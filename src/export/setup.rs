//! All that sessions on nodes need, as one set of files. Each policy in it is a builder's.

use std::collections::BTreeSet;

use super::attach::{
    bucket_policy, endpoint, managed_policy_called, node_role, role_policy, session_document, undo,
    NODE_ROLE, POLICY_NAME,
};
use super::program::Program;
use super::resource::{field, inputs, text, Attribute, Field, Kind, Resource, Value};
use super::terraform::{self, Policies};
use super::{cloudformation, program, File, Format, Refusal};
use crate::json::Plain;
use crate::policy::Policy;
use crate::session::node::{build_node_policy, NodeOptions, S3Logs};
use crate::session::operator::{build_operator_policy, OperatorOptions};
use crate::session::related::{
    build_bucket_policy, build_endpoint_policy, build_log_group_key_policy, build_preferences,
    build_session_key_policy, build_trust_policy, BucketPolicy, EndpointPolicy, EndpointService,
    LogGroupKeyPolicy, PreferencesDocument, SessionKeyPolicy, TrustPolicy, Trusted,
};
use crate::session::{self, Conflict, KmsKey, NodeKind, Note, Refused, DEFAULT_DOCUMENT};

/// What a set-up is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetupFormat {
    /// Terraform.
    Terraform,
    /// A template in YAML.
    Cloudformation,
    /// A stack in TypeScript.
    CdkTypescript,
}

/// What is set up, checked.
pub struct SetupOptions<'a> {
    /// What it is written for.
    pub format: SetupFormat,
    /// What the nodes use.
    pub node: NodeOptions<'a>,
    /// What people may do; none when nobody is to be set up.
    pub operator: Option<OperatorOptions<'a>>,
    /// The preferences beyond what follows from the nodes.
    pub preferences: PreferencesDocument<'a>,
    /// Whether endpoints are made.
    pub endpoints: bool,
    /// The role of the nodes.
    pub role_name: Option<&'a str>,
}

/// What was written.
pub struct Setup {
    /// The files.
    pub files: Vec<SetupFile>,
    /// What they do not say.
    pub notes: Vec<Note>,
}

/// A file.
pub struct SetupFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// Why nothing was written.
pub enum SetupRefusal {
    /// A builder refuses its options, which stand at this place.
    Options(&'static str, Refused),
    /// The format cannot hold a policy.
    Format(Refusal),
}

const ROLE: &str = "SessionManagerNode";
const OPERATOR: &str = "SessionManagerOperator";
const SESSION_KEY: Kind =
    Kind { cloudformation: "AWS::KMS::Key", terraform: "aws_kms_key", label: "SessionKey" };
const LOG_GROUP_KEY: Kind = Kind { label: "LogGroupKey", ..SESSION_KEY };
const BUCKET: Kind =
    Kind { cloudformation: "AWS::S3::Bucket", terraform: "aws_s3_bucket", label: "LogBucket" };
const LOG_GROUP: Kind = Kind {
    cloudformation: "AWS::Logs::LogGroup",
    terraform: "aws_cloudwatch_log_group",
    label: "SessionLogs",
};

/// Resources that belong together, and the name of their file where each subject has its own.
type Part<'a> = (&'static str, Vec<Resource<'a>>);

/// Writes the files.
///
/// # Errors
/// What a builder refuses; nodes without a Region or an account.
pub fn export_setup(options: &SetupOptions) -> Result<Setup, SetupRefusal> {
    let built = Built::new(options)?;
    let parts = built.parts(options);
    let made: Vec<_> = placeholders(&options.node)
        .map(|text| (text.to_owned(), SESSION_KEY, Attribute::Arn))
        .collect();
    let file = |comments, resources| File { comments, resources, made: &made };
    let about = "What AWS Systems Manager Session Manager needs.".to_owned();
    let said = |format| vec![about.clone(), undo(format).to_owned()];
    let named = |name: &str, text| SetupFile { name: name.to_owned(), text };
    let files = match options.format {
        SetupFormat::Cloudformation => {
            let file = file(said(Format::Cloudformation), whole(parts));
            vec![named("session-manager.yaml", cloudformation::as_yaml(&file))]
        }
        SetupFormat::CdkTypescript => {
            let file = file(said(Format::CdkTypescript), whole(parts));
            let text = program::print(&file, Program::CdkTypeScript);
            vec![named("session-manager-stack.ts", text)]
        }
        SetupFormat::Terraform => {
            let mut asked = Vec::new();
            let mut files = Vec::new();
            for (name, resources) in parts {
                asked.extend(inputs(&resources, terraform::name));
                let mut text = String::new();
                terraform::resources(&mut text, &file(vec![], resources), Policies::DataSource)
                    .map_err(SetupRefusal::Format)?;
                files.push(named(&format!("{name}.tf"), text));
            }
            let mut known = BTreeSet::new();
            asked.retain(|input| known.insert(input.name));
            if !asked.is_empty() {
                let mut text = String::new();
                terraform::variables(&mut text, &asked);
                files.push(named("variables.tf", text));
            }
            files
        }
    };
    Ok(Setup { files, notes: built.notes })
}

fn whole(parts: Vec<Part<'_>>) -> Vec<Resource<'_>> {
    parts.into_iter().flat_map(|(_, resources)| resources).collect()
}

/// What the builders made.
struct Built {
    node: Policy,
    trust: Policy,
    key: Option<Policy>,
    bucket: Option<Policy>,
    log_group_key: Option<Policy>,
    preferences: Option<Plain<'static>>,
    endpoints: Vec<(EndpointService, Policy)>,
    operator: Option<Policy>,
    notes: Vec<Note>,
}

/// What the builders say must be done, and the set-up does.
const DONE: [&str; 4] =
    ["SUMMARY", "KEY_NAME_PLACEHOLDER", "KEY_MUST_BE_SYMMETRIC", "PREFERENCES_MAY_EXIST"];

impl Built {
    fn new(options: &SetupOptions) -> Result<Self, SetupRefusal> {
        // The role is new, so nothing else lets its agents report.
        let node = &NodeOptions { heartbeat: true, ..options.node.clone() };
        let (partition, region, account_id) = (node.partition, node.region, node.account_id);
        let of_node = |refused| SetupRefusal::Options("node.", refused);
        let missing = |at, conflict| {
            of_node(Refused { at, refusal: session::Refusal::Conflict(conflict) })
        };
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

    fn parts<'a>(&'a self, options: &'a SetupOptions) -> Vec<Part<'a>> {
        let node = &options.node;
        let role = options.role_name.unwrap_or(ROLE);
        let is_of_ec2 = kinds(node).contains(&NodeKind::Ec2);
        let mut nodes = node_role(text(role), Value::Policy(&self.trust), is_of_ec2);
        if let Some(role) = nodes.first_mut() {
            role.is_named = true;
        }
        let role = Value::Made(NODE_ROLE, Attribute::Id);
        let name = text(node.policy_name.unwrap_or(POLICY_NAME));
        nodes.push(role_policy(role, name, Value::Policy(&self.node)));
        let about = "Encrypts session data of Session Manager.";
        // First, since a program can name only what stands before it.
        let key_of = |policy| vec![key(SESSION_KEY, about, Value::Policy(policy))];
        let mut parts: Vec<Part> =
            self.key.iter().map(|policy| ("key", key_of(policy))).collect();
        parts.push(("node", nodes));
        let mut logs = Vec::new();
        if let (Some(policy), Some(of)) = (&self.bucket, own_bucket(node)) {
            logs.extend(bucket(of));
            let bucket = Value::Made(BUCKET, Attribute::Id);
            logs.push(bucket_policy(bucket, Value::Policy(policy)));
        }
        if let (Some(policy), Some(group)) = (&self.log_group_key, log_group(node)) {
            let about = "Encrypts the logs of sessions.";
            logs.push(key(LOG_GROUP_KEY, about, Value::Policy(policy)));
            let group = LOG_GROUP.with(vec![
                field("LogGroupName", "name", text(group)),
                field("KmsKeyId", "kms_key_id", Value::Made(LOG_GROUP_KEY, Attribute::Arn)),
            ]);
            logs.push(Resource { is_kept: true, ..group });
        }
        if !logs.is_empty() {
            parts.push(("logs", logs));
        }
        if let Some(document) = &self.preferences {
            let name = text(options.preferences.name.unwrap_or(DEFAULT_DOCUMENT));
            parts.push(("preferences", vec![session_document(name, Value::Document(document))]));
        }
        let region = node.region.map(|region| region.name);
        let endpoints = self.endpoints.iter().map(|(service, policy)| {
            endpoint(Some(*service), region, label(*service), Value::Policy(policy))
        });
        let endpoints: Vec<_> = endpoints.collect();
        if !endpoints.is_empty() {
            parts.push(("endpoints", endpoints));
        }
        if let (Some(policy), Some(operator)) = (&self.operator, &options.operator) {
            let name = text(operator.policy_name.unwrap_or(OPERATOR));
            let policy = managed_policy_called("OperatorPermissions", name, Value::Policy(policy));
            parts.push(("operator", vec![policy]));
        }
        parts
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

fn kinds(node: &NodeOptions) -> Vec<NodeKind> {
    NodeKind::meant(&node.kinds, &node.instance_ids, &[NodeKind::Ec2])
}

/// The texts of keys that stand for one that is made.
fn placeholders<'n>(node: &'n NodeOptions) -> impl Iterator<Item = &'n str> {
    let of_bucket = node.s3_logs.as_ref().and_then(|logs| logs.key.as_ref());
    node.session_encryption.keys.iter().chain(of_bucket).filter_map(|key| match key {
        KmsKey::Placeholder(text) => Some(text.as_str()),
        _ => None,
    })
}

/// The bucket, if it belongs to the account of the nodes.
fn own_bucket<'n, 'a>(node: &'n NodeOptions<'a>) -> Option<&'n S3Logs<'a>> {
    node.s3_logs.as_ref().filter(|logs| !logs.other_account)
}

fn log_group<'a>(node: &NodeOptions<'a>) -> Option<&'a str> {
    node.cloud_watch_logs.as_ref().and_then(|logs| logs.log_group)
}

/// One key, told exactly.
fn exact(key: &KmsKey) -> Option<&str> {
    match key {
        KmsKey::Arn(arn) if arn.has_wildcard() => None,
        KmsKey::Any => None,
        key => Some(key.as_str()),
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

fn label(service: EndpointService) -> &'static str {
    match service {
        EndpointService::Ssm => "SsmEndpoint",
        EndpointService::SsmMessages => "SsmMessagesEndpoint",
        EndpointService::Ec2Messages => "Ec2MessagesEndpoint",
        EndpointService::S3 => "S3Endpoint",
        EndpointService::Kms => "KmsEndpoint",
        EndpointService::Logs => "LogsEndpoint",
    }
}

fn key<'a>(kind: Kind, about: &'static str, policy: Value<'a>) -> Resource<'a> {
    let rotates = Value::Plain(Plain::Bool(true));
    let key = kind.with(vec![
        field("Description", "description", text(about)),
        field("EnableKeyRotation", "enable_key_rotation", rotates),
        field("KeyPolicy", "policy", policy),
    ]);
    Resource { is_kept: true, ..key }
}

/// The log bucket: closed to the public, and encrypted with its key where it has one of its own. What CloudFormation has
/// as properties of the bucket, Terraform has as resources beside it.
fn bucket<'a>(logs: &'a S3Logs) -> Vec<Resource<'a>> {
    let closed = [
        ("BlockPublicAcls", "block_public_acls"),
        ("BlockPublicPolicy", "block_public_policy"),
        ("IgnorePublicAcls", "ignore_public_acls"),
        ("RestrictPublicBuckets", "restrict_public_buckets"),
    ];
    let closed = || -> Vec<Field<'a>> {
        let is_so = || Value::Plain(Plain::Bool(true));
        closed.iter().map(|(property, attribute)| field(property, attribute, is_so())).collect()
    };
    let beside = |terraform, fields: Vec<Field<'a>>| {
        let mut all = vec![field("", "bucket", Value::Made(BUCKET, Attribute::Id))];
        all.extend(fields);
        Kind { cloudformation: "", terraform, ..BUCKET }.with(all)
    };
    let mut fields = vec![
        field("BucketName", "bucket", text(logs.bucket)),
        field("PublicAccessBlockConfiguration", "", Value::Block(closed())),
    ];
    let mut resources = vec![beside("aws_s3_bucket_public_access_block", closed())];
    if let Some(key) = logs.key.as_ref().and_then(exact) {
        let rule = || {
            let by_key = Value::Block(vec![
                field("SSEAlgorithm", "sse_algorithm", text("aws:kms")),
                field("KMSMasterKeyID", "kms_master_key_id", text(key)),
            ]);
            let applied = "apply_server_side_encryption_by_default";
            Value::Block(vec![field("ServerSideEncryptionByDefault", applied, by_key)])
        };
        let rules = Value::List(vec![rule()]);
        let encryption = vec![field("ServerSideEncryptionConfiguration", "", rules)];
        fields.push(field("BucketEncryption", "", Value::Block(encryption)));
        let terraform = "aws_s3_bucket_server_side_encryption_configuration";
        resources.push(beside(terraform, vec![field("", "rule", rule())]));
    }
    resources.insert(0, Resource { is_kept: true, ..BUCKET.with(fields) });
    resources
}
