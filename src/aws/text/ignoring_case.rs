//! The order of names of which the case of ASCII letters does not count, such as condition keys.

use std::cmp::Ordering;

/// How two such names are ordered, given as bytes.
pub fn ignoring_case(a: &[u8], b: &[u8]) -> Ordering {
    let lower = |(a, b): (&u8, &u8)| (a.to_ascii_lowercase(), b.to_ascii_lowercase());
    let differs = |(a, b): &(&u8, &u8)| a != b && !a.eq_ignore_ascii_case(b);
    match a.iter().zip(b).find(differs).map(lower) {
        Some((a, b)) => a.cmp(&b),
        None => a.len().cmp(&b.len()),
    }
}
