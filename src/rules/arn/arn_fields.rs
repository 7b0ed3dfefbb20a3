//! INVALID_ARN_PREFIX, INVALID_PARTITION, MISSING_ARN_FIELD: how an ARN begins, and how many fields it has.

use super::resources::{offer, with_problem};
use crate::aws::{nearest, split_fields, ArnProblem, Partition};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static PREFIX: Rule = Rule {
    code: "INVALID_ARN_PREFIX",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid ARN prefix",
    why: "Every ARN begins with arn, in small letters.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arm:aws:ssm:us-east-1:111122223333:document/d"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_prefix,
};

pub(in crate::rules) static PARTITION: Rule = Rule {
    code: "INVALID_PARTITION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid partition",
    why: "The partition of an ARN is one of a few groups of Regions. No resource has another.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:amazon:s3:::demo-bucket"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_partition,
};

pub(in crate::rules) static MISSING: Rule = Rule {
    code: "MISSING_ARN_FIELD",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing ARN field",
    why: "An ARN has six fields. A text with fewer matches no resource.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "demo-bucket/*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_missing,
};

fn check_prefix(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::InvalidPrefix) {
        let Some([prefix, ..]) = split_fields(entry.text) else { continue };
        let details = match prefix {
            "" => format!("{} begins with a colon. An ARN begins with arn.", entry.text),
            _ => format!("{} begins with {prefix}. An ARN begins with arn.", entry.text),
        };
        let finding = report.at(entry.place(), details);
        if prefix.is_empty() || prefix.eq_ignore_ascii_case("arn") {
            offer(finding, entry, 0, "arn");
        }
    }
}

fn check_partition(context: &Context, report: &mut Report) {
    let known = || Partition::ALL.into_iter().map(Partition::name);
    for entry in with_problem(context, ArnProblem::InvalidPartition) {
        let Some([_, partition, ..]) = split_fields(entry.text) else { continue };
        let details = match partition {
            "" => format!("{} has no partition.", entry.text),
            _ => format!("{partition} is not a partition of AWS."),
        };
        let list: Vec<_> = known().collect();
        let finding = report.at(entry.place(), details);
        finding.help(format_args!("The partitions are {}.", list.join(", ")));
        if let Some(near) = nearest(partition, known()) {
            offer(finding, entry, 1, near);
        }
    }
}

fn check_missing(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::MissingField) {
        // In the policy of an API, API Gateway puts the rest of the ARN before such a text.
        // Source: the API Gateway developer guide, "API Gateway resource policy examples", read 2026-11.
        if context.kind == PolicyKind::Resource && entry.text.starts_with("execute-api:/") {
            continue;
        }
        let details = match entry.text {
            "" => "An empty string is not an ARN.".to_owned(),
            text => format!("{text} has fewer than the six fields of an ARN."),
        };
        report.at(entry.place(), details).help(
            "Write arn:partition:service:region:account:resource. Region and account may be empty where a resource has none.",
        );
    }
}
