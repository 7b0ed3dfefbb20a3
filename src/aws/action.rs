//! Names of actions in a policy: `service:Name`, either part a pattern.

mod assume_role;

pub use assume_role::{covers_action, AssumeRoleAction};

use crate::aws::catalog::cut;
use crate::aws::text::position;

/// An entry of `Action` or `NotAction`, split at its first colon.
///
/// Source: the IAM JSON policy reference, "Action", read 2026-11: both parts ignore case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionPattern<'a> {
    /// What stands before the colon, as written.
    pub service: &'a str,
    /// What stands after it, as written.
    pub name: &'a str,
}

impl<'a> ActionPattern<'a> {
    /// Splits `kms:Decrypt` and the like; `None` for a text without a colon, such as `*`.
    pub fn parse(text: &'a str) -> Option<Self> {
        let (service, name) = cut(text, b':')?;
        Some(ActionPattern { service, name })
    }

    /// Whether a wildcard stands in the service or in the name.
    pub fn has_wildcard(self) -> bool {
        has_wildcard(self.service) || has_wildcard(self.name)
    }
}

/// Whether an entry of `Action` can match an action: it is `*`, or has one colon between a service, which is written out,
/// and a name.
///
/// Source: the grammar of the IAM JSON policy language, read 2026-11, which has `*` alone beside such strings.
pub fn may_match_action(entry: &str) -> bool {
    entry == "*"
        || ActionPattern::parse(entry).is_some_and(|pattern| {
            !pattern.name.is_empty()
                && !pattern.name.contains([':', ','])
                && !has_wildcard(pattern.service)
                && !entry.contains(char::is_whitespace)
        })
}

/// What a pattern begins with, up to its first wildcard or variable; `None` for a text without one.
pub fn literal_start(text: &str) -> Option<&str> {
    text.get(..position(text, |byte| matches!(byte, b'*' | b'?' | b'$'))?)
}

/// Whether `*` or `?` stands in the text.
pub fn has_wildcard(text: &str) -> bool {
    position(text, |byte| matches!(byte, b'*' | b'?')).is_some()
}
