//! Policies as they stand in threads and repositories: quoted, in comments and patches, in code of other languages.

use postern::diagnose::{find_policies, Want, Works};

use super::{diagnose, messages, only, values, want};

const POLICY: &str = "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Action\": \"ssmmessages:*\",\n      \"Resource\": \"*\"\n    }\n  ]\n}";

#[test]
fn marks_before_its_lines_are_taken_off() {
    for (mark, before, behind) in [
        ("> ", "I have this:\n", "\nand it fails"),
        ("# ", "# policy = <<EOF\n", "\n# EOF"),
        ("    // ", "", ""),
        ("+", "@@ -1,3 +1,9 @@\n-{}\n", ""),
        (">  ", "> ```json\n", "\n> ```"),
    ] {
        let lines: Vec<_> = POLICY.lines().map(|line| format!("{mark}{line}")).collect();
        let text = format!("{before}{}{behind}", lines.join("\n"));
        let (found, _) = find_policies(&text);
        let [policy] = found.as_slice() else { panic!("{text}\n{found:#?}") };
        assert!(!policy.is_verbatim, "{text}");
        let source = &text[policy.span.start..policy.span.end];
        assert!(source.starts_with('{') && source.trim_end().ends_with('}'), "{source}");
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Works, "{text}\n{found:#?}");
        assert!(
            !found.recognised.is_empty() && found.recognised.iter().all(|one| one.is_used),
            "{found:#?}"
        );
    }
    let plain = format!("# Session Manager\n> quoted\n{POLICY}");
    let (found, _) = find_policies(&plain);
    assert!(found.len() == 1 && found[0].is_verbatim, "{found:?}");
}

/// `jq -s add` makes one object of several answers of the AWS CLI.
#[test]
fn answers_in_one_object_are_all_read() {
    let allows = r#""RoleName": "web", "PolicyName": "a", "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "ssmmessages:*", "Resource": "*"}}"#;
    let bounded = r#""Role": {"RoleName": "web", "Arn": "arn:aws:iam::111122223333:role/web", "PermissionsBoundary": {"PermissionsBoundaryArn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}}"#;
    let denied = r#""AttachedPolicies": [{"PolicyName": "AWSDenyAll", "PolicyArn": "arn:aws:iam::aws:policy/AWSDenyAll"}]"#;
    let version = r#""PolicyVersion": {"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}}"#;
    let details = r#""RoleDetailList": [{"RoleName": "web", "RolePolicyList": [{"PolicyName": "no", "PolicyDocument": {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}}]}]"#;
    for (parts, expected) in [
        (vec![allows], Works::Works),
        (vec![allows, bounded], Works::Fails),
        (vec![allows, denied], Works::Fails),
        (vec![allows, version], Works::Fails),
        (vec![allows, details], Works::Fails),
        (vec![version, denied, allows], Works::Fails),
        (
            vec![
                r#""AttachedPolicies": [{"PolicyName": "AmazonSSMManagedInstanceCore", "PolicyArn": "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}]"#,
                bounded,
            ],
            Works::Fails,
        ),
    ] {
        let text = format!("{{{}}}", parts.join(", "));
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, expected, "{text}\n{found:#?}");
    }
}

#[test]
fn what_python_prints_is_read() {
    let text = POLICY.replace('"', "'");
    let found = diagnose(&[&text], &[want("node.channel")]);
    assert_eq!(only(&found).result, Works::Works, "{found:#?}");
    assert!(found.recognised[0].message.contains("single quotation marks"), "{found:#?}");
    let (found, _) = find_policies("{'Statement': \"it's\"}");
    assert_eq!(found[0].text, "{\"Statement\": \"it's\"}");
}

#[test]
fn json_in_code_is_found_though_the_code_is_not_read() {
    for text in [
        format!("resource \"aws_iam_policy\" \"x\" {{\n  policy = <<EOF\n{POLICY}\nEOF\n}}"),
        format!("resource \"aws_iam_role_policy\" \"x\" {{\n  policy = jsonencode({POLICY})\n}}"),
        format!(
            "new iam.Policy(this, 'p', {{ document: iam.PolicyDocument.fromJson({POLICY}) }});"
        ),
    ] {
        let (found, seen) = find_policies(&text);
        assert!(
            found.len() == 1 && found[0].is_verbatim && found[0].text == POLICY,
            "{text}\n{found:#?}"
        );
        assert_eq!(seen.iter().filter(|one| one.is_used()).count(), 1, "{seen:#?}");
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Unknown, "{text}\n{found:#?}");
    }
}

#[test]
fn statements_in_other_languages_are_not_known() {
    for (text, what) in [
        (
            "\"ssm:x\": \"y\" }),\nnew iam.PolicyStatement({ actions: ['ssm:*'] })",
            "CDK or Pulumi code",
        ),
        ("{ PolicyName: \"a\", Doc: { Effect: \"Allow\", Action: \"*\" } }", "code"),
        ("{\"Effect\": \"Allow\", \"Action\": []string{\"ssm:*\"}, \"Resource\": arn},", "code"),
        ("'Effect' => 'Allow', 'Action' => 'ssm:*'", "code"),
        (
            "iam.StatementEntry{\n Effect: iam.EffectAllow,\n Action: iam.Actions{\"ssm:*\"},\n}",
            "code",
        ),
        ("Statement(effect=\"Allow\", actions=[\"ssm:*\"])", "code"),
        ("Effect   = \"Allow\"\nAction   = [\"ssmmessages:*\"]", "Terraform code"),
        (
            "role_policies = [\"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore\"]",
            "Terraform code",
        ),
        (
            "statements:\n  - actions: [\"ssmmessages:*\"]\n    effect: \"Allow\"",
            "YAML or text form",
        ),
        ("- Effect: Allow\n  Action: ssmmessages:*", "YAML or text form"),
    ] {
        let found = diagnose(&[text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Unknown, "{text}\n{found:#?}");
        let said = messages(only(&found));
        assert!(said.contains(&format!("The {what} of Policy 1 may allow")), "{text}\n{said}");
        assert!(find_policies(text).0.is_empty(), "{text}");
    }
    for text in ["The effect = none.", "side effect: Allowed", "effects: \"Allow\""] {
        let found = diagnose(&[text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Fails, "{text}");
    }
}

#[test]
fn an_arn_may_do_where_aws_names_a_star_alone() {
    for (statement, capability, result, says) in [
        (
            "ssmmessages:*|arn:aws:ssmmessages:eu-west-1:444455556666:*",
            "node.channel",
            Works::Unknown,
            "arn:aws:ssmmessages:eu-west-1:444455556666:*",
        ),
        (
            "ssmmessages:*|arn:aws:ecs:*:*:task/*",
            "node.channel",
            Works::Unknown,
            "on arn:aws:ecs:<region>:<account>:task/",
        ),
        (
            "ssmmessages:*|arn:aws:ssmmessages:*:${account}:*",
            "node.channel",
            Works::Unknown,
            "on arn:aws:ssmmessages:<region>:<account>:",
        ),
        (
            "ssmmessages:*|arn:aws:ec2:*:*:instance/*",
            "node.channel",
            Works::Fails,
            "No statement allows",
        ),
        (
            "ssm:DescribeSessions|arn:aws:ssm:*:*:*",
            "operator.history",
            Works::Unknown,
            "names no resource but *",
        ),
        (
            "ssm:DescribeSessions|arn:aws:ssm:*:*:session/*",
            "operator.history",
            Works::Fails,
            "No statement allows",
        ),
        ("ssm:DescribeSessions|*", "operator.history", Works::Works, "allows"),
    ] {
        let (action, resource) = statement.split_once('|').unwrap();
        let policy =
            format!(r#"[{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}]"#);
        let found = diagnose(&[&policy], &[want(capability)]);
        assert_eq!(only(&found).result, result, "{policy}\n{found:#?}");
        assert!(messages(only(&found)).contains(says), "{found:#?}");
        assert_eq!(found.missing.is_some(), result == Works::Fails, "{found:#?}");
    }
    let denied = r#"[{"Effect":"Allow","Action":"*","Resource":"*"},{"Effect":"Deny","Action":"ssm:Describe*","Resource":"arn:aws:ssm:*:*:*"}]"#;
    let found = diagnose(&[denied], &[want("operator.history")]);
    assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
    assert!(
        messages(only(&found)).contains("statement 2 denies ssm:DescribeSessions on arn:"),
        "{found:#?}"
    );
}

#[test]
fn what_stands_on_the_line_of_a_fence_is_read() {
    let text = format!("text\n   ```json{POLICY}\n   ```\nmore {{ text }}\n```\n{{}}\n```");
    let (found, seen) = find_policies(&text);
    assert!(found.len() == 1 && found[0].is_verbatim && found[0].text == POLICY, "{found:#?}");
    assert!(seen[0].is_used() && !seen[0].message.contains("braces"), "{seen:#?}");
}

#[test]
fn members_of_a_statement_are_one() {
    let text = "\"Effect\": \"Allow\",\n\"Action\": [\"ssmmessages:*\"],\n\"Resource\": \"*\"";
    let found = diagnose(&[text], &[want("node.channel")]);
    assert_eq!(only(&found).result, Works::Works, "{found:#?}");
    assert!(
        found.recognised[0].message.contains("braces around the policy are missing"),
        "{found:#?}"
    );
    for text in ["\"Action\": [\"ssmmessages:*\"]", "\"Effect\": \"Allow\", \"Action\": ["] {
        assert!(find_policies(text).0.iter().all(|one| !one.text.contains("{")), "{text}");
    }
}

#[test]
fn an_empty_resource_is_none() {
    let text = r#"[{"Effect":"Allow","Action":"ssm:DescribeSessions","Resource":""}]"#;
    let found = diagnose(&[text], &[want("operator.history")]);
    assert!(messages(only(&found)).contains("but its resource is empty"), "{found:#?}");
}

#[test]
fn backticks_around_values_are_taken_off() {
    let text = "text\n```\n`{\n \"Version\":\"2012-10-17\",\n \"Statement\": [\n {\n \"Effect\": \"Allow\",\n \"Action\": \"ssm:StartSession\",\n \"Resource\": \"arn:aws:ec2:`us-east-1`:`444455556666`:instance/`i-0123456789abcdef0`\"\n }\n ]\n}`\n```";
    let (found, seen) = find_policies(text);
    let [policy] = found.as_slice() else { panic!("{found:#?}") };
    assert!(
        policy.text.contains("arn:aws:ec2:us-east-1:444455556666:instance/i-0123456789abcdef0"),
        "{policy:?}"
    );
    assert!(seen[0].message.contains("backticks"), "{seen:#?}");
    let (found, seen) = find_policies(&format!("`{POLICY}`"));
    assert!(found.len() == 1 && seen.len() == 1, "{seen:#?}");
}

#[test]
fn statements_between_sentences_are_found() {
    let statement = "{\n  \"Sid\": \"a\",\n  \"Effect\": \"Allow\",\n  \"Action\": \"ssmmessages:*\",\n  \"Resource\": \"*\"\n}";
    for text in [
        format!("I have this:\n\n{statement}\n\nand it fails."),
        format!("statements := `{statement}`\nreturn"),
    ] {
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Works, "{text}\n{found:#?}");
    }
    for text in ["a {\"Effect\": \"x\"} b", "text\n{\"Sid\": \"a\", \"Resource\": \"*\"}\nmore"] {
        assert!(find_policies(text).0.is_empty(), "{text}");
    }
}

#[test]
fn a_fence_beside_a_policy_may_have_anything() {
    let text = format!("```json\n{POLICY}\n```\nthen\n```bash\nmake deploy\n```");
    let found = diagnose(&[&text], &[want("operator.history")]);
    assert!(found.recognised.iter().all(|one| one.is_used), "{found:#?}");
    assert!(!messages(only(&found)).contains("does not count"), "{found:#?}");
}

#[test]
fn a_policy_beside_fences_is_read() {
    for text in [
        format!("denied\n```\nwhat it shows\n```\n{POLICY}\n```\nrestart\n"),
        format!("{POLICY}\nand then\n```bash\nmake deploy\n```"),
        format!("```bash\nmake deploy\n```\nThis is it: {POLICY}"),
    ] {
        assert_eq!(find_policies(&text).0.len(), 1, "{text}");
        let found = diagnose(&[&text], &[want("operator.history")]);
        assert!(found.recognised.iter().all(|one| one.is_used), "{text}\n{found:#?}");
    }
}

#[test]
fn values_of_programs_are_not_known() {
    let policy = |resource: &str| {
        format!(
            r#"return {{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": {resource}}}]}}"#
        )
    };
    for resource in ["INSTANCE_ARN", "role.arn", "[f\"arn:aws:ssm:{REGION}::document/x\"]", "arn()"]
    {
        let found = diagnose(&[&policy(resource)], &[want("operator.ssh")]);
        assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
        let assumed = found.assumptions.iter().find(|said| said.contains("What the code of"));
        assert!(assumed.is_some(), "{found:#?}");
    }
    for resource in ["arn", "*", "Allow", "true false"] {
        let found = diagnose(&[&policy(resource)], &[want("operator.ssh")]);
        assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
        assert!(found.recognised[0].message.contains("not JSON"), "{found:#?}");
        let assumed = found.assumptions.iter().find(|said| said.contains("code of"));
        assert_eq!(assumed, None, "{found:#?}");
    }
}

#[test]
fn a_hybrid_node_is_asked_for_as_one() {
    let policy = |node: &str| {
        format!(
            r#"[{{"Effect":"Allow","Action":["ssm:StartSession","ssm:SendCommand","ssm:GetCommandInvocation"],"Resource":["{node}","arn:aws:ssm:*:*:document/*"]}},{{"Effect":"Allow","Action":"ssm:GetCommandInvocation","Resource":"*"}}]"#
        )
    };
    let hybrid = "arn:aws:ssm:*:*:managed-instance/mi-*";
    for capability in
        ["operator.start-shell", "operator.ssh", "operator.port-forward", "operator.run-command"]
    {
        let values = values(&[("ManagedInstanceId", "mi-0123456789abcdef0")]);
        let on_node = Want { values, ..want(capability) };
        let found = diagnose(&[&policy(hybrid)], std::slice::from_ref(&on_node));
        assert_eq!(only(&found).result, Works::Works, "{found:#?}");
        let found = diagnose(&[&policy("arn:aws:ec2:*:*:instance/*")], &[on_node]);
        assert_eq!(only(&found).result, Works::Fails, "{found:#?}");
        let missing = found.missing.as_ref().map(|missing| format!("{missing:?}"));
        let missing = missing.unwrap_or_default();
        assert!(missing.contains(":managed-instance/mi-0123456789abcdef0"), "{missing}");
        // It does not fail for whoever did not say which node is meant, and nothing is opened for it.
        let found = diagnose(&[&policy(hybrid)], &[want(capability)]);
        assert_eq!((only(&found).result, &found.missing), (Works::Unknown, &None), "{found:#?}");
    }
}

#[test]
fn sessions_by_user_id_are_not_known() {
    let own = |name: &str| {
        format!(
            r#"[{{"Effect":"Allow","Action":["ssmmessages:OpenDataChannel","ssm:TerminateSession"],"Resource":"arn:aws:ssm:*:*:session/{name}-*"}}]"#
        )
    };
    for capability in ["operator.open-data-channel", "operator.own-sessions-username"] {
        let found = diagnose(&[&own("${aws:userid}")], &[want(capability)]);
        assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
        let said = messages(only(&found));
        assert!(said.contains("on session/${aws:userid}-*, as AWS's guide prints it"), "{said}");
        let found = diagnose(&[&own("somebody")], &[want(capability)]);
        assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
        let values = values(&[("UserName", "alice")]);
        let found = diagnose(&[&own("somebody")], &[Want { values, ..want(capability) }]);
        assert_eq!(only(&found).result, Works::Fails, "{found:#?}");
        let found = diagnose(&[&own("${aws:username}")], &[want(capability)]);
        assert_eq!(only(&found).result, Works::Works, "{found:#?}");
    }
}

#[test]
fn commands_that_attach_policies_are_read() {
    let core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    let attach = |name: &str| {
        format!("aws iam attach-role-policy \\\n  --role-name {name} \\\n  --policy-arn {core}\n")
    };
    for text in [
        attach("Node"),
        format!("#!/bin/bash\nmake\n{}echo done", attach("\"${ROLE}\"")),
        format!("$ {}$ ", attach("Node")),
        format!("Run:\n```bash\n{}```", attach("Node")),
        format!("aws iam attach-role-policy --policy-arn={core} --role-name Node"),
    ] {
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Works, "{text}\n{found:#?}");
    }
    let both = format!("{}{}", attach("Node"), attach("Other"));
    let found = diagnose(&[&both], &[want("node.channel")]);
    assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
    for text in [
        format!("aws iam detach-role-policy --role-name Node --policy-arn {core}"),
        format!("aws iam attach-role-policy --role-name Node\n--policy-arn {core}"),
    ] {
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_ne!(only(&found).result, Works::Works, "{text}\n{found:#?}");
    }
}

#[test]
fn comments_and_commas_too_many_are_passed_over_in_a_diagnosis() {
    for (from, to) in [
        ("\"*\"\n", "\"*\" // all\n"),
        ("    }\n  ]", "    },\n  ]"),
        ("    }\n  ]", "    } /*, {\n \"Effect\": \"Deny\" } */\n  ]"),
    ] {
        let text = POLICY.replace(from, to);
        assert_ne!(text, POLICY);
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Works, "{text}\n{found:#?}");
        assert!(found.recognised[0].message.contains("IAM does not take them"), "{found:#?}");
        // The checks are to say it.
        let (found, _) = find_policies(&text);
        assert!(found.len() == 1 && found[0].text == text, "{found:#?}");
    }
    let text = POLICY.replace("\"*\"", "\"arn:aws:s3:::b//c,]/*x*/\"");
    assert!(find_policies(&text).1[0].is_used());
    let found = diagnose(&[&POLICY.replace("[\n", "[,\n")], &[want("node.channel")]);
    assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
    assert!(found.recognised[0].message.contains("not JSON"), "{found:#?}");
}

#[test]
fn which_endpoint_is_meant_only_the_policy_tells() {
    let text = r#"[{"Effect":"Allow","Action":"ec2-instance-connect:OpenTunnel","Resource":"arn:aws:ec2:us-east-1:444455556666:instance-connect-endpoint/eice-123456789abcdef","Condition":{"IpAddress":{"ec2-instance-connect:privateIpAddress":"10.0.1.0/31"}}}]"#;
    let found = diagnose(&[text], &[want("operator.instance-connect")]);
    assert_eq!(only(&found).result, Works::Unknown, "{found:#?}");
    let said = messages(only(&found));
    assert!(
        said.contains("eice-123456789abcdef")
            && said.contains("ec2-instance-connect:privateIpAddress"),
        "{said}"
    );
}

#[test]
fn a_command_beside_what_it_printed_is_no_riddle() {
    let text = "```\naws iam list-attached-role-policies --role-name R\n```\n```\n{\"AttachedPolicies\":[{\"PolicyName\":\"AmazonSSMManagedInstanceCore\",\"PolicyArn\":\"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore\"}]}\n```";
    let found = diagnose(&[text], &[want("node.s3-encryption-check")]);
    assert!(found.recognised.iter().all(|one| one.is_used), "{found:#?}");
    assert!(!messages(only(&found)).contains("does not count"), "{found:#?}");
}

const DENY: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}"#;

/// A policy that denies everything, with its lines.
fn deny_in_lines() -> String {
    POLICY.replace("Allow", "Deny").replace("ssmmessages:*", "*")
}

fn result(text: &str) -> Works {
    only(&diagnose(&[text], &[want("node.channel")])).result
}

#[test]
fn what_stands_beside_a_fence_is_not_lost() {
    let fenced = format!("```json\n{POLICY}\n```\nand on the group:\n");
    let lines = deny_in_lines();
    let marked = |mark: &str| lines.replace('\n', &format!("\n{mark}"));
    for (text, expected) in [
        (format!("{fenced}{lines}"), Works::Fails),
        (format!("{fenced}    {}", marked("    ")), Works::Fails),
        (format!("{fenced}<pre>{lines}</pre>"), Works::Fails),
        (format!("{fenced}`{DENY}`"), Works::Fails),
        (format!("{fenced}> {}", marked("> ")), Works::Fails),
        (format!("{fenced}> > {}", marked("> > ")), Works::Unknown),
        (format!("{fenced}~~~\n{lines}\n~~~"), Works::Fails),
        (format!("{fenced}1 {}", marked("2 ")), Works::Unknown),
        (format!("{fenced}Effect: Deny\nAction: '*'"), Works::Unknown),
        (format!("{fenced}arn:aws:iam::aws:policy/AWSDenyAll is attached."), Works::Unknown),
        (format!("```json\n{POLICY}\n```json\n{lines}\n```"), Works::Fails),
        (format!("```json\n{POLICY}```\n{lines}"), Works::Fails),
        (format!("```{{.json}}\n{POLICY}\n```\n```{{.json}}\n{lines}\n```"), Works::Fails),
        (format!("{POLICY}\nI get:\n```\nAccessDenied\n```"), Works::Works),
        (format!("{fenced}Effects are known, and I do not deny: allow."), Works::Works),
    ] {
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, expected, "{text}\n{found:#?}");
        if expected == Works::Unknown {
            assert!(messages(only(&found)).contains("may deny"), "{found:#?}");
        }
    }
}

#[test]
fn prose_in_brackets_and_broken_json_swallow_nothing() {
    let lines = deny_in_lines();
    let python = lines.replace('"', "'");
    for before in ["[The guide](https://example.com) has:", "[INFO]", "{role} has", "{code:json}"] {
        assert_eq!(result(&format!("{before}\n{POLICY}\n{{code}}")), Works::Works, "{before}");
    }
    for (text, expected) in [
        (format!("{POLICY}\n{}\n{DENY}", &POLICY[..90]), Works::Fails),
        (format!("{POLICY}\n{}\n{DENY}", POLICY.replacen('"', "", 1)), Works::Fails),
        (format!("{POLICY}\n{}\n{DENY}", &POLICY[..POLICY.len() - 2]), Works::Fails),
        (format!("{POLICY}\n{}\n{}", &POLICY[..90], &DENY[35..]), Works::Unknown),
        (format!("{POLICY}\n{{x}} {DENY}"), Works::Fails),
        (format!("{}\n{DENY}", POLICY.replace('"', "'")), Works::Fails),
        (format!("{POLICY}\n{python}"), Works::Fails),
        (format!("It prints:\n{POLICY}\nand then {python}"), Works::Fails),
    ] {
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, expected, "{text}\n{found:#?}");
    }
    assert_eq!(result(&format!("{}\nthen\n{POLICY}", &POLICY[..90])), Works::Unknown);
}

#[test]
fn whether_a_policy_in_a_comment_counts_is_left_open() {
    let lines = deny_in_lines();
    for text in [
        format!("{POLICY}\n# {}", lines.replace('\n', "\n# ")),
        format!("{POLICY}\n// {DENY}"),
        format!("# {DENY}\n{POLICY}"),
        format!("{POLICY}\n/* {lines} */"),
        format!("```json\n{POLICY}\n```\n<!-- old:\n{lines}\n-->"),
    ] {
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Unknown, "{text}\n{found:#?}");
        assert!(found.recognised.iter().any(|one| !one.is_used), "{found:#?}");
    }
    for text in [format!("// {POLICY}"), format!("/* {POLICY} */"), format!("// {POLICY}\n{DENY}")]
    {
        assert_ne!(result(&text), Works::Unknown, "{text}");
    }
    let after = format!("s3://bucket/* and /* a note */\n{POLICY}");
    assert_eq!(result(&after), Works::Works, "{after}");
}

#[test]
fn what_holds_a_policy_and_is_not_read_makes_nothing_certain() {
    let encoded = "eyJWZXJzaW9uIjoiMjAxMi0xMC0xNyIsIlN0YXRlbWVudCI6W3siRWZmZWN0IjoiRGVueSIsIkFjdGlvbiI6IioiLCJSZXNvdXJjZSI6IioifV19";
    for unread in [
        "Effect: Deny\nAction: '*'".to_owned(),
        "- effect: iam.Effect.DENY".to_owned(),
        DENY.replace('"', "\\\\\\\""),
        format!("12 {}", deny_in_lines().replace('\n', "\n13 ")),
        encoded.to_owned(),
        "{\"Statement\": [{\"Sid\": \"a".to_owned(),
    ] {
        for text in [format!("{POLICY}\n{unread}"), format!("{unread}\n{POLICY}"), unread.clone()] {
            let found = diagnose(&[&text], &[want("node.channel")]);
            assert_eq!(only(&found).result, Works::Unknown, "{text}\n{found:#?}");
            assert!(
                found.assumptions.iter().any(|said| said.contains("may deny is not known here")),
                "{found:#?}"
            );
            assert!(found.recognised.iter().any(|one| !one.is_used), "{found:#?}");
        }
    }
    let allowed = format!("{POLICY}\nEffect: Allow\nAction: '*'");
    assert_eq!(result(&allowed), Works::Works);
    for text in ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ", "The effect: none"] {
        assert_eq!(result(text), Works::Fails, "{text}");
    }
}

#[test]
fn managed_policies_that_sentences_name_are_left_open() {
    for text in [
        "Attached:\n- arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore\n",
        "The role has arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore, I think.",
        "Attached: AmazonSSMManagedInstanceCore and others",
        "Attached: SecurityAudit",
        "* AmazonSSMManagedInstanceCore\n* CloudWatchAgentServerPolicy",
        "I use arn:aws:iam::444455556666:policy/Mine.",
    ] {
        assert_eq!(result(text), Works::Unknown, "{text}");
    }
    let text = "I do not want AdministratorAccess here.";
    assert_eq!(result(text), Works::Fails);
    let text = format!(
        "aws iam get-policy-version --policy-arn arn:aws:iam::444455556666:policy/Mine\n{DENY}"
    );
    assert_eq!(result(&text), Works::Fails);
}

#[test]
fn an_effect_of_something_else_makes_no_statement() {
    for (text, count) in [
        (r#"{"Effect":"blur","Action":"click","Resource":"button"}"#, 0),
        (r#"[{"Effect":"fade","Action":"click"}]"#, 0),
        (r#"{"Effect":"allow","Action":"ssm:*","Resource":"*"}"#, 1),
        (r#"{"Effect":"Alow","Action":"ssm:*","Resource":"*"}"#, 1),
        (r#"{"Effect":"${Effect}","Action":"ssm:*","Resource":"*"}"#, 1),
    ] {
        assert_eq!(find_policies(text).0.len(), count, "{text}");
    }
}

#[test]
fn policies_in_objects_of_other_shapes_count() {
    let denied = DENY.replace('{', "%7B").replace('"', "%22").replace(':', "%3A");
    for (text, expected) in [
        (format!("{{\"role\":{{\"policy\":{POLICY}}}}}"), Works::Works),
        (
            format!(
                "{{\"Type\":\"AWS::IAM::Role\",\"Properties\":{{\"Policies\":[{{\"PolicyName\":\"a\",\"PolicyDocument\":{POLICY}}}]}}}}"
            ),
            Works::Works,
        ),
        (
            format!("{POLICY}\n{{\"configuration\":{{\"rolePolicyList\":[{{\"policyDocument\":\"{denied}\"}}]}}}}"),
            Works::Fails,
        ),
        (format!("{POLICY}\n{{\"role\":{{\"policy\":{DENY}}}}}"), Works::Fails),
    ] {
        assert_eq!(result(&text), expected, "{text}");
    }
    let printed = format!(
        "{{'PolicyVersion': {{'Document': {}, 'VersionId': 'v1', 'IsDefaultVersion': True, 'CreateDate': datetime.datetime(2026, 1, 1, tzinfo=tzutc())}}}}",
        POLICY.replace('"', "'")
    );
    assert_eq!(result(&printed), Works::Works, "{printed}");
}

#[test]
fn functions_of_a_template_are_known_only_at_its_deployment() {
    for (from, to) in [
        ("    }\n  ]", "    },\n {\"Fn::FindInMap\": [\"a\", \"b\", \"c\"]}\n  ]"),
        ("    }\n  ]", "    },\n {\"Fn::If\": [\"c\", {\"Effect\": \"Deny\"}, {\"Ref\": \"AWS::NoValue\"}]}\n  ]"),
    ] {
        let text = POLICY.replace(from, to);
        assert_ne!(text, POLICY);
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Unknown, "{text}\n{found:#?}");
        let said = &found.recognised[0].message;
        assert!(said.contains("known only when the template is deployed"), "{said}");
    }
}

#[test]
fn entities_of_a_page_are_read() {
    assert_eq!(result(&format!("{POLICY}\n{}", DENY.replace('"', "&quot;"))), Works::Fails);
    for mark in ["&quot;", "&#34;", "&#x22;"] {
        let text = POLICY.replace('"', mark);
        let found = diagnose(&[&text], &[want("node.channel")]);
        assert_eq!(only(&found).result, Works::Works, "{text}\n{found:#?}");
        assert!(found.recognised.iter().all(|one| one.is_used), "{found:#?}");
        let (found, _) = find_policies(&text);
        assert!(found.len() == 1 && found[0].text == POLICY && !found[0].is_verbatim, "{found:?}");
        assert_eq!(&text[found[0].span.start..found[0].span.end], text);
    }
}

/// Policies within code: what is written out is read, and what a program puts together is told to be code.
#[test]
fn objects_of_javascript_are_read_where_all_is_written_out() {
    const READ: &str = "an object of JavaScript";
    const CODE: &str = "code of a program";
    let own = |resource: &str| {
        format!(
            "{{\n  Version: '2012-10-17', // of 2012\n  Statement: [{{ Effect: 'Allow', Action: ['ssmmessages:*',], Resource: {resource}, }}],\n}}"
        )
    };
    let put = |document: &str| {
        format!("iam.put({{\n  RoleName: 'w',\n  PolicyDocument: JSON.stringify({document}),\n}});")
    };
    let quoted = POLICY.replace("\"*\"\n", "`arn:aws:ssmmessages:*:${account}:*`\n");
    let joined = POLICY.replace("\"*\"\n", "\"arn:aws:s3:::\" + bucket\n");
    assert!(quoted != POLICY && joined != POLICY);
    for (text, expected, words) in [
        (own("'*'"), Works::Works, READ),
        (own("\"*\""), Works::Works, READ),
        (own("`*`"), Works::Works, READ),
        (put(&own("'*'")), Works::Works, READ),
        (put(POLICY), Works::Works, "A policy document"),
        (format!("const policy = `{POLICY}`;"), Works::Works, "A policy document"),
        (quoted, Works::Unknown, READ),
        (own("bucket.arn"), Works::Unknown, CODE),
        (put(&own("role")), Works::Unknown, CODE),
        (joined, Works::Unknown, CODE),
        (POLICY.replace('"', "'").replace("'*'", "arn"), Works::Unknown, CODE),
    ] {
        let found = diagnose(&[&text], &[want("node.channel")]);
        let said: Vec<_> = found.recognised.iter().map(|one| one.message.as_str()).collect();
        let is_told = said.iter().any(|one| one.contains(words));
        assert!(only(&found).result == expected && is_told, "{text}\n{said:#?}\n{found:#?}");
        assert!(found.recognised.iter().all(|one| one.kind != "broken"), "{text}\n{said:#?}");
    }
}
