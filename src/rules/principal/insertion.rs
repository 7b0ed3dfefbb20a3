//! Fixes that add something: where it goes, and the comma and white space that it needs there.

use crate::document::Statement;
use crate::edit::Edit;
use crate::json::{self, Node, Value};
use crate::rules::Context;

/// Adds a member or an element, given as JSON, at the end of an object or an array.
///
/// It is set apart from the last one there as that one is from what stands before it.
pub(in crate::rules) fn append(context: &Context, container: &Node, new: &str) -> Edit {
    let start = container.span.start + 1;
    let (last, before_last) = match &container.value {
        Value::Array(elements) => {
            let mut ends = elements.iter().rev().map(|element| element.span);
            (ends.next(), ends.next())
        }
        Value::Object(members) => {
            let mut ends = members.iter().rev().map(|member| member.span());
            (ends.next(), ends.next())
        }
        _ => (None, None),
    };
    let Some(last) = last else {
        return Edit::insert(start, new);
    };
    let gap_start = before_last.map_or(start, |before| before.end);
    let gap = context.text.get(gap_start..last.start).unwrap_or_default();
    let gap = match gap.trim_start().strip_prefix(',').unwrap_or(gap) {
        "" if before_last.is_none() => " ",
        gap => gap,
    };
    Edit::insert(last.end, format!(",{gap}{new}"))
}

/// Adds strings to an element that is a string or an array; no edits when it is something else.
///
/// What stands there keeps its place, and is written as it was.
pub(in crate::rules) fn add_strings(context: &Context, element: &Node, new: &[&str]) -> Vec<Edit> {
    let new: Vec<_> = new.iter().map(|text| json::quote(text)).collect();
    let new = new.join(", ");
    match &element.value {
        Value::Array(_) => vec![append(context, element, &new)],
        Value::String(_) => vec![
            Edit::insert(element.span.start, "["),
            Edit::insert(element.span.end, format!(", {new}]")),
        ],
        _ => Vec::new(),
    }
}

/// Adds a key with one value to a statement's `Condition`; `None` when it has the key under that operator already.
pub(in crate::rules) fn add_condition(
    context: &Context,
    statement: &Statement,
    operator: &str,
    key: &str,
    value: &str,
) -> Option<Edit> {
    let condition = statement.condition.element?.value;
    let member = format!("{}: {}", json::quote(key), json::quote(value));
    let same =
        condition.as_object()?.iter().find(|known| known.key.text.eq_ignore_ascii_case(operator));
    let Some(same) = same else {
        let new = format!("{}: {{{member}}}", json::quote(operator));
        return Some(append(context, condition, &new));
    };
    let has_key = |known: &json::Member| known.key.text.eq_ignore_ascii_case(key);
    let is_free = !same.value.as_object()?.iter().any(has_key);
    is_free.then(|| append(context, &same.value, &member))
}
