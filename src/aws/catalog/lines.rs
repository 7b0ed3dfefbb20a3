//! Sorted lines, read where they are: a line is found by halving bytes, not by an index.
//!
//! A line ends with a line feed and begins with its name, which ends at a blank or a tab. Lines are sorted by name,
//! ASCII letters as lower case.

use std::cmp::Ordering;
use std::ops::Range;

/// The lines of a text, without their ends.
pub(super) fn lines(mut text: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        let (line, rest) = cut(text, b'\n').unwrap_or((text, ""));
        text = rest;
        Some(line)
    })
}

/// What stands before the first of these ASCII characters, and what behind it. Names are too short for a search that
/// has to be set up.
pub(in crate::aws) fn cut(text: &str, character: u8) -> Option<(&str, &str)> {
    let at = position(text.as_bytes(), character)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// A loop and no iterator, whose parts stay calls where the program is made small.
fn position(bytes: &[u8], wanted: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte == wanted {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// What the line begins with, up to a blank.
pub(super) fn name(line: &'static str) -> &'static str {
    cut(line, b' ').map_or(line, |(name, _)| name)
}

/// What remains of the text from the first line on that is not before what is looked for.
///
/// `is_before` is given the text from the beginning of a line on, of which it looks at that line only.
pub(super) fn from_first(
    text: &'static str,
    is_before: impl Fn(&'static str) -> bool,
) -> &'static str {
    from(text, first(text, 0..text.len(), is_before))
}

/// Where the first line begins that is not before what is looked for, which is in the range, or at its end.
fn first(
    text: &'static str,
    range: Range<usize>,
    is_before: impl Fn(&'static str) -> bool,
) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let start = line_start(text, low, low + (high - low) / 2);
        if is_before(from(text, start)) {
            low = next_line(text, start);
        } else {
            high = start;
        }
    }
    low
}

/// Where the line begins that this byte is in; `low` is the beginning of it or of one before.
fn line_start(text: &str, low: usize, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    while at > low {
        match bytes.get(at - 1) {
            Some(b'\n') => break,
            _ => at -= 1,
        }
    }
    at
}

/// Where the line after the one that begins here begins.
fn next_line(text: &str, start: usize) -> usize {
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    start + position(rest, b'\n').unwrap_or(rest.len()) + 1
}

fn from(text: &'static str, start: usize) -> &'static str {
    text.get(start..).unwrap_or_default()
}

/// The line with this name, by ASCII letters of either case.
pub(super) fn find(text: &'static str, separator: u8, name: &str) -> Option<&'static str> {
    let rest = from_first(text, |rest| compare_name(rest, separator, name).is_lt());
    let found = !rest.is_empty() && compare_name(rest, separator, name).is_eq();
    found.then(|| first_line(rest))
}

/// The lines whose names begin with this, by ASCII letters of either case.
pub(super) fn find_all(
    text: &'static str,
    prefix: &str,
) -> impl Iterator<Item = &'static str> + Clone {
    let rest = from_first(text, |rest| compare_name(rest, b'\n', prefix).is_lt());
    let past = from_first(rest, |rest| starts_with(rest, prefix));
    let end = rest.len() - past.len();
    lines(rest.get(..end).unwrap_or_default())
}

/// The order of the name that the text begins with, up to the separator, and another.
pub(super) fn compare_name(text: &str, separator: u8, name: &str) -> Ordering {
    let (text, name) = (text.as_bytes(), name.as_bytes());
    let mut at = 0;
    loop {
        let own = text.get(at).filter(|own| **own != separator);
        let (own, other) = match (own, name.get(at)) {
            (Some(own), Some(other)) => (own, other),
            (own, other) => return own.is_some().cmp(&other.is_some()),
        };
        if own != other {
            let order = own.to_ascii_lowercase().cmp(&other.to_ascii_lowercase());
            if order.is_ne() {
                return order;
            }
        }
        at += 1;
    }
}

/// Whether the text begins with this, by ASCII letters of either case.
pub(super) fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

/// Whether the text ends with this, by ASCII letters of either case.
pub(super) fn ends_with(text: &str, suffix: &str) -> bool {
    let end = text.len().checked_sub(suffix.len());
    end.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
}

/// The first line, without its end.
pub(super) fn first_line(text: &'static str) -> &'static str {
    let end = position(text.as_bytes(), b'\n');
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

/// The first code, one letter or a digit and a letter, and what follows it.
pub(super) fn split_code(text: &'static str) -> Option<(&'static str, &'static str)> {
    let length = 1 + usize::from(text.bytes().next()?.is_ascii_digit());
    text.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::{find, find_all};

    const TEXT: &str = "Ab 1\nabc 2\nBe 3\nbe-a 4\nbea 5\nc 6\n";

    #[test]
    fn every_line_is_found_and_nothing_else() {
        for line in TEXT.lines() {
            let name = line.split(' ').next().unwrap();
            for spelling in [name.to_owned(), name.to_uppercase(), name.to_ascii_lowercase()] {
                assert_eq!(find(TEXT, b' ', &spelling), Some(line), "{spelling}");
            }
        }
        for absent in ["", "a", "abcd", "bf", "zz", "be-", "é", "c 6"] {
            assert_eq!(find(TEXT, b' ', absent), None, "{absent}");
        }
        assert_eq!(find("", b' ', "a"), None);
        assert_eq!(find("", b' ', ""), None);
    }

    #[test]
    fn a_prefix_names_a_range() {
        for (prefix, count) in
            [("", 6), ("a", 2), ("AB", 2), ("abc", 1), ("be", 3), ("d", 0), ("é", 0)]
        {
            let expected: Vec<_> = TEXT
                .lines()
                .filter(|line| line.to_ascii_lowercase().starts_with(&prefix.to_lowercase()))
                .collect();
            assert_eq!(expected.len(), count, "{prefix}");
            assert_eq!(find_all(TEXT, prefix).collect::<Vec<_>>(), expected, "{prefix}");
        }
    }
}
