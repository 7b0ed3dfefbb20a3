//! What an argument is before it is read.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, Visitor};

/// An argument of any shape: what JSON can say. Its texts may be lent by whoever copied it out of JavaScript.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number below 2^53 in size.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(Cow<'t, str>),
    /// A list.
    List(Vec<Value<'t>>),
    /// An object.
    Object(Vec<(Cow<'t, str>, Value<'t>)>),
}

// For Rust callers and tests, whose arguments are in a form of serde's; in JavaScript, the boundary makes the tree.
impl<'de> Deserialize<'de> for Value<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any<'t>(PhantomData<Value<'t>>);
        impl<'de, 't> Visitor<'de> for Any<'t> {
            type Value = Value<'t>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_unit<E>(self) -> Result<Value<'t>, E> {
                Ok(Value::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Value<'t>, E> {
                Ok(Value::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Value<'t>, E> {
                Ok(Value::Integer(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Value<'t>, E> {
                Ok(i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Value<'t>, E> {
                Ok(Value::Float(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Value<'t>, E> {
                Ok(Value::String(value.to_owned().into()))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Value<'t>, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Value::List(values))
            }

            fn visit_map<A: de::MapAccess<'de>>(
                self,
                mut object: A,
            ) -> Result<Value<'t>, A::Error> {
                let mut fields = Vec::new();
                while let Some((name, value)) = object.next_entry::<String, Value>()? {
                    fields.push((name.into(), value));
                }
                Ok(Value::Object(fields))
            }
        }
        deserializer.deserialize_any(Any(PhantomData))
    }
}
