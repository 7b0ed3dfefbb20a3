//! How much work a question may take: steps are counted where time goes.

use std::cell::Cell;

use crate::policy::{self, Policy};

/// A bound of the work was reached.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit;

/// How many steps are left, of the whole call and of the task.
#[derive(Debug)]
pub(super) struct Budget {
    /// How many there were.
    all: usize,
    call: Cell<usize>,
    task: Cell<usize>,
}

/// At most so many steps are taken for a question: a step is about what one letter of a pattern costs, and a second has
/// some twenty million. Of 4,600 changes that AWS made to its own policies none takes more, and 13 where only requests
/// count that are known today.
const MOST_STEPS: usize = 2_000_000;
/// And so many for each letter of a text of the policies, where that is more: who gives much can wait longer.
const MOST_STEPS_A_LETTER: usize = 20;
/// And so many to make one answer nicer to read.
const MOST_STEPS_FOR_LOOKS: usize = 500_000;

impl Budget {
    pub fn new(steps: usize) -> Self {
        Budget { all: steps, call: Cell::new(steps), task: Cell::new(steps) }
    }

    /// What a question about the policies may take.
    pub fn of<'p>(policies: impl Iterator<Item = &'p Policy>) -> Self {
        let letters = policies.map(letters).sum::<usize>();
        Budget::new(MOST_STEPS.max(MOST_STEPS_A_LETTER * letters))
    }

    /// A task comes next, which leaves some steps to others.
    pub fn start_task(&self) {
        self.start(self.all / 6 * 5);
    }

    /// What comes next has so many steps of its own.
    pub fn start(&self, steps: usize) {
        self.task.set(steps);
    }

    /// How many steps there are to make an answer nicer to read: some, and none where others wait for the last half.
    pub fn for_looks(&self) -> usize {
        self.call.get().saturating_sub(self.all / 2).min(MOST_STEPS_FOR_LOOKS)
    }

    /// Counts steps; whether there are any left.
    pub fn count(&self, steps: usize) -> bool {
        self.call.set(self.call.get().saturating_sub(steps));
        self.task.set(self.task.get().saturating_sub(steps));
        self.call.get() > 0 && self.task.get() > 0
    }

    /// Whether the call has none left.
    pub fn is_used_up(&self) -> bool {
        self.call.get() == 0
    }

    pub fn spend(&self, steps: usize) -> Result<(), Limit> {
        match self.count(steps) {
            true => Ok(()),
            false => Err(Limit),
        }
    }
}

/// How many letters the texts of a policy have, and some more for each.
pub(super) fn letters(policy: &Policy) -> usize {
    let of = |texts: &[String]| texts.iter().map(|text| 4 + text.len()).sum::<usize>();
    let one = |statement: &policy::Statement| {
        let resources = statement.resource.as_ref().map_or(0, |it| of(it.values.as_slice()));
        let values = statement.condition.entries();
        let values = values.map(|(_, key, values)| key.len() + of(values.as_slice()));
        of(statement.action.values.as_slice()) + resources + values.sum::<usize>()
    };
    policy.statements.iter().map(one).sum()
}
