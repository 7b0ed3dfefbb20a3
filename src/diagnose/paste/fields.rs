//! Members of the objects that are pasted.

use crate::json::{Node, Text};

/// Whether every element is a statement.
pub(super) fn are_statements(elements: &[Node]) -> bool {
    !elements.is_empty() && elements.iter().all(is_statement)
}

/// Whether an object is a statement without a policy around it.
pub(super) fn is_statement(node: &Node) -> bool {
    let has = |name| field(node, name).is_some();
    let is_effect = |effect: &Node| effect.as_text().is_none_or(|text| may_be_effect(&text.text));
    field(node, "Effect").is_some_and(is_effect)
        && (has("Action") || has("NotAction"))
        && !has("Statement")
}

/// Whether a text is Allow or Deny, or is meant to be: other things have an effect and an action as well.
fn may_be_effect(text: &str) -> bool {
    let small = text.trim().to_ascii_lowercase();
    ["al", "den", "dny"].iter().any(|start| small.starts_with(start)) || small.contains("${")
}

/// The value of a member.
pub(super) fn field<'a, 't>(node: &'a Node<'t>, name: &str) -> Option<&'a Node<'t>> {
    let members = node.as_object()?;
    members.iter().find(|member| member.key.text == name).map(|member| &member.value)
}

/// The text of a member.
pub(super) fn text<'a>(node: &'a Node, name: &str) -> Option<&'a str> {
    field(node, name)?.as_text().map(|Text { text, .. }| text.as_ref())
}

/// The elements of a member; none where it is no list.
pub(super) fn list_of<'a, 't>(node: &'a Node<'t>, name: &str) -> &'a [Node<'t>] {
    field(node, name).and_then(Node::as_array).unwrap_or_default()
}
