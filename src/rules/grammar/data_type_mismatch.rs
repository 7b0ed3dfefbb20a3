//! DATA_TYPE_MISMATCH.

use super::element_types::{type_name, wrong_types};
use crate::finding::FindingType;
use crate::json::Place;
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
        let details = format!("A policy must be an object, not {}.", type_name(document.root));
        report.at(Place::of(document.root), details);
    }
    let in_statements = document.statements.iter().flat_map(|s| s.members);
    // A statement has no Version, Id or Statement, and the document nothing else: the rest is unknown there, and
    // reported as that.
    let elements = document
        .members
        .iter()
        .filter(|member| is_document_element(&member.key.text))
        .chain(in_statements.filter(|member| !is_document_element(&member.key.text)));
    for element in elements {
        for (place, details) in wrong_types(&element.key.text, &element.value) {
            let finding = report.at(place, details);
            if element.key.text == "Version" {
                finding.help("Write the version in double quotes: \"2012-10-17\".");
            }
        }
    }
}

fn is_document_element(name: &str) -> bool {
    crate::document::DOCUMENT_ELEMENTS.contains(&name)
}
