//! Rules about tag.

pub(super) mod unsupported_tag_condition_key;
