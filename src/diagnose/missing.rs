//! The statements that are missing: as narrow as what was given allows, and no more than IAM is asked for.

use super::ask::{is_guard, Answer};
use super::template::{fill, placeholders};
use super::want::{is_key, is_needed, value_name, Scope};
use crate::aws::text::matches_glob;
use crate::policy::{Condition, Effect, Element, Statement, Strings};
use crate::session::capabilities::Capability;
use crate::session::escaped;
use crate::sort::sort;

/// A permission that would repair one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Grant {
    effect: Effect,
    action: String,
    resource: String,
    condition: Condition,
}

impl Grant {
    /// Whether this one is enough for the other too.
    fn covers(&self, other: &Grant) -> bool {
        self.effect == other.effect
            && self.action == other.action
            && (self.condition.is_empty() || self.condition == other.condition)
            && matches_glob(&self.resource, &other.resource)
    }
}

/// Why nothing can be added.
#[derive(Debug)]
pub(super) enum Lacking {
    /// These values of the want must be given first.
    Values(Vec<&'static str>),
    /// A want has no value for what the statement must name.
    Unsayable,
}

/// What repairs answers, put together.
#[derive(Debug, Default)]
pub(super) struct Missing {
    grants: Vec<Grant>,
}

impl Missing {
    /// Adds what repairs an answer; or says what is lacking.
    pub(super) fn repair(&mut self, scope: &Scope, answer: &Answer) -> Result<(), Lacking> {
        let (request, capability) = (answer.request, answer.capability);
        let template = request.resource;
        let mut needed: Vec<&'static str> = placeholders(template)
            .filter(|name| is_needed(name) && scope.is_open(name))
            .map(value_name)
            .collect();
        let (condition, of_tags) =
            condition(scope, capability, answer).ok_or(Lacking::Unsayable)?;
        needed.extend(of_tags);
        sort(&mut needed);
        needed.dedup();
        if !needed.is_empty() {
            return Err(Lacking::Values(needed));
        }
        let own = own_sessions(capability);
        let value = |name: &str| match name {
            "SessionId" => Some(own.unwrap_or("*").to_owned()),
            // A policy variable stays one.
            name if name.contains(':') => {
                name.strip_prefix("principal:").map(|key| format!("${{{key}}}"))
            }
            "Partition" | "DnsSuffix" => {
                let of_table = if name == "Partition" { "aws" } else { "amazonaws.com" };
                Some(scope.given.get(name).map_or(of_table, String::as_str).to_owned())
            }
            // Logs of one session are not told from those of another.
            "ObjectKey" => {
                let prefix =
                    scope.given.get(name).and_then(|key| key.strip_suffix("${SessionId}.log"));
                Some(format!("{}*", escaped(prefix.unwrap_or_default())))
            }
            name => Some(scope.given.get(name).map_or("*", String::as_str).to_owned()),
        };
        let resource = match &scope.key_arn {
            Some(arn) if is_key(template) => arn.clone(),
            _ => one_star(&fill(template, &value)),
        };
        let effect = if is_guard(capability) { Effect::Deny } else { Effect::Allow };
        let grant = Grant { effect, action: request.action.to_owned(), resource, condition };
        if !self.grants.iter().any(|other| other.covers(&grant)) {
            self.grants.retain(|other| !grant.covers(other));
            self.grants.push(grant);
        }
        Ok(())
    }

    /// The statements: actions with the same resources and conditions stand together, then resources with the same
    /// actions.
    pub(super) fn statements(self) -> Vec<Statement> {
        type Group = (Effect, Vec<String>, Vec<String>, Condition);
        let mut by_resource: Vec<Group> = Vec::new();
        for grant in self.grants {
            let same = by_resource.iter_mut().find(|(effect, _, resources, condition)| {
                *effect == grant.effect
                    && resources == std::slice::from_ref(&grant.resource)
                    && *condition == grant.condition
            });
            match same {
                Some((_, actions, _, _)) => actions.push(grant.action),
                None => by_resource.push((
                    grant.effect,
                    vec![grant.action],
                    vec![grant.resource],
                    grant.condition,
                )),
            }
        }
        let mut groups: Vec<Group> = Vec::new();
        for (effect, actions, resources, condition) in by_resource {
            let same = groups.iter_mut().find(|(other, their_actions, _, their_condition)| {
                *other == effect && *their_actions == actions && *their_condition == condition
            });
            match same {
                Some((_, _, all, _)) => all.extend(resources),
                None => groups.push((effect, actions, resources, condition)),
            }
        }
        let statement = |(effect, actions, resources, condition): Group| {
            let resource =
                Element { negated: false, values: Strings::one_or_many(resources.clone()) };
            Statement {
                condition,
                resource: Some(resource),
                ..Statement::new(effect, actions, resources)
            }
        };
        groups.into_iter().map(statement).collect()
    }
}

/// `**` says no more than `*`.
fn one_star(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains("**") {
        text = text.replace("**", "*");
    }
    text
}

/// How the sessions that somebody started are named, for capabilities that are about those.
fn own_sessions(capability: &Capability) -> Option<&'static str> {
    let own = capability.id.strip_prefix("operator.own-")?;
    own.ends_with("-username").then_some("${aws:username}-*")
}

/// The conditions that the capability needs to keep out what it must keep out, and values that they lack; `None` when a
/// want cannot say them.
fn condition(
    scope: &Scope,
    capability: &Capability,
    answer: &Answer,
) -> Option<(Condition, Vec<&'static str>)> {
    let request = answer.request;
    let denies_same = capability
        .requests
        .iter()
        .any(|other| !other.expect_allowed && other.action == request.action);
    let is_own_by_tag =
        capability.id.starts_with("operator.own-") && own_sessions(capability).is_none();
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
            "ssm:resourceTag/aws:ssmmessages:session-id" if is_own_by_tag => {
                push("StringEquals", key, "${aws:userid}".to_owned());
            }
            "aws:ResourceTag/${TagKey}" if denies_same => {
                match (scope.given.get("TagKey"), scope.given.get("TagValue")) {
                    (Some(key), Some(value)) => {
                        push("StringEquals", &format!("aws:ResourceTag/{key}"), value.clone());
                    }
                    _ => needed.extend(["tagKey", "tagValue"]),
                }
            }
            // These are examples; nobody can say yet which tags, addresses or sessions are meant.
            key if denies_same
                && (key.starts_with("aws:ResourceTag/tag-key") || key == "aws:SourceIp") =>
            {
                return None;
            }
            _ => {}
        }
    }
    // A grant that leaves out a part of its condition would allow more.
    is_whole.then_some((condition, needed))
}
