//! The values of a condition key as IAM compares them: as texts, whatever their JSON type.

use crate::aws::{has_wildcard, pieces, variables, Family, Piece};
use crate::document::{ConditionEntry, Language};
use crate::json::{Node, Place, Value};
use crate::rules::Context;

/// A string, number or Boolean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scalar<'t> {
    /// Where it stands.
    pub node: &'t Node<'t>,
    /// What it says.
    pub text: &'t str,
}

impl<'t> Scalar<'t> {
    /// Reads a value; `None` for one of a type that no condition takes.
    pub fn of(node: &'t Node<'t>) -> Option<Self> {
        let text = match &node.value {
            Value::String(text) => text.text.as_ref(),
            Value::Number(digits) => digits,
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Null | Value::Array(_) | Value::Object(_) => return None,
        };
        Some(Scalar { node, text })
    }

    /// The value.
    pub fn place(self) -> Place {
        Place::of(self.node)
    }

    /// Whether it is a JSON string.
    pub fn is_string(self) -> bool {
        matches!(self.node.value, Value::String(_))
    }

    /// Whether a policy variable stands in it. A document without variables has none.
    pub fn has_variable(self, context: &Context) -> bool {
        context.document.language() != Language::V2008
            && variables(self.text).any(|variable| variable.is_well_formed())
    }

    /// What it is made of.
    pub fn pieces(self, context: &Context) -> Vec<Piece> {
        pieces(self.text, context.document.language() != Language::V2008)
    }

    /// Whether it means itself alone: no wildcard and no variable stands in it.
    pub fn is_literal(self, context: &Context) -> bool {
        !has_wildcard(self.text) && !self.has_variable(context)
    }
}

/// The values of a key that have a type that a condition takes.
pub(super) fn scalars<'t>(entry: &ConditionEntry<'t>) -> impl Iterator<Item = Scalar<'t>> {
    entry.values().iter().filter_map(Scalar::of)
}

/// Every key of the document whose operator compares such things.
pub(super) fn entries_of<'c>(
    context: &'c Context,
    family: Family,
) -> impl Iterator<Item = &'c ConditionEntry<'c>> {
    context
        .condition_entries()
        .filter(move |entry| entry.parsed.is_some_and(|o| o.base.family() == family))
}
