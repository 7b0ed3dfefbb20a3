//! All that sessions on nodes need, as one set of files. Each policy in it is a builder's.

mod built;

use std::collections::BTreeSet;

use super::attach::{
    bucket_policy, endpoint, managed_policy_called, node_role, role_policy, session_document,
    NODE_ROLE, POLICY_NAME,
};
use super::program::Program;
use super::resource::{field, inputs, text, Attribute, Field, Kind, Resource, Value};
use super::terraform::{self, Policies};
use super::{cloudformation, program, File, Language, Refusal};
use crate::json::Plain;
use crate::session::node::{NodeOptions, S3Logs};
use crate::session::operator::OperatorOptions;
use crate::session::related::{EndpointService, PreferencesDocument};
use crate::session::{KmsKey, NodeKind, Note, Refused, DEFAULT_DOCUMENT};

use built::Built;

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
    let region = options.node.region.map_or("", |region| region.name);
    let account = options.node.account_id.unwrap_or_default();
    let said = |undo: &str| {
        let about = "What AWS Systems Manager Session Manager needs in the Region";
        vec![format!("{about} {region} of the account {account}."), undo.to_owned()]
    };
    let named = |name: &str, text| SetupFile { name: name.to_owned(), text };
    let files = match options.format {
        SetupFormat::Cloudformation => {
            let file = file(said(
                "To undo it, run: aws cloudformation delete-stack --stack-name session-manager. Keys, the log bucket and \
                 the log group stay, and are deleted by hand. The stack is made with --capabilities CAPABILITY_NAMED_IAM.",
            ), whole(parts));
            vec![named("session-manager.yaml", cloudformation::as_yaml(&file))]
        }
        SetupFormat::CdkTypescript => {
            let file = file(said(
                "To undo it, run: cdk destroy SessionManagerStack. Keys, the log bucket and the log group stay, and are \
                 deleted by hand.",
            ), whole(parts));
            let text = program::print(&file, Program::CdkTypeScript);
            vec![named("session-manager-stack.ts", text)]
        }
        SetupFormat::Terraform => {
            let mut asked = Vec::new();
            let mut files = Vec::new();
            for (name, resources) in parts {
                asked.extend(inputs(&resources, terraform::name));
                let comments = match files.is_empty() {
                    true => said("To undo it, run: terraform destroy"),
                    false => Vec::new(),
                };
                let mut text = super::comments(&comments, Language::Hcl);
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

impl Built {
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
        let mut parts: Vec<Part> = self.key.iter().map(|policy| ("key", key_of(policy))).collect();
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
