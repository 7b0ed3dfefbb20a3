//! Changes to a text: edits, fixes, and their application.

use std::collections::BTreeMap;

use crate::sort::sort;
use crate::text::Span;

/// The replacement of a span by a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes; empty for an insertion.
    pub span: Span,
    /// What comes.
    pub text: String,
}

/// Whether a fix may change what a policy allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// Every request is decided as before, or the document was refused before.
    Safe,
    /// The meaning may change: a person should look.
    Unsafe,
}

impl Applicability {
    /// The word on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        }
    }
}

/// One way to mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for people: begins with a verb, no full stop.
    pub title: String,
    /// Whether it may change what the policy allows.
    pub applicability: Applicability,
    /// The changes, in order of their place, none over another.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that leaves every decision as it is.
    pub fn safe(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self::new(title, Applicability::Safe, edits)
    }

    /// A fix that may change a decision.
    pub fn unsafe_(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self::new(title, Applicability::Unsafe, edits)
    }

    fn new(
        title: impl Into<String>,
        applicability: Applicability,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        let mut edits: Vec<_> = edits.into_iter().collect();
        sort(&mut edits);
        Fix { title: title.into(), applicability, edits }
    }
}

impl Edit {
    /// Puts a text in the place of a span.
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Edit { span, text: text.into() }
    }

    /// Takes a span away.
    pub fn remove(span: Span) -> Self {
        Edit { span, text: String::new() }
    }

    /// Puts a text before the byte at `offset`.
    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Edit { span: Span::new(offset, offset), text: text.into() }
    }
}

/// The edits of the fixes that fit together, in order of their place.
///
/// A fix is applied whole or not at all: one of whose edits overlaps, or is not on character boundaries of the text,
/// is left out. Of two that overlap the first in the list wins.
pub fn fitting<'e>(text: &str, fixes: &[&'e [Edit]]) -> Vec<&'e Edit> {
    // By place. None overlaps another, so that their ends are in order, too.
    let mut taken: BTreeMap<(usize, usize), &'e Edit> = BTreeMap::new();
    for edits in fixes {
        let mut sorted: Vec<&'e Edit> = edits.iter().collect();
        sort(&mut sorted);
        // If any two overlap, so do two neighbours.
        let is_consistent =
            sorted.iter().zip(sorted.iter().skip(1)).all(|(edit, next)| !overlap(edit, next));
        let fits = |edit: &&Edit| {
            let (start, end) = (edit.span.start, edit.span.end);
            // Of those that begin before its end, the last reaches furthest.
            let before = taken.range(..(end, 0)).next_back();
            text.get(start..end).is_some()
                && !taken.contains_key(&(start, end))
                && !before.is_some_and(|(_, other)| overlap(other, edit))
        };
        // A fix that is there already, to the letter, is no conflict and no second change.
        if is_consistent && sorted.iter().all(fits) {
            taken.extend(sorted.into_iter().map(|edit| ((edit.span.start, edit.span.end), edit)));
        }
    }
    taken.into_values().collect()
}

/// The text after all edits of the fixes that fit together.
pub fn apply(text: &str, fixes: &[&[Edit]]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in fitting(text, fixes) {
        out.push_str(text.get(at..edit.span.start).unwrap_or_default());
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Two spans that share a byte overlap; so do two insertions at one place, whose order nobody could know, and an
/// insertion inside what goes.
fn overlap(a: &Edit, b: &Edit) -> bool {
    let (a, b) = (a.span, b.span);
    a == b || (a.start < b.end && b.start < a.end)
}

#[cfg(test)]
mod tests {
    use super::{apply, Edit};
    use crate::text::Span;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit::replace(Span::new(start, end), text)
    }

    #[test]
    fn fixes_that_overlap_are_left_out_whole() {
        let first = [edit(0, 1, "A"), edit(2, 3, "C")];
        let second = [edit(1, 2, "B"), edit(2, 4, "X")];
        let third = [edit(3, 4, "D")];
        assert_eq!(apply("abcd", &[&first, &second, &third]), "AbCD");
        assert_eq!(apply("abcd", &[&second, &first]), "aBX");
    }

    #[test]
    fn edits_off_the_text_or_inside_a_character_do_nothing() {
        assert_eq!(apply("\u{e9}", &[&[edit(1, 2, "x")]]), "\u{e9}");
        assert_eq!(apply("a", &[&[edit(0, 5, "x")]]), "a");
        assert_eq!(apply("a", &[&[edit(1, 0, "x")]]), "a");
    }

    #[test]
    fn insertions_stand_beside_replacements_but_not_at_one_place() {
        assert_eq!(apply("ab", &[&[edit(1, 1, "-")], &[edit(1, 2, "B")]]), "a-B");
        assert_eq!(apply("ab", &[&[edit(1, 1, "-")], &[edit(1, 1, "+")]]), "a-b");
    }

    #[test]
    fn what_overlaps_is_found_at_any_distance() {
        // As the definition has it: each fix against all that were taken, edit by edit.
        let slow = |fixes: &[&[super::Edit]]| {
            let mut taken: Vec<super::Edit> = Vec::new();
            for edits in fixes {
                let meets = |edit: &super::Edit, others: &[super::Edit]| {
                    others.iter().any(|other| super::overlap(other, edit))
                };
                let apart = (0..edits.len()).all(|i| !meets(&edits[i], &edits[i + 1..]));
                if apart && !edits.iter().any(|edit| meets(edit, &taken)) {
                    taken.extend(edits.iter().cloned());
                }
            }
            let taken: Vec<_> = taken.iter().map(std::slice::from_ref).collect();
            taken.iter().map(|edits| edits[0].clone()).collect::<std::collections::BTreeSet<_>>()
        };
        let spans: Vec<(usize, usize)> =
            (0..5).flat_map(|start| (start..5).map(move |end| (start, end))).collect();
        let edits: Vec<_> = spans.iter().map(|(start, end)| edit(*start, *end, "x")).collect();
        for (i, a) in edits.iter().enumerate() {
            for b in &edits {
                for c in &edits[i..] {
                    let pair = [a.clone(), b.clone()];
                    let single = [c.clone()];
                    for fixes in [[&pair[..], &single], [&single, &pair[..]]] {
                        let expected: Vec<_> = slow(&fixes).into_iter().collect();
                        let one_by_one: Vec<_> =
                            expected.iter().map(std::slice::from_ref).collect();
                        assert_eq!(apply("abcd", &fixes), apply("abcd", &one_by_one), "{fixes:?}");
                    }
                }
            }
        }
    }
}
