//! What people want beside sessions, held by evaluating what is built.

use postern::evaluate::{ContextValue, PolicySet, Prepared, Request, Verdict};
use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};
use crate::session::asking::{identity, policy, ACCOUNT};
use crate::session::chosen::texts;
use crate::session::sound::problems;

const NODE: &str = "arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0";
const TASK: &str = "arn:aws:ecs:us-east-2:111122223333:task/c/0123456789abcdef0123456789abcdef";
const SCRIPT: &str = "arn:aws:ssm:us-east-2::document/AWS-RunShellScript";
const OWN: &str = "arn:aws:ssm:us-east-2:111122223333:document/Patch";
const SHELL: &str = "arn:aws:ssm:us-east-2:111122223333:document/SSM-SessionManagerRunShell";
const OBJECT: &str = "arn:aws:s3:::logs/prod/jane-0a1b.log";
const KEY: &str = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const ENDPOINT: &str =
    "arn:aws:ec2:us-east-2:111122223333:instance-connect-endpoint/eice-0123456789abcdef0";
const OPEN: &str = "ec2-instance-connect:OpenTunnel";
const SEND_KEY: &str = "ec2-instance-connect:SendSSHPublicKey";
const COMMAND: &str = "arn:aws:ssm:us-east-2::document/AWS-StartInteractiveCommand";
const OTHER_COMMAND: &str = "arn:aws:ssm:us-east-2::document/AWS-StartNonInteractiveCommand";

/// Options, the action and the resource that are asked for, context keys, and whether it is allowed.
type Case<'c> = (&'c Json, &'c str, &'c str, Vec<(&'c str, &'c str)>, bool);

fn built(call: &str, options: &Json) -> String {
    match build(call, options) {
        Ok(Built::Policy(built)) => built.json,
        _ => panic!("{call} {options}"),
    }
}

fn request(action: &str, resource: &str, context: &[(&str, &str)]) -> Request<'static> {
    let one = |(key, value): &(&str, &str)| {
        ((*key).to_owned().into(), ContextValue::One((*value).to_owned().into()))
    };
    Request {
        principal: "arn:aws:sts::111122223333:assumed-role/Ops/jane".into(),
        action: action.to_owned().into(),
        resource: resource.to_owned().into(),
        resource_account: Some(ACCOUNT.into()),
        context: context.iter().map(one).collect(),
        ..Request::default()
    }
}

fn is_allowed(policies: &PolicySet, request: &Request) -> bool {
    Prepared::new(policies).evaluate(request).verdict == Verdict::Allowed
}

#[test]
fn what_is_wanted_is_allowed_and_no_more() {
    let place = json!({"region": "us-east-2", "accountId": ACCOUNT, "scope": "least-privilege"});
    let web = [("aws:ResourceTag/Team", "web"), ("ssm:resourceTag/Team", "web")];
    let prod = [("aws:ResourceTag/Stage", "prod"), ("ssm:resourceTag/Stage", "prod")];
    let run = json!({"runCommand": ["AWS-RunShellScript", "Patch"], "targets": {"tags": {"Team": "web"}}});
    let start = json!({"startInstances": true, "targets": {"tags": {"Team": "web"}}});
    let no_prod = json!({"deny": {"nodeTags": {"Stage": ["prod", "live"], "Secret": "yes"}}});
    let after = json!({"deny": {"after": "2027-01-31T00:00:00Z"}});
    let more_after = json!({"deny": {"after": "2027-01-31T00:00:00Z"}, "ecsExec": {"cluster": "c"},
        "runCommand": "AWS-RunShellScript", "targets": {"instanceIds": "i-0123456789abcdef0"}});
    let now = |moment| [("aws:CurrentTime", moment)];
    let any = json!({"targets": {"tags": {"Env": "test"}, "anyTags": {"Team": ["web", "shop"], "Owner": "jane"}}});
    let tagged = |all: &[(&'static str, &'static str)]| -> Vec<(&str, &str)> {
        let keys = |(tag, value): &(&'static str, &'static str)| match *tag {
            "Env" => [("aws:ResourceTag/Env", *value), ("ssm:resourceTag/Env", *value)],
            "Team" => [("aws:ResourceTag/Team", *value), ("ssm:resourceTag/Team", *value)],
            _ => [("aws:ResourceTag/Owner", *value), ("ssm:resourceTag/Owner", *value)],
        };
        all.iter().flat_map(keys).collect()
    };
    let expires = json!({"expires": "2027-01-31T00:00:00Z", "sessions": "shell", "history": true});
    let ansible =
        json!({"ansibleBucket": "files", "targets": {"instanceIds": "i-0123456789abcdef0"}});
    let connect = json!({"instanceConnect": {"ipRanges": "10.0.1.0/24", "maxSeconds": 600, "osUsers": "ec2-user"}});
    let tunnel = |port, address, seconds| {
        vec![
            ("ec2-instance-connect:remotePort", port),
            ("ec2-instance-connect:privateIpAddress", address),
            ("ec2-instance-connect:maxTunnelDuration", seconds),
        ]
    };
    let command = json!({"sessions": ["interactive-command"]});
    let cases: Vec<Case> = vec![
        (&run, "ssm:SendCommand", NODE, web.to_vec(), true),
        (&run, "ssm:SendCommand", NODE, prod.to_vec(), false),
        (&run, "ssm:SendCommand", NODE, vec![], false),
        (&run, "ssm:SendCommand", SCRIPT, vec![], true),
        (&run, "ssm:SendCommand", OWN, vec![], true),
        (
            &run,
            "ssm:SendCommand",
            "arn:aws:ssm:us-east-2::document/AWS-RunPowerShellScript",
            vec![],
            false,
        ),
        (&run, "ssm:GetCommandInvocation", "*", vec![], true),
        (&run, "ssm:StartSession", NODE, web.to_vec(), false),
        (&start, "ec2:StartInstances", NODE, web.to_vec(), true),
        (&start, "ec2:StartInstances", NODE, prod.to_vec(), false),
        (&start, "ec2:DescribeInstances", "*", vec![], true),
        (&start, "ec2:StopInstances", NODE, web.to_vec(), false),
        (&no_prod, "ssm:StartSession", NODE, web.to_vec(), true),
        (&no_prod, "ssm:StartSession", NODE, prod.to_vec(), false),
        (
            &no_prod,
            "ssm:StartSession",
            NODE,
            vec![("aws:ResourceTag/Secret", "yes"), ("ssm:resourceTag/Secret", "yes")],
            false,
        ),
        (&no_prod, "ssm:StartSession", SHELL, vec![], true),
        (&after, "ssm:StartSession", NODE, now("2027-01-30T23:59:59Z").to_vec(), true),
        (&after, "ssm:StartSession", NODE, now("2027-01-31T00:00:01Z").to_vec(), false),
        (&more_after, "ecs:ExecuteCommand", TASK, now("2027-01-30T23:59:59Z").to_vec(), true),
        (&more_after, "ecs:ExecuteCommand", TASK, now("2027-01-31T00:00:01Z").to_vec(), false),
        (&more_after, "ssm:SendCommand", NODE, now("2027-01-30T23:59:59Z").to_vec(), true),
        (&more_after, "ssm:SendCommand", NODE, now("2027-01-31T00:00:01Z").to_vec(), false),
        (&any, "ssm:StartSession", NODE, tagged(&[("Env", "test"), ("Team", "shop")]), true),
        (&any, "ssm:StartSession", NODE, tagged(&[("Env", "test"), ("Owner", "jane")]), true),
        (&any, "ssm:StartSession", NODE, tagged(&[("Env", "test")]), false),
        (&any, "ssm:StartSession", NODE, tagged(&[("Owner", "jane"), ("Team", "web")]), false),
        (&any, "ssm:StartSession", NODE, tagged(&[("Env", "test"), ("Owner", "joe")]), false),
        (&expires, "ssm:StartSession", NODE, now("2027-01-30T23:59:59Z").to_vec(), true),
        (&expires, "ssm:DescribeSessions", "*", now("2027-01-30T23:59:59Z").to_vec(), true),
        (&expires, "ssm:StartSession", NODE, now("2027-01-31T00:00:00Z").to_vec(), false),
        (&expires, "ssm:DescribeSessions", "*", now("2027-01-31T00:00:00Z").to_vec(), false),
        (&ansible, "s3:PutObject", "arn:aws:s3:::files/i-0123456789abcdef0/x", vec![], true),
        (&ansible, "s3:PutObject", "arn:aws:s3:::files/i-0fffffffffffffff0/x", vec![], false),
        (&ansible, "s3:GetBucketLocation", "arn:aws:s3:::files", vec![], true),
        (&ansible, "s3:ListBucket", "arn:aws:s3:::other", vec![], false),
        (&ansible, "ssm:StartSession", NODE, vec![], true),
        (&connect, OPEN, ENDPOINT, tunnel("22", "10.0.1.7", "600"), true),
        (&connect, OPEN, ENDPOINT, tunnel("3389", "10.0.1.7", "600"), false),
        (&connect, OPEN, ENDPOINT, tunnel("22", "10.0.2.7", "600"), false),
        (&connect, OPEN, ENDPOINT, tunnel("22", "10.0.1.7", "601"), false),
        (&connect, SEND_KEY, NODE, vec![("ec2:osuser", "ec2-user")], true),
        (&connect, SEND_KEY, NODE, vec![("ec2:osuser", "ubuntu")], false),
        (&connect, "ssm:StartSession", NODE, vec![], false),
        (&command, "ssm:StartSession", COMMAND, vec![], true),
        (&command, "ssm:StartSession", OTHER_COMMAND, vec![], false),
    ];
    let mut problems = Vec::new();
    for scope in ["guide", "least-privilege"] {
        for (options, action, resource, context, expected) in &cases {
            let mut options = (*options).clone();
            for (key, value) in place.as_object().unwrap() {
                options[key] = value.clone();
            }
            options["scope"] = json!(scope);
            let policies = identity(&built("operator", &options));
            if is_allowed(&policies, &request(action, resource, context)) != *expected {
                problems
                    .push(format!("{options} {action} on {resource} {context:?}: not {expected}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_node_of_an_organization_writes_its_logs() {
    let place = json!({"region": "us-east-2", "accountId": ACCOUNT, "bucket": "logs", "organizationId": "o-a1b2c3d4e5"});
    let mut of_bucket = place.clone();
    of_bucket.as_object_mut().unwrap().remove("accountId");
    let all = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let organization = |id| ("aws:PrincipalOrgID", id);
    let via = [
        ("kms:ViaService", "s3.us-east-2.amazonaws.com"),
        ("kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::logs"),
    ];
    let acl = ("s3:x-amz-acl", "bucket-owner-full-control");
    let tls = ("aws:SecureTransport", "true");
    let mut problems = Vec::new();
    for (kind, options, action, resource, context) in [
        ("bucket-policy", &of_bucket, "s3:PutObject", OBJECT, vec![acl, tls]),
        (
            "bucket-policy",
            &of_bucket,
            "s3:GetEncryptionConfiguration",
            "arn:aws:s3:::logs",
            vec![tls],
        ),
        ("log-bucket-key-policy", &place, "kms:GenerateDataKey", KEY, via.to_vec()),
    ] {
        for (id, expected) in [("o-a1b2c3d4e5", true), ("o-other00000", false)] {
            let mut policies = identity(all);
            policies.resource = Some(policy(&built(kind, options)));
            let mut context = context.clone();
            context.push(organization(id));
            let mut asked = request(action, resource, &context);
            asked.principal =
                "arn:aws:sts::444455556666:assumed-role/Node/i-0123456789abcdef0".into();
            if is_allowed(&policies, &asked) != expected {
                problems.push(format!("{kind} {action} {id}: not {expected}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn credentials_serve_only_where_a_node_was_given_them() {
    let options = json!({"region": "us-east-2", "accountId": ACCOUNT, "heartbeat": true, "onlyOnNodes": true});
    let source = |arn| vec![("ec2:SourceInstanceARN", arn)];
    let elsewhere = "arn:aws:ec2:us-east-2:444455556666:instance/i-0123456789abcdef0";
    let mut problems = Vec::new();
    for scope in ["guide", "least-privilege"] {
        let mut options = options.clone();
        options["scope"] = json!(scope);
        let policies = identity(&built("node", &options));
        for (action, resource) in
            [("ssm:UpdateInstanceInformation", NODE), ("ssmmessages:CreateControlChannel", "*")]
        {
            for (context, expected) in
                [(source(NODE), true), (source(elsewhere), false), (vec![], false)]
            {
                if is_allowed(&policies, &request(action, resource, &context)) != expected {
                    problems.push(format!("{scope} {action} {context:?}: not {expected}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn people_are_trusted_by_exact_conditions() {
    let policy_of =
        |options: Json| -> Json { serde_json::from_str(&built("trust-policy", &options)).unwrap() };
    let github = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    let subject = "repo:example-org/example:environment:production";
    let of_github = json!({
        "Effect": "Allow",
        "Principal": {"Federated": github},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {
            "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
            "token.actions.githubusercontent.com:sub": subject,
        }},
    });
    let of_saml = json!({
        "Effect": "Allow",
        "Principal": {"Federated": "arn:aws-cn:iam::111122223333:saml-provider/ExampleIdP"},
        "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
        "Condition": {"StringEquals": {"SAML:aud": "https://signin.amazonaws.cn/saml"}},
    });
    let of_others = json!({
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
        "Action": "sts:AssumeRole",
        "Condition": {
            "Bool": {"aws:MultiFactorAuthPresent": "true"},
            "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "sts:ExternalId": "example-12345"},
        },
    });
    let of_organization = json!({
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": "sts:AssumeRole",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
    });
    let cases = [
        (json!({"accountId": ACCOUNT, "githubSubjects": subject}), of_github),
        (
            json!({"accountId": ACCOUNT, "partition": "aws-cn", "samlProvider": "ExampleIdP", "sessionTags": true}),
            of_saml,
        ),
        (
            json!({"principalArns": "arn:aws:iam::444455556666:root", "externalId": "example-12345",
                "organizationId": "o-a1b2c3d4e5", "mfa": true}),
            of_others,
        ),
        (json!({"organizationId": "o-a1b2c3d4e5"}), of_organization),
    ];
    let mut problems = Vec::new();
    for (options, statement) in cases {
        let built = policy_of(options.clone());
        if built["Statement"] != json!([statement]) {
            problems.push(format!("{options}: {built}"));
        }
    }
    let with_ids = "repo:example-org@123456/example@456789:environment:production";
    for (subjects, is_told) in [(json!([with_ids]), false), (json!([with_ids, subject]), true)] {
        let options = json!({"accountId": ACCOUNT, "githubSubjects": subjects});
        let Ok(Built::Policy(built)) = build("trust-policy", &options) else { panic!("{options}") };
        let has = built.notes.iter().any(|note| note.code == "GITHUB_SUBJECT_WITHOUT_IDS");
        if has != is_told {
            problems.push(format!("{options}: {:?}", built.notes));
        }
    }
    for (partition, host) in [
        ("aws-us-gov", "signin.amazonaws-us-gov.com"),
        ("aws-iso", "signin.c2shome.ic.gov"),
        ("aws-iso-b", "signin.sc2shome.sgov.gov"),
    ] {
        let options =
            json!({"accountId": ACCOUNT, "partition": partition, "samlProvider": "ExampleIdP"});
        let built = policy_of(options)["Statement"][0]["Condition"].to_string();
        if !built.contains(&format!("https://{host}/saml")) {
            problems.push(format!("{partition}: {built}"));
        }
    }
    // A subject that more than one repository or branch has is no subject.
    for subject in
        ["*", "repo:*", "repo:example-org/*:ref:refs/heads/main", "repo:o/r:*", "repo:o/r"]
    {
        let options = json!({"accountId": ACCOUNT, "githubSubjects": subject});
        match build("trust-policy", &options) {
            Err(error) if error.code == "GITHUB_SUBJECT_MALFORMED" => {}
            _ => problems.push(format!("{subject} is taken")),
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn an_organization_keeps_sessions_in_order() {
    let all = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}"#;
    let setting = "arn:aws:ssm:us-east-2:111122223333:servicesetting/ssm/documents/console/public-sharing-permission";
    let mfa = json!({"withoutMfa": true, "exceptTags": {"job-function": "administrator"}});
    let documents =
        json!({"onlyDocuments": ["SSM-SessionManagerRunShell", "AWS-StartInteractiveCommand"]});
    let (public, any) = (json!({"noSharing": "public"}), json!({"noSharing": "any"}));
    let list = json!({"allowList": true});
    let cases: Vec<Case> = vec![
        (&mfa, "ssm:StartSession", NODE, vec![("aws:MultiFactorAuthPresent", "true")], true),
        (&mfa, "ssm:StartSession", NODE, vec![("aws:MultiFactorAuthPresent", "false")], false),
        (&mfa, "ssm:StartSession", NODE, vec![], false),
        (
            &mfa,
            "ssm:StartSession",
            NODE,
            vec![("aws:PrincipalTag/job-function", "Administrator")],
            true,
        ),
        (&mfa, "ecs:ExecuteCommand", TASK, vec![("aws:MultiFactorAuthPresent", "true")], true),
        (&mfa, "ecs:ExecuteCommand", TASK, vec![], false),
        (&mfa, "ssm-guiconnect:StartConnection", "*", vec![], false),
        (&mfa, "ssm:SendCommand", NODE, vec![], true),
        (&mfa, "ssm:DescribeSessions", "*", vec![], true),
        (&documents, "ssm:StartSession", NODE, vec![], true),
        (&documents, "ssm:StartSession", SHELL, vec![], true),
        (&documents, "ssm:StartSession", COMMAND, vec![], true),
        (&documents, "ssm:StartSession", OTHER_COMMAND, vec![], false),
        (&documents, "ssm:StartSession", OWN, vec![], false),
        (&public, "ssm:UpdateServiceSetting", setting, vec![], false),
        (&public, "ssm:ModifyDocumentPermission", OWN, vec![], true),
        (&any, "ssm:ModifyDocumentPermission", OWN, vec![], false),
        (&list, "ssm:StartSession", NODE, vec![], true),
        (&list, "ssmmessages:OpenDataChannel", "*", vec![], true),
        (&list, "kms:Decrypt", KEY, vec![], true),
        (&list, "s3:DeleteBucket", "arn:aws:s3:::logs", vec![], false),
        (&list, "iam:PutRolePolicy", "arn:aws:iam::111122223333:role/Node", vec![], false),
    ];
    let mut problems = Vec::new();
    for (options, action, resource, context, expected) in cases {
        let mut policies = identity(all);
        // Elsewhere than for the list everything is allowed that is not refused.
        let guard = policy(&built("session-guard", options));
        policies.scps = vec![match options == &list {
            true => vec![guard],
            false => vec![guard, policy(all)],
        }];
        if action.starts_with("kms:") {
            policies.resource =
                Some(policy(&all.replace(
                    "\"Effect\"",
                    "\"Principal\": {\"AWS\": \"111122223333\"}, \"Effect\"",
                )));
        }
        if is_allowed(&policies, &request(action, resource, &context)) != expected {
            problems.push(format!("{options} {action} on {resource} {context:?}: not {expected}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_is_built_for_these_wants_has_no_finding() {
    let place = json!({"region": "us-east-2", "accountId": ACCOUNT});
    let mut found = Vec::new();
    for (call, options) in [
        (
            "operator",
            json!({"targets": {"anyTags": {"Team": "web", "Owner": "jane"}, "principalTags": "Team"}}),
        ),
        (
            "operator",
            json!({"instanceConnect": {"ipRanges": "10.0.1.0/24", "osUsers": "ec2-user"}}),
        ),
        (
            "operator",
            json!({"ansibleBucket": "example-ansible", "expires": "2027-01-31T00:00:00Z"}),
        ),
        ("operator", json!({"sessions": ["interactive-command", "non-interactive-command"]})),
        ("node", json!({"onlyOnNodes": true, "heartbeat": true, "kinds": ["ec2", "hybrid"]})),
        (
            "trust-policy",
            json!({"githubSubjects": "repo:o/r:pull_request", "samlProvider": "ExampleIdP"}),
        ),
        ("trust-policy", json!({"organizationId": "o-a1b2c3d4e5"})),
        (
            "session-guard",
            json!({"withoutMfa": true, "onlyDocuments": "Example", "noSharing": "any", "allowList": true}),
        ),
    ] {
        for scope in ["guide", "least-privilege"] {
            let mut options = options.clone();
            options.as_object_mut().unwrap().extend(place.as_object().unwrap().clone());
            if call != "session-guard" {
                options["scope"] = json!(scope);
            }
            let problems = problems(call, &options);
            found.extend(problems.into_iter().map(|what| format!("{call} {options}: {what}")));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn endpoints_let_people_do_what_starting_and_ending_sessions_asks_for() {
    let actions_of = |service: &str, operators: bool| -> Vec<String> {
        let options = json!({"service": service, "region": "us-east-2", "accountId": ACCOUNT, "operators": operators});
        let built: Json = serde_json::from_str(&built("endpoint-policy", &options)).unwrap();
        let statements = built["Statement"].as_array().unwrap();
        let of_one = |statement: &Json| texts(&statement["Action"]);
        statements.iter().flat_map(of_one).collect()
    };
    for (service, more) in [
        ("ssm", vec!["ssm:ResumeSession", "ssm:StartSession", "ssm:TerminateSession"]),
        ("kms", vec!["kms:GenerateDataKey"]),
        ("ssmmessages", vec![]),
    ] {
        let (nodes, people) = (actions_of(service, false), actions_of(service, true));
        let added: Vec<_> = people.iter().filter(|action| !nodes.contains(action)).collect();
        assert_eq!(added, more, "{service}");
    }
}
