//! What an error message of Session Manager means: which permission is missing, whose it is, what to do.
//!
//! Knows the texts of the agent, of the Session Manager plugin, of the console and of the AWS CLI, and reads every
//! "is not authorized to perform" message. A log of many lines gives one explanation for each different message.
//! Sources: the Systems Manager user guide, June 2023 and 2026; "Troubleshoot access denied error messages" of the
//! IAM user guide; the source of the agent, 2024-10. Read 2026-11.

mod access_denied;
mod capability;
mod folded;
mod known;

use std::collections::BTreeMap;

use crate::sort::sort_by;
use crate::text::Span;

use access_denied::AccessDenied;
use folded::Folded;
use known::{Known, KNOWN};

/// What one message means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// A stable name for programs.
    pub code: &'static str,
    /// Where the message stands first, in bytes of the text.
    pub span: Span,
    /// How often it stands in the text.
    pub times: usize,
    /// What it means, in sentences.
    pub meaning: String,
    /// What to do, in sentences.
    pub help: String,
    /// Whether something is missing or in the way.
    pub cause: Cause,
    /// The kind of policy that decided, when the message says so.
    pub layer: Option<Layer>,
    /// The ARN of that policy, when the message names it.
    pub policy_arn: Option<String>,
    /// Who was refused, as the message names them.
    pub principal: Option<String>,
    /// What has to be allowed; empty when no policy can mend it.
    pub permissions: Vec<Permission>,
    /// The capabilities that do not work because of it, by their ids.
    pub capabilities: Vec<&'static str>,
}

/// An action that has to be allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permission {
    /// Such as `kms:Decrypt`.
    pub action: String,
    /// What belongs into `Resource`; `None` when the message does not say.
    pub resource: Option<String>,
}

/// Why something was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Nothing allows it.
    ImplicitDeny,
    /// A statement denies it; to allow it as well does not help.
    ExplicitDeny,
    /// One of the two; the message does not say which.
    Denied,
    /// Something other than a policy.
    NotIam,
}

/// A kind of policy, as messages distinguish them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Identity-based policies.
    Identity,
    /// A resource-based policy.
    Resource,
    /// The trust policy of a role.
    Trust,
    /// A service control policy.
    Scp,
    /// A resource control policy.
    Rcp,
    /// A permissions boundary.
    Boundary,
    /// A session policy.
    Session,
    /// A VPC endpoint policy.
    Endpoint,
}

impl Cause {
    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Cause::ImplicitDeny => "implicit_deny",
            Cause::ExplicitDeny => "explicit_deny",
            Cause::Denied => "denied",
            Cause::NotIam => "not_iam",
        }
    }
}

impl Layer {
    /// The name for programs, as in [`crate::evaluate`]'s reports where it has one.
    pub fn name(self) -> &'static str {
        match self {
            Layer::Identity => "identity",
            Layer::Resource => "resource",
            Layer::Trust => "trust",
            Layer::Scp => "scp",
            Layer::Rcp => "rcp",
            Layer::Boundary => "boundary",
            Layer::Session => "session",
            Layer::Endpoint => "endpoint",
        }
    }

    /// The name for people, as AWS's messages have it.
    pub fn words(self) -> &'static str {
        match self {
            Layer::Identity => "identity-based policy",
            Layer::Resource => "resource-based policy",
            Layer::Trust => "role trust policy",
            Layer::Scp => "service control policy",
            Layer::Rcp => "resource control policy",
            Layer::Boundary => "permissions boundary",
            Layer::Session => "session policy",
            Layer::Endpoint => "VPC endpoint policy",
        }
    }
}

/// A known text explains the access denied message that follows it this closely, in bytes: a log wraps one around
/// the other.
const NEAR: usize = 600;

/// The messages in a text, in the order in which each stands there first; none when nothing is recognised.
pub fn explain_error(text: &str) -> Vec<Explanation> {
    let folded = Folded::new(text);
    let mut known = known_texts(&folded);
    let denied: Vec<AccessDenied> = access_denied::find(&folded);
    let mut found = Vec::new();
    for message in &denied {
        found.push(explain_denied(text, message, &mut known));
    }
    let nothing_named = denied.is_empty() && known.is_empty();
    let left = known.into_iter().filter_map(|(span, known)| Some(explain_known(span, known?)));
    found.extend(left);
    if nothing_named {
        found.extend(folded.find("accessdenied").next().map(|span| unnamed(folded.source(span))));
    }
    bounded(once_each(found))
}

/// More messages are only counted: a log repeats a few.
const MOST_EXPLANATIONS: usize = 200;

/// The first explanations, and a last one that says how many messages there are beyond.
fn bounded(mut found: Vec<Explanation>) -> Vec<Explanation> {
    let left_out = found.split_off(found.len().min(MOST_EXPLANATIONS));
    if let Some(first) = left_out.first() {
        found.push(Explanation {
            code: "MORE_MESSAGES",
            times: left_out.iter().map(|explanation| explanation.times).sum(),
            meaning: format!(
                "From here on there are {} more different messages, which are not explained.",
                left_out.len()
            ),
            help: "Paste the rest of the text by itself.".to_owned(),
            ..unnamed(first.span)
        });
    }
    found
}

/// Known texts in the order of their places; `None` is one that was taken away.
type KnownTexts = Vec<(Span, Option<&'static Known>)>;

/// The known texts, those that stand in the text of another left out.
fn known_texts(folded: &Folded) -> KnownTexts {
    let mut found: KnownTexts = Vec::new();
    for known in KNOWN {
        found.extend(folded.find(known.text).map(|span| (folded.source(span), Some(known))));
    }
    // Stable: of two with one span the first in the table counts.
    sort_by(&mut found, &|(a, _), (b, _)| a.cmp(b));
    found.dedup_by_key(|(span, _)| *span);
    found
}

/// Whether a line of a log begins in the text: with a date, since wrapped messages do not begin with digits.
fn begins_log_line(text: &str) -> bool {
    text.split('\n').skip(1).any(|line| line.starts_with(|c: char| c.is_ascii_digit()))
}

/// Explains an access denied message, with what the known texts around it tell more; takes those texts away.
fn explain_denied(text: &str, message: &AccessDenied, known: &mut KnownTexts) -> Explanation {
    let start = message.span.start;
    let from = Span::new(start.saturating_sub(NEAR), 0);
    let wraps = |span: Span, known: &Known| {
        let between = text.get(span.end..start).unwrap_or_default();
        let is_action = |action: &&str| action.eq_ignore_ascii_case(message.action);
        known.actions.iter().any(is_action) && !begins_log_line(between)
    };
    let start = known.partition_point(|(span, _)| *span < from);
    let end = known.partition_point(|(span, _)| *span <= message.span);
    let mut around = None;
    for (span, known) in known.get_mut(start..end).unwrap_or_default() {
        // The nearest is the most exact.
        around = known.take_if(|known| wraps(*span, known)).or(around);
    }
    let capabilities = match around {
        Some(known) => known.capabilities.to_vec(),
        None => capability::of(message.action, message.resource, message.principal),
    };
    let permission = Permission {
        action: message.action.to_owned(),
        resource: capability::resource_to_write(message.action, message.resource),
    };
    Explanation {
        code: "ACCESS_DENIED",
        span: message.span,
        times: 1,
        meaning: message.meaning(around.map(|known| known.meaning)),
        help: message.help(&permission),
        cause: message.cause(),
        layer: message.layer,
        policy_arn: message.policy_arn.map(str::to_owned),
        principal: message.principal.map(str::to_owned),
        permissions: vec![permission],
        capabilities,
    }
}

fn explain_known(span: Span, known: &Known) -> Explanation {
    let permission = |action: &&str| Permission {
        action: (*action).to_owned(),
        resource: capability::resource_to_write(action, None),
    };
    Explanation {
        code: known.code,
        span,
        times: 1,
        meaning: known.meaning.to_owned(),
        help: known.help.to_owned(),
        cause: known.cause,
        layer: None,
        policy_arn: None,
        principal: None,
        permissions: known.actions.iter().map(permission).collect(),
        capabilities: known.capabilities.to_vec(),
    }
}

/// A refusal that names no action.
fn unnamed(span: Span) -> Explanation {
    Explanation {
        code: "ACCESS_DENIED_WITHOUT_ACTION",
        span,
        times: 1,
        meaning: "Access was denied, but this text does not say for which action.".to_owned(),
        help: "Paste the whole message: AWS writes who is not authorized to perform which action. The event of \
               the call in CloudTrail has it as errorMessage."
            .to_owned(),
        cause: Cause::Denied,
        layer: None,
        policy_arn: None,
        principal: None,
        permissions: Vec::new(),
        capabilities: Vec::new(),
    }
}

/// Says what is the same but for its place once, and how often it was there.
fn once_each(mut found: Vec<Explanation>) -> Vec<Explanation> {
    sort_by(&mut found, &|a, b| a.span.cmp(&b.span));
    let mut first: BTreeMap<_, usize> = BTreeMap::new();
    let mut kept: Vec<Explanation> = Vec::new();
    for explanation in found {
        let resource =
            explanation.permissions.first().map(|p| (p.action.clone(), p.resource.clone()));
        let principal = explanation.principal.clone();
        let key = (explanation.code, resource, principal, explanation.cause, explanation.layer);
        match first.get(&key).and_then(|at| kept.get_mut(*at)) {
            Some(same) => same.times += 1,
            None => {
                first.insert(key, kept.len());
                kept.push(explanation);
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests;
