//! The sentence for a request that shows what a statement grants.

use crate::access::{self, Reason};
use crate::aws::catalog::Service;
use crate::aws::{has_wildcard, literal_start, ActionPattern};
use crate::evaluate::Request;
use crate::policy::{Element, Policy, Statement};

/// When a statement allows it, where there are two sides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Gained,
    Lost,
}

/// Gives an action that the catalog does not know the letters, large or small, that the statement has.
pub(super) fn spell_as_written(reason: &mut Reason, policies: &[Policy]) {
    let statement =
        policies.get(reason.policy).and_then(|all| all.statements.get(reason.statement));
    let action = reason.witness.action.to_mut();
    for entry in statement.into_iter().flat_map(|one| one.action.values.as_slice()) {
        let start = literal_start(entry).unwrap_or(entry);
        let is_known = ActionPattern::parse(action).is_some_and(|known| {
            Service::find(known.service).is_some_and(|s| s.action(known.name).is_some())
        });
        let begins = action.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
        if begins && !is_known {
            action.replace_range(..start.len(), start);
        }
    }
}

/// Whether a statement is about no other request, whoever sends it and whatever comes with it.
pub(super) fn is_only_request(statement: &Statement, witness: &Request) -> bool {
    let is_only = |element: &Element, text: &str| match element.values.as_slice() {
        [only] => !element.negated && !has_wildcard(only) && only.eq_ignore_ascii_case(text),
        _ => false,
    };
    let resource = statement.resource.as_ref();
    is_only(&statement.action, &witness.action)
        && resource.is_none_or(|resource| is_only(resource, &witness.resource))
        && witness.context.is_empty()
        && access::is_of_nobody(witness)
}

/// A sentence; it counts policies and statements from 1, as people do.
pub(super) fn describe(
    reason: &Reason,
    tense: Option<Tense>,
    are_many: bool,
    is_only: bool,
) -> String {
    let Request { action, resource, principal, context, .. } = &reason.witness;
    let mut text = format!("Statement {}", reason.statement + 1);
    if are_many {
        text.push_str(&format!(" of policy {}", reason.policy + 1));
    }
    let allows = if tense == Some(Tense::Lost) { "allowed" } else { "allows" };
    let example = if is_only { "" } else { ", for example," };
    text.push_str(&format!(" {allows}{example} {action} on {resource}"));
    if !access::is_of_nobody(&reason.witness) {
        text.push_str(&format!(" for {principal}"));
    }
    for (i, (key, value)) in context.iter().enumerate() {
        let joint = if i == 0 { "with" } else { "and" };
        text.push_str(&format!(" {joint} {key} = {}", value.values().join(", ")));
    }
    if let Some(tense) = tense {
        let denies: Vec<String> =
            reason.denied_by.iter().map(|(_, statement)| (statement + 1).to_string()).collect();
        let (when, allow, deny) = match tense {
            Tense::Gained => ("before,", "allowed", "denied"),
            Tense::Lost => ("now", "allows", if denies.len() == 1 { "denies" } else { "deny" }),
        };
        match denies.as_slice() {
            [] => text.push_str(&format!("; {when} no statement {allow} it")),
            [one] => text.push_str(&format!("; {when} statement {one} {deny} it")),
            many => text.push_str(&format!("; {when} statements {} {deny} it", many.join(", "))),
        }
    }
    text.push('.');
    if !reason.is_known {
        text.push_str(" No request that is known today is concerned.");
    }
    text
}
