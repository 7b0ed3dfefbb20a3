//! ECS Exec is asked of a cluster and of a task in it: which cluster nobody gave is not known.

use postern::diagnose::{Diagnosis, ReasonKind, Values, Want, Works};
use serde_json::{json, Value};

use super::{diagnose, messages, only, values, want};

const ID: &str = "operator.ecs-exec";
const CLUSTER: &str = "arn:aws:ecs:*:*:cluster/c1";
const TASKS: &str = "arn:aws:ecs:*:*:task/c1/*";

fn statement(effect: &str, resource: Value) -> Value {
    json!({"Effect": effect, "Action": ["ecs:ExecuteCommand", "ecs:DescribeTasks"], "Resource": resource})
}

fn policy(statements: &[Value]) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn ask(policy: &str, values: Values) -> Diagnosis {
    diagnose(&[policy], &[Want { values, ..want(ID) }])
}

fn cluster(name: &str) -> Values {
    values(&[("ClusterName", name)])
}

fn all_of(name: &str) -> Values {
    values(&[
        ("Region", "eu-west-1"),
        ("Account", "111122223333"),
        ("ClusterName", name),
        ("TaskId", "0123456789abcdef0123456789abcdef"),
    ])
}

#[test]
fn a_cluster_that_nobody_gave_is_not_known() {
    let all = || statement("Allow", json!("*"));
    let tasks = || statement("Allow", json!("arn:aws:ecs:*:*:task/*"));
    let mut problems = Vec::new();
    for (statements, given, expected) in [
        (vec![all()], Values::new(), Works::Works),
        (vec![all(), statement("Deny", json!(CLUSTER))], Values::new(), Works::Unknown),
        (vec![all(), statement("Deny", json!(TASKS))], Values::new(), Works::Unknown),
        (vec![all(), statement("Deny", json!(CLUSTER))], cluster("c2"), Works::Works),
        (vec![all(), statement("Deny", json!(TASKS))], cluster("c1"), Works::Fails),
        (vec![statement("Allow", json!([CLUSTER, TASKS]))], Values::new(), Works::Unknown),
        (vec![statement("Allow", json!([CLUSTER, TASKS]))], cluster("c1"), Works::Works),
        (vec![statement("Allow", json!([CLUSTER, TASKS]))], cluster("c2"), Works::Fails),
        (vec![tasks(), statement("Allow", json!(CLUSTER))], Values::new(), Works::Unknown),
        (vec![tasks(), statement("Allow", json!(CLUSTER))], cluster("c1"), Works::Works),
    ] {
        let found = ask(&policy(&statements), given.clone());
        let result = only(&found);
        let mut depends = result.reasons.iter().flat_map(|reason| &reason.depends_on);
        let is_told = expected != Works::Unknown || depends.any(|on| on == "cluster");
        if result.result != expected
            || !is_told
            || found.missing.is_some()
                != (expected == Works::Fails && !statements[0]["Resource"].is_string())
        {
            problems.push(format!("{statements:?} {given:?} for {expected:?}:\n{found:#?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Which cluster is meant has to be known before a statement is written for it: one for every cluster would allow more
/// than anybody asked for and leave it as open as it was.
#[test]
fn an_addition_for_the_cluster_waits_for_its_name() {
    let text = policy(&[statement("Allow", json!(TASKS))]);
    let found = ask(&text, Values::new());
    let result = only(&found);
    assert_eq!((result.result, &found.missing), (Works::Unknown, &None), "{found:#?}");
    let needed = result.reasons.iter().find(|reason| reason.kind == ReasonKind::ValueNeeded);
    let needed = needed.unwrap_or_else(|| panic!("{}", messages(result)));
    assert_eq!(needed.depends_on, ["cluster"]);
    assert!(needed.message.contains("Give cluster"), "{}", needed.message);

    let found = ask(&text, cluster("c1"));
    let missing = &found.missing.unwrap().json;
    assert!(missing.contains("arn:aws:ecs:*:*:cluster/c1\""), "{missing}");
    let wanted = [Want { values: cluster("c1"), ..want(ID) }];
    assert_eq!(only(&diagnose(&[&text, missing], &wanted)).result, Works::Works);

    // The other way round: of the cluster it is known and of the tasks not.
    let text = policy(&[statement("Allow", json!(CLUSTER))]);
    let found = ask(&text, Values::new());
    assert_eq!((only(&found).result, &found.missing), (Works::Fails, &None), "{found:#?}");
    let found = ask(&text, cluster("c1"));
    let missing = &found.missing.unwrap().json;
    assert!(missing.contains("arn:aws:ecs:*:*:task/c1/*\""), "{missing}");
    assert_eq!(only(&diagnose(&[&text, missing], &wanted)).result, Works::Works);
}

#[test]
fn the_cluster_and_the_task_are_in_condition_keys() {
    let on = |effect: &str, operator: &str, key: &str, value: &str| {
        let mut statement = statement(effect, json!("*"));
        statement["Condition"] = json!({operator: {key: value}});
        statement
    };
    let all = || statement("Allow", json!("*"));
    let c1 = "arn:aws:ecs:eu-west-1:111122223333:cluster/c1";
    let task = "arn:aws:ecs:eu-west-1:111122223333:task/c1/0123456789abcdef0123456789abcdef";
    let is_c1 = || vec![on("Allow", "ArnEquals", "ecs:cluster", c1)];
    let not_c1 = || vec![all(), on("Deny", "ArnEquals", "ecs:cluster", c1)];
    let only_c1 = || vec![all(), on("Deny", "ArnNotEquals", "ecs:cluster", c1)];
    let is_task = || vec![on("Allow", "StringEquals", "ecs:task", task)];
    let not_like = |text| vec![all(), on("Deny", "StringLike", "ecs:cluster", text)];
    let like = |text| vec![on("Allow", "StringLike", "ecs:cluster", text)];
    let of_container = || vec![on("Allow", "StringEquals", "ecs:container-name", "web")];
    let mut problems = Vec::new();
    for (statements, given, expected) in [
        (is_c1(), all_of("c1"), Works::Works),
        (is_c1(), all_of("c2"), Works::Fails),
        (is_c1(), cluster("c2"), Works::Fails),
        (is_c1(), Values::new(), Works::Unknown),
        (not_c1(), all_of("c1"), Works::Fails),
        (not_c1(), all_of("c2"), Works::Works),
        (not_c1(), Values::new(), Works::Unknown),
        (only_c1(), all_of("c1"), Works::Works),
        (only_c1(), all_of("c2"), Works::Fails),
        (only_c1(), Values::new(), Works::Unknown),
        (is_task(), all_of("c1"), Works::Works),
        (is_task(), all_of("c2"), Works::Fails),
        (of_container(), all_of("c1"), Works::Unknown),
        // What is no ARN, or hides its name, is compared all the same.
        (not_like("*/c1"), Values::new(), Works::Unknown),
        (not_like("arn:*/c1"), Values::new(), Works::Unknown),
        (not_like("arn:aws:ecs:*:*:*/c1"), Values::new(), Works::Unknown),
        (not_like("*/c1"), cluster("c1"), Works::Fails),
        (not_like("*/c1"), cluster("c2"), Works::Works),
        (not_like("*:eu-west-1:*/c1"), cluster("c1"), Works::Unknown),
        (like("*/c1"), Values::new(), Works::Unknown),
        (like("*/c1"), cluster("c1"), Works::Works),
        (like("*:cluster/*"), Values::new(), Works::Works),
    ] {
        let found = ask(&policy(&statements), given.clone());
        let asks = messages(only(&found)).contains("(cluster)");
        let is_open = expected == Works::Unknown && !given.contains_key("ClusterName");
        if only(&found).result != expected || is_open && !asks {
            problems
                .push(format!("{statements:?} {given:?} for {expected:?}: {:#?}", only(&found)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
