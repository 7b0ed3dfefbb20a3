//! EMPTY_SID_VALUE.

use super::remove_member::remove_member;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "EMPTY_SID_VALUE",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty Sid value",
    why: "An empty Sid names nothing, and the element is optional.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Sid": "", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(element) = statement.sid else { continue };
        if element.text() == Some("") {
            report
                .at(element.place(), "The Sid is empty.")
                .help("Give the statement a name, or leave the Sid out.")
                .fix(Fix::safe("Remove the Sid", remove_member(statement.node, "Sid")));
        }
    }
}
