//! POSTERN_ROLE_FOR_EVERYBODY.

use super::acceptance::may_be_trust_policy;
use crate::aws::AssumeRoleAction;
use crate::document::{Effect, Statement};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_ROLE_FOR_EVERYBODY",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Role for everybody",
    why: "IAM refuses * alone in a trust policy, but takes it under AWS, where it means every principal of every account.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if !may_be_trust_policy(context) {
        return;
    }
    for statement in &context.document.statements {
        let is_open = statement.effect() == Some(Effect::Allow)
            && statement.condition.entries.is_empty()
            && takes_a_role(context, statement);
        let Some(principal) = statement.principal.as_ref().filter(|_| is_open) else { continue };
        for value in principal.of_type("AWS").filter(|value| value.text == "*") {
            report
                .at(value.place(), "Everybody with an AWS account can take the role, as no condition says who.")
                .help("Name the accounts or roles, or add a condition, such as one on aws:PrincipalOrgID.");
        }
    }
}

/// Without a type of resource, what the statement allows tells a trust policy.
fn takes_a_role(context: &Context, statement: &Statement) -> bool {
    context.kind == PolicyKind::RoleTrust
        || statement.actions().any(|entry| AssumeRoleAction::from_name(entry.text).is_some())
}
