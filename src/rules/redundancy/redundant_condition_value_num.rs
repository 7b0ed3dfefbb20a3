//! REDUNDANT_CONDITION_VALUE_NUM.

use crate::aws::{BaseOperator, Decimal};
use crate::document::ConditionEntry;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{removal, Value};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "REDUNDANT_CONDITION_VALUE_NUM",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Redundant condition value num",
    why: "The values of a key are alternatives, so of several limits only the most generous one counts.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "arn:aws:iam::111122223333:role/a", "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": ["2700", "3600"]}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for entry in context.condition_entries() {
        let most = match entry.parsed.map(|operator| operator.base) {
            Some(BaseOperator::NumericLessThan | BaseOperator::NumericLessThanEquals) => true,
            Some(BaseOperator::NumericGreaterThan | BaseOperator::NumericGreaterThanEquals) => {
                false
            }
            _ => continue,
        };
        let Some(numbers) = numbers(entry) else { continue };
        // The first of equals stays.
        let decides =
            |a: &(usize, Decimal), b: &(usize, Decimal)| a.1.cmp(&b.1).then(b.0.cmp(&a.0));
        let reversed =
            |a: &(usize, Decimal), b: &(usize, Decimal)| a.1.cmp(&b.1).then(a.0.cmp(&b.0));
        let kept = if most {
            numbers.iter().max_by(|a, b| decides(a, b))
        } else {
            numbers.iter().min_by(|a, b| reversed(a, b))
        };
        let Some((kept, _)) = kept else { continue };
        let word = if most { "greatest" } else { "least" };
        let details = format_args!(
            "With {} only the {word} of the {} values of {} counts.",
            entry.operator.text,
            numbers.len(),
            entry.key(),
        );
        let gone: Vec<usize> = (0..numbers.len()).filter(|i| i != kept).collect();
        let edits = removal(entry.value, &gone).into_iter().map(Edit::remove);
        report.at(entry.place(), details).fix(Fix::safe(format!("Keep the {word} value"), edits));
    }
}

/// The values with their places in the array, if there are several and all are numbers.
fn numbers<'t>(entry: &ConditionEntry<'t>) -> Option<Vec<(usize, Decimal<'t>)>> {
    let nodes = entry.value.as_array().filter(|nodes| nodes.len() > 1)?;
    let number = |(i, node): (usize, &'t crate::json::Node<'t>)| {
        let text = match &node.value {
            Value::String(text) => text.text.as_ref(),
            Value::Number(digits) => digits,
            _ => return None,
        };
        Some((i, Decimal::parse(text)?))
    };
    nodes.iter().enumerate().map(number).collect()
}
