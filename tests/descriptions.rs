//! The sentences for the golden policies, in tests/golden/descriptions.txt; `UPDATE=1` writes them, and people read them.

mod meaning;

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
fn sessions_and_denials_come_first_and_the_rest_is_counted() {
    let document = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["sqs:*", "ec2:RunInstances"], "Resource": "*"},
        {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*"},
        {"Effect": "Deny", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::a",
         "Condition": {"ForAnyValue:StringNotLikeIfExists": {"aws:TagKeys": ["a", "b"]}, "Null": {"aws:TokenIssueTime": "true"}}},
        {"Effect": "Deny", "Action": "sqs:PurgeQueue", "Resource": "arn:aws:sqs:us-east-1:111122223333:jobs"},
        {"Effect": "Allow", "Action": ["s3:Nothing", "nowhere:*"], "Resource": "*"},
    ]});
    let expected = [
        "Denies everything but every action of iam on every resource but bucket a, if for one of its values aws:TagKeys is not like a or b or aws:TagKeys is absent, and aws:TokenIssueTime is absent.",
        "Allows starting sessions on every resource.",
        "Denies purging queues of sqs on sqs queue jobs in us-east-1 of account 111122223333.",
        "Allows every action of sqs and running instances of ec2 on every resource.",
        "Nothing comes of \"nowhere:*\" and \"s3:Nothing\": AWS lists no such actions.",
    ];
    assert_eq!(describe(document), expected);
    let many: Vec<_> = (0..20)
        .map(|i| json!({"Effect": "Allow", "Action": "sqs:*", "Resource": format!("arn:aws:sqs:*:*:q{i}")}))
        .collect();
    let told = describe(json!({"Statement": many}));
    assert_eq!(told.len(), 13);
    assert_eq!(told[12], "8 more statements are not told here.");
}

#[test]
fn a_policy_that_lists_nothing_is_told_so() {
    let told = describe(json!({"Statement": {"Effect": "Allow", "Action": [], "Resource": "*"}}));
    assert_eq!(told, ["Nothing is allowed or denied: no action is listed."]);
}

#[test]
fn conditions_and_variables_are_told_as_they_hold() {
    let on = |condition: serde_json::Value| {
        json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:StartSession",
            "Resource": "arn:aws-cn:ec2:*:*:instance/*", "Condition": condition}})
    };
    let start = "Allows starting sessions on every EC2 instance of partition aws-cn, if ";
    for (condition, told) in [
        (json!({"Bool": {"aws:MultiFactorAuthPresent": "false"}}), "the caller did not use MFA."),
        (
            json!({"Bool": {"aws:MultiFactorAuthPresent": ["true", "false"]}}),
            "aws:MultiFactorAuthPresent is true or false.",
        ),
        (
            json!({"Bool": {"aws:MultiFactorAuthPresent": "yes"}}),
            "aws:MultiFactorAuthPresent is yes.",
        ),
        (
            json!({"Bool": {"aws:SecureTransport": ["false", "true"]}}),
            "aws:SecureTransport is false or true.",
        ),
        (
            json!({"Null": {"aws:MultiFactorAuthPresent": ["true", "false"]}}),
            "Null of aws:MultiFactorAuthPresent is true or false.",
        ),
        (json!({"StringEquals": {"sts:ExternalId": ""}}), "sts:ExternalId is an empty text."),
    ] {
        assert_eq!(describe(on(condition)), [format!("{start}{told}")]);
    }
    let paths = json!({"Statement": {"Effect": "Allow", "Action": "apigateway:GET",
        "Resource": ["arn:aws:apigateway:*::/restapis/*", "arn:aws:apigateway:eu-west-1::/*", "arn:aws:logs:*:*:log-group:"]}});
    assert_eq!(
        describe(paths),
        ["Allows calling apigateway:GET on apigateway /restapis/*, everything of apigateway in eu-west-1 and arn:aws:logs:*:*:log-group:."]
    );
    let old = json!({"Statement": {"Effect": "Allow", "Action": "ssm:TerminateSession",
        "Resource": "arn:aws:ssm:*:*:session/${aws:username}-*"}});
    assert_eq!(describe(old), ["Allows ending sessions on session ${aws:username}-*."]);
}

#[test]
fn everyone_is_told_in_every_form() {
    for (element, value, expected) in [
        ("Principal", json!("*"), "Allows everyone: reading objects on every bucket."),
        ("Principal", json!({"AWS": "*"}), "Allows everyone: reading objects on every bucket."),
        (
            "Principal",
            json!({"AWS": ["arn:aws:iam::111122223333:root", "*"]}),
            "Allows everyone: reading objects on every bucket.",
        ),
        (
            "Principal",
            json!({"AWS": ["111122223333"]}),
            "Allows account 111122223333: reading objects on every bucket.",
        ),
        ("Principal", json!({"AWS": []}), "Allows nobody: reading objects on every bucket."),
        (
            "NotPrincipal",
            json!({"Service": "ec2.amazonaws.com"}),
            "Allows everyone but ec2.amazonaws.com: reading objects on every bucket.",
        ),
        ("NotPrincipal", json!("*"), "Allows nobody: reading objects on every bucket."),
    ] {
        let mut statement =
            json!({"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::*"});
        statement[element] = value;
        assert_eq!(describe(json!({"Statement": statement}))[0], expected);
    }
}

#[test]
fn a_broken_policy_is_refused() {
    for document in [json!("hello"), json!({}), json!({"Statement": []}), json!(1)] {
        let error = describe_policy(&Value::deserialize(document).unwrap()).unwrap_err();
        assert_eq!(error.code, "INVALID_POLICY");
    }
}
