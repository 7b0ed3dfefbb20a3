//! The cases of tests/conformance about comparing: what is gained and lost, granted or public, each with a witness.
//!
//! Every witness is asked of `evaluate` again, as a caller of the package would do it.

mod addition;
pub mod isolation;
mod laws;
mod minimized;
mod random;
mod strangers;

use std::{fs, path::Path};

use isolation::{is_allowed, is_denied, plain};
use postern::api::{self, AccessCheck, AccessReason};
use serde_json::{json, Value};

fn compare(existing: &Value, proposed: &Value, options: Value) -> api::AccessComparison {
    api::compare_access(&plain(existing), &plain(proposed), Some(&plain(&options))).unwrap()
}

/// What is wrong with an answer, given what the case says of it.
fn problems(
    check: &AccessCheck,
    expect: &str,
    truth: Option<&str>,
    is_confirmed: &dyn Fn(&AccessReason) -> bool,
) -> Vec<String> {
    let mut problems = Vec::new();
    let accepted = match expect {
        "UNKNOWN-OK" => check.result == "UNKNOWN" || Some(check.result) == truth,
        expect => check.result == expect,
    };
    if !accepted {
        let open = check.unknown.join(" ");
        let first = check.reasons.first().map(|reason| reason.description.clone());
        problems.push(format!("{} {open}, expected {expect} {truth:?}; {first:?}", check.result));
    }
    if (check.result == "FAIL") == check.reasons.is_empty() {
        problems.push(format!("{} with {} reasons", check.result, check.reasons.len()));
    }
    if (check.result == "UNKNOWN") == check.unknown.is_empty() {
        problems.push(format!("{} with {:?}", check.result, check.unknown));
    }
    for reason in &check.reasons {
        if !is_confirmed(reason) {
            problems.push(format!("not confirmed: {:?}", reason.witness));
        }
    }
    problems
}

#[test]
fn every_case_is_answered_as_it_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/access.jsonl");
    let text = fs::read_to_string(file).unwrap();
    let (mut count, mut all) = (0, Vec::new());
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        count += 1;
        let name = case["name"].as_str().unwrap();
        if std::env::var("CASE").is_ok_and(|wanted| !name.contains(&wanted)) {
            continue;
        }
        all.extend(of_case(&case).into_iter().map(|problem| format!("{name}: {problem}")));
    }
    assert_eq!(count, 282);
    assert!(all.is_empty(), "{} problems\n{}\n", all.len(), all.join("\n"));
}

fn of_case(case: &Value) -> Vec<String> {
    let text = |name: &str| case[name].as_str();
    let policy_type = text("policyType").unwrap();
    let mut options = json!({"policyType": policy_type});
    if let Some(requests) = text("requests") {
        options["requests"] = requests.into();
    }
    // Where AWS's checks read a policy as IAM does not, the evaluation has no say.
    let differs = text("evaluator") == Some("differs");
    let allowed_by = |policy: &Value, reason: &AccessReason| {
        differs || is_allowed(policy, policy_type, &reason.witness)
    };
    let denied_by = |policy: &Value, reason: &AccessReason| {
        differs || is_denied(policy, policy_type, &reason.witness)
    };
    let expect = text("expect").unwrap();
    let (first, mut found) = match text("check").unwrap() {
        "no-new-access" => {
            let (existing, proposed) = (&case["existing"], &case["proposed"]);
            let compared = compare(existing, proposed, options);
            let mut found = Vec::new();
            if let Some(lost) = text("lost") {
                let is_confirmed = |reason: &AccessReason| {
                    allowed_by(existing, reason) && denied_by(proposed, reason)
                };
                let lost = problems(&compared.lost, lost, text("lostTruth"), &is_confirmed);
                found.extend(lost.into_iter().map(|problem| format!("lost: {problem}")));
            }
            let is_confirmed =
                |reason: &AccessReason| allowed_by(proposed, reason) && denied_by(existing, reason);
            found.extend(problems(&compared.gained, expect, text("truth"), &is_confirmed));
            (compared.gained, found)
        }
        "access-not-granted" => {
            let policy = &case["policy"];
            let access = plain(&case["access"]);
            let check =
                api::check_access_not_granted(&plain(policy), &access, Some(&plain(&options)));
            let check = check.unwrap();
            let is_confirmed = |reason: &AccessReason| allowed_by(policy, reason);
            let found = problems(&check, expect, text("truth"), &is_confirmed);
            (check, found)
        }
        _ => {
            let policy = &case["policy"];
            let resource_type = plain(&case["resourceType"]);
            let check = api::check_no_public_access(&plain(policy), &resource_type).unwrap();
            let is_confirmed = |reason: &AccessReason| allowed_by(policy, reason);
            let found = problems(&check, expect, text("truth"), &is_confirmed);
            (check, found)
        }
    };
    if let Some(statements) = case["statements"].as_array() {
        let told: Vec<_> =
            first.reasons.iter().map(|reason| json!(reason.statement_index)).collect();
        if told != *statements {
            found.push(format!("statements {told:?}, expected {statements:?}"));
        }
    }
    found
}

/// Policies that are made to take long.
#[test]
fn hostile_policies_are_answered_or_said_to_be_too_large() {
    let statement = |effect: &str, resource: String, condition: Value| json!({"Effect": effect, "Action": "s3:*", "Resource": resource, "Condition": condition});
    let policy = |statements: Vec<Value>| json!({"Version": "2012-10-17", "Statement": statements});
    let none = || json!({});
    let letters = "abcdefghijklmnopqrst";
    let contains = |c: char| statement("Allow", format!("arn:aws:s3:::*{c}*{c}*"), none());
    let apart: Vec<_> = letters.chars().map(contains).collect();
    let all = policy(vec![statement("Allow", "*".to_owned(), none())]);
    let objects = policy(vec![statement("Allow", "arn:aws:s3:::*a*b*c*d*".to_owned(), none())]);
    // Every second Allow has a key of its own, and every other one a value of the first.
    let keys: Vec<_> = (0..300)
        .map(|i| {
            statement(
                "Allow",
                "*".to_owned(),
                json!({"StringLike": {format!("aws:PrincipalTag/k{}", i / 2): format!("*{i}*")}}),
            )
        })
        .collect();
    let sets: Vec<_> = (0..14)
        .map(|i| {
            statement(
                "Allow",
                "*".to_owned(),
                json!({"ForAllValues:StringNotLike": {"aws:TagKeys": format!("*{i}*")}}),
            )
        })
        .collect();
    let parity: Vec<_> = (0..16)
        .flat_map(|i| ["1", "2"].map(|v| statement("Allow", "*".to_owned(), json!({"StringEquals": {format!("aws:PrincipalTag/k{i}"): v, format!("aws:PrincipalTag/k{}", (i + 1) % 16): v}}))))
        .collect();
    let long =
        policy(vec![statement("Allow", format!("arn:aws:s3:::{}", "*a".repeat(500)), none())]);
    let longer =
        policy(vec![statement("Allow", format!("arn:aws:s3:::{}", "?*a".repeat(500)), none())]);
    let mut results = Vec::new();
    for (existing, proposed) in [
        (&policy(apart), &all),
        (&policy(letters.chars().map(contains).collect()), &objects),
        (&policy(keys), &all),
        (&policy(sets), &all),
        (&policy(parity), &all),
        (&long, &longer),
    ] {
        let compared = compare(existing, proposed, json!({}));
        results.push((compared.gained.result, compared.lost.result));
    }
    let expected = [
        ("FAIL", "PASS"),
        ("UNKNOWN", "FAIL"),
        ("FAIL", "PASS"),
        ("UNKNOWN", "PASS"),
        ("FAIL", "PASS"),
        ("PASS", "UNKNOWN"),
    ];
    assert_eq!(results, expected);
}

/// What is found first does not hide that there may be more.
/// Nobody without a name asks for credentials, or has the ARN of one.
#[test]
fn who_shows_that_strangers_come_in_is_somebody_who_can_ask() {
    let everybody = |action: &str, condition: Value| json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*", "Condition": condition}});
    let mut trust = everybody("sts:AssumeRole", json!({}));
    trust["Statement"].as_object_mut().unwrap().remove("Resource");
    let has_arn = json!({"Null": {"aws:PrincipalArn": "false"}});
    let mut problems = Vec::new();
    for (policy, of, is_named) in [
        (trust, "AWS::IAM::AssumeRolePolicyDocument", true),
        (everybody("sqs:SendMessage", has_arn), "AWS::SQS::Queue", true),
        (everybody("sqs:SendMessage", json!({})), "AWS::SQS::Queue", false),
    ] {
        let check = api::check_no_public_access(&plain(&policy), &plain(&json!(of))).unwrap();
        let asking: Vec<_> =
            check.reasons.iter().map(|reason| reason.witness.principal.as_str()).collect();
        if asking.len() != 1 || asking.iter().all(|who| who.contains(":role/")) != is_named {
            problems.push(format!("{policy}: {asking:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_a_pass_leaves_out_is_said() {
    let mut problems = Vec::new();
    let deny = |action: &str| json!({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": action, "Resource": "*"}});
    let allow = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}});
    for (before, after, expected) in [
        (deny("s3:*"), deny("s3:Get*"), true),
        (deny("s3:*"), allow.clone(), false),
        (allow.clone(), deny("s3:*"), false),
    ] {
        let compared = compare(&before, &after, json!({}));
        for check in [&compared.gained, &compared.lost] {
            let said = check.assumptions.iter().any(|it| it.starts_with("Neither side allows"));
            if said != expected {
                problems.push(format!("{before} -> {after}: {:?}", check.assumptions));
            }
        }
    }
    let github = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
    for (principal, action, expected) in [
        (json!({"Federated": github}), "sts:AssumeRoleWithWebIdentity", ("PASS", true)),
        (
            json!({"Federated": "accounts.google.com"}),
            "sts:AssumeRoleWithWebIdentity",
            ("FAIL", false),
        ),
        (json!({"Service": "ec2.amazonaws.com"}), "sts:AssumeRole", ("PASS", false)),
    ] {
        let trust = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": principal, "Action": action}});
        let check = api::check_no_public_access(
            &plain(&trust),
            &plain(&json!("AWS::IAM::AssumeRolePolicyDocument")),
        )
        .unwrap();
        let said = check.assumptions.iter().any(|it| it.contains("identity providers"));
        if (check.result, said) != expected {
            problems.push(format!("{trust}: {} {:?}", check.result, check.assumptions));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A list may have the empty value alone, twice.
#[test]
fn a_list_of_empty_values_is_looked_at() {
    let keys = "aws:TagKeys";
    let allow = |condition: Value| json!({"Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*", "Condition": condition});
    let before = json!({"Version": "2012-10-17", "Statement": [
        allow(json!({"ForAnyValue:StringNotEquals": {keys: ""}})),
        allow(json!({"StringEquals": {keys: ""}})),
    ]});
    let after = json!({"Version": "2012-10-17", "Statement": allow(json!({"ForAnyValue:StringEquals": {keys: ""}}))});
    let gained = compare(&before, &after, json!({})).gained;
    assert_eq!(gained.result, "FAIL", "{}", gained.message);
    assert_eq!(
        serde_json::to_value(&gained.reasons[0].witness.context).unwrap(),
        json!({keys: ["", ""]})
    );
}

/// IAM's guide leaves open whether `ForAllValues` and `Null` take an empty value for none. AWS's checks take it for one.
#[test]
fn what_holds_only_of_values_that_are_not_empty_is_said() {
    let tag = "aws:PrincipalTag/t";
    let with = |condition: &Value| json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": condition}});
    let mut problems = Vec::new();
    for (before, after, expected) in [
        // With a tag whose value is empty the second may allow.
        (
            json!({"StringEquals": {tag: "x"}}),
            json!({"Null": {tag: "false"}, "ForAllValues:StringEquals": {tag: "x"}}),
            ("PASS if it is a value", "PASS"),
        ),
        (
            json!({"StringNotLike": {tag: "*"}}),
            json!({"Null": {tag: "true"}}),
            ("PASS if it is a value", "PASS"),
        ),
        (
            json!({"StringEquals": {tag: "x"}}),
            json!({"StringEquals": {tag: ""}, "ForAllValues:StringEquals": {tag: "x"}}),
            ("PASS if it is a value", "FAIL"),
        ),
        // Both take it in the same way, or it decides nothing.
        (
            json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["a", "b"]}}),
            json!({"ForAllValues:StringEquals": {"aws:TagKeys": ["b", "a"]}}),
            ("PASS", "PASS"),
        ),
        (json!({"StringLike": {tag: "*"}}), json!({"Null": {tag: "false"}}), ("PASS", "PASS")),
        (
            json!({"ForAllValues:StringLike": {tag: "*"}}),
            json!({"StringLikeIfExists": {tag: "*"}}),
            ("PASS", "PASS"),
        ),
    ] {
        let compared = compare(&with(&before), &with(&after), json!({}));
        let told = |check: &api::AccessCheck| match check
            .assumptions
            .iter()
            .any(|it| it.contains("empty value"))
        {
            true => format!("{} if it is a value", check.result),
            false => check.result.to_owned(),
        };
        let found = (told(&compared.gained), told(&compared.lost));
        if (found.0.as_str(), found.1.as_str()) != expected {
            problems.push(format!("{before} -> {after}: {found:?}"));
        }
    }
    // A Deny that may match is not needless.
    let all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let deny = json!({"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringEquals": {tag: ""}, "ForAllValues:StringEquals": {tag: "x"}}});
    let both = json!({"Version": "2012-10-17", "Statement": [all, deny]});
    let small = api::minimize_policy(&plain(&both), None).unwrap();
    if !small.json.contains("Deny") {
        problems.push(small.json);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn where_access_is_found_the_statements_that_are_too_large_are_told_too() {
    let statement = |action: &str, condition: Value| json!({"Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition});
    let policy = |statements: Vec<Value>| json!({"Version": "2012-10-17", "Statement": statements});
    let set = |i| {
        let condition = json!({"ForAllValues:StringNotLike": {"aws:TagKeys": format!("*{i}*")}});
        statement("s3:*", condition)
    };
    let existing = policy((0..14).map(set).collect());
    let more = [statement("sqs:SendMessage", json!({})), statement("s3:*", json!({}))];
    let gained = compare(&existing, &policy(more.to_vec()), json!({})).gained;
    assert_eq!((gained.result, gained.reasons.len()), ("FAIL", 1));
    assert_eq!(gained.unknown, Vec::<&str>::new());
    let told = "There may be more than is listed: of other statements it cannot be told, because the policies are too large to be \
                sure; nothing was found so far.";
    assert_eq!(gained.assumptions, [told]);
    let all = compare(&existing, &policy(more[..1].to_vec()), json!({})).gained;
    assert_eq!(all.assumptions, Vec::<String>::new());
}

#[test]
fn a_request_that_is_one_of_many_is_told_as_an_example() {
    let mut problems = Vec::new();
    for (action, resource, is_only) in [
        (json!("s3:CreateBucket"), json!("arn:aws:s3:::b"), true),
        (json!(["s3:createbucket"]), json!(["arn:aws:s3:::b"]), true),
        (json!("s3:CreateBucke?"), json!("arn:aws:s3:::b"), false),
        (json!(["s3:CreateBucket", "s3:DeleteBucket"]), json!("arn:aws:s3:::b"), false),
        (json!("s3:CreateBucket"), json!("arn:aws:s3:::b*"), false),
        (json!("s3:CreateBucket"), json!("*"), false),
    ] {
        let with = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": resource}});
        let other = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}});
        let compared = compare(&other, &with, json!({}));
        let granted = api::check_access_not_granted(
            &plain(&with),
            &plain(&json!([{"resources": ["*"]}])),
            None,
        );
        for reason in compared.gained.reasons.iter().chain(&granted.unwrap().reasons) {
            let word =
                if is_only { "allows s3:CreateBucket on" } else { "allows, for example, s3:" };
            if !reason.description.contains(word) {
                problems.push(format!("{action} {resource}: {}", reason.description));
            }
        }
    }
    assert_eq!(problems, Vec::<String>::new());
}

#[test]
fn no_known_request_has_an_object_where_a_bucket_is_meant() {
    let with = |action: &str| json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": "arn:aws:s3:::b/*"}});
    // Of all that s3:GetAccelerate* is, nothing is inside of a bucket.
    let (before, after) = (with("s3:GetObject"), with("s3:GetAccelerate*"));
    let known = compare(&before, &after, json!({"requests": "known"}));
    assert_eq!(known.gained.result, "PASS", "{:?}", known.gained.reasons);
    let any = compare(&before, &after, json!({}));
    assert_eq!(any.gained.result, "FAIL");
    assert!(!any.gained.reasons[0].is_known, "{:?}", any.gained.reasons);
}

/// What no value takes is a text like others, also where the empty one is taken.
#[test]
fn an_empty_value_does_not_stand_for_every_text() {
    let all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let tag = "aws:PrincipalTag/t";
    let mut problems = Vec::new();
    for condition in [
        json!({"ForAnyValue:StringNotEquals": {"aws:TagKeys": [""]}}),
        json!({"ForAnyValue:StringNotEquals": {"aws:TagKeys": ["", "a"]}}),
        json!({"ForAnyValue:StringNotLike": {"aws:TagKeys": ["", "?"]}}),
        json!({"ForAnyValue:StringNotEqualsIgnoreCase": {"aws:TagKeys": ""}}),
        json!({"StringNotEquals": {tag: ""}, "Null": {tag: "false"}}),
        json!({"StringNotEqualsIfExists": {tag: ["", "a"]}, "Null": {tag: "false"}}),
    ] {
        let statement = |effect: &str| json!({"Effect": effect, "Action": "ec2:CreateTags", "Resource": "*", "Condition": condition});
        let with = json!({"Version": "2012-10-17", "Statement": [all, statement("Deny")]});
        let without = json!({"Version": "2012-10-17", "Statement": [all]});
        for requests in ["any", "known"] {
            let gained = compare(&with, &without, json!({"requests": requests})).gained;
            if gained.result != "FAIL" {
                problems.push(format!("{requests} {condition}: {}", gained.message));
            }
            if requests == "known" && !gained.reasons.iter().all(|reason| reason.is_known) {
                problems.push(format!("{condition}: {:?}", gained.reasons));
            }
        }
        let small = api::minimize_policy(&plain(&with), None).unwrap();
        if !small.json.contains("Deny") {
            problems.push(format!("{condition}: {}", small.json));
        }
        let granted = api::check_access_not_granted(
            &plain(&json!({"Version": "2012-10-17", "Statement": statement("Allow")})),
            &plain(&json!([{"actions": ["ec2:CreateTags"]}])),
            None,
        );
        if granted.unwrap().result != "FAIL" {
            problems.push(format!("{condition}: not granted"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn no_action_is_of_no_service() {
    let with = |action: Value| json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}});
    let mut problems = Vec::new();
    for action in [":GetObject", ":Get*", ":*", "s3:"] {
        let compared = compare(&with("sqs:*".into()), &with(json!(["sqs:*", action])), json!({}));
        if compared.relation != "equal" {
            problems.push(format!("{action}: {:?}", compared.gained));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// It is in no field, and before the last one a variable stands for nothing.
#[test]
fn a_colon_in_a_variable_makes_no_field() {
    let with = |resource: &str| json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ["arn:aws:s3:::a", resource]}});
    let mut problems = Vec::new();
    for resource in ["arn:aws:s3::${aws:PrincipalAccount}", "arn:aws:s3::${aws:a, 'b}/*"] {
        let compared = compare(&with("arn:aws:s3:::a"), &with(resource), json!({}));
        if compared.relation != "equal" {
            problems.push(format!("{resource}: {:?}", compared.gained));
        }
    }
    // What is asked for has no variables: each of its colons counts.
    let witness = |resource: &str| {
        let principal = "arn:aws:iam::111122223333:role/Example".to_owned();
        api::Witness {
            principal,
            action: "s3:GetObject".to_owned(),
            resource: resource.to_owned(),
            resource_account: "111122223333".to_owned(),
            context: plain(&json!({})),
        }
    };
    for (resource, is_right) in
        [("arn:aws:s3::${a:b}", true), ("arn:aws:s3:${a:b}", false), ("urn:aws:s3:::a", false)]
    {
        if is_allowed(&with("*"), "IDENTITY_POLICY", &witness(resource)) != is_right {
            problems.push(format!("{resource} is asked for"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn nobody_gains_what_needs_no_permission() {
    let of =
        |effect: &str, action: Value| json!({"Effect": effect, "Action": action, "Resource": "*"});
    let policy = |statements: Vec<Value>| json!({"Version": "2012-10-17", "Statement": statements});
    let identity = "sts:GetCallerIdentity";
    let read = policy(vec![of("Allow", json!("s3:GetObject"))]);
    let with = policy(vec![of("Allow", json!(["s3:GetObject", identity]))]);
    let all = policy(vec![of("Allow", json!("*"))]);
    let all_but = policy(vec![of("Allow", json!("*")), of("Deny", json!(identity))]);
    let all_but_sts = policy(vec![of("Allow", json!("*")), of("Deny", json!("sts:*"))]);
    for (existing, proposed, relation) in
        [(&read, &with, "equal"), (&all_but, &all, "equal"), (&all_but_sts, &all, "wider")]
    {
        let compared = compare(existing, proposed, json!({}));
        assert_eq!(compared.relation, relation, "{compared:#?}");
    }
}

#[test]
fn a_condition_that_stands_twice_cannot_be_minimized() {
    let text = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*",
        "Condition": {"StringNotEquals": {"aws:principaltag/t": "x", "aws:PrincipalTag/t": "y"}}}]}"#;
    let refused = api::minimize_policy(&plain(&json!(text)), None).unwrap_err();
    assert_eq!(refused.path.as_deref(), Some("policy.Statement[0].Condition"));
    assert!(
        refused.message.contains("StringNotEquals of aws:PrincipalTag/t twice"),
        "{}",
        refused.message
    );
}

#[test]
fn what_is_not_granted_says_where_stars_are_taken_to_stay_in_their_field() {
    let function = "arn:aws:lambda:eu-west-1:111122223333:function:x";
    let access = plain(&json!([{"resources": [function]}]));
    for (resource, result, assumptions) in [
        ("arn:aws:lambda:*:function:x", "PASS", 1),
        ("arn:aws:lambda:*:111122223333:layer:x", "PASS", 0),
        ("arn:aws:lambda:*:111122223333:function:*", "FAIL", 0),
    ] {
        let policy = json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": resource,
        }});
        let check = api::check_access_not_granted(&plain(&policy), &access, None).unwrap();
        assert_eq!((check.result, check.assumptions.len()), (result, assumptions), "{resource}");
    }
}
