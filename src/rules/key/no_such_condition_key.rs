//! POSTERN_NO_SUCH_CONDITION_KEY, POSTERN_NO_SUCH_CONDITION_KEY_IN_DENY, POSTERN_CONDITION_KEY_OF_SOME_ACTIONS: a condition
//! that no request, or none for some of the actions, can meet.

use crate::aws::catalog::{comes_with_credentials, Action, Service};
use crate::aws::{covers_action, key_prefix, Family, Qualifier};
use crate::document::{ActionEntry, ConditionEntry, Effect, Statement};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

/// Access Analyzer looks at the policies of resources itself, with UNSUPPORTED_ACTION_FOR_CONDITION_KEY.
const KINDS: &[PolicyKind] =
    &[PolicyKind::Identity, PolicyKind::ServiceControl, PolicyKind::ResourceControl];

const PAGE: Source = Source::Page(
    "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
);

pub(in crate::rules) static ALLOW: Rule = Rule {
    code: "POSTERN_NO_SUCH_CONDITION_KEY",
    finding_type: FindingType::Warning,
    policy_kinds: KINDS,
    title: "Condition that no request meets",
    why: "A condition on a key that the request does not have is not met, unless its operator allows for that. The statement then allows nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:TerminateSession", "Resource": "*", "Condition": {"Bool": {"ssm:SessionDocumentAccessCheck": "true"}}}]}"#,
    source: PAGE,
    evidence: Evidence::Derived,
    check: |context, report| check(context, report, Effect::Allow),
};

pub(in crate::rules) static DENY: Rule = Rule {
    code: "POSTERN_NO_SUCH_CONDITION_KEY_IN_DENY",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: KINDS,
    title: "Denial that no request meets",
    why: "A condition on a key that the request does not have is not met, unless its operator allows for that. What the statement seems to deny stays allowed.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*", "Condition": {"StringEquals": {"ec2:Owner": "amazon"}}}]}"#,
    source: PAGE,
    evidence: Evidence::Derived,
    check: |context, report| check(context, report, Effect::Deny),
};

pub(in crate::rules) static SOME: Rule = Rule {
    code: "POSTERN_CONDITION_KEY_OF_SOME_ACTIONS",
    finding_type: FindingType::Suggestion,
    policy_kinds: KINDS,
    title: "Condition that some requests cannot meet",
    why: "A condition on a key that the request does not have is not met, unless its operator allows for that. For such actions the statement allows nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ec2:StartInstances", "ec2:DescribeInstances"], "Resource": "*", "Condition": {"StringEquals": {"ec2:ResourceTag/Env": "dev"}}}]}"#,
    source: PAGE,
    evidence: Evidence::Derived,
    check: check_some,
};

/// So many actions are looked at for one document, so that many patterns under many keys take linear time.
const MOST: usize = 100_000;

fn check(context: &Context, report: &mut Report, effect: Effect) {
    let mut left = MOST;
    for statement in &context.document.statements {
        if statement.effect() != Some(effect) || statement.not_action.is_some() {
            continue;
        }
        for entry in statement.condition.entries.iter().filter(|entry| needs_the_key(entry)) {
            let Some(service) = service_of(entry) else { continue };
            let mut actions = statement.actions().peekable();
            if actions.peek().is_none() || actions.any(|of| may_have(of, entry.key(), &mut left)) {
                continue;
            }
            // A key that no action has by AWS's list is one of which the list knows too little.
            let carrying = service.actions().take(left).find(|action| {
                left -= 1;
                action.supports_condition_key(entry.key())
            });
            if let Some(carrying) = carrying {
                tell(statement, entry, carrying, report);
            }
        }
    }
}

fn check_some(context: &Context, report: &mut Report) {
    let mut left = MOST;
    for statement in &context.document.statements {
        if statement.effect() != Some(Effect::Allow) {
            continue;
        }
        for entry in statement.condition.entries.iter().filter(|entry| needs_the_key(entry)) {
            let Some(service) = service_of(entry) else { continue };
            let named =
                statement.actions().filter(|of| of.action.is_some() && of.service == Some(service));
            let (with, mut without): (Vec<&ActionEntry>, Vec<&ActionEntry>) =
                named.partition(|of| may_have(of, entry.key(), &mut left));
            without.retain(|of| !is_allowed_beside(context, statement, of.text, &mut left));
            let (Some(carrying), [first, others @ ..]) = (with.first(), without.as_slice()) else {
                continue;
            };
            let names: Vec<_> = without.iter().map(|of| of.text).take(MOST_NAMES).collect();
            let more = if without.len() > names.len() { " and others" } else { "" };
            let details = format_args!(
                "Requests for {}{more} do not have {}, so the statement does not allow them.",
                names.join(", "),
                entry.key()
            );
            let finding = report.at(first.place(), details);
            for of in others {
                finding.and_at(of.place());
            }
            finding.and_at(entry.key_place());
            finding.help(format_args!(
                "Give them a statement without the condition. Leave {} here, whose requests have the key.",
                carrying.text
            ));
        }
    }
}

/// Whether another statement allows the action, in whatever way; taken for so where too much was looked at.
fn is_allowed_beside(
    context: &Context,
    statement: &Statement,
    action: &str,
    left: &mut usize,
) -> bool {
    let others =
        context.document.statements.iter().filter(|other| !std::ptr::eq(*other, statement));
    let mut entries = others
        .filter(|other| other.effect() == Some(Effect::Allow))
        .flat_map(|other| other.actions());
    entries.any(|entry| {
        *left = left.saturating_sub(1);
        *left == 0 || covers_action(entry.text, action)
    })
}

/// So many actions are named.
const MOST_NAMES: usize = 4;

/// Whether the operator never holds without the key.
fn needs_the_key(entry: &ConditionEntry) -> bool {
    entry.parsed.is_some_and(|operator| {
        let base = operator.base;
        let holds_without = operator.if_exists
            || operator.qualifier == Some(Qualifier::ForAllValues)
            || base.family() == Family::Null
            || base.is_negated() && operator.qualifier.is_none();
        !holds_without
    })
}

/// The service that the key is of; `None` for a key that may be in requests to any.
fn service_of(entry: &ConditionEntry) -> Option<Service> {
    entry.known?;
    let prefix = key_prefix(entry.key())?;
    if prefix.eq_ignore_ascii_case("aws") || comes_with_credentials(entry.key()) {
        return None;
    }
    Service::find(prefix)
}

/// Whether a request for an action that the entry names or matches may have the key.
fn may_have(of: &ActionEntry, key: &str, left: &mut usize) -> bool {
    let mut supports = |action: Action| {
        *left = left.saturating_sub(1);
        *left == 0 || action.supports_condition_key(key)
    };
    match (of.action, of.service, of.pattern) {
        (Some(action), ..) => supports(action),
        (None, Some(service), Some(pattern)) if of.is_known => {
            service.actions_matching(pattern.name).any(supports)
        }
        _ => true,
    }
}

fn tell(statement: &Statement, entry: &ConditionEntry, carrying: Action, report: &mut Report) {
    let names: Vec<_> = statement.actions().map(|of| of.text).take(MOST_NAMES).collect();
    let more = if statement.actions().len() > names.len() { " and others" } else { "" };
    let (verb, effect) = match statement.effect() {
        Some(Effect::Deny) => ("denies", "what it seems to deny stays allowed"),
        _ => ("allows", "the condition is never met"),
    };
    let details = format_args!(
        "No request for {}{more} has {}, so the statement {verb} nothing: {effect}.",
        names.join(", "),
        entry.key()
    );
    report.at(entry.key_place(), details).help(format_args!(
        "Requests for {}:{} have it, for example. Put such actions into a statement with the condition, and these into one without.",
        carrying.service().prefix(),
        carrying.name()
    ));
}
