//! All that sessions on nodes need, as one set of files. Each policy in it is a builder's.

mod built;
mod resources;

use std::collections::BTreeSet;

use super::attach::SESSION_DOCUMENT;
use super::dialect::Dialect;
use super::given::{Given, Name};
use super::literal::Language;
use super::resource::Resource;
use super::{
    cloudformation, deploy, program, service_name, terraform, File, Format, Refusal, POLICY_NAME,
};
use crate::session::node::{NodeOptions, S3Logs};
use crate::session::operator::OperatorOptions;
use crate::session::related::{EndpointService, PreferencesDocument};
use crate::session::{KmsKey, NodeKind, Note, Refused, DEFAULT_DOCUMENT};

use built::Built;
use resources::PARTS;

pub use resources::SESSION_KEY;

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
    /// Whether the log bucket is there already: it is not made, and its policy is left alone.
    pub bucket_exists: bool,
    /// Whether the log group is there already.
    pub log_group_exists: bool,
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

/// Writes the files.
///
/// # Errors
/// What a builder refuses; nodes without a Region or an account.
pub fn export_setup(options: &SetupOptions) -> Result<Setup, SetupRefusal> {
    let built = Built::new(options)?;
    let given = &given(options, &built);
    let region = options.node.region.map_or("", |region| region.name);
    let account = options.node.account_id.unwrap_or_default();
    let about = "What AWS Systems Manager Session Manager needs in the Region ";
    let about = [about, region, " of the account ", account, "."].concat();
    let said = |make: String, undo: String| vec![about.clone(), make, undo];
    let named = |name: &str, text| SetupFile { name: name.to_owned(), text };
    let whole: Vec<&'static [Resource]> = PARTS.iter().map(|(_, resources)| *resources).collect();
    let file = |comments| File { comments, groups: &whole, given };
    // A stack of its own, in one file.
    let stack = |format: Format, name: &str| {
        let family = format.family();
        let asked = family.inputs(&family.of(&whole, given), given);
        let region = Some(region);
        let stays = ". Keys, the log bucket and the log group stay, and are deleted by hand.";
        let undo = [&deploy::undo(format, region), stays].concat();
        file(said(deploy::make(format, name, region, &asked), undo))
    };
    let files = match options.format {
        SetupFormat::Cloudformation => {
            let name = "session-manager.yaml";
            let file = stack(Format::Cloudformation, name);
            vec![named(name, cloudformation::as_yaml(&file))]
        }
        SetupFormat::CdkTypescript => {
            let name = "session-manager-stack.ts";
            let file = stack(Format::CdkTypescript, name);
            vec![named(name, program::print(&file, Dialect::CdkTypeScript))]
        }
        SetupFormat::Terraform => {
            let dialect = Dialect::TerraformData;
            let mut asked = Vec::new();
            let mut files = Vec::new();
            for (name, group) in &PARTS {
                let found = dialect.family().of(&[group], given);
                if found.is_empty() {
                    continue;
                }
                asked.extend(dialect.family().inputs(&found, given));
                let comments = match files.is_empty() {
                    true => said(
                        deploy::make(Format::Terraform, name, None, &[]),
                        "To undo it, run: terraform destroy. A log bucket stays until its logs are deleted by hand; keys \
                         are deleted after a waiting period, and with them all that they encrypted can be read no more."
                            .to_owned(),
                    ),
                    false => Vec::new(),
                };
                let file = file(comments);
                let mut text = file.comments_in(Language::Hcl);
                terraform::resources(&mut text, &found, &file, dialect)
                    .map_err(SetupRefusal::Format)?;
                let is_there = |it: &&Resource| {
                    options.preferences.exists && it.kind.label == SESSION_DOCUMENT.label
                };
                if let (Some(it), Some(name)) =
                    (found.into_iter().find(is_there), given.name(Name::Document))
                {
                    terraform::import(&mut text, it.kind, name);
                }
                files.push(named(name, text));
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

fn given<'a>(options: &'a SetupOptions, built: &'a Built) -> Given<'a> {
    let node = &options.node;
    let mut given = Given::default();
    given.keys = placeholders(node);
    for (part, document) in built.parts() {
        given.add(part, document);
    }
    let operator = options.operator.as_ref().and_then(|operator| operator.policy_name);
    let bucket = made_bucket(options);
    for (name, text) in [
        (Name::Role, Some(options.role_name.unwrap_or("SessionManagerNode"))),
        (Name::Policy, Some(node.policy_name.unwrap_or(POLICY_NAME))),
        (Name::OperatorPolicy, Some(operator.unwrap_or("SessionManagerOperator"))),
        (Name::Document, Some(options.preferences.name.unwrap_or(DEFAULT_DOCUMENT))),
        (Name::Bucket, bucket.map(|logs| logs.bucket)),
        (Name::BucketKey, bucket.and_then(|logs| logs.key.as_ref()).and_then(exact)),
        (Name::LogGroup, made_log_group(options)),
    ] {
        given.set(name, text);
    }
    let region = node.region.map(|region| region.name);
    for (name, service) in [
        (Name::SsmService, EndpointService::Ssm),
        (Name::SsmMessagesService, EndpointService::SsmMessages),
        (Name::Ec2MessagesService, EndpointService::Ec2Messages),
        (Name::S3Service, EndpointService::S3),
        (Name::KmsService, EndpointService::Kms),
        (Name::LogsService, EndpointService::Logs),
    ] {
        given.set(name, service_name(Some(service), region));
    }
    given
}

fn kinds(node: &NodeOptions) -> Vec<NodeKind> {
    NodeKind::meant(&node.kinds, &node.instance_ids, &[NodeKind::Ec2])
}

/// The texts of keys that stand for one that is made.
fn placeholders<'n>(node: &'n NodeOptions) -> Vec<&'n str> {
    let of_bucket = node.s3_logs.as_ref().and_then(|logs| logs.key.as_ref());
    let mut texts = Vec::new();
    for key in node.session_encryption.keys.iter().chain(of_bucket) {
        if let KmsKey::Placeholder(text) = key {
            texts.push(text.as_str());
        }
    }
    texts
}

/// The bucket, if it is to be made: it belongs to the account of the nodes, and is not there yet.
fn made_bucket<'o, 'a>(options: &'o SetupOptions<'a>) -> Option<&'o S3Logs<'a>> {
    let logs = options.node.s3_logs.as_ref();
    logs.filter(|logs| !(logs.other_account || options.bucket_exists))
}

/// The log group, if it is to be made.
fn made_log_group<'a>(options: &SetupOptions<'a>) -> Option<&'a str> {
    log_group(&options.node).filter(|_| !options.log_group_exists)
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
