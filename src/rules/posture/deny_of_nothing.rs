//! POSTERN_DENY_OF_NOTHING.

use crate::aws::BaseOperator;
use crate::document::{ConditionEntry, Effect, Statement, Str};
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_DENY_OF_NOTHING",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "Deny of nothing",
    why: "A list of exceptions that holds everything leaves nothing to deny, and the statement is taken for a protection that it is not.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:*", "NotResource": "*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html",
    ),
    evidence: Evidence::Derived,
    check,
};

/// Keys that every request of a principal has.
const ALWAYS_THERE: [&str; 3] = ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalType"];

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if statement.effect() != Some(Effect::Deny) {
            continue;
        }
        let Some((place, what, all)) = excepts_all(statement) else { continue };
        report
            .at(place, format_args!("This denies nothing: {what} excepts {all}."))
            .help("Name what is to be excepted, or leave the exception out to deny everything.");
    }
}

/// The exception that holds everything: its place, what it is called, and what it excepts.
fn excepts_all<'t>(statement: &'t Statement) -> Option<(Place, &'t str, &'static str)> {
    let star = |entry: Str| entry.is_all_stars().then(|| entry.place());
    let not_action = statement.not_actions().find_map(|entry| star(entry.string));
    if let Some(place) = not_action {
        return Some((place, "NotAction", "every action"));
    }
    let not_resource = statement
        .not_resource
        .and(statement.resource_entries().find_map(|entry| star(entry.string)));
    if let Some(place) = not_resource.filter(|_| statement.resource.is_none()) {
        return Some((place, "NotResource", "every resource"));
    }
    if let Some(principal) = &statement.not_principal {
        if principal.is_star() {
            return Some((principal.element.place(), "NotPrincipal", "everybody"));
        }
        if let Some(text) = principal.of_type("AWS").find(|text| text.text == "*") {
            return Some((text.place(), "NotPrincipal", "everybody"));
        }
    }
    let entry = statement.condition.entries.iter().find(|entry| is_not_like_all(entry))?;
    Some((entry.place(), &entry.operator.text, "every principal"))
}

fn is_not_like_all(entry: &ConditionEntry) -> bool {
    let is_not_like = entry.parsed.is_some_and(|operator| {
        let base = operator.base;
        operator.qualifier.is_none()
            && !operator.if_exists
            && matches!(
                base,
                BaseOperator::StringNotLike | BaseOperator::ArnNotLike | BaseOperator::ArnNotEquals
            )
    });
    is_not_like
        && ALWAYS_THERE.iter().any(|key| entry.is(key))
        && entry.strings().any(|value| value.is_all_stars())
}
