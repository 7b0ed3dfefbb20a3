//! The table of capabilities says what the specification of them says, tests/session/readiness.json.

use std::collections::BTreeSet;

use postern::session::capabilities::{
    capabilities, placeholder_values, requester, requesters, Capability, Level, Request, Side,
};
use serde_json::{json, Map, Value};

use crate::session::asking::{example_keys, with_examples, Values};

fn specification() -> Value {
    serde_json::from_str(include_str!("session/readiness.json")).unwrap()
}

fn context(pairs: &[(&str, &str)]) -> Value {
    // The one key of many values is a list there.
    let value = |key: &str, value: &str| {
        if key == "aws:CalledVia" {
            json!([value])
        } else {
            json!(value)
        }
    };
    Value::Object(pairs.iter().map(|(k, v)| ((*k).to_owned(), value(k, v))).collect())
}

fn told(id: &str, request: &Request) -> Value {
    let examples = with_examples(id, &Values::default()).replaced;
    // Somebody else stands in the specification as an example.
    let others = placeholder_values().iter().filter(|(name, _)| name.starts_with("Other"));
    let others: Vec<_> = others.map(|(name, value)| (format!("${{{name}}}"), *value)).collect();
    let example = |text: &str| {
        let text = examples.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        others.iter().fold(text, |text, (from, to)| text.replace(from, to))
    };
    let keys = example_keys(id, request);
    let is_specified =
        |key: &str| !OTHER_KEYS.iter().any(|(of, other, _)| (*of, *other) == (id, key));
    let pairs = request.context.iter().filter(|(key, _)| is_specified(key)).chain(&keys);
    let pairs: Vec<_> = pairs.map(|(key, value)| (example(key), example(value))).collect();
    let pairs: Vec<_> = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let level = match request.level {
        Level::Required => "required",
        Level::Recommended => "recommended",
        Level::Optional => "optional",
    };
    json!({
        "principal": request.principal,
        "action": request.action,
        "resource": example(request.resource),
        "context": context(&pairs),
        "level": level,
        "expect": if request.expect_allowed { "allow" } else { "deny" },
    })
}

fn capability(capability: &Capability) -> Value {
    let side = match capability.side {
        Side::Node => "node",
        Side::Operator => "operator",
        Side::Guard => "guard",
        Side::Admin => "admin",
        Side::Trust => "trust",
    };
    let is_beyond = |it: &&Request| {
        opens_channel_of_start(it)
            || is_document_of_start(capability.id, it)
            || is_rest_of_guard(capability.id, it)
    };
    let requests = capability.requests.iter().filter(|request| !is_beyond(request));
    json!({
        "id": capability.id,
        "side": side,
        "needs": capability.needs,
        "requests": requests.map(|it| told(capability.id, it)).collect::<Vec<_>>(),
    })
}

/// What the table says beyond the specification of those who start sessions: that the plugin signs the channel that it
/// opens with their permissions. The specification has a capability of its own for it.
fn opens_channel_of_start(request: &Request) -> bool {
    let is_recommended = request.level == Level::Recommended && request.context.is_empty();
    is_recommended && request.action == "ssmmessages:OpenDataChannel"
}

/// That who starts sessions by a tag needs the default document too, as the specification says of a start without one.
fn is_document_of_start(id: &str, request: &Request) -> bool {
    id == "operator.start-by-tag" && request.resource.contains(":document/")
}

/// What else changes what a guard keeps: AWS's own texts for these two refuse all of it, and the specification names one action
/// of each.
fn is_rest_of_guard(id: &str, request: &Request) -> bool {
    match id {
        "guard.preferences" => request.action != "ssm:UpdateDocument",
        "admin.dhmc-guard" => request.action != "ssm:UpdateServiceSetting",
        _ => false,
    }
}

/// Requests of the specification that the table does not have, with the reason.
const DIFFERS: &[(&str, &str)] = &[(
    "operator.mfa-required#4",
    "It is about an address, which is one case of a condition; whether MFA is demanded does not hang on it.",
)];

/// Keys that the table has beyond the specification, with the reason.
const OTHER_KEYS: &[(&str, &str, &str)] = &[
    ("operator.ecs-exec", "ecs:cluster", IN_REQUEST),
    ("operator.ecs-exec", "ecs:task", IN_REQUEST),
];
const IN_REQUEST: &str =
    "The service authorization reference lists it for the action, and its value is the cluster or the task that is asked for.";

/// Placeholders of the specification that stand for something else here, with the reason.
const OTHER_VALUES: &[(&str, &str)] =
    &[("AnyKey", "Policies may name latest/VERSION, which is one object of many.")];

/// A copy that has only the fields that the table has.
fn only(value: &Value, fields: &[&str]) -> Value {
    let pick = |field: &&str| ((*field).to_owned(), value[*field].clone());
    Value::Object(fields.iter().map(pick).collect::<Map<_, _>>())
}

#[test]
fn every_capability_and_request_of_the_specification_is_in_the_table() {
    let specification = specification();
    let want = specification["capabilities"].as_array().unwrap();
    // What people want beyond the specification is in the table too.
    let ids: Vec<_> = want.iter().map(|capability| capability["id"].as_str().unwrap()).collect();
    let have: Vec<_> = capabilities().iter().filter(|have| ids.contains(&have.id)).collect();
    assert_eq!(have.len(), want.len());
    for (have, want) in have.into_iter().zip(want) {
        let fields = ["principal", "action", "resource", "context", "level", "expect"];
        let mut requests: Vec<_> = want["requests"].as_array().unwrap().iter().collect();
        requests.retain(|it| !DIFFERS.iter().any(|(differs, _)| it["id"] == *differs));
        let mut picked = only(want, &["id", "side", "needs"]);
        picked["requests"] = requests.into_iter().map(|request| only(request, &fields)).collect();
        assert_eq!(capability(have), picked);
    }
}

#[test]
fn every_need_is_a_capability_and_every_principal_is_known() {
    let all = capabilities();
    let ids: BTreeSet<_> = all.iter().map(|capability| capability.id).collect();
    assert_eq!(ids.len(), all.len());
    for capability in all {
        assert!(capability.needs.iter().all(|id| ids.contains(id)), "{capability:?}");
        // Otherwise it would work whatever is allowed.
        let is_required = |request: &Request| request.level == Level::Required;
        let requests = &capability.requests;
        assert!(requests.is_empty() || requests.iter().any(is_required), "{}", capability.id);
        for Request { principal, .. } in &capability.requests {
            let is_known = principal.starts_with("service:") || requester(principal).is_some();
            assert!(is_known, "{principal}");
        }
    }
}

#[test]
fn requesters_and_placeholders_are_those_of_the_specification() {
    let specification = specification();
    let is_other = |name: &str| OTHER_VALUES.iter().any(|(other, _)| *other == name);
    let values: Map<String, Value> = placeholder_values()
        .iter()
        .filter(|(name, _)| !specification["placeholders"][name].is_null() && !is_other(name))
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    let mut expected = specification["placeholders"].as_object().unwrap().clone();
    for (name, _) in OTHER_VALUES {
        assert_ne!(placeholder_values().iter().find(|(known, _)| known == name), None);
        expected.remove(*name);
    }
    assert_eq!(values, expected);
    let want = specification["principals"].as_object().unwrap();
    let have = requesters();
    assert_eq!(have.len(), want.len());
    for requester in have {
        let told = json!({
            "arn": requester.arn,
            "context": context(&requester.context),
            "session_id": requester.session_id,
        });
        assert_eq!(told, only(&want[requester.name], &["arn", "context", "session_id"]));
    }
}
