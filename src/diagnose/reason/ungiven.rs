//! Values that nobody gave and that stand in the condition keys of a request, and the kind of a node that nobody named.

use super::{list, Reason, ReasonKind, Writer};
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

    /// That a hybrid node may do it, and an instance of EC2 may not.
    pub(super) fn of_hybrid(&self) -> Reason {
        let message = format!(
            "It depends on values that were not given. Give the node (instanceId). With a hybrid node (mi-), IAM is asked \
             for {}, which may be allowed; with an instance of EC2 it is not.",
            self.what()
        );
        self.reason(ReasonKind::Depends, message)
    }
}
