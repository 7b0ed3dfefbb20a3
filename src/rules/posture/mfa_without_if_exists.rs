//! POSTERN_MFA_DENY_WITHOUT_IF_EXISTS.

use crate::aws::{BaseOperator, ConditionOperator};
use crate::document::{ConditionEntry, Effect, Statement};
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::key::rename_operator::rename_operator;
use crate::rules::session::grants::is_bool;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_MFA_DENY_WITHOUT_IF_EXISTS",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "Deny without MFA that misses access keys",
    why: "Requests that are signed with the access keys of a user do not have the key aws:MultiFactorAuthPresent. Bool does not match them, so that the Deny lets pass what it is written against.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "false"}}}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent",
    ),
    evidence: Evidence::Documented,
    check,
};

pub(super) const KEY: &str = "aws:MultiFactorAuthPresent";

fn check(context: &Context, report: &mut Report) {
    let is_deny = |statement: &&Statement| statement.effect() == Some(Effect::Deny);
    let denies = || context.document.statements.iter().filter(is_deny);
    // Another Deny may be there for requests without the key.
    if denies().any(|deny| deny.condition.entries.iter().any(takes_absent)) {
        return;
    }
    for statement in denies() {
        let entries = &statement.condition.entries;
        for entry in entries.iter().filter(|entry| entry.is(KEY) && is_plain_bool(entry)) {
            if !entry.values().iter().all(|value| is_bool(value, false)) {
                continue;
            }
            let finding = report.at(
                entry.key_place(),
                format_args!(
                    "Requests with the access keys of a user have no {KEY}, and {} does not match them: this denies \
                     nothing to them.",
                    entry.operator.text
                ),
            );
            finding.help("Write BoolIfExists, which matches where the key is absent too.");
            if let Some(edit) = rename_operator(&statement.condition, entry, "BoolIfExists") {
                finding.fix(Fix::unsafe_("Write BoolIfExists", [edit]));
            }
        }
    }
}

fn is_plain_bool(entry: &ConditionEntry) -> bool {
    let plain = ConditionOperator { base: BaseOperator::Bool, if_exists: false, qualifier: None };
    entry.parsed == Some(plain)
}

/// Whether the entry matches requests without MFA in their context.
pub(super) fn takes_absent(entry: &ConditionEntry) -> bool {
    let Some(operator) = entry.parsed else { return false };
    let is_null = operator.base == BaseOperator::Null;
    let of_mfa = entry.is(KEY) || entry.is("aws:MultiFactorAuthAge");
    of_mfa
        && (operator.if_exists
            || (is_null && !entry.values().iter().all(|value| is_bool(value, false))))
}
