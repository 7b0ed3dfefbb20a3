//! What nobody gave is not known, in conditions as little as in resources: which node, Region or session it is, whether the
//! node is hybrid, and which port.

use postern::diagnose::{Diagnosis, Values, Want, Works};
use postern::session::node::{build_node_policy, NodeOptions};
use postern::session::operator::{build_operator_policy, OperatorOptions};
use serde_json::{json, Value};

use super::{diagnose, messages, only, values, want};

const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const NODE: &str = "i-0aaaabbbbccccdddd";
const HYBRID: &str = "mi-0aaaabbbbccccdddd";
const PLACE: [(&str, &str); 2] = [("Region", "eu-west-1"), ("Account", "111122223333")];

fn least(mut options: Value) -> String {
    options["region"] = json!("eu-west-1");
    options["accountId"] = json!("111122223333");
    options["scope"] = json!("least-privilege");
    options.to_string()
}

fn node_policy(options: Value) -> String {
    let text = least(options);
    let options: NodeOptions = serde_json::from_str(&text).unwrap();
    build_node_policy(&options).unwrap().json
}

fn operator_policy(options: Value) -> String {
    let text = least(options);
    let options: OperatorOptions = serde_json::from_str(&text).unwrap();
    build_operator_policy(&options).unwrap().json
}

fn given(all: &[(&'static str, &str)]) -> Values {
    values(&[all, &PLACE].concat())
}

fn ask(policy: &str, capability: &str, values: Values) -> Diagnosis {
    diagnose(&[policy], &[Want { values, ..want(capability) }])
}

/// A statement that allows actions on resources, under conditions.
fn statement(actions: Value, resource: Value, condition: Value) -> String {
    json!([{"Effect": "Allow", "Action": actions, "Resource": resource, "Condition": condition}])
        .to_string()
}

/// What is wrong with an answer: another result, words that are not said, or an addition that nobody needs.
fn problem(found: &Diagnosis, expected: Works, words: &[&str]) -> Option<String> {
    let (result, said) = (only(found).result, messages(only(found)));
    let is_said = words.iter().all(|word| said.contains(word));
    let is_offered = found.missing.is_some() && expected != Works::Fails;
    let is_right = result == expected && is_said && !is_offered;
    (!is_right).then(|| {
        let missing = found.missing.as_ref().map(|missing| missing.json.as_str());
        format!("{result:?} for {expected:?}, {words:?} in: {said}\n{missing:?}")
    })
}

#[test]
fn a_value_of_a_condition_that_nobody_gave_is_not_known() {
    let on_node = node_policy(json!({
        "instanceIds": NODE,
        "heartbeat": true,
        "sessionEncryption": {"kmsKeyArn": KEY},
    }));
    let ending = operator_policy(json!({"endSessions": {"targetId": NODE}, "sessions": ["shell"]}));
    let via = |service: &str| {
        statement(
            json!(["kms:GenerateDataKey", "kms:Decrypt"]),
            json!("arn:aws:kms:*:111122223333:key/*"),
            json!({"StringLike": {"kms:ViaService": service}}),
        )
        .replacen('[', r#"[{"Effect":"Allow","Action":"s3:*","Resource":"*"},"#, 1)
    };
    let (via_region, via_end) =
        (via("s3.eu-west-1.amazonaws.com"), via("*.eu-west-1.amazonaws.com"));
    let via_other = via("ec2.eu-west-1.amazonaws.com");
    let of_session = |id: &str| {
        statement(
            json!(["kms:GenerateDataKey"]),
            json!(KEY),
            json!({"StringLike": {"kms:EncryptionContext:aws:ssm:SessionId": id}}),
        )
    };
    let (of_alice, of_anybody) = (of_session("alice-*"), of_session("*-*"));
    let not_on_node = statement(
        json!("kms:GenerateDataKey"),
        json!(KEY),
        json!({"StringNotEquals": {"kms:EncryptionContext:aws:ssm:TargetId": NODE}}),
    );
    let key_and_node = statement(
        json!("kms:GenerateDataKey"),
        json!(KEY),
        json!({"StringEquals": {"kms:EncryptionContext:aws:ssm:TargetId": NODE}}),
    );
    let example = key_and_node.replace(NODE, "i-0123456789abcdef0");
    let tagged = statement(
        json!("ssm:StartSession"),
        json!("arn:aws:ec2:eu-west-1:111122223333:instance/*"),
        json!({"StringEquals": {"ssm:resourceTag/Finance": "Other"}}),
    );
    let other_tag = tagged.replace("Finance", "env");
    let (unknown, node) = (Works::Unknown, "(instanceId)");
    let in_place = || given(&[]);
    let with_key = || given(&[("KeyArn", KEY)]);
    let on = |id: &str| given(&[("KeyArn", KEY), ("InstanceId", id)]);
    let region = || values(&[("Region", "eu-west-1")]);
    let other_region = || values(&[("Region", "eu-west-2")]);
    let alice = || given(&[("KeyArn", KEY), ("UserName", "alice")]);
    let (logs, kms) = ("node.s3-logs-sse-kms", "operator.session-kms");
    let own = "operator.own-sessions-tag";
    let cases: [(&str, &str, Values, Works, &[&str]); 22] = [
        (&on_node, "node.heartbeat", in_place(), unknown, &[node]),
        (&on_node, "node.session-kms", with_key(), unknown, &[node, NODE]),
        (&on_node, "node.session-kms", on(NODE), Works::Works, &[]),
        (&on_node, "node.session-kms", on("i-0123456789abcdef0"), Works::Fails, &[]),
        (&ending, own, in_place(), unknown, &[node, NODE]),
        (&ending, own, given(&[("InstanceId", NODE)]), Works::Works, &[]),
        (&ending, own, given(&[("InstanceId", "i-0123456789abcdef0")]), Works::Fails, &[]),
        (&via_region, logs, Values::default(), unknown, &["(region)", "eu-west-1"]),
        (&via_region, logs, region(), Works::Works, &[]),
        (&via_region, logs, other_region(), Works::Fails, &[]),
        (&via_end, logs, Values::default(), unknown, &["kms:ViaService", "(region)"]),
        // No Region makes it another service.
        (&via_other, logs, Values::default(), Works::Fails, &[]),
        (&of_alice, kms, with_key(), unknown, &["alice", "(userName)"]),
        (&of_alice, kms, alice(), Works::Works, &[]),
        (&of_anybody, kms, with_key(), Works::Works, &[]),
        (&not_on_node, kms, with_key(), unknown, &[node]),
        (&not_on_node, kms, on("i-0123456789abcdef0"), Works::Works, &[]),
        // Neither the key nor the node is given.
        (&key_and_node, kms, Values::default(), unknown, &["(kmsKeyArn)", node]),
        // It is an example in the documents of AWS, and the one that stands in for what was not given.
        (&example, kms, with_key(), unknown, &[node]),
        (&tagged, "operator.start-by-tag", in_place(), unknown, &["(tagValue)"]),
        (&other_tag, "operator.start-by-tag", in_place(), unknown, &["env is Other", "(tagKey)"]),
        (&key_and_node, kms, on("i-0123456789abcdef0"), Works::Fails, &[]),
    ];
    let mut problems = Vec::new();
    for (policy, capability, values, expected, words) in cases {
        let found = ask(policy, capability, values.clone());
        let problem = problem(&found, expected, words);
        problems.extend(problem.map(|it| format!("{capability} {values:?}\n{policy}\n{it}")));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn a_node_is_asked_for_as_what_it_is() {
    let of = |kinds: &str| {
        node_policy(json!({
            "kinds": kinds,
            "heartbeat": true,
            "runCommand": true,
            "stateManager": true,
            "onlyOnNodes": true,
            "sessionEncryption": {"kmsKeyArn": KEY},
        }))
    };
    let (hybrid, ec2) = (of("hybrid"), of("ec2"));
    let nothing = statement(json!("sqs:*"), json!("*"), json!({}));
    let on = |name, id| given(&[("KeyArn", KEY), (name, id)]);
    let (on_hybrid, on_ec2) = (on("ManagedInstanceId", HYBRID), on("InstanceId", NODE));
    let on_any = given(&[("KeyArn", KEY)]);
    let mut problems = Vec::new();
    // Nothing tells which kind of node calls by the old channel, and not all requests of Run Command have the node.
    for (capability, names_node) in [
        ("node.heartbeat", true),
        ("node.session-kms", false),
        ("node.channel", false),
        ("node.run-command", true),
        ("node.state-manager", true),
    ] {
        let is_in_part = capability == "node.run-command";
        let own = if is_in_part { Works::Unknown } else { Works::Works };
        for (policy, values, expected) in [
            (&hybrid, &on_hybrid, own),
            (&hybrid, &on_any, Works::Unknown),
            (&ec2, &on_ec2, own),
            (&ec2, &on_hybrid, Works::Fails),
            (&hybrid, &on_ec2, Works::Fails),
        ] {
            let found = ask(policy, capability, values.clone());
            let words: &[&str] = if values == &on_any { &["instanceId"] } else { &[] };
            let problem = problem(&found, expected, words);
            problems.extend(problem.map(|it| format!("{capability} {values:?}\n{it}")));
        }
        let found = ask(&nothing, capability, on_hybrid.clone());
        let missing = found.missing.as_ref().map_or("", |missing| &missing.json);
        if missing.contains(":ec2:") || missing.contains(&format!("/{HYBRID}\"")) != names_node {
            problems.push(format!("{capability}: {missing}"));
        }
    }
    for capability in ["node.patch", "node.heartbeat"] {
        let found = ask(&nothing, capability, on_hybrid.clone());
        problems.extend(problem(&found, Works::Fails, &[":managed-instance/mi-0aaaabbbbccccdddd"]));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn a_person_is_asked_about_the_node_that_is_meant() {
    let on = |resource: &str| {
        statement(
            json!(["ssm:GetConnectionStatus", "ssm:StartAccessRequest"]),
            json!(resource),
            json!({}),
        )
        .replacen('[', r#"[{"Effect":"Allow","Action":"ssm:Describe*","Resource":"*"},{"Effect":"Allow","Action":"ssm:GetAccessToken","Resource":"*"},"#, 1)
    };
    let hybrid = on("arn:aws:ssm:eu-west-1:111122223333:managed-instance/*");
    let ec2 = on("arn:aws:ec2:eu-west-1:111122223333:instance/*");
    let session_on =
        |id: &str| operator_policy(json!({"endSessions": {"targetId": id}, "sessions": ["shell"]}));
    let (on_hybrid, on_ec2) =
        (given(&[("ManagedInstanceId", HYBRID)]), given(&[("InstanceId", NODE)]));
    let mut problems = Vec::new();
    for capability in [
        "operator.connection-status",
        "operator.console-list",
        "operator.ec2-console",
        "operator.just-in-time",
    ] {
        for (policy, values, expected) in [
            (&hybrid, &on_hybrid, Works::Works),
            (&hybrid, &on_ec2, Works::Fails),
            (&ec2, &on_ec2, Works::Works),
            (&ec2, &on_hybrid, Works::Fails),
        ] {
            let found = ask(policy, capability, values.clone());
            let problem = problem(&found, expected, &[]);
            problems.extend(problem.map(|it| format!("{capability} {values:?}\n{it}")));
            let missing = found.missing.as_ref().map_or("", |missing| &missing.json);
            let is_ec2 = missing.contains(":ec2:");
            if is_ec2 && values == &on_hybrid {
                problems.push(format!("{capability}: {missing}"));
            }
        }
    }
    for (id, values, expected) in [
        (HYBRID, &on_hybrid, Works::Works),
        (NODE, &on_hybrid, Works::Fails),
        (HYBRID, &on_ec2, Works::Fails),
    ] {
        let found = ask(&session_on(id), "operator.own-sessions-tag", values.clone());
        problems.extend(problem(&found, expected, &[]));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn which_port_a_tunnel_is_for_nobody_gives() {
    let remote = "ec2-instance-connect:remotePort";
    let longest = "ec2-instance-connect:maxTunnelDuration";
    let mut problems = Vec::new();
    for (connect, expected, words) in [
        (json!({}), Works::Works, vec![]),
        (json!({"port": 22}), Works::Works, vec![]),
        (json!({"port": 3389}), Works::Unknown, vec![remote, "3389"]),
        (json!({"maxSeconds": 600}), Works::Unknown, vec![longest, "600"]),
        (
            json!({"port": 3389, "maxSeconds": 600, "endpointIds": "eice-0123456789abcdef1"}),
            Works::Unknown,
            vec![remote, longest, "3389", "600"],
        ),
    ] {
        let policy = operator_policy(json!({"instanceConnect": connect}));
        let found = ask(&policy, "operator.instance-connect", given(&[]));
        let problem = problem(&found, expected, &words);
        problems.extend(problem.map(|it| format!("{connect}\n{it}")));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

/// A statement that is added without a condition allows what one that is there keeps out.
#[test]
fn an_addition_tells_which_conditions_it_does_not_have() {
    let key = "kms:EncryptionContext:aws:ssm:TargetId";
    let on_node =
        |action: &str| statement(json!(action), json!(KEY), json!({"StringEquals": {key: NODE}}));
    let mfa = statement(
        json!("kms:*"),
        json!("arn:aws:kms:us-west-2:*:key/*"),
        json!({"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
    );
    let values = given(&[("KeyArn", KEY), ("InstanceId", "i-0123456789abcdef0")]);
    let mut problems = Vec::new();
    for (policy, told) in [
        (on_node("kms:GenerateDataKey"), Some(key)),
        (on_node("kms:G*"), Some(key)),
        (mfa, Some("aws:MultiFactorAuthPresent")),
        (on_node("kms:Decrypt"), None),
        (statement(json!("kms:*"), json!("arn:aws:kms:us-west-2:*:key/*"), json!({})), None),
    ] {
        let found = ask(&policy, "operator.session-kms", values.clone());
        let notes = &found.missing.as_ref().unwrap().notes;
        let said: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
        let said = said.join(" ");
        let is_told = match told {
            Some(key) => said.contains(&format!(
                "Policy 1, statement 1 allows kms:GenerateDataKey under a condition on {key}"
            )),
            None => !said.contains("condition"),
        };
        if !is_told {
            problems.push(format!("{policy}: {said}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What one statement allowed under a condition may be added as several, each without it.
#[test]
fn an_addition_tells_of_each_of_its_statements() {
    let encrypted = "s3:x-amz-server-side-encryption";
    let here = json!({"StringEquals": {"aws:RequestedRegion": "us-east-1"}});
    let not_iam =
        json!([{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*", "Condition": here}]);
    let in_bucket = statement(
        json!("s3:*"),
        json!("arn:aws:s3:::ab-bucket*"),
        json!({"StringEquals": {encrypted: "AES256"}}),
    );
    // More statements than are told one by one; what they allow is told all the same.
    let tag = |i: usize| json!({"StringEquals": {format!("aws:PrincipalTag/t{i}"): "a"}});
    let of_five = ["Create", "Open", "C", "Get", "Update"].into_iter().enumerate();
    let many = of_five.map(|(i, start)| {
        let actions = json!([format!("ssmmessages:{start}*"), format!("ssm:{start}*")]);
        json!({"Effect": "Allow", "Action": actions, "Resource": "arn:aws:s3:::a", "Condition": tag(i)})
    });
    let many = Value::Array(many.collect()).to_string();
    let keys = (0..10).map(|i| (format!("aws:PrincipalTag/k{i}"), json!("a")));
    let keys: serde_json::Map<_, _> = keys.collect();
    let of_keys = statement(json!("ssm:*"), json!("arn:aws:s3:::a"), json!({"StringEquals": keys}));
    let node = ["node.channel", "node.heartbeat"];
    let channel = "ssmmessages:CreateControlChannel, ssmmessages:OpenControlChannel, \
                   ssmmessages:CreateDataChannel, ssmmessages:OpenDataChannel";
    let mut problems = Vec::new();
    for (policy, capabilities, told) in [
        (
            not_iam.to_string(),
            node.as_slice(),
            vec![format!(
                "Policy 1, statement 1 allows {channel}, ssm:UpdateInstanceInformation under a condition on \
                 aws:RequestedRegion, which the addition does not have."
            )],
        ),
        (
            in_bucket,
            ["operator.ansible-bucket"].as_slice(),
            vec![format!(
                "Policy 1, statement 1 allows s3:GetBucketLocation, s3:ListBucket, s3:GetObject, s3:DeleteObject \
                 under a condition on {encrypted}, which the addition does not have."
            )],
        ),
        (
            of_keys,
            node.as_slice(),
            vec![
                "aws:PrincipalTag/k6, aws:PrincipalTag/k7 and 2 more keys, which the addition"
                    .to_owned(),
            ],
        ),
        (
            many,
            node.as_slice(),
            vec![
                "statement 1 allows ssmmessages:CreateControlChannel, ssmmessages:CreateDataChannel under"
                    .to_owned(),
                " 1 more statement allows ssm:UpdateInstanceInformation under conditions that it does not have."
                    .to_owned(),
            ],
        ),
    ] {
        let values = given(&[("BucketName", "ab-bucket")]);
        let wants = capabilities.iter().map(|id| Want { values: values.clone(), ..want(id) });
        let found = diagnose(&[&policy], &wants.collect::<Vec<_>>());
        let notes = found.missing.iter().flat_map(|missing| &missing.notes);
        let said: Vec<&str> = notes.map(|note| note.message.as_str()).collect();
        let said = said.join(" ");
        for part in told.iter().filter(|part| !said.contains(*part)) {
            problems.push(format!("{policy}: {part}\n{said}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A text that hides which value it is for is for some of them all the same.
#[test]
fn a_pattern_that_tells_no_value_may_fit_what_nobody_gave() {
    let source = "ec2:SourceInstanceARN";
    let update = |effect: &str, text: Option<&str>| {
        let condition = text.map_or(json!({}), |text| json!({"StringLike": {source: text}}));
        json!({"Effect": effect, "Action": "ssm:UpdateInstanceInformation", "Resource": "*", "Condition": condition})
    };
    let but = |text| json!([update("Allow", None), update("Deny", Some(text))]).to_string();
    let only_as = |text| json!([update("Allow", Some(text))]).to_string();
    let on = |id| given(&[("InstanceId", id)]);
    let mut problems = Vec::new();
    for (policy, values, expected) in [
        (but("*/i-0aaaabbbbccccdddd"), given(&[]), Works::Unknown),
        (but("arn:*/i-0aaaabbbbccccdddd"), given(&[]), Works::Unknown),
        (but("*/i-0aaaabbbbccccdddd"), on(NODE), Works::Fails),
        (but("*/i-0aaaabbbbccccdddd"), on("i-0aaaabbbbccccddde"), Works::Works),
        (only_as("*/i-0aaaabbbbccccdddd"), given(&[]), Works::Unknown),
        (only_as("*/i-0aaaabbbbccccdddd"), on("i-0aaaabbbbccccddde"), Works::Fails),
        // Whatever the node is, it is like this.
        (only_as("*:instance/*"), given(&[]), Works::Works),
        (only_as("arn:aws:ec2:*:*:instance/*"), Values::new(), Works::Works),
        (but("*:instance/*"), on(NODE), Works::Fails),
        // No hybrid node has the key.
        (but("*:instance/*"), given(&[]), Works::Unknown),
    ] {
        let found = ask(&policy, "node.heartbeat", values.clone());
        let words: &[&str] = if expected == Works::Unknown { &["(instanceId)"] } else { &[] };
        let problem = problem(&found, expected, words);
        problems.extend(problem.map(|it| format!("{policy} {values:?}\n{it}")));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}
