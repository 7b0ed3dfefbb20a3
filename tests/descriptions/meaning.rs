//! What the sentences say, asked of the evaluator: each phrase stands here beside requests for which it is true and false.

use postern::api;
use serde_json::{json, Value};

use super::describe;

/// An action, the words for it, and the kinds of what it works on.
const ACTIONS: &[(&str, &str, &str)] = &[
    ("ssm:StartSession", "starting sessions", "node"),
    ("ssm:SendCommand", "running commands", "node bucket"),
    ("ssm:TerminateSession", "ending sessions", "session"),
    ("s3:GetObject", "reading objects", "object"),
    ("s3:PutObject", "writing objects", "object"),
    ("s3:ListBucket", "listing the objects of buckets", "bucket"),
    ("kms:Decrypt", "decrypting", "key"),
    ("kms:GenerateDataKey", "generating data keys", "key"),
    ("sqs:SendMessage", "sending messages of sqs", "queue"),
    ("iam:PassRole", "passing roles", "role"),
];

/// A kind of resource, a pattern, the words for it, a resource that it names and one that it does not.
const RESOURCES: &[(&str, &str, &str, &str, &str)] = &[
    (
        "node",
        "arn:aws:ec2:*:*:instance/*",
        "every EC2 instance",
        "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0",
        "arn:aws:ssm:eu-west-1:111122223333:managed-instance/mi-0123456789abcdef0",
    ),
    (
        "node",
        "arn:aws:ec2:eu-west-1:111122223333:instance/*",
        "every EC2 instance in eu-west-1 of account 111122223333",
        "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0",
        "arn:aws:ec2:eu-west-2:111122223333:instance/i-0123456789abcdef0",
    ),
    (
        "node",
        "arn:aws:ec2:*:*:instance/i-0123456789abcdef0",
        "EC2 instance i-0123456789abcdef0",
        "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0",
        "arn:aws:ec2:eu-west-1:111122223333:instance/i-1123456789abcdef0",
    ),
    (
        "node",
        "arn:aws:ssm:*:*:managed-instance/*",
        "every hybrid node",
        "arn:aws:ssm:eu-west-1:111122223333:managed-instance/mi-0123456789abcdef0",
        "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0",
    ),
    (
        "session",
        "arn:aws:ssm:*:*:session/${aws:userid}-*",
        "sessions whose id begins with the caller's user id",
        "arn:aws:ssm:eu-west-1:111122223333:session/AIDACKCEVSQ6C2EXAMPLE-0123",
        "arn:aws:ssm:eu-west-1:111122223333:session/AIDAJQABLZS4A3QDU576Q-0123",
    ),
    (
        "object",
        "arn:aws:s3:::logs/*",
        "the objects of bucket logs",
        "arn:aws:s3:::logs/a/b",
        "arn:aws:s3:::logs2/a",
    ),
    (
        "object",
        "arn:aws:s3:::logs/prod/*",
        "prod/* of bucket logs",
        "arn:aws:s3:::logs/prod/a",
        "arn:aws:s3:::logs/test/a",
    ),
    ("bucket", "arn:aws:s3:::logs", "bucket logs", "arn:aws:s3:::logs", "arn:aws:s3:::log"),
    (
        "key",
        "arn:aws:kms:*:*:key/*",
        "every KMS key",
        "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        "arn:aws:kms:eu-west-1:111122223333:alias/logs",
    ),
    (
        "queue",
        "arn:aws:sqs:eu-west-1:*:jobs",
        "sqs queue jobs in eu-west-1",
        "arn:aws:sqs:eu-west-1:111122223333:jobs",
        "arn:aws:sqs:us-east-1:111122223333:jobs",
    ),
    (
        "role",
        "arn:aws:iam::111122223333:role/app/*",
        "role app/* of account 111122223333",
        "arn:aws:iam::111122223333:role/app/web",
        "arn:aws:iam::111122223333:role/web",
    ),
];

/// A condition, the words for it, and contexts with which it holds and does not.
fn conditions() -> Vec<(Value, &'static str, Value, Value)> {
    let c = |operator: &str, key: &str, value: Value| json!({operator: {key: value}});
    let tag = "aws:ResourceTag/Team";
    vec![
        (json!({}), "", json!({}), json!(null)),
        (
            c("Bool", "aws:MultiFactorAuthPresent", json!("true")),
            ", if the caller used MFA",
            json!({"aws:MultiFactorAuthPresent": "true"}),
            json!({"aws:MultiFactorAuthPresent": "false"}),
        ),
        (
            c("IpAddress", "aws:SourceIp", json!(["203.0.113.0/24", "198.51.100.7"])),
            ", if the caller's address is in 203.0.113.0/24 or 198.51.100.7",
            json!({"aws:SourceIp": "203.0.113.9"}),
            json!({"aws:SourceIp": "192.0.2.1"}),
        ),
        (
            c("NotIpAddress", "aws:SourceIp", json!("203.0.113.0/24")),
            ", if the caller's address is not in 203.0.113.0/24",
            json!({"aws:SourceIp": "192.0.2.1"}),
            json!({"aws:SourceIp": "203.0.113.9"}),
        ),
        (
            c("StringEquals", tag, json!("web")),
            ", if the tag Team of the resource is web",
            json!({tag: "web"}),
            json!({tag: "Web"}),
        ),
        (
            c("StringLike", tag, json!(["web-*", "db"])),
            ", if the tag Team of the resource is like web-* or db",
            json!({tag: "db"}),
            json!({tag: "web"}),
        ),
        (
            c("StringNotEquals", tag, json!("web")),
            ", if the tag Team of the resource is not web",
            json!({tag: "db"}),
            json!({tag: "web"}),
        ),
        (
            c("StringEqualsIfExists", tag, json!("web")),
            ", if the tag Team of the resource is web or aws:ResourceTag/Team is absent",
            json!({tag: null}),
            json!({tag: "db"}),
        ),
        (
            c("Null", tag, json!("true")),
            ", if aws:ResourceTag/Team is absent",
            json!({tag: null}),
            json!({tag: "web"}),
        ),
        (
            c("Null", tag, json!("false")),
            ", if aws:ResourceTag/Team is present",
            json!({tag: "web"}),
            json!({tag: null}),
        ),
        (
            c("NumericLessThan", "aws:MultiFactorAuthAge", json!("3600")),
            ", if aws:MultiFactorAuthAge is less than 3600",
            json!({"aws:MultiFactorAuthAge": "60"}),
            json!({"aws:MultiFactorAuthAge": "7200"}),
        ),
        (
            c("DateLessThan", "aws:CurrentTime", json!("2030-01-01T00:00:00Z")),
            ", if aws:CurrentTime is before 2030-01-01T00:00:00Z",
            json!({"aws:CurrentTime": "2029-12-31T00:00:00Z"}),
            json!({"aws:CurrentTime": "2030-01-02T00:00:00Z"}),
        ),
    ]
}

fn decide(policy: &Value, action: &str, resource: &str, context: &Value) -> String {
    let mut context = context.clone();
    context["aws:userid"] = json!("AIDACKCEVSQ6C2EXAMPLE");
    // A key asks its own policy as well, which leaves it to the account.
    let key_policy = json!({"Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}});
    let own = if action.starts_with("kms:") { key_policy } else { Value::Null };
    let input = json!({
        "policies": {"identity": [{"name": "p", "document": policy}], "resource": own},
        "request": {"principal": "arn:aws:iam::111122223333:user/a", "action": action, "resource": resource,
            "resourceAccount": "111122223333", "context": context},
    });
    let input: api::Value = serde_json::from_value(input).unwrap();
    api::evaluate(&input).unwrap().decision.to_owned()
}

#[test]
fn what_the_sentences_say_is_what_is_decided() {
    let (mut problems, mut asked) = (Vec::new(), 0);
    for (action, doing, works_on) in ACTIONS {
        for (kind, pattern, on, inside, outside) in RESOURCES {
            for (condition, only_if, holds, fails) in conditions() {
                let policy = json!({"Version": "2012-10-17", "Statement": {
                    "Effect": "Allow", "Action": action, "Resource": pattern, "Condition": condition}});
                let told = describe(policy.clone());
                if !works_on.split(' ').any(|one| one == *kind) {
                    let nothing = format!("Nothing comes of \"{action}\": its statement lists no resource that it works on.");
                    if told != [nothing] {
                        problems.push(format!("{policy} {told:?}"));
                    }
                    continue;
                }
                asked += 1;
                let mut decisions = vec![
                    (decide(&policy, action, inside, &holds), "allowed"),
                    (decide(&policy, action, outside, &holds), "implicit_deny"),
                ];
                if !fails.is_null() {
                    decisions.push((decide(&policy, action, inside, &fails), "implicit_deny"));
                }
                let is_so = decisions.iter().all(|(found, expected)| found == expected);
                if told != [format!("Allows {doing} on {on}{only_if}.")] || !is_so {
                    problems.push(format!("{policy} {told:?} {decisions:?}"));
                }
            }
        }
    }
    assert!(asked > 200, "{asked}");
    assert!(problems.is_empty(), "{} of {asked}:\n{}", problems.len(), problems.join("\n"));
}
