//! Which entries of a list say no more than another entry of it.
//!
//! It is decided by the texts alone, pattern against pattern, as IAM Access Analyzer was seen to do: `*` stands for
//! any piece of the other text, its wildcards included; `?` for one character that is not `*`; all else for itself.
//! A policy variable is one piece that only itself and `*` stand for. Two entries together stand for no third.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::aws::{fingerprint, ignoring_case, literal_start, matches_wildcards, variables};
use crate::sort::{sort, sort_by};

/// An entry, and the others that it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cover {
    /// The number of the entry; the first of those that say the same.
    pub by: usize,
    /// The numbers of the others, in order.
    pub covered: Vec<usize>,
}

/// An entry that more patterns than this stand for is named with the first of them only; otherwise the answer for a
/// short list could be as long as its square.
const MOST_COVERS: u8 = 8;

/// How many characters are compared for one list. Lists of this world need a twentieth of it; in a list made to need
/// more, what is left is not compared.
const MOST_STEPS: usize = 500_000;

/// So many patterns are passed over in the time of one comparison of characters.
const PASSED_OVER_A_STEP: usize = 16;

/// Each entry that others repeat or fall under, unless it falls under another itself; in the order of the entries,
/// which come with their numbers.
pub(super) fn covered_entries(entries: Vec<(usize, &str)>, ignore_case: bool) -> Vec<Cover> {
    let in_company = with_company(entries, ignore_case);
    if in_company.is_empty() {
        return Vec::new();
    }
    let patterns = distinct(&in_company, ignore_case);
    let triples: Vec<[u64; 2]> = patterns.iter().map(|p| triples(&p.symbols)).collect();
    // The broadest first: what falls under another comes after it, and need not be looked at.
    let breadths: Vec<_> = patterns.iter().map(Pattern::breadth).collect();
    let mut order: Vec<(usize, &Pattern)> = patterns.iter().enumerate().collect();
    sort_by(&mut order, &|(a, _), (b, _)| breadths.get(*a).cmp(&breadths.get(*b)));
    let mut times_covered = vec![0_u8; patterns.len()];
    let mut steps_left = MOST_STEPS;
    let mut found = Vec::new();
    for (i, pattern) in order {
        if times_covered.get(i).is_none_or(|times| *times > 0) {
            continue;
        }
        let mut entries = pattern.entries.clone();
        let range = match steps_left {
            0 => 0..0,
            _ => pattern.range_of_prefix(&patterns),
        };
        steps_left = steps_left.saturating_sub(range.len() / PASSED_OVER_A_STEP);
        let [low, high] = triples.get(i).copied().unwrap_or_default();
        let has_needed = |[l, h]: &[u64; 2]| low & !l == 0 && high & !h == 0;
        let in_range = triples.get(range.clone()).unwrap_or_default();
        for (j, _) in range.zip(in_range).filter(|(_, has)| has_needed(has)) {
            let (Some(other), Some(times)) = (patterns.get(j), times_covered.get_mut(j)) else {
                continue;
            };
            if j != i && *times < MOST_COVERS && pattern.stands_for(other, &mut steps_left) {
                *times += 1;
                entries.extend(&other.entries);
            }
        }
        let mut covered = entries.split_off(1.min(entries.len()));
        sort(&mut covered);
        if let (Some(by), false) = (entries.pop(), covered.is_empty()) {
            found.push(Cover { by, covered });
        }
    }
    sort_by(&mut found, &|a, b| a.by.cmp(&b.by));
    found
}

/// The entries that may stand for another or fall under one, with their numbers: patterns, what begins as one does up
/// to its first wildcard, and what is there twice. In most lists these are few or none.
fn with_company(mut sorted: Vec<(usize, &str)>, ignore_case: bool) -> Vec<(usize, &str)> {
    let compare = |a: &[u8], b: &[u8]| match ignore_case {
        true => ignoring_case(a, b),
        false => a.cmp(b),
    };
    sort_by(&mut sorted, &|(_, a), (_, b)| compare(a.as_bytes(), b.as_bytes()));
    let mut ranges: Vec<Range<usize>> = Vec::new();
    // Where the last range ends, and the length of what all in it begin with.
    let (mut taken, mut length_taken) = (0, 0);
    for (at, (_, text)) in sorted.iter().enumerate() {
        let neighbours = [at.checked_sub(1), Some(at + 1)].map(|at| sorted.get(at?));
        let Some(prefix) = literal_start(text) else {
            let [_, after] = neighbours;
            if after.is_some_and(|(_, after)| is_same(after, text, ignore_case)) {
                ranges.push(at..at + 2);
            }
            continue;
        };
        // Those that begin alike stand side by side.
        let begins = |(_, other): &&(usize, &str)| {
            other.get(..prefix.len()).is_some_and(|start| is_same(start, prefix, ignore_case))
        };
        let is_taken = at < taken && length_taken <= prefix.len();
        if is_taken || !neighbours.iter().flatten().any(begins) {
            continue;
        }
        let order = |other: &str| {
            let other = other.as_bytes();
            compare(other.get(..prefix.len()).unwrap_or(other), prefix.as_bytes())
        };
        let start = sorted.partition_point(|(_, other)| order(other).is_lt());
        let end = sorted.partition_point(|(_, other)| order(other).is_le());
        ranges.push(start..end);
        (taken, length_taken) = (end, prefix.len());
    }
    sort_by(&mut ranges, &|a, b| a.start.cmp(&b.start));
    let (mut found, mut taken) = (Vec::new(), 0);
    for range in ranges {
        let some = sorted.get(range.start.max(taken)..range.end.max(taken));
        found.extend_from_slice(some.unwrap_or_default());
        taken = taken.max(range.end);
    }
    sort(&mut found);
    found
}

fn is_same(a: &str, b: &str, ignore_case: bool) -> bool {
    match ignore_case {
        true => a.eq_ignore_ascii_case(b),
        false => a == b,
    }
}

/// A character, a wildcard or a policy variable.
type Symbol = u32;
const STAR: Symbol = char::MAX as u32 + 1;
const ANY: Symbol = STAR + 1;
const FIRST_VARIABLE: Symbol = ANY + 1;

fn is_wildcard(symbol: Symbol) -> bool {
    matches!(symbol, STAR | ANY)
}

/// What one or more entries say.
struct Pattern {
    symbols: Vec<Symbol>,
    /// The numbers of the entries, in order.
    entries: Vec<usize>,
}

impl Pattern {
    /// The less, the more it may stand for: one that stands for another has fewer symbols but for stars, or as many
    /// and fewer characters, or as many and more stars.
    fn breadth(&self) -> (usize, usize, Reverse<usize>) {
        let (mut stars, mut characters) = (0, 0);
        for symbol in &self.symbols {
            stars += usize::from(*symbol == STAR);
            characters += usize::from(!is_wildcard(*symbol));
        }
        (self.symbols.len() - stars, characters, Reverse(stars))
    }

    /// Where in a sorted list those are that begin as this does up to its first wildcard: no other falls under it.
    fn range_of_prefix(&self, sorted: &[Pattern]) -> Range<usize> {
        let length = self.symbols.iter().position(|s| is_wildcard(*s));
        let Some(prefix) = length.and_then(|length| self.symbols.get(..length)) else {
            return 0..0;
        };
        let start = sorted.partition_point(|other| other.symbols.as_slice() < prefix);
        let end = sorted.partition_point(|other| {
            other.symbols.as_slice() < prefix || other.symbols.starts_with(prefix)
        });
        start..end
    }

    /// Whether it stands for all of the other; `false` when the steps are used up.
    fn stands_for(&self, other: &Pattern, steps_left: &mut usize) -> bool {
        let fits = |step: &&Symbol, symbol: &&Symbol| {
            let Some(left) = steps_left.checked_sub(1) else { return false };
            *steps_left = left;
            match **step {
                ANY => **symbol != STAR && **symbol < FIRST_VARIABLE,
                step => step == **symbol,
            }
        };
        matches_wildcards(self.symbols.iter(), other.symbols.iter(), |step| **step == STAR, fits)
    }
}

/// What the entries say, sorted, each thing once.
fn distinct(texts: &[(usize, &str)], ignore_case: bool) -> Vec<Pattern> {
    let mut names = BTreeMap::new();
    let mut sorted: Vec<(Vec<Symbol>, usize)> = texts
        .iter()
        .map(|(i, text)| match ignore_case {
            true => (symbols(&text.to_ascii_lowercase(), &mut names), *i),
            false => (symbols(text, &mut names), *i),
        })
        .collect();
    sort(&mut sorted);
    let mut patterns: Vec<Pattern> = Vec::new();
    for (symbols, i) in sorted {
        match patterns.last_mut() {
            Some(last) if last.symbols == symbols => last.entries.push(i),
            _ => patterns.push(Pattern { symbols, entries: vec![i] }),
        }
    }
    patterns
}

/// The text in pieces; `names` gives each variable a number. Two stars in a row are one.
fn symbols(text: &str, names: &mut BTreeMap<String, Symbol>) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::with_capacity(text.len());
    let read = |piece: &str, symbols: &mut Vec<Symbol>| {
        for c in piece.chars() {
            match c {
                '*' if symbols.last() == Some(&STAR) => {}
                '*' => symbols.push(STAR),
                '?' => symbols.push(ANY),
                c => symbols.push(u32::from(c)),
            }
        }
    };
    let mut at = 0;
    for variable in variables(text).filter(|variable| variable.inside.is_some()) {
        read(text.get(at..variable.range.start).unwrap_or_default(), &mut symbols);
        let name = text.get(variable.range.clone()).unwrap_or_default();
        let next = FIRST_VARIABLE.saturating_add(u32::try_from(names.len()).unwrap_or(u32::MAX));
        symbols.push(*names.entry(name.to_owned()).or_insert(next));
        at = variable.range.end;
    }
    read(text.get(at..).unwrap_or_default(), &mut symbols);
    symbols
}

/// A bit for each three neighbours without a wildcard: what lacks one of them does not fall under what has it.
fn triples(symbols: &[Symbol]) -> [u64; 2] {
    let [mut low, mut high] = [0; 2];
    for triple in symbols.windows(3) {
        if !triple.iter().any(|symbol| is_wildcard(*symbol)) {
            let mixed = triple.iter().copied().fold(0, fingerprint);
            // Of 128 bits.
            match mixed >> 25 {
                bit @ 0..64 => low |= 1 << bit,
                bit => high |= 1 << (bit - 64),
            }
        }
    }
    [low, high]
}

#[cfg(test)]
mod tests {
    use super::{covered_entries, Cover};

    fn covers(texts: &[&str], ignore_case: bool) -> Vec<(usize, Vec<usize>)> {
        let entries = texts.iter().copied().enumerate().collect();
        let found = covered_entries(entries, ignore_case);
        found.into_iter().map(|Cover { by, covered }| (by, covered)).collect()
    }

    #[test]
    fn one_pattern_stands_for_another_or_not() {
        for (pattern, other, expected) in [
            ("*", "", true),
            ("*", "a", true),
            ("*", "a*?", true),
            ("a*", "a", true),
            ("a*", "a?b*", true),
            ("a*", "b", false),
            ("a?", "ab", true),
            ("a?", "a*", false),
            ("a?", "a", false),
            ("?*", "a", true),
            ("?*", "*?", false),
            ("*?", "?*", false),
            ("a*c", "abc*c", true),
            ("a*c", "abc*", false),
            ("*b*", "aba", true),
            ("*ab*cd", "xabab*cdcd", true),
            ("arn:aws:s3:::b*", "arn:aws:s3:::b*/*", true),
            ("arn:aws:s3:::b", "arn:aws:s3:::b/*", false),
            ("b/*", "b/${aws:username}/x", true),
            ("b/${aws:username}*", "b/${aws:username}/*", true),
            ("b/${*}", "b/x", false),
            ("b/*", "b/${*}", true),
            ("b/?", "b/${*}", false),
            ("b/?{a}", "b/${a}", false),
            ("b/*:username}", "b/${aws:username}", false),
            ("b/${a*", "b/${abc", true),
            ("A*", "ab", false),
            ("\u{e9}?", "\u{e9}\u{1F600}", true),
        ] {
            let found = covers(&[pattern, other], false);
            let does = found.contains(&(0, vec![1]));
            assert_eq!(does, expected, "{pattern} over {other}");
        }
    }

    #[test]
    fn groups_have_the_broadest_entry_or_the_first_of_equals() {
        type Expected = &'static [(usize, &'static [usize])];
        let cases: [(&[&str], bool, Expected); 9] = [
            (&[], true, &[]),
            (&["a"], true, &[]),
            (&["a", "b", "A"], true, &[(0, &[2])]),
            (&["a", "b", "A"], false, &[]),
            (&["a*", "a**", "ab"], false, &[(0, &[1, 2])]),
            (&["ab", "a*", "ab", "*"], false, &[(3, &[0, 1, 2])]),
            (&["l:*", "k:D", "k:*", "l:P"], true, &[(0, &[3]), (2, &[1])]),
            // Neither of the two falls under the other; the third falls under both.
            (&["D*", "*I", "DI"], true, &[(0, &[2]), (1, &[2])]),
            (&["i:Get*", "i:List*", "i:*Report"], true, &[]),
        ];
        for (texts, ignore_case, expected) in cases {
            let expected: Vec<_> = expected.iter().map(|(by, c)| (*by, c.to_vec())).collect();
            assert_eq!(covers(texts, ignore_case), expected, "{texts:?}");
        }
    }

    #[test]
    fn the_answer_is_that_of_comparing_each_with_each() {
        // All short patterns of two letters and two wildcards.
        let mut texts = vec![String::new()];
        for length in 1..=3 {
            for number in 0..4_usize.pow(length) {
                let digit = |i| number / 4_usize.pow(i) % 4;
                texts.push((0..length).map(|i| ['a', 'b', '?', '*'][digit(i)]).collect());
            }
        }
        texts.retain(|text| !text.contains("**"));
        let covers_alone = |a: &str, b: &str| covers(&[a, b], false).iter().any(|(by, _)| *by == 0);
        for start in 0..texts.len() {
            let some: Vec<&str> =
                texts.iter().skip(start).step_by(7).take(12).map(String::as_str).collect();
            let found = covers(&some, false);
            for (i, pattern) in some.iter().enumerate() {
                let is_under_another =
                    some.iter().any(|other| other != pattern && covers_alone(other, pattern));
                let covered: Vec<usize> = (0..some.len())
                    .filter(|j| *j != i && covers_alone(pattern, some[*j]))
                    .collect();
                let wanted = (!is_under_another && !covered.is_empty()).then_some((i, covered));
                assert_eq!(
                    found.iter().find(|(by, _)| *by == i),
                    wanted.as_ref(),
                    "{pattern} in {some:?}"
                );
            }
        }
    }

    #[test]
    fn lists_made_to_be_slow_are_not() {
        let lists: [fn(usize) -> String; 6] = [
            |i| format!("arn:aws:s3:::bucket-{i}"),
            |i| format!("arn:aws:s3:::bucket-{i}/*"),
            |i| format!("arn:aws:s3:::*-{i}"),
            |i| format!("arn:aws:s3:::*bucket-{i}-logs*"),
            |i| {
                format!(
                    "*{}*",
                    (0..13)
                        .map(|bit| if i >> bit & 1 == 1 { "a?" } else { "?a" })
                        .collect::<String>()
                )
            },
            |i| {
                format!(
                    "*{}*",
                    (0..13)
                        .map(|bit| if i >> bit & 1 == 1 { "a" } else { "*b" })
                        .collect::<String>()
                )
            },
        ];
        for list in lists {
            let texts: Vec<String> = (0..5_000).map(list).collect();
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let covered: usize =
                covers(&texts, true).iter().map(|(_, covered)| covered.len()).sum();
            assert!(covered < 50_000, "{}", texts[0]);
        }
    }
}
