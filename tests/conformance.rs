//! The cases of tests/conformance: what must be found in a document, where, and what must not.
//!
//! `expect` is a lower bound. Entries with one code are places among those of the findings of that code; `path` is a
//! JSON Pointer, null where it is not determined. A case that evidence contradicts has a line in `DIFFERS`.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::BTreeMap, fs, path::Path};

use postern::json::PathElement;
use postern::rules::{PolicyKind, RULES};
use postern::validate::{validate, Options};
use serde_json::Value;

/// Name of a case, and why it is not followed. An entry that starts to agree fails the test.
const DIFFERS: &[(&str, &str)] = &[];

/// Codes whose check is not written yet.
const NO_RULE_YET: &[&str] = &[];

#[test]
fn every_case_is_answered_as_it_says() {
    let mut problems = Vec::new();
    let mut missing = BTreeMap::<String, usize>::new();
    let mut cases = 0;
    for case in read("checks.jsonl") {
        let name = case["name"].as_str().unwrap();
        let why = DIFFERS.iter().find(|(differs, _)| *differs == name);
        // Cases of checks that do not exist yet are left out, and the checks are named.
        let codes: Vec<_> = case["expect"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["code"].as_str().unwrap())
            .collect();
        if let Some(code) = codes.iter().find(|code| !RULES.iter().any(|rule| rule.code == **code))
        {
            *missing.entry((*code).to_owned()).or_default() += 1;
            continue;
        }
        cases += 1;
        match (answer(&case), why) {
            (Err(problem), None) => problems.push(format!("{name}: {problem}")),
            (Ok(()), Some(_)) => {
                problems.push(format!("{name} agrees now: take it out of DIFFERS"))
            }
            _ => {}
        }
    }
    // A code that loses its rule must not lose its cases unseen.
    let without_rule: Vec<_> = missing.keys().map(String::as_str).collect();
    assert_eq!(without_rule, NO_RULE_YET);
    assert!(problems.is_empty(), "{} of {cases}:\n{}\n", problems.len(), problems.join("\n"));
}

fn answer(case: &Value) -> Result<(), String> {
    let text = case["document"].as_str().unwrap();
    let resource_type = case["resource_type"].as_str();
    let kind = PolicyKind::of(case["policy_type"].as_str().unwrap(), resource_type).unwrap();
    let found: Vec<(String, &str, Vec<String>)> = validate(
        text,
        Options { kind, resource_type, lone_surrogate: None, identity_policy: None },
        |root, findings| {
            let places = |f: &postern::finding::Finding| -> Vec<_> {
                f.places.iter().map(|place| PathElement::pointer(&place.path(root))).collect()
            };
            findings.iter().map(|f| (f.code.to_owned(), f.finding_type.name(), places(f))).collect()
        },
    );
    for expected in case["expect"].as_array().unwrap() {
        let (code, kind) = (expected["code"].as_str().unwrap(), expected["type"].as_str().unwrap());
        let path = expected["path"].as_str();
        let matches = found.iter().any(|(c, k, places)| {
            c == code
                && *k == kind
                && path.is_none_or(|path| places.iter().any(|place| place == path))
        });
        if !matches {
            return Err(format!(
                "no {kind} {code} at {path:?}; found {found:?}; {}\n{text}",
                case["why"]
            ));
        }
    }
    for forbidden in case["forbid"].as_array().unwrap() {
        if let Some(f) = found.iter().find(|(code, _, _)| code == forbidden.as_str().unwrap()) {
            return Err(format!("{f:?} is forbidden; {}\n{text}", case["why"]));
        }
    }
    Ok(())
}

fn read(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(name);
    let cases: Vec<Value> = fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert!(cases.len() > 600, "only {} cases", cases.len());
    cases
}
