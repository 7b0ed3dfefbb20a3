//! The calls of the package for JavaScript: plain objects in and out.
//!
//! No argument can trap the module, whatever its type: it is copied into a tree first, within a depth.

use js_sys::{Array, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::api::{self, Error, Value};

/// `buildNodePolicy(options?)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = buildNodePolicy)]
pub fn build_node_policy(options: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        argument(options, "options").and_then(|options| api::build_node_policy(options.as_ref())),
    )
}

fn answer<T: Serialize>(result: Result<T, Error>) -> Result<JsValue, JsValue> {
    let plain = Serializer::json_compatible();
    match result {
        Ok(value) => Ok(value.serialize(&plain)?),
        Err(error) => Err(error.serialize(&plain)?),
    }
}

/// The argument as a tree; `None` when it is undefined.
fn argument(value: &JsValue, name: &str) -> Result<Option<Value>, Error> {
    if value.is_undefined() {
        return Ok(None);
    }
    tree(value, name, 0).map(Some)
}

/// Deeper than any argument has a reason to be; an object that contains itself ends here.
const DEPTH: usize = 128;

fn tree(value: &JsValue, path: &str, depth: usize) -> Result<Value, Error> {
    if depth > DEPTH {
        return Err(refused(path, "is nested too deeply, or contains itself"));
    }
    if value.is_null() {
        return Ok(Value::Null);
    }
    if let Some(boolean) = value.as_bool() {
        return Ok(Value::Bool(boolean));
    }
    if let Some(text) = value.as_string() {
        return Ok(Value::String(text));
    }
    if let Some(number) = value.as_f64() {
        return Ok(number_from(number));
    }
    if Array::is_array(value) {
        return list(value, path, depth);
    }
    if !is_plain_object(value) {
        return Err(refused(
            path,
            "must be plain data: an object, a list, a string, a number or true or false",
        ));
    }
    object(value, path, depth)
}

// Everything below reads by Reflect, whose calls give back what a getter or proxy throws: an exception that
// passed through the module itself would leave its stack unbalanced.

fn list(value: &JsValue, path: &str, depth: usize) -> Result<Value, Error> {
    let unreadable = |_| refused(path, "could not be read");
    let length = Reflect::get(value, &"length".into()).map_err(unreadable)?;
    let mut list = Vec::new();
    for i in 0..length.as_f64().unwrap_or(0.0) as u32 {
        let element = Reflect::get_u32(value, i).map_err(unreadable)?;
        list.push(tree(&element, &format!("{path}[{i}]"), depth + 1)?);
    }
    Ok(Value::List(list))
}

/// Written as `{}`, in whichever window: its prototype, if any, is the end of the chain. A Map or a Date is not.
fn is_plain_object(value: &JsValue) -> bool {
    if !value.is_object() {
        return false;
    }
    let prototype = |of: &JsValue| Reflect::get_prototype_of(of).map(JsValue::from);
    match prototype(value) {
        Ok(first) => first.is_null() || prototype(&first).is_ok_and(|second| second.is_null()),
        Err(_) => false,
    }
}

fn object(value: &JsValue, path: &str, depth: usize) -> Result<Value, Error> {
    let unreadable = |_| refused(path, "could not be read");
    let mut fields = Vec::new();
    for key in Reflect::own_keys(value).map_err(unreadable)?.iter() {
        // Symbols are nobody's options.
        let Some(name) = key.as_string() else {
            continue;
        };
        let value = Reflect::get(value, &key).map_err(unreadable)?;
        // In JavaScript a field that is undefined is a field left out.
        if !value.is_undefined() {
            let value = tree(&value, &format!("{path}.{name}"), depth + 1)?;
            fields.push((name, value));
        }
    }
    Ok(Value::Object(fields))
}

/// A whole number stays one, so that messages say 7 and not 7.0.
fn number_from(number: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        Value::Integer(number as i64)
    } else {
        Value::Float(number)
    }
}

fn refused(path: &str, what: &str) -> Error {
    Error {
        code: "INVALID_ARGUMENT",
        message: format!("{path} {what}."),
        path: Some(path.to_owned()),
    }
}
