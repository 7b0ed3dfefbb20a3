//! What a service may ask for in the place of `*`.

use super::{Reason, ReasonKind, Writer};
use crate::diagnose::seen::USER_ID;
use crate::evaluate::{self, Verdict};

impl Writer<'_> {
    /// That it depends on what the service asks for.
    pub(super) fn asked_otherwise(&self, seen: &str) -> Reason {
        let decision = &self.answer.decision;
        let deciding = decision.reasons.iter().filter_map(|reason| match reason {
            evaluate::Reason::Denies(id) => Some(*id),
            evaluate::Reason::Undecided { statement, .. } => Some(*statement),
            _ => None,
        });
        let id = decision.matched.iter().flatten().copied().chain(deciding).next();
        let does = match decision.verdict {
            Verdict::Allowed => "allows",
            Verdict::ExplicitDeny => "denies",
            _ => "may allow",
        };
        let who = id.map_or_else(|| "Something".to_owned(), |id| self.named(id));
        let action = self.answer.request.action;
        let message = match seen == USER_ID {
            true => format!(
                "{who} {does} {action} on {seen}, as AWS's guide prints it. The IDs of sessions were seen to begin with the \
                 name of a user or of a role's session and not with aws:userid, so it is not certain."
            ),
            false => format!(
            "{who} {does} {action} on {seen}. For this action AWS names no resource but *; error messages tell that the service \
             asks for such an ARN, so it is not certain."
        )};
        let reason = match id {
            Some(id) => self.about(ReasonKind::Depends, id, message),
            None => self.reason(ReasonKind::Depends, message),
        };
        Reason { depends_on: vec!["?resource".to_owned()], ..reason }
    }
}
