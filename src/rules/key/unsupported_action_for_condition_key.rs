//! UNSUPPORTED_ACTION_FOR_CONDITION_KEY.

use crate::aws::key_prefix;
use crate::document::{ActionEntry, ConditionEntry, Statement, Str};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
    finding_type: FindingType::Error,
    // AWS was never seen to report it for identity policies, whatever the documentation says.
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Unsupported action for condition key",
    why:
        "Requests of the action never have the key, so the condition decides as if it were absent.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/Reader"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-bucket/*", "Condition": {"StringEquals": {"s3:prefix": "logs/"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for entry in &statement.condition.entries {
            let Some(actions) = unsupported(statement, entry) else { continue };
            let names: Vec<_> = actions.iter().map(|action| action.text).collect();
            let Some((first, rest)) = actions.split_first() else { continue };
            let details =
                format_args!("Requests of {} never have {}.", names.join(", "), entry.key());
            let finding = report.at(first.place(), details);
            for action in rest {
                finding.and_at(action.place());
            }
            finding.and_at(entry.place());
            finding.help("Give these actions a statement of their own, without the key.");
        }
    }
}

/// The literal actions of the statement that do not know the entry's key.
fn unsupported<'t>(statement: &Statement<'t>, entry: &ConditionEntry) -> Option<Vec<Str<'t>>> {
    let prefix = key_prefix(entry.key())?;
    // Global keys are in every request or in none; an unknown key has a finding of its own.
    if prefix.eq_ignore_ascii_case("aws") || entry.known.is_none() {
        return None;
    }
    let is_unsupported = |of_action: &&ActionEntry| {
        of_action.action.is_some_and(|action| !action.supports_condition_key(entry.key()))
    };
    Some(statement.actions().filter(is_unsupported).map(|action| action.string).collect())
}
