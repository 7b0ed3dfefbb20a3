//! What is said of a text of which nothing else is known: that it plainly names a cause which is no permission.

use super::folded::Folded;
use super::other::{actions, line_from, words, MOST_LINES, OF_PERMISSIONS, OTHER_CAUSES};
use super::said::{has_quality, is_nothing_found, is_of_system};
use super::status::is_http_failure;
use super::{known, message, unnamed, Cause, Explanation};
use crate::text::Span;

/// Whole words that name a cause also where nothing else is known of the text: the value of something, as it was given.
const PLAIN_CAUSES: [&str; 215] = [
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
    "cannot be created using",
    "state improper",
    "not support",
    "t support",
    "not compatible",
    "incompatible",
    "not implemented",
    "unrecognized",
    "been removed",
    "was removed",
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
    "missing required",
    "is missing",
    "out of memory",
    "out of range",
    "already registered",
    "already associated",
    "or later",
    "or newer",
    "or higher",
    "no longer supported",
    "no results",
    "registration found",
    "not been booted",
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
    "please specify",
    "please provide",
    "please install",
    "please upgrade",
    "must be a",
    "must be an",
    "must be set",
    "must be in",
    "must be at",
    "must be of",
    "must be between",
    "must contain",
    "must start",
    "must match",
    "must have",
    "should be a",
    "should be one of",
    "should start",
    "expected a",
    "expected an",
    "expected to be",
    "expected type",
    "wrong type",
    "wrong number",
    "not defined",
    "undefined",
    "is null",
    "is nil",
    "none type",
    "no attribute",
    "cannot read property",
    "cannot read properties",
    "not a function",
    "not callable",
    "not iterable",
    "uninitialized constant",
    "not installed",
    "version conflict",
    "conflicts with",
    "checksum",
    "corrupt",
    "corrupted",
    "could not be parsed",
    "failed to compile",
    "compilation failed",
    "build failed",
    "no manifest",
    "no value",
    "no such option",
    "no default",
    "not specified",
    "not provided",
    "is mandatory",
    "cannot be null",
    "cannot be blank",
    "cannot be used",
    "can not be used",
    "cannot be converted",
    "could not convert",
    "no free",
    "no disk space",
    "out of disk",
    "version mismatch",
    "too old",
    "too new",
    "not executable",
    "not a directory",
    "is a directory",
    "name too long",
    "cyclic dependency",
    "circular dependency",
    "dependency violation",
    "has dependencies",
    "has a dependent object",
    "still in use",
    "in use by",
    "not a number",
    "not an integer",
    "not a string",
    "not numeric",
    "could not enable service",
    "could not start service",
    "maximum number",
    "older than",
    "downgrade",
    "out of capacity",
    "cannot have",
    "can only be",
    "only one",
    "only supported",
    "only supports",
    "only valid",
    "not allowed in",
    "not be empty",
    "not a file",
    "nested",
    "in the past",
    "does not start",
    "does not contain",
    "does not support",
    "not contain",
    "not implement",
    "no space left",
    "ran out",
    "running out",
    "segfault",
    "stack trace",
    "division by zero",
    "overflow",
    "no tests",
    "end of life",
    "no longer exists",
    "not belong",
    "not part of",
    "same name",
    "at least one",
    "at most",
    "exactly one",
    "greater than",
    "less than",
    "longer than",
    "shorter than",
    "not recognised",
    "not been implemented",
    "failed to validate",
    "validation failed",
    "failed validation",
    "to be installed",
    "check your network",
    "check your internet",
    "network connectivity",
    "connectivity issue",
    "not known",
    "built against",
    "compiled without",
    "not supplied",
    "should explicitly",
    "should specify",
    "valid types",
    "valid values",
    "valid options",
    "valid choices",
    "allowed values",
    "possible values",
    "cannot use",
    "can not use",
];

/// The same, but where the line is of a node: one that has no role does not answer either.
const PLAIN_BUT_OF_NODES: [&str; 17] = [
    "not a",
    "not an",
    "canceled",
    "cancelled",
    "eof",
    "killed",
    "crashed",
    "health check",
    "health checks",
    "socket",
    "protected",
    "unset",
    "at capacity",
    "deprecated",
    "overloaded",
    "not met",
    "aborted",
];

/// The line of the table for a node that is not reached, whatever the reason.
const NODE_NOT_REACHED: &str = "NODE_NOT_REACHED";

/// Words beside which a plain cause may yet be one of permissions.
const NEAR_PERMISSIONS: [&str; 4] = ["role", "access", "credential", "trust"];

/// Words beside which it may be one of a node that has no role: it is not found, does not answer, or is not ready.
pub(super) const OF_NODES: [&str; 20] = [
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

/// Words by which a line is about a node of Systems Manager, one of each.
const OF_MANAGED_NODES: [&[&str]; 2] = [
    &["ssm", "systems manager", "session manager", "fleet manager", "managed"],
    &["instance", "instances", "node", "nodes", "target", "agent", "host", "i", "mi"],
];

/// Words that say of a node that it is not there, or does not answer.
const UNREACHED: [&str; 33] = [
    "unreachable",
    "not reachable",
    "not found",
    "none found",
    "no instances",
    "no ssm",
    "not ssm",
    "not in ssm",
    "not yet",
    "find any",
    "could not find",
    "no managed",
    "no online",
    "offline",
    "not become",
    "not available",
    "unavailable",
    "not ready",
    "not respond",
    "no response",
    "waiting for",
    "timed out",
    "timeout",
    "not connect",
    "t connect",
    "unable to connect",
    "failed to connect",
    "to reach",
    "not enabled",
    "not register",
    "not appear",
    "t appear",
    "lost",
];

/// Words by which such a line is about something else.
const OF_OTHER_THINGS: [&str; 8] =
    ["plugin", "document", "parameter", "key", "bucket", "version", "identity", "role"];

/// What a text says of which nothing is known, where one of its lines is about a node that is not reached.
pub(super) fn node_not_reached(folded: &Folded) -> Option<Explanation> {
    let row = known::known().find(|known| known.code == NODE_NOT_REACHED)?;
    let mut at = 0;
    for line in folded.whole().split('\n').take(MOST_LINES) {
        let start = at;
        at += line.len() + 1;
        let near = line_from(line, 0);
        let words = format!("{} ", words(near));
        let has = |texts: &[&str], end: &str| {
            texts.iter().any(|text| words.contains(&format!(" {text}{end}")))
        };
        let is_of_node = OF_MANAGED_NODES.iter().all(|texts| has(texts, " "));
        if is_of_node && has(&UNREACHED, "") && !has(&OF_OTHER_THINGS, "") {
            return Some(message::of_known(Span::new(start, start + near.len()), &row, None));
        }
    }
    None
}

/// What a text says of which nothing is known, where one of its lines plainly names a cause that is no permission.
pub(super) fn cause(folded: &Folded) -> Option<Explanation> {
    let mut at = 0;
    for line in folded.whole().split('\n').take(MOST_LINES) {
        let start = at;
        at += line.len() + 1;
        let near = line_from(line, 0);
        // What stands in braces behind it is what it was said of.
        let said = near.split_once(": {").map_or(near, |(said, _)| said);
        let near = if said.contains(' ') { said } else { near };
        // A path has names of its own, and so has what is quoted with points, or has the number of an account before a colon.
        let is_digit = |c: char| c.is_ascii_digit();
        let is_path = |word: &&str| {
            let is_quoted = word.starts_with(['\'', '"']) && word.contains('.');
            let is_name = word.trim_end_matches(':').contains(':') && word.contains(is_digit);
            (word.contains(['/', '\\']) || is_quoted || is_name) && !word.starts_with("HTTP/")
        };
        let spoken: Vec<&str> = near.split(' ').filter(|word| !is_path(word)).collect();
        // Git says of every trouble that it is unable to access a repository.
        let words = format!("{} ", words(&spoken.join(" ")))
            .replace(" unable to access ", " ")
            .replace(" access key ", " key ");
        let has = |texts: &[&str], end: &str| {
            texts.iter().any(|text| words.contains(&format!(" {text}{end}")))
        };
        let is_plain = has(&PLAIN_CAUSES, " ")
            || ((has(&OTHER_CAUSES, "") || has(&PLAIN_BUT_OF_NODES, " ")) && !has(&OF_NODES, ""))
            || has_quality(&words)
            || is_nothing_found(&words)
            || is_http_failure(&words);
        let is_of_permissions = has(&OF_PERMISSIONS, "")
            || has(&NEAR_PERMISSIONS, "")
            || actions(near).next().is_some();
        if (is_plain && !is_of_permissions) || is_of_system(near) {
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
