//! What policies may do of which nobody here knows what they say, or whether they are there.

use super::{Reason, ReasonKind, Writer};
use crate::evaluate::Verdict;

/// More policies that are not here are only counted.
const MOST_UNSEEN: usize = 20;

impl Writer<'_> {
    /// Adds what they may do, and marks for them.
    pub(super) fn not_known(&self, reasons: &mut Vec<Reason>, depends_on: &mut Vec<String>) {
        if matches!(self.answer.decision.verdict, Verdict::Allowed) {
            for name in self.answer.may_deny.iter().take(MOST_UNSEEN) {
                depends_on.push(format!("?{name}"));
                let is_unread = self.role.unseen.contains(name) && !self.role.read.contains(name);
                let why = match is_unread {
                    true => "but what it says is not known here",
                    false => "and only the deployment knows whether it does",
                };
                let message = format!("{name} may deny {}, {why}.", self.what());
                reasons.push(self.reason(ReasonKind::Depends, message));
            }
        }
        let is_guard = self.answer.capability.is_guard();
        let may = if is_guard { "deny" } else { "allow" };
        if is_guard || self.answer.decision.verdict == Verdict::ImplicitDeny {
            let does = |name: &&String| {
                is_guard || !self.role.read.contains(*name) || self.answer.may_allow.contains(name)
            };
            let unseen: Vec<&String> = self.role.unseen.iter().filter(does).collect();
            for name in unseen.iter().take(MOST_UNSEEN) {
                depends_on.push(format!("?{name}"));
                let why = match self.role.read.contains(*name) {
                    true => "and it is not certain that it counts",
                    false => "but what it says is not known here",
                };
                let message = format!("{name} may {may} {}, {why}.", self.what());
                reasons.push(self.reason(ReasonKind::Depends, message));
            }
            let more = unseen.len().saturating_sub(MOST_UNSEEN);
            if more > 0 {
                depends_on.push(format!("?{more}-more-policies"));
                let message = format!(
                    "{more} more policies may {may} {}, but what they say is not known here.",
                    self.what()
                );
                reasons.push(self.reason(ReasonKind::Depends, message));
            }
            if !self.role.choices.is_empty() {
                depends_on.push("?role".to_owned());
                let message = "Whose policies are meant was not said.".to_owned();
                reasons.push(self.reason(ReasonKind::Depends, message));
            }
        }
    }
}
