//! INVALID_VPC_FORMAT, INVALID_VPCE_FORMAT: ids of VPCs and of their endpoints.

use super::scalar::{entries_of, scalars};
use crate::aws::Family;
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
                let details = format_args!(
                    "\"{}\" has not the form of {kind}- and 8 or 17 letters and digits.",
                    value.text,
                );
                report.at(value.place(), details);
            }
        }
    }
}

/// Whether the text is an id of the kind, `vpc` or `vpce`: the kind, a hyphen, and 8 or 17 letters or digits.
fn is_vpc_id(kind: &str, text: &str) -> bool {
    let number = text.strip_prefix(kind).and_then(|rest| rest.strip_prefix('-'));
    number.is_some_and(|number| {
        matches!(number.len(), 8 | 17) && number.bytes().all(|b| b.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::is_vpc_id;

    #[test]
    fn ids_have_one_of_two_lengths() {
        for (kind, text, expected) in [
            ("vpc", "vpc-12345678", true),
            ("vpc", "vpc-0a1b2c3d4e5f60718", true),
            ("vpc", "vpc-1234567", false),
            ("vpc", "vpc-123456789", false),
            ("vpc", "vpce-12345678", false),
            ("vpce", "vpce-12345678", true),
            ("vpce", "vpc-12345678", false),
            ("vpc", "VPC-12345678", false),
            ("vpc", "vpc-1234567-", false),
            ("vpc", "vpc-\u{e9}\u{e9}\u{e9}\u{e9}", false),
            ("vpc", "vpc-", false),
            ("vpc", "", false),
        ] {
            assert_eq!(is_vpc_id(kind, text), expected, "{kind} {text}");
        }
    }
}
