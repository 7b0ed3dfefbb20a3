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
        // Nobody is of two accounts.
        (
            vec![policy(&[
                (r#""ssm:StartSession""#, r#""Resource":"arn:aws:ec2:*:111122223333:instance/*""#),
                (r#""ssm:StartSession""#, r#""Resource":"arn:aws:ssm:*:444455556666:document/*""#),
            ])],
            Works::Unknown,
        ),
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
