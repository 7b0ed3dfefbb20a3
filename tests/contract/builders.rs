//! Options of the builders that together have every field in every form, and options that are refused for every
//! reason, each with the call that takes them.

use postern::api::{self, BuiltDocument, BuiltPolicy, Error, Related, Value};
use serde_json::{json, Value as Json};

pub const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ROLE: &str = "arn:aws:iam::111122223333:role/ExampleNodeRole";
const ACCOUNT: &str = "111122223333";

/// What a builder gives.
pub enum Built {
    Policy(BuiltPolicy),
    Document(BuiltDocument),
}

/// Calls a builder by its name, or by the kind of what is related.
pub fn build(call: &str, options: &Json) -> Result<Built, Error> {
    let options: Value = serde_json::from_value(options.clone()).unwrap();
    match call {
        "node" => api::build_node_policy(Some(&options)).map(Built::Policy),
        "operator" => api::build_operator_policy(Some(&options)).map(Built::Policy),
        kind => {
            let kind = Value::String(kind.into());
            api::build_related(Some(&kind), Some(&options)).map(|related| match related {
                Related::Policy(built) => Built::Policy(built),
                Related::Document(built) => Built::Document(built),
            })
        }
    }
}

/// Options that are accepted, and whose answers together have every note.
pub fn accepted() -> Vec<(&'static str, Json)> {
    let mut all = node();
    all.extend(operator());
    all.extend(related());
    all
}

fn node() -> Vec<(&'static str, Json)> {
    let key = |arn: &str| json!({"sessionEncryption": {"kmsKeyArn": arn}});
    let partitions =
        postern::aws::Partition::ALL.map(|partition| json!({"partition": partition.name()}));
    let mut all = vec![
        json!({}),
        json!({
            "partition": "aws",
            "region": "us-east-1",
            "accountId": "444455556666",
            "scope": "least-privilege",
            "sids": false,
            "kinds": ["ec2", "hybrid"],
            "instanceIds": ["i-0123456789abcdef0", "mi-0123456789abcdef0"],
            "onlyOnNodes": true,
            "channel": true,
            "heartbeat": true,
            "sessionEncryption": {"kmsKeyArn": [KEY, "key-name"], "encryptionContext": true},
            "bucketEncryptionCheck": false,
            "s3Logs": {
                "bucket": "example.session.logs",
                "prefix": "prod",
                "otherAccount": true,
                "kmsKeyArn": "*",
                "upload": true,
            },
            "cloudWatchLogs": {
                "logGroup": "/example/session-logs",
                "streaming": true,
                "encryptionCheck": true,
            },
            "runCommand": true,
            "legacyChannel": true,
            "stateManager": true,
            "documentParameters": ["/example/user"],
            "agentBuckets": "all",
            "policyName": "SessionManagerPermissions",
        }),
        json!({"runCommand": true, "cloudWatchLogs": {"logGroup": "/example/session-logs"}}),
        json!({"channel": false, "kinds": "ecs", "heartbeat": true, "stateManager": true, "cloudWatchLogs": {}}),
        json!({"region": "eu-new-9"}),
        key("arn:aws:kms:us-east-1:111122223333:key/*"),
        key(&format!("arn:aws:kms:*:*:key/{}", "*".repeat(10_240))),
    ];
    all.extend(partitions);
    all.into_iter().map(|options| ("node", options)).collect()
}

fn operator() -> Vec<(&'static str, Json)> {
    let all = [
        json!({}),
        json!({
            "partition": "aws",
            "region": "us-east-1",
            "accountId": ACCOUNT,
            "scope": "least-privilege",
            "edition": "2025",
            "sids": true,
            "identity": "role",
            "targets": {
                "tags": {"Team": ["web", "shop"]},
                "anyTags": {"Stage": "test", "Owner": ["jane", "joe"]},
                "principalTags": "Project",
                "kinds": ["ec2", "hybrid"],
            },
            "sessions": ["shell", "ssh", "port-forwarding", "remote-host-port-forwarding"],
            "documents": ["ExampleSessionDocument"],
            "clients": ["cli", "session-manager-console", "ec2-console"],
            "documentAccessCheck": true,
            "dataChannel": "any",
            "endSessions": {"whose": "session-tag", "targetId": "i-0123456789abcdef0", "resume": true},
            "sessionEncryption": {"kmsKeyArn": KEY, "encryptionContext": true},
            "updateAgent": true,
            "documentChooser": "SessionDocument-",
            "remoteDesktop": {"signIn": ["key-pair", "identity-center"]},
            "fleetManager": "read-only",
            "ecsExec": {"cluster": "example", "tags": {"Team": "web"}, "denyDirectSessions": true},
            "justInTime": false,
            "runCommand": ["AWS-RunShellScript", "Example"],
            "startInstances": true,
            "history": true,
            "preferences": "edit",
            "administrator": false,
            "hostManagement": true,
            "inlinePolicyOf": "ExampleNodeRole",
            "deny": {
                "shell": true,
                "ssh": true,
                "preferences": true,
                "taskSessions": "*",
                "hostManagement": true,
                "withoutMfa": true,
                "nodeTags": {"Stage": "prod"},
                "after": "2027-01-31T00:00:00Z",
                "outsideIpRanges": ["203.0.113.0/24"],
                "outsideVpcEndpoints": ["vpce-0123456789abcdef0"],
            },
            "denyOnly": false,
            "policyName": "Sessions",
        }),
        json!({"edition": "2023", "documentAccessCheck": false, "identity": "iam-user"}),
        json!({"edition": "2023", "targets": {"instanceIds": "i-0123456789abcdef0"}}),
        json!({"sessions": "ssh", "sessionEncryption": {"kmsKeyArn": KEY}}),
        json!({"justInTime": true, "targets": {"tags": {"Team": "web"}}, "deny": {"shell": true}}),
        json!({"sessions": "port-forwarding", "deny": {"ssh": true}}),
        json!({"preferences": "edit", "deny": {"withoutMfa": true}}),
        json!({"deny": {"ssh": true}, "denyOnly": true, "targets": {"tags": {"Team": "web"}}}),
        json!({"deny": {"outsideIpRanges": "203.0.113.0/24"}, "targets": {"tags": {"Team": "web"}}}),
        json!({"documentChooser": "SessionDocument-"}),
        json!({"instanceConnect": {}}),
        json!({"ansibleBucket": "example-ansible", "targets": {"tags": {"Team": "web"}}}),
        json!({
            "instanceConnect": {
                "endpointIds": "eice-0123456789abcdef0",
                "port": 22,
                "ipRanges": "10.0.1.0/24",
                "maxSeconds": 600,
                "osUsers": ["ec2-user"],
            },
            "ansibleBucket": "example-ansible",
            "expires": "2027-01-31T00:00:00Z",
            "sessions": ["interactive-command", "non-interactive-command"],
        }),
        json!({"ecsExec": {"cluster": "example"}, "endSessions": {"ownerId": "AIDACKCEVSQ6C2EXAMPLE"}}),
        json!({"identity": "iam-user", "fleetManager": "administrator", "scope": "least-privilege", "deny": {"nodeTags": {"Stage": "prod"}}}),
        json!({"administrator": true, "preferences": "edit-and-delete", "clients": "ec2-console"}),
        json!({"fleetManager": "administrator", "dataChannel": "everything", "endSessions": {"whose": "anyone"}}),
        json!({"targets": {"tags": {"tag:Team": "web"}}}),
    ];
    all.into_iter().map(|options| ("operator", options)).collect()
}

fn related() -> Vec<(&'static str, Json)> {
    vec![
        (
            "session-key-policy",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "accountId": ACCOUNT,
                "nodeRoleArns": [ROLE],
                "operatorArns": "arn:aws:iam::444455556666:root",
                "kinds": ["ec2"],
            }),
        ),
        (
            "log-bucket-key-policy",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "accountId": ACCOUNT,
                "bucket": "example-session-logs",
                "nodeRoleArns": ROLE,
                "organizationId": "o-a1b2c3d4e5",
            }),
        ),
        (
            "log-group-key-policy",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "accountId": ACCOUNT,
                "logGroup": "/example/session-logs",
            }),
        ),
        (
            "log-group-key-policy",
            json!({"region": "eusc-de-east-1", "accountId": ACCOUNT, "logGroup": "/example"}),
        ),
        (
            "bucket-policy",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "bucket": "example-session-logs",
                "prefix": "prod",
                "nodeRoleArns": ROLE,
                "organizationId": "o-a1b2c3d4e5",
            }),
        ),
        (
            "endpoint-policy",
            json!({
                "service": "kms",
                "partition": "aws",
                "region": "us-east-1",
                "accountId": ACCOUNT,
                "bucket": "example-session-logs",
                "kmsKeyArn": KEY,
                "operators": true,
            }),
        ),
        (
            "endpoints",
            json!({
                "partition": "aws-cn",
                "region": "cn-north-1",
                "legacyChannel": true,
                "sessionEncryption": true,
                "s3Logs": true,
                "cloudWatchLogs": true,
                "operators": true,
            }),
        ),
        (
            "trust-policy",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "accountId": ACCOUNT,
                "scope": "guide",
                "trusted": ["ec2", "hybrid", "ecs", "host-management"],
            }),
        ),
        (
            "trust-policy",
            json!({
                "accountId": ACCOUNT,
                "githubSubjects": ["repo:example-org/example:environment:production"],
                "samlProvider": "ExampleIdP",
                "principalArns": ["arn:aws:iam::444455556666:root"],
                "externalId": "example-12345",
                "organizationId": "o-a1b2c3d4e5",
                "mfa": true,
                "sessionTags": true,
            }),
        ),
        ("trust-policy", json!({"principalArns": "arn:aws:iam::444455556666:root"})),
        (
            "preferences-document",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "name": "AuditedShell",
                "description": "Preferences",
                "parameters": {"prefix": {"default": ""}, "unused": {}},
                "everyField": false,
                "s3BucketName": "example-session-logs",
                "s3KeyPrefix": "{{ prefix }}",
                "s3EncryptionEnabled": true,
                "cloudWatchLogGroupName": "/example/session-logs",
                "cloudWatchEncryptionEnabled": true,
                "cloudWatchStreamingEnabled": true,
                "kmsKeyId": "alias/sessions",
                "runAsEnabled": true,
                "runAsDefaultUser": "ec2-user",
                "idleSessionTimeout": 15,
                "maxSessionDuration": 60,
                "shellProfile": {"windows": "date", "linux": "pwd"},
                "exists": false,
            }),
        ),
        ("preferences-document", json!({"cloudWatchStreamingEnabled": true, "exists": true})),
        ("preferences-document", json!({})),
        (
            "session-document",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "name": "ReadLog",
                "description": "Reads a log",
                "sessionType": "InteractiveCommands",
                "parameters": {
                    "logpath": {
                        "type": "String",
                        "description": "The log",
                        "default": "{{ssm:/example/log}}",
                        "allowedPattern": "[a-z]+",
                        "minChars": 1,
                        "maxChars": 32,
                    },
                    "lines": {"type": "StringList", "default": ["10"], "allowedValues": ["10", "20"]},
                    "follow": {"type": "Boolean", "default": true},
                },
                "windows": {"commands": ["Get-Content {{ logpath }}"], "runAsElevated": true},
                "linux": {"commands": "tail -n {{ lines }} {{ logpath }} {{ other }}", "runAsElevated": true},
                "macos": {"commands": "x".repeat(65_536)},
                "exists": true,
            }),
        ),
        (
            "session-document",
            json!({
                "name": "Tunnel",
                "sessionType": "Port",
                "parameters": {"host": {}},
                "portNumber": 5432,
                "localPortNumber": 0,
                "host": "{{ host }}",
            }),
        ),
        ("session-document", json!({"name": "Ssh", "sessionType": "Port", "portNumber": 22})),
        (
            "session-document",
            json!({"name": "Uptime", "sessionType": "NonInteractiveCommands", "linux": {"commands": "uptime"}}),
        ),
        (
            "host-management-guard",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "accountId": ACCOUNT,
                "scope": "guide",
                "exceptTags": {"job-function": "administrator"},
            }),
        ),
        ("session-guard", json!({"onlyDocuments": "ExampleSessionDocument"})),
        (
            "session-guard",
            json!({
                "partition": "aws",
                "region": "us-east-1",
                "accountId": ACCOUNT,
                "withoutMfa": true,
                "onlyDocuments": ["SSM-SessionManagerRunShell", "AWS-StartSSHSession"],
                "noSharing": "any",
                "allowList": true,
                "exceptTags": {"job-function": "administrator"},
            }),
        ),
        ("session-guard", json!({"allowList": true})),
    ]
}

/// More than a document can hold.
fn many_parameters() -> Json {
    (0..2_979).map(|i| (format!("p{i}"), json!({}))).collect::<serde_json::Map<_, _>>().into()
}

fn many_tags(count: usize) -> Json {
    (0..count).map(|i| (format!("T{i}"), json!("web"))).collect::<serde_json::Map<_, _>>().into()
}

/// Options that together are refused for every reason.
pub fn refused() -> Vec<(&'static str, Json)> {
    let key = |arn: &str| ("node", json!({"sessionEncryption": {"kmsKeyArn": arn}}));
    let beside = |name: &str, value: &str| {
        ("node", json!({name: value, "sessionEncryption": {"kmsKeyArn": KEY}}))
    };
    let mut all = vec![
        ("node", json!({"heartbeat": "yes"})),
        ("node", json!({"accountId": "1111-2222-3333"})),
        ("node", json!({"partition": "amazon"})),
        ("node", json!({"policyName": "my policy"})),
        ("node", json!({"policyName": ""})),
        ("node", json!({"region": "us-east-1a"})),
        ("node", json!({"region": "us-east-1", "partition": "aws-cn"})),
        ("node", json!({"sessionEncryption": {"kmsKeyArn": []}})),
        key("my key"),
        key("1234abcd-12ab-34cd-56ef-1234567890ab"),
        key("alias/my-key"),
        key("alias/aws/ssm"),
        key("arn:aws:kms:us-east-1:111122223333:alias/my-key"),
        key("arn:aws:s3:::bucket"),
        key("arn:aws:kms:us-east-1:111122223333:key/EXAMPLE"),
        key("arn:aws:kms:us-east-1:111122223333:key/my-key"),
        beside("partition", "aws-cn"),
        beside("region", "us-east-2"),
    ];
    let node = [
        json!({"scope": "tight"}),
        json!({"s3Logs": {"bucket": "Logs"}}),
        json!({"s3Logs": {"bucket": "DOC-EXAMPLE-BUCKET"}}),
        json!({"s3Logs": {"bucket": "example-session-logs", "prefix": "/prod"}}),
        json!({"cloudWatchLogs": {"logGroup": "a b"}}),
        json!({"instanceIds": "i-1"}),
        json!({"instanceIds": "mi-0123456789abcdef0", "kinds": "ec2"}),
        json!({"documentParameters": "a//b"}),
        json!({"agentBuckets": "minimum"}),
        json!({"legacyChannel": true, "region": "mx-central-1"}),
        json!({"channel": false, "bucketEncryptionCheck": false}),
        json!({"onlyOnNodes": true, "kinds": ["ec2", "ecs"]}),
    ];
    all.extend(node.map(|options| ("node", options)));
    let operator = [
        json!({"targets": {"tags": {"aws:x": "y"}}}),
        json!({"targets": {"tags": {"x": "*"}}}),
        json!({"targets": {"tags": {"Team": "web", "team": "shop"}}}),
        json!({"targets": {"principalTags": ["Team", "team"]}}),
        json!({"targets": {"instanceIds": []}}),
        json!({"ecsExec": {"cluster": "example", "tags": {"Team": "web", "team": "shop"}}}),
        json!({"targets": {"instanceIds": "i-0123456789abcdef0", "tags": {"x": "y"}}}),
        json!({"documents": "AWS-StartSSHSession"}),
        json!({"endSessions": {"targetId": "node"}}),
        json!({"endSessions": {"ownerId": "jane"}}),
        json!({"endSessions": {"ownerId": "AIDACKCEVSQ6C2EXAMPLE", "whose": "anyone"}}),
        json!({"ecsExec": {"cluster": "a b"}}),
        json!({"justInTime": true, "sessions": "shell"}),
        json!({"inlinePolicyOf": "a/b"}),
        json!({"denyOnly": true, "targets": {"tags": {"Team": "web"}}}),
        json!({"deny": {"ssh": true}, "denyOnly": true, "history": true}),
        json!({"deny": {"after": "tomorrow"}}),
        json!({"deny": {"outsideIpRanges": "office"}}),
        json!({"deny": {"outsideIpRanges": "10.0.0.0/8"}}),
        json!({"deny": {"outsideIpRanges": "0.0.0.0/0"}}),
        json!({"justInTime": true, "deny": {"withoutMfa": true}}),
        json!({"deny": {"outsideVpcEndpoints": "vpc-1"}}),
        json!({"targets": {"tags": {"Team": "web"}, "anyTags": {"team": "shop"}}}),
        json!({"targets": {"anyTags": many_tags(51)}}),
        json!({"targets": {"tags": many_tags(51)}}),
        json!({"instanceConnect": {"endpointIds": "vpce-1"}}),
        json!({"instanceConnect": {"maxSeconds": 3_601}}),
        json!({"ansibleBucket": "example-ansible", "deny": {"ssh": true}, "denyOnly": true}),
    ];
    all.extend(operator.map(|options| ("operator", options)));
    all.extend([
        ("session-key-policy", json!({})),
        ("session-key-policy", json!({"accountId": ACCOUNT, "nodeRoleArns": "role"})),
        ("log-group-key-policy", json!({"accountId": ACCOUNT})),
        ("log-group-key-policy", json!({"accountId": ACCOUNT, "region": "us-east-1"})),
        ("bucket-policy", json!({"bucket": "example", "organizationId": "o-1"})),
        ("bucket-policy", json!({})),
        ("host-management-guard", json!({"exceptTags": {"Team": "web", "team": "shop"}})),
        ("host-management-guard", json!({"exceptTags": many_tags(51)})),
        ("session-guard", json!({})),
        ("session-guard", json!({"withoutMfa": true, "exceptTags": many_tags(51)})),
        (
            "session-document",
            json!({"name": "Example", "sessionType": "InteractiveCommands", "linux": {"commands": "uptime"}, "parameters": many_parameters()}),
        ),
        ("trust-policy", json!({"accountId": ACCOUNT, "githubSubjects": "repo:example-org/*"})),
        ("trust-policy", json!({"githubSubjects": "repo:o/r:ref:refs/heads/main"})),
        ("trust-policy", json!({"accountId": ACCOUNT, "samlProvider": "a/b"})),
        (
            "trust-policy",
            json!({"accountId": ACCOUNT, "samlProvider": "a", "partition": "aws-iso-e"}),
        ),
        ("trust-policy", json!({"principalArns": ROLE, "externalId": "a*"})),
        ("trust-policy", json!({"principalArns": ROLE, "region": "cn-north-1"})),
        ("trust-policy", json!({"mfa": true})),
        ("preferences-document", json!({"idleSessionTimeout": 61})),
        ("preferences-document", json!({"runAsEnabled": true, "runAsDefaultUser": "root"})),
        ("preferences-document", json!({"runAsDefaultUser": "ec2-user"})),
        ("preferences-document", json!({"s3BucketName": "{{ bucket }}"})),
    ]);
    let document = |rest: Json| {
        let mut options = json!({"name": "Example", "sessionType": "InteractiveCommands"});
        options.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        ("session-document", options)
    };
    let uptime = json!({"commands": "uptime"});
    all.extend([
        document(json!({})),
        document(json!({"sessionType": "Standard_Stream"})),
        document(json!({"linux": uptime, "portNumber": 22})),
        document(json!({"linux": uptime, "name": "SSM-SessionManagerRunShell"})),
        document(json!({"linux": uptime, "parameters": {"a-b": {}}})),
        document(json!({"linux": uptime, "parameters": {"a": {"maxChars": -1}}})),
        document(json!({"linux": uptime, "parameters": {"a": {"minChars": 2, "maxChars": 1}}})),
        document(
            json!({"linux": uptime, "parameters": {"a": {"default": "x", "allowedValues": ["y"]}}}),
        ),
        document(json!({"linux": {"commands": "echo {{ssm-secure:a}}"}})),
        document(json!({"sessionType": "Port"})),
        document(json!({"sessionType": "Port", "portNumber": 0})),
        document(json!({"sessionType": "Port", "portNumber": 22, "host": "https://db"})),
    ]);
    all
}
