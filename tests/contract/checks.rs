//! Options of the checks that together have every field in every form, and findings of every kind.

use postern::api::{self, Value};
use postern::rules::IdentityPolicy;
use serde_json::json;

/// Options that together have every field of a check, and a text with findings of each type, fixes of both kinds
/// and every step of a path.
const CHECKED: &str = r#"{
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "", "Effect": "allow", "Action": ["ssm:*", "ssm:StartSesion"], "Resource": "*"},
        {"Effect": "Allow", "Action": ["iam:PassRole", "iam:PassRole"], "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "a"}}},
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs", "Condition": {"ForAllValues:StringEquals": {"aws:PrincipalTag/A": "b"}}}
    ]
}"#;

pub fn check_options() -> Vec<serde_json::Value> {
    let mut all = vec![json!({})];
    all.extend(
        ["IDENTITY_POLICY", "RESOURCE_POLICY", "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]
            .map(|policy_type| json!({"policyType": policy_type})),
    );
    all.extend(IdentityPolicy::ALL.map(|kind| json!({"identityPolicy": kind.name()})));
    all.push(
        json!({"policyType": "RESOURCE_POLICY", "validatePolicyResourceType": "AWS::S3::Bucket"}),
    );
    all
}

pub fn checked(options: &serde_json::Value) -> Result<Vec<api::Finding>, api::Error> {
    let options: Value = serde_json::from_value(options.clone()).unwrap();
    let policy = api::PolicyText { text: CHECKED.to_owned(), lone_surrogate: None };
    api::validate_policy(&policy, Some(&options))
}
