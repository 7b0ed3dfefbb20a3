//! Each denial beside each grant: what it is for is refused, or both together are, and a note says what stays open.

use std::collections::{BTreeMap, BTreeSet};

use postern::evaluate::{ContextValue, PolicySet, Prepared, Request, Verdict};
use postern::policy::Effect;
use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};
use crate::session::asking::{identity, policy, Table, Values, ACCOUNT};
use crate::session::pairs::{bases, calls, is_one_place, with, Choice};

/// What puts somebody on a node or a task, or lets them ask for it.
const WAYS: [&str; 9] = [
    "ec2-instance-connect:OpenTunnel",
    "ec2-instance-connect:SendSSHPublicKey",
    "ecs:ExecuteCommand",
    "ssm-guiconnect:StartConnection",
    "ssm:GetAccessToken",
    "ssm:ResumeSession",
    "ssm:SendCommand",
    "ssm:StartAccessRequest",
    "ssm:StartSession",
];

/// What is granted beside these and beside what only reads: denials of callers leave it, and a note says so where it
/// counts.
const OTHERS: [&str; 20] = [
    "ec2:CreateTags",
    "ec2:DeleteTags",
    "ec2:StartInstances",
    "iam:PassRole",
    "iam:PutRolePolicy",
    "identitystore:DescribeUser",
    "kms:GenerateDataKey",
    "s3:DeleteObject",
    "s3:PutObject",
    "ssm-guiconnect:CancelConnection",
    "ssm:AddTagsToResource",
    "ssm:CreateDocument",
    "ssm:DeleteDocument",
    "ssm:RemoveTagsFromResource",
    "ssm:ResetServiceSetting",
    "ssm:TerminateSession",
    "ssm:UpdateDocument",
    "ssm:UpdateServiceSetting",
    // Without the token of a session it opens nothing.
    "ssmmessages:OpenDataChannel",
    "sso:ListDirectoryAssociations*",
];

type Keys = &'static [(&'static str, Option<&'static str>)];

/// A denial, the situations that it is for, and whether it is for a request there.
struct Denial {
    at: &'static str,
    value: Json,
    situations: &'static [Keys],
    is_for: fn(&Request) -> bool,
}

/// Somebody whom no denial is for, on a node that none is for.
const HOME: Keys = &[
    ("aws:MultiFactorAuthPresent", Some("true")),
    ("aws:CurrentTime", Some("2026-11-27T00:00:00Z")),
    ("aws:SourceIp", Some("203.0.113.10")),
    ("aws:SourceVpce", Some("vpce-0123456789abcdef0")),
    ("ec2:osuser", Some("ec2-user")),
    ("ec2-instance-connect:privateIpAddress", Some("10.0.1.7")),
];

fn has(request: &Request, key: &str) -> bool {
    request.context.iter().any(|(known, _)| known == key)
}

fn is_way(request: &Request) -> bool {
    WAYS.contains(&&*request.action)
}

/// What a service asks for in the name of somebody comes from its own addresses.
fn is_own_way(request: &Request) -> bool {
    is_way(request) && !has(request, "aws:CalledVia")
}

fn is_way_to_node(request: &Request) -> bool {
    let kinds = [":instance/", ":managed-instance/", ":task/"];
    is_way(request) && kinds.iter().any(|kind| request.resource.contains(kind))
}

fn starts(request: &Request, what: &str) -> bool {
    request.action == "ssm:StartSession" && request.resource.contains(what)
}

fn is_preference(request: &Request) -> bool {
    request.resource.ends_with(":document/SSM-SessionManagerRunShell")
        && (request.action.ends_with("Document")
            || request.action == "ssm:UpdateDocumentDefaultVersion")
}

fn denials() -> Vec<Denial> {
    let denial = |at, value, situations, is_for| Denial { at, value, situations, is_for };
    const ANYWHERE: &[Keys] = &[&[]];
    // Who comes from one of both is not refused where both are named.
    const OUTSIDE: &[Keys] = &[
        &[("aws:SourceIp", Some("192.0.2.1")), ("aws:SourceVpce", None)],
        &[("aws:SourceIp", None), ("aws:SourceVpce", Some("vpce-0fffffffffffffff0"))],
    ];
    const WITHOUT_MFA: &[Keys] = &[
        &[("aws:MultiFactorAuthPresent", Some("false"))],
        &[("aws:MultiFactorAuthPresent", None)],
    ];
    const LATER: &[Keys] = &[&[("aws:CurrentTime", Some("2027-11-27T00:00:00Z"))]];
    const TAGGED: &[Keys] = &[&[
        ("aws:ResourceTag/Stage", Some("prod")),
        ("ssm:resourceTag/Stage", Some("prod")),
        ("ecs:ResourceTag/Stage", Some("prod")),
    ]];
    vec![
        denial("deny.withoutMfa", json!(true), WITHOUT_MFA, is_way),
        denial("deny.after", json!("2027-01-31T00:00:00Z"), LATER, is_way),
        denial("deny.outsideIpRanges", json!("203.0.113.0/24"), OUTSIDE, is_own_way),
        denial("deny.outsideVpcEndpoints", json!("vpce-0123456789abcdef0"), OUTSIDE, is_own_way),
        denial("deny.nodeTags", json!({"Stage": ["prod", "test"]}), TAGGED, is_way_to_node),
        denial("deny.shell", json!(true), ANYWHERE, |it| {
            starts(it, ":document/SSM-SessionManagerRunShell")
        }),
        denial("deny.ssh", json!(true), ANYWHERE, |it| starts(it, ":document/AWS-StartSSHSession")),
        denial("deny.taskSessions", json!("*"), ANYWHERE, |it| starts(it, ":task/")),
        denial("deny.preferences", json!(true), ANYWHERE, is_preference),
        denial("deny.hostManagement", json!(true), ANYWHERE, |it| {
            let changes = ["ssm:UpdateServiceSetting", "ssm:ResetServiceSetting", "iam:PassRole"];
            changes.contains(&&*it.action)
                && it.resource.to_ascii_lowercase().contains("ec2instancemanagementrole")
                || it.action.ends_with("ServiceSetting")
                    && !it.action.ends_with("GetServiceSetting")
                    && it.resource.ends_with("default-ec2-instance-management-role")
        }),
    ]
}

/// Everything that people ask IAM for, on one node in the Region of the policies and on one in another.
fn requests() -> Vec<Request<'static>> {
    let table = Table::new();
    let node = Values::default()
        .replace("${InstanceId}", "i-0123456789abcdef0")
        .replace("${ClusterName}", "example");
    let elsewhere = node.clone().replace("${Region}", "eu-west-1");
    let asked = table.capabilities.iter().flat_map(|capability| &capability.requests);
    let of_people = asked.filter(|asked| !asked.principal.starts_with("service:"));
    let mut known = BTreeSet::new();
    let mut all = Vec::new();
    for asked in of_people {
        all.extend([&node, &elsewhere].map(|values| table.request(asked, values)));
    }
    all.retain(|request| known.insert(format!("{request:?}")));
    all
}

fn set(request: &mut Request<'static>, keys: Keys) {
    for (key, value) in keys {
        request.context.retain(|(known, _)| !known.eq_ignore_ascii_case(key));
        if let Some(value) = value {
            request.context.push(((*key).into(), ContextValue::One((*value).into())));
        }
    }
}

fn in_situation(request: &Request<'static>, keys: Keys) -> Request<'static> {
    let mut request = request.clone();
    request.resource_account = Some(ACCOUNT.into());
    set(&mut request, HOME);
    let via = if has(&request, "aws:CalledVia") { "true" } else { "false" };
    request.context.push(("aws:ViaAWSService".into(), ContextValue::One(via.into())));
    set(&mut request, keys);
    // A service tells the tags under its own key where it knows what has them.
    let service = request.action.split(':').next().unwrap().to_owned();
    let is_task = request.resource.contains(":task/");
    request.context.retain(|(key, _)| match key.split_once("esourceTag/") {
        Some(("ssm:r", _)) => service == "ssm" && !is_task,
        Some(("ecs:R", _)) => service == "ecs",
        _ => true,
    });
    request
}

fn is_allowed(policies: &Prepared, request: &Request) -> bool {
    policies.evaluate(request).verdict == Verdict::Allowed
}

fn built(options: &Json) -> Result<PolicySet, String> {
    match build("operator", options) {
        Ok(Built::Policy(built)) => Ok(identity(&built.json)),
        Ok(Built::Document(_)) => panic!("{options} builds a document"),
        Err(error) => Err(error.code.into_owned()),
    }
}

/// What each option builds alone: the grants that denials are held against.
fn grants() -> Vec<(Json, Choice)> {
    let operator = calls().into_iter().find(|(call, _)| *call == "operator").unwrap().1;
    let mut all = Vec::new();
    for base in bases("operator") {
        for choice in &operator {
            all.push((base.clone(), choice.clone()));
        }
    }
    all
}

#[test]
fn each_denial_holds_beside_each_grant_or_is_refused_there() {
    let requests = requests();
    let (mut stopped, mut refused) = (BTreeMap::<_, BTreeSet<_>>::new(), BTreeSet::new());
    let mut problems = BTreeSet::new();
    let all = denials();
    let situated: Vec<Vec<Request>> = all
        .iter()
        .map(|denial| {
            let meant: Vec<_> = requests.iter().filter(|it| (denial.is_for)(it)).collect();
            let in_each = |keys: &Keys| meant.iter().map(|it| in_situation(it, keys)).collect();
            denial.situations.iter().flat_map(|keys: &Keys| -> Vec<_> { in_each(keys) }).collect()
        })
        .collect();
    for (base, grant) in grants() {
        let granting = with(&base, &grant);
        let Ok(without) = built(&granting) else { continue };
        let without = Prepared::new(&without);
        for (denial, situated) in all.iter().zip(&situated) {
            let choice = Choice { at: denial.at, value: denial.value.clone() };
            if is_one_place(&choice, &grant) {
                continue;
            }
            let policies = match built(&with(&granting, &choice)) {
                Ok(policies) => policies,
                Err(code) => {
                    refused.insert((denial.at, grant.at, code));
                    continue;
                }
            };
            let policies = Prepared::new(&policies);
            for request in situated {
                if is_allowed(&policies, request) {
                    let (action, resource) = (&request.action, &request.resource);
                    problems.insert(format!(
                        "{} leaves {} {action} on {resource}",
                        denial.at, grant.at
                    ));
                    continue;
                }
                let known = stopped.entry(denial.at).or_default();
                if !known.contains(&*request.action) && is_allowed(&without, request) {
                    known.insert(request.action.to_string());
                }
            }
        }
    }
    let problems: Vec<_> = problems.into_iter().collect();
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
    // Each denial was for something that is allowed without it.
    let ways = |without: &[&str]| -> BTreeSet<String> {
        WAYS.iter().filter(|way| !without.contains(way)).map(|way| (*way).to_owned()).collect()
    };
    let just_in_time = ["ssm:StartAccessRequest", "ssm:GetAccessToken"];
    let without_node = [
        "ec2-instance-connect:OpenTunnel",
        "ssm-guiconnect:StartConnection",
        "ssm:GetAccessToken",
        "ssm:ResumeSession",
    ];
    assert_eq!(stopped["deny.withoutMfa"], ways(&just_in_time));
    assert_eq!(stopped["deny.outsideVpcEndpoints"], ways(&just_in_time));
    assert_eq!(stopped["deny.after"], ways(&[]));
    assert_eq!(stopped["deny.outsideIpRanges"], ways(&[]));
    assert_eq!(stopped["deny.nodeTags"], ways(&without_node));
    for at in ["deny.shell", "deny.ssh", "deny.preferences", "deny.hostManagement"] {
        assert!(!stopped[at].is_empty(), "{at} stops nothing");
    }
    let together =
        |at| refused.contains(&(at, "justInTime", "JUST_IN_TIME_WITHOUT_KEY".to_owned()));
    assert!(together("deny.withoutMfa") && together("deny.outsideVpcEndpoints"), "{refused:?}");
}

#[test]
fn whatever_is_granted_is_known_to_the_test_above() {
    let mut unknown = BTreeSet::new();
    for (base, grant) in grants() {
        let Ok(Built::Policy(built)) = build("operator", &with(&base, &grant)) else { continue };
        for statement in policy(&built.json).statements {
            if statement.effect == Effect::Deny {
                continue;
            }
            for action in statement.action.values.as_slice() {
                let name = action.split_once(':').unwrap().1;
                let only_reads = ["Describe", "Get", "List"].iter().any(|it| name.starts_with(it));
                let is_known = WAYS.contains(&action.as_str()) || OTHERS.contains(&action.as_str());
                if !is_known && !only_reads {
                    unknown.insert(action.clone());
                }
            }
        }
    }
    assert!(unknown.is_empty(), "is it a way onto a node? {unknown:?}");
}

#[test]
fn a_shell_is_refused_on_the_node_too_where_documents_are_checked() {
    let place = json!({"region": "us-east-2", "accountId": ACCOUNT, "deny": {"shell": true}});
    let node = "arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0";
    let mut start = Request {
        principal: "arn:aws:iam::111122223333:user/JohnDoe".into(),
        action: "ssm:StartSession".into(),
        resource: node.into(),
        resource_account: Some(ACCOUNT.into()),
        ..Request::default()
    };
    set(&mut start, &[("ssm:SessionDocumentAccessCheck", Some("false"))]);
    for (options, is_refused) in [
        (json!({"administrator": true, "scope": "least-privilege"}), true),
        (json!({"administrator": true, "documentAccessCheck": true}), true),
        (
            json!({"administrator": true, "documentAccessCheck": true, "scope": "least-privilege"}),
            true,
        ),
        (json!({"administrator": true, "documentAccessCheck": true, "edition": "2023"}), true),
        // AWS's text, and what was asked for; a note says it.
        (json!({"administrator": true}), false),
        (
            json!({"administrator": true, "documentAccessCheck": false, "scope": "least-privilege"}),
            false,
        ),
        (json!({"sessions": "ssh", "scope": "least-privilege"}), true),
        (json!({"fleetManager": "read-only", "scope": "least-privilege"}), true),
    ] {
        let mut all = place.clone();
        all.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        let policies = built(&all).unwrap();
        assert_eq!(is_allowed(&Prepared::new(&policies), &start), !is_refused, "{options}");
    }
}

#[test]
fn a_denial_that_cannot_hold_is_refused() {
    for (options, code, at) in [
        (
            json!({"justInTime": true, "deny": {"withoutMfa": true}}),
            "JUST_IN_TIME_WITHOUT_KEY",
            "deny.withoutMfa",
        ),
        (
            json!({"justInTime": true, "deny": {"outsideIpRanges": "203.0.113.0/24", "outsideVpcEndpoints": "vpce-0123456789abcdef0"}}),
            "JUST_IN_TIME_WITHOUT_KEY",
            "deny.outsideVpcEndpoints",
        ),
        (
            json!({"deny": {"outsideIpRanges": ["203.0.113.0/24", "10.0.0.0/8"]}}),
            "IP_RANGE_NOT_PUBLIC",
            "deny.outsideIpRanges",
        ),
        (
            json!({"deny": {"outsideIpRanges": "fd00::/8"}}),
            "IP_RANGE_NOT_PUBLIC",
            "deny.outsideIpRanges",
        ),
        (
            json!({"deny": {"outsideIpRanges": "0.0.0.0/0"}}),
            "IP_RANGES_OF_EVERYBODY",
            "deny.outsideIpRanges",
        ),
        (
            json!({"deny": {"outsideIpRanges": ["0.0.0.0/1", "128.0.0.0/1"]}}),
            "IP_RANGES_OF_EVERYBODY",
            "deny.outsideIpRanges",
        ),
    ] {
        let Err(error) = build("operator", &options) else { panic!("{options} is taken") };
        assert_eq!(
            (&*error.code, error.path.as_deref()),
            (code, Some(format!("options.{at}").as_str())),
            "{options}"
        );
    }
    // The addresses of instances are private.
    assert!(build("operator", &json!({"instanceConnect": {"ipRanges": "10.0.1.0/24"}})).is_ok());
}

#[test]
fn notes_say_what_a_grant_brings_and_what_a_denial_leaves() {
    let tags = json!({"Stage": "prod"});
    let least = "least-privilege";
    let cases = [
        ("operator", json!({"fleetManager": "read-only"}), "FLEET_MANAGER_STARTS_SHELLS", true),
        (
            "operator",
            json!({"fleetManager": "read-only", "deny": {"shell": true}}),
            "FLEET_MANAGER_STARTS_SHELLS",
            true,
        ),
        (
            "operator",
            json!({"fleetManager": "read-only", "scope": least, "deny": {"shell": true}}),
            "FLEET_MANAGER_STARTS_SHELLS",
            false,
        ),
        ("operator", json!({"sessions": "shell"}), "FLEET_MANAGER_STARTS_SHELLS", false),
        (
            "operator",
            json!({"inlinePolicyOf": "ExampleNodeRole"}),
            "INLINE_POLICY_IS_ANY_RIGHT",
            true,
        ),
        ("operator", json!({"history": true}), "INLINE_POLICY_IS_ANY_RIGHT", false),
        ("operator", json!({"preferences": "edit"}), "PREFERENCES_BIND_EVERYBODY", true),
        (
            "operator",
            json!({"preferences": "edit", "deny": {"preferences": true}}),
            "PREFERENCES_BIND_EVERYBODY",
            false,
        ),
        (
            "operator",
            json!({"administrator": true, "scope": least}),
            "PREFERENCES_BIND_EVERYBODY",
            true,
        ),
        ("operator", json!({"administrator": true}), "PREFERENCES_BIND_EVERYBODY", false),
        (
            "operator",
            json!({"sessions": "port-forwarding", "deny": {"ssh": true}}),
            "SSH_OVER_PORTS",
            true,
        ),
        ("operator", json!({"administrator": true, "deny": {"ssh": true}}), "SSH_OVER_PORTS", true),
        ("operator", json!({"sessions": "shell", "deny": {"ssh": true}}), "SSH_OVER_PORTS", false),
        ("operator", json!({"sessions": "port-forwarding"}), "SSH_OVER_PORTS", false),
        (
            "operator",
            json!({"justInTime": true, "deny": {"shell": true}}),
            "JUST_IN_TIME_APART",
            true,
        ),
        ("operator", json!({"justInTime": true}), "JUST_IN_TIME_APART", false),
        (
            "operator",
            json!({"justInTime": true, "deny": {"nodeTags": tags}}),
            "JUST_IN_TIME_TAGS_UNVERIFIED",
            true,
        ),
        (
            "operator",
            json!({"preferences": "edit", "deny": {"withoutMfa": true}}),
            "DENIALS_ARE_OF_SESSIONS",
            true,
        ),
        (
            "operator",
            json!({"startInstances": true, "deny": {"outsideIpRanges": "203.0.113.0/24"}}),
            "DENIALS_ARE_OF_SESSIONS",
            true,
        ),
        (
            "operator",
            json!({"sessions": "shell", "deny": {"withoutMfa": true}}),
            "DENIALS_ARE_OF_SESSIONS",
            false,
        ),
        (
            "operator",
            json!({"preferences": "edit", "deny": {"ssh": true}}),
            "DENIALS_ARE_OF_SESSIONS",
            false,
        ),
        (
            "operator",
            json!({"ansibleBucket": "example-ansible", "deny": {"nodeTags": tags}}),
            "ANSIBLE_BUCKET_NOT_BY_TAG",
            true,
        ),
        (
            "operator",
            json!({"instanceConnect": {}, "deny": {"nodeTags": tags}}),
            "TUNNEL_NOT_OF_SESSION_MANAGER",
            true,
        ),
        (
            "operator",
            json!({"deny": {"hostManagement": true}, "denyOnly": true}),
            "HOST_MANAGEMENT_ROLE_OPEN",
            true,
        ),
        (
            "operator",
            json!({"deny": {"hostManagement": true}, "denyOnly": true, "scope": least}),
            "HOST_MANAGEMENT_ROLE_OPEN",
            false,
        ),
        ("host-management-guard", json!({}), "HOST_MANAGEMENT_ROLE_OPEN", true),
        ("host-management-guard", json!({"scope": least}), "HOST_MANAGEMENT_ROLE_OPEN", false),
        (
            "session-guard",
            json!({"onlyDocuments": "ExampleDocument"}),
            "DOCUMENTS_OF_OTHER_ACCOUNTS",
            true,
        ),
        (
            "session-guard",
            json!({"onlyDocuments": "ExampleDocument", "accountId": ACCOUNT}),
            "DOCUMENTS_OF_OTHER_ACCOUNTS",
            false,
        ),
        (
            "session-guard",
            json!({"onlyDocuments": "AWS-StartSSHSession"}),
            "DOCUMENTS_OF_OTHER_ACCOUNTS",
            false,
        ),
        (
            "trust-policy",
            json!({"region": "us-east-2", "accountId": ACCOUNT, "trusted": ["hybrid", "host-management"]}),
            "SOURCE_ACCOUNT_WITHOUT_EFFECT",
            true,
        ),
        (
            "trust-policy",
            json!({"trusted": ["ec2", "host-management"]}),
            "SOURCE_ACCOUNT_WITHOUT_EFFECT",
            false,
        ),
    ];
    let mut problems = Vec::new();
    for (call, options, code, is_there) in cases {
        let Ok(Built::Policy(built)) = build(call, &options) else {
            panic!("{options} is refused")
        };
        if built.notes.iter().any(|note| note.code == code) != is_there {
            problems.push(format!("{call} {options}: {code} should be {is_there}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_summary_says_that_fleet_manager_starts_shells() {
    for (options, expected) in [
        (json!({"fleetManager": "read-only"}), true),
        (json!({"fleetManager": "read-only", "deny": {"shell": true}}), false),
    ] {
        let Ok(Built::Policy(built)) = build("operator", &options) else { panic!("refused") };
        let summary = &built.notes[0].message;
        assert_eq!(summary.contains("shells"), expected, "{summary}");
    }
}

#[test]
fn the_summary_says_what_remains_of_what_is_refused() {
    let mut problems = Vec::new();
    for (options, says, does_not_say) in [
        (json!({"preferences": "edit"}), "changing the preferences", "nothing"),
        (
            json!({"preferences": "edit", "deny": {"preferences": true}}),
            "Allows: nothing.",
            "changing the preferences",
        ),
        (json!({"sessions": ["shell", "ssh"], "deny": {"shell": true}}), "SSH", "starting shells"),
    ] {
        let Ok(Built::Policy(built)) = build("operator", &options) else { panic!("refused") };
        let message = &built.notes[0].message;
        if !message.contains(says) || message.contains(does_not_say) {
            problems.push(format!("{options}: {message}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What AWS's text does not name puts an earlier version of the preferences in force again.
#[test]
fn preferences_are_not_taken_back_either() {
    for (scope, is_refused) in [("guide", false), ("least-privilege", true)] {
        let options = json!({"scope": scope, "deny": {"preferences": true}});
        let Ok(Built::Policy(built)) = build("operator", &options) else { panic!("{options}") };
        let refused = policy(&built.json).statements.into_iter().any(|statement| {
            let actions = statement.action.values.as_slice();
            let is_one = |action: &String| action == "ssm:UpdateDocumentDefaultVersion";
            statement.effect == Effect::Deny && actions.iter().any(is_one)
        });
        assert_eq!(refused, is_refused, "{}", built.json);
    }
}

#[test]
fn tags_keep_people_from_nodes_and_tasks_and_from_nothing_else() {
    let of = |service: &str, own: &str| format!("arn:aws:{service}:eu-west-1:{ACCOUNT}:{own}");
    let task = of("ecs", "task/example/0123456789abcdef0123456789abcdef");
    let instance = of("ec2", "instance/i-0123456789abcdef0");
    let hybrid = of("ssm", "managed-instance/mi-0123456789abcdef0");
    let document = of("ssm", "document/ExampleDocument");
    let tasks_alone = json!({"sessions": "shell", "ecsExec": {"cluster": "example"}});
    let no_tags = json!({"Stage": "prod"});
    let beside = policy(
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#,
    );
    let mut problems = Vec::new();
    for scope in ["guide", "least-privilege"] {
        for deny_only in [false, true] {
            let mut options = json!({"scope": scope, "deny": {"nodeTags": no_tags}});
            match deny_only {
                true => options["denyOnly"] = json!(true),
                false => options["ecsExec"] = tasks_alone["ecsExec"].clone(),
            }
            let mut policies = built(&options).unwrap();
            policies.identity.push(beside.clone());
            let policies = Prepared::new(&policies);
            for (action, resource, keys, is_allowed) in [
                ("ssm:StartSession", &instance, &["aws:ResourceTag/Stage"][..], false),
                ("ssm:StartSession", &hybrid, &["aws:ResourceTag/Stage"], false),
                ("ssm:SendCommand", &instance, &["aws:ResourceTag/Stage"], false),
                ("ssm:StartSession", &task, &["aws:ResourceTag/Stage"], false),
                ("ecs:ExecuteCommand", &task, &["aws:ResourceTag/Stage"], false),
                ("ssm:StartSession", &instance, &[], true),
                ("ecs:ExecuteCommand", &task, &[], true),
                (
                    "ssm:StartSession",
                    &document,
                    &["aws:ResourceTag/Stage", "ssm:resourceTag/Stage"],
                    true,
                ),
            ] {
                let keys = keys.iter().map(|key| ((*key).into(), ContextValue::One("prod".into())));
                let request = Request {
                    action: action.into(),
                    resource: resource.clone().into(),
                    context: keys.collect(),
                    ..requests()[0].clone()
                };
                let is = policies.evaluate(&request).verdict == Verdict::Allowed;
                if is != is_allowed {
                    problems.push(format!("{options} {action} {resource}: {is}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_cluster_that_is_named_leaves_the_other_ones_refused() {
    let exec = |more: Json| {
        let mut options = json!({"scope": "least-privilege", "ecsExec": {"cluster": "example"}});
        options.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let Ok(Built::Policy(built)) = build("operator", &options) else { panic!("{options}") };
        let policy: Json = serde_json::from_str(&built.json).unwrap();
        let statements = policy["Statement"].as_array().unwrap();
        let denials = statements.iter().filter(|statement| statement["Effect"] == "Deny");
        let of = denials
            .map(|it| it["Resource"].as_str().unwrap().rsplit(':').next().unwrap().to_owned());
        of.collect::<Vec<_>>()
    };
    assert_eq!(exec(json!({})), ["task/*"]);
    assert_eq!(exec(json!({"deny": {"taskSessions": "other"}})), ["task/*"]);
    assert_eq!(exec(json!({"deny": {"taskSessions": "*"}})), ["task/*"]);
    let only = json!({"cluster": "example", "denyDirectSessions": false});
    assert_eq!(exec(json!({"deny": {"taskSessions": "other"}, "ecsExec": only})), ["task/other/*"]);
}
