//! POSTERN_SECRET_IN_POLICY.

use crate::aws::{find_secret, may_have_secret, Secret};
use crate::finding::FindingType;
use crate::json::{Node, Place, Text, Value};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_SECRET_IN_POLICY",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "Secret in a policy",
    why: "A policy is no secret: everybody who may look at it, at its history or at the code that makes it reads what stands in it.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Sid": "AKIAIOSFODNN7EXAMPLE", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}"#,
    source: Source::Page("https://docs.aws.amazon.com/IAM/latest/UserGuide/securing_access-keys.html"),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    // An escape may stand for a letter of a secret.
    if context.facts.has_escapes || may_have_secret(context.text) {
        look(context.document.root, report);
    }
}

/// Goes through the tree, which is no deeper than the parser allows.
fn look(node: &Node, report: &mut Report) {
    match &node.value {
        Value::String(text) => tell(text, Place::of(node), report),
        Value::Array(elements) => elements.iter().for_each(|element| look(element, report)),
        Value::Object(members) => {
            for member in members {
                tell(&member.key, Place::of_key(&member.key), report);
                look(&member.value, report);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn tell(text: &Text, place: Place, report: &mut Report) {
    let (details, help) = match find_secret(&text.text) {
        None => return,
        Some(Secret::AccessKeyId(id)) => (
            format!("{id} is an access key ID. A policy has no use for it, and shows it to every reader."),
            "Take it out; if its secret key was ever beside it, replace the access key.",
        ),
        Some(Secret::PrivateKey) => (
            "The text has a private key in it. A policy has no use for it, and shows it to every reader.".to_owned(),
            "Take it out, and replace the key pair.",
        ),
    };
    report.at(place, details).help(help);
}
