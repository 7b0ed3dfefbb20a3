//! Names of condition keys: `prefix:name`.

/// What stands before the first colon: `aws`, a service, or the host of an identity provider; `None` without a colon.
pub fn key_prefix(key: &str) -> Option<&str> {
    key.split_once(':').map(|(prefix, _)| prefix)
}

/// Whether a key is a prefix without white space, a colon, and a name; more colons belong to the name.
///
/// Source: "Invalid condition key format" in the IAM user guide's reference of policy checks, read 2026-11.
pub fn is_key_format(key: &str) -> bool {
    key.split_once(':').is_some_and(|(prefix, name)| {
        !prefix.is_empty() && !prefix.contains(char::is_whitespace) && !name.is_empty()
    })
}
