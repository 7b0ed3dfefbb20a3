//! Public access: whether somebody whom the policy does not know may do something.
//!
//! Source: "The meaning of public" in the S3 user guide and "Block public access" in that of DynamoDB, read 2026-11.

use super::caller::callers;
use super::owner::with_owner;
use super::pattern::Names;
use super::task::Task;
use super::witness::{sets, Isolation};
use super::{
    check, denies, expand, question, side, Answer, Budget, Check, PolicyType, Requests, Sides,
};
use crate::aws::{is_account_id, variables, Arn, BaseOperator, ConditionOperator, Family, IpRange};
use crate::evaluate::Request;
use crate::policy::{Condition, Effect, Policy, Statement, Strings, Version};
use crate::sort::sort;

/// The types of resources whose policies are checked, in CloudFormation's names.
///
/// Source: the Access Analyzer API reference, CheckNoPublicAccess, read 2026-11.
pub const RESOURCE_TYPES: [&str; 26] = [
    "AWS::ApiGateway::RestApi",
    "AWS::Backup::BackupVault",
    "AWS::CloudTrail::Dashboard",
    "AWS::CloudTrail::EventDataStore",
    "AWS::CodeArtifact::Domain",
    "AWS::DynamoDB::Stream",
    "AWS::DynamoDB::Table",
    "AWS::EFS::FileSystem",
    "AWS::IAM::AssumeRolePolicyDocument",
    "AWS::KMS::Key",
    "AWS::Kinesis::Stream",
    "AWS::Kinesis::StreamConsumer",
    "AWS::Lambda::Function",
    "AWS::OpenSearchService::Domain",
    "AWS::S3::AccessPoint",
    "AWS::S3::Bucket",
    "AWS::S3::Glacier",
    "AWS::S3Express::AccessPoint",
    "AWS::S3Express::DirectoryBucket",
    "AWS::S3Outposts::AccessPoint",
    "AWS::S3Outposts::Bucket",
    "AWS::S3Tables::Table",
    "AWS::S3Tables::TableBucket",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::SecretsManager::Secret",
];

/// Keys whose fixed values keep strangers out; in lower case. The end of DynamoDB's list could not be read, so others may
/// do so, too.
///
/// Source: the two guides; from `kms:` on, the filter keys of Access Analyzer's findings; read 2026-11.
const TRUSTED: [&str; 18] = [
    "aws:principalorgid",
    "aws:sourcearn",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:sourceowner",
    "aws:sourceaccount",
    "aws:userid",
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    ACCESS_POINT,
    "s3:dataaccesspointaccount",
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgpaths",
    "kms:calleraccount",
    "cognito-identity.amazonaws.com:aud",
    "graph.facebook.com:app_id",
    "accounts.google.com:aud",
    "www.amazon.com:app_id",
];

const ACCESS_POINT: &str = "s3:dataaccesspointarn";
const SOURCE_IP: &str = "aws:SourceIp";
/// Who comes by way of a mount target is inside of the VPC.
///
/// Source: "The meaning of public" in the EFS user guide, read 2026-11.
const MOUNT_TARGET: &str = "elasticfilesystem:AccessedViaMountTarget";

/// What the values of a policy do for a trusted key.
#[derive(Default)]
struct Fixed {
    /// Texts that stand for themselves.
    values: Vec<String>,
    /// Patterns that limit as these do.
    patterns: Vec<String>,
    /// Patterns that may.
    doubtful: Vec<String>,
}

/// Whether the policy lets strangers do something.
pub fn no_public_access(policy: &Policy, resource_type: &str) -> Check {
    let everyone = callers([policy].into_iter(), false);
    let strangers = callers([policy].into_iter(), true);
    let mut policy = policy.clone();
    expand(&mut policy, &[everyone, strangers.clone()].concat());
    let (ranges, are_many) = ranges(&policy);
    let policies = [policy];
    let sets = sets(&policies, PolicyType::Resource, policies.iter());
    let isolation = Isolation::new(&sets);
    let owned: Vec<Policy> =
        policies.iter().filter_map(|policy| with_owner(policy, isolation.account)).collect();
    let budget = Budget::of(policies.iter());
    let ask = |policies: &[Policy], is_strict: bool| {
        let mut names = Names::default();
        let all = side::read(policies, PolicyType::Resource, false, &strangers, &mut names);
        let written = stranger(policies, resource_type, is_strict, &ranges);
        let stranger =
            side::one(&written, (0, 0), Version::V2008, PolicyType::Identity, false, &mut names);
        let task = |allow, number| {
            let covers = denies(&all).collect();
            (number == 0).then(|| Task { positives: vec![allow, &stranger], covers })
        };
        let is_asked = |_: &Request| true;
        let sides: Sides = (&isolation, None, &is_asked);
        check(&all, &task, sides, &names, &strangers, Requests::Any, &budget)
    };
    // First without the values of which nobody outside AWS knows whether they limit.
    let passes = |policies: &[Policy]| ask(policies, false).answer == Answer::Pass;
    let mut answer = ask(if owned.is_empty() { &policies } else { &owned }, true);
    if answer.answer == Answer::Pass && !passes(&policies) {
        answer.answer = Answer::Unknown;
        answer.unknown.push(match !owned.is_empty() && passes(&owned) {
            true => question::TRUSTED_VARIABLE,
            false => question::TRUSTED_WILDCARD,
        });
    }
    if answer.answer == Answer::Pass && are_many {
        answer.answer = Answer::Unknown;
        answer.unknown.push(question::ADDRESSES);
    }
    answer
}

/// What a stranger's request has: for trusted keys nothing that the policy fixes. `is_strict` takes patterns that may
/// limit for those that do.
fn stranger(
    policies: &[Policy],
    resource_type: &str,
    is_strict: bool,
    ranges: &[String],
) -> Statement {
    let mut statement = Statement::new(Effect::Allow, ["*"], ["*"]);
    let condition = &mut statement.condition;
    for key in TRUSTED {
        let mut fixed = fixed(policies, key, resource_type);
        if is_strict {
            fixed.patterns.append(&mut fixed.doubtful);
        }
        forbid(condition, "ForAllValues:StringNotEqualsIgnoreCase", key, fixed.values);
        forbid(condition, "ForAllValues:StringNotLike", key, fixed.patterns);
    }
    forbid(condition, "NotIpAddress", SOURCE_IP, ranges.to_vec());
    forbid(condition, "BoolIfExists", "aws:PrincipalIsAWSService", vec!["false".to_owned()]);
    if resource_type == "AWS::EFS::FileSystem" {
        forbid(condition, "BoolIfExists", MOUNT_TARGET, vec!["false".to_owned()]);
    }
    statement
}

fn forbid(condition: &mut Condition, operator: &str, key: &str, values: Vec<String>) {
    if !values.is_empty() {
        // Each pair of operator and key comes once.
        let added = condition.add(operator, key, Strings::many(values));
        debug_assert!(added.is_ok());
    }
}

/// Each operator that reads the key, with a value.
fn values<'p>(
    policies: &'p [Policy],
    key: &'p str,
) -> impl Iterator<Item = (ConditionOperator, &'p String)> {
    let statements = policies.iter().flat_map(|policy| &policy.statements);
    let entries = statements.flat_map(|statement| statement.condition.entries());
    let own = entries.filter(move |(_, own, _)| own.eq_ignore_ascii_case(key));
    own.flat_map(|(operator, _, values)| {
        let operator = ConditionOperator::parse(operator);
        values.as_slice().iter().filter_map(move |value| Some((operator?, value)))
    })
}

fn fixed(policies: &[Policy], key: &str, resource_type: &str) -> Fixed {
    let mut fixed = Fixed::default();
    for (operator, value) in values(policies, key) {
        let is_text = matches!(operator.base.family(), Family::String | Family::Arn);
        if !is_text || variables(value).next().is_some() {
            continue;
        }
        let is_pattern = operator.base.takes_wildcards() && value.contains(['*', '?']);
        if !is_pattern {
            fixed.values.push(value.clone());
            continue;
        }
        let account = Arn::parse(value).filter(|arn| is_account_id(arn.account));
        let is_bucket = resource_type == "AWS::S3::Bucket" && key == ACCESS_POINT;
        if is_bucket && account.is_some() {
            fixed.patterns.push(value.clone());
        } else if account.is_some() || PINNING.iter().any(|start| value.starts_with(start)) {
            fixed.doubtful.push(value.clone());
        }
    }
    fixed
}

/// How organizations and unique ids begin, which nobody else has.
const PINNING: [&str; 5] = ["o-", "AROA", "AIDA", "AGPA", "AIPA"];

/// The ranges of addresses that limit and those that are private, and whether the former are many together.
fn ranges(policy: &Policy) -> (Vec<String>, bool) {
    let mut ranges: Vec<String> =
        ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"].map(str::to_owned).to_vec();
    let (mut v4, mut v6) = (0.0, 0.0);
    let is_range =
        |base: BaseOperator| matches!(base, BaseOperator::IpAddress | BaseOperator::NotIpAddress);
    let all = values(std::slice::from_ref(policy), SOURCE_IP);
    let mut all: Vec<&String> =
        all.filter(|(operator, _)| is_range(operator.base)).map(|(_, value)| value).collect();
    sort(&mut all);
    all.dedup();
    for value in all {
        let Some(range) = IpRange::parse(value) else {
            continue;
        };
        let (broadest, sum) = match range.is_v4() {
            true => (8, &mut v4),
            false => (32, &mut v6),
        };
        if range.is_private() || range.prefix() >= broadest {
            ranges.push(value.clone());
            if !range.is_private() {
                // As a share of the broadest that is allowed; exact, since each is a power of two.
                *sum += 0.5_f64.powi((range.prefix() - broadest) as i32);
            }
        }
    }
    (ranges, v4 > 1.0 || v6 > 1.0)
}
