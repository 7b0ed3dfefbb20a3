//! The cases of tests/conformance about decisions: what comes out, by which statements, and what it depends on.
//!
//! A case that evidence contradicts has a line in `DIFFERS`.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::{fs, path::Path};

use postern::api::{self, Decision};
use serde::Deserialize;
use serde_json::{json, Value};

/// Name of a case, and why it is not followed. An entry that starts to agree fails the test.
const DIFFERS: &[(&str, &str)] = &[];

#[test]
fn every_case_is_decided_as_it_says() {
    check("evaluation.jsonl", 429, |case, decision| {
        let expected = case["expect"].as_str().unwrap();
        same("decision", &decision.decision, &expected)?;
        same("possible", &decision.possible, &vec![expected])?;
        same("dependsOn", &decision.depends_on.len(), &0)?;
        let names = |list: &Value| -> Option<Vec<(String, u64)>> {
            let name = |m: &Value| {
                (m["policy"].as_str().unwrap().to_owned(), m["statement"].as_u64().unwrap())
            };
            let mut names: Vec<_> = list.as_array()?.iter().map(name).collect();
            names.sort();
            Some(names)
        };
        let found = serde_json::to_value(&decision.matched).unwrap();
        same("matched", &names(&found), &names(&case["matched"]))
    });
}

#[test]
fn every_case_with_unknown_keys_is_decided_as_it_says() {
    check("evaluation-unknown.jsonl", 24, |case, decision| {
        let list = |name: &str| -> Vec<String> {
            case[name].as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect()
        };
        same("decision", &decision.decision, &case["expect"].as_str().unwrap())?;
        same("possible", &json!(decision.possible), &case["possible"])?;
        same("dependsOn", &decision.depends_on, &list("keys"))
    });
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what} is {found:?}, not {expected:?}")),
    }
}

fn check(file: &str, count: usize, agrees: impl Fn(&Value, &Decision) -> Result<(), String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(file);
    let text = fs::read_to_string(path).unwrap();
    let mut problems = Vec::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let name = case["name"].as_str().unwrap();
        let input = json!({"policies": case["policies"], "request": case["request"]});
        let answer = api::evaluate(&api::Value::deserialize(input).unwrap());
        let result = match &answer {
            Ok(decision) => agrees(&case, decision).map_err(|problem| {
                let reasons: Vec<_> = decision.reasons.iter().map(|r| r.message.as_str()).collect();
                format!("{name}: {problem}; {}\n    {}", case["why"], reasons.join("\n    "))
            }),
            Err(error) => Err(format!("{name}: {}", error.message)),
        };
        let differs = DIFFERS.iter().any(|(differs, _)| *differs == name);
        match (result, differs) {
            (Err(problem), false) => problems.push(problem),
            (Ok(()), true) => problems.push(format!("{name} agrees: take it out of DIFFERS")),
            _ => {}
        }
    }
    assert_eq!(text.lines().count(), count);
    assert!(problems.is_empty(), "{} of {count}:\n{}\n", problems.len(), problems.join("\n"));
}
