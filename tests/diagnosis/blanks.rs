//! Policies with words in them that stand for a value of somebody's own, as people post them and templates have them.

use postern::diagnose::{diagnose_role, Documents, Want, Works};

use super::{diagnose, documents, messages, only, pasted, values, want};

fn on_node(capability: &str) -> Want {
    let values = values(&[
        ("Region", "us-east-1"),
        ("Account", "111122223333"),
        ("InstanceId", "i-0123456789abcdef0"),
        ("TagKey", "Env"),
        ("TagValue", "dev"),
    ]);
    Want { values, ..want(capability) }
}

fn allow(actions: &str, resources: &[&str], condition: &str) -> String {
    let resources = resources.join("\",\"");
    format!(r#"{{"Effect":"Allow","Action":"{actions}","Resource":["{resources}"]{condition}}}"#)
}

#[test]
fn what_a_word_stands_for_is_not_known() {
    let document = "arn:aws:ssm:*::document/AWS-StartSSHSession";
    for (node, word) in [
        ("arn:aws:ec2:*:${account_id}:instance/*", "${account_id}"),
        ("arn:aws:ec2:${var.region}:111122223333:instance/*", "${var.region}"),
        ("arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:instance/*", "${AWS::Region}"),
        ("arn:aws:ec2:us-east-1:<AccountID>:instance/*", "<AccountID>"),
        ("arn:aws:ec2:us-east-1:{ACCOUNT}:instance/*", "{ACCOUNT}"),
        ("arn:aws:ec2:region:111122223333:instance/*", "region"),
        ("arn:aws:ec2:us-east-1:XXXXXXXXXXXX:instance/i-xxxxxxxx", "XXXXXXXXXXXX"),
        ("arn:aws:ec2:us-east-1:111122223333:instance/i-02573cafcfEXAMPLE", "i-02573cafcfEXAMPLE"),
        ("${instance_arn}", "${instance_arn}"),
        ("arn:aws:ec2:us-east-1:$ACCOUNT_ID:instance/*", "$ACCOUNT_ID"),
        (
            "arn:aws:ec2:us-east-1:$(aws sts get-caller-identity):instance/*",
            "$(aws sts get-caller-identity)",
        ),
        ("arn:aws:ec2:us-east-1:#{account}:instance/*", "#{account}"),
        ("arn:aws:ec2:us-east-1:#{AWS::AccountId}:instance/*", "#{AWS::AccountId}"),
        ("arn:aws:ec2:us-east-1:{0}:instance/*", "{0}"),
        ("arn:aws:ec2:us-east-1:111122223333:instance/&{aws:username}", "&{aws:username}"),
    ] {
        let policy = format!("[{}]", allow("ssm:StartSession", &[document, node], ""));
        let found = diagnose(&[&policy], &[on_node("operator.ssh")]);
        assert_eq!(only(&found).result, Works::Unknown, "{node}\n{found:#?}");
        let said = messages(only(&found));
        assert!(said.contains(&format!("Policy 1, statement 1 has {word}")), "{said}");
        assert!(
            said.contains("fits it allows ssm:StartSession") || said.contains("that fit it allows"),
            "{said}"
        );
        let depends = &only(&found).reasons[0].depends_on;
        assert!(depends.contains(&format!("?{word}")), "{depends:?}");
        assert!(found.missing.is_none(), "{found:#?}");
    }
}

#[test]
fn what_no_word_can_mend_fails_still() {
    let cases: [(&str, &[&str], &str); 4] = [
        // Another resource.
        ("operator.ssh", &["arn:aws:ec2:*:<account>:instance/*"], ""),
        // Words in places that do not matter.
        ("operator.ssh", &["arn:aws:ec2:*:<account>:volume/*", "arn:aws:ssm:*:*:document/*"], ""),
        // The document has no such tag, whatever its value is.
        (
            "operator.ssh",
            &["*"],
            r#","Condition":{"StringEquals":{"ssm:resourceTag/Name":"<name>"}}"#,
        ),
        // A bucket is none of its objects.
        ("node.s3-logs", &["arn:aws:s3:::<bucket>"], ""),
    ];
    for (capability, resources, condition) in cases {
        let action = if capability == "node.s3-logs" { "s3:PutObject" } else { "ssm:StartSession" };
        let policy = format!("[{}]", allow(action, resources, condition));
        let mut asked = on_node(capability);
        asked.values.insert("BucketName", "logs".to_owned());
        let found = diagnose(&[&policy], &[asked]);
        assert_eq!(only(&found).result, Works::Fails, "{policy}\n{found:#?}");
        assert!(found.missing.is_some(), "{found:#?}");
    }
    let policy = format!("[{}]", allow("s3:PutObject", &["arn:aws:s3:::<bucket>/*"], ""));
    let mut asked = on_node("node.s3-logs");
    asked.values.insert("BucketName", "logs".to_owned());
    assert_eq!(only(&diagnose(&[&policy], &[asked])).result, Works::Unknown);
}

#[test]
fn a_word_in_a_condition_or_a_denial_may_let_through_or_not() {
    let shell = "arn:aws:ssm:us-east-1:111122223333:document/SSM-SessionManagerRunShell";
    let node = "arn:aws:ec2:us-east-1:111122223333:instance/*";
    let all = allow("ssm:StartSession", &["*"], "");
    let deny = |resource: &str, condition: &str| {
        format!(r#"{{"Effect":"Deny","Action":"*","Resource":"{resource}"{condition}}}"#)
    };
    for (statements, result) in [
        (vec![all.clone(), deny("arn:aws:ec2:*:<account>:instance/*", "")], Works::Unknown),
        (vec![all.clone(), deny("arn:aws:ec2:*:<account>:volume/*", "")], Works::Works),
        (
            vec![
                all.clone(),
                deny("*", r#","Condition":{"StringNotEquals":{"aws:RequestedRegion":"<region>"}}"#),
            ],
            Works::Unknown,
        ),
        (
            vec![
                allow("ssm:StartSession", &[shell], ""),
                allow(
                    "ssm:StartSession",
                    &[node],
                    r#","Condition":{"StringEquals":{"ssm:resourceTag/Env":"${env}"}}"#,
                ),
            ],
            Works::Unknown,
        ),
        // As it stands is what counts where it fits.
        (vec![allow("ssm:StartSession", &[shell, node, "${other}"], "")], Works::Works),
    ] {
        let policy = format!("[{}]", statements.join(","));
        let found = diagnose(&[&policy], &[on_node("operator.start-shell")]);
        assert_eq!(only(&found).result, result, "{policy}\n{found:#?}");
        assert!(found.missing.is_none(), "{found:#?}");
        assert!(!messages(only(&found)).contains("Null wants"), "{found:#?}");
    }
}

#[test]
fn a_word_for_a_principal_may_be_the_role() {
    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let all = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["kms:Decrypt","ssmmessages:*"],"Resource":"*"}}"#;
    let policy = |who: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{who}"}},"Action":"kms:*","Resource":"*"}}]}}"#
        )
    };
    for (who, result) in [
        ("arn:aws:iam::<account>:root", Works::Unknown),
        ("arn:aws:iam::111122223333:role/${role_name}", Works::Unknown),
        ("arn:aws:iam::444455556666:root", Works::Fails),
        ("arn:aws:iam::111122223333:root", Works::Works),
    ] {
        let mut asked = want("node.session-kms");
        asked.values = values(&[("KeyArn", key), ("Account", "111122223333")]);
        let given = Documents { key_policy: Some(pasted(&policy(who))), ..documents(&[all]) };
        let found = diagnose_role(&given, &[asked]).unwrap();
        assert_eq!(only(&found).result, result, "{who}\n{found:#?}");
    }
}

/// Where the words stand, and whether they may decide.
#[test]
fn words_for_actions_services_buckets_and_keys_are_seen() {
    let all = |actions: &str, more: &str| {
        format!(r#"{{"Effect":"Allow",{actions},"Resource":"*"{more}}}"#)
    };
    let action = |word: &str| all(&format!(r#""Action":"{word}""#), "");
    let but = |word: &str| all(&format!(r#""NotAction":["sqs:*","{word}"]"#), "");
    let deny = |actions: &str| format!("{},{}", action("*"), actions.replace("Allow", "Deny"));
    let key = |key: &str| {
        all(r#""Action":"*""#, &format!(r#","Condition":{{"StringEquals":{{"{key}":"x"}}}}"#))
    };
    let bucket = |name: &str| allow("s3:PutObject", &[&format!("arn:aws:s3:::{name}/*")], "");
    let (logs, shell) = ("node.s3-logs", "operator.start-shell");
    let mut problems = Vec::new();
    for (capability, statements, expected) in [
        (shell, action("<action>"), Works::Unknown),
        (shell, action("${action}"), Works::Unknown),
        (shell, action("ssm:<action>"), Works::Unknown),
        (shell, action("SERVICE:*"), Works::Unknown),
        (shell, action("SERVICE:ACTION"), Works::Unknown),
        (shell, action("ssm:ACTION_NAME"), Works::Unknown),
        (shell, action("sqs:<action>"), Works::Fails),
        (shell, action("SQS:*"), Works::Fails),
        (shell, action("SSM:STARTSESSION"), Works::Works),
        (shell, but("<action>"), Works::Unknown),
        (shell, but("sns:<action>"), Works::Works),
        (shell, but("sns:*"), Works::Works),
        (shell, deny(&action("<action>")), Works::Unknown),
        (shell, deny(&action("sqs:${action}")), Works::Works),
        (shell, deny(&but("<action>")), Works::Unknown),
        (shell, key("<condition-key>"), Works::Unknown),
        (shell, key("${key}"), Works::Unknown),
        (shell, key("CONDITION_KEY"), Works::Unknown),
        (shell, key("aws:username"), Works::Unknown),
        (logs, bucket("BUCKET"), Works::Unknown),
        (logs, bucket("Your_Bucket"), Works::Unknown),
        (logs, bucket("REPLACE_ME"), Works::Unknown),
        (logs, bucket("$BUCKET"), Works::Unknown),
        (logs, bucket("{0}-logs"), Works::Fails),
        (logs, bucket("my_bucket"), Works::Fails),
        (logs, bucket("logs"), Works::Works),
        (logs, allow("s3:PutObject", &["arn:aws:s3:::BUCKET"], ""), Works::Fails),
    ] {
        let mut asked = on_node(capability);
        asked.values.insert("BucketName", "logs".to_owned());
        let policy = format!("[{statements}]");
        let result = only(&diagnose(&[&policy], &[asked])).result;
        if result != expected {
            problems.push(format!("{capability} {policy}: {result:?} for {expected:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn a_word_for_a_service_may_be_the_one_that_assumes_the_role() {
    let trust = |service: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
        )
    };
    for (service, expected) in [
        ("<service>.amazonaws.com", Works::Unknown),
        ("${var.service}", Works::Unknown),
        ("ec2.amazonaws.com", Works::Works),
        ("lambda.amazonaws.com", Works::Fails),
    ] {
        let given = Documents { trust_policy: Some(pasted(&trust(service))), ..documents(&[]) };
        let found = diagnose_role(&given, &[want("trust.ec2")]).unwrap();
        assert_eq!(only(&found).result, expected, "{service}\n{found:#?}");
    }
}
