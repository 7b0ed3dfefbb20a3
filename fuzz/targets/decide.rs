//! Decisions: what is not known is never taken for something, and nothing depends on the order of things.

use postern::api::{self, Decision, Value};
use serde_json::{json, Value as Json};

use super::Problems;

pub fn seeds() -> Vec<Vec<u8>> {
    let cases = [
        include_str!("../../tests/conformance/evaluation.jsonl"),
        include_str!("../../tests/conformance/evaluation-unknown.jsonl"),
    ];
    let cases = cases.into_iter().flat_map(str::lines).map(|line| {
        let case: Json = serde_json::from_str(line).unwrap();
        json!({"policies": case["policies"], "request": case["request"]}).to_string()
    });
    let others = crate::contract::decisions::inputs();
    let others = others.into_iter().map(|input| input.to_string());
    cases.chain(others).map(String::into_bytes).collect()
}

/// Keys and layers that are hidden one by one; a request has few.
const MOST_HIDDEN: usize = 8;
const LAYERS: [&str; 6] = ["identity", "boundary", "session", "resource", "scps", "rcps"];

pub fn run(input: &[u8]) -> Problems {
    let Ok(asked) = serde_json::from_slice::<Json>(input) else { return Problems::new() };
    let mut problems = Problems::new();
    let decision = match decide(&asked) {
        Ok(decision) => decision,
        Err(error) => {
            let is_known = ["INVALID_ARGUMENT", "INVALID_POLICY"].contains(&error.code.as_ref());
            if !is_known || error.path.is_none() {
                problems.push(format!("{error:?}"));
            }
            return problems;
        }
    };
    if decision.reasons.is_empty() || decision.possible.is_empty() {
        problems.push(format!("no reason: {decision:?}"));
    }
    if (decision.possible.len() == 1) != decision.depends_on.is_empty() {
        problems.push(format!("several outcomes that depend on nothing, or one: {decision:?}"));
    }
    let many = json!({"policies": asked["policies"], "requests": [asked["request"]]});
    let all = api::evaluate_all(&argument(&many)).map(|all| all.distinct);
    if all != Ok(vec![decision.clone()]) {
        problems.push(format!("evaluateAll says {all:?}, and not {decision:?}"));
    }
    for (what, other) in hidden(&asked) {
        if let Ok(open) = decide(&other) {
            let is_lost = |outcome| !open.possible.contains(outcome);
            if decision.possible.iter().any(is_lost) {
                problems.push(format!("with {what} unknown {open:?}, and with it {decision:?}"));
            }
        }
    }
    let mut turned = asked.clone();
    turn(&mut turned["policies"]);
    match decide(&turned) {
        Ok(other) if essence(&other) == essence(&decision) => {}
        other => problems.push(format!("turned {other:?}, and not {decision:?}")),
    }
    problems
}

fn argument(input: &Json) -> Value<'static> {
    serde_json::from_value(input.clone()).unwrap()
}

fn decide(input: &Json) -> Result<Decision, api::Error> {
    api::evaluate(&argument(input))
}

/// The input with less known of it: a key of the request, all of them, or what else is in a layer.
fn hidden(asked: &Json) -> Vec<(String, Json)> {
    let mut all = Vec::new();
    let context = asked["request"]["context"].as_object();
    let keys: Vec<&String> = context.into_iter().flat_map(|context| context.keys()).collect();
    let mut sets: Vec<Vec<&String>> = keys.iter().take(MOST_HIDDEN).map(|key| vec![*key]).collect();
    sets.push(keys);
    for keys in sets {
        let mut other = asked.clone();
        for key in &keys {
            other["request"]["context"].as_object_mut().unwrap().remove(*key);
        }
        push(&mut other["request"], keys.iter().map(|key| json!(key)));
        all.push((format!("{keys:?}"), other));
    }
    for layer in LAYERS {
        let mut other = asked.clone();
        push(&mut other["policies"], [json!(layer)]);
        all.push((layer.to_owned(), other));
    }
    all
}

/// Adds to the list of what is unknown.
fn push(place: &mut Json, names: impl IntoIterator<Item = Json>) {
    let list = place.as_object_mut().map(|fields| fields.entry("unknown").or_insert(json!([])));
    if let Some(list) = list.and_then(Json::as_array_mut) {
        list.extend(names);
    }
}

/// Policies and statements the other way round.
fn turn(policies: &mut Json) {
    let Some(layers) = policies.as_object_mut() else { return };
    for layer in LAYERS {
        if let Some(documents) = layers.get_mut(layer) {
            turn_statements(documents);
        }
    }
    if let Some(list) = layers.get_mut("identity").and_then(Json::as_array_mut) {
        list.reverse();
    }
}

fn turn_statements(value: &mut Json) {
    match value {
        Json::Array(all) => all.iter_mut().for_each(turn_statements),
        Json::Object(fields) => {
            for (name, value) in fields {
                match value.as_array_mut() {
                    Some(list) if name == "Statement" => list.reverse(),
                    _ => turn_statements(value),
                }
            }
        }
        _ => {}
    }
}

fn essence(decision: &Decision) -> (&str, &[&str], &[String], Option<usize>) {
    let matched = decision.matched.as_ref().map(Vec::len);
    (decision.decision, &decision.possible, &decision.depends_on, matched)
}
