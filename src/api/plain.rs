//! How a plain JSON value is read and written by serde.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::json::Plain;
use crate::policy::Policy;

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Plain::Null => serializer.serialize_unit(),
            Plain::Bool(value) => serializer.serialize_bool(*value),
            Plain::Integer(number) => serializer.serialize_i64(*number),
            Plain::Float(number) => serializer.serialize_f64(*number),
            Plain::String(text) => serializer.serialize_str(text),
            Plain::List(values) => serializer.collect_seq(values),
            Plain::Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    object.serialize_entry(key.as_ref(), value)?;
                }
                object.end()
            }
        }
    }
}

/// A policy document as the object that it is in JSON.
pub(super) fn document<S: Serializer>(policy: &Policy, serializer: S) -> Result<S::Ok, S::Error> {
    policy.to_plain().serialize(serializer)
}

impl<'de, 't> Deserialize<'de> for Plain<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any(PhantomData))
    }
}

struct Any<'t>(PhantomData<Plain<'t>>);

impl<'de, 't> Visitor<'de> for Any<'t> {
    type Value = Plain<'t>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Plain<'t>, E> {
        Ok(Plain::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Plain<'t>, E> {
        Ok(Plain::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Plain<'t>, E> {
        Ok(number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Plain<'t>, E> {
        Ok(i64::try_from(value).map_or(Plain::Float(value as f64), number))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Plain<'t>, E> {
        Ok(Plain::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Plain<'t>, E> {
        Ok(Plain::string(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Plain<'t>, E> {
        Ok(Plain::string(value))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Plain<'t>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Plain::List(values))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut object: A) -> Result<Plain<'t>, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = object.next_entry()? {
            members.push((Cow::Owned(key), value));
        }
        Ok(Plain::Object(members))
    }
}

/// A whole number is one as far as JavaScript tells it from its neighbours.
fn number(value: i64) -> Plain<'static> {
    const EXACT: u64 = 1 << 53;
    if value.unsigned_abs() < EXACT {
        Plain::Integer(value)
    } else {
        Plain::Float(value as f64)
    }
}
