//! MISSING_QUALIFIER, FORALLVALUES_WITH_SINGLE_VALUED_KEY: whether the qualifier fits the number of values.

use super::rename_operator::rename_operator;
use crate::aws::{Family, Qualifier};
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::{Evidence, PolicyKind, Rule, Source};

pub(in crate::rules) static MISSING: Rule = Rule {
    code: "MISSING_QUALIFIER",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing qualifier",
    why: "A request can have several values for the key, and the condition does not say how many of them must match.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"StringEquals": {"aws:TagKeys": "Environment"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| {
        for statement in &context.document.statements {
            for entry in &statement.condition.entries {
                let Some(operator) = entry.parsed else { continue };
                let is_bare = operator.qualifier.is_none() && operator.base.family() != Family::Null;
                if is_bare && entry.known.is_some_and(|key| key.is_multivalued) {
                    let operator = &entry.operator.text;
                    let details = format_args!(
                        "{} can have several values in a request, and {operator} does not say how many of them \
                         must match.",
                        entry.key()
                    );
                    let finding = report.at(entry.key_place(), details);
                    finding.help(format_args!(
                        "Write ForAnyValue:{operator} when one of them is enough, or ForAllValues:{operator} when \
                         each must match; the second is also true when the request has none."
                    ));
                    let to = format!("ForAnyValue:{operator}");
                    if let Some(edit) = rename_operator(&statement.condition, entry, &to) {
                        finding.fix(Fix::unsafe_(format!("Change to {to}"), [edit]));
                    }
                }
            }
        }
    },
};

pub(in crate::rules) static FOR_ALL_VALUES: Rule = Rule {
    code: "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "ForAllValues with single valued key",
    why: "ForAllValues is true when the request does not have the key at all, so the condition lets more through than it seems to.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"aws:ResourceTag/Environment": "dev"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| {
        for statement in &context.document.statements {
            for entry in &statement.condition.entries {
                let Some(operator) = entry.parsed else { continue };
                let is_for_all = operator.qualifier == Some(Qualifier::ForAllValues)
                    // Null with a qualifier has a finding of its own.
                    && operator.base.family() != Family::Null;
                if !is_for_all || entry.known.is_none_or(|key| key.is_multivalued) {
                    continue;
                }
                let (_, bare) = Qualifier::split(&entry.operator.text);
                let details = format_args!(
                    "{} has one value at most, and ForAllValues is true when the request has none.",
                    entry.key()
                );
                let finding = report.at(entry.key_place(), details);
                finding.help(format_args!("Write {bare} without the qualifier."));
                if let Some(edit) = rename_operator(&statement.condition, entry, bare) {
                    finding.fix(Fix::unsafe_(format!("Change to {bare}"), [edit]));
                }
            }
        }
    },
};
