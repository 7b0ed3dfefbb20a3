//! Tolerant JSON: a tree with spans that keeps duplicate keys and, of broken text, all up to the first error.
//!
//! Grammar: RFC 8259. Nothing here fails or recurses deeper than [`DEPTH`]; a text is read once, and object keys are
//! compared in n log n time.

mod parse;
mod place;
mod plain;
mod remove;

use std::borrow::Cow;

use crate::text::Span;

pub use parse::{parse, Parsed, Problem, Syntax};
pub use place::{PathElement, Place};
pub use plain::{Layout, Plain};
pub use remove::removal;

/// Arrays and objects may stand in each other this deep; serde_json has the same limit.
pub const DEPTH: usize = 128;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'t> {
    /// From its first byte to after its last, quotes and brackets included.
    pub span: Span,
    /// What it is.
    pub value: Value<'t>,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it was written.
    Number(&'t str),
    /// A string, its escapes resolved.
    String(Text<'t>),
    /// An array.
    Array(Vec<Node<'t>>),
    /// An object, its members in the order in which they were written.
    Object(Vec<Member<'t>>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'t> {
    /// The key.
    pub key: Text<'t>,
    /// The value.
    pub value: Node<'t>,
}

impl Member<'_> {
    /// Key and value together.
    pub fn span(&self) -> Span {
        Span::new(self.key.span.start, self.value.span.end)
    }
}

/// A string, and where it stands with its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'t> {
    /// Quotes included.
    pub span: Span,
    /// The characters that it means; borrowed from the source when it has no escapes.
    pub text: Cow<'t, str>,
}

impl<'t> Node<'t> {
    /// The string, if it is one.
    pub fn as_text(&self) -> Option<&Text<'t>> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    pub fn as_array(&self) -> Option<&[Node<'t>]> {
        match &self.value {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&[Member<'t>]> {
        match &self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }
}

/// The text as a JSON string, quotes included.
pub fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    quote_to(&mut out, text);
    out
}

/// Writes the text as a JSON string behind what is there.
pub fn quote_to(out: &mut String, text: &str) {
    out.push('"');
    // All up to a character that needs an escape is copied at once.
    let mut start = 0;
    for (at, byte) in text.as_bytes().iter().enumerate() {
        if *byte >= b' ' && *byte != b'"' && *byte != b'\\' {
            continue;
        }
        out.push_str(text.get(start..at).unwrap_or_default());
        start = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            byte => out.push_str(&format!("\\u{byte:04x}")),
        }
    }
    out.push_str(text.get(start..).unwrap_or_default());
    out.push('"');
}
