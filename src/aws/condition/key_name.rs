//! Names of condition keys: `prefix:name`.

use crate::aws::catalog::cut;

/// What stands before the first colon: `aws`, a service, or the host of an identity provider; `None` without a colon.
pub fn key_prefix(key: &str) -> Option<&str> {
    cut(key, b':').map(|(prefix, _)| prefix)
}

/// Whether a key is a prefix without white space, a colon, and a name; more colons belong to the name.
///
/// Source: "Invalid condition key format" in the IAM user guide's reference of policy checks, read 2026-11.
pub fn is_key_format(key: &str) -> bool {
    cut(key, b':').is_some_and(|(prefix, name)| {
        // A prefix is ASCII, and mostly a few letters.
        let has_white_space = match prefix.is_ascii() {
            true => prefix.bytes().any(|byte| matches!(byte, b' ' | b'\t'..=b'\r')),
            false => prefix.contains(char::is_whitespace),
        };
        !prefix.is_empty() && !has_white_space && !name.is_empty()
    })
}
