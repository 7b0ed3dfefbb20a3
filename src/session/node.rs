//! The policy of a node: what the role of an instance needs for sessions.
//!
//! Source: the Systems Manager user guide, "Add Session Manager permissions to an existing IAM role", read 2026-11.

use crate::aws::{matches_glob, Partition, Region};
use crate::policy::{Effect, Policy, Statement};

use super::{BuiltPolicy, KmsKey, Note, Refusal};

/// What the nodes use, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NodeOptions<'a> {
    /// The partition; when absent, that of the Region or of a key, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region of the nodes, to compare the keys with.
    pub region: Option<Region<'a>>,
    /// The account of the nodes, to compare the keys with.
    pub account_id: Option<&'a str>,
    /// The keys that encrypt session data; none when sessions are not encrypted with KMS.
    pub session_keys: Vec<KmsKey>,
    /// Whether to let the agent report to Systems Manager.
    pub heartbeat: bool,
    /// Whether to let the agent see if the log bucket is encrypted.
    pub bucket_encryption_check: bool,
}

/// The agent's report, without which it opens no channel at all.
const HEARTBEAT: &str = "ssm:UpdateInstanceInformation";
const CHANNEL: [&str; 4] = [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

/// Builds the policy of the guide's page: the statements, their order and their layout are AWS's.
///
/// # Errors
/// A key that cannot serve these nodes: [`Refusal::KmsKeyPartition`] or [`Refusal::KmsKeyRegion`]; a Region of
/// another partition: [`Refusal::RegionPartition`].
pub fn build_node_policy(options: &NodeOptions) -> Result<BuiltPolicy, Refusal> {
    check_places(options)?;

    let heartbeat = options.heartbeat.then_some(HEARTBEAT);
    let mut statements =
        vec![Statement::new(Effect::Allow, heartbeat.into_iter().chain(CHANNEL), ["*"])];
    if options.bucket_encryption_check {
        statements.push(Statement::new(Effect::Allow, ["s3:GetEncryptionConfiguration"], ["*"]));
    }
    if !options.session_keys.is_empty() {
        let keys = options.session_keys.iter().map(KmsKey::as_str);
        statements.push(Statement::new(Effect::Allow, ["kms:Decrypt"], keys));
    }
    Ok(BuiltPolicy::new(Policy::new(statements), notes(options)))
}

fn check_places(options: &NodeOptions) -> Result<(), Refusal> {
    if let (Some(partition), Some(region)) = (options.partition, options.region) {
        if region.partition != partition {
            return Err(Refusal::RegionPartition {
                region: region.name.to_owned(),
                partition,
                belongs_to: region.partition,
            });
        }
    }
    let mut nodes = options.partition.or(options.region.map(|r| r.partition));
    for key in &options.session_keys {
        let KmsKey::Arn(key) = key else { continue };
        match nodes {
            Some(nodes) if !matches_glob(key.partition(), nodes.name()) => {
                return Err(Refusal::KmsKeyPartition { key: key.partition().to_owned(), nodes });
            }
            Some(_) => {}
            // Nobody said where the nodes are, so the first key that says it does.
            None => nodes = Partition::from_name(key.partition()),
        }
        if let Some(region) = options.region {
            if !matches_glob(key.region(), region.name) {
                return Err(Refusal::KmsKeyRegion {
                    key: key.region().to_owned(),
                    nodes: region.name.to_owned(),
                });
            }
        }
    }
    Ok(())
}

fn notes(options: &NodeOptions) -> Vec<Note> {
    let mut notes = vec![summary(options)];
    if !options.heartbeat {
        notes.push(Note::new(
            "HEARTBEAT_MISSING",
            "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which \
             AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel.",
        ));
    }
    let regions =
        options.region.into_iter().chain(options.session_keys.iter().filter_map(|key| match key {
            KmsKey::Arn(arn) => Region::parse(arn.region()),
            KmsKey::Placeholder(_) => None,
        }));
    let mut unlisted: Vec<_> = regions.filter(|r| !r.is_listed()).map(|r| r.name).collect();
    unlisted.dedup();
    for region in unlisted {
        notes.push(Note::new(
            "REGION_NOT_LISTED",
            format!("The Region {region} is not among the Regions known here. It may be new; check its spelling."),
        ));
    }
    for key in &options.session_keys {
        notes.extend(key_notes(key, options.account_id));
    }
    notes
}

fn key_notes(key: &KmsKey, account_id: Option<&str>) -> Vec<Note> {
    let arn = match key {
        KmsKey::Arn(arn) => arn,
        KmsKey::Placeholder(_) => {
            return vec![Note::new(
                "KEY_NAME_PLACEHOLDER",
                "Replace key-name before you use this: IAM takes only the ARN of your KMS key there.",
            )];
        }
    };
    let mut notes = Vec::new();
    if arn.has_wildcard() {
        notes.push(Note::new(
            "KMS_KEY_PATTERN",
            format!("The role may decrypt with every key that matches {}.", arn.as_str()),
        ));
    }
    if account_id.is_some_and(|account| !matches_glob(arn.account(), account)) {
        notes.push(Note::new(
            "KMS_KEY_OTHER_ACCOUNT",
            format!(
                "The key belongs to account {}. Its key policy must allow kms:Decrypt to this role as well.",
                arn.account()
            ),
        ));
    }
    notes
}

/// What a reader in a hurry wants to know first.
fn summary(options: &NodeOptions) -> Note {
    let encrypted = !options.session_keys.is_empty();
    let all = [
        (true, "shell sessions"),
        (true, "port forwarding"),
        (encrypted, "KMS decryption of session data"),
        (options.bucket_encryption_check, "checking the encryption of the log bucket"),
        (options.heartbeat, "the agent heartbeat"),
        (false, "writing session logs to Amazon S3 or CloudWatch Logs"),
    ];
    let list = |wanted: bool| {
        let picked: Vec<_> =
            all.iter().filter(|(is, _)| *is == wanted).map(|(_, what)| *what).collect();
        picked.join(", ")
    };
    Note::new("SUMMARY", format!("Allows: {}. Not allowed: {}.", list(true), list(false)))
}
