//! Rules about conditions on tags.

pub(super) mod unsupported_tag_condition_key;
