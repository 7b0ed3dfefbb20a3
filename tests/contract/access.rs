//! Comparisons that together have every field in every form.

use postern::api::{self, AccessCheck, AccessComparison, MinimizedPolicy, Value};
use serde::Deserialize;
use serde_json::{json, Value as Json};

fn plain(value: &Json) -> Value<'static> {
    Value::deserialize(value.clone()).unwrap()
}

pub fn options() -> Vec<Json> {
    vec![
        json!({}),
        json!({"policyType": "IDENTITY_POLICY", "requests": "any"}),
        json!({"policyType": "SERVICE_CONTROL_POLICY", "requests": "known"}),
        json!({"policyType": "RESOURCE_POLICY"}),
    ]
}

pub fn access() -> Vec<Json> {
    vec![
        json!({"actions": ["s3:DeleteBucket", "s3:Put*"]}),
        json!({"actions": ["*"], "resources": ["arn:aws:s3:::vault/*"]}),
    ]
}

fn statement(effect: &str, action: &str, condition: Json) -> Json {
    json!({"Sid": action.split(':').next_back(), "Effect": effect, "Action": action, "Resource": "*", "Condition": condition})
}

pub fn compared() -> Vec<AccessComparison> {
    let tagged = json!({"ForAnyValue:StringEquals": {"aws:TagKeys": "a"}, "StringEquals": {"aws:PrincipalTag/b": "c"}});
    let plainly = json!({"Version": "2012-10-17", "Statement": [statement("Allow", "ec2:CreateTags", json!({}))]});
    let narrow =
        json!({"Version": "2012-10-17", "Statement": statement("Allow", "ec2:CreateTags", tagged)});
    let denied = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}, statement("Deny", "ec2:CreateTags", json!({}))
    ]});
    let strange = json!({"Version": "2012-10-17", "Statement": statement("Allow", "ec2:CreateTags", json!({"Strange": {"a": "b"}}))});
    let other = json!({"Version": "2012-10-17", "Statement": statement("Allow", "s3:GetObject", json!({}))});
    let pairs = [
        (json!([plainly, narrow]), plainly.clone()),
        (narrow.clone(), plainly.clone()),
        (plainly, narrow.clone()),
        (denied, narrow.clone()),
        (narrow.clone(), strange),
        (other, narrow),
    ];
    let all = options();
    let compare = |((existing, proposed), options): ((Json, Json), &Json)| {
        api::compare_access(&plain(&existing), &plain(&proposed), Some(&plain(options))).unwrap()
    };
    pairs.into_iter().zip(all.iter().take(3).cycle()).map(compare).collect()
}

pub fn checked() -> Vec<AccessCheck> {
    let everyone = json!({"Version": "2012-10-17", "Statement": [
        {"Sid": "", "Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::vault/*"}
    ]});
    let (policy, access) = (plain(&everyone), plain(&json!(access())));
    let bucket = plain(&json!("AWS::S3::Bucket"));
    vec![
        api::check_access_not_granted(&policy, &access, None).unwrap(),
        api::check_no_public_access(&policy, &bucket).unwrap(),
    ]
}

pub fn minimize_options() -> Vec<Json> {
    vec![json!({}), json!({"policyType": "IDENTITY_POLICY", "wildcards": true})]
}

pub fn minimized() -> Vec<MinimizedPolicy> {
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:*", "s3:GetObject"], "Resource": ["arn:aws:s3:::a", "arn:aws:s3:::*"]},
    ]});
    let small = |options| api::minimize_policy(&plain(&policy), Some(&plain(options))).unwrap();
    minimize_options().iter().map(small).collect()
}

/// What the first argument of each call must be told.
pub fn refusals() -> Vec<api::Error> {
    let (good, wrong) =
        (plain(&json!({"Statement": {"Effect": "Deny", "Action": "*"}})), plain(&json!({"?": 1})));
    vec![
        api::compare_access(&good, &good, Some(&wrong)).unwrap_err(),
        api::check_access_not_granted(&good, &plain(&json!([{"?": 1}])), None).unwrap_err(),
        api::check_no_public_access(&good, &plain(&json!("?"))).unwrap_err(),
    ]
}
