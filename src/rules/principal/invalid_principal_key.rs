//! INVALID_PRINCIPAL_KEY.

use crate::aws::PrincipalType;
use crate::document::{Principal, PrincipalEntry};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::principal::acceptance::Acceptance;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_PRINCIPAL_KEY",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Resource, PolicyKind::RoleTrust, PolicyKind::ResourceControl],
    title: "Invalid principal key",
    why:
        "IAM knows four kinds of principals, spelt in one way, and refuses a policy with any other.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"aws": "111122223333"},
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
        let acceptance = Acceptance::of(context, statement);
        for principal in statement.principal_elements() {
            for entry in &principal.entries {
                let key = entry.key.text.as_ref();
                if PrincipalType::from_name(key).is_some() {
                    continue;
                }
                let finding = report.at(
                    entry.key_place(),
                    format_args!(
                        "{} is no kind of principal.",
                        if key.is_empty() { "An empty text" } else { key }
                    ),
                );
                match meant(&acceptance, principal, entry) {
                    Some(meant) => finding.fix(Fix::safe(
                        format!("Write {}", meant.name()),
                        [Edit::replace(entry.key.span, json::quote(meant.name()))],
                    )),
                    None => finding
                        .help("Use AWS, CanonicalUser, Federated or Service, spelt exactly so."),
                };
            }
        }
    }
}

/// The kind that differs from the key in case only, if the entry can stand under it.
fn meant(
    acceptance: &Acceptance,
    principal: &Principal,
    entry: &PrincipalEntry,
) -> Option<PrincipalType> {
    let meant = PrincipalType::from_name_in_any_case(&entry.key.text)?;
    let spellings = principal.entries.iter().filter(|other| {
        let text = &other.key.text;
        text.eq_ignore_ascii_case(meant.name())
    });
    // Two keys that become one are no JSON.
    let is_only_one = spellings.take(2).count() == 1;
    let mut values = entry.strings();
    let is_accepted = values.all(|value| acceptance.takes(meant, value.text));
    (is_only_one && is_accepted).then_some(meant)
}
