//! What is exported in tests: every golden document, every attachment, and policies that try to get out of their quotes.

use std::{fs, path::Path};

use serde_json::{json, Value as Json};

pub const FORMATS: [&str; 9] = [
    "aws-cli",
    "aws-cli-powershell",
    "terraform",
    "terraform-jsonencode",
    "cloudformation",
    "cloudformation-json",
    "cdk-typescript",
    "cdk-python",
    "pulumi-typescript",
];

/// How the names of their files end, in the same order.
pub const EXTENSIONS: [&str; 9] = ["sh", "ps1", "tf", "tf", "yaml", "json", "ts", "py", "ts"];

/// The guide's policy for sessions with KMS.
pub fn guide() -> String {
    read("published-node-add-to-existing-role-kms.json")
}

/// The fields of a target that hold a name.
pub const NAMES: [&str; 9] = [
    "roleName",
    "userName",
    "groupName",
    "policyName",
    "bucketName",
    "vpcEndpointId",
    "documentName",
    "organizationTargetId",
    "region",
];

/// A document and where it goes, without the format.
pub struct Case {
    pub name: String,
    pub policy: String,
    pub target: Json,
}

const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

fn names() -> Json {
    json!({
        "roleName": "WebServer", "userName": "jane@example.com", "groupName": "Operators", "policyName": "Session+Manager=1",
        "kmsKeyArn": KEY, "bucketName": "example-session-logs", "endpointService": "ssm", "region": "eu-west-1",
        "vpcEndpointId": "vpce-0123456789abcdef0", "documentName": "ExampleDocument", "organizationTargetId": "ou-ab12-cdef3456",
    })
}

/// Everything.
pub fn all() -> Vec<Case> {
    let mut all = golden();
    all.extend(fitting());
    all.extend(hostile());
    all
}

fn read(file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    fs::read_to_string(folder.join(file)).unwrap()
}

fn attachments(policy_type: &str) -> &'static [&'static str] {
    match policy_type {
        "identity" | "scp" => {
            &["role", "user", "group", "managed-policy", "service-control-policy"]
        }
        "trust" => &["trust"],
        "kms-key-policy" => &["key"],
        "s3-bucket-policy" => &["bucket"],
        "vpc-endpoint-policy" => &["endpoint"],
        "session-document" => &["preferences", "session-document"],
        other => panic!("{other}"),
    }
}

/// Every golden document, attached to what it is for, with no name but the format's own.
fn golden() -> Vec<Case> {
    let index: Json = serde_json::from_str(&read("index.json")).unwrap();
    let files = index["files"].as_array().unwrap();
    let cases: Vec<_> = files
        .iter()
        .map(|file| {
            let name = file["file"].as_str().unwrap();
            let attach_to = attachments(file["policy_type"].as_str().unwrap())[0];
            Case {
                name: name.to_owned(),
                policy: read(name),
                target: json!({"attachTo": attach_to}),
            }
        })
        .collect();
    assert!(cases.len() > 100, "{}", cases.len());
    cases
}

/// Every attachment, once with all names and once with none.
pub fn fitting() -> Vec<Case> {
    let documents = [
        ("identity", "derived-operator-shell-iam-user.json"),
        ("trust", "derived-trust-ec2.json"),
        ("trust", "derived-trust-hybrid.json"),
        ("kms-key-policy", "derived-kms-key-policy-session.json"),
        ("s3-bucket-policy", "derived-bucket-policy-cross-account.json"),
        ("vpc-endpoint-policy", "derived-vpce-s3.json"),
        ("session-document", "derived-document-preferences-recommended.json"),
    ];
    let mut cases = Vec::new();
    for (policy_type, file) in documents {
        for attach_to in attachments(policy_type) {
            for is_named in [true, false] {
                let mut target = if is_named { names() } else { json!({}) };
                target["attachTo"] = json!(attach_to);
                let name =
                    format!("{file} to {attach_to}, {}", if is_named { "named" } else { "bare" });
                cases.push(Case { name, policy: read(file), target });
            }
        }
    }
    let mut gateway = names();
    gateway["attachTo"] = json!("endpoint");
    gateway["endpointService"] = json!("s3");
    cases.push(Case {
        name: "gateway".to_owned(),
        policy: read("derived-vpce-s3.json"),
        target: gateway,
    });
    let mut hyphen = names();
    hyphen["roleName"] = json!("--role");
    hyphen["policyName"] = json!("-a,b=c");
    let policy = read("derived-operator-shell-role.json");
    cases.push(Case { name: "names that look like options".to_owned(), policy, target: hyphen });
    cases
}

/// Texts that mean something to one of the languages, or to those who read them.
const TEXTS: &[&str] = &[
    "${aws:username}",
    "$${aws:username}",
    "$$${x}",
    "%{ if true }",
    "%%{x}",
    "$",
    "$$",
    "%",
    "100%",
    "#{x}",
    "${*}",
    "{{ x }}",
    "'@",
    "\n'@\n",
    "POLICY",
    "\nPOLICY\n",
    "$(touch hacked)",
    "`touch hacked`",
    "$env:PATH",
    "\"; rm -rf ~; \"",
    "'",
    "''",
    "\"",
    "\\",
    "\\\"",
    "\\n",
    "\\u0041",
    "\u{0}",
    "\u{1}",
    "\t",
    "\r\n",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{2028}",
    "\u{2029}",
    "\u{202e}",
    "\u{200b}",
    "\u{feff}",
    "\u{fffe}",
    "é",
    "日本",
    "😀",
    "",
    " ",
    " a",
    "a ",
    "2012-10-17",
    "2012",
    "1e3",
    "0x1f",
    "0o7",
    "12:30:45",
    ".5",
    ".inf",
    ".nan",
    "true",
    "True",
    "yes",
    "NO",
    "on",
    "Off",
    "y",
    "N",
    "null",
    "Null",
    "~",
    "-",
    "- a",
    "--- ",
    "---",
    "...",
    "?",
    "? a",
    ":",
    "a:",
    "a: b",
    "a #b",
    "#",
    "&a",
    "*",
    "*a",
    "!Ref a",
    "|",
    ">",
    "%YAML",
    "@a",
    "[a]",
    "{a: b}",
    ",",
    "<<",
    "=",
    "a\\",
    "*/",
    "//",
    "/* a */",
    "<!--",
    "</script>",
    "${a",
    "f\"{x}\"",
    "%(a)s",
    "\\N{BULLET}",
    "for",
    "None",
    "__init__",
    "constructor",
];

fn hostile() -> Vec<Case> {
    let statement = |text: &str| {
        json!({
            "Sid": text, "Effect": "Deny", "Principal": {"AWS": [text, "x"], "Service": text}, "NotAction": [text, "a:B"],
            "NotResource": [text, text], "Condition": {text: {text: [text]}, "StringLike": {text: text}},
        })
    };
    let policy = |statements: Vec<Json>, version: &str| {
        json!({"Version": version, "Id": TEXTS[0], "Statement": statements}).to_string()
    };
    let case = |name: &str, policy| Case {
        name: name.to_owned(),
        policy,
        target: json!({"attachTo": "bucket", "bucketName": "example-session-logs"}),
    };
    let statements: Vec<_> = TEXTS.iter().map(|text| statement(text)).collect();
    let parameters: Json = TEXTS
        .iter()
        .map(|text| ((*text).to_owned(), json!({"default": [text, true, -3, [], {}]})))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let document = json!({"schemaVersion": "1.0", "sessionType": "Port", "description": TEXTS[0], "parameters": parameters});
    let trust = json!({
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "NotPrincipal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"},
    });
    vec![
        case("hostile texts", policy(statements.clone(), "2012-10-17")),
        case("hostile texts of 2008", policy(statements, "2008-10-17")),
        Case {
            name: "hostile document".to_owned(),
            policy: document.to_string(),
            target: json!({"attachTo": "session-document", "documentName": "Example"}),
        },
        Case {
            name: "negated principal".to_owned(),
            policy: trust.to_string(),
            target: json!({"attachTo": "trust", "roleName": "A"}),
        },
    ]
}

/// Options of set-ups: each kind of node, and each thing that belongs around them.
pub fn setups() -> Vec<Json> {
    let place = json!({"region": "eu-west-1", "accountId": "111122223333"});
    let node = |rest: Json| {
        let mut node = place.clone();
        node.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        node
    };
    let made = json!({"kmsKeyArn": "key-name"});
    let known = json!({"kmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"});
    let logs = json!({"bucket": "example-session-logs", "prefix": "prod"});
    let with_key = json!({
        "bucket": "example-session-logs",
        "kmsKeyArn": "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    });
    vec![
        json!({"node": node(json!({}))}),
        json!({"node": node(json!({"kinds": "hybrid", "scope": "least-privilege", "sessionEncryption": known}))}),
        json!({"node": node(json!({"kinds": "ecs"})), "roleName": "TaskRole"}),
        json!({
            "node": node(json!({"kinds": ["ec2", "hybrid", "ecs"], "heartbeat": true, "sessionEncryption": made})),
            "operator": {"targets": {"tags": {"Team": "web"}}, "scope": "least-privilege", "policyName": "Operators"},
        }),
        json!({"node": node(json!({"s3Logs": logs, "policyName": "Logs"})), "preferences": {"idleSessionTimeout": 10}}),
        json!({"node": node(json!({"s3Logs": with_key, "cloudWatchLogs": {"logGroup": "/example/session-logs", "streaming": true}}))}),
        json!({
            "node": node(json!({
                "scope": "least-privilege", "sessionEncryption": made, "s3Logs": logs, "legacyChannel": true,
                "cloudWatchLogs": {"logGroup": "/example/session-logs"},
            })),
            "operator": {"identity": "iam-user"}, "endpoints": true,
        }),
        json!({
            "node": node(json!({
                "scope": "least-privilege", "sessionEncryption": known, "s3Logs": logs, "legacyChannel": true,
                "cloudWatchLogs": {"logGroup": "/example/session-logs"}, "stateManager": true,
                "documentParameters": ["/a/b"], "agentBuckets": "all",
            })),
            "operator": {"runCommand": ["AWS-RunShellScript"], "history": true, "preferences": "edit"}, "endpoints": true,
        }),
        json!({
            "node": {
                "region": "cn-north-1", "accountId": "111122223333", "sessionEncryption": made,
                "s3Logs": {"bucket": "example-session-logs", "otherAccount": true},
                "cloudWatchLogs": {"logGroup": "/example/session-logs"},
            },
            "operator": {}, "endpoints": true,
        }),
    ]
}
