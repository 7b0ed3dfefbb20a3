//! JSON as the source of an HTML page has it, with names for its quotation marks.

use super::decode::Decoded;
use crate::json;

/// What stands for which character.
const ENTITIES: [(&str, char); 9] = [
    ("&quot;", '"'),
    ("&#34;", '"'),
    ("&#x22;", '"'),
    ("&amp;", '&'),
    ("&lt;", '<'),
    ("&gt;", '>'),
    ("&#39;", '\''),
    ("&#x27;", '\''),
    ("&nbsp;", ' '),
];

/// Said of such a text.
pub(super) const NOTE: &str =
    "There are entities such as &quot;, as the source of a page has them, and IAM takes plain quotation marks alone. The \
     text is read as if they were.";

/// The text with characters for its entities, where it is JSON then and has quotation marks among them.
pub(super) fn decoded(part: &Decoded) -> Option<Decoded<'static>> {
    let text = part.text();
    if !ENTITIES.iter().any(|(name, meant)| *meant == '"' && text.contains(name)) {
        return None;
    }
    let (mut made, mut from, mut at) = (String::with_capacity(text.len()), Vec::new(), 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let known = ENTITIES.iter().find(|(name, _)| rest.starts_with(name));
        let (meant, length) = match known {
            Some((name, meant)) => (*meant, name.len()),
            None => rest.chars().next().map(|c| (c, c.len_utf8()))?,
        };
        made.push(meant);
        from.extend(std::iter::repeat_n(at, meant.len_utf8()));
        at += length;
    }
    let is_json = json::parse(&made).root.is_some();
    part.mapped(made, from.into_iter()).filter(|_| is_json)
}
