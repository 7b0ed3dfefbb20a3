//! Reads arguments into wire types, and says of a wrong one where it is and what belongs there.
//!
//! serde's own errors name neither the place nor the cure in words for people, so this is a deserializer with an
//! error type of its own.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, Unexpected, Visitor};
use serde::{forward_to_deserialize_any, Deserialize};

use super::Error;

/// An argument of any shape: what JSON can say.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number below 2^53 in size.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    String(String),
    /// A list.
    List(Vec<Value>),
    /// An object; a field may stand twice, and then both are read.
    Object(Vec<(String, Value)>),
}

/// Reads the argument called `name`.
///
/// # Errors
/// `INVALID_ARGUMENT` with the path of the first wrong value in it.
pub fn read<T: DeserializeOwned>(value: &Value, name: &str) -> Result<T, Error> {
    T::deserialize(Place(value)).map_err(|mut wrong| {
        wrong.inward.push(name.to_owned());
        let mut path = String::new();
        for step in wrong.inward.iter().rev() {
            if !path.is_empty() && !step.starts_with('[') {
                path.push('.');
            }
            path.push_str(step);
        }
        let message = wrong.problem.sentence(&path);
        Error { code: "INVALID_ARGUMENT", message, path: Some(path) }
    })
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Value;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
                Ok(Value::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
                Ok(Value::Integer(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
                Ok(i64::try_from(value).map_or(Value::Float(value as f64), Value::Integer))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
                Ok(Value::Float(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Value, E> {
                Ok(Value::String(value.to_owned()))
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Value::List(values))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = object.next_entry()? {
                    fields.push(field);
                }
                Ok(Value::Object(fields))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// One string, or a list of them.
pub struct OneOrMany {
    /// The strings.
    pub values: Vec<String>,
    /// Whether they stood in a list.
    pub is_list: bool,
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = OneOrMany;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany { values: vec![value.to_owned()], is_list: false })
            }

            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMany, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(OneOrMany { values, is_list: true })
            }
        }
        deserializer.deserialize_any(Either)
    }
}

#[derive(Debug)]
struct Wrong {
    problem: Problem,
    /// The steps of the path from the wrong value outwards.
    inward: Vec<String>,
}

#[derive(Debug)]
enum Problem {
    Type { found: String, expected: String },
    Unknown { known: &'static [&'static str] },
    Missing,
    Other(String),
}

impl Problem {
    fn sentence(&self, path: &str) -> String {
        match self {
            Problem::Type { found, expected } => format!("{path} must be {expected}, not {found}."),
            Problem::Unknown { known } => {
                format!("{path} is not known. Known are {}.", known.join(", "))
            }
            Problem::Missing => format!("{path} is missing."),
            Problem::Other(what) => format!("{path}: {what}."),
        }
    }
}

impl Wrong {
    fn new(problem: Problem) -> Self {
        Wrong { problem, inward: Vec::new() }
    }

    fn inside(mut self, step: String) -> Self {
        self.inward.push(step);
        self
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.problem.sentence("the value"))
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Wrong::new(Problem::Other(message.to_string()))
    }

    fn invalid_type(found: Unexpected, expected: &dyn de::Expected) -> Self {
        let expected = match expected.to_string() {
            e if e == "a boolean" => "true or false".to_owned(),
            e if e == "i64" => "a whole number".to_owned(),
            e if e.starts_with("struct ") => "an object".to_owned(),
            e => e,
        };
        Wrong::new(Problem::Type { found: in_words(found), expected })
    }

    fn invalid_value(found: Unexpected, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        // A name can be as long as a policy, and the known ones tell enough.
        let shown: String = field.chars().take(80).collect();
        Wrong::new(Problem::Unknown { known }).inside(shown)
    }

    fn missing_field(field: &'static str) -> Self {
        Wrong::new(Problem::Missing).inside(field.to_owned())
    }
}

fn in_words(found: Unexpected) -> String {
    match found {
        Unexpected::Unit => "null".to_owned(),
        Unexpected::Bool(b) => b.to_string(),
        Unexpected::Signed(n) => n.to_string(),
        Unexpected::Float(n) if !n.is_finite() => "NaN or infinite".to_owned(),
        Unexpected::Float(n) if n.fract() == 0.0 => "so large a number".to_owned(),
        Unexpected::Float(_) => "a fraction".to_owned(),
        Unexpected::Str(s) if s.chars().count() <= 40 => format!("the string \"{s}\""),
        Unexpected::Str(_) => "a string".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "an object".to_owned(),
        // Nothing else is in the tree. Unexpected's own words would bring the printing of floats into the wasm file.
        _ => "something else".to_owned(),
    }
}

/// A value in the tree.
struct Place<'a>(&'a Value);

impl<'de> Deserializer<'de> for Place<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(b) => visitor.visit_bool(*b),
            Value::Integer(n) => visitor.visit_i64(*n),
            Value::Float(n) => visitor.visit_f64(*n),
            Value::String(s) => visitor.visit_borrowed_str(s),
            Value::List(list) => visitor.visit_seq(List { rest: list.iter(), next: 0 }),
            Value::Object(object) => {
                visitor.visit_map(Fields { rest: object.iter(), current: None })
            }
        }
    }

    // A field that is absent is not read at all; one that is there must not be null.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    // Derived code would also take a list, as the fields in their order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::List(_) => Err(de::Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct List<'de> {
    rest: std::slice::Iter<'de, Value>,
    next: usize,
}

impl<'de> de::SeqAccess<'de> for List<'de> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        let Some(value) = self.rest.next() else {
            return Ok(None);
        };
        let step = format!("[{}]", self.next);
        self.next += 1;
        seed.deserialize(Place(value)).map(Some).map_err(|wrong| wrong.inside(step))
    }
}

struct Fields<'de> {
    rest: std::slice::Iter<'de, (String, Value)>,
    current: Option<&'de (String, Value)>,
}

impl<'de> de::MapAccess<'de> for Fields<'de> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        self.current = self.rest.next();
        let Some((key, _)) = self.current else {
            return Ok(None);
        };
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        // serde asks for a value only after its key.
        let Some((key, value)) = self.current else {
            return Err(de::Error::custom("a value without a key"));
        };
        seed.deserialize(Place(value)).map_err(|wrong| wrong.inside(key.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::{read, OneOrMany, Value};
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "only its reading is tested")]
        inner: Inner,
        #[expect(dead_code, reason = "only its reading is tested")]
        heartbeat: Option<bool>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "only its reading is tested")]
        key_arn: OneOrMany,
    }

    fn tree(value: &serde_json::Value) -> Value {
        Value::deserialize(value).unwrap()
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place() {
        let cases = [
            (json!([]), "options must be an object, not a list."),
            (json!("x"), "options must be an object, not the string \"x\"."),
            (json!({}), "options.inner is missing."),
            (json!({"inner": {}}), "options.inner.keyArn is missing."),
            (json!({"inner": null}), "options.inner must be an object, not null."),
            (
                json!({"inner": {"keyArn": 1.5}}),
                "options.inner.keyArn must be a string or a list of strings, not a fraction.",
            ),
            (
                json!({"inner": {"keyArn": ["a", -7]}}),
                "options.inner.keyArn[1] must be a string, not -7.",
            ),
            (
                json!({"inner": {"keyArn": "a"}, "heartbeat": "yes"}),
                "options.heartbeat must be true or false, not the string \"yes\".",
            ),
            (
                json!({"inner": {"keyArn": "a"}, "heartbeat": null}),
                "options.heartbeat must be true or false, not null.",
            ),
            (
                json!({"inner": {"keyArn": "a"}, "heartBeat": 1}),
                "options.heartBeat is not known. Known are inner, heartbeat.",
            ),
        ];
        for (value, message) in cases {
            let error = read::<Outer>(&tree(&value), "options").err();
            assert_eq!(error.as_ref().map(|e| e.message.as_str()), Some(message));
            assert_eq!(error.map(|e| e.code), Some("INVALID_ARGUMENT"));
        }
    }

    #[test]
    fn one_and_many_are_told_apart() {
        for (value, is_list) in [(json!("a"), false), (json!(["a"]), true)] {
            let read = read::<OneOrMany>(&tree(&value), "options").ok();
            assert_eq!(read.map(|r| (r.values, r.is_list)), Some((vec!["a".to_owned()], is_list)));
        }
    }
}
