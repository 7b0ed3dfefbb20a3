//! The call that finds policies in what people paste.

use serde::Serialize;

use super::check::{range, PolicyText, Range};
use super::Recognised;
use crate::diagnose;
use crate::text::{shown, LineIndex};

/// The policies in a text, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundPolicies {
    /// The texts of the policies, in their order.
    pub policies: Vec<FoundPolicy>,
    /// What each thing in the text is.
    pub recognised: Vec<Recognised>,
}

/// The text of a policy inside another, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FoundPolicy {
    /// The text; IAM would perhaps not take it.
    pub text: String,
    /// Its name, when the other text has one.
    pub name: Option<String>,
    /// Where it stands.
    pub span: Range,
    /// Whether it stands there as it is, so that a place in it plus its start is a place in the other text.
    pub verbatim: bool,
}

/// `findPolicies(text)`: the policies in a text as people paste it, with what stands around them taken off.
pub fn find_policies(text: &PolicyText) -> FoundPolicies {
    let index = LineIndex::new(&text.text);
    let (documents, seen) = diagnose::find_policies(&text.text);
    let policy = |found: diagnose::DocumentText| FoundPolicy {
        text: found.text,
        name: found.name,
        span: range(&index, found.span),
        verbatim: found.is_verbatim,
    };
    let recognised = |seen: diagnose::Seen| Recognised {
        path: "text".to_owned(),
        kind: seen.kind(),
        used: seen.is_used(),
        span: Some(range(&index, seen.span)),
        message: shown(seen.message),
    };
    FoundPolicies {
        policies: documents.into_iter().map(policy).collect(),
        recognised: seen.into_iter().take(MOST_SEEN).map(recognised).collect(),
    }
}

/// More things are not told: nobody reads on.
const MOST_SEEN: usize = 1_000;
