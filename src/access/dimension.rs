//! Dimensions: the values of the principal, the action, the resource and each key, and what each does to the covers.

use std::borrow::Cow;

use super::actions::{services, Actions, OfService};
use super::choose::{insert, none, Atom};
use super::key;
use super::pattern::{fold, whole, Step, Steps};
use super::question;
use super::side::{Kind, Resources, Statement, Test};
use super::task::{variables, Certainty, Run, Tests};
use super::variable::{get, Assignment};
use super::walk::{not_empty, Walk};
use super::{Budget, Limit};
use crate::evaluate::ContextValue;

/// A caller is held against so many covers in the time of one step.
const COVERS_A_STEP: usize = 16;

/// A value of a dimension.
pub(super) enum Value {
    Caller(String),
    Action(String),
    Resource(String),
    Key(String, Option<ContextValue<'static>>),
    /// An empty value of a key, of which nobody knows whether it is one.
    Empty(String, ContextValue<'static>),
}

/// The values of a dimension with what each does.
pub(super) struct Dimension {
    pub certainty: Certainty,
    pub covers: usize,
    pub atoms: Vec<Atom>,
    pub values: Vec<Value>,
}

impl Dimension {
    /// Adds a value, if all positives take it.
    pub fn push(
        &mut self,
        value: Value,
        mut positives: impl Iterator<Item = Option<bool>>,
        covers: impl Iterator<Item = (usize, Option<bool>)>,
    ) {
        let is_proof = self.certainty != Certainty::Find;
        let is_taken =
            |truth: Option<bool>| if is_proof { truth != Some(false) } else { truth == Some(true) };
        if !positives.all(is_taken) {
            return;
        }
        let mut falsifies = none(self.covers);
        for (at, truth) in covers {
            if if is_proof { truth != Some(true) } else { truth == Some(false) } {
                insert(&mut falsifies, at);
            }
        }
        self.atoms.push(Atom { falsifies, value: self.values.len() });
        self.values.push(value);
    }
}

impl Run<'_, '_, '_> {
    pub fn callers(
        &mut self,
        mut dimension: Dimension,
        budget: &Budget,
    ) -> Result<Dimension, Limit> {
        let is_open = |statement: &Statement| statement.about.contains(&None);
        let positives = self.task.positives.iter().copied();
        let of_covers = self.covers.iter().filter(|cover| cover.principal);
        for statement in positives.clone().chain(of_covers.map(|cover| cover.statement)) {
            if statement.principal.is_some() && statement.about.is_empty() {
                return Err(Limit);
            }
            if is_open(statement) {
                self.is_sure = false;
                let is_negated = statement.principal.is_some_and(|principal| principal.negated);
                let question =
                    if is_negated { question::NOT_PRINCIPAL } else { question::SESSION_NAME };
                self.questions.push(question);
            }
        }
        for (at, caller) in self.world.callers.iter().enumerate() {
            budget.spend(1 + self.covers.len() / COVERS_A_STEP)?;
            let about =
                |statement: &Statement| statement.about.get(at).copied().unwrap_or(Some(true));
            let covers = self.covers.iter().enumerate().filter(|(_, cover)| cover.principal);
            dimension.push(
                Value::Caller(caller.text.clone()),
                positives.clone().map(about),
                covers.map(|(at, cover)| (at, about(cover.statement))),
            );
        }
        Ok(dimension)
    }

    pub fn actions(&self, mut dimension: Dimension, budget: &Budget) -> Result<Dimension, Limit> {
        let positives: Vec<&Actions> =
            self.task.positives.iter().flat_map(|positive| &positive.actions).collect();
        let covers: Vec<(usize, &Actions)> = self
            .covers
            .iter()
            .enumerate()
            .flat_map(|(at, cover)| cover.actions.iter().map(move |list| (at, *list)))
            .collect();
        let lists = || positives.iter().copied().chain(covers.iter().map(|(_, list)| *list));
        for service in services(&positives, lists()) {
            let mut walk = Walk::default();
            let shape = positives.len() + covers.len();
            walk.add(&not_empty(), false, shape);
            walk.need(shape);
            for (i, list) in lists().enumerate() {
                if i < positives.len() && !list.is_negated {
                    walk.need(i);
                }
                let names = list.of(&service).into_iter().flat_map(OfService::names);
                names.for_each(|steps| walk.add(steps, false, i));
            }
            let is_allowed =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
            let is_best = |accepted: &[usize]| {
                lists().enumerate().all(|(i, list)| {
                    let matches = accepted.binary_search(&i).is_ok() != list.is_negated;
                    matches == (i < positives.len())
                })
            };
            for (accepted, name) in walk.run(&[], &is_allowed, &is_best, budget)? {
                let truth = |(i, list): (usize, &Actions)| {
                    Some(accepted.binary_search(&i).is_ok() != list.is_negated)
                };
                let mut truths = lists().enumerate().map(truth);
                let of_positives: Vec<_> = truths.by_ref().take(positives.len()).collect();
                dimension.push(
                    Value::Action(format!("{service}:{name}")),
                    of_positives.into_iter(),
                    covers.iter().map(|(at, _)| *at).zip(truths),
                );
            }
        }
        Ok(dimension)
    }

    pub fn resources(
        &self,
        mut dimension: Dimension,
        assignment: &Assignment,
        budget: &Budget,
    ) -> Result<Dimension, Limit> {
        let positives: Vec<&Resources> =
            self.task.positives.iter().filter_map(|positive| positive.resources.as_ref()).collect();
        let covers: Vec<(usize, &Resources)> = self
            .covers
            .iter()
            .enumerate()
            .filter_map(|(at, cover)| Some((at, cover.resources?)))
            .collect();
        let lists = || positives.iter().copied().chain(covers.iter().map(|(_, list)| *list));
        let mut push = |value: String, truth: &dyn Fn(usize, &Resources) -> bool| {
            let mut truths =
                lists().enumerate().map(|(i, list)| Some(truth(i, list) != list.is_negated));
            let of_positives: Vec<_> = truths.by_ref().take(positives.len()).collect();
            dimension.push(
                Value::Resource(value),
                of_positives.into_iter(),
                covers.iter().map(|(at, _)| *at).zip(truths),
            );
        };
        push("*".to_owned(), &|_, list| list.has_star);
        let needs_one = |list: &&&Resources| !list.is_negated && !list.has_everything;
        let is_alone = positives.iter().filter(needs_one).count() < 2;
        let (mut walk, mut letters) = (Walk::default(), Vec::new());
        let shape = positives.len() + covers.len();
        walk.add(&whole("arn:*:*:*:*:?*"), true, shape);
        walk.need(shape);
        for (i, list) in lists().enumerate() {
            let is_positive = i < positives.len();
            if is_positive && needs_one(&&list) {
                walk.need(i);
            }
            let unassigned = Unassigned::of(is_positive, list.is_negated, is_alone);
            for pattern in &list.patterns {
                let Some(steps) = self.assigned(pattern, assignment, unassigned, false) else {
                    continue;
                };
                if is_positive {
                    letters.extend(variables(&steps));
                }
                walk.add(&steps, !is_positive && list.is_negated, i);
            }
        }
        let takes = |accepted: &[usize], i: usize, list: &Resources| {
            list.has_everything || accepted.binary_search(&i).is_ok()
        };
        let is_best = |accepted: &[usize]| {
            lists().enumerate().all(|(i, list)| {
                (takes(accepted, i, list) != list.is_negated) == (i < positives.len())
            })
        };
        for (accepted, text) in walk.run(&letters, &|_| true, &is_best, budget)? {
            push(text, &|i, list| takes(&accepted, i, list));
        }
        Ok(dimension)
    }

    pub fn key(
        &mut self,
        key: usize,
        Tests { positives, covers }: Tests,
        mut dimension: Dimension,
        assignment: &Assignment,
        budget: &Budget,
    ) -> Result<Dimension, Limit> {
        let tests: Vec<&Test> =
            positives.iter().copied().chain(covers.iter().map(|(_, test)| *test)).collect();
        let name = self.world.names.keys.get(key).map_or("", String::as_str);
        let has_texts = |test: &&&Test| test.kind() == Some(Kind::Text) && !test.is_negated();
        let is_alone = positives.iter().filter(has_texts).count() < 2;
        let texts = |i: usize| -> Vec<Cow<[Step]>> {
            let Some(test) = tests.get(i) else {
                return Vec::new();
            };
            let is_positive = i < positives.len();
            let folds = test.folds();
            let unassigned = Unassigned::of(is_positive, test.is_negated(), is_alone && !folds);
            let texts = test.texts.iter();
            texts.filter_map(|steps| self.assigned(steps, assignment, unassigned, folds)).collect()
        };
        let asked = key::Asked {
            name,
            tests: &tests,
            positives: positives.len(),
            texts: &texts,
            value: get(assignment, key),
            is_needed: self.needs(key),
            can_occur: (self.world.occurs)(name),
            certainty: dimension.certainty,
        };
        let states = key::states(&asked, budget)?;
        if states.is_mixed {
            self.is_sure = false;
            self.questions.push(question::MIXED);
        }
        self.is_sure &= !states.has_unknown;
        let known = states
            .list
            .into_iter()
            .map(|(value, truths)| (Value::Key(name.to_owned(), value), truths));
        let empty = states
            .empty
            .into_iter()
            .map(|(value, truths)| (Value::Empty(name.to_owned(), value), truths));
        for (value, truths) in known.chain(empty) {
            // A statement with several conditions on the key matches if all hold.
            let (of_positives, of_covers) = truths.split_at(positives.len().min(truths.len()));
            let mut joint: Vec<(usize, Option<bool>)> = Vec::new();
            for ((at, _), truth) in covers.iter().zip(of_covers) {
                match joint.last_mut().filter(|(last, _)| last == at) {
                    Some((_, before)) => *before = and(*before, *truth),
                    None => joint.push((*at, *truth)),
                }
            }
            dimension.push(value, of_positives.iter().copied(), joint.into_iter());
        }
        Ok(dimension)
    }

    /// The pattern with what the assignment has for its variables; `None` when one has no value, or cannot be told.
    fn assigned<'s>(
        &self,
        steps: &'s Steps,
        assignment: &Assignment,
        unassigned: Unassigned,
        folds: bool,
    ) -> Option<Cow<'s, [Step]>> {
        if !steps.iter().any(|step| matches!(step, Step::Variable(_))) {
            return Some(Cow::Borrowed(steps));
        }
        let mut whole = Steps::new();
        for step in steps {
            let Step::Variable(number) = step else {
                whole.push(*step);
                continue;
            };
            let (key, default) = self.world.names.variables.get(*number)?;
            match (get(assignment, *key), unassigned) {
                (Some(value), _) => {
                    let value = value.as_ref().or(default.as_ref())?;
                    whole.extend(value.chars().map(|c| match folds {
                        true => Step::Folded(fold(c)),
                        false => Step::Letter(c),
                    }));
                }
                (None, Unassigned::Letter) => whole.push(*step),
                (None, Unassigned::Anything) => whole.push(Step::Run { colons: true }),
                (None, Unassigned::Nothing) => return None,
            }
        }
        Some(Cow::Owned(whole))
    }
}

/// What a variable is that has no value yet. Only the pattern whose texts are made may have it as a letter of its own.
#[derive(Clone, Copy)]
enum Unassigned {
    Letter,
    Anything,
    Nothing,
}

impl Unassigned {
    fn of(is_positive: bool, is_negated: bool, is_alone: bool) -> Self {
        match (is_positive, is_negated) {
            (true, false) if is_alone => Unassigned::Letter,
            (true, false) | (false, true) => Unassigned::Anything,
            (true, true) => Unassigned::Nothing,
            (false, false) => Unassigned::Letter,
        }
    }
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}
