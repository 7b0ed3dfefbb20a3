//! What the pieces of a value are: plain text, wildcards and policy variables.

use super::variables;

/// A piece of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Characters that stand for themselves; in the place of an escape, the one that it stands for.
    Plain(String),
    /// One wildcard, or several in a row.
    Wildcards,
    /// A policy variable.
    Variable,
}

/// The pieces from left to right, no two plain ones and no two of wildcards beside each other. `${` is plain text in
/// a document that has no variables.
pub fn pieces(text: &str, has_variables: bool) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for variable in variables(text).filter(|variable| has_variables && variable.is_well_formed()) {
        push_pattern(&mut pieces, text.get(at..variable.range.start).unwrap_or_default());
        match variable.inside.filter(|_| variable.is_escape()) {
            Some(escaped) => push_plain(&mut pieces, escaped),
            None => pieces.push(Piece::Variable),
        }
        at = variable.range.end;
    }
    push_pattern(&mut pieces, text.get(at..).unwrap_or_default());
    pieces
}

fn push_pattern(pieces: &mut Vec<Piece>, text: &str) {
    for part in text.split_inclusive(['*', '?']) {
        let plain = part.strip_suffix(['*', '?']);
        push_plain(pieces, plain.unwrap_or(part));
        if plain.is_some() && pieces.last() != Some(&Piece::Wildcards) {
            pieces.push(Piece::Wildcards);
        }
    }
}

fn push_plain(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        Some(Piece::Plain(before)) => before.push_str(text),
        _ if text.is_empty() => {}
        _ => pieces.push(Piece::Plain(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{pieces, Piece};

    #[test]
    fn values_fall_into_pieces() {
        // Plain text as it stands, * for wildcards, $ for a variable.
        let written = |text, has_variables| {
            let pieces = pieces(text, has_variables);
            let words: Vec<String> = pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Plain(text) => text,
                    Piece::Wildcards => "*".to_owned(),
                    Piece::Variable => "$".to_owned(),
                })
                .collect();
            words.join("|")
        };
        for (text, expected) in [
            ("", ""),
            ("abc", "abc"),
            ("a*b", "a|*|b"),
            ("**?a", "*|a"),
            ("${aws:username}", "$"),
            ("a${x}${y}*", "a|$|$|*"),
            ("a${*}b", "a*b"),
            ("${?}${*}", "?*"),
            ("a${x", "a${x"),
            ("a${}b", "a${}b"),
            ("*${x}*", "*|$|*"),
        ] {
            assert_eq!(written(text, true), expected, "{text}");
        }
        assert_eq!(written("a${x}*", false), "a${x}|*");
    }
}
