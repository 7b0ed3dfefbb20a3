//! Words that shells and programs fill in, such as `$ACCOUNT_ID`, `$(...)`, `#{account}` and `{0}`.

use std::ops::Range;

/// Names that AWS itself has behind a dollar sign: versions of functions and documents, and topics of IoT.
const OF_AWS: [&str; 3] = ["LATEST", "DEFAULT", "aws"];

/// Where they stand, in their order. Policy variables begin with `${`; `&{aws:username}` is one that something else is to
/// make a variable of.
pub(super) fn variables(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || loop {
        let start = at + text.get(at..)?.find(['$', '#', '&', '{'])?;
        let rest = text.get(start..)?;
        let before = start.checked_sub(1).and_then(|before| text.as_bytes().get(before));
        match length(rest, before) {
            Some(length) => {
                at = start + length;
                return Some(start..at);
            }
            // Behind the brace of another variable nothing of it is looked at.
            None => at = start + if rest.starts_with("${") { 2 } else { 1 },
        }
    })
}

/// How long the word is with which a text begins, and what stands before it.
fn length(rest: &str, before: Option<&u8>) -> Option<usize> {
    let bytes = rest.as_bytes();
    match (bytes.first()?, bytes.get(1)?) {
        (b'$', b'(') => closed(rest, ')'),
        (b'#' | b'&', b'{') => closed(rest, '}'),
        (b'$', next) if next.is_ascii_alphabetic() || *next == b'_' => {
            let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let name = rest.get(1..)?.split(|c| !is_of_name(c)).next()?;
            let is_between = rest.get(1 + name.len()..)?.starts_with('$');
            (!OF_AWS.contains(&name) && !is_between).then_some(1 + name.len())
        }
        (b'{', next) if next.is_ascii_digit() && !matches!(before, Some(b'$' | b'{')) => {
            let length = closed(rest, '}')?;
            let number = rest.get(1..length - 1)?;
            number.bytes().all(|byte| byte.is_ascii_digit()).then_some(length)
        }
        _ => None,
    }
}

/// No such word is longer, but for what stands in its place.
const LONGEST: usize = 200;

fn closed(rest: &str, closing: char) -> Option<usize> {
    rest.char_indices().take(LONGEST).find(|(_, c)| *c == closing).map(|(at, _)| at + 1)
}

/// Capital letters, more than one, with digits and what stands between words.
pub(super) fn is_capitals(word: &str) -> bool {
    let is_one = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "_- ".contains(c);
    word.chars().all(is_one) && word.chars().filter(char::is_ascii_uppercase).count() > 1
}
