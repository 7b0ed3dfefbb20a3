//! Puts together what belongs to one message: the steps that failed, and why.
//!
//! A message is a chain: steps, each wrapped around the next, and at its end a reason. A permission is missing where the
//! reason is a refusal, or none is told; otherwise the reason alone counts.

use super::access_denied::{self, AccessDenied};
use super::call::{self, Call};
use super::codes::codes;
use super::folded::{Folded, Gap};
use super::known::{self, known, Kind, Known};
use super::{capability, class, other, status, unnamed, Cause, Explanation, Permission};
use crate::sort::sort_by;
use crate::text::Span;

/// What stands farther apart, in bytes, does not belong together.
const NEAR: usize = 600;
/// What stands closer is one phrase.
const NEAREST: usize = 40;

/// Words of a refusal that names no action, in small letters. The first are those of AWS alone; those before the second
/// number are told also by themselves.
const REFUSALS: [&str; 32] = [
    "accessdenied",
    "unauthorizedoperation",
    "with an explicit deny",
    "authorized to perform this",
    "authorized to perform the",
    "don't have permission",
    "don't have the required",
    "do not have the required",
    "doesn't have the required",
    "does not have the required",
    "access to the resource",
    "do not have permission",
    "doesn't have permission",
    "does not have permission",
    "not authorized to access",
    "user is not authorized",
    "insufficient permission",
    "don't have sufficient permission",
    "do not have sufficient permission",
    "doesn't have sufficient permission",
    "does not have sufficient permission",
    "lacks permission",
    "missing permission",
    "forbidden: forbidden",
    "access denied",
    "unauthorized request",
    "unauthorizedexception",
    "authorizationerror",
    "authorizationfailure",
    "not authorized",
    "forbidden",
    // The gateway answers so to a channel that it does not open.
    "bad handshake",
];
const REFUSALS_OF_AWS: usize = 5;
const REFUSALS_ALONE: usize = 24;

/// Something that was found, in the order of the table for what is known.
enum Part {
    Named(AccessDenied),
    Call(Call),
    Known(usize, Known),
    /// The code of an error that nothing is known of.
    Code(String),
    Refusal,
}

/// The chain of one message.
#[derive(Default)]
struct Chain {
    span: Option<Span>,
    steps: Vec<Known>,
    /// Where the last step ends, in the folded text.
    step_end: usize,
    call: Option<Call>,
    named: Option<AccessDenied>,
    why: Option<(usize, Known)>,
    code: Option<String>,
    is_refused: bool,
}

/// Every message whose meaning is known. A step that failed and does not say why is taken for refused, unless the text
/// says elsewhere that AWS is not reached.
pub(super) fn explain(folded: &Folded) -> Vec<Explanation> {
    let mut found = Vec::new();
    let mut chain = Chain::default();
    let mut explain = |chain: Chain| {
        let is_step_alone = chain.is_step_alone();
        found.extend(chain.explain(folded).map(|explanation| (explanation, is_step_alone)));
    };
    for (span, part) in parts(folded) {
        if chain.ends_before(folded, span, &part) {
            explain(std::mem::take(&mut chain));
        }
        chain.take(span, part);
    }
    explain(chain);
    if found.iter().any(|(one, _)| known::ON_THE_WAY.contains(&one.code)) {
        found.retain(|(one, is_step_alone)| !(*is_step_alone && one.cause != Cause::NotIam));
    }
    found.into_iter().map(|(one, _)| one).collect()
}

/// A text that says only that something was refused, in words of AWS alone or of any program.
pub(super) fn refusal_alone(folded: &Folded, is_of_aws: bool) -> Option<Explanation> {
    let words = if is_of_aws { REFUSALS_OF_AWS } else { REFUSALS_ALONE };
    let found = folded.find_each(REFUSALS.get(..words).unwrap_or_default());
    let first = found.into_iter().map(|(span, _)| span).min();
    // An operating system denies access in the same words.
    let denied = || {
        let at =
            folded.find_each(&["access denied", "403 forbidden", "403: forbidden"]).into_iter();
        at.map(|(at, _)| folded.source(at)).find(|span| other::is_of_aws(folded, *span))
    };
    let span = first.map(|at| folded.source(at)).or_else(denied)?;
    Some(other::refused(folded, span))
}

/// All parts in the order of their places, without those that stand in another.
fn parts(folded: &Folded) -> Vec<(Span, Part)> {
    let mut parts: Vec<(Span, Part)> = Vec::new();
    parts.extend(
        access_denied::find(folded).into_iter().map(|named| (named.span, Part::Named(named))),
    );
    parts.extend(call::find(folded).into_iter().map(|call| (call.span, Part::Call(call))));
    let known: Vec<(usize, Known)> = known().enumerate().collect();
    let texts = known.iter().flat_map(|(row, known)| known.texts().map(|text| (text, Some(*row))));
    let texts: Vec<_> = texts.chain(REFUSALS.map(|text| (text, None))).collect();
    let plain = |text: &'static str| {
        let text = text.strip_prefix(known::OF_NODE).unwrap_or(text);
        text.split_once(known::ANY_WORD).map_or((text, None), |(text, end)| (text, Some(end)))
    };
    let needles: Vec<&str> = texts.iter().map(|(text, _)| plain(text).0).collect();
    for (mut span, i) in folded.find_each(&needles) {
        let is_of_node = texts.get(i).is_some_and(|(text, _)| text.starts_with(known::OF_NODE));
        if is_of_node && !folded.is_behind_node(span.start) {
            continue;
        }
        // Words begin where a word begins; a code may be a part of a longer one.
        let is_words = needles.get(i).is_some_and(|needle| needle.contains(' '));
        if is_words && !folded.begins_word(span.start) && folded.gap(span.start) == Gap::None {
            continue;
        }
        if let Some(end) = texts.get(i).and_then(|(text, _)| plain(text).1) {
            let Some(end) = folded.end_behind_word(span.end, end) else { continue };
            span.end = end;
        }
        let row = texts.get(i).and_then(|(_, row)| known.get((*row)?));
        parts.push((span, row.map_or(Part::Refusal, |(row, known)| Part::Known(*row, *known))));
    }
    parts.extend(codes(folded).into_iter().map(|(span, code)| (span, Part::Code(code))));
    let order = |part: &(Span, Part)| {
        // A call stands around its code, and the longest comes first of what begins at one place.
        let rank = match &part.1 {
            Part::Call(_) => 0,
            Part::Named(_) => 1,
            Part::Known(row, _) => 2 + row,
            Part::Refusal | Part::Code(_) => usize::MAX,
        };
        (part.0.start, usize::MAX - part.0.end, rank)
    };
    sort_by(&mut parts, &|a, b| order(a).cmp(&order(b)));
    let mut end = 0;
    parts.retain(|(span, part)| {
        let stands_alone = span.start >= end;
        if stands_alone && !matches!(part, Part::Call(_) | Part::Code(_)) {
            end = span.end;
        }
        stands_alone
    });
    parts
}

impl Chain {
    /// Whether this part belongs to another message.
    fn ends_before(&self, folded: &Folded, span: Span, part: &Part) -> bool {
        let Some(last) = self.span else { return false };
        let (from, to) = (folded.source(last).end, folded.source(span).start);
        let between = folded.whole().get(from..to).unwrap_or_default();
        if between.len() > NEAR || begins_record(between) {
            return true;
        }
        let has_reason = self.named.is_some() || self.why.is_some();
        let is_alone = self.why.as_ref().is_some_and(|(_, why)| why.kind == Kind::Alone);
        match part {
            Part::Known(_, known)
                if self.why.as_ref().is_some_and(|(_, w)| w.code == known.code) =>
            {
                false
            }
            Part::Refusal | Part::Code(_) => false,
            // The code of the service around a refusal stands behind it in parentheses.
            Part::Known(_, known) if self.named.is_some() && known.code == "VALUE_REFUSED" => {
                !between.contains("(Service: ")
            }
            Part::Known(_, known) => {
                // Behind a refusal that is told whole nothing else is said of it.
                let is_whole = is_alone || self.named.is_some() || known.kind == Kind::Alone;
                is_whole || (known.kind == Kind::Step && has_reason)
            }
            // An event of CloudTrail names the call behind its message.
            Part::Call(call) if self.named.as_ref().is_some_and(|named| call.is(&named.action)) => {
                false
            }
            // Python names the class of an error, which is its code, and then says the same again.
            Part::Call(_) if between.trim_end().ends_with(": An error occurred") => {
                between.len() > NEAREST
            }
            Part::Call(_) => has_reason || self.call.is_some(),
            Part::Named(_) => self.named.is_some() || is_alone,
        }
    }

    /// Whether nothing says why its step failed.
    fn is_step_alone(&self) -> bool {
        let has_code =
            self.code.is_some() || self.call.as_ref().is_some_and(|call| call.code.is_some());
        let is_told = self.named.is_some() || self.why.is_some() || has_code || self.is_refused;
        !is_told && !self.steps.is_empty()
    }

    fn take(&mut self, span: Span, part: Part) {
        // A code stands within its call.
        let own = self.span.unwrap_or(span);
        self.span = Some(Span::new(own.start, own.end.max(span.end)));
        match part {
            Part::Named(named) => self.named = Some(named),
            Part::Call(call) => self.call = Some(call),
            Part::Known(_, known) if known.kind == Kind::Step => {
                self.steps.push(known);
                self.step_end = span.end;
            }
            Part::Known(row, known) => {
                if self.why.as_ref().is_none_or(|(first, _)| row < *first) {
                    self.why = Some((row, known));
                }
            }
            Part::Code(code) => self.code = self.code.take().or(Some(code)),
            Part::Refusal => self.is_refused = true,
        }
    }

    fn explain(self, folded: &Folded) -> Option<Explanation> {
        let span = folded.source(self.span?);
        if let Some(named) = &self.named {
            let reserved = known().find(|known| known.code == "NAME_RESERVED");
            let reserved = reserved.filter(|_| names_reserved_parameter(named));
            return Some(match reserved {
                Some(known) => of_known(folded.source(named.span), &known, None),
                None => self.denied(folded, named),
            });
        }
        let code = self.call.as_ref().and_then(|call| call.code.clone()).unwrap_or_default();
        let is_refused = self.is_refused || is_refusal(&code);
        let called = self.call.as_ref().filter(|_| is_refused).and_then(|call| call.action.clone());
        let step = self.steps.last();
        // What is usual gives way to everything.
        let has_code = self.code.is_some() || !code.is_empty();
        let is_told = step.is_some() || has_code || is_refused;
        let usual = self.why.map(|(_, why)| why).filter(|why| why.kind == Kind::Usual);
        let why = self.why.filter(|_| !(is_told && usual.is_some()));
        // A step that says nothing of its own gives way to a refusal of a call that is named.
        let known = match (why, step) {
            // The last rows say only that something is wrong; a refusal says more.
            (Some((_, why)), Some(step)) if is_refused && why.code == "VALUE_REFUSED" => {
                Some(*step)
            }
            (Some((_, why)), None) if is_refused && why.code == "VALUE_REFUSED" => None,
            (Some((_, why)), _) => Some(why),
            (None, step) => step.copied(),
        };
        if let (Some(step), None, false) = (step, &why, is_refused) {
            let end = folded.source(Span::new(0, self.step_end)).end;
            let words = other::behind(folded, end).filter(|_| step.is_of_permission());
            let code = self.code.as_deref().or(Some(code.as_str()).filter(|code| !code.is_empty()));
            if code.is_some() || words.is_some() {
                let words = words.unwrap_or_default();
                return Some(other::reason_of_step(span, step, code, words));
            }
        }
        let Some(known) = known else {
            return match (&self.call, self.code) {
                (Some(call), _) if is_refused => {
                    let said = other::refused_for(folded, span, call);
                    said.or_else(|| Some(call::refused(span, call)))
                }
                (Some(call), _) if !code.is_empty() => {
                    Some(other::failed_call(folded, span, call, &code))
                }
                (_, Some(_)) if !is_refused && status::is_refused_by_status(folded, span) => {
                    Some(other::refused(folded, span))
                }
                (_, Some(code)) if !is_refused => {
                    let alone = other::code_alone(folded, span, &code);
                    // Words say more than a code whose own words tell nothing, as the class of all errors of a service.
                    let is_silent = class::of(&code).is_none();
                    let usual = usual.filter(|usual| {
                        let says_more = usual.cause == Cause::NotIam && is_silent;
                        (says_more || alone.cause == Cause::Unknown)
                            && !other::speaks_of_permissions(folded, span)
                    });
                    Some(usual.map_or(alone, |usual| of_known(span, &usual, None)))
                }
                // Behind a code that says only that something is wrong, words of a refusal say more.
                (None, _) if is_refused && why.is_some() => Some(other::refused(folded, span)),
                _ => None,
            };
        };
        let mut explanation = of_known(span, &known, step);
        if is_refused && known.kind == Kind::Step && known.cause == Cause::Unknown {
            explanation.cause = Cause::Denied;
        }
        if explanation.capabilities.is_empty() {
            explanation.capabilities = step.map(Known::capabilities).unwrap_or_default();
        }
        if explanation.permissions.is_empty() && known.cause != Cause::NotIam {
            let of_step = step.and_then(|step| step.actions().next());
            let permission = |action: String| Permission {
                resource: capability::resource_to_write(&action, None),
                action,
            };
            let action = called.or(of_step.map(str::to_owned));
            explanation.permissions.extend(action.map(permission));
        }
        Some(explanation)
    }

    /// Explains a message that names the action, with what the nearest step around it tells more.
    fn denied(&self, folded: &Folded, named: &AccessDenied) -> Explanation {
        let is_action = |action: &str| action.eq_ignore_ascii_case(&named.action);
        let around = self.steps.iter().rev().find(|step| step.actions().any(is_action));
        let capabilities = match around {
            Some(step) => step.capabilities(),
            None => {
                let resource = named.resource.as_deref();
                capability::of(&named.action, resource, named.principal.as_deref())
            }
        };
        let permission = Permission {
            action: named.action.clone(),
            resource: capability::resource_to_write(&named.action, named.resource.as_deref()),
        };
        Explanation {
            code: "ACCESS_DENIED",
            span: folded.source(named.span),
            times: 1,
            meaning: named.meaning(around.map(|step| step.meaning)),
            help: named.help(&permission, around.and_then(Known::who)),
            cause: named.cause,
            layer: named.layer,
            policy_arn: named.policy_arn.clone(),
            principal: named.principal.clone(),
            permissions: vec![permission],
            capabilities,
        }
    }
}

/// Whether somebody was refused to make a parameter of a name that AWS keeps for itself.
fn names_reserved_parameter(named: &AccessDenied) -> bool {
    let name = named.resource.as_deref().and_then(|resource| resource.split_once(":parameter/"));
    let is_reserved =
        |(_, name): (&str, &str)| name.starts_with("aws/") || name.starts_with("ssm/");
    named.action.eq_ignore_ascii_case("ssm:PutParameter") && name.is_some_and(is_reserved)
}

/// Whether a record of a log, or a paragraph, begins in this text: with a date or a level at the front of a line, after
/// what a journal writes there. Behind a code and its colon the message itself may be the next paragraph.
fn begins_record(between: &str) -> bool {
    between.split('\n').skip(1).any(|line| {
        let line = line.trim_end_matches('\r');
        let begins = |text: &str| {
            let is_digits = |range: std::ops::Range<usize>| {
                text.get(range).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            };
            let is_date = is_digits(0..4)
                && matches!(text.as_bytes().get(4), Some(b'-' | b'/'))
                && is_digits(5..7);
            let levels = ["INFO", "WARN", "ERROR", "DEBUG", "FATAL", "[INFO]", "[WARN]", "[ERROR]"];
            // Terraform lists several errors so.
            let is_item = text.trim_start().starts_with("* ");
            is_date || is_item || levels.into_iter().any(|level| text.starts_with(level))
        };
        // `Oct 27 10:43:16 ip-10-0-0-1 amazon-ssm-agent[2373]: `
        let after_journal = line.split_once("]: ").filter(|(prefix, _)| prefix.len() < 120);
        match after_journal {
            Some((_, rest)) => begins(rest),
            None => begins(line),
        }
    }) || between.split_once("\n\n").is_some_and(|(before, _)| before.trim_end() != ":")
}

/// Whether the code of an error says that the caller was refused.
pub(super) fn is_refusal(code: &str) -> bool {
    let code = code.to_ascii_lowercase();
    let words = [
        "accessdenied",
        "unauthorized",
        "notauthorized",
        "authorizationerror",
        "authorizationfailure",
        "forbidden",
        "403",
    ];
    words.into_iter().any(|word| code.contains(word))
}

/// What is known, of a reason in the step around it. The step tells which call of the service failed, and whose it is.
pub(super) fn of_known(span: Span, known: &Known, step: Option<&Known>) -> Explanation {
    let permission = |action: &'static str| Permission {
        action: action.to_owned(),
        resource: capability::resource_to_write(action, None),
    };
    let service = |of: &Known| of.actions().next().and_then(|action| action.split(':').next());
    let step = step.filter(|step| service(step).is_some() && service(step) == service(known));
    let call = step.unwrap_or(known);
    let who = step.and_then(Known::who).unwrap_or("the caller");
    let action = call.actions().next().unwrap_or_default();
    let named = |text: &str| text.replace("{who}", who).replace("{action}", action);
    let capabilities = call.capabilities();
    Explanation {
        code: known.code,
        meaning: named(known.meaning),
        help: named(known.help),
        cause: known.cause,
        permissions: call.actions().map(permission).collect(),
        capabilities: if capabilities.is_empty() { known.capabilities() } else { capabilities },
        ..unnamed(span)
    }
}
