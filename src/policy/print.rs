//! Prints a policy as AWS's user guides lay it out.

use super::{Element, Policy, Principal, Statement, Strings, Who};
use crate::json;

impl Policy {
    /// The policy as JSON text that ends with a line feed.
    pub fn to_json(&self) -> String {
        let mut out = Printer::default();
        out.open('{');
        out.key("Version");
        out.string(self.version.name());
        out.key("Statement");
        out.open('[');
        for statement in &self.statements {
            out.element();
            out.statement(statement);
        }
        out.close(']');
        out.close('}');
        out.text.push('\n');
        out.text
    }
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

    fn statement(&mut self, statement: &Statement) {
        self.open('{');
        if let Some(sid) = &statement.sid {
            self.key("Sid");
            self.string(sid);
        }
        self.key("Effect");
        self.string(statement.effect.name());
        if let Some(principal) = &statement.principal {
            self.principal(principal);
        }
        self.named(["Action", "NotAction"], &statement.action);
        if let Some(resource) = &statement.resource {
            self.named(["Resource", "NotResource"], resource);
        }
        if !statement.condition.is_empty() {
            self.key("Condition");
            self.open('{');
            for (operator, keys) in statement.condition.blocks() {
                self.key(operator);
                self.lists(keys);
            }
            self.close('}');
        }
        self.close('}');
    }

    fn named(&mut self, [name, negated]: [&str; 2], element: &Element) {
        self.key(if element.negated { negated } else { name });
        self.strings(&element.values);
    }

    fn principal(&mut self, principal: &Principal) {
        self.key(if principal.negated { "NotPrincipal" } else { "Principal" });
        match &principal.who {
            Who::Everyone => self.string("*"),
            Who::Listed(types) => {
                self.lists(types.iter().map(|(name, who)| (name.as_str(), who)));
            }
        }
    }

    fn lists<'a>(&mut self, lists: impl IntoIterator<Item = (&'a str, &'a Strings)>) {
        self.open('{');
        for (key, strings) in lists {
            self.key(key);
            self.strings(strings);
        }
        self.close('}');
    }

    fn strings(&mut self, strings: &Strings) {
        match strings {
            Strings::One(one) => self.string(one),
            Strings::Many(many) => {
                self.open('[');
                for string in many {
                    self.element();
                    self.string(string);
                }
                self.close(']');
            }
        }
    }

    fn string(&mut self, string: &str) {
        json::quote_to(&mut self.text, string);
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
    use crate::policy::{Effect, Policy, Principal, Statement, Strings, Who};

    #[test]
    fn strings_are_escaped_and_single_resources_stand_alone() {
        let statement = Statement::new(Effect::Deny, ["a:\"\\\u{1}"], ["*", "é"]);
        let json = Policy::new(vec![statement]).to_json();
        assert!(json.contains(r#""a:\"\\\u0001""#), "{json}");
        assert!(
            json.contains("\"Resource\": [\n                \"*\",\n                \"é\"\n"),
            "{json}"
        );
        assert!(json.contains("\"Effect\": \"Deny\""), "{json}");
    }

    #[test]
    fn no_statement_is_an_empty_array() {
        let json = Policy::new(vec![]).to_json();
        assert_eq!(json, "{\n    \"Version\": \"2012-10-17\",\n    \"Statement\": []\n}\n");
    }

    #[test]
    fn every_element_has_its_place() {
        let mut statement = Statement::new(Effect::Allow, ["sts:AssumeRole"], ["*"]);
        statement.sid = Some("Trust".to_owned());
        statement.principal = Some(Principal { negated: false, who: Who::Everyone });
        statement.action.negated = true;
        statement.resource = None;
        let account = Strings::many(["1"]);
        statement.condition.add("StringEquals", "aws:SourceAccount", account).unwrap();
        let json = Policy::new(vec![statement]).to_json();
        let compact: String = json.split_whitespace().collect();
        assert_eq!(
            compact,
            r#"{"Version":"2012-10-17","Statement":[{"Sid":"Trust","Effect":"Allow","Principal":"*","NotAction":["sts:AssumeRole"],"Condition":{"StringEquals":{"aws:SourceAccount":["1"]}}}]}"#
        );
    }
}
