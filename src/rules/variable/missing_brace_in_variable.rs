//! MISSING_BRACE_IN_VARIABLE.

use super::places_of_variables::legal_places;
use super::rewrite::rewrite;
use super::variable_key::variable_key;
use crate::aws::variables;
use crate::document::Language;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_BRACE_IN_VARIABLE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing brace in variable",
    why: "A policy variable ends with a closing brace; IAM refuses a text in which one has no end.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/${aws:username/*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if context.document.language() != Language::V2012 {
        return;
    }
    for (string, takes_variables) in legal_places(context) {
        let text = string.text;
        let Some(open) = variables(text).find(|variable| variable.inside.is_none()) else {
            continue;
        };
        let written = text.get(open.range).unwrap_or_default();
        let finding =
            report.at(string.place(), format_args!("The variable {written} has no closing brace."));
        finding.help("Put a closing brace after the name of the variable.");
        let closed = rewrite(text, |variable| {
            let after_brace = text.get(variable.range.start + 2..variable.range.end)?;
            let key = variable_key(after_brace).filter(|_| variable.inside.is_none())?;
            let rest = after_brace.get(key.len()..)?;
            Some(["${", key, "}", rest].concat())
        });
        if takes_variables && variables(&closed).all(|variable| variable.inside.is_some()) {
            let edit = Edit::replace(string.node.span, quote(&closed));
            finding.fix(Fix::unsafe_("Close the variable", [edit]));
        }
    }
}
