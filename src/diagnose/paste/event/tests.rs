//! Events as CloudTrail writes them.

use super::super::tests::{items, kinds, percent, POLICY};
use super::super::{find_policies, read, Kind};

const OF_RESOURCE: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*"}]}"#;

fn event(service: &str, name: &str, parameters: &str) -> String {
    format!(
        r#"{{"eventVersion":"1.08","eventSource":"{service}.amazonaws.com","eventName":"{name}","requestParameters":{parameters},"responseElements":null}}"#
    )
}

#[test]
fn the_policy_of_an_event_is_found_whatever_its_field_is_called_and_is_what_the_call_makes_it() {
    let (quoted, resource) = (&crate::json::quote(POLICY), &crate::json::quote(OF_RESOURCE));
    for (service, name, parameters, kind, expected, field) in [
        (
            "iam",
            "PutUserPolicy",
            format!(r#"{{"userName":"u","policyName":"p","policyDocument":{quoted}}}"#),
            Kind::InlinePolicy,
            "policy 1 as p of u",
            "policyDocument",
        ),
        (
            "iam",
            "CreateRole",
            format!(r#"{{"roleName":"r","assumeRolePolicyDocument":{resource}}}"#),
            Kind::TrustPolicy,
            "trust 1 as trust policy of r",
            "assumeRolePolicyDocument",
        ),
        (
            "iam",
            "UpdateAssumeRolePolicy",
            format!(r#"{{"roleName":"r","policyDocument":{resource}}}"#),
            Kind::TrustPolicy,
            "trust 1 as trust policy of r",
            "policyDocument",
        ),
        (
            "iam",
            "CreatePolicy",
            format!(r#"{{"policyName":"p","policyDocument":{quoted}}}"#),
            Kind::PolicyVersion,
            "version 1 as p",
            "policyDocument",
        ),
        (
            "iam",
            "CreatePolicyVersion",
            format!(
                r#"{{"policyArn":"arn:aws:iam::111122223333:policy/a/p","policyDocument":{quoted},"setAsDefault":true}}"#
            ),
            Kind::PolicyVersion,
            "version 1 as p",
            "policyDocument",
        ),
        (
            "s3",
            "PutBucketPolicy",
            format!(r#"{{"bucketName":"b","bucketPolicy":{OF_RESOURCE}}}"#),
            Kind::ResourcePolicy,
            "policy 1",
            "bucketPolicy/Statement/0",
        ),
        (
            "kms",
            "PutKeyPolicy",
            format!(r#"{{"keyId":"x","policyName":"default","policy":{resource}}}"#),
            Kind::ResourcePolicy,
            "policy 1",
            "policy",
        ),
        (
            "sqs",
            "SetQueueAttributes",
            format!(r#"{{"attributes":{{"DelaySeconds":"1","Policy":{resource}}}}}"#),
            Kind::ResourcePolicy,
            "policy 1",
            "attributes/Policy",
        ),
        (
            "ec2",
            "CreateVpcEndpoint",
            format!(r#"{{"CreateVpcEndpointRequest":{{"PolicyDocument":"{}"}}}}"#, percent(POLICY)),
            Kind::Policy,
            "policy 1",
            "CreateVpcEndpointRequest/PolicyDocument",
        ),
        (
            "sts",
            "AssumeRole",
            format!(r#"{{"roleArn":"arn:aws:iam::111122223333:role/r","policy":{quoted}}}"#),
            Kind::Policy,
            "limit 1",
            "policy",
        ),
        (
            "organizations",
            "UpdatePolicy",
            format!(r#"{{"policyId":"p-a","name":"Scp","content":{quoted}}}"#),
            Kind::OrganizationPolicy,
            "limit 1 as Scp",
            "content",
        ),
    ] {
        let one = event(service, name, &parameters);
        let string = crate::json::quote(&one);
        let inside = format!("requestParameters/{field}");
        for (text, pointer) in [
            (one.clone(), format!("/{inside}")),
            (format!("It was this:\n{one}\nThanks."), format!("/{inside}")),
            (format!(r#"{{"Records":[{one}]}}"#), format!("/Records/0/{inside}")),
            (format!(r#"{{"version":"0","detail":{one}}}"#), format!("/detail/{inside}")),
            (
                format!(r#"{{"Events":[{{"EventId":"a","CloudTrailEvent":{string}}}]}}"#),
                "/Events/0/CloudTrailEvent".to_owned(),
            ),
        ] {
            let mut pasted = read(&text);
            assert_eq!(kinds(&pasted), [kind], "{text}\n{:?}", pasted.seen);
            let call = format!("{service}:{name}.");
            assert!(pasted.seen[0].message.ends_with(&call), "{}", pasted.seen[0].message);
            assert_eq!(items(&pasted), [expected], "{text}");
            let [place] = pasted.items[0].what.places() else { panic!("{text}") };
            assert_eq!(place.pointer, pointer, "{text}");
            let written = text.get(place.span.start..place.span.end).unwrap();
            assert!(written.contains("Decrypt") && !written.contains("Version"), "{written}");
            assert_eq!(find_policies(&text).0.len(), 1, "{text}");
        }
    }
}

#[test]
fn events_tell_boundaries_versions_that_are_not_in_force_and_statements_that_a_service_makes() {
    let quoted = &crate::json::quote(POLICY);
    let bounded = event(
        "iam",
        "CreateRole",
        r#"{"roleName":"r","permissionsBoundary":"arn:aws:iam::111122223333:policy/B","assumeRolePolicyDocument":"{\"Statement\":[}"}"#,
    );
    let pasted = read(&bounded);
    assert_eq!(items(&pasted), ["boundary arn:aws:iam::111122223333:policy/B of r"]);
    assert_eq!(kinds(&pasted), [Kind::Broken]);
    let later = format!(r#"{{"policyArn":"a/p","policyDocument":{quoted},"setAsDefault":false}}"#);
    let pasted = read(&event("iam", "CreatePolicyVersion", &later));
    assert!(pasted.seen[0].message.contains("not the default version"), "{:?}", pasted.seen);
    let statement =
        r#"{"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"*"}"#;
    let added = format!(
        r#"{{"eventSource":"lambda.amazonaws.com","eventName":"AddPermission20150331v2","requestParameters":{{"action":"a"}},"responseElements":{{"statement":{}}}}}"#,
        crate::json::quote(statement)
    );
    let mut pasted = read(&added);
    assert_eq!(items(&pasted), ["policy 1"], "{:?}", pasted.seen);
    assert_eq!(pasted.items[0].what.places()[0].pointer, "/responseElements/statement");
}
