//! A JSON document that is no policy, printed as AWS's guides print theirs.

/// A JSON value whose objects keep their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Data {
    /// A string.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(u32),
    /// A list.
    List(Vec<Data>),
    /// An object.
    Object(Vec<(String, Data)>),
}

impl Data {
    /// A string.
    pub(super) fn text(text: &str) -> Self {
        Data::Text(text.to_owned())
    }

    /// An object with fields whose names are known.
    pub(super) fn object(fields: Vec<(&str, Data)>) -> Self {
        Data::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// The text, four spaces a level, ended by a line feed.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        self.print(&mut out, 0);
        out.push('\n');
        out
    }

    fn print(&self, out: &mut String, depth: usize) {
        match self {
            Data::Text(text) => quote(out, text),
            Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Data::Number(value) => out.push_str(&value.to_string()),
            Data::List(list) => {
                out.push('[');
                for (i, value) in list.iter().enumerate() {
                    line(out, i, depth + 1);
                    value.print(out, depth + 1);
                }
                close(out, ']', list.is_empty(), depth);
            }
            Data::Object(fields) => {
                out.push('{');
                for (i, (name, value)) in fields.iter().enumerate() {
                    line(out, i, depth + 1);
                    quote(out, name);
                    out.push_str(": ");
                    value.print(out, depth + 1);
                }
                close(out, '}', fields.is_empty(), depth);
            }
        }
    }
}

fn line(out: &mut String, i: usize, depth: usize) {
    if i > 0 {
        out.push(',');
    }
    out.push('\n');
    out.push_str(&"    ".repeat(depth));
}

fn close(out: &mut String, bracket: char, is_empty: bool, depth: usize) {
    if !is_empty {
        line(out, 0, depth);
    }
    out.push(bracket);
}

fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::Data;

    #[test]
    fn every_value_is_printed() {
        let data = Data::object(vec![
            ("a", Data::List(vec![Data::Bool(true), Data::Number(32), Data::text("\"\\\n\u{1}")])),
            ("b", Data::Object(vec![])),
        ]);
        let expected =
            "{\n    \"a\": [\n        true,\n        32,\n        \"\\\"\\\\\\n\\u0001\"\n    ],\n    \"b\": {}\n}\n";
        assert_eq!(data.to_json(), expected);
    }
}
