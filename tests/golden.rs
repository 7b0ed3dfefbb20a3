//! The built policies are AWS's published texts, to the byte.

use std::{fs, path::Path};

use postern::api::{self, Value};
use serde_json::json;

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    fs::read_to_string(path).unwrap()
}

fn build(options: serde_json::Value) -> Result<api::BuiltPolicy, api::Error> {
    let options: Value = serde_json::from_value(options).unwrap();
    api::build_node_policy(Some(&options))
}

#[test]
fn the_guides_policies_come_out_to_the_byte() {
    let encrypted = json!({"kmsKeyArn": KEY});
    let placeholder = json!({"kmsKeyArn": "key-name"});
    let cases = [
        (json!({}), "add-to-existing-role-nokms", 290),
        (json!({"sessionEncryption": placeholder}), "add-to-existing-role-kms", 356),
        (json!({"sessionEncryption": encrypted}), "add-to-existing-role-kms", 356 - 8 + KEY.len()),
        (json!({"heartbeat": true}), "custom-role-minimal-nokms", 322),
        (
            json!({"heartbeat": true, "sessionEncryption": placeholder}),
            "custom-role-minimal-kms",
            388,
        ),
    ];
    for (options, name, characters) in cases {
        let expected = golden(&format!("published-node-{name}.json"));
        let expected = match options.pointer("/sessionEncryption/kmsKeyArn") {
            Some(key) => expected.replace("key-name", key.as_str().unwrap()),
            None => expected,
        };
        let built = build(options).unwrap();
        assert_eq!(built.json, expected, "{name}");
        assert_eq!(built.characters, characters, "{name}");
        assert_eq!(built.quota, 10_240);
    }
    assert_eq!(api::build_node_policy(None).unwrap(), build(json!({})).unwrap());
}

#[test]
fn the_object_and_the_text_are_the_same_policy() {
    for options in [
        json!({}),
        json!({"heartbeat": true, "sessionEncryption": {"kmsKeyArn": [KEY, "arn:aws:kms:*:111122223333:key/*"]}}),
    ] {
        let built = build(options).unwrap();
        let text: serde_json::Value = serde_json::from_str(&built.json).unwrap();
        assert_eq!(serde_json::to_value(built.policy.to_plain()).unwrap(), text);
    }
}

#[test]
fn the_bucket_check_can_be_left_out_and_a_key_named_twice_stands_once() {
    let built = build(
        json!({"bucketEncryptionCheck": false, "sessionEncryption": {"kmsKeyArn": [KEY, KEY]}}),
    )
    .unwrap();
    assert!(!built.json.contains("s3:GetEncryptionConfiguration"), "{}", built.json);
    assert!(built.json.contains(&format!("\"Resource\": \"{KEY}\"")), "{}", built.json);
}

#[test]
fn notes_say_what_the_text_does_not() {
    let codes = |options| -> Vec<_> {
        build(options).unwrap().notes.iter().map(|note| note.code).collect()
    };
    let key = |arn: &str| json!({"heartbeat": true, "sessionEncryption": {"kmsKeyArn": arn}});
    assert_eq!(codes(json!({})), ["SUMMARY", "HEARTBEAT_MISSING"]);
    assert_eq!(codes(json!({"heartbeat": true})), ["SUMMARY"]);
    assert_eq!(codes(key("key-name")), ["SUMMARY", "KEY_NAME_PLACEHOLDER"]);
    assert_eq!(
        codes(key("arn:aws:kms:us-east-1:111122223333:key/*")),
        ["SUMMARY", "KMS_KEY_PATTERN"]
    );
    assert_eq!(
        codes(key(&KEY.replace("us-east-1", "us-east-9"))),
        ["SUMMARY", "REGION_NOT_LISTED"]
    );
    let mut other = key(KEY);
    other["accountId"] = json!("444455556666");
    assert_eq!(codes(other), ["SUMMARY", "KMS_KEY_OTHER_ACCOUNT"]);
    let many: Vec<_> = (0..200).map(|i| KEY.replace("1234abcd-", &format!("{i:08x}-"))).collect();
    let many = json!({"heartbeat": true, "sessionEncryption": {"kmsKeyArn": many}});
    assert_eq!(codes(many), ["SUMMARY", "OVER_QUOTA"]);
}

#[test]
fn keys_that_cannot_serve_are_refused_with_the_reason() {
    let at = "options.sessionEncryption.kmsKeyArn";
    let alias = "arn:aws:kms:us-east-1:111122223333:alias/my-key";
    let cases = [
        ("my key", "KMS_KEY_NOT_AN_ARN", "is not an ARN"),
        ("", "KMS_KEY_NOT_AN_ARN", "is empty"),
        ("1234abcd-12ab-34cd-56ef-1234567890ab", "KMS_KEY_ID_WITHOUT_ARN", "key ID alone"),
        ("alias/my-key", "KMS_ALIAS_NAME", "name of an alias"),
        (alias, "KMS_ALIAS_ARN", "alias ARN"),
        ("alias/aws/ssm", "KMS_AWS_MANAGED_ALIAS", "AWS manages"),
        ("arn:aws:s3:::bucket", "KMS_KEY_OTHER_SERVICE", "\"s3\""),
        ("arn:aws:kms:us-east-1:111122223333:key/EXAMPLE", "KMS_KEY_PLACEHOLDER", "EXAMPLE"),
        ("arn:aws:kms:cn-north-1:111122223333:key/*", "KMS_KEY_ARN_MALFORMED", "aws-cn"),
        ("arn:aws:kms:region:account-id:key/*", "KMS_KEY_ARN_MALFORMED", "\"region\""),
    ];
    for (key, code, words) in cases {
        let error = build(json!({"sessionEncryption": {"kmsKeyArn": key}})).unwrap_err();
        assert_eq!((error.code.as_ref(), error.path.as_deref()), (code, Some(at)), "{key}");
        assert!(error.message.contains(words), "{key}: {}", error.message);
        assert!(error.message.ends_with('.'), "{}", error.message);
        let error = build(json!({"sessionEncryption": {"kmsKeyArn": [KEY, key]}})).unwrap_err();
        assert_eq!(error.path.as_deref(), Some("options.sessionEncryption.kmsKeyArn[1]"), "{key}");
    }
    let error = build(json!({"sessionEncryption": {"kmsKeyArn": []}})).unwrap_err();
    assert_eq!(error.code, "KMS_KEY_MISSING");
}

#[test]
fn keys_and_nodes_must_be_in_one_place() {
    let with = |key: &str, place: &str, value: &str| {
        build(json!({place: value, "sessionEncryption": {"kmsKeyArn": key}}))
            .map_err(|error| error.code)
    };
    let china = KEY.replace("aws:", "aws-cn:").replace("us-east-1", "cn-north-1");
    assert!(with(&china, "partition", "aws-cn").is_ok());
    assert_eq!(with(&china, "partition", "aws").unwrap_err(), "KMS_KEY_OTHER_PARTITION");
    assert_eq!(with(&china, "region", "us-east-1").unwrap_err(), "KMS_KEY_OTHER_PARTITION");
    assert!(with(KEY, "region", "us-east-1").is_ok());
    assert_eq!(with(KEY, "region", "us-east-2").unwrap_err(), "KMS_KEY_OTHER_REGION");
    assert!(with(&KEY.replace("us-east-1", "us-*"), "region", "us-east-2").is_ok());
    assert_eq!(
        with(&KEY.replace("us-east-1", "us-*"), "region", "eu-west-1").unwrap_err(),
        "KMS_KEY_OTHER_REGION"
    );
    // The nodes' place is open: two keys must then agree with each other.
    assert!(build(json!({"sessionEncryption": {"kmsKeyArn": china}})).is_ok());
    let both = build(json!({"sessionEncryption": {"kmsKeyArn": [KEY, china]}})).unwrap_err();
    assert_eq!(both.code, "KMS_KEY_OTHER_PARTITION");
}

#[test]
fn places_and_names_are_checked() {
    let long = "a".repeat(129);
    let cases = [
        (json!({"partition": "amazon"}), "PARTITION_UNKNOWN", "options.partition"),
        (json!({"region": "us-east-1a"}), "REGION_MALFORMED", "options.region"),
        (
            json!({"region": "us-east-1", "partition": "aws-cn"}),
            "REGION_OTHER_PARTITION",
            "options.region",
        ),
        (json!({"accountId": "1111-2222-3333"}), "ACCOUNT_ID_MALFORMED", "options.accountId"),
        (json!({"policyName": ""}), "POLICY_NAME_LENGTH", "options.policyName"),
        (json!({"policyName": long}), "POLICY_NAME_LENGTH", "options.policyName"),
        (json!({"policyName": "my policy"}), "POLICY_NAME_CHARACTER", "options.policyName"),
        (json!({"policyName": "Zug\u{e4}nge"}), "POLICY_NAME_CHARACTER", "options.policyName"),
    ];
    for (options, code, path) in cases {
        let error = build(options.clone()).unwrap_err();
        assert_eq!((error.code.as_ref(), error.path.as_deref()), (code, Some(path)), "{options}");
    }
    assert!(build(json!({"policyName": "Session_Manager+=,.@-9"})).is_ok());
    assert!(build(json!({"policyName": "a".repeat(128)})).is_ok());
}
