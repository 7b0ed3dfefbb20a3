//! Built policies allow what Session Manager asks for, and in the tight form nothing beside it.

use std::{collections::BTreeMap, fs, path::Path};

use postern::evaluate::{ContextValue, Request};
use postern::session::capabilities::{Level, Side};
use proptest::prelude::*;
use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};
use crate::session::asking::{
    allowed, allows, example_keys, identity, is_specified, with_examples, Table, Values, ACCOUNT,
};
use crate::session::chosen::{texts, Chosen};
use crate::session::options;

/// Files of the index where the evaluator says something else, with the capability and the evidence.
const DIFFERS: &[(&str, &str, &str)] = &[];

/// What AWS's texts leave to the reader, as the index says that it was filled in.
const FILLED_IN: &[(&str, &str)] = &[
    (
        "arn:aws:kms:us-east-1:111122223333:key/key-name",
        "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    (
        "arn:aws:kms:region:account-id:key/key-name",
        "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    (
        "\"key-name\"",
        "\"arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab\"",
    ),
    ("-region/", "-us-east-2/"),
    ("us-east-1", "us-east-2"),
    ("aws-account-id", ACCOUNT),
    ("account-id", ACCOUNT),
    ("DOC-EXAMPLE-BUCKET/s3-bucket-prefix", "example-session-logs/prod"),
    ("DOC-EXAMPLE-BUCKET", "example-session-logs"),
    ("s3-bucket-name", "example-session-logs"),
    ("tag-key\"", "Finance\""),
    ("\"tag-value\"", "\"WebServers\""),
    ("/aws/ecs/cloudwatch-log-group-name", "/example/session-logs"),
];

fn golden(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(file);
    let mut text = fs::read_to_string(path).unwrap();
    if !file.starts_with("published") {
        return text;
    }
    for (from, to) in FILLED_IN {
        text = text.replace(from, to);
    }
    // The pages about interactive commands are in a place of their own, with a node of their own.
    let is_elsewhere = text.contains("987654321098") || file.contains("document-access-check");
    if !is_elsewhere {
        for node in ["instance-id", "i-02573cafcfEXAMPLE", "i-1234567890EXAMPLE"] {
            text = text.replace(&format!("instance/{node}"), "instance/i-0123456789abcdef0");
        }
        text = text.replace("us-west-2", "us-east-2");
    }
    text = text.replace(":region:", if is_elsewhere { ":us-west-2:" } else { ":us-east-2:" });
    if text.contains("\"Allow\"") {
        text = text.replace(":123456789012:", ":111122223333:");
    }
    text
}

fn values(file: &str) -> Values {
    let place = |partition, suffix, region| {
        Values::default()
            .replace("${Partition}", partition)
            .replace("${DnsSuffix}", suffix)
            .replace("${Region}", region)
    };
    match file {
        _ if file.ends_with("-cn.json") => place("aws-cn", "amazonaws.com.cn", "cn-north-1"),
        _ if file.ends_with("-us-gov.json") => {
            place("aws-us-gov", "amazonaws.com", "us-gov-west-1")
        }
        _ => Values::default(),
    }
}

/// Whether every required request gives what it must; what is made of denials is looked at with the rest allowed.
fn is_ready(table: &Table, text: &str, id: &str, values: &Values) -> bool {
    let capability = table.capability(id);
    let mut policies = identity(text);
    if capability.side == Side::Guard || id == "admin.dhmc-guard" {
        let all = identity(
            r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
        );
        policies.identity.extend(all.identity);
    }
    let values = &with_examples(id, values);
    let mut required =
        capability.requests.iter().filter(|it| it.level == Level::Required).peekable();
    required.peek().is_some()
        && required.all(|it| {
            let keys = example_keys(id, it).into_iter();
            let values = keys.fold(values.clone(), |values, (key, value)| values.with(key, value));
            allows(&policies, &table.request(it, &values)) == it.expect_allowed
        })
}

fn files() -> Vec<Json> {
    let index: Json = serde_json::from_str(&golden("index.json")).unwrap();
    let files = index["files"].as_array().unwrap().iter();
    files.filter(|file| file["policy_type"] == "identity").cloned().collect()
}

#[test]
fn every_document_allows_what_the_index_says() {
    let table = Table::new();
    let mut problems = Vec::new();
    let mut differing = 0;
    for file in files() {
        let (name, side) = (file["file"].as_str().unwrap(), file["side"].as_str().unwrap());
        let (text, values) = (golden(name), values(name));
        let stated = texts(&file["ready_capabilities"]);
        let mut expected = BTreeMap::new();
        for capability in table.capabilities {
            if capability.id.starts_with(&format!("{side}.")) && is_specified(capability.id) {
                expected.insert(capability.id, stated.iter().any(|id| id == capability.id));
            }
        }
        if name.starts_with("derived") {
            for id in texts(&file["capabilities"]) {
                expected.insert(table.capability(&id).id, true);
            }
        }
        for (id, expected) in expected {
            let is_known = DIFFERS.iter().any(|(file, of, _)| *file == name && *of == id);
            differing += usize::from(is_known);
            if (is_ready(&table, &text, id, &values) == expected) == is_known {
                problems.push(format!("{name}: {id} should be {expected}, known: {is_known}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}\n{}", problems.len(), problems.join("\n"));
    assert_eq!(differing, DIFFERS.len());
}

fn run(
    call: &'static str,
    options: &BoxedStrategy<Json>,
    problem: fn(&Table, &Chosen, &str) -> Option<String>,
) {
    let table = Table::new();
    let result = options::runner(600).run(options, |options| {
        let Ok(Built::Policy(built)) = build(call, &options) else { return Ok(()) };
        match problem(&table, &Chosen::new(call, &options), &built.json) {
            Some(what) => Err(TestCaseError::fail(format!("{what}\n{options}\n{}", built.json))),
            None => Ok(()),
        }
    });
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

/// What was chosen, and is not allowed.
pub fn refused(table: &Table, chosen: &Chosen, text: &str) -> Option<String> {
    let (mut ids, mut requests) = (Vec::new(), Vec::new());
    for (id, values) in chosen.asks() {
        for asked in &table.capability(id).requests {
            let resumes_nothing = asked.action == "ssm:ResumeSession" && !chosen.resumes();
            if asked.level == Level::Required && asked.expect_allowed && !resumes_nothing {
                ids.push(id);
                requests.push(table.request(asked, &values));
            }
        }
    }
    let at = allowed(&identity(text), &requests).iter().position(|is_allowed| !is_allowed)?;
    Some(format!("{} is refused {:?}", ids[at], requests[at]))
}

#[test]
fn every_node_policy_allows_what_was_chosen() {
    run("node", &options::node(), refused);
}

#[test]
fn every_operator_policy_allows_what_was_chosen() {
    run("operator", &options::operator(), refused);
    run("operator", &options::just_in_time(), refused);
}

fn neighbour(chosen: &Chosen, text: &str) -> Option<String> {
    let policies = identity(text);
    for (action, resource, context) in chosen.neighbours() {
        let mut all = Vec::new();
        let usual = [
            ("aws:userid", "AROACKCEVSQ6C2EXAMPLE:jane@example.com"),
            ("aws:username", "JohnDoe"),
            ("aws:MultiFactorAuthPresent", "true"),
            ("aws:PrincipalTag/Project", "web"),
            ("kms:ViaService", "s3.us-east-2.amazonaws.com"),
            ("kms:EncryptionContext:aws:ssm:SessionId", "JohnDoe-0a1b2c3d4e5f60718"),
            ("kms:EncryptionContext:aws:ssm:TargetId", "i-0123456789abcdef0"),
        ];
        // Of two values for a key the first counts.
        for (key, value) in context.into_iter().chain(usual) {
            all.push((key.into(), ContextValue::One(value.into())));
        }
        let request = Request {
            principal: "arn:aws:iam::111122223333:user/JohnDoe".into(),
            action: action.into(),
            resource: resource.as_str().into(),
            resource_account: Some(ACCOUNT.into()),
            context: all,
            ..Request::default()
        };
        if allows(&policies, &request) {
            return Some(format!("allows {action} on {resource}"));
        }
    }
    None
}

/// The tight form, where everything is known of the place.
fn tight(options: BoxedStrategy<Json>) -> BoxedStrategy<Json> {
    let place = json!({"scope": "least-privilege", "region": "us-east-2", "accountId": ACCOUNT});
    let at_place = move |mut options: Json| {
        options.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
        options
    };
    options.prop_map(at_place).boxed()
}

#[test]
fn no_tight_node_policy_allows_a_neighbour() {
    run("node", &tight(options::node()), |_, chosen, text| neighbour(chosen, text));
}

#[test]
fn no_tight_operator_policy_allows_a_neighbour() {
    run("operator", &tight(options::operator()), |_, chosen, text| neighbour(chosen, text));
    run("operator", &tight(options::just_in_time()), |_, chosen, text| neighbour(chosen, text));
}
