//! ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE.

use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{self, Place};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Role trust policy syntax error resource",
    why: "A trust policy is about the role that it is attached to; IAM refuses one that names a resource.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Service": "ec2.amazonaws.com"},
    "Action": "sts:AssumeRole",
    "Resource": "*"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for (i, member) in statement.members.iter().enumerate() {
            let name = member.key.text.as_ref();
            if !matches!(name, "Resource" | "NotResource") {
                continue;
            }
            let removal = json::removal(statement.node, &[i]);
            report
                .at(
                    Place::of_key(&member.key),
                    format_args!("The trust policy of a role takes no {name}."),
                )
                .fix(Fix::safe(format!("Remove {name}"), removal.into_iter().map(Edit::remove)));
        }
    }
}
