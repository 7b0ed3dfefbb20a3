//! The JSON types that IAM's grammar gives to the elements.

use std::fmt::{Arguments, Display};

use crate::document::one_or_many;
use crate::json::{Node, Place, Value};

/// Tells of each node of an element that has the wrong type what is wrong with it; nothing for an unknown element.
pub(in crate::rules) fn wrong_types(
    name: &str,
    node: &Node,
    tell: &mut dyn FnMut(Place, Arguments),
) {
    let mut wrong = Wrong(tell);
    match name {
        "Version" | "Id" | "Sid" | "Effect" => {
            wrong.unless(is_string(node), node, &name, &"a string")
        }
        "Statement" => {
            wrong.one_or_many(node, &name, is_object, "an object", "an array of objects")
        }
        "Action" | "NotAction" | "Resource" | "NotResource" => wrong.strings(node, &name),
        "Principal" | "NotPrincipal" => match &node.value {
            Value::Object(types) => {
                for entry in types {
                    wrong.strings(&entry.value, &format_args!("{name} {}", entry.key.text));
                }
            }
            _ => wrong.unless(is_string(node), node, &name, &"a string or an object"),
        },
        "Condition" => wrong.condition(node),
        _ => {}
    }
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

struct Wrong<'w>(&'w mut dyn FnMut(Place, Arguments));

impl Wrong<'_> {
    fn unless(&mut self, is_right: bool, node: &Node, what: &dyn Display, expected: &dyn Display) {
        if !is_right {
            let found = type_name(node);
            (self.0)(Place::of(node), format_args!("{what} must be {expected}, not {found}."));
        }
    }

    fn strings(&mut self, node: &Node, what: &dyn Display) {
        self.one_or_many(node, what, is_string, "a string", "an array of strings");
    }

    fn one_or_many(
        &mut self,
        node: &Node,
        what: &dyn Display,
        is_right: fn(&Node) -> bool,
        one: &str,
        many: &str,
    ) {
        match &node.value {
            Value::Array(elements) => {
                for element in elements {
                    let what = format_args!("Each element of {what}");
                    self.unless(is_right(element), element, &what, &one);
                }
            }
            _ => self.unless(is_right(node), node, what, &format_args!("{one} or {many}")),
        }
    }

    fn condition(&mut self, node: &Node) {
        let Some(operators) = node.as_object() else {
            return self.unless(false, node, &"Condition", &"an object");
        };
        for operator in operators {
            let name = &operator.key.text;
            let Some(keys) = operator.value.as_object() else {
                let what = format_args!("The value of {name}");
                self.unless(false, &operator.value, &what, &"an object of condition keys");
                continue;
            };
            for key in keys {
                for value in one_or_many(&key.value) {
                    let is_scalar =
                        matches!(value.value, Value::String(_) | Value::Number(_) | Value::Bool(_));
                    let what = format_args!("A value of {}", key.key.text);
                    self.unless(is_scalar, value, &what, &"a string, a number or a boolean");
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
