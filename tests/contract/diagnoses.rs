//! Inputs of diagnoses that together have every field, and texts with errors to explain.

use postern::api::{self, PolicyText, Value};
use serde_json::{json, Value as Json};

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

pub fn inputs() -> Vec<Json> {
    let guide = include_str!("../golden/published-node-add-to-existing-role-nokms.json");
    let policy = |statement: Json| json!({"Version": "2012-10-17", "Statement": [statement]});
    let allow = policy(json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let deny = policy(json!({"Effect": "Deny", "Action": "kms:*", "Resource": "*"}));
    let depends = policy(
        json!({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY, "Condition": {"StringEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}),
    );
    let kms = json!({"capability": "node.session-kms", "kmsKeyArn": KEY});
    vec![
        json!({"documents": [guide, {"name": "wide", "text": allow.to_string()}, "AmazonSSMManagedInstanceCore", "hello"], "wants": [{"capability": "node.channel"}, kms]}),
        json!({"documents": [guide], "wants": [kms, {"capability": "node.heartbeat"}]}),
        json!({"documents": [guide, deny], "wants": [kms]}),
        json!({"documents": [guide, depends.to_string()], "wants": [kms]}),
        json!({
            "documents": [{"RoleName": "Web", "PolicyName": "p", "PolicyDocument": allow}],
            "roleName": "Web", "boundary": allow, "scps": [allow], "keyPolicy": null, "bucketPolicy": null, "trustPolicy": null,
            "endpointPolicies": {"ssm": allow, "kms": null},
            "wants": [{
                "capability": "node.s3-logs", "partition": "aws", "region": "us-east-1", "accountId": "111122223333",
                "instanceId": "i-0123456789abcdef0", "kmsKeyArn": KEY, "bucket": "example-session-logs", "prefix": "prod",
                "logGroup": "/example/session-logs", "tagKey": "Env", "tagValue": "dev", "documentName": "ExampleDocument",
                "parameterName": "example", "cluster": "cluster", "taskId": "0123456789abcdef0123456789abcdef",
                "roleName": "Web", "userName": "JohnDoe",
            }],
        }),
    ]
}

pub fn diagnosed(input: &Json) -> Result<api::Diagnosis, api::Error> {
    let input: Value = serde_json::from_value(input.clone()).unwrap();
    api::diagnose_role(&input)
}

/// Two messages, each with a cause of its own.
pub const ERRORS: &str = "User: arn:aws:iam::111122223333:user/JohnDoe is not authorized to perform: ssm:StartSession on \
    resource: arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0 because no identity-based policy allows the \
    ssm:StartSession action\nEC2RoleRequestError: no EC2 instance role found\n";

/// A policy with its name, one without, and something that is none.
pub const PASTED: &str = r#"{"PolicyName": "a", "PolicyDocument": {"Statement": []}} {"Statement": []} {"PolicyNames": []}"#;

/// What is found in it.
pub fn found() -> api::FoundPolicies {
    api::find_policies(&PolicyText { text: PASTED.to_owned(), lone_surrogate: None })
}

pub fn explained() -> Vec<api::Explanation> {
    api::explain_error(&PolicyText { text: ERRORS.to_owned(), lone_surrogate: None })
}
