//! What the code of an error says by its words. The services of AWS name their errors alike, thousands of them, so that the
//! words of a name tell which kind of trouble it is.

use super::other::words;
use super::Cause;

/// A kind of trouble: words of codes, or their beginnings; what is wrong; what to do.
type Class = (&'static [&'static str], &'static str, &'static str);

/// The kinds; the first that fits counts.
const CLASSES: [Class; 7] = [
    (
        &["expired"],
        "what was given held for a time that is over",
        "Sign in again, or have it made anew, and look at the clock.",
    ),
    (
        &["not found", "not exist", "no such"],
        "what is named is not there",
        "Look at the name, and at the account and the Region of the call.",
    ),
    (
        &["too many", "too large", "too long", "exceeded", "limit", "quota", "capacity", "throttl"],
        "there is too much of something, or too often",
        "Wait, ask for less at a time, take away what is not used any more, or ask for a higher quota.",
    ),
    (
        &[
            "already", "duplicate", "conflict", "in use", "in progress", "concurrent", "unmodifiable", "violation",
            "aborted", "unchanged", "not active", "not ready", "contains", "state", "busy", "deleted", "locked",
        ],
        "what is named is in another state: it is there already, in use, or being changed",
        "Look at its state, wait until a change of it has ended, or take away what uses it.",
    ),
    (
        &[
            "internal", "server exception", "server error", "service failure", "unavailable", "communication", "timeout", "timed out",
            "dependency",
        ],
        "AWS, or something that AWS asked, failed or gave no answer",
        "Try again later, and look at what the call asks for in its turn.",
    ),
    (
        &[
            "unsupported", "not supported", "no longer", "not available", "not allowed", "incompatib", "disabled",
            "not enabled", "platform", "no update",
        ],
        "this is not offered here: by the Region, the version, or what is named",
        "Look at the version, the Region and the kind of what is named, and whether it is turned on.",
    ),
    (
        &[
            "invalid", "malformed", "incorrect", "mismatch", "missing", "unknown", "unrecognized", "precondition",
            "validation", "too low", "too small", "not match",
        ],
        "a value of the call is not one that is taken",
        "Look at the values of the call: names, IDs, filters, and the form that the API reference gives for them.",
    ),
];

/// What is wrong and what to do, by the words of a code.
pub(super) fn of(code: &str) -> Option<(&'static str, &'static str)> {
    let words = words(code);
    let fits = |texts: &[&str]| texts.iter().any(|text| words.contains(&format!(" {text}")));
    CLASSES.iter().find(|(texts, ..)| fits(texts)).map(|(_, meaning, help)| (*meaning, *help))
}

/// What a code says that is none of a refusal.
pub(super) fn said(code: &str, cause: Cause) -> String {
    let known = of(code).map_or("something else is wrong", |(meaning, _)| meaning);
    match cause {
        Cause::NotIam => format!("which is not the code of a refusal: {known}."),
        _ => "which is not the code of a refusal. What it stands for is not known here; rarely a service says so of a \
              role that may do too little."
            .to_owned(),
    }
}

/// What to do about a code that is none of a refusal; something else, where its words tell nothing.
pub(super) fn help(code: &str, cause: Cause, otherwise: &str) -> String {
    match of(code).filter(|_| cause == Cause::NotIam) {
        Some((_, help)) => format!("{help} What the message says behind the code tells more."),
        None => otherwise.to_owned(),
    }
}
