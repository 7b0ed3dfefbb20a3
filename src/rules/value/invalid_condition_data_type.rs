//! INVALID_CONDITION_DATA_TYPE.

use super::scalar::scalars;
use crate::aws::Family;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{quote, Value};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_DATA_TYPE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid condition data type",
    why: "IAM takes one JSON type for all values of a key, and refuses a list that mixes them.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"NumericEquals": {"s3:max-keys": [10, "20"]}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for entry in context.condition_entries() {
        let mut types = scalars(entry).map(|value| std::mem::discriminant(&value.node.value));
        let first = types.next();
        if types.all(|other| Some(other) == first) {
            continue;
        }
        let details = format_args!("The values of {} are of more than one JSON type.", entry.key());
        let finding = report.at(entry.place(), details);
        // As a string, a number under IpAddress would be the next mistake.
        let is_address = entry.parsed.is_some_and(|o| o.base.family() == Family::IpAddress);
        if is_address || scalars(entry).count() < entry.values().len() {
            finding.help("Write every value as a string.");
            continue;
        }
        let others = scalars(entry).filter(|value| !matches!(value.node.value, Value::String(_)));
        let edits = others.map(|value| Edit::replace(value.node.span, quote(value.text)));
        finding.fix(Fix::safe("Write every value as a string", edits));
    }
}
