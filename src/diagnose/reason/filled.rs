//! Words in policies that stand for a value of somebody's own, where the answer depends on what they stand for.

use super::{list, Reason, ReasonKind, Writer};
use crate::diagnose::blanks;
use crate::evaluate::{self, StatementId, Verdict};

impl Writer<'_> {
    /// Adds which words decide, and marks for them.
    pub(super) fn filled_in(&self, reasons: &mut Vec<Reason>, depends_on: &mut Vec<String>) {
        let decision = &self.answer.decision;
        let mut found = self.deciding().map(|id| (id, self.blanks(id)));
        let found = found.find(|(_, words)| !words.is_empty());
        let does = match decision.verdict {
            Verdict::Allowed => "allows",
            Verdict::ExplicitDeny => "denies",
            _ => "may decide on",
        };
        let words = found.as_ref().map_or_else(|| self.all_blanks(), |(_, words)| words.clone());
        let (told, what) = (list(&words), self.what());
        depends_on.extend(words.iter().map(|word| format!("?{word}")));
        reasons.push(match found {
            Some((id, _)) => {
                let (a_value, one) = match words.len() {
                    1 => ("a value of one's own belongs", "one that fits"),
                    _ => ("values of one's own belong", "some that fit"),
                };
                let message = format!(
                    "{} has {told} where {a_value}: with {one} it {does} {what}.",
                    self.named(id)
                );
                self.about(ReasonKind::Depends, id, message)
            }
            None => {
                let message = format!(
                    "Whether {what} is allowed depends on values of one's own, for which {told} stands in the policies."
                );
                self.reason(ReasonKind::Depends, message)
            }
        });
    }

    /// The statements that match, and those that decide by themselves.
    pub(super) fn deciding(&self) -> impl Iterator<Item = StatementId> + '_ {
        let decision = &self.answer.decision;
        let deciding = decision.reasons.iter().filter_map(|reason| match reason {
            evaluate::Reason::Denies(id) => Some(*id),
            evaluate::Reason::Undecided { statement, .. } => Some(*statement),
            _ => None,
        });
        decision.matched.iter().flatten().copied().chain(deciding)
    }

    /// Whether the decision is about another statement than the one that was pasted.
    pub(super) fn is_filled_in(&self, id: StatementId) -> bool {
        self.answer.is_filled_in && !self.blanks(id).is_empty()
    }

    fn blanks(&self, id: StatementId) -> Vec<String> {
        let statement =
            self.source(id).and_then(|source| source.policy.statements.get(id.statement));
        statement.map(blanks::in_statement).unwrap_or_default()
    }

    /// The first words in all policies.
    fn all_blanks(&self) -> Vec<String> {
        let statements = self.role.sources().flat_map(|source| &source.policy.statements);
        let mut found = statements.map(blanks::in_statement).filter(|words| !words.is_empty());
        found.next().unwrap_or_default()
    }
}
