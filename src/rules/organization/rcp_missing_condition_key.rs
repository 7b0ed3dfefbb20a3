//! RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY, RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY,
//! RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK: a Deny that hits requests without the key that it tests.

use crate::aws::{is_listed_key, BaseOperator, Family};
use crate::document::{ConditionEntry, Effect, Statement};
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::json::{Node, Value};
use crate::rules::principal::insertion::add_condition;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static PRINCIPAL: Rule = Rule {
    code: "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "RCP missing related principal condition key",
    why: "Services that act for themselves have no keys of a principal, so a Deny that tests one hits them too.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: check_principal,
};

pub(in crate::rules) static SERVICE: Rule = Rule {
    code: "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "RCP missing related service principal condition key",
    why: "Only services that act for somebody have the source keys, so a Deny that tests one hits your own people too.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {
      "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
      "Null": {"aws:SourceAccount": "false"}
    }
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: check_service,
};

pub(in crate::rules) static NULL_CHECK: Rule = Rule {
    code: "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "RCP missing service condition key null check",
    why: "Some services send no source keys at all; a Deny that tests one must leave such requests alone.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {
      "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
      "Bool": {"aws:PrincipalIsAWSService": "true"}
    }
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: check_null,
};

/// Source: the page of global condition keys, "Properties of the principal", read 2026-11.
const PRINCIPAL_KEYS: &[&str] = &[
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:PrincipalTag/",
    "aws:PrincipalType",
    "aws:userid",
    "aws:username",
];

/// Source: the same page, keys that are there when a service acts, read 2026-11.
const SERVICE_KEYS: &[&str] = &[
    "aws:SourceOrgID",
    "aws:SourceOrgPaths",
    "aws:SourceAccount",
    "aws:SourceArn",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
];

const SOURCE_ORGANIZATION_KEYS: &[&str] = &["aws:SourceOrgID", "aws:SourceOrgPaths"];
const SOURCE_KEYS: &[&str] = &["aws:SourceAccount", "aws:SourceArn"];
const IS_SERVICE: &str = "aws:PrincipalIsAWSService";

fn check_principal(context: &Context, report: &mut Report) {
    for statement in denials(context) {
        if has_bool(statement, "false") {
            continue;
        }
        let fix = (!names_service_key(statement))
            .then(|| add_condition(context, statement, "BoolIfExists", IS_SERVICE, "false"))
            .flatten()
            .map(|edit| Fix::unsafe_("Except services", [edit]));
        let entries = statement.condition.entries.iter();
        for entry in entries.filter(|entry| is_listed_key(PRINCIPAL_KEYS, entry.key())) {
            let finding = report.at(
                entry.key_place(),
                format_args!(
                    "Requests of services have no {}, and this may deny them.",
                    entry.key()
                ),
            );
            finding.help("Test with BoolIfExists that aws:PrincipalIsAWSService is false.");
            finding.fixes.extend(fix.clone());
        }
    }
}

fn check_service(context: &Context, report: &mut Report) {
    for statement in denials(context) {
        if has_bool(statement, "true") {
            continue;
        }
        let fix = (!names_service_key(statement))
            .then(|| add_condition(context, statement, "Bool", IS_SERVICE, "true"))
            .flatten()
            .map(|edit| Fix::unsafe_("Deny services only", [edit]));
        let entries = statement.condition.entries.iter();
        let used = entries.filter(|e| is_listed_key(SERVICE_KEYS, e.key()) && !is_null(e));
        for entry in used {
            let finding = report.at(
                entry.key_place(),
                format_args!(
                    "Only requests of services have {}, and this may deny others.",
                    entry.key()
                ),
            );
            finding.help("Test with Bool that aws:PrincipalIsAWSService is true.");
            finding.fixes.extend(fix.clone());
        }
    }
}

fn check_null(context: &Context, report: &mut Report) {
    for statement in denials(context) {
        let mut entries = statement.condition.entries.iter();
        let is_guard = |entry: &ConditionEntry| {
            is_null(entry) && is_listed_key(SOURCE_KEYS, entry.key()) && is_only(entry, "false")
        };
        if entries.any(is_guard) {
            continue;
        }
        let fix = add_condition(context, statement, "Null", "aws:SourceAccount", "false")
            .map(|edit| Fix::unsafe_("Except requests without a source", [edit]));
        for entry in &statement.condition.entries {
            let is_negated = entry.parsed.is_some_and(|operator| operator.base.is_negated());
            let is_used = is_listed_key(SOURCE_ORGANIZATION_KEYS, entry.key())
                || is_negated && is_listed_key(SOURCE_KEYS, entry.key());
            if !is_used || is_null(entry) {
                continue;
            }
            let finding = report.at(
                entry.key_place(),
                format_args!("Some services send no {}, and this may deny them.", entry.key()),
            );
            finding.help("Test with Null that aws:SourceAccount or aws:SourceArn is there.");
            finding.fixes.extend(fix.clone());
        }
    }
}

fn denials<'c>(context: &'c Context) -> impl Iterator<Item = &'c Statement<'c>> {
    let statements = context.document.statements.iter();
    statements.filter(|statement| statement.effect() == Some(Effect::Deny))
}

/// Whether the statement tests, for this value, that a service makes the request.
fn has_bool(statement: &Statement, expected: &str) -> bool {
    let mut entries = statement.condition.entries.iter();
    entries.any(|entry| {
        let base = entry.parsed.map(|operator| operator.base);
        base == Some(BaseOperator::Bool) && entry.is(IS_SERVICE) && is_only(entry, expected)
    })
}

/// Whether the statement tests already, for whatever value, that a service makes the request.
fn names_service_key(statement: &Statement) -> bool {
    let mut entries = statement.condition.entries.iter();
    entries.any(|entry| entry.is(IS_SERVICE))
}

fn is_null(entry: &ConditionEntry) -> bool {
    entry.parsed.is_some_and(|operator| operator.base.family() == Family::Null)
}

/// Whether every value of the entry is this truth value, as text or not.
fn is_only(entry: &ConditionEntry, expected: &str) -> bool {
    let is_it = |value: &Node| match &value.value {
        Value::Bool(value) => value.to_string() == expected,
        Value::String(text) => text.text.eq_ignore_ascii_case(expected),
        _ => false,
    };
    !entry.values().is_empty() && entry.values().iter().all(is_it)
}
