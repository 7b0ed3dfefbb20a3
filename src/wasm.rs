//! The calls of the package for JavaScript, which `src/npm/types.d.ts` documents: plain objects in and out. Each throws
//! `{code, message, path}`.
//!
//! No argument can trap the module, whatever its type: what is read is a plain and bounded copy of it.

mod crossing;

use crate::api;
use crossing::{argument, by_text, edited, large, objects, policy_text, repeated, Answer};
use wasm_bindgen::prelude::*;

/// Makes a call of each line: its name in JavaScript, its name here, its arguments, and the answer to what was given.
///
/// An argument is `None` when it is undefined. An answer crosses as objects, or as one JSON text where there is much of
/// it, and where names in it are the caller's, `__proto__` among them.
macro_rules! calls {
    ($($exported:ident = $call:ident($($given:ident $name:literal),*) $answer:expr;)*) => {$(
        #[doc = concat!("`", stringify!($exported), "`, as JavaScript calls it.")]
        #[wasm_bindgen(js_name = $exported)]
        pub fn $call($($given: &JsValue),*) -> Answer {
            $(let $given = argument($given, $name)?;)*
            $answer
        }
    )*};
}

calls! {
    buildNodePolicy = build_node_policy(options "options") objects(api::build_node_policy(options.as_ref()));
    buildOperatorPolicy = build_operator_policy(options "options") objects(api::build_operator_policy(options.as_ref()));
    buildRelated = build_related(kind "kind", options "options")
        by_text(api::build_related(kind.as_ref(), options.as_ref()));

    evaluate = evaluate(input "input") objects(api::evaluate(&input.unwrap_or_default()));
    diagnoseRole = diagnose_role(input "input") objects(api::diagnose_role(&input.unwrap_or_default()));

    describePolicy = describe_policy(document "document") objects(api::describe_policy(&document.unwrap_or_default()));
    exportPolicy = export_policy(policy "policy", target "target")
        objects(api::export_policy(&policy.unwrap_or_default(), target.as_ref()));
    exportSetup = export_setup(options "options") objects(api::export_setup(options.as_ref()));

    compareAccess = compare_access(existing "existing", proposed "proposed", options "options")
        by_text(api::compare_access(&existing.unwrap_or_default(), &proposed.unwrap_or_default(), options.as_ref()));
    checkAccessNotGranted = check_access_not_granted(policy "policy", access "access", options "options")
        by_text(api::check_access_not_granted(&policy.unwrap_or_default(), &access.unwrap_or_default(), options.as_ref()));
    checkNoPublicAccess = check_no_public_access(policy "policy", resource_type "resourceType")
        by_text(api::check_no_public_access(&policy.unwrap_or_default(), &resource_type.unwrap_or_default()));
    minimizePolicy = minimize_policy(policy "policy", options "options")
        by_text(api::minimize_policy(&policy.unwrap_or_default(), options.as_ref()));

    listCapabilities = list_capabilities() by_text(Ok(api::list_capabilities()));
    listManagedPolicies = list_managed_policies() by_text(Ok(api::list_managed_policies()));
    listChecks = list_checks() by_text(Ok(api::list_checks()));
    listServices = list_services() by_text(Ok(api::list_services()));
    listActions = list_actions(pattern "pattern") by_text(api::list_actions(pattern.as_ref()));
    describeAction = describe_action(action "action") by_text(api::describe_action(action.as_ref()));
    listConditionKeys = list_condition_keys(action "action") by_text(api::list_condition_keys(action.as_ref()));
    catalogInfo = catalog_info() objects(Ok(api::catalog_info()));
}

// What takes a text as it is, or thousands of values at once.

/// `validatePolicy`, as JavaScript calls it.
#[wasm_bindgen(js_name = validatePolicy)]
pub fn validate_policy(policy_document: &JsValue, options: &JsValue) -> Answer {
    let policy = policy_text(policy_document, "policyDocument")?;
    objects(api::validate_policy(&policy, argument(options, "options")?.as_ref()))
}

/// `applyFixes`, as JavaScript calls it.
#[wasm_bindgen(js_name = applyFixes)]
pub fn apply_fixes(policy_document: &JsValue, fixes: &JsValue) -> Answer {
    let policy = policy_text(policy_document, "policyDocument")?;
    edited(policy_document, api::fitting_edits(&policy, argument(fixes, "fixes")?.as_ref()))
}

/// `explainError`, as JavaScript calls it.
#[wasm_bindgen(js_name = explainError)]
pub fn explain_error(text: &JsValue) -> Answer {
    objects(Ok(api::explain_error(&policy_text(text, "text")?)))
}

/// `findPolicies`, as JavaScript calls it.
#[wasm_bindgen(js_name = findPolicies)]
pub fn find_policies(text: &JsValue) -> Answer {
    by_text(Ok(api::find_policies(&policy_text(text, "text")?)))
}

/// `evaluateAll`, as JavaScript calls it.
#[wasm_bindgen(js_name = evaluateAll)]
pub fn evaluate_all(input: &JsValue) -> Answer {
    let decisions = large(input, "input", api::evaluate_all)?;
    repeated(&by_text(Ok(decisions.distinct))?, &decisions.order)
}
