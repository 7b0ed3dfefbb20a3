//! Rules about the text and its elements: names, types and what must be there.

pub(super) mod json_syntax_error;
