//! TYPE_MISMATCH_BOOLEAN, TYPE_MISMATCH_NUMBER, TYPE_MISMATCH_STRING: values that an operator cannot compare.

use super::scalar::{entries_of, scalars, Scalar};
use crate::aws::{is_base64, Decimal, Family};
use crate::finding::FindingType;
use crate::json::Value;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static BOOLEAN: Rule = Rule {
    code: "TYPE_MISMATCH_BOOLEAN",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Type mismatch Boolean",
    why: "A value that is neither true nor false fits no request.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "yes"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_boolean,
};

pub(in crate::rules) static NUMBER: Rule = Rule {
    code: "TYPE_MISMATCH_NUMBER",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Type mismatch number",
    why: "A value that is no number fits no request.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"NumericLessThan": {"s3:max-keys": "ten"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_number,
};

pub(in crate::rules) static STRING: Rule = Rule {
    code: "TYPE_MISMATCH_STRING",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Type mismatch string",
    why: "BinaryEquals compares bytes, which a policy gives in base64; anything else fits no request.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"BinaryEquals": {"aws:PrincipalTag/key": "not base64!"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_binary,
};

fn check_boolean(context: &Context, report: &mut Report) {
    for family in [Family::Bool, Family::Null] {
        let is_boolean = |value: Scalar| {
            ["true", "false"].iter().any(|known| value.text.eq_ignore_ascii_case(known))
        };
        check(context, report, family, "true and false", is_boolean, "Write true or false.");
    }
}

fn check_number(context: &Context, report: &mut Report) {
    let is_number = |value: Scalar| {
        matches!(value.node.value, Value::Number(_)) || Decimal::parse(value.text).is_some()
    };
    check(context, report, Family::Numeric, "numbers", is_number, "Write digits, with no unit.");
}

fn check_binary(context: &Context, report: &mut Report) {
    let is_binary = |value: Scalar| is_base64(value.text);
    let help = "Write the bytes in base64, padded with = to a multiple of four characters.";
    check(context, report, Family::Binary, "bytes in base64", is_binary, help);
}

fn check(
    context: &Context,
    report: &mut Report,
    family: Family,
    compared: &str,
    fits: fn(Scalar) -> bool,
    help: &str,
) {
    for entry in entries_of(context, family) {
        for value in scalars(entry) {
            // A variable in such a value is a mistake of its own.
            if !fits(value) && !value.has_variable(context) {
                let details = format_args!(
                    "{} compares {compared}, and \"{}\" is none of them.",
                    entry.operator.text, value.text,
                );
                report.at(value.place(), details).help(help);
            }
        }
    }
}
