//! The calls of the package for JavaScript: plain objects in and out.
//!
//! No argument can trap the module, whatever its type: it is copied into a tree first, and the copy is bounded.

use js_sys::{Array, JsString, Reflect};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen::JsCast;

use crate::api::{self, Error, PolicyText, Value};

/// `buildNodePolicy(options?)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = buildNodePolicy)]
pub fn build_node_policy(options: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        argument(options, "options").and_then(|options| api::build_node_policy(options.as_ref())),
    )
}

/// `buildOperatorPolicy(options)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = buildOperatorPolicy)]
pub fn build_operator_policy(options: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        argument(options, "options")
            .and_then(|options| api::build_operator_policy(options.as_ref())),
    )
}

/// `buildRelated(kind, options)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = buildRelated)]
pub fn build_related(kind: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        argument(kind, "kind").and_then(|kind| {
            api::build_related(kind.as_ref(), argument(options, "options")?.as_ref())
        }),
    )
}

/// `evaluate(input)`; throws `{code, message, path}`.
#[wasm_bindgen]
pub fn evaluate(input: &JsValue) -> Result<JsValue, JsValue> {
    answer(required(input, "input").and_then(|input| api::evaluate(&input)))
}

/// `evaluateAll(input)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = evaluateAll)]
pub fn evaluate_all(input: &JsValue) -> Result<JsValue, JsValue> {
    let decisions = required(input, "input").and_then(|input| api::evaluate_all(&input));
    let (distinct, order) = decisions.map_or_else(
        |error| (answer::<()>(Err(error)), Vec::new()),
        |decisions| (answer(Ok(decisions.distinct)), decisions.order),
    );
    let distinct = Array::from(&distinct?);
    Ok(order.into_iter().map(|at| distinct.get(at)).collect::<Array>().into())
}

/// `validatePolicy(policyDocument, options?)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = validatePolicy)]
pub fn validate_policy(policy_document: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        text_argument(policy_document, "policyDocument").and_then(|policy| {
            api::validate_policy(&policy, argument(options, "options")?.as_ref())
        }),
    )
}

/// `applyFixes(policyDocument, fixes)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = applyFixes)]
pub fn apply_fixes(policy_document: &JsValue, fixes: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        text_argument(policy_document, "policyDocument")
            .and_then(|policy| api::apply_fixes(&policy, argument(fixes, "fixes")?.as_ref())),
    )
}

/// `diagnoseRole(input)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = diagnoseRole)]
pub fn diagnose_role(input: &JsValue) -> Result<JsValue, JsValue> {
    answer(required(input, "input").and_then(|input| api::diagnose_role(&input)))
}

/// `describePolicy(document)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = describePolicy)]
pub fn describe_policy(document: &JsValue) -> Result<JsValue, JsValue> {
    answer(required(document, "document").and_then(|given| api::describe_policy(&given)))
}

/// `explainError(text)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = explainError)]
pub fn explain_error(text: &JsValue) -> Result<JsValue, JsValue> {
    answer(text_argument(text, "text").map(|text| api::explain_error(&text)))
}

/// `listCapabilities()`.
#[wasm_bindgen(js_name = listCapabilities)]
pub fn list_capabilities() -> Result<JsValue, JsValue> {
    answer(Ok(api::list_capabilities()))
}

/// `listManagedPolicies()`.
#[wasm_bindgen(js_name = listManagedPolicies)]
pub fn list_managed_policies() -> Result<JsValue, JsValue> {
    answer(Ok(api::list_managed_policies()))
}

/// `listChecks()`.
#[wasm_bindgen(js_name = listChecks)]
pub fn list_checks() -> Result<JsValue, JsValue> {
    answer(Ok(api::list_checks()))
}

/// `catalogInfo()`.
#[wasm_bindgen(js_name = catalogInfo)]
pub fn catalog_info() -> Result<JsValue, JsValue> {
    answer(Ok(api::catalog_info()))
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
    let mut reader =
        Reader { depth: 0, inward: Vec::new(), values_left: VALUES, units_left: UNITS };
    reader.tree(value).map(Some).map_err(|what| reader.refused(name, what))
}

/// The argument as a tree; what is undefined is null, which no call takes.
fn required(value: &JsValue, name: &str) -> Result<Value, Error> {
    argument(value, name).map(|value| value.unwrap_or(Value::Null))
}

/// A text, and where JavaScript's string had half a surrogate pair, which Rust cannot hold.
fn text_argument(value: &JsValue, name: &str) -> Result<PolicyText, Error> {
    let mut policy = PolicyText::read(argument(value, name)?, name)?;
    if let Some(text) = value.dyn_ref::<JsString>() {
        policy.lone_surrogate = lone_surrogate(&policy.text, text);
    }
    Ok(policy)
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

/// Deeper than any argument has a reason to be; an object that contains itself ends here.
const DEPTH: usize = 128;
/// More values than any argument has a reason to hold.
const VALUES: u32 = 250_000;
/// The UTF-16 units of all its strings and names together. A module has 4 GB, and a script can give the same
/// long string a hundred times for nothing.
const UNITS: u32 = 64_000_000;

const UNREADABLE: &str = "could not be read";
const TOO_LARGE: &str = "is too large";

#[wasm_bindgen]
extern "C" {
    // js_sys has it without catch, and it throws for a revoked proxy.
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// Copies an argument out of JavaScript, or says what is wrong and where.
///
/// All that could run a getter or a proxy is called in a form that gives back what it throws: an exception that
/// passed through the module itself would leave its stack unbalanced.
struct Reader {
    depth: usize,
    /// The steps from what is wrong outwards; written once something is.
    inward: Vec<String>,
    values_left: u32,
    units_left: u32,
}

impl Reader {
    fn tree(&mut self, value: &JsValue) -> Result<Value, &'static str> {
        self.values_left = self.values_left.checked_sub(1).ok_or(TOO_LARGE)?;
        if value.is_null() {
            return Ok(Value::Null);
        }
        if let Some(boolean) = value.as_bool() {
            return Ok(Value::Bool(boolean));
        }
        if let Some(text) = value.dyn_ref::<JsString>() {
            return self.text(text).map(Value::String);
        }
        if let Some(number) = value.as_f64() {
            return Ok(number_from(number));
        }
        if self.depth == DEPTH {
            return Err("is nested too deeply, or contains itself");
        }
        self.depth += 1;
        let tree =
            match is_array(value).map_err(|_| UNREADABLE)? {
                true => self.list(value)?,
                false if is_plain_object(value)? => self.object(value)?,
                false => return Err(
                    "must be plain data: an object, a list, a string, a number or true or false",
                ),
            };
        self.depth -= 1;
        Ok(tree)
    }

    /// Its length is known before a byte of it is copied.
    fn text(&mut self, text: &JsString) -> Result<String, &'static str> {
        self.units_left = self.units_left.checked_sub(text.length()).ok_or(TOO_LARGE)?;
        Ok(text.into())
    }

    fn list(&mut self, value: &JsValue) -> Result<Value, &'static str> {
        let length = Reflect::get(value, &"length".into()).map_err(|_| UNREADABLE)?;
        let mut list = Vec::new();
        for i in 0..length.as_f64().unwrap_or(0.0) as u32 {
            let element = Reflect::get_u32(value, i).map_err(|_| UNREADABLE);
            let element = element.and_then(|element| self.tree(&element));
            list.push(element.inspect_err(|_| self.inward.push(format!("[{i}]")))?);
        }
        Ok(Value::List(list))
    }

    fn object(&mut self, value: &JsValue) -> Result<Value, &'static str> {
        let mut fields = Vec::new();
        for key in Reflect::own_keys(value).map_err(|_| UNREADABLE)?.iter() {
            // Symbols are nobody's options.
            let Some(name) = key.dyn_ref::<JsString>() else {
                continue;
            };
            let name = self.text(name)?;
            let value = Reflect::get(value, &key).map_err(|_| UNREADABLE);
            let tree = value.and_then(|value| match value.is_undefined() {
                // In JavaScript a field that is undefined is a field left out.
                true => Ok(None),
                false => self.tree(&value).map(Some),
            });
            if let Some(tree) = tree.inspect_err(|_| self.inward.push(format!(".{name}")))? {
                fields.push((name, tree));
            }
        }
        Ok(Value::Object(fields))
    }

    fn refused(&self, name: &str, what: &str) -> Error {
        let steps = self.inward.iter().rev().map(String::as_str);
        let path: String = std::iter::once(name).chain(steps).collect();
        Error { code: "INVALID_ARGUMENT", message: format!("{path} {what}."), path: Some(path) }
    }
}

/// Written as `{}`, in whichever window: its prototype, if any, is the end of the chain. A Map or a Date is not.
fn is_plain_object(value: &JsValue) -> Result<bool, &'static str> {
    let prototype = |of: &JsValue| Reflect::get_prototype_of(of).map_err(|_| UNREADABLE);
    if !value.is_object() {
        return Ok(false);
    }
    let first = prototype(value)?;
    Ok(first.is_null() || prototype(&first)?.is_null())
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
