//! The codes of errors in a text, when they are none of a refusal.

use super::folded::{Folded, Gap};
use super::message::is_refusal;
use super::{call, class};
use crate::text::Span;

/// Classes of errors that stand around another, or around none that is told.
const WITHOUT_CAUSE: [&str; 17] = [
    "WaiterError",
    "ClientError",
    "HttpErrorResponseException",
    "CalledProcessError",
    "OperationError",
    // Of the languages themselves, and of the SDKs for what they did not get sent.
    "AggregateException",
    "AmazonClientException",
    "CompletionException",
    "ExecutionException",
    "InvocationTargetException",
    "RuntimeException",
    "SdkClientException",
    "TargetInvocationException",
    "TimeoutError",
    "TimeoutException",
    "UnknownError",
    "UnknownException",
];

/// The codes of errors, when they are none of a refusal: what ends in `Exception` or `Error`, what stands behind
/// `Error Code:`, and what begins with `Invalid` and goes on with a capital.
pub(super) fn codes(folded: &Folded) -> Vec<(Span, String)> {
    let is_code = |code: &str| code.starts_with(char::is_uppercase) && !is_refusal(code);
    const ENDINGS: usize = 2;
    let ending = folded.find_each(&["exception", "error", ":", ")"]).into_iter();
    let ending = ending.filter_map(|(end, which)| {
        let is_mark = which >= ENDINGS;
        let end = if is_mark { Span::new(end.start, end.start) } else { end };
        let (span, code) = code_before(folded, end)?;
        let is_one = match is_mark {
            // What stands before its message or in parentheses, when its words tell what it is.
            true => is_code(&code) && is_of_words(&code) && class::of(&code).is_some(),
            false => {
                code.ends_with("Exception")
                    || (code.ends_with("Error") && code.starts_with(char::is_uppercase))
            }
        };
        is_one.then_some((span, code))
    });
    let named = folded.find("error code:").into_iter().map(|at| code_at(folded, at.end));
    let invalid = folded.find("invalid").into_iter().map(|at| code_at(folded, at.start));
    let invalid = invalid.filter(|(_, code)| {
        code.strip_prefix("Invalid").is_some_and(|rest| rest.starts_with(char::is_uppercase))
    });
    let begun = named.chain(invalid);
    let all = ending.chain(begun.filter(|(_, code)| is_code(code)));
    all.filter(|(_, code)| !WITHOUT_CAUSE.contains(&code.as_str())).collect()
}

/// Whether a code is of several words, each with a capital.
fn is_of_words(code: &str) -> bool {
    let capitals = code.bytes().filter(u8::is_ascii_uppercase).count();
    let is_words = capitals > 1 && capitals * 2 < code.len() && !code.ends_with("Warning");
    is_words && code.bytes().all(|b| b.is_ascii_alphabetic())
}

/// The letters and digits of one word from here.
fn code_at(folded: &Folded, start: usize) -> (Span, String) {
    let span = call::word(folded, start);
    (span, folded.written(span))
}

/// The code that ends here: its letters and digits, when it is none of a refusal.
fn code_before(folded: &Folded, end: Span) -> Option<(Span, String)> {
    const LONGEST: usize = 60;
    let mut start = end.start;
    let bytes = folded.text().as_bytes();
    while end.start - start < LONGEST
        && folded.gap(start) == Gap::None
        && bytes.get(start.wrapping_sub(1)).is_some_and(u8::is_ascii_alphanumeric)
    {
        start -= 1;
    }
    while bytes.get(start).is_some_and(u8::is_ascii_digit) {
        start += 1;
    }
    let span = Span::new(start, end.end);
    let code = folded.written(span);
    (start < end.start && !is_refusal(&code)).then_some((span, code))
}
