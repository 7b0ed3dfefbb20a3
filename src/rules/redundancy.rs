//! Rules about what is said twice, or simpler.

mod cover;
pub(super) mod equivalent_to_null;
pub(super) mod redundant_condition_value_num;
pub(super) mod redundant_entries;
pub(super) mod redundant_statement;
pub(super) mod wildcard_in_condition;
