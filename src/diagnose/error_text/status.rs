//! The statuses of HTTP that say what is wrong: that nobody was refused, or that somebody was.

use super::folded::Folded;
use super::other;
use crate::text::Span;

/// Whether words tell a status of HTTP by which the other side failed, found nothing or had too much to do.
pub(super) fn is_http_failure(words: &str) -> bool {
    const BEFORE: [&str; 7] =
        ["http", "status", "code", "error", "returned", "response", "responded"];
    const BEHIND: [&str; 6] = ["server", "client", "internal", "service", "bad", "gateway"];
    let mut before = ["", "", ""];
    let mut words = words.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let is_told = before.iter().any(|text| BEFORE.contains(text))
            || words.peek().is_some_and(|text| BEHIND.contains(text));
        if is_told && is_failing_status(word) {
            return true;
        }
        before = [before[1], before[2], word];
    }
    false
}

/// Whether a word is such a status. 400, 401 and 403 may be refusals.
pub(super) fn is_failing_status(word: &str) -> bool {
    let status = word.parse::<u16>().unwrap_or_default();
    word.len() == 3
        && (matches!(status, 404 | 405 | 408 | 410 | 413 | 429) || (500..600).contains(&status))
}

/// Whether the line in which something stands says nothing of a refusal but its status, as the SDK for Java does of an
/// answer without a message.
pub(super) fn is_refused_by_status(folded: &Folded, span: Span) -> bool {
    let words = other::words(other::line_of(folded, span));
    words.contains(" null service ") && words.contains(" status code 403 ")
}
