//! RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL, RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL: a service may act for
//! anybody.

use crate::aws::{is_listed_key, Family, PrincipalType};
use crate::document::{ConditionEntry, Effect, Statement, Str};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RESTRICT: Rule = Rule {
    code: "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::Resource],
    title: "Restrict access to service principal",
    why: "A service acts for all of its customers: without a condition on the source, any of them can make it use \
          the resource.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Service": "cloudtrail.amazonaws.com"},
    "Action": "s3:PutObject",
    "Resource": "arn:aws:s3:::trail/*"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_restricted,
};

pub(in crate::rules) static RECOMMENDED: Rule = Rule {
    code: "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Resource],
    title: "Recommended condition key for service principal",
    why: "Older keys restrict a few services; the source keys do so for every service, and more exactly.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Service": "ses.amazonaws.com"},
    "Action": "s3:PutObject",
    "Resource": "arn:aws:s3:::mail/*",
    "Condition": {"StringEquals": {"aws:Referer": "111122223333"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_recommended,
};

/// Keys that say for whom a service acts. Source: the reference of policy checks, read 2026-11.
const SOURCE_KEYS: &[&str] =
    &["aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"];

/// Keys that some services fill with the account for which they act. Source: the reference names the first; SNS
/// fills the second.
const OLDER_KEYS: &[&str] = &["aws:Referer", "aws:SourceOwner"];

fn check_restricted(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if statement.effect() != Some(Effect::Allow) || restricts_by(OLDER_KEYS, statement) {
            continue;
        }
        if restricts_by(SOURCE_KEYS, statement) {
            continue;
        }
        for service in services(statement) {
            report
                .at(
                    service.place(),
                    format_args!(
                        "{} may do this for any customer of AWS{}.",
                        if service.text.is_empty() { "The service" } else { service.text },
                        match statement.condition.entries.is_empty() {
                            true => "",
                            false => " for whom the conditions hold: none of them says for whose resource it acts",
                        }
                    ),
                )
                .help(
                    "Add a condition on aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths.",
                );
        }
    }
}

fn check_recommended(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(service) = services(statement).next() else {
            continue;
        };
        if statement.effect() != Some(Effect::Allow) || restricts_by(SOURCE_KEYS, statement) {
            continue;
        }
        let entries = statement.condition.entries.iter();
        for entry in entries.filter(|entry| restricts(OLDER_KEYS, entry)) {
            report
                .at(
                    entry.key_place(),
                    format_args!("Only {} restricts {} here.", entry.key(), service.text),
                )
                .help(
                    "Test aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths \
                     instead of it.",
                );
        }
    }
}

fn services<'s, 't>(statement: &'s Statement<'t>) -> impl Iterator<Item = Str<'t>> + 's {
    let principal = statement.principal.iter();
    principal.flat_map(|principal| principal.of_type(PrincipalType::Service.name()))
}

fn restricts_by(keys: &[&str], statement: &Statement) -> bool {
    let mut entries = statement.condition.entries.iter();
    entries.any(|entry| restricts(keys, entry))
}

/// Whether the entry holds only for a request that has one of these keys, with one of the values that it lists.
fn restricts(keys: &[&str], entry: &ConditionEntry) -> bool {
    let is_positive = entry.parsed.is_some_and(|operator| {
        let base = operator.base;
        !base.is_negated() && base.family() != Family::Null && !operator.if_exists
    });
    is_positive && is_listed_key(keys, entry.key())
}
