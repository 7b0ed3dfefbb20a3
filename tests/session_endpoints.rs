//! What the policies of a set-up grant passes the policies of its own endpoints.

use std::collections::BTreeSet;

use postern::aws::matches_glob;
use postern::policy::{Effect, Policy, Statement};
use postern::session::node::{build_node_policy, NodeOptions};
use postern::session::operator::{build_operator_policy, OperatorOptions};
use postern::session::related::{build_endpoint_policy, EndpointPolicy, EndpointService};
use serde_json::{json, Value as Json};

use crate::session::pairs::{bases, node, operator};
use crate::session_pairs::{pairs, share};

/// The statements of the policies of nodes and people; `None` where a builder refuses the options.
pub fn granted(node: &Json, operator: Option<&Json>) -> Option<Vec<Statement>> {
    let text = node.to_string();
    let options: NodeOptions = serde_json::from_str(&text).ok()?;
    let mut all = build_node_policy(&options).ok()?.policy.statements;
    if let Some(operator) = operator {
        let text = operator.to_string();
        let options: OperatorOptions = serde_json::from_str(&text).ok()?;
        all.extend(build_operator_policy(&options).ok()?.policy.statements);
    }
    Some(all)
}

/// The policy of an endpoint that is made beside the policy of nodes, with these statements granted.
pub fn endpoint(options: &Json, node: &Json, granted: &[Statement]) -> (Policy, String) {
    let text = options.to_string();
    let mut options: EndpointPolicy = serde_json::from_str(&text).unwrap();
    let text = node.to_string();
    options.agent_buckets = serde_json::from_str::<NodeOptions>(&text).unwrap().agent_buckets;
    options.granted = granted.to_vec();
    let built = build_endpoint_policy(&options).unwrap();
    assert!(built.characters <= built.quota, "{} characters", built.characters);
    (built.policy, built.json)
}

/// The actions on resources that the statements allow, and the endpoint's policy stops.
fn stopped(service: &str, endpoint: &Policy, granted: &[Statement]) -> Vec<String> {
    let holds =
        |patterns: &[String], text: &str| patterns.iter().any(|one| matches_glob(one, text));
    let mut all = Vec::new();
    for statement in granted.iter().filter(|one| one.effect == Effect::Allow) {
        let resources = statement.resource.as_ref().unwrap().values.as_slice();
        for action in statement.action.values.as_slice() {
            if !action.starts_with(&format!("{service}:")) {
                continue;
            }
            for resource in resources {
                // Those that ask for the node's account are for calls without credentials.
                let passes = endpoint.statements.iter().any(|one| {
                    one.sid.as_deref() != Some("NodeCredentials")
                        && holds(one.action.values.as_slice(), action)
                        && holds(one.resource.as_ref().unwrap().values.as_slice(), resource)
                });
                if !passes {
                    all.push(format!("{action} on {resource}"));
                }
            }
        }
    }
    all
}

#[test]
fn what_a_set_up_grants_passes_its_own_endpoints() {
    let place = json!({"region": "us-east-2", "accountId": "111122223333"});
    let plain = bases("node").remove(0);
    let of_nodes = pairs("node", &node()).into_iter().step_by(share(5)).map(|node| (node, None));
    let of_people = pairs("operator", &operator()).into_iter().step_by(share(9));
    let of_people = of_people.map(|operator| (plain.clone(), Some(operator)));
    let (mut problems, mut asked) = (BTreeSet::new(), BTreeSet::new());
    for (node, operator) in of_nodes.chain(of_people) {
        let Some(granted) = granted(&node, operator.as_ref()) else { continue };
        for service in EndpointService::ALL {
            let mut options = place.clone();
            options["service"] = json!(service.word());
            options["operators"] = json!(operator.is_some());
            if let Some(bucket) = node["s3Logs"].get("bucket") {
                options["bucket"] = bucket.clone();
            }
            if service == EndpointService::Kms {
                if let Some(keys) = node["sessionEncryption"].get("kmsKeyArn") {
                    options["kmsKeyArn"] = keys.clone();
                }
            }
            let (policy, _) = endpoint(&options, &node, &granted);
            for what in stopped(service.word(), &policy, &granted) {
                problems.insert(what);
            }
            let (alone, _) = endpoint(&options, &json!({}), &[]);
            asked.extend(stopped(service.word(), &alone, &granted));
            // What passes anyway is not said again.
            let own = alone.statements.len();
            let more =
                policy.statements.iter().skip(own).flat_map(|one| one.action.values.as_slice());
            for action in more {
                let needed = stopped(service.word(), &alone, &granted);
                let is_needed =
                    needed.iter().any(|what| what.starts_with(&format!("{action} on ")));
                assert!(is_needed, "{action} is in {} already", service.word());
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    for action in ["ssm:SendCommand", "ssm:DescribeDocument", "ssm:GetParameters"] {
        assert!(asked.iter().any(|one| one.starts_with(action)), "nothing asks for {action}");
    }
    assert!(asked.iter().any(|one| one.contains("birdwatcher-prod")), "{asked:?}");
}
