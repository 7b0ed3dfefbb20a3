//! INVALID_CONDITION_MULTIPLE_BOOLEAN.

use super::scalar::{entries_of, scalars};
use crate::aws::Family;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::removal;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_MULTIPLE_BOOLEAN",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid condition multiple Boolean",
    why: "A Boolean key has one value, and IAM refuses a condition that lists several.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": ["true", "false"]}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for entry in entries_of(context, Family::Bool) {
        let count = entry.value.as_array().map_or(1, <[_]>::len);
        if count < 2 || entry.parsed.is_some_and(|operator| operator.qualifier.is_some()) {
            continue;
        }
        let details = format_args!(
            "{} compares one Boolean, and {} has {count} values.",
            entry.operator.text,
            entry.key(),
        );
        let finding = report.at(entry.place(), details);
        finding.help("Keep one value. To ask whether the request has the key, use Null.");
        for kept in ["true", "false"] {
            let is_kept = |text: &str| text.eq_ignore_ascii_case(kept);
            let Some(place) = scalars(entry).position(|value| is_kept(value.text)) else {
                continue;
            };
            let gone: Vec<usize> = (0..count).filter(|i| *i != place).collect();
            if scalars(entry).count() == count {
                let edits = removal(entry.value, &gone).into_iter().map(Edit::remove);
                finding.fix(Fix::unsafe_(format!("Keep {kept} only"), edits));
            }
        }
    }
}
