//! UNSUPPORTED_PRINCIPAL.

use super::remove_member::remove_member;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Identity],
    title: "Unsupported principal",
    why: "The policy of a user, group or role is about whoever it is attached to; IAM refuses a principal in it.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for element in statement.principal_elements().map(|p| p.element) {
            let name = element.key.text.as_ref();
            report
                .at(element.key_place(), format_args!("An identity policy takes no {name}."))
                .help("Remove it if the statement is for the identity that the policy is attached to. A policy that names others belongs to a resource.")
                .fix(Fix::unsafe_(
                    format!("Remove the {name}"),
                    remove_member(statement.node, name),
                ));
        }
    }
}
