//! The calls of the package for JavaScript: plain objects in and out. Each throws `{code, message, path}`.
//!
//! No argument can trap the module, whatever its type: what is read is a plain and bounded copy of it.

mod crossing;

use crate::api;
use crossing::{argument, by_text, edited, large, objects, policy_text, repeated, Answer};
use wasm_bindgen::prelude::*;

/// `buildNodePolicy(options?)`.
#[wasm_bindgen(js_name = buildNodePolicy)]
pub fn build_node_policy(options: &JsValue) -> Answer {
    objects(api::build_node_policy(argument(options, "options")?.as_ref()))
}

/// `buildOperatorPolicy(options)`.
#[wasm_bindgen(js_name = buildOperatorPolicy)]
pub fn build_operator_policy(options: &JsValue) -> Answer {
    objects(api::build_operator_policy(argument(options, "options")?.as_ref()))
}

/// `buildRelated(kind, options)`.
#[wasm_bindgen(js_name = buildRelated)]
pub fn build_related(kind: &JsValue, options: &JsValue) -> Answer {
    let (kind, options) = (argument(kind, "kind")?, argument(options, "options")?);
    // The names of a document's parameters are the caller's, `__proto__` among them.
    by_text(api::build_related(kind.as_ref(), options.as_ref()))
}

/// `evaluate(input)`.
#[wasm_bindgen]
pub fn evaluate(input: &JsValue) -> Answer {
    objects(api::evaluate(&argument(input, "input")?.unwrap_or_default()))
}

/// `evaluateAll(input)`.
#[wasm_bindgen(js_name = evaluateAll)]
pub fn evaluate_all(input: &JsValue) -> Answer {
    let decisions = large(input, "input", api::evaluate_all)?;
    repeated(&by_text(Ok(decisions.distinct))?, &decisions.order)
}

/// `validatePolicy(policyDocument, options?)`.
#[wasm_bindgen(js_name = validatePolicy)]
pub fn validate_policy(policy_document: &JsValue, options: &JsValue) -> Answer {
    let policy = policy_text(policy_document, "policyDocument")?;
    objects(api::validate_policy(&policy, argument(options, "options")?.as_ref()))
}

/// `applyFixes(policyDocument, fixes)`.
#[wasm_bindgen(js_name = applyFixes)]
pub fn apply_fixes(policy_document: &JsValue, fixes: &JsValue) -> Answer {
    let policy = policy_text(policy_document, "policyDocument")?;
    edited(policy_document, api::fitting_edits(&policy, argument(fixes, "fixes")?.as_ref()))
}

/// `diagnoseRole(input)`.
#[wasm_bindgen(js_name = diagnoseRole)]
pub fn diagnose_role(input: &JsValue) -> Answer {
    objects(api::diagnose_role(&argument(input, "input")?.unwrap_or_default()))
}

/// `describePolicy(document)`.
#[wasm_bindgen(js_name = describePolicy)]
pub fn describe_policy(document: &JsValue) -> Answer {
    objects(api::describe_policy(&argument(document, "document")?.unwrap_or_default()))
}

/// `explainError(text)`.
#[wasm_bindgen(js_name = explainError)]
pub fn explain_error(text: &JsValue) -> Answer {
    objects(Ok(api::explain_error(&policy_text(text, "text")?)))
}

/// `findPolicies(text)`.
#[wasm_bindgen(js_name = findPolicies)]
pub fn find_policies(text: &JsValue) -> Answer {
    by_text(Ok(api::find_policies(&policy_text(text, "text")?)))
}

/// `exportPolicy(policy, target)`.
#[wasm_bindgen(js_name = exportPolicy)]
pub fn export_policy(policy: &JsValue, target: &JsValue) -> Answer {
    let policy = argument(policy, "policy")?.unwrap_or_default();
    objects(api::export_policy(&policy, argument(target, "target")?.as_ref()))
}

/// `exportSetup(options)`.
#[wasm_bindgen(js_name = exportSetup)]
pub fn export_setup(options: &JsValue) -> Answer {
    objects(api::export_setup(argument(options, "options")?.as_ref()))
}

/// `compareAccess(existing, proposed, options?)`.
#[wasm_bindgen(js_name = compareAccess)]
pub fn compare_access(existing: &JsValue, proposed: &JsValue, options: &JsValue) -> Answer {
    let (existing, proposed) = (argument(existing, "existing")?, argument(proposed, "proposed")?);
    let (existing, proposed) = (existing.unwrap_or_default(), proposed.unwrap_or_default());
    // The names of condition keys are the caller's, `__proto__` among them.
    by_text(api::compare_access(&existing, &proposed, argument(options, "options")?.as_ref()))
}

/// `checkAccessNotGranted(policy, access, options?)`.
#[wasm_bindgen(js_name = checkAccessNotGranted)]
pub fn check_access_not_granted(policy: &JsValue, access: &JsValue, options: &JsValue) -> Answer {
    let (policy, access) = (argument(policy, "policy")?, argument(access, "access")?);
    let (policy, access) = (policy.unwrap_or_default(), access.unwrap_or_default());
    by_text(api::check_access_not_granted(&policy, &access, argument(options, "options")?.as_ref()))
}

/// `checkNoPublicAccess(policy, resourceType)`.
#[wasm_bindgen(js_name = checkNoPublicAccess)]
pub fn check_no_public_access(policy: &JsValue, resource_type: &JsValue) -> Answer {
    let policy = argument(policy, "policy")?.unwrap_or_default();
    let resource_type = argument(resource_type, "resourceType")?.unwrap_or_default();
    by_text(api::check_no_public_access(&policy, &resource_type))
}

/// `minimizePolicy(policy, options?)`.
#[wasm_bindgen(js_name = minimizePolicy)]
pub fn minimize_policy(policy: &JsValue, options: &JsValue) -> Answer {
    let policy = argument(policy, "policy")?.unwrap_or_default();
    by_text(api::minimize_policy(&policy, argument(options, "options")?.as_ref()))
}

/// `listCapabilities()`.
#[wasm_bindgen(js_name = listCapabilities)]
pub fn list_capabilities() -> Answer {
    by_text(Ok(api::list_capabilities()))
}

/// `listManagedPolicies()`.
#[wasm_bindgen(js_name = listManagedPolicies)]
pub fn list_managed_policies() -> Answer {
    by_text(Ok(api::list_managed_policies()))
}

/// `listChecks()`.
#[wasm_bindgen(js_name = listChecks)]
pub fn list_checks() -> Answer {
    by_text(Ok(api::list_checks()))
}

/// `listServices()`.
#[wasm_bindgen(js_name = listServices)]
pub fn list_services() -> Answer {
    by_text(Ok(api::list_services()))
}

/// `listActions(pattern)`.
#[wasm_bindgen(js_name = listActions)]
pub fn list_actions(pattern: &JsValue) -> Answer {
    by_text(api::list_actions(argument(pattern, "pattern")?.as_ref()))
}

/// `describeAction(action)`.
#[wasm_bindgen(js_name = describeAction)]
pub fn describe_action(action: &JsValue) -> Answer {
    by_text(api::describe_action(argument(action, "action")?.as_ref()))
}

/// `listConditionKeys(action)`.
#[wasm_bindgen(js_name = listConditionKeys)]
pub fn list_condition_keys(action: &JsValue) -> Answer {
    by_text(api::list_condition_keys(argument(action, "action")?.as_ref()))
}

/// `catalogInfo()`.
#[wasm_bindgen(js_name = catalogInfo)]
pub fn catalog_info() -> Answer {
    objects(Ok(api::catalog_info()))
}
