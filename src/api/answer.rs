//! Answers as words, from which JavaScript makes objects.
//!
//! To make them field by field from here takes longer, and to write JSON for it to parse longer still when an answer is
//! large. What answers are made of is written and no more: no bytes, no tuple, no enum with fields, no object whose names
//! are not ours.

mod parsed;

use serde::de::value::Error;
use serde::ser::{self, Impossible};
use serde::Serialize;

pub use parsed::Parsed;

/// An answer in the order of a walk.
///
/// The lower three bits of a word are one of the constants of this type, the others what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flat {
    /// The words.
    pub words: Vec<u32>,
    /// All texts, one behind the other.
    pub text: String,
    /// How long each text is, in UTF-16 code units.
    pub lengths: Vec<u32>,
}

impl Flat {
    /// `null`.
    pub const NULL: u32 = 0;
    /// `false`.
    pub const FALSE: u32 = 1;
    /// `true`.
    pub const TRUE: u32 = 2;
    /// The number itself.
    pub const NUMBER: u32 = 3;
    /// The index of a text.
    pub const STRING: u32 = 4;
    /// How many values follow.
    pub const LIST: u32 = 5;
    /// How many fields follow, each a string and a value.
    pub const OBJECT: u32 = 6;
    /// The index of a text that is the JSON of the value.
    pub const JSON: u32 = 7;
}

/// An answer as words.
pub fn flat(answer: &impl Serialize) -> Flat {
    let mut writer =
        Writer { flat: Flat::default(), starts: Vec::new(), recent: [0; RECENT], is_json: false };
    // Only what answers never hold is refused, and it would be missing in every test.
    match answer.serialize(&mut writer) {
        Ok(()) => writer.flat,
        Err(_) => Flat { words: vec![Flat::NULL], ..Flat::default() },
    }
}

/// So many texts are remembered, of each kind the last: most stand many times in an answer.
const RECENT: usize = 128;

struct Writer {
    flat: Flat,
    /// Where each text begins.
    starts: Vec<usize>,
    /// By a number that is made of a text, the index of a text with this number.
    recent: [usize; RECENT],
    /// Whether the string that comes next is the JSON of a value.
    is_json: bool,
}

/// A list or an object that is being written.
struct Members<'w> {
    writer: &'w mut Writer,
    /// The index of its first word.
    head: usize,
}

type Written = Result<(), Error>;
type Never = Impossible<(), Error>;

fn never<T>() -> Result<T, Error> {
    Err(ser::Error::custom("no answer holds this"))
}

impl Writer {
    fn word(&mut self, kind: u32, rest: usize) -> Written {
        // There are fewer texts than bytes, and a module has fewer than this has numbers.
        self.flat.words.push(kind | (rest as u32) << 3);
        Ok(())
    }

    /// A number that no word holds is written as JSON.
    fn number(&mut self, small: Option<u32>, text: impl Fn() -> String) -> Written {
        match small.filter(|number| *number < 1 << 29) {
            Some(number) => self.word(Flat::NUMBER, number as usize),
            None => {
                let index = self.index(&text());
                self.word(Flat::JSON, index)
            }
        }
    }

    fn index(&mut self, text: &str) -> usize {
        let bytes = text.as_bytes();
        let at = |index: usize| bytes.get(index).map_or(0, |byte| usize::from(*byte));
        let (length, middle) = (bytes.len(), bytes.len() / 2);
        let number = length * 5 + at(0) + at(middle) * 3 + at(length.wrapping_sub(1)) * 7;
        let slot = self.recent.get_mut(number % RECENT);
        let known = slot.as_ref().map_or(0, |slot| **slot);
        let start = self.starts.get(known).copied().unwrap_or(usize::MAX);
        let end = self.starts.get(known + 1).copied().unwrap_or(self.flat.text.len());
        if self.flat.text.get(start..end) == Some(text) {
            return known;
        }
        let index = self.starts.len();
        if let Some(slot) = slot {
            *slot = index;
        }
        self.starts.push(self.flat.text.len());
        self.flat.text.push_str(text);
        let units = if text.is_ascii() { length } else { text.encode_utf16().count() };
        self.flat.lengths.push(units as u32);
        index
    }

    fn members(&mut self, kind: u32) -> Result<Members<'_>, Error> {
        let head = self.flat.words.len();
        self.flat.words.push(kind);
        Ok(Members { writer: self, head })
    }
}

impl Members<'_> {
    fn name(&mut self, name: &str) -> Written {
        let index = self.writer.index(name);
        self.writer.word(Flat::STRING, index)
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Written {
        if let Some(head) = self.writer.flat.words.get_mut(self.head) {
            *head += 1 << 3;
        }
        value.serialize(&mut *self.writer)
    }
}

impl<'w> ser::Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Members<'w>;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Members<'w>;
    type SerializeStructVariant = Never;

    fn is_human_readable(&self) -> bool {
        false
    }

    fn serialize_bool(self, value: bool) -> Written {
        self.word(if value { Flat::TRUE } else { Flat::FALSE }, 0)
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
        self.number(value.try_into().ok(), || value.to_string())
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
        self.number(value.try_into().ok(), || value.to_string())
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
        let index = self.index(value);
        let is_json = std::mem::take(&mut self.is_json);
        self.word(if is_json { Flat::JSON } else { Flat::STRING }, index)
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        never()
    }

    fn serialize_none(self) -> Written {
        self.word(Flat::NULL, 0)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.word(Flat::NULL, 0)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.word(Flat::NULL, 0)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Written {
        self.is_json = name == Parsed::NAME;
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let mut object = self.members(Flat::OBJECT)?;
        object.name(variant)?;
        object.value(value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Members<'w>, Error> {
        self.members(Flat::LIST)
    }

    fn serialize_tuple(self, _: usize) -> Result<Never, Error> {
        never()
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

    fn serialize_map(self, _: Option<usize>) -> Result<Never, Error> {
        never()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'w>, Error> {
        self.members(Flat::OBJECT)
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
        self.value(value)
    }

    fn end(self) -> Written {
        Ok(())
    }
}

impl ser::SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Written {
        self.name(name)?;
        self.value(value)
    }

    fn end(self) -> Written {
        Ok(())
    }
}
