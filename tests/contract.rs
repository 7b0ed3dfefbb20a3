//! The hand-written types of the package say what the wire carries, no less and no more.
//!
//! Each call's arguments and answers become literals in `tests/contract/wire.ts`, which the package's tests give to
//! the TypeScript compiler. The compiler cannot see a name that is declared and never sent; that is compared here.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, clippy::string_slice, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::{env, fs, path::Path};

use postern::api::{self, Value};
use postern::aws::Partition;
use postern::edit::Applicability;
use postern::finding::FindingType;
use postern::policy::{Effect, Version};
use postern::rules::{IdentityPolicy, PolicyKind};
use serde_json::json;

const TYPES: &str = include_str!("../src/npm/types.d.ts");
const WIRE: &str = "tests/contract/wire.ts";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/// Options that together have every field in every form, and whose answers have every note.
fn accepted() -> Vec<serde_json::Value> {
    let key = |arn: &str| json!({"sessionEncryption": {"kmsKeyArn": arn}});
    let partitions = Partition::ALL.map(|partition| json!({"partition": partition.name()}));
    let mut all = vec![
        json!({}),
        json!({
            "partition": "aws",
            "region": "us-east-1",
            "accountId": "444455556666",
            "sessionEncryption": {"kmsKeyArn": [KEY, "arn:aws:kms:us-east-1:111122223333:key/*", "key-name"]},
            "heartbeat": true,
            "bucketEncryptionCheck": false,
            "policyName": "SessionManagerPermissions",
        }),
        json!({"region": "eu-new-9"}),
        key(KEY),
        key(&format!("arn:aws:kms:*:*:key/{}", "*".repeat(10_240))),
    ];
    all.extend(partitions);
    all
}

/// Options that together are refused for every reason.
fn refused() -> Vec<serde_json::Value> {
    let key = |arn: &str| json!({"sessionEncryption": {"kmsKeyArn": arn}});
    let beside =
        |name: &str, value: &str| json!({name: value, "sessionEncryption": {"kmsKeyArn": KEY}});
    vec![
        json!({"heartbeat": "yes"}),
        json!({"accountId": "1111-2222-3333"}),
        json!({"partition": "amazon"}),
        json!({"policyName": "my policy"}),
        json!({"policyName": ""}),
        json!({"region": "us-east-1a"}),
        json!({"region": "us-east-1", "partition": "aws-cn"}),
        json!({"sessionEncryption": {"kmsKeyArn": []}}),
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
    ]
}

fn build(options: &serde_json::Value) -> Result<api::BuiltPolicy, api::Error> {
    let options: Value = serde_json::from_value(options.clone()).unwrap();
    api::build_node_policy(Some(&options))
}

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

fn check_options() -> Vec<serde_json::Value> {
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

fn checked(options: &serde_json::Value) -> Result<Vec<api::Finding>, api::Error> {
    let options: Value = serde_json::from_value(options.clone()).unwrap();
    let policy = api::PolicyText { text: CHECKED.to_owned(), lone_surrogate: None };
    api::validate_policy(&policy, Some(&options))
}

fn built() -> Vec<api::BuiltPolicy> {
    accepted().iter().map(|options| build(options).unwrap()).collect()
}

fn refusals() -> Vec<api::Error> {
    refused().iter().map(|options| build(options).unwrap_err()).collect()
}

#[test]
fn the_typescript_file_holds_what_the_calls_take_and_give() {
    let wire = |value: serde_json::Result<serde_json::Value>| value.unwrap();
    let literals = [
        ("nodeOptions", "NodeOptions[]", wire(serde_json::to_value(accepted()))),
        ("nodePolicies", "BuiltPolicy[]", wire(serde_json::to_value(built()))),
        ("refusals", "Refusal[]", wire(serde_json::to_value(refusals()))),
        ("checkOptions", "ValidateOptions[]", wire(serde_json::to_value(check_options()))),
        ("findings", "Finding[]", wire(serde_json::to_value(checked(&json!({})).unwrap()))),
        ("checks", "Check[]", wire(serde_json::to_value(&api::list_checks()[..3]))),
        ("catalog", "CatalogInfo", wire(serde_json::to_value(api::catalog_info()))),
    ];
    let mut want = String::from(
        "// What the calls take and give, written by `UPDATE=1 cargo test --test contract`. It must compile.\n\
         // Long texts are cut, since only their type matters here.\n\
         import type { BuiltPolicy, CatalogInfo, Check, Finding, NodeOptions, PosternError, ValidateOptions } from \"postern\";\n\n\
         type Refusal = Pick<PosternError, \"code\" | \"message\" | \"path\">;\n",
    );
    for (name, declared, mut value) in literals {
        cut(&mut value);
        let literal = serde_json::to_string_pretty(&value).unwrap();
        want += &format!("\nexport const {name}: {declared} = {literal};\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(WIRE);
    if env::var_os("UPDATE").is_some() {
        fs::write(path, want).unwrap();
        return;
    }
    let have = fs::read_to_string(path).unwrap_or_default();
    let first = have.lines().zip(want.lines()).position(|(have, want)| have != want);
    let line = first.unwrap_or(have.lines().count().min(want.lines().count()));
    assert!(
        have == want,
        "{WIRE} differs from line {}: have {:?}, want {:?}\nrun with UPDATE=1 and read the diff",
        line + 1,
        have.lines().nth(line),
        want.lines().nth(line)
    );
}

#[test]
fn the_declared_names_are_those_that_are_sent() {
    let built = built();
    let notes = built.iter().flat_map(|built| &built.notes).map(|note| note.code).collect();
    let mut errors: BTreeSet<_> = refusals().iter().map(|error| error.code).collect();
    // Thrown by the package itself, before there is a module to call.
    errors.insert("NOT_READY");
    assert_eq!(union_after("type Partition ="), Partition::ALL.map(Partition::name).into());
    assert_eq!(union_after("type NoteCode ="), notes);
    assert_eq!(union_after("type PosternErrorCode ="), errors);
    assert_eq!(union_after("Effect:"), [Effect::Allow, Effect::Deny].map(Effect::name).into());
    assert_eq!(union_after("Version:"), [Version::V2008, Version::V2012].map(Version::name).into());
}

#[test]
fn the_declared_names_of_findings_are_those_that_are_sent() {
    let types = [
        FindingType::Error,
        FindingType::SecurityWarning,
        FindingType::Warning,
        FindingType::Suggestion,
    ];
    assert_eq!(union_after("type FindingType ="), types.map(FindingType::name).into());
    assert_eq!(
        union_after("type PolicyType ="),
        PolicyKind::ALL.iter().map(|kind| kind.policy_type()).collect()
    );
    assert_eq!(
        union_after("type IdentityPolicyKind ="),
        IdentityPolicy::ALL.map(IdentityPolicy::name).into()
    );
    assert_eq!(
        union_after("applicability:"),
        [Applicability::Safe, Applicability::Unsafe].map(Applicability::name).into()
    );
    // The sample has them all, so that the compiler sees every form.
    let found = checked(&json!({})).unwrap();
    let wire = serde_json::to_string(&found).unwrap();
    for part in types.map(|kind| format!("\"{}\"", kind.name())) {
        assert!(wire.contains(&part), "the sample has no {part}");
    }
    for part in [
        "\"safe\"",
        "\"unsafe\"",
        "{\"value\":",
        "{\"index\":",
        "{\"key\":",
        "\"help\":null",
        "\"help\":\"",
        "\"fixes\":[]",
    ] {
        assert!(wire.contains(part), "the sample has no {part}: {wire}");
    }
    for options in check_options() {
        assert!(checked(&options).is_ok(), "{options}");
    }
    let known = checked(&json!({"?": 1})).unwrap_err().message;
    let list = known.split("Known are ").nth(1).unwrap().trim_end_matches('.');
    assert_eq!(
        fields(&block_after("interface ValidateOptions")),
        list.split(", ").map(str::to_owned).collect()
    );
}

#[test]
fn no_source_file_sends_a_code_that_is_not_declared() {
    let declared: BTreeSet<_> = union_after("type NoteCode =")
        .union(&union_after("type PosternErrorCode ="))
        .copied()
        .collect();
    let mut seen = BTreeSet::new();
    for (name, text) in senders() {
        for literal in text.split("#[cfg(test)]").next().unwrap().split('"') {
            let is_code = literal.contains('_')
                && literal.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
            if is_code {
                assert!(declared.contains(literal), "{name} has {literal}, types.d.ts has not");
                seen.insert(literal.to_owned());
            }
        }
    }
    assert!(seen.len() > 15, "only {seen:?} was found: the search is broken");
}

#[test]
fn the_declared_options_are_those_that_are_read() {
    let known = |options| {
        let message = build(&options).unwrap_err().message;
        let list = message.split("Known are ").nth(1).expect(&message).trim_end_matches('.');
        list.split(", ").map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let options = block_after("interface NodeOptions");
    assert_eq!(fields(&options), known(json!({"?": 1})));
    assert_eq!(
        fields(&block_in(&options, "sessionEncryption")),
        known(json!({"sessionEncryption": {"?": 1}}))
    );
    // What can be left out is declared so, and only that.
    assert!(!options.contains("kmsKeyArn?:"));
    let missing = build(&json!({"sessionEncryption": {}})).unwrap_err();
    assert_eq!(missing.message, "options.sessionEncryption.kmsKeyArn is missing.");
}

#[test]
fn answers_have_all_their_fields() {
    // The compiler would let Rust leave out a field that is declared with a question mark.
    let types = without_comments();
    let interfaces: Vec<_> = types.split("export interface ").skip(1).collect();
    assert!(interfaces.len() >= 5, "{}", interfaces.len());
    for interface in interfaces {
        let name = interface.split_whitespace().next().unwrap();
        // IAM's own form leaves elements out.
        if !name.ends_with("Options") && name != "Statement" {
            let body = block_after(&format!("interface {name}"));
            assert!(!body.contains("?:"), "{name} has a field that may be absent: {body}");
        }
    }
}

/// Shortens what would make the file long and says nothing about types.
fn cut(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) if text.len() > 1000 => {
            *text = format!("{}...", text.chars().take(60).collect::<String>());
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(cut),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(cut),
        _ => {}
    }
}

/// The source files that make refusals and notes.
fn senders() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let inside = ["api", "session"].iter().flat_map(|dir| fs::read_dir(src.join(dir)).unwrap());
    let mut paths: Vec<_> = inside.map(|entry| entry.unwrap().path()).collect();
    paths.extend(["api.rs", "session.rs", "wasm.rs"].map(|name| src.join(name)));
    paths
        .into_iter()
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn without_comments() -> String {
    let mut rest = TYPES;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        out += before;
        rest = after.split_once("*/").unwrap().1;
    }
    out + rest
}

/// The string literals between a text and the next semicolon.
fn union_after(start: &str) -> BTreeSet<&'static str> {
    let after = TYPES.split_once(start).unwrap_or_else(|| panic!("types.d.ts has no {start}")).1;
    // A comment may stand between the members; none of them has a quotation mark or a semicolon.
    after.split_once(';').unwrap().0.split('"').skip(1).step_by(2).collect()
}

fn block_after(start: &str) -> String {
    block_in(&without_comments(), start)
}

/// What stands in the braces that follow a text.
fn block_in(types: &str, start: &str) -> String {
    let at = types
        .find(&format!("{start} "))
        .or_else(|| types.find(&format!("{start}?: {{")))
        .or_else(|| types.find(&format!("{start}: {{")))
        .unwrap_or_else(|| panic!("types.d.ts has no {start}"));
    let open = at + types[at..].find('{').unwrap();
    let mut depth = 0;
    for (i, c) in types[open..].char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 {
            return types[open + 1..open + i].to_owned();
        }
    }
    panic!("types.d.ts does not close {start}");
}

/// The names of the fields in a block, without those of blocks inside it.
fn fields(block: &str) -> BTreeSet<String> {
    let mut depth = 0;
    let mut outer = String::new();
    for c in block.chars() {
        depth -= i32::from(c == '}');
        if depth == 0 {
            outer.push(c);
        }
        depth += i32::from(c == '{');
    }
    let name = |field: &str| field.split([':', '?']).next().unwrap().trim().to_owned();
    outer.split(';').map(name).filter(|name| !name.is_empty()).collect()
}
