//! POSTERN_FOR_ALL_VALUES_WITHOUT_NULL.

use crate::aws::{ignoring_case, BaseOperator, Qualifier};
use crate::document::{ConditionEntry, Effect, Statement};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::sort_by;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_FOR_ALL_VALUES_WITHOUT_NULL",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "ForAllValues allows what has no values",
    why: "ForAllValues holds where the request does not have the key at all, so that an Allow with it lets such requests pass too.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": {"ForAllValues:StringEquals": {"kms:EncryptionContextKeys": "Team"}}}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html",
    ),
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if statement.effect() != Some(Effect::Allow) {
            continue;
        }
        let required = required(statement);
        for entry in &statement.condition.entries {
            let is_for_all = entry.parsed.is_some_and(|operator| {
                operator.qualifier == Some(Qualifier::ForAllValues) && !operator.base.is_negated()
            });
            if !is_for_all
                || HARMLESS.iter().any(|key| entry.is(key))
                || required
                    .binary_search_by(|key| ignoring_case(key, entry.key().as_bytes()))
                    .is_ok()
            {
                continue;
            }
            report
                .at(
                    entry.key_place(),
                    format_args!(
                        "A request without {} meets this condition too, since ForAllValues holds where there is no value.",
                        entry.key()
                    ),
                )
                .help(format_args!(
                    "To allow only requests that have it, add {{\"Null\": {{\"{}\": \"false\"}}}} to the Condition.",
                    entry.key()
                ));
        }
    }
}

/// Keys that may be absent without harm: of a request that sets no tags, and those that no request of their only action
/// lacks.
///
/// Source: the KMS API reference, "CreateGrant", and the Route 53 API reference, "ChangeResourceRecordSets", read 2026-11:
/// both parameters are required.
const HARMLESS: [&str; 6] = [
    "aws:TagKeys",
    "s3:RequestObjectTagKeys",
    "kms:GrantOperations",
    "route53:ChangeResourceRecordSetsNormalizedRecordNames",
    "route53:ChangeResourceRecordSetsRecordTypes",
    "route53:ChangeResourceRecordSetsActions",
];

/// The keys on which another condition fails where they are absent, sorted.
fn required<'d>(statement: &'d Statement) -> Vec<&'d [u8]> {
    let is_required = |entry: &&ConditionEntry| {
        entry.parsed.is_some_and(|operator| {
            operator.base == BaseOperator::Null
                || operator.qualifier == Some(Qualifier::ForAnyValue)
        })
    };
    let entries = statement.condition.entries.iter().filter(is_required);
    let mut keys: Vec<&[u8]> = entries.map(|entry| entry.key().as_bytes()).collect();
    sort_by(&mut keys, &|one, other| ignoring_case(one, other));
    keys
}
