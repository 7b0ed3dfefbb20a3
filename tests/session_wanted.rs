//! What people want beside sessions, held by evaluating what is built.

use postern::evaluate::{ContextValue, PolicySet, Prepared, Request, Verdict};
use serde_json::{json, Value as Json};

use crate::contract::builders::{build, Built};
use crate::session::asking::{identity, policy, ACCOUNT};

const NODE: &str = "arn:aws:ec2:us-east-2:111122223333:instance/i-0123456789abcdef0";
const SCRIPT: &str = "arn:aws:ssm:us-east-2::document/AWS-RunShellScript";
const OWN: &str = "arn:aws:ssm:us-east-2:111122223333:document/Patch";
const SHELL: &str = "arn:aws:ssm:us-east-2:111122223333:document/SSM-SessionManagerRunShell";
const OBJECT: &str = "arn:aws:s3:::logs/prod/jane-0a1b.log";
const KEY: &str = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

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
    let now = |moment| [("aws:CurrentTime", moment)];
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
