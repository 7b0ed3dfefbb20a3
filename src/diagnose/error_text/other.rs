//! Reasons of which nothing is known here: what is said of them, and no more than that.
//!
//! AWS tells a caller whom a policy refuses so, by the code or in words. A code that is none of these says that the
//! caller was not refused. It does not say that no policy is the cause: a service that cannot use a role reports that in
//! codes of its own. Only words that plainly name another cause leave policies out.

use super::call::{self, Call};
use super::class;
use super::folded::Folded;
use super::known::{self, Known};
use super::status::{is_failing_status, is_http_failure};
use super::{access_denied, capability, denial, unnamed, Cause, Explanation, Layer, Permission};
use crate::aws::catalog::Service;
use crate::text::Span;

/// Words that name a cause which is none of a policy, or their beginnings: a value, the network, the state of something.
pub(super) const OTHER_CAUSES: [&str; 89] = [
    "invalid",
    "not valid",
    "t valid",
    "incorrect",
    "malformed",
    "unsupported",
    "not supported",
    "unknown operation",
    "unknown service",
    "unrecognized",
    "not found",
    "no such",
    "not exist",
    "already exist",
    "duplicate",
    "conflict",
    "timeout",
    "timed out",
    "deadline",
    "expired",
    "limit",
    "quota",
    "too many",
    "too large",
    "too long",
    "mismatch",
    "not match",
    "parse",
    "parsing",
    "syntax",
    "decode",
    "unmarshal",
    "closed",
    "broken pipe",
    "reset by",
    "eof",
    "unreachable",
    "unavailable",
    "not running",
    "stopped",
    "opt in",
    "out of memory",
    "out of range",
    "unmodifiable",
    "in use",
    "in progress",
    "being",
    "concurrent",
    "incompatible",
    "deprecated",
    "no longer",
    "not ready",
    "not support",
    "t support",
    "not implemented",
    "not available",
    "already",
    "exceeded",
    "insufficient",
    "reserved",
    "missing",
    "required",
    "must",
    "empty",
    "failed precondition",
    "retired",
    "disabled",
    "exceeds",
    "cannot find",
    "could not find",
    "could not connect",
    "cannot connect",
    "could not resolve",
    "cast",
    "not defined",
    "undefined",
    "corrupt",
    "checksum",
    "conditional",
    "not allowed here",
    "with the provided",
    "with the given",
    "with that name",
    "with this name",
    "unterminated",
    "failed to find",
    "unable to find",
    "unable to locate",
    "t find",
];

/// Whole words by which a code names such a cause.
const CAUSES_OF_CODES: [&str; 18] = [
    "connect",
    "connection",
    "socket",
    "network",
    "dns",
    "ssl",
    "tls",
    "argument",
    "type",
    "value",
    "null",
    "pointer",
    "index",
    "memory",
    "json",
    "format",
    "encoding",
    "interrupted",
];

/// Words of permissions, or their beginnings: beside them nothing is plain.
pub(super) const OF_PERMISSIONS: [&str; 7] =
    ["permission", "denied", "author", "unauthor", "polic", "privilege", "allowed to"];

/// Words of a refusal by a policy, or their beginnings.
const OF_REFUSALS: [&str; 10] = [
    "permission",
    "denied",
    "author",
    "unauthor",
    "polic",
    "privilege",
    "forbidden",
    "access",
    "user",
    "encoded",
];

/// What stands around a reason and is none, in small letters.
const AROUND: [&str; 27] = [
    "api",
    "by",
    "caused",
    "code",
    "err",
    "error",
    "errors",
    "exit",
    "failed",
    "failure",
    "fatal",
    "from",
    "host",
    "id",
    "message",
    "no",
    "or",
    "output",
    "reason",
    "request",
    "requestid",
    "response",
    "service",
    "status",
    "the",
    "unexpected",
    "with",
];

/// What stands between a step and its reason, as programs write it.
const SEPARATORS: [&str; 4] = [":", " - ", " because ", " due to "];

/// More is not repeated.
const LONGEST: usize = 200;
/// What stands farther away, in bytes, is not looked at.
const NEAR: usize = 600;
/// Words are looked for in no more lines than these.
pub(super) const MOST_LINES: usize = 500;

/// The reason behind a step that ends here, in bytes of the source: the rest of its line behind what separates the two,
/// when it has words of its own.
pub(super) fn behind<'t>(folded: &Folded<'t>, step_end: usize) -> Option<&'t str> {
    let line = line_from(folded.whole(), step_end);
    let mut words = behind_on_line(line)?;
    // What ends with a separator has its words on the next line.
    if !has_words(words) && line.trim_end().ends_with([':', '-']) {
        words = trimmed(line_from(folded.whole(), step_end + line.len() + 1));
    }
    has_words(words).then_some(words)
}

/// What stands behind the first separator of a line.
fn behind_on_line(line: &str) -> Option<&str> {
    let separator = SEPARATORS.iter().filter_map(|text| Some(line.find(text)? + text.len()));
    Some(trimmed(line.get(separator.min()?..)?))
}

fn trimmed(words: &str) -> &str {
    cut(words.trim_matches([' ', '-', ':', ',', '.', '\r', '\t']))
}

/// Whether there are words which are neither a tag, a name, a path or a number nor of those that stand around reasons.
fn has_words(text: &str) -> bool {
    let is_name = |word: &str| word.contains(|c: char| c.is_ascii_digit() || "/\\=_@%".contains(c));
    let outside = text.split('<').enumerate().map(|(i, piece)| match i {
        0 => piece,
        _ => piece.split_once('>').map_or("", |(_, outside)| outside),
    });
    outside.flat_map(str::split_whitespace).filter(|word| !is_name(word)).any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
        word.chars().count() > 1 && !AROUND.contains(&word.as_str())
    })
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or_default()
}

/// The line in which something stands, as far as it is near.
pub(super) fn line_of<'t>(folded: &Folded<'t>, span: Span) -> &'t str {
    let text = folded.whole();
    let from = text.floor_char_boundary(span.start.saturating_sub(NEAR));
    let before = text.get(from..span.start).unwrap_or_default();
    let start = span.start - before.rsplit('\n').next().map_or(0, str::len);
    let end = span.start + line_from(text, span.start).len();
    text.get(start..end).unwrap_or_default()
}

/// What of a line stands behind a place, as far as it is near.
pub(super) fn line_from(text: &str, start: usize) -> &str {
    let end = text.floor_char_boundary(start.saturating_add(NEAR).min(text.len()));
    text.get(start..end).and_then(|near| near.split('\n').next()).unwrap_or_default()
}

/// What is known of a cause: something else, where the code or the words around it name that and no permission, or
/// nothing.
fn cause(code: Option<&str>, around: &str) -> Cause {
    let around = words(&code.map_or(around.to_owned(), |code| around.replace(code, " ")));
    let is_status = is_http_failure(&around)
        || code.is_some_and(|code| is_failing_status(code) || class::of(code).is_some());
    let code = words(code.unwrap_or_default());
    let has =
        |words: &str, texts: &[&str]| texts.iter().any(|text| words.contains(&format!(" {text}")));
    let is_named = CAUSES_OF_CODES.iter().any(|word| code.contains(&format!(" {word} ")));
    let is_other =
        is_status || is_named || has(&code, &OTHER_CAUSES) || has(&around, &OTHER_CAUSES);
    match is_other && !has(&around, &OF_PERMISSIONS) {
        true => Cause::NotIam,
        false => Cause::Unknown,
    }
}

/// The words of a text in small letters, a space before each; codes are taken apart at their capitals.
pub(super) fn words(text: &str) -> String {
    let mut words = String::from(" ");
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let begins = c.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || chars.peek().is_some_and(char::is_ascii_lowercase));
        if (begins || !c.is_alphanumeric()) && !words.ends_with(' ') {
            words.push(' ');
        }
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        }
        before = c;
    }
    words
}

/// A step that failed for a reason which is not known here, and is no refusal: a code, or words.
pub(super) fn reason_of_step(
    span: Span,
    step: &Known,
    code: Option<&str>,
    words: &str,
) -> Explanation {
    let cause = cause(code, words);
    let reason = match (code, cause) {
        (Some(code), _) => format!("The reason is {code}, {}", class::said(code, cause)),
        (None, Cause::NotIam) => {
            format!("The message gives another reason than a permission: {words}.")
        }
        (None, _) => {
            format!("The message gives the reason in words that are not known here: {words}.")
        }
    };
    let help = match cause {
        Cause::NotIam => "Read what the message says behind it.",
        _ => "Read what stands behind it: a permission is missing only where that is a refusal.",
    };
    Explanation {
        code: "OTHER_REASON",
        meaning: format!("{} {reason}", step.meaning),
        help: help.to_owned(),
        cause,
        capabilities: step.capabilities(),
        ..unnamed(span)
    }
}

/// A code of which nothing is known, and no refusal.
pub(super) fn code_alone(folded: &Folded, span: Span, code: &str) -> Explanation {
    let cause = cause(Some(code), line_of(folded, span));
    Explanation {
        code: known::CODE_ALONE,
        meaning: format!("This is {code}, {}", class::said(code, cause)),
        help: class::help(code, cause, "Read what the message says behind the code."),
        cause,
        ..unnamed(span)
    }
}

/// Whether the line in which something stands speaks of permissions.
pub(super) fn speaks_of_permissions(folded: &Folded, span: Span) -> bool {
    let words = words(line_of(folded, span));
    OF_PERMISSIONS.iter().any(|text| words.contains(&format!(" {text}")))
}

/// A call that was refused in words which speak of no permission: then the one for the call may well be there.
pub(super) fn refused_for(folded: &Folded, span: Span, call: &Call) -> Option<Explanation> {
    let code = call.code.as_deref().filter(|code| !code.is_empty())?;
    let whole = folded.whole();
    let end = folded.source(call.span).end;
    let near = whole.floor_char_boundary(end.saturating_add(NEAR).min(whole.len()));
    let behind = whole.get(end..near).unwrap_or_default();
    // An SDK writes the code behind the call.
    let code_end = behind.find(code).map_or(0, |at| at + code.len());
    let said = behind_on_line(line_from(whole, end + code_end)).filter(|words| has_words(words))?;
    let is_refusal = OF_REFUSALS.iter().any(|text| words(said).contains(&format!(" {text}")));
    if is_refusal {
        return None;
    }
    let cause = cause(None, said);
    Some(Explanation {
        code: "OTHER_REASON",
        meaning: format!(
            "AWS refused {} with {code} and gives a reason that is no missing permission of the caller: {said}.",
            call.operation
        ),
        help: "Read the reason: to allow the call once more does not help where it names something else.".to_owned(),
        cause,
        ..unnamed(span)
    })
}

/// Whether the line in which something stands, or the one above it, names AWS or one of its services that sessions use.
pub(super) fn is_of_aws(folded: &Folded, span: Span) -> bool {
    let line = line_of(folded, span);
    let text = folded.whole();
    let from = text.floor_char_boundary(span.start.saturating_sub(NEAR));
    let above = text.get(from..span.start).unwrap_or_default().rsplit('\n').nth(1);
    let words = words(line) + &words(above.unwrap_or_default());
    ["aws", "amazon", "s3", "bucket", "kms", "iam", "ssm", "ec2", "ecs", "sts", "vpc"]
        .iter()
        .any(|name| words.contains(&format!(" {name}")))
}

/// Words by which a line is one of a refusal when it also names an action or a call.
const BESIDE_ACTIONS: [&str; 18] = [
    "not have",
    "t have",
    "denied",
    "explicit deny",
    "implicit deny",
    "forbidden",
    "not allowed",
    "not authorized",
    "not permitted",
    "unauthorized",
    "missing",
    "lacks",
    "lacking",
    "lack of",
    "no permission",
    "need permission",
    "requires permission",
    "insufficient",
];

/// The first line that names an action of AWS, or where nothing else is told a call, and tells a refusal in any words.
pub(super) fn refused_line(folded: &Folded, is_told: bool) -> Option<Explanation> {
    let mut at = 0;
    for line in folded.whole().split('\n').take(MOST_LINES) {
        let start = at;
        at += line.len() + 1;
        let near = line_from(line, 0);
        let told = words(near);
        let is_refusal = BESIDE_ACTIONS.iter().any(|text| told.contains(&format!(" {text}")));
        let span = Span::new(start, start + near.len());
        if is_refusal && actions(near).next().is_some() {
            return Some(refused(folded, span));
        }
        if let Some(call) = call::named_in(near).filter(|_| is_refusal && !is_told) {
            return Some(call::refused(span, &call));
        }
    }
    None
}

/// A refusal that is told in other words than those of AWS: its line may name actions, and the kind of policy.
pub(super) fn refused(folded: &Folded, span: Span) -> Explanation {
    let line = line_of(folded, span);
    let plain = Folded::new(line);
    let is_said = |at: &Span| !plain.text().get(..at.start).unwrap_or_default().ends_with("no");
    let denial = plain.find("explicit deny").into_iter().find(is_said).map(|at| at.end);
    let layer = denial.and_then(|end| access_denied::layer_behind(plain.text().get(end..)?));
    let permissions: Vec<_> = actions(line).collect();
    let mut whole = unnamed(span);
    let Some(first) = permissions.first() else {
        let from = folded.whole().floor_char_boundary(span.start.saturating_sub(NEAR));
        if folded.whole().get(from..span.end).is_some_and(|near| words(near).contains(" s3 ")) {
            whole.help.push_str(call::OF_ABSENT_OBJECTS);
        }
        return Explanation {
            cause: if denial.is_some() { Cause::ExplicitDeny } else { whole.cause },
            layer,
            ..whole
        };
    };
    Explanation {
        code: "ACCESS_DENIED",
        meaning: format!("The caller may not call {}.", first.action),
        help: match denial {
            Some(_) => format!(
                "Find the statement with Effect Deny in the {} that covers {}, and make an exception there.",
                layer.map_or("policy", Layer::words),
                first.action
            ),
            None => denial::help_unsaid(first, None),
        },
        cause: if denial.is_some() { Cause::ExplicitDeny } else { Cause::Denied },
        layer,
        capabilities: capability::of(&first.action, None, None),
        permissions,
        ..whole
    }
}

/// The actions in a line that AWS has, each once: `sns:Publish`, in the words of Lambda `Publish on SNS`, and by the name
/// of a call alone behind `permission to`.
pub(super) fn actions(line: &str) -> impl Iterator<Item = Permission> {
    const MOST: usize = 5;
    let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == ':' || c == '-'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let mut found: Vec<Permission> = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let behind = |at: usize| words.get(i + at).copied().unwrap_or_default();
        let service = behind(2).to_ascii_lowercase();
        let before = |at: usize| i.checked_sub(at).and_then(|at| words.get(at)).copied();
        let is_call =
            before(1) == Some("to") && before(2).is_some_and(|word| word.starts_with("permission"));
        let call = call::named_in(word).filter(|_| is_call).and_then(|call| call.action);
        let named = match call.as_deref().unwrap_or(word).trim_matches(':').split_once(':') {
            Some(named) => named,
            None if behind(1) == "on" => (service.as_str(), *word),
            None => continue,
        };
        let known = Service::find(named.0).and_then(|service| service.action(named.1));
        let Some(known) = known else { continue };
        let action = format!("{}:{}", named.0, known.name());
        if found.len() < MOST && found.iter().all(|one| one.action != action) {
            found.push(Permission {
                resource: capability::resource_to_write(&action, None),
                action,
            });
        }
    }
    found.into_iter()
}

/// A call that failed for a reason which is not known here, and is no refusal.
pub(super) fn failed_call(folded: &Folded, span: Span, call: &Call, code: &str) -> Explanation {
    let cause = cause(Some(code), line_from(folded.whole(), span.end));
    Explanation {
        code: "CALL_FAILED",
        meaning: format!("{} failed with {code}, {}", call.operation, class::said(code, cause)),
        help: class::help(
            code,
            cause,
            "Read what the message says behind the code, and look the code up under the errors of this call in the \
             API reference.",
        ),
        cause,
        ..unnamed(span)
    }
}
