//! Commands that attach managed policies, as people have them in scripts and notes.

use super::decode::Decoded;
use super::names::managed_policy;
use super::{Item, Owner, OwnerKind, Pasted, What};
use crate::text::Span;

/// The commands, and whose name which option gives.
const COMMANDS: [(&str, &str, OwnerKind); 3] = [
    ("iam attach-role-policy", "--role-name", OwnerKind::Role),
    ("iam attach-user-policy", "--user-name", OwnerKind::User),
    ("iam attach-group-policy", "--group-name", OwnerKind::Group),
];

impl Pasted {
    /// Notes what is attached by commands in a text; whether anything is.
    pub(super) fn read_commands(&mut self, text: &Decoded) -> bool {
        let mut found: Vec<(Item, &str)> = Vec::new();
        for (command, option, kind) in COMMANDS {
            for (at, _) in text.text().match_indices(command) {
                let words = command_at(text.text(), at);
                let Some(arn) = argument(words, "--policy-arn") else { continue };
                let Some(name) = managed_policy(arn).filter(|_| arn.starts_with("arn:")) else {
                    continue;
                };
                let span = text.source(Span::new(at, at + words.len()));
                let whose = argument(words, option).unwrap_or_default();
                let owner = Owner { kind, name: whose.to_owned() };
                let what = What::Attached(Some(arn.to_owned()));
                let item = Item { what, name: Some(name.to_owned()), owner: Some(owner), span };
                found.push((item, whose));
            }
        }
        // Of one it need not be told who it is, and a script has a variable there.
        let is_one =
            found.iter().all(|(_, whose)| found.first().is_some_and(|(_, first)| first == whose));
        let is_any = !found.is_empty();
        for (mut item, whose) in found {
            if is_one || whose.contains(['$', '<']) {
                item.owner = None;
            }
            self.attach(item);
        }
        is_any
    }
}

/// No command that attaches a policy has more lines or words.
const MOST_LINES: usize = 8;
const MOST_BYTES: usize = 1_000;

/// The command that begins at a byte, with the lines that it goes on to.
fn command_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let mut end = 0;
    for line in rest.split_inclusive('\n').take(MOST_LINES) {
        end += line.len();
        if end > MOST_BYTES || !line.trim_end().ends_with(['\\', '`', '^']) {
            break;
        }
    }
    let end = (0..=end.min(MOST_BYTES)).rev().find(|end| rest.is_char_boundary(*end));
    rest.get(..end.unwrap_or_default()).unwrap_or_default()
}

/// What stands behind an option.
fn argument<'t>(command: &'t str, option: &str) -> Option<&'t str> {
    let (_, behind) = command.split_once(option)?;
    let word = behind.trim_start_matches('=').split_whitespace().next()?;
    Some(word.trim_matches(['"', '\'', ';']))
}
