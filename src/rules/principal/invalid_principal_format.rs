//! INVALID_PRINCIPAL_FORMAT.

use crate::aws::PrincipalType;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::principal::acceptance::Acceptance;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_PRINCIPAL_FORMAT",
    finding_type: FindingType::Error,
    policy_kinds: &[
        PolicyKind::Resource,
        PolicyKind::RoleTrust,
        PolicyKind::ResourceControl,
    ],
    title: "Invalid principal format",
    why: "Only the asterisk may stand as a principal without a key that says what kind of principal it is.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": "111122223333",
    "Action": "sqs:SendMessage",
    "Resource": "*"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for principal in statement.principal_elements() {
            let Some(text) = principal.element.text() else {
                continue;
            };
            if principal.is_star() {
                continue;
            }
            let finding = report.at(
                principal.element.place(),
                format_args!(
                    "{} stands without a key. Only * may.",
                    if text.is_empty() { "An empty text" } else { text }
                ),
            );
            let acceptance = Acceptance::of(context, statement);
            let is_accepted = |kind: &PrincipalType| acceptance.takes(*kind, text);
            let principal_type = PrincipalType::of(text).filter(is_accepted);
            // A resource control policy takes no principal in any form.
            match principal_type.filter(|_| context.kind != PolicyKind::ResourceControl) {
                Some(principal_type) => {
                    let key = principal_type.name();
                    let new = format!("{{{}: {}}}", json::quote(key), json::quote(text));
                    finding.fix(Fix::safe(
                        format!("Put it under {key}"),
                        [Edit::replace(principal.element.value.span, new)],
                    ))
                }
                None if context.kind == PolicyKind::ResourceControl => finding
                    .help("Write *, and let a condition on aws:PrincipalArn say who is meant."),
                None => finding.help(
                    "Write an object with the key AWS, Service, Federated or CanonicalUser, \
                     and the principal as its value.",
                ),
            };
        }
    }
}
