//! CONFIRM_AUDIENCE_CLAIM_TYPE, FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE: how many audiences a token has.

use crate::aws::{ClaimKey, Family, Qualifier};
use crate::document::{ConditionEntry, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static CONFIRM: Rule = Rule {
    code: "CONFIRM_AUDIENCE_CLAIM_TYPE",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Confirm audience claim type",
    why: "Of a provider that IAM does not know by itself, only its owner can say whether a token has one audience.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.example.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"StringEquals": {"oidc.example.com:aud": "sts.amazonaws.com"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: check_confirm,
};

pub(in crate::rules) static FOR_ANY_VALUE: Rule = Rule {
    code: "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "ForAnyValue with audience claim type",
    why: "A token has one audience; ForAnyValue is for keys with several values, and would be content with one of them.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.example.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"ForAnyValue:StringEquals": {"oidc.example.com:aud": "sts.amazonaws.com"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_for_any_value,
};

fn check_confirm(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for (entry, claim) in audiences(statement) {
            if claim.is_of_built_in() {
                continue;
            }
            report
                .at(
                    entry.key_place(),
                    format_args!(
                        "{} is the audience of a token, which should be a single value.",
                        entry.key()
                    ),
                )
                .help(format_args!(
                    "Make sure that tokens of {} have one audience{}.",
                    claim.provider,
                    match entry.parsed.and_then(|operator| operator.qualifier) {
                        Some(_) => ", and use an operator without a qualifier",
                        None => "",
                    }
                ));
        }
    }
}

fn check_for_any_value(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for (entry, _) in audiences(statement) {
            let qualifier = entry.parsed.and_then(|operator| operator.qualifier);
            if qualifier != Some(Qualifier::ForAnyValue) {
                continue;
            }
            let (_, plain) = Qualifier::split(&entry.operator.text);
            let finding = report.at(
                entry.key_place(),
                format_args!("{} has one value, and ForAnyValue is for several.", entry.key()),
            );
            if is_alone(statement, entry, plain) {
                let edit = Edit::replace(entry.operator.span, json::quote(plain));
                finding.fix(Fix::unsafe_("Drop ForAnyValue", [edit]));
            } else {
                finding.help(format_args!("Test it under {plain}."));
            }
        }
    }
}

/// The conditions of a statement on the audience of a token, under operators for texts.
fn audiences<'s, 't>(
    statement: &'s Statement<'t>,
) -> impl Iterator<Item = (&'s ConditionEntry<'t>, ClaimKey<'t>)> {
    statement.condition.entries.iter().filter_map(|entry| {
        let claim = ClaimKey::parse(entry.key()).filter(|claim| claim.is_audience())?;
        let family = entry.parsed?.base.family();
        (family == Family::String).then_some((entry, claim))
    })
}

/// Whether the entry is the only one under its operator, and the operator without qualifier is not there yet.
fn is_alone(statement: &Statement, entry: &ConditionEntry, plain: &str) -> bool {
    let operators = statement.condition.element.map(|element| element.value);
    let operators = operators.and_then(|value| value.as_object());
    let becoming_one = operators.unwrap_or_default().iter().filter(|operator| {
        let (qualifier, rest) = Qualifier::split(&operator.key.text);
        qualifier != Some(Qualifier::ForAllValues) && rest.eq_ignore_ascii_case(plain)
    });
    let keys = entry.block.as_object().unwrap_or_default();
    keys.len() == 1 && becoming_one.take(2).count() == 1
}
