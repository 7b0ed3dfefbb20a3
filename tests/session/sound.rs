//! What is always so of what a builder builds.

use std::collections::BTreeSet;

use postern::finding::Finding;
use postern::json::{parse, Node};
use postern::rules::PolicyKind;
use postern::validate::{validate, Options};
use serde_json::Value as Json;

use crate::contract::builders::{build, Built};

/// What is checked of what a call builds: the kind of policy and the type of the resource; `None` where a call builds
/// no policy.
fn checked_as(call: &str) -> Option<(PolicyKind, Option<&'static str>)> {
    Some(match call {
        "node" | "operator" => (PolicyKind::Identity, None),
        "trust-policy" => (PolicyKind::RoleTrust, Some("AWS::IAM::AssumeRolePolicyDocument")),
        "host-management-guard" | "session-guard" => (PolicyKind::ServiceControl, None),
        "session-key-policy" | "log-bucket-key-policy" | "log-group-key-policy" => {
            (PolicyKind::Resource, Some("AWS::KMS::Key"))
        }
        "bucket-policy" => (PolicyKind::Resource, Some("AWS::S3::Bucket")),
        "endpoint-policy" => (PolicyKind::Resource, None),
        _ => return None,
    })
}

/// Everything that is wrong with what these options build.
pub fn problems(call: &str, options: &Json) -> Vec<String> {
    let built = match build(call, options) {
        Ok(Built::Policy(built)) => built,
        Ok(Built::Document(built)) => return wrong_words(&built.command),
        // Options that do not go together; each is named, and none has a wrong type.
        Err(error) if error.code != "INVALID_ARGUMENT" && error.path.is_some() => {
            return Vec::new()
        }
        Err(error) => return vec![format!("{error:?}")],
    };
    let mut problems = Vec::new();
    let parsed: Json = serde_json::from_str(&built.json).unwrap();
    if serde_json::to_value(built.policy.to_plain()).unwrap() != parsed {
        problems.push("policy and json differ".to_owned());
    }
    keys_twice(parse(&built.json).root.as_ref().unwrap(), &mut problems);
    let counted = match call {
        "endpoint-policy" | "host-management-guard" | "session-guard" => built.json.chars().count(),
        _ => parsed.to_string().chars().count(),
    };
    if built.characters != counted {
        problems.push(format!("{} characters, and not {counted}", built.characters));
    }
    let says_too_long = built.notes.iter().any(|note| note.code == "OVER_QUOTA");
    if says_too_long != (built.characters > built.quota) {
        problems.push(format!("{} of {} characters", built.characters, built.quota));
    }
    let (kind, resource_type) = checked_as(call).unwrap();
    let checked = Options { kind, resource_type, lone_surrogate: None, identity_policy: None };
    validate(&built.json, checked, |_, findings| {
        for finding in findings {
            // AWS's text has a word where the ARN goes, and a note says so.
            let is_placeholder = finding.details.starts_with("key-name ")
                && built.notes.iter().any(|note| note.code == "KEY_NAME_PLACEHOLDER");
            let is_too_long = finding.code.starts_with("POLICY_SIZE_") && says_too_long;
            if !is_placeholder && !is_too_long && !stays(call, options, &finding) {
                problems.push(format!("{}: {}", finding.code, finding.details));
            }
        }
    });
    problems
}

/// Whether a finding stays in what a builder writes, and why.
fn stays(call: &str, options: &Json, finding: &Finding) -> bool {
    let has = |path: &str| options.pointer(path).is_some_and(|value| !value.is_null());
    let is = |path: &str, value: &str| options.pointer(path).is_some_and(|found| found == value);
    let is_of_guide = matches!(call, "node" | "operator") && !is("/scope", "least-privilege");
    match finding.code {
        // The encryption context names the group, and with it the account, which the check does not look at:
        // CloudWatch Logs is not known to send a source with its requests.
        "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL" => call == "log-group-key-policy",
        // What the options name: the account and the owner are those of AWS's examples, of several keys one is all of
        // an account, and a subject of GitHub is an environment.
        "POSTERN_EXAMPLE_ACCOUNT_ID" => true,
        "POSTERN_PLACEHOLDER" => has("/endSessions/ownerId"),
        // Where no account is named, all documents are those of every account, also those of AWS.
        "REDUNDANT_RESOURCE" => {
            finding.details.contains(":key/*")
                || (finding.details.contains(":*:document/*") && !has("/accountId"))
        }
        "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED" => has("/githubSubjects"),
        // AWS asks this of every audience; a token of GitHub has one.
        "CONFIRM_AUDIENCE_CLAIM_TYPE" => has("/githubSubjects"),
        // Any session, written as the other keys of the encryption context are.
        "EQUIVALENT_TO_NULL_FALSE" => finding.details.contains("aws:ssm:SessionId"),
        // Asked for: a policy for users of IAM, or the owner by a name that AWS's guide has.
        "SESSION_OWN_BY_USER_NAME" => {
            is_of_guide || is("/identity", "iam-user") || is("/endSessions/whose", "user-name")
        }
        "SESSION_OWN_BY_USER_ID" => is_of_guide || is("/endSessions/whose", "user-id"),
        // Asked for: a policy beside another that has the heartbeat, which a note says; and tasks send none.
        "SESSION_CHANNEL_WITHOUT_HEARTBEAT" => {
            options.pointer("/heartbeat") != Some(&true.into())
                || options["kinds"].to_string().contains("ecs")
        }
        // AWS's text is printed as it is.
        "SESSION_DOCUMENT_NOT_NAMED"
        | "SESSION_MISSING_CLUSTER_OR_TASK"
        | "SESSION_MISSING_DOCUMENT" => is_of_guide,
        _ => false,
    }
}

/// Keys of an object that stand there again, perhaps in another case.
fn keys_twice(node: &Node, problems: &mut Vec<String>) {
    let mut known = BTreeSet::new();
    for member in node.as_object().into_iter().flatten() {
        if !known.insert(member.key.text.to_ascii_lowercase()) {
            problems.push(format!("{} stands twice", member.key.text));
        }
        keys_twice(&member.value, problems);
    }
    for element in node.as_array().into_iter().flatten() {
        keys_twice(element, problems);
    }
}

/// Words of a command that a shell or the AWS CLI would not take as they are meant.
fn wrong_words(command: &str) -> Vec<String> {
    let mut problems = Vec::new();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=".contains(c);
    let mut takes_value = false;
    for word in command.split(' ') {
        let text = word.strip_prefix('\'').and_then(|text| text.strip_suffix('\''));
        let is_quoted = text.is_some_and(|text| !text.contains('\''));
        let is_option = word.starts_with('-');
        if !is_quoted && (word.is_empty() || !word.chars().all(is_plain))
            || takes_value && is_option
        {
            problems.push(format!("{word} in {command}"));
        }
        takes_value = is_option && !word.contains('=');
    }
    problems
}
