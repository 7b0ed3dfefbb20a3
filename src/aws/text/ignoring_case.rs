//! The order of names of which the case of ASCII letters does not count, such as condition keys.

use std::cmp::Ordering;

/// How two such names are ordered, given as bytes.
pub fn ignoring_case(a: &[u8], b: &[u8]) -> Ordering {
    a.iter().map(u8::to_ascii_lowercase).cmp(b.iter().map(u8::to_ascii_lowercase))
}
