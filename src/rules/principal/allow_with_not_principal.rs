//! ALLOW_WITH_NOT_PRINCIPAL.

use crate::document::Effect;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "ALLOW_WITH_NOT_PRINCIPAL",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Allow with NotPrincipal",
    why:
        "An allowance for everybody but a few reaches all of AWS and callers without any identity.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:user/eve"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::data/*"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(not_principal) = &statement.not_principal else {
            continue;
        };
        if statement.effect() != Some(Effect::Allow) {
            continue;
        }
        report
            .at(
                not_principal.element.place(),
                "With Allow, NotPrincipal lets everybody in but those that it names, \
                 anonymous callers included.",
            )
            .help("Name those who may, in Principal. To keep some out, deny them in a statement of its own.");
    }
}
