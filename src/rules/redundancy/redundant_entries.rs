//! REDUNDANT_ACTION, REDUNDANT_RESOURCE: entries of a list that another entry of it stands for.

use super::cover::{covered_entries, Cover};
use crate::aws::may_match_action;
use crate::document::{Element, Str};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{removal, Text};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::sort;

pub(in crate::rules) static ACTION: Rule = Rule {
    code: "REDUNDANT_ACTION",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Redundant action",
    why: "Entries that say nothing new make a policy longer, and a reader thinks that they matter.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["iam:Get*", "iam:GetRole"], "Resource": "*"}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| {
        for statement in &context.document.statements {
            for element in [statement.action, statement.not_action].into_iter().flatten() {
                check(report, element, true, may_match_action, |_, _| false);
            }
        }
    },
};

pub(in crate::rules) static RESOURCE: Rule = Rule {
    code: "REDUNDANT_RESOURCE",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Redundant resource",
    why: "Entries that say nothing new make a policy longer, and a reader thinks that they matter.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": ["arn:aws:s3:::logs*", "arn:aws:s3:::logs-old"]}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context: &Context, report| {
        for statement in &context.document.statements {
            if let Some(element) = statement.resource {
                check(report, element, false, |_| true, |_, _| false);
            }
            // What a variable without a value leaves of a `NotResource` nobody knows, and with it the entry counts.
            if let Some(element) = statement.not_resource {
                check(report, element, false, |_| true, has_own_variable);
            }
        }
    },
};

/// Reports what others stand for; `may_match` tells whether an entry stands for anything at all, and `counts` whether it
/// may count though another stands for it.
fn check(
    report: &mut Report,
    element: Element,
    ignore_case: bool,
    may_match: fn(&str) -> bool,
    counts: fn(&str, &str) -> bool,
) {
    let Some(nodes @ [_, _, ..]) = element.value.as_array() else { return };
    let mut texts = Vec::with_capacity(nodes.len());
    for (i, node) in nodes.iter().enumerate() {
        if let Some(Text { text, .. }) = node.as_text() {
            texts.push((i, text.as_ref()));
        }
    }
    let entry = |i: usize| {
        let node = nodes.get(i)?;
        Some(Str { node, text: &node.as_text()?.text })
    };
    for Cover { by, covered } in covered_entries(texts, ignore_case) {
        let Some(cover) = entry(by) else { continue };
        let mut group = covered.clone();
        group.push(by);
        sort(&mut group);
        let group: Vec<Str> = group.into_iter().filter_map(entry).collect();
        let Some((first, rest)) = group.split_first() else { continue };
        let finding = report.at(first.place(), details(&cover, &group));
        for entry in rest {
            finding.and_at(entry.place());
        }
        if may_match(cover.text) {
            let edits = removal(element.value, &covered).into_iter().map(Edit::remove);
            let title = format!("Keep only {} of these", cover.text);
            finding.fix(match group.iter().any(|entry| counts(entry.text, cover.text)) {
                true => Fix::unsafe_(title, edits),
                false => Fix::safe(title, edits),
            });
        }
    }
}

/// Whether the entry has a variable that the other has not.
fn has_own_variable(entry: &str, other: &str) -> bool {
    let names = entry.split("${").skip(1).filter_map(|rest| rest.split('}').next());
    names.into_iter().any(|name| !other.contains(name))
}

fn details(cover: &Str, group: &[Str]) -> String {
    let (count, by) = (group.len(), cover.text);
    if group.iter().all(|entry| entry.text.eq_ignore_ascii_case(by)) {
        return format!("{by} stands {count} times in this list.");
    }
    // The first of the longest, as AWS has it.
    let longest =
        group.iter().rev().max_by_key(|entry| entry.text.chars().count()).unwrap_or(cover);
    format!(
        "These {count} entries say no more than {by} alone. The longest of them is {}.",
        longest.text
    )
}
