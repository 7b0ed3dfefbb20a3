//! Objects as Python prints them, in single quotation marks and with names of its own for values.

use super::decode::Decoded;
use crate::json::DEPTH;

/// Whether a text is an object of which the first key stands in single quotation marks.
pub(super) fn begins(text: &str) -> bool {
    let inside = text.strip_prefix(['{', '[']).map(str::trim_start);
    let inside = inside.map(|inside| inside.strip_prefix('{').unwrap_or(inside).trim_start());
    inside.is_some_and(|inside| {
        let key = inside.strip_prefix('\'').and_then(|rest| rest.split_once('\''));
        key.is_some_and(|(key, rest)| key.len() < LONGEST_KEY && rest.trim_start().starts_with(':'))
    })
}

/// No key of a policy is longer.
const LONGEST_KEY: usize = 100;

/// The same object as JSON, and how many bytes of the text it takes; `None` where it has no end. Characters are taken off
/// what may be looked at, beyond which it has none.
pub(super) fn as_json(here: &Decoded, left: &mut usize) -> Option<(Decoded<'static>, usize)> {
    let text = here.text();
    let (mut meant, mut from) = (String::new(), Vec::new());
    let (mut depth, mut quote, mut calls) = (0_usize, None, 0_usize);
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        *left = left.checked_sub(1)?;
        let mut put = |one: &str| {
            // Of a call, such as `datetime(2026, 1, 1)`, nothing is kept but that it stands there.
            if calls == 0 {
                meant.push_str(one);
                from.extend(std::iter::repeat_n(at, one.len()));
            }
        };
        let mut bytes = [0; 4];
        let written: &str = c.encode_utf8(&mut bytes);
        match (quote, c) {
            (Some(_), '\\') => {
                let next = rest.next().map(|(_, next)| next);
                match next {
                    Some('\'') => put("'"),
                    Some(next) => put(&format!("\\{next}")),
                    None => return None,
                }
            }
            (Some(open), _) if c == open => {
                put("\"");
                quote = None;
            }
            // Python writes breaks of lines as escapes.
            (Some(_), '\n') => return None,
            (Some(_), '"') => put("\\\""),
            (Some(_), _) => put(written),
            (None, '\'' | '"') => {
                put("\"");
                quote = Some(c);
            }
            (None, '(') => calls += 1,
            (None, ')') => calls = calls.checked_sub(1)?,
            (None, c) if c.is_ascii_alphabetic() => {
                let mut end = at + 1;
                let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
                while let Some((next, _)) = rest.next_if(|(_, next)| is_of_name(*next)) {
                    end = next + 1;
                }
                put(match text.get(at..end)? {
                    "True" | "true" => "true",
                    "False" | "false" => "false",
                    _ => "null",
                });
            }
            (None, '{' | '[') => {
                depth = Some(depth + 1).filter(|depth| *depth <= DEPTH)?;
                put(written);
            }
            (None, '}' | ']') => {
                put(written);
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    let meant = here.mapped(meant, from.into_iter())?;
                    return Some((meant, at + c.len_utf8()));
                }
            }
            (None, _) => put(written),
        }
    }
    None
}
