//! Whatever the options are, a built policy has no error and no security warning, says each condition once, and says
//! when it is too long.

use proptest::prelude::*;
use serde_json::{json, Value as Json};

use crate::contract::builders::{self, build, Built};
use crate::session::options::{just_in_time, node, operator, runner};
use crate::session::sound::problems;

fn check(call: &'static str, options: &BoxedStrategy<Json>) {
    let result = runner(400).run(options, |options| match problems(call, &options).as_slice() {
        [] => Ok(()),
        all => Err(TestCaseError::fail(format!("{options}\n{}", all.join("\n")))),
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
fn every_example_is_sound() {
    let mut all = Vec::new();
    for (call, options) in builders::accepted() {
        all.extend(
            problems(call, &options).into_iter().map(|what| format!("{call} {options}: {what}")),
        );
    }
    assert!(all.is_empty(), "{}\n{}", all.len(), all.join("\n"));
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
            fields.remove("principalArns");
            if !["aws", "aws-cn", "aws-us-gov"].contains(&partition) {
                fields.remove("samlProvider");
            }
            if region == "eusc-de-east-1" {
                fields.remove("legacyChannel");
            }
            let Built::Policy(built) = build(call, &options).unwrap_or_else(|error| {
                panic!("{call} in {region}: {error:?}");
            }) else {
                continue;
            };
            let arns = built.json.matches("\"arn:").count();
            let own = built.json.matches(&format!("\"arn:{partition}:")).count();
            assert_eq!(arns, own, "{call} in {region}: {}", built.json);
            let none: [&str; 0] = [];
            assert_eq!(problems(call, &options), none, "{call} in {region}");
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
