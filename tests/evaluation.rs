//! The cases of tests/conformance about decisions: what comes out, by which statements, and what it depends on.
//!
//! A case that evidence contradicts has a line in `DIFFERS`.

mod corners;
mod exact;
mod exceptions;

use std::{fs, path::Path};

use postern::api::{self, Decision};
use serde::Deserialize;
use serde_json::{json, Value};

/// Name of a case, and why it is not followed. An entry that starts to agree fails the test.
const DIFFERS: &[(&str, &str)] = &[];

#[test]
fn every_case_is_decided_as_it_says() {
    check("evaluation.jsonl", 429, |case, decision| {
        let expected = case["expect"].as_str().unwrap();
        same("decision", &decision.decision, &expected)?;
        same("possible", &decision.possible, &vec![expected])?;
        same("dependsOn", &decision.depends_on.len(), &0)?;
        let names = |list: &Value| -> Option<Vec<(String, u64)>> {
            let name = |m: &Value| {
                (m["policy"].as_str().unwrap().to_owned(), m["statement"].as_u64().unwrap())
            };
            let mut names: Vec<_> = list.as_array()?.iter().map(name).collect();
            names.sort();
            Some(names)
        };
        let found = serde_json::to_value(&decision.matched).unwrap();
        same("matched", &names(&found), &names(&case["matched"]))
    });
}

#[test]
fn every_case_with_unknown_keys_is_decided_as_it_says() {
    check("evaluation-unknown.jsonl", 24, |case, decision| {
        let list = |name: &str| -> Vec<String> {
            case[name].as_array().unwrap().iter().map(|s| s.as_str().unwrap().to_owned()).collect()
        };
        same("decision", &decision.decision, &case["expect"].as_str().unwrap())?;
        same("possible", &json!(decision.possible), &case["possible"])?;
        same("dependsOn", &decision.depends_on, &list("keys"))
    });
}

/// Decides what one policy of the resource says, with layers that may exist.
fn decide(principal: &str, resource: Value, unknown: &[&str]) -> Decision {
    let input = json!({
        "policies": {
            "identity": [{"name": "p", "document": {"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}}],
            "resource": resource,
            "unknown": unknown,
        },
        "request": {
            "principal": principal,
            "action": "kms:Decrypt",
            "resource": "arn:aws:kms:us-east-1:111122223333:key/k",
        }
    });
    api::evaluate(&api::Value::deserialize(input).unwrap()).unwrap()
}

#[test]
fn a_layer_that_may_exist_keeps_the_outcome_open() {
    let user = "arn:aws:iam::111122223333:user/alice";
    let account = json!({"Statement": {
        "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"
    }});
    for (resource, unknown, decision, depends_on) in [
        (&Value::Null, &[][..], "implicit_deny", &[][..]),
        (&Value::Null, &["resource"], "depends", &["?key-policy"]),
        (&account, &[], "allowed", &[]),
        (&account, &["scps"], "depends", &["?scp"]),
        (&account, &["boundary", "rcps"], "depends", &["?boundary", "?rcp"]),
        // A user has no session policy.
        (&account, &["session"], "allowed", &[]),
    ] {
        let found = decide(user, resource.clone(), unknown);
        assert_eq!(found.decision, decision, "{unknown:?}");
        assert_eq!(found.depends_on, depends_on, "{unknown:?}");
        let told = found.reasons.iter().filter(|reason| reason.kind == "notSupplied").count();
        assert_eq!(told, depends_on.len(), "{unknown:?}");
    }
}

#[test]
fn not_principal_is_read_with_care() {
    let user = "arn:aws:iam::111122223333:user/alice";
    let session = "arn:aws:sts::111122223333:assumed-role/Ops/s";
    let role = "arn:aws:iam::111122223333:role/Ops";
    let account = "arn:aws:iam::111122223333:root";
    for (principal, listed, unknown, decision) in [
        (user, &[user, account][..], &[][..], "allowed"),
        (user, &[account], &[], "explicit_deny"),
        (user, &[user], &[], "depends"),
        (user, &[user, account], &["boundary"], "depends"),
        (session, &[session, role, account], &[], "allowed"),
        (session, &[session, account], &[], "depends"),
        (session, &[role, account], &[], "depends"),
        (role, &[session, account], &[], "depends"),
        (role, &[session, role, account], &[], "depends"),
        (role, &[role, account], &[], "depends"),
        (account, &[account], &[], "allowed"),
    ] {
        let resource = json!({"Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
            {"Effect": "Deny", "NotPrincipal": {"AWS": listed}, "Action": "*", "Resource": "*"},
        ]});
        let found = decide(principal, resource, unknown);
        assert_eq!(found.decision, decision, "{principal} {listed:?}");
    }
}

#[test]
fn reasons_say_what_is_near_and_what_would_do() {
    let statement = |effect: &str, condition: Value| json!({"Effect": effect, "Action": "ssm:*", "Resource": "*", "Condition": condition});
    let env = json!({"StringEquals": {"aws:ResourceTag/Env": "dev"}});
    let age = json!({"NumericLessThan": {"aws:MultiFactorAuthAge": 3600}});
    let mfa = json!({"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}});
    for (statements, context, unknown, expected) in [
        (
            json!([statement("Allow", env.clone())]),
            json!({"aws:ResourceTag/Env": "prod"}),
            &[][..],
            &[
                "No policy of the principal allows it.",
                "It is nearly allowed by p, Statement[0]: StringEquals wants aws:ResourceTag/Env dev, and the request has prod.",
            ][..],
        ),
        (
            json!([statement("Allow", env.clone()), statement("Deny", mfa)]),
            json!({}),
            &["aws:ResourceTag/Env", "aws:MultiFactorAuthPresent"],
            &[
                "It is allowed if aws:MultiFactorAuthPresent is true, and aws:ResourceTag/Env is dev.",
                "It may be allowed by p, Statement[0]: StringEquals wants aws:ResourceTag/Env dev, and the request has an unknown value.",
                "It may be denied by p, Statement[1]: BoolIfExists wants aws:MultiFactorAuthPresent false, and the request has an unknown value.",
            ],
        ),
        (
            json!([statement("Allow", json!({"StringNotEqualsIgnoreCase": {"aws:ResourceTag/Env": ["Dev", "1"]}}))]),
            json!({}),
            &["aws:ResourceTag/Env"],
            &["It is allowed if aws:ResourceTag/Env is not 1 or dev in any case."],
        ),
        (
            json!([statement("Allow", env), statement("Allow", age)]),
            json!({}),
            &["aws:ResourceTag/Env", "aws:MultiFactorAuthAge"],
            &[
                "It is allowed if aws:MultiFactorAuthAge is less than 3600.",
                "It is allowed if aws:ResourceTag/Env is dev.",
            ],
        ),
    ] {
        let input = json!({
            "policies": {"identity": [{"name": "p", "document": {"Statement": statements}}]},
            "request": {
                "principal": "arn:aws:iam::111122223333:user/alice", "action": "ssm:StartSession",
                "resource": "*", "context": context, "unknown": unknown,
            }
        });
        let decision = api::evaluate(&api::Value::deserialize(input).unwrap()).unwrap();
        let messages: Vec<_> = decision.reasons.iter().map(|reason| reason.message.as_str()).collect();
        assert_eq!(messages.get(..expected.len()).unwrap(), expected, "{messages:?}");
    }
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    match found == expected {
        true => Ok(()),
        false => Err(format!("{what} is {found:?}, not {expected:?}")),
    }
}

fn check(file: &str, count: usize, agrees: impl Fn(&Value, &Decision) -> Result<(), String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(file);
    let text = fs::read_to_string(path).unwrap();
    let mut problems = Vec::new();
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let name = case["name"].as_str().unwrap();
        let input = json!({"policies": case["policies"], "request": case["request"]});
        let answer = api::evaluate(&api::Value::deserialize(input).unwrap());
        let result = match &answer {
            Ok(decision) => agrees(&case, decision).map_err(|problem| {
                let reasons: Vec<_> = decision.reasons.iter().map(|r| r.message.as_str()).collect();
                format!("{name}: {problem}; {}\n    {}", case["why"], reasons.join("\n    "))
            }),
            Err(error) => Err(format!("{name}: {}", error.message)),
        };
        let differs = DIFFERS.iter().any(|(differs, _)| *differs == name);
        match (result, differs) {
            (Err(problem), false) => problems.push(problem),
            (Ok(()), true) => problems.push(format!("{name} agrees: take it out of DIFFERS")),
            _ => {}
        }
    }
    assert_eq!(text.lines().count(), count);
    assert!(problems.is_empty(), "{} of {count}:\n{}\n", problems.len(), problems.join("\n"));
}
