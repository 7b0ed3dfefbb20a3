//! UNSUPPORTED_ELEMENT_COMBINATION.

use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_ELEMENT_COMBINATION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Unsupported element combination",
    why: "A statement lists what it is about or what it is not about; IAM refuses one that does both.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "NotAction": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let principal = statement.principal.as_ref().map(|p| p.element);
        let not_principal = statement.not_principal.as_ref().map(|p| p.element);
        for (positive, negative) in [
            (statement.action, statement.not_action),
            (statement.resource, statement.not_resource),
            (principal, not_principal),
        ] {
            let (Some(positive), Some(negative)) = (positive, negative) else {
                continue;
            };
            let (name, not_name) = (&positive.key.text, &negative.key.text);
            let details = format_args!(
                "The statement has {name} and {not_name}. It can have one of the two."
            );
            let finding = report.at(negative.place(), details);
            finding.and_at(positive.place());
            finding.help(format_args!(
                "Remove one, or make two statements: one with {name}, one with {not_name}."
            ));
        }
    }
}
