//! Inputs of decisions that together have every field in every form, and whose answers have every kind of reason.

use postern::api::{self, Value};
use serde_json::{json, Value as Json};

pub fn inputs() -> Vec<Json> {
    let policy = |statement: Json| json!({"Version": "2012-10-17", "Statement": [statement]});
    let start = |condition: Json| {
        policy(
            json!({"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:*:*:instance/*", "Condition": condition}),
        )
    };
    let allow = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let request = json!({
        "principal": "arn:aws:iam::111122223333:user/alice",
        "action": "ssm:StartSession",
        "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890",
        "resource_account": "111122223333",
        "context": {"aws:MultiFactorAuthPresent": true, "aws:MultiFactorAuthAge": 60, "aws:TagKeys": ["Env", 1, false]},
        "unknown": ["aws:ResourceTag/Env"],
    });
    let other = json!({"principal": "arn:aws:iam::111122223333:user/alice", "action": "ssm:StartSession", "resource": "arn:aws:ec2:us-east-1:111122223333:instance/i-0abc1234def567890", "resourceAccount": "111122223333"});
    let identity = |document: Json| json!([{"name": "people", "document": document}]);
    let tagged = start(json!({"StringEquals": {"aws:ResourceTag/Env": "dev"}}));
    let vpce = start(json!({"StringEquals": {"aws:SourceVpce": ["vpce-1", "vpce-2"]}}));
    vec![
        json!({"policies": {
            "identity": identity(allow.to_string().into()), "boundary": allow, "scps": [[allow]], "rcps": [[allow]],
            "session": null, "resource": null, "unknown": ["resource"],
        }, "request": request}),
        json!({"policies": {"identity": identity(tagged), "unknown": ["scps", "rcps"]}, "request": request}),
        json!({"policies": {"identity": identity(start(json!({"StringEquals": {"aws:ResourceTag/Env": "dev"}})))}, "request": request}),
        json!({"policies": {"identity": identity(vpce)}, "request": other}),
        json!({"policies": {"identity": identity(policy(json!({"Effect": "Deny", "Action": "ssm:*", "Resource": "*"})))}, "request": other}),
        json!({"policies": {}, "request": other}),
    ]
}

/// A policy that IAM could not read.
pub fn unreadable() -> Json {
    let mut input = inputs().swap_remove(0);
    input["policies"]["identity"][0]["document"] =
        json!({"Version": "2012-10-17", "Statement": [{"Effect": "allow"}]});
    input
}

pub fn decided(input: &Json) -> Result<api::Decision, api::Error> {
    let input: Value = serde_json::from_value(input.clone()).unwrap();
    api::evaluate(&input)
}

/// The same for many requests: those of all inputs with the policies of the first.
pub fn many() -> Json {
    let inputs = inputs();
    let requests: Vec<&Json> = inputs.iter().map(|input| &input["request"]).collect();
    json!({"policies": inputs[0]["policies"], "requests": requests})
}
