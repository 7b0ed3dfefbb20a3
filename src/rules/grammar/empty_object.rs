//! EMPTY_OBJECT_CONDITION, EMPTY_OBJECT_PRINCIPAL: an object in a statement that has nothing in it.

use super::remove_member::remove_member;
use crate::aws::ConditionOperator;
use crate::document::Statement;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::json::{Node, Place};
use crate::rules::{Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static CONDITION: Rule = Rule {
    code: "EMPTY_OBJECT_CONDITION",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty object condition",
    why:
        "A condition without keys holds always: it may be left out, or something is missing in it.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for statement in &context.document.statements {
            check_condition(statement, report);
        }
    },
};

pub(in crate::rules) static PRINCIPAL: Rule = Rule {
    code: "EMPTY_OBJECT_PRINCIPAL",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Empty object principal",
    why: "An object without principals names nobody.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {}, "Action": "sqs:SendMessage", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for statement in &context.document.statements {
            for element in statement.principal_elements().map(|p| p.element) {
                if is_empty_object(element.value) {
                    let details =
                        format_args!("The object of {} names no principal.", element.key.text);
                    report.at(element.place(), details);
                }
            }
        }
    },
};

/// There are 27 operators, with three qualifiers and with or without `IfExists`. In a condition with more than a few
/// spellings of each, it would take too long to make a fix for every one.
const MOST_OPERATORS: usize = 500;

fn check_condition(statement: &Statement, report: &mut Report) {
    let Some(element) = statement.condition.element else {
        return;
    };
    let operators = element.value.as_object().unwrap_or_default();
    // Nothing is left of the condition then, and it goes as a whole.
    let is_all_empty = operators.iter().all(|operator| is_empty_object(&operator.value));
    if is_empty_object(element.value) {
        report
            .at(element.place(), "The Condition is empty.")
            .fix(Fix::safe("Remove the Condition", remove_member(statement.node, "Condition")));
    }
    for operator in operators {
        let name = operator.key.text.as_ref();
        // An unknown operator is another check's business.
        if !is_empty_object(&operator.value) || ConditionOperator::parse(name).is_none() {
            continue;
        }
        let details = format_args!("The operator {name} has no condition key.");
        let finding = report.at(Place::of(&operator.value), details);
        if is_all_empty {
            let edits = remove_member(statement.node, "Condition");
            finding.fix(Fix::safe("Remove the Condition", edits));
        } else if operators.len() <= MOST_OPERATORS {
            let edits = remove_member(element.value, name);
            finding.fix(Fix::safe(format!("Remove {name}"), edits));
        }
    }
}

fn is_empty_object(node: &Node) -> bool {
    node.as_object().is_some_and(<[_]>::is_empty)
}
