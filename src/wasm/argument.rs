//! Arguments copied out of JavaScript; `crossing.js` walks them.

use std::borrow::Cow;

use js_sys::JsString;
use wasm_bindgen::prelude::*;
use wasm_bindgen::JsCast;

use crate::api::{Error, Flat, PolicyText, Value};

#[wasm_bindgen(module = "/src/wasm/crossing.js")]
extern "C" {
    /// What `flatten` gives back.
    type Walked;

    fn bytes(value: &JsValue) -> Option<Vec<u8>>;

    fn flatten(value: &JsValue, name: &str) -> Walked;

    #[wasm_bindgen(method, getter, structural)]
    fn words(this: &Walked) -> Vec<u32>;

    #[wasm_bindgen(method, getter, structural)]
    fn numbers(this: &Walked) -> Vec<f64>;

    #[wasm_bindgen(method, getter, structural)]
    fn lengths(this: &Walked) -> Vec<u32>;

    #[wasm_bindgen(method, getter, structural)]
    fn text(this: &Walked) -> Vec<u8>;

    #[wasm_bindgen(method, getter, structural)]
    fn path(this: &Walked) -> String;

    #[wasm_bindgen(method, getter, structural)]
    fn refused(this: &Walked) -> Option<String>;
}

/// An argument as words, which `crossing.js` explains.
#[derive(Default)]
pub(super) struct Copied {
    words: Vec<u32>,
    numbers: Vec<f64>,
    lengths: Vec<u32>,
    text: String,
}

/// Copies an argument, or says what is wrong with it and where.
pub(super) fn copied(value: &JsValue, name: &str) -> Result<Copied, Error> {
    if value.is_undefined() {
        return Ok(Copied::default());
    }
    let flat = flatten(value, name);
    if let Some(what) = flat.refused() {
        let path = flat.path();
        let message = format!("{path} {what}.");
        return Err(Error { code: "INVALID_ARGUMENT", message, path: Some(path) });
    }
    Ok(Copied {
        words: flat.words(),
        numbers: flat.numbers(),
        lengths: flat.lengths(),
        text: utf8(flat.text()),
    })
}

/// A text, and where JavaScript's string had half a surrogate pair, which Rust cannot hold.
pub(super) fn text(value: &JsValue, name: &str) -> Result<PolicyText, Error> {
    let copy;
    let given = match bytes(value) {
        // Not through words: a text is often all there is, and long.
        Some(bytes) => Some(Value::String(utf8(bytes).into())),
        None => {
            copy = copied(value, name)?;
            copy.tree()
        }
    };
    let mut policy = PolicyText::read(given, name)?;
    if let Some(text) = value.dyn_ref::<JsString>() {
        policy.lone_surrogate = lone_surrogate(&policy.text, text);
    }
    Ok(policy)
}

impl Copied {
    /// The argument as a tree; `None` when it is undefined.
    pub fn tree(&self) -> Option<Value<'_>> {
        let mut words = Words {
            words: self.words.iter(),
            numbers: self.numbers.iter(),
            texts: texts(&self.text, &self.lengths),
        };
        words.words.next().map(|word| words.tree(*word))
    }

    /// The same; what is undefined is null, which no call takes.
    pub fn tree_or_null(&self) -> Value<'_> {
        self.tree().unwrap_or(Value::Null)
    }
}

/// The words that are left.
struct Words<'t> {
    words: std::slice::Iter<'t, u32>,
    numbers: std::slice::Iter<'t, f64>,
    texts: Vec<&'t str>,
}

impl<'t> Words<'t> {
    fn tree(&mut self, word: u32) -> Value<'t> {
        let rest = word >> 3;
        match word & 7 {
            Flat::FALSE => Value::Bool(false),
            Flat::TRUE => Value::Bool(true),
            Flat::NUMBER => number(self.numbers.next().copied().unwrap_or(f64::NAN)),
            Flat::STRING => Value::String(self.text(rest)),
            Flat::LIST => Value::List((0..rest).map(|_| self.next_tree()).collect()),
            Flat::OBJECT => {
                Value::Object((0..rest).map(|_| (self.name(), self.next_tree())).collect())
            }
            _ => Value::Null,
        }
    }

    fn next_tree(&mut self) -> Value<'t> {
        let word = self.next();
        self.tree(word)
    }

    fn name(&mut self) -> Cow<'t, str> {
        let word = self.next();
        self.text(word >> 3)
    }

    fn text(&self, index: u32) -> Cow<'t, str> {
        self.texts.get(index as usize).copied().unwrap_or_default().into()
    }

    fn next(&mut self) -> u32 {
        self.words.next().copied().unwrap_or(0)
    }
}

/// The texts of these lengths in UTF-16 units, line breaks between them.
fn texts<'t>(all: &'t str, lengths: &[u32]) -> Vec<&'t str> {
    let mut rest = all;
    let mut texts = Vec::with_capacity(lengths.len());
    for units in lengths {
        let (text, behind) = rest.split_at_checked(end(rest, *units as usize)).unwrap_or_default();
        texts.push(text);
        rest = behind.get(1..).unwrap_or_default();
    }
    texts
}

/// The byte behind so many UTF-16 units.
fn end(text: &str, units: usize) -> usize {
    if text.as_bytes().get(..units).is_some_and(<[u8]>::is_ascii) {
        return units;
    }
    let (mut end, mut left) = (0, units);
    for c in text.chars() {
        if left == 0 {
            break;
        }
        left = left.saturating_sub(c.len_utf16());
        end += c.len_utf8();
    }
    end
}

/// What an encoder of JavaScript has written.
fn utf8(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_default()
}

/// The first place, in UTF-16 code units from 0, where a half became U+FFFD when the string was copied.
fn lone_surrogate(copied: &str, original: &JsString) -> Option<usize> {
    copied.find(char::REPLACEMENT_CHARACTER)?;
    let mut offset = 0;
    for c in copied.chars() {
        if c == char::REPLACEMENT_CHARACTER {
            let unit = original.char_code_at(offset) as u32;
            if (0xd800..0xe000).contains(&unit) {
                return Some(offset as usize);
            }
        }
        offset += c.len_utf16() as u32;
    }
    None
}

/// A whole number stays one, so that messages say 7 and not 7.0.
fn number(number: f64) -> Value<'static> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        Value::Integer(number as i64)
    } else {
        Value::Float(number)
    }
}
