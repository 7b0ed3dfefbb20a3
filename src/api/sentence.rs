//! Sentences on their way to whoever asked: they quote policies, error messages and arguments of others.
//!
//! A terminal, a log and a page show a sentence as it comes, so this is the one place where what nobody sees becomes an
//! escape. Data cross as they are: paths, values, texts of policies and edits.

use serde::{Serialize, Serializer};

use crate::text::shown;

pub(super) fn one<S: Serializer>(text: &impl AsRef<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&shown(text.as_ref()))
}

pub(super) fn optional<S: Serializer>(
    text: &Option<String>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    text.as_deref().map(shown).serialize(serializer)
}

pub(super) fn all<S: Serializer>(texts: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(texts.iter().map(|text| shown(text)))
}
