//! The exact answer by trying: every combination of values that unknown keys may have.
//!
//! Kleene logic loses that two conditions read the same key. Where values can be listed that stand for all others,
//! and the combinations are few, each is decided by itself.

use std::collections::BTreeSet;

use super::candidates::{candidates, Candidate, MOST_WORK};
use super::gates::Gates;
use super::key_table::KeyId;
use super::requirement::Requirement;
use super::scene::Scene;
use super::statement::Hit;
use super::truth::{Keys, Truth};
use super::{Open, Outcome, Prepared};
use crate::sort::{set, sort};

/// At most so many keys are tried,
const MOST_KEYS: usize = 4;
/// and so many combinations of their values.
const MOST_COMBINATIONS: usize = 10_000;
/// At most so many ways to be allowed are told.
const MOST_WAYS: usize = 6;

/// What the combinations came to.
pub(super) struct Exact {
    /// What can come out, sorted.
    pub possible: Vec<Outcome>,
    /// The keys of which one alone can change the outcome, and open questions.
    pub depends_on: BTreeSet<String>,
    /// Ways to be allowed, each with what all its keys must be.
    pub ways: Vec<Vec<Requirement>>,
}

/// Tries all combinations; `None` when values cannot be listed or there are too many.
pub(super) fn split(
    prepared: &Prepared,
    scene: &Scene,
    hits: &[Hit],
    gates: &Gates,
    open: &[Open],
) -> Option<Exact> {
    let mut keys: Vec<(&str, KeyId)> = Vec::new();
    for key in open.iter().flat_map(|open| &open.keys.ids) {
        if keys.iter().any(|(_, known)| known == key) {
            continue;
        }
        if keys.len() == MOST_KEYS {
            return None;
        }
        keys.push((scene.view.get(*key).1, *key));
    }
    if keys.is_empty() {
        return None;
    }
    sort(&mut keys);
    let values = |open: &Open| {
        let conditions = open.statement.conditions.iter();
        1 + conditions.map(|condition| condition.weight).sum::<usize>()
    };
    let work = hits.len() + open.iter().map(values).sum::<usize>();
    // Each key is there or not, and mostly each value that is written is a case of its own.
    let written = (work - hits.len()) / keys.len();
    if work.saturating_mul(written.max(2)) > MOST_WORK.min(prepared.work_left.get()) {
        return None;
    }
    let lists: Option<Vec<Vec<Candidate>>> =
        keys.iter().map(|key| candidates(*key, open, &scene.view)).collect();
    let lists = lists?;
    let count = lists.iter().try_fold(1, |count: usize, list| count.checked_mul(list.len()))?;
    let work = count.checked_mul(work).filter(|work| *work <= MOST_WORK)?;
    if count > MOST_COMBINATIONS {
        return None;
    }
    prepared.work_left.set(prepared.work_left.get().checked_sub(work)?);
    let grid = Grid { sizes: lists.iter().map(Vec::len).collect() };
    let mut scene = scene.clone();
    let mut hits = hits.to_vec();
    let mut results = Vec::with_capacity(count);
    let mut depends_on: BTreeSet<String> =
        set(prepared.questions(&scene, gates).names(&scene.view).map(str::to_owned));
    for combination in 0..count {
        for (((_, key), list), at) in keys.iter().zip(&lists).zip(grid.coordinates(combination)) {
            if let Some(candidate) = list.get(at) {
                scene.view.set(*key, candidate.state());
            }
        }
        let mut questions = Keys::new();
        for open in open {
            let hit = open.statement.hit(&scene, &mut questions);
            if let Some(place) = hits.get_mut(open.index) {
                *place = hit;
            }
        }
        let possible = Gates::new(prepared, &scene, &hits).outcomes(&scene);
        if possible.len() > 1 {
            depends_on.extend(questions.names(&scene.view).map(str::to_owned));
        }
        results.push(possible);
    }
    let mut possible: Vec<Outcome> = results.iter().flatten().copied().collect();
    sort(&mut possible);
    possible.dedup();
    for (i, (key, _)) in keys.iter().enumerate() {
        let differs = (0..count).any(|combination| {
            results.get(combination) != results.get(grid.with(combination, i, 0))
        });
        if differs {
            depends_on.insert((*key).to_owned());
        }
    }
    let allowed: Vec<bool> = results.iter().map(|result| *result == [Outcome::Allowed]).collect();
    if possible.len() == 1 {
        depends_on = BTreeSet::new();
    }
    Some(Exact { possible, depends_on, ways: ways(&keys, &lists, &grid, &allowed) })
}

/// Combinations, counted through: the first key changes fastest.
struct Grid {
    sizes: Vec<usize>,
}

impl Grid {
    fn coordinates(&self, combination: usize) -> impl Iterator<Item = usize> + '_ {
        let mut rest = combination;
        self.sizes.iter().map(move |size| {
            let at = rest % size;
            rest /= size;
            at
        })
    }

    /// The combination that has another value for one key.
    fn with(&self, combination: usize, key: usize, value: usize) -> usize {
        let (mut stride, mut other) = (1, 0);
        for (i, (at, size)) in self.coordinates(combination).zip(&self.sizes).enumerate() {
            other += stride * if i == key { value } else { at };
            stride *= size;
        }
        other
    }
}

/// Ways in which each key may be one of some values whatever the others are, until they cover all that is allowed.
fn ways(
    keys: &[(&str, KeyId)],
    lists: &[Vec<Candidate>],
    grid: &Grid,
    allowed: &[bool],
) -> Vec<Vec<Requirement>> {
    let mut left = allowed.to_vec();
    let mut ways = Vec::new();
    while let Some(seed) = left.iter().position(|is_left| *is_left) {
        if ways.len() == MOST_WAYS {
            break;
        }
        let mut members = vec![seed];
        let mut chosen: Vec<Vec<usize>> = grid.coordinates(seed).map(|at| vec![at]).collect();
        for (key, (list, chosen)) in lists.iter().zip(&mut chosen).enumerate() {
            let before = members.clone();
            for value in (0..list.len()).filter(|value| !chosen.contains(value)).collect::<Vec<_>>()
            {
                let more: Vec<usize> =
                    before.iter().map(|member| grid.with(*member, key, value)).collect();
                if more.iter().all(|member| allowed.get(*member) == Some(&true)) {
                    chosen.push(value);
                    members.extend(more);
                }
            }
        }
        for member in &members {
            if let Some(is_left) = left.get_mut(*member) {
                *is_left = false;
            }
        }
        let requirements =
            keys.iter().zip(lists).zip(&chosen).filter_map(|(((key, _), list), chosen)| {
                let candidates = list.iter().enumerate();
                Requirement::new(key, candidates.map(|(i, c)| (&c.label, chosen.contains(&i))))
            });
        ways.push(requirements.collect());
    }
    ways
}

impl Hit {
    /// Whether it can still match.
    pub fn is_possible(&self) -> bool {
        self.truth != Truth::False
    }
}
