//! Reads arguments into what serde derives, and says of a wrong one where it is and what belongs there.

use std::borrow::Cow;
use std::fmt;

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer, SeqDeserializer};
use serde::de::{self, Deserialize, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_path_to_error::{Path, Segment};

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
    serde_path_to_error::deserialize(Reader(value)).map_err(|wrong| {
        let place = place(path, wrong.path());
        wrong.into_inner().at(place)
    })
}

/// The same for what is large: only when something is wrong is it looked for.
pub(super) fn read_large_at<'de, T: Deserialize<'de>>(
    value: &'de Value<'de>,
    path: &str,
) -> Result<T, Error> {
    T::deserialize(Reader(value)).or_else(|_| read_at(value, path))
}

/// The place below `path`, as JavaScript writes it.
fn place(path: &str, below: &Path) -> String {
    /// A name can be as long as a policy.
    const SHOWN: usize = 80;
    let mut place = path.to_owned();
    for segment in below {
        match segment {
            Segment::Seq { index } => place.push_str(&format!("[{index}]")),
            Segment::Map { key } => {
                place.push('.');
                place.extend(key.chars().take(SHOWN));
            }
            // A word that is none of the known ones; it stands where they would.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    place
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

/// What is wrong with a value, while it is not known where it stands.
#[derive(Debug)]
enum Wrong {
    /// Of the wrong shape: what follows its path in a sentence.
    Shape(String),
    /// A field that must be there is not.
    Missing(&'static str),
    /// Its parser does not take it.
    Refused { code: String, message: String },
}

impl Wrong {
    fn at(self, path: String) -> Error {
        match self {
            Wrong::Shape(what) => wrong(&path, &what),
            Wrong::Missing(field) => wrong(&format!("{path}.{field}"), "is missing"),
            Wrong::Refused { code, message } => {
                Error { code: Cow::Owned(code), message, path: Some(path) }
            }
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Wrong::Shape(what) => write!(f, "it {what}"),
            Wrong::Missing(field) => write!(f, "{field} is missing"),
            Wrong::Refused { message, .. } => f.write_str(message),
        }
    }
}

impl std::error::Error for Wrong {}

impl de::Error for Wrong {
    /// The alternate form of a [`Refusal`] is its code.
    fn custom<T: fmt::Display>(what: T) -> Self {
        Wrong::Refused { code: format!("{what:#}"), message: what.to_string() }
    }

    fn invalid_type(found: Unexpected, expected: &dyn Expected) -> Self {
        let expected = match expected.to_string().as_str() {
            "a boolean" => "true or false".to_owned(),
            "a borrowed string" => "a string".to_owned(),
            "a sequence" => "a list".to_owned(),
            "i64" => "a whole number".to_owned(),
            ours => ours.to_owned(),
        };
        Wrong::Shape(format!("must be {expected}, not {}", in_words(found)))
    }

    fn invalid_value(found: Unexpected, expected: &dyn Expected) -> Self {
        Wrong::invalid_type(found, expected)
    }

    fn unknown_variant(given: &str, known: &'static [&'static str]) -> Self {
        Wrong::custom(Refusal::Word { given: given.to_owned(), known })
    }

    fn unknown_field(_: &str, known: &'static [&'static str]) -> Self {
        Wrong::Shape(format!("is not known. Known are {}", known.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        Wrong::Missing(field)
    }

    fn duplicate_field(_: &'static str) -> Self {
        Wrong::Shape("has a field that stands twice".to_owned())
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

impl<'de> IntoDeserializer<'de, Wrong> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The name of a field, borrowed as values are.
struct Field<'de>(&'de str);

impl<'de> IntoDeserializer<'de, Wrong> for Field<'de> {
    type Deserializer = BorrowedStrDeserializer<'de, Wrong>;

    fn into_deserializer(self) -> Self::Deserializer {
        BorrowedStrDeserializer::new(self.0)
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Wrong;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::List(values) => {
                visitor.visit_seq(SeqDeserializer::new(values.iter().map(Reader)))
            }
            Value::Object(members) => {
                let members = members.iter().map(|(key, value)| (Field(key), Reader(value)));
                visitor.visit_map(MapDeserializer::new(members))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Wrong> {
        visitor.visit_some(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::Object(_) => self.deserialize_any(visitor),
            _ => Err(de::Error::invalid_type(self.unexpected(), &visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Wrong> {
        match self.0 {
            Value::String(word) => {
                BorrowedStrDeserializer::new(word.as_ref()).deserialize_enum(name, words, visitor)
            }
            _ => Err(de::Error::invalid_type(self.unexpected(), &"a string")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf unit unit_struct newtype_struct seq
        tuple tuple_struct map identifier ignored_any
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
