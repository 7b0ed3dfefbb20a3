//! Messages about policies of resources: which of them refused a call, and why a service does not take one.

use postern::diagnose::explain_error;

use super::shown;

/// How AWS words that it does not take a policy; the code, and a word that its help must have.
const NOT_TAKEN: &[(&str, &str, &str)] = &[
    ("An error occurred (MalformedPolicyDocumentException) when calling the PutKeyPolicy operation: The new key policy will not allow you to update the key policy in the future.", "KEY_POLICY_LOCKS_OUT", "BypassPolicyLockoutSafetyCheck"),
    ("Error: updating KMS Key (1234abcd): updating policy: MalformedPolicyDocumentException: \n\nPolicy contains a statement with one or more invalid principals.", "POLICY_PRINCIPAL_REFUSED", "deleted"),
    ("Policy contains a statement with one or more invalid principals. (Service: Kms, Status Code: 400, Request ID: 4ae49104, Extended Request ID: null)", "POLICY_PRINCIPAL_REFUSED", "deleted"),
    ("api error MalformedPolicy: Invalid principal in policy", "POLICY_PRINCIPAL_REFUSED", "deleted"),
    ("An error occurred (MalformedPolicyDocument) when calling the CreateRole operation: Invalid principal in policy: \"AWS\":\"arn:aws:iam::111122223333:role/gone\"", "POLICY_PRINCIPAL_REFUSED", "deleted"),
    ("An error occurred (MalformedPolicyDocumentException) when calling the PutResourcePolicy operation: This resource policy contains an unsupported principal.", "POLICY_PRINCIPAL_REFUSED", "deleted"),
    ("An error occurred (InvalidParameter) when calling the SetTopicAttributes operation: Invalid parameter: Policy Error: PrincipalNotFound", "POLICY_PRINCIPAL_REFUSED", "deleted"),
    ("An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Policies must be valid JSON and the first byte must be '{'", "POLICY_NOT_JSON", "file://"),
    ("An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Policy has invalid resource", "POLICY_RESOURCE_REFUSED", "arn:aws:s3:::NAME/*"),
    ("An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Policy has invalid action", "POLICY_ACTION_REFUSED", "s3:"),
    ("An error occurred (InvalidParameter) when calling the SetTopicAttributes operation: Invalid parameter: Policy statement action out of service scope!", "POLICY_ACTION_REFUSED", "SNS:"),
    ("PutBucketPolicy, https response error StatusCode: 400, RequestID: TG, HostID: 1G, api error MalformedPolicy: Action does not apply to any resource(s) in statement", "POLICY_ACTION_WITHOUT_RESOURCE", "s3:ListBucket"),
    ("An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Conditions do not apply to combination of actions and resources in statement", "POLICY_CONDITION_REFUSED", "s3:prefix"),
    ("https response error StatusCode: 400, RequestID: c81301a5, InvalidAttributeValue: Invalid value for the parameter Policy.", "POLICY_OF_RESOURCE_REFUSED", "SQS"),
    ("SNSTopicPolicy - Invalid parameter: Policy Error: null (Service: AmazonSNS; Status Code: 400; Error Code: InvalidParameter; Request ID: 38a567df)", "POLICY_OF_RESOURCE_REFUSED", "Principal"),
    ("An error occurred (MalformedPolicyDocument) when calling the PutRolePolicy operation: Syntax errors in policy.", "POLICY_MALFORMED", "comma"),
];

#[test]
fn what_is_wrong_in_a_policy_is_told_by_what_the_service_says() {
    let mut problems = Vec::new();
    for (text, code, word) in NOT_TAKEN {
        let found = explain_error(text);
        let all: Vec<_> = found.iter().map(shown).collect();
        let helps = found.iter().all(|one| one.help.contains(word));
        if all != [(*code, "not_iam", vec![])] || !helps {
            problems.push(format!("{text}\n  expected {code}\n  found {found:?}"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_mistake_in_a_policy_of_a_resource_is_shown_with_its_place() {
    let text = r#"An error occurred (MalformedPolicy) when calling the PutBucketPolicy operation: Policy has invalid resource
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
  "Resource": "example-bucket/*"}]}"#;
    let found = explain_error(text);
    let meaning = &found.first().expect("an explanation").meaning;
    assert!(meaning.contains("In the policy, line 3, column 15: "), "{meaning}");
    assert!(!meaning.contains("Principal"), "the policy of a bucket has one: {meaning}");
}

const REFUSED: &str = "User: arn:aws:sts::111122223333:assumed-role/node/i-0abc is not authorized to perform: kms:Decrypt";

/// What stands behind `kms:Decrypt`; the cause and the layer, and words that the meaning must have.
const BEHIND: &[(&str, &str, Option<&str>, &str)] = &[
    ("on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action", "implicit_deny", Some("identity"), "since no identity-based policy allows it"),
    ("on the resource associated with this ciphertext because no\nresource-based policy allows the kms:Decrypt action", "implicit_deny", Some("resource"), "since no resource-based policy allows it"),
    ("on the resource associated with this ciphertext with an explicit deny in a service control policy", "explicit_deny", Some("scp"), "a statement in a service control policy denies it"),
    ("on the resource associated with this ciphertext because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access", "unknown", None, "in this Region"),
    ("on resource: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access", "unknown", None, "in this Region"),
    // No reason, and one that belongs to another sentence.
    ("on the resource associated with this ciphertext", "denied", None, "does not say which policy decided"),
    ("on the resource associated with this ciphertext. The build failed because no identity-based policy allows it", "denied", None, "does not say which policy decided"),
    ("for the key because no one cares", "denied", None, "does not say which policy decided"),
];

#[test]
fn kms_says_which_policy_decided_also_of_a_ciphertext() {
    let mut problems = Vec::new();
    for (behind, cause, layer, words) in BEHIND {
        let text = format!("{REFUSED} {behind}");
        let found = explain_error(&text);
        let [one] = found.as_slice() else {
            problems.push(format!("{text}: {found:?}"));
            continue;
        };
        let is_so = (one.code, one.cause.name(), one.layer.map(|layer| layer.name()))
            == ("ACCESS_DENIED", *cause, *layer);
        let is_named = one.permissions.iter().any(|permission| permission.action == "kms:Decrypt");
        if !is_so || !is_named || !one.meaning.contains(words) {
            problems.push(format!("{text}\n  found {one:?}"));
        }
        if *cause == "unknown" && !(one.help.contains("Region") && one.help.contains("key policy"))
        {
            problems.push(format!("{text}\n  help {}", one.help));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
