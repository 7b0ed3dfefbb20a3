//! Resources with a problem in their ARN, and the changes that mend one.

use crate::aws::{with_arn_field, ArnProblem, ArnProblems};
use crate::document::Str;
use crate::edit::{Edit, Fix};
use crate::finding::Finding;
use crate::json::quote;
use crate::rules::Context;

/// The entries of `Resource` and `NotResource` that have the problem; `*` has none.
pub(super) fn with_problem<'c>(
    context: &'c Context,
    problem: ArnProblem,
) -> impl Iterator<Item = Str<'c>> {
    let resources = context.facts.arn_problems.iter();
    resources.filter(move |(_, problems)| problems.has(problem)).map(|(entry, _)| *entry)
}

/// A change of one field, if no other problem comes with it.
pub(super) fn changed(entry: Str, number: usize, field: &str) -> Option<(String, Edit)> {
    let text = with_arn_field(entry.text, number, field)?;
    let after = ArnProblems::of(&text);
    if !after.is_empty() {
        let before = ArnProblems::of(entry.text);
        if ArnProblem::ALL.into_iter().any(|problem| after.has(problem) && !before.has(problem)) {
            return None;
        }
    }
    let edit = Edit::replace(entry.node.span, quote(&text));
    Some((format!("Change to {text}"), edit))
}

/// Offers a change of one field that may not be what was meant.
pub(super) fn offer(finding: &mut Finding, entry: Str, number: usize, field: &str) {
    if let Some((title, edit)) = changed(entry, number, field) {
        finding.fix(Fix::unsafe_(title, [edit]));
    }
}

/// Offers a change of one field that leaves what was meant.
pub(super) fn offer_safe(finding: &mut Finding, entry: Str, number: usize, field: &str) {
    if let Some((title, edit)) = changed(entry, number, field) {
        finding.fix(Fix::safe(title, [edit]));
    }
}
