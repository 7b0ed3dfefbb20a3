//! MISSING_PAIRED_CONDITION_KEYS.

use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_PAIRED_CONDITION_KEYS",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "Missing paired condition keys",
    why: "Every VPC can use the same private addresses, so an address alone does not say from where a request comes.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/16"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

/// A key with an address, and the keys of which one says where that address is. Source: the IAM user guide's page of
/// global condition keys, read 2026-11.
const PAIRS: [(&str, &[&str]); 2] = [
    ("aws:VpcSourceIp", &["aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"]),
    ("aws:Ec2InstanceSourcePrivateIPv4", &["aws:Ec2InstanceSourceVpc"]),
];

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let entries = &statement.condition.entries;
        for (address, places) in PAIRS {
            if entries.iter().any(|entry| places.iter().any(|place| entry.is(place))) {
                continue;
            }
            for entry in entries.iter().filter(|entry| entry.is(address)) {
                let details = format_args!(
                    "{} holds a private address, and nothing in this statement says of which VPC.",
                    entry.key(),
                );
                let help = format_args!("Add {} to the condition.", places.join(" or "));
                report.at(entry.key_place(), details).help(help);
            }
        }
    }
}
