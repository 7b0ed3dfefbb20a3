//! Witnesses asked of `evaluate` again, as a caller of the package would do it.

use postern::api::{self, Value as Plain, Witness};
use serde::Deserialize;
use serde_json::{json, Value};

pub fn plain(value: &Value) -> Plain<'static> {
    Plain::deserialize(value.clone()).unwrap()
}

/// Whether the policies of one side allow it when nothing else decides.
pub fn is_allowed(policies: &Value, policy_type: &str, witness: &Witness) -> bool {
    let decisions = decide(policies, policy_type, witness);
    decisions.iter().any(|one| one == "allowed")
        && decisions
            .iter()
            .all(|one| ["allowed", "implicit_deny", "denied"].contains(&one.as_str()))
}

/// Whether they deny it.
pub fn is_denied(policies: &Value, policy_type: &str, witness: &Witness) -> bool {
    let decisions = decide(policies, policy_type, witness);
    decisions.iter().any(|one| one == "explicit_deny")
        || decisions.iter().all(|one| one == "implicit_deny" || one == "denied")
}

/// What the policies say to a request, or why it is refused.
fn decide(policies: &Value, policy_type: &str, witness: &Witness) -> Vec<String> {
    let all = json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}});
    let root = json!({"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "*", "Resource": "*"}});
    let list = match policies {
        Value::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    let named = |list: &[Value]| -> Vec<Value> {
        let one = |(i, policy): (usize, &Value)| json!({"name": i.to_string(), "document": policy});
        list.iter().enumerate().map(one).collect()
    };
    let sets = match policy_type {
        "IDENTITY_POLICY" => vec![json!({"identity": named(&list), "resource": root})],
        "SERVICE_CONTROL_POLICY" => {
            vec![json!({"identity": named(&[all]), "scps": [list], "resource": root})]
        }
        _ => {
            let set = |policy: &Value| json!({"identity": named(std::slice::from_ref(&all)), "session": all, "resource": policy});
            list.iter().map(set).collect()
        }
    };
    let request = serde_json::to_value(witness).unwrap();
    let ask = |policies: Value| {
        let input = json!({"policies": policies, "request": request});
        let decided = api::evaluate(&plain(&input));
        decided.map_or_else(|error| format!("{error:?}"), |it| it.decision.to_owned())
    };
    sets.into_iter().map(ask).collect()
}
