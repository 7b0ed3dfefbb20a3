//! S3_PREFIX_IN_NEGATIVE_CONTEXT.

use crate::aws::Family;
use crate::document::Effect;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "S3_PREFIX_IN_NEGATIVE_CONTEXT",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "S3 prefix in negative context",
    why: "The caller chooses the prefix of a listing, and a shorter one lists what a longer one would, so to exclude a prefix excludes nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::logs", "Condition": {"StringLike": {"s3:prefix": "private/*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(effect) = statement.effect() else { continue };
        for entry in statement.condition.entries.iter().filter(|entry| entry.is("s3:prefix")) {
            let Some(base) = entry.parsed.map(|operator| operator.base) else { continue };
            let excludes = base.is_negated() == (effect == Effect::Allow);
            if base.family() != Family::String || !excludes {
                continue;
            }
            let details = match effect {
                Effect::Allow => {
                    "This allows all prefixes but some, and a shorter prefix lists those as well."
                }
                Effect::Deny => {
                    "This denies some prefixes, and a shorter prefix lists them as well."
                }
            };
            report.at(entry.key_place(), details).help(
                "Allow the prefixes that may be listed with StringLike or StringEquals, or deny all others with StringNotLike or StringNotEquals.",
            );
        }
    }
}
