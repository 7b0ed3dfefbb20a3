//! DYNAMODB_ATTRIBUTES_WITHOUT_SELECT.

use crate::aws::{covers_action, BaseOperator};
use crate::document::{Effect, Statement};
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::principal::insertion::add_condition;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "DYNAMODB_ATTRIBUTES_WITHOUT_SELECT",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::Identity, PolicyKind::Resource, PolicyKind::RoleTrust],
    title: "DynamoDB attributes without select",
    why: "A request that asks for no attributes by name does not have the key, and still reads them all.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["Id"]}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

/// Reads that may ask for all attributes. Source: the actions with `dynamodb:Select` in the service authorization
/// reference, read 2026-11.
const READS: &[&str] = &[
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:PartiQLSelect",
    "dynamodb:Query",
    "dynamodb:Scan",
];

const SELECT: &str = "dynamodb:Select";

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if statement.effect() != Some(Effect::Allow) || selects(statement) {
            continue;
        }
        let entries = &statement.condition.entries;
        let mut attributes =
            entries.iter().filter(|entry| entry.is("dynamodb:Attributes")).peekable();
        if attributes.peek().is_none() {
            continue;
        }
        let read = statement
            .actions()
            .find_map(|entry| READS.iter().find(|read| covers_action(entry.text, read)));
        let Some(read) = read else { continue };
        let has_select = entries.iter().any(|entry| entry.is(SELECT));
        for entry in attributes {
            let details = format_args!(
                "A request for {read} that names no attributes reads all of them, whatever {} says.",
                entry.key()
            );
            let finding = report.at(entry.key_place(), details);
            finding.help("Ask with StringEquals that dynamodb:Select is SPECIFIC_ATTRIBUTES.");
            let edit =
                add_condition(context, statement, "StringEquals", SELECT, "SPECIFIC_ATTRIBUTES");
            if let Some(edit) = edit.filter(|_| !has_select) {
                let title = "Add dynamodb:Select SPECIFIC_ATTRIBUTES to the condition";
                finding.fix(Fix::unsafe_(title, [edit]));
            }
        }
    }
}

/// Whether only requests that name their attributes match.
fn selects(statement: &Statement) -> bool {
    statement.condition.entries.iter().any(|entry| {
        let is_equals = entry.parsed.is_some_and(|operator| {
            operator.base == BaseOperator::StringEquals && operator.qualifier.is_none()
        });
        let mut values = entry.strings();
        let is_specific = values.next().is_some_and(|value| value.text == "SPECIFIC_ATTRIBUTES")
            && entry.values().len() == 1;
        is_equals && is_specific && entry.is(SELECT)
    })
}
