//! INVALID_EFFECT.

use crate::aws::nearest;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_EFFECT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid effect",
    why: "A statement allows or denies. IAM compares the two words with their case and refuses any other.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

pub(super) const EFFECTS: [&str; 2] = ["Allow", "Deny"];

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(element) = statement.effect else {
            continue;
        };
        let (Some(effect), None) = (element.text(), statement.effect()) else {
            continue;
        };
        let details = match effect {
            "" => "The Effect is empty.".to_owned(),
            _ => format!("The Effect {effect} is neither Allow nor Deny."),
        };
        let finding = report.at(element.place(), details);
        finding.help("Write Allow or Deny, in this case and without white space.");
        if let Some(near) = nearest(effect.trim(), EFFECTS) {
            let title = format!("Write {near}");
            let edit = Edit::replace(element.value.span, quote(near));
            finding.fix(if near.eq_ignore_ascii_case(effect) {
                Fix::safe(title, [edit])
            } else {
                Fix::unsafe_(title, [edit])
            });
        }
    }
}
