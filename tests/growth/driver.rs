//! Makes the calls of a file, one a line, and says how long each answer is; callgrind counts the instructions of each.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::time::Instant;

use postern::api::{self, PolicyText, Value};
use serde::Deserialize;

#[derive(Deserialize)]
struct Call {
    call: String,
    arguments: Vec<serde_json::Value>,
}

/// The words that are crossed to JavaScript: what an answer costs to carry.
fn length<T: serde::Serialize>(answer: Result<T, api::Error>) -> usize {
    match answer {
        Ok(answer) => serde_json::to_string(&answer).unwrap().len(),
        Err(error) => serde_json::to_string(&error).unwrap().len(),
    }
}

/// What is counted: a call, and the text of its answer.
#[inline(never)]
fn counted(call: &str, arguments: &mut dyn Iterator<Item = Value<'static>>) -> usize {
    let mut next = || arguments.next();
    match call {
        "validatePolicy" => {
            let text = PolicyText::read(next(), "policyDocument").unwrap();
            length(api::validate_policy(&text, next().as_ref()))
        }
        "applyFixes" => {
            let text = PolicyText::read(next(), "policyDocument").unwrap();
            length(api::apply_fixes(&text, next().as_ref()))
        }
        "explainError" => {
            length(Ok(api::explain_error(&PolicyText::read(next(), "text").unwrap())))
        }
        "describePolicy" => length(api::describe_policy(&next().unwrap())),
        "evaluate" => length(api::evaluate(&next().unwrap())),
        "evaluateAll" => length(api::evaluate_all(&next().unwrap()).map(|all| all.distinct)),
        "diagnoseRole" => length(api::diagnose_role(&next().unwrap())),
        "buildNodePolicy" => length(api::build_node_policy(next().as_ref())),
        "buildOperatorPolicy" => length(api::build_operator_policy(next().as_ref())),
        "buildRelated" => {
            let kind = next();
            match api::build_related(kind.as_ref(), next().as_ref()) {
                Ok(api::Related::Policy(built)) => length(Ok(built)),
                Ok(api::Related::Document(built)) => length(Ok(built)),
                Err(error) => length::<()>(Err(error)),
            }
        }
        other => panic!("{other} is no call"),
    }
}

fn main() {
    for path in std::env::args().skip(1).filter(|argument| !argument.starts_with('-')) {
        for line in std::fs::read_to_string(path).unwrap().lines() {
            let Call { call, arguments } = serde_json::from_str(line).unwrap();
            let arguments: Vec<Value> =
                arguments.into_iter().map(|a| serde_json::from_value(a).unwrap()).collect();
            let start = Instant::now();
            let length = counted(&call, &mut arguments.into_iter());
            println!("{length} {}", start.elapsed().as_micros());
        }
    }
}
