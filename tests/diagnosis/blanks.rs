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
