//! What is tried out value by value: keys that are not known, each told once, whatever the policy has first.

use postern::api::{self, Decision};
use serde::Deserialize;
use serde_json::{json, Value};

fn decided(statements: Value, unknown: &[&str]) -> Decision {
    let input = json!({
        "policies": {"identity": [{"name": "p", "document": {"Version": "2012-10-17", "Statement": statements}}]},
        "request": {
            "principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject",
            "resource": "arn:aws:s3:::example/a", "unknown": unknown,
        },
    });
    api::evaluate(&api::Value::deserialize(input).unwrap()).unwrap()
}

fn allow(operator: &str, key: &str, value: &str) -> Value {
    json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {key: value}}})
}

#[test]
fn many_statements_about_one_key_are_one_key_to_try() {
    // Each statement alone leaves it open; together they leave out nothing.
    let mut statements: Vec<Value> = ["a", "b", "c", "d", "e"]
        .map(|team| allow("StringEquals", "aws:PrincipalTag/team", team))
        .into();
    let some = decided(json!(statements), &["aws:PrincipalTag/team"]);
    assert_eq!(
        (&*some.possible, &*some.depends_on),
        (&["allowed", "implicit_deny"][..], &["aws:PrincipalTag/team".to_owned()][..])
    );
    statements.push(allow("StringNotEquals", "aws:PrincipalTag/team", "e"));
    let all = decided(json!(statements), &["aws:PrincipalTag/team"]);
    assert_eq!((&*all.possible, all.depends_on.len()), (&["allowed"][..], 0));
}

#[test]
fn the_order_of_conditions_does_not_change_what_would_do() {
    for keys in
        [["aws:PrincipalTag/a", "aws:PrincipalTag/b"], ["aws:PrincipalTag/b", "aws:PrincipalTag/a"]]
    {
        let condition = json!({"StringEquals": {keys[0]: "x", keys[1]: "x"}});
        let statement =
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
        let told = decided(statement, &keys).reasons.swap_remove(0).message;
        assert_eq!(
            told, "It is allowed if aws:PrincipalTag/a is x, and aws:PrincipalTag/b is x.",
            "{keys:?}"
        );
    }
}
