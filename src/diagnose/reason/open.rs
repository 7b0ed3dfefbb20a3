//! Values that were not given, where the answer depends on what they are.

use super::{list, Reason, ReasonKind, Writer};
use crate::diagnose::want::{unnamed_words, value_name, value_words, COMMAND_ACCOUNT, KEY_ACCOUNT};
use crate::sort::sort;

impl Writer<'_> {
    /// Which values to give, and with which it may be allowed; those of which a want has none are only told.
    pub(super) fn not_given(&self, depends_on: &mut Vec<String>) -> Reason {
        let (mut give, mut with): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for (placeholder, value) in self.answer.open.iter() {
            let name = value_name(placeholder);
            depends_on.push(name.to_owned());
            let words = unnamed_words(placeholder).unwrap_or_else(|| {
                let words = value_words(name);
                give.push(format!("{words} ({name})"));
                words
            });
            with.push(match *placeholder {
                COMMAND_ACCOUNT => "a document of the account".to_owned(),
                KEY_ACCOUNT => format!("a key of account {value}"),
                _ => format!("{words} {value}"),
            });
        }
        sort(&mut give);
        give.dedup();
        let give = match give.is_empty() {
            true => "It depends on what a want has no value for.".to_owned(),
            false => format!("It depends on values that were not given. Give {}.", list(&give)),
        };
        let message = format!(
            "{give} With {}, IAM is asked for {}, which may be allowed; with other values it is not.",
            list(&with),
            self.what()
        );
        self.reason(ReasonKind::Depends, message)
    }
}
