//! MISSING_STATEMENT.

use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_STATEMENT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing statement",
    why: "A policy without a statement says nothing, and IAM refuses it.",
    example: r#"{"Version": "2012-10-17"}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    match document.statement {
        None if document.root.as_object().is_some() => {
            report.at(Place::of(document.root), "The policy has no Statement.");
        }
        Some(element) if element.value.as_array().is_some_and(<[_]>::is_empty) => {
            report.at(element.place(), "Statement is an empty array.");
        }
        _ => {}
    }
}
