//! What policy variables may stand for.

use std::collections::BTreeSet;

use super::pattern::{Step, Steps};
use super::side::{Kind, Test};
use super::Limit;

/// What keys have for values; `None` for a key that is absent.
pub(super) type Assignment = Vec<(usize, Option<String>)>;

/// The value of a key, if it has been given one.
pub(super) fn get(assignment: &Assignment, key: usize) -> Option<&Option<String>> {
    assignment.iter().find(|(own, _)| *own == key).map(|(_, value)| value)
}

/// Keys, each with values that it may have.
pub(super) type Choices = Vec<(usize, Vec<Option<String>>)>;

/// At most so many assignments are tried for a task,
pub(super) const MOST_ASSIGNMENTS: usize = 400;
/// and so many pieces of other texts for a key.
const MOST_PIECES: usize = 12;

/// The keys that must have one of some values, with these.
pub(super) fn pinned<'t>(keys: &[usize], tests: impl Iterator<Item = &'t Test<'t>>) -> Choices {
    let mut pinned = Choices::new();
    for test in tests.filter(|test| keys.contains(&test.key)) {
        let literals: Option<Vec<String>> = test.texts.iter().map(literal).collect();
        let is_plain = test.kind() == Some(Kind::Text)
            && test.bounds_each()
            && !test.has_qualifier()
            && !test.operator.if_exists;
        if let Some(literals) = literals.filter(|_| is_plain) {
            if !pinned.iter().any(|(key, _)| *key == test.key) {
                pinned.push((test.key, literals.into_iter().map(Some).collect()));
            }
        }
    }
    pinned
}

fn literal(steps: &Steps) -> Option<String> {
    let letter = |step: &Step| match step {
        Step::Letter(c) => Some(*c),
        _ => None,
    };
    steps.iter().map(letter).collect()
}

/// Every combination of values, made one after the other.
pub(super) fn product(values: &Choices) -> Result<impl Iterator<Item = Assignment> + '_, Limit> {
    let count = values.iter().fold(1, |count: usize, (_, own)| count.saturating_mul(own.len()));
    if count > MOST_ASSIGNMENTS {
        return Err(Limit);
    }
    Ok((0..count).map(move |mut number| {
        let one = |(key, own): &(usize, Vec<Option<String>>)| {
            let value = own.get(number % own.len()).cloned().flatten();
            number /= own.len();
            (*key, value)
        };
        // The last key changes first.
        values.iter().rev().map(one).collect()
    }))
}

/// Values that are worth a try for each key: those that it must have, names that nobody else has, absence, and pieces of
/// the other texts; their combinations are few enough to be tried.
pub(super) fn candidates<'t>(
    keys: &[usize],
    pinned: &Choices,
    tests: impl Iterator<Item = &'t Test<'t>> + Clone,
    pieces: &BTreeSet<String>,
) -> Choices {
    let (mut values, mut count) = (Choices::new(), 1);
    let fresh = ["example", "Zz9", "yY8"];
    for (i, key) in keys.iter().enumerate() {
        let own = tests.clone().filter(|test| test.key == *key).flat_map(|test| &test.texts);
        let filled = own.map(filled);
        // Two variables that are free are not taken to be equal.
        let turned = (0..fresh.len()).filter_map(|j| fresh.get((i + j) % fresh.len()));
        let names = filled.chain(turned.map(|name| (*name).to_owned())).map(Some);
        let pieces = pieces.iter().take(MOST_PIECES).cloned().map(Some);
        let mut list: Vec<Option<String>> = match pinned.iter().find(|(own, _)| own == key) {
            Some((_, values)) => values.clone(),
            None => names.take(4).chain([None]).chain(pieces).collect(),
        };
        list.truncate((MOST_ASSIGNMENTS / count).max(1));
        count *= list.len().max(1);
        values.push((*key, list));
    }
    values
}

/// A text of the pattern.
fn filled(steps: &Steps) -> String {
    steps
        .iter()
        .map(|step| match step {
            Step::Letter(c) | Step::Folded(c) => *c,
            _ => 'x',
        })
        .collect()
}

/// The literal pieces of a pattern between slashes, colons, hyphens and what is no letter.
pub(super) fn pieces(steps: &[Step]) -> Vec<String> {
    let (mut pieces, mut piece) = (Vec::new(), String::new());
    for step in steps.iter().map(Some).chain([None]) {
        match step {
            Some(Step::Letter(c) | Step::Folded(c)) if !matches!(c, '/' | ':') => piece.push(*c),
            _ if !piece.is_empty() => pieces.push(std::mem::take(&mut piece)),
            _ => {}
        }
    }
    pieces
}
