//! One task: is there a request that all of some statements match, and none of others does?

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::caller::Caller;
use super::choose::{choose, greatest, insert, none, Atom};
use super::key;
use super::pattern::{whole, Names, Step, Steps};
use super::question;
use super::side::{Actions, Kind, Resources, Statement, Test};
use super::variable::{self, Assignment};
use super::walk::{not_empty, Walk};
use super::{Budget, Limit};
use crate::aws::catalog::service_prefixes;
use crate::evaluate::{ContextValue, Request};

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
    /// This is one.
    Found(Request<'static>),
    /// Nobody knows, because of these questions.
    Open(BTreeSet<&'static str>),
}

/// How what is not known is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// A statement that must match may, one that must not surely does: no request is passed over.
    Prove,
    /// A statement that must match surely does, one that must not surely does not.
    Find,
}

/// A cover, and which of its elements can keep it from matching.
struct Cover<'a, 'p> {
    statement: &'a Statement<'p>,
    principal: bool,
    actions: Vec<&'a Actions>,
    resources: Option<&'a Resources>,
    tests: Vec<&'a Test<'p>>,
}

/// The caller of requests where policies name nobody.
pub(super) const CALLER: &str = "arn:aws:iam::111122223333:role/Example";

/// Solves a task.
pub(super) fn solve(task: &Task, world: World, budget: &Budget) -> Outcome {
    let search = || {
        let Some(covers) = covers(task, budget)? else {
            return Ok(Outcome::Empty);
        };
        let mut run = Run { task, covers, world, questions: BTreeSet::new(), is_sure: true };
        run.search(budget)
    };
    search().unwrap_or_else(|Limit| Outcome::Open(BTreeSet::from([question::LIMIT])))
}

/// Whether no request matches both, as far as their actions and resources show it.
fn are_apart(a: &Statement, b: &Statement, budget: &Budget) -> bool {
    let actions = a.actions.iter().any(|own| {
        b.actions.iter().any(|other| match (own.is_negated, other.is_negated) {
            (false, false) => !own.may_meet(other, budget),
            (true, false) => own.lists_all(other, budget),
            (false, true) => other.lists_all(own, budget),
            (true, true) => false,
        })
    });
    let mut resources = a.resources.iter().zip(&b.resources);
    actions
        || resources.any(|(own, other)| {
            !own.is_negated && !other.is_negated && !own.may_meet(other, budget)
        })
}

/// The covers that can matter; `None` when one of them surely matches whatever the positives do, or these are apart.
fn covers<'a, 'p>(
    task: &Task<'a, 'p>,
    budget: &Budget,
) -> Result<Option<Vec<Cover<'a, 'p>>>, Limit> {
    let positives = &task.positives;
    for (i, positive) in positives.iter().enumerate() {
        if positives.iter().take(i).any(|other| are_apart(positive, other, budget)) {
            return Ok(None);
        }
    }
    let is_refused = |trouble: Option<&str>| trouble.is_some_and(|it| it != question::OPERATOR);
    let mut covers = Vec::new();
    for statement in task.covers.iter().copied() {
        // Of a statement that IAM would refuse nobody knows who or what it is about.
        if statement.allows() && positives.iter().any(|positive| is_refused(positive.trouble)) {
            continue;
        }
        budget.spend(8)?;
        if positives.iter().any(|positive| statement.is_same(positive)) {
            return Ok(None);
        }
        if positives.iter().any(|positive| are_apart(statement, positive, budget)) {
            continue;
        }
        let mut cover = Cover {
            statement,
            principal: statement.principal.is_some_and(|own| {
                !positives.iter().any(|positive| positive.principal == Some(own))
            }),
            actions: Vec::new(),
            resources: None,
            tests: Vec::new(),
        };
        let follows = |own: &Actions| {
            positives.iter().any(|p| p.actions.iter().any(|list| own.follows_from(list, budget)))
        };
        cover.actions.extend(statement.actions.iter().filter(|own| !follows(own)));
        let follows = |own: &Resources| {
            positives.iter().any(|p| p.resources.as_ref().is_some_and(|list| own.follows_from(list, budget)))
        };
        cover.resources = statement.resources.as_ref().filter(|own| !follows(own));
        let follows = |own: &Test| {
            positives.iter().any(|p| p.tests.iter().any(|test| own.follows_from(test, budget)))
        };
        cover.tests.extend(statement.tests.iter().filter(|own| !follows(own)));
        let is_whole = !cover.principal
            && cover.actions.is_empty()
            && cover.resources.is_none()
            && cover.tests.is_empty();
        if is_whole && statement.trouble.is_none() {
            return Ok(None);
        }
        covers.push(cover);
    }
    Ok(Some(covers))
}

/// A task in work.
struct Run<'r, 'a, 'p> {
    task: &'r Task<'a, 'p>,
    covers: Vec<Cover<'a, 'p>>,
    world: World<'r>,
    questions: BTreeSet<&'static str>,
    /// Whether nothing that was not known has been read yet.
    is_sure: bool,
}

/// A value of a dimension.
enum Value {
    Caller(String),
    Action(String),
    Resource(String),
    Key(String, Option<ContextValue<'static>>),
}

/// The values of a dimension with what each does.
struct Dimension {
    certainty: Certainty,
    covers: usize,
    atoms: Vec<Atom>,
    values: Vec<Value>,
}

impl Dimension {
    /// Adds a value, if all positives take it.
    fn push(
        &mut self,
        value: Value,
        mut positives: impl Iterator<Item = Option<bool>>,
        covers: impl Iterator<Item = (usize, Option<bool>)>,
    ) {
        let is_proof = self.certainty == Certainty::Prove;
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

impl<'a, 'p> Run<'_, 'a, 'p> {
    fn search(&mut self, budget: &Budget) -> Result<Outcome, Limit> {
        let units = self.variables();
        let names = self.world.names;
        let keys: BTreeSet<usize> =
            units.iter().filter_map(|unit| names.variables.get(*unit)).map(|(key, _)| *key).collect();
        let tests = || self.task.positives.iter().flat_map(|positive| &positive.tests);
        let pinned = variable::pinned(&keys, tests());
        let mut candidate = None;
        for assignment in variable::product(&pinned)? {
            candidate = self.run(Certainty::Prove, &assignment, budget)?;
            if candidate.is_some() {
                break;
            }
        }
        let Some(candidate) = candidate else {
            return Ok(Outcome::Empty);
        };
        if (self.world.confirms)(&candidate) {
            return Ok(Outcome::Found(candidate));
        }
        let has_trouble = self.task.positives.iter().any(|positive| positive.trouble.is_some());
        if !has_trouble && !(keys.is_empty() && self.is_sure) {
            let literals = self.literals();
            for assignment in variable::assignments(&keys, &pinned, tests(), &literals)? {
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
            self.questions.insert(question::VARIABLE);
        }
        if self.questions.is_empty() {
            self.questions.insert(question::UNCONFIRMED);
        }
        Ok(Outcome::Open(std::mem::take(&mut self.questions)))
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
        if certainty == Certainty::Prove {
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
            dimensions.push(self.callers(new()));
        }
        dimensions.push(self.actions(new(), budget)?);
        dimensions.push(self.resources(new(), assignment, budget)?);
        for key in self.keys(assignment) {
            dimensions.push(self.key(key, new(), assignment, budget)?);
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
                Some(Value::Key(_, None)) | None => {}
            }
        }
        Ok(Some(request))
    }

    fn callers(&mut self, mut dimension: Dimension) -> Dimension {
        let is_open = |statement: &Statement| statement.about.contains(&None);
        let positives = self.task.positives.iter().copied();
        let of_covers = self.covers.iter().filter(|cover| cover.principal);
        for statement in positives.clone().chain(of_covers.map(|cover| cover.statement)) {
            if is_open(statement) {
                self.is_sure = false;
                let is_negated = statement.principal.is_some_and(|principal| principal.negated);
                let question =
                    if is_negated { question::NOT_PRINCIPAL } else { question::SESSION_NAME };
                self.questions.insert(question);
            }
        }
        for (at, caller) in self.world.callers.iter().enumerate() {
            let about = |statement: &Statement| statement.about.get(at).copied().unwrap_or(Some(true));
            let covers = self.covers.iter().enumerate().filter(|(_, cover)| cover.principal);
            dimension.push(
                Value::Caller(caller.text.clone()),
                positives.clone().map(about),
                covers.map(|(at, cover)| (at, about(cover.statement))),
            );
        }
        dimension
    }

    fn actions(&self, mut dimension: Dimension, budget: &Budget) -> Result<Dimension, Limit> {
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
                list.of(&service).for_each(|steps| walk.add(steps, false, i));
            }
            let is_allowed = |c: char| {
                c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_')
            };
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

    fn resources(
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

    fn key(
        &mut self,
        key: usize,
        mut dimension: Dimension,
        assignment: &Assignment,
        budget: &Budget,
    ) -> Result<Dimension, Limit> {
        let positives: Vec<&Test> = self
            .task
            .positives
            .iter()
            .flat_map(|positive| &positive.tests)
            .filter(|test| test.key == key)
            .collect();
        let covers: Vec<(usize, &Test)> = self
            .covers
            .iter()
            .enumerate()
            .flat_map(|(at, cover)| cover.tests.iter().map(move |test| (at, *test)))
            .filter(|(_, test)| test.key == key)
            .collect();
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
            let unassigned =
                Unassigned::of(is_positive, test.is_negated(), is_alone && !folds);
            let texts = test.texts.iter();
            texts.filter_map(|steps| self.assigned(steps, assignment, unassigned, folds)).collect()
        };
        let asked = key::Asked {
            name,
            tests: &tests,
            positives: positives.len(),
            texts: &texts,
            value: assignment.get(&key),
            can_occur: (self.world.occurs)(name),
            certainty: dimension.certainty,
        };
        let states = key::states(&asked, budget)?;
        if states.is_mixed {
            self.is_sure = false;
            self.questions.insert(question::MIXED);
        }
        self.is_sure &= !states.has_unknown;
        for (value, truths) in states.list {
            // A statement with several conditions on the key matches if all hold.
            let (of_positives, of_covers) = truths.split_at(positives.len().min(truths.len()));
            let mut joint: Vec<(usize, Option<bool>)> = Vec::new();
            for ((at, _), truth) in covers.iter().zip(of_covers) {
                match joint.last_mut().filter(|(last, _)| last == at) {
                    Some((_, before)) => *before = and(*before, *truth),
                    None => joint.push((*at, *truth)),
                }
            }
            dimension.push(
                Value::Key(name.to_owned(), value),
                of_positives.iter().copied(),
                joint.into_iter(),
            );
        }
        Ok(dimension)
    }

    /// The keys that have a say.
    fn keys(&self, assignment: &Assignment) -> BTreeSet<usize> {
        let positives = self.task.positives.iter().flat_map(|positive| &positive.tests);
        let covers = self.covers.iter().flat_map(|cover| cover.tests.iter().copied());
        let mut keys: BTreeSet<usize> = positives.chain(covers).map(|test| test.key).collect();
        keys.extend(assignment.keys());
        keys
    }

    /// Patterns that can matter, of positives and of covers.
    fn patterns(&self) -> impl Iterator<Item = &Steps> {
        let positives = self.task.positives.iter();
        let resources = positives.clone().filter_map(|positive| positive.resources.as_ref());
        let resources = resources.chain(self.covers.iter().filter_map(|cover| cover.resources));
        let tests = positives.flat_map(|positive| &positive.tests);
        let tests = tests.chain(self.covers.iter().flat_map(|cover| cover.tests.iter().copied()));
        resources.flat_map(|list| &list.patterns).chain(tests.flat_map(|test| &test.texts))
    }

    fn variables(&self) -> BTreeSet<usize> {
        self.patterns().flat_map(|steps| variables(steps)).collect()
    }

    /// Pieces of texts that may be what a variable stands for.
    fn literals(&self) -> BTreeSet<String> {
        self.patterns().flat_map(|steps| variable::pieces(steps)).collect()
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
            match (assignment.get(key), unassigned) {
                (Some(value), _) => {
                    let value = value.as_ref().or(default.as_ref())?;
                    whole.extend(value.chars().map(|c| match folds {
                        true => Step::Folded(super::pattern::fold(c)),
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

fn variables(steps: &[Step]) -> impl Iterator<Item = usize> + '_ {
    steps.iter().filter_map(|step| match step {
        Step::Variable(number) => Some(*number),
        _ => None,
    })
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// The services whose actions the lists tell apart: those that are named, and one that is not where any will do.
pub(super) fn services<'a>(
    positives: &[&Actions],
    lists: impl Iterator<Item = &'a Actions>,
) -> BTreeSet<String> {
    let named = |list: &Actions| -> BTreeSet<String> {
        list.entries.iter().filter_map(|(service, _)| service.clone()).collect()
    };
    let is_bounded = |list: &&&Actions| {
        !list.is_negated && list.entries.iter().all(|(service, _)| service.is_some())
    };
    let mut services: BTreeSet<String> = match positives.iter().find(is_bounded) {
        Some(bounded) => named(bounded),
        None => {
            let mut services: BTreeSet<String> = lists.flat_map(named).collect();
            let others = ["ec2", "s3", "sqs"].into_iter().chain(service_prefixes()).chain(["x"]);
            let other = others.into_iter().find(|other| !services.contains(*other));
            services.extend(other.map(str::to_owned));
            services
        }
    };
    let is_name = |service: &String| service.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    services.retain(is_name);
    services
}
