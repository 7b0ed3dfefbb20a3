//! The statements that are missing: as narrow as what was given allows, and no more than IAM is asked for.

use std::collections::BTreeSet;

use super::ask::{Answer, Class};
use super::role::{resources, Role};
use super::template::placeholders;
use super::want::{is_needed, is_of_thing, value_name, Facts, KEY_ACCOUNT};
use crate::aws::text::matches_glob;
use crate::policy::{Condition, Effect, Policy, Statement, Strings};
use crate::session::capabilities::{self, Capability, Level, Request, SESSION_OWNER};
use crate::session::{escaped, BuiltPolicy, Note};
use crate::sort::{set, sort};

/// Why nothing can be added.
#[derive(Debug)]
pub(super) enum Lacking {
    /// These values of the want must be given first.
    Values(Vec<&'static str>),
    /// A want has no value for what the statement must name.
    Unsayable,
    /// An IAM user who asks, whose name the statement must name.
    User,
}

/// What repairs answers, put together.
#[derive(Debug, Default)]
pub(super) struct Missing {
    /// What repairs one answer: one action on one resource.
    grants: Vec<Statement>,
    /// Placeholders for things, and names of their values, on which answers of the capability depend that is looked at.
    awaited: BTreeSet<&'static str>,
}

impl Missing {
    /// Takes the answers of the next capability. Where something that it needs depends on which thing is meant, a statement
    /// for another that is about every such thing would allow more than is asked for, and leave it as open as it was.
    pub(super) fn awaits(&mut self, answers: &[Answer]) {
        let is_needed = |request: &Request| {
            let is_needed = request.level == Level::Required || request.unsettled().is_some();
            is_needed && request.expect_allowed
        };
        let open = answers.iter().filter(|answer| answer.class == Class::Depends);
        let names = open.filter(|answer| is_needed(answer.request)).flat_map(|answer| {
            let of_node = answer.is_hybrid.then_some("instanceId");
            let open = answer.open.keys().copied().filter(|name| is_of_thing(value_name(name)));
            let given = answer.ungiven.iter().copied().filter(|name| is_of_thing(name));
            open.chain(given).chain(of_node)
        });
        self.awaited = set(names);
    }

    /// Whether something depends on the value of a placeholder: on the value of a want for it, or on its own.
    fn is_awaited(&self, placeholder: &str) -> bool {
        [placeholder, value_name(placeholder)].into_iter().any(|name| self.awaited.contains(name))
    }

    /// Adds what repairs an answer; or says what is lacking.
    pub(super) fn repair(&mut self, facts: &Facts, answer: &Answer) -> Result<(), Lacking> {
        let (request, capability) = (answer.request, answer.capability);
        if names_own_sessions(request) && !answer.is_user {
            return Err(Lacking::User);
        }
        let template = facts.template(request);
        let mut needed: Vec<&'static str> = placeholders(&template)
            .filter(|name| facts.is_open(name))
            .filter(|name| is_needed(name) || self.is_awaited(name))
            .map(value_name)
            .collect();
        let (condition, of_tags) =
            condition(facts, capability, answer).ok_or(Lacking::Unsayable)?;
        needed.extend(of_tags);
        sort(&mut needed);
        needed.dedup();
        if !needed.is_empty() {
            return Err(Lacking::Values(needed));
        }
        let value = |name: &str| match name {
            "SessionId" if names_own_sessions(request) => Some("${aws:username}-*".to_owned()),
            "SessionId" => Some("*".to_owned()),
            KEY_ACCOUNT => None,
            // A policy variable stays one.
            name if name.contains(':') => {
                name.strip_prefix("principal:").map(|key| format!("${{{key}}}"))
            }
            "Partition" | "DnsSuffix" => {
                let of_table = if name == "Partition" { "aws" } else { "amazonaws.com" };
                Some(facts.given.get(name).map_or(of_table, String::as_str).to_owned())
            }
            // Logs of one session are not told from those of another.
            "ObjectKey" => {
                let prefix =
                    facts.given.get(name).and_then(|key| key.strip_suffix("${SessionId}.log"));
                Some(format!("{}*", escaped(prefix.unwrap_or_default())))
            }
            name => Some(facts.given.get(name).map_or("*", String::as_str).to_owned()),
        };
        let resource = one_star(&any_session(request, &facts.resource(request, value)));
        let effect = if capability.is_guard() { Effect::Deny } else { Effect::Allow };
        let grant = Statement { condition, ..Statement::new(effect, [request.action], [resource]) };
        if !self.grants.iter().any(|other| covers(other, &grant)) {
            self.grants.retain(|other| !covers(&grant, other));
            self.grants.push(grant);
        }
        Ok(())
    }

    /// The statements: actions with the same resources and conditions stand together, then resources with the same
    /// actions.
    pub(super) fn statements(self) -> Vec<Statement> {
        let by_resource = together(self.grants, |one, other| one.resource == other.resource);
        together(by_resource, |one, other| one.action == other.action)
    }
}

/// Whether one grant is enough for another too.
fn covers(one: &Statement, other: &Statement) -> bool {
    let resource = |grant| resources(grant).first().map_or("", String::as_str);
    one.effect == other.effect
        && one.action == other.action
        && (one.condition.is_empty() || one.condition == other.condition)
        && matches_glob(resource(one), resource(other))
}

/// Statements that are alike in this, in their effect and in their conditions become one.
fn together(
    statements: Vec<Statement>,
    is_alike: impl Fn(&Statement, &Statement) -> bool,
) -> Vec<Statement> {
    let mut groups: Vec<Statement> = Vec::new();
    for statement in statements {
        let same = groups.iter_mut().find(|group| {
            let is_same =
                (group.effect, &group.condition) == (statement.effect, &statement.condition);
            is_same && is_alike(group, &statement)
        });
        match same {
            Some(group) => {
                let both = |a: &[String], b: &[String]| {
                    let mut all = a.to_vec();
                    all.extend(b.iter().filter(|text| !a.contains(text)).cloned());
                    all
                };
                let actions =
                    both(group.action.values.as_slice(), statement.action.values.as_slice());
                let resources = both(resources(group), resources(&statement));
                let written = Statement::new(group.effect, actions, resources);
                (group.action, group.resource) = (written.action, written.resource);
            }
            None => groups.push(statement),
        }
    }
    groups
}

/// `**` says no more than `*`.
fn one_star(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains("**") {
        text = text.replace("**", "*");
    }
    text
}

/// Of the example of a session behind the name or the ID of whoever started it only that: the rest of the ID is made for
/// each session.
fn any_session(request: &Request, resource: &str) -> String {
    let requester = capabilities::requester(request.principal);
    let number = requester.and_then(|requester| requester.session_id.rsplit_once('-'));
    match number.and_then(|(_, number)| resource.strip_suffix(number)) {
        Some(before) => format!("{before}*"),
        None => resource.to_owned(),
    }
}

/// Whether sessions that somebody started are told by their names, which begin with that of an IAM user; those that a
/// role started are told by their tag.
fn names_own_sessions(request: &Request) -> bool {
    request.is_of_own_session() && request.is_of_user()
}

/// The conditions that the capability needs to keep out what it must keep out, and values that they lack; `None` when a
/// want cannot say them.
fn condition(
    facts: &Facts,
    capability: &Capability,
    answer: &Answer,
) -> Option<(Condition, Vec<&'static str>)> {
    let request = answer.request;
    let denies_same = capability
        .requests
        .iter()
        .any(|other| !other.expect_allowed && other.action == request.action);
    let mut needed = Vec::new();
    let mut condition = Condition::default();
    let mut is_whole = true;
    let mut push = |operator: &str, key: &str, value: String| {
        is_whole &= condition.add(operator, key, Strings::One(value)).is_ok();
    };
    for (key, value) in &request.context {
        match *key {
            "iam:PassedToService" => push("StringEquals", key, (*value).to_owned()),
            "aws:CalledVia" => push("ForAnyValue:StringEquals", key, (*value).to_owned()),
            "aws:MultiFactorAuthPresent" if denies_same => push("Bool", key, (*value).to_owned()),
            SESSION_OWNER if request.is_of_own_session() && !names_own_sessions(request) => {
                push("StringEquals", key, "${aws:userid}".to_owned());
            }
            "aws:ResourceTag/${TagKey}" if denies_same => {
                match (facts.given.get("TagKey"), facts.given.get("TagValue")) {
                    (Some(key), Some(value)) => {
                        push("StringEquals", &format!("aws:ResourceTag/{key}"), value.clone());
                    }
                    _ => needed.extend(["tagKey", "tagValue"]),
                }
            }
            // These are examples; nobody can say yet which tags are meant.
            key if denies_same && key.starts_with("aws:ResourceTag/tag-key") => return None,
            _ => {}
        }
    }
    // A grant that leaves out a part of its condition would allow more.
    is_whole.then_some((condition, needed))
}

/// More statements whose conditions an addition does not have are not told one by one.
const MOST_NARROWER: usize = 3;

/// Which statements of the role allow actions of the addition under conditions that it does not have: for what they keep
/// out it may be too much.
fn narrower(role: &Role, addition: &Policy) -> Vec<String> {
    let granted = addition.statements.iter().filter(|grant| grant.effect == Effect::Allow);
    let granted = granted.flat_map(|grant| {
        let actions = grant.action.values.as_slice().iter();
        actions.map(move |action| (grant, action.as_str(), action.to_ascii_lowercase()))
    });
    let granted: Vec<(&Statement, &str, String)> = granted.collect();
    let has = |grant: &Statement, key: &str| {
        grant.condition.entries().any(|(_, known, _)| known.eq_ignore_ascii_case(key))
    };
    let (mut said, mut more, mut of_more) = (Vec::new(), 0, Vec::new());
    for source in role.identity.iter().filter(|_| !granted.is_empty()) {
        for (number, statement) in source.policy.statements.iter().enumerate() {
            if statement.effect != Effect::Allow || statement.condition.is_empty() {
                continue;
            }
            let patterns = statement.action.values.as_slice().iter();
            let patterns: Vec<String> =
                patterns.map(|pattern| pattern.to_ascii_lowercase()).collect();
            let mut seen = BTreeSet::new();
            let own = statement.condition.entries().map(|(_, key, _)| key);
            let own: Vec<&str> = own.filter(|key| seen.insert(*key)).collect();
            // Actions that lack the same keys are told together.
            let mut lacking: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
            for (grant, action, lower) in &granted {
                let is_named = patterns.iter().any(|pattern| matches_glob(pattern, lower));
                if is_named == statement.action.negated {
                    continue;
                }
                let keys: Vec<&str> = own.iter().copied().filter(|key| !has(grant, key)).collect();
                match lacking.iter_mut().find(|(known, _)| *known == keys) {
                    Some((_, actions)) => push(actions, action),
                    None => lacking.push((keys, vec![action])),
                }
            }
            lacking.retain(|(keys, _)| !keys.is_empty());
            if !lacking.is_empty() && said.len() >= MOST_NARROWER {
                more += 1;
                for action in lacking.iter().flat_map(|(_, actions)| actions) {
                    push(&mut of_more, action);
                }
                continue;
            }
            let told = lacking.iter().map(|(keys, actions)| {
                format!("{} under a condition on {}", actions.join(", "), first(keys))
            });
            let told: Vec<String> = told.collect();
            said.extend((!told.is_empty()).then(|| {
                format!(
                    " {}, statement {} allows {}, which the addition does not have.",
                    source.name,
                    number + 1,
                    told.join(", and ")
                )
            }));
        }
    }
    let statements = if more == 1 { "statement allows" } else { "statements allow" };
    said.extend((more > 0).then(|| {
        format!(
            " {more} more {statements} {} under conditions that it does not have.",
            of_more.join(", ")
        )
    }));
    said
}

/// More keys of one statement are not told.
const MOST_KEYS: usize = 8;

/// The first keys, and how many more there are.
fn first(keys: &[&str]) -> String {
    match keys.split_at_checked(MOST_KEYS) {
        Some((told, more)) if !more.is_empty() => {
            format!("{} and {} more keys", told.join(", "), more.len())
        }
        _ => keys.join(", "),
    }
}

/// Adds what is not there yet.
fn push<'t>(all: &mut Vec<&'t str>, text: &'t str) {
    if !all.contains(&text) {
        all.push(text);
    }
}

/// An addition, with a note on what it has, on conditions that it does not have, and on the actions that are recommended
/// and not in it.
pub(super) fn addition(role: &Role, policy: Policy, left_out: &BTreeSet<&str>) -> BuiltPolicy {
    let (statements, actions) = (
        policy.statements.len(),
        policy
            .statements
            .iter()
            .map(|statement| statement.action.values.as_slice().len())
            .sum::<usize>(),
    );
    let many = |number: usize, what: &str| {
        format!("{number} {what}{}", if number == 1 { "" } else { "s" })
    };
    let mut message =
        format!("Adds {}, {}.", many(statements, "statement"), many(actions, "action"));
    message.extend(narrower(role, &policy));
    for (i, action) in left_out.iter().enumerate() {
        message.push_str(if i == 0 { " Recommended and not added: " } else { ", " });
        message.push_str(action);
    }
    message.push_str(if left_out.is_empty() { "" } else { "." });
    BuiltPolicy::inline(policy, vec![Note { code: "SUMMARY", message }])
}
