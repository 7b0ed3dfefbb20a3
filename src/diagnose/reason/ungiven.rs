//! Values that nobody gave and that stand in the condition keys of a request, and the kind of a node that nobody named.

use super::{list, Reason, ReasonKind, Writer};
use crate::diagnose::want::{value_name, value_words, KEY_ACCOUNT};
use crate::sort::sort;

impl Writer<'_> {
    /// Adds to a reason what to give so that the condition keys are known.
    pub(super) fn ungiven(&self, reason: &mut Reason) {
        let lacking = self.answer.ungiven.iter();
        let lacking = lacking.filter(|name| !reason.depends_on.iter().any(|on| on == **name));
        let names: Vec<&str> = lacking.copied().collect();
        if names.is_empty() {
            return;
        }
        let give: Vec<_> =
            names.iter().map(|name| format!("{} ({name})", value_words(name))).collect();
        reason.message.push_str(&format!(" Give {}.", list(&give)));
        reason.depends_on.extend(names.into_iter().map(str::to_owned));
    }

    /// That values decide of which policies name some. The names of those to give are added to what it depends on.
    pub(super) fn of_values(&self, depends_on: &mut Vec<String>) -> Reason {
        let (mut give, mut with): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (placeholder, value) in self.answer.open.iter() {
            let name = value_name(placeholder);
            let words = value_words(name);
            depends_on.push(name.to_owned());
            give.push(format!("{words} ({name})"));
            with.push(match *placeholder {
                KEY_ACCOUNT => format!("a key of account {value}"),
                _ => format!("{words} {value}"),
            });
        }
        sort(&mut give);
        give.dedup();
        let message = format!(
            "It depends on values that were not given. Give {}. With {}, IAM is asked for {}, which may be allowed; with \
             other values it is not.",
            list(&give),
            list(&with),
            self.what()
        );
        self.reason(ReasonKind::Depends, message)
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
