//! One value a dimension, so that together they falsify every cover.

use super::{Budget, Limit, Seen};

/// A set of covers.
pub(super) type Covers = Vec<usize>;

/// How many covers stand in one number.
const BITS: usize = usize::BITS as usize;

/// What one value of a dimension does: the covers that do not match because of it, and its place in the list of values.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    pub falsifies: Covers,
    pub value: usize,
}

/// At most so many choices are looked at.
pub(super) const MOST_CHOICES: usize = 200_000;
/// At most so many dimensions have more than one value to choose from: each is one call deeper.
const MOST_DIMENSIONS: usize = 400;

/// No cover.
pub(super) fn none(count: usize) -> Covers {
    vec![0; count / BITS + 1]
}

/// Adds a cover.
pub(super) fn insert(covers: &mut Covers, at: usize) {
    if let Some(word) = covers.get_mut(at / BITS) {
        *word |= 1 << (at % BITS);
    }
}

fn union(a: &Covers, b: &Covers) -> Covers {
    a.iter().zip(b).map(|(a, b)| a | b).collect()
}

fn holds(a: &Covers, b: &Covers) -> bool {
    a.iter().zip(b).all(|(a, b)| a & b == *b)
}

/// Those that falsify no less than any other; of two that do the same, the first.
pub(super) fn greatest(atoms: Vec<Atom>, budget: &Budget) -> Result<Vec<Atom>, Limit> {
    let mut kept: Vec<Atom> = Vec::new();
    for atom in atoms {
        budget.spend(8 + kept.len())?;
        if !kept.iter().any(|other| holds(&other.falsifies, &atom.falsifies)) {
            kept.retain(|other| !holds(&atom.falsifies, &other.falsifies));
            kept.push(atom);
        }
    }
    Ok(kept)
}

/// The value to take in each dimension; `None` when no choice falsifies all of the covers.
pub(super) fn choose(
    dimensions: &[Vec<Atom>],
    count: usize,
    budget: &Budget,
) -> Result<Option<Vec<usize>>, Limit> {
    let mut all = none(count);
    (0..count).for_each(|at| insert(&mut all, at));
    let mut values = vec![0; dimensions.len()];
    let (mut falsified, mut order) = (none(count), Vec::new());
    for (at, (atoms, value)) in dimensions.iter().zip(&mut values).enumerate() {
        match atoms.as_slice() {
            [] => return Ok(None),
            [only] => {
                *value = only.value;
                falsified = union(&falsified, &only.falsifies);
            }
            _ => order.push(at),
        }
    }
    if order.len() > MOST_DIMENSIONS {
        return Err(Limit);
    }
    // Few values first; what is left must still be able to reach all.
    crate::sort::sort_by(&mut order, &|a, b| {
        dimensions.get(*a).map(Vec::len).cmp(&dimensions.get(*b).map(Vec::len))
    });
    let ordered: Vec<&Vec<Atom>> = order.iter().filter_map(|at| dimensions.get(*at)).collect();
    let mut reach = vec![none(count)];
    for atoms in ordered.iter().rev() {
        let before = reach.last().cloned().unwrap_or_default();
        reach.push(atoms.iter().fold(before, |reach, atom| union(&reach, &atom.falsifies)));
    }
    reach.reverse();
    let mut search = Search { ordered, reach, all, seen: Seen::new(), chosen: Vec::new(), budget };
    if !search.go_on(0, falsified)? {
        return Ok(None);
    }
    for (at, value) in order.into_iter().zip(search.chosen) {
        if let Some(place) = values.get_mut(at) {
            *place = value;
        }
    }
    Ok(Some(values))
}

struct Search<'a> {
    ordered: Vec<&'a Vec<Atom>>,
    /// What the dimensions from each one on falsify at most.
    reach: Vec<Covers>,
    all: Covers,
    seen: Seen,
    chosen: Vec<usize>,
    budget: &'a Budget,
}

impl Search<'_> {
    /// Whether the same was falsified before when it was this dimension's turn.
    fn is_seen(&mut self, at: usize, falsified: &Covers) -> bool {
        let mut state = falsified.clone();
        state.push(at);
        self.seen.insert(state, 0).is_some()
    }

    fn go_on(&mut self, at: usize, falsified: Covers) -> Result<bool, Limit> {
        self.budget.spend(64)?;
        let can_reach =
            self.reach.get(at).is_some_and(|reach| holds(&union(reach, &falsified), &self.all));
        if !can_reach || self.is_seen(at, &falsified) {
            return Ok(false);
        }
        if self.seen.len() > MOST_CHOICES {
            return Err(Limit);
        }
        let Some(atoms) = self.ordered.get(at).copied() else {
            return Ok(true);
        };
        for atom in atoms {
            self.chosen.push(atom.value);
            if self.go_on(at + 1, union(&falsified, &atom.falsifies))? {
                return Ok(true);
            }
            self.chosen.pop();
        }
        Ok(false)
    }
}
