//! VARIABLE_UNSUPPORTED_IN_ELEMENT.

use super::places_of_variables::{first_variable, other_texts};
use crate::document::Language;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "VARIABLE_UNSUPPORTED_IN_ELEMENT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Variable unsupported in element",
    why: "IAM puts values for policy variables into resources and the values of conditions only, and refuses them elsewhere.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:${aws:PrincipalTag/verb}Object", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if context.document.language() != Language::V2012 {
        return;
    }
    for (text, place) in other_texts(context) {
        if let Some(variable) = first_variable(text) {
            report.at(place, format_args!("The variable {variable} cannot stand here.")).help(
                "Variables belong into Resource or NotResource, or into the values of Condition.",
            );
        }
    }
}
