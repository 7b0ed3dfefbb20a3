//! Objects as Python prints them, in single quotation marks and with names of its own for values, and as programs in
//! JavaScript have them, with keys and texts in other marks or none.

use super::decode::Decoded;
use crate::json::DEPTH;
use crate::text::Span;

/// Said of an object as Python prints it.
pub(super) const SINGLE: &str =
    "There are single quotation marks, as Python prints them, and IAM takes double ones alone. The text is read as if they \
     were.";

/// Said of one in JavaScript.
pub(super) const LITERAL: &str =
    "This is an object of JavaScript, and IAM takes JSON alone: each key and each text in double quotation marks. The text \
     is read as if it were.";

/// What a text is that begins as an object in another language than JSON, for people; `None` where it does not.
pub(super) fn begins(text: &str) -> Option<&'static str> {
    let inside = text.strip_prefix(['{', '['])?.trim_start();
    let inside = inside.strip_prefix('{').unwrap_or(inside).trim_start();
    if let Some(quoted) = inside.strip_prefix('\'') {
        let near = quoted.get(..LONGEST_KEY).unwrap_or(quoted);
        let (_, rest) = near.split_once('\'')?;
        return rest.trim_start().starts_with(':').then_some(SINGLE);
    }
    let key = KEYS.into_iter().find_map(|key| inside.strip_prefix(key))?;
    let value = key.trim_start().strip_prefix(':')?.trim_start();
    value.starts_with(['\'', '"', '`', '[', '{']).then_some(LITERAL)
}

/// Whether a text is such an object, and its first key one with which a policy begins.
pub(super) fn begins_as_policy(text: &str) -> bool {
    begins(text).is_some() && {
        let inside = text.trim_start_matches(|c: char| c.is_whitespace() || "{['".contains(c));
        KEYS.iter().any(|key| inside.starts_with(key))
    }
}

/// Keys with which a policy begins.
const KEYS: [&str; 3] = ["Version", "Statement", "Id"];

/// How many bytes an object takes that begins here, whatever stands in it: up to the bracket that closes it. What may be
/// looked at is as for [`as_json`].
pub(super) fn length(text: &str, left: &mut usize) -> usize {
    let (mut depth, mut quote, mut is_escaped) = (0_usize, None, false);
    for (at, c) in text.char_indices() {
        let Some(rest) = left.checked_sub(1) else { return at.max(1) };
        *left = rest;
        match (quote, c) {
            _ if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            // A text in single marks ends with its line, if not before: there it is an apostrophe.
            (Some(open), _) if c == open || c == '\n' && open != '`' => quote = None,
            (None, '\'' | '"' | '`') => quote = Some(c),
            (None, '{' | '[' | '(') => depth += 1,
            (None, '}' | ']' | ')') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + c.len_utf8();
                }
            }
            _ => {}
        }
    }
    text.len().max(1)
}

/// No key of a policy is longer.
const LONGEST_KEY: usize = 100;

/// The same object as JSON, and how many bytes of the text it takes; `None` where it has no end. Characters are taken off
/// what may be looked at, beyond which it has none.
pub(super) fn as_json(here: &Decoded, left: &mut usize) -> Option<(Decoded<'static>, usize)> {
    let text = here.text();
    let (mut meant, mut from) = (String::new(), Vec::new());
    let (mut depth, mut quote, mut calls) = (0_usize, None, 0_usize);
    let mut is_comment = false;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        *left = left.checked_sub(1)?;
        if is_comment {
            is_comment = c != '\n';
            continue;
        }
        // A comma behind the last is one too many for JSON.
        let ends = quote.is_none() && calls == 0 && matches!(c, '}' | ']');
        let last = if ends { meant.trim_end().len() } else { 0 };
        if meant.get(..last).is_some_and(|meant| meant.ends_with(',')) {
            meant.truncate(last - 1);
            from.truncate(last - 1);
        }
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
            // Both write breaks of lines as escapes; in backticks one would be part of the text.
            (Some(_), '\n') => return None,
            (Some(_), '"') => put("\\\""),
            (Some(_), _) => put(written),
            (None, '\'' | '"' | '`') => {
                put("\"");
                quote = Some(c);
            }
            (None, '#') => is_comment = true,
            (None, '/') if rest.peek().is_some_and(|(_, next)| *next == '/') => is_comment = true,
            (None, '(') => calls += 1,
            (None, ')') => calls = calls.checked_sub(1)?,
            (None, c) if c.is_ascii_alphabetic() => {
                let mut end = at + 1;
                let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
                while let Some((next, _)) = rest.next_if(|(_, next)| is_of_name(*next)) {
                    end = next + 1;
                }
                let word = text.get(at..end)?;
                let behind = text.get(end..)?.trim_start().chars().next();
                match word {
                    "True" | "true" => put("true"),
                    "False" | "false" => put("false"),
                    "None" | "null" => put("null"),
                    // Keys need no marks in JavaScript.
                    key if behind == Some(':') => put(&format!("\"{key}\"")),
                    // Of a call that makes a date nothing is told by a policy.
                    call if call.starts_with("datetime") && behind == Some('(') => put("null"),
                    _ if calls > 0 => {}
                    // Only the program knows what stands there.
                    _ => return None,
                }
            }
            (None, '{' | '[') => {
                depth = Some(depth + 1).filter(|depth| *depth <= DEPTH)?;
                put(written);
            }
            (None, '}' | ']') => {
                put(written);
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    // It ends here, and not where the text does: what stands behind it is not read with it.
                    let length = at + c.len_utf8();
                    let object = here.part(Span::new(0, length));
                    return Some((object.mapped(meant, from.into_iter())?, length));
                }
            }
            (None, _) => put(written),
        }
    }
    None
}
