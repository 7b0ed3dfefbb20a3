//! What is asked for where nobody says what is wanted: what people use, of one side.

use postern::diagnose::{diagnose_usual, Diagnosis, Documents, Works};
use postern::session::capabilities::{capabilities, Side};

use super::{documents, pasted};

const NODE: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssmmessages:*", "Resource": "*"}]}"#;
const PEOPLE: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*"}]}"#;
const OTHER: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}"#;

fn usual(text: &str, trusted: Option<&str>) -> Diagnosis {
    let trust_policy = trusted.map(|principal| {
        pasted(&format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {principal}, "Action": "sts:AssumeRole"}}]}}"#
        ))
    });
    let input = Documents { trust_policy, ..documents(&[text]) };
    diagnose_usual(&input).unwrap()
}

#[test]
fn the_side_is_that_of_the_trust_policy_and_otherwise_that_of_the_policies() {
    const EC2: &str = r#"{"Service": ["ec2.amazonaws.com"]}"#;
    const HYBRID: &str = r#"{"Service": "ssm.amazonaws.com"}"#;
    const TASKS: &str = r#"{"Service": ["lambda.amazonaws.com", "ecs-tasks.amazonaws.com"]}"#;
    const ACCOUNT: &str = r#"{"AWS": "arn:aws:iam::222233334444:root"}"#;
    const PROVIDER: &str = r#"{"Federated": "arn:aws:iam::111122223333:saml-provider/Idp"}"#;
    const BOTH: &str =
        r#"{"Service": "ec2.amazonaws.com", "AWS": "arn:aws:iam::222233334444:root"}"#;
    const LAMBDA: &str = r#"{"Service": "lambda.amazonaws.com"}"#;
    let mut problems = Vec::new();
    for (text, trusted, side, trust, is_told) in [
        (NODE, None, Some(Side::Node), None, false),
        (PEOPLE, None, Some(Side::Operator), None, false),
        (OTHER, None, None, None, false),
        (PEOPLE, Some(EC2), Some(Side::Node), Some("trust.ec2"), true),
        (PEOPLE, Some(HYBRID), Some(Side::Node), Some("trust.hybrid"), true),
        (PEOPLE, Some(TASKS), Some(Side::Node), Some("trust.ecs-tasks"), true),
        (NODE, Some(ACCOUNT), Some(Side::Operator), None, true),
        (NODE, Some(PROVIDER), Some(Side::Operator), None, true),
        (NODE, Some("\"*\""), Some(Side::Operator), None, true),
        (NODE, Some(BOTH), Some(Side::Node), Some("trust.ec2"), false),
        (PEOPLE, Some(BOTH), Some(Side::Operator), None, false),
        // The first of the kinds of nodes, of which none comes near.
        (OTHER, Some(LAMBDA), None, Some("trust.ec2"), false),
    ] {
        let found = usual(text, trusted);
        let asked = side.unwrap_or(Side::Node);
        let expected = capabilities().iter().filter(|it| it.is_usual && it.side == asked);
        let expected: Vec<_> = expected.map(|it| it.id).chain(trust).collect();
        let ids: Vec<_> = found.capabilities.iter().map(|it| it.id.as_str()).collect();
        let says = found.assumptions.iter().any(|it| it.starts_with("No trust policy tells"));
        if found.side != side || ids != expected || says == is_told {
            problems.push(format!(
                "{text} {trusted:?}: {:?} {ids:?} {:?}",
                found.side, found.assumptions
            ));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn nothing_that_is_missing_gives_a_node_the_rights_of_people() {
    let missing = usual(NODE, None).missing.unwrap();
    assert!(missing.json.contains("ssm:UpdateInstanceInformation"), "{}", missing.json);
    assert!(!missing.json.contains("ssm:StartSession"), "{}", missing.json);
}

#[test]
fn of_who_may_assume_the_role_that_is_asked_which_comes_nearest() {
    for (trusted, id, result) in [
        (r#"{"Service": "ec2.amazonaws.com"}"#, "trust.ec2", Works::Works),
        (r#"{"Service": "ecs-tasks.amazonaws.com"}"#, "trust.ecs-tasks", Works::Works),
        (r#"{"Service": "lambda.amazonaws.com"}"#, "trust.ec2", Works::Fails),
    ] {
        let found = usual(NODE, Some(trusted));
        let trust = found.capabilities.last().unwrap();
        assert_eq!((trust.id.as_str(), trust.result), (id, result), "{trusted}");
    }
}
