//! Sentences quote policies and messages of others: what nobody sees is an escape in them, and stays in data.

use postern::api::{self, PolicyText, Value};
use postern::text::is_unseen;
use serde::Serialize;
use serde_json::{json, Value as Json};

/// Moves the cursor of a terminal, ends a line, turns the direction of writing, and is not shown at all.
const NASTY: &str = "\u{1b}[2J\n\u{9b}1m\u{202e}\u{2066}\u{200b}\u{e0041}";

/// The fields of the wire that hold sentences.
const SENTENCES: [&str; 7] =
    ["findingDetails", "help", "title", "message", "meaning", "description", "assumptions"];

fn argument(value: Json) -> Value<'static> {
    serde_json::from_value(value).unwrap()
}

fn text_of(policy: &Json) -> PolicyText {
    PolicyText { text: policy.to_string(), lone_surrogate: None }
}

/// A policy with the text in each place that a sentence may quote.
fn policy() -> Json {
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": format!("Sid{NASTY}"), "Effect": "Allow",
                "Action": [format!("ssm:StartSession{NASTY}"), format!("ssm{NASTY}:x"), "ssm:StartSession", "ssm:StartSession"],
                "Resource": [format!("arn:aws:ssm:*:*:document/{NASTY}"), format!("arn:aws:s3:::{NASTY}*"), NASTY],
                "Condition": {
                    (format!("StringLike{NASTY}")): {"aws:username": "a"},
                    "StringEquals": {
                        (format!("aws:ResourceTag/{NASTY}")): NASTY, (format!("ssm:{NASTY}")): [NASTY, format!("${{{NASTY}}}")],
                    },
                },
                (format!("Element{NASTY}")): 1,
            },
            {"Effect": NASTY, "Action": "*", "Resource": "*"},
        ],
    })
}

/// A policy that IAM would take, with the text in it.
fn sound() -> Json {
    json!({
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "Some", "Effect": "Allow", "Action": ["ssm:StartSession", format!("s3:Get{NASTY}*")],
                "Resource": [format!("arn:aws:ssm:*:*:document/{NASTY}"), format!("arn:aws:s3:::{NASTY}/*")],
                "Condition": {"StringLike": {(format!("aws:ResourceTag/{NASTY}")): format!("v{NASTY}*")}},
            },
            {"Effect": "Deny", "Action": format!("ssm:Send{NASTY}*"), "Resource": format!("arn:aws:s3:::{NASTY}")},
        ],
    })
}

/// Adds the sentences in an answer that hold what nobody sees; how many sentences there are.
fn look(call: &str, answer: &Json, is_sentence: bool, problems: &mut Vec<String>) -> usize {
    match answer {
        Json::String(text) if is_sentence => {
            if text.contains(is_unseen) {
                problems.push(format!("{call}: {text:?}"));
            }
            1
        }
        Json::Array(all) => all.iter().map(|one| look(call, one, is_sentence, problems)).sum(),
        Json::Object(fields) => fields
            .iter()
            .map(|(name, one)| look(call, one, SENTENCES.contains(&name.as_str()), problems))
            .sum(),
        _ => 0,
    }
}

fn wire<T: Serialize>(result: Result<T, api::Error>) -> Json {
    match result {
        Ok(answer) => serde_json::to_value(answer).unwrap(),
        Err(error) => serde_json::to_value(error).unwrap(),
    }
}

#[test]
fn what_nobody_sees_is_an_escape_in_every_sentence() {
    let (broken, sound) = (policy(), sound());
    let value = |policy: &Json| argument(policy.clone());
    let request = json!({
        "principal": "arn:aws:iam::111122223333:role/app", "action": "ssm:StartSession",
        "resource": format!("arn:aws:ssm:us-east-1:111122223333:document/{NASTY}"),
        "context": {(format!("aws:ResourceTag/{NASTY}")): format!("v{NASTY}")},
    });
    let policies = json!({"identity": [{"name": format!("p{NASTY}"), "document": sound}]});
    let message = format!("User: arn:aws:iam::111122223333:user/{NASTY} is not authorized to perform: ssm:Start{NASTY} on resource: {NASTY}");
    let pasted = json!({
        "documents": [{"name": format!("p{NASTY}"), "text": sound.to_string()}, format!("arn:aws:iam::111122223333:policy/{NASTY}"), broken.to_string()],
        "wants": [{"capability": "operator.start-shell"}],
    });
    let access = argument(json!([{"actions": ["s3:GetObject"], "resources": []}]));
    let everything = argument(json!({"Version": "2012-10-17", "Statement": []}));
    let options = argument(json!({"documents": [NASTY], (NASTY): 1}));
    let denied = argument(json!({"policies": policies, "request": request}));
    let answers = [
        ("validatePolicy", wire(api::validate_policy(&text_of(&broken), None))),
        ("validatePolicy, sound", wire(api::validate_policy(&text_of(&sound), None))),
        (
            "describePolicy",
            wire(api::describe_policy(&value(&sound)).map(|all| json!({"message": all}))),
        ),
        ("evaluate", wire(api::evaluate(&denied))),
        ("diagnoseRole", wire(api::diagnose_role(&argument(pasted)))),
        (
            "explainError",
            wire(Ok(api::explain_error(&PolicyText { text: message, lone_surrogate: None }))),
        ),
        ("compareAccess", wire(api::compare_access(&everything, &value(&sound), None))),
        (
            "checkAccessNotGranted",
            wire(api::check_access_not_granted(&value(&sound), &access, None)),
        ),
        ("buildOperatorPolicy", wire(api::build_operator_policy(Some(&options)))),
        ("an argument that is refused", wire(api::describe_policy(&value(&broken)).map(|_| ()))),
    ];
    let mut problems = Vec::new();
    for (call, answer) in &answers {
        if look(call, answer, false, &mut problems) == 0 {
            problems.push(format!("{call}: no sentence in {answer}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    // Data are what somebody wrote.
    let (_, findings) = &answers[0];
    let element = format!("Element{NASTY}");
    let keys = findings.as_array().unwrap().iter().flat_map(|finding| {
        finding["locations"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|at| at["path"][2]["key"].as_str())
    });
    assert!(keys.into_iter().any(|key| key == element), "{findings}");
    let details = findings.as_array().unwrap().iter().map(|finding| &finding["findingDetails"]);
    let escaped = "Element\\u{1b}[2J\\n\\u{9b}1m\\u{202e}\\u{2066}\\u{200b}\\u{e0041}";
    assert!(
        details.into_iter().any(|details| details.as_str().unwrap().contains(escaped)),
        "{findings}"
    );
}
