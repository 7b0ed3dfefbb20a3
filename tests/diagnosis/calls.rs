//! The shape of arguments and answers.

use serde::Deserialize;
use serde_json::{json, Value as Json};

use postern::api::{diagnose_role, list_capabilities, list_managed_policies, Error, Value};

fn call(input: Json) -> Result<Json, Error> {
    let answer = diagnose_role(&Value::deserialize(input).unwrap())?;
    Ok(serde_json::to_value(answer).unwrap())
}

const POLICY: &str = "{\n \"Version\": \"2012-10-17\",\n \"Statement\": [{\"Sid\": \"\u{1F600}\", \"Effect\": \"Allow\", \"Action\": \"kms:Decrypt\", \"Resource\": \"*\"}]}";
const KEY: &str = "arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

#[test]
fn texts_named_texts_and_objects_are_read_alike() {
    let object: Json = serde_json::from_str(POLICY).unwrap();
    let want = json!({"capability": "node.session-kms", "kmsKeyArn": KEY});
    for (document, has_place, name) in [
        (json!(POLICY), true, "Policy 1"),
        (json!({"text": POLICY}), true, "Policy 1"),
        (json!({"name": "Mine", "text": POLICY}), true, "Mine"),
        (object.clone(), false, "Policy 1"),
        (json!({"RoleName": "R", "PolicyName": "P", "PolicyDocument": object}), false, "P"),
        (json!([object]), false, "Policy 1"),
    ] {
        let core = json!("AmazonSSMManagedInstanceCore");
        let answer = call(json!({"documents": [document, core], "wants": [want]})).unwrap();
        assert_eq!(answer["capabilities"][0]["result"], "works", "{answer:#}");
        let reasons = answer["capabilities"][0]["reasons"].as_array().unwrap();
        let reason = reasons.iter().find(|reason| reason["path"] == "documents[0]").unwrap();
        assert_eq!(reason["policy"], name);
        assert_eq!(reason["statement"], 0);
        let expected = match has_place {
            true => json!({
                "start": {"line": 3, "column": 15, "offset": 43},
                "end": {"line": 3, "column": 89, "offset": 117},
            }),
            false => Json::Null,
        };
        assert_eq!(reason["span"], expected);
        assert_eq!(answer["missing"], Json::Null);
    }
}

#[test]
fn an_answer_has_every_field() {
    let input = json!({
        "documents": ["{", {"text": ""}],
        "scps": ["AmazonS3FullAccess"],
        "boundary": null,
        "wants": [{"capability": "node.channel"}],
    });
    let answer = call(input).unwrap();
    let keys: Vec<_> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "assumptions",
            "blocked",
            "capabilities",
            "missing",
            "policies",
            "recognised",
            "roleName",
            "side",
            "statements"
        ]
    );
    let kinds: Vec<_> = answer["recognised"]
        .as_array()
        .unwrap()
        .iter()
        .map(|seen| (&seen["path"], &seen["kind"], &seen["used"]))
        .collect();
    assert_eq!(kinds.len(), 4, "{kinds:?}");
    assert_eq!(kinds[0], (&json!("documents[0]"), &json!("broken"), &json!(false)));
    assert_eq!(answer["missing"]["policy"]["Statement"][0]["Action"].as_array().unwrap().len(), 4);
    assert_eq!(answer["missing"]["notes"][0]["code"], "SUMMARY");
}

#[test]
fn wrong_arguments_are_refused_with_their_path() {
    let with = |want: Json| json!({"documents": [], "wants": [want]});
    for (input, path) in [
        (json!([]), "input"),
        (json!({"wants": []}), "input.documents"),
        (json!({"documents": [1], "wants": []}), "input.documents[0]"),
        (json!({"documents": [null], "wants": []}), "input.documents[0]"),
        (json!({"documents": [{"text": 1}], "wants": []}), "input.documents[0].text"),
        (json!({"documents": [{"text": "", "nam": ""}], "wants": []}), "input.documents[0].nam"),
        (json!({"documents": [{"a": 1e300}], "wants": []}), "input.documents[0]"),
        (json!({"documents": [], "scps": [true], "wants": []}), "input.scps[0]"),
        (json!({"documents": [], "boundary": 1, "wants": []}), "input.boundary"),
        (json!({"documents": [], "extra": 1, "wants": []}), "input.extra"),
        (with(json!({})), "input.wants[0].capability"),
        (with(json!({"capability": "node.nothing"})), "input.wants[0].capability"),
        (with(json!({"capability": "node.channel", "kmsKey": ""})), "input.wants[0].kmsKey"),
        (
            with(json!({"capability": "node.channel", "kmsKeyArn": "my key"})),
            "input.wants[0].kmsKeyArn",
        ),
        (
            with(
                json!({"capability": "node.channel", "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/*"}),
            ),
            "input.wants[0].kmsKeyArn",
        ),
        (with(json!({"capability": "node.channel", "region": "here"})), "input.wants[0].region"),
        (with(json!({"capability": "node.channel", "accountId": "1"})), "input.wants[0].accountId"),
        (with(json!({"capability": "node.channel", "bucket": "A"})), "input.wants[0].bucket"),
        (with(json!({"capability": "node.channel", "taskId": "*"})), "input.wants[0].taskId"),
        (
            with(json!({"capability": "node.channel", "instanceId": "i-*"})),
            "input.wants[0].instanceId",
        ),
    ] {
        let error = call(input.clone()).unwrap_err();
        assert_eq!(error.path.as_deref(), Some(path), "{input} {error:?}");
    }
}

#[test]
fn lists_name_what_there_is() {
    let capabilities = list_capabilities();
    assert_eq!(capabilities.len(), 63);
    let is_listed = |id: &str| capabilities.iter().any(|capability| capability.id == id);
    // Half of a shell start is nothing that a person wants.
    assert!(is_listed("operator.start-shell") && !is_listed("operator.start-shell-doc"));
    let kms = capabilities.iter().find(|capability| capability.id == "node.session-kms").unwrap();
    assert_eq!(
        (kms.side, kms.actions.as_slice(), kms.needs.as_slice()),
        ("node", ["kms:Decrypt"].as_slice(), ["node.channel"].as_slice())
    );
    assert!(kms.values.contains(&"kmsKeyArn"), "{:?}", kms.values);
    let policies = list_managed_policies();
    let in_part = policies.iter().filter(|policy| policy.document.is_none());
    assert_eq!(in_part.map(|policy| policy.name).collect::<Vec<_>>(), ["ReadOnlyAccess"]);
    let denial = policies.iter().find(|policy| policy.name == "AWSDenyAll").unwrap();
    assert!(denial.document.unwrap().contains(r#""Effect":"Deny""#));
    assert!(policies
        .iter()
        .any(|policy| policy.arn == "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM"));
}

#[test]
fn commands_are_asked_about_on_node_and_document() {
    let send = |resources: &[&str]| {
        json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": "ssm:SendCommand", "Resource": resources},
            {"Effect": "Allow", "Action": "ssm:GetCommandInvocation", "Resource": "*"},
        ]})
    };
    let nodes = "arn:aws:ec2:us-east-2:111122223333:instance/*";
    let shell = "arn:aws:ssm:us-east-2::document/AWS-RunShellScript";
    let windows = "arn:aws:ssm:*::document/AWS-RunPowerShellScript";
    let own = "arn:aws:ssm:us-east-2:111122223333:document/Patch";
    let none: Option<&str> = None;
    let mut problems = Vec::new();
    for (resources, document, expected) in [
        (vec![nodes], none, "fails"),
        // Which document is meant is not said.
        (vec![nodes, shell], none, "unknown"),
        (vec![nodes, shell], Some("AWS-RunShellScript"), "works"),
        (vec![nodes, own], none, "unknown"),
        (vec![nodes, own], Some("Patch"), "works"),
        (vec![nodes, own], Some("Other"), "fails"),
        (vec![nodes, windows], Some("AWS-RunPowerShellScript"), "works"),
        (vec![nodes, windows], Some("AWS-RunShellScript"), "fails"),
    ] {
        let mut want = json!({"capability": "operator.run-command", "region": "us-east-2",
            "accountId": "111122223333"});
        if let Some(document) = document {
            want["documentName"] = json!(document);
        }
        let answer = call(json!({"documents": [send(&resources)], "wants": [want]})).unwrap();
        let result = &answer["capabilities"][0]["result"];
        if result != expected {
            problems.push(format!("{resources:?} {document:?}: {result} and not {expected}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let want =
        json!({"capability": "operator.custom-document", "documentName": "AWS-StartSSHSession"});
    let error = call(json!({"documents": [], "wants": [want]})).unwrap_err();
    assert_eq!(error.path.as_deref(), Some("input.wants[0].documentName"));
}

#[test]
fn what_works_without_a_call_says_who_needs_it() {
    let policy = json!({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:StartSession",
        "Resource": "*"}});
    let want = json!({"capability": "operator.start-shell"});
    let answer = call(json!({"documents": [policy], "wants": [want]})).unwrap();
    let shell = &answer["capabilities"][0];
    assert_eq!(shell["result"], "works");
    let reasons = shell["reasons"].as_array().unwrap();
    let told = reasons.iter().filter_map(|reason| reason["message"].as_str());
    let channel: Vec<_> = told.filter(|message| message.contains("OpenDataChannel")).collect();
    let [message] = channel.as_slice() else { panic!("{shell:#}") };
    assert!(message.contains("plugin 1.2.764.0 and later"), "{message}");
}
