//! MISSING_ACTION_FOR_CONDITION_KEY.

use crate::aws::{covers_action, is_listed_key};
use crate::document::{ConditionEntry, Statement};
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::principal::insertion::add_strings;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_ACTION_FOR_CONDITION_KEY",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Missing action for condition key",
    why: "The value of such a key can be set only by somebody who may do the action that goes with it.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"AWS": "111122223333"},
    "Action": "sts:AssumeRole",
    "Condition": {"StringEquals": {"aws:RequestTag/team": "blue"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check,
};

/// An action, and the condition keys whose values it sets; those that end in a slash are prefixes.
struct Companion {
    action: &'static str,
    keys: &'static [&'static str],
    /// More keys that may stand beside the action.
    also: &'static [&'static str],
}

/// Source: the actions and condition keys of AWS STS in the service authorization reference, read 2026-11.
const COMPANIONS: [Companion; 2] = [
    Companion { action: "sts:SetSourceIdentity", keys: &["sts:SourceIdentity"], also: &[] },
    Companion {
        action: "sts:TagSession",
        keys: &["sts:TransitiveTagKeys", "aws:RequestTag/", "aws:TagKeys"],
        also: &["saml:aud"],
    },
];

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(action) = statement.action else {
            continue;
        };
        if statement.actions().next().is_none() {
            continue;
        }
        for companion in &COMPANIONS {
            let entries = statement.condition.entries.iter();
            let used: Vec<_> = entries.filter(|entry| companion.sets(entry)).collect();
            let mut actions = statement.actions();
            if used.is_empty() || actions.any(|entry| covers_action(entry.text, companion.action)) {
                continue;
            }
            let keys: Vec<_> = used.iter().map(|entry| entry.key()).collect();
            let keys = keys.join(" or ");
            let finding = report.at(
                action.place(),
                format_args!("Without {}, nobody can set {keys}.", companion.action),
            );
            for entry in used {
                finding.and_at(entry.key_place());
            }
            let names = [companion.action];
            if companion.fits(statement) {
                let edits = add_strings(context, action.value, &names);
                finding.fix(Fix::unsafe_(format!("Add {}", companion.action), edits));
            } else {
                finding.help(format_args!("Allow {} as well.", companion.action));
            }
        }
    }
}

impl Companion {
    fn sets(&self, entry: &ConditionEntry) -> bool {
        is_listed_key(self.keys, entry.key())
    }

    /// Whether the action supports every condition key of the statement; all do with those of `aws:`.
    fn fits(&self, statement: &Statement) -> bool {
        let mut entries = statement.condition.entries.iter();
        entries.all(|entry| {
            self.sets(entry)
                || is_listed_key(&["aws:"], entry.key())
                || is_listed_key(self.also, entry.key())
        })
    }
}
