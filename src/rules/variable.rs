//! Rules about policy variables.

pub(super) mod empty_variable;
pub(super) mod invalid_variable_for_operator;
pub(super) mod missing_brace_in_variable;
pub(super) mod missing_quote_in_variable;
pub(super) mod places_of_variables;
pub(super) mod rewrite;
pub(super) mod unsupported_space_in_variable;
mod variable_key;
pub(super) mod variable_unsupported_in_element;
pub(super) mod variable_unsupported_in_version;
