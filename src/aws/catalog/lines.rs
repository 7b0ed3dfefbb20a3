//! Sorted lines, read where they are: a line is found by halving bytes, not by an index.
//!
//! A line ends with a line feed and begins with its name, which ends at a blank or a tab. Lines are sorted by name,
//! ASCII letters as lower case.

use std::cmp::Ordering;

/// The lines of a text, without their ends.
pub(super) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    text.split_terminator('\n')
}

/// What remains of the text from the first line on that is not before what is looked for.
///
/// `is_before` is given the text from the beginning of a line on, of which it looks at that line only.
pub(super) fn from_first(
    text: &'static str,
    is_before: impl Fn(&'static str) -> bool,
) -> &'static str {
    let (mut low, mut high) = (0, text.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = match text.get(low..middle).and_then(|part| part.rfind('\n')) {
            Some(end_before) => low + end_before + 1,
            None => low,
        };
        let rest = text.get(start..).unwrap_or_default();
        if is_before(rest) {
            low = start + first_line(rest).len() + 1;
        } else {
            high = start;
        }
    }
    text.get(low..).unwrap_or_default()
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
    let lower = |byte: u8| byte.to_ascii_lowercase();
    let own = text.bytes().take_while(|byte| *byte != separator);
    own.map(lower).cmp(name.bytes().map(lower))
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
    text.split('\n').next().unwrap_or_default()
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
