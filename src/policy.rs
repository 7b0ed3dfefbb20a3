//! A policy as it is meant: strict, owned, and printed in one canonical way.
//!
//! The printed form is that of AWS's user guides: four spaces, one array element a line, the keys of a statement
//! in the order Effect, Action, Resource. IAM reads any layout; people compare texts.

/// The version of the policy language that every policy here has.
pub const VERSION: &str = "2012-10-17";

/// A policy of [`VERSION`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The statements, in the order in which they are printed.
    pub statements: Vec<Statement>,
}

/// One statement of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Whether it allows or denies.
    pub effect: Effect,
    /// Action names, such as `kms:Decrypt`.
    pub actions: Vec<String>,
    /// ARNs, ARN patterns, or `*`.
    pub resources: Vec<String>,
}

/// The effect of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Refuses, whatever else grants.
    Deny,
}

impl Effect {
    /// The word in a policy.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        }
    }
}

impl Policy {
    /// The policy as JSON text that ends with a line feed.
    ///
    /// Actions are always an array; a single resource stands without one, as in AWS's own texts.
    pub fn to_json(&self) -> String {
        let mut out = Printer::default();
        out.open('{');
        out.key("Version");
        out.string(VERSION);
        out.key("Statement");
        out.open('[');
        for statement in &self.statements {
            out.element();
            out.open('{');
            out.key("Effect");
            out.string(statement.effect.name());
            out.key("Action");
            out.strings(&statement.actions);
            out.key("Resource");
            match statement.resources.as_slice() {
                [one] => out.string(one),
                many => out.strings(many),
            }
            out.close('}');
        }
        out.close(']');
        out.close('}');
        out.text.push('\n');
        out.text
    }
}

/// The number of characters that IAM counts against its quotas for identity policies: all but white space
/// outside strings.
///
/// Source: "IAM and AWS STS quotas", read 2026-11.
pub fn characters(json: &str) -> usize {
    let (mut count, mut in_string, mut escaped) = (0, false, false);
    for c in json.chars() {
        if !in_string && c.is_ascii_whitespace() {
            continue;
        }
        count += 1;
        match c {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ => {}
        }
    }
    count
}

/// Writes JSON with four spaces a level.
#[derive(Default)]
struct Printer {
    text: String,
    depth: usize,
    /// Whether the innermost bracket has something in it already.
    has_element: bool,
}

impl Printer {
    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
        self.has_element = false;
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if self.has_element {
            self.line();
        }
        self.text.push(bracket);
        self.has_element = true;
    }

    fn element(&mut self) {
        if self.has_element {
            self.text.push(',');
        }
        self.has_element = true;
        self.line();
    }

    fn key(&mut self, key: &str) {
        self.element();
        self.string(key);
        self.text.push_str(": ");
    }

    fn strings(&mut self, strings: &[String]) {
        self.open('[');
        for string in strings {
            self.element();
            self.string(string);
        }
        self.close(']');
    }

    fn string(&mut self, string: &str) {
        self.text.push('"');
        for c in string.chars() {
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                c if c < ' ' => self.text.push_str(&format!("\\u{:04x}", u32::from(c))),
                c => self.text.push(c),
            }
        }
        self.text.push('"');
    }

    fn line(&mut self) {
        self.text.push('\n');
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{characters, Effect, Policy, Statement};

    #[test]
    fn strings_are_escaped_and_single_resources_stand_alone() {
        let policy = Policy {
            statements: vec![Statement {
                effect: Effect::Deny,
                actions: vec!["a:\"\\\u{1}".to_owned()],
                resources: vec!["*".to_owned(), "é".to_owned()],
            }],
        };
        let json = policy.to_json();
        assert!(json.contains(r#""a:\"\\\u0001""#), "{json}");
        assert!(
            json.contains("\"Resource\": [\n                \"*\",\n                \"é\"\n"),
            "{json}"
        );
        assert!(json.contains("\"Effect\": \"Deny\""), "{json}");
    }

    #[test]
    fn no_statement_is_an_empty_array() {
        let json = Policy { statements: vec![] }.to_json();
        assert_eq!(json, "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}\n");
    }

    #[test]
    fn white_space_counts_in_strings_only() {
        for (text, expected) in [
            ("", 0),
            ("{ \"a b\" :\n\t1 }", 9),
            (r#"{"a\" b": 1}"#, 11),
            (r#"{"a\\" : 1}"#, 9),
            ("\"é\u{10000}\"", 4),
        ] {
            assert_eq!(characters(text), expected, "{text}");
        }
    }
}
