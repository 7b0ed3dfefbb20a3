//! Who is a stranger to the policy of a resource, and who is not.

use postern::api;
use serde_json::{json, Value};

use super::isolation::plain;

/// A stranger is of another account and of another organization than the resource. Whether AWS takes a variable for the
/// fixed value that it asks for is not known.
#[test]
fn a_variable_for_the_owner_keeps_strangers_out() {
    let policy = |effect: &str, condition: &Value| {
        let mut statements = vec![
            json!({"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}),
        ];
        match effect {
            "Allow" => statements[0]["Condition"] = condition.clone(),
            _ => statements.push(
                json!({"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": condition}),
            ),
        }
        json!({"Version": "2012-10-17", "Statement": statements})
    };
    let open = ("UNKNOWN", vec!["?variable-in-trusted-key"]);
    let public = ("FAIL", vec![]);
    let mut problems = Vec::new();
    for (effect, operator, key, value, expected) in [
        ("Allow", "StringEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}", &open),
        ("Allow", "StringEquals", "AWS:principalorgid", "${aws:resourceORGID}", &open),
        ("Allow", "StringLike", "aws:PrincipalAccount", "${aws:ResourceAccount}", &open),
        ("Allow", "StringEquals", "aws:PrincipalAccount", "${s3:ResourceAccount}", &open),
        ("Allow", "StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}", &open),
        ("Allow", "StringEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", &open),
        ("Deny", "StringNotEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}", &open),
        ("Deny", "StringNotEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", &open),
        // Strangers come in.
        ("Allow", "StringNotEquals", "aws:PrincipalOrgID", "${aws:ResourceOrgID}", &public),
        ("Allow", "StringNotEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}", &public),
        ("Allow", "StringEqualsIfExists", "aws:PrincipalOrgID", "${aws:ResourceOrgID}", &public),
        ("Deny", "StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}", &public),
    ] {
        let policy = policy(effect, &json!({operator: {key: value}}));
        let check = api::check_no_public_access(&plain(&policy), &plain(&json!("AWS::S3::Bucket")));
        let check = check.unwrap();
        if (check.result, &check.unknown) != (expected.0, &expected.1) {
            problems.push(format!("{policy}: {} {:?}", check.result, check.unknown));
        }
    }
    // Beside a statement that lets strangers in it does not matter.
    let mut both =
        policy("Allow", &json!({"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}));
    let all =
        json!({"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"});
    both["Statement"].as_array_mut().unwrap().push(all);
    let check =
        api::check_no_public_access(&plain(&both), &plain(&json!("AWS::S3::Bucket"))).unwrap();
    let at: Vec<_> = check.reasons.iter().map(|reason| reason.statement_index).collect();
    if (check.result, &at[..]) != ("FAIL", &[1][..]) {
        problems.push(format!("{both}: {} {at:?}", check.result));
    }
    // To a policy without variables it is a text.
    let mut old =
        policy("Allow", &json!({"StringEquals": {"aws:PrincipalOrgID": "${aws:ResourceOrgID}"}}));
    old["Version"] = json!("2008-10-17");
    let check =
        api::check_no_public_access(&plain(&old), &plain(&json!("AWS::S3::Bucket"))).unwrap();
    if check.unknown.contains(&"?variable-in-trusted-key") {
        problems.push(format!("{old}: {} {:?}", check.result, check.unknown));
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Source: "The meaning of public" in the EFS user guide.
#[test]
fn who_comes_by_a_mount_target_is_no_stranger() {
    let mut problems = Vec::new();
    for (of, operator, value, expected) in [
        ("AWS::EFS::FileSystem", "Bool", json!("true"), "PASS"),
        ("AWS::EFS::FileSystem", "Bool", json!(true), "PASS"),
        ("AWS::EFS::FileSystem", "BoolIfExists", json!("true"), "FAIL"),
        ("AWS::EFS::FileSystem", "Bool", json!("false"), "FAIL"),
        ("AWS::S3::Bucket", "Bool", json!("true"), "FAIL"),
    ] {
        let condition = json!({operator: {"elasticfilesystem:AccessedViaMountTarget": value}});
        let policy = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
            "Action": "elasticfilesystem:ClientMount", "Resource": "*", "Condition": condition}});
        let check = api::check_no_public_access(&plain(&policy), &plain(&json!(of))).unwrap();
        if check.result != expected {
            problems.push(format!("{of} {policy}: {} {:?}", check.result, check.unknown));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
