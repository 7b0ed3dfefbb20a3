//! Texts of a policy as steps: what a pattern takes, one letter after the other.

use std::collections::BTreeMap;

use super::Budget;
use crate::aws::{matches_glob, split_fields, variables};

/// A step of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// This letter.
    Letter(char),
    /// This letter in either case; it stands here in lower case.
    Folded(char),
    /// Any letter, a colon only if it says so.
    One { colons: bool },
    /// Any number of letters, colons only if it says so.
    Run { colons: bool },
    /// The value of a variable, by its number.
    Variable(usize),
}

/// A pattern.
pub(super) type Steps = Vec<Step>;

/// The condition keys and the variables of all policies of a question, numbered.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each key as it is first written.
    pub keys: Vec<String>,
    by_lower: BTreeMap<String, usize>,
    /// The key of each variable and its default: one unit.
    pub variables: Vec<Unit>,
    by_unit: BTreeMap<Unit, usize>,
}

/// A key and a default.
type Unit = (usize, Option<String>);

impl Names {
    /// The number of a key.
    pub fn key(&mut self, name: &str) -> usize {
        let next = self.keys.len();
        let number = *self.by_lower.entry(name.to_ascii_lowercase()).or_insert(next);
        if number == next {
            self.keys.push(name.to_owned());
        }
        number
    }

    fn variable(&mut self, key: &str, default: Option<String>) -> usize {
        let unit = (self.key(key), default);
        let next = self.variables.len();
        let number = *self.by_unit.entry(unit.clone()).or_insert(next);
        if number == next {
            self.variables.push(unit);
        }
        number
    }
}

/// How a text is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub has_wildcards: bool,
    pub has_variables: bool,
    pub ignores_case: bool,
    /// Whether wildcards take colons.
    pub colons: bool,
}

/// The steps of a text.
pub(super) fn steps(text: &str, reading: Reading, names: &mut Names) -> Steps {
    let mut steps = Steps::with_capacity(text.len());
    let plain = |steps: &mut Steps, text: &str| {
        for c in text.chars() {
            let step = match c {
                '*' if reading.has_wildcards => Step::Run { colons: reading.colons },
                '?' if reading.has_wildcards => Step::One { colons: reading.colons },
                c => letter(c, reading.ignores_case),
            };
            // Two stars are one.
            if steps.last() != Some(&step) || !matches!(step, Step::Run { .. }) {
                steps.push(step);
            }
        }
    };
    let mut at = 0;
    let found = variables(text).filter(|v| reading.has_variables && v.is_well_formed());
    for variable in found {
        plain(&mut steps, text.get(at..variable.range.start).unwrap_or_default());
        match variable.inside.filter(|_| variable.is_escape()) {
            Some(escaped) => {
                steps.extend(escaped.chars().map(|c| letter(c, reading.ignores_case)));
            }
            None => {
                let unquoted = |text: &str| {
                    text.trim().strip_prefix('\'')?.strip_suffix('\'').map(str::to_owned)
                };
                let default = variable.default().and_then(unquoted);
                steps.push(Step::Variable(names.variable(variable.name(), default)));
            }
        }
        at = variable.range.end;
    }
    plain(&mut steps, text.get(at..).unwrap_or_default());
    steps
}

fn letter(c: char, ignores_case: bool) -> Step {
    if ignores_case {
        Step::Folded(fold(c))
    } else {
        Step::Letter(c)
    }
}

/// The letter in lower case, as the evaluation has it.
pub(super) fn fold(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// How entries of `Resource` are read.
#[derive(Clone, Copy)]
pub(super) struct Fields<'f> {
    /// Whether the fields that an entry lacks are stars.
    pub completes: &'f dyn Fn(&str) -> bool,
    pub has_variables: bool,
    /// Whether a star at the end of a field runs over colons, as the evaluation has it; the checks match fields in place.
    pub crosses: bool,
}

/// The steps of an entry of `Resource`; `None` for one that matches nothing.
pub(super) fn resource(text: &str, reading: Fields, names: &mut Names) -> Option<Steps> {
    let split = split_fields(text);
    let mut fields = split.unwrap_or(["*"; 6]);
    if split.is_none() {
        if !(reading.completes)(text) || text.is_empty() || text.contains("${") {
            return None;
        }
        for (field, given) in fields.iter_mut().zip(text.split(':')) {
            *field = given;
        }
    }
    let mut all = Steps::new();
    for (i, field) in fields.iter().enumerate() {
        let is_tail = i + 1 == fields.len();
        // A variable stands for nothing before the last field, and its colon is in no field.
        if !is_tail && field.contains(':') {
            return None;
        }
        let of_field = Reading {
            has_wildcards: true,
            has_variables: reading.has_variables && is_tail,
            ignores_case: false,
            colons: is_tail,
        };
        all.extend(steps(field, of_field, names));
        if !is_tail {
            if let Some(Step::Run { colons }) = all.last_mut() {
                *colons = reading.crosses;
            }
            all.push(Step::Letter(':'));
        }
    }
    Some(all)
}

/// The steps of `pattern`, of which each field stands.
pub(super) fn whole(pattern: &str) -> Steps {
    let reading = Fields { completes: &|_| false, has_variables: false, crosses: false };
    resource(pattern, reading, &mut Names::default()).unwrap_or_default()
}

/// The steps of a value of an `Arn` operator, and whether a variable stands before its last part, where its value could
/// shift the others; `None` for one that matches nothing.
pub(super) fn arn(text: &str, has_variables: bool, names: &mut Names) -> Option<(Steps, bool)> {
    let [first, fields @ ..] = split_fields(text)?;
    if !matches_glob(first, "arn") && !first.contains("${") {
        return None;
    }
    let (mut all, mut shifts) = ("arn".chars().map(Step::Letter).collect::<Steps>(), false);
    for (i, field) in fields.iter().enumerate() {
        all.push(Step::Letter(':'));
        let colons = i + 1 == fields.len();
        let reading = Reading { has_wildcards: true, has_variables, ignores_case: false, colons };
        let part = steps(field, reading, names);
        shifts |= !colons && part.iter().any(|step| matches!(step, Step::Variable(_)));
        all.extend(part);
    }
    Some((all, shifts || first.contains("${")))
}

/// The pattern as a policy has it, with a star for a variable.
pub(super) fn written(steps: &[Step]) -> String {
    let letter = |step: &Step| match step {
        Step::Letter(c) | Step::Folded(c) => *c,
        Step::One { .. } => '?',
        Step::Run { .. } | Step::Variable(_) => '*',
    };
    steps.iter().map(letter).collect()
}

/// So many letters are held against as many others in the time of one step.
const LETTERS_A_STEP: usize = 16;

/// Whether both end with a letter, and not with the same: most ARNs that differ at all differ there.
fn end_apart(a: &[Step], b: &[Step]) -> bool {
    matches!((a.last(), b.last()), (Some(a), Some(b)) if is_letter(a) && is_letter(b) && !is_same(a, b))
}

fn is_letter(step: &Step) -> bool {
    matches!(step, Step::Letter(_) | Step::Folded(_))
}

/// Whether every text of one pattern is one of the other, as far as the two alone show it and steps are left.
pub(super) fn is_within(inner: &[Step], outer: &[Step], budget: &Budget) -> bool {
    if end_apart(inner, outer) {
        budget.count(1);
        return false;
    }
    if inner == outer {
        return budget.count(1 + inner.len() / LETTERS_A_STEP);
    }
    // As long as the outer pattern has no star, one step takes one.
    let is_same = |(a, b): &(&Step, &Step)| a == b && !matches!(b, Step::Run { .. });
    let same = inner.iter().zip(outer).take_while(is_same).count();
    let (inner, outer) =
        (inner.get(same..).unwrap_or_default(), outer.get(same..).unwrap_or_default());
    if !budget.count(1 + same / LETTERS_A_STEP) || matches!(outer.first(), Some(Step::Letter(_))) {
        return false;
    }
    // What ends so takes whatever comes.
    if matches!(outer, [Step::Run { colons: true }]) {
        return true;
    }
    let mut alive = Vec::new();
    reach(&mut alive, 0, outer);
    for step in inner {
        let mut next = Vec::with_capacity(alive.len());
        for at in alive {
            let goes_on = match (outer.get(at), step) {
                (Some(Step::Run { colons }), step) => {
                    let stays = *colons
                        || !matches!(
                            step,
                            Step::Letter(':')
                                | Step::Folded(':')
                                | Step::One { colons: true }
                                | Step::Run { colons: true }
                                | Step::Variable(_)
                        );
                    if stays {
                        reach(&mut next, at, outer);
                    }
                    false
                }
                (Some(Step::One { colons }), Step::Letter(c) | Step::Folded(c)) => {
                    *colons || *c != ':'
                }
                (Some(Step::One { colons }), Step::One { colons: inner }) => *colons || !inner,
                (Some(Step::Folded(a)), Step::Letter(b)) => *a == fold(*b),
                (Some(a), b) => a == b && !matches!(b, Step::Run { .. }),
                (None, _) => false,
            };
            if goes_on {
                reach(&mut next, at + 1, outer);
            }
        }
        alive = next;
        if alive.is_empty() || !budget.count(1 + alive.len()) {
            return false;
        }
    }
    alive.last() == Some(&outer.len())
}

/// Puts a position behind the others, with what is reached from it without a letter: a run may take none. They come in
/// order, so that what is not behind the last is there already.
fn reach(alive: &mut Vec<usize>, mut at: usize, steps: &[Step]) {
    loop {
        if alive.last().is_none_or(|last| *last < at) {
            alive.push(at);
        }
        if !matches!(steps.get(at), Some(Step::Run { .. })) {
            return;
        }
        at += 1;
    }
}

/// Whether a text may be of both patterns; a variable may be anything, and colons are not looked at. Without steps that
/// are left it may.
pub(super) fn may_meet(a: &[Step], b: &[Step], budget: &Budget) -> bool {
    let are_letters = |(a, b): &(&Step, &Step)| is_letter(a) && is_letter(b);
    let (mut a, mut b) = (a, b);
    if !budget.count(1) {
        return true;
    }
    if end_apart(a, b) {
        return false;
    }
    // What both begin and end with, letter by letter.
    let start = || a.iter().zip(b).take_while(are_letters);
    let same = start().take_while(|(a, b)| is_same(a, b)).count();
    budget.count(same / LETTERS_A_STEP);
    let count = start().count();
    if same < count {
        return false;
    }
    (a, b) = (a.get(count..).unwrap_or_default(), b.get(count..).unwrap_or_default());
    let end = || a.iter().rev().zip(b.iter().rev()).take_while(are_letters);
    if !end().all(|(a, b)| is_same(a, b)) {
        return false;
    }
    let count = end().count();
    (a, b) = (
        a.get(..a.len() - count).unwrap_or_default(),
        b.get(..b.len() - count).unwrap_or_default(),
    );
    // Which positions of `b` the pattern `a` can have led to.
    let is_run = |step: &Step| matches!(step, Step::Run { .. } | Step::Variable(_));
    let closed = |alive: &mut [bool]| {
        for (at, step) in b.iter().enumerate() {
            if is_run(step) && alive.get(at) == Some(&true) {
                set(alive, at + 1);
            }
        }
    };
    let (mut alive, mut next) = (vec![false; b.len() + 1], vec![false; b.len() + 1]);
    set(&mut alive, 0);
    closed(&mut alive);
    for step in a {
        if !budget.count(1 + b.len() / 4) {
            return true;
        }
        next.fill(false);
        if is_run(step) {
            let first = alive.iter().position(|is_alive| *is_alive);
            next.iter_mut().skip(first.unwrap_or(usize::MAX)).for_each(|is_alive| *is_alive = true);
        } else {
            for (at, other) in b.iter().enumerate().filter(|(at, _)| alive.get(*at) == Some(&true))
            {
                match other {
                    other if is_run(other) => set(&mut next, at),
                    other if is_same(step, other) => set(&mut next, at + 1),
                    _ => {}
                }
            }
            closed(&mut next);
        }
        std::mem::swap(&mut alive, &mut next);
        if !alive.contains(&true) {
            return false;
        }
    }
    alive.last() == Some(&true)
}

/// Whether two steps of one letter can take the same.
fn is_same(a: &Step, b: &Step) -> bool {
    use Step::{Folded, Letter, One};
    match (a, b) {
        (Letter(a), Letter(b)) => a == b,
        (Letter(a) | Folded(a), Letter(b) | Folded(b)) => fold(*a) == fold(*b),
        (One { .. }, _) | (_, One { .. }) => true,
        _ => false,
    }
}

fn set(flags: &mut [bool], at: usize) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = true;
    }
}

/// Puts a position to the others, which are sorted.
pub(super) fn add(positions: &mut Vec<usize>, at: usize) {
    if let Err(place) = positions.binary_search(&at) {
        positions.insert(place, at);
    }
}
