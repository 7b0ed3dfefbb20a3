//! EQUIVALENT_TO_NULL_FALSE, EQUIVALENT_TO_NULL_TRUE: patterns that only ask whether a key is there.

use std::collections::BTreeSet;

use crate::aws::{BaseOperator, Qualifier};
use crate::document::{strings, Condition, ConditionEntry, Str};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{quote, removal, Node, Text};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::set;

pub(in crate::rules) static FALSE: Rule = Rule {
    code: "EQUIVALENT_TO_NULL_FALSE",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Equivalent to null false",
    why: "Every value matches a star, so this only asks whether the request has the key, which Null says outright.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*", "Condition": {"StringLike": {"ssm:resourceTag/Env": "*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| check(context, report, Presence::Asked),
};

pub(in crate::rules) static TRUE: Rule = Rule {
    code: "EQUIVALENT_TO_NULL_TRUE",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Equivalent to null true",
    why: "No value differs from a star, so this only asks whether the request lacks the key, which Null says outright.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*", "Condition": {"StringNotLike": {"ssm:resourceTag/Locked": "*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: |context, report| check(context, report, Presence::Refused),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Presence {
    Asked,
    Refused,
}

/// What an entry with a star asks for; `None` when it is no test of presence.
fn presence(entry: &ConditionEntry) -> Option<Presence> {
    let operator = entry.parsed?;
    match (operator.base, operator.qualifier) {
        (BaseOperator::StringLike, None | Some(Qualifier::ForAnyValue)) if !operator.if_exists => {
            Some(Presence::Asked)
        }
        (BaseOperator::StringNotLike, None | Some(Qualifier::ForAllValues)) => {
            Some(Presence::Refused)
        }
        _ => None,
    }
}

fn check(context: &Context, report: &mut Report, wanted: Presence) {
    for condition in context.document.statements.iter().map(|s| &s.condition) {
        let mut tests = None;
        for entry in condition.entries.iter().filter(|e| presence(e) == Some(wanted)) {
            let Some(star) = star(entry) else { continue };
            let (null, asks) = match wanted {
                Presence::Asked => ("false", "that it is there"),
                Presence::Refused => ("true", "that it is not there"),
            };
            let (key, operator) = (entry.key(), &entry.operator.text);
            let finding = report.at(
                star.place(),
                format_args!(
                    "{operator} with * asks of {key} only {asks}, as Null with {null} does."
                ),
            );
            let tests = tests.get_or_insert_with(|| NullTests::of(condition));
            match tests.instead(entry, null) {
                Some(edits) => {
                    let title = format!("Ask for {key} with Null");
                    finding.fix(match wanted {
                        Presence::Asked => Fix::safe(title, edits),
                        // The guide wavers on whether an empty value is none to Null.
                        Presence::Refused => Fix::unsafe_(title, edits),
                    })
                }
                None => finding.help(format_args!("Ask with Null whether the request has {key}.")),
            };
        }
    }
}

fn star<'t>(entry: &ConditionEntry<'t>) -> Option<Str<'t>> {
    entry.strings().find(Str::is_all_stars)
}

/// What a condition has of `Null` already.
struct NullTests<'t> {
    operators: Option<&'t Node<'t>>,
    /// The keys that it is asked of, in lower case.
    keys: BTreeSet<String>,
    /// What stands below it.
    block: Option<&'t Node<'t>>,
    /// The first key with a star. Only it makes a `Null` where there is none: two would be one key twice.
    first: Option<&'t Text<'t>>,
}

impl<'t> NullTests<'t> {
    fn of(condition: &Condition<'t>) -> Self {
        let is_null = |entry: &&ConditionEntry| {
            entry.parsed.is_some_and(|operator| operator.base == BaseOperator::Null)
        };
        let is_test = |entry: &&ConditionEntry| presence(entry).is_some() && star(entry).is_some();
        let operators = condition.element.map(|element| element.value);
        let members = operators.and_then(|node| node.as_object()).unwrap_or_default();
        let null = members.iter().find(|member| member.key.text.eq_ignore_ascii_case("Null"));
        NullTests {
            operators,
            keys: set(condition
                .entries
                .iter()
                .filter(is_null)
                .map(|e| e.key().to_ascii_lowercase())),
            block: null.map(|member| &member.value),
            first: condition.entries.iter().find(is_test).map(|entry| entry.key),
        }
    }

    /// Moves the key to `Null`, if a star is all that it is compared with.
    fn instead(&self, entry: &ConditionEntry, null: &str) -> Option<Vec<Edit>> {
        let is_star =
            |node: &Node| strings(node).all(|s| s.is_all_stars()) && node.as_text().is_some();
        if !entry.values().iter().all(is_star)
            || self.keys.contains(&entry.key().to_ascii_lowercase())
        {
            return None;
        }
        let below = entry.block.as_object()?;
        let is_alone = below.len() == 1;
        let test = format!("{}: {}", quote(entry.key()), quote(null));
        let added = match self.block {
            Some(block) => {
                Edit::insert(block.as_object()?.last()?.value.span.end, format!(", {test}"))
            }
            None if self.first.map(|key| key.span) != Some(entry.key.span) => return None,
            None if is_alone => {
                return Some(vec![
                    Edit::replace(entry.operator.span, quote("Null")),
                    Edit::replace(entry.value.span, quote(null)),
                ]);
            }
            None => Edit::insert(entry.block.span.end, format!(", {}: {{{test}}}", quote("Null"))),
        };
        let (object, key) =
            if is_alone { (self.operators?, entry.operator) } else { (entry.block, entry.key) };
        let place =
            object.as_object()?.binary_search_by_key(&key.span, |member| member.key.span).ok()?;
        let mut edits: Vec<Edit> =
            removal(object, &[place]).into_iter().map(Edit::remove).collect();
        edits.push(added);
        Some(edits)
    }
}
