//! Lists of patterns, in which those that begin alike are found without looking at all of them.

use std::ops::Deref;

use super::pattern::{is_within, may_meet, Step, Steps};
use super::Budget;
use crate::sort::sort_by;

/// A list of patterns.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Patterns {
    all: Vec<Steps>,
    /// Their places, sorted by the letters that they begin with.
    sorted: Vec<usize>,
}

impl Deref for Patterns {
    type Target = [Steps];

    fn deref(&self) -> &[Steps] {
        &self.all
    }
}

impl<'a> IntoIterator for &'a Patterns {
    type Item = &'a Steps;
    type IntoIter = std::slice::Iter<'a, Steps>;

    fn into_iter(self) -> Self::IntoIter {
        self.all.iter()
    }
}

impl Patterns {
    pub fn new(all: Vec<Steps>) -> Self {
        let mut sorted: Vec<usize> = (0..all.len()).collect();
        let start = |at: &usize| all.get(*at).map(|steps| beginning(steps));
        sort_by(&mut sorted, &|a, b| start(a).cmp(&start(b)));
        Patterns { all, sorted }
    }

    /// Whether a text may be of a pattern here and of one there.
    pub fn may_meet(&self, other: &Patterns, budget: &Budget) -> bool {
        // It is looked for the fewer among the more.
        let (few, many) = if self.len() < other.len() { (self, other) } else { (other, self) };
        few.iter().any(|own| many.meeting(own, budget).next().is_some())
    }

    /// Whether each of these is within one of those, as far as the two alone show it.
    pub fn are_within(&self, outer: &Patterns, budget: &Budget) -> bool {
        let is_in =
            |own: &Steps, at: usize| outer.get(at).is_some_and(|them| is_within(own, them, budget));
        self.iter().all(|own| outer.alike(own, budget).into_iter().any(|at| is_in(own, at)))
    }

    /// The places of the patterns of which a text may be that is of this one.
    pub fn meeting<'s>(
        &'s self,
        steps: &'s [Step],
        budget: &'s Budget,
    ) -> impl Iterator<Item = usize> + 's {
        let meets = |at: &usize| self.get(*at).is_some_and(|them| may_meet(steps, them, budget));
        self.alike(steps, budget).into_iter().filter(meets)
    }

    /// The places of the patterns that begin as this one does, as far as both begin with letters.
    fn alike(&self, steps: &[Step], budget: &Budget) -> Vec<usize> {
        // To look for a place among a few takes longer than to look at them.
        if self.len() <= FEW {
            return (0..self.len()).collect();
        }
        let letter = |at: usize, place| self.get(at).and_then(|own| letter(own, place));
        let mut beginnings = Beginnings::new(&letter, &self.sorted);
        let mut alike: Vec<usize> = Vec::new();
        for letter in beginning(steps) {
            if beginnings.is_empty() {
                break;
            }
            alike.extend(beginnings.ended());
            beginnings.narrow(*letter);
        }
        alike.extend(beginnings.sorted);
        budget.count(1 + beginnings.letters + alike.len() / 4);
        alike
    }
}

/// So many are looked at one by one.
const FEW: usize = 3;

/// Patterns sorted by the letters that they begin with, and those among them that begin with the letters so far.
pub(super) struct Beginnings<'b> {
    /// The letter of a pattern in a place of its beginning.
    letter: &'b dyn Fn(usize, usize) -> Option<Step>,
    sorted: &'b [usize],
    /// How many letters there were.
    pub letters: usize,
}

impl<'b> Beginnings<'b> {
    pub fn new(letter: &'b dyn Fn(usize, usize) -> Option<Step>, sorted: &'b [usize]) -> Self {
        Beginnings { letter, sorted, letters: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Goes on by a letter.
    pub fn narrow(&mut self, letter: Step) {
        let at = |number: &usize| (self.letter)(*number, self.letters);
        // Most often it is the letter of all.
        let ends = [self.sorted.first(), self.sorted.last()];
        if !ends.into_iter().flatten().all(|end| at(end) == Some(letter)) {
            let first = self.sorted.partition_point(|number| at(number) < Some(letter));
            let end = self.sorted.partition_point(|number| at(number) <= Some(letter));
            self.sorted = self.sorted.get(first..end).unwrap_or_default();
        }
        self.letters += 1;
    }

    /// Those that begin with nothing more, which are the first of all.
    pub fn ended(&self) -> impl Iterator<Item = usize> + 'b {
        let (letter, letters) = (self.letter, self.letters);
        self.sorted.iter().copied().take_while(move |number| letter(*number, letters).is_none())
    }
}

/// The letters that a pattern begins with.
pub(super) fn beginning(steps: &[Step]) -> &[Step] {
    let is_letter = |step: &&Step| matches!(step, Step::Letter(_));
    steps.get(..steps.iter().take_while(is_letter).count()).unwrap_or_default()
}

fn letter(steps: &[Step], place: usize) -> Option<Step> {
    steps.get(place).copied().filter(|step| matches!(step, Step::Letter(_)))
}
