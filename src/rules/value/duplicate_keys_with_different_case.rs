//! DUPLICATE_KEYS_WITH_DIFFERENT_CASE.

use super::operators::operators;
use crate::aws::Family;
use crate::document::ConditionEntry;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{removal, Node, Value};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::sort_by;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Duplicate keys with different case",
    why: "IAM ignores the case of condition keys, so this is one key twice, and IAM refuses it.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-12345678", "aws:sourcevpc": "vpc-87654321"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for condition in context.document.statements.iter().map(|s| &s.condition) {
        for below in operators(condition) {
            let mut sorted: Vec<(String, &ConditionEntry)> =
                below.iter().map(|entry| (entry.key().to_ascii_lowercase(), entry)).collect();
            sort_by(&mut sorted, &|(a, _), (b, _)| a.cmp(b));
            for same in sorted.chunk_by(|(a, _), (b, _)| a == b) {
                let [(_, first), others @ ..] = same else { continue };
                for (_, other) in others {
                    let details = format_args!(
                        "{} is the key {} once more, in other case.",
                        other.key(),
                        first.key(),
                    );
                    let finding = report.at(other.key_place(), details);
                    match merged(context, first, other) {
                        Some(edits) => finding.fix(Fix::unsafe_(
                            format!("Move the values to {}", first.key()),
                            edits,
                        )),
                        None => finding.help("Keep one of the two."),
                    };
                }
            }
        }
    }
}

/// The edits that put the values of both into the list of the first; only strings, which can stand together.
fn merged(context: &Context, first: &ConditionEntry, other: &ConditionEntry) -> Option<Vec<Edit>> {
    let are_strings = |entry: &ConditionEntry| {
        let values = entry.values();
        !values.is_empty() && values.iter().all(|value| value.as_text().is_some())
    };
    let family = first.parsed?.base.family();
    if !are_strings(first) || !are_strings(other) || matches!(family, Family::Bool | Family::Null) {
        return None;
    }
    let added = context.text.get(inside(other.value)?)?;
    let block = first.block;
    let members = block.as_object()?;
    let place = members.binary_search_by_key(&other.key.span, |member| member.key.span).ok()?;
    let mut edits: Vec<Edit> = removal(block, &[place]).into_iter().map(Edit::remove).collect();
    let list = inside(first.value)?;
    match &first.value.value {
        Value::Array(_) => edits.push(Edit::insert(list.end, format!(", {added}"))),
        _ => edits
            .extend([Edit::insert(list.start, "["), Edit::insert(list.end, format!(", {added}]"))]),
    }
    Some(edits)
}

/// The bytes from the first value to after the last.
fn inside(node: &Node) -> Option<std::ops::Range<usize>> {
    let values = node.as_array().unwrap_or(std::slice::from_ref(node));
    Some(values.first()?.span.start..values.last()?.span.end)
}
