//! Sorting, compiled once.
//!
//! The standard library's sort is compiled anew for each type of element and each order, 4 KB a time, which made a
//! twelfth of the module that a page loads. Here it sorts places in a list, and the elements go where it says. A set or a
//! map that is collected is sorted in the same way first, so that they are filled here.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by the elements' own order; those that are equal stay in the order in which they are.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, &T::cmp);
}

/// The same by another order.
pub fn sort_by<T>(items: &mut [T], compare: &dyn Fn(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let mut from = order(items.len(), &|a, b| match (items.get(a), items.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    // Each place gets the element that belongs there from where that is, whose place is the next, until the circle closes.
    for start in 0..from.len() {
        let mut at = start;
        while let Some(place) = from.get_mut(at) {
            let next = std::mem::replace(place, at);
            if next == start {
                break;
            }
            items.swap(at, next);
            at = next;
        }
    }
}

/// The set of some items.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// The map of some pairs; of those with one key the last stays.
pub fn map<K: Ord, V>(pairs: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(pairs);
    map
}

/// For each place the place at which the element is that belongs there.
fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use crate::sort::{sort, sort_by};

    #[test]
    fn sorts_as_the_standard_library_does() {
        // A generator of small numbers, so that many are equal.
        let mut state = 7_u32;
        for length in (0..70).chain([1_000]) {
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                state >> 26
            };
            let given: Vec<(u32, usize)> = (0..length).map(|i| (next(), i)).collect();
            let mut expected = given.clone();
            expected.sort_by_key(|one| std::cmp::Reverse(one.0));
            let mut found = given.clone();
            sort_by(&mut found, &|a, b| b.0.cmp(&a.0));
            assert_eq!(found, expected);
            expected.sort();
            sort(&mut found);
            assert_eq!(found, expected);
        }
    }
}
