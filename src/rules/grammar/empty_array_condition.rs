//! EMPTY_ARRAY_CONDITION, EMPTY_ARRAY_CONDITION_FORALLVALUES, EMPTY_ARRAY_CONDITION_FORANYVALUE,
//! EMPTY_ARRAY_CONDITION_IFEXISTS: a condition key without a value.

use crate::aws::{BaseOperator, ConditionOperator, Qualifier};
use crate::document::{Condition, ConditionEntry};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static PLAIN: Rule = Rule {
    code: "EMPTY_ARRAY_CONDITION",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty array condition",
    why: "A condition key that is compared with no values tells nothing about the request.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrgID": []}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, Form::Plain),
};

pub(in crate::rules) static FOR_ALL_VALUES: Rule = Rule {
    code: "EMPTY_ARRAY_CONDITION_FORALLVALUES",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty array condition ForAllValues",
    why: "All values of a request are among none only when the request has none, which Null says more clearly.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:TagKeys": []}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, Form::ForAllValues),
};

pub(in crate::rules) static FOR_ANY_VALUE: Rule = Rule {
    code: "EMPTY_ARRAY_CONDITION_FORANYVALUE",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty array condition ForAnyValue",
    why: "No value of a request is among none.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": {"ForAnyValue:StringEquals": {"aws:TagKeys": []}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, Form::ForAnyValue),
};

pub(in crate::rules) static IF_EXISTS: Rule = Rule {
    code: "EMPTY_ARRAY_CONDITION_IFEXISTS",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty array condition IfExists",
    why: "A key that may be absent but has no value to be equal to must be absent, which Null says more clearly.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEqualsIfExists": {"aws:SourceVpc": []}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, Form::IfExists),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    ForAllValues,
    ForAnyValue,
    IfExists,
}

fn form(operator: ConditionOperator) -> Form {
    match operator.qualifier {
        Some(Qualifier::ForAllValues) => Form::ForAllValues,
        Some(Qualifier::ForAnyValue) => Form::ForAnyValue,
        None if operator.if_exists => Form::IfExists,
        None => Form::Plain,
    }
}

fn check(context: &Context, report: &mut Report, wanted: Form) {
    for statement in &context.document.statements {
        let condition = &statement.condition;
        let is_null_free = !has_null(condition);
        // Of both forms together only one can become Null: a second would be the same key again.
        let becomes_null = condition.entries.iter().find(|entry| {
            is_null_free
                && means_absent(entry)
                && entry.block.as_object().is_some_and(|keys| keys.len() == 1)
        });
        for entry in condition.entries.iter().filter(|entry| is_empty_array(entry)) {
            if entry.parsed.map(form) != Some(wanted) {
                continue;
            }
            let name = &entry.operator.text;
            let details =
                format_args!("The key {} has no value to compare with under {name}.", entry.key());
            let finding = report.at(entry.place(), details);
            if !means_absent(entry) {
                finding.help("Name the values, or take the key out.");
                continue;
            }
            finding.help("If the key must be absent, write it under Null with the value true.");
            if becomes_null.is_some_and(|other| other.place() == entry.place()) {
                finding.fix(write_null(entry));
            }
        }
    }
}

fn is_empty_array(entry: &ConditionEntry) -> bool {
    entry.value.as_array().is_some_and(<[_]>::is_empty)
}

/// Whether the entry holds exactly when the key is absent; negated operators hold when it is there, too.
fn means_absent(entry: &ConditionEntry) -> bool {
    let holds_without = |operator: ConditionOperator| {
        matches!(form(operator), Form::ForAllValues | Form::IfExists)
            && !operator.base.is_negated()
            && operator.base != BaseOperator::Null
    };
    is_empty_array(entry) && entry.parsed.is_some_and(holds_without)
}

fn has_null(condition: &Condition) -> bool {
    let element = condition.element.and_then(|element| element.value.as_object());
    let mut operators = element.unwrap_or_default().iter();
    operators.any(|operator| operator.key.text.eq_ignore_ascii_case("Null"))
}

/// Only for a key that stands alone under its operator, in a condition without Null: no other place has to change.
fn write_null(entry: &ConditionEntry) -> Fix {
    Fix::unsafe_(
        format!("Demand that {} is absent", entry.key()),
        [
            Edit::replace(entry.operator.span, quote("Null")),
            Edit::replace(entry.value.span, quote("true")),
        ],
    )
}
