//! The calls of the package for JavaScript: plain objects in and out.
//!
//! No argument can trap the module, whatever its type: it is copied into a tree first, and the copy is bounded.

mod argument;

use js_sys::{Array, JsString};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen::JsCast;

use crate::api::{self, Error, Flat};
use argument::{copied, text};

#[wasm_bindgen(module = "/src/wasm/crossing.js")]
extern "C" {
    fn build(words: &[u32], text: &str, lengths: &[u32]) -> JsValue;
}

/// `buildNodePolicy(options?)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = buildNodePolicy)]
pub fn build_node_policy(options: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        copied(options, "options")
            .and_then(|options| api::build_node_policy(options.tree().as_ref())),
    )
}

/// `buildOperatorPolicy(options)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = buildOperatorPolicy)]
pub fn build_operator_policy(options: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        copied(options, "options")
            .and_then(|options| api::build_operator_policy(options.tree().as_ref())),
    )
}

/// `buildRelated(kind, options)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = buildRelated)]
pub fn build_related(kind: &JsValue, options: &JsValue) -> Result<JsValue, JsValue> {
    answer(copied(kind, "kind").and_then(|kind| {
        let options = copied(options, "options")?;
        api::build_related(kind.tree().as_ref(), options.tree().as_ref())
    }))
}

/// `evaluate(input)`; throws `{code, message, path}`.
#[wasm_bindgen]
pub fn evaluate(input: &JsValue) -> Result<JsValue, JsValue> {
    answer(copied(input, "input").and_then(|input| api::evaluate(&input.tree_or_null())))
}

/// `evaluateAll(input)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = evaluateAll)]
pub fn evaluate_all(input: &JsValue) -> Result<JsValue, JsValue> {
    let decisions =
        copied(input, "input").and_then(|input| api::evaluate_all(&input.tree_or_null()));
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
    answer(text(policy_document, "policyDocument").and_then(|policy| {
        api::validate_policy(&policy, copied(options, "options")?.tree().as_ref())
    }))
}

/// `applyFixes(policyDocument, fixes)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = applyFixes)]
pub fn apply_fixes(policy_document: &JsValue, fixes: &JsValue) -> Result<JsValue, JsValue> {
    let edits = text(policy_document, "policyDocument")
        .and_then(|policy| api::fitting_edits(&policy, copied(fixes, "fixes")?.tree().as_ref()));
    let (Some(text), Ok(edits)) = (policy_document.dyn_ref::<JsString>(), &edits) else {
        return answer(edits);
    };
    // The string itself is cut, since the copy of it has no halves of surrogate pairs.
    let (pieces, mut at) = (Array::new(), 0);
    for edit in edits {
        pieces.push(&text.slice(at, edit.start as u32));
        pieces.push(&JsValue::from_str(&edit.text));
        at = edit.end as u32;
    }
    pieces.push(&text.slice(at, text.length()));
    Ok(pieces.join("").into())
}

/// `diagnoseRole(input)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = diagnoseRole)]
pub fn diagnose_role(input: &JsValue) -> Result<JsValue, JsValue> {
    answer(copied(input, "input").and_then(|input| api::diagnose_role(&input.tree_or_null())))
}

/// `describePolicy(document)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = describePolicy)]
pub fn describe_policy(document: &JsValue) -> Result<JsValue, JsValue> {
    answer(
        copied(document, "document").and_then(|given| api::describe_policy(&given.tree_or_null())),
    )
}

/// `explainError(text)`; throws `{code, message, path}`.
#[wasm_bindgen(js_name = explainError)]
pub fn explain_error(text: &JsValue) -> Result<JsValue, JsValue> {
    answer(argument::text(text, "text").map(|text| api::explain_error(&text)))
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

/// The answer, or what is thrown, as plain objects.
fn answer<T: Serialize>(result: Result<T, Error>) -> Result<JsValue, JsValue> {
    match result {
        Ok(value) => Ok(objects(&value)),
        Err(error) => Err(objects(&error)),
    }
}

fn objects(answer: &impl Serialize) -> JsValue {
    let Flat { words, text, lengths } = api::flat(answer);
    build(&words, &text, &lengths)
}
