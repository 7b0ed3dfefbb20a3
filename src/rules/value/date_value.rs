//! INVALID_DATE_VALUE, TYPE_MISMATCH_DATE: values that are no date, or that are one in a form that misleads.

use super::scalar::{entries_of, scalars, Scalar};
use crate::aws::{moment_of_seconds, DateValue, Family};
use crate::document::ConditionEntry;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static SECONDS: Rule = Rule {
    code: "INVALID_DATE_VALUE",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid date value",
    why: "Digits alone are seconds since the start of 1970, so what looks like a year is a moment of that day.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "2021"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: check_seconds,
};

pub(in crate::rules) static MISMATCH: Rule = Rule {
    code: "TYPE_MISMATCH_DATE",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Type mismatch date",
    why: "A value that is no date fits no request.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"DateGreaterThan": {"aws:CurrentTime": "tomorrow"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_type,
};

fn check_seconds(context: &Context, report: &mut Report) {
    for entry in entries_of(context, Family::Date) {
        for value in scalars(entry) {
            if DateValue::parse(value.text) != Some(DateValue::Seconds) {
                continue;
            }
            let details = format_args!(
                "{} reads {} as seconds since the start of 1970.",
                entry.operator.text, value.text,
            );
            let finding = report.at(value.place(), details);
            finding.help("Write a date as YYYY-MM-DD, or a moment as YYYY-MM-DDThh:mm:ssZ.");
            if let Some(moment) =
                moment_of_seconds(value.text).filter(|_| takes_strings(entry, value))
            {
                let edit = Edit::replace(value.node.span, quote(&moment));
                finding.fix(Fix::unsafe_(format!("Write {moment}"), [edit]));
            }
        }
    }
}

/// Whether a string in the place of the value makes no list of mixed types.
fn takes_strings(entry: &ConditionEntry, value: Scalar) -> bool {
    value.is_string() || entry.values().len() == 1
}

fn check_type(context: &Context, report: &mut Report) {
    for entry in entries_of(context, Family::Date) {
        for value in scalars(entry) {
            if DateValue::parse(value.text).is_none() && !value.has_variable(context) {
                let details = format_args!(
                    "{} compares dates, and \"{}\" is no date of ISO 8601.",
                    entry.operator.text, value.text,
                );
                let help = "Write a date as YYYY-MM-DD, or a moment as YYYY-MM-DDThh:mm:ssZ.";
                report.at(value.place(), details).help(help);
            }
        }
    }
}
