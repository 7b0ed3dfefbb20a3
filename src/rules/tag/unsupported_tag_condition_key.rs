//! ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE, ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE, DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE, DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE:
//! conditions on a tag of the resource, for actions whose requests never have it.

use std::collections::BTreeMap;

use crate::aws::catalog::Action;
use crate::aws::{has_wildcard, is_listed_key, ConditionOperator, Family, Qualifier};
use crate::document::{ActionEntry, ConditionEntry, Effect, Statement, Str};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static ALLOW_NOT_ACTION: Rule = Rule {
    code: "ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity],
    title: "Allow NotAction with unsupported tag condition key for service",
    why: "A request without the tag does not match. NotAction takes in actions whose requests never have it, and these stay forbidden.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "NotAction": "ssm:DescribeSessions", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/Env": "dev"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: |context, report| check_not_action(context, report, Effect::Allow),
};

pub(in crate::rules) static ALLOW: Rule = Rule {
    code: "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity],
    title: "Allow with unsupported tag condition key for service",
    why: "A request for such an action never has the tag, so the statement never allows it.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:DescribeSessions", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/Env": "dev"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| check_action(context, report, Effect::Allow),
};

pub(in crate::rules) static DENY_NOT_ACTION: Rule = Rule {
    code: "DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::Identity, PolicyKind::ServiceControl],
    title: "Deny NotAction with unsupported tag condition key for service",
    why: "A request without the tag does not match. NotAction takes in actions whose requests never have it, and these are not denied.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "NotAction": "ssm:DescribeSessions", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/Env": "dev"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: |context, report| check_not_action(context, report, Effect::Deny),
};

pub(in crate::rules) static DENY: Rule = Rule {
    code: "DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::Identity, PolicyKind::ServiceControl, PolicyKind::ResourceControl],
    title: "Deny with unsupported tag condition key for service",
    why: "A request for such an action never has the tag, so the statement never denies it.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "ssm:DescribeSessions", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/Env": "dev"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: |context, report| check_action(context, report, Effect::Deny),
};

/// Each key is told with all actions that lack it; a statement with more keys than this is made to be slow.
const MOST_KEYS: usize = 16;

fn check_action(context: &Context, report: &mut Report, effect: Effect) {
    let mut known = BTreeMap::new();
    for statement in of_effect(context, effect) {
        let mut keys = keys_on_tags(statement).take(MOST_KEYS).peekable();
        if keys.peek().is_none() {
            continue;
        }
        let mut by_service: BTreeMap<&str, Vec<Str>> = BTreeMap::new();
        for entry in statement.actions() {
            // The same actions stand in many statements.
            let find = || service_without_support(entry);
            if let Some(prefix) = *known.entry(entry.text).or_insert_with(find) {
                by_service.entry(prefix).or_default().push(entry.string);
            }
        }
        for key in keys {
            for (prefix, entries) in by_service.iter() {
                let [first, others @ ..] = entries.as_slice() else { continue };
                let some = if entries.iter().any(|entry| has_wildcard(entry.text)) {
                    "some actions in "
                } else {
                    ""
                };
                let details = format_args!(
                    "Requests to {prefix} for {some}{} never have {}, so the statement never {} them.",
                    named(entries),
                    key.key(),
                    verb(effect)
                );
                let finding = report.at(first.place(), details);
                for other in others {
                    finding.and_at(other.place());
                }
                finding
                    .and_at(key.key_place())
                    .help("Move these actions to a statement without the key.");
            }
        }
    }
}

fn check_not_action(context: &Context, report: &mut Report, effect: Effect) {
    for statement in of_effect(context, effect) {
        let Some(element) = statement.not_action else { continue };
        if element.strings().next().is_none() {
            continue;
        }
        for key in keys_on_tags(statement) {
            let details = format_args!(
                "NotAction takes in actions whose requests never have {}, and the statement never {} these.",
                key.key(),
                verb(effect)
            );
            report
                .at(element.place(), details)
                .and_at(key.key_place())
                .help("Name in Action the actions that have the key.");
        }
    }
}

fn of_effect<'c>(context: &'c Context, effect: Effect) -> impl Iterator<Item = &'c Statement<'c>> {
    let statements = context.document.statements.iter();
    statements.filter(move |statement| statement.effect() == Some(effect))
}

fn verb(effect: Effect) -> &'static str {
    match effect {
        Effect::Allow => "allows",
        Effect::Deny => "denies",
    }
}

/// The entries that fail when the request has no such tag.
fn keys_on_tags<'s>(statement: &'s Statement<'s>) -> impl Iterator<Item = &'s ConditionEntry<'s>> {
    statement.condition.entries.iter().filter(|entry| {
        let is_met_without = |operator: ConditionOperator| {
            operator.if_exists
                || operator.base.is_negated()
                || operator.base.family() == Family::Null
                || operator.qualifier == Some(Qualifier::ForAllValues)
        };
        is_tag_key(entry.key()) && entry.parsed.is_some_and(|operator| !is_met_without(operator))
    })
}

fn is_tag_key(key: &str) -> bool {
    const FAMILY: &str = "aws:ResourceTag/";
    key.len() > FAMILY.len() && is_listed_key(&[FAMILY], key)
}

/// The service of an entry some of whose actions know no tags; `None` for `*` and what no service has.
fn service_without_support(entry: &ActionEntry) -> Option<&'static str> {
    let service = entry.service?;
    let lacks = match entry.action {
        Some(action) => !knows_tags(action),
        None => {
            entry.is_known
                && service.actions_matching(entry.pattern?.name).any(|action| !knows_tags(action))
        }
    };
    lacks.then_some(service.prefix())
}

/// Creating actions bring tags with them, and Access Analyzer is silent about these.
fn knows_tags(action: Action) -> bool {
    action.supports_condition_key("aws:ResourceTag/tag")
        || action.condition_keys().any(|key| key.name == "aws:RequestTag/${TagKey}")
        || action.resource_types().any(|resource| {
            resource.condition_keys().any(|key| key.name == "aws:RequestTag/${TagKey}")
        })
}

/// The first few by name.
fn named(entries: &[Str]) -> String {
    const MOST: usize = 3;
    let names: Vec<_> = entries.iter().take(MOST).map(|entry| entry.text).collect();
    match entries.len().saturating_sub(MOST) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
