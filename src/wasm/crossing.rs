//! Arguments out of JavaScript, and answers back into it: as objects, and what is large as one JSON text.

use std::hint::black_box;

use js_sys::{Array, JsString, JSON};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen::JsCast;

use crate::api::{Edit, Error, PolicyText, Value};

#[wasm_bindgen(module = "/src/wasm/crossing.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn copy(value: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    fn size() -> usize;

    fn units(value: &JsValue) -> Option<usize>;

    fn write(text: &JsString, room: &mut [u8]) -> usize;

    #[wasm_bindgen(catch)]
    fn json(value: &JsValue, name: &str) -> Result<Option<String>, JsValue>;
}

/// Asks the system at once for the memory that a large argument of about so many bytes is likely to take.
///
/// Piece by piece it grows by 64 KB, thousands of times, and to Node each time is work of a fifth of a millisecond: for a
/// tree of small values that is most of a call. What is never used takes no room but addresses.
fn make_room(bytes: usize) {
    const LARGE: usize = 100_000;
    const TIMES: usize = 24;
    const MOST: usize = 96 * 1024 * 1024;
    if bytes >= LARGE {
        let mut room = Vec::<u8>::new();
        // Where there is not so much of it the call may still find what it needs.
        let _ = room.try_reserve_exact(bytes.saturating_mul(TIMES).min(MOST));
        black_box(&mut room);
    }
}

/// What a call gives back, or throws.
pub(super) type Answer = Result<JsValue, JsValue>;

/// An argument; `None` when it is undefined.
///
/// Not read into structs at once, since serde_wasm_bindgen looks only for the fields of a struct, and fields too many
/// must be refused.
pub(super) fn argument(value: &JsValue, name: &str) -> Result<Option<Value<'static>>, JsValue> {
    let copied = copy(value, name)?;
    if copied.is_undefined() {
        return Ok(None);
    }
    make_room(size());
    Ok(Some(serde_wasm_bindgen::from_value(copied)?))
}

/// What a call answers to an argument of which thousands of values are expected: it crosses as JSON text.
pub(super) fn large<T>(
    value: &JsValue,
    name: &str,
    call: fn(&Value) -> Result<T, Error>,
) -> Result<T, JsValue> {
    let text = json(value, name)?;
    make_room(size());
    let value = text.map_or(Ok(Value::Null), |text| serde_json::from_str(&text).map_err(bug))?;
    call(&value).map_err(|error| thrown(&error))
}

/// A text, and where JavaScript's string had half a surrogate pair, which Rust cannot hold.
pub(super) fn policy_text(value: &JsValue, name: &str) -> Result<PolicyText, JsValue> {
    let Some(units) = units(value) else {
        return PolicyText::read(argument(value, name)?, name).map_err(|error| thrown(&error));
    };
    make_room(units);
    let original: &JsString = value.unchecked_ref();
    // No unit takes more bytes; what is too much is let go again.
    let mut bytes = vec![0; 3 * units];
    let length = write(original, &mut bytes);
    bytes.truncate(length);
    bytes.shrink_to_fit();
    let text = String::from_utf8(bytes).map_err(bug)?;
    // A text of as many bytes as units is ASCII.
    let lone_surrogate = if length == units { None } else { lone_surrogate(&text, original) };
    Ok(PolicyText { text, lone_surrogate })
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

/// The answer, or what is thrown, as plain objects.
pub(super) fn objects<T: Serialize>(result: Result<T, Error>) -> Answer {
    let answer = result.map_err(|error| thrown(&error))?;
    Ok(answer.serialize(&Serializer::json_compatible())?)
}

/// The same by way of JSON text, which takes less time when there is much of it.
pub(super) fn by_text<T: Serialize>(result: Result<T, Error>) -> Answer {
    let answer = result.map_err(|error| thrown(&error))?;
    JSON::parse(&serde_json::to_string(&answer).map_err(bug)?)
}

/// The text with its edits, which are in order and apart. JavaScript's own string is cut, since Rust's copy of it has no
/// halves of surrogate pairs.
pub(super) fn edited(text: &JsValue, edits: Result<Vec<Edit>, Error>) -> Answer {
    let edits = edits.map_err(|error| thrown(&error))?;
    let Some(text) = text.dyn_ref::<JsString>() else { return Ok(text.clone()) };
    let (pieces, mut at) = (Array::new(), 0);
    for edit in edits {
        pieces.push(&text.slice(at, edit.start as u32));
        pieces.push(&JsValue::from_str(&edit.text));
        at = edit.end as u32;
    }
    pieces.push(&text.slice(at, text.length()));
    Ok(pieces.join("").into())
}

/// A list in which the elements of `distinct` stand in this order, as often as it names them.
pub(super) fn repeated(distinct: &JsValue, order: &[u32]) -> Answer {
    let distinct = Array::from(distinct);
    Ok(order.iter().map(|at| distinct.get(*at)).collect::<Array>().into())
}

/// What is thrown for a refusal.
fn thrown(error: &Error) -> JsValue {
    error.serialize(&Serializer::json_compatible()).unwrap_or_else(JsValue::from)
}

/// What cannot happen: JSON that was written a moment ago is not read, a value has no JSON form, or UTF-8 is none.
fn bug(error: impl std::error::Error) -> JsValue {
    JsError::new(&error.to_string()).into()
}
