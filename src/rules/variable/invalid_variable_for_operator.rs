//! INVALID_VARIABLE_FOR_OPERATOR.

use super::places_of_variables::{first_variable, takes_no_variables};
use crate::document::Language;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_VARIABLE_FOR_OPERATOR",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid variable for operator",
    why: "Only the operators for strings and ARNs take policy variables; IAM refuses them under the others.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "${aws:PrincipalTag/ip}"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if context.document.language() != Language::V2012 {
        return;
    }
    let entries = context.condition_entries();
    for entry in entries.filter(|entry| takes_no_variables(entry)) {
        for string in entry.strings() {
            if let Some(variable) = first_variable(string.text) {
                let operator = &entry.operator.text;
                report
                    .at(
                        string.place(),
                        format_args!(
                            "The operator {operator} takes no variable such as {variable}."
                        ),
                    )
                    .help(
                        "Compare with an operator for strings or ARNs, or write the value itself.",
                    );
            }
        }
    }
}
