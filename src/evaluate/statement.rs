//! A statement, read once for the layer that its policy stands in and asked for many requests.

use super::arn_pattern::ResourcePattern;
use super::condition::Condition;
use super::key_table::{KeyId, KeyTable};
use super::principal::{Kinds, Principals};
use super::scene::{Action, Scene};
use super::truth::{open, Keys, Truth};
use super::Gate;
use crate::aws::{has_wildcard, matches_glob, may_match_action, ActionPattern};
use crate::policy::{self, Effect, Version};

/// So many entries are compared in the time that a short statement takes.
const ENTRIES_A_LOOK: usize = 16;

/// A statement.
#[derive(Debug)]
pub(super) struct Statement<'p> {
    pub effect: Effect,
    gate: Gate,
    pub principals: Option<Principals<'p>>,
    actions: Actions<'p>,
    pub resources: Option<Resources<'p>>,
    pub conditions: Vec<Condition<'p>>,
}

/// `Action` or `NotAction`.
#[derive(Debug)]
struct Actions<'p> {
    is_negated: bool,
    patterns: Vec<ActionMatch<'p>>,
}

#[derive(Debug)]
enum ActionMatch<'p> {
    Everything,
    /// The service, and the name in lower case with whether it has wildcards.
    Named {
        service: &'p str,
        name: String,
        is_glob: bool,
    },
}

/// `Resource` or `NotResource`.
#[derive(Debug)]
pub(super) struct Resources<'p> {
    pub is_negated: bool,
    pub patterns: Vec<ResourcePattern<'p>>,
    /// As they are written.
    pub values: &'p [String],
}

/// Whether a statement matches a request, and by which kinds of naming its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub truth: Truth,
    /// Where the layer names principals.
    pub kinds: Kinds,
}

impl Hit {
    pub const MISS: Hit = Hit { truth: Truth::False, kinds: Kinds::NONE };
}

impl<'p> Statement<'p> {
    pub fn new(
        statement: &'p policy::Statement,
        gate: Gate,
        version: Version,
        keys: &mut KeyTable<'p>,
    ) -> Self {
        let has_variables = version == Version::V2012;
        let completes = |text: &str| match gate {
            Gate::Identity | Gate::Boundary => true,
            // A star at the end runs over the colons that are missing.
            Gate::Scp | Gate::Session | Gate::Resource | Gate::Rcp | Gate::Endpoint => {
                text.ends_with('*')
            }
        };
        let action = &statement.action;
        let resources = statement.resource.as_ref().map(|resource| Resources {
            is_negated: resource.negated,
            patterns: resource
                .values
                .as_slice()
                .iter()
                .map(|text| ResourcePattern::new(text, completes(text), has_variables, keys))
                .collect(),
            values: resource.values.as_slice(),
        });
        let conditions = statement.condition.entries().map(|(operator, key, values)| {
            Condition::new(operator, key, values, has_variables, keys)
        });
        let conditions = conditions.collect();
        Statement {
            effect: statement.effect,
            gate,
            principals: statement.principal.as_ref().map(Principals::new),
            actions: Actions {
                is_negated: action.negated,
                patterns: action_matches(action.values.as_slice()),
            },
            resources,
            conditions,
        }
    }

    /// How many looks at a short statement it takes to hold a request against all its entries.
    pub fn looks(&self) -> usize {
        let resources = self.resources.as_ref().map_or(0, |resources| resources.patterns.len());
        1 + (self.actions.patterns.len() + resources + self.conditions.len()) / ENTRIES_A_LOOK
    }

    /// Whether it matches; the keys that are not known and decide it are put to the others.
    pub fn hit(&self, scene: &Scene, keys: &mut Keys) -> Hit {
        if scene.applies(self.gate).is_false() || !self.action_matches(&scene.action) {
            return Hit::MISS;
        }
        let mark = keys.mark();
        let mut truth = self.binds(scene, keys).and(self.form(scene, keys));
        let kinds = self.kinds(scene, keys);
        truth = truth.and(kinds.all());
        if !truth.is_false() {
            truth = truth.and(self.resource_matches(scene, keys));
        }
        for condition in &self.conditions {
            if truth.is_false() {
                break;
            }
            truth = truth.and(condition.truth(self.effect, &scene.view, keys));
        }
        if truth != Truth::Unknown {
            keys.forget(mark);
        }
        match truth {
            Truth::False => Hit::MISS,
            truth => Hit { truth, kinds: kinds.and(truth) },
        }
    }

    /// The condition keys that it reads.
    pub fn keys(&self) -> impl Iterator<Item = KeyId> + '_ {
        let patterns = self.resources.iter().flat_map(|resources| &resources.patterns);
        let in_resources = patterns.flat_map(ResourcePattern::variable_keys);
        let conditions = self.conditions.iter();
        let in_conditions = conditions
            .flat_map(|condition| condition.variable_keys().chain(std::iter::once(condition.id)));
        in_resources.chain(in_conditions)
    }

    /// Whether its layer has a say, for a Deny: what an Allow is worth there is decided where the layers are put together.
    pub fn binds(&self, scene: &Scene, keys: &mut Keys) -> Truth {
        let applies = scene.applies(self.gate);
        if self.effect == Effect::Allow || applies != Truth::Unknown {
            return Truth::True;
        }
        keys.insert(KeyId::PRINCIPAL_ARN);
        applies
    }

    /// True for a statement that IAM takes in its layer. No Allow may rest on another, and no Deny be passed over.
    pub fn form(&self, scene: &Scene, keys: &mut Keys) -> Truth {
        let names_principals = self.gate.names_principals();
        let has_principals = self.principals.is_some();
        let lacks_resource =
            self.resources.is_none() && !(self.gate == Gate::Resource && scene.is_trust);
        if !lacks_resource && (names_principals || !has_principals) {
            return Truth::True;
        }
        if self.effect == Effect::Allow {
            return Truth::False;
        }
        keys.ask(open::MALFORMED);
        Truth::Unknown
    }

    /// How it names the caller; by `*` where its layer names nobody.
    pub fn kinds(&self, scene: &Scene, keys: &mut Keys) -> Kinds {
        let everyone = |truth| Kinds { any: truth, ..Kinds::NONE };
        match &self.principals {
            _ if !self.gate.names_principals() => everyone(Truth::True),
            None => Kinds::NONE,
            Some(principals) if !principals.is_negated => {
                principals.kinds(&scene.caller, &scene.view, keys)
            }
            // IAM no longer takes NotPrincipal in an Allow.
            Some(_) if self.effect == Effect::Allow => Kinds::NONE,
            // IAM denies a principal with a boundary, whatever is listed.
            Some(_) if scene.has_boundary.is_true() => everyone(Truth::True),
            Some(principals) => {
                let excludes = principals.excludes(&scene.caller, &scene.view, keys);
                if excludes.is_false() && scene.has_boundary == Truth::Unknown {
                    keys.ask(Gate::Boundary.open_question(scene));
                }
                everyone(excludes.or(scene.has_boundary))
            }
        }
    }

    /// Whether its actions match.
    pub fn action_matches(&self, action: &Option<Action>) -> bool {
        let one = |pattern: &ActionMatch| match (pattern, action) {
            (ActionMatch::Everything, _) => true,
            (ActionMatch::Named { service, name, is_glob }, Some(action)) => {
                service.eq_ignore_ascii_case(action.service)
                    && match is_glob {
                        true => matches_glob(name, &action.name),
                        false => *name == action.name,
                    }
            }
            (ActionMatch::Named { .. }, None) => false,
        };
        self.actions.patterns.iter().any(one) != self.actions.is_negated
    }

    /// Whether its resources match; true without any, for which [`Statement::form`] stands.
    pub fn resource_matches(&self, scene: &Scene, keys: &mut Keys) -> Truth {
        let Some(resources) = &self.resources else {
            return Truth::True;
        };
        let mark = keys.mark();
        let mut matches = Truth::False;
        for pattern in &resources.patterns {
            let one = pattern.matches(scene.resource, &scene.view, keys);
            matches = matches.or(one);
            if matches.is_true() {
                break;
            }
        }
        if matches != Truth::Unknown {
            keys.forget(mark);
        }
        if !resources.is_negated {
            return matches;
        }
        let lost = resources.patterns.iter().any(|pattern| pattern.has_no_value(&scene.view));
        if matches.is_false() && lost && self.effect == Effect::Allow {
            keys.ask(open::VARIABLE);
            return Truth::Unknown;
        }
        matches.not()
    }
}

/// What is left of the texts; in a list that has room for no more, since most have one.
fn action_matches(texts: &[String]) -> Vec<ActionMatch<'_>> {
    let mut matches = Vec::with_capacity(texts.len());
    matches.extend(texts.iter().filter_map(|text| action_match(text)));
    matches
}

/// `None` for a text that matches no action.
fn action_match(text: &str) -> Option<ActionMatch<'_>> {
    if text == "*" {
        return Some(ActionMatch::Everything);
    }
    let ActionPattern { service, name } =
        ActionPattern::parse(text).filter(|_| may_match_action(text))?;
    Some(ActionMatch::Named {
        service,
        name: name.to_ascii_lowercase(),
        is_glob: has_wildcard(name),
    })
}
