//! Names of condition keys: `prefix:name`.

/// What stands before the first colon: `aws`, a service, or the host of an identity provider; `None` without a colon.
pub fn key_prefix(key: &str) -> Option<&str> {
    key.split_once(':').map(|(prefix, _)| prefix)
}
