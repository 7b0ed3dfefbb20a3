//! The smallest documents whose fixes went wrong once, and what they offer.

use postern::edit::apply;
use postern::rules::PolicyKind::{self, Identity, Resource, ResourceControl, RoleTrust};
use postern::validate::Options;

use super::corpus::findings;

/// A document, the code of a finding, and the document after each of its fixes.
type Case = (PolicyKind, &'static str, &'static str, &'static [&'static str]);

const CASES: &[Case] = &[
    // The principal cannot take a role by the action that was meant.
    (
        RoleTrust,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Federated": "accounts.google.com"}, "Action": ["sts:Ass;meRole", "sts:AssumeRoleWithWebIdentity"], "Condition": {"StringEquals": {"accounts.google.com:aud": "a"}}}}"#,
        "INVALID_ACTION",
        &[],
    ),
    // The slash in the variable separates nothing.
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*"}}"#,
        "POSTERN_BUCKET_ACTION_ON_OBJECTS",
        &[
            r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}"}}"#,
        ],
    ),
    // An Allow in a resource control policy may be one for everything only.
    (
        ResourceControl,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "allow", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::a"}}"#,
        "INVALID_EFFECT",
        &[],
    ),
    (
        ResourceControl,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::a"}}"#,
        "INVALID_EFFECT",
        &[
            r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::a"}}"#,
        ],
    ),
    // Without the variable it would be every resource.
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "${}*"}}"#,
        "EMPTY_VARIABLE",
        &[],
    ),
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/*${}/b"}}"#,
        "EMPTY_VARIABLE",
        &[],
    ),
    // What it would put beside an operator that nobody knows is refused for itself.
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"IpAdress": {"aws:SourceIp": "here"}}}}"#,
        "INVALID_CONDITION_OPERATOR",
        &[],
    ),
    // No action is called **, so it stands for no other.
    (
        Identity,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["**", "s3:GetObject"], "Resource": "*"}}"#,
        "REDUNDANT_ACTION",
        &[],
    ),
];

#[test]
fn what_went_wrong_once() {
    let mut problems = Vec::new();
    for (kind, text, code, expected) in CASES {
        let found = findings(text, of_kind(*kind));
        let of_code: Vec<_> = found.iter().filter(|finding| finding.code == *code).collect();
        let fixes = of_code.iter().flat_map(|finding| &finding.fixes);
        let fixed: Vec<_> = fixes.map(|fix| apply(text, &[&fix.edits])).collect();
        if of_code.is_empty() || fixed != *expected {
            problems.push(format!("{code} {text}\n{}", fixed.join("\n")));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn one_of_two_operators_becomes_the_third() {
    let text = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEqual": {"s3:prefix": "a"}, "StringEquls": {"s3:prefix": "b"}}}}"#;
    let found = findings(text, of_kind(Identity));
    let fixes: Vec<_> = found.iter().flat_map(|f| &f.fixes).map(|f| f.edits.as_slice()).collect();
    assert_eq!(apply(text, &fixes), text.replace("StringEqual\"", "StringEquals\""));
    let beside = text.replace("\"StringEquls\"", "\"StringEquals\"");
    let found = findings(&beside, of_kind(Identity));
    assert!(found.iter().all(|finding| finding.fixes.is_empty()), "{found:?}");
}

#[test]
fn a_resource_policy_gets_no_error_more() {
    for text in [
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:*"], "Resource": "arn:aws:s3:::b"}}"#,
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:us-east-1:444455556666:alias/a"}}"#,
    ] {
        for resource_type in [None, Some("AWS::DynamoDB::Table"), Some("AWS::S3::Bucket")] {
            let options = Options { resource_type, ..of_kind(Resource) };
            let errors = |text: &str| {
                let found = findings(text, options);
                found.iter().filter(|f| f.finding_type.name() == "ERROR").count()
            };
            for fix in findings(text, options).iter().flat_map(|finding| &finding.fixes) {
                let fixed = apply(text, &[&fix.edits]);
                assert!(errors(&fixed) <= errors(text), "{resource_type:?} {text}\n{fixed}");
            }
        }
    }
}

fn of_kind(kind: PolicyKind) -> Options<'static> {
    Options { kind, resource_type: None, lone_surrogate: None, identity_policy: None }
}
