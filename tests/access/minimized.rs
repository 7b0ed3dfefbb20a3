//! What a policy becomes that is made smaller: it allows and denies the same, and is not made smaller again.

use std::collections::BTreeSet;

use postern::access::{compare, minimize, Answer, Requests};

use postern::policy::Who;

use super::laws::{compared, difference, goldens, policy, report};

#[test]
fn what_is_minimized_denies_the_same() {
    for (text, left) in [
        // Alone it allows nothing; beside others it keeps two services from everybody.
        (
            r#"{"Version": "2012-10-17", "Statement": [
                {"Effect": "Deny", "Action": ["s3:*", "s3:Get*"], "Resource": "*"},
                {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}]}"#,
            "s3:* ec2:*",
        ),
        // The Deny reaches beyond what the Allow allows.
        (
            r#"{"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"},
                {"Effect": "Deny", "Action": ["s3:*", "s3:Get*"], "Resource": "*"}]}"#,
            "ec2:* s3:*",
        ),
    ] {
        let small = minimize(&policy(text).unwrap(), None, false).policy;
        let actions: Vec<&str> = small
            .statements
            .iter()
            .flat_map(|statement| statement.action.values.as_slice())
            .map(String::as_str)
            .collect();
        assert_eq!(actions.join(" "), left);
    }
}

#[test]
fn what_is_minimized_allows_the_same_and_is_not_minimized_again() {
    let (mut problems, mut seen) = (BTreeSet::new(), 0);
    for golden in goldens() {
        seen += 1;
        let small = minimize(&golden, None, false);
        let again = minimize(&small.policy, None, false);
        if again.policy != small.policy || small.characters > small.characters_before {
            problems.insert(format!("{}\n{}", small.policy.to_json(), again.policy.to_json()));
        }
        let difference = difference(&compared(&golden, &small.policy, None));
        problems.extend(difference.map(|it| format!("{it}\n{}", golden.to_json())));
    }
    report(problems, seen, 60);
    // Its action is none, which only shows beside others.
    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["trustedadvisor:*", "ssmmessages:CreateDataChannel", "cloud9:ValidateEnvironment", "elastic-inference:Connect"], "Resource": "*"},
        {"Effect": "Allow", "Action": "arn:aws:iam::111122223333:role/admin", "Resource": ["*", "TRUE"]}
    ]}"#;
    let small = minimize(&policy(text).unwrap(), None, false).policy;
    assert_eq!(minimize(&small, None, false).policy, small);
    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject", "s3:PutObject"], "Resource": ["arn:aws:s3:::a/*", "arn:aws:s3:::*"]},
        {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": ["arn:aws:s3:::*"]},
        {"Effect": "Allow", "Action": "s3:GetObjectAcl", "Resource": "arn:aws:s3:::b"},
        {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}
    ]}"#;
    let small = minimize(&policy(text).unwrap(), None, false).policy;
    let expected = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::*"},
        {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"}
    ]}"#;
    let expected = policy(expected).unwrap();
    assert_eq!(small, expected);
    // A list of one entry is what the entry is without one.
    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["sqs:SendMessage"], "Resource": ["*"],
         "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5"]}}},
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "kms:Decrypt", "Resource": "*",
         "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
    ]}"#;
    let small = minimize(&policy(text).unwrap(), None, false).policy;
    let expected = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["sqs:SendMessage", "kms:Decrypt"], "Resource": "*",
         "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}}
    ]}"#;
    assert_eq!(small, policy(expected).unwrap());
}

#[test]
fn whoever_may_do_the_same_is_listed_together() {
    let whole = |statements: &[&str]| {
        let statements: Vec<String> = statements
            .iter()
            .map(|it| format!(r#"{{{it}, "Action": "kms:Decrypt", "Resource": "*"}}"#))
            .collect();
        policy(&format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", ")))
            .unwrap()
    };
    let (alice, bob) = (
        r#""Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:user/alice"]}"#,
        r#""Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/bob"}"#,
    );
    let service = r#""Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}"#;
    let [not_alice, not_bob] =
        [alice, bob].map(|it| it.replace("Allow", "Deny").replace("Principal", "NotPrincipal"));
    let everyone = r#""Effect": "Allow", "Principal": "*""#;
    let mut problems = Vec::new();
    for (before, after) in [
        (
            vec![alice, bob, service],
            vec![
                r#""Effect": "Allow", "Principal": {
                    "AWS": ["arn:aws:iam::111122223333:user/alice", "arn:aws:iam::111122223333:user/bob"],
                    "Service": "lambda.amazonaws.com"
                }"#,
            ],
        ),
        // Whoever is not one of both is fewer than whoever is not the one, or not the other.
        (vec![&not_alice, &not_bob], vec![&not_alice.replace(['[', ']'], ""), &not_bob]),
        (vec![everyone, alice], vec![everyone]),
    ] {
        let small = minimize(&whole(&before), None, false).policy;
        if small != whole(&after) {
            problems.push(format!("{}\n{}", small.to_json(), whole(&after).to_json()));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn whoever_is_granted_more_than_others_stays_listed() {
    let of = |who: &str| {
        format!(
            r#"{{"Effect": "Allow", "Principal": {{"AWS": "{who}"}}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}"#
        )
    };
    let [root, account, role] =
        ["arn:aws:iam::111122223333:root", "111122223333", "arn:aws:iam::111122223333:role/r"];
    let [user, session, other] = [
        "arn:aws:iam::111122223333:user/u",
        "arn:aws:sts::111122223333:assumed-role/r/s",
        "arn:aws:iam::444455556666:role/r",
    ];
    let mut problems = Vec::new();
    for (first, second, left) in [
        // The account still has to allow it; who is named does not need that.
        (root, role, &[root, role][..]),
        (account, user, &[account, user]),
        (root, session, &[root, session]),
        // A boundary limits the role and not the session.
        (role, session, &[role, session]),
        (root, other, &[root, other]),
        ("*", role, &["*"]),
        ("*", session, &["*"]),
    ] {
        let text =
            format!(r#"{{"Version": "2012-10-17", "Statement": [{}, {}]}}"#, of(first), of(second));
        let small = minimize(&policy(&text).unwrap(), None, false).policy;
        let principals = small.statements.iter().filter_map(|it| it.principal.as_ref());
        let listed: Vec<&str> = principals
            .flat_map(|principal| match &principal.who {
                Who::Everyone => vec!["*"],
                Who::Listed(types) => {
                    types.iter().flat_map(|(_, who)| who.as_slice()).map(String::as_str).collect()
                }
            })
            .collect();
        if listed != left {
            problems.push(format!("{first} and {second}: {listed:?}"));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

/// A key policy as AWS makes it says all for the account, and less for whom it names.
#[test]
fn whoever_is_named_beside_all_of_the_account_keeps_the_grant() {
    let account = "arn:aws:iam::111122223333:root";
    for (who, left) in [
        ("arn:aws:iam::111122223333:role/r", 2),
        ("arn:aws:iam::111122223333:user/u", 2),
        ("arn:aws:sts::111122223333:assumed-role/r/s", 2),
        (account, 1),
        ("111122223333", 1),
    ] {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": [
                {{"Effect": "Allow", "Principal": {{"AWS": "{account}"}}, "Action": "kms:*", "Resource": "*"}},
                {{"Effect": "Allow", "Principal": {{"AWS": "{who}"}}, "Action": "kms:Decrypt", "Resource": "*"}}]}}"#
        );
        let small = minimize(&policy(&text).unwrap(), None, false).policy;
        assert_eq!(small.statements.len(), left, "{who}");
    }
}

#[test]
fn what_others_may_not_say_is_kept() {
    let statement = |action: &str, element: &str, resource: &str| {
        format!(r#"{{"Effect": "Allow", "Action": "{action}", "{element}": "{resource}"}}"#)
    };
    let function = statement(
        "lambda:InvokeFunction",
        "Resource",
        "arn:aws:lambda:eu-west-1:111122223333:function:x",
    );
    let mut problems = Vec::new();
    for (first, second, left) in [
        // A star at the end of a field runs over colons.
        (
            statement("lambda:InvokeFunction", "NotResource", "arn:aws:lambda:*:function:x"),
            &function,
            2,
        ),
        (
            statement("lambda:InvokeFunction", "NotResource", "arn:aws:lambda:*:*:layer:x"),
            &function,
            1,
        ),
        // Nobody knows what the other one allows to whoever has no name of a user.
        (
            statement("s3:*", "NotResource", "arn:aws:s3:::b/${aws:username}"),
            &statement("s3:GetObject", "Resource", "arn:aws:s3:::pub/x"),
            2,
        ),
        (
            statement("s3:*", "NotResource", "arn:aws:s3:::b/${aws:username}"),
            &statement("s3:*", "NotResource", "arn:aws:s3:::b/${aws:username}"),
            1,
        ),
    ] {
        for (first, second) in [(&first, second), (second, &first)] {
            let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{first}, {second}]}}"#);
            let small = minimize(&policy(&text).unwrap(), None, false).policy;
            if small.statements.len() != left {
                problems.push(format!("{text}\n{}", small.to_json()));
            }
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn conditions_are_made_smaller_and_joined() {
    let statement = |condition: &str| {
        format!(
            r#"{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {condition}}}"#
        )
    };
    let whole = |statements: &[&str]| {
        let statements: Vec<String> = statements.iter().map(|it| statement(it)).collect();
        format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(", "))
    };
    let mut problems = Vec::new();
    for (before, after) in [
        // A pattern says what its texts say, if it is asked for one of them.
        (
            whole(&[r#"{"StringLike": {"aws:username": ["a*", "ab", "b"]}}"#]),
            whole(&[r#"{"StringLike": {"aws:username": ["a*", "b"]}}"#]),
        ),
        (
            whole(&[r#"{"StringNotLike": {"aws:username": ["a*", "ab", "b"]}}"#]),
            whole(&[r#"{"StringNotLike": {"aws:username": ["a*", "b"]}}"#]),
        ),
        (
            whole(&[r#"{"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "10.1.0.0/16"]}}"#]),
            whole(&[r#"{"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}"#]),
        ),
        (
            whole(&[r#"{"NumericLessThan": {"s3:max-keys": ["10", "5"]}}"#]),
            whole(&[r#"{"NumericLessThan": {"s3:max-keys": "10"}}"#]),
        ),
        (
            whole(&[
                r#"{"StringEquals": {"aws:username": "a"}}"#,
                r#"{"StringEquals": {"aws:username": "b"}}"#,
            ]),
            whole(&[r#"{"StringEquals": {"aws:username": ["a", "b"]}}"#]),
        ),
        // None of both, and all of both, is not the same as none or all of either.
        (
            whole(&[
                r#"{"StringNotEquals": {"aws:username": "a"}, "Bool": {"aws:SecureTransport": "true"}}"#,
                r#"{"StringNotEquals": {"aws:username": "b"}, "Bool": {"aws:SecureTransport": "true"}}"#,
            ]),
            whole(&[
                r#"{"StringNotEquals": {"aws:username": "a"}, "Bool": {"aws:SecureTransport": "true"}}"#,
                r#"{"StringNotEquals": {"aws:username": "b"}, "Bool": {"aws:SecureTransport": "true"}}"#,
            ]),
        ),
        (
            whole(&[
                r#"{"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}"#,
                r#"{"ForAllValues:StringEquals": {"aws:TagKeys": "b"}}"#,
            ]),
            whole(&[
                r#"{"ForAllValues:StringEquals": {"aws:TagKeys": "a"}}"#,
                r#"{"ForAllValues:StringEquals": {"aws:TagKeys": "b"}}"#,
            ]),
        ),
    ] {
        let (before, after) = (policy(&before).unwrap(), policy(&after).unwrap());
        let small = minimize(&before, None, false).policy;
        if small != after {
            problems.push(format!("{}\n{}", small.to_json(), after.to_json()));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn wildcards_match_the_same_of_all_actions_of_today() {
    let with = |actions: &str| {
        let text = format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": {actions}, "Resource": "*"}}]}}"#
        );
        policy(&text).unwrap()
    };
    let mut problems = Vec::new();
    for (before, after) in [
        (
            r#"["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"]"#,
            r#""ssmmessages:*""#,
        ),
        // AssumeRoleWithSAML begins with it.
        (r#""sts:AssumeRole""#, r#""sts:AssumeRole""#),
        (r#"["nowhere:DoThis", "nowhere:DoThat"]"#, r#"["nowhere:DoThis", "nowhere:DoThat"]"#),
    ] {
        let (before, after) = (with(before), with(after));
        let small = minimize(&before, None, true).policy;
        if small != after {
            problems.push(format!("{}\n{}", small.to_json(), after.to_json()));
        }
        let sides = [[before], [small]];
        let compared = compare(&sides[0], &sides[1], None, Requests::Known);
        if compared.gained.answer != Answer::Pass || compared.lost.answer != Answer::Pass {
            problems.push(format!("{compared:?}"));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems.join("\n"));
}
