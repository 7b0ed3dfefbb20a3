//! Texts of a policy in which wildcards, policy variables and escapes may stand.

use std::borrow::Cow;

use super::key_table::{KeyId, KeyTable};
use super::truth::{Keys, Truth};
use super::view::{State, View};
use crate::aws::{matches_glob, matches_glob_chars, variables, GlobChar};

/// A text of a policy, read once.
#[derive(Debug)]
pub(super) enum Pattern<'p> {
    /// Stands for itself.
    Exact(Cow<'p, str>),
    /// Has wildcards and nothing else that is special.
    Glob(Cow<'p, str>),
    /// Has variables or escapes.
    Template(Vec<Piece>),
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Char(GlobChar),
    Variable { key: KeyId, default: Option<String> },
}

/// What a template is for one request.
pub(super) enum Expanded {
    Chars(Vec<GlobChar>),
    /// A variable has no value.
    NoValue,
    /// A variable has a value that is not known.
    Unknown,
}

impl<'p> Pattern<'p> {
    /// `has_wildcards` says whether `*` and `?` are special, `has_variables` whether `${` is.
    pub fn new(
        text: &'p str,
        has_wildcards: bool,
        has_variables: bool,
        keys: &mut KeyTable<'p>,
    ) -> Self {
        if has_variables && text.contains("${") {
            let pieces = pieces(text, has_wildcards, keys);
            if pieces.iter().any(|piece| matches!(piece, Piece::Variable { .. })) {
                return Pattern::Template(pieces);
            }
            if has_wildcards || variables(text).any(|variable| variable.is_escape()) {
                return Pattern::Template(pieces);
            }
        }
        match has_wildcards && text.contains(['*', '?']) {
            true => Pattern::Glob(text.into()),
            false => Pattern::Exact(text.into()),
        }
    }

    /// Whether the text matches; the keys that are not known and decide it are put to the others.
    pub fn matches(&self, text: &str, view: &View, keys: &mut Keys) -> Truth {
        match self {
            Pattern::Exact(exact) => Truth::from(exact.as_ref() == text),
            Pattern::Glob(glob) => Truth::from(matches_glob(glob, text)),
            Pattern::Template(pieces) => match expand(pieces, text.len(), view, keys) {
                Expanded::Chars(chars) => Truth::from(matches_glob_chars(&chars, text)),
                Expanded::NoValue => Truth::False,
                Expanded::Unknown => Truth::Unknown,
            },
        }
    }

    /// The pattern for one request, character by character; of one that is too long for a text of so many bytes, only
    /// as much as shows that.
    pub fn expand(&self, longest: usize, view: &View, keys: &mut Keys) -> Expanded {
        match self {
            Pattern::Exact(text) => Expanded::Chars(text.chars().map(GlobChar::Literal).collect()),
            Pattern::Glob(text) => Expanded::Chars(text.chars().map(GlobChar::of).collect()),
            Pattern::Template(pieces) => expand(pieces, longest, view, keys),
        }
    }

    /// The keys of the variables.
    pub fn variable_keys(&self) -> impl Iterator<Item = KeyId> + '_ {
        let pieces = match self {
            Pattern::Template(pieces) => pieces.as_slice(),
            _ => &[],
        };
        pieces.iter().filter_map(|piece| match piece {
            Piece::Variable { key, .. } => Some(*key),
            Piece::Char(_) => None,
        })
    }
}

fn expand(pieces: &[Piece], longest: usize, view: &View, keys: &mut Keys) -> Expanded {
    let mut chars: Vec<GlobChar> = Vec::with_capacity(pieces.len());
    // All that a variable inserts has to stand in the text, so that a pattern with more of it fits none.
    let mut inserted = 0;
    let mut insert = |chars: &mut Vec<GlobChar>, value: &str| {
        if inserted <= longest {
            inserted += value.len();
            chars.extend(value.chars().map(GlobChar::Literal));
        }
    };
    let (mut has_no_value, mut is_unknown) = (false, false);
    for piece in pieces {
        match piece {
            Piece::Char(c) => chars.push(*c),
            Piece::Variable { key, default } => match (view.get(*key), default) {
                ((State::One(value), _), _) => insert(&mut chars, value),
                ((State::Absent, _), Some(default)) => insert(&mut chars, default),
                ((state, _), _) if state.is_open() => {
                    keys.insert(*key);
                    is_unknown = true;
                }
                _ => has_no_value = true,
            },
        }
    }
    match (has_no_value, is_unknown) {
        // One variable without a value settles it, whatever the others are.
        (true, _) => Expanded::NoValue,
        (false, true) => Expanded::Unknown,
        (false, false) => Expanded::Chars(chars),
    }
}

fn pieces<'p>(text: &'p str, has_wildcards: bool, keys: &mut KeyTable<'p>) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len());
    let mut at = 0;
    let of_char = |c| if has_wildcards { GlobChar::of(c) } else { GlobChar::Literal(c) };
    for variable in variables(text).filter(|variable| variable.is_well_formed()) {
        let before = text.get(at..variable.range.start).unwrap_or_default();
        pieces.extend(before.chars().map(of_char).map(Piece::Char));
        match variable.inside.filter(|_| variable.is_escape()) {
            Some(escaped) => {
                pieces.extend(escaped.chars().map(GlobChar::Literal).map(Piece::Char));
            }
            None => pieces.push(Piece::Variable {
                key: keys.number(variable.name()),
                default: variable.default().and_then(unquoted).map(str::to_owned),
            }),
        }
        at = variable.range.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    pieces.extend(rest.chars().map(of_char).map(Piece::Char));
    pieces
}

/// A default stands in single quotes; without them it is none.
fn unquoted(default: &str) -> Option<&str> {
    default.trim().strip_prefix('\'')?.strip_suffix('\'')
}
