//! Answers as JSON text, from which JavaScript makes objects by itself.
//!
//! To make the objects field by field from here takes as long and more code, and serde_json's printing is slow where the
//! module is built for size. Only what answers are made of is written: no bytes, no enum with fields.

use serde::de::value::Error;
use serde::ser::{self, Impossible};
use serde::Serialize;

use crate::json;

/// An answer as JSON text.
pub fn to_json(answer: &impl Serialize) -> String {
    let mut text = Text { text: String::new(), is_json: false };
    // Only what answers never hold is refused, and it would be missing in every test.
    match answer.serialize(&mut text) {
        Ok(()) => text.text,
        Err(_) => "null".to_owned(),
    }
}

/// A JSON text that stands in an answer as the value that it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename = "Parsed")]
pub struct Parsed(pub String);

struct Text {
    text: String,
    /// Whether the string that comes next is written as it stands.
    is_json: bool,
}

/// A list or an object that is being written.
struct Members<'t> {
    text: &'t mut Text,
    /// What stands before the next member.
    before: &'static str,
    end: &'static str,
}

type Written = Result<(), Error>;
type Never = Impossible<(), Error>;

fn never<T>() -> Result<T, Error> {
    Err(ser::Error::custom("no answer holds this"))
}

impl Text {
    fn push(&mut self, text: &str) -> Written {
        self.text.push_str(text);
        Ok(())
    }

    fn members(&mut self, start: &'static str, end: &'static str) -> Result<Members<'_>, Error> {
        Ok(Members { text: self, before: start, end })
    }
}

impl Members<'_> {
    fn next(&mut self) {
        self.text.text.push_str(self.before);
        self.before = ",";
    }

    fn member(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Written {
        self.next();
        json::quote_to(&mut self.text.text, name);
        self.text.text.push(':');
        value.serialize(&mut *self.text)
    }

    fn element(&mut self, value: &(impl Serialize + ?Sized)) -> Written {
        self.next();
        value.serialize(&mut *self.text)
    }

    fn close(self) -> Written {
        // Without a member, its start is not written yet.
        if self.before != "," {
            self.text.text.push_str(self.before);
        }
        self.text.push(self.end)
    }
}

impl<'t> ser::Serializer for &'t mut Text {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Members<'t>;
    type SerializeTuple = Members<'t>;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Members<'t>;
    type SerializeStruct = Members<'t>;
    type SerializeStructVariant = Never;

    fn serialize_bool(self, value: bool) -> Written {
        self.push(if value { "true" } else { "false" })
    }

    fn serialize_i8(self, value: i8) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Written {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Written {
        self.push(&value.to_string())
    }

    fn serialize_u8(self, value: u8) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Written {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Written {
        self.push(&value.to_string())
    }

    fn serialize_f32(self, _: f32) -> Written {
        never()
    }

    fn serialize_f64(self, _: f64) -> Written {
        never()
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        match std::mem::take(&mut self.is_json) {
            true => self.text.push_str(value),
            false => json::quote_to(&mut self.text, value),
        }
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        never()
    }

    fn serialize_none(self) -> Written {
        self.push("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.push("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.push("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Written {
        self.is_json = name == "Parsed";
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let mut object = self.members("{", "}")?;
        object.member(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'t>, Error> {
        self.members("[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Members<'t>, Error> {
        self.members("[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Never, Error> {
        never()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Error> {
        never()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'t>, Error> {
        self.members("{", "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'t>, Error> {
        self.members("{", "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Never, Error> {
        never()
    }
}

impl ser::SerializeSeq for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.element(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeTuple for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.element(value)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Written {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        self.text.text.push(':');
        value.serialize(&mut *self.text)
    }

    fn end(self) -> Written {
        self.close()
    }
}

impl ser::SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.member(name, value)
    }

    fn end(self) -> Written {
        self.close()
    }
}
