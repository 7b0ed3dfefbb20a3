//! Random options of the builders: every field is there or not, with values that are accepted.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{json, Map, Value as Json};

use super::pairs::{KEYS, SESSIONS};

/// An object in which each field is there or not.
fn object(fields: Vec<(&'static str, BoxedStrategy<Json>)>) -> BoxedStrategy<Json> {
    let optional = fields.into_iter().map(|(name, value)| {
        proptest::option::of(value)
            .prop_map(move |value| value.map(|value| (name.to_owned(), value)))
    });
    let all: Vec<_> = optional.collect();
    all.prop_map(|fields| Json::Object(fields.into_iter().flatten().collect::<Map<_, _>>())).boxed()
}

fn one_of(values: &[&str]) -> BoxedStrategy<Json> {
    let values: Vec<Json> = values.iter().map(|value| json!(value)).collect();
    proptest::sample::select(values).boxed()
}

fn some_of(values: &[&str]) -> BoxedStrategy<Json> {
    let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
    let most = values.len();
    proptest::sample::subsequence(values, 0..=most).prop_map(|values| json!(values)).boxed()
}

fn flag() -> BoxedStrategy<Json> {
    any::<bool>().prop_map(Json::from).boxed()
}

/// An object that has all the fields of `must` and some of the others.
fn with(must: Json, others: Vec<(&'static str, BoxedStrategy<Json>)>) -> BoxedStrategy<Json> {
    let join = move |mut others: Json| {
        let fields = others.as_object_mut().unwrap();
        fields.extend(must.as_object().unwrap().clone());
        others
    };
    object(others).prop_map(join).boxed()
}

fn encryption() -> BoxedStrategy<Json> {
    let keys = proptest::sample::subsequence(KEYS.to_vec(), 1..=3);
    (keys, proptest::option::of(any::<bool>()))
        .prop_map(|(keys, context)| match context {
            Some(context) => json!({"kmsKeyArn": keys, "encryptionContext": context}),
            None => json!({"kmsKeyArn": keys}),
        })
        .boxed()
}

fn place() -> Vec<(&'static str, BoxedStrategy<Json>)> {
    vec![
        ("region", one_of(&["us-east-2"])),
        ("accountId", one_of(&["111122223333"])),
        ("scope", one_of(&["guide", "least-privilege"])),
        ("sids", flag()),
    ]
}

fn tags() -> BoxedStrategy<Json> {
    object(vec![
        ("Team", some_of(&["web", "shop"]).prop_filter("a value", |it| it != &json!([])).boxed()),
        ("Cost Center", one_of(&["", "R&D (a, b)", "1/2"])),
    ])
}

/// Options of the builder for a node.
pub fn node() -> BoxedStrategy<Json> {
    let s3 = with(
        json!({"bucket": "example-session-logs"}),
        vec![
            ("prefix", one_of(&["prod", "a*b?c$d", "x/y"])),
            ("otherAccount", flag()),
            ("kmsKeyArn", one_of(&["*", KEYS[0]])),
            ("upload", flag()),
        ],
    );
    let cloud_watch = object(vec![
        ("logGroup", one_of(&["/example/session-logs"])),
        ("streaming", flag()),
        ("encryptionCheck", flag()),
    ]);
    let mut fields = place();
    fields.extend(vec![
        ("kinds", some_of(&["ec2", "hybrid", "ecs"])),
        (
            "instanceIds",
            some_of(&["i-0123456789abcdef0", "i-0123456789abcdef1", "mi-0123456789abcdef0"]),
        ),
        ("onlyOnNodes", flag()),
        ("channel", flag()),
        ("heartbeat", flag()),
        ("sessionEncryption", encryption()),
        ("bucketEncryptionCheck", flag()),
        ("s3Logs", s3),
        ("cloudWatchLogs", cloud_watch),
        ("runCommand", flag()),
        ("legacyChannel", flag()),
        ("stateManager", flag()),
        ("documentParameters", some_of(&["/example/user", "other"])),
        ("agentBuckets", one_of(&["minimum", "all"])),
    ]);
    object(fields)
}

/// Options of the builder for an operator.
pub fn operator() -> BoxedStrategy<Json> {
    let targets = object(vec![
        ("instanceIds", some_of(&["i-0123456789abcdef0", "mi-0123456789abcdef0"])),
        ("tags", tags()),
        ("anyTags", object(vec![("Owner", one_of(&["jane"])), ("Stage", one_of(&["test"]))])),
        ("principalTags", some_of(&["Project"])),
        ("kinds", some_of(&["ec2", "hybrid"])),
    ]);
    let end = object(vec![
        ("whose", one_of(&["user-name", "user-id", "session-tag", "anyone", "nobody"])),
        ("targetId", one_of(&["i-0123456789abcdef0"])),
        ("resume", flag()),
    ]);
    let deny = object(vec![
        ("shell", flag()),
        ("ssh", flag()),
        ("preferences", flag()),
        ("taskSessions", one_of(&["*", "example"])),
        ("hostManagement", flag()),
        ("withoutMfa", flag()),
        ("outsideIpRanges", some_of(&["203.0.113.0/24", "198.51.100.0/24"])),
        ("outsideVpcEndpoints", some_of(&["vpce-0123456789abcdef0"])),
    ]);
    let exec =
        with(json!({"cluster": "example"}), vec![("tags", tags()), ("denyDirectSessions", flag())]);
    let mut fields = place();
    fields.extend(vec![
        ("edition", one_of(&["2023", "2025"])),
        ("identity", one_of(&["role", "iam-user"])),
        ("targets", targets),
        ("sessions", some_of(&SESSIONS)),
        ("documents", some_of(&["ExampleSessionDocument", "Other"])),
        ("clients", some_of(&["cli", "session-manager-console", "ec2-console"])),
        ("documentAccessCheck", flag()),
        ("dataChannel", one_of(&["none", "own", "any", "everything"])),
        ("endSessions", end),
        ("sessionEncryption", encryption()),
        ("updateAgent", flag()),
        ("documentChooser", one_of(&["SessionDocument-"])),
        ("remoteDesktop", object(vec![("signIn", some_of(&["key-pair", "identity-center"]))])),
        ("fleetManager", one_of(&["read-only", "administrator"])),
        ("ecsExec", exec),
        ("instanceConnect", object(vec![("ipRanges", one_of(&["10.0.1.0/24"]))])),
        ("ansibleBucket", one_of(&["example-ansible"])),
        ("runCommand", some_of(&["AWS-RunShellScript", "Patch"])),
        ("startInstances", flag()),
        ("history", flag()),
        ("preferences", one_of(&["edit", "edit-and-delete"])),
        ("administrator", flag()),
        ("hostManagement", flag()),
        ("inlinePolicyOf", one_of(&["ExampleNodeRole"])),
        ("deny", deny),
    ]);
    object(fields)
}

/// Options of the builder for somebody who asks for access, and so starts no session without it.
pub fn just_in_time() -> BoxedStrategy<Json> {
    let ask = |mut options: Json| {
        let fields = options.as_object_mut().unwrap();
        for starting in ["sessions", "documents", "remoteDesktop", "fleetManager", "administrator"]
        {
            fields.remove(starting);
        }
        fields.insert("justInTime".to_owned(), json!(true));
        options
    };
    operator().prop_map(ask).boxed()
}

/// The same options in every run.
pub fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    TestRunner::new_with_rng(config, seed)
}
