//! UNSUPPORTED_SPACE_IN_VARIABLE.

use super::places_of_variables::{has_space, legal_strings};
use super::rewrite::rewrite;
use crate::aws::variables;
use crate::document::Language;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_SPACE_IN_VARIABLE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Unsupported space in variable",
    why: "IAM refuses white space in the name of a policy variable, also around it.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/${ aws:username }/*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if context.document.language() != Language::V2012 {
        return;
    }
    for string in legal_strings(context) {
        let Some(variable) = variables(string.text).find(has_space) else {
            continue;
        };
        let written = string.text.get(variable.range.clone()).unwrap_or_default();
        let finding =
            report.at(string.place(), format_args!("The name of {written} has white space in it."));
        let without = rewrite(string.text, |variable| {
            let name: String = variable.name().split_whitespace().collect();
            let default = variable.inside?.strip_prefix(variable.name())?;
            has_space(variable).then(|| ["${", &name, default, "}"].concat())
        });
        let edit = Edit::replace(string.node.span, quote(&without));
        let mut names = variables(string.text).map(|variable| variable.name());
        if names.any(|name| name.trim().contains(char::is_whitespace)) {
            finding.help("A variable cannot stand for a tag with white space in its key.");
            finding.fix(Fix::unsafe_("Remove the white space", [edit]));
        } else {
            finding.fix(Fix::safe("Remove the white space", [edit]));
        }
    }
}
