//! JSON values without places: arguments, and documents on their way to being printed; and the one printer.

use std::borrow::Cow;

use super::quote_to;

/// A JSON value without places. Its texts may be borrowed.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Plain<'t> {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number below 2^53 in size.
    Integer(i64),
    /// Any other number; among arguments of JavaScript also one that JSON has not.
    Float(f64),
    /// A string.
    String(Cow<'t, str>),
    /// An array.
    List(Vec<Plain<'t>>),
    /// An object, its members in the order in which they were written.
    Object(Vec<(Cow<'t, str>, Plain<'t>)>),
}

/// How a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In one line, without spaces.
    Compact,
    /// As AWS's user guides print: four spaces a level, each element of a list in a line of its own, a line feed at the
    /// end.
    Guide,
}

impl<'t> Plain<'t> {
    /// A string.
    pub fn string(text: impl Into<Cow<'t, str>>) -> Self {
        Plain::String(text.into())
    }

    /// An object with these members.
    pub fn fields<K: Into<Cow<'t, str>>>(
        members: impl IntoIterator<Item = (K, Plain<'t>)>,
    ) -> Self {
        Plain::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// The same with texts of its own.
    pub fn into_owned(self) -> Plain<'static> {
        match self {
            Plain::Null => Plain::Null,
            Plain::Bool(value) => Plain::Bool(value),
            Plain::Integer(number) => Plain::Integer(number),
            Plain::Float(number) => Plain::Float(number),
            Plain::String(text) => Plain::string(text.into_owned()),
            Plain::List(values) => Plain::List(values.into_iter().map(Plain::into_owned).collect()),
            Plain::Object(members) => Plain::fields(
                members.into_iter().map(|(key, value)| (key.into_owned(), value.into_owned())),
            ),
        }
    }

    /// The value as JSON text. A number that JSON has not is `null`, as JavaScript writes it.
    pub fn print(&self, layout: Layout) -> String {
        let mut out = Printer { text: String::new(), layout, depth: 0 };
        out.value(self);
        if layout == Layout::Guide {
            out.text.push('\n');
        }
        out.text
    }
}

struct Printer {
    text: String,
    layout: Layout,
    depth: usize,
}

impl Printer {
    fn value(&mut self, value: &Plain) {
        match value {
            Plain::Null => self.text.push_str("null"),
            Plain::Bool(value) => self.text.push_str(if *value { "true" } else { "false" }),
            Plain::Integer(number) => self.text.push_str(&number.to_string()),
            Plain::Float(number) if number.is_finite() => self.text.push_str(&number.to_string()),
            Plain::Float(_) => self.text.push_str("null"),
            Plain::String(text) => quote_to(&mut self.text, text),
            Plain::List(values) => self.inside(['[', ']'], values, Self::value),
            Plain::Object(members) => self.inside(['{', '}'], members, |out, (key, value)| {
                quote_to(&mut out.text, key);
                out.text.push_str(if out.layout == Layout::Guide { ": " } else { ":" });
                out.value(value);
            }),
        }
    }

    fn inside<T>(&mut self, [open, close]: [char; 2], elements: &[T], print: fn(&mut Self, &T)) {
        self.text.push(open);
        self.depth += 1;
        for (i, element) in elements.iter().enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            self.line();
            print(self, element);
        }
        self.depth -= 1;
        if !elements.is_empty() {
            self.line();
        }
        self.text.push(close);
    }

    fn line(&mut self) {
        if self.layout == Layout::Guide {
            self.text.push('\n');
            self.text.extend(std::iter::repeat_n("    ", self.depth));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, Plain};

    #[test]
    fn every_value_is_printed_in_both_layouts() {
        let list = [
            Plain::Null,
            Plain::Bool(true),
            Plain::Integer(-32),
            Plain::Float(1.5),
            Plain::Float(f64::NAN),
            Plain::string("\"\\\n\t\u{1}"),
            Plain::List(Vec::new()),
        ];
        let value =
            Plain::fields([("a", Plain::List(list.to_vec())), ("b", Plain::Object(Vec::new()))]);
        let compact = r#"{"a":[null,true,-32,1.5,null,"\"\\\n\t\u0001",[]],"b":{}}"#;
        assert_eq!(value.print(Layout::Compact), compact);
        let guide = "{\n    \"a\": [\n        null,\n        true,\n        -32,\n        1.5,\n        null,\n        \
                     \"\\\"\\\\\\n\\t\\u0001\",\n        []\n    ],\n    \"b\": {}\n}\n";
        assert_eq!(value.print(Layout::Guide), guide);
    }
}
