//! Policies in objects that are no output of a call that prints them: items of AWS Config, parts of a template, lists of
//! groups and of pages, objects of somebody's own.

use postern::diagnose::{diagnose_role, Works};

use super::{diagnose, documents, messages, only, want};

const CHANNEL: &str =
    r#"{"Statement":[{"Effect":"Allow","Action":"ssmmessages:*","Resource":"*"}]}"#;
const OTHER: &str = r#"{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"#;
const TRUST: &str = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
const CORE: &str = r#"{"PolicyName":"AmazonSSMManagedInstanceCore","PolicyArn":"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}"#;

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// What `text` comes to for `node.channel`, with words of what is said of it.
fn check(cases: &[(&str, String, Works, &str)]) {
    let mut problems = Vec::new();
    for (name, text, expected, words) in cases {
        let found = diagnose(&[text], &[want("node.channel")]);
        let result = only(&found);
        let said: Vec<&str> = found.recognised.iter().map(|one| one.message.as_str()).collect();
        let said = format!("{}\n{}", said.join("\n"), messages(result));
        if result.result != *expected || !said.contains(words) {
            problems.push(format!("{name}: {:?} for {expected:?}\n{text}\n{said}", result.result));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n\n"));
}

#[test]
fn items_of_aws_config_are_read() {
    let configuration = |document: &str, more: &str| {
        let (trust, document) = (encoded(TRUST), encoded(document));
        format!(
            r#"{{"roleName":"web","arn":"arn:aws:iam::111122223333:role/web","assumeRolePolicyDocument":"{trust}","rolePolicyList":[{{"policyName":"p","policyDocument":"{document}"}}],"attachedManagedPolicies":[],"permissionsBoundary":null{more}}}"#
        )
    };
    let item = |kind: &str, configuration: &str| {
        format!(
            r#"{{"resourceType":"AWS::IAM::{kind}","resourceName":"web","configuration":{configuration}}}"#
        )
    };
    let role = configuration(CHANNEL, "");
    let bounded = configuration(OTHER, "").replace(
        r#""permissionsBoundary":null"#,
        r#""permissionsBoundary":{"permissionsBoundaryArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}"#,
    );
    let version = format!(
        r#"{{"policyName":"p","policyVersionList":[{{"versionId":"v1","isDefaultVersion":false,"document":"{}"}},{{"versionId":"v2","isDefaultVersion":true,"document":"{}"}}]}}"#,
        encoded(OTHER),
        encoded(CHANNEL)
    );
    check(&[
        ("an object", item("Role", &role), Works::Works, "The role web"),
        ("a string", item("Role", &quoted(&role)), Works::Works, "The role web"),
        ("of another action", item("Role", &configuration(OTHER, "")), Works::Fails, "1 inline"),
        ("bounded", item("Role", &bounded), Works::Fails, ""),
        (
            "a list",
            format!(r#"{{"configurationItems":[{}]}}"#, item("Role", &role)),
            Works::Works,
            "The role web",
        ),
        (
            "a batch",
            format!(r#"{{"baseConfigurationItems":[{}]}}"#, item("Role", &quoted(&role))),
            Works::Works,
            "The role web",
        ),
        (
            "a query",
            format!(
                r#"{{"Results":[{}],"QueryInfo":{{"SelectFields":[{{"Name":"configuration"}}]}}}}"#,
                quoted(&format!(r#"{{"configuration":{role}}}"#))
            ),
            Works::Works,
            "The role web",
        ),
        ("a managed policy", item("Policy", &version), Works::Works, "A managed policy"),
    ]);
}

#[test]
fn parts_of_templates_and_of_account_details_are_read() {
    let properties = format!(
        r#""AssumeRolePolicyDocument":{TRUST},"Policies":[{{"PolicyName":"p","PolicyDocument":{CHANNEL}}}]"#
    );
    let resource = format!(r#"{{"Type":"AWS::IAM::Role","Properties":{{{properties}}}}}"#);
    let control = format!(
        r#"{{"TypeName":"AWS::IAM::Role","ResourceDescription":{{"Identifier":"w","Properties":{}}}}}"#,
        quoted(&format!("{{{properties}}}"))
    );
    let detail =
        |more: &str| format!(r#"{{"RoleName":"web","AssumeRolePolicyDocument":{TRUST},{more}}}"#);
    check(&[
        ("a resource", resource.clone(), Works::Works, "A part of a CloudFormation template"),
        ("named", format!(r#"{{"W":{resource}}}"#), Works::Works, "A part of a"),
        ("its properties", format!("{{{properties}}}"), Works::Works, "A part of a"),
        ("of cloud control", control, Works::Works, "A part of a"),
        (
            "a policy",
            format!(
                r#"{{"Type":"AWS::IAM::Policy","Properties":{{"PolicyName":"p","PolicyDocument":{CHANNEL},"Roles":[{{"Ref":"W"}}]}}}}"#
            ),
            Works::Works,
            "A part of a",
        ),
        (
            "a detail",
            detail(&format!(
                r#""RolePolicyList":[{{"PolicyName":"p","PolicyDocument":{CHANNEL}}}]"#
            )),
            Works::Works,
            "1 inline, 0 attached",
        ),
        (
            "a detail with what is attached",
            detail(&format!(r#""RolePolicyList":[],"AttachedManagedPolicies":[{CORE}]"#)),
            Works::Works,
            "0 inline, 1 attached",
        ),
        ("a detail without", detail(r#""RolePolicyList":[]"#), Works::Fails, "0 inline"),
    ]);
}

#[test]
fn policies_in_an_object_of_somebodys_own_count_where_they_stand_at_one_place() {
    let list = format!(
        r#"{{"policies":[{{"name":"a","document":{OTHER}}},{{"name":"b","document":{CHANNEL}}}]}}"#
    );
    let terraform = format!(
        r#"{{"resource":{{"aws_iam_role":{{"w":{{"assume_role_policy":{}}}}},"aws_iam_role_policy":{{"p":{{"policy":{}}}}}}}}}"#,
        quoted(TRUST),
        quoted(CHANNEL)
    );
    let bounded = |boundary: &str| {
        format!(r#"{{"role":{{"policy":{CHANNEL},"permissions_boundary":{boundary}}}}}"#)
    };
    check(&[
        ("one", format!(r#"{{"role":{{"policy":{CHANNEL}}}}}"#), Works::Works, "unknown shape"),
        ("a string", format!(r#"{{"role":{{"policy":{}}}}}"#, quoted(CHANNEL)), Works::Works, ""),
        ("encoded", format!(r#"{{"role":{{"policy":"{}"}}}}"#, encoded(CHANNEL)), Works::Works, ""),
        ("a list", list, Works::Works, "unknown shape"),
        ("beside a trust policy", terraform, Works::Works, "A trust policy"),
        (
            "statements",
            format!(
                r#"{{"iam":{{"role":{{"statements":[{}]}}}}}}"#,
                &CHANNEL[14..CHANNEL.len() - 2]
            ),
            Works::Works,
            "without the policy around",
        ),
        (
            "in two places",
            format!(r#"{{"dev":{{"policy":{CHANNEL}}},"prod":{{"policy":{OTHER}}}}}"#),
            Works::Unknown,
            "in several places",
        ),
        ("with a boundary", bounded(OTHER), Works::Unknown, "the permissions boundary"),
        (
            "with one by its ARN",
            bounded(r#""arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess""#),
            Works::Fails,
            "",
        ),
        ("without a boundary", bounded("null"), Works::Works, ""),
        (
            "beside what is not read",
            format!(
                r#"{{"role":{{"policy":{OTHER},"more":{{"effect":"Allow","actions":["*"]}}}}}}"#
            ),
            Works::Unknown,
            "is not read",
        ),
        ("only a boundary", format!(r#"{{"boundary":{CHANNEL}}}"#), Works::Unknown, ""),
    ]);
}

#[test]
fn a_list_that_goes_on_leaves_it_open_until_its_last_page() {
    let attached = |last: &str| format!(r#"{{"AttachedPolicies":[]{last}}}"#);
    let names = |last: &str| format!(r#"{{"PolicyNames":[]{last}}}"#);
    let on = r#","IsTruncated":true,"Marker":"abc""#;
    let token = r#","NextToken":"abc""#;
    let end = r#","IsTruncated":false"#;
    let details = |last: &str| {
        format!(
            r#"{{"RoleDetailList":[{{"RoleName":"w","RolePolicyList":[{{"PolicyName":"p","PolicyDocument":{OTHER}}}]}}]{last}}}"#
        )
    };
    check(&[
        ("attached", attached(on), Works::Unknown, "The rest of the list of attached policies"),
        ("a token", attached(token), Works::Unknown, "goes on"),
        ("a marker", attached(r#","Marker":"abc""#), Works::Unknown, "goes on"),
        ("whole", attached(end), Works::Fails, ""),
        ("both pages", attached(on) + &attached(end), Works::Fails, ""),
        ("the last first", attached(end) + &attached(on), Works::Unknown, ""),
        ("names", names(on), Works::Unknown, "The rest of the list of inline policies"),
        ("of another list", names(on) + &attached(end), Works::Unknown, ""),
        ("names beside", CHANNEL.to_owned() + &names(on), Works::Unknown, "may deny"),
        ("attached beside", CHANNEL.to_owned() + &attached(on), Works::Works, ""),
        // Who is there is there as a whole.
        ("details", details(on), Works::Fails, "goes on"),
    ]);
}

#[test]
fn members_of_a_group_are_told_by_its_own_list_alone() {
    let group = |user: &str, last: &str| {
        format!(r#"{{"Group":{{"GroupName":"ops"}},"Users":[{{"UserName":"{user}"}}]{last}}}"#)
    };
    let groups = r#"{"Groups":[{"GroupName":"ops"}]}"#;
    let inline = format!(r#"{{"GroupName":"ops","PolicyName":"p","PolicyDocument":{CHANNEL}}}"#);
    let user = r#"{"User":{"UserName":"alice","UserId":"AIDA"}}"#;
    let alone =
        r#"{"UserName":"alice","UserId":"AIDA","Arn":"arn:aws:iam::111122223333:user/alice"}"#;
    let role = format!(r#"{{"Role":{{"RoleName":"web","AssumeRolePolicyDocument":{TRUST}}}}}"#);
    let text = |parts: &[&str]| parts.join("\n");
    check(&[
        ("a member", text(&[user, &group("alice", ""), &inline]), Works::Works, "1 user"),
        ("a member by itself", text(&[alone, &group("alice", ""), &inline]), Works::Works, ""),
        ("no member", text(&[user, &group("bob", ""), &inline]), Works::Fails, ""),
        (
            "on another page",
            text(&[user, &group("bob", r#","IsTruncated":true"#), &inline]),
            Works::Unknown,
            "is not known",
        ),
        (
            "whose policies are not here",
            text(&[user, &group("alice", "")]),
            Works::Unknown,
            "The group ops",
        ),
        ("groups of somebody", text(&[user, groups]), Works::Unknown, "The group ops"),
        ("with a policy", text(&[user, groups, &inline]), Works::Unknown, "is not known"),
        ("beside a role", text(&[&role, groups]), Works::Fails, ""),
        ("with the members", text(&[user, groups, &group("alice", ""), &inline]), Works::Works, ""),
    ]);
}

/// What is attached to a permission set of IAM Identity Center, and policies that a list names.
#[test]
fn what_may_be_attached_is_open_for_what_it_allows_alone() {
    let sso = |name: &str| {
        format!(
            r#"{{"AttachedManagedPolicies":[{{"Name":"{name}","Arn":"arn:aws:iam::aws:policy/{name}"}}]}}"#
        )
    };
    let list = |name: &str| format!("Permissions policies (2)\nPolicy name\n{name}\nAWS managed\n");
    let customer = r#"{"CustomerManagedPolicyReferences":[{"Name":"Mine","Path":"/"}]}"#.to_owned();
    check(&[
        (
            "attached",
            sso("AmazonSSMManagedInstanceCore"),
            Works::Works,
            "Attached managed policies",
        ),
        ("of another", sso("AmazonS3ReadOnlyAccess"), Works::Fails, "Attached managed policies"),
        ("of the customer", customer, Works::Unknown, "Mine may allow"),
        (
            "listed",
            list("AmazonSSMManagedInstanceCore"),
            Works::Unknown,
            "it is not certain that it counts",
        ),
        ("another listed", list("AmazonS3ReadOnlyAccess"), Works::Fails, "does not plainly say"),
    ]);
}

#[test]
fn the_default_version_behind_its_policy_is_that_of_the_policy() {
    let policy = r#"{"Policy":{"PolicyName":"Mine","Arn":"arn:aws:iam::111122223333:policy/Mine","DefaultVersionId":"v2"}}"#;
    let version = |id: &str, document: &str| {
        format!(r#"{{"PolicyVersion":{{"Document":{document},"VersionId":"{id}"}}}}"#)
    };
    check(&[
        (
            "allows",
            format!("{policy}\n{}", version("v2", CHANNEL)),
            Works::Works,
            "Mine, statement 1",
        ),
        ("does not", format!("{policy}\n{}", version("v2", OTHER)), Works::Fails, ""),
        (
            "another version",
            format!("{policy}\n{}", version("v1", OTHER)),
            Works::Unknown,
            "Mine may allow",
        ),
        (
            "before it",
            format!("{}\n{policy}", version("v2", OTHER)),
            Works::Unknown,
            "Mine may allow",
        ),
    ]);
}

/// The role of an instance profile, whose policies are not in it.
#[test]
fn who_stands_in_an_instance_profile_is_read() {
    let profile = format!(
        r#"{{"InstanceProfile":{{"InstanceProfileName":"i","Roles":[{{"RoleName":"web","AssumeRolePolicyDocument":{TRUST}}}]}}}}"#
    );
    let found = diagnose_role(&documents(&[&profile]), &[want("trust.ec2")]).unwrap();
    assert_eq!((only(&found).result, found.role_name.as_deref()), (Works::Works, Some("web")));
}
