//! INVALID_VPC_FORMAT, INVALID_VPCE_FORMAT: ids of VPCs and of their endpoints.

use super::scalar::{entries_of, scalars};
use crate::aws::{is_vpc_id, Family};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static VPC: Rule = Rule {
    code: "INVALID_VPC_FORMAT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid vpc format",
    why: "No VPC has an id of another form, so the condition would be decided without regard to any VPC.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1234"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, "aws:SourceVpc", "vpc"),
};

pub(in crate::rules) static VPCE: Rule = Rule {
    code: "INVALID_VPCE_FORMAT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid vpce format",
    why: "No VPC endpoint has an id of another form, so the condition would be decided without regard to any endpoint.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1234"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, "aws:SourceVpce", "vpce"),
};

fn check(context: &Context, report: &mut Report, key: &str, kind: &str) {
    for entry in entries_of(context, Family::String).filter(|entry| entry.is(key)) {
        for value in scalars(entry).filter(|value| value.is_literal(context)) {
            if !is_vpc_id(kind, value.text) {
                let details = format!(
                    "\"{}\" has not the form of {kind}- and 8 or 17 letters and digits.",
                    value.text,
                );
                report.at(value.place(), details);
            }
        }
    }
}
