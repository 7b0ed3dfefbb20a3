//! Which call failed, as the AWS CLI and the SDKs write it: `An error occurred (CODE) when calling the OPERATION
//! operation`, `operation error SERVICE: OPERATION`, the event of CloudTrail, and `calling OPERATION` in any program.

use super::folded::{Folded, Gap};
use super::{capability, denial, unnamed, Explanation, Permission};
use crate::aws::catalog::Service;
use crate::session::capabilities::capabilities;
use crate::text::Span;

/// A call that failed.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// Where it stands in the folded text.
    pub(super) span: Span,
    /// The code of its error, where the message begins with it.
    pub(super) code: Option<String>,
    /// Such as `StartSession`.
    pub(super) operation: String,
    /// The action that has to be allowed for it, when it is known.
    pub(super) action: Option<String>,
}

impl Call {
    /// Whether it is allowed by this action.
    pub(super) fn is(&self, action: &str) -> bool {
        self.action.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(action))
    }
}

/// Operations whose action has another name.
const OTHER_NAMES: [(&str, &str); 9] = [
    ("ListBuckets", "s3:ListAllMyBuckets"),
    ("HeadObject", "s3:GetObject"),
    ("HeadBucket", "s3:ListBucket"),
    ("ListObjects", "s3:ListBucket"),
    ("ListObjectsV2", "s3:ListBucket"),
    ("GetBucketEncryption", "s3:GetEncryptionConfiguration"),
    ("CreateMultipartUpload", "s3:PutObject"),
    ("UploadPart", "s3:PutObject"),
    ("CompleteMultipartUpload", "s3:PutObject"),
];

/// Services in which an operation is looked for whose service is not told.
const SERVICES: [&str; 9] =
    ["ssm", "ssmmessages", "ssm-guiconnect", "ecs", "kms", "logs", "s3", "iam", "sts"];

/// No name of a code or an operation is longer.
const LONGEST_NAME: usize = 80;

/// All calls in the text.
pub(super) fn find(folded: &Folded) -> Vec<Call> {
    let mut calls: Vec<Call> =
        folded.find("when calling the").into_iter().filter_map(|at| of_cli(folded, at)).collect();
    let go = folded.find("operation error").into_iter().filter_map(|at| of_sdk(folded, at));
    calls.extend(go);
    calls
        .extend(folded.find("\"eventname\": \"").into_iter().filter_map(|at| of_event(folded, at)));
    calls.extend(folded.find("calling ").into_iter().filter_map(|at| of_words(folded, at)));
    calls
}

/// The call that a line names by the word for its operation alone.
pub(super) fn named_in(line: &str) -> Option<Call> {
    let words = line.split(|c: char| !c.is_ascii_alphanumeric());
    let is_operation = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word.chars().filter(char::is_ascii_uppercase).count() > 1
    };
    let mut calls = words.filter(is_operation).filter_map(|word| {
        let action = action(word, None)?;
        Some(Call {
            span: Span::new(0, 0),
            code: None,
            operation: word.to_owned(),
            action: Some(action),
        })
    });
    calls.next()
}

/// `Error calling CreateLogStream: …`, as programs write it in their own words; the operation is one that is known.
fn of_words(folded: &Folded, at: Span) -> Option<Call> {
    let operation = word(folded, at.end);
    let name = folded.written(operation);
    let action = name.starts_with(char::is_uppercase).then(|| action(&name, None))??;
    Some(Call {
        span: Span::new(at.start, operation.end),
        code: None,
        operation: name,
        action: Some(action),
    })
}

fn of_cli(folded: &Folded, at: Span) -> Option<Call> {
    let mut operation = name(folded, at.end);
    let text = folded.text().get(operation.start..operation.end)?;
    // More words may follow; a name that a terminal broke ends with the word all the same.
    let is_word = |at: usize| folded.gap(operation.start + at) != Gap::None;
    let mut words = text.match_indices("operation").chain(text.match_indices("api"));
    let length = words.find(|(at, _)| *at > 0 && is_word(*at)).map(|(at, _)| at);
    operation.end = operation.start + length?;
    let mut start = at.start;
    // Old releases of the AWS CLI write `A client error (CODE) occurred when calling the OPERATION operation`.
    let before = folded.text().get(..at.start)?;
    let before = before.strip_suffix("occurred").unwrap_or(before);
    let code = before.strip_suffix(')').and_then(|before| {
        let open =
            before.len() - before.bytes().rev().take(LONGEST_NAME).position(|b| b == b'(')?;
        start = open - 1;
        Some(folded.written(Span::new(open, before.len())))
    });
    let operation_name = folded.written(operation);
    let is_ec2 = code.as_deref().is_some_and(|code| code.contains("UnauthorizedOperation"));
    let action = action(&operation_name, is_ec2.then_some("ec2"));
    Some(Call { span: Span::new(start, operation.end), code, operation: operation_name, action })
}

fn of_sdk(folded: &Folded, at: Span) -> Option<Call> {
    let rest = folded.text().get(at.end..)?;
    let colon = rest.bytes().take(LONGEST_NAME).position(|b| b == b':')?;
    let service = rest.get(..colon)?.replace("cloudwatchlogs", "logs");
    let start = at.end + colon + 1;
    let of = |operation| action(&folded.written(operation), Some(&service));
    // A line may end after the name, or inside it.
    let ways = [name(folded, start), word(folded, start)];
    let operation = ways.into_iter().find(|way| of(*way).is_some()).unwrap_or(ways[0]);
    let (operation_name, action) = (folded.written(operation), of(operation));
    let span = Span::new(at.start, operation.end);
    Some(Call { span, code: code_of_sdk(folded, operation.end), operation: operation_name, action })
}

/// The code behind the operation, in `https response error StatusCode: 400, RequestID: …, api error CODE: …`.
fn code_of_sdk(folded: &Folded, from: usize) -> Option<String> {
    const BEFORE: &[u8] = b"apierror";
    const FARTHEST: usize = 200;
    let near = folded.text().as_bytes().get(from..)?;
    let near = near.get(..FARTHEST).unwrap_or(near);
    let at = near.windows(BEFORE.len()).position(|bytes| bytes == BEFORE)?;
    let code = folded.written(name(folded, from + at + BEFORE.len()));
    (!code.is_empty()).then_some(code)
}

/// The members of an event stand in the order of the alphabet or of its documentation, close to each other.
fn of_event(folded: &Folded, at: Span) -> Option<Call> {
    const NEAR: usize = 1_000;
    let operation = name(folded, at.end);
    let text = folded.text();
    let mut floor = at.start.saturating_sub(NEAR);
    while !text.is_char_boundary(floor) {
        floor += 1;
    }
    let before = text.get(floor..at.start)?;
    let mut ceiling = (at.end + NEAR).min(text.len());
    while !text.is_char_boundary(ceiling) {
        ceiling -= 1;
    }
    let after = text.get(at.end..ceiling)?;
    let member = |name: &str| {
        let (_, value) = after.split_once(name).or_else(|| before.rsplit_once(name))?;
        Some(value.split_once('"')?.0.to_owned())
    };
    let code = member("\"errorcode\":\"")?;
    let source = member("\"eventsource\":\"").unwrap_or_default();
    let service = source.split('.').next();
    let operation_name = folded.written(operation);
    let action = action(&operation_name, service);
    Some(Call {
        span: Span::new(at.start, operation.end),
        code: Some(code),
        operation: operation_name,
        action,
    })
}

/// The letters and digits of one word from here.
pub(super) fn word(folded: &Folded, start: usize) -> Span {
    let mut span = name(folded, start);
    span.end = (start + 1..span.end).find(|at| folded.gap(*at) != Gap::None).unwrap_or(span.end);
    span
}

/// The letters and digits from here.
pub(super) fn name(folded: &Folded, start: usize) -> Span {
    let rest = folded.text().get(start..).unwrap_or_default();
    let end = rest.bytes().take(LONGEST_NAME).position(|b| !b.is_ascii_alphanumeric());
    Span::new(start, start + end.unwrap_or(rest.len().min(LONGEST_NAME)))
}

/// The action that an operation is allowed by.
fn action(operation: &str, service: Option<&str>) -> Option<String> {
    if let Some((_, action)) = OTHER_NAMES.iter().find(|(name, _)| *name == operation) {
        return Some((*action).to_owned());
    }
    let in_service = |prefix: &str| {
        let name = Service::find(prefix)?.action(operation)?.name();
        Some(format!("{prefix}:{name}"))
    };
    if let Some(service) = service {
        return in_service(service);
    }
    let of_table = capabilities().iter().flat_map(|capability| &capability.requests);
    let has_name =
        |action: &&str| action.split_once(':').is_some_and(|(_, name)| name == operation);
    of_table
        .map(|request| request.action)
        .find(has_name)
        .map(str::to_owned)
        .or_else(|| SERVICES.into_iter().find_map(in_service))
}

/// A refusal that names the call and not the action.
pub(super) fn refused(span: Span, call: &Call) -> Explanation {
    let Some(action) = &call.action else {
        return Explanation {
            meaning: format!(
                "The caller may not call {}; the message does not say more.",
                call.operation
            ),
            ..unnamed(span)
        };
    };
    let resource = capability::resource_to_write(action, None);
    let permission = Permission { action: action.clone(), resource };
    Explanation {
        code: "ACCESS_DENIED",
        meaning: format!(
            "The caller may not call {}. The message does not say which policy decided.",
            call.operation
        ),
        help: denial::help_unsaid(&permission, None) + of_head(&call.operation),
        capabilities: capability::of(action, None, None),
        permissions: vec![permission],
        ..unnamed(span)
    }
}

/// What is to be said where Amazon S3 refuses an object without a word.
pub(super) const OF_ABSENT_OBJECTS: &str =
    " Where the caller may not list the bucket, Amazon S3 says the same of an object that is not there.";

/// What is to be said of a call whose answer has no words, so that nobody knows why.
fn of_head(operation: &str) -> &'static str {
    match operation {
        "HeadBucket" => " The name may also be that of a bucket of another account: look at the name and its owner.",
        "HeadObject" => OF_ABSENT_OBJECTS,
        _ => "",
    }
}
