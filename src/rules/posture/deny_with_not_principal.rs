//! POSTERN_DENY_WITH_NOT_PRINCIPAL.

use crate::document::Effect;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_DENY_WITH_NOT_PRINCIPAL",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Deny with NotPrincipal",
    why: "NotPrincipal excepts the sessions of a role only if role, session and account are all listed, and never a principal with a permissions boundary. AWS advises a condition on aws:PrincipalArn instead.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Deny",
    "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:role/Backup"},
    "Action": "s3:*",
    "Resource": "arn:aws:s3:::data/*"
  }
}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
    ),
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(not_principal) = &statement.not_principal else { continue };
        let excepts_all =
            not_principal.is_star() || not_principal.of_type("AWS").any(|text| text.text == "*");
        if statement.effect() != Some(Effect::Deny) || excepts_all {
            continue;
        }
        report
            .at(
                not_principal.element.place(),
                "NotPrincipal also denies the sessions of a role whose account or session is not listed, and every \
                 principal with a permissions boundary.",
            )
            .help(
                "Write \"Principal\": \"*\" and a Condition with ArnNotEquals on aws:PrincipalArn, which lists the roles \
                 and users that are to be excepted.",
            );
    }
}
