//! What the diagnosis of a role says: of the golden policies, of roles step by step, and after its own additions.

mod accounts;
mod blanks;
mod calls;
mod certain;
mod ecs_exec;
mod examples;
mod functions;
mod hybrid;
mod pasted;
mod public;
mod shapes;
mod stand_ins;
mod templates;
mod ungiven;
mod unread;
mod usual;

use std::collections::BTreeSet;

use postern::diagnose::{
    diagnose_role, managed_policies, CapabilityResult, Diagnosis, Documents, Field, Pasted,
    ReasonKind, Values, Want, Works,
};
use postern::session::capabilities::{capabilities, Level};
use postern::session::related::EndpointService;

use crate::session::asking::is_specified;
use serde_json::{json, Value};

const KEY: &str = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const GUIDE: &str = include_str!("golden/published-node-add-to-existing-role-nokms.json");

fn pasted(text: &str) -> Pasted {
    Pasted { text: text.to_owned(), ..Pasted::default() }
}

fn documents(texts: &[&str]) -> Documents {
    Documents { documents: texts.iter().map(|text| pasted(text)).collect(), ..Documents::default() }
}

fn values(all: &[(&'static str, &str)]) -> Values {
    all.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

fn want(capability: &str) -> Want {
    Want { capability: capability.to_owned(), values: Values::default() }
}

/// A want with every value that the golden policies were made with.
pub fn want_all(capability: &str) -> Want {
    let key = if capability.contains("sse-kms") {
        "arn:aws:kms:us-east-2:111122223333:key/2345bcde-23bc-45de-67fa-234567890abc"
    } else {
        KEY
    };
    let values = values(&[
        ("Region", "us-east-2"),
        ("Account", "111122223333"),
        ("InstanceId", "i-0123456789abcdef0"),
        ("ManagedInstanceId", "mi-0123456789abcdef0"),
        ("KeyArn", key),
        ("BucketName", "example-session-logs"),
        ("Prefix", "prod"),
        ("LogGroup", "/example/session-logs"),
        ("TagKey", "Finance"),
        ("TagValue", "WebServers"),
        ("CustomDocument", "ExampleSessionDocument"),
        ("ParameterName", "example"),
        ("ClusterName", "cluster-name"),
        ("TaskId", "0123456789abcdef0123456789abcdef"),
        ("RoleName", "ExampleNodeRole"),
    ]);
    Want { capability: capability.to_owned(), values }
}

pub fn diagnose(texts: &[&str], wants: &[Want]) -> Diagnosis {
    diagnose_role(&documents(texts), wants).unwrap()
}

fn only(diagnosis: &Diagnosis) -> &CapabilityResult {
    let [one] = diagnosis.capabilities.as_slice() else { panic!("{diagnosis:#?}") };
    one
}

fn messages(result: &CapabilityResult) -> String {
    result.reasons.iter().map(|reason| reason.message.as_str()).collect::<Vec<_>>().join("\n")
}

/// Values of wants.
const GIVEN: [&str; 12] = [
    "region",
    "instanceId",
    "kmsKeyArn",
    "bucket",
    "prefix",
    "logGroup",
    "documentName",
    "cluster",
    "parameterName",
    "roleName",
    "tagKey",
    "tagValue",
];

/// Texts of AWS's documents that stand for something of the reader.
const PLACEHOLDERS: [&str; 12] = [
    "key-name",
    "account-id",
    ":region:",
    "instance-id",
    "DOC-EXAMPLE",
    "s3-bucket",
    "tag-key",
    "EXAMPLE",
    "log-group-name",
    "123456789012",
    "987654321098",
    "us-east-1",
];

/// Where the index says that a file is ready and the diagnosis something else. The index means a caller from an address in the
/// range of the file; of whoever wants to know, nobody has said from where they call. And it means the caller's own sessions by
/// any session: who may end these alone may not end those of others.
const DIFFERS: [(&str, &str, Works); 3] = [
    ("derived-operator-mfa-and-source-ip.json", "operator.mfa-required", Works::Unknown),
    ("derived-operator-shell-iam-user.json", "operator.terminate-all", Works::Fails),
    ("derived-operator-shell-iam-user-strict-channel.json", "operator.terminate-all", Works::Fails),
];

#[test]
fn the_golden_policies_are_ready_for_what_the_index_says() {
    let index: Value = serde_json::from_str(include_str!("golden/index.json")).unwrap();
    let mut problems = Vec::new();
    let (mut asked, mut differing) = (0, 0);
    for file in index["files"].as_array().unwrap() {
        let name = file["file"].as_str().unwrap();
        let Some(ready) = file["ready_capabilities"].as_array() else { continue };
        let text = std::fs::read_to_string(format!("tests/golden/{name}")).unwrap();
        let is_here = !PLACEHOLDERS.iter().any(|text_of_reader| text.contains(text_of_reader));
        let is_elsewhere = name.contains("-cn.") || name.contains("us-gov");
        if file["policy_type"] != "identity" || is_elsewhere || !is_here {
            continue;
        }
        let ready: BTreeSet<_> = ready.iter().map(|id| id.as_str().unwrap()).collect();
        for capability in capabilities() {
            let is_of_side = file["side"] == capability.side.name();
            if !is_of_side || !capability.needs.is_empty() || !is_specified(capability.id) {
                continue;
            }
            let is_derived = name.starts_with("derived-");
            // Without values AWS's examples depend on them; and these two have values of their own.
            let mut wants = vec![want_all(capability.id)];
            if !capability.id.contains("by-tag") {
                wants[0].values.retain(|name, _| !name.starts_with("Tag"));
            }
            // The index means them with the values of AWS's pages.
            if ["operator.interactive-command", "operator.start-shell-nodoc-check"]
                .contains(&capability.id)
            {
                continue;
            }
            if is_derived {
                wants.push(want(capability.id));
            }
            if capability.id == "operator.custom-documents-console" {
                for want in &mut wants {
                    want.values.insert("CustomDocument", "SessionDocument-Example".to_owned());
                }
            }
            for want in &wants {
                asked += 1;
                let found = diagnose(&[&text], std::slice::from_ref(want));
                let result = only(&found);
                let expected = ready.contains(capability.id);
                // Nobody said that it is what the policy names.
                let is_value = |name: &String| {
                    GIVEN.contains(&name.as_str()) || name.starts_with("aws:ResourceTag/")
                };
                let mut depends = result.reasons.iter().flat_map(|reason| &reason.depends_on);
                let is_open = result.result == Works::Unknown && depends.all(is_value);
                let is_open = expected && is_open && !want.values.contains_key("Region");
                let is_known = DIFFERS.contains(&(name, capability.id, result.result));
                differing += usize::from(is_known);
                if !is_open && !is_known && (result.result == Works::Works) != expected {
                    let why = messages(result).replace('\n', "\n   ");
                    let found = result.result;
                    problems
                        .push(format!("{name} {} {found:?} {expected}\n   {why}", capability.id));
                }
            }
        }
    }
    assert!(asked > 2_000, "{asked}");
    assert!(differing >= DIFFERS.len(), "{differing}");
    assert!(problems.is_empty(), "{} of {asked}\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn what_nobody_gave_is_not_the_one_that_a_policy_names() {
    let policy = |action: &str, resource: &str| {
        let statement = json!({"Effect": "Allow", "Action": action, "Resource": resource});
        json!({"Version": "2012-10-17", "Statement": statement}).to_string()
    };
    let node = "arn:aws:ec2:*:*:instance/i-0123456789abcdef0";
    let heartbeat = ("node.heartbeat", "ssm:UpdateInstanceInformation", node, "instanceId");
    let logs = ("node.s3-logs", "s3:PutObject", "arn:aws:s3:::*/prod/*", "prefix");
    let region = "arn:aws:ec2:us-east-2:*:instance/*";
    let here = ("node.heartbeat", "ssm:UpdateInstanceInformation", region, "region");
    for (capability, action, resource, value) in [heartbeat, logs, here] {
        let found = diagnose(&[&policy(action, resource)], &[want(capability)]);
        let result = only(&found);
        assert_eq!(result.result, Works::Unknown, "{capability}: {}", messages(result));
        let depends: Vec<_> = result.reasons.iter().flat_map(|reason| &reason.depends_on).collect();
        assert_eq!(depends, [value], "{capability}: {}", messages(result));
        let everywhere = policy(action, "*");
        let found = diagnose(&[&everywhere], &[want(capability)]);
        assert_eq!(only(&found).result, Works::Works, "{capability}");
    }
}

#[test]
fn an_addition_says_what_is_recommended_and_not_in_it() {
    let policy = |actions: &str| {
        format!(
            r#"{{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": [{actions}], "Resource": "arn:aws:ec2:*:*:instance/*"}},
            {{"Effect": "Allow", "Action": [{actions}], "Resource": "arn:aws:ssm:*:*:session/*"}}]}}"#
        )
    };
    for (allowed, said) in [
        (
            r#""ssm:StartSession""#,
            "Adds 1 statement, 1 action. Recommended and not added: ssmmessages:OpenDataChannel.",
        ),
        (r#""ssm:StartSession", "ssmmessages:OpenDataChannel""#, "Adds 1 statement, 1 action."),
    ] {
        let found = diagnose(&[&policy(allowed)], &[want("operator.start-shell")]);
        assert_eq!(found.missing.unwrap().notes[0].message, said, "{allowed}");
    }
}

#[test]
fn a_role_is_diagnosed_step_by_step() {
    let heartbeat = GUIDE.replace(
        "\"s3:GetEncryptionConfiguration\"",
        "\"s3:GetEncryptionConfiguration\", \"ssm:UpdateInstanceInformation\"",
    );
    let kms = || {
        let values = values(&[("KeyArn", KEY)]);
        Want { capability: "node.session-kms".to_owned(), values }
    };
    let wants = [want("node.channel"), want("node.heartbeat"), kms()];
    let found = diagnose(&[&heartbeat], &wants);
    let results: Vec<_> = found.capabilities.iter().map(|c| c.result).collect();
    assert_eq!(results, [Works::Works, Works::Works, Works::Fails]);
    let channel = &found.capabilities[0].reasons;
    assert_eq!(channel[0].message, "Policy 1, statement 1 allows ssmmessages:CreateControlChannel, ssmmessages:OpenControlChannel, ssmmessages:CreateDataChannel and ssmmessages:OpenDataChannel on *.");
    let place = channel[0].place.as_ref().unwrap();
    assert_eq!(
        (channel.len(), channel[0].field, place.pointer.as_str()),
        (1, Some(Field::Document(0)), "/Statement/0")
    );
    let why = &found.capabilities[2].reasons[0];
    assert_eq!(why.message, format!("No statement allows kms:Decrypt on {KEY}."));
    let missing = found.missing.as_ref().unwrap();
    let compact: String = missing.json.split_whitespace().collect();
    assert_eq!(
        compact,
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":"{KEY}"}}]}}"#
        )
    );
    assert_eq!(missing.notes[0].message, "Adds 1 statement, 1 action.");

    let repaired = diagnose(&[&heartbeat, &missing.json], &wants);
    assert!(repaired.capabilities.iter().all(|c| c.result == Works::Works));
    assert_eq!((repaired.missing, repaired.blocked.as_slice()), (None, [].as_slice()));

    let deny = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"kms:*","Resource":"*"}]}"#;
    let denied = diagnose(&[&heartbeat, deny], &wants);
    assert_eq!(denied.capabilities[2].result, Works::Fails);
    assert_eq!(denied.missing, None);
    assert_eq!(
        denied.blocked[0].message,
        format!("Policy 2, statement 1 denies kms:Decrypt on {KEY}.")
    );
    assert_eq!(denied.blocked[0].field, Some(Field::Document(1)));

    let endpoint = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"kms:Decrypt","Resource":"{KEY}","Condition":{{"StringEquals":{{"aws:SourceVpce":"vpce-1a2b3c4d"}}}}}}]}}"#
    );
    let depends = diagnose(&[&heartbeat, &endpoint], &wants);
    let result = &depends.capabilities[2];
    assert_eq!(result.result, Works::Unknown);
    assert_eq!(
        result.reasons[0].message,
        format!(
            "Policy 2, statement 1 allows kms:Decrypt on {KEY} if aws:SourceVpce is vpce-1a2b3c4d."
        )
    );
    assert_eq!(result.reasons[0].depends_on, ["aws:SourceVpce"]);
    assert_eq!(depends.missing, None);

    let output =
        format!(r#"{{"RoleName":"WebServer","PolicyName":"Guide","PolicyDocument":{heartbeat}}}"#);
    let read = diagnose(&[&output], &wants);
    let results: Vec<_> = read.capabilities.iter().map(|c| c.result).collect();
    assert_eq!(results, [Works::Works, Works::Works, Works::Fails]);
    assert_eq!(read.role_name.as_deref(), Some("WebServer"));
    assert!(messages(&read.capabilities[0]).starts_with("Guide, statement 1 allows"));

    let hello = diagnose(&["hello"], &wants);
    assert!(hello.recognised.iter().all(|seen| !seen.is_used));
    assert!(hello
        .capabilities
        .iter()
        .all(|c| c.result == Works::Fails
            && c.reasons.iter().any(|r| r.kind == ReasonKind::NotCounted)));
    let broken = diagnose(&[r#"{"Version" "2012-10-17"}"#], &wants);
    assert_eq!(
        broken.recognised[0].message,
        "This is not JSON. A colon was expected after the key, not \"."
    );
    // That is JSON, of which nobody says what it means.
    let twice = diagnose(&[r#"{"Version": "2012-10-17", "Version": "2012-10-17"}"#], &wants);
    assert_eq!(
        twice.recognised[0].message,
        "The key \"Version\" stands twice in this object. IAM would use one of the two only."
    );
}

#[test]
fn values_that_are_not_given_are_asked_for() {
    let allows = |action: &str, resource: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"{action}","Resource":"{resource}"}}}}"#
        )
    };
    let region =
        allows("ssm:UpdateInstanceInformation", "arn:aws:ec2:eu-west-1:444455556666:instance/*");
    let found = diagnose(&[&region], &[want("node.heartbeat")]);
    assert_eq!(only(&found).result, Works::Unknown);
    assert_eq!(only(&found).reasons[0].depends_on, ["region"]);
    let values = values(&[("Region", "eu-west-1")]);
    let found = diagnose(&[&region], &[Want { values, ..want("node.heartbeat") }]);
    assert_eq!(only(&found).result, Works::Works);
    assert!(found.assumptions.iter().any(|text| text.contains("444455556666")));

    let found = diagnose(&[&allows("kms:Decrypt", "*"), GUIDE], &[want("node.session-kms")]);
    assert_eq!(only(&found).result, Works::Works, "any key will do");
    let found = diagnose(&[GUIDE], &[want("node.session-kms")]);
    assert_eq!((only(&found).result, &found.missing), (Works::Fails, &None));
    let needed = only(&found).reasons.iter().find(|r| r.kind == ReasonKind::ValueNeeded).unwrap();
    assert_eq!(needed.depends_on, ["kmsKeyArn"]);
}

#[test]
fn boundary_organization_and_key_policy_block() {
    let admin = "AdministratorAccess";
    let values = values(&[("KeyArn", KEY), ("Account", "111122223333"), ("RoleName", "Web")]);
    let kms = Want { capability: "node.session-kms".to_owned(), values };
    let only_ssm = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":["ssm:*","ssmmessages:*"],"Resource":"*"}}"#;
    let deny = r#"{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"kms:Decrypt","Resource":"*"}}"#;
    let other_role = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/Other"},"Action":"kms:*","Resource":"*"}}"#;
    let root = other_role.replace("role/Other", "root");
    for (texts, change, expected, part) in [
        (admin, Documents::default(), Works::Works, ""),
        (
            admin,
            Documents { boundary: Some(pasted(only_ssm)), ..Documents::default() },
            Works::Fails,
            "No statement of the permissions boundary allows kms:Decrypt",
        ),
        (
            GUIDE,
            Documents { boundary: Some(pasted(only_ssm)), ..Documents::default() },
            Works::Fails,
            "No statement of the permissions boundary allows kms:Decrypt",
        ),
        (
            admin,
            Documents { boundary: Some(pasted("PowerUserAccess")), ..Documents::default() },
            Works::Works,
            "",
        ),
        (
            admin,
            Documents { boundary: Some(pasted("hello")), ..Documents::default() },
            Works::Unknown,
            "",
        ),
        (
            admin,
            Documents { scps: vec![pasted(deny)], ..Documents::default() },
            Works::Fails,
            "Service control policy 1, statement 1 denies kms:Decrypt",
        ),
        (
            admin,
            Documents { key_policy: Some(pasted(other_role)), ..Documents::default() },
            Works::Fails,
            "No statement of the key policy allows kms:Decrypt",
        ),
        (
            admin,
            Documents { key_policy: Some(pasted(&root)), ..Documents::default() },
            Works::Works,
            "",
        ),
    ] {
        let input = Documents { documents: vec![pasted(texts)], ..change };
        let found = diagnose_role(&input, std::slice::from_ref(&kms)).unwrap();
        assert_eq!(only(&found).result, expected, "{part}: {found:#?}");
        let blocked: Vec<_> = found.blocked.iter().map(|reason| reason.message.as_str()).collect();
        assert_eq!(
            blocked.iter().any(|message| message.starts_with(part)),
            !part.is_empty(),
            "{blocked:?}"
        );
    }
}

#[test]
fn a_guard_that_nothing_denies_says_why_it_holds() {
    let boundary = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#;
    let all = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}"#;
    let given = Documents { boundary: Some(pasted(boundary)), ..documents(&[all]) };
    let found = diagnose_role(&given, &[want("guard.no-ecs-direct")]).unwrap();
    let result = only(&found);
    assert_eq!(result.result, Works::Works);
    assert!(messages(result).contains("boundary"), "{result:#?}");
}

#[test]
fn several_roles_are_told_apart() {
    let detail = |name: &str, policy: &str| {
        format!(
            r#"{{"RoleName":"{name}","RolePolicyList":[{{"PolicyName":"In","PolicyDocument":{policy}}}],"AttachedManagedPolicies":[{{"PolicyName":"AmazonSSMManagedInstanceCore","PolicyArn":"arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"}}]}}"#
        )
    };
    let nothing = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}}"#;
    let text = format!(r#"{{"RoleDetailList":[{},{}]}}"#, detail("A", GUIDE), detail("B", nothing));
    let wants = [want("node.channel"), want("node.s3-encryption-check")];
    let found = diagnose(&[&text], &wants);
    assert!(found.capabilities.iter().all(|c| c.result == Works::Unknown), "{found:#?}");
    assert!(found.recognised.iter().any(|seen| seen.message.contains("A, B")));
    for (name, expected) in
        [("A", [Works::Works, Works::Works]), ("B", [Works::Works, Works::Fails])]
    {
        let input = Documents { role_name: Some(name.to_owned()), ..documents(&[&text]) };
        let found = diagnose_role(&input, &wants).unwrap();
        let results: Vec<_> = found.capabilities.iter().map(|c| c.result).collect();
        assert_eq!(results, expected, "{name}");
        assert_eq!((found.policies, found.role_name.as_deref()), (2, Some(name)));
    }
}

#[test]
fn attached_policies_that_are_not_here_leave_it_open() {
    let attached = r#"{"AttachedPolicies":[{"PolicyName":"Mine","PolicyArn":"arn:aws:iam::111122223333:policy/Mine"}]}"#;
    let found = diagnose(&[attached], &[want("node.channel")]);
    assert_eq!(only(&found).result, Works::Unknown);
    assert_eq!(only(&found).reasons[0].depends_on, ["?Mine"]);
    // Beside a policy that allows it, it may deny.
    let beside = diagnose(&[GUIDE, attached], &[want("node.channel")]);
    assert_eq!(only(&beside).result, Works::Works);
    let said = "What Mine may deny is not known here: nothing is taken to be denied by it.";
    assert!(beside.assumptions.iter().any(|it| it == said), "{:?}", beside.assumptions);
    let version = format!(
        r#"{{"PolicyVersion":{{"Document":{GUIDE},"VersionId":"v1","IsDefaultVersion":true}}}}"#
    );
    let input = Documents {
        documents: vec![
            pasted(attached),
            Pasted { name: Some("Mine".to_owned()), text: version, is_object: false },
        ],
        ..Documents::default()
    };
    let found = diagnose_role(&input, &[want("node.channel")]).unwrap();
    assert_eq!(only(&found).result, Works::Works);
    assert!(found.recognised.iter().all(|seen| seen.is_used));
}

#[test]
fn who_may_assume_the_role_is_looked_at() {
    let trust = include_str!("golden/derived-trust-ec2.json");
    let found = diagnose(&[trust], &[want("trust.ec2"), want("trust.ecs-tasks")]);
    let results: Vec<_> = found.capabilities.iter().map(|c| c.result).collect();
    assert_eq!(results, [Works::Works, Works::Fails]);
    assert_eq!(found.missing, None);
    assert!(!found.blocked.is_empty());
    let found = diagnose(&[GUIDE], &[want("trust.ec2")]);
    assert_eq!(only(&found).result, Works::Unknown);
}

#[test]
fn in_china_ec2_has_two_names() {
    let trust = |service: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"Service":{service}}},"Action":"sts:AssumeRole"}}}}"#
        )
    };
    let long = r#""ec2.amazonaws.com.cn""#;
    for (service, partition, expected) in [
        (r#""ec2.amazonaws.com""#, Some("aws-cn"), Works::Works),
        (long, Some("aws-cn"), Works::Works),
        (long, None, Works::Works),
        (r#"["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]"#, None, Works::Works),
        (long, Some("aws"), Works::Fails),
        (r#""ssm.amazonaws.com.cn""#, Some("aws-cn"), Works::Fails),
    ] {
        let mut want = want("trust.ec2");
        want.values.extend(partition.map(|it| ("Partition", it.to_owned())));
        let found = diagnose(&[&trust(service)], &[want]);
        assert_eq!(only(&found).result, expected, "{service} {partition:?}");
    }
}

#[test]
fn what_was_not_given_is_not_told_as_if_it_were() {
    let condition = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{
        "kms:ViaService":"a","aws:SourceArn":"a","aws:SourceAccount":"a","aws:username":"a","aws:ResourceTag/Finance":"a"}}}}"#;
    let nothing =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:B","Resource":"*"}}"#;
    let placeholders = include_str!("../src/data/capabilities.txt").lines();
    let stand_ins: Vec<_> = placeholders
        .filter_map(|line| line.strip_prefix("placeholder\t")?.split('\t').nth(1))
        .filter(|value| value.len() > 8 && *value != "amazonaws.com")
        .collect();
    assert!(stand_ins.len() > 10, "{stand_ins:?}");
    let mut told = 0;
    for capability in capabilities() {
        for policy in [nothing, condition, GUIDE] {
            let found = diagnose(&[policy], &[want(capability.id)]);
            for reason in only(&found).reasons.iter().chain(&found.blocked) {
                let text = format!("{} {}", reason.message, reason.resource);
                assert!(!stand_ins.iter().any(|value| text.contains(value)), "{text}");
                told += usize::from(text.contains('<'));
            }
        }
    }
    assert!(told > 100, "{told}");

    let found = diagnose(&[nothing], &[want("operator.start-shell")]);
    let on = "ssm:StartSession on arn:aws:ec2:<region>:<account>:instance/<instance ID>.";
    assert!(messages(only(&found)).contains(on), "{}", messages(only(&found)));
    let mut want = want("operator.start-shell");
    want.values.insert("Region", "eu-west-1".to_owned());
    want.values.insert("InstanceId", "i-0a".to_owned());
    let found = diagnose(&[nothing], &[want]);
    let on = "ssm:StartSession on arn:aws:ec2:eu-west-1:<account>:instance/i-0a.";
    assert!(messages(only(&found)).contains(on), "{}", messages(only(&found)));
}

/// After the addition nothing fails but what is blocked, and what depends still does.
#[test]
fn the_addition_repairs_all_that_can_be_repaired() {
    let mut roles: Vec<String> = vec![GUIDE.to_owned(), String::new()];
    roles.extend(managed_policies().iter().map(|policy| policy.json.to_owned()));
    for file in std::fs::read_dir("tests/golden").unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with("derived-") && (name.contains("-node-") || name.contains("-operator-"))
        {
            roles.push(std::fs::read_to_string(path).unwrap());
        }
    }
    let (mut repaired, mut problems) = (0, Vec::new());
    for role in &roles {
        for capability in capabilities() {
            let wants = [want_all(capability.id)];
            let before = diagnose(&[role], &wants);
            let result = only(&before).result;
            let Some(missing) = &before.missing else {
                let has_reason = !before.blocked.is_empty()
                    || only(&before).reasons.iter().any(|r| r.kind == ReasonKind::ValueNeeded);
                if result == Works::Fails && !has_reason {
                    problems
                        .push(format!("{} fails and nothing is said to be missing", capability.id));
                }
                continue;
            };
            repaired += 1;
            let after = diagnose(&[role, &missing.json], &wants);
            let is_excused = !before.blocked.is_empty()
                || only(&before)
                    .reasons
                    .iter()
                    .any(|r| matches!(r.kind, ReasonKind::ValueNeeded | ReasonKind::Depends));
            if only(&after).result != Works::Works && !is_excused {
                let why = messages(only(&after));
                problems.push(format!("{} {role}\n{}\n{why}", capability.id, missing.json));
            }
            if after.missing.is_some() {
                problems.push(format!("{}: still missing after {}", capability.id, missing.json));
            }
        }
    }
    assert!(repaired > 1_000, "{repaired}");
    let shown: Vec<_> = problems.iter().take(8).cloned().collect();
    assert!(problems.is_empty(), "{} of {repaired}\n{}", problems.len(), shown.join("\n"));
}

fn documents_and_bucket(policy: &str, bucket: &str) -> Documents {
    Documents { bucket_policy: Some(pasted(bucket)), ..documents(&[policy]) }
}

/// A bucket of another account has to let the role in.
#[test]
fn the_policy_of_a_bucket_elsewhere_must_allow_the_role() {
    let role =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
    let bucket =
        |statement: &str| format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
    let deny = r#"{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":["arn:aws:s3:::logs","arn:aws:s3:::logs/*"],"Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#;
    let allow = |who: &str, more: &str| {
        format!(
            r#"{{"Effect":"Allow","Principal":{who},"Action":["s3:PutObject","s3:PutObjectAcl"],"Resource":"arn:aws:s3:::logs/*"{more}}}"#
        )
    };
    let of_role = |name: &str| format!(r#"{{"AWS":"arn:aws:iam::111122223333:role/{name}"}}"#);
    let organization = r#","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-example"}}"#;
    let mut problems = Vec::new();
    for (policy, known, expected) in [
        (deny.to_owned(), true, Works::Fails),
        (allow(&of_role("Other"), ""), true, Works::Fails),
        (allow(&of_role("Node"), ""), true, Works::Works),
        (allow(&of_role("Node"), ""), false, Works::Unknown),
        (allow(r#"{"AWS":"arn:aws:iam::111122223333:root"}"#, ""), true, Works::Works),
        (allow(r#"{"AWS":"arn:aws:iam::444455556666:root"}"#, ""), true, Works::Fails),
        (allow(r#""*""#, organization), true, Works::Unknown),
        (format!("{deny},{}", allow(r#""*""#, "")), true, Works::Works),
    ] {
        let mut want = want("node.s3-logs-cross-account");
        want.values.insert("BucketName", "logs".to_owned());
        if known {
            want.values.insert("Account", "111122223333".to_owned());
            want.values.insert("RoleName", "Node".to_owned());
        }
        let found = diagnose_role(&documents_and_bucket(role, &bucket(&policy)), &[want]).unwrap();
        let result = only(&found);
        if result.result != expected {
            problems.push(format!("{policy} {known}: {:?}\n{}", result.result, messages(result)));
        }
        let depends = result.reasons.iter().flat_map(|reason| &reason.depends_on);
        let depends: Vec<_> = depends.map(String::as_str).collect();
        if policy.contains("OrgID") && !depends.contains(&"aws:PrincipalOrgID") {
            problems.push(format!("{policy}: {depends:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A condition on a tag that the resource cannot have is not met; nobody has to find that out.
#[test]
fn a_tag_that_a_resource_cannot_have_is_not_unknown() {
    let on = |resource: &str, key: &str| {
        format!(
            r#"{{"Effect":"Allow","Action":"ssm:*","Resource":"{resource}","Condition":{{"StringEquals":{{"{key}":"a"}}}}}}"#
        )
    };
    let policy = |statements: &[String]| {
        format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","))
    };
    let node =
        r#"{"Effect":"Allow","Action":"ssm:StartSession","Resource":"arn:aws:ec2:*:*:instance/*"}"#;
    let document = on("arn:aws:ssm:*::document/*", "aws:ResourceTag/Team");
    let session_tag =
        on("arn:aws:ec2:*:*:instance/*", "ssm:resourceTag/aws:ssmmessages:session-id");
    let of_aws =
        r#"{"Effect":"Allow","Action":"ssm:StartSession","Resource":"arn:aws:ssm:*::document/*"}"#;
    for (statements, missing) in [
        (vec![node.to_owned(), document], "document/AWS-StartSSHSession"),
        (vec![session_tag, of_aws.to_owned()], ":instance/"),
    ] {
        let text = policy(&statements);
        let wants = [want("operator.ssh")];
        let found = diagnose(&[&text], &wants);
        assert_eq!(only(&found).result, Works::Fails, "{text}\n{}", messages(only(&found)));
        let addition = found.missing.unwrap().json;
        assert!(addition.contains(missing), "{addition}");
        assert_eq!(only(&diagnose(&[&text, &addition], &wants)).result, Works::Works);
    }
    // Where the condition stands beside node and document, it is told why the document is refused.
    let both = r#"{"Effect":"Allow","Action":"ssm:StartSession","Resource":["arn:aws:ec2:*:*:instance/*","arn:aws:ssm:*:*:document/*"],"Condition":{"StringLike":{"ssm:resourceTag/Name":"login*"}}}"#;
    let found = diagnose(&[&policy(&[both.to_owned()])], &[want("operator.ssh")]);
    let why = "put it into a statement of its own, without that condition.";
    assert!(messages(only(&found)).contains(why), "{}", messages(only(&found)));
    let tagged = policy(&[on("*", "aws:ResourceTag/Team")]);
    let found = diagnose(&[&tagged], &[want("operator.start-shell")]);
    assert_eq!(only(&found).result, Works::Unknown);
}

#[test]
fn a_key_that_comes_with_the_credentials_is_in_requests_to_every_service() {
    let policy = |key: &str| {
        json!({"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": ["s3:PutObject", "s3:GetEncryptionConfiguration"], "Resource": "*",
            "Condition": {"ArnLike": {key: "arn:aws:ec2:*:*:instance/*"}},
        }})
        .to_string()
    };
    let wanted = [want_all("node.s3-logs")];
    for (key, result) in [("ec2:SourceInstanceARN", "unknown"), ("ec2:Vpc", "fails")] {
        let answer = diagnose(&[&policy(key)], &wanted);
        assert_eq!(only(&answer).result.name(), result, "{key}: {answer:#?}");
    }
}

#[test]
fn a_guard_is_asked_about_what_is_known_and_says_why_it_fails() {
    let all =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let mut problems = Vec::new();
    for id in ["guard.preferences", "guard.no-ecs-direct", "guard.no-ssh", "admin.dhmc-guard"] {
        for account in [None, Some("444455556666".to_owned())] {
            let mut want = want(id);
            want.values.extend(account.map(|it| ("Account", it)));
            let found = diagnose(&[all], &[want]);
            let (result, text) = (only(&found).result, messages(only(&found)));
            if result != Works::Fails
                || text.is_empty()
                || text.to_lowercase().contains("everything else")
            {
                problems.push(format!("{id} {result:?} {text}"));
            }
            let json = found.missing.map(|missing| missing.json).unwrap_or_default();
            if json.is_empty()
                || json.contains("us-east-2")
                || json.contains("cluster-name")
                || json.contains("123456789012")
            {
                problems.push(format!("{id} {json}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// However somebody calls a policy of a role, it is told as theirs.
#[test]
fn names_of_layers_may_be_names_of_policies() {
    let policy = |effect: &str, action: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Action":"{action}","Resource":"*"}}}}"#
        )
    };
    for name in ["resource", "boundary", "scp.0.0", "session", "identity.0", "everything else"] {
        let given = Documents {
            documents: vec![
                pasted(&policy("Allow", "*")),
                Pasted { name: Some(name.to_owned()), ..pasted(&policy("Deny", "kms:*")) },
            ],
            boundary: Some(pasted(&policy("Allow", "*"))),
            ..Documents::default()
        };
        let mut want = want("node.session-kms");
        want.values.insert("KeyArn", KEY.to_owned());
        let found = diagnose_role(&given, &[want]).unwrap();
        let reason = &only(&found).reasons[0];
        assert_eq!(reason.policy.as_deref(), Some(name), "{reason:?}");
        assert_eq!(reason.field, Some(Field::Document(1)), "{reason:?}");
    }
}

#[test]
fn a_right_policy_of_an_isolated_partition_works() {
    for (partition, region, suffix) in [
        ("aws-iso", "us-iso-east-1", "c2s.ic.gov"),
        ("aws-iso-b", "us-isob-east-1", "sc2s.sgov.gov"),
        ("aws-cn", "cn-north-1", "amazonaws.com.cn"),
    ] {
        let key = format!(
            "arn:{partition}:kms:{region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
        );
        let policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":"s3:PutObject","Resource":"*"}},
            {{"Effect":"Allow","Action":"kms:GenerateDataKey","Resource":"{key}","Condition":{{"StringEquals":{{"kms:ViaService":"s3.{region}.{suffix}"}}}}}}]}}"#
        );
        let mut want = want("node.s3-logs-sse-kms");
        want.values.insert("KeyArn", key);
        want.values.insert("BucketName", "logs".to_owned());
        let found = diagnose(&[&policy], &[want]);
        assert_eq!(only(&found).result, Works::Works, "{}", messages(only(&found)));
    }
}

/// What is added is the least, does not break what worked without a word, and says when it is too long.
#[test]
fn the_addition_is_the_least_and_is_checked() {
    let nothing =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:B","Resource":"*"}}"#;
    let in_bucket = |prefix: Option<&str>| {
        let mut want = want("node.s3-logs");
        want.values.insert("BucketName", "logs".to_owned());
        want.values.extend(prefix.map(|it| ("Prefix", it.to_owned())));
        want
    };
    for wants in
        [[in_bucket(Some("prod")), in_bucket(None)], [in_bucket(None), in_bucket(Some("prod"))]]
    {
        let json = diagnose(&[nothing], &wants).missing.unwrap().json;
        assert!(json.contains("logs/*") && !json.contains("prod"), "{json}");
    }

    let preferences =
        std::fs::read_to_string("tests/golden/derived-operator-preferences.json").unwrap();
    let wants = [want_all("operator.preferences"), want_all("guard.preferences")];
    let found = diagnose(&[&preferences], &wants);
    assert_eq!(found.capabilities[0].result, Works::Works);
    let said: Vec<_> = found.blocked.iter().map(|reason| reason.message.as_str()).collect();
    assert!(
        said.iter().any(|text| text.starts_with(
            "operator.preferences needs ssm:CreateDocument and ssm:UpdateDocument on "
        ) && text.contains("guard.preferences is meant to keep out")),
        "{said:#?}"
    );

    let many: Vec<Want> = (0..190)
        .map(|i| {
            let mut want = want("node.s3-logs");
            want.values.insert("BucketName", format!("logs-of-a-quite-long-name-of-a-bucket-{i}"));
            want
        })
        .collect();
    let missing = diagnose(&[nothing], &many).missing.unwrap();
    assert!(missing.characters > missing.quota, "{}", missing.characters);
    assert!(missing.notes.iter().any(|note| note.code == "OVER_QUOTA"));

    let found = diagnose(&[nothing], &[want("operator.start-by-tags")]);
    let all = only(&found).reasons.iter().chain(&found.blocked);
    let said: Vec<_> = all.map(|reason| reason.message.as_str()).collect();
    assert!(!said.iter().any(|text| text.contains("Give resource")), "{said:?}");
    assert!(!found.blocked.is_empty(), "{found:#?}");
}

/// Of what is added to nothing for two wants, no statement can be left out.
#[test]
fn no_statement_of_the_addition_can_be_left_out() {
    let nothing =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:B","Resource":"*"}}"#;
    let ids: Vec<_> = capabilities().iter().map(|capability| capability.id).collect();
    let (mut tried, mut problems) = (0, Vec::new());
    for (i, first) in ids.iter().enumerate().step_by(3) {
        for second in ids.iter().skip(i + 1).step_by(11) {
            let wants = [want_all(first), want_all(second)];
            let Some(missing) = diagnose(&[nothing], &wants).missing else { continue };
            let whole: Value = serde_json::from_str(&missing.json).unwrap();
            let statements = whole["Statement"].as_array().unwrap();
            for at in 0..statements.len() {
                tried += 1;
                let mut fewer = whole.clone();
                fewer["Statement"].as_array_mut().unwrap().remove(at);
                let found = diagnose(&[nothing, &fewer.to_string()], &wants);
                let works = |one: &CapabilityResult| one.result == Works::Works;
                if statements.len() > 1 && found.capabilities.iter().all(works) {
                    problems.push(format!("{first} {second} {at} of {}", missing.json));
                }
            }
        }
    }
    assert!(tried > 100, "{tried}");
    assert!(problems.is_empty(), "{} of {tried}\n{}", problems.len(), problems[0]);
}

/// The policy of a VPC endpoint has a say in what the node asks of its service, and in nothing else.
#[test]
fn the_policies_of_vpc_endpoints_have_a_say_in_their_services() {
    let all =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let endpoint = |action: &str, resource: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":"*","Action":"{action}","Resource":"{resource}"}}}}"#
        )
    };
    let own = "arn:aws:s3:::other/*";
    let mut problems = Vec::new();
    for (capability, service, policy, result, expected) in [
        ("node.channel", EndpointService::SsmMessages, endpoint("*", "*"), Works::Works, ""),
        ("node.channel", EndpointService::Ssm, endpoint("ssm:*", "*"), Works::Works, ""),
        (
            "node.channel",
            EndpointService::SsmMessages,
            endpoint("ssmmessages:Open*", "*"),
            Works::Fails,
            "No statement of the policy of the VPC endpoint allows ssmmessages:CreateControlChannel",
        ),
        ("node.s3-logs", EndpointService::S3, endpoint("s3:*", own), Works::Fails, "No statement of the policy of the VPC endpoint allows s3:PutObject"),
        ("node.agent-buckets", EndpointService::S3, endpoint("s3:*", own), Works::Fails, "No statement of the policy of the VPC endpoint allows s3:GetObject"),
        ("node.session-kms", EndpointService::Kms, endpoint("kms:Encrypt", "*"), Works::Fails, "No statement of the policy of the VPC endpoint allows kms:Decrypt"),
        // S3 itself asks KMS for the key of the bucket, and people do not call from the VPC of the node.
        ("node.s3-logs-sse-kms", EndpointService::Kms, endpoint("kms:Encrypt", "*"), Works::Works, ""),
        ("operator.start-shell", EndpointService::Ssm, endpoint("ssm:Get*", "*"), Works::Works, ""),
        ("node.cw-logs", EndpointService::Logs, endpoint("logs:Put*", "*"), Works::Fails, "No statement of the policy of the VPC endpoint allows logs:CreateLogStream"),
    ] {
        let given =
            Documents { endpoint_policies: vec![(service, pasted(&policy))], ..documents(&[all]) };
        let found = diagnose_role(&given, &[want_all(capability)]).unwrap();
        let blocked: Vec<_> = found.blocked.iter().map(|reason| reason.message.as_str()).collect();
        let is_told = match expected {
            "" => blocked.is_empty(),
            part => blocked.iter().any(|message| message.starts_with(part)),
        };
        if found.capabilities[0].result != result || !is_told || found.missing.is_some() {
            problems.push(format!("{capability} {service:?} {policy}: {:?} {blocked:?}", found.capabilities[0]));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));

    let deny = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"ssm:Update*","Resource":"*"}]}"#;
    let given = Documents {
        endpoint_policies: vec![(EndpointService::Ssm, pasted(deny))],
        ..documents(&[all])
    };
    let found = diagnose_role(&given, &[want("node.heartbeat")]).unwrap();
    let reason = &found.blocked[0];
    assert!(
        reason.message.starts_with(
            "Policy of the VPC endpoint for ssm, statement 2 denies ssm:UpdateInstanceInformation"
        ),
        "{reason:?}"
    );
    assert_eq!(reason.field, Some(Field::Endpoint(EndpointService::Ssm)));
    assert_eq!(reason.place.as_ref().unwrap().pointer, "/Statement/1");
}

/// Where one policy counts and there are two, either may deny.
#[test]
fn of_two_policies_in_a_place_for_one_nobody_knows_which_is_meant() {
    let one = |effect: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":{{"Effect":"{effect}","Principal":"*","Action":"*","Resource":"*"}}}}"#
        )
    };
    let all =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let both = format!("{}\n{}", one("Allow"), one("Deny"));
    let given = Documents {
        endpoint_policies: vec![(EndpointService::Ssm, pasted(&both))],
        ..documents(&[all])
    };
    let found = diagnose_role(&given, &[want("node.heartbeat")]).unwrap();
    let of_endpoint =
        |seen: &&postern::diagnose::Recognised| seen.field == Field::Endpoint(EndpointService::Ssm);
    let told: Vec<_> = found.recognised.iter().filter(of_endpoint).collect();
    assert_eq!(told.iter().map(|seen| seen.is_used).collect::<Vec<_>>(), [false, false]);
    // What was read before them stays as it is.
    assert!(found.recognised[0].is_used && !found.recognised[0].message.contains("more than one"));
    assert!(
        told[1].message.starts_with("There is more than one policy of the VPC endpoint for ssm"),
        "{told:?}"
    );
    assert_eq!(found.capabilities[0].result, Works::Unknown);

    let deny = all.replace("Allow", "Deny");
    for (name, given) in [
        ("scp", Documents { scps: vec![pasted(&format!("[{all},{deny}]"))], ..documents(&[all]) }),
        (
            "boundary",
            Documents { boundary: Some(pasted(&format!("{all}\n{deny}"))), ..documents(&[all]) },
        ),
    ] {
        let found = diagnose_role(&given, &[want("node.channel")]).unwrap();
        assert_eq!(found.capabilities[0].result, Works::Unknown, "{name}");
    }
}

/// What was given and cannot be read may deny: it is not taken for absent.
#[test]
fn a_policy_around_the_role_that_cannot_be_read_leaves_the_answer_open() {
    let all =
        r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
    let bad = || Some(pasted("not json"));
    let mut problems = Vec::new();
    for (name, given, capability, expected) in [
        (
            "scp",
            Documents { scps: vec![pasted("x")], ..documents(&[all]) },
            "node.channel",
            Works::Unknown,
        ),
        (
            "key",
            Documents { key_policy: bad(), ..documents(&[all]) },
            "node.session-kms",
            Works::Unknown,
        ),
        ("key", Documents { key_policy: bad(), ..documents(&[all]) }, "node.channel", Works::Works),
        (
            "bucket",
            Documents { bucket_policy: bad(), ..documents(&[all]) },
            "node.s3-logs",
            Works::Unknown,
        ),
        (
            "boundary",
            Documents { boundary: bad(), ..documents(&[all]) },
            "node.channel",
            Works::Unknown,
        ),
        (
            "endpoint",
            Documents {
                endpoint_policies: vec![(EndpointService::SsmMessages, pasted(all))],
                ..documents(&[all])
            },
            "node.channel",
            Works::Unknown,
        ),
        (
            "endpoint of S3",
            Documents {
                endpoint_policies: vec![(EndpointService::S3, pasted("x"))],
                ..documents(&[all])
            },
            "node.s3-logs",
            Works::Unknown,
        ),
    ] {
        let found = diagnose_role(&given, &[want_all(capability)]).unwrap();
        let result = found.capabilities[0].result;
        let is_told_absent = found.assumptions.iter().any(|text| {
            let absent = match name {
                "scp" => "No service control policy",
                "key" => "No key policy",
                "bucket" => "No bucket policy",
                "boundary" => "No permissions boundary",
                _ => "No policy of a VPC endpoint",
            };
            text.starts_with(absent)
        });
        if result != expected || is_told_absent {
            problems.push(format!("{name} {capability}: {result:?} {:?}", found.assumptions));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What the role's own policies lack is missing, whatever a policy around it says that nobody can read.
#[test]
fn who_starts_sessions_is_told_that_the_channel_cannot_be_opened() {
    let statement =
        |action: &str| format!(r#"{{"Effect": "Allow", "Action": "{action}", "Resource": "*"}}"#);
    let (start, open) = (statement("ssm:StartSession"), statement("ssmmessages:OpenDataChannel"));
    let mut problems = Vec::new();
    for id in ["start-shell", "start-hybrid", "ssh", "port-forward", "custom-document"] {
        for (policy, expected) in [(start.clone(), 1), (format!("{start}, {open}"), 0)] {
            let policy = format!(r#"{{"Version": "2012-10-17", "Statement": [{policy}]}}"#);
            let found = diagnose(&[&policy], &[want_all(&format!("operator.{id}"))]);
            let result = only(&found);
            let told = result.reasons.iter().filter(|reason| {
                reason.level == Level::Recommended
                    && reason.kind == ReasonKind::Closed
                    && reason.actions == ["ssmmessages:OpenDataChannel"]
            });
            if told.count() != expected || result.result != Works::Works || found.missing.is_some()
            {
                problems.push(format!("{id} {policy}: {result:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn what_is_missing_is_told_beside_a_policy_that_is_not_known() {
    let own = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ec2:*","Resource":"*"},
        {"Effect":"Deny","Action":"ssm:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"web"}}}]}"#;
    let unread = || pasted("AmazonS3FullAccess");
    let mut problems = Vec::new();
    for (name, given) in [
        ("scp", Documents { scps: vec![unread()], ..documents(&[own]) }),
        ("boundary", Documents { boundary: Some(pasted("?")), ..documents(&[own]) }),
    ] {
        let found = diagnose_role(&given, &[want("node.heartbeat")]).unwrap();
        let CapabilityResult { result, reasons, .. } = &found.capabilities[0];
        let messages: Vec<_> = reasons.iter().map(|reason| reason.message.as_str()).collect();
        let tells = |part: &str| messages.iter().any(|message| message.contains(part));
        if *result != Works::Fails
            || !tells("No statement allows ssm:UpdateInstanceInformation")
            || !tells("statement 2 may deny ssm:UpdateInstanceInformation")
            || found.missing.is_none()
            || !found.blocked.is_empty()
            || found.recognised.iter().any(|seen| seen.is_used && seen.field != Field::Document(0))
        {
            problems.push(format!("{name}: {found:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A trust policy that is given and asked for by nothing is said to have no say; an alias is said to grant nothing.
#[test]
fn what_has_no_say_is_told() {
    let kms =
        r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
    let trust = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}"#;
    let given = || Documents { trust_policy: Some(pasted(trust)), ..documents(&[kms]) };
    let told = |capability: &str| {
        let found = diagnose_role(&given(), &[want(capability)]).unwrap();
        found
            .assumptions
            .iter()
            .any(|text| text.starts_with("Who may assume the role was not asked"))
    };
    assert_eq!(["node.channel", "trust.ec2"].map(told), [true, false]);

    let alias = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:111122223333:alias/session"}]}"#;
    let found = diagnose_role(&documents(&[alias]), &[want("node.session-kms")]).unwrap();
    assert!(
        messages(&found.capabilities[0])
            .contains("an alias as a resource grants nothing on its key"),
        "{found:?}"
    );
}

/// Managed policies that a template attaches count where AWS has them, and leave the answer open where nobody knows them.
#[test]
fn policies_that_a_template_attaches_count_or_are_unknown() {
    let core = "policy/AmazonSSMManagedInstanceCore";
    let of_partition = format!(r#"{{"Fn::Sub": "arn:${{AWS::Partition}}:iam::aws:{core}"}}"#);
    let joined = format!(
        r#"{{"Fn::Join": ["", ["arn:", {{"Ref": "AWS::Partition"}}, ":iam::aws:{core}"]]}}"#
    );
    let mut problems = Vec::new();
    for (attached, expected, named) in [
        (format!(r#""arn:aws:iam::aws:{core}""#), Works::Works, ""),
        (of_partition, Works::Works, ""),
        (joined, Works::Works, ""),
        (r#"{"Ref": "Arn"}"#.to_owned(), Works::Unknown, "Ref Arn may allow"),
        (
            r#"{"Fn::Join": ["", ["a", {"Fn::Join": ["", []]}]]}"#.to_owned(),
            Works::Unknown,
            "Fn::Join may allow",
        ),
        (
            r#"{"Fn::Sub": "arn:aws:iam::${AWS::AccountId}:policy/x"}"#.to_owned(),
            Works::Unknown,
            "Fn::Sub arn:aws:iam",
        ),
        ("[]".to_owned(), Works::Unknown, "a managed policy may allow"),
    ] {
        let template = format!(
            r#"{{"Resources": {{"Role": {{"Type": "AWS::IAM::Role", "Properties": {{"ManagedPolicyArns": [{attached}],
            "Policies": [{{"PolicyName": "p", "PolicyDocument": {{"Version": "2012-10-17", "Statement": [{{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}]}}}}]}}}}}}}}"#
        );
        let found = diagnose_role(&documents(&[&template]), &[want("node.channel")]).unwrap();
        let result = &found.capabilities[0];
        if result.result != expected || !messages(result).contains(named) {
            problems.push(format!("{attached}: {result:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A template names a boundary by itself, and a policy may hang on a condition: neither lets anything work for certain.
#[test]
fn a_template_with_a_boundary_or_a_condition_leaves_open_what_hangs_on_it() {
    const DOCUMENT: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssmmessages:*", "Resource": "*"}]}"#;
    let role = |boundary: &str| {
        format!(
            r#"{{"Resources": {{"R": {{"Type": "AWS::IAM::Role", "Properties": {{{boundary}
            "Policies": [{{"PolicyName": "p", "PolicyDocument": {DOCUMENT}}}]}}}}}}}}"#
        )
    };
    let apart = |condition: &str| {
        format!(
            r#"{{"Resources": {{"P": {{"Type": "AWS::IAM::Policy", {condition}
            "Properties": {{"PolicyName": "p", "PolicyDocument": {DOCUMENT}}}}}}}}}"#
        )
    };
    let core = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore";
    let mut problems = Vec::new();
    for (template, expected) in [
        (role(""), Works::Works),
        (role(&format!(r#""PermissionsBoundary": "{core}","#)), Works::Works),
        (
            role(r#""PermissionsBoundary": "arn:aws:iam::111122223333:policy/Mine","#),
            Works::Unknown,
        ),
        (role(r#""PermissionsBoundary": {"Ref": "Boundary"},"#), Works::Unknown),
        (apart(""), Works::Works),
        (apart(r#""Condition": "Production","#), Works::Unknown),
    ] {
        let found = diagnose_role(&documents(&[&template]), &[want("node.channel")]).unwrap();
        if found.capabilities[0].result != expected {
            problems.push(format!("{template}: {:?}", found.capabilities[0]));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// What is read although IAM would not take it as it stands counts: nothing of it is in doubt.
#[test]
fn typographic_marks_leave_a_policy_in_no_doubt() {
    let policy = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}"#;
    let found = diagnose(&[&policy.replace('"', "\u{201d}")], &[want("node.channel")]);
    let result = &found.capabilities[0];
    assert_eq!(result.result, Works::Fails);
    assert!(
        result.reasons.iter().all(|reason| reason.kind != ReasonKind::NotCounted),
        "{result:?}"
    );
    assert_eq!(found.recognised.iter().map(|seen| seen.is_used).collect::<Vec<_>>(), [true, true]);
    assert!(
        found.recognised[0].message.starts_with("There are typographic quotation marks"),
        "{:?}",
        found.recognised
    );
}

#[test]
fn a_misspelt_action_is_pointed_at_where_it_is_missed() {
    let text = r#"{"Version": "2012-10-17", "Statement": [
        {"Effect": "Deny", "Action": "ssm:StartSesion", "Resource": "*"},
        {"Effect": "Allow", "Action": ["ssm:TerminateSession", "ssm:StartSesion", "ssm:Start*n"], "NotResource": "*"},
        {"Effect": "Allow", "Action": ["ssm-messages:OpenDataChannel", "ssm:StartSessions"], "Resource": "*"}]}"#;
    let found = diagnose(&[text], &[want("operator.start-shell")]);
    let shell = only(&found);
    assert_eq!(shell.result, Works::Fails);
    let said: BTreeSet<_> = shell
        .reasons
        .iter()
        .filter(|reason| reason.message.ends_with("meant?"))
        .map(|reason| (reason.kind, reason.message.as_str(), reason.statement))
        .collect();
    let expected = [
        "Policy 1, statement 2 has ssm:StartSesion, which is no action of AWS. Is ssm:StartSession meant?",
        "Policy 1, statement 3 has ssm-messages:OpenDataChannel, which is no action of AWS. Is ssmmessages:OpenDataChannel meant?",
    ];
    let expected = BTreeSet::from([
        (ReasonKind::Nearest, expected[0], Some(1)),
        (ReasonKind::Nearest, expected[1], Some(2)),
    ]);
    assert_eq!(said, expected);
    assert!(found.blocked.is_empty(), "{:?}", found.blocked);
}
