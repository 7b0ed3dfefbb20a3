//! Reads arguments into what serde derives, and says of a wrong one where it is and what belongs there.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess, Unexpected,
    Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Error, Value};
use crate::session::Refusal;

/// What an argument called `name` holds. One that is absent is an empty object.
pub(super) fn read<'de, T: Deserialize<'de>>(
    argument: Option<&'de Value<'de>>,
    name: &str,
) -> Result<T, Error> {
    static NOTHING: Value = Value::Object(Vec::new());
    read_at(argument.unwrap_or(&NOTHING), name)
}

/// What the value at `path` holds.
pub(super) fn read_at<'de, T: Deserialize<'de>>(
    value: &'de Value<'de>,
    path: &str,
) -> Result<T, Error> {
    T::deserialize(Reader(value)).map_err(|wrong| wrong.at(path))
}

/// The path of an element of a list.
pub(super) fn element(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

/// What is wrong with the argument at `path`.
pub(super) fn wrong(path: &str, what: &str) -> Error {
    Error {
        code: "INVALID_ARGUMENT".into(),
        message: format!("{path} {what}."),
        path: Some(path.to_owned()),
    }
}

/// What is wrong with a value, in a box: serde hands it through a function for every type.
#[derive(Debug)]
struct Wrong(Box<Fault>);

#[derive(Debug)]
struct Fault {
    /// Where it stands in the value that is read, as far as that is known on the way out.
    path: String,
    what: What,
}

#[derive(Debug)]
enum What {
    /// Of the wrong shape: what follows its path in a sentence.
    Shape(String),
    /// Its parser does not take it.
    Refused { code: String, message: String },
}

impl Wrong {
    fn new(what: What) -> Self {
        Wrong(Box::new(Fault { path: String::new(), what }))
    }

    fn shape(what: String) -> Self {
        Wrong::new(What::Shape(what))
    }

    /// The same, seen from the list in which the value stands.
    fn element(mut self, index: usize) -> Self {
        self.0.path.insert_str(0, &format!("[{index}]"));
        self
    }

    /// The same, seen from the object in which the value stands.
    fn member(mut self, key: &str) -> Self {
        /// A name can be as long as a policy.
        const SHOWN: usize = 80;
        let key: String = key.chars().take(SHOWN).collect();
        self.0.path.insert_str(0, &format!(".{key}"));
        self
    }

    fn at(self, path: &str) -> Error {
        let Fault { path: within, what } = *self.0;
        let path = path.to_owned() + &within;
        match what {
            What::Shape(what) => wrong(&path, &what),
            What::Refused { code, message } => {
                Error { code: Cow::Owned(code), message, path: Some(path) }
            }
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match &self.0.what {
            What::Shape(what) => write!(f, "value{} {what}.", self.0.path),
            What::Refused { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    /// The alternate form of a [`Refusal`] is its code.
    fn custom<T: fmt::Display>(what: T) -> Self {
        Wrong::new(What::Refused { code: format!("{what:#}"), message: what.to_string() })
    }

    fn invalid_type(found: Unexpected, expected: &dyn Expected) -> Self {
        let expected = match expected.to_string().as_str() {
            "a boolean" => "true or false".to_owned(),
            "a borrowed string" => "a string".to_owned(),
            "a sequence" => "a list".to_owned(),
            "i64" => "a whole number".to_owned(),
            ours => ours.to_owned(),
        };
        Wrong::shape(format!("must be {expected}, not {}", in_words(found)))
    }

    fn invalid_value(found: Unexpected, expected: &dyn Expected) -> Self {
        Wrong::invalid_type(found, expected)
    }

    fn unknown_variant(given: &str, known: &'static [&'static str]) -> Self {
        Wrong::custom(Refusal::Word { given: given.to_owned(), known })
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Wrong::shape(format!("is not known. Known are {}", known.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        Wrong::shape("is missing".to_owned()).member(field)
    }

    fn duplicate_field(_: &'static str) -> Self {
        Wrong::shape("has a field that stands twice".to_owned())
    }
}

fn in_words(found: Unexpected) -> String {
    match found {
        Unexpected::Unit | Unexpected::Option => "null".to_owned(),
        Unexpected::Bool(value) => value.to_string(),
        Unexpected::Signed(number) => number.to_string(),
        Unexpected::Unsigned(number) => number.to_string(),
        Unexpected::Float(number) if !number.is_finite() => "NaN or infinite".to_owned(),
        Unexpected::Float(number) if number.fract() == 0.0 => "so large a number".to_owned(),
        Unexpected::Float(_) => "a fraction".to_owned(),
        Unexpected::Str(text) if text.chars().count() <= 40 => format!("the string \"{text}\""),
        Unexpected::Str(_) => "a string".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Other(what) => what.to_owned(),
        _ => "an object".to_owned(),
    }
}

/// A value on its way through serde. A field that is there must not be null, and an object is no list of its fields.
#[derive(Clone, Copy)]
struct Reader<'de>(&'de Value<'de>);

impl Reader<'_> {
    fn unexpected(&self) -> Unexpected<'_> {
        match self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Integer(number) => Unexpected::Signed(*number),
            Value::Float(number) => Unexpected::Float(*number),
            Value::String(text) => Unexpected::Str(text),
            Value::List(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        }
    }
}

/// A list on its way.
struct Elements<'de> {
    values: std::slice::Iter<'de, Value<'de>>,
    next: usize,
}

impl<'de> SeqAccess<'de> for Elements<'de> {
    type Error = Wrong;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Wrong> {
        let Some(value) = self.values.next() else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader(value)).map(Some).map_err(|wrong| wrong.element(index))
    }
}

/// An object on its way.
struct Members<'de> {
    members: std::slice::Iter<'de, (Cow<'de, str>, Value<'de>)>,
    /// The one whose key was read last.
    last: Option<(&'de str, &'de Value<'de>)>,
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = Wrong;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Wrong> {
        let Some((key, value)) = self.members.next() else { return Ok(None) };
        self.last = Some((key, value));
        let read = seed.deserialize(BorrowedStrDeserializer::<Wrong>::new(key));
        read.map(Some).map_err(|wrong| wrong.member(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Wrong> {
        let (key, value) = self.last.unwrap_or(("", &Value::Null));
        seed.deserialize(Reader(value)).map_err(|wrong| wrong.member(key))
    }
}

impl<'de> Reader<'de> {
    fn mismatch(self, expected: &dyn Expected) -> Wrong {
        de::Error::invalid_type(self.unexpected(), expected)
    }
}

/// Each way to read looks for its own kind of value: with `deserialize_any` alone, the code that reads a struct from a
/// list would be there as well, for every struct.
impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Integer(number) => visitor.visit_i64(*number),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::String(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::List(values) => visitor.visit_seq(Elements { values: values.iter(), next: 0 }),
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Object(members) => {
                visitor.visit_map(Members { members: members.iter(), last: None })
            }
            _ => Err(self.mismatch(&visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::String(word) => visitor.visit_enum(BorrowedStrDeserializer::new(word)),
            _ => Err(self.mismatch(&"a string")),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i32 u8 u16 u32 u64 f32 f64 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct
        identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::{read, Value};
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
    struct Outer<'a> {
        #[serde(borrow)]
        inner: Inner<'a>,
        heartbeat: Option<bool>,
        minutes: Option<i64>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
    struct Inner<'a> {
        #[serde(borrow)]
        key_arn: Vec<&'a str>,
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place() {
        let cases = [
            (json!([]), "options must be an object, not a list."),
            (json!("x"), "options must be an object, not the string \"x\"."),
            (json!("x".repeat(41)), "options must be an object, not a string."),
            (json!({}), "options.inner is missing."),
            (json!({"inner": {}}), "options.inner.keyArn is missing."),
            (json!({"inner": null}), "options.inner must be an object, not null."),
            (
                json!({"inner": {"keyArn": 1.5}}),
                "options.inner.keyArn must be a list, not a fraction.",
            ),
            (
                json!({"inner": {"keyArn": ["a", -7]}}),
                "options.inner.keyArn[1] must be a string, not -7.",
            ),
            (
                json!({"inner": {"keyArn": ["a"]}, "heartbeat": "yes"}),
                "options.heartbeat must be true or false, not the string \"yes\".",
            ),
            (
                json!({"inner": {"keyArn": ["a"]}, "heartbeat": null}),
                "options.heartbeat must be true or false, not null.",
            ),
            (
                json!({"inner": {"keyArn": ["a"]}, "minutes": 1e300}),
                "options.minutes must be a whole number, not so large a number.",
            ),
            // A slip of the pen in a name is said before the name that it leaves missing.
            (
                json!({"innner": {"keyArn": ["a"]}}),
                "options.innner is not known. Known are inner, heartbeat, minutes.",
            ),
        ];
        for (value, message) in cases {
            let value = Value::deserialize(value).unwrap();
            let error = read::<Outer>(Some(&value), "options").err();
            assert_eq!(error.as_ref().map(|e| e.message.as_str()), Some(message));
            assert_eq!(error.as_ref().map(|e| e.code.as_ref()), Some("INVALID_ARGUMENT"));
        }
        let value = json!({"inner": {"keyArn": ["a"]}, "heartbeat": true, "minutes": 7});
        let value = Value::deserialize(value).unwrap();
        let read: Outer = read(Some(&value), "options").unwrap();
        assert_eq!(
            (read.inner.key_arn, read.heartbeat, read.minutes),
            (vec!["a"], Some(true), Some(7))
        );
    }
}
