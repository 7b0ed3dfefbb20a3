//! EMPTY_VARIABLE.

use super::places_of_variables::{is_empty, legal_strings};
use super::rewrite::rewrite;
use crate::aws::{variables, Variable};
use crate::document::Language;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "EMPTY_VARIABLE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Empty variable",
    why: "A policy variable stands for the value of a condition key; IAM refuses one that names no key.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/${}/*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if context.document.language() != Language::V2012 {
        return;
    }
    for string in legal_strings(context) {
        let Some(variable) = variables(string.text).find(is_empty) else {
            continue;
        };
        let written = string.text.get(variable.range).unwrap_or_default();
        let finding =
            report.at(string.place(), format_args!("The variable {written} has no name."));
        finding.help("Name a condition key between the braces, or remove them.");
        let without = rewrite(string.text, |variable| is_empty(variable).then(String::new));
        // What stood around the variable may come together to another one.
        let is_fewer = variables(&without).count() < variables(string.text).count();
        if !without.is_empty() && is_fewer && !stands_beside_wildcard(string.text) {
            let edit = Edit::replace(string.node.span, quote(&without));
            finding.fix(Fix::unsafe_("Remove the empty variable", [edit]));
        }
    }
}

/// Whether a wildcard stands directly before or behind an empty variable, which alone keeps it from matching everything
/// there.
fn stands_beside_wildcard(text: &str) -> bool {
    let is_beside = |variable: Variable| {
        let before = text.get(..variable.range.start).unwrap_or_default();
        let behind = text.get(variable.range.end..).unwrap_or_default();
        before.ends_with(['*', '?']) || behind.starts_with(['*', '?'])
    };
    variables(text).filter(is_empty).any(is_beside)
}
