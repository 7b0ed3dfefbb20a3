//! MISSING_ACTION, MISSING_EFFECT, MISSING_PRINCIPAL, MISSING_RESOURCE: a statement without an element that it needs.

use super::resource_in_repository_policy::{takes_resource, TakesResource};
use crate::document::Statement;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static ACTION: Rule = Rule {
    code: "MISSING_ACTION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing action",
    why: "Every statement says what it is about; IAM refuses one without Action or NotAction.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        check(context, report, &["Action", "NotAction"], |statement| {
            statement.action.is_some() || statement.not_action.is_some()
        })
    },
};

pub(in crate::rules) static EFFECT: Rule = Rule {
    code: "MISSING_EFFECT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing effect",
    why:
        "A statement allows or denies; IAM assumes neither, and refuses a statement without Effect.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Action": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        check(context, report, &["Effect"], |statement| statement.effect.is_some())
    },
};

pub(in crate::rules) static PRINCIPAL: Rule = Rule {
    code: "MISSING_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Resource, PolicyKind::RoleTrust, PolicyKind::ResourceControl],
    title: "Missing principal",
    why: "A policy that is not attached to somebody must say in each statement whom it is about.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        check(context, report, &["Principal", "NotPrincipal"], |statement| {
            statement.principal.is_some() || statement.not_principal.is_some()
        })
    },
};

pub(in crate::rules) static RESOURCE: Rule = Rule {
    code: "MISSING_RESOURCE",
    finding_type: FindingType::Error,
    policy_kinds: &[
        PolicyKind::Identity,
        PolicyKind::Resource,
        PolicyKind::ServiceControl,
        PolicyKind::ResourceControl,
    ],
    title: "Missing resource",
    why: "Only in the trust policy of a role is the resource clear; every other statement needs Resource or NotResource.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        if takes_resource(context) == TakesResource::Always {
            check(context, report, &["Resource", "NotResource"], |statement| {
                statement.resource.is_some() || statement.not_resource.is_some()
            });
        }
    },
};

fn check(context: &Context, report: &mut Report, one_of: &[&str], has: fn(&Statement) -> bool) {
    let details = format_args!("The statement has no {}.", one_of.join(" or "));
    for statement in context.document.all_statements().filter(|statement| !has(statement)) {
        let finding = report.at(statement.place(), details);
        match (one_of.first(), context.kind) {
            (Some(&"Principal"), PolicyKind::ResourceControl) => {
                finding.help("Add \"Principal\": \"*\", the only one that such a policy takes.");
            }
            (Some(&"Effect"), _) => {
                finding.help("Add \"Effect\": \"Allow\" or \"Effect\": \"Deny\".");
            }
            (Some(&"Resource"), PolicyKind::Resource) if context.resource_type.is_none() => {
                finding.help(
                    "If this is the trust policy of a role, check it as AWS::IAM::AssumeRolePolicyDocument.",
                );
            }
            _ => {}
        }
    }
}
