//! Sorting, and maps and sets in order, in one place.
//!
//! The standard library's sort and its trees are compiled anew for every type, and came to a fifth of the wasm file's
//! code. Here one sort orders indices, and what is sorted is moved once; and one tree of indices serves all maps.

mod map;
mod tree;

use std::cmp::Ordering;

pub use map::{Map, Set};

/// Sorts a list; what is equal keeps its order.
pub fn sort<T: Ord>(list: &mut Vec<T>) {
    sort_by(list, T::cmp);
}

/// Sorts a list by what a function makes of each element; what is equal keeps its order.
pub fn sort_by_key<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(list, |a, b| key(a).cmp(&key(b)));
}

/// Sorts a list by a comparison; what is equal keeps its order.
pub fn sort_by<T>(list: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if list.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return;
    }
    let order = order(list.len(), &|a, b| match (list.get(a), list.get(b)) {
        (Some(a), Some(b)) => compare(a, b),
        _ => Ordering::Equal,
    });
    let mut left: Vec<Option<T>> = list.drain(..).map(Some).collect();
    list.extend(order.into_iter().filter_map(|at| left.get_mut(at)?.take()));
}

/// How two texts are ordered when the case of ASCII letters does not count.
pub fn ignoring_case(a: &[u8], b: &[u8]) -> Ordering {
    let mut at = 0;
    // A loop and no iterator, whose parts stay calls where the program is made small.
    while let (Some(x), Some(y)) = (a.get(at), b.get(at)) {
        if x != y {
            match x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase()) {
                Ordering::Equal => {}
                unequal => return unequal,
            }
        }
        at += 1;
    }
    a.len().cmp(&b.len())
}

/// The indices of the texts that repeat an earlier one, in order.
pub fn repeated(texts: &[&str]) -> Vec<usize> {
    let mut order = order(texts.len(), &|a, b| texts.get(a).cmp(&texts.get(b)));
    let mut last = None;
    // Equal ones keep their order, so the first of them comes first.
    order.retain(|at| std::mem::replace(&mut last, texts.get(*at)) == texts.get(*at));
    sort(&mut order);
    order
}

/// The indices up to a length, sorted by a comparison; the only sort of the standard library's.
fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

#[cfg(test)]
mod tests {
    use super::{repeated, sort, sort_by_key};

    #[test]
    fn lists_of_every_length_are_sorted_and_equals_keep_their_order() {
        let mut state = 7_u32;
        for length in 0..200 {
            let mut list: Vec<(u32, usize)> = (0..length)
                .map(|i| {
                    state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                    (state >> 28, i)
                })
                .collect();
            let mut expected = list.clone();
            expected.sort();
            sort_by_key(&mut list, |(value, _)| *value);
            assert_eq!(list, expected);
            list.reverse();
            sort(&mut list);
            assert_eq!(list, expected);
        }
    }

    #[test]
    fn what_repeats_an_earlier_text_is_found() {
        assert_eq!(repeated(&["b", "a", "b", "", "a", "b", "c", ""]), [2, 4, 5, 7]);
        assert!(repeated(&["b", "a"]).is_empty());
        assert!(repeated(&[]).is_empty());
    }
}
