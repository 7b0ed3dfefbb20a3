//! VARIABLE_UNSUPPORTED_IN_VERSION.

use super::places_of_variables::{first_variable, legal_strings};
use crate::document::Language;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::grammar::set_version::set_version;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "VARIABLE_UNSUPPORTED_IN_VERSION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Variable unsupported in version",
    why: "Only policies of version 2012-10-17 have policy variables; in older ones they are plain text, which matches nothing that was meant.",
    example: r#"{"Version": "2008-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::reports/${aws:username}/*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    if document.language() != Language::V2008 {
        return;
    }
    let mut edit = None;
    for string in legal_strings(context) {
        let Some(variable) = first_variable(string.text) else {
            continue;
        };
        let details =
            format_args!("Only in a policy of version 2012-10-17 is {variable} a variable.");
        let finding = report.at(string.place(), details);
        let edit = edit.get_or_insert_with(|| set_version(context));
        if let Some(edit) = edit {
            finding.fix(Fix::unsafe_("Set the version to 2012-10-17", [edit.clone()]));
        } else {
            finding.help("Set the version to 2012-10-17. Look at its spelling and at the other variables first.");
        }
    }
}
