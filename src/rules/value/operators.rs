//! The operators of a condition, and other names for them.

use crate::aws::BaseOperator;
use crate::document::{Condition, ConditionEntry};

/// The keys of a condition, those below one operator together.
pub(super) fn operators<'c, 't>(
    condition: &'c Condition<'t>,
) -> impl Iterator<Item = &'c [ConditionEntry<'t>]> {
    condition.entries.chunk_by(|a, b| a.block.span == b.block.span)
}

/// The operator as written with another comparison: its qualifier and `IfExists` stay. `None` when IAM does not know
/// the operator as it is.
pub(super) fn with_base(entry: &ConditionEntry, base: BaseOperator) -> Option<String> {
    let operator = entry.parsed?;
    let written = entry.operator.text.as_ref();
    let if_exists = if operator.if_exists { "IfExists" } else { "" };
    let length = operator.base.name().len() + if_exists.len();
    let qualifier = written.get(..written.len().checked_sub(length)?)?;
    Some(format!("{qualifier}{}{if_exists}", base.name()))
}

/// Whether a condition has an operator of that name; names ignore case.
pub(super) fn has_operator(condition: &Condition, name: &str) -> bool {
    let operators = condition.element.and_then(|element| element.value.as_object());
    let is_it = |operator: &str| operator.eq_ignore_ascii_case(name);
    operators.unwrap_or_default().iter().any(|member| is_it(&member.key.text))
}
