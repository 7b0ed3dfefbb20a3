//! The JSON types that IAM's grammar gives to the elements.

use crate::document::one_or_many;
use crate::json::{Node, Place, Value};

/// Each node of an element that has the wrong type, and what is wrong with it; nothing for an unknown element.
pub(in crate::rules) fn wrong_types(name: &str, node: &Node) -> Vec<(Place, String)> {
    let mut wrong = Wrong(Vec::new());
    match name {
        "Version" | "Id" | "Sid" | "Effect" => {
            wrong.unless(is_string(node), node, name, "a string")
        }
        "Statement" => wrong.one_or_many(node, name, is_object, "an object", "an array of objects"),
        "Action" | "NotAction" | "Resource" | "NotResource" => wrong.strings(node, name),
        "Principal" | "NotPrincipal" => match &node.value {
            Value::Object(types) => {
                for entry in types {
                    wrong.strings(&entry.value, &format!("{name} {}", entry.key.text));
                }
            }
            _ => wrong.unless(is_string(node), node, name, "a string or an object"),
        },
        "Condition" => wrong.condition(node),
        _ => {}
    }
    wrong.0
}

/// What a value is called.
pub(in crate::rules) fn type_name(node: &Node) -> &'static str {
    match &node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

struct Wrong(Vec<(Place, String)>);

impl Wrong {
    fn unless(&mut self, is_right: bool, node: &Node, what: &str, expected: &str) {
        if !is_right {
            let details = format!("{what} must be {expected}, not {}.", type_name(node));
            self.0.push((Place::of(node), details));
        }
    }

    fn strings(&mut self, node: &Node, what: &str) {
        self.one_or_many(node, what, is_string, "a string", "an array of strings");
    }

    fn one_or_many(
        &mut self,
        node: &Node,
        what: &str,
        is_right: fn(&Node) -> bool,
        one: &str,
        many: &str,
    ) {
        match &node.value {
            Value::Array(elements) => {
                for element in elements {
                    if !is_right(element) {
                        let what = format!("Each element of {what}");
                        self.unless(false, element, &what, one);
                    }
                }
            }
            _ if is_right(node) => {}
            _ => self.unless(false, node, what, &format!("{one} or {many}")),
        }
    }

    fn condition(&mut self, node: &Node) {
        let Some(operators) = node.as_object() else {
            return self.unless(false, node, "Condition", "an object");
        };
        for operator in operators {
            let name = &operator.key.text;
            let Some(keys) = operator.value.as_object() else {
                let what = format!("The value of {name}");
                self.unless(false, &operator.value, &what, "an object of condition keys");
                continue;
            };
            for key in keys {
                for value in one_or_many(&key.value) {
                    let is_scalar =
                        matches!(value.value, Value::String(_) | Value::Number(_) | Value::Bool(_));
                    if !is_scalar {
                        let what = format!("A value of {}", key.key.text);
                        self.unless(false, value, &what, "a string, a number or a boolean");
                    }
                }
            }
        }
    }
}

fn is_string(node: &Node) -> bool {
    matches!(node.value, Value::String(_))
}

fn is_object(node: &Node) -> bool {
    matches!(node.value, Value::Object(_))
}
