//! The operators of a condition, and other names for them.

use crate::aws::BaseOperator;
use crate::document::{Condition, ConditionEntry};
use crate::json::Member;

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
    let members = condition.element.and_then(|element| element.value.as_object());
    has_name(members.unwrap_or_default(), name)
}

/// IAM knows fewer operators; a condition with more has the same ones in other case.
const MOST_OPERATORS: usize = 200;

/// Whether one of the operators has that name, or there are too many to look through for each of them.
pub(super) fn has_name(operators: &[Member], name: &str) -> bool {
    operators.len() > MOST_OPERATORS
        || operators.iter().any(|member| member.key.text.eq_ignore_ascii_case(name))
}
