//! The product of lists of patterns: every set of lists that one text can match together, with the shortest such text.
//!
//! A state is the list of positions in all patterns that the text so far can have led to. It is walked breadth first,
//! each state once, and only along letters that a position waits for, besides one that none waits for.

use super::narrow::Texts;
use super::pattern::{add, fold, Step, Steps};
use super::{Budget, Limit, Seen};
use crate::sort::{sort, sort_by};

/// The patterns of one question, laid end to end.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// `None` behind the last step of a pattern.
    pub(super) steps: Vec<Option<Step>>,
    /// The pattern at each position.
    pub(super) of: Vec<usize>,
    /// Where each pattern begins.
    pub(super) starts: Vec<usize>,
    /// For each pattern whether the value of a variable may be any part of it.
    pub(super) is_loose: Vec<bool>,
    /// For each pattern the list in which it stands, and whether one of that list has to match.
    pub(super) lists: Vec<usize>,
    pub(super) needed: Vec<usize>,
}

/// A text, and the lists that it matches, sorted.
pub(super) type Found = (Vec<usize>, String);

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Letter {
    Char(char),
    Variable(usize),
}

/// At most so many sets of patterns are told apart.
pub(super) const MOST_SETS: usize = 5_000;
/// So many letters of a text are copied in the time of one step.
const LETTERS_COPIED_A_STEP: usize = 64;

impl Walk {
    /// Demands that one pattern of the list matches.
    pub fn need(&mut self, list: usize) {
        add(&mut self.needed, list);
    }

    /// Adds a pattern of a list. The value of a variable may be any part of one that is loose.
    pub fn add(&mut self, steps: &[Step], is_loose: bool, list: usize) {
        let number = self.starts.len();
        self.starts.push(self.steps.len());
        self.steps.extend(steps.iter().map(|step| Some(*step)));
        self.steps.push(None);
        self.of.resize(self.steps.len(), number);
        self.is_loose.push(is_loose);
        self.lists.push(list);
    }

    /// Every set of lists that one text matches together, if it matches all that are needed: of each list a pattern.
    /// `variables` are those that may stand in the text, `is_allowed` its letters; a set that `is_best` is enough.
    pub fn run(
        &self,
        variables: &[usize],
        is_allowed: &dyn Fn(char) -> bool,
        is_best: &dyn Fn(&[usize]) -> bool,
        budget: &Budget,
    ) -> Result<Vec<Found>, Limit> {
        let Some(base) = self.narrowest() else {
            return self.walk(Vec::new(), variables, is_allowed, is_best, budget);
        };
        let found = match self.texts(base, is_allowed, is_best, budget)? {
            Texts::Best(best) => return Ok(vec![best]),
            Texts::All(found) => found,
        };
        let are_written = !found.is_empty();
        let mut found = match self.near(base, budget)? {
            Some(near) => near.walk(found, variables, is_allowed, is_best, budget)?,
            None => found,
        };
        if are_written {
            sort_by(&mut found, &|(_, a), (_, b)| a.len().cmp(&b.len()));
        }
        Ok(found)
    }

    /// Adds what is found letter by letter.
    fn walk(
        &self,
        mut found: Vec<Found>,
        variables: &[usize],
        is_allowed: &dyn Fn(char) -> bool,
        is_best: &dyn Fn(&[usize]) -> bool,
        budget: &Budget,
    ) -> Result<Vec<Found>, Limit> {
        let mut by_lists = Seen::new();
        for (at, (lists, _)) in found.iter().enumerate() {
            by_lists.insert(lists.clone(), at);
        }
        let start = self.start();
        let mut seen = Seen::new();
        seen.insert(start.clone(), 0);
        let mut queue = vec![(start, String::new())];
        while !queue.is_empty() {
            let mut next = Vec::new();
            for (state, text) in queue {
                let accepted = self.accepted(&state);
                if self.serves(&accepted) {
                    if is_best(&accepted) && !text.is_empty() {
                        return Ok(vec![(accepted, text)]);
                    }
                    let at = *by_lists.entry(accepted.clone()).or_insert(found.len());
                    match found.get_mut(at) {
                        // An empty text means little to people, and in lists even IAM's guide is of two minds.
                        Some((_, known))
                            if known.is_empty() || (1..known.len()).contains(&text.len()) =>
                        {
                            known.clone_from(&text);
                        }
                        Some(_) => {}
                        None => found.push((accepted, text.clone())),
                    }
                    if found.len() > MOST_SETS {
                        return Err(Limit);
                    }
                }
                let letters = self.letters(&state, variables, is_allowed);
                // Where letters alone are waited for and all for the same, every text goes on to another place.
                let is_forced = letters.len() == 1
                    && state.iter().all(|at| self.is_passed(*at))
                    && state.iter().any(|at| self.steps.get(*at) != Some(&None));
                for letter in letters {
                    budget.spend(16 + 4 * state.len() + text.len() / LETTERS_COPIED_A_STEP)?;
                    let after = self.after(&state, letter);
                    let serves =
                        self.needed.is_empty() || self.serves(&self.lists_of(after.iter()));
                    if serves && (is_forced || seen.insert(after.clone(), 0).is_none()) {
                        let mut text = text.clone();
                        text.push(match letter {
                            Letter::Char(c) => c,
                            Letter::Variable(_) => '~',
                        });
                        next.push((after, text));
                    }
                }
            }
            queue = next;
        }
        Ok(found)
    }

    /// The lists that a text matches.
    pub fn matching(&self, text: &str) -> Vec<usize> {
        let mut state = self.start();
        for c in text.chars() {
            state = self.after(&state, Letter::Char(c));
        }
        self.accepted(&state)
    }

    fn start(&self) -> Vec<usize> {
        let mut state = Vec::new();
        self.starts.iter().for_each(|at| self.reach(&mut state, *at));
        self.settle(&mut state);
        state
    }

    /// Adds a position, and those behind it that are reached without a letter.
    pub(super) fn reach(&self, state: &mut Vec<usize>, mut at: usize) {
        add(state, at);
        while let Some(Some(Step::Run { .. })) = self.steps.get(at) {
            at += 1;
            add(state, at);
        }
    }

    pub(super) fn after(&self, state: &[usize], letter: Letter) -> Vec<usize> {
        let mut after = Vec::with_capacity(state.len());
        for at in state {
            let (step, of) = (self.steps.get(*at).copied().flatten(), self.of.get(*at));
            if let Letter::Variable(_) = letter {
                let is_loose = self.may_hold_variable(*at);
                for later in (*at..).take_while(|later| is_loose && self.of.get(*later) == of) {
                    add(&mut after, later);
                }
            }
            let (stays, goes_on) = match (step, letter) {
                (Some(Step::Letter(own)), Letter::Char(c)) => (false, own == c),
                (Some(Step::Folded(own)), Letter::Char(c)) => (false, own == fold(c)),
                (Some(Step::One { colons }), Letter::Char(c)) => (false, colons || c != ':'),
                (Some(Step::Run { colons }), Letter::Char(c)) => (colons || c != ':', false),
                (Some(Step::Run { colons }), Letter::Variable(_)) => (colons, false),
                (Some(Step::Variable(own)), Letter::Variable(number)) => (false, own == number),
                _ => (false, false),
            };
            if stays {
                self.reach(&mut after, *at);
            }
            if goes_on {
                self.reach(&mut after, at + 1);
            }
        }
        self.settle(&mut after);
        after
    }

    /// Whether nobody stays in the position: it waits for a letter, or is behind the last.
    fn is_passed(&self, at: usize) -> bool {
        let step = self.steps.get(at).copied().flatten();
        let waits = matches!(step, None | Some(Step::Letter(_) | Step::Folded(_)));
        waits && !self.may_hold_variable(at)
    }

    pub(super) fn accepted(&self, state: &[usize]) -> Vec<usize> {
        self.lists_of(state.iter().filter(|at| self.steps.get(**at) == Some(&None)))
    }

    fn lists_of<'s>(&self, positions: impl Iterator<Item = &'s usize>) -> Vec<usize> {
        let mut lists = Vec::new();
        for list in positions.filter_map(|at| self.list(*at)) {
            if lists.last() != Some(&list) {
                add(&mut lists, list);
            }
        }
        lists
    }

    /// The list of the pattern at a position.
    fn list(&self, at: usize) -> Option<usize> {
        self.lists.get(*self.of.get(at)?).copied()
    }

    /// Whether the value of a variable may be any part of the pattern there.
    fn may_hold_variable(&self, at: usize) -> bool {
        self.of.get(at).and_then(|of| self.is_loose.get(*of)) == Some(&true)
    }

    pub(super) fn serves(&self, lists: &[usize]) -> bool {
        self.needed.iter().all(|list| lists.binary_search(list).is_ok())
    }

    /// A list of which a pattern takes whatever comes matches for ever: nothing else of it matters.
    fn settle(&self, state: &mut Vec<usize>) {
        let list = |at: &usize| self.list(*at);
        let takes_all = |at: &&usize| {
            self.steps.get(**at) == Some(&Some(Step::Run { colons: true }))
                && self.steps.get(**at + 1) == Some(&None)
        };
        let mut settled: Vec<(Option<usize>, usize)> =
            state.iter().filter(takes_all).map(|at| (list(at), *at)).collect();
        if settled.is_empty() {
            return;
        }
        // The first of each list, since a state is sorted.
        sort(&mut settled);
        settled.dedup_by_key(|(of, _)| *of);
        state.retain(|at| {
            let own = settled.binary_search_by_key(&list(at), |(of, _)| *of);
            let own = own.ok().and_then(|own| settled.get(own));
            own.is_none_or(|(_, last)| at == last || *at == last + 1)
        });
    }

    /// The letters that lead to different states.
    fn letters(
        &self,
        state: &[usize],
        variables: &[usize],
        is_allowed: &dyn Fn(char) -> bool,
    ) -> Vec<Letter> {
        let (mut chars, mut letters) = (Vec::new(), Vec::new());
        let mut is_open = false;
        // Where a list that is needed waits for letters alone, no other leads on.
        let waits = |list: &&usize| {
            let mut own = state.iter().filter(|at| self.list(**at) == Some(**list));
            own.all(|at| match self.steps.get(*at).copied().flatten() {
                Some(Step::Letter(_) | Step::Folded(_)) | None => !self.may_hold_variable(*at),
                Some(_) => false,
            })
        };
        let only = self.needed.iter().find(waits);
        let mut push = |c: char| {
            if is_allowed(c) && !chars.contains(&c) {
                chars.push(c);
            }
        };
        for at in state.iter().filter(|at| only.is_none() || self.list(**at).as_ref() == only) {
            match self.steps.get(*at).copied().flatten() {
                Some(Step::Letter(c)) => push(c),
                Some(Step::Folded(c)) => {
                    push(c);
                    if let Some(upper) = c.to_uppercase().next().filter(|upper| fold(*upper) == c) {
                        push(upper);
                    }
                }
                Some(Step::One { colons } | Step::Run { colons }) => {
                    is_open = true;
                    if !colons {
                        push(':');
                    }
                }
                Some(Step::Variable(number)) if variables.contains(&number) => {
                    if !letters.contains(&Letter::Variable(number)) {
                        letters.push(Letter::Variable(number));
                    }
                }
                Some(Step::Variable(_)) | None => {}
            }
        }
        // Where nothing has to match, what no pattern takes is a text like others: the empty one may be taken.
        if is_open || self.needed.is_empty() {
            let others = "xyzwvutsrqponmlkjihgfedcba0123456789-_XYZ".chars();
            let mut others = others.chain('\u{100}'..'\u{2000}');
            let free =
                others.find(|c| is_allowed(*c) && !chars.contains(c) && !folds_alike(&chars, *c));
            letters.extend(free.map(Letter::Char));
        }
        letters.extend(chars.into_iter().map(Letter::Char));
        letters
    }
}

/// Whether the letter is one of these in another case, which some pattern may take for it.
fn folds_alike(chars: &[char], c: char) -> bool {
    chars.iter().any(|known| fold(*known) == fold(c))
}

/// `?*`, for texts that are not empty.
pub(super) fn not_empty() -> Steps {
    vec![Step::One { colons: true }, Step::Run { colons: true }]
}
