//! The part of a walk that needs no walking: texts that are written out, and patterns that begin with other letters.

use super::pattern::Step;
use super::patterns::Beginnings;
use super::walk::{Found, Letter, Walk, MOST_SETS};
use super::{Budget, Limit, Seen};
use crate::sort::sort_by;

/// What the texts of a list that are written out match.
pub(super) enum Texts {
    /// One of them is enough.
    Best(Found),
    /// Every set of lists that one of them matches.
    All(Vec<Found>),
}

impl Walk {
    /// The list of those that are needed whose texts begin most narrowly.
    pub(super) fn narrowest(&self) -> Option<usize> {
        let mut narrowest = None;
        for list in &self.needed {
            let own = self.numbers().filter(|number| self.lists.get(*number) == Some(list));
            let least = own.map(|number| self.certain(number)).min();
            let least = least.unwrap_or(usize::MAX);
            if narrowest.is_none_or(|(known, _)| least > known) {
                narrowest = Some((least, *list));
            }
        }
        narrowest.map(|(_, list)| list)
    }

    /// What the texts of the list that have no wildcard match, the shortest first.
    pub(super) fn texts(
        &self,
        base: usize,
        is_allowed: &dyn Fn(char) -> bool,
        is_best: &dyn Fn(&[usize]) -> bool,
        budget: &Budget,
    ) -> Result<Texts, Limit> {
        let texts: Vec<usize> = self.of_list(base).filter(|it| self.is_text(*it)).collect();
        let mut found = Vec::new();
        if texts.is_empty() {
            return Ok(Texts::All(found));
        }
        let mut texts = self.by_beginning(texts, budget)?;
        texts.dedup_by(|later, first| self.beginning(*later) == self.beginning(*first));
        let place = |number: &usize| (self.beginning(*number).len(), *number);
        sort_by(&mut texts, &|a, b| place(a).cmp(&place(b)));
        let all = self.by_beginning(self.numbers().collect(), budget)?;
        let letter = |number, place| self.letter(number, place);
        let mut by_lists = Seen::new();
        for number in texts {
            let letters = self.beginning(number).iter().copied().flatten();
            let text: String = letters.clone().map(char_of).collect();
            if !text.chars().all(is_allowed) {
                continue;
            }
            let (mut beginnings, mut state) = (Beginnings::new(&letter, &all), Vec::new());
            let end = |beginnings: &Beginnings, state: &mut Vec<usize>| {
                for ended in beginnings.ended() {
                    let start = self.starts.get(ended).copied().unwrap_or_default();
                    self.reach(state, start + beginnings.letters);
                }
            };
            for letter in letters {
                end(&beginnings, &mut state);
                if !state.is_empty() {
                    state = self.after(&state, Letter::Char(char_of(letter)));
                }
                beginnings.narrow(letter);
                budget.spend(2 + 4 * state.len())?;
            }
            end(&beginnings, &mut state);
            budget.spend(4 * state.len())?;
            let accepted = self.accepted(&state);
            if !self.serves(&accepted) {
                continue;
            }
            if !text.is_empty() && is_best(&accepted) {
                return Ok(Texts::Best((accepted, text)));
            }
            if by_lists.insert(accepted.clone(), 0).is_none() {
                found.push((accepted, text));
            }
            if found.len() > MOST_SETS {
                return Err(Limit);
            }
        }
        Ok(Texts::All(found))
    }

    /// The patterns of the list that have a wildcard, with those of other lists that begin as one of them does; `None`
    /// where there is none.
    pub(super) fn near(&self, base: usize, budget: &Budget) -> Result<Option<Walk>, Limit> {
        let own: Vec<usize> = self.of_list(base).filter(|it| !self.is_text(*it)).collect();
        if own.is_empty() {
            return Ok(None);
        }
        let is_open = own.iter().any(|number| self.certain(*number) == 0);
        let sorted = self.by_beginning(own, budget)?;
        let mut near = Walk { needed: self.needed.clone(), ..Walk::default() };
        for number in self.numbers() {
            let list = self.lists.get(number).copied().unwrap_or_default();
            let is_near = match list == base {
                true => !self.is_text(number),
                false => is_open || self.begins_alike(number, &sorted, budget)?,
            };
            if is_near {
                let is_loose = self.is_loose.get(number) == Some(&true);
                let steps: Vec<Step> = self.steps_of(number).iter().copied().flatten().collect();
                near.add(&steps, is_loose, list);
            }
        }
        Ok(Some(near))
    }

    /// Whether a text may begin as the pattern does and as one of these, sorted by how they begin.
    fn begins_alike(
        &self,
        number: usize,
        sorted: &[usize],
        budget: &Budget,
    ) -> Result<bool, Limit> {
        let letter = |number, place| self.letter(number, place);
        let mut beginnings = Beginnings::new(&letter, sorted);
        for letter in self.beginning(number).iter().copied().flatten() {
            if beginnings.ended().next().is_some() || beginnings.is_empty() {
                break;
            }
            beginnings.narrow(letter);
        }
        budget.spend(1 + beginnings.letters)?;
        Ok(!beginnings.is_empty())
    }

    fn by_beginning(&self, mut numbers: Vec<usize>, budget: &Budget) -> Result<Vec<usize>, Limit> {
        budget.spend(4 * numbers.len())?;
        sort_by(&mut numbers, &|a, b| self.beginning(*a).cmp(self.beginning(*b)));
        Ok(numbers)
    }

    fn numbers(&self) -> std::ops::Range<usize> {
        0..self.starts.len()
    }

    fn of_list(&self, list: usize) -> impl Iterator<Item = usize> + '_ {
        self.numbers().filter(move |number| self.lists.get(*number) == Some(&list))
    }

    /// The steps of a pattern.
    fn steps_of(&self, number: usize) -> &[Option<Step>] {
        let start = self.starts.get(number).copied().unwrap_or_default();
        let end = self.starts.get(number + 1).map_or(self.steps.len(), |next| *next);
        // Behind the last stands nothing.
        self.steps.get(start..end.saturating_sub(1)).unwrap_or_default()
    }

    /// The letters that a pattern begins with.
    fn beginning(&self, number: usize) -> &[Option<Step>] {
        let steps = self.steps_of(number);
        let is_letter = |step: &&Option<Step>| matches!(step, Some(Step::Letter(_)));
        steps.get(..steps.iter().take_while(is_letter).count()).unwrap_or_default()
    }

    /// The letter in a place of the beginning of a pattern.
    fn letter(&self, number: usize, place: usize) -> Option<Step> {
        let step = self.steps_of(number).get(place).copied().flatten();
        step.filter(|step| matches!(step, Step::Letter(_)))
    }

    fn is_text(&self, number: usize) -> bool {
        let is_loose = self.is_loose.get(number) == Some(&true);
        !is_loose && self.beginning(number).len() == self.steps_of(number).len()
    }

    /// With how many letters every text of a pattern begins; no end of them where it is one text.
    fn certain(&self, number: usize) -> usize {
        match self.is_loose.get(number) {
            Some(true) => 0,
            _ if self.is_text(number) => usize::MAX,
            _ => self.beginning(number).len(),
        }
    }
}

fn char_of(step: Step) -> char {
    match step {
        Step::Letter(c) | Step::Folded(c) => c,
        _ => '*',
    }
}
