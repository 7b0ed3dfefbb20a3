//! Resources with a problem in their ARN, and the changes that mend one.

use crate::aws::{with_arn_field, ArnProblem};
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
    let statements = context.document.statements.iter();
    statements
        .flat_map(|statement| statement.resource_entries())
        .filter(move |entry| !entry.is_all_stars() && problem.is_in(entry.text))
}

/// A change of one field, if no other problem comes with it.
pub(super) fn changed(entry: Str, number: usize, field: &str) -> Option<(String, Edit)> {
    let text = with_arn_field(entry.text, number, field)?;
    let comes = |problem: &ArnProblem| problem.is_in(&text) && !problem.is_in(entry.text);
    if ArnProblem::ALL.iter().any(comes) {
        return None;
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
