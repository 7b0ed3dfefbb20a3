//! Whatever the options are, a built policy has no error and no security warning, and says when it is too long.

use postern::finding::FindingType;
use postern::rules::PolicyKind;
use postern::validate::{validate, Options};
use proptest::prelude::*;
use serde_json::{json, Value as Json};

use crate::contract::builders::{self, build, Built};
use crate::session::options::{just_in_time, node, operator, runner};

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
    let options =
        Options { kind, resource_type: None, lone_surrogate: None, identity_policy: None };
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
    check("operator", &just_in_time());
}

#[test]
fn every_related_policy_is_sound() {
    for (call, options) in builders::accepted() {
        let kind = match call {
            "node" | "operator" => continue,
            "trust-policy" => PolicyKind::RoleTrust,
            "host-management-guard" => PolicyKind::ServiceControl,
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
                "host-management-guard" => PolicyKind::ServiceControl,
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
    for (call, options) in
        [("node", node()), ("operator", operator()), ("operator", just_in_time())]
    {
        let mut built = 0;
        let mut runner = runner(200);
        for _ in 0..200 {
            let options = options.new_tree(&mut runner).unwrap().current();
            built += usize::from(build(call, &options).is_ok());
        }
        assert!(built > 40, "only {built} of 200 for {call}");
    }
}
