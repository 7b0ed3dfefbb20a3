//! The sentences for the golden policies, in tests/golden/descriptions.txt; `UPDATE=1` writes them, and people read them.

use std::fs;

use postern::api::{describe_policy, Value};
use serde::Deserialize;
use serde_json::json;

fn describe(document: serde_json::Value) -> Vec<String> {
    describe_policy(&Value::deserialize(document).unwrap()).unwrap()
}

#[test]
fn the_golden_policies_are_described() {
    let mut files: Vec<_> = fs::read_dir("tests/golden")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let mut told = String::new();
    for file in files.iter().filter(|file| file.ends_with(".json") && *file != "index.json") {
        let text = fs::read_to_string(format!("tests/golden/{file}")).unwrap();
        if !text.contains("\"Statement\"") {
            continue;
        }
        told.push_str(&format!("{}\n", file.trim_end_matches(".json")));
        for sentence in describe(json!(text)) {
            assert!(
                sentence.ends_with('.')
                    && sentence.starts_with(|c: char| c.is_ascii_uppercase() || c == '1')
            );
            told.push_str(&format!("    {sentence}\n"));
        }
    }
    let path = "tests/golden/descriptions.txt";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &told).unwrap();
    }
    assert_eq!(told, fs::read_to_string(path).unwrap());
}

#[test]
fn denials_come_first_and_the_rest_is_counted() {
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*"},
        {"Effect": "Allow", "Action": ["sqs:*", "ec2:RunInstances"], "Resource": "*"},
        {"Effect": "Deny", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::a",
         "Condition": {"ForAnyValue:StringNotLikeIfExists": {"aws:TagKeys": ["a", "b"]}, "Null": {"aws:TokenIssueTime": "true"}}},
    ]});
    let expected = [
        "Denies everything but iam:* on every resource but bucket a, if for one of its values aws:TagKeys is not like a or b or aws:TagKeys is absent, and aws:TokenIssueTime is absent.",
        "Allows starting sessions on every resource.",
        "1 statement is about something else: ec2, sqs.",
    ];
    assert_eq!(describe(document), expected);
    let nothing = json!({"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}});
    assert_eq!(describe(nothing), ["Nothing of Session Manager."]);
}

#[test]
fn a_broken_policy_is_refused() {
    for document in [json!("hello"), json!({}), json!({"Statement": []}), json!(1)] {
        let error = describe_policy(&Value::deserialize(document).unwrap()).unwrap_err();
        assert_eq!(error.code, "INVALID_POLICY");
    }
}
