//! Names of actions in a policy: `service:Name`, either part a pattern.

mod assume_role;

pub use assume_role::{covers_action, AssumeRoleAction};

use crate::aws::catalog::cut;

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

/// What a pattern begins with, up to its first wildcard or variable; `None` for a text without one.
pub fn literal_start(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    // A loop and no iterator, whose parts stay calls where the program is made small.
    while !matches!(bytes.get(at)?, b'*' | b'?' | b'$') {
        at += 1;
    }
    text.get(..at)
}

/// Whether `*` or `?` stands in the text.
pub fn has_wildcard(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if matches!(byte, b'*' | b'?') {
            return true;
        }
        at += 1;
    }
    false
}
