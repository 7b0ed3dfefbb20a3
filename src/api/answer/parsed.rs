//! A JSON text that stands in an answer as the value that it means.

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::json::{self, Node, Value};

/// A JSON text, which is serialized as the value that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parsed(pub String);

impl Parsed {
    /// The newtype as which it is serialized where the text itself will do.
    pub const NAME: &'static str = "Parsed";
}

impl Serialize for Parsed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if !serializer.is_human_readable() {
            return serializer.serialize_newtype_struct(Self::NAME, &self.0);
        }
        json::parse(&self.0).root.as_ref().map(Tree).serialize(serializer)
    }
}

struct Tree<'t>(&'t Node<'t>);

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(text) => match text.parse::<i64>() {
                Ok(whole) => serializer.serialize_i64(whole),
                Err(_) => serializer.serialize_f64(text.parse().unwrap_or(f64::NAN)),
            },
            Value::String(text) => serializer.serialize_str(&text.text),
            Value::Array(elements) => {
                let mut list = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    list.serialize_element(&Tree(element))?;
                }
                list.end()
            }
            Value::Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for member in members {
                    object.serialize_entry(member.key.text.as_ref(), &Tree(&member.value))?;
                }
                object.end()
            }
        }
    }
}
