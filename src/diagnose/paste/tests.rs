//! Texts as people paste them.

use super::{read, Kind, Pasted, What};

pub(super) const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}"#;

pub(super) fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(b).to_string()
            }
            b => format!("%{b:02X}"),
        })
        .collect()
}

pub(super) fn kinds(pasted: &Pasted) -> Vec<Kind> {
    pasted.seen.iter().map(|seen| seen.kind).collect()
}

/// What an item is, whose, and its name, in short.
pub(super) fn items(pasted: &Pasted) -> Vec<String> {
    let describe = |item: &super::Item| {
        let what = match &item.what {
            What::Policy(read) => format!("policy {}", read.policy.statements.len()),
            What::Version(read) => format!("version {}", read.policy.statements.len()),
            What::Trust(read) => format!("trust {}", read.policy.statements.len()),
            What::Limit(read) => format!("limit {}", read.policy.statements.len()),
            What::Library(arn, _) => format!("library {arn}"),
            What::Attached(arn) => format!("attached {}", arn.as_deref().unwrap_or("-")),
            What::Boundary(arn) => format!("boundary {arn}"),
            What::Member(group) => format!("member {group}"),
            What::AllGroups => "all groups".to_owned(),
            What::Members(users) => format!("members {}", users.join(" ")),
            What::Group(group) => format!("group {group}"),
            What::Page { list, .. } => format!("a page of {list}"),
            What::Named => "named".to_owned(),
            What::Perhaps(why, _) => format!("perhaps {why}"),
            What::MayDeny => "may deny".to_owned(),
            What::Exists(_) => "exists".to_owned(),
            What::Unread { what, .. } => format!("unread {what}"),
        };
        let owner = item.owner.as_ref().map(|owner| format!(" of {}", owner.name));
        let name = item.name.as_ref().map(|name| format!(" as {name}"));
        what + &name.unwrap_or_default() + &owner.unwrap_or_default()
    };
    let is_last = |item: &&super::Item| matches!(item.what, What::Page { goes_on: false, .. });
    pasted.items.iter().filter(|item| !is_last(item)).map(describe).collect()
}

#[test]
fn every_form_of_a_policy_is_read_and_its_statement_found() {
    let quoted = crate::json::quote(POLICY);
    let pretty = POLICY.replace('{', "{\r\n  ").replace(',', ",\r\n");
    for (text, kind, pointer) in [
        (POLICY.to_owned(), Kind::Policy, "/Statement/0"),
        (format!("\u{feff}\n{pretty}\n"), Kind::Policy, "/Statement/0"),
        (percent(POLICY), Kind::Policy, "/Statement/0"),
        (quoted.clone(), Kind::Policy, "/Statement/0"),
        (format!("[{POLICY}]"), Kind::Policy, "/0/Statement/0"),
        (
            format!(r#"{{"RoleName":"é","PolicyName":"P","PolicyDocument":{POLICY}}}"#),
            Kind::InlinePolicy,
            "/PolicyDocument/Statement/0",
        ),
        (
            format!(
                r#"{{"RoleName":"é","PolicyName":"P","PolicyDocument":"{}"}}"#,
                percent(POLICY)
            ),
            Kind::InlinePolicy,
            "/PolicyDocument",
        ),
        (
            format!(
                r#"{{"PolicyVersion":{{"Document":{POLICY},"VersionId":"v1","IsDefaultVersion":true}}}}"#
            ),
            Kind::PolicyVersion,
            "/PolicyVersion/Document/Statement/0",
        ),
        (format!(r#"{{"Policy":{quoted}}}"#), Kind::ResourcePolicy, "/Policy"),
        (
            format!(r#"{{"Policy":{{"PolicySummary":{{"Name":"S"}},"Content":{quoted}}}}}"#),
            Kind::OrganizationPolicy,
            "/Policy/Content",
        ),
    ] {
        let pasted = read(&text);
        assert_eq!(kinds(&pasted), [kind], "{text}\n{pasted:?}");
        let [item] = pasted.items.as_slice() else { panic!("{text}") };
        let (What::Policy(policy) | What::Version(policy) | What::Limit(policy)) = &item.what
        else {
            panic!("{text}")
        };
        let [place] = policy.statements.as_slice() else { panic!("{text}") };
        assert_eq!(place.pointer, pointer, "{text}");
        let written = text.get(place.span.start..place.span.end).unwrap();
        assert!(written.contains("kms") && written.contains("Effect"), "{written}");
        assert!(written.starts_with(['{', '%']) && written.ends_with(['}', 'D']), "{written}");
    }
}

#[test]
fn account_details_hold_roles_users_and_groups() {
    let text = format!(
        r#"{{"RoleDetailList":[{{"RoleName":"A","AssumeRolePolicyDocument":"{trust}","RolePolicyList":[{{"PolicyName":"In","PolicyDocument":"{policy}"}}],"AttachedManagedPolicies":[{{"PolicyName":"M","PolicyArn":"arn:aws:iam::111122223333:policy/M"}}],"PermissionsBoundary":{{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::aws:policy/PowerUserAccess"}}}}],
        "UserDetailList":[{{"UserName":"U","GroupList":["G"],"AttachedManagedPolicies":[]}}],
        "GroupDetailList":[{{"GroupName":"G","GroupPolicyList":[{{"PolicyName":"Gp","PolicyDocument":{POLICY}}}]}}],
        "Policies":[{{"PolicyName":"M","Arn":"arn:aws:iam::111122223333:policy/M","DefaultVersionId":"v2","PolicyVersionList":[{{"Document":{{}},"VersionId":"v1"}},{{"Document":{POLICY},"VersionId":"v2"}}]}}]}}"#,
        policy = percent(POLICY),
        trust = percent(
            r#"{"Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}"#
        ),
    );
    let pasted = read(&text);
    assert_eq!(kinds(&pasted), [Kind::AccountDetails]);
    assert_eq!(pasted.seen[0].message, "Account details: 1 role, 1 user, 1 group, 3 policies.");
    assert_eq!(
        items(&pasted),
        [
            "exists of A",
            "trust 1 as trust policy of A",
            "boundary arn:aws:iam::aws:policy/PowerUserAccess of A",
            "policy 1 as In of A",
            "attached arn:aws:iam::111122223333:policy/M as M of A",
            "exists of U",
            "member G of U",
            "all groups of U",
            "exists of G",
            "policy 1 as Gp of G",
            "library arn:aws:iam::111122223333:policy/M as M",
        ]
    );
}

#[test]
fn several_outputs_stand_one_after_the_other() {
    let text = format!(
        "{{\"RoleName\":\"A\",\"PolicyName\":\"P\",\"PolicyDocument\":{POLICY}}}\n{{\"AttachedPolicies\":[{{\"PolicyName\":\
         \"AmazonSSMManagedInstanceCore\",\"PolicyArn\":\"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore\"}}]}}\n{{\"Stat"
    );
    let pasted = read(&text);
    assert_eq!(kinds(&pasted), [Kind::InlinePolicy, Kind::AttachedPolicies, Kind::Broken]);
    assert_eq!(
        items(&pasted),
        [
            "policy 1 as P of A",
            "attached arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore as AmazonSSMManagedInstanceCore"
        ]
    );
    assert_eq!(pasted.seen[2].span.end, text.len());
}

#[test]
fn names_and_arns_of_managed_policies_are_read() {
    let text = "AmazonSSMManagedInstanceCore,\n arn:aws:iam::111122223333:policy/team/Mine";
    let pasted = read(text);
    assert_eq!(kinds(&pasted), [Kind::ManagedPolicy, Kind::ManagedPolicy]);
    assert_eq!(
        items(&pasted),
        [
            "attached - as AmazonSSMManagedInstanceCore",
            "attached arn:aws:iam::111122223333:policy/team/Mine as Mine"
        ]
    );
    let span = pasted.seen[1].span;
    assert_eq!(text.get(span.start..span.end), Some("arn:aws:iam::111122223333:policy/team/Mine"));
    assert!(
        pasted.seen[0].message.contains("version v2 of 2019-05-23"),
        "{}",
        pasted.seen[0].message
    );
    let output = r#"{"Policy":{"PolicyName":"Mine","Arn":"arn:aws:iam::1:policy/Mine","DefaultVersionId":"v1"}}"#;
    assert_eq!(items(&read(output)), ["attached arn:aws:iam::1:policy/Mine as Mine"]);
}

#[test]
fn what_is_of_no_use_says_what_to_paste() {
    for (text, kind, part) in [
        ("", Kind::NotRecognised, "nothing"),
        ("hello", Kind::NotRecognised, "not a policy"),
        (
            "Use {name} here:\n{\"a\": {\"Effect\": \"Allow\"}}\nand {}.",
            Kind::NotRecognised,
            "not a policy",
        ),
        (
            "resource \"aws_iam_policy\" \"x\" {\n  policy = <<EOT\n{\"Statement\": []}\nEOT\n}",
            Kind::NotUsed,
            "Terraform",
        ),
        ("SecurityAudit", Kind::NotRecognised, "get-policy-version"),
        ("resource \"aws_iam_role_policy\" \"x\" {\n}", Kind::NotUsed, "Terraform"),
        ("Resources:\n  Role:\n    Type: AWS::IAM::Role\n", Kind::NotUsed, "CloudFormation"),
        ("role.addToPolicy(new iam.PolicyStatement({}))", Kind::NotUsed, "CDK"),
        ("An error occurred (AccessDenied) when", Kind::Unrelated, "error message"),
        ("aws iam get-role-policy --role-name x", Kind::Command, "Run it"),
        (
            "aws iam put-role-policy --policy-name get-x --policy-document file://p",
            Kind::NotUsed,
            "no policy in it that can be read",
        ),
        (
            r#"{"eventSource":"iam.amazonaws.com","eventName":"DeleteRolePolicy","requestParameters":{"roleName":"r"}}"#,
            Kind::NotUsed,
            "iam:DeleteRolePolicy, in which there is no text of a policy",
        ),
        (
            r#"{"eventSource":"ssm.amazonaws.com","eventName":"CreateDocument","requestParameters":{"content":"{\"schemaVersion\":\"1.0\"}"}}"#,
            Kind::NotUsed,
            "no text of a policy",
        ),
        (
            r#"{"eventSource":"cloudformation.amazonaws.com","eventName":"SetStackPolicy","requestParameters":{"stackPolicyBody":"{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"Update:*\",\"Principal\":\"*\",\"Resource\":\"*\"}]}"}}"#,
            Kind::NotUsed,
            "stack policy",
        ),
        (r#"{"Events":[{"EventName":"StartSession"}]}"#, Kind::NotRecognised, "neither"),
        (r#"{"Events":[{"CloudTrailEvent":"{"}]}"#, Kind::NotRecognised, "neither"),
        ("PolicyDocument:\n  Statement:\n", Kind::NotUsed, "--output json"),
        (r#"{"Resources":{}}"#, Kind::NotUsed, "CloudFormation"),
        (r#"{"terraform_version":"1"}"#, Kind::NotUsed, "Terraform"),
        (r#"{"schemaVersion":"1.0","inputs":{}}"#, Kind::Unrelated, "Systems Manager"),
        (
            r#"{"Statement":[{"Effect":"Deny","Action":"Update:*","Principal":"*","Resource":"*"}]}"#,
            Kind::NotUsed,
            "stack policy",
        ),
        (
            r#"{"Version":"2021-06-01","Statement":[{"DataIdentifier":["a"],"Operation":{}}]}"#,
            Kind::NotUsed,
            "data protection policy",
        ),
        (r#"{"PolicyNames":["a"]}"#, Kind::NotUsed, "get-role-policy"),
        (r#"{"EvaluationResults":[]}"#, Kind::Unrelated, "simulation"),
        ("policies/app.json", Kind::NotRecognised, "name of a file"),
        ("file://policy.json", Kind::NotRecognised, "name of a file"),
        (
            r#"{"eventSource":"ssm.amazonaws.com","eventName":"StartSession","errorCode":"AccessDenied"}"#,
            Kind::NotUsed,
            "ssm:StartSession ended with AccessDenied",
        ),
        (
            r#"{"Policies":[{"PolicyName":"x","Arn":"y"}]}"#,
            Kind::NotUsed,
            "get-account-authorization-details",
        ),
        (r#"{"a":1}"#, Kind::NotRecognised, "neither"),
        ("[]", Kind::NotRecognised, "neither"),
        ("[[{}]]", Kind::NotRecognised, "neither"),
        (
            r#"{"Statement":[{"Effect":"allow","Action":"*","Resource":"*"}]}"#,
            Kind::Broken,
            "Effect of statement 1 must be Allow or Deny.",
        ),
        (
            r#"{"Statement":[{"Action":"*","Resource":"*"}]}"#,
            Kind::Broken,
            "Statement 1 has no Effect",
        ),
        (r#"{"Statement":[]}"#, Kind::Broken, "The policy has no statement"),
        (r#"{"Version":"2012","Statement":{}}"#, Kind::Broken, "Version must be"),
        (r#"{"Statement":[}"#, Kind::Broken, "not JSON"),
        ("%7B%2", Kind::Broken, "damaged"),
        (r#"{"PolicyDocument":"%7B%2"}"#, Kind::Broken, "damaged"),
        (r#"{"PolicyDocument":"{\"Statement\":[}"}"#, Kind::Broken, "not JSON"),
        (
            r#"{"PolicyName":"Mine","PolicyDocument":{"Statement":[]}}"#,
            Kind::Broken,
            "Mine: The policy has no",
        ),
        (r#"{"PolicyVersion":{}}"#, Kind::NotUsed, "no document"),
    ] {
        let pasted = read(text);
        assert_eq!(kinds(&pasted), [kind], "{text} {:?}", pasted.seen);
        let seen = &pasted.seen[0];
        assert!(seen.message.contains(part), "{text}: {}", seen.message);
        assert!(text.get(seen.span.start..seen.span.end).is_some(), "{text}");
        let makes_none = pasted.items.iter().all(|item| {
            matches!(
                item.what,
                What::Unread { .. } | What::Named | What::Page { goes_on: false, .. }
            )
        });
        assert!(makes_none, "{text}");
    }
    assert_eq!(items(&read("module \"node\" {\n}")), ["unread Terraform code"]);
}

#[test]
fn a_broken_policy_is_reported_where_it_is_and_the_rest_counts() {
    let bad = r#"{"Statement":[{"Effect":"Permit","Action":"*"}]}"#;
    let text = format!(
        r#"{{"RoleDetailList":[{{"RoleName":"A","RolePolicyList":[{{"PolicyName":"Good","PolicyDocument":{POLICY}}},{{"PolicyName":"Bad","PolicyDocument":"{}"}}]}}]}}"#,
        percent(bad)
    );
    let pasted = read(&text);
    assert_eq!(kinds(&pasted), [Kind::Broken, Kind::AccountDetails]);
    assert!(
        pasted.seen[0].message.starts_with("Bad: Effect of statement 1"),
        "{:?}",
        pasted.seen[0]
    );
    let span = pasted.seen[0].span;
    assert_eq!(text.get(span.start..span.end), Some("%22Permit%22"));
    assert_eq!(items(&pasted), ["exists of A", "policy 1 as Good of A"]);
}

#[test]
fn hostile_texts_end_soon() {
    for text in [
        "{}".repeat(100_000),
        "[".repeat(100_000),
        percent(&"{} ".repeat(50_000)),
        "\"{}\"".repeat(10_000),
        "AmazonSSMManagedInstanceCore ".repeat(10_000),
        format!(
            "{{\"RoleDetailList\":[{}1]}}",
            "{\"RoleName\":\"x\",\"GroupList\":[1]},".repeat(20_000)
        ),
        format!("{{\"Statement\":[{}1]}}", "{},".repeat(100_000)),
        "{\"a\":".repeat(200),
        "\u{feff}\u{feff}{".to_owned(),
        "x{".repeat(100_000),
        format!("x\n{}", "{\"a\": [\n".repeat(20_000)),
        format!("x\n{}", "{\"Statement".repeat(20_000)),
        format!("x\n{}", "{\\\"Version\\\": ".repeat(20_000)),
        format!("x\n{}", "{\"\"Version\"\": {}".repeat(20_000)),
        format!("{{\"Events\":[{}1]}}", "{\"CloudTrailEvent\":\"{}\"},".repeat(20_000)),
    ] {
        for seen in read(&text).seen {
            assert!(text.get(seen.span.start..seen.span.end).is_some(), "{:?}", seen.span);
        }
    }
}

#[test]
fn what_stands_around_a_policy_is_taken_off_and_its_statement_found() {
    let statement = r#"{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}"#;
    let escaped = POLICY.replace('"', "\\\"");
    let smart = POLICY.replace('"', "\u{201d}").replacen(',', ",\u{a0}", 1);
    let role = r#"{"RoleName":"r","AssumeRolePolicyDocument":"#;
    for (text, expected, pointer) in [
        (format!("```json\n{POLICY}\n```"), "policy 1", "/Statement/0"),
        (format!("My policy:\n\n```\n{POLICY}\n```\nThanks"), "policy 1", "/Statement/0"),
        (format!("```\n{POLICY}"), "policy 1", "/Statement/0"),
        (format!("Why does {{this}} fail: {POLICY}? Thanks."), "policy 1", "/Statement/0"),
        (format!("{POLICY}\n\nThanks {{all}}"), "policy 1", "/Statement/0"),
        (
            format!("$ aws iam get-role-policy --role-name r --policy-name p\r\n  {{\"RoleName\": \"r\", \"PolicyName\": \"p\", \"PolicyDocument\": {POLICY}}}\n$ exit"),
            "policy 1 as p of r",
            "/PolicyDocument/Statement/0",
        ),
        (statement.to_owned(), "policy 1", ""),
        (format!("[{statement}, {statement}]"), "policy 2", "/0"),
        (format!("{statement},\n{statement}"), "policy 2", "/0"),
        (format!(r#""Statement": [{statement}]"#), "policy 1", "/Statement/0"),
        (escaped, "policy 1", "/Statement/0"),
        (smart, "policy 1", "/Statement/0"),
        (
            format!(
                r#"{{"Resources":{{"R":{{"Type":"AWS::IAM::Policy","Properties":{{"PolicyName":"p","PolicyDocument":{POLICY}}}}}}}}}"#
            ),
            "policy 1 as p",
            "/Resources/R/Properties/PolicyDocument/Statement/0",
        ),
        (
            format!(
                r#"{{"Records":[{{"eventSource":"iam.amazonaws.com","eventName":"PutRolePolicy","requestParameters":{{"roleName":"r","policyName":"p","policyDocument":{}}}}}]}}"#,
                crate::json::quote(POLICY)
            ),
            "policy 1 as p of r",
            "/Records/0/requestParameters/policyDocument",
        ),
        (
            format!(
                r#"{{"Resources":{{"R":{{"Type":"AWS::IAM::Role","Properties":{role}{POLICY}}}}}}}}}"#
            ),
            "trust 1 as trust policy of r",
            "/Resources/R/Properties/AssumeRolePolicyDocument/Statement/0",
        ),
    ] {
        let pasted = read(&text);
        let found = items(&pasted);
        assert!(found.iter().any(|item| item == expected), "{text}: {found:?} {:?}", pasted.seen);
        let place = pasted.items.iter().find_map(|item| match &item.what {
            What::Policy(read) | What::Trust(read) => read.statements.first(),
            _ => None,
        });
        let place = place.unwrap();
        assert_eq!(place.pointer, pointer, "{text}");
        let written = text.get(place.span.start..place.span.end).unwrap();
        assert!(written.contains("Effect") && written.contains("kms:Decrypt"), "{text}: {written}");
    }
    let attached = "ATTACHEDPOLICIES\tarn:aws:iam::111122223333:policy/Own\tOwn\nATTACHEDPOLICIES\tarn:aws:iam::aws:policy/ReadOnlyAccess\tReadOnlyAccess";
    assert_eq!(
        items(&read(attached)),
        [
            "attached arn:aws:iam::111122223333:policy/Own as Own",
            "attached arn:aws:iam::aws:policy/ReadOnlyAccess as ReadOnlyAccess"
        ]
    );
}

#[test]
fn policies_in_strings_of_shells_and_programs_are_read() {
    let backslashes = POLICY.replace('"', "\\\"");
    let doubled = POLICY.replace('"', "\"\"");
    let lines = POLICY.replace('"', "\\\"").replace('{', "{\\n  ").replace(',', ",\\r\\n");
    let in_string = POLICY.replace("kms", "k\\\"}{ms");
    for (text, policy) in [
        (format!("aws iam create-policy --policy-document \"{backslashes}\" --path /"), POLICY),
        (format!("aws iam create-policy --policy-document '{backslashes}' --path /"), POLICY),
        (format!("aws iam create-policy --policy-document \"{doubled}\" --path /"), POLICY),
        (format!("String policy = \"{lines}\";\nString other = \"{{}}\";"), POLICY),
        (
            format!("x = \"{}\"", in_string.replace('\\', "\\\\").replace('"', "\\\"")),
            in_string.as_str(),
        ),
    ] {
        let (found, seen) = super::find_policies(&text);
        let [found] = found.as_slice() else { panic!("{text}: {found:?} {seen:?}") };
        let plain: String = found.text.split_whitespace().collect();
        assert_eq!(plain, policy, "{text}");
        let written = text.get(found.span.start..found.span.end).unwrap();
        assert!(written.starts_with('{') && written.ends_with('}'), "{written}");
    }
    let both = format!("a \"{backslashes}\"\nb \"{backslashes}\"");
    assert_eq!(super::find_policies(&both).0.len(), 2);
    let (begun, _) = backslashes.split_at(60);
    let cut = format!("a \"{begun}");
    assert_eq!(kinds(&read(&cut)), [Kind::Broken]);
}

#[test]
fn the_texts_of_policies_are_found_also_of_those_that_are_broken() {
    for (text, expected, verbatim) in [
        (format!("```json\n{POLICY}\n```"), POLICY, true),
        (POLICY.replace('"', "\\\""), POLICY, false),
        ("{\"Statement\": [}".to_owned(), "{\"Statement\": [}", true),
        ("See: { \"Statement\": [}".to_owned(), "{ \"Statement\": [}", true),
        (format!("{POLICY}\nThanks!"), POLICY, true),
        (format!("$ cat p.json\n{POLICY}\n$ cat q.json\n{{}}\n"), POLICY, true),
        (
            r#"{"PolicyDocument": {"Statement": [{"Effect": "allow"}]}}"#.to_owned(),
            r#"{"Statement": [{"Effect": "allow"}]}"#,
            true,
        ),
        (format!(r#"{{"PolicyDocument": "{}"}}"#, percent(POLICY)), POLICY, false),
    ] {
        let (documents, _) = super::find_policies(&text);
        let [document] = documents.as_slice() else { panic!("{text}: {documents:?}") };
        assert_eq!((document.text.as_str(), document.is_verbatim), (expected, verbatim), "{text}");
        if verbatim {
            assert_eq!(text.get(document.span.start..document.span.end), Some(expected), "{text}");
        }
    }
    assert!(super::find_policies("policy.json").0.is_empty());
}
