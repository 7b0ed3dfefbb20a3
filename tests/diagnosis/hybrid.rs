//! Where nobody said which node is meant, it may be an instance of EC2 or a hybrid node: what is right for hybrid nodes alone
//! does not fail, and what must be kept out is kept out of both.

use postern::diagnose::{Diagnosis, ReasonKind, Values, Want, Works};
use postern::session::capabilities::{capabilities, Capability, Side};
use serde_json::{json, Value};

use super::{diagnose, messages, only, values, want, want_all};

const EC2: &str = "arn:aws:ec2:*:*:instance/*";
const HYBRID: &str = "arn:aws:ssm:*:*:managed-instance/*";
const NODE: &str = "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}";
const TAG: [(&str, &str); 2] = [("TagKey", "Team"), ("TagValue", "web")];

fn allow(action: &str, resource: Value) -> Value {
    json!({"Effect": "Allow", "Action": action, "Resource": resource})
}

fn policy(statements: &[Value]) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn ask(policy: &str, capability: &str, values: Values) -> Diagnosis {
    diagnose(&[policy], &[Want { values, ..want(capability) }])
}

/// What is wrong with an answer, which asks for the node where it is not known and never opens EC2 where that was not
/// asked for.
fn problem(found: &Diagnosis, expected: Works) -> Option<String> {
    let result = only(found);
    let mut depends = result.reasons.iter().flat_map(|reason| &reason.depends_on);
    let asks = depends.any(|on| on == "instanceId");
    let missing = found.missing.as_ref().map_or("", |missing| missing.json.as_str());
    let is_right = result.result == expected
        && (expected != Works::Unknown || asks && messages(result).contains("(instanceId)"))
        && !missing.contains(":ec2:");
    (!is_right)
        .then(|| format!("{:?} for {expected:?}: {}\n{missing}", result.result, messages(result)))
}

/// The capabilities that are about one node of either kind.
fn about_a_node() -> impl Iterator<Item = &'static Capability> {
    let asks_ssm = |capability: &&Capability| {
        let mut required = capability.requests.iter().filter(|it| it.expect_allowed);
        let is_of_both = capability.requests.iter().any(|it| it.resource.contains("managed-"));
        let is_plain = !capability.requests.iter().flat_map(|it| &it.context).any(|(key, _)| {
            // Conditions on tags that a want cannot say.
            key.ends_with("tag-key1")
        });
        required.any(|it| it.resource == NODE && it.action.starts_with("ssm:"))
            && is_plain
            && !is_of_both
    };
    capabilities().iter().filter(asks_ssm)
}

/// A policy for all that is asked, on these nodes; with the condition that tells what is kept out.
fn on_nodes(capability: &'static Capability, nodes: &[&str]) -> String {
    let has_denials = capability.requests.iter().any(|it| !it.expect_allowed);
    let asked = capability.asked().filter(|(_, request)| request.expect_allowed);
    let statements = asked.map(|(_, request)| {
        let is_node = request.resource == NODE && request.action.starts_with("ssm:");
        let mut statement = match is_node {
            true => allow(request.action, json!(nodes)),
            false => allow(request.action, json!("*")),
        };
        if request.resource.contains(":document/") {
            statement["Resource"] = json!("arn:aws:ssm:*:*:document/*");
        }
        if has_denials && is_node {
            for (key, value) in &request.context {
                let (key, value) =
                    (key.replace("${TagKey}", "Team"), value.replace("${TagValue}", "web"));
                if key == "aws:MultiFactorAuthPresent" || key == "aws:ResourceTag/Team" {
                    statement["Condition"] = json!({"StringEquals": {key: value}});
                }
            }
        }
        statement
    });
    let denied = capability.requests.iter().filter(|it| !it.expect_allowed && it.resource != NODE);
    let denials = denied.map(|request| {
        let name = request.resource.rsplit('/').next().unwrap();
        json!({"Effect": "Deny", "Action": request.action, "Resource": format!("arn:aws:ssm:*:*:document/{name}")})
    });
    policy(&statements.chain(denials).collect::<Vec<_>>())
}

#[test]
fn what_is_right_for_one_kind_of_nodes_asks_which_is_meant() {
    let (mut problems, mut asked) = (Vec::new(), 0);
    for capability in about_a_node() {
        let id = capability.id;
        let given = |name: &'static str, node: &str| {
            let mut given = want_all(id).values;
            given.extend(values(&TAG));
            given.retain(|name, _| !name.ends_with("InstanceId"));
            given.extend(values(&[(name, node)]));
            given
        };
        let nobody_said = || {
            let mut given = given("InstanceId", "");
            given.remove("InstanceId");
            given
        };
        let (ec2, hybrid) = (
            given("InstanceId", "i-0aaaabbbbccccdddd"),
            given("ManagedInstanceId", "mi-0aaaabbbbccccdddd"),
        );
        for (nodes, values, expected) in [
            (vec![EC2], nobody_said(), Works::Works),
            (vec![HYBRID], nobody_said(), Works::Unknown),
            (vec![EC2, HYBRID], nobody_said(), Works::Works),
            (vec![HYBRID], hybrid.clone(), Works::Works),
            (vec![EC2], hybrid, Works::Fails),
            (vec![EC2], ec2.clone(), Works::Works),
        ] {
            asked += 1;
            let text = on_nodes(capability, &nodes);
            let found = ask(&text, id, values.clone());
            let problem = problem(&found, expected);
            problems.extend(problem.map(|it| format!("{id} {nodes:?} {values:?}\n{text}\n{it}")));
        }
        // Who said that it is of EC2 is told that it fails, and what is missing.
        let found = ask(&on_nodes(capability, &[HYBRID]), id, ec2);
        let missing = found.missing.as_ref().map_or("", |missing| missing.json.as_str());
        if only(&found).result != Works::Fails || !missing.contains(":ec2:") {
            problems.push(format!("{id}: {found:#?}"));
        }
    }
    assert!(asked > 100, "{asked}");
    assert!(problems.is_empty(), "{} of {asked}\n{}", problems.len(), problems.join("\n\n"));
}

#[test]
fn an_addition_for_something_else_does_not_open_instances() {
    // The document is missing, and which node is meant nobody said.
    let text = policy(&[allow("ssm:StartSession", json!(HYBRID))]);
    let found = ask(&text, "operator.ssh", Values::new());
    assert_eq!(only(&found).result, Works::Fails);
    let missing = &found.missing.as_ref().unwrap().json;
    assert!(missing.contains("document/AWS-StartSSHSession"), "{missing}");
    assert!(!missing.contains(":instance/"), "{missing}");
    // Which node has what else is there does not matter, nor does what is kept out.
    let parameters = policy(&[allow("ssm:GetParameter", json!("arn:aws:ssm:*:*:parameter/a-*"))]);
    let found = ask(&parameters, "node.parameters", Values::new());
    assert!(found.missing.is_some(), "{found:#?}");
    let one = "arn:aws:ec2:*:*:instance/i-0aaaabbbbccccdddd";
    let starting = policy(&[allow("ssm:StartSession", json!([one, "arn:aws:ssm:*:*:document/*"]))]);
    let found = ask(&starting, "operator.just-in-time", Values::new());
    assert!(found.missing.is_some_and(|it| it.json.contains(":instance/*")));
    // Who wants it on every node need not say on which.
    let found = ask(&starting, "operator.start-all", Values::new());
    assert!(found.missing.is_some_and(|it| it.json.contains(":managed-instance/*")));
    // Of two calls about the node one is there for hybrid nodes.
    let text = policy(&[
        allow("ssm:ListInstanceAssociations", json!(HYBRID)),
        allow("ssm:GetDocument", json!("*")),
    ]);
    let found = ask(&text, "node.state-manager", Values::new());
    let result = only(&found);
    let missing = found.missing.as_ref().map_or("", |missing| missing.json.as_str());
    assert!(!missing.contains(":instance/"), "{missing}");
    let needed = result.reasons.iter().find(|reason| reason.kind == ReasonKind::ValueNeeded);
    assert_eq!(needed.unwrap().depends_on, ["instanceId"], "{}", messages(result));
}

#[test]
fn what_is_kept_out_is_kept_out_of_hybrid_nodes_too() {
    let under = |resource: &str, condition: Value| {
        let mut statement = allow("ssm:StartSession", json!(resource));
        statement["Condition"] = condition;
        statement
    };
    let mfa = || json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}});
    let tag = || json!({"StringEquals": {"aws:ResourceTag/Team": "web"}});
    let just_in_time = |then: &[Value]| {
        let asked =
            [allow("ssm:StartAccessRequest", json!("*")), allow("ssm:GetAccessToken", json!("*"))];
        policy(&[&asked, then].concat())
    };
    let open = || allow("ssm:StartSession", json!(HYBRID));
    let by_condition =
        |condition: Value, then: &[Value]| policy(&[&[under(EC2, condition)], then].concat());
    let (on_mfa, by_tag, asking) =
        ("operator.mfa-required", "operator.start-by-tag", "operator.just-in-time");
    let nobody_said = || values(&TAG);
    let on = |name, id| values(&[TAG[0], TAG[1], (name, id)]);
    let mut problems = Vec::new();
    for (name, capability, text, values, expected) in [
        ("open", on_mfa, by_condition(mfa(), &[open()]), nobody_said(), Works::Unknown),
        ("closed", on_mfa, by_condition(mfa(), &[]), nobody_said(), Works::Works),
        // On instances it is not allowed, on hybrid nodes to everybody.
        ("open, and no instance", on_mfa, policy(&[open()]), nobody_said(), Works::Fails),
        ("open, and no instance", by_tag, policy(&[open()]), nobody_said(), Works::Fails),
        (
            "under the same",
            on_mfa,
            by_condition(mfa(), &[under(HYBRID, mfa())]),
            nobody_said(),
            Works::Works,
        ),
        (
            "under something else",
            on_mfa,
            by_condition(mfa(), &[under(HYBRID, json!({"StringEquals": {"aws:SourceVpc": "v"}}))]),
            nobody_said(),
            Works::Unknown,
        ),
        (
            "open, of EC2",
            on_mfa,
            by_condition(mfa(), &[open()]),
            on("InstanceId", "i-0aaaabbbbccccdddd"),
            Works::Works,
        ),
        (
            "open, hybrid",
            on_mfa,
            by_condition(mfa(), &[open()]),
            on("ManagedInstanceId", "mi-0aaaabbbbccccdddd"),
            Works::Fails,
        ),
        ("open", by_tag, by_condition(tag(), &[open()]), nobody_said(), Works::Unknown),
        (
            "under the same",
            by_tag,
            by_condition(tag(), &[under(HYBRID, tag())]),
            nobody_said(),
            Works::Works,
        ),
        ("open", asking, just_in_time(&[open()]), nobody_said(), Works::Unknown),
        ("closed", asking, just_in_time(&[]), nobody_said(), Works::Works),
    ] {
        let found = ask(&text, capability, values);
        let problem = problem(&found, expected);
        problems.extend(problem.map(|it| format!("{capability} {name}\n{it}")));
        // The statement that opens it is told.
        let told = messages(only(&found));
        if name == "open" && !told.contains("statement") {
            problems.push(format!("{capability} {name}: {told}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
    // What fails and cannot be repaired says why.
    let found = ask(&policy(&[open()]), on_mfa, nobody_said());
    let [reason] = found.blocked.as_slice() else { panic!("{found:#?}") };
    assert!(
        reason.message.contains("Policy 1, statement 1 allows ssm:StartSession on"),
        "{reason:?}"
    );
}

#[test]
fn what_is_about_both_kinds_needs_both() {
    let mut problems = Vec::new();
    let documents = || allow("ssm:StartSession", json!("arn:aws:ssm:*:*:document/*"));
    let hybrid = ("ManagedInstanceId", "mi-0aaaabbbbccccdddd");
    let ec2 = ("InstanceId", "i-0aaaabbbbccccdddd");
    for (nodes, given, expected) in [
        (vec![EC2, HYBRID], vec![], Works::Works),
        (vec![HYBRID], vec![], Works::Fails),
        (vec![EC2], vec![], Works::Fails),
        (vec![HYBRID], vec![hybrid], Works::Fails),
        (vec![EC2], vec![ec2], Works::Fails),
        (vec![EC2, HYBRID], vec![hybrid], Works::Works),
    ] {
        let text = policy(&[allow("ssm:StartSession", json!(nodes)), documents()]);
        let found = ask(&text, "operator.start-all", values(&given));
        if only(&found).result != expected {
            problems.push(format!("{nodes:?} {given:?}: {:#?}", only(&found)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What a node asks and what people ask of it is the same kind of question.
#[test]
fn every_side_that_is_about_a_node_is_tried() {
    let sides: Vec<Side> = about_a_node().map(|capability| capability.side).collect();
    assert!(sides.contains(&Side::Node) && sides.contains(&Side::Operator), "{sides:?}");
    assert!(sides.len() > 18, "{sides:?}");
}
