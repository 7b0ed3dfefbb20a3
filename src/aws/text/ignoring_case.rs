//! The order of names of which the case of ASCII letters does not count, such as condition keys.

use std::cmp::Ordering;

/// How two such names are ordered, given as bytes.
pub fn ignoring_case(a: &[u8], b: &[u8]) -> Ordering {
    let mut at = 0;
    loop {
        let (Some(one), Some(other)) = (a.get(at), b.get(at)) else {
            return a.len().cmp(&b.len());
        };
        if one != other && !one.eq_ignore_ascii_case(other) {
            return one.to_ascii_lowercase().cmp(&other.to_ascii_lowercase());
        }
        at += 1;
    }
}
