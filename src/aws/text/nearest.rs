//! What a misspelt name may have been meant to be.

use super::fingerprint;

/// No name of AWS is longer, and none is near to what is.
const LONGEST: usize = 250;

/// The candidate that is closest to a name, as [`Names::nearest`] finds it.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let is_near = |candidate: &&str| candidate.len().abs_diff(name.len()) <= limit(name);
    Names::of(candidates.into_iter().filter(is_near)).nearest(name)
}

/// How many changes are still near to a name.
fn limit(name: &str) -> usize {
    match name.len() {
        0 | 1 => 0,
        2 | 3 => 1,
        4..=8 => 2,
        _ => 3,
    }
}

/// Names that misspelt ones may be meant to be, read once for many.
pub struct Names<'c> {
    names: Vec<(Print, &'c str)>,
}

impl<'c> Names<'c> {
    /// These names.
    pub fn of(names: impl IntoIterator<Item = &'c str>) -> Self {
        let mut list = Vec::new();
        for name in names {
            list.push((Print::of(name), name));
        }
        Names { names: list }
    }

    /// The one that is closest to a name, ignoring case; `None` when none is close, or two are equally close.
    ///
    /// Closeness counts letters that are missing, too many, wrong, or swapped with their neighbour: one in a name of
    /// two or three letters, two in one of up to eight, three in a longer one. Names of AWS are ASCII; of another
    /// character each byte counts. Most are passed over for their length or their letters.
    pub fn nearest(&self, name: &str) -> Option<&'c str> {
        self.nearest_within(name, limit(name))
    }

    /// The same among those that take so many changes at most.
    pub fn nearest_within(&self, name: &str, mut limit: usize) -> Option<&'c str> {
        // Nothing is a slip of the pen of nothing.
        if name.is_empty() || name.len() > LONGEST {
            return None;
        }
        let print = Print::of(name);
        let mut best: Option<(usize, Option<&str>)> = None;
        for (other, candidate) in &self.names {
            if candidate.len().abs_diff(name.len()) > limit || print.is_far_from(*other, limit) {
                continue;
            }
            let Some(distance) = distance(name.as_bytes(), candidate.as_bytes(), limit) else {
                continue;
            };
            // From here on only what is as close counts: equally close takes the answer away again.
            best = match best {
                Some((shortest, known)) if shortest == distance && known != Some(*candidate) => {
                    Some((distance, None))
                }
                _ => Some((distance, Some(*candidate))),
            };
            limit = distance;
        }
        best?.1
    }
}

/// A bit for each letter in a name or pattern, and one for each two neighbours; none for wildcards.
#[derive(Clone, Copy)]
pub(in crate::aws) struct Print {
    letters: u64,
    pairs: u64,
}

impl Print {
    pub fn of(name: &str) -> Self {
        let mut print = Print { letters: 0, pairs: 0 };
        let mut before = None;
        for byte in name.as_bytes() {
            let byte = byte.to_ascii_lowercase();
            let letter = match byte {
                b'*' | b'?' => {
                    before = None;
                    continue;
                }
                b'a'..=b'z' => byte - b'a',
                b'0'..=b'9' => 26 + (byte - b'0'),
                other => 36 + other % 28,
            };
            print.letters |= 1 << letter;
            if let Some(before) = before {
                let mixed = u32::from(before) << 8 | u32::from(byte);
                print.pairs |= 1 << (fingerprint(0, mixed) >> 26);
            }
            before = Some(byte);
        }
        print
    }

    /// Whether all of the other's is in this one: what lacks something of a pattern's does not match it.
    pub fn contains(self, other: Print) -> bool {
        other.letters & !self.letters == 0 && other.pairs & !self.pairs == 0
    }

    /// Whether more changes are needed than the limit: one takes away or brings one letter, and three pairs at most.
    fn is_far_from(self, other: Print, limit: usize) -> bool {
        let more = |a: u64, b: u64, most: usize| (a & !b).count_ones() as usize > most;
        more(self.letters, other.letters, limit)
            || more(other.letters, self.letters, limit)
            || more(self.pairs, other.pairs, 3 * limit)
            || more(other.pairs, self.pairs, 3 * limit)
    }
}

/// How many changes make one text the other, if they are no more than the limit. No letter is changed twice (the
/// "optimal string alignment" form of the Damerau-Levenshtein distance).
///
/// Only those beginnings of the texts are compared whose lengths are so near that the limit can still be kept.
fn distance(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    let (a, b) = without_common_ends(a, b);
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let at = |row: &[usize], i: usize| row.get(i).copied().unwrap_or(far);
    let is_same = |x: Option<&u8>, y: Option<&u8>| match (x, y) {
        (Some(x), Some(y)) => x.eq_ignore_ascii_case(y),
        _ => false,
    };
    let mut before = vec![far; b.len() + 1];
    let mut row = before.clone();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut least_above = 0;
    for (i, letter) in a.iter().enumerate() {
        let start = i.saturating_sub(limit);
        let mut left = if start == 0 { i + 1 } else { far };
        let mut least_here = left;
        if let Some(first) = row.get_mut(start) {
            *first = left;
        }
        for j in start..(i + limit + 1).min(b.len()) {
            let is_equal = is_same(Some(letter), b.get(j));
            let mut least =
                (at(&above, j) + usize::from(!is_equal)).min(at(&above, j + 1) + 1).min(left + 1);
            if i > 0
                && j > 0
                && is_same(a.get(i - 1), b.get(j))
                && is_same(b.get(j - 1), Some(letter))
            {
                least = least.min(at(&before, j - 1) + 1);
            }
            if let Some(here) = row.get_mut(j + 1) {
                *here = least;
            }
            left = least;
            least_here = least_here.min(least);
        }
        // A swap looks back two rows, so one bad row is not yet the end.
        if least_above > limit && least_here > limit {
            return None;
        }
        least_above = least_here;
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above.last().copied().filter(|count| *count <= limit)
}

/// What is left where the texts differ: most of two names that are close is the same.
fn without_common_ends<'t>(mut a: &'t [u8], mut b: &'t [u8]) -> (&'t [u8], &'t [u8]) {
    while let ([x, a_left @ ..], [y, b_left @ ..]) = (a, b) {
        if !x.eq_ignore_ascii_case(y) {
            break;
        }
        (a, b) = (a_left, b_left);
    }
    while let ([a_left @ .., x], [b_left @ .., y]) = (a, b) {
        if !x.eq_ignore_ascii_case(y) {
            break;
        }
        (a, b) = (a_left, b_left);
    }
    (a, b)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, Print};

    #[test]
    fn changes_are_counted_once_each() {
        for (a, b, expected) in [
            ("", "", 0),
            ("", "ab", 2),
            ("abc", "abc", 0),
            ("ABC", "abc", 0),
            ("abc", "ab", 1),
            ("abc", "abcd", 1),
            ("abc", "axc", 1),
            ("abc", "acb", 1),
            ("ab", "ba", 1),
            ("ca", "abc", 3),
            ("kitten", "sitting", 3),
            ("\u{e9}t", "et", 2),
        ] {
            for (a, b) in [(a, b), (b, a)] {
                let counted = |limit| distance(a.as_bytes(), b.as_bytes(), limit);
                assert_eq!(counted(9), Some(expected), "{a} {b}");
                assert!(!Print::of(a).is_far_from(Print::of(b), expected), "{a} {b}");
                if let Some(less) = expected.checked_sub(1) {
                    assert_eq!(counted(less), None, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn the_closest_is_found_if_there_is_one() {
        let regions = ["eu-west-1", "eu-west-2", "us-east-1"];
        let services = ["s3", "ec2", "ecs", "kms", "logs"];
        let names: [(&str, &[&str], Option<&str>); 14] = [
            ("us-east1", &regions, Some("us-east-1")),
            ("US_EAST_1", &regions, Some("us-east-1")),
            ("eu-west-1", &regions, Some("eu-west-1")),
            ("eu-west-9", &regions, None),
            ("mars", &regions, None),
            ("", &regions, None),
            ("s", &services, None),
            ("sw", &services, Some("s3")),
            ("km", &services, Some("kms")),
            ("ec", &services, None),
            ("lgos", &services, Some("logs")),
            ("S3", &services, Some("s3")),
            ("kms", &["kms", "kms"], Some("kms")),
            ("kms", &[], None),
        ];
        for (name, candidates, expected) in names {
            let found = nearest(name, candidates.iter().copied());
            assert_eq!(found, expected, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_far_too_long_is_near_to_nothing() {
        assert_eq!(nearest(&"a".repeat(1_000_000), ["aaaa"]), None);
        let long = "a".repeat(1_000_000);
        assert_eq!(nearest("aaaa", [long.as_str()]), None);
    }
}
