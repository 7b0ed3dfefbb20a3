//! Resources with a problem in their ARN, and the changes that mend one.

use std::ops::Deref;

use crate::aws::{with_arn_field, ArnProblem, ArnProblems};
use crate::document::Str;
use crate::edit::{Edit, Fix};
use crate::finding::Finding;
use crate::json::quote;
use crate::rules::Context;

/// An entry of `Resource` or `NotResource`, and what is wrong with it.
#[derive(Clone, Copy)]
pub(super) struct Faulty<'c> {
    entry: Str<'c>,
    problems: ArnProblems,
}

impl<'c> Deref for Faulty<'c> {
    type Target = Str<'c>;

    fn deref(&self) -> &Str<'c> {
        &self.entry
    }
}

/// The entries of `Resource` and `NotResource` that have the problem; `*` has none.
pub(super) fn with_problem<'c>(
    context: &'c Context,
    problem: ArnProblem,
) -> impl Iterator<Item = Faulty<'c>> {
    let resources = context.facts.arn_problems.iter();
    resources
        .filter(move |(_, problems)| problems.has(problem))
        .map(|(entry, problems)| Faulty { entry: *entry, problems: *problems })
}

/// A change of one field, if no other problem comes with it.
fn changed(faulty: Faulty, number: usize, field: &str) -> Option<(String, Edit)> {
    let text = with_arn_field(faulty.text, number, field)?;
    let after = ArnProblems::of(&text);
    if ArnProblem::ALL.into_iter().any(|new| after.has(new) && !faulty.problems.has(new)) {
        return None;
    }
    let edit = Edit::replace(faulty.node.span, quote(&text));
    Some((format!("Change to {text}"), edit))
}

/// Offers a change of one field that may not be what was meant.
pub(super) fn offer(finding: &mut Finding, faulty: Faulty, number: usize, field: &str) {
    if let Some((title, edit)) = changed(faulty, number, field) {
        finding.fix(Fix::unsafe_(title, [edit]));
    }
}

/// Offers a change of one field that leaves what was meant.
pub(super) fn offer_safe(finding: &mut Finding, faulty: Faulty, number: usize, field: &str) {
    if let Some((title, edit)) = changed(faulty, number, field) {
        finding.fix(Fix::safe(title, [edit]));
    }
}
