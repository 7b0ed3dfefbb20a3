//! UNSUPPORTED_WILDCARD_IN_PRINCIPAL.

use crate::aws::{has_wildcard, PrincipalType};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Resource, PolicyKind::RoleTrust, PolicyKind::ResourceControl],
    title: "Unsupported wildcard in principal",
    why: "A principal is one somebody or everybody; IAM knows no patterns of principals.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::111122223333:user/*"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::data/*"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let elements = context.document.statements.iter();
    let entries = elements
        .flat_map(|statement| statement.principal_elements())
        .flat_map(|principal| &principal.entries);
    for entry in entries {
        let Some(principal_type) = PrincipalType::from_name(&entry.key.text) else {
            continue;
        };
        for value in entry.strings() {
            let is_everybody = principal_type == PrincipalType::Aws && value.text == "*";
            if is_everybody || !has_wildcard(value.text) {
                continue;
            }
            report
                .at(
                    value.place(),
                    format_args!(
                        "{} has a wildcard. A principal under {} cannot have one.",
                        value.text,
                        principal_type.name()
                    ),
                )
                .help(match principal_type {
                    PrincipalType::Aws => {
                        "Name each principal, or write * and let a condition on aws:PrincipalArn say which."
                    }
                    _ => "Name each principal.",
                });
        }
    }
}
