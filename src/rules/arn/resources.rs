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

/// Offers a change of one field, if no other problem comes with it.
///
/// IAM may accept the ARN as it is, and then what is allowed or denied can change.
pub(super) fn offer(finding: &mut Finding, faulty: Faulty, number: usize, field: &str) {
    let Some(text) = with_arn_field(faulty.text, number, field) else { return };
    let after = ArnProblems::of(&text);
    if ArnProblem::ALL.into_iter().any(|new| after.has(new) && !faulty.problems.has(new)) {
        return;
    }
    let edit = Edit::replace(faulty.node.span, quote(&text));
    finding.fix(Fix::unsafe_(format!("Change to {text}"), [edit]));
}
