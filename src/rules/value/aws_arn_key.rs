//! UNSUPPORTED_GLOBAL_CONDITION_KEY, DEPRECATED_GLOBAL_CONDITION_KEY: the key aws:ARN; AWS reports both.

use crate::aws::Arn;
use crate::document::ConditionEntry;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static UNSUPPORTED: Rule = Rule {
    code: "UNSUPPORTED_GLOBAL_CONDITION_KEY",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Unsupported global condition key",
    why: "No request has this key any more, so the condition does not look at who calls.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/ops"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_unsupported,
};

pub(in crate::rules) static DEPRECATED: Rule = Rule {
    code: "DEPRECATED_GLOBAL_CONDITION_KEY",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Deprecated global condition key",
    why: "AWS has given this key up for others that say whose ARN is meant.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"ArnLike": {"aws:ARN": "arn:aws:iam::111122223333:role/ops"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_deprecated,
};

const OLD: &str = "aws:ARN";
const NEW: &str = "aws:PrincipalArn";

fn check_unsupported(context: &Context, report: &mut Report) {
    for entry in context.condition_entries().filter(|entry| entry.is(OLD)) {
        let finding =
            report.at(entry.key_place(), format_args!("No request has the key {}.", entry.key()));
        finding.help("Use aws:PrincipalArn for the caller, or aws:SourceArn for the resource on whose behalf a service calls.");
        if let Some(edit) = renamed(entry) {
            finding.fix(Fix::unsafe_(format!("Use {NEW}"), [edit]));
        }
    }
}

fn check_deprecated(context: &Context, report: &mut Report) {
    for entry in context.condition_entries().filter(|entry| entry.is(OLD)) {
        let details = format_args!("{} has been given up in favour of {NEW}.", entry.key());
        let finding = report.at(entry.key_place(), details);
        let Some(edit) = renamed(entry) else {
            finding.help(format_args!("Move the values to {NEW}, which stands beside it."));
            continue;
        };
        // For a session the new key has the role, so the ARN of a session would match no more.
        let is_session = |text: &str| Arn::parse(text).is_some_and(|arn| arn.service == "sts");
        let title = format!("Use {NEW}");
        let names_session = entry.strings().any(|value| is_session(value.text));
        let fix = if names_session { Fix::unsafe_ } else { Fix::safe };
        finding.fix(fix(title, [edit]));
    }
}

/// The edit that gives the key its new name; `None` when that stands beside it already.
fn renamed(entry: &ConditionEntry) -> Option<Edit> {
    let members = entry.block.as_object().unwrap_or_default();
    let is_taken = members.iter().any(|member| member.key.text.eq_ignore_ascii_case(NEW));
    (!is_taken).then(|| Edit::replace(entry.key.span, quote(NEW)))
}
