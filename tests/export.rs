//! Exports: what is refused and why. What is written is read back by the formats' own parsers in tests/export.test.mjs,
//! for which the cases are written here.

use std::collections::BTreeSet;
use std::{fs, path::Path};

use crate::contract::builders::{build, Built};
use crate::session_endpoints::{self, granted};
use cases::{all, fitting, setups, Case, FORMATS};
use postern::api::{self, Value};
use serde_json::{json, Value as Json};

pub mod cases;

const CASES: &str = "target/export/cases.json";

fn export(policy: &Json, target: &Json) -> Result<String, api::Error> {
    let read = |value: &Json| -> Value<'static> { serde_json::from_value(value.clone()).unwrap() };
    api::export_policy(&read(policy), Some(&read(target)))
}

fn setup(options: &Json) -> Result<api::Setup, api::Error> {
    api::export_setup(Some(&serde_json::from_value(options.clone()).unwrap()))
}

#[test]
fn every_case_is_written_for_the_parsers() {
    let mut written = Vec::new();
    let mut problems = Vec::new();
    for Case { name, policy, target } in all() {
        for format in FORMATS {
            let mut target = target.clone();
            target["format"] = json!(format);
            match export(&json!(policy), &target) {
                Ok(text) => written.push(json!({
                    "name": name, "format": format, "target": target, "text": text,
                    "policy": serde_json::from_str::<Json>(&policy).unwrap(),
                })),
                Err(error) => problems.push(format!("{name} as {format}: {}", error.message)),
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
    let setups: Vec<_> = setups()
        .into_iter()
        .flat_map(|options| {
            ["terraform", "cloudformation", "cdk-typescript"].map(|format| {
                let mut options = options.clone();
                options["format"] = json!(format);
                let made = setup(&options).unwrap_or_else(|error| panic!("{options}: {error:?}"));
                json!({"options": options, "setup": made, "builders": builders(&options)})
            })
        })
        .collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(CASES);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, json!({"policies": written, "setups": setups}).to_string()).unwrap();
}

/// The role of a set-up is new, so nothing else lets its agents report.
fn with_heartbeat(node: &Json) -> Json {
    let mut node = node.clone();
    node["heartbeat"] = json!(true);
    node
}

/// What the builders make of the options of a set-up, by the names that the resources have in it.
fn builders(options: &Json) -> Json {
    let built = |call: &str, options: Json| match build(call, &options).unwrap() {
        Built::Policy(built) => serde_json::to_value(built).unwrap()["policy"].clone(),
        Built::Document(built) => serde_json::to_value(built).unwrap()["document"].clone(),
    };
    let node = &options["node"];
    let with = |rest: Json| {
        let mut all = json!({"region": node["region"], "accountId": node["accountId"]});
        all.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        all
    };
    let kinds = match &node["kinds"] {
        Json::Null => json!("ec2"),
        kinds => kinds.clone(),
    };
    let scope = node.get("scope").cloned().unwrap_or(json!("guide"));
    let mut all = json!({
        "SessionManagerPermissions": built("node", with_heartbeat(node)),
        "NodeRole": built("trust-policy", with(json!({"trusted": kinds, "scope": scope}))),
    });
    if node.to_string().contains("\"key-name\"") {
        all["SessionKey"] = built("session-key-policy", with(json!({})));
    }
    let bucket = &node["s3Logs"];
    if bucket.is_object() && bucket["otherAccount"] != true {
        let mut of = json!({"region": node["region"], "bucket": bucket["bucket"]});
        if let Some(prefix) = bucket.get("prefix") {
            of["prefix"] = prefix.clone();
        }
        all["LogBucketPolicy"] = built("bucket-policy", of);
    }
    let log_group = &node["cloudWatchLogs"]["logGroup"];
    if log_group.is_string() {
        all["LogGroupKey"] = built("log-group-key-policy", with(json!({"logGroup": log_group})));
    }
    let has_operator = options["operator"].is_object();
    let mut people = None;
    if has_operator {
        let mut operator = with(options["operator"].clone());
        if let Some(key) = node.get("sessionEncryption") {
            operator["sessionEncryption"] = key.clone();
        }
        all["OperatorPermissions"] = built("operator", operator.clone());
        people = Some(operator);
    }
    if options["endpoints"] == true {
        let granted = granted(&with_heartbeat(node), people.as_ref()).unwrap();
        for (label, service) in [
            ("SsmEndpoint", "ssm"),
            ("SsmMessagesEndpoint", "ssmmessages"),
            ("Ec2MessagesEndpoint", "ec2messages"),
            ("S3Endpoint", "s3"),
            ("KmsEndpoint", "kms"),
            ("LogsEndpoint", "logs"),
        ] {
            let mut endpoint = with(json!({"service": service, "operators": has_operator}));
            if bucket.is_object() {
                endpoint["bucket"] = bucket["bucket"].clone();
            }
            if service == "kms" {
                endpoint["kmsKeyArn"] = node["sessionEncryption"]["kmsKeyArn"].clone();
            }
            if service != "ec2messages" || node["legacyChannel"] == true {
                let (_, text) = session_endpoints::endpoint(&endpoint, node, &granted);
                all[label] = serde_json::from_str(&text).unwrap();
            }
        }
    }
    all
}

#[test]
fn what_does_not_fit_is_refused_at_its_place() {
    let statement = |rest: Json| {
        let mut statement = json!({"Effect": "Allow", "Action": "s3:*", "Resource": "*"});
        statement.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        json!({"Version": "2012-10-17", "Statement": [statement]})
    };
    let plain = statement(json!({}));
    let public = statement(json!({"Principal": "*"}));
    let nothing = statement(json!({"Action": []}));
    let other = statement(
        json!({"Principal": "*", "Resource": ["arn:aws:s3:::logs/*", "arn:aws:s3:::others/*"]}),
    );
    let of_condition = |condition| statement(json!({"Condition": condition}));
    let variable = of_condition(json!({"StringLike": {"aws:userid": "a&{b}"}}));
    let same = of_condition(json!({"StringLike": {"aws:userid": "a", "AWS:UserId": "b"}}));
    let lost = of_condition(json!({"__proto__": {"a": "b"}}));
    let long = of_condition(json!({"StringEquals": {"x".repeat(1_025): "b"}}));
    let secret = statement(json!({"Resource": ["*", "{{resolve:ssm:x:1}}"]}));
    let function = of_condition(json!({"StringEquals": {"Fn::Sub": "b", "aws:userid": "a"}}));
    let parameters = |names: &[&str]| {
        let all: serde_json::Map<_, _> =
            names.iter().map(|name| ((*name).to_owned(), json!({"type": "String"}))).collect();
        json!({"schemaVersion": "1.0", "sessionType": "InteractiveCommands", "parameters": all,
               "properties": {"linux": {"commands": "git checkout {{ Ref }}"}}})
    };
    let of_document = |format: &str| json!({"format": format, "attachTo": "session-document", "documentName": "Checkout"});
    let reference = parameters(&["Ref"]);
    for (document, format) in
        [(&reference, "terraform"), (&parameters(&["Ref", "Path"]), "cdk-python")]
    {
        assert!(export(document, &of_document(format)).is_ok(), "{document} as {format}");
    }
    let token = statement(json!({"Resource": "${Token[TOKEN.1]}"}));
    let document =
        json!({"schemaVersion": "1.0", "sessionType": "Standard_Stream", "inputs": {"a": 1.5}});
    let null = json!({"schemaVersion": "1.0", "sessionType": "Port", "inputs": [{}, null]});
    let cases = [
        (&reference, of_document("cloudformation"), "policy.parameters.Ref"),
        (&reference, of_document("cdk-typescript"), "policy.parameters.Ref"),
        (
            &function,
            json!({"format": "cloudformation-json"}),
            "policy.Statement[0].Condition.StringEquals.Fn::Sub",
        ),
        (&null, json!({"format": "cdk-python", "attachTo": "preferences"}), "policy.inputs[1]"),
        (&json!("{"), json!({"format": "terraform"}), "policy"),
        (&json!({"Statment": []}), json!({"format": "terraform"}), "policy.Statment"),
        (
            &json!({"schemaVersion": "1.0", "sessionType": "Port"}),
            json!({"format": "terraform"}),
            "policy.schemaVersion",
        ),
        (&document, json!({"format": "terraform", "attachTo": "preferences"}), "policy"),
        (&plain, json!({"format": "terraform", "attachTo": "preferences"}), "policy"),
        (&plain, json!({"format": "terraform", "attachTo": "bucket"}), "policy.Statement[0]"),
        (
            &other,
            json!({"format": "terraform", "attachTo": "bucket", "bucketName": "logs"}),
            "policy.Statement[0].Resource[1]",
        ),
        (&public, json!({"format": "terraform"}), "policy.Statement[0]"),
        (&nothing, json!({"format": "terraform"}), "policy.Statement[0].Action"),
        (&variable, json!({"format": "terraform"}), "policy.Statement[0]"),
        (&same, json!({"format": "cloudformation"}), "policy.Statement[0].Condition"),
        (&long, json!({"format": "cloudformation"}), "policy.Statement[0].Condition.StringEquals"),
        (&lost, json!({"format": "cdk-python"}), "policy.Statement[0].Condition.__proto__"),
        (&lost, json!({"format": "pulumi-typescript"}), "policy.Statement[0].Condition.__proto__"),
        (&secret, json!({"format": "cdk-python"}), "policy.Statement[0].Resource[1]"),
        (&secret, json!({"format": "cloudformation-json"}), "policy.Statement[0].Resource[1]"),
        (&token, json!({"format": "cdk-typescript"}), "policy.Statement[0].Resource"),
        (&plain, json!({}), "target.format"),
        (&plain, json!({"format": "yaml"}), "target.format"),
        (&plain, json!({"format": "terraform", "attachTo": "nobody"}), "target.attachTo"),
        (&plain, json!({"format": "terraform", "role": "a"}), "target.role"),
        (
            &plain,
            json!({"format": "terraform", "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/*"}),
            "target.kmsKeyArn",
        ),
    ];
    let mut problems = Vec::new();
    for (policy, target, path) in &cases {
        let found = export(policy, target).map_err(|error| error.path);
        if found != Err(Some((*path).to_owned())) {
            problems.push(format!("{target} of {policy}: {found:?}, not {path}"));
        }
    }
    for field in cases::NAMES {
        for bad in ["", "a'b", "a\"b", "a\nb", "${x}", "a b", "--", "$(id)"] {
            // A name may begin with hyphens, and is then no option.
            let is_fine = bad == "--"
                && field.ends_with("Name")
                && field != "bucketName"
                && field != "documentName";
            let target = json!({"format": "aws-cli", field: bad});
            let found = export(&plain, &target).map_err(|error| error.path);
            if found.is_ok() != is_fine
                || found.is_err() && found != Err(Some(format!("target.{field}")))
            {
                problems.push(format!("{field} {bad:?}: {found:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn a_policy_of_a_bucket_is_written_for_it_and_where_its_name_is_not_told() {
    let of = |resource: &str, name: Option<&str>| {
        let policy = json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": resource}]});
        let mut target = json!({"format": "terraform", "attachTo": "bucket"});
        if let Some(name) = name {
            target["bucketName"] = json!(name);
        }
        export(&policy, &target).is_ok()
    };
    for (resource, name, is_fine) in [
        ("arn:aws:s3:::logs/*", Some("logs"), true),
        ("arn:aws:s3:::logs", Some("logs"), true),
        ("arn:aws:s3:::logs-*", Some("logs"), true),
        ("*", Some("logs"), true),
        ("arn:aws:s3:::${aws:PrincipalTag/team}/*", Some("logs"), true),
        ("arn:aws:s3:::others/*", None, true),
        ("arn:aws:s3:::others/*", Some("logs"), false),
    ] {
        assert_eq!(of(resource, name), is_fine, "{resource} {name:?}");
    }
}

#[test]
fn what_one_format_cannot_hold_another_can() {
    let nothing = r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": [], "Resource": "a&{b}"}}"#;
    let text = export(&json!(nothing), &json!({"format": "terraform-jsonencode"})).unwrap();
    assert!(text.contains("Action   = []"), "{text}");
    assert!(text.contains("\"a&{b}\""), "{text}");
}

#[test]
fn the_texts_are_those_of_the_golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/golden");
    let mut changed = Vec::new();
    for (format, extension) in FORMATS.iter().zip(cases::EXTENSIONS) {
        let target = json!({"format": format, "roleName": "WebServer"});
        let text = export(&json!(cases::guide()), &target).unwrap();
        let path = folder.join(format!("{format}.{extension}"));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&path, &text).unwrap();
        }
        if fs::read_to_string(&path).ok() != Some(text) {
            changed.push(*format);
        }
    }
    assert!(changed.is_empty(), "{changed:?}; UPDATE=1 writes them anew");
}

#[test]
fn every_text_says_how_to_undo_it_and_every_file_how_to_make_it() {
    let mut missing = BTreeSet::new();
    for Case { name, policy, target } in fitting() {
        for format in FORMATS {
            let mut target = target.clone();
            target["format"] = json!(format);
            let text = export(&json!(policy), &target).unwrap();
            let make = match format {
                // These are the commands.
                "aws-cli" | "aws-cli-powershell" => "aws ",
                "terraform" | "terraform-jsonencode" => {
                    "To make it, run: terraform init && terraform apply"
                }
                "pulumi-typescript" => "pulumi up",
                "cdk-typescript" | "cdk-python" => {
                    "To make it, run: cdk deploy SessionManagerStack"
                }
                "cloudformation" => "--template-file session-manager.yaml",
                _ => "--template-file session-manager.json",
            };
            for line in [make, "To undo it"] {
                if !text.contains(line) {
                    missing.insert(format!("{name} as {format}: {line}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_set_up_says_how_to_make_it_with_what_it_asks_for() {
    let mut problems = Vec::new();
    let mut asking = 0;
    let formats = ["terraform", "cloudformation", "cdk-typescript"];
    for (mut options, format) in
        setups().into_iter().flat_map(|options| formats.map(|format| (options.clone(), format)))
    {
        options["format"] = json!(format);
        let made = setup(&options).unwrap();
        let first = &made.files[0].text;
        let (command, asked): (&str, Vec<String>) = match format {
            "terraform" => ("terraform init && terraform apply", Vec::new()),
            "cdk-typescript" => {
                let names = first.split("new CfnParameter(this, \"").skip(1);
                let names = names.filter_map(|rest| rest.split('"').next());
                (
                    "cdk deploy SessionManagerStack",
                    names.map(|name| format!("--parameters {name}=VALUE")).collect(),
                )
            }
            _ => {
                let (_, rest) = first.split_once("\nParameters:\n").unwrap_or_default();
                let names = rest.lines().take_while(|line| line.starts_with("  "));
                let names = names.filter_map(|line| line.strip_prefix("  ")?.strip_suffix(':'));
                let names = names.filter(|name| !name.starts_with(' '));
                let command = "aws cloudformation deploy --stack-name session-manager --template-file session-manager.yaml \
                               --region eu-west-1 --capabilities CAPABILITY_NAMED_IAM";
                (command, names.map(|name| format!(" {name}=VALUE")).collect())
            }
        };
        asking += asked.len();
        let line = first.lines().nth(1).unwrap_or_default();
        let region = options["node"]["region"].as_str().unwrap();
        let command = command.replace("eu-west-1", region);
        if !line.contains(&format!("To make it, run: {command}"))
            || !asked.iter().all(|name| line.contains(name))
        {
            problems.push(format!("{options}: {line}, and {asked:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    assert!(asking > 4, "{asking}");
}

#[test]
fn a_file_is_neither_that_of_what_is_replaced_nor_an_option() {
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example/*"}]});
    for (format, name, file) in [
        ("aws-cli", "bucket-example-before", "cat > new-bucket-example-before.json"),
        ("aws-cli", "Bucket-Example-Before", "cat > new-Bucket-Example-Before.json"),
        ("aws-cli", "-x", "cat > ./-x.json"),
        ("aws-cli-powershell", "bucket-example-before", "-Path new-bucket-example-before.json"),
        ("aws-cli-powershell", "-x", "-Path ./-x.json"),
    ] {
        let target = json!({"format": format, "attachTo": "bucket", "policyName": name, "bucketName": "example"});
        let text = export(&policy, &target).unwrap();
        assert!(text.contains(file), "{format} {name}\n{text}");
        assert!(
            text.contains("> bucket-example-before.json")
                || text.contains("-Path bucket-example-before.json")
        );
    }
}

#[test]
fn commands_keep_what_was_there_before_the_first_of_them_and_each_thing_apart() {
    let of_key = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "kms:*", "Resource": "*"}]});
    let key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let key = export(&of_key, &json!({"format": "aws-cli", "attachTo": "key", "kmsKeyArn": key}))
        .unwrap();
    let kept =
        "[ -s key-1234abcd-12ab-34cd-56ef-1234567890ab-before.json ] || aws kms get-key-policy";
    assert!(key.contains(kept), "{key}");
    assert!(key.contains("1234567890ab-before.json &&\naws kms put-key-policy"), "{key}");
    let of_bucket = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example/*"}]});
    let target = json!({"format": "aws-cli", "attachTo": "bucket", "bucketName": "example"});
    let bucket = export(&of_bucket, &target).unwrap();
    assert!(
        bucket.contains("[ -e bucket-example-before.json ] || aws s3api get-bucket-policy"),
        "{bucket}"
    );
    let (_, undo) = bucket.split_once("# To undo it:\n").unwrap();
    let (put, delete) =
        undo.split_once("\n# To undo it where the bucket had no policy:\n").unwrap();
    assert!(put.contains("put-bucket-policy") && !put.contains("delete-bucket-policy"), "{undo}");
    assert!(
        delete.contains("delete-bucket-policy") && !delete.contains("put-bucket-policy"),
        "{undo}"
    );
}

#[test]
fn a_set_up_needs_to_know_where_it_is() {
    let node = |node: Json| json!({"format": "terraform", "node": node});
    let cases = [
        (json!({"format": "terraform"}), "options.node"),
        (json!({"format": "cdk-python", "node": {}}), "options.format"),
        (node(json!({})), "options.node.region"),
        (node(json!({"region": "eu-west-1"})), "options.node.accountId"),
        (node(json!({"region": "eu-west-1", "accountId": "1"})), "options.node.accountId"),
        (json!({"format": "terraform", "roleName": "a b", "node": {}}), "options.roleName"),
        (
            json!({
                "format": "terraform", "node": {"region": "eu-west-1", "accountId": "111122223333"},
                "operator": {"justInTime": true, "sessions": "shell"},
            }),
            "options.operator.justInTime",
        ),
        (
            json!({
                "format": "terraform", "node": {"region": "eu-west-1", "accountId": "111122223333"},
                "preferences": {"runAsDefaultUser": "ssm-user"},
            }),
            "options.preferences.runAsDefaultUser",
        ),
    ];
    for (options, path) in cases {
        assert_eq!(setup(&options).unwrap_err().path.as_deref(), Some(path), "{options}");
    }
}

#[test]
fn a_set_up_tells_nobody_to_do_what_it_does() {
    let options = json!({
        "format": "cloudformation",
        "node": {
            "region": "eu-west-1", "accountId": "111122223333", "sessionEncryption": {"kmsKeyArn": "key-name"},
            "cloudWatchLogs": {"logGroup": "/example/session-logs"}, "s3Logs": {"bucket": "example-session-logs"},
        },
    });
    let made = setup(&options).unwrap();
    let codes: Vec<_> = made.notes.iter().map(|note| note.code).collect();
    for done in ["KEY_NAME_PLACEHOLDER", "LOG_GROUP_MUST_EXIST", "HEARTBEAT_MISSING", "SUMMARY"] {
        assert!(!codes.contains(&done), "{codes:?}");
    }
    let once: BTreeSet<_> = made.notes.iter().map(|note| (note.code, &note.message)).collect();
    assert_eq!(once.len(), codes.len(), "{codes:?}");
    assert!(codes.contains(&"PREFERENCES_MAY_EXIST"));
    assert!(!made.files[0].text.contains("key-name"), "{}", made.files[0].text);
}

/// With endpoints the policy of the nodes may be all that keeps them from the buckets of the agent.
#[test]
fn a_set_up_with_endpoints_tells_of_the_buckets_of_the_agent() {
    let node = json!({"region": "eu-west-1", "accountId": "111122223333"});
    let with =
        json!({"region": "eu-west-1", "accountId": "111122223333", "agentBuckets": "minimum"});
    for (endpoints, node, is_told) in
        [(true, &node, true), (true, &with, false), (false, &node, false)]
    {
        let options = json!({"format": "terraform", "node": node, "endpoints": endpoints});
        let made = setup(&options).unwrap();
        let told = made.notes.iter().any(|note| note.code == "AGENT_BUCKETS_LEFT_OUT");
        assert_eq!(told, is_told, "{options}");
    }
}

#[test]
fn a_set_up_is_of_one_account_and_one_region() {
    for (operator, refused) in [
        (json!({"region": "eu-central-1"}), Some("options.operator.region")),
        (json!({"accountId": "444455556666"}), Some("options.operator.accountId")),
        (json!({"region": "eu-west-1", "accountId": "111122223333"}), None),
        (json!({}), None),
    ] {
        let options = json!({
            "format": "terraform", "node": {"region": "eu-west-1", "accountId": "111122223333"},
            "operator": operator,
        });
        let path = setup(&options).err().and_then(|error| error.path);
        assert_eq!(path.as_deref(), refused, "{operator}");
    }
}

/// What is there already is named and not made, in every format.
#[test]
fn a_set_up_makes_nothing_that_is_there() {
    let node = json!({
        "region": "eu-west-1", "accountId": "111122223333", "s3Logs": {"bucket": "example-session-logs"},
        "cloudWatchLogs": {"logGroup": "/example/session-logs"},
    });
    let bucket = ["aws_s3_bucket", "AWS::S3::", "s3.CfnBucket"];
    let group = ["aws_cloudwatch_log_group", "AWS::Logs::LogGroup", "logs.CfnLogGroup"];
    let mut problems = Vec::new();
    for (i, format) in ["terraform", "cloudformation", "cdk-typescript"].into_iter().enumerate() {
        for (exists, group_exists) in [(false, false), (true, false), (false, true), (true, true)] {
            let options = json!({
                "format": format, "node": node, "bucketExists": exists, "logGroupExists": group_exists,
            });
            let made = setup(&options).unwrap();
            let text: String = made.files.iter().map(|file| file.text.as_str()).collect();
            for (resource, is_there) in [(bucket[i], exists), (group[i], group_exists)] {
                if text.contains(resource) == is_there {
                    problems.push(format!("{options}: {resource}"));
                }
            }
            for name in ["example-session-logs", "/example/session-logs"] {
                if !text.contains(name) {
                    problems.push(format!("{options}: no {name}"));
                }
            }
            let codes: Vec<_> = made.notes.iter().map(|note| note.code).collect();
            let said =
                ["BUCKET_LEFT_ALONE", "LOG_GROUP_MUST_EXIST"].map(|code| codes.contains(&code));
            if said != [exists, group_exists] {
                problems.push(format!("{options}: {codes:?}"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn preferences_that_are_there_already_are_taken_over_where_the_tool_can() {
    for (name, expected) in [
        (None, "SSM-SessionManagerRunShell"),
        (Some("ExampleSessionPreferences"), "ExampleSessionPreferences"),
    ] {
        let mut preferences = json!({"exists": true});
        if let Some(name) = name {
            preferences["name"] = name.into();
        }
        let options = |format: &str| {
            json!({
                "format": format, "preferences": preferences,
                "node": {"region": "eu-west-1", "accountId": "111122223333"},
            })
        };
        let made = setup(&options("terraform")).unwrap();
        let file = made.files.iter().find(|file| file.name == "preferences.tf").unwrap();
        let import = format!(
            "\nimport {{\n  to = aws_ssm_document.session_document\n  id = \"{expected}\"\n}}\n"
        );
        assert!(file.text.ends_with(&import), "{}", file.text);
        assert!(made.notes.iter().all(|note| note.code != "PREFERENCES_MAY_EXIST"));
        for format in ["cloudformation", "cdk-typescript"] {
            let refused = setup(&options(format)).unwrap_err();
            let at = refused.path.as_deref();
            assert_eq!(
                (&*refused.code, at),
                ("PREFERENCES_EXIST", Some("options.preferences.exists"))
            );
        }
    }
}

#[test]
fn a_long_policy_has_a_text_of_about_its_length() {
    let statement = json!({
        "Effect": "Allow", "Action": ["ssm:StartSession", "ssm:ResumeSession"], "Resource": "arn:aws:ec2:*:*:instance/*"
    });
    let policy = json!({"Version": "2012-10-17", "Statement": vec![statement; 10_000]}).to_string();
    assert!(policy.len() > 900_000);
    for format in FORMATS {
        let text = export(&json!(policy), &json!({"format": format})).unwrap();
        assert!(text.len() < 5 * policy.len(), "{format}: {}", text.len());
    }
    // Each level sets in all that is in it, so a document that is no policy may not be long.
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let long = format!(
        "{{\"schemaVersion\": \"1.0\", \"sessionType\": \"Port\", \"properties\": [{}]}}",
        vec![deep; 400].join(",")
    );
    let error =
        export(&json!(long), &json!({"format": "terraform", "attachTo": "session-document"}));
    assert_eq!(error.unwrap_err().message, "policy has more than 65536 bytes.");
}
