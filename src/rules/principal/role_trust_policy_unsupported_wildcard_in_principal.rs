//! ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL.

use crate::aws::PrincipalType;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::rules::principal::acceptance::Acceptance;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Role trust policy unsupported wildcard in principal",
    why: "IAM refuses a trust policy that lets in everybody, with or without an identity.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(principal) = statement.principal.as_ref().filter(|p| p.is_star()) else {
            continue;
        };
        let finding = report.at(
            principal.element.place(),
            "The trust policy of a role must not have * as its principal.",
        );
        finding.help(
            "Name the accounts, roles or services that may take the role. {\"AWS\": \"*\"} is legal, \
             and needs a condition that says who.",
        );
        if Acceptance::of(context, statement).takes(PrincipalType::Aws, "*") {
            finding.fix(Fix::unsafe_(
                "Write {\"AWS\": \"*\"}",
                [Edit::replace(principal.element.value.span, "{\"AWS\": \"*\"}")],
            ));
        }
    }
}
