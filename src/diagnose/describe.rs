//! A policy in plain sentences: what it denies and allows, on what, under which condition.
//!
//! A sentence for each statement: those about Session Manager first, and of these those that deny.

mod action;
mod condition;
mod idle;
mod resource;

use std::collections::BTreeSet;

pub use action::in_words as action_in_words;

use crate::aws::catalog::Service;
use crate::aws::{is_account_id, matches_glob, Arn};
use crate::policy::{Effect, Element, Policy, Principal, Statement, Version, Who};
use crate::session::capabilities::capabilities;
use crate::sort::{set, sort_by};

/// The sentences; at least one.
pub fn describe_policy(policy: &Policy) -> Vec<String> {
    let known = actions();
    let mut told: Vec<(bool, bool, String)> = Vec::new();
    let (mut idle, mut left) = (BTreeSet::new(), idle::MOST_COMPARISONS);
    for statement in &policy.statements {
        let (statement, without) = idle::split(statement, &mut left);
        idle.extend(without);
        let is_else = !concerns(&statement.action, &known);
        let sentence = sentence(&statement, policy.version == Version::V2012);
        told.extend(sentence.map(|text| (is_else, statement.effect == Effect::Allow, text)));
    }
    // Stable, so that statements of one kind stay in their order.
    sort_by(&mut told, &|(a_else, a_allows, _), (b_else, b_allows, _)| {
        (a_else, a_allows).cmp(&(b_else, b_allows))
    });
    let mut sentences: Vec<String> = told.into_iter().map(|(_, _, sentence)| sentence).collect();
    let more = sentences.len().saturating_sub(MOST_SENTENCES);
    sentences.truncate(MOST_SENTENCES);
    match more {
        0 => {}
        1 => sentences.push("1 more statement is not told here.".to_owned()),
        more => sentences.push(format!("{more} more statements are not told here.")),
    }
    sentences.extend(unlisted(policy));
    if !idle.is_empty() {
        let entries: Vec<String> = idle.iter().map(|entry| format!("\"{entry}\"")).collect();
        let why = match entries.as_slice() {
            [_] => "its statement lists no resource that it works on",
            _ => "their statements list no resource that they work on",
        };
        sentences.push(format!("Nothing comes of {}: {why}.", list(&entries, "and")));
    }
    if sentences.is_empty() {
        sentences.push("Nothing is allowed or denied: no action is listed.".to_owned());
    }
    sentences
}

/// More statements are only counted: nobody reads on.
const MOST_SENTENCES: usize = 12;

/// More names are not told in one sentence.
const MOST_NAMES: usize = 12;

/// Says which actions the catalog does not know: they neither allow nor deny anything.
fn unlisted(policy: &Policy) -> Option<String> {
    let entries = policy.statements.iter().filter(|statement| !statement.action.negated);
    let entries = entries.flat_map(|statement| statement.action.values.as_slice());
    let unknown: BTreeSet<&str> =
        set(entries.map(String::as_str).filter(|entry| !action::is_known(entry)));
    let unknown: Vec<String> = unknown.into_iter().map(|entry| format!("\"{entry}\"")).collect();
    match unknown.len() {
        0 => None,
        1 => Some(format!("Nothing comes of {}: AWS lists no such action.", list(&unknown, "and"))),
        _ => {
            Some(format!("Nothing comes of {}: AWS lists no such actions.", list(&unknown, "and")))
        }
    }
}

/// Every action that Session Manager needs of somebody, in small letters.
fn actions() -> BTreeSet<String> {
    let all = capabilities();
    let requests = all.iter().flat_map(|capability| &capability.requests);
    set(requests.map(|request| request.action.to_ascii_lowercase()))
}

fn concerns(element: &Element, known: &BTreeSet<String>) -> bool {
    let patterns: Vec<String> =
        element.values.as_slice().iter().map(|pattern| pattern.to_ascii_lowercase()).collect();
    let matches = |known: &str| patterns.iter().any(|pattern| matches_glob(pattern, known));
    known.iter().any(|action| matches(action) != element.negated)
}

/// `None` for a statement that does nothing.
fn sentence(statement: &Statement, has_variables: bool) -> Option<String> {
    let verb = match statement.effect {
        Effect::Allow => "Allows",
        Effect::Deny => "Denies",
    };
    let what = action::phrase(&statement.action)?;
    let who = statement.principal.as_ref().map(|principal| format!(" {}:", who(principal)));
    let on = resource::phrase(statement.resource.as_ref(), has_variables);
    // OpenDataChannel may name sessions, though the service authorization reference knows of no resource.
    let goes_without_saying = on == resource::ON_EVERYTHING && takes_star_only(&statement.action);
    let on = if goes_without_saying { String::new() } else { on };
    let condition = condition::phrase(&statement.condition, has_variables);
    Some(format!("{verb}{} {what}{on}{condition}.", who.unwrap_or_default()))
}

fn who(principal: &Principal) -> String {
    let mut names = Vec::new();
    if let Who::Listed(types) = &principal.who {
        for (kind, values) in types {
            names.extend(values.as_slice().iter().map(|name| match Arn::parse(name) {
                _ if name == "*" && kind == "AWS" => "everyone".to_owned(),
                _ if is_account_id(name) => format!("account {name}"),
                Some(arn) if arn.service == "iam" && arn.resource == "root" => {
                    format!("account {}", arn.account)
                }
                _ => name.clone(),
            }));
        }
    }
    let is_everyone = principal.who == Who::Everyone || names.iter().any(|name| name == "everyone");
    match (principal.negated, is_everyone) {
        (false, true) => "everyone".to_owned(),
        (true, true) => "nobody".to_owned(),
        (false, false) if names.is_empty() => "nobody".to_owned(),
        (true, false) if names.is_empty() => "everyone".to_owned(),
        (false, false) => list(&names, "and"),
        (true, false) => format!("everyone but {}", list(&names, "and")),
    }
}

/// Whether every action has no resource but `*`, so that it need not be said.
fn takes_star_only(element: &Element) -> bool {
    let is_star_only = |action: &String| {
        let (service, name) = action.split_once(':').unwrap_or_default();
        let action = Service::find(service).and_then(|service| service.action(name));
        action.is_some_and(|action| action.resource_types().next().is_none())
    };
    !element.negated && element.values.as_slice().iter().all(is_star_only)
}

/// `a, b and c`; of many the first.
fn list(texts: &[String], word: &str) -> String {
    match texts {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        many if many.len() > MOST_NAMES => {
            let shown: Vec<_> = many.iter().take(MOST_NAMES).cloned().collect();
            format!("{} {word} {} more", shown.join(", "), many.len() - MOST_NAMES)
        }
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
