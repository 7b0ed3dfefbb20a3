//! Whatever the options are, a built policy has no error and no security warning, and says when it is too long.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::time::{Duration, Instant};

use postern::finding::FindingType;
use postern::rules::PolicyKind;
use postern::validate::{validate, Options};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{json, Map, Value as Json};

#[path = "contract/builders.rs"]
#[expect(dead_code, reason = "the calls are used, the lists of options are the contract's")]
mod builders;

use builders::{build, Built};

const KEYS: [&str; 3] = [
    "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-east-2:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab",
    "arn:aws:kms:*:111122223333:key/*",
];

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
        ("Cost Center", one_of(&["", "a$b", "1/2"])),
    ])
    .prop_map(|tags| {
        let text = tags.to_string().replace("a$b", "a.b");
        serde_json::from_str(&text).unwrap()
    })
    .boxed()
}

fn node() -> BoxedStrategy<Json> {
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

fn operator() -> BoxedStrategy<Json> {
    let targets = object(vec![
        ("instanceIds", some_of(&["i-0123456789abcdef0", "mi-0123456789abcdef0"])),
        ("tags", tags()),
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
        ("sessions", some_of(&["shell", "ssh", "port-forwarding", "remote-host-port-forwarding"])),
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
        ("history", flag()),
        ("preferences", one_of(&["edit", "edit-and-delete"])),
        ("administrator", flag()),
        ("hostManagement", flag()),
        ("inlinePolicyOf", one_of(&["ExampleNodeRole"])),
        ("deny", deny),
    ]);
    object(fields)
}

/// What is wrong with what these options build.
fn problem(call: &str, options: &Json, kind: PolicyKind) -> Option<String> {
    let built = match build(call, options) {
        Ok(Built::Policy(built)) => built,
        Ok(Built::Document(_)) => return None,
        // Options that do not go together; each is named, and none has a wrong type.
        Err(error) if error.code != "INVALID_ARGUMENT" && error.path.is_some() => return None,
        Err(error) => return Some(format!("{error:?}")),
    };
    let says_too_long = built.notes.iter().any(|note| note.code == "OVER_QUOTA");
    if says_too_long != (built.characters > built.quota) {
        return Some(format!("{} of {} characters", built.characters, built.quota));
    }
    let options = Options { kind, resource_type: None, lone_surrogate: None };
    let bad = validate(&built.json, options, |_, findings| {
        let is_bad = |finding_type| {
            matches!(finding_type, FindingType::Error | FindingType::SecurityWarning)
        };
        let bad = findings.iter().find(|finding| is_bad(finding.finding_type));
        bad.map(|finding| format!("{}: {}", finding.code, finding.details))
    });
    let parsed: Json = serde_json::from_str(&built.json).unwrap();
    let as_object = serde_json::to_value(&built.policy).unwrap();
    let differs = (parsed != as_object).then(|| "object and text differ".to_owned());
    bad.or(differs).map(|what| format!("{what}\n{}", built.json))
}

fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    TestRunner::new_with_rng(config, seed)
}

fn check(call: &'static str, options: &BoxedStrategy<Json>) {
    let result =
        runner(400).run(options, |options| match problem(call, &options, PolicyKind::Identity) {
            Some(what) => Err(TestCaseError::fail(format!("{options}\n{what}"))),
            None => Ok(()),
        });
    assert!(result.is_ok(), "{}", result.unwrap_err());
}

#[test]
fn every_node_policy_is_sound() {
    check("node", &node());
}

#[test]
fn every_operator_policy_is_sound() {
    check("operator", &operator());
}

#[test]
fn every_related_policy_is_sound() {
    for (call, options) in builders::accepted() {
        let kind = match call {
            "node" | "operator" => continue,
            "trust-policy" => PolicyKind::RoleTrust,
            _ => PolicyKind::Resource,
        };
        let problem = problem(call, &options, kind);
        if call == "log-group-key-policy" {
            // The encryption context names the group, and with it the account, which the check does not look at:
            // CloudWatch Logs sends no source with its requests.
            let code = "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL";
            assert!(problem.is_some_and(|problem| problem.starts_with(code)));
        } else {
            assert_eq!(problem, None, "{call}");
        }
    }
}

#[test]
fn every_partition_has_its_own_arns() {
    for region in [
        "us-east-2",
        "cn-north-1",
        "us-gov-west-1",
        "eusc-de-east-1",
        "us-iso-east-1",
        "us-isob-east-1",
        "eu-isoe-west-1",
        "us-isof-south-1",
    ] {
        let partition = postern::aws::Region::parse(region).unwrap().partition.name();
        for (call, mut options) in builders::accepted() {
            let fields = options.as_object_mut().unwrap();
            fields.insert("region".to_owned(), json!(region));
            fields.remove("partition");
            fields.remove("sessionEncryption");
            fields.remove("kmsKeyArn");
            fields.remove("nodeRoleArns");
            fields.remove("operatorArns");
            if region == "eusc-de-east-1" {
                fields.remove("legacyChannel");
            }
            let kind = match call {
                "node" | "operator" => PolicyKind::Identity,
                "trust-policy" => PolicyKind::RoleTrust,
                "log-group-key-policy" => continue,
                _ => PolicyKind::Resource,
            };
            let Built::Policy(built) = build(call, &options).unwrap_or_else(|error| {
                panic!("{call} in {region}: {error:?}");
            }) else {
                continue;
            };
            let arns = built.json.matches("\"arn:").count();
            let own = built.json.matches(&format!("\"arn:{partition}:")).count();
            assert_eq!(arns, own, "{call} in {region}: {}", built.json);
            assert_eq!(problem(call, &options, kind), None, "{call} in {region}");
        }
    }
}

#[test]
fn most_random_options_build_a_policy() {
    for (call, options) in [("node", node()), ("operator", operator())] {
        let mut built = 0;
        let mut runner = runner(200);
        for _ in 0..200 {
            let options = options.new_tree(&mut runner).unwrap().current();
            built += usize::from(build(call, &options).is_ok());
        }
        assert!(built > 40, "only {built} of 200 for {call}");
    }
}

#[test]
fn building_takes_microseconds() {
    let options = &builders::accepted()[1].1;
    let times = (0..200).map(|_| {
        let start = Instant::now();
        assert!(build("node", options).is_ok());
        start.elapsed()
    });
    // The fastest, since the machine does other things too; reading the options out of JSON is in it.
    let fastest = times.min().unwrap_or(Duration::MAX);
    assert!(
        fastest < Duration::from_micros(50) * if cfg!(debug_assertions) { 8 } else { 1 },
        "{fastest:?}"
    );
}
