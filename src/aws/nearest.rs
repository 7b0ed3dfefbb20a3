//! What a misspelt name may have been meant to be.

/// No name of AWS is longer, and none is near to what is.
const LONGEST: usize = 250;

/// The candidate that is closest to a name, ignoring case; `None` when none is close, or two are equally close.
///
/// Closeness counts letters that are missing, too many, wrong, or swapped with their neighbour: one in a name of two
/// or three letters, two in one of up to eight, three in a longer one. Names of AWS are ASCII; of another character
/// each byte counts. Most candidates are passed over for their length or their letters; any other takes at most
/// `name.len() * candidate.len()` steps.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let mut limit = match name.len() {
        0 | 1 => 0,
        2 | 3 => 1,
        4..=8 => 2,
        9..=LONGEST => 3,
        _ => return None,
    };
    let letters = Letters::of(name);
    let mut best: Option<(usize, Option<&str>)> = None;
    for candidate in candidates {
        if letters.are_far_from(candidate, limit) {
            continue;
        }
        let Some(distance) = distance(name.as_bytes(), candidate.as_bytes(), limit) else {
            continue;
        };
        // From here on only what is as close counts: equally close takes the answer away again.
        best = match best {
            Some((shortest, known)) if shortest == distance && known != Some(candidate) => {
                Some((distance, None))
            }
            _ => Some((distance, Some(candidate))),
        };
        limit = distance;
    }
    best?.1
}

/// How often each letter stands in a name.
struct Letters {
    counts: [u8; 128],
    length: usize,
}

impl Letters {
    fn of(name: &str) -> Self {
        let mut letters = Letters { counts: [0; 128], length: name.len() };
        for byte in name.bytes() {
            if let Some(count) = letters.counts.get_mut(place(byte)) {
                *count = count.saturating_add(1);
            }
        }
        letters
    }

    /// Whether more letters than the limit are missing or too many, wherever they stand.
    fn are_far_from(&self, candidate: &str, limit: usize) -> bool {
        if candidate.len().abs_diff(self.length) > limit {
            return true;
        }
        let mut counts = self.counts;
        let mut new = 0;
        for byte in candidate.bytes() {
            match counts.get_mut(place(byte)) {
                Some(count) if *count > 0 => *count -= 1,
                _ => new += 1,
            }
            if new > limit {
                return true;
            }
        }
        self.length + new > candidate.len() + limit
    }
}

fn place(byte: u8) -> usize {
    usize::from(byte.to_ascii_lowercase() & 127)
}

/// How many changes make one text the other, if they are no more than the limit. No letter is changed twice (the
/// "optimal string alignment" form of the Damerau-Levenshtein distance).
fn distance(a: &[u8], b: &[u8], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let at = |row: &[usize], i: usize| row.get(i).copied().unwrap_or(usize::MAX / 2);
    let is_same = |x: Option<&u8>, y: Option<&u8>| match (x, y) {
        (Some(x), Some(y)) => x.eq_ignore_ascii_case(y),
        _ => false,
    };
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, other) in b.iter().enumerate() {
            let changed = at(&above, j) + usize::from(!letter.eq_ignore_ascii_case(other));
            let mut least = changed.min(at(&above, j + 1) + 1).min(at(&row, j) + 1);
            if i > 0
                && j > 0
                && is_same(a.get(i - 1), Some(other))
                && is_same(b.get(j - 1), Some(letter))
            {
                least = least.min(at(&before, j - 1) + 1);
            }
            row.push(least);
        }
        // A swap looks back two rows, so one bad row is not yet the end.
        if above.iter().chain(&row).all(|count| *count > limit) {
            return None;
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|count| *count <= limit)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest, Letters};

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
                assert!(!Letters::of(a).are_far_from(b, expected), "{a} {b}");
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
