//! USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES.

use crate::aws::catalog::ConditionKey;
use crate::aws::ActionPattern;
use crate::document::{ActionEntry, Statement};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Use condition key only with supported services",
    why: "Few services send these keys, and for all others a Deny with them denies everything, or nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "ssm:StartSession", "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:VpceOrgID": "o-a1b2c3d4e5"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        // Once is enough for a key under several operators.
        let mut told: Vec<ConditionKey> = Vec::new();
        for entry in &statement.condition.entries {
            let Some((key, services)) =
                entry.known.and_then(|key| Some((key, key.only_services()?)))
            else {
                continue;
            };
            if told.contains(&key) {
                continue;
            }
            told.push(key);
            let Some(what) = unsupported(statement, services) else { continue };
            let details = format_args!(
                "{} is sent by some services only, and {what} is not limited to those.",
                entry.key(),
            );
            report
                .at(entry.key_place(), details)
                .help("Limit the statement to actions of services that send the key.");
        }
    }
}

/// The first thing in the statement that is not of one of the services.
fn unsupported<'t>(statement: &Statement<'t>, services: &[&str]) -> Option<&'t str> {
    if statement.not_action.is_some() {
        return Some("NotAction");
    }
    let is_unsupported = |entry: &&ActionEntry| match entry.pattern {
        // What is neither a star nor has a service is a mistake of its own.
        None => entry.text == "*",
        Some(ActionPattern { service, .. }) => {
            let service = service.to_ascii_lowercase();
            services.binary_search(&service.as_str()).is_err()
                || entry.text.eq_ignore_ascii_case("iam:PassRole")
        }
    };
    statement.actions().find(is_unsupported).map(|entry| entry.text)
}
