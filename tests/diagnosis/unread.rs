//! What stands in a pasted text and is not read leaves the answer open: above all no denial is lost.

use postern::diagnose::{diagnose_role, Documents, Works};

use super::{diagnose, documents, messages, only, pasted, values, want, KEY};

const ALLOWS: &str = r#"{"Effect": "Allow", "Action": "ssmmessages:*", "Resource": "*"}"#;
const DENIES: &str = r#"{"Effect": "Deny", "Action": "ssmmessages:*", "Resource": "*"}"#;
const OTHER: &str = r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}"#;

/// Whether the channel of a node opens with what is in a text.
fn opens(text: &str) -> Works {
    only(&diagnose(&[text], &[want("node.channel")])).result
}

/// A statement as JavaScript has it, without quotation marks around its keys.
fn bare(statement: &str) -> String {
    let keys = ["Effect", "Action", "Resource"];
    keys.iter().fold(statement.to_owned(), |text, key| text.replace(&format!("\"{key}\""), key))
}

#[test]
fn of_an_object_of_a_program_nothing_is_read_in_pieces() {
    let allows = ALLOWS.replace('"', "'");
    for more in [
        "{'Effect': 'Deny', 'Action': 'ssmmessages:*', 'Resource': everything}",
        "*denies",
        "deny_all()",
        "{'Effect': effect, 'Action': 'ssmmessages:*', 'Resource': '*'}",
        "{'Effect': 'Deny', 'Action': f'{service}:*', 'Resource': '*'}",
        "{'Effect': 'Deny', 'Action': '{}:*'.format(x), 'Resource': '*'}",
        "{'Effect': 'Deny', 'Action': 'ssm' 'messages:*', 'Resource': '*'}",
    ] {
        let object = format!("{{'Version': '2012-10-17', 'Statement': [{allows},\n  {more}]}}");
        for text in [
            object.clone(),
            format!("policy = {object}"),
            format!("body = json.dumps({object})\n"),
            format!("policy = {object}\n{ALLOWS}"),
        ] {
            assert_eq!(opens(&text), Works::Unknown, "{text}");
        }
    }
    for text in [
        format!("policy = {{'Version': '2012-10-17', 'Statement': [{allows}] + denies}}"),
        format!("policy = {{'Version': '2012-10-17', 'Statement': [deny(x) for x in all] + [{allows}]}}"),
    ] {
        assert_eq!(opens(&text), Works::Unknown, "{text}");
    }
    let whole = format!(
        "log = {{'a': other}}\npolicy = {{'Version': '2012-10-17', 'Statement': [{allows}]}}"
    );
    assert_eq!(opens(&whole), Works::Works);
}

#[test]
fn what_a_program_does_to_a_policy_is_not_passed_over() {
    let policy = format!("const p = {{Version: \"2012-10-17\", Statement: [{}]}};", bare(ALLOWS));
    assert_eq!(opens(&policy), Works::Works);
    let denies = format!("{policy}\np.Statement.push({});", bare(DENIES));
    assert_ne!(opens(&denies), Works::Works);
    for more in [
        "p.Statement.push(denyAll);",
        "p.Statement[0].Effect = 'Deny';",
        "p.Statement = p.Statement.concat(denies);",
        "p['Statement'] += denies",
        "p[\"Statement\"].append(deny)",
        "p.get('Statement').append(deny)",
        "const q = {Version: \"2012-10-17\", Statement: [denyAll]};",
    ] {
        let text = format!("{policy}\n{more}");
        assert_eq!(opens(&text), Works::Unknown, "{text}");
    }
    for more in [
        "console.log(p.Statement.length);",
        "if (p.Statement[0].Sid === 'a') {}",
        "Then jq '.Statement[0]' it.",
    ] {
        let text = format!("{policy}\n{more}");
        assert_eq!(opens(&text), Works::Works, "{text}");
    }
    let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{ALLOWS}]}}"#);
    let of_terraform = "resource \"aws_iam_role_policy\" \"q\" {\n  policy = jsonencode({\n    \"Statement\" = [{\n      \
                        \"Effect\" = \"Allow\"\n      \"Action\" = \"s3:*\"\n    }]\n  })\n}";
    assert_eq!(opens(&format!("{policy}\n{of_terraform}")), Works::Works);
}

#[test]
fn a_statement_in_a_comment_of_a_policy_is_left_out() {
    for (start, mark) in [("const p = ", "//"), ("policy = ", "#"), ("", "//"), ("", "#")] {
        let text = format!(
            "{start}{{\"Version\": \"2012-10-17\", \"Statement\": [{OTHER},\n {mark} {ALLOWS},\n]}}"
        );
        assert_eq!(opens(&text), Works::Fails, "{text}");
        let text = text.replace('"', "'");
        assert_eq!(opens(&text), Works::Fails, "{text}");
    }
}

#[test]
fn what_is_no_statement_among_statements_leaves_it_open() {
    let within = |statements: &str| {
        format!(r#"{{"provider": {{"iam": {{"role": {{"statements": {statements}}}}}}}}}"#)
    };
    for more in
        [r#""${file(deny.yml)}""#, r#"{"Fn::Transform": {"Name": "AWS::Include"}}"#, r#""x""#]
    {
        for text in [within(&format!("[{ALLOWS}, {more}]")), format!("[{ALLOWS}, {more}]")] {
            assert_eq!(opens(&text), Works::Unknown, "{text}");
        }
    }
    assert_eq!(opens(&within(r#""${file(x.yml)}""#)), Works::Unknown);
    assert_eq!(opens(&within(&format!("[{ALLOWS}]"))), Works::Works);
}

#[test]
fn of_several_states_of_a_resource_the_latest_counts() {
    let item = |statement: &str, time: &str| {
        format!(
            r#"{{"ARN": "arn:aws:iam::111122223333:role/a", "resourceType": "AWS::IAM::Role", {time} "configuration":
            {{"roleName": "a", "rolePolicyList": [{{"policyName": "p", "policyDocument":
            {{"Version": "2012-10-17", "Statement": [{statement}]}}}}]}}}}"#
        )
    };
    let at =
        |day: u8| format!(r#""configurationItemCaptureTime": "2026-01-0{day}T00:00:00.000Z","#);
    let all = |items: [String; 2]| format!(r#"{{"configurationItems": [{}]}}"#, items.join(", "));
    let (old, new) = (at(1), at(2));
    assert_eq!(opens(&all([item(OTHER, &new), item(ALLOWS, &old)])), Works::Fails);
    assert_eq!(opens(&all([item(ALLOWS, &new), item(OTHER, &old)])), Works::Works);
    assert_eq!(opens(&all([item(DENIES, &old), item(ALLOWS, &new)])), Works::Works);
    assert_eq!(opens(&all([item(OTHER, ""), item(ALLOWS, "")])), Works::Unknown);
    assert_eq!(opens(&all([item(OTHER, &new), item(ALLOWS, &new)])), Works::Unknown);
}

/// A template with a role that may open the channel, and something beside it.
fn template(beside: &str) -> String {
    format!(
        r#"{{"Resources": {{"R": {{"Type": "AWS::IAM::Role", "Properties": {{"Policies": [{{"PolicyName": "a",
        "PolicyDocument": {{"Version": "2012-10-17", "Statement": [{ALLOWS}]}}}}]}}}}{beside}}}}}"#
    )
}

#[test]
fn what_only_the_deployment_puts_into_a_template_leaves_it_open() {
    let document = format!(r#"{{"Version": "2012-10-17", "Statement": [{DENIES}]}}"#);
    let policy = |document: &str| {
        format!(
            r#"{{"Type": "AWS::IAM::Policy", "Properties": {{"PolicyName": "d", "Roles": [{{"Ref": "R"}}],
            "PolicyDocument": {document}}}}}"#
        )
    };
    let text = document.replace('"', "\\\"");
    for beside in [
        format!(r#", "Fn::ForEach::D": ["N", ["a"], {{"D${{N}}": {}}}]"#, policy(&document)),
        format!(r#", "D": {}"#, policy(&format!(r#"{{"Fn::Sub": "{text}"}}"#))),
        format!(r#", "D": {}"#, policy(&format!(r#"{{"Fn::Join": ["", ["{text}"]]}}"#))),
        format!(r#", "D": {}"#, policy(r#"{"Ref": "Document"}"#)),
        r#", "Fn::Transform": {"Name": "AWS::Include"}"#.to_owned(),
        r#", "D": {"Type": "AWS::IAM::Policy", "Properties": {"Fn::Transform": {"Name": "AWS::Include"}}}"#.to_owned(),
    ] {
        assert_eq!(opens(&template(&beside)), Works::Unknown, "{beside}");
    }
    assert_eq!(opens(&template("")), Works::Works);
    let function = format!(
        r#", "F": {{"Type": "AWS::Serverless::Function", "Properties": {{"Policies": [{document}]}}}}"#
    );
    assert_eq!(opens(&template(&function)), Works::Unknown);
    let only = template(&function.replace("Deny", "Allow")).replacen("ssmmessages", "s3", 1);
    assert_eq!(opens(&only), Works::Unknown);
}

#[test]
fn markup_within_a_policy_leaves_it_open() {
    let marked = |quote: &str| {
        format!("{{\"Version\": \"2012-10-17\", \"Statement\": [{ALLOWS}]}}")
            .split('"')
            .enumerate()
            .map(|(at, part)| match at % 2 {
                0 => format!("<span class=\"punctuation separator json\">{part}</span>"),
                _ => format!("<span class=\"s2\">{quote}{part}{quote}</span>"),
            })
            .collect::<String>()
    };
    for text in [marked("&quot;"), marked("\""), format!("<pre>{}</pre>", marked("&#34;"))] {
        assert_eq!(opens(&text), Works::Unknown, "{text}");
    }
}

/// What is attached and not here may allow much, but not what a boundary, an organization or a denial refuses.
#[test]
fn what_is_not_here_opens_nothing_that_is_refused_anyway() {
    let unseen = r#"{"AttachedPolicies": [{"PolicyName": "Own", "PolicyArn": "arn:aws:iam::111122223333:policy/Own"}]}"#;
    let of =
        |statement: &str| format!(r#"{{"Version": "2012-10-17", "Statement": [{statement}]}}"#);
    let mut problems = Vec::new();
    for (name, statement, expected) in [
        ("what allows nothing of the kind", OTHER, Works::Fails),
        ("what allows it", ALLOWS, Works::Unknown),
        (
            "what allows it under a condition of which nothing is known",
            r#"{"Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalTag/team": "a"}}}"#,
            Works::Unknown,
        ),
    ] {
        let (boundary, scp) = (Some(pasted(&of(statement))), vec![pasted(&of(statement))]);
        for (field, input) in [
            ("boundary", Documents { boundary, ..documents(&[unseen]) }),
            ("scps", Documents { scps: scp, ..documents(&[unseen]) }),
        ] {
            let found = diagnose_role(&input, &[want("node.channel")]).unwrap();
            let result = only(&found);
            let gate = result.reasons.iter().find_map(|reason| reason.gate).map(|gate| gate.name());
            if result.result != expected || expected == Works::Fails && gate != Some(field) {
                problems.push(format!(
                    "{field}, {name}: {:?} {gate:?} {}",
                    result.result,
                    messages(result)
                ));
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}

/// A key policy that leaves it to the policies of the account leaves it to those that are not here, too.
#[test]
fn what_is_not_here_may_allow_what_a_key_policy_leaves_to_it() {
    let unseen = r#"{"AttachedPolicies": [{"PolicyName": "Own", "PolicyArn": "arn:aws:iam::111122223333:policy/Own"}]}"#;
    let key = |who: &str| {
        pasted(&format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Principal": {{"AWS": "{who}"}}, "Action": "kms:*", "Resource": "*"}}]}}"#
        ))
    };
    let mut asked = want("node.session-kms");
    asked.values = values(&[("Account", "111122223333"), ("KeyArn", KEY)]);
    let mut problems = Vec::new();
    for (name, key_policy, expected) in [
        ("no key policy", None, Works::Unknown),
        (
            "one that leaves it to the account",
            Some(key("arn:aws:iam::111122223333:root")),
            Works::Unknown,
        ),
        ("one for somebody else", Some(key("arn:aws:iam::111122223333:user/else")), Works::Fails),
    ] {
        let input = Documents { key_policy, ..documents(&[unseen]) };
        let found = diagnose_role(&input, &[asked.clone()]).unwrap();
        let kms = found.capabilities.first().unwrap();
        let says = messages(kms).contains("Own may allow kms:Decrypt");
        if kms.result != expected || says != (expected == Works::Unknown) {
            problems.push(format!("{name}: {:?} {}", kms.result, messages(kms)));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}
