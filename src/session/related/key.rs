//! Key policies: of the key for session data, of those for the log bucket and the log group.
//!
//! Source: the KMS developer guide, "Key policies"; the CloudWatch Logs user guide, "Encrypt log data using AWS KMS";
//! read 2026-11.

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::{Policy, Principal, Statement, Strings, Who};

use super::super::draft::{allow_all, finish, one, principals, when};
use super::super::node::{bucket_name, target_patterns};
use super::super::option::{self, of};
use super::super::place::Fields;
use super::super::{BuiltPolicy, Conflict, NodeKind, Note, Place, Quota, Refused, Scope};

/// Who uses the key for session data, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct SessionKeyPolicy<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// The roles of the nodes, or accounts.
    #[serde(
        borrow,
        rename = "nodeRoleArns",
        deserialize_with = "option::names::<of::Principal, _>"
    )]
    pub node_roles: Vec<&'a str>,
    /// The roles and users of people, or accounts.
    #[serde(
        borrow,
        rename = "operatorArns",
        deserialize_with = "option::names::<of::Principal, _>"
    )]
    pub operators: Vec<&'a str>,
    /// The kinds of nodes; EC2 and hybrid when none is said.
    #[serde(deserialize_with = "option::many")]
    pub kinds: Vec<NodeKind>,
}

/// Who uses the key of a log bucket, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct LogBucketKeyPolicy<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// The bucket.
    #[serde(deserialize_with = "option::optional::<of::Bucket, _>")]
    pub bucket: Option<&'a str>,
    /// The roles of the nodes, or accounts.
    #[serde(
        borrow,
        rename = "nodeRoleArns",
        deserialize_with = "option::names::<of::Principal, _>"
    )]
    pub node_roles: Vec<&'a str>,
    /// The organization whose nodes write, whatever their role.
    #[serde(deserialize_with = "option::optional::<of::Organization, _>")]
    pub organization_id: Option<&'a str>,
}

/// The log group that a key encrypts, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct LogGroupKeyPolicy<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// The group.
    #[serde(deserialize_with = "option::log_group")]
    pub log_group: Option<&'a str>,
}

/// The key that encrypts session data: nodes decrypt, people make data keys.
///
/// # Errors
/// Without an account; a Region or a principal of another partition.
pub fn build_session_key_policy(options: &SessionKeyPolicy) -> Result<BuiltPolicy, Refused> {
    let place = Place::new(options.partition, options.region, options.account_id);
    let users: [(&[&str], _); 2] =
        [(&options.node_roles, "nodeRoleArns"), (&options.operators, "operatorArns")];
    let fields = fields(place, &users)?;
    let kinds = NodeKind::meant(&options.kinds, &[], &[NodeKind::Ec2, NodeKind::Hybrid]);
    let mut statements = vec![administration(&fields)];
    let users = [
        ("NodesDecryptSessionKeys", "kms:Decrypt", &options.node_roles),
        ("OperatorsCreateSessionKeys", "kms:GenerateDataKey", &options.operators),
    ];
    for (sid, action, who) in users {
        if who.is_empty() {
            continue;
        }
        let mut statement = used_by(sid, &[action], who);
        // The target of a task begins with ecs: and is not tried, so with tasks nothing is asked.
        if !kinds.contains(&NodeKind::Ecs) {
            let targets = Strings::one_or_many(target_patterns(&kinds));
            let key = "kms:EncryptionContext:aws:ssm:TargetId";
            when(&mut statement, "StringLike", key, targets);
        }
        statements.push(statement);
    }
    Ok(key_policy(statements, "nodes decrypt and people encrypt session data", place))
}

/// The key of a log bucket, which S3 uses for the nodes.
///
/// # Errors
/// Without an account, a Region or a bucket; a Region or a role of another partition.
pub fn build_log_bucket_key_policy(options: &LogBucketKeyPolicy) -> Result<BuiltPolicy, Refused> {
    let place = Place::new(options.partition, options.region, options.account_id);
    let fields = fields(place, &[(&options.node_roles, "nodeRoleArns")])?;
    region(place)?;
    let bucket =
        options.bucket.ok_or_else(|| Refused::conflict("bucket", Conflict::BUCKET_MISSING))?;
    let mut statements = vec![administration(&fields)];
    let actions = ["kms:Decrypt", "kms:GenerateDataKey"];
    let of_roles = || used_by("NodesWriteEncryptedLogs", &actions, &options.node_roles);
    let of_organization = |_| {
        let everyone = Principal { negated: false, who: Who::Everyone };
        let statement = allow_all("OrganizationWritesEncryptedLogs", &actions);
        Statement { principal: Some(everyone), ..statement }
    };
    let writers = [
        ((!options.node_roles.is_empty()).then(of_roles), None),
        (options.organization_id.map(of_organization), options.organization_id),
    ];
    for (statement, organization) in writers {
        let Some(mut statement) = statement else { continue };
        let (operator, value) = fields.via_service("s3");
        when(&mut statement, operator, "kms:ViaService", one(value));
        // The ARN of the bucket where it has a bucket key, that of the object where not.
        let of_bucket = ["", "/*"].map(|path| fields.bucket(bucket, path));
        let of_bucket = Strings::many(of_bucket);
        when(&mut statement, "StringLike", "kms:EncryptionContext:aws:s3:arn", of_bucket);
        if let Some(id) = organization {
            when(&mut statement, "StringEquals", "aws:PrincipalOrgID", one(id));
        }
        statements.push(statement);
    }
    let mut built = key_policy(statements, "S3 encrypts the logs that nodes upload", place);
    built.notes.extend(bucket_name(bucket));
    Ok(built)
}

/// The key of a log group, which CloudWatch Logs uses by itself: nodes need nothing for it.
///
/// # Errors
/// Without an account, a Region or a log group; a Region of another partition.
pub fn build_log_group_key_policy(options: &LogGroupKeyPolicy) -> Result<BuiltPolicy, Refused> {
    let place = Place::new(options.partition, options.region, options.account_id);
    let fields = fields(place, &[])?;
    region(place)?;
    let group = options
        .log_group
        .ok_or_else(|| Refused::conflict("logGroup", Conflict::LOG_GROUP_MISSING))?;
    // The guide has kms:Describe* among them, which grants nothing here: requests of DescribeKey have no encryption
    // context (AWS KMS developer guide, "AWS KMS condition keys", and the service authorization reference, read
    // 2026-11; AWS's managed policy CloudWatchLogsAPIKeyAccess of 2026 has it in a statement without the context).
    // Without the condition the service could describe the key for any customer, and the guide's
    // text, which never let it, is enough.
    let actions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
    let mut statement = allow_all("CloudWatchLogsUsesKey", &actions);
    statement.principal = principals("Service", vec![fields.host("logs")]);
    let group = one(fields.arn("logs", &format!("log-group:{group}")));
    when(&mut statement, "ArnEquals", "kms:EncryptionContext:aws:logs:arn", group);
    let statements = vec![administration(&fields), statement];
    let mut built = key_policy(statements, "CloudWatch Logs encrypts the log group", place);
    built.notes.push(Note::new(
        "SOURCE_IN_ENCRYPTION_CONTEXT",
        "Access Analyzer warns that CloudWatch Logs may act for anybody (RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL), since it \
         looks for the keys aws:Source* alone. The encryption context, which AWS's guide has in their place, holds the \
         service to this log group.",
    ));
    if !fields.has_known_service_names() {
        built.notes.push(Note::new(
            "SERVICE_PRINCIPAL_UNVERIFIED",
            format!(
                "The name {} follows the host names of the partition. Compare it with AWS's guide for this partition \
                 before you rely on it.",
                fields.host("logs")
            ),
        ));
    }
    Ok(built)
}

fn fields<'a>(
    place: Place<'a>,
    principals: &[(&[&str], &'static str)],
) -> Result<Fields<'a>, Refused> {
    if place.account_id.is_none() {
        return Err(Refused::conflict("accountId", Conflict::ACCOUNT_MISSING));
    }
    place.fields_with(principals)
}

fn region(place: Place) -> Result<(), Refused> {
    match place.region {
        Some(_) => Ok(()),
        None => Err(Refused::conflict("region", Conflict::REGION_MISSING)),
    }
}

/// Without it nobody could ever change the key policy again, and IAM policies would count for nothing.
fn administration(fields: &Fields) -> Statement {
    let mut statement = allow_all("AccountAdministration", &["kms:*"]);
    statement.principal = principals("AWS", vec![fields.iam("root")]);
    statement
}

fn used_by(sid: &str, actions: &[&str], who: &[&str]) -> Statement {
    let mut statement = allow_all(sid, actions);
    statement.principal = principals("AWS", who.iter().map(|arn| (*arn).to_owned()).collect());
    statement
}

fn key_policy(mut statements: Vec<Statement>, what: &str, place: Place) -> BuiltPolicy {
    finish(&mut statements, Scope::LeastPrivilege, Some(true));
    let mut notes = vec![
        Note::new("SUMMARY", format!("Allows: the account administers the key; {what}.")),
        Note::new(
            "KEY_POLICY_SAME_ACCOUNT",
            "Within the account the first statement makes IAM policies enough. Principals of other accounts need \
             both: a statement here and one in their own policies.",
        ),
        Note::new(
            "KEY_MUST_BE_SYMMETRIC",
            "The key must be a symmetric encryption key, in the Region where it is used.",
        ),
    ];
    notes.extend(place.notes(&[], ""));
    BuiltPolicy::new(Policy::new(statements), Quota::Key, notes)
}
