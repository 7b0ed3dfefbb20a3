//! What is said of a reason behind a step that is known: whose call it was, and no more than the words tell.

use postern::diagnose::explain_error;

use super::{shown, Expected, NODE};

const CHANNEL: &str = "Setting up data channel with id jo-0a1b failed";

/// A step and what stands behind it; code, cause and actions.
const REASONS: &[(&str, Expected)] = &[
    // No reason, and a refusal: the permission of the step.
    ("failed to open data channel", ("DATA_CHANNEL_NOT_OPENED", "denied", &["ssmmessages:OpenDataChannel"])),
    ("Failed to get controlchannel token, error: CreateControlChannel failed with error: createControlChannel request failed: unexpected response from the service", ("CONTROL_CHANNEL_NOT_CREATED", "denied", &["ssmmessages:CreateControlChannel"])),
    ("Failed to upload shell session logs to S3\nsee the console", ("SESSION_LOG_NOT_UPLOADED", "denied", &["s3:PutObject"])),
    ("Health ping failed with error - \n\tstatus code: 400, request id: 1f", ("HEARTBEAT_FAILED", "denied", &["ssm:UpdateInstanceInformation"])),
    ("Health ping failed with error - You are not authorized", ("HEARTBEAT_FAILED", "denied", &["ssm:UpdateInstanceInformation"])),
    ("Fetching data key failed: Unable to retrieve data key", ("DATA_KEY_NOT_RETRIEVED", "denied", &["kms:Decrypt"])),
    // Words that are no refusal, and a code that is none.
    ("Health ping failed with error - the moon is full", ("OTHER_REASON", "unknown", &[])),
    ("Health ping failed with error - \nthe moon is full", ("OTHER_REASON", "unknown", &[])),
    ("Failed to open data channel because its permissions are odd", ("OTHER_REASON", "unknown", &[])),
    ("Error when decrypting data key FancyException: the moon is full", ("OTHER_REASON", "unknown", &[])),
    ("Error in PutLogEvents: connection closed by the other side", ("OTHER_REASON", "not_iam", &[])),
    ("Failed to upload shell session logs to S3: unexpected EOF", ("OTHER_REASON", "not_iam", &[])),
    ("Error calling KMS GenerateDataKey API: InvalidFanException: x", ("OTHER_REASON", "not_iam", &[])),
    ("An error occurred (MethodNotOpen) when calling the GetBucketEncryption operation", ("OTHER_REASON", "unknown", &[])),
    // Codes and calls by themselves: a value is one thing, what is not known another.
    ("FancyException: the moon is full", ("OTHER_CODE", "unknown", &[])),
    ("FancyException: the policy of the moon is not found", ("OTHER_CODE", "unknown", &[])),
    ("FancyException: the moon is not found", ("OTHER_CODE", "not_iam", &[])),
    ("An error occurred (ClientException) when calling the ExecuteCommand operation: the moon is full", ("CALL_FAILED", "unknown", &[])),
    ("An error occurred (ClientException) when calling the ExecuteCommand operation: too many moons", ("CALL_FAILED", "not_iam", &[])),
    // The step tells which call of KMS was not allowed.
    ("Error calling KMS GenerateDataKey API: AccessDeniedException: The ciphertext refers to a customer master key that does not exist", ("KEY_NOT_ACCESSIBLE", "unknown", &["kms:GenerateDataKey"])),
    ("Error when decrypting data key AccessDeniedException: The ciphertext refers to a customer master key that does not exist", ("KEY_NOT_ACCESSIBLE", "unknown", &["kms:Decrypt"])),
    ("The instance you selected isn't configured to use Session Manager", ("NODE_NOT_CONFIGURED", "unknown", &["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel", "ssm:UpdateInstanceInformation"])),
];

#[test]
fn a_permission_is_named_only_where_the_reason_is_a_refusal_or_none_is_told() {
    let mut problems = Vec::new();
    let because = format!("{CHANNEL} because an incorrect command attempted to execute");
    let rows = REASONS.iter().map(|(text, expected)| ((*text).to_owned(), *expected));
    let rows = rows.chain([
        (because, ("OTHER_REASON", "not_iam", &[] as &[&str])),
        (
            CHANNEL.to_owned(),
            ("DATA_CHANNEL_NOT_CREATED", "denied", &["ssmmessages:CreateDataChannel"]),
        ),
    ]);
    for (text, (code, cause, actions)) in rows {
        let found = explain_error(&text);
        let all: Vec<_> = found.iter().map(shown).collect();
        if all != [(code, cause, actions.to_vec())] {
            problems
                .push(format!("{text}\n  expected {code} {cause} {actions:?}\n  found {all:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn no_more_is_claimed_of_a_code_than_is_known() {
    for text in [
        "FancyException: the moon is full",
        "An error occurred (FancyException) when calling the StartSession operation: x",
        "Error in PutLogEvents: FancyException: x",
    ] {
        let found = explain_error(text);
        let meaning = &found[0].meaning;
        assert!(
            meaning.contains("FancyException, which is not the code of a refusal"),
            "{meaning}"
        );
        assert!(!meaning.contains("no policy is the cause"), "{meaning}");
    }
    let words = explain_error("Health ping failed with error - the moon is full.");
    assert!(
        words[0].meaning.ends_with("words that are not known here: the moon is full."),
        "{}",
        words[0].meaning
    );
    assert!(words[0].help.contains("Read what stands behind it"), "{}", words[0].help);
}

#[test]
fn whose_call_of_kms_it_was_is_said_wherever_the_step_tells() {
    let denied = "AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/R/x is not authorized to perform: kms:ACTION on resource: arn:aws:kms:us-east-1:111122223333:key/1a because no identity-based policy allows it";
    let node = "Error when decrypting data key";
    let person = "Error calling KMS GenerateDataKey API:";
    for (step, action, who) in [
        (node, "Decrypt", "the role of the node"),
        (person, "GenerateDataKey", "the person who starts the session"),
    ] {
        for reason in [
            "AccessDeniedException: The ciphertext refers to a customer master key that does not exist",
            "AccessDeniedException: Access to KMS is not allowed",
            &denied.replace("ACTION", action),
            "AccessDeniedException",
        ] {
            let help = &explain_error(&format!("{step} {reason}"))[0].help;
            let whose = [who.to_owned(), who.replacen("the", "to the", 1)];
            assert!(whose.iter().any(|who| help.contains(who.as_str())), "{step} {reason}: {help}");
            assert!(help.contains(&format!("kms:{action}")), "{help}");
        }
    }
    let nobody =
        explain_error("Session terminated: AccessDeniedException: Access to KMS is not allowed");
    assert!(nobody[0].help.contains("to the caller"), "{}", nobody[0].help);
}

#[test]
fn what_to_look_at_when_a_node_is_not_connected_stands_in_one_place() {
    let table = include_str!("../../src/data/messages.txt");
    assert_eq!(table.matches("1. Role, where it is a matter of IAM").count(), 1);
    let help = |text: &str| explain_error(text)[0].help.clone();
    let first = help("i-0a is not connected.");
    for (text, code) in [
        ("Instances [[i-0a]] not in a valid state for account 111122223333", "NODE_NOT_MANAGED"),
        ("The instance is not configured for use with AWS Systems Manager", "NODE_NOT_CONFIGURED"),
        ("SSM Agent is not online", "AGENT_OFFLINE"),
    ] {
        let found = explain_error(text);
        assert_eq!((found[0].code, &found[0].help), (code, &first));
        assert_eq!(found[0].permissions.len(), NODE.len());
    }
}

#[test]
fn who_brings_a_token_is_told_of_the_trust_policy_alone() {
    for action in ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"] {
        for text in [
            format!("Error: Could not assume role with OIDC: Not authorized to perform {action}"),
            format!("User: anonymous is not authorized to perform: {action} on resource: *"),
        ] {
            let found = explain_error(&text);
            assert_eq!((found.len(), found[0].code), (1, "ACCESS_DENIED"), "{text}");
            let help = &found[0].help;
            assert!(help.contains("trust policy of the role allow"), "{help}");
            assert!(!help.contains("in a policy of"), "{help}");
        }
    }
}

/// A step that failed and says no reason is taken for refused; not where another line says that AWS is not reached.
#[test]
fn a_step_that_says_no_reason_is_not_refused_where_aws_is_not_reached() {
    let step = "2024-01-01 ERROR [CredentialRefresher] Retrieve credentials produced error: unexpected error getting instance profile role credentials or calling UpdateInstanceInformation. Skipping default host management fallback: retrieved credentials failed to report to ssm.";
    let codes =
        |text: &str| -> Vec<_> { explain_error(text).into_iter().map(|one| one.code).collect() };
    assert_eq!(codes(step), ["INSTANCE_PROFILE_WITHOUT_HEARTBEAT"]);
    let network = "2024-01-01 ERROR [Registrar] error calling RegisterManagedInstance API: RequestError: send request failed";
    for text in [format!("{network}\n{step}"), format!("{step}\n{network}")] {
        assert_eq!(codes(&text), ["NOT_REACHED"], "{text}");
    }
    let refused = step.replace("report to ssm.", "report to ssm: AccessDeniedException");
    let both = format!("{network}\n{refused}");
    assert_eq!(codes(&both), ["NOT_REACHED", "INSTANCE_PROFILE_WITHOUT_HEARTBEAT"]);
    let harmless = "2024-01-01 ERROR error occurred fetching the seelog config file path";
    assert_eq!(codes(&format!("{harmless}\n{step}")), ["INSTANCE_PROFILE_WITHOUT_HEARTBEAT"]);
}
