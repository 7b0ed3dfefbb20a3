//! EMPTY_ARRAY_ACTION, EMPTY_ARRAY_PRINCIPAL, EMPTY_ARRAY_RESOURCE: a list in a statement that has nothing in it.

use crate::document::Element;
use crate::finding::FindingType;
use crate::json::Node;
use crate::rules::{Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static ACTION: Rule = Rule {
    code: "EMPTY_ARRAY_ACTION",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty array action",
    why: "A statement about no actions decides nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": [], "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for statement in &context.document.statements {
            check(statement.action, report, "no action");
            check(statement.not_action, report, "no action");
        }
    },
};

pub(in crate::rules) static PRINCIPAL: Rule = Rule {
    code: "EMPTY_ARRAY_PRINCIPAL",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Empty array principal",
    why: "A list of no principals names nobody.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": []}, "Action": "sqs:SendMessage", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        let statements = context.document.statements.iter();
        let elements = statements.flat_map(|statement| statement.principal_elements());
        for entry in elements.flat_map(|element| &element.entries) {
            let name = entry.key.text.as_ref();
            if PRINCIPAL_TYPES.contains(&name) && is_empty_array(entry.value) {
                report.at(entry.place(), format_args!("The array of {name} names no principal."));
            }
        }
    },
};

pub(in crate::rules) static RESOURCE: Rule = Rule {
    code: "EMPTY_ARRAY_RESOURCE",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Empty array resource",
    why: "A statement about no resources decides nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": []}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for statement in &context.document.statements {
            check(statement.resource, report, "no resource");
            check(statement.not_resource, report, "no resource");
        }
    },
};

/// Other types are unknown to IAM, and reported as that.
const PRINCIPAL_TYPES: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

fn check(element: Option<Element>, report: &mut Report, nothing: &str) {
    let Some(element) = element.filter(|element| is_empty_array(element.value)) else {
        return;
    };
    let details = format_args!("The array of {} has {nothing} in it.", element.key.text);
    report.at(element.place(), details);
}

fn is_empty_array(node: &Node) -> bool {
    node.as_array().is_some_and(<[_]>::is_empty)
}
