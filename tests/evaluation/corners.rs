//! Corners of the rules, one line each; what comes out was written down before it was asked.

use postern::api;
use serde::Deserialize;
use serde_json::{json, Value};

const USER: &str = "arn:aws:iam::111122223333:user/alice";
const ROLE: &str = "arn:aws:iam::111122223333:role/Ops";
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/Ops/s";
const LINKED: &str = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForX/s";
const FEDERATED: &str = "arn:aws:sts::111122223333:federated-user/alice";
const ROOT: &str = "arn:aws:iam::111122223333:root";
const OTHER: &str = "arn:aws:iam::444455556666:user/bob";
const OTHER_SESSION: &str = "arn:aws:sts::444455556666:assumed-role/Ops/s";
const OTHER_ROOT: &str = "arn:aws:iam::444455556666:root";
const BUCKET: &str = "arn:aws:s3:::b/k";
const KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/k";

const YES: &str = "allowed";
const NO: &str = "implicit_deny";
const DENIED: &str = "explicit_deny";
const OPEN: &str = "depends";

fn decide(input: Value) -> &'static str {
    let input = api::Value::deserialize(input).unwrap();
    api::evaluate(&input).unwrap_or_else(|error| panic!("{}", error.message)).decision
}

fn policy(version: &str, statement: Value) -> Value {
    json!({"Version": version, "Statement": statement})
}

fn identity(document: Value) -> Value {
    json!({"identity": [{"name": "p", "document": document}]})
}

#[test]
fn resources() {
    let stream = "arn:aws:logs:us-east-1:111122223333:log-group:/ssm:log-stream:a";
    let document = "arn:aws:ssm:us-east-1::document/AWS-StartSSHSession";
    for (pattern, resource, expected) in [
        ("arn:aws:logs:*:*:log-group:/ssm:*", stream, YES),
        ("arn:aws:logs:*:log-stream:a", stream, YES),
        ("arn:aws:logs:u*1:log-stream:a", stream, NO),
        ("arn:aws:sns:*:topic", "arn:aws:sns:us-east-1:111122223333:topic", NO),
        ("arn:aws:sqs", "arn:aws:sqs:us-east-1:111122223333:q", YES),
        ("arn:aws:s*", BUCKET, YES),
        ("arn:aws:s3", "arn:aws:s3-object-lambda:us-east-1:111122223333:a/b", NO),
        ("arn:aws:ssm:*:*:*", "*", NO),
        ("**", "*", YES),
        ("ARN:aws:s3:::b/k", BUCKET, NO),
        ("arn:aws:s3:::B/k", BUCKET, NO),
        ("arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/alice", YES),
        ("arn:aws:s3:::b/${AWS:UserName}", "arn:aws:s3:::b/alice", YES),
        ("arn:aws:s3:::b/${aws:none}", "arn:aws:s3:::b/", NO),
        ("arn:aws:s3:::b/${aws:none, 'x y'}/*", "arn:aws:s3:::b/x y/z", YES),
        ("arn:aws:s3:${aws:username}::b", "arn:aws:s3:alice::b", NO),
        ("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", YES),
        ("arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x", NO),
        ("arn:aws:s3:::b/${?}*", "arn:aws:s3:::b/?x", YES),
        ("arn:aws:s3:::b/${$}{aws:username}", "arn:aws:s3:::b/${aws:username}", YES),
        ("arn:aws:s3:::?", "arn:aws:s3:::\u{1f600}", YES),
        ("arn:aws:s3:::?", "arn:aws:s3:::ab", NO),
        ("arn:aws:s3:::?", "arn:aws:s3:::e\u{301}", NO),
        ("arn:aws:s3:::a*b", "arn:aws:s3:::a\n\nb", YES),
        ("arn:aws:s3:::[ab].c+", "arn:aws:s3:::[ab].c+", YES),
        ("arn:aws:s3:::[ab]", "arn:aws:s3:::a", NO),
        ("arn:aws:ssm:us-east-1:*:document/AWS-*", document, YES),
        ("arn:aws:ssm:us-east-1:?*:document/AWS-*", document, NO),
        ("arn:*:*:*:*:*ument/AWS-Start?SHSession", document, YES),
    ] {
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": pattern});
        let request = json!({"principal": USER, "action": "a:B", "resource": resource, "context": {"aws:username": "alice"}});
        let policies = identity(policy("2012-10-17", statement));
        assert_eq!(
            decide(json!({"policies": policies, "request": request})),
            expected,
            "{pattern}"
        );
    }
}

#[test]
fn documents_without_variables() {
    for (version, pattern, resource, expected) in [
        ("2008-10-17", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/alice", NO),
        ("2008-10-17", "arn:aws:s3:::b/${aws:username}", "arn:aws:s3:::b/${aws:username}", YES),
        ("2008-10-17", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/${x}", YES),
        ("2012-10-17", "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/${x}", NO),
    ] {
        let statement = json!({"Effect": "Allow", "Action": "*", "Resource": pattern});
        let request = json!({"principal": USER, "action": "a:B", "resource": resource, "context": {"aws:username": "alice"}});
        let policies = identity(policy(version, statement));
        assert_eq!(
            decide(json!({"policies": policies, "request": request})),
            expected,
            "{pattern}"
        );
    }
}

#[test]
fn actions() {
    for (element, values, expected) in [
        ("Action", json!("S3:getobject"), YES),
        ("Action", json!("**"), NO),
        ("Action", json!("s3:*:*"), NO),
        ("Action", json!("s3 :GetObject"), NO),
        ("Action", json!("s3:GetObject,s3:PutObject"), NO),
        ("Action", json!("*:*"), NO),
        ("Action", json!("s?:GetObject"), NO),
        ("Action", json!("s3:"), NO),
        ("Action", json!("s3:Get?bject*"), YES),
        ("Action", json!([]), NO),
        ("NotAction", json!("s3:Get*"), NO),
        ("NotAction", json!(["ec2:*", "GetObject"]), YES),
        ("NotAction", json!("*"), NO),
        ("NotAction", json!("**"), YES),
    ] {
        let mut statement = json!({"Effect": "Allow", "Resource": "*"});
        statement[element] = values.clone();
        let request = json!({"principal": USER, "action": "s3:GetObject", "resource": BUCKET});
        let policies = identity(policy("2012-10-17", statement));
        let found = decide(json!({"policies": policies, "request": request}));
        assert_eq!(found, expected, "{element} {values}");
    }
}

#[test]
fn conditions() {
    let none = Value::Null;
    for (operator, wants, has, expected) in [
        // Dates: instants, whatever their form; without a zone that of UTC; no hour without minutes, no 30 February.
        ("DateEquals", json!("2026"), json!("2026-01-01T00:00:00Z"), YES),
        ("DateEquals", json!("1767225600"), json!("2026-01-01"), YES),
        ("DateEquals", json!("2026-01-01T00:00Z"), json!("2026-01"), YES),
        ("DateEquals", json!("2026-01-01T00:00:00"), json!("2026-01-01"), YES),
        ("DateEquals", json!("2026-01-01T00Z"), json!("2026-01-01"), NO),
        ("DateLessThan", json!("2026-01-01T00:00:00.5Z"), json!("2026-01-01T00:00:00Z"), YES),
        ("DateGreaterThan", json!("2026-01-01T00:00:00+02:00"), json!("2025-12-31T22:30:00Z"), YES),
        ("DateLessThan", json!("2026-02-30"), json!("2020-01-01"), NO),
        ("DateNotEquals", json!("2026-02-30"), json!("2026-03-02"), OPEN),
        ("DateEquals", json!("2024-02-29"), json!("2024-02-29T00:00:00Z"), YES),
        ("DateEquals", json!("2023-02-29"), json!("2023-03-01"), NO),
        // Numbers: exact decimals.
        ("NumericEquals", json!("1.0"), json!("1"), YES),
        ("NumericEquals", json!("+5"), json!("5"), YES),
        ("NumericEquals", json!(-7), json!("-7.00"), YES),
        ("NumericEquals", json!("-0"), json!("0"), YES),
        ("NumericGreaterThan", json!("1e399"), json!("1e400"), YES),
        ("NumericEquals", json!("9007199254740993"), json!("9007199254740992"), NO),
        ("NumericLessThan", json!("0.1"), json!("0.09999999999999999999"), YES),
        ("NumericEquals", json!("0x10"), json!("16"), NO),
        ("NumericEquals", json!(" 5"), json!("5"), NO),
        ("NumericNotEquals", json!("5"), json!("x"), OPEN),
        ("NumericNotEqualsIfExists", json!("5"), none.clone(), YES),
        ("NumericLessThanEqualsIfExists", json!("5"), json!("6"), NO),
        // Booleans.
        ("Bool", json!("TRUE"), json!(true), YES),
        ("Bool", json!(true), json!("True"), YES),
        ("Bool", json!("1"), json!("true"), NO),
        ("Bool", json!("true"), json!(["true"]), NO),
        ("Bool", json!("false"), none.clone(), NO),
        ("BoolIfExists", json!("false"), none.clone(), YES),
        // Addresses: by number, in their family.
        ("IpAddress", json!("10.0.0.7/24"), json!("10.0.0.255"), YES),
        ("IpAddress", json!("0.0.0.0/0"), json!("203.0.113.9"), YES),
        ("IpAddress", json!("::/0"), json!("203.0.113.9"), NO),
        ("IpAddress", json!("::/0"), json!("2001:db8::1"), YES),
        ("IpAddress", json!("2001:DB8::/32"), json!("2001:db8:ffff::1"), YES),
        ("IpAddress", json!("2001:db8::1"), json!("2001:0db8:0:0:0:0:0:1"), YES),
        ("IpAddress", json!("2001:db8::/33"), json!("2001:db8:8000::"), NO),
        ("NotIpAddress", json!("10.0.0.0/8"), json!("2001:db8::1"), YES),
        ("NotIpAddress", json!(["10.0.0.0/8", "2001:db8::/32"]), json!("2001:db8::1"), NO),
        ("IpAddress", json!("10.0.0.1/33"), json!("10.0.0.1"), NO),
        ("NotIpAddress", json!("10.0.0.1/33"), json!("10.0.0.1"), OPEN),
        ("IpAddress", json!("10.0.0.0/8"), json!("10.0.0.256"), NO),
        // Bytes.
        ("BinaryEquals", json!("QmluYXJ5"), json!("QmluYXJ5"), YES),
        ("BinaryEquals", json!("QmluYXJ5"), json!("binary"), NO),
        ("BinaryEqualsIfExists", json!("QmluYXJ5"), none.clone(), YES),
        // Null asks whether the key is there.
        ("Null", json!("true"), none.clone(), YES),
        ("Null", json!("true"), json!([]), YES),
        ("Null", json!("false"), json!(""), YES),
        ("Null", json!("false"), json!(["a"]), YES),
        ("Null", json!(false), json!("a"), YES),
        ("Null", json!(["true", "false"]), none.clone(), YES),
        ("Null", json!("true"), json!("a"), NO),
        // Sets.
        ("ForAllValues:StringEquals", json!("a"), none.clone(), YES),
        ("ForAllValues:StringEquals", json!("a"), json!([]), YES),
        ("ForAllValues:StringEquals", json!("a"), json!([""]), OPEN),
        ("ForAllValues:StringNotEquals", json!("a"), none.clone(), YES),
        ("ForAllValues:StringNotEquals", json!("a"), json!(["a", "b"]), NO),
        ("ForAnyValue:StringEquals", json!("a"), json!([]), NO),
        ("ForAnyValue:StringNotEquals", json!("a"), none.clone(), NO),
        ("ForAnyValue:StringNotEquals", json!("a"), json!(["a", "b"]), YES),
        ("ForAnyValue:StringEqualsIfExists", json!("a"), none.clone(), NO),
        ("ForAnyValue:StringLike", json!("a*"), json!("abc"), YES),
        ("ForAllValues:NumericLessThan", json!("5"), json!(["1", "4.9"]), YES),
        ("ForAnyValue:Null", json!("true"), none.clone(), NO),
        ("StringEquals", json!("a"), json!(["a"]), NO),
        ("StringNotEqualsIfExists", json!("a"), json!(["b"]), NO),
        // Texts.
        ("StringEquals", json!("a*"), json!("a*"), YES),
        ("StringEquals", json!("a*"), json!("ab"), NO),
        ("stringEQUALS", json!("a"), json!("a"), YES),
        ("StringEqualsIgnoreCase", json!("\u{c9}"), json!("\u{e9}"), YES),
        ("StringLike", json!("A*"), json!("abc"), NO),
        ("StringLike", json!("*"), json!(""), YES),
        ("StringLike", json!("?*"), json!(""), NO),
        ("StringLike", json!("a/*:c"), json!("a/b:b:c"), YES),
        ("StringEquals", json!(""), json!(""), YES),
        ("StringNotEquals", json!("a"), none.clone(), YES),
        ("StringNotLike", json!(["a*", "b*"]), json!("bc"), NO),
        ("StringEquals", json!([]), json!("a"), NO),
        ("StringNotEquals", json!([]), json!("a"), YES),
        ("StringMatches", json!("a"), json!("a"), NO),
        // Variables: their value is text, and no value fits nothing.
        ("StringEquals", json!("${v:star}"), json!("a*"), YES),
        ("StringLike", json!("${v:star}"), json!("abc"), NO),
        ("StringLike", json!("${v:star}c"), json!("a*c"), YES),
        ("StringEquals", json!("${v:nested}"), json!("alice"), NO),
        ("StringEquals", json!("${v:none}"), json!("${v:none}"), NO),
        ("StringNotEquals", json!("${v:none}"), json!("a"), YES),
        ("StringEquals", json!("${v:none, 'd, e'}"), json!("d, e"), YES),
        ("StringEquals", json!("${v:list, 'd'}"), json!("d"), NO),
        ("StringEquals", json!("${v:star, 'd'}"), json!("d"), NO),
        ("StringEqualsIgnoreCase", json!("${v:nested}"), json!("${AWS:username}"), YES),
        ("StringEquals", json!("${$}{v:star}"), json!("${v:star}"), YES),
        ("StringEquals", json!("${v:star"), json!("${v:star"), YES),
        ("StringNotLike", json!("${v:star}"), json!("a*"), NO),
        ("NumericEquals", json!("${v:number}"), json!("5"), NO),
        ("ArnLike", json!("arn:aws:s3:::${v:star}"), json!("arn:aws:s3:::a*"), YES),
        ("ArnLike", json!("arn:aws:s3:::${v:star}"), json!("arn:aws:s3:::abc"), NO),
        // ARNs: six parts each.
        ("ArnEquals", json!("arn:aws:s3:::b*"), json!("arn:aws:s3:::bc"), YES),
        ("ArnLike", json!("arn:aws:sns:*:t"), json!("arn:aws:sns:us-east-1:1:t"), NO),
        ("ArnLike", json!("arn:aws:logs:*:*:g:*"), json!("arn:aws:logs:r:1:g:x:s:y"), YES),
        ("ArnLike", json!("arn:AWS:s3:::b"), json!("arn:aws:s3:::b"), NO),
        ("ArnLike", json!("*"), json!("arn:aws:s3:::b"), NO),
        ("ArnNotLike", json!("*"), json!("arn:aws:s3:::b"), YES),
        ("ArnNotEquals", json!("arn:aws:s3:::b"), json!("b"), OPEN),
        ("Null", json!("true"), json!(""), OPEN),
        ("NumericEquals", json!(100.01), json!("100.010"), YES),
        ("NumericLessThan", json!(100.01), json!(100.005), YES),
        ("ArnLikeIfExists", json!("arn:aws:s3:::b"), none.clone(), YES),
    ] {
        let condition = json!({operator: {"V:Key/Tag": wants}});
        let statement =
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
        let mut context = json!({
            "v:star": "a*", "v:nested": "${aws:username}", "aws:username": "alice", "v:list": ["x"], "v:number": "5",
        });
        if has != none {
            context["v:key/tag"] = has.clone();
        }
        let request =
            json!({"principal": USER, "action": "a:B", "resource": "*", "context": context});
        let policies = identity(policy("2012-10-17", statement));
        let found = decide(json!({"policies": policies, "request": request}));
        assert_eq!(found, expected, "{operator} {wants} {has}");
    }
}

/// Who asks for what, and the policies of each layer; `allow` and `deny` are those that do it for everything.
#[test]
fn layers() {
    let statement = |effect: &str| json!({"Effect": effect, "Action": "*", "Resource": "*"});
    let all = |effect: &str| policy("2012-10-17", json!([statement(effect)]));
    let (allow, deny) = (all("Allow"), all("Deny"));
    let none = policy("2012-10-17", json!([{"Effect": "Allow", "Action": "x:Y", "Resource": "*"}]));
    let to = |effect: &str, principal: Value| {
        let mut statement = statement(effect);
        statement["Principal"] = principal;
        policy("2012-10-17", json!([statement]))
    };
    let trust = |principal: Value| {
        let statement =
            json!({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"});
        policy("2012-10-17", statement)
    };
    let own = json!([{"name": "p", "document": allow}]);
    let everyone = to("Deny", json!("*"));
    let s3 = "s3:GetObject";
    let alias = "arn:aws:kms:us-east-1:111122223333:alias/a";
    let role = "arn:aws:iam::111122223333:role/Target";
    let table = [
        // Across accounts both sides must allow, and nothing makes up for the identity's own policies.
        (
            OTHER,
            s3,
            BUCKET,
            json!({"identity": own, "resource": to("Allow", json!({"AWS": OTHER_ROOT}))}),
            YES,
        ),
        (
            OTHER,
            s3,
            BUCKET,
            json!({"identity": own, "resource": to("Allow", json!({"AWS": "444455556666"}))}),
            YES,
        ),
        (OTHER, s3, BUCKET, json!({"identity": own}), NO),
        (OTHER, s3, BUCKET, json!({"resource": to("Allow", json!({"AWS": OTHER}))}), NO),
        (
            OTHER_SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": OTHER_SESSION}))}),
            NO,
        ),
        (
            OTHER,
            s3,
            BUCKET,
            json!({"identity": own, "resource": to("Allow", json!("*")), "boundary": none}),
            NO,
        ),
        (
            OTHER,
            s3,
            BUCKET,
            json!({"identity": own, "resource": to("Allow", json!("*")), "scps": [[none]]}),
            NO,
        ),
        (
            OTHER_SESSION,
            s3,
            BUCKET,
            json!({"identity": own, "resource": to("Allow", json!({"AWS": OTHER_SESSION})), "session": none}),
            NO,
        ),
        (OTHER_ROOT, s3, BUCKET, json!({"resource": to("Allow", json!({"AWS": OTHER_ROOT}))}), YES),
        (
            OTHER_ROOT,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": OTHER_ROOT})), "scps": [[none]]}),
            NO,
        ),
        (OTHER_ROOT, s3, BUCKET, json!({}), NO),
        // In the account a grant to the session or to everyone is enough; one to the role has limits.
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": SESSION})), "boundary": none, "session": none}),
            YES,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!("*")), "boundary": none, "session": none}),
            YES,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": ROLE})), "boundary": none}),
            NO,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": ROLE})), "session": none}),
            NO,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": ROLE})), "boundary": allow}),
            YES,
        ),
        (SESSION, s3, BUCKET, json!({"resource": to("Allow", json!({"AWS": ROOT}))}), NO),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!("*")), "scps": [[allow], [none]]}),
            NO,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!("*")), "scps": [[none, allow]]}),
            YES,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!("*")), "scps": [[allow], []]}),
            NO,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!("*")), "session": deny}),
            DENIED,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Deny", json!({"AWS": ROLE})), "identity": own}),
            DENIED,
        ),
        (
            SESSION,
            s3,
            BUCKET,
            json!({"resource": to("Deny", json!({"AWS": ROOT})), "identity": own}),
            DENIED,
        ),
        (SESSION, s3, BUCKET, json!({"resource": deny, "identity": own}), YES),
        (USER, s3, BUCKET, json!({"identity": own, "boundary": deny}), DENIED),
        (
            USER,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": "arn:aws-cn:iam::111122223333:user/alice"}))}),
            NO,
        ),
        (
            USER,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": "arn:aws:iam::111122223333:user/*"}))}),
            NO,
        ),
        (ROOT, s3, BUCKET, json!({}), YES),
        (ROOT, s3, BUCKET, json!({"scps": [[deny, allow]]}), DENIED),
        (ROOT, s3, BUCKET, json!({"identity": [{"name": "p", "document": deny}]}), YES),
        // A federated user has what the user has, and without a session policy nothing of its own.
        (FEDERATED, s3, BUCKET, json!({"identity": own, "session": allow}), YES),
        (FEDERATED, s3, BUCKET, json!({"identity": own}), NO),
        (
            FEDERATED,
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"AWS": USER})), "session": allow}),
            YES,
        ),
        (FEDERATED, s3, BUCKET, json!({"resource": to("Allow", json!({"AWS": FEDERATED}))}), YES),
        // Services and strangers.
        (
            "ec2.amazonaws.com",
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"Service": "ec2.amazonaws.com"})), "scps": [[deny]]}),
            YES,
        ),
        (
            "ec2.amazonaws.com",
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!({"Service": "EC2.amazonaws.com"}))}),
            NO,
        ),
        ("ec2.amazonaws.com", s3, BUCKET, json!({"identity": own}), NO),
        ("anonymous", s3, BUCKET, json!({"resource": to("Allow", json!({"AWS": "*"}))}), YES),
        ("anonymous", s3, BUCKET, json!({"resource": to("Allow", json!({"AWS": ROOT}))}), NO),
        (
            "anonymous",
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!("*")), "rcps": [[everyone]]}),
            DENIED,
        ),
        // Control policies of resources, for the services that they are for.
        (USER, s3, BUCKET, json!({"identity": own, "rcps": [[everyone]]}), DENIED),
        (USER, s3, BUCKET, json!({"identity": own, "rcps": [[to("Allow", json!("*"))], []]}), YES),
        (USER, "ssm:StartSession", "*", json!({"identity": own, "rcps": [[everyone]]}), YES),
        (
            "ec2.amazonaws.com",
            s3,
            BUCKET,
            json!({"resource": to("Allow", json!("*")), "rcps": [[everyone]]}),
            DENIED,
        ),
        (
            LINKED,
            s3,
            BUCKET,
            json!({"identity": own, "rcps": [[everyone]], "scps": [[deny]]}),
            OPEN,
        ),
        // A key and a role decide by their own policy whether those of the account count.
        (
            USER,
            "kms:Decrypt",
            KEY,
            json!({"identity": own, "resource": to("Allow", json!({"AWS": ROOT}))}),
            YES,
        ),
        (
            USER,
            "kms:Decrypt",
            KEY,
            json!({"identity": own, "resource": to("Allow", json!({"AWS": ROLE}))}),
            NO,
        ),
        (USER, "kms:Decrypt", KEY, json!({"identity": own}), NO),
        (USER, "kms:Decrypt", KEY, json!({"resource": to("Allow", json!({"AWS": USER}))}), YES),
        (USER, "kms:Decrypt", KEY, json!({"resource": to("Allow", json!({"AWS": ROOT}))}), NO),
        (ROOT, "kms:Decrypt", KEY, json!({"resource": to("Deny", json!({"AWS": ROOT}))}), DENIED),
        (
            OTHER,
            "kms:Decrypt",
            KEY,
            json!({"identity": own, "resource": to("Allow", json!({"AWS": OTHER_ROOT}))}),
            YES,
        ),
        (USER, "kms:UpdateAlias", alias, json!({"identity": own}), YES),
        (
            USER,
            "sts:AssumeRole",
            role,
            json!({"identity": own, "resource": trust(json!({"AWS": ROOT}))}),
            YES,
        ),
        (USER, "sts:AssumeRole", role, json!({"resource": trust(json!({"AWS": USER}))}), YES),
        (
            USER,
            "sts:AssumeRole",
            role,
            json!({"identity": own, "resource": trust(json!({"Service": "ec2.amazonaws.com"}))}),
            NO,
        ),
        (
            OTHER,
            "sts:AssumeRole",
            role,
            json!({"identity": own, "resource": trust(json!({"AWS": OTHER}))}),
            YES,
        ),
        (
            "ec2.amazonaws.com",
            "sts:AssumeRole",
            role,
            json!({"resource": trust(json!({"Service": ["ssm.amazonaws.com", "ec2.amazonaws.com"]}))}),
            YES,
        ),
        // Without a Resource a statement of a bucket's policy is none.
        (USER, s3, BUCKET, json!({"resource": trust(json!("*"))}), NO),
    ];
    for (principal, action, resource, policies, expected) in table {
        let request = json!({"principal": principal, "action": action, "resource": resource, "resource_account": "111122223333"});
        let found = decide(json!({"policies": policies, "request": request}));
        assert_eq!(found, expected, "{principal} {action} {policies}");
    }
}

#[test]
fn arns_with_fields_left_out_are_completed_where_iam_does_it() {
    let partly = |resource: &str| {
        policy("2012-10-17", json!({"Effect": "Allow", "Action": "*", "Resource": resource}))
    };
    let all = partly("*");
    let own = json!([{"name": "p", "document": all}]);
    for (policies, expected) in [
        (json!({"identity": [{"name": "p", "document": partly("arn:aws:s3")}]}), YES),
        (json!({"identity": own, "boundary": partly("arn:aws:s3")}), YES),
        (json!({"identity": own, "scps": [[partly("arn:aws:s3*")]]}), YES),
        (json!({"identity": own, "scps": [[partly("arn:aws:s3")]]}), NO),
        (json!({"identity": own, "session": partly("arn:aws:s3")}), NO),
    ] {
        let request = json!({"principal": SESSION, "action": "s3:GetObject", "resource": BUCKET});
        assert_eq!(
            decide(json!({"policies": policies, "request": request})),
            expected,
            "{policies}"
        );
    }
}

#[test]
fn a_role_with_a_path_is_known_by_its_arn() {
    let listed = "arn:aws:iam::111122223333:role/team/Ops";
    let statement =
        json!({"Effect": "Allow", "Principal": {"AWS": listed}, "Action": "*", "Resource": "*"});
    let policies = json!({"resource": policy("2012-10-17", statement)});
    for (context, unknown, expected) in [
        (json!({}), json!([]), YES),
        (json!({"aws:PrincipalArn": listed}), json!([]), YES),
        (json!({"aws:PrincipalArn": ROLE}), json!([]), NO),
        (json!({}), json!(["aws:PrincipalArn"]), OPEN),
    ] {
        let request = json!({"principal": SESSION, "action": "a:B", "resource": BUCKET, "context": context, "unknown": unknown});
        assert_eq!(
            decide(json!({"policies": policies, "request": request})),
            expected,
            "{request}"
        );
    }
}

/// What follows from the request, with the decision of an Allow under the condition; the context is what it says itself.
#[test]
fn keys_that_the_request_says_by_itself() {
    let none = json!({});
    let (bucket, document) = (BUCKET, "arn:aws:ssm:us-east-1::document/AWS-StartSSHSession");
    for (principal, resource, operator, key, value, context, expected) in [
        (USER, KEY, "ArnEquals", "aws:PrincipalArn", USER, &none, YES),
        (SESSION, KEY, "ArnEquals", "aws:PrincipalArn", ROLE, &none, YES),
        (
            SESSION,
            KEY,
            "ArnEquals",
            "aws:principalARN",
            ROLE,
            &json!({"aws:PrincipalArn": null}),
            NO,
        ),
        (
            SESSION,
            KEY,
            "ArnEquals",
            "aws:PrincipalArn",
            ROLE,
            &json!({"aws:PrincipalArn": USER}),
            NO,
        ),
        (USER, KEY, "StringEquals", "aws:PrincipalAccount", "111122223333", &none, YES),
        (USER, KEY, "StringEquals", "aws:PrincipalType", "User", &none, YES),
        (ROLE, KEY, "StringEquals", "aws:PrincipalType", "AssumedRole", &none, YES),
        (SESSION, KEY, "StringEquals", "aws:PrincipalType", "AssumedRole", &none, YES),
        (FEDERATED, KEY, "StringEquals", "aws:PrincipalType", "FederatedUser", &none, NO),
        (USER, KEY, "StringEquals", "aws:username", "alice", &none, YES),
        (SESSION, KEY, "Null", "aws:username", "true", &none, YES),
        (USER, KEY, "StringEquals", "aws:ResourceAccount", "111122223333", &none, YES),
        (USER, bucket, "StringEquals", "aws:ResourceAccount", "111122223333", &none, YES),
        (USER, document, "Null", "aws:ResourceAccount", "true", &none, YES),
        (USER, KEY, "StringEquals", "aws:RequestedRegion", "us-east-1", &none, YES),
        // Every request has these; what they are nobody said.
        (USER, bucket, "Null", "aws:RequestedRegion", "true", &none, NO),
        (USER, bucket, "StringEquals", "aws:RequestedRegion", "us-east-1", &none, OPEN),
        (USER, bucket, "StringLike", "aws:RequestedRegion", "*", &none, YES),
        (USER, KEY, "Null", "aws:CurrentTime", "false", &none, YES),
        (USER, KEY, "DateLessThan", "aws:CurrentTime", "2026-01-01", &none, OPEN),
        (USER, KEY, "NumericGreaterThan", "aws:EpochTime", "1", &none, OPEN),
        (USER, KEY, "StringNotLike", "aws:UserAgent", "*curl*", &none, OPEN),
        (USER, KEY, "Bool", "aws:ViaAWSService", "false", &none, OPEN),
        (USER, KEY, "Bool", "aws:ViaAWSService", "true", &json!({"aws:ViaAWSService": null}), NO),
        (SESSION, KEY, "StringLike", "aws:userid", "*:alice", &none, OPEN),
        (USER, KEY, "Bool", "aws:PrincipalIsAWSService", "false", &none, YES),
        (USER, KEY, "Bool", "aws:SecureTransport", "true", &none, YES),
        (
            USER,
            KEY,
            "Bool",
            "aws:SecureTransport",
            "false",
            &json!({"aws:SecureTransport": false}),
            YES,
        ),
        (
            USER,
            KEY,
            "Null",
            "aws:SecureTransport",
            "true",
            &json!({"aws:SecureTransport": null}),
            YES,
        ),
    ] {
        let condition = json!({operator: {key: value}});
        let allow =
            json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": condition});
        let mut policies = identity(policy("2012-10-17", allow));
        if resource == KEY {
            let delegates = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": {"AWS": ROOT}});
            policies["resource"] = policy("2012-10-17", delegates);
        }
        let request = json!({"principal": principal, "action": "a:B", "resource": resource, "context": context});
        let found = decide(json!({"policies": policies, "request": request}));
        assert_eq!(found, expected, "{principal} {operator} {key} {value} {context}");
    }
}

#[test]
fn the_role_that_a_deny_excepts_is_not_denied() {
    let allow = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
    let deny = json!({"Effect": "Deny", "Action": "*", "Resource": "*", "Condition":
        {"ArnNotEquals": {"aws:PrincipalArn": ROLE}}});
    for (principal, expected) in [(SESSION, YES), (ROLE, YES), (USER, DENIED)] {
        let policies = identity(policy("2012-10-17", json!([allow, deny])));
        let request =
            json!({"principal": principal, "action": "a:B", "resource": "*", "context": {}});
        assert_eq!(
            decide(json!({"policies": policies, "request": request})),
            expected,
            "{principal}"
        );
    }
    let policies = identity(policy("2012-10-17", json!([allow, deny])));
    let request = json!({"principal": SESSION, "action": "a:B", "resource": "*", "unknown": ["aws:PrincipalArn"]});
    assert_eq!(decide(json!({"policies": policies, "request": request})), OPEN);
}

#[test]
fn a_star_at_the_end_of_a_short_arn_runs_over_colons_in_every_layer() {
    let queue = "arn:aws:sqs:us-east-1:111122223333:q";
    let allow = policy("2012-10-17", json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    for (pattern, expected) in
        [("arn:aws:sqs:*", DENIED), ("arn:aws:s*", DENIED), ("arn:aws:sqs", YES)]
    {
        let deny = json!({"Effect": "Deny", "Action": "*", "Resource": pattern});
        let mut named = deny.clone();
        named["Principal"] = json!("*");
        for (layer, statement) in [("resource", &named), ("endpoint", &named), ("session", &deny)] {
            let mut all = json!({"Effect": "Allow", "Action": "*", "Resource": "*"});
            if layer != "session" {
                all["Principal"] = json!("*");
            }
            let mut policies = identity(allow.clone());
            policies[layer] = policy("2012-10-17", json!([all, statement]));
            let request = json!({"principal": ROLE, "action": "sqs:SendMessage", "resource": queue, "context": {}});
            let found = decide(json!({"policies": policies, "request": request}));
            assert_eq!(found, expected, "{layer} {pattern}");
        }
    }
}

#[test]
fn calls_that_need_no_permission() {
    let deny = policy("2012-10-17", json!({"Effect": "Deny", "Action": "*", "Resource": "*"}));
    let other = policy("2012-10-17", json!({"Effect": "Allow", "Action": "a:B", "Resource": "*"}));
    for (principal, action, document, expected) in [
        (SESSION, "sts:GetCallerIdentity", &other, YES),
        (SESSION, "STS:getcalleridentity", &deny, YES),
        (USER, "sts:GetSessionToken", &other, YES),
        (USER, "sts:GetSessionToken", &deny, DENIED),
        (SESSION, "sts:GetSessionToken", &other, NO),
        ("anonymous", "sts:GetCallerIdentity", &other, NO),
    ] {
        let request =
            json!({"principal": principal, "action": action, "resource": "*", "context": {}});
        let found = decide(json!({"policies": identity(document.clone()), "request": request}));
        assert_eq!(found, expected, "{principal} {action}");
    }
}

#[test]
fn the_policy_of_a_vpc_endpoint_lets_through() {
    let all = |effect: &str, principal: Value| {
        policy(
            "2012-10-17",
            json!({"Effect": effect, "Action": "*", "Resource": "*", "Principal": principal}),
        )
    };
    let allow = policy("2012-10-17", json!({"Effect": "Allow", "Action": "*", "Resource": "*"}));
    let organization = json!({"Effect": "Allow", "Action": "*", "Resource": "*", "Principal": "*",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}});
    for (principal, endpoint, expected) in [
        (USER, all("Allow", json!("*")), YES),
        (USER, all("Allow", json!({"AWS": ROOT})), YES),
        (USER, all("Allow", json!({"AWS": OTHER})), NO),
        (ROOT, all("Allow", json!({"AWS": OTHER})), NO),
        (USER, all("Deny", json!("*")), DENIED),
        (USER, policy("2012-10-17", organization.clone()), OPEN),
        (USER, json!({"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}), NO),
    ] {
        let mut policies = identity(allow.clone());
        policies["endpoint"] = endpoint.clone();
        let request = json!({"principal": principal, "action": "ssm:DescribeSessions", "resource": "*",
            "unknown": ["aws:PrincipalOrgID"]});
        let input = json!({"policies": policies, "request": request});
        assert_eq!(decide(input.clone()), expected, "{principal} {endpoint}");
        if expected == NO {
            let input = api::Value::deserialize(input).unwrap();
            let reasons = api::evaluate(&input).unwrap().reasons;
            assert_eq!(reasons[0].gate, Some("endpoint"), "{reasons:?}");
        }
    }
    let request = json!({"principal": USER, "action": "ssm:DescribeSessions", "resource": "*"});
    let mut policies = identity(allow);
    policies["unknown"] = json!(["endpoint"]);
    assert_eq!(decide(json!({"policies": policies, "request": request})), OPEN);
}
