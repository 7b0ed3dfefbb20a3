//! Sorted lines, and how one is found among them.
//!
//! A line ends with a line feed and begins with its name, which ends at a blank or a tab. Lines are sorted by name,
//! ASCII letters as lower case.

use std::cmp::Ordering;
use std::sync::OnceLock;

use crate::aws::text::position;

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
    let at = position(text, |byte| byte == character)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// What the line begins with, up to a blank.
pub(super) fn name(line: &'static str) -> &'static str {
    cut(line, b' ').map_or(line, |(name, _)| name)
}

/// Lines that are found one by one, all of them once when the first is asked for.
pub(super) struct Lines {
    text: &'static str,
    lines: OnceLock<Vec<&'static str>>,
}

impl Lines {
    /// Those of a text.
    pub const fn of(text: &'static str) -> Self {
        Lines { text, lines: OnceLock::new() }
    }

    /// Every one, in order.
    pub fn all(&self) -> &[&'static str] {
        self.lines.get_or_init(|| lines(self.text).collect())
    }

    /// The one that this code stands for: a letter, beyond 52 a digit and a letter, in the order of the lines.
    pub fn by_code(&self, code: &str) -> Option<&'static str> {
        let (page, letter) = match code.as_bytes() {
            [letter] => (0, letter),
            [digit, letter] => (1 + usize::from(digit.wrapping_sub(b'0')), letter),
            _ => return None,
        };
        self.all().get(52 * page + number(*letter)).copied()
    }

    /// Those with this name, which ends at a blank, by ASCII letters of either case.
    pub fn of_name(&self, name: &str) -> &[&'static str] {
        let all = self.all();
        let start = all.partition_point(|line| compare_name(line, b' ', name).is_lt());
        let rest = all.get(start..).unwrap_or_default();
        let count = rest.partition_point(|line| compare_name(line, b' ', name).is_eq());
        rest.get(..count).unwrap_or_default()
    }
}

/// The number of a code of one letter: capitals before small ones, then digits.
pub(super) fn number(code: u8) -> usize {
    match code {
        b'A'..=b'Z' => usize::from(code - b'A'),
        b'a'..=b'z' => usize::from(code - b'a') + 26,
        _ => usize::from(code.wrapping_sub(b'0')) + 52,
    }
}

/// The line with this name, by ASCII letters of either case.
pub(super) fn find(lines: &[&'static str], separator: u8, name: &str) -> Option<&'static str> {
    let at = lines.binary_search_by(|line| compare_name(line, separator, name)).ok()?;
    lines.get(at).copied()
}

/// Those of sorted things whose names begin with this, by ASCII letters of either case.
pub(super) fn beginning_with<'l, T>(
    sorted: &'l [T],
    name: impl Fn(&T) -> &str,
    prefix: &str,
) -> &'l [T] {
    let start = sorted.partition_point(|one| compare_name(name(one), b'\n', prefix).is_lt());
    let rest = sorted.get(start..).unwrap_or_default();
    let count = rest.partition_point(|one| starts_with(name(one), prefix));
    rest.get(..count).unwrap_or_default()
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

/// The first code, one letter or a digit and a letter, and what follows it.
pub(super) fn split_code(text: &'static str) -> Option<(&'static str, &'static str)> {
    let length = 1 + usize::from(text.bytes().next()?.is_ascii_digit());
    text.split_at_checked(length)
}

#[cfg(test)]
mod tests {
    use super::{beginning_with, find, Lines};

    const TEXT: &str = "Ab 1\nabc 2\nBe 3\nbe-a 4\nbea 5\nc 6\n";

    #[test]
    fn every_line_is_found_and_nothing_else() {
        let lines = Lines::of(TEXT);
        let find = |name: &str| find(lines.all(), b' ', name);
        for line in TEXT.lines() {
            let name = line.split(' ').next().unwrap();
            for spelling in [name.to_owned(), name.to_uppercase(), name.to_ascii_lowercase()] {
                assert_eq!(find(&spelling), Some(line), "{spelling}");
            }
        }
        for absent in ["", "a", "abcd", "bf", "zz", "be-", "é", "c 6"] {
            assert_eq!(find(absent), None, "{absent}");
        }
        assert_eq!(super::find(Lines::of("").all(), b' ', ""), None);
    }

    #[test]
    fn codes_are_in_the_order_of_the_lines() {
        let text: String = (0..120).map(|number| format!("{number}\n")).collect();
        let lines = Lines::of(text.leak());
        for (code, line) in [
            ("A", Some("0")),
            ("Z", Some("25")),
            ("a", Some("26")),
            ("z", Some("51")),
            ("0A", Some("52")),
            ("1A", Some("104")),
            ("1P", Some("119")),
            ("1Q", None),
            ("", None),
            ("é", None),
            ("ABC", None),
        ] {
            assert_eq!(lines.by_code(code), line, "{code}");
        }
    }

    #[test]
    fn a_prefix_or_a_name_is_of_a_range() {
        let lines = Lines::of(TEXT);
        for (text, beginning, named) in [
            ("", 6, 0),
            ("a", 2, 0),
            ("AB", 2, 1),
            ("abc", 1, 1),
            ("be", 3, 1),
            ("be-a", 1, 1),
            ("d", 0, 0),
            ("é", 0, 0),
        ] {
            let of = |line: &&str| line.to_ascii_lowercase().starts_with(&text.to_lowercase());
            let expected: Vec<_> = TEXT.lines().filter(of).collect();
            assert_eq!(expected.len(), beginning, "{text}");
            assert_eq!(beginning_with(lines.all(), |line| line, text), expected, "{text}");
            let of = |line: &&'static str| super::name(line).eq_ignore_ascii_case(text);
            let expected: Vec<_> = TEXT.lines().filter(of).collect();
            assert_eq!(expected.len(), named, "{text}");
            assert_eq!(lines.of_name(text), expected, "{text}");
        }
        let several = Lines::of("a 1\nb 1\nb 2\nB 3\nc 1\n");
        assert_eq!(several.of_name("b"), ["b 1", "b 2", "B 3"]);
    }
}
