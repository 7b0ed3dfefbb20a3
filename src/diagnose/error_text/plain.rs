//! What is said of a text of which nothing else is known: that it plainly names a cause which is no permission.

use super::folded::Folded;
use super::other::{line_from, words, OF_PERMISSIONS, OTHER_CAUSES};
use super::{known, unnamed, Cause, Explanation};
use crate::text::Span;

/// Whole words that name a cause also where nothing else is known of the text: the value of something, as it was given.
const PLAIN_CAUSES: [&str; 62] = [
    "invalid",
    "not valid",
    "not a valid",
    "t valid",
    "t a valid",
    "not recognized",
    "incorrect",
    "malformed",
    "unsupported",
    "not supported",
    "t supported",
    "not support",
    "t support",
    "not compatible",
    "incompatible",
    "not implemented",
    "unrecognized",
    "unknown option",
    "unknown command",
    "unknown flag",
    "unknown argument",
    "syntax",
    "cannot parse",
    "to parse",
    "error parsing",
    "unmarshal",
    "decode",
    "already exist",
    "already exists",
    "already installed",
    "already running",
    "duplicate",
    "too many",
    "too large",
    "too long",
    "mismatch",
    "not match",
    "t match",
    "is required",
    "out of memory",
    "out of range",
    "already registered",
    "already associated",
    "or later",
    "or newer",
    "or higher",
    "no longer supported",
    "verification failed",
    "no results",
    "older version",
    "unable to figure",
    "could not determine",
    "cannot determine",
    "unable to determine",
    "is empty",
    "cannot be empty",
    "must not be",
    "must be one of",
    "must specify",
    "must provide",
    "ambiguous",
    "on current platform",
];

/// Words beside which a plain cause may yet be one of permissions.
const NEAR_PERMISSIONS: [&str; 3] = ["role", "access", "credential"];

/// Words beside which it may be one of a node that has no role: it is not found, does not answer, or is not ready.
const OF_NODES: [&str; 20] = [
    "instance",
    "node",
    "agent",
    "target",
    "session",
    "managed",
    "connect",
    "plugin",
    "timeout",
    "timed",
    "deadline",
    "wait",
    "progress",
    "being",
    "stopped",
    "running",
    "ready",
    "available",
    "unavailable",
    "unreachable",
];

/// Words are looked for in no more lines than these.
const MOST_LINES: usize = 500;

/// What a text says of which nothing is known, where one of its lines plainly names a cause that is no permission.
pub(super) fn cause(folded: &Folded) -> Option<Explanation> {
    let mut at = 0;
    for line in folded.whole().split('\n').take(MOST_LINES) {
        let start = at;
        at += line.len() + 1;
        let near = line_from(line, 0);
        // A path has names of its own.
        let is_path = |word: &&str| word.contains(['/', '\\']);
        let spoken: Vec<&str> = near.split(' ').filter(|word| !is_path(word)).collect();
        let words = format!("{} ", words(&spoken.join(" ")));
        let has = |texts: &[&str], end: &str| {
            texts.iter().any(|text| words.contains(&format!(" {text}{end}")))
        };
        let is_plain = has(&PLAIN_CAUSES, " ") || (has(&OTHER_CAUSES, "") && !has(&OF_NODES, ""));
        if is_plain && !has(&OF_PERMISSIONS, "") && !has(&NEAR_PERMISSIONS, "") {
            return Some(Explanation {
                code: known::WORDS_ALONE,
                meaning: "The text plainly names a cause that is no permission: a value, a file, the network or the \
                          state of something."
                    .to_owned(),
                help: "Mend what its words name; no policy has to be changed for it.".to_owned(),
                cause: Cause::NotIam,
                ..unnamed(Span::new(start, start + line.len()))
            });
        }
    }
    None
}
