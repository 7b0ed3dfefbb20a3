//! What policies that are not here, or that may not count, would change.

use super::ask::{Asker, Class};
use super::question::Question;
use super::want::Assignment;
use crate::evaluate::{self, Decision};

impl Asker<'_> {
    /// Of the policies that may be there those that deny it, or may deny it.
    pub(super) fn may_deny(&self, question: &Question, assignment: &Assignment) -> Vec<String> {
        let decision = self.denying.prepared.evaluate(&question.put(&self.denying, assignment));
        let denying = decision.reasons.iter().filter_map(|reason| match reason {
            evaluate::Reason::Denies(id) => Some(id),
            evaluate::Reason::Undecided { statement, is_deny: true, .. } => Some(statement),
            _ => None,
        });
        // The first allows everything.
        let policy = |index: usize| self.role.denying.get(index.checked_sub(1)?);
        denying.filter_map(|id| Some(policy(id.index)?.0.clone())).collect()
    }

    /// Of the policies that may not count those that allow it, or may allow it.
    pub(super) fn may_allow(&self, question: &Question, assignment: &Assignment) -> Vec<String> {
        let decision = self.granting.prepared.evaluate(&question.put(&self.granting, assignment));
        let undecided = decision.reasons.iter().filter_map(|reason| match reason {
            evaluate::Reason::Undecided { statement, .. } => Some(statement),
            _ => None,
        });
        let all = decision.matched.iter().flatten().chain(undecided);
        all.filter_map(|id| Some(self.role.granting.get(id.index)?.0.clone())).collect()
    }

    /// What refuses it whatever the policies of the role that are not here allow, with all values: a boundary, an
    /// organization, or a denial.
    pub(super) fn refused_anyway(
        &self,
        question: &Question,
        answers: &[(Assignment, Decision)],
    ) -> Option<Decision> {
        let decide = |(assignment, _): &(Assignment, Decision)| {
            let is_key_elsewhere = question.is_key_elsewhere(assignment);
            let setting = self.setting(question.capability, question.request, is_key_elsewhere);
            let layers = self.opened.get(setting.map_or(0, |i| i + 1))?;
            Some(layers.prepared.evaluate(&question.put(layers, assignment)))
        };
        let mut decisions = answers.iter().filter_map(decide);
        let first = decisions.next()?;
        let is_refused = |decision: &Decision| Class::of(decision.verdict) == Class::Denied;
        (is_refused(&first) && decisions.all(|decision| is_refused(&decision))).then_some(first)
    }
}
