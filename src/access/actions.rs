//! Lists of actions: for each service the names that match, written out or as patterns.

use std::collections::BTreeSet;

use super::pattern::{is_within, may_meet, steps, Names, Reading, Step, Steps};
use super::Budget;
use crate::aws::catalog::service_prefixes;
use crate::aws::{may_match_action, ActionPattern};
use crate::sort::{set, sort, sort_by};

/// A list of actions.
#[derive(Debug)]
pub(super) struct Actions {
    pub is_negated: bool,
    /// Sorted by service. Nothing else stands beside `*`, which has no service.
    services: Vec<OfService>,
}

/// The names of a service that match, in lower case.
#[derive(Debug)]
pub(super) struct OfService {
    service: Option<String>,
    /// Those without wildcards, sorted.
    literals: Vec<Steps>,
    patterns: Vec<Steps>,
}

impl Actions {
    /// Reads the entries of an element.
    pub fn read(is_negated: bool, values: &[String]) -> Self {
        let reading = Reading {
            has_wildcards: true,
            has_variables: false,
            ignores_case: false,
            colons: true,
        };
        let mut list = Actions { is_negated, services: Vec::new() };
        if values.iter().any(|text| text == "*") {
            let everything = vec![vec![Step::Run { colons: true }]];
            list.services.push(OfService {
                service: None,
                literals: Vec::new(),
                patterns: everything,
            });
            return list;
        }
        let mut texts: Vec<String> = values
            .iter()
            .filter(|text| may_match_action(text))
            .map(|text| text.to_ascii_lowercase())
            .collect();
        sort(&mut texts);
        for action in texts.iter().filter_map(|text| ActionPattern::parse(text)) {
            let service = Some(action.service.to_owned());
            if list.services.last().is_none_or(|last| last.service != service) {
                list.services.push(OfService {
                    service,
                    literals: Vec::new(),
                    patterns: Vec::new(),
                });
            }
            if let Some(last) = list.services.last_mut() {
                let name = steps(action.name, reading, &mut Names::default());
                match name.iter().all(|step| matches!(step, Step::Letter(_))) {
                    true => last.literals.push(name),
                    false => last.patterns.push(name),
                }
            }
        }
        sort_by(&mut list.services, &|a, b| a.service.cmp(&b.service));
        list
    }

    /// Whether `*` is in it.
    pub fn has_everything(&self) -> bool {
        self.services.first().is_some_and(|own| own.service.is_none())
    }

    /// The services that are named.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        self.services.iter().filter_map(|own| own.service.as_deref())
    }

    /// The names of a service.
    pub fn of(&self, service: &str) -> Option<&OfService> {
        if self.has_everything() {
            return self.services.first();
        }
        let at = self.services.binary_search_by(|own| own.service.as_deref().cmp(&Some(service)));
        self.services.get(at.ok()?)
    }

    /// Whether an action, in lower case, matches.
    pub fn takes(&self, service: &str, name: &[Step], budget: &Budget) -> bool {
        self.of(service).is_some_and(|own| own.has(name, budget)) != self.is_negated
    }

    /// Whether it holds wherever the other does, as far as the texts show it.
    pub fn follows_from(&self, other: &Actions, budget: &Budget) -> bool {
        match (self.is_negated, other.is_negated) {
            (false, false) => self.lists_all(other, budget),
            (true, true) => other.lists_all(self, budget),
            (true, false) => !self.may_meet(other, budget),
            (false, true) => self.has_everything(),
        }
    }

    /// Whether it lists all that the other lists.
    pub fn lists_all(&self, other: &Actions, budget: &Budget) -> bool {
        other.services.iter().all(|them| match &them.service {
            Some(service) => {
                self.of(service).is_some_and(|own| them.names().all(|name| own.has(name, budget)))
            }
            None => self.has_everything(),
        })
    }

    /// Whether an action may be in both lists, of which neither is read as negated.
    pub fn may_meet(&self, other: &Actions, budget: &Budget) -> bool {
        match (self.has_everything(), other.has_everything()) {
            (true, _) => !other.services.is_empty(),
            (_, true) => !self.services.is_empty(),
            _ => self.services.iter().any(|own| {
                budget.count(2);
                let them = own.service.as_ref().and_then(|service| other.of(service));
                them.is_some_and(|them| own.may_meet(them, budget))
            }),
        }
    }
}

impl OfService {
    /// All names, as patterns.
    pub fn names(&self) -> impl Iterator<Item = &Steps> {
        self.literals.iter().chain(&self.patterns)
    }

    /// Whether all names of a pattern are among them.
    fn has(&self, name: &[Step], budget: &Budget) -> bool {
        self.has_literal(name) || self.patterns.iter().any(|own| is_within(name, own, budget))
    }

    fn has_literal(&self, name: &[Step]) -> bool {
        self.literals.binary_search_by(|own| own.as_slice().cmp(name)).is_ok()
    }

    fn may_meet(&self, other: &OfService, budget: &Budget) -> bool {
        let (few, many) = match self.literals.len() < other.literals.len() {
            true => (self, other),
            false => (other, self),
        };
        few.literals.iter().any(|name| many.has_literal(name))
            || self.patterns.iter().any(|own| other.names().any(|name| may_meet(own, name, budget)))
            || other
                .patterns
                .iter()
                .any(|own| self.literals.iter().any(|name| may_meet(own, name, budget)))
    }
}

/// The services whose actions the lists tell apart: those that are named, and one that is not where any will do.
pub(super) fn services<'a>(
    positives: &[&Actions],
    lists: impl Iterator<Item = &'a Actions>,
) -> BTreeSet<String> {
    let named = |list: &Actions| -> BTreeSet<String> {
        list.services.iter().filter_map(|own| own.service.clone()).collect()
    };
    let is_bounded = |list: &&&Actions| !list.is_negated && !list.has_everything();
    let mut services: BTreeSet<String> = match positives.iter().find(is_bounded) {
        Some(bounded) => named(bounded),
        None => {
            let mut services: BTreeSet<String> = set(lists.flat_map(named));
            let others = ["ec2", "s3", "sqs"].into_iter().chain(service_prefixes()).chain(["x"]);
            let other = others.into_iter().find(|other| !services.contains(*other));
            services.extend(other.map(str::to_owned));
            services
        }
    };
    let is_name =
        |service: &String| service.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    services.retain(|service| !service.is_empty() && is_name(service));
    services
}
