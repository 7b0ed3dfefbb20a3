//! Tolerant JSON: a tree with spans that keeps duplicate keys and, of broken text, all up to the first error.
//!
//! Grammar: RFC 8259. Nothing here fails or recurses deeper than [`DEPTH`]; a text is read once, and object keys are
//! compared in n log n time.

mod parse;
mod place;
mod remove;

use std::borrow::Cow;

use crate::text::Span;

pub use parse::{parse, Parsed, Problem, Syntax};
pub use place::{PathElement, Place};
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
    out.push('"');
    let mut rest = text;
    // All up to a character that needs an escape is copied at once.
    while let Some((plain, special)) = at_special(rest) {
        out.push_str(plain);
        let mut characters = special.chars();
        match characters.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            None => {}
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
    out
}

/// The text before its first character that needs an escape, and from there on.
fn at_special(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    // A loop and no iterator, whose parts stay calls where the program is made small.
    while !matches!(bytes.get(at)?, b'"' | b'\\' | 0..b' ') {
        at += 1;
    }
    text.split_at_checked(at)
}
