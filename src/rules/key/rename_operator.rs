//! Puts another operator in the place of an entry's own.

use crate::document::{Condition, ConditionEntry};
use crate::edit::Edit;
use crate::json::quote;

/// The edit that gives an entry another operator; `None` when other keys stand under the same operator, or the
/// other operator is there already, so that more than a name would have to change.
pub(in crate::rules) fn rename_operator(
    condition: &Condition,
    entry: &ConditionEntry,
    to: &str,
) -> Option<Edit> {
    let is_alone = entry.block.as_object().is_some_and(|members| members.len() == 1);
    let operators = condition.element?.value.as_object()?;
    let is_taken = operators.iter().any(|operator| operator.key.text.eq_ignore_ascii_case(to));
    (is_alone && !is_taken).then(|| Edit::replace(entry.operator.span, quote(to)))
}
