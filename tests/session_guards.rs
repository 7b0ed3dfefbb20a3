//! Each denial of an operator policy refuses what it is for, whatever else is allowed, and nothing beside it.

use std::collections::BTreeSet;

use postern::aws::matches_glob;
use postern::evaluate::{ContextValue, PolicySet, Prepared, Request, Verdict};
use postern::policy::Effect;
use postern::session::capabilities::{capabilities, Side};
use proptest::prelude::*;
use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};
use crate::session::asking::{identity, policy, ACCOUNT};
use crate::session::options;
use crate::session::pairs::{bases, calls, with, Choice};

const SHELL: &str = "arn:aws:ssm:us-east-2:111122223333:document/SSM-SessionManagerRunShell";
const OTHER: &str = "arn:aws:ssm:us-east-2:111122223333:document/ExampleSessionDocument";
const SSH: &str = "arn:aws:ssm:us-east-2::document/AWS-StartSSHSession";
const PORT: &str = "arn:aws:ssm:us-east-2::document/AWS-StartPortForwardingSession";
const NODE: &str = "arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0";
const SESSION: &str = "arn:aws:ssm:us-east-2:111122223333:session/JohnDoe-0a1b2c3d4e5f60718";
const TASK: &str =
    "arn:aws:ecs:us-east-2:111122223333:task/example/0123456789abcdef0123456789abcdef";
const OTHER_TASK: &str =
    "arn:aws:ecs:us-east-2:111122223333:task/other/0123456789abcdef0123456789abcdef";
const SETTING: &str = "arn:aws:ssm:us-east-2:111122223333:servicesetting/ssm/managed-instance/\
                       default-ec2-instance-management-role";
const OTHER_SETTING: &str =
    "arn:aws:ssm:us-east-2:111122223333:servicesetting/ssm/parameter-store/default-parameter-tier";
const ROLE: &str =
    "arn:aws:iam::111122223333:role/service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole";

/// What changes the role, and whether AWS's texts refuse it.
const ROLE_CHANGES: [(&str, bool); 8] = [
    ("iam:AttachRolePolicy", true),
    ("iam:DeleteRole", true),
    ("iam:DeleteRolePermissionsBoundary", false),
    ("iam:DeleteRolePolicy", false),
    ("iam:DetachRolePolicy", false),
    ("iam:PutRolePermissionsBoundary", false),
    ("iam:PutRolePolicy", false),
    ("iam:UpdateAssumeRolePolicy", false),
];

/// Where a request comes from. None is a key that the request does not have.
#[derive(Clone, Copy)]
struct From {
    mfa: Option<&'static str>,
    address: Option<&'static str>,
    endpoint: Option<&'static str>,
    via_service: &'static str,
}

/// Somebody whom no denial is for.
const TRUSTED: From = From {
    mfa: Some("true"),
    address: Some("203.0.113.10"),
    endpoint: Some("vpce-0123456789abcdef0"),
    via_service: "false",
};

fn request(action: &str, resource: &str, from: From) -> Request<'static> {
    let mut context = Vec::new();
    let pairs = [
        ("aws:MultiFactorAuthPresent", from.mfa),
        ("aws:SourceIp", from.address),
        ("aws:SourceVpce", from.endpoint),
        ("aws:ViaAWSService", Some(from.via_service)),
    ];
    for (key, value) in pairs {
        if let Some(value) = value {
            context.push((key.into(), ContextValue::One(value.into())));
        }
    }
    Request {
        principal: "arn:aws:iam::111122223333:user/JohnDoe".into(),
        action: action.to_owned().into(),
        resource: resource.to_owned().into(),
        resource_account: Some(ACCOUNT.into()),
        context,
        ..Request::default()
    }
}

/// The built policy beside one that allows everything.
fn beside_everything(text: &str) -> PolicySet {
    let mut policies = identity(text);
    policies.identity.extend(
        identity(r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#)
            .identity,
    );
    policies
}

fn is_denied(policies: &PolicySet, request: &Request) -> bool {
    match Prepared::new(policies).evaluate(request).verdict {
        Verdict::ExplicitDeny => true,
        verdict => {
            assert_eq!(verdict, Verdict::Allowed, "{request:?}");
            false
        }
    }
}

/// Requests, and whether these options must refuse them.
fn expected(options: &Json) -> Vec<(&'static str, &'static str, From, bool)> {
    let deny = &options["deny"];
    let on = |name: &str| deny[name].as_bool().unwrap_or(false);
    let has = |name: &str| deny[name].as_array().is_some_and(|list| !list.is_empty());
    let cluster = deny["taskSessions"].as_str();
    let exec = &options["ecsExec"];
    let usual = options["scope"] == "least-privilege" && cluster.is_none();
    let past_exec = !exec.is_null() && exec["denyDirectSessions"].as_bool().unwrap_or(usual);
    let start = "ssm:StartSession";
    let mut all = vec![
        (start, SHELL, TRUSTED, on("shell")),
        (start, OTHER, TRUSTED, false),
        (start, NODE, TRUSTED, false),
        (start, SSH, TRUSTED, on("ssh")),
        (start, PORT, TRUSTED, false),
        (start, TASK, TRUSTED, cluster.is_some() || past_exec),
        (start, OTHER_TASK, TRUSTED, cluster == Some("*") || past_exec),
        ("ecs:ExecuteCommand", TASK, TRUSTED, false),
        ("ssm:UpdateServiceSetting", SETTING, TRUSTED, on("hostManagement")),
        ("ssm:ResetServiceSetting", SETTING, TRUSTED, on("hostManagement")),
        ("ssm:GetServiceSetting", SETTING, TRUSTED, false),
        ("ssm:UpdateServiceSetting", OTHER_SETTING, TRUSTED, false),
        ("iam:PassRole", ROLE, TRUSTED, on("hostManagement")),
        ("iam:AttachRolePolicy", "arn:aws:iam::111122223333:role/Another", TRUSTED, false),
        ("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/Another", TRUSTED, false),
    ];
    let is_least = options["scope"] == "least-privilege";
    for (action, is_in_guide) in ROLE_CHANGES {
        all.push((action, ROLE, TRUSTED, on("hostManagement") && (is_least || is_in_guide)));
    }
    for action in
        ["ssm:CreateDocument", "ssm:GetDocument", "ssm:UpdateDocument", "ssm:DeleteDocument"]
    {
        all.push((action, SHELL, TRUSTED, on("preferences")));
        all.push((action, OTHER, TRUSTED, false));
    }
    // Who comes from neither is refused; where only one is asked for, the other does not help.
    let (ranges, endpoints) = (has("outsideIpRanges"), has("outsideVpcEndpoints"));
    let outside = |in_range: bool, at_endpoint: bool| {
        (ranges || endpoints) && !(ranges && in_range) && !(endpoints && at_endpoint)
    };
    let first = if deny["outsideIpRanges"][0] == "198.51.100.0/24" {
        "198.51.100.7"
    } else {
        "203.0.113.10"
    };
    let home = From { address: Some(first), ..TRUSTED };
    let no_endpoint = From { endpoint: None, ..home };
    let abroad = From { address: Some("192.0.2.1"), ..TRUSTED };
    let through_endpoint = From { address: None, ..TRUSTED };
    let lost =
        From { address: Some("192.0.2.1"), endpoint: Some("vpce-0fffffffffffffff0"), ..TRUSTED };
    for action in [start, "ssm:ResumeSession"] {
        let resource = if action == start { NODE } else { SESSION };
        let mfa = on("withoutMfa");
        all.push((action, resource, From { mfa: Some("false"), ..home }, mfa));
        // Requests with long-term keys do not have the key at all.
        all.push((action, resource, From { mfa: None, ..home }, mfa));
        all.push((action, resource, home, false));
        all.push((action, resource, no_endpoint, outside(true, false)));
        all.push((action, resource, abroad, outside(false, true)));
        all.push((action, resource, through_endpoint, outside(false, true)));
        all.push((action, resource, lost, outside(false, false)));
        all.push((action, resource, From { via_service: "true", ..lost }, false));
    }
    // Who must not start a session may still end one.
    all.push(("ssm:TerminateSession", SESSION, From { mfa: None, ..lost }, false));
    // The trusted of the others come from the first range.
    for (_, _, from, _) in &mut all {
        if from.address == TRUSTED.address {
            from.address = Some(first);
        }
    }
    all
}

#[test]
fn each_denial_refuses_what_it_is_for_and_nothing_beside_it() {
    let mut runner = options::runner(1);
    let random = options::operator();
    let (mut built, mut denied) = (0, 0);
    for _ in 0..800 {
        let mut options = random.new_tree(&mut runner).unwrap().current();
        let fields = options.as_object_mut().unwrap();
        fields.insert("region".to_owned(), json!("us-east-2"));
        fields.insert("accountId".to_owned(), json!(ACCOUNT));
        let Ok(Built::Policy(policy)) = build("operator", &options) else { continue };
        built += 1;
        let policies = beside_everything(&policy.json);
        for (action, resource, from, expected) in expected(&options) {
            let request = request(action, resource, from);
            denied += usize::from(expected);
            assert_eq!(
                is_denied(&policies, &request),
                expected,
                "{options}\n{request:?}\n{}",
                policy.json
            );
        }
    }
    assert!(built > 200 && denied > 1_000, "{built} policies, {denied} denials");
}

#[test]
fn nobody_without_the_tag_changes_host_management() {
    let build = |options: Json| match build("host-management-guard", &options) {
        Ok(Built::Policy(built)) => built.json,
        _ => String::new(),
    };
    let tag = |value: Option<&str>, action: &str, resource: &str| {
        let mut request = request(action, resource, TRUSTED);
        let mut add = |key: &'static str, value: &str| {
            request.context.push((key.into(), ContextValue::One(value.to_owned().into())));
        };
        add("iam:PassedToService", "ssm.amazonaws.com");
        if let Some(value) = value {
            add("aws:PrincipalTag/job-function", value);
        }
        request
    };
    let policies = |text: &str| {
        let all = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
        PolicySet { scps: vec![vec![policy(all), policy(text)]], ..identity(all) }
    };
    let tags = json!({"job-function": ["administrator", "root"]});
    let except = build(json!({"exceptTags": tags, "scope": "least-privilege"}));
    let everybody = build(json!({"scope": "least-privilege"}));
    let of_guide = build(json!({}));
    let mut changes = vec![
        ("ssm:UpdateServiceSetting", SETTING, true),
        ("ssm:ResetServiceSetting", SETTING, true),
        ("iam:PassRole", ROLE, true),
    ];
    changes.extend(ROLE_CHANGES.map(|(action, is_in_guide)| (action, ROLE, is_in_guide)));
    for (action, resource, is_in_guide) in changes {
        let nobody = tag(None, action, resource);
        assert_eq!(is_denied(&policies(&of_guide), &nobody), is_in_guide, "{nobody:?}");
        for (value, denied) in [
            (None, true),
            (Some("developer"), true),
            (Some("Administrator"), false),
            (Some("root"), false),
        ] {
            let request = tag(value, action, resource);
            assert_eq!(is_denied(&policies(&except), &request), denied, "{request:?}");
            assert!(is_denied(&policies(&everybody), &request), "{request:?}");
        }
    }
    for (action, resource) in
        [("ssm:GetServiceSetting", SETTING), ("ssm:UpdateServiceSetting", OTHER_SETTING)]
    {
        assert!(!is_denied(&policies(&everybody), &tag(None, action, resource)));
    }
}

#[test]
fn an_allow_list_names_every_action_that_the_builders_grant() {
    let allowed = |call: &str, options: &Json| {
        let Ok(Built::Policy(built)) = build(call, options) else { return Vec::new() };
        let statements = policy(&built.json).statements.into_iter();
        let allows = statements.filter(|statement| statement.effect == Effect::Allow);
        allows.flat_map(|statement| statement.action.values.as_slice().to_vec()).collect()
    };
    let listed = allowed("session-guard", &json!({"allowList": true}));
    let of_administrators: Vec<_> = capabilities()
        .iter()
        .filter(|capability| capability.side == Side::Admin)
        .flat_map(|capability| capability.requests.iter().map(|request| request.action))
        .collect();
    let (mut granted, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    for (call, choices) in
        calls().into_iter().filter(|(call, _)| ["node", "operator"].contains(call))
    {
        for base in bases(call) {
            for scope in ["guide", "least-privilege"] {
                let base = with(&base, &Choice { at: "scope", value: json!(scope) });
                for choice in &choices {
                    granted.extend(allowed(call, &with(&base, choice)));
                }
            }
        }
    }
    for action in &granted {
        let is_listed = listed.iter().any(|listed| matches_glob(action, listed));
        if !is_listed && !of_administrators.contains(&action.as_str()) {
            lacking.insert(action);
        }
    }
    assert!(granted.len() > 60, "{granted:?}");
    assert!(lacking.is_empty(), "no capability asks for {lacking:?}");
}

#[test]
fn a_guard_of_one_account_lets_no_document_of_another_through() {
    let all = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let options = json!({"accountId": ACCOUNT, "onlyDocuments": ["ExampleSessionDocument", "AWS-StartSSHSession"]});
    let Ok(Built::Policy(guard)) = build("session-guard", &options) else { panic!("refused") };
    let policies =
        PolicySet { scps: vec![vec![policy(all), policy(&guard.json)]], ..identity(all) };
    let foreign = OTHER.replace(ACCOUNT, "999988887777");
    for (resource, expected) in [
        (OTHER, false),
        (SSH, false),
        (NODE, false),
        (TASK, false),
        (SHELL, true),
        (&foreign, true),
    ] {
        let mut request = request("ssm:StartSession", resource, TRUSTED);
        request.context.push(("aws:PrincipalAccount".into(), ContextValue::One(ACCOUNT.into())));
        assert_eq!(is_denied(&policies, &request), expected, "{resource}");
    }
}

#[test]
fn the_key_of_a_log_bucket_is_for_that_bucket_alone() {
    let options = json!({
        "region": "us-east-2", "accountId": ACCOUNT, "bucket": "example-session-logs", "organizationId": "o-a1b2c3d4e5",
    });
    let Ok(Built::Policy(built)) = build("log-bucket-key-policy", &options) else {
        panic!("refused")
    };
    let own = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}"#;
    let policies = PolicySet { resource: Some(policy(&built.json)), ..identity(own) };
    let key = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    for (encrypted, expected) in [
        ("arn:aws:s3:::example-session-logs", Verdict::Allowed),
        ("arn:aws:s3:::example-session-logs/prod/a.log", Verdict::Allowed),
        ("arn:aws:s3:::example-session-logs-of-another", Verdict::ImplicitDeny),
        ("arn:aws:s3:::example-session-logs2/a.log", Verdict::ImplicitDeny),
    ] {
        let mut request = request("kms:Decrypt", key, TRUSTED);
        request.principal = "arn:aws:iam::444455556666:role/ExampleNodeRole".into();
        for (name, value) in [
            ("kms:ViaService", "s3.us-east-2.amazonaws.com"),
            ("aws:PrincipalOrgID", "o-a1b2c3d4e5"),
            ("kms:EncryptionContext:aws:s3:arn", encrypted),
        ] {
            request.context.push((name.into(), ContextValue::One(value.into())));
        }
        assert_eq!(Prepared::new(&policies).evaluate(&request).verdict, expected, "{encrypted}");
    }
}
