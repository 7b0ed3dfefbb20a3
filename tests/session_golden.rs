//! Every document of AWS's guides and every one derived from them can be built: tests/session/rebuilt.json has the
//! options for each. What is not built is listed here with the reason.

use std::{collections::BTreeSet, fs, path::Path};

use postern::api::{self, Related, Value};
use serde_json::Value as Json;

/// Documents that no options print.
const NOT_BUILT: &[(&str, &str)] = &[
    // AWS keeps them up to date under an ARN of their own: they are attached, and a copy would age.
    ("published-node-managed-AmazonSSMManagedInstanceCore", "managed by AWS"),
    ("published-node-managed-AmazonSSMManagedEC2InstanceDefaultPolicy", "managed by AWS"),
    ("published-node-managed-AmazonEC2RoleforSSM", "managed by AWS, and it advises against it"),
    ("published-node-managed-CloudWatchAgentServerPolicy", "managed by AWS, for another agent"),
    ("published-node-managed-AWSCloud9SSMInstanceProfile", "managed by AWS"),
    ("published-operator-managed-AWSSystemsManagerJustInTimeAccessTokenPolicy", "managed by AWS"),
    (
        "published-operator-managed-AWSSystemsManagerJustInTimeAccessTokenSessionPolicy",
        "managed by AWS",
    ),
    // Mistakes of the guide.
    ("published-operator-example1-console-documents", "gives ListDocuments a resource, which grants nothing"),
    ("published-operator-example3-multiple-tags", "covers no document, and a tag condition on every resource"),
    (
        "published-operator-example4-both-tags",
        "compares the session-id tag, which holds a user ID, with a user name",
    ),
    ("published-operator-rdp-identity-center", "uses aws:username for people who have none"),
    ("published-operator-fleet-manager-admin", "names a document with its prefix doubled"),
    (
        "published2025-operator-admin-console-cli",
        "has the same statement twice, and one Region for the document beside every Region for the nodes",
    ),
    (
        "published-node-instance-profile-s3",
        "mixes actions on buckets and on objects, and s3:GetObject, which the agent never needs on a log bucket",
    ),
    // What nobody means.
    ("published-document-preferences-template", "a form to fill in: an idle timeout of nothing"),
];

/// What AWS's texts leave to the reader, filled in with names that are accepted.
const FILLED_IN: &[(&str, &str)] = &[
    (
        "kms:region:account-id:key/key-name",
        "kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    ("ecs:region:aws-account-id", "ecs:us-east-2:111122223333"),
    ("region:account-id", "us-east-2:111122223333"),
    ("region:987654321098", "us-west-2:987654321098"),
    (":account-id:", ":111122223333:"),
    ("instance/instance-id", "instance/i-0123456789abcdef0"),
    ("i-02573cafcfEXAMPLE", "i-0123456789abcdef0"),
    ("i-1234567890EXAMPLE", "i-0123456789abcdef0"),
    ("i-abcdefghijEXAMPLE", "i-0123456789abcdef1"),
    ("i-0e9d8c7b6aEXAMPLE", "i-0123456789abcdef2"),
    ("DOC-EXAMPLE-BUCKET/s3-bucket-prefix", "example-session-logs/prod"),
    ("DOC-EXAMPLE-BUCKET", "example-session-logs"),
    ("s3-bucket-name", "example-session-logs"),
    ("\"MyKMSKeyID\"", "\"alias/MyKMSKeyID\""),
    ("\"anyPortNumber\"", "\"3389\""),
    // The one parameter whose type is not spelled as the page about parameters demands.
    ("\"type\": \"string\"", "\"type\": \"String\""),
];

/// What a page of AWS spells wrong in one place and right in another, and what it allows in vain.
const CORRECTED: &[(&str, &str)] = &[
    ("managed-instance/default-instance-", "managed-instance/default-ec2-instance-"),
    // A wildcard after the name of a bucket takes in other buckets, whose names begin with it.
    (
        "\"arn:aws:s3:::example-session-logs*\"",
        "[\"arn:aws:s3:::example-session-logs\", \"arn:aws:s3:::example-session-logs/*\"]",
    ),
    // Under the encryption context of a log group, which requests of DescribeKey never have.
    (
        "\"kms:Decrypt\",\n                \"kms:DescribeKey\",\n                \"kms:Encrypt\"",
        "\"kms:Decrypt\",\n                \"kms:Encrypt\"",
    ),
    // A star asks whether the key is there, which `Null` says outright: no check asks for another way of writing.
    (
        "\"StringLike\": {\n                    \"kms:EncryptionContext:aws:ssm:SessionId\": \"*\",",
        "\"Null\": {\"kms:EncryptionContext:aws:ssm:SessionId\": \"false\"},\n                \"StringLike\": {",
    ),
];

fn golden(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let text = fs::read_to_string(path).unwrap();
    FILLED_IN.iter().chain(CORRECTED).fold(text, |text, (from, to)| text.replace(from, to))
}

fn rebuilt() -> Vec<Json> {
    serde_json::from_str(include_str!("session/rebuilt.json")).unwrap()
}

fn build(call: &str, options: &Json) -> Result<String, api::Error> {
    let options: Value = serde_json::from_value(options.clone()).unwrap();
    match call {
        "node" => api::build_node_policy(Some(&options)).map(|built| built.json),
        "operator" => api::build_operator_policy(Some(&options)).map(|built| built.json),
        kind => {
            let kind = Value::String(kind.into());
            api::build_related(Some(&kind), Some(&options)).map(|related| match related {
                Related::Policy(built) => built.json,
                Related::Document(built) => built.json,
            })
        }
    }
}

/// The same without the names of statements, and with actions in one order.
fn meaning(text: &str, sort: bool) -> Json {
    let mut document: Json = serde_json::from_str(text).unwrap();
    for statement in document["Statement"].as_array_mut().into_iter().flatten() {
        statement.as_object_mut().unwrap().remove("Sid");
        if sort {
            if let Some(actions) = statement["Action"].as_array_mut() {
                actions.sort_by_key(ToString::to_string);
            }
        }
    }
    document
}

fn difference(equal: &str, want: &str, have: &str) -> Option<String> {
    let parsed = |text: &str| serde_json::from_str::<Json>(text).unwrap();
    let is_equal = match equal {
        "bytes" => want == have,
        "parsed" => parsed(want) == parsed(have),
        "without-sids" => meaning(want, false) == meaning(have, false),
        "meaning" => meaning(want, true) == meaning(have, true),
        other => panic!("{other} is no way to compare"),
    };
    (!is_equal).then(|| format!("want {want}\nhave {have}"))
}

#[test]
fn every_document_is_rebuilt_from_options() {
    let mut problems = Vec::new();
    for case in rebuilt() {
        let file = case["file"].as_str().unwrap();
        let want = golden(&format!("{file}.json"));
        match build(case["call"].as_str().unwrap(), &case["options"]) {
            Err(error) => problems.push(format!("{file}: {error:?}")),
            Ok(have) => {
                let difference = difference(case["equal"].as_str().unwrap(), &want, &have);
                problems.extend(difference.map(|difference| format!("{file}: {difference}")));
            }
        }
    }
    assert!(problems.is_empty(), "{} differ\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn every_document_is_rebuilt_or_listed_with_a_reason() {
    let index: Json = serde_json::from_str(&golden("index.json")).unwrap();
    let files = index["files"].as_array().unwrap().iter();
    let want: BTreeSet<String> = files
        .map(|file| file["file"].as_str().unwrap().trim_end_matches(".json").to_owned())
        .collect();
    let built: Vec<String> =
        rebuilt().iter().map(|case| case["file"].as_str().unwrap().to_owned()).collect();
    let listed = NOT_BUILT.iter().map(|(file, _)| (*file).to_owned());
    let all: Vec<String> = built.iter().cloned().chain(listed).collect();
    let have: BTreeSet<String> = all.iter().cloned().collect();
    assert_eq!(have, want);
    assert_eq!(have.len(), all.len(), "a document is there twice");
    let derived = want.iter().filter(|file| file.starts_with("derived-"));
    assert!(derived.clone().all(|file| built.contains(file)), "{derived:?}");
}
