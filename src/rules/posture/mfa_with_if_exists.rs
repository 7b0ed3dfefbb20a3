//! POSTERN_MFA_ALLOW_WITH_IF_EXISTS.

use super::mfa_without_if_exists::{takes_absent, KEY};
use crate::aws::{BaseOperator, ConditionOperator};
use crate::document::{ConditionEntry, Effect, Statement};
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::key::rename_operator::rename_operator;
use crate::rules::session::grants::is_bool;
use crate::rules::{Context, Evidence, IdentityPolicy, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_MFA_ALLOW_WITH_IF_EXISTS",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::Identity, PolicyKind::Resource, PolicyKind::RoleTrust],
    title: "Allow with MFA that lets access keys in",
    why: "Requests that are signed with the access keys of a user do not have the key aws:MultiFactorAuthPresent. BoolIfExists matches them for that reason, so that the Allow lets them in without MFA.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*", "Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
    ),
    evidence: Evidence::Documented,
    check,
};

/// Keys that may keep the access keys of users out: they tell who calls, or that a service does.
const OF_CALLERS: [&str; 12] = [
    "aws:TokenIssueTime",
    "aws:PrincipalType",
    "aws:PrincipalArn",
    "aws:userid",
    "aws:username",
    "aws:FederatedProvider",
    "aws:SourceIdentity",
    "aws:PrincipalIsAWSService",
    "aws:PrincipalServiceName",
    "aws:ViaAWSService",
    "aws:CalledVia",
    "aws:AssumedRoot",
];

fn check(context: &Context, report: &mut Report) {
    let statements = &context.document.statements;
    let keeps_out = |statement: &Statement| {
        statement.effect() == Some(Effect::Deny)
            && statement.condition.entries.iter().any(takes_absent)
    };
    // A role has no access keys of a user, and a Deny for requests without the key leaves nothing open.
    if context.identity_policy == Some(IdentityPolicy::Role) || statements.iter().any(keeps_out) {
        return;
    }
    for statement in statements {
        if statement.effect() != Some(Effect::Allow) || !takes_users(statement) {
            continue;
        }
        let entries = &statement.condition.entries;
        if entries.iter().any(is_about_caller) {
            continue;
        }
        for entry in entries.iter().filter(|entry| entry.is(KEY) && is_bool_if_exists(entry)) {
            if !entry.values().iter().all(|value| is_bool(value, true)) {
                continue;
            }
            let finding = report.at(
                entry.key_place(),
                format!(
                    "Requests with the access keys of a user have no {KEY}, and {} matches where the key is absent: this \
                     allows them without MFA.",
                    entry.operator.text
                ),
            );
            finding.help("Write Bool, which matches only where the key is there.");
            if let Some(edit) = rename_operator(&statement.condition, entry, "Bool") {
                finding.fix(Fix::unsafe_("Write Bool", [edit]));
            }
        }
    }
}

/// Whether a user may be among the principals: in a policy of an identity always, elsewhere unless it names only
/// services, identity providers, roles or sessions.
fn takes_users(statement: &Statement) -> bool {
    let Some(principal) = &statement.principal else { return true };
    let is_of_user = |text: &str| !(text.contains(":role/") || text.contains(":assumed-role/"));
    principal.is_star() || principal.of_type("AWS").any(|value| is_of_user(value.text))
}

/// Whether a condition asks for MFA that is there, or may keep out the access keys of users by who calls.
fn is_about_caller(entry: &ConditionEntry) -> bool {
    if entry.is(KEY) || entry.is("aws:MultiFactorAuthAge") {
        return entry.parsed.is_none_or(|operator| !operator.if_exists);
    }
    OF_CALLERS.iter().any(|key| entry.is(key))
}

fn is_bool_if_exists(entry: &ConditionEntry) -> bool {
    let wanted = ConditionOperator { base: BaseOperator::Bool, if_exists: true, qualifier: None };
    entry.parsed == Some(wanted)
}
