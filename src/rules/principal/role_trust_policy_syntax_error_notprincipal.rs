//! ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL.

use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Role trust policy syntax error notprincipal",
    why: "IAM refuses a trust policy that says who may not take the role; it must name those who may.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Deny",
    "NotPrincipal": {"AWS": "111122223333"},
    "Action": "sts:AssumeRole"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if let Some(not_principal) = &statement.not_principal {
            report
                .at(
                    not_principal.element.key_place(),
                    "The trust policy of a role takes no NotPrincipal.",
                )
                .help("Use Principal, and conditions on aws:PrincipalArn to except somebody.");
        }
    }
}
