//! Nothing of what a policy says is compared with an example of the table: what nobody gave is unknown, and a guard is asked
//! about all that it is for.

use postern::diagnose::{Want, Works};
use postern::session::capabilities::{capabilities, find};
use serde_json::{json, Value as Json};

use super::{diagnose, diagnose_role, documents, messages, only, pasted, values, Documents};
use crate::contract::builders::{build, Built};

const REGION: &str = "eu-west-1";
const ACCOUNT: &str = "111122223333";
const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const NODE: &str = "i-0123456789abcdef0";

/// A want in one place, with more values.
fn want(capability: &str, more: &[(&'static str, &str)]) -> Want {
    let mut all = values(&[("Region", REGION), ("Account", ACCOUNT)]);
    all.extend(values(more));
    Want { capability: capability.to_owned(), values: all }
}

fn policy(statements: &[Json]) -> String {
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn statement(effect: &str, actions: &[&str], resources: &[&str], condition: Json) -> Json {
    let mut all = json!({"Effect": effect, "Action": actions, "Resource": resources});
    if !condition.is_null() {
        all["Condition"] = condition;
    }
    all
}

fn built(options: &Json) -> String {
    let mut all = json!({"region": REGION, "accountId": ACCOUNT});
    all.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
    match build("operator", &all) {
        Ok(Built::Policy(built)) => built.json,
        Ok(Built::Document(_)) => panic!("{options} builds a document"),
        Err(error) => panic!("{options}: {error:?}"),
    }
}

/// What each case comes to, where it is another result than it says.
fn problems(cases: &[(&str, &str, Want, Works)]) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, text, want, expected) in cases {
        let found = diagnose(&[text], std::slice::from_ref(want));
        let result = only(&found).result;
        let missing = found.missing.as_ref().map_or("", |built| built.json.as_str());
        if result != *expected {
            let said = messages(only(&found));
            problems.push(format!("{name}: {result:?} and not {expected:?}\n{said}\n{missing}"));
        }
        if result == Works::Unknown && !missing.is_empty() {
            problems.push(format!("{name}: something is offered that is not known to be missing"));
        }
    }
    problems
}

#[test]
fn a_guard_is_asked_about_everything_that_it_is_for() {
    let document = "arn:aws:ssm:eu-west-1:111122223333:document/SSM-SessionManagerRunShell";
    let setting = "arn:aws:ssm:eu-west-1:111122223333:servicesetting/ssm/managed-instance/default-ec2-instance-management-role";
    let all = statement("Allow", &["*"], &["*"], Json::Null);
    let mut problems = Vec::new();
    for (id, resource, changes, beside, option) in [
        (
            "guard.preferences",
            document,
            &["ssm:CreateDocument", "ssm:DeleteDocument", "ssm:UpdateDocument"][..],
            Some("ssm:UpdateDocumentDefaultVersion"),
            "preferences",
        ),
        (
            "admin.dhmc-guard",
            setting,
            &["ssm:ResetServiceSetting", "ssm:UpdateServiceSetting"][..],
            None,
            "hostManagement",
        ),
    ] {
        let denying = |left: &[&str]| {
            let mut denied: Vec<&str> = changes.to_vec();
            denied.retain(|action| !left.contains(action));
            denied.extend(beside);
            policy(&[all.clone(), statement("Deny", &denied, &[resource], Json::Null)])
        };
        let found = diagnose(&[&denying(&[])], &[want(id, &[])]);
        if only(&found).result != Works::Works {
            problems.push(format!("{id}: {}", messages(only(&found))));
        }
        for left in changes {
            // Whoever may do one of them changes what the others keep.
            let text = denying(&[left]);
            let found = diagnose(&[&text], &[want(id, &[])]);
            let missing = found.missing.as_ref().map_or("", |built| built.json.as_str()).to_owned();
            if only(&found).result != Works::Fails || !missing.contains(left) {
                problems.push(format!("{id} without {left}: {:?} {missing}", only(&found).result));
                continue;
            }
            let after = diagnose(&[&text, &missing], &[want(id, &[])]);
            if only(&after).result != Works::Works {
                problems.push(format!("{id} after the addition: {}", messages(only(&after))));
            }
        }
        for scope in ["guide", "least-privilege"] {
            let guard = built(&json!({"denyOnly": true, "scope": scope, "deny": {option: true}}));
            let everything = policy(std::slice::from_ref(&all));
            let found = diagnose(&[&everything, &guard], &[want(id, &[])]);
            if only(&found).result != Works::Works {
                problems.push(format!("{id} {scope}: {}", messages(only(&found))));
            }
            // What the table asks for is what the builder refuses, and the other way round.
            for request in &find(id).unwrap().requests {
                let is_of_guide = request.action != "ssm:UpdateDocumentDefaultVersion";
                if guard.contains(&format!("\"{}\"", request.action))
                    != (is_of_guide || scope == "least-privilege")
                {
                    problems.push(format!("{id} {scope}: {}", request.action));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn mfa_is_asked_for_whatever_the_address() {
    let id = "operator.mfa-required";
    let start = |condition: Json| {
        let on_all = statement("Allow", &["ssm:StartSession"], &["*"], condition);
        policy(&[on_all])
    };
    let mfa = json!({"aws:MultiFactorAuthPresent": "true"});
    let range = json!({"aws:SourceIp": "203.0.113.0/24"});
    let derived = include_str!("../golden/derived-operator-mfa-and-source-ip.json")
        .replace("us-east-2", REGION);
    let cases = [
        ("with MFA", start(json!({"Bool": mfa})), Works::Works),
        ("if there is no MFA too", start(json!({"BoolIfExists": mfa})), Works::Fails),
        ("anybody", start(Json::Null), Works::Fails),
        ("with MFA from a range", start(json!({"Bool": mfa, "IpAddress": range})), Works::Unknown),
        ("from a range", start(json!({"IpAddress": range})), Works::Unknown),
        ("the derived one", derived, Works::Unknown),
        ("our own", built(&json!({"deny": {"withoutMfa": true}})), Works::Works),
        (
            "our own, tight",
            built(&json!({"deny": {"withoutMfa": true}, "scope": "least-privilege"})),
            Works::Works,
        ),
        (
            "our own in a range",
            built(&json!({"deny": {"withoutMfa": true, "outsideIpRanges": "203.0.113.0/24"}})),
            Works::Unknown,
        ),
    ];
    let cases: Vec<_> =
        cases.iter().map(|(name, text, works)| (*name, &**text, want(id, &[]), *works)).collect();
    let problems = problems(&cases);
    assert!(problems.is_empty(), "{}", problems.join("\n"));

    let nothing = policy(&[statement("Allow", &["a:B"], &["*"], Json::Null)]);
    let missing = diagnose(&[&nothing], &[want(id, &[])]).missing.unwrap().json;
    let after = diagnose(&[&nothing, &missing], &[want(id, &[])]);
    assert_eq!(only(&after).result, Works::Works, "{missing}\n{}", messages(only(&after)));
    assert!(missing.contains("aws:MultiFactorAuthPresent"), "{missing}");
}

#[test]
fn a_tag_that_nobody_gave_is_unknown() {
    let exec = |key: &str, value: &str| {
        let actions = ["ecs:ExecuteCommand", "ecs:DescribeTasks"];
        let condition = json!({"StringEquals": {key: value}});
        policy(&[statement("Allow", &actions, &["*"], condition)])
    };
    let desktop = |key: &str, value: &str| {
        let condition = json!({"StringEquals": {key: value}});
        policy(&[
            statement("Allow", &["ssm-guiconnect:*", "ec2:*"], &["*"], Json::Null),
            statement("Allow", &["ssm:StartSession"], &["arn:aws:ec2:*:*:instance/*"], condition),
            statement("Allow", &["ssm:*"], &["arn:aws:ssm:*:*:document/*"], Json::Null),
        ])
    };
    let mut cases = Vec::new();
    for prefix in ["aws:ResourceTag/", "ecs:ResourceTag/"] {
        for (key, value) in
            [("environment", "development"), ("environment", "production"), ("Team", "web")]
        {
            let text = exec(&format!("{prefix}{key}"), value);
            let id = "operator.ecs-exec";
            cases.push((text.clone(), want(id, &[]), Works::Unknown));
            for (given, works) in [(value, Works::Works), ("other", Works::Fails)] {
                let given = [("TagKey", key), ("TagValue", given)];
                cases.push((text.clone(), want(id, &given), works));
            }
        }
    }
    for (key, value) in [("tag key", "tag value"), ("Finance", "WebServers"), ("Team", "web")] {
        for prefix in ["ssm:resourceTag/", "aws:ResourceTag/"] {
            let text = desktop(&format!("{prefix}{key}"), value);
            cases.push((text.clone(), want("operator.rdp", &[]), Works::Unknown));
            let given = [("TagKey", key), ("TagValue", value)];
            cases.push((text, want("operator.rdp", &given), Works::Works));
        }
    }
    let cases: Vec<_> =
        cases.iter().map(|(text, want, works)| (&**text, &**text, want.clone(), *works)).collect();
    let problems = problems(&cases);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_files_of_ansible_have_no_name() {
    let id = "operator.ansible-bucket";
    let bucket = "arn:aws:s3:::b1-logs";
    let on = |files: &str| {
        let of_bucket = ["s3:GetBucketLocation", "s3:ListBucket"];
        let of_files = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
        let files = format!("{bucket}/{files}");
        policy(&[
            statement("Allow", &of_bucket, &[bucket], Json::Null),
            statement("Allow", &of_files, &[&files], Json::Null),
        ])
    };
    let bucket_only = [("BucketName", "b1-logs")];
    let with_node = [("BucketName", "b1-logs"), ("InstanceId", NODE)];
    let cases = [
        (on("i-0123456789abcdef0/*"), &bucket_only[..], Works::Unknown),
        (on("i-0123456789abcdef0/*"), &with_node[..], Works::Works),
        (on("i-0fffffffffffffff0/*"), &with_node[..], Works::Fails),
        (on("i-*/*"), &bucket_only[..], Works::Works),
        (on("*"), &bucket_only[..], Works::Works),
        // Whether the files are called so nobody said.
        (on("i-0123456789abcdef0/file"), &with_node[..], Works::Unknown),
        (on("i-0123456789abcdef0/a*"), &with_node[..], Works::Unknown),
    ];
    let cases: Vec<_> = cases
        .iter()
        .map(|(text, given, works)| (&**text, &**text, want(id, given), *works))
        .collect();
    let problems = problems(&cases);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let nothing = policy(&[statement("Allow", &["a:B"], &["*"], Json::Null)]);
    let found = diagnose(&[&nothing], &[want(id, &with_node)]);
    let missing = found.missing.unwrap().json;
    assert!(missing.contains("\"arn:aws:s3:::b1-logs/i-0123456789abcdef0/*\""), "{missing}");
}

/// With an S3 Bucket Key S3 gives KMS the ARN of the bucket, else that of the object.
#[test]
fn a_bucket_may_have_a_bucket_key() {
    let id = "node.s3-logs-sse-kms";
    let keys = ["kms:GenerateDataKey", "kms:Decrypt"];
    let (bucket, objects) = ("arn:aws:s3:::b1-logs", "arn:aws:s3:::b1-logs/*");
    let put = statement("Allow", &["s3:*"], &["*"], Json::Null);
    let text =
        |condition: Json| policy(&[put.clone(), statement("Allow", &keys, &[KEY], condition)]);
    let arn = "kms:EncryptionContext:aws:s3:arn";
    let denied = |operator: &str| {
        let condition = json!({operator: {arn: bucket}});
        let allow = statement("Allow", &keys, &[KEY], Json::Null);
        policy(&[put.clone(), allow, statement("Deny", &keys, &[KEY], condition)])
    };
    let given = [("KeyArn", KEY), ("BucketName", "b1-logs")];
    let with_prefix = [("KeyArn", KEY), ("BucketName", "b1-logs"), ("Prefix", "prod")];
    let cases = [
        (text(json!({"StringEquals": {arn: bucket}})), &given[..], Works::Unknown),
        (text(json!({"StringLike": {arn: objects}})), &given[..], Works::Unknown),
        (text(json!({"StringLike": {arn: [bucket, objects]}})), &given[..], Works::Works),
        (
            text(json!({"StringLike": {arn: [bucket, "arn:aws:s3:::b1-logs/prod/*"]}})),
            &with_prefix[..],
            Works::Works,
        ),
        (text(json!({"StringLike": {arn: "arn:aws:s3:::b1-logs*"}})), &given[..], Works::Works),
        (
            text(json!({"StringLike": {arn: ["arn:aws:s3:::b2", "arn:aws:s3:::b2/*"]}})),
            &given[..],
            Works::Fails,
        ),
        (text(json!({"StringLike": {arn: [bucket, objects]}})), &given[..1], Works::Unknown),
        (text(json!({"StringEquals": {arn: bucket}})), &given[..1], Works::Unknown),
        (text(Json::Null), &given[..], Works::Works),
        (denied("StringEquals"), &given[..], Works::Unknown),
        (denied("StringNotEquals"), &given[..], Works::Unknown),
    ];
    let cases: Vec<_> = cases
        .iter()
        .map(|(text, given, works)| (&**text, &**text, want(id, given), *works))
        .collect();
    let problems = problems(&cases);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let one = diagnose(&[&text(json!({"StringEquals": {arn: bucket}}))], &[want(id, &given)]);
    let said = messages(only(&one));
    assert!(said.contains("S3 Bucket Key"), "{said}");
}

/// AWS documents `arn:aws:ssm:REGION:ACCOUNT:*` and nothing narrower.
#[test]
fn from_what_a_hybrid_role_is_assumed_is_not_known() {
    let trust = |operator: &str, source: &str| {
        let condition = json!({"StringEquals": {"aws:SourceAccount": ACCOUNT}, operator: {"aws:SourceArn": source}});
        json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "ssm.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": condition}]})
        .to_string()
    };
    let mut problems = Vec::new();
    for (operator, source, expected) in [
        ("ArnEquals", "arn:aws:ssm:eu-west-1:111122223333:*", Works::Works),
        ("ArnLike", "arn:aws:ssm:*:111122223333:*", Works::Works),
        ("StringLike", "arn:aws:ssm:eu-west-1:111122223333:*", Works::Works),
        ("ArnEquals", "arn:aws:ssm:eu-west-1:111122223333:activation/x", Works::Unknown),
        ("ArnLike", "arn:aws:ssm:eu-west-1:111122223333:activation/*", Works::Unknown),
        ("ArnLike", "arn:aws:ssm:eu-west-1:111122223333:managed-instance/*", Works::Unknown),
        ("ArnNotLike", "arn:aws:ssm:eu-west-1:111122223333:managed-instance/*", Works::Unknown),
        ("ArnLike", "arn:aws:ssm:us-east-1:111122223333:*", Works::Fails),
        ("ArnLike", "arn:aws:ssm:us-east-1:111122223333:managed-instance/*", Works::Fails),
        ("ArnLike", "arn:aws:ec2:eu-west-1:111122223333:*", Works::Fails),
    ] {
        let given =
            Documents { trust_policy: Some(pasted(&trust(operator, source))), ..documents(&[]) };
        let found = diagnose_role(&given, &[want("trust.hybrid", &[])]).unwrap();
        if only(&found).result != expected {
            let said = messages(only(&found));
            problems.push(format!("{operator} {source}: {:?} {said}", only(&found).result));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Texts of requests that are facts of AWS and no examples, each with the place that says so.
const FACTS: [(&str, &[&str]); 2] = [
    (
        "values of context keys",
        &[
            // The agent sends it with each upload.
            "s3:x-amz-acl=bucket-owner-full-control",
            // The user guide, "Enforce a session document permission check for the AWS CLI".
            "ssm:SessionDocumentAccessCheck=true",
            // The user guide, "Connect to a Windows Server managed instance using Remote Desktop".
            "aws:CalledVia=ssm-guiconnect.amazonaws.com",
            "aws:CalledViaFirst=ssm-guiconnect.amazonaws.com",
            // The type of every document of Session Manager.
            "ssm:DocumentType=Session",
            "aws:MultiFactorAuthPresent=true",
            "aws:MultiFactorAuthPresent=false",
            // The user guide, "Default Host Management Configuration".
            "iam:PassedToService=ssm.amazonaws.com",
            // How S3 names itself to KMS.
            "kms:ViaService=s3.${Region}.${DnsSuffix}",
        ],
    ),
    (
        "parts of resources",
        &[
            "amazon-ssm-${Region}",
            "aws-ssm-${Region}",
            "patch-baseline-snapshot-${Region}",
            "SSM-SessionManagerRunShell",
            "servicesetting/ssm/managed-instance/default-ec2-instance-management-role",
            "role/service-role/AWSSystemsManagerDefaultEC2InstanceManagementRole",
        ],
    ),
];

/// What stands in a request is a placeholder or a fact.
#[test]
fn no_request_of_the_table_has_an_example_in_it() {
    let [(_, contexts), (_, resources)] = FACTS;
    let mut problems = Vec::new();
    for capability in capabilities().iter().filter(|capability| capability.is_whole) {
        for request in &capability.requests {
            for (key, value) in &request.context {
                let is_placeholder = value.starts_with("${") && value.ends_with('}');
                let pair = format!("{key}={value}");
                // The endpoints of EC2 Instance Connect are asked about a port and a duration of their own.
                let is_of_tunnel = key.starts_with("ec2-instance-connect:");
                let is_fact = contexts.contains(&pair.as_str()) || value.starts_with("arn:${");
                if !is_placeholder && !is_fact && !is_of_tunnel {
                    problems.push(format!("{}: {pair}", capability.id));
                }
                let tag = key.split_once("esourceTag/").map(|(_, tag)| tag);
                if tag.is_some_and(|tag| !tag.starts_with("${") && !tag.starts_with("aws:")) {
                    problems.push(format!("{}: {key}", capability.id));
                }
            }
            let mut own = request.resource.to_owned();
            for known in resources {
                own = own.replace(known, "");
            }
            let last = own.splitn(6, ':').nth(5).unwrap_or_default().to_owned();
            for part in last.split(['/', ':']).skip(usize::from(!own.contains(":s3:::"))) {
                let is_known = part.is_empty()
                    || part.starts_with("${")
                    || part.starts_with("AWS")
                    || part == "log-stream";
                if !is_known {
                    problems.push(format!("{}: {part} in {}", capability.id, request.resource));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
