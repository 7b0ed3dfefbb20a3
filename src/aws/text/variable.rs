//! Policy variables: `${aws:username}`, with a default `${aws:username, 'nobody'}`, and the escapes `${*}`.
//!
//! Source: the IAM JSON policy reference, "Variables and tags", read 2026-11. Only documents of version 2012-10-17
//! have variables; elsewhere `${` is text.

use std::ops::Range;

/// A piece of a text that begins with `${`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable<'a> {
    /// Bytes from `$` to after `}`; when it has no end, up to the next `${` or the end of the text.
    pub range: Range<usize>,
    /// What stands between the braces; `None` when the closing one is missing.
    pub inside: Option<&'a str>,
}

impl<'a> Variable<'a> {
    /// What stands before the first comma, as written; empty when there is no closing brace.
    pub fn name(&self) -> &'a str {
        let inside = self.inside.unwrap_or_default();
        inside.split_once(',').map_or(inside, |(name, _)| name)
    }

    /// What stands after the first comma, as written.
    pub fn default(&self) -> Option<&'a str> {
        self.inside?.split_once(',').map(|(_, default)| default)
    }

    /// Whether it stands for `*`, `?` or `$` itself.
    pub fn is_escape(&self) -> bool {
        matches!(self.inside, Some("*" | "?" | "$"))
    }

    /// Whether it has a closing brace and a name, or is an escape.
    pub fn is_well_formed(&self) -> bool {
        !self.name().trim().is_empty()
    }
}

/// The variables of a text, from left to right.
pub fn variables(text: &str) -> impl Iterator<Item = Variable<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = opening(text, at)?;
        let rest = text.get(start + 2..)?;
        // Only up to the next one: looking further, again and again, would take quadratic time.
        let next = opening(rest, 0).unwrap_or(rest.len());
        let (length, inside) = match rest.get(..next)?.find('}') {
            Some(closing) => (closing + 1, rest.get(..closing)),
            None => (next, None),
        };
        at = start + 2 + length;
        Some(Variable { range: start..at, inside })
    })
}

/// Where the next `${` is.
fn opening(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == b'$')?;
        if bytes.get(at + 1) == Some(&b'{') {
            return Some(at);
        }
        at += 1;
    }
}

/// The text with each variable and escape taken out: what is left is literal but for `*` and `?`.
pub fn without_variables(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for variable in variables(text) {
        out.push_str(text.get(at..variable.range.start).unwrap_or_default());
        at = variable.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Where the character is for the first time outside of variables: a slash in one separates nothing.
pub fn find_outside_variables(text: &str, wanted: char) -> Option<usize> {
    let mut at = 0;
    for variable in variables(text) {
        if let Some(found) = text.get(at..variable.range.start)?.find(wanted) {
            return Some(at + found);
        }
        at = variable.range.end;
    }
    Some(at + text.get(at..)?.find(wanted)?)
}

#[cfg(test)]
mod tests {
    use super::{find_outside_variables, variables, without_variables};

    #[test]
    fn what_stands_in_a_variable_is_passed_over() {
        for (text, expected) in [
            ("a/b", Some(1)),
            ("${aws:PrincipalTag/a}/b", Some(21)),
            ("x${a/b}${c/d}", None),
            ("x/${a/b}", Some(1)),
            ("${a/b", None),
            ("", None),
        ] {
            assert_eq!(find_outside_variables(text, '/'), expected, "{text}");
        }
    }

    #[test]
    fn variables_are_found_with_or_without_an_end() {
        let cases: [(&str, &[Option<&str>]); 8] = [
            ("plain $ { }", &[]),
            ("a${b}c", &[Some("b")]),
            ("${aws:username, 'x'}${*}", &[Some("aws:username, 'x'"), Some("*")]),
            ("${}", &[Some("")]),
            ("${a", &[None]),
            ("${a${b}", &[None, Some("b")]),
            ("${a}}", &[Some("a")]),
            ("$${a}", &[Some("a")]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = variables(text).map(|variable| variable.inside).collect();
            assert_eq!(found, expected, "{text}");
            for variable in variables(text) {
                let piece = text.get(variable.range.clone());
                assert!(piece.is_some_and(|piece| piece.starts_with("${")), "{text}");
            }
        }
        assert_eq!(without_variables("a${b}c${d"), "ac");
    }

    #[test]
    fn many_open_braces_take_linear_time() {
        let text = "${".repeat(200_000);
        assert_eq!(variables(&text).count(), 200_000);
    }
}
