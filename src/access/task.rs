//! One task: is there a request that all of some statements match, and none of others does?

use std::collections::{BTreeMap, BTreeSet};

use super::caller::Caller;
use super::choose::{choose, greatest};
use super::cover::{covers, Cover};
use super::dimension::{Dimension, Value};
use super::pattern::{add, Names, Step, Steps};
use super::question;
use super::side::{Statement, Test};
use super::variable::{self, Assignment};
use super::{Budget, Limit};
use crate::evaluate::{ContextValue, Request, KEYS_OF_REQUEST};
use crate::sort::set;

/// What a task is about.
#[derive(Clone, Debug)]
pub(super) struct Task<'a, 'p> {
    /// Statements that the request must match.
    pub positives: Vec<&'a Statement<'p>>,
    /// Statements of which it must match none.
    pub covers: Vec<&'a Statement<'p>>,
}

/// What all tasks of a question share.
#[derive(Clone, Copy)]
pub(super) struct World<'w> {
    pub names: &'w Names,
    /// Empty where policies name nobody.
    pub callers: &'w [Caller],
    /// Whether a key can come with the requests that are looked at.
    pub occurs: &'w dyn Fn(&str) -> bool,
    /// Whether the answer to a request is what the question is after.
    pub confirms: &'w dyn Fn(&Request) -> bool,
}

/// What comes of a task.
#[derive(Debug)]
pub(super) enum Outcome {
    /// There is no such request.
    Empty,
    /// There is none if an empty value of a key is one, as AWS's checks take it; IAM's guide wavers.
    EmptyByValues,
    /// This is one.
    Found(Request<'static>),
    /// Nobody knows, because of these questions.
    Open(Vec<&'static str>),
}

/// How what is not known is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// A statement that must match may, one that must not surely does: no request is passed over.
    Prove,
    /// As `Prove`, and an empty value of a key may be none.
    Doubt,
    /// A statement that must match surely does, one that must not surely does not.
    Find,
}

/// The caller of requests where policies name nobody.
pub(super) const CALLER: &str = "arn:aws:iam::111122223333:role/Example";

/// Solves a task.
pub(super) fn solve(task: &Task, world: World, budget: &Budget) -> Outcome {
    let search = || {
        let Some(covers) = covers(task, budget)? else {
            return Ok(Outcome::Empty);
        };
        let mut run = Run { task, covers, world, questions: Vec::new(), is_sure: true };
        run.search(budget)
    };
    search().unwrap_or_else(|Limit| Outcome::Open(vec![question::LIMIT]))
}

/// A task in work.
pub(super) struct Run<'r, 'a, 'p> {
    pub task: &'r Task<'a, 'p>,
    pub covers: Vec<Cover<'a, 'p>>,
    pub world: World<'r>,
    pub questions: Vec<&'static str>,
    /// Whether nothing that was not known has been read yet.
    pub is_sure: bool,
}

/// The conditions on a key: those that must hold, and those of covers, each with the number of its cover.
#[derive(Default)]
pub(super) struct Tests<'a, 'p> {
    pub positives: Vec<&'a Test<'p>>,
    pub covers: Vec<(usize, &'a Test<'p>)>,
}

impl<'a, 'p> Run<'_, 'a, 'p> {
    fn search(&mut self, budget: &Budget) -> Result<Outcome, Limit> {
        let names = self.world.names;
        let mut keys = Vec::new();
        for unit in self.patterns().flat_map(|steps| variables(steps)) {
            if let Some((key, _)) = names.variables.get(unit) {
                add(&mut keys, *key);
            }
        }
        let tests = || self.task.positives.iter().flat_map(|positive| &positive.tests);
        let pinned = variable::pinned(&keys, tests());
        let Some(candidate) = self.first(Certainty::Prove, &pinned, budget)? else {
            let may_matter = self.tests().any(Test::may_pass_over_empty);
            let is_proved =
                !may_matter || matches!(self.first(Certainty::Doubt, &pinned, budget), Ok(None));
            return Ok(if is_proved { Outcome::Empty } else { Outcome::EmptyByValues });
        };
        if (self.world.confirms)(&candidate) {
            return Ok(Outcome::Found(candidate));
        }
        // Without steps nothing is confirmed.
        budget.spend(0)?;
        let has_trouble = self.task.positives.iter().any(|positive| positive.trouble.is_some());
        self.is_sure &= self.covers.iter().all(|cover| cover.statement.trouble.is_none());
        let is_certain = keys.is_empty() && self.is_sure;
        if !has_trouble && !is_certain {
            let literals = self.literals();
            let values = variable::candidates(&keys, &pinned, tests(), &literals);
            for assignment in variable::product(&values)? {
                if let Some(found) = self.run(Certainty::Find, &assignment, budget)? {
                    if (self.world.confirms)(&found) {
                        return Ok(Outcome::Found(found));
                    }
                }
            }
        }
        let covers = self.covers.iter().map(|cover| cover.statement);
        let statements = self.task.positives.iter().copied().chain(covers);
        self.questions.extend(statements.filter_map(|statement| statement.trouble));
        if !keys.is_empty() {
            self.questions.push(question::VARIABLE);
        }
        if self.questions.is_empty() {
            self.questions.push(question::UNCONFIRMED);
        }
        Ok(Outcome::Open(std::mem::take(&mut self.questions)))
    }

    /// A request that the task asks for, with variables in the first way of all in which there is one.
    fn first(
        &mut self,
        certainty: Certainty,
        pinned: &variable::Choices,
        budget: &Budget,
    ) -> Result<Option<Request<'static>>, Limit> {
        for assignment in variable::product(pinned)? {
            let found = self.run(certainty, &assignment, budget)?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// A request that the task asks for, with variables as the assignment has them.
    fn run(
        &mut self,
        certainty: Certainty,
        assignment: &Assignment,
        budget: &Budget,
    ) -> Result<Option<Request<'static>>, Limit> {
        let count = self.covers.len();
        let new = || Dimension { certainty, covers: count, atoms: Vec::new(), values: Vec::new() };
        let mut dimensions = Vec::new();
        if certainty != Certainty::Find {
            // A cover of which nobody knows whether it matches proves nothing.
            let mut unsure = new();
            let troubles = self.covers.iter().map(|cover| cover.statement.trouble).enumerate();
            unsure.push(
                Value::Key(String::new(), None),
                std::iter::empty(),
                troubles.map(|(at, trouble)| (at, Some(trouble.is_none()))),
            );
            dimensions.push(unsure);
        }
        if !self.world.callers.is_empty() {
            dimensions.push(self.callers(new(), budget)?);
        }
        dimensions.push(self.actions(new(), budget)?);
        dimensions.push(self.resources(new(), assignment, budget)?);
        for (key, tests) in self.keys(assignment) {
            dimensions.push(self.key(key, tests, new(), assignment, budget)?);
        }
        let mut lists = Vec::with_capacity(dimensions.len());
        for dimension in &mut dimensions {
            lists.push(greatest(std::mem::take(&mut dimension.atoms), budget)?);
            if lists.last().is_some_and(Vec::is_empty) {
                return Ok(None);
            }
        }
        let Some(chosen) = choose(&lists, count, budget)? else {
            return Ok(None);
        };
        let mut request = Request {
            principal: CALLER.into(),
            action: "".into(),
            resource: "*".into(),
            resource_account: None,
            context: Vec::new(),
            unknown: Vec::new(),
        };
        for (dimension, at) in dimensions.into_iter().zip(chosen) {
            match dimension.values.into_iter().nth(at) {
                Some(Value::Caller(text)) => request.principal = text.into(),
                Some(Value::Action(text)) => request.action = text.into(),
                Some(Value::Resource(text)) => request.resource = text.into(),
                Some(Value::Key(key, Some(value))) => request.context.push((key.into(), value)),
                // Else it would have the value that follows from the request.
                Some(Value::Key(key, None))
                    if KEYS_OF_REQUEST.iter().any(|known| known.eq_ignore_ascii_case(&key)) =>
                {
                    request.context.push((key.into(), ContextValue::Many(Vec::new())));
                }
                Some(Value::Empty(key, value)) => {
                    request.context.push((key.into(), value));
                    self.is_sure = false;
                    self.questions.push(question::EMPTY_VALUE);
                }
                Some(Value::Key(_, None)) | None => {}
            }
        }
        Ok(Some(request))
    }

    /// The keys that have a say, each with the conditions on it.
    fn keys(&self, assignment: &Assignment) -> BTreeMap<usize, Tests<'a, 'p>> {
        let mut keys: BTreeMap<usize, Tests> = BTreeMap::new();
        for test in self.task.positives.iter().flat_map(|positive| &positive.tests) {
            keys.entry(test.key).or_default().positives.push(test);
        }
        for (at, cover) in self.covers.iter().enumerate() {
            for test in cover.tests.iter().copied() {
                keys.entry(test.key).or_default().covers.push((at, test));
            }
        }
        for (key, _) in assignment {
            keys.entry(*key).or_default();
        }
        keys
    }

    /// Conditions that can matter, of positives and of covers.
    fn tests(&self) -> impl Iterator<Item = &Test<'p>> {
        let positives = self.task.positives.iter().flat_map(|positive| &positive.tests);
        positives.chain(self.covers.iter().flat_map(|cover| cover.tests.iter().copied()))
    }

    /// Patterns that can matter, of positives and of covers.
    fn patterns(&self) -> impl Iterator<Item = &Steps> {
        let positives = self.task.positives.iter();
        let resources = positives.filter_map(|positive| positive.resources.as_ref());
        let resources = resources.chain(self.covers.iter().filter_map(|cover| cover.resources));
        let of_resources = resources.flat_map(|list| &list.patterns);
        of_resources.chain(self.tests().flat_map(|test| &test.texts))
    }

    /// Whether all texts of a list of which one must match have a variable for the key, without a default.
    pub fn needs(&self, key: usize) -> bool {
        let mut units = self.world.names.variables.iter();
        let Some(number) = units.position(|unit| *unit == (key, None)) else {
            return false;
        };
        let has_variable = |steps: &Steps| variables(steps).any(|own| own == number);
        let all = |texts: &[Steps]| !texts.is_empty() && texts.iter().all(has_variable);
        self.task.positives.iter().any(|positive| {
            let resources = positive.resources.as_ref();
            resources.is_some_and(|l| !l.is_negated && !l.has_everything && all(&l.patterns))
                || positive
                    .tests
                    .iter()
                    .any(|test| !test.is_negated() && test.implies_presence() && all(&test.texts))
        })
    }

    /// Pieces of texts that may be what a variable stands for.
    fn literals(&self) -> BTreeSet<String> {
        set(self.patterns().flat_map(|steps| variable::pieces(steps)))
    }
}

pub(super) fn variables(steps: &[Step]) -> impl Iterator<Item = usize> + '_ {
    steps.iter().filter_map(|step| match step {
        Step::Variable(number) => Some(*number),
        _ => None,
    })
}
