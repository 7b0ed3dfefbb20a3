//! Targets and set-ups that together have every field, and targets that are refused for their names.

use postern::api::{self, Value};
use serde_json::{json, Value as Json};

use crate::export::cases;

/// Every attachment and every format, each once with all fields.
pub fn targets() -> Vec<Json> {
    let mut targets: Vec<Json> = cases::fitting().into_iter().map(|case| case.target).collect();
    for (i, target) in targets.iter_mut().enumerate() {
        target["format"] = json!(cases::FORMATS[i % cases::FORMATS.len()]);
    }
    targets
}

/// Options of set-ups in every format.
pub fn setups() -> Vec<Json> {
    let formats = ["terraform", "cloudformation", "cdk-typescript"];
    let with = |(i, mut options): (usize, Json)| {
        options["format"] = json!(formats[i % formats.len()]);
        options
    };
    cases::setups().into_iter().enumerate().map(with).collect()
}

pub fn set_up(options: &Json) -> Result<api::Setup, api::Error> {
    let options: Value = serde_json::from_value(options.clone()).unwrap();
    api::export_setup(Some(&options))
}

/// What is told of a target.
pub fn refused(target: &Json) -> api::Error {
    let policy = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*"}}"#;
    let target: Value = serde_json::from_value(target.clone()).unwrap();
    api::export_policy(&Value::String(policy.into()), Some(&target)).unwrap_err()
}

/// What is told of targets that are refused for reasons that no builder has.
pub fn refusals() -> Vec<api::Error> {
    let elsewhere = json!({
        "format": "terraform", "node": {"region": "us-east-2", "accountId": "111122223333"},
        "operator": {"region": "eu-west-1"},
    });
    let there_already = json!({
        "format": "cloudformation", "node": {"region": "us-east-2", "accountId": "111122223333"},
        "preferences": {"exists": true},
    });
    let set_ups = [elsewhere, there_already].map(|options| set_up(&options).err());
    let fields = ["userName", "groupName", "organizationTargetId"];
    let fields = fields.map(|field| refused(&json!({"format": "aws-cli", field: "a b"})));
    fields.into_iter().chain(set_ups.into_iter().flatten()).collect()
}
