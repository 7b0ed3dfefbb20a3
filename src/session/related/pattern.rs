//! Regular expressions for the values of parameters: whether a value that matches means nothing to a shell.

use std::iter::Peekable;
use std::str::Chars;

/// Whether the expression surely holds for the value as a whole, and lets nothing through but letters, digits and signs
/// that mean nothing to a shell. What is not understood is not sure.
pub(super) fn is_restrictive(pattern: &str) -> bool {
    let body = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    let Some(mut rest) = body.map(|body| body.chars().peekable()) else { return false };
    let mut depth = 0_usize;
    while let Some(c) = rest.next() {
        let is_understood = match c {
            '\\' => is_harmless_escape(rest.next()),
            '[' => is_harmless_class(&mut rest),
            '(' => {
                depth += 1;
                // Other groups with a question mark look around, or change what follows.
                rest.next_if_eq(&'?').is_none() || rest.next() == Some(':')
            }
            ')' if depth > 0 => {
                depth -= 1;
                true
            }
            // Outside of a group each side would have one of the anchors alone.
            '|' => depth > 0,
            '*' | '+' | '?' => true,
            '{' => is_repetition(&mut rest),
            // Any character.
            '.' => false,
            c => is_harmless(c),
        };
        if !is_understood {
            return false;
        }
    }
    depth == 0
}

/// What a shell takes as it is, outside of quotation marks too.
fn is_harmless(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_-./:,@+=".contains(c)
}

/// What stands behind a backslash: a digit, a character of words, or a sign that means itself.
fn is_harmless_escape(c: Option<char>) -> bool {
    c.is_some_and(|c| matches!(c, 'd' | 'w') || !c.is_ascii_alphanumeric() && is_harmless(c))
}

/// What stands in brackets, behind the first.
fn is_harmless_class(rest: &mut Peekable<Chars>) -> bool {
    // With what a range may begin.
    let mut last = None;
    let mut is_empty = true;
    while let Some(c) = rest.next() {
        match c {
            ']' => return !is_empty,
            '\\' if is_harmless_escape(rest.next()) => last = None,
            '-' if last.is_some() && rest.peek().is_some_and(|next| *next != ']') => {
                if !is_harmless_range(last, rest.next()) {
                    return false;
                }
                last = None;
            }
            c if is_harmless(c) => last = Some(c),
            _ => return false,
        }
        is_empty = false;
    }
    false
}

/// Between letters of one case, or digits, there is nothing else.
fn is_harmless_range(from: Option<char>, to: Option<char>) -> bool {
    let (Some(from), Some(to)) = (from, to) else { return false };
    let is_of = |kind: fn(&char) -> bool| kind(&from) && kind(&to);
    from <= to
        && (is_of(char::is_ascii_lowercase)
            || is_of(char::is_ascii_uppercase)
            || is_of(char::is_ascii_digit))
}

/// `{2,5}`, behind the first brace.
fn is_repetition(rest: &mut Peekable<Chars>) -> bool {
    for c in rest {
        if c == '}' {
            return true;
        }
        if !(c.is_ascii_digit() || c == ',') {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_restrictive;

    #[test]
    fn patterns_that_bind_the_whole_value_to_harmless_signs_are_restrictive() {
        for pattern in [
            "^[a-z]+$",
            "^[A-Za-z0-9_.-]+$",
            r"^[\w.-]{1,64}$",
            r"^\d{4}-\d\d?$",
            "^(info|warn)$",
            "^(?:a|b(c|d)*)+$",
            r"^/var/log/[a-z]+\.log$",
            "^$",
            "^i-[0-9a-f]{8,17}$",
            "^[-a]$",
            "^[a-]$",
        ] {
            assert!(is_restrictive(pattern), "{pattern}");
        }
    }

    #[test]
    fn what_lets_signs_of_shells_through_or_is_not_understood_is_not() {
        for pattern in [
            "",
            "^",
            "[a-z]+",
            "^[a-z]+",
            "[a-z]+$",
            "^.*$",
            "^.+$",
            "^(.*)$",
            r"^\S+$",
            r"^\D$",
            "^[^;]*$",
            "^a|b$",
            "^a$|^b$",
            "^(a|b$",
            "^a)$",
            "^[a-z ]+$",
            r"^[\s\w]+$",
            "^[A-z]+$",
            "^[+-z]+$",
            "^[a-z;]+$",
            "^[a-z&&[^b]]+$",
            "^[]$",
            "^[]a]$",
            "^[a$",
            "^(?i)a$",
            "^(?!x)a$",
            r"^a\$",
            r"^\x3b$",
            r"^\u003b$",
            "^a{1$",
            "^a{b}$",
            "^`a`$",
            "^\u{e9}$",
            "^^a$$",
        ] {
            assert!(!is_restrictive(pattern), "{pattern}");
        }
    }
}
