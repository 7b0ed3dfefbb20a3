//! Of which account a role is, and whose key it uses.

use postern::diagnose::{diagnose_role, Diagnosis, Works};

use super::{diagnose, documents, messages, only, pasted, values, want, Documents};

const HERE: &str = "111122223333";
const THERE: &str = "444455556666";

/// What get-role prints of a role of an account.
fn role(arn: &str) -> String {
    format!(r#"{{"Role":{{"RoleName":"ops","Arn":"{arn}"}}}}"#)
}

fn policy(statements: &[(&str, &str)]) -> String {
    let statements = statements
        .iter()
        .map(|(actions, rest)| format!(r#"{{"Effect":"Allow","Action":{actions},{rest}}}"#));
    let statements: Vec<_> = statements.collect();
    format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
}

/// Sessions on the nodes of an account.
fn sessions_in(account: &str) -> String {
    let arns = format!(
        r#""Resource":["arn:aws:ec2:*:{account}:instance/*","arn:aws:ssm:*:{account}:document/*"]"#
    );
    policy(&[(r#""ssm:StartSession""#, &arns)])
}

fn key_of(account: &str) -> String {
    format!("arn:aws:kms:us-east-2:{account}:key/1234abcd-12ab-34cd-56ef-1234567890ab")
}

#[test]
fn a_role_is_of_the_account_of_its_own_arn() {
    let own = role("arn:aws:iam::111122223333:role/ops");
    let in_path = role("arn:aws:iam::111122223333:role/team/ops");
    let condition = |key: &str, value: &str| {
        let rest =
            format!(r#""Resource":"*","Condition":{{"StringEquals":{{"{key}":"{value}"}}}}"#);
        policy(&[(r#""ssm:StartSession""#, &rest)])
    };
    let details = format!(
        r#"{{"RoleDetailList":[{{"RoleName":"ops","Arn":"arn:aws:iam::{HERE}:role/ops","RolePolicyList":[{{"PolicyName":"p","PolicyDocument":{}}}]}}]}}"#,
        sessions_in(THERE)
    );
    let of_arn = "arn:aws:iam::111122223333:role/team/ops";
    let mut problems = Vec::new();
    for (texts, expected) in [
        (vec![sessions_in(HERE)], Works::Works),
        (vec![own.clone(), sessions_in(HERE)], Works::Works),
        (vec![own.clone(), sessions_in(THERE)], Works::Fails),
        (vec![details], Works::Fails),
        (vec![own.clone(), condition("aws:PrincipalAccount", HERE)], Works::Works),
        (vec![own.clone(), condition("aws:PrincipalAccount", THERE)], Works::Fails),
        (vec![in_path.clone(), condition("aws:PrincipalArn", of_arn)], Works::Works),
        (vec![own.clone(), condition("aws:PrincipalArn", of_arn)], Works::Fails),
        // Without the ARN nobody knows.
        (vec![condition("aws:PrincipalAccount", HERE)], Works::Unknown),
        (vec![role("arn:aws-cn:iam::111122223333:role/ops"), sessions_in(HERE)], Works::Fails),
        (vec![role("arn:aws:iam::<account>:role/ops"), sessions_in(HERE)], Works::Works),
    ] {
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        let found = diagnose(&texts, &[want("operator.start-shell")]);
        if only(&found).result != expected {
            let why = messages(only(&found));
            problems.push(format!("{texts:?}: {:?}\n{why}", only(&found).result));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A role of which only the name was given may have a path.
#[test]
fn a_name_does_not_tell_the_path_of_a_role() {
    let mut problems = Vec::new();
    for (operator, value, expected) in [
        ("ArnEquals", "arn:aws:iam::111122223333:role/ops", Works::Works),
        ("ArnLike", "arn:aws:iam::*:role/team/*", Works::Unknown),
        ("ArnEquals", "arn:aws:iam::111122223333:role/team/ops", Works::Unknown),
        ("ArnEquals", "arn:aws:iam::111122223333:role/team/other", Works::Fails),
        ("ArnLike", "arn:aws:iam::111122223333:role/other*", Works::Fails),
    ] {
        let rest = format!(
            r#""Resource":"*","Condition":{{"{operator}":{{"aws:PrincipalArn":"{value}"}}}}"#
        );
        let mut asked = want("node.channel");
        asked.values = values(&[("Account", HERE), ("RoleName", "ops")]);
        let found = diagnose(&[&policy(&[(r#""ssmmessages:*""#, &rest)])], &[asked]);
        if only(&found).result != expected {
            let why = messages(only(&found));
            problems.push(format!("{operator} {value}: {:?}\n{why}", only(&found).result));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_a_want_says_wins_over_the_arn_and_is_told() {
    let (arn, texts) = (role("arn:aws:iam::111122223333:role/ops"), sessions_in(THERE));
    let mut asked = want("operator.start-shell");
    asked.values = values(&[("Account", THERE), ("RoleName", "other")]);
    let found = diagnose(&[&arn, &texts], &[asked]);
    assert_eq!(only(&found).result, Works::Works, "{}", messages(only(&found)));
    for said in [
        "By its ARN the role is of account 111122223333; a want says 444455556666, which is taken.",
        "By its ARN the role is of name ops; a want says other, which is taken.",
    ] {
        assert!(found.assumptions.iter().any(|one| one == said), "{:?}", found.assumptions);
    }
    let mut of_other = want("admin.put-inline-policy");
    of_other.values = values(&[("RoleName", "other")]);
    let found = diagnose(&[&arn, &texts], &[of_other]);
    let by_arn = found.assumptions.iter().find(|one| one.starts_with("By its ARN"));
    assert_eq!(by_arn, None, "the role that gets a policy is another one");
    let found = diagnose(&[&arn, &texts], &[want("operator.start-shell")]);
    let taken = found.assumptions.iter().filter(|one| one.contains("taken to be of"));
    assert_eq!(taken.count(), 0, "{:?}", found.assumptions);
}

#[test]
fn what_is_taken_for_granted_of_a_bucket_is_said_for_whose_it_is() {
    let all = policy(&[(r#""s3:*""#, r#""Resource":"*""#)]);
    for (capability, said) in [
        ("node.s3-logs", "not to be in the way."),
        (
            "node.s3-logs-cross-account",
            "to let the role write, as that of a bucket of another account must.",
        ),
    ] {
        let found = diagnose(&[&all], &[want(capability)]);
        assert_eq!(only(&found).result, Works::Works, "{}", messages(only(&found)));
        let said = format!("No bucket policy was given: it is taken {said}");
        assert!(found.assumptions.contains(&said), "{:?}", found.assumptions);
    }
}

/// A key of another account has to let the role in, and nobody knows whether it does.
#[test]
fn the_policy_of_a_key_elsewhere_must_allow_the_role() {
    let all = policy(&[(r#"["kms:*","ssmmessages:*"]"#, r#""Resource":"*""#)]);
    let narrow = |account: &str| {
        let key = format!(r#""Resource":"{}""#, key_of(account));
        policy(&[(r#""kms:Decrypt""#, &key), (r#""ssmmessages:*""#, r#""Resource":"*""#)])
    };
    let none = policy(&[(r#""ssmmessages:*""#, r#""Resource":"*""#)]);
    let arn = role("arn:aws:iam::111122223333:role/ops");
    let ask = |texts: &[&str], given: &[(&'static str, &str)], key: Option<&str>| -> Diagnosis {
        let mut asked = want("node.session-kms");
        asked.values = values(given);
        let key_policy = key.map(pasted);
        diagnose_role(&Documents { key_policy, ..documents(texts) }, &[asked]).unwrap()
    };
    let (here, there) = (key_of(HERE), key_of(THERE));
    let (own, account) = (("KeyArn", here.as_str()), ("Account", HERE));
    let other = ("KeyArn", there.as_str());
    let names_role = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/ops"},"Action":"kms:*","Resource":"*"}}"#;
    let default = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"kms:*","Resource":"*"}}"#;
    let mut problems = Vec::new();
    for (texts, given, key, expected) in [
        (vec![all.as_str()], vec![own, account], None, Works::Works),
        (vec![&all], vec![other, account], None, Works::Unknown),
        (vec![&arn, &all], vec![other], None, Works::Unknown),
        (vec![&arn, &all], vec![other], Some(names_role), Works::Works),
        (vec![&arn, &all], vec![other], Some(default), Works::Fails),
        (vec![&arn, &none], vec![other], None, Works::Fails),
        // The key is named by the policy alone.
        (vec![&arn, &narrow(THERE)], vec![], None, Works::Unknown),
        (vec![&arn, &narrow(HERE)], vec![own], None, Works::Works),
        // Of the account of the role nothing is known but that of the key.
        (vec![&all], vec![other], None, Works::Works),
    ] {
        let found = ask(&texts, &given, key);
        if only(&found).result != expected {
            let why = messages(only(&found));
            problems.push(format!("{texts:?} {given:?}: {:?}\n{why}", only(&found).result));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let found = ask(&[&arn, &all], &[other], None);
    let said = "It depends on the key policy of account 444455556666, which was not given: it must allow kms:Decrypt to \
                the role ops, since the key is not known to be of the role's account.";
    assert!(messages(only(&found)).contains(said), "{}", messages(only(&found)));
}

/// Nothing of one partition reaches into another, so that no policy can allow it.
#[test]
fn nothing_of_another_partition_is_reached() {
    let all =
        policy(&[(r#"["kms:*","ssm:*","ssmmessages:*","s3:*","logs:*"]"#, r#""Resource":"*""#)]);
    let own = role("arn:aws:iam::111122223333:role/ops");
    let of_china = role("arn:aws-cn:iam::111122223333:role/ops");
    let key_of = |partition: &str, region: &str| {
        format!(
            "arn:{partition}:kms:{region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        )
    };
    let (here, china) = (key_of("aws", "us-east-2"), key_of("aws-cn", "cn-north-1"));
    let bucket = |partition: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"arn:{partition}:s3:::logs/*","Condition":{{"Bool":{{"aws:SecureTransport":"false"}}}}}}}}"#
        )
    };
    let (bucket_here, bucket_china) = (bucket("aws"), bucket("aws-cn"));
    let key_said = "The KMS key is of partition aws-cn and the role of partition aws. Nothing of one partition is reached \
                    from another, whatever policies say.";
    let region_said = "Region cn-north-1 is of partition aws-cn and the role of partition aws.";
    let bucket_said =
        "The bucket of the bucket policy is of partition aws-cn and the role of partition aws.";
    let mut problems = Vec::new();
    for (capability, owner, given, bucket_policy, said) in [
        ("node.session-kms", &own, vec![("KeyArn", china.as_str())], None, Some(key_said)),
        ("node.session-kms", &own, vec![("KeyArn", &here)], None, None),
        ("node.session-kms", &of_china, vec![("KeyArn", &china)], None, None),
        ("node.session-kms", &all, vec![("KeyArn", &china)], None, None),
        (
            "node.session-kms",
            &all,
            vec![("KeyArn", &china), ("Region", "us-east-2")],
            None,
            Some("The KMS key is of partition aws-cn and Region us-east-2 of partition aws."),
        ),
        (
            "node.session-kms",
            &of_china,
            vec![("KeyArn", &here)],
            None,
            Some("The KMS key is of partition aws and the role of partition aws-cn."),
        ),
        // The role's own ARN may be of another role than is meant.
        ("node.session-kms", &own, vec![("KeyArn", &china), ("Partition", "aws-cn")], None, None),
        // Where no key is asked for, it is not in the way.
        ("node.heartbeat", &own, vec![("KeyArn", &china)], None, None),
        ("node.heartbeat", &own, vec![("Region", "cn-north-1")], None, Some(region_said)),
        ("node.heartbeat", &own, vec![("Region", "us-east-2")], None, None),
        (
            "node.s3-logs",
            &own,
            vec![("BucketName", "logs")],
            Some(&bucket_china),
            Some(bucket_said),
        ),
        ("node.s3-logs", &own, vec![("BucketName", "logs")], Some(&bucket_here), None),
        ("node.s3-logs", &all, vec![("BucketName", "logs")], Some(&bucket_china), None),
    ] {
        let mut asked = want(capability);
        asked.values = values(&given);
        let bucket_policy = bucket_policy.map(|text: &String| pasted(text));
        let given_documents = Documents { bucket_policy, ..documents(&[owner, &all]) };
        let found = diagnose_role(&given_documents, &[asked]).unwrap();
        let is_right = match said {
            None => only(&found).result == Works::Works,
            Some(said) => {
                let blocked = found.blocked.iter().any(|reason| reason.message.starts_with(said));
                only(&found).result == Works::Fails
                    && messages(only(&found)).starts_with(said)
                    && blocked
                    && found.missing.is_none()
            }
        };
        if !is_right {
            let why = messages(only(&found));
            problems
                .push(format!("{capability} {owner} {given:?}: {:?}\n{why}", only(&found).result));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
/// What is allowed in one account each is allowed nowhere together.
#[test]
fn nobody_is_of_two_accounts() {
    let statement = |account: &str, kind: &str| {
        let service = if kind == "instance" { "ec2" } else { "ssm" };
        format!(r#""Resource":"arn:aws:{service}:*:{account}:{kind}/*""#)
    };
    let allow = |all: &[(&str, &str)]| {
        let all: Vec<_> = all.iter().map(|(account, kind)| statement(account, kind)).collect();
        let all: Vec<_> = all.iter().map(|rest| (r#""ssm:StartSession""#, rest.as_str())).collect();
        policy(&all)
    };
    let (node, document) = ("instance", "document");
    const THIRD: &str = "555566667777";
    let condition = policy(&[
        (r#""ssm:StartSession""#, &statement(THIRD, node)),
        (r#""ssm:StartSession""#, &statement(HERE, node)),
        (
            r#""ssm:StartSession""#,
            r#""Resource":"arn:aws:ssm:*:*:document/*","Condition":{"StringEquals":{"aws:PrincipalAccount":"444455556666"}}"#,
        ),
    ]);
    let incomplete = r#"{"AttachedPolicies":[{"PolicyName":"more","PolicyArn":"arn:aws:iam::111122223333:policy/more"}]}"#;
    let key = policy(&[
        (r#""kms:Decrypt""#, &format!(r#""Resource":"{}""#, key_of(THERE))),
        (r#""ssmmessages:*""#, r#""Resource":"*""#),
        (r#""ssm:UpdateInstanceInformation""#, &statement(HERE, node)),
    ]);
    let shell = "operator.start-shell";
    let mut problems = Vec::new();
    for (capability, texts, expected) in [
        (shell, vec![allow(&[(HERE, node), (THERE, document)])], Works::Fails),
        (shell, vec![allow(&[(THIRD, node), (THERE, document)])], Works::Fails),
        (
            shell,
            vec![allow(&[(THIRD, node), (THIRD, document), (THERE, document)])],
            Works::Unknown,
        ),
        (shell, vec![allow(&[(THIRD, node), (THERE, document), ("*", document)])], Works::Unknown),
        (
            shell,
            vec![allow(&[(THIRD, node), (THERE, document), ("55556666777?", document)])],
            Works::Unknown,
        ),
        (
            shell,
            vec![allow(&[(THIRD, node), (THERE, document), ("5555*", document)])],
            Works::Unknown,
        ),
        // Another policy may allow what is missing.
        (
            shell,
            vec![allow(&[(HERE, node), (THERE, document)]), incomplete.to_owned()],
            Works::Unknown,
        ),
        (shell, vec![condition], Works::Unknown),
        // A key may be of another account.
        ("node.session-kms", vec![key], Works::Unknown),
    ] {
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        let found = diagnose(&texts, &[want(capability)]);
        if only(&found).result != expected {
            let why = messages(only(&found));
            problems.push(format!("{texts:?}: {:?}\n{why}", only(&found).result));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));

    let texts = allow(&[(HERE, node), (THERE, document)]);
    let found = diagnose(&[&texts], &[want(shell)]);
    let said = "All of this is needed in one account, and no account has all of it: ssm:StartSession on \
                arn:aws:ec2:<region>:111122223333:instance/<instance ID> in 111122223333; ssm:StartSession on \
                arn:aws:ssm:<region>:444455556666:document/SSM-SessionManagerRunShell in 444455556666. Give accountId";
    let first = &only(&found).reasons[0];
    assert!(first.message.starts_with(said), "{}", first.message);
    assert_eq!(first.depends_on, ["accountId"]);
    let mut asked = want(shell);
    asked.values = values(&[("Account", HERE)]);
    let found = diagnose(&[&texts], &[asked]);
    let missing = format!("{:?}", found.missing);
    assert!(missing.contains(":111122223333:document/"), "{missing}");
}
