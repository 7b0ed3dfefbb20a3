//! The boundary in a real browser: nothing that JavaScript can pass traps the module, and answers are its JSON form.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

#[path = "contract/builders.rs"]
mod builders;
#[path = "conformance/case.rs"]
mod case;
#[path = "contract/decisions.rs"]
mod decisions;
#[path = "contract/diagnoses.rs"]
mod diagnoses;

use js_sys::{Array, Function, Object, Reflect, JSON};
use postern::api::{self, PolicyText, Value};
use postern::wasm::{
    apply_fixes, build_node_policy, build_operator_policy, build_related, catalog_info,
    describe_policy, diagnose_role, evaluate, evaluate_all, explain_error, export_policy,
    export_setup, find_policies, list_capabilities, list_checks, list_managed_policies,
    validate_policy,
};
use serde_json::json;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(module = "/tests/web/arguments.js")]
extern "C" {
    fn refused() -> Array;
    fn accepted() -> Array;
    #[wasm_bindgen(js_name = notTexts)]
    fn not_texts() -> Array;
    #[wasm_bindgen(js_name = brokenTexts)]
    fn broken_texts() -> Array;
    #[wasm_bindgen(js_name = fromAnotherWindow)]
    fn from_another_window() -> JsValue;
}

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

#[wasm_bindgen_test]
fn every_wrong_argument_is_refused_at_its_place_and_the_next_call_works() {
    let cases = refused();
    assert!(cases.length() > 100, "{} cases", cases.length());
    let expected = native(None);
    for case in cases.iter() {
        let name = text(&case, "name");
        let Err(thrown) = build_node_policy(&made(&case)) else {
            panic!("{name} was accepted");
        };
        assert_plain(&thrown, &name);
        let keys: Vec<_> = Object::keys(Object::<JsValue>::unchecked_from_js_ref(&thrown))
            .iter()
            .map(|key| key.as_string().unwrap())
            .collect();
        assert_eq!(keys, ["code", "message", "path"], "{name}");
        assert_eq!(text(&thrown, "code"), text(&case, "code"), "{name}");
        // Not assert_eq: some are 10 MB long.
        let is_there = text(&thrown, "path") == text(&case, "path");
        assert!(is_there, "{name}: {:.300}", text(&thrown, "path"));
        let message = text(&thrown, "message");
        let says = text(&case, "says");
        assert!(message.contains(&says), "{name}: {message:.300}");
        assert!(message.ends_with(['.', '-']), "{name}: {message:.300}");

        let next = build_node_policy(&JsValue::UNDEFINED).unwrap();
        assert!(stringified(&next) == expected, "the call after {name}");
    }
}

#[wasm_bindgen_test]
fn strange_objects_are_read_as_what_they_hold() {
    for case in accepted().iter() {
        let name = text(&case, "name");
        let like: serde_json::Value = serde_json::from_str(&text(&case, "like")).unwrap();
        let built = build_node_policy(&made(&case));
        assert!(built.is_ok(), "{name}: {}", stringified(&built.unwrap_err()));
        assert_eq!(stringified(&built.unwrap()), native(Some(&like)), "{name}");
    }
    let built = build_node_policy(&from_another_window()).unwrap();
    let like = json!({"region": "eu-west-1", "sessionEncryption": {"kmsKeyArn": ["key-name"]}});
    assert_eq!(stringified(&built), native(Some(&like)));
}

#[wasm_bindgen_test]
fn answers_and_refusals_are_the_native_json_form_as_plain_objects() {
    let many: Vec<_> = (0..200).map(|i| KEY.replace("1234abcd", &format!("{i:08x}"))).collect();
    let cases = [
        json!({}),
        json!({"heartbeat": true, "bucketEncryptionCheck": false}),
        json!({"partition": "aws-cn", "region": "cn-north-1", "accountId": "111122223333"}),
        json!({"policyName": "Sessions", "sessionEncryption": {"kmsKeyArn": "key-name"}}),
        json!({"accountId": "444455556666", "sessionEncryption": {"kmsKeyArn": [KEY, "arn:aws:kms:*:*:key/*"]}}),
        json!({"sessionEncryption": {"kmsKeyArn": many}}),
        json!({"region": "eu-new-9"}),
        json!({"region": "eu-west-1a"}),
        json!({"region": "\u{1}\u{7f}\u{2028}\u{10ffff}\"\\"}),
        json!({"policyName": "Zug\u{e4}nge"}),
        json!({"sessionEncryption": {"kmsKeyArn": [KEY, "alias/aws/ssm"]}}),
        json!({"sessionEncryption": {}}),
        json!({"heartbeat": 7}),
        json!([]),
        json!(null),
    ];
    for options in cases {
        let argument = JSON::parse(&options.to_string()).unwrap();
        let (Ok(answer) | Err(answer)) = build_node_policy(&argument);
        assert_plain(&answer, &options.to_string());
        // The text and not the tree, so that the order of the fields is the same too.
        assert_eq!(stringified(&answer), native(Some(&options)), "{options}");
    }
}

#[wasm_bindgen_test]
fn an_argument_may_be_used_again_and_is_not_changed() {
    let given = json!({"region": "us-east-1", "sessionEncryption": {"kmsKeyArn": [KEY, KEY]}});
    let argument = JSON::parse(&given.to_string()).unwrap();
    let first = stringified(&build_node_policy(&argument).unwrap());
    let second = stringified(&build_node_policy(&argument).unwrap());
    assert_eq!(first, second);
    assert_eq!(stringified(&argument), given.to_string());
}

#[wasm_bindgen_test]
fn every_case_of_the_checks_is_answered_as_it_says() {
    let mut cases = 0;
    for line in include_str!("conformance/checks.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = case["document"].as_str().unwrap();
        let options = case::options(&case);
        let argument = JSON::parse(&options.to_string()).unwrap();
        let answer = validate_policy(&text.into(), &argument).unwrap();
        assert_plain(&answer, line);
        let answer = stringified(&answer);
        let options: Value = serde_json::from_value(options).unwrap();
        let policy = PolicyText { text: text.to_owned(), lone_surrogate: None };
        let native = api::validate_policy(&policy, Some(&options)).unwrap();
        assert_eq!(answer, serde_json::to_string(&native).unwrap(), "{line}");
        let findings: Vec<serde_json::Value> = serde_json::from_str(&answer).unwrap();
        assert_eq!(case::problem(&case, &findings), None, "{line}");
        cases += 1;
    }
    assert!(cases > 600, "{cases} cases");
}

#[wasm_bindgen_test]
fn every_builder_answers_and_refuses_in_its_native_form() {
    let options = builders::accepted().into_iter().chain(builders::refused());
    let (mut built, mut refused) = (0, 0);
    for (call, options) in options {
        let argument = JSON::parse(&options.to_string()).unwrap();
        let answer = match call {
            "node" => build_node_policy(&argument),
            "operator" => build_operator_policy(&argument),
            kind => build_related(&kind.into(), &argument),
        };
        let native = match builders::build(call, &options) {
            Ok(builders::Built::Policy(policy)) => serde_json::to_string(&policy),
            Ok(builders::Built::Document(document)) => serde_json::to_string(&document),
            Err(error) => serde_json::to_string(&error),
        };
        *(if answer.is_ok() { &mut built } else { &mut refused }) += 1;
        let (Ok(answer) | Err(answer)) = answer;
        assert_plain(&answer, call);
        assert_eq!(read(&stringified(&answer)), read(&native.unwrap()), "{call} {options}");
    }
    assert!(built > 30 && refused > 30, "{built} built, {refused} refused");
}

#[wasm_bindgen_test]
fn every_case_of_the_decisions_is_decided_as_it_says() {
    let cases = [
        include_str!("conformance/evaluation.jsonl"),
        include_str!("conformance/evaluation-unknown.jsonl"),
    ];
    let mut decided = 0;
    for line in cases.iter().flat_map(|cases| cases.lines()) {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let input = json!({"policies": case["policies"], "request": case["request"]});
        let answer = evaluate(&JSON::parse(&input.to_string()).unwrap()).unwrap();
        assert_plain(&answer, line);
        let answer = stringified(&answer);
        let input: Value = serde_json::from_value(input).unwrap();
        let native = api::evaluate(&input).unwrap();
        assert_eq!(answer, serde_json::to_string(&native).unwrap(), "{line}");
        assert_eq!(native.decision, case["expect"].as_str().unwrap(), "{line}");
        decided += 1;
    }
    assert!(decided > 400, "{decided} cases");
}

#[wasm_bindgen_test]
fn many_requests_are_answered_as_each_is_alone() {
    let input = decisions::many();
    let answers = evaluate_all(&JSON::parse(&input.to_string()).unwrap()).unwrap();
    let answers = Array::from(&answers);
    let requests = input["requests"].as_array().unwrap();
    assert_eq!(answers.length() as usize, requests.len());
    for (request, answer) in requests.iter().zip(answers.iter()) {
        assert_plain(&answer, "evaluateAll");
        let alone = json!({"policies": input["policies"], "request": request});
        let alone = decisions::decided(&alone).unwrap();
        assert_eq!(stringified(&answer), serde_json::to_string(&alone).unwrap(), "{request}");
    }
    let unreadable = decisions::unreadable();
    let policies = json!({"policies": unreadable["policies"], "requests": []}).to_string();
    let thrown = evaluate_all(&JSON::parse(&policies).unwrap()).unwrap_err();
    assert_eq!(text(&thrown, "path"), decisions::decided(&unreadable).unwrap_err().path.unwrap());
    // The place of a wrong value is found where it stands, however deep.
    let wrong = r#"{"policies": {}, "requests": [{"principal": "a", "action": "a:b", "resource": "*", "context": {"k": [1]}}]}"#;
    let wrong = JSON::parse(wrong).unwrap();
    let steps = ["requests", "0", "context", "k"].iter();
    let list = steps.fold(wrong.clone(), |at, step| Reflect::get(&at, &(*step).into()).unwrap());
    Reflect::set(&list, &0.into(), &js_sys::Map::new()).unwrap();
    let thrown = evaluate_all(&wrong).unwrap_err();
    assert_eq!(text(&thrown, "path"), "input.requests[0].context.k[0]");
}

#[wasm_bindgen_test]
fn diagnoses_and_what_is_told_in_words_are_the_native_json_form() {
    let mut results = std::collections::BTreeSet::new();
    for input in diagnoses::inputs() {
        let answer = diagnose_role(&JSON::parse(&input.to_string()).unwrap()).unwrap();
        assert_plain(&answer, "diagnoseRole");
        let native = diagnoses::diagnosed(&input).unwrap();
        results.extend(native.capabilities.iter().map(|capability| capability.result));
        assert_eq!(
            read(&stringified(&answer)),
            read(&serde_json::to_string(&native).unwrap()),
            "{input}"
        );
    }
    assert_eq!(results.into_iter().collect::<Vec<_>>(), ["fails", "unknown", "works"]);

    let explained = explain_error(&diagnoses::ERRORS.into()).unwrap();
    assert_eq!(stringified(&explained), serde_json::to_string(&diagnoses::explained()).unwrap());
    assert_eq!(Array::from(&explained).length(), 2);
    let thrown = explain_error(&7.into()).unwrap_err();
    assert_eq!(text(&thrown, "message"), "text must be a string, not 7.");

    let found = find_policies(&diagnoses::PASTED.into()).unwrap();
    assert_eq!(stringified(&found), serde_json::to_string(&diagnoses::found()).unwrap());
    assert_eq!(text(&find_policies(&7.into()).unwrap_err(), "path"), "text");

    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*"}}"#;
    let object = JSON::parse(policy).unwrap();
    let sentences = stringified(&describe_policy(&object).unwrap());
    assert_eq!(sentences, stringified(&describe_policy(&policy.into()).unwrap()));
    assert!(sentences.contains("session"), "{sentences}");
    assert_eq!(text(&describe_policy(&7.into()).unwrap_err(), "path"), "document");

    let target = JSON::parse(r#"{"format": "terraform", "roleName": "WebServer"}"#).unwrap();
    let text = export_policy(&object, &target).unwrap().as_string().unwrap();
    assert_eq!(export_policy(&policy.into(), &target).unwrap().as_string().unwrap(), text);
    assert!(text.contains("aws_iam_role_policy"), "{text}");
    let options = r#"{"format": "cloudformation", "node": {"region": "eu-west-1", "accountId": "111122223333"}}"#;
    let made = export_setup(&JSON::parse(options).unwrap()).unwrap();
    let native = api::export_setup(Some(&serde_json::from_str(options).unwrap())).unwrap();
    assert_eq!(stringified(&made), serde_json::to_string(&native).unwrap());
    assert_plain(&made, "exportSetup");

    let capabilities = serde_json::to_string(&api::list_capabilities()).unwrap();
    assert_eq!(stringified(&list_capabilities().unwrap()), capabilities);
    let managed = serde_json::to_string(&api::list_managed_policies()).unwrap();
    assert_eq!(stringified(&list_managed_policies().unwrap()), managed);
}

#[wasm_bindgen_test]
fn every_call_refuses_what_is_nothing_and_what_is_no_object() {
    type Call = fn(&JsValue) -> Result<JsValue, JsValue>;
    let calls: [(&str, Call); 6] = [
        ("kind", |value| build_related(value, &JsValue::UNDEFINED)),
        ("options", |value| build_related(&"bucket-policy".into(), value)),
        ("options", build_operator_policy),
        ("input", evaluate),
        ("input", evaluate_all),
        ("input", diagnose_role),
    ];
    for (at, call) in calls {
        for value in [JsValue::NULL, 7.into(), Array::new().into(), js_sys::Map::new().into()] {
            let thrown = call(&value).unwrap_err();
            assert_plain(&thrown, at);
            assert_eq!(text(&thrown, "code"), "INVALID_ARGUMENT", "{at} {value:?}");
            assert_eq!(text(&thrown, "path"), at, "{value:?}");
        }
    }
    let thrown = evaluate(&JsValue::UNDEFINED).unwrap_err();
    assert_eq!(text(&thrown, "path"), "input");
}

#[wasm_bindgen_test]
fn what_is_no_text_is_refused_and_what_is_no_policy_is_found() {
    let none = JsValue::UNDEFINED;
    let cases = not_texts();
    assert!(cases.length() > 10, "{} cases", cases.length());
    for case in cases.iter() {
        let name = text(&case, "name");
        for thrown in
            [validate_policy(&made(&case), &none), apply_fixes(&made(&case), &Array::new())]
        {
            let thrown = thrown.unwrap_err();
            assert_plain(&thrown, &name);
            assert_eq!(text(&thrown, "code"), "INVALID_ARGUMENT", "{name}");
            assert_eq!(text(&thrown, "path"), "policyDocument", "{name}");
            let (message, says) = (text(&thrown, "message"), text(&case, "says"));
            assert!(
                message.starts_with("policyDocument ") && message.contains(&says),
                "{name}: {message}"
            );
        }
    }
    for case in broken_texts().iter() {
        let name = text(&case, "name");
        let answer = stringified(&validate_policy(&made(&case), &none).unwrap());
        let findings: Vec<serde_json::Value> = serde_json::from_str(&answer).unwrap();
        let codes: Vec<_> = findings.iter().map(|f| f["issueCode"].as_str().unwrap()).collect();
        assert_eq!(codes.join(" "), text(&case, "finds"), "{name}");
        let at = findings[0]["locations"][0]["span"]["start"]["offset"].as_f64();
        assert_eq!(at, field(&case, "offset").as_f64(), "{name}");
    }
}

#[wasm_bindgen_test]
fn fixes_go_back_as_they_came() {
    let broken = r#"{"Version": "2012-10-17", "Statement": {"Sid": "é𝄞", "Effect": "allow", "Action": "ssm:*", "Resource": "*"}}"#;
    let findings = Array::from(&validate_policy(&broken.into(), &JsValue::UNDEFINED).unwrap());
    let invalid = findings.iter().find(|f| text(f, "issueCode") == "INVALID_EFFECT").unwrap();
    let fixed = apply_fixes(&broken.into(), &field(&invalid, "fixes")).unwrap();
    assert_eq!(fixed.as_string().unwrap(), broken.replace("\"allow\"", "\"Allow\""));
    let beyond = JSON::parse(r#"[{"edits": [{"start": 0, "end": 1000, "text": ""}]}]"#).unwrap();
    let thrown = apply_fixes(&broken.into(), &beyond).unwrap_err();
    assert_eq!(text(&thrown, "path"), "fixes[0].edits[0]");
}

#[wasm_bindgen_test]
fn lists_and_dates_are_the_native_json_form() {
    let checks = list_checks().unwrap();
    assert_plain(&checks, "listChecks");
    assert_eq!(stringified(&checks), serde_json::to_string(&api::list_checks()).unwrap());
    let info = stringified(&catalog_info().unwrap());
    assert_eq!(info, serde_json::to_string(&api::catalog_info()).unwrap());
    assert!(info.starts_with(r#"{"date":"20"#), "{info}");
}

/// What the same call answers without the boundary.
fn native(options: Option<&serde_json::Value>) -> String {
    let options: Option<Value> = options.map(|o| serde_json::from_value(o.clone()).unwrap());
    match api::build_node_policy(options.as_ref()) {
        Ok(built) => serde_json::to_string(&built).unwrap(),
        Err(error) => serde_json::to_string(&error).unwrap(),
    }
}

fn read(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

fn stringified(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

fn text(object: &JsValue, name: &str) -> String {
    field(object, name).as_string().unwrap()
}

fn made(case: &JsValue) -> JsValue {
    Function::from(field(case, "make")).call0(case).unwrap()
}

/// Nothing but what JSON has: no Map, no BigInt, no undefined, no list that is none.
fn assert_plain(value: &JsValue, name: &str) {
    if Array::is_array(value) {
        for element in Array::from(value).iter() {
            assert_plain(&element, name);
        }
    } else if value.is_object() {
        let prototype = Reflect::get_prototype_of(value).unwrap();
        let plain = Reflect::get_prototype_of(&Object::new()).unwrap();
        assert!(prototype == plain, "{name}: not a plain object");
        for inner in Object::values(Object::<JsValue>::unchecked_from_js_ref(value)).iter() {
            assert_plain(&inner, name);
        }
    } else {
        let is_json = value.is_null()
            || value.is_string()
            || value.as_bool().is_some()
            || value.as_f64().is_some_and(f64::is_finite);
        assert!(is_json, "{name}: {value:?}");
    }
}
