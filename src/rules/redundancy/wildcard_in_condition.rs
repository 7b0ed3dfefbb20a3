//! REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION, REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION: patterns that every
//! request fits, and patterns that none does.

use crate::aws::{BaseOperator, ConditionOperator, Qualifier};
use crate::document::{ConditionEntry, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{removal, Node, Place};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static KEY: Rule = Rule {
    code: "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Redundant key due to wildcard in condition",
    why: "A condition that every request meets limits nothing, though it looks as if it did.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*", "Condition": {"StringLikeIfExists": {"ssm:resourceTag/Env": "*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: check_key,
};

pub(in crate::rules) static STATEMENT: Rule = Rule {
    code: "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Redundant statement due to wildcard in condition",
    why: "A statement with a condition that no request meets does nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {"ForAnyValue:StringNotLike": {"aws:TagKeys": "*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: check_statement,
};

fn check_key(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for entry in &statement.condition.entries {
            let is_always_true = |o: ConditionOperator| {
                o.base == BaseOperator::StringLike
                    && match o.qualifier {
                        None => o.if_exists,
                        Some(qualifier) => qualifier == Qualifier::ForAllValues,
                    }
            };
            let Some(star) = star(entry, is_always_true) else { continue };
            let finding = report.at(
                star,
                format_args!(
                    "{} with * is true of {}, whatever the request holds.",
                    entry.operator.text,
                    entry.key(),
                ),
            );
            if let Some(edits) = without(statement, entry) {
                finding.fix(Fix::safe(format!("Remove {} from the condition", entry.key()), edits));
            }
        }
    }
}

fn check_statement(context: &Context, report: &mut Report) {
    for entry in context.condition_entries() {
        let is_never_true = |o: ConditionOperator| {
            o.base == BaseOperator::StringNotLike
                && o.qualifier == Some(Qualifier::ForAnyValue)
                && !o.if_exists
        };
        if let Some(star) = star(entry, is_never_true) {
            let details = format_args!(
                "{} with * is true of no value of {}, so the statement applies to no request.",
                entry.operator.text,
                entry.key(),
            );
            report.at(star, details).help("Say which values are meant, or remove the statement.");
        }
    }
}

/// The first value that is only stars, if the operator is one of those looked for.
fn star(entry: &ConditionEntry, is_wanted: fn(ConditionOperator) -> bool) -> Option<Place> {
    entry.parsed.filter(|operator| is_wanted(*operator))?;
    Some(entry.strings().find(|value| value.is_all_stars())?.place())
}

/// The edits that take the key away, and what would be empty without it.
fn without(statement: &Statement, entry: &ConditionEntry) -> Option<Vec<Edit>> {
    let condition = statement.condition.element?;
    let steps = [
        (entry.block, entry.key),
        (condition.value, entry.operator),
        (statement.node, condition.key),
    ];
    let has_more = |(object, _): &&(&Node, _)| object.as_object().is_some_and(|m| m.len() > 1);
    let (object, key) = steps.iter().find(has_more)?;
    let members = object.as_object()?;
    let place = members.binary_search_by_key(&key.span, |member| member.key.span).ok()?;
    Some(removal(object, &[place]).into_iter().map(Edit::remove).collect())
}
