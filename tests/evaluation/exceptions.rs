//! What AWS decides otherwise than the layers of policies alone would: for the root user, for roles that services made,
//! for calls that no control policy limits; and what a request does not say by itself.

use postern::api::{self, Decision};
use serde::Deserialize;
use serde_json::{json, Value};

const ROOT: &str = "arn:aws:iam::111122223333:root";
const OTHER_ROOT: &str = "arn:aws:iam::444455556666:root";
const USER: &str = "arn:aws:iam::111122223333:user/alice";
const ROLE: &str = "arn:aws:iam::111122223333:role/Ops";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Ops/s";
const LINKED: &str = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s";
const LINKED_ROLE: &str =
    "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";
const BUCKET: &str = "arn:aws:s3:::b";

fn decide(policies: &Value, request: &Value) -> Decision {
    let input = json!({"policies": policies, "request": request});
    api::evaluate(&api::Value::deserialize(input).unwrap()).unwrap()
}

fn statement(effect: &str, principal: Value) -> Value {
    let mut statement = json!({"Effect": effect, "Action": "*", "Resource": "*"});
    if !principal.is_null() {
        statement["Principal"] = principal;
    }
    json!({"Version": "2012-10-17", "Statement": [statement]})
}

fn own(document: &Value) -> Value {
    json!([{"name": "p", "document": document}])
}

fn messages(decision: &Decision) -> Vec<&str> {
    decision.reasons.iter().map(|reason| reason.message.as_str()).collect()
}

/// Source: the KMS developer guide, "Key policies": not even the root user has a permission that no policy gives.
#[test]
fn the_root_user_needs_the_policy_of_a_key() {
    let to = |principal: &str| statement("Allow", json!({"AWS": principal}));
    let deny = statement("Deny", Value::Null);
    let allow = statement("Allow", Value::Null);
    for (principal, policies, expected) in [
        (ROOT, json!({"resource": to(ROLE)}), "implicit_deny"),
        (ROOT, json!({}), "implicit_deny"),
        (ROOT, json!({"unknown": ["resource"]}), "depends"),
        (ROOT, json!({"resource": to(ROOT)}), "allowed"),
        (ROOT, json!({"resource": to("111122223333")}), "allowed"),
        (ROOT, json!({"resource": to("*")}), "allowed"),
        (ROOT, json!({"resource": to(ROOT), "scps": [[deny, allow]]}), "explicit_deny"),
        (OTHER_ROOT, json!({"resource": to(OTHER_ROOT)}), "allowed"),
        (OTHER_ROOT, json!({"resource": to(ROOT)}), "implicit_deny"),
    ] {
        let request = json!({"principal": principal, "action": "kms:Decrypt", "resource": KEY});
        let found = decide(&policies, &request);
        assert_eq!(found.decision, expected, "{principal} {policies}");
        if expected == "implicit_deny" {
            let told = messages(&found);
            assert_eq!(told[0], "The policy of the resource does not allow it.", "{policies}");
        }
    }
    // What has no policy of its own needs none.
    for (action, resource) in
        [("kms:ListKeys", "*"), ("kms:UpdateAlias", "arn:aws:kms:us-east-1:111122223333:alias/a")]
    {
        let request = json!({"principal": ROOT, "action": action, "resource": resource});
        assert_eq!(decide(&json!({}), &request).decision, "allowed", "{action}");
    }
}

/// Source: the STS API reference, "AssumeRole" and "AssumeRoot".
#[test]
fn the_root_user_assumes_no_role() {
    let role = "arn:aws:iam::111122223333:role/Target";
    let trust = |principal: &str| json!({"Statement": {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}});
    let told = "The root user of an account cannot make this call, whatever the policies say.";
    for (principal, action, resource, policies) in [
        (ROOT, "sts:AssumeRole", role, json!({"resource": trust(ROLE)})),
        (ROOT, "sts:AssumeRole", role, json!({"resource": trust(ROOT)})),
        (ROOT, "sts:AssumeRole", role, json!({})),
        (ROOT, "STS:assumerole", role, json!({"unknown": ["resource"]})),
        (OTHER_ROOT, "sts:AssumeRole", role, json!({"resource": trust(OTHER_ROOT)})),
        (ROOT, "sts:AssumeRoot", OTHER_ROOT, json!({})),
    ] {
        let request = json!({"principal": principal, "action": action, "resource": resource});
        let found = decide(&policies, &request);
        let expected = if policies["unknown"].is_null() { "implicit_deny" } else { "denied" };
        assert_eq!(found.decision, expected, "{principal} {action} {policies}");
        assert_eq!(messages(&found)[0], told, "{principal} {action} {policies}");
    }
    for action in ["sts:GetSessionToken", "sts:GetCallerIdentity"] {
        let request = json!({"principal": ROOT, "action": action, "resource": "*"});
        assert_eq!(decide(&json!({}), &request).decision, "allowed", "{action}");
    }
}

/// Source: the S3 API reference, "DeleteBucketPolicy".
#[test]
fn the_root_user_of_a_buckets_account_is_not_locked_out_by_its_policy() {
    let everyone = statement("Deny", json!("*"));
    let deny = statement("Deny", Value::Null);
    let all = statement("Allow", Value::Null);
    let calls = ["s3:DeleteBucketPolicy", "s3:putbucketpolicy", "s3:GetBucketPolicy"];
    for (principal, actions, policies, expected) in [
        (ROOT, &calls[..], json!({"resource": everyone}), "allowed"),
        (ROOT, &calls, json!({"resource": everyone, "unknown": ["resource"]}), "allowed"),
        (ROOT, &calls, json!({"resource": everyone, "scps": [[all, deny]]}), "explicit_deny"),
        (ROOT, &calls, json!({"resource": everyone, "scps": [[]]}), "implicit_deny"),
        (ROOT, &calls, json!({"resource": everyone, "rcps": [[everyone]]}), "explicit_deny"),
        (ROOT, &calls, json!({"resource": everyone, "endpoint": everyone}), "explicit_deny"),
        (
            ROOT,
            &["s3:DeleteBucket", "s3:GetBucketAcl"],
            json!({"resource": everyone}),
            "explicit_deny",
        ),
        (OTHER_ROOT, &calls, json!({"resource": everyone}), "explicit_deny"),
        (USER, &calls, json!({"resource": everyone, "identity": own(&all)}), "explicit_deny"),
    ] {
        for action in actions {
            let request = json!({"principal": principal, "action": action, "resource": BUCKET, "resource_account": "111122223333"});
            let found = decide(&policies, &request);
            assert_eq!(found.decision, expected, "{principal} {action} {policies}");
            if expected == "allowed" {
                let told = "It is allowed: the root user of the bucket's account may always read, replace and delete its policy, \
                            whatever that says.";
                assert_eq!(messages(&found), [told]);
            }
        }
    }
}

/// Source: the KMS developer guide, "Resource control policies in AWS KMS", and the Organizations guide, "Resources and
/// entities not restricted by RCPs".
#[test]
fn some_calls_no_resource_control_policy_limits() {
    let everyone = statement("Deny", json!("*"));
    let trust = json!({"Statement": {"Effect": "Allow", "Principal": {"Service": "x.amazonaws.com"}, "Action": "sts:AssumeRole"}});
    let grants = statement("Allow", json!({"AWS": ROOT}));
    let all = statement("Allow", Value::Null);
    for (principal, action, resource, policy, expected) in [
        (USER, "kms:RetireGrant", KEY, &grants, "allowed"),
        (USER, "KMS:retiregrant", KEY, &grants, "allowed"),
        (USER, "kms:RevokeGrant", KEY, &grants, "explicit_deny"),
        ("x.amazonaws.com", "sts:AssumeRole", LINKED_ROLE, &trust, "allowed"),
        ("x.amazonaws.com", "sts:AssumeRole", ROLE, &trust, "explicit_deny"),
    ] {
        let policies = json!({"identity": own(&all), "resource": policy, "rcps": [[everyone]]});
        let request = json!({"principal": principal, "action": action, "resource": resource});
        assert_eq!(decide(&policies, &request).decision, expected, "{action} {resource}");
    }
}

#[test]
fn only_its_path_tells_that_a_service_made_a_role() {
    let all = statement("Allow", Value::Null);
    let (deny, everyone) = (statement("Deny", Value::Null), statement("Deny", json!("*")));
    let named = "arn:aws:iam::111122223333:role/AWSServiceRoleForX";
    let (yes, no) = (json!({"aws:PrincipalArn": LINKED_ROLE}), json!({"aws:PrincipalArn": named}));
    for control in [json!({"scps": [[all, deny]]}), json!({"rcps": [[everyone]]})] {
        for (principal, context, expected) in [
            (LINKED, &json!({}), "depends"),
            (LINKED, &yes, "allowed"),
            (LINKED, &no, "explicit_deny"),
            (LINKED_ROLE, &json!({}), "allowed"),
            (named, &json!({}), "explicit_deny"),
            (SESSION, &json!({}), "explicit_deny"),
            (SESSION, &yes, "allowed"),
        ] {
            let mut policies = control.clone();
            policies["identity"] = own(&all);
            let request = json!({"principal": principal, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "context": context});
            let found = decide(&policies, &request);
            assert_eq!(found.decision, expected, "{principal} {context} {control}");
            if expected == "depends" {
                assert_eq!(found.possible, ["allowed", "explicit_deny"]);
                assert_eq!(found.depends_on, ["aws:PrincipalArn"]);
                let told = messages(&found).join(" ");
                assert!(told.contains("the role may be one that a service made"), "{told}");
            }
        }
    }
    // Where the control policies let it through it does not matter.
    let policies = json!({"identity": own(&all), "scps": [[all]]});
    let request =
        json!({"principal": LINKED, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k"});
    assert_eq!(decide(&policies, &request).decision, "allowed");
    let policies = json!({"identity": own(&all), "scps": [[]]});
    let found = decide(&policies, &request);
    assert_eq!(
        (found.decision, found.depends_on),
        ("depends", vec!["aws:PrincipalArn".to_owned()])
    );
    // Other keys are not tried out as if this one were settled.
    let secure = json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:SourceVpce": "v"}}}});
    let policies = json!({"identity": own(&all), "scps": [[all, secure]]});
    for unknown in [json!(["aws:SourceVpce"]), json!(["aws:SourceVpce", "aws:PrincipalArn"])] {
        let request = json!({"principal": LINKED, "action": "s3:GetObject", "resource": "arn:aws:s3:::b/k", "unknown": unknown});
        let found = decide(&policies, &request);
        assert_eq!(found.possible, ["allowed", "explicit_deny"], "{unknown}");
        assert_eq!(found.depends_on, ["aws:PrincipalArn", "aws:SourceVpce"], "{unknown}");
    }
}

/// The ARN of a session does not show the path of its role. It is taken to have none, but where a policy speaks of one.
#[test]
fn the_path_of_a_sessions_role_is_not_known() {
    let sso = "arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/al";
    let of = |rest: &str| format!("arn:aws:iam::111122223333:role/{rest}");
    let admin = of("AWSReservedSSO_Admin_0123456789abcdef");
    let full = of("aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef");
    for (principal, operator, value, expected) in [
        (sso, "ArnLike", of("aws-reserved/sso.amazonaws.com/*"), "depends"),
        (
            sso,
            "ArnLike",
            "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*"
                .to_owned(),
            "depends",
        ),
        (sso, "StringLike", "*:role/aws-reserved/*".to_owned(), "depends"),
        (sso, "ArnEquals", full.clone(), "depends"),
        (sso, "StringEquals", full.clone(), "depends"),
        (sso, "StringEqualsIgnoreCase", full.to_uppercase(), "depends"),
        (sso, "ForAnyValue:StringEquals", full.clone(), "depends"),
        (sso, "ArnNotLike", of("aws-reserved/sso.amazonaws.com/*"), "depends"),
        (sso, "StringNotEquals", full.clone(), "depends"),
        // The same for every path.
        (sso, "ArnLike", of("*/AWSReservedSSO_View_*"), "depends"),
        (sso, "ArnLike", of("*/AWSReservedSSO_View_0"), "implicit_deny"),
        (
            sso,
            "ArnLike",
            of("aws-reserved/sso.amazonaws.com/AWSReservedSSO_View_0"),
            "implicit_deny",
        ),
        (
            sso,
            "ArnLike",
            "arn:aws:iam::444455556666:role/aws-reserved/*".to_owned(),
            "implicit_deny",
        ),
        (sso, "ArnNotLike", "arn:aws:iam::444455556666:role/aws-reserved/*".to_owned(), "allowed"),
        (sso, "ArnLike", "arn:aws:iam::*:user/aws-reserved/*".to_owned(), "implicit_deny"),
        (sso, "ArnLike", of("*"), "allowed"),
        (sso, "ArnLike", of("*AWSReservedSSO_Admin_*"), "allowed"),
        (sso, "Null", "false".to_owned(), "allowed"),
        (sso, "NumericEquals", "1".to_owned(), "implicit_deny"),
        // Nothing in these speaks of a path.
        (sso, "ArnEquals", admin.clone(), "allowed"),
        (sso, "StringEquals", admin.clone(), "allowed"),
        (sso, "ArnNotEquals", admin.clone(), "implicit_deny"),
        (sso, "ArnLike", of("AWSReservedSSO_*"), "allowed"),
        (sso, "ArnLike", of("BreakGlass*"), "implicit_deny"),
        (sso, "ArnNotLike", of("BreakGlass*"), "allowed"),
        // Who gives a role itself gives its path.
        (full.as_str(), "ArnLike", of("aws-reserved/sso.amazonaws.com/*"), "allowed"),
        (admin.as_str(), "ArnLike", of("aws-reserved/sso.amazonaws.com/*"), "implicit_deny"),
    ] {
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {operator: {"aws:PrincipalArn": value}}});
        let policies =
            json!({"identity": own(&json!({"Version": "2012-10-17", "Statement": statement}))});
        let mut request =
            json!({"principal": principal, "action": "s3:ListAllMyBuckets", "resource": "*"});
        let found = decide(&policies, &request);
        assert_eq!(found.decision, expected, "{principal} {operator} {value}");
        match expected {
            "depends" => assert_eq!(found.depends_on, ["aws:PrincipalArn"], "{operator} {value}"),
            _ => assert_eq!(found.depends_on, [""; 0], "{operator} {value}"),
        }
        // The request may say it.
        request["context"] = json!({"aws:PrincipalArn": full});
        assert_ne!(decide(&policies, &request).decision, "depends", "{operator} {value}");
    }
}

#[test]
fn what_is_taken_for_granted_of_a_path_is_said() {
    let told = "The role is taken to have no path, which the ARN of its session would not show: aws:PrincipalArn in the \
                context says it.";
    let under = |condition: Value| {
        let statement =
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
        json!({"identity": own(&json!({"Version": "2012-10-17", "Statement": statement}))})
    };
    let by_arn = under(json!({"ArnEquals": {"aws:PrincipalArn": ROLE}}));
    let by_tag = under(json!({"StringEquals": {"aws:PrincipalTag/a": "b"}}));
    let given = json!({"aws:PrincipalArn": ROLE, "aws:PrincipalTag/a": "b"});
    let tag = json!({"aws:PrincipalTag/a": "b"});
    for (principal, policies, context, expected) in [
        (SESSION, &by_arn, &tag, true),
        (SESSION, &by_arn, &given, false),
        (SESSION, &by_tag, &tag, false),
        (ROLE, &by_arn, &tag, false),
    ] {
        let request =
            json!({"principal": principal, "action": "a:B", "resource": "*", "context": context});
        let found = decide(policies, &request);
        assert_eq!(found.decision, "allowed", "{principal} {context}");
        assert_eq!(messages(&found).contains(&told), expected, "{:?}", messages(&found));
    }
    // Of what is not known nothing is taken for granted.
    let by_path = under(json!({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/team/*"}}));
    let request = json!({"principal": SESSION, "action": "a:B", "resource": "*"});
    let found = decide(&by_path, &request);
    let undecided = "It may be allowed by p, Statement[0]: ArnLike wants aws:PrincipalArn \
                     arn:aws:iam::*:role/team/*, and the request has an unknown value.";
    assert_eq!(messages(&found), [undecided]);
}

/// Keys of services that say again what global keys say, with the decision of an Allow under the condition.
#[test]
fn keys_of_services_that_follow_from_the_request() {
    let other = "arn:aws:iam::444455556666:user/bob";
    let object = "arn:aws:s3:::b/k";
    let service = "ssm.amazonaws.com";
    let own_account = "111122223333";
    for (principal, action, resource, key, value, context, expected) in [
        (USER, "kms:Decrypt", KEY, "kms:CallerAccount", own_account, json!({}), "allowed"),
        (USER, "kms:Decrypt", KEY, "KMS:calleraccount", own_account, json!({}), "allowed"),
        (ROOT, "kms:Decrypt", KEY, "kms:CallerAccount", own_account, json!({}), "allowed"),
        (SESSION, "kms:Decrypt", KEY, "kms:CallerAccount", own_account, json!({}), "allowed"),
        (other, "kms:Decrypt", KEY, "kms:CallerAccount", own_account, json!({}), "implicit_deny"),
        (other, "kms:Decrypt", KEY, "kms:CallerAccount", "444455556666", json!({}), "allowed"),
        (
            USER,
            "kms:Decrypt",
            KEY,
            "kms:CallerAccount",
            own_account,
            json!({"kms:CallerAccount": null}),
            "implicit_deny",
        ),
        (
            USER,
            "kms:Decrypt",
            KEY,
            "kms:CallerAccount",
            own_account,
            json!({"kms:CallerAccount": "444455556666"}),
            "implicit_deny",
        ),
        // A service calls from no account that anybody could name.
        (service, "kms:Decrypt", KEY, "kms:CallerAccount", own_account, json!({}), "depends"),
        // These come with no key, and with no other service.
        (USER, "kms:ListKeys", "*", "kms:CallerAccount", own_account, json!({}), "implicit_deny"),
        (
            USER,
            "s3:GetObject",
            object,
            "kms:CallerAccount",
            own_account,
            json!({}),
            "implicit_deny",
        ),
        (USER, "s3:GetObject", object, "s3:ResourceAccount", own_account, json!({}), "allowed"),
        (other, "s3:GetObject", object, "s3:ResourceAccount", own_account, json!({}), "allowed"),
        (
            USER,
            "s3:GetObject",
            object,
            "s3:ResourceAccount",
            "444455556666",
            json!({}),
            "implicit_deny",
        ),
        (
            USER,
            "sqs:SendMessage",
            "arn:aws:sqs:us-east-1:111122223333:q",
            "s3:ResourceAccount",
            own_account,
            json!({}),
            "implicit_deny",
        ),
        (
            service,
            "s3:GetObject",
            object,
            "aws:PrincipalServiceName",
            service,
            json!({}),
            "allowed",
        ),
        (
            service,
            "s3:GetObject",
            object,
            "aws:PrincipalServiceName",
            "ec2.amazonaws.com",
            json!({}),
            "implicit_deny",
        ),
        (
            USER,
            "s3:GetObject",
            object,
            "aws:PrincipalServiceName",
            service,
            json!({}),
            "implicit_deny",
        ),
        (
            service,
            "s3:GetObject",
            object,
            "aws:PrincipalServiceNamesList",
            service,
            json!({}),
            "depends",
        ),
        (
            USER,
            "s3:GetObject",
            object,
            "aws:PrincipalServiceNamesList",
            service,
            json!({}),
            "implicit_deny",
        ),
    ] {
        let qualifier = if key.ends_with("List") { "ForAnyValue:" } else { "" };
        let statement = |principal: bool| {
            let condition = json!({format!("{qualifier}StringEquals"): {key: value}});
            let mut it =
                json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
            if principal {
                it["Principal"] = json!("*");
            }
            json!({"Version": "2012-10-17", "Statement": it})
        };
        let all = statement_of_all();
        let policies = match principal == other || principal == service {
            true => json!({"identity": own(&all), "resource": statement(true)}),
            false if resource == KEY => json!({"resource": statement(true)}),
            false => json!({"identity": own(&statement(false))}),
        };
        let request = json!({"principal": principal, "action": action, "resource": resource, "context": context, "resource_account": own_account});
        let found = decide(&policies, &request);
        assert_eq!(found.decision, expected, "{principal} {action} {key} {value} {context}");
    }
}

fn statement_of_all() -> Value {
    statement("Allow", Value::Null)
}
