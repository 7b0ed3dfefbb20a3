//! The texts that do not say which permission is missing, or that need no permission at all.
//!
//! The table is `src/data/messages.txt`, a line for each thing that is known, with tabs between fields:
//!
//! ```text
//! KIND CAUSE CODE ACTIONS CAPABILITIES TEXTS MEANING HELP
//! ```
//!
//! Of the reasons in one message the one that stands first in the table counts, so the general ones are the last.
//! What is usual in a log is told only where nothing else is found in the whole text.
//! `{host SERVICE}` and `{endpoint SERVICE}` in a help are the names of that service in the Region of the message,
//! A text that begins with `~ ` is one only behind the id of a node; ` … ` stands for one word of any kind.
//! `{steps}` is the second line, what to look at when a node is not connected. `{who}` and `{action}` are of the step in
//! which the reason stands: whose call it is, and the action that it needs.
//!
//! Sources: the Systems Manager user guide, June 2023 and 2026 (troubleshooting Session Manager); the source of the
//! agent, 2024-10, and of the Session Manager plugin, 2024-09; public issue threads. Read 2026-11.

use super::Cause;

const TABLE: &str = include_str!("../../data/messages.txt");

/// A text and what is known about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) kind: Kind,
    pub(super) cause: Cause,
    /// A stable name for programs.
    pub(super) code: &'static str,
    actions: &'static str,
    capabilities: &'static str,
    texts: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
    /// What to do.
    pub(super) help: &'static str,
}

/// What a text is in a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Which step failed; why stands behind it, if anywhere.
    Step,
    /// Why something failed.
    Why,
    /// Both in one.
    Alone,
    /// What is usual, a reason only where nothing else is told.
    Usual,
}

/// All that is known, in the order of the table.
pub(super) fn known() -> impl Iterator<Item = Known> {
    TABLE.lines().filter_map(read)
}

/// What to look at when a node is not connected, in order.
pub(super) fn steps() -> &'static str {
    TABLE.lines().find_map(|line| line.strip_prefix("steps\t")).unwrap_or_default()
}

/// What is said of the code of an error that stands in no line.
pub(super) const CODE_ALONE: &str = "OTHER_CODE";

/// What is said of a text by its words alone.
pub(super) const WORDS_ALONE: &str = "OTHER_CAUSE";

/// What is said where a program waited in vain, whatever for, or where a text points elsewhere.
pub(super) const SAY_LESS: [&str; 2] = ["WAITED_IN_VAIN", "REASON_STANDS_ELSEWHERE"];

/// What keeps a call from reaching AWS at all.
pub(super) const ON_THE_WAY: [&str; 4] =
    ["NOT_REACHED", "HOST_NOT_FOUND", "PROXY_REFUSED", "TLS_NOT_TRUSTED"];

/// What is said of a text that only says that something failed.
pub(super) const ONLY_FAILED: &str = "ONLY_FAILED";

/// What a text begins with that is one only behind the id of a node.
pub(super) const OF_NODE: &str = "~ ";

/// What stands in a text for one word, whatever it is.
pub(super) const ANY_WORD: &str = " … ";

/// The codes of messages that say no more than what is usual.
pub(super) fn usual() -> Vec<&'static str> {
    let usual = known().filter(|known| known.kind == Kind::Usual).map(|known| known.code);
    usual.chain([CODE_ALONE]).collect()
}

fn read(line: &'static str) -> Option<Known> {
    let mut fields = line.split('\t');
    let kind = match fields.next()? {
        "step" => Kind::Step,
        "why" => Kind::Why,
        "alone" => Kind::Alone,
        "usual" => Kind::Usual,
        _ => return None,
    };
    Some(Known {
        kind,
        cause: Cause::from_name(fields.next()?)?,
        code: fields.next()?,
        actions: fields.next()?,
        capabilities: fields.next()?,
        texts: fields.next()?,
        meaning: fields.next()?,
        help: fields.next()?,
    })
}

impl Known {
    /// What to look for, in small letters.
    pub(super) fn texts(&self) -> impl Iterator<Item = &'static str> {
        self.texts.split(" | ")
    }

    /// The actions that have to be allowed.
    pub(super) fn actions(&self) -> impl Iterator<Item = &'static str> {
        words(self.actions)
    }

    /// Whether its failing by itself is taken for a refusal.
    pub(super) fn is_of_permission(&self) -> bool {
        matches!(self.cause, Cause::Denied | Cause::ImplicitDeny)
    }

    /// Whose call a step is, as far as what does not work tells.
    pub(super) fn who(&self) -> Option<&'static str> {
        match self.capabilities.split_once('.')?.0 {
            "node" => Some("the role of the node"),
            "operator" => Some("the person who starts the session"),
            _ => None,
        }
    }

    /// What does not work, by its ids.
    pub(super) fn capabilities(&self) -> Vec<&'static str> {
        words(self.capabilities).collect()
    }
}

fn words(field: &'static str) -> impl Iterator<Item = &'static str> {
    field.split(' ').filter(|word| *word != "-")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{known, Cause, TABLE};
    use crate::session::capabilities::capabilities;

    #[test]
    fn every_line_is_read_and_says_what_it_should() {
        let ids: BTreeSet<_> = capabilities().iter().map(|capability| capability.id).collect();
        let mut problems = Vec::new();
        let (mut codes, mut texts) = (BTreeSet::new(), BTreeSet::new());
        for known in known() {
            if !codes.insert(known.code) {
                problems.push(format!("{} stands twice", known.code));
            }
            for text in known.texts() {
                if text != text.to_lowercase() || text.len() < 5 || !texts.insert(text) {
                    problems.push(format!("{}: the text {text:?}", known.code));
                }
            }
            for id in known.capabilities() {
                if !ids.contains(id) {
                    problems.push(format!("{}: no capability {id}", known.code));
                }
            }
            if known.cause == Cause::NotIam && known.actions().next().is_some() {
                problems.push(format!("{}: a permission where the cause is another", known.code));
            }
            let is_sentence = |text: &str| text.ends_with('.') || text == "{steps}";
            if !is_sentence(known.meaning) || !is_sentence(known.help) {
                problems.push(format!("{}: no sentence", known.code));
            }
        }
        assert_eq!(codes.len() + 2, TABLE.lines().count(), "a line is not read");
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }
}
