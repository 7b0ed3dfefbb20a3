//! UNTRUSTWORTHY_CONDITION_KEY.

use crate::aws::BaseOperator;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNTRUSTWORTHY_CONDITION_KEY",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "Untrustworthy condition key",
    why: "The caller writes these headers and can write anything into them.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"aws:UserAgent": "corp-client/1.0"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check,
};

/// Keys that AWS takes from headers of the request.
const HEADERS: [&str; 2] = ["aws:Referer", "aws:UserAgent"];

fn check(context: &Context, report: &mut Report) {
    for entry in context.condition_entries() {
        let is_null = entry.parsed.is_none_or(|operator| operator.base == BaseOperator::Null);
        if !is_null && HEADERS.iter().any(|key| entry.is(key)) {
            let details =
                format_args!("{} is a header that the caller sends and can forge.", entry.key());
            let help = "Rely on a key that AWS sets, such as aws:SourceIp, aws:SourceVpce or aws:PrincipalArn.";
            report.at(entry.key_place(), details).help(help);
        }
    }
}
