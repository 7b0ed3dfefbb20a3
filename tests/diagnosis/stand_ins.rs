//! What nobody gave is compared with nothing: a policy that names the example of the table says no more of it than one that
//! names anything else.

use std::collections::BTreeSet;

use postern::diagnose::{diagnose_role, Diagnosis, Documents, Want, Works};
use postern::session::capabilities::{capabilities, placeholder_values, Level, Request, Side};
use serde_json::{json, Value};

use super::{documents, messages, only, pasted, values, want};

const ACCOUNT: &str = "111122223333";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

fn text(statements: &[Value]) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn statement(effect: &str, action: &str, resource: &str) -> Value {
    json!({"Effect": effect, "Action": action, "Resource": resource})
}

/// Policies of a role, of its key and of its bucket, and what is wanted.
struct Case<'a> {
    own: &'a [&'a str],
    key: Option<&'a str>,
    bucket: Option<&'a str>,
    /// The `roleName` of the input.
    named: Option<&'a str>,
    capability: &'a str,
    values: &'a [(&'static str, &'a str)],
}

const NOTHING: Case =
    Case { own: &[], key: None, bucket: None, named: None, capability: "", values: &[] };

fn ask(case: &Case) -> Diagnosis {
    let input = Documents {
        key_policy: case.key.map(pasted),
        bucket_policy: case.bucket.map(pasted),
        role_name: case.named.map(str::to_owned),
        ..documents(case.own)
    };
    diagnose_role(&input, &[Want { values: values(case.values), ..want(case.capability) }]).unwrap()
}

/// What is wrong with an answer: another result, or a value to give that it does not name.
fn problem(case: &Case, expected: Works, give: &[&str]) -> Option<String> {
    let found = ask(case);
    let result = only(&found);
    let depends: BTreeSet<&str> =
        result.reasons.iter().flat_map(|reason| &reason.depends_on).map(String::as_str).collect();
    let said = messages(result);
    let is_told = give.iter().all(|name| {
        // Each is asked for once in a sentence.
        let asked = format!("({name})");
        let is_twice = |line: &str| line.matches(&asked).count() > 1;
        depends.contains(name) && !said.lines().any(is_twice)
    });
    let is_certain = expected != Works::Unknown;
    let is_repaired = found.missing.is_some() || !found.blocked.is_empty();
    let is_right = result.result == expected && is_told && (is_certain || !is_repaired);
    (!is_right).then(|| {
        format!(
            "{} {:?} {:?} {:?}\n  {:?} for {expected:?}, {depends:?} for {give:?}: {}",
            case.capability,
            case.values,
            case.key.or(case.bucket),
            case.own,
            result.result,
            messages(result)
        )
    })
}

fn key_policy(effect: &str, principal: &str) -> String {
    let all = json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:root")}, "Action": "kms:*", "Resource": "*"});
    let one = json!({"Effect": effect, "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:{principal}")}, "Action": "kms:*", "Resource": "*"});
    match effect {
        "Deny" => text(&[all, one]),
        _ => text(&[one]),
    }
}

#[test]
fn a_key_policy_that_names_somebody_does_not_tell_who_asks() {
    let node = text(&[statement("Allow", "ssmmessages:*", "*"), statement("Allow", "kms:*", "*")]);
    let given = [("KeyArn", KEY), ("Account", ACCOUNT), ("Region", "eu-west-1")];
    let with = |more: &[(&'static str, &'static str)]| [&given[..], more].concat();
    let named = |name: &str| {
        format!(r#"{{"Role":{{"RoleName":"{name}","Arn":"arn:aws:iam::{ACCOUNT}:role/{name}"}}}}"#)
    };
    let mut problems = Vec::new();
    let names = ["WebServers", "ExampleNodeRole", "SSMServiceRole", "SessionOperators"];
    for (capability, kind, value) in [
        ("node.session-kms", "role", "roleName"),
        ("operator.session-kms", "role", "roleName"),
        ("operator.session-kms", "user", "userName"),
    ] {
        let people = ["AlexDoe", "JohnDoe", "jane"];
        let names = if kind == "user" { &people[..] } else { &names[..] };
        for name in names {
            let placeholder = if kind == "user" { "UserName" } else { "RoleName" };
            let (own, other) = (with(&[(placeholder, name)]), with(&[(placeholder, "Nobody")]));
            let policies = [
                key_policy("Allow", &format!("{kind}/{name}")),
                key_policy("Deny", &format!("{kind}/{name}")),
            ];
            let [allow, deny] = &policies;
            let case = Case { own: &[&node], capability, values: &given, ..NOTHING };
            for key in [allow, deny] {
                let open = Case { key: Some(key), ..case };
                problems.extend(problem(&open, Works::Unknown, &[value]));
            }
            let (works, fails) = (Works::Works, Works::Fails);
            for (key, values, expected) in [
                (allow, &own, works),
                (allow, &other, fails),
                (deny, &own, fails),
                (deny, &other, works),
            ] {
                let told = Case { key: Some(key), values, ..case };
                problems.extend(problem(&told, expected, &[]));
                // What the role's own ARN tells counts as much.
                if kind == "role" {
                    let of = named(if values == &own { name } else { "Nobody" });
                    let told = Case { own: &[&of, &node], key: Some(key), ..case };
                    problems.extend(problem(&told, expected, &[]));
                }
                // And the name that is given beside the policies; of what kind it is, is not known of people.
                let name = if values == &own { name } else { "Nobody" };
                let told = Case { key: Some(key), named: Some(name), ..case };
                let is_decided = capability.starts_with("node") || name == "Nobody";
                let expected = if is_decided { expected } else { Works::Unknown };
                problems.extend(problem(&told, expected, &[]));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn who_asks_may_be_named_in_other_ways() {
    let node = text(&[statement("Allow", "ssmmessages:*", "*"), statement("Allow", "kms:*", KEY)]);
    let given = [("KeyArn", KEY), ("Account", ACCOUNT)];
    let case = Case { own: &[&node], capability: "node.session-kms", values: &given, ..NOTHING };
    let mut problems = Vec::new();
    let session = key_policy("Allow", "x").replace(
        &format!("arn:aws:iam::{ACCOUNT}:x"),
        &format!("arn:aws:sts::{ACCOUNT}:assumed-role/Web/i-0aaaabbbbccccdddd"),
    );
    let open = Case { key: Some(&session), ..case };
    problems.extend(problem(&open, Works::Unknown, &["roleName", "instanceId"]));
    let path = key_policy("Allow", "role/service-role/Web");
    problems.extend(problem(&Case { key: Some(&path), ..case }, Works::Unknown, &["roleName"]));
    // Neither the key nor the role is given.
    let allow = key_policy("Allow", "role/Web");
    let open = Case { key: Some(&allow), values: &[], ..case };
    problems.extend(problem(&open, Works::Unknown, &["roleName"]));
    // Nobody is named, so it does not matter who it is.
    let account = key_policy("Allow", "root");
    problems.extend(problem(&Case { key: Some(&account), ..case }, Works::Works, &[]));
    let people = Case { capability: "operator.session-kms", ..case };
    problems.extend(problem(&Case { key: Some(&account), ..people }, Works::Works, &[]));
    let bare = account.replace(&format!("arn:aws:iam::{ACCOUNT}:root"), "555566667777");
    problems.extend(problem(&Case { key: Some(&bare), ..case }, Works::Fails, &[]));
    // A bucket of the same account.
    let upload = text(&[statement("Allow", "s3:*", "*")]);
    for name in ["NodeRole", "ExampleNodeRole"] {
        let denied = text(&[
            json!({"Effect": "Deny", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:role/{name}")}, "Action": "s3:*", "Resource": "*"}),
        ]);
        let open = Case {
            own: &[&upload],
            bucket: Some(&denied),
            capability: "node.s3-logs",
            values: &[("Account", ACCOUNT)],
            ..NOTHING
        };
        problems.extend(problem(&open, Works::Unknown, &["roleName"]));
    }
    let user = text(&[
        json!({"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{ACCOUNT}:user/div/alice")}, "Action": "kms:*", "Resource": "*"}),
    ]);
    let alice = format!(
        r#"{{"User":{{"UserName":"alice","Path":"/div/","Arn":"arn:aws:iam::{ACCOUNT}:user/div/alice"}}}}"#
    );
    let inline =
        |own: &str| format!(r#"{{"UserName":"alice","PolicyName":"p","PolicyDocument":{own}}}"#);
    let own = inline(&node);
    let told = Case { own: &[&alice, &own], key: Some(&user), ..people };
    problems.extend(problem(&told, Works::Works, &[]));
    let told = Case { own: &[&own], key: Some(&user), ..people };
    problems.extend(problem(&told, Works::Unknown, &[]));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_examples_of_the_table_are_names_like_any_other() {
    let mut problems = Vec::new();
    let mut both =
        |capability: &str, names: [&str; 2], make: &dyn Fn(&str) -> String, give: &[&str]| {
            for name in names {
                let own = make(name);
                let case = Case { own: &[&own], capability, ..NOTHING };
                problems.extend(problem(&case, Works::Unknown, give));
            }
        };
    let trust = |condition: Value| {
        text(&[
            json!({"Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": condition}),
        ])
    };
    let accounts = [ACCOUNT, "555566667777"];
    let own_account = |name: &str| trust(json!({"StringEquals": {"aws:SourceAccount": name}}));
    both("trust.hybrid", accounts, &own_account, &["accountId"]);
    let denied = |name: &str| {
        let deny = json!({"Effect": "Deny", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole", "Condition": {"StringNotEquals": {"aws:SourceAccount": name}}});
        let allow = json!({"Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole"});
        text(&[allow, deny])
    };
    both("trust.hybrid", accounts, &denied, &["accountId"]);
    let two = |name: &str| {
        text(&[
            statement("Allow", "*", "*"),
            statement("Deny", "*", &format!("arn:aws:*:*:{name}:*")),
            statement("Allow", "s3:*", "arn:aws:logs:*:444455556666:*"),
        ])
    };
    both("operator.connection-status", accounts, &two, &["accountId"]);
    let command = |effect: &'static str| {
        move |name: &str| {
            text(&[
                statement("Allow", "ssm:GetCommandInvocation", "*"),
                statement(
                    "Allow",
                    "ssm:*",
                    if effect == "Deny" { "*" } else { "arn:aws:ec2:*:*:instance/*" },
                ),
                statement(effect, "ssm:SendCommand", &format!("arn:aws:ssm:*::document/{name}")),
            ])
        }
    };
    let commands = ["AWS-RunShellScript", "AWS-RunPatchBaseline"];
    both("operator.run-command", commands, &command("Deny"), &["documentName"]);
    both("operator.run-command", commands, &command("Allow"), &["documentName"]);
    // Documents of AWS alone, or those of the account alone.
    both("operator.run-command", ["*", "AWS-*"], &command("Allow"), &["documentName"]);
    both("operator.run-command", ["*", "AWS-*"], &command("Deny"), &["documentName"]);
    let on = |effect: &'static str, action: &'static str, kind: &'static str| {
        move |name: &str| {
            text(&[
                statement(
                    if effect == "Deny" { "Allow" } else { "Deny" },
                    if effect == "Deny" { "*" } else { "sqs:*" },
                    "*",
                ),
                statement("Allow", "*", "arn:aws:ssm:*:*:association/*"),
                statement("Allow", "*", "arn:aws:ec2:*:*:instance/*"),
                statement(effect, action, &format!("arn:aws:{kind}{name}")),
            ])
        }
    };
    for effect in ["Allow", "Deny"] {
        let role = on(effect, "iam:PutRolePolicy", "iam::*:role/");
        both("admin.put-inline-policy", ["ExampleNodeRole", "OtherRole"], &role, &["roleName"]);
        both("admin.put-inline-policy", ["Example*", "Other*"], &role, &["roleName"]);
        let document = on(effect, "ssm:GetDocument", "ssm:*:*:document/");
        let documents = ["ExampleDocument", "OtherDocument"];
        both("node.state-manager", documents, &document, &["documentName"]);
        let endpoint =
            on(effect, "ec2-instance-connect:OpenTunnel", "ec2:*:*:instance-connect-endpoint/");
        let endpoints = ["eice-0123456789abcdef0", "eice-0aaaabbbbccccdddd"];
        both("operator.instance-connect", endpoints, &endpoint, &["resource"]);
        let object = on(effect, "s3:PutObject", "s3:::*/");
        let starters = ["JohnDoe-*", "AlexDoe-*"];
        both("node.s3-logs", starters, &object, &["prefix"]);
        let stream = on(effect, "logs:*", "logs:*:*:log-group:*:log-stream:");
        both("node.cw-logs", starters, &stream, &["resource"]);
        let ended = on(effect, "ssm:TerminateSession", "ssm:*:*:session/");
        both("operator.own-terminate-username", starters, &ended, &["userName"]);
        let opened = on(effect, "ssmmessages:OpenDataChannel", "ssm:*:*:session/");
        both("operator.open-data-channel", starters, &opened, &["userName"]);
        let of_role = ["jane@example.com-*", "AlexDoe-*"];
        both("operator.open-data-channel-role", of_role, &opened, &["resource"]);
    }
    let tagged = |tag: &str| {
        let (key, value) = tag.split_once('=').unwrap();
        text(&[
            json!({"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:*:*:instance/*", "Condition": {"StringEquals": {format!("aws:ResourceTag/{key}"): value}}}),
        ])
    };
    both("operator.start-by-tag", ["Finance=WebServers", "Team=web"], &tagged, &["tagKey"]);
    // With the prefix it is the session that is not known.
    for name in ["JohnDoe-*", "AlexDoe-*"] {
        let own =
            text(&[statement("Allow", "s3:PutObject", &format!("arn:aws:s3:::*/prod/{name}"))]);
        let values = [("BucketName", "logs"), ("Prefix", "prod")];
        let case = Case { own: &[&own], capability: "node.s3-logs", values: &values, ..NOTHING };
        problems.extend(problem(&case, Works::Unknown, &["resource"]));
        let values = [("BucketName", "logs"), ("Prefix", "dev")];
        problems.extend(problem(&Case { values: &values, ..case }, Works::Fails, &[]));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_user_whose_sessions_are_meant_can_be_given() {
    let named = |name: &str| {
        text(&[
            json!({"Effect": "Allow", "Action": ["ssm:TerminateSession", "ssm:ResumeSession"], "Resource": format!("arn:aws:ssm:*:*:session/{name}-*")}),
        ])
    };
    let mut problems = Vec::new();
    for (name, values, expected, give) in [
        ("AlexDoe", &[][..], Works::Unknown, &["userName"][..]),
        ("JohnDoe", &[], Works::Unknown, &["userName"]),
        ("AlexDoe", &[("UserName", "AlexDoe")], Works::Works, &[]),
        ("AlexDoe", &[("UserName", "JohnDoe")], Works::Fails, &[]),
        ("AlexDoe", &[("UserName", "Alex")], Works::Fails, &[]),
        ("${aws:username}", &[], Works::Works, &[]),
    ] {
        let own = named(name);
        let capability = "operator.own-sessions-username";
        let case = Case { own: &[&own], capability, values, ..NOTHING };
        problems.extend(problem(&case, expected, give));
    }
    // Everybody's but those of one are not one's own.
    for name in ["SomeoneElse", "Bob"] {
        let own = text(&[
            statement("Allow", "ssm:*", "*"),
            statement("Deny", "ssm:TerminateSession", &format!("arn:aws:ssm:*:*:session/{name}-*")),
        ]);
        let capability = "operator.own-sessions-username";
        let values = &[("UserName", "alice")];
        let case = Case { own: &[&own], capability, values, ..NOTHING };
        problems.extend(problem(&case, Works::Fails, &[]));
    }
    // One's own are not any.
    let own = named("${aws:username}");
    let case = Case { own: &[&own], capability: "operator.terminate-all", ..NOTHING };
    problems.extend(problem(&case, Works::Fails, &[]));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// The examples that stand for placeholders, each with another value of the kind.
const NAMES: &[[&str; 3]] = &[
    ["Region", "us-east-2", "eu-west-1"],
    ["Account", ACCOUNT, "555566667777"],
    ["InstanceId", "i-0123456789abcdef0", "i-0aaaabbbbccccdddd"],
    ["ManagedInstanceId", "mi-0123456789abcdef0", "mi-0aaaabbbbccccdddd"],
    ["KeyId", "1234abcd-12ab-34cd-56ef-1234567890ab", "aaaabbbb"],
    ["LogBucketKeyId", "2345bcde-23bc-45de-67fa-234567890abc", "aaaabbbb"],
    ["BucketName", "example-session-logs", "other-logs"],
    ["ObjectKey", "prod/*", "dev/*"],
    ["LogGroup", "/example/session-logs", "/other/logs"],
    ["TagKey", "Finance", "Team"],
    ["TagValue", "WebServers", "web"],
    ["OtherTagValue", "ExampleOfAnotherValue", "db"],
    ["OtherUser", "SomeoneElse", "Bob"],
    ["OtherUserId", "AIDASOMEONEELSE", "AIDABOB"],
    ["OtherSession", "other@example.com", "bob"],
    ["OtherSessionUserId", "AROACKCEVSQ6C2EXAMPLE:other@example.com", "AROAEXAMPLE:bob"],
    ["CustomDocument", "ExampleSessionDocument", "MySession"],
    ["CommandDocument", "AWS-RunShellScript", "AWS-RunPatchBaseline"],
    ["DocumentName", "ExampleDocument", "OtherDocument"],
    ["AssociationId", "12345678-1234-1234-1234-123456789012", "aaaabbbb"],
    ["ParameterName", "example", "other"],
    ["AnyKey", "ExampleObject", "Other"],
    ["FileName", "ExampleFile", "Other"],
    ["ClusterName", "cluster-name", "c1"],
    ["TaskId", "0123456789abcdef0123456789abcdef", "aaaabbbb"],
    ["AccessRequestId", "oi-0123456789ab", "oi-0123aaaabbbb"],
    ["SourceResource", "ExampleSource", "activation/x"],
    ["RoleName", "ExampleNodeRole", "OtherRole"],
    ["ConnectEndpointId", "eice-0123456789abcdef0", "eice-0aaaabbbbccccdddd"],
    ["SessionId", "JohnDoe-*", "AlexDoe-*"],
    ["SessionId", "jane@example.com-*", "alex@example.com-*"],
    // What ends in EXAMPLE is told to be a word for a value of somebody's own.
    ["principal:aws:userid", "AIDACKCEVSQ6C2ABCDEF", "AIDAOTHER"],
    ["principal:aws:userid", "AROACKCEVSQ6C2NODE000:i-0123456789abcdef0", "AROAOTHER:alex"],
];

/// Placeholders whose value follows from others, or is what AWS's tools take where nobody says another.
const FOLLOW: [&str; 5] =
    ["Partition", "DnsSuffix", "CommandAccount", "RemotePort", "TunnelSeconds"];

/// A text of the table with a name for one placeholder and stars for all others.
fn with(template: &str, placeholder: &str, name: &str) -> String {
    let mut text = template.replace(&format!("${{{placeholder}}}"), name);
    while let Some((before, rest)) = text.split_once("${") {
        let (_, after) = rest.split_once('}').unwrap();
        text = format!("{before}*{after}");
    }
    text
}

/// Policies that are about one name alone, each with the rest of what the capability needs.
fn about(asked: &[&Request], at: usize, placeholder: &str, name: &str) -> Vec<String> {
    let request = asked[at];
    let action = request.action;
    let is_about = |text: &str| text.contains(&format!("${{{placeholder}}}"));
    let mut policies = Vec::new();
    let rest = json!({"Effect": "Allow", "NotAction": action, "Resource": "*"});
    let others = asked
        .iter()
        .enumerate()
        .filter(|(_, it)| it.action == action && it.resource != request.resource);
    let others = others.map(|(_, it)| {
        let resource =
            with(it.resource, placeholder, if is_about(it.resource) { name } else { "*" });
        statement("Allow", action, &resource)
    });
    let others: Vec<Value> = std::iter::once(rest).chain(others).collect();
    if is_about(request.resource) {
        let resource = with(request.resource, placeholder, name);
        let alone = [&others[..], &[statement("Allow", action, &resource)]].concat();
        policies.push(text(&alone));
        let but = [statement("Allow", "*", "*"), statement("Deny", action, &resource)];
        policies.push(text(&but));
    }
    for (key, value) in &request.context {
        if is_about(key) || is_about(value) {
            let key = with(
                &key.replace("${TagKey}", if placeholder == "TagKey" { name } else { "Finance" }),
                "",
                "",
            );
            let value = if is_about(value) {
                with(value, placeholder, name)
            } else {
                with(value, "TagValue", "WebServers")
            };
            let on = |effect: &str| json!({"Effect": effect, "Action": action, "Resource": with(request.resource, "", ""), "Condition": {"StringLike": {key.clone(): value}}});
            policies.push(text(&[&others[..], &[on("Allow")]].concat()));
            policies.push(text(&[statement("Allow", "*", "*"), on("Deny")]));
        }
    }
    policies
}

/// The same of a policy that says who may assume a role.
fn as_trust(policy: &str, service: &str) -> String {
    let mut policy: Value = serde_json::from_str(policy).unwrap();
    for statement in policy["Statement"].as_array_mut().unwrap() {
        let statement = statement.as_object_mut().unwrap();
        statement.remove("Resource");
        statement.insert("Principal".to_owned(), json!({"Service": service}));
    }
    policy.to_string()
}

#[test]
fn no_example_of_the_table_stands_for_what_nobody_gave() {
    for (placeholder, value) in placeholder_values() {
        let value = value.replace("${SessionId}.log", "*");
        let is_here =
            NAMES.iter().any(|[name, example, _]| name == placeholder && *example == value);
        assert!(is_here || FOLLOW.contains(placeholder), "{placeholder}: no other value in NAMES");
    }
    let (mut problems, mut asked) = (Vec::new(), 0);
    for capability in capabilities() {
        let requests: Vec<&Request> = capability
            .asked()
            .map(|(_, request)| request)
            .filter(|it| it.level == Level::Required)
            .collect();
        let has_denials = requests.iter().any(|request| !request.expect_allowed);
        for (at, request) in requests.iter().enumerate() {
            for [placeholder, example, other] in NAMES {
                let [of_example, of_other] =
                    [example, other].map(|name| about(&requests, at, placeholder, name));
                for (one, another) in of_example.iter().zip(&of_other) {
                    let answer = |own: &str| {
                        let own = match request.principal.strip_prefix("service:") {
                            Some(service) => as_trust(own, service),
                            None => own.to_owned(),
                        };
                        let case = Case { own: &[&own], capability: capability.id, ..NOTHING };
                        let found = ask(&case);
                        (only(&found).result, messages(only(&found)))
                    };
                    let ((result, why), (expected, _)) = (answer(one), answer(another));
                    asked += 1;
                    // The only account that policies name is taken to be that of the role, which is said.
                    let is_taken = *placeholder == "Account" && capability.side != Side::Trust;
                    let is_right = has_denials || is_taken || result == Works::Unknown;
                    if result != expected || !is_right {
                        problems.push(format!("{} {placeholder}: {result:?}, of another {expected:?}\n  {one}\n  {why}", capability.id));
                    }
                }
            }
        }
    }
    assert!(asked > 500, "{asked}");
    assert!(problems.is_empty(), "{} of {asked}\n{}", problems.len(), problems.join("\n"));
}
