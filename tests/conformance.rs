//! The cases of tests/conformance: what must be found in a document, where, and what must not.
//!
//! `expect` is a lower bound. Entries with one code are places among those of the findings of that code; `path` is a
//! JSON Pointer, null where it is not determined. A case that evidence contradicts has a line in `DIFFERS`.

mod case;

use postern::api::{self, PolicyText};
use serde_json::Value;

/// Name of a case, and why it is not followed. An entry that starts to agree fails the test.
const DIFFERS: &[(&str, &str)] = &[];

#[test]
fn every_case_is_answered_as_it_says() {
    let cases = include_str!("conformance/checks.jsonl").lines();
    let cases: Vec<Value> = cases.map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(cases.len() > 600, "only {} cases", cases.len());
    let mut problems = Vec::new();
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        let differs = DIFFERS.iter().any(|(differs, _)| *differs == name);
        match (case::problem(case, &findings(case)), differs) {
            (Some(problem), false) => {
                problems.push(format!("{name}: {problem}\n{}", case["document"]));
            }
            (None, true) => problems.push(format!("{name} agrees now: take it out of DIFFERS")),
            _ => {}
        }
    }
    assert!(
        problems.is_empty(),
        "{} of {}:\n{}\n",
        problems.len(),
        cases.len(),
        problems.join("\n")
    );
}

fn findings(case: &Value) -> Vec<Value> {
    let text = case["document"].as_str().unwrap().to_owned();
    let options = serde_json::from_value(case::options(case)).unwrap();
    let policy = PolicyText { text, lone_surrogate: None };
    let found = api::validate_policy(&policy, Some(&options)).unwrap();
    found.iter().map(|finding| serde_json::to_value(finding).unwrap()).collect()
}
