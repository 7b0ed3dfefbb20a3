//! DATA_TYPE_MISMATCH.

use super::element_types::{type_name, wrong_types};
use crate::document::DOCUMENT_ELEMENTS;
use crate::finding::FindingType;
use crate::json::{Member, Place};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "DATA_TYPE_MISMATCH",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Data type mismatch",
    why: "IAM refuses a policy in which a value is not of the type that its element takes.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": 7, "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    if document.root.as_object().is_none() {
        let details = format_args!("A policy must be an object, not {}.", type_name(document.root));
        let finding = report.at(Place::of(document.root), details);
        if let Some(text) = document.root.as_text().map(|text| &text.text) {
            finding.help(if text.trim_start().starts_with('{') {
                "The string holds a policy. Write what it says, without the quotes around it and the backslashes in it."
            } else {
                "Give the text of the policy itself, which begins with a brace."
            });
        }
    }
    // A statement has no Version, Id or Statement, and the document nothing else: the rest is unknown there, and
    // reported as that.
    check_elements(document.members, true, report);
    for statement in &document.statements {
        check_elements(statement.members, false, report);
    }
}

fn check_elements(members: &[Member], are_of_document: bool, report: &mut Report) {
    for Member { key, value } in members {
        let name = key.text.as_ref();
        if DOCUMENT_ELEMENTS.contains(&name) != are_of_document {
            continue;
        }
        wrong_types(name, value, &mut |place, details| {
            let finding = report.at(place, details);
            if name == "Version" {
                finding.help("Write the version in double quotes: \"2012-10-17\".");
            }
        });
    }
}
