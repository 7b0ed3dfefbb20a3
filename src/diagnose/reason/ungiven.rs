//! Values that nobody gave and that stand in the condition keys of a request, and the kind of a node that nobody named.

use super::{list, Reason, ReasonKind, Writer};
use crate::diagnose::ask::Answer;
use crate::diagnose::want::{unnamed_words, value_name, value_words};

impl Writer<'_> {
    /// Adds to a reason what to give so that the condition keys are known.
    pub(super) fn ungiven(&self, reason: &mut Reason) {
        let (mut give, mut other) = (Vec::new(), Vec::new());
        for name in &self.answer.ungiven {
            match unnamed_words(name) {
                Some(words) => other.push(words.to_owned()),
                None if reason.depends_on.iter().any(|on| on == name) => {}
                None => {
                    give.push(format!("{} ({name})", value_words(name)));
                    reason.depends_on.push((*name).to_owned());
                }
            }
        }
        other.dedup();
        if !give.is_empty() {
            reason.message.push_str(&format!(" Give {}.", list(&give)));
        }
        if !other.is_empty() {
            let other = list(&other);
            reason
                .message
                .push_str(&format!(" It depends on {other}: a want has no value for it."));
            reason.depends_on.push(value_name("").to_owned());
        }
    }

    /// That it may be allowed with a hybrid node, and is not with an instance of EC2.
    pub(super) fn of_hybrid(&self) -> Reason {
        const GIVE: &str = "It depends on values that were not given. Give the node (instanceId). With a hybrid node (mi-),";
        let Answer { request, decision, .. } = self.answer;
        if request.expect_allowed {
            let message = format!(
                "{GIVE} IAM is asked for {}, which may be allowed; with an instance of EC2 it is not.",
                self.what()
            );
            return self.reason(ReasonKind::Depends, message);
        }
        let rest = "which this is meant to keep out; with an instance of EC2 it is kept out.";
        match decision.matched.iter().flatten().next() {
            Some(id) => {
                let message = format!("{GIVE} {} allows {}, {rest}", self.named(*id), self.what());
                self.about(ReasonKind::Depends, *id, message)
            }
            None => {
                let message = format!("{GIVE} {} may be allowed, {rest}", self.what());
                self.reason(ReasonKind::Depends, message)
            }
        }
    }
}
