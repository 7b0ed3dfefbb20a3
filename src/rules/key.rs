//! Rules about condition keys: which exist, how many values they have and of which type.

pub(super) mod invalid_condition_key;
pub(super) mod invalid_condition_key_format;
pub(super) mod no_such_condition_key;
pub(super) mod qualifier;
pub(super) mod rename_operator;
pub(super) mod type_mismatch;
pub(super) mod unsupported_action_for_condition_key;
