//! What an error message of Session Manager means: which permission is missing, whose it is, what to do.
//!
//! Knows the texts of the agent, of the Session Manager plugin, of the console and of the AWS CLI, and reads every
//! "is not authorized to perform" message. A log of many lines gives one explanation for each different message.
//! Sources: the Systems Manager user guide, June 2023 and 2026; "Troubleshoot access denied error messages" of the
//! IAM user guide; the source of the agent, 2024-10. Read 2026-11.

mod access_denied;
mod call;
mod capability;
mod checks;
mod class;
mod codes;
mod denial;
mod endpoints;
mod folded;
mod known;
mod last;
mod message;
mod other;
mod place;
mod plain;
mod policy;
mod said;
mod status;

use std::collections::BTreeMap;

use crate::sort::sort_by;
use crate::text::Span;

use folded::Folded;

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
    /// No refusal is told: a missing permission is one of several causes, or the reason is not known here.
    Unknown,
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
    /// Every one.
    pub const ALL: [Cause; 5] =
        [Cause::ImplicitDeny, Cause::ExplicitDeny, Cause::Denied, Cause::NotIam, Cause::Unknown];

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Cause::ImplicitDeny => "implicit_deny",
            Cause::ExplicitDeny => "explicit_deny",
            Cause::Denied => "denied",
            Cause::NotIam => "not_iam",
            Cause::Unknown => "unknown",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.name() == name)
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

/// The messages in a text, in the order in which each stands there first; none when nothing is recognised.
pub fn explain_error(text: &str) -> Vec<Explanation> {
    let folded = Folded::new(text);
    let mut found = checks::read(text, &folded);
    // Apart from each other, so that their ends are in order too.
    sort_by(&mut found, &|a, b| a.span.cmp(&b.span));
    let is_checked = |span: Span| {
        let at = found.partition_point(|check| check.span.end <= span.start);
        found.get(at).is_some_and(|check| check.span.start < span.end)
    };
    let messages = message::explain(&folded);
    let mut messages: Vec<_> = messages.into_iter().filter(|one| !is_checked(one.span)).collect();
    place::of_people(&mut messages, text);
    found.extend(messages);
    let usual = known::usual();
    let is_usual = |one: &Explanation| usual.contains(&one.code);
    if !found.iter().all(is_usual) {
        found.retain(|one| !is_usual(one));
    }
    // Of what is usual, that which tells no cause gives way to what tells one.
    let is_vague = |one: &Explanation| is_usual(one) && one.cause == Cause::Unknown;
    if !found.iter().all(is_vague) {
        found.retain(|one| !is_vague(one));
    }
    // What is usual gives way to a refusal of AWS, wherever that stands.
    let are_usual = found.iter().all(is_usual);
    let refused = || {
        let alone = message::refusal_alone(&folded, !found.is_empty());
        alone.or_else(|| other::refused_line(&folded, !found.is_empty()))
    };
    let alone = are_usual.then(refused).flatten();
    if alone.is_some() {
        found.clear();
    }
    found.extend(alone);
    if found.iter().all(is_vague) {
        let told = plain::node_not_reached(&folded);
        // That a program waited, or that the reason stands elsewhere, says less than any cause.
        let says_less = |one: &Explanation| known::SAY_LESS.contains(&one.code);
        let is_silent = found.iter().all(says_less);
        let told = told.or_else(|| plain::cause(&folded).filter(|_| is_silent));
        if told.is_some() {
            found.clear();
        }
        found.extend(told);
    }
    if found.is_empty() {
        found.extend(last::told(&folded));
    }
    let mut found = bounded(once_each(found));
    // What is looked for in the whole text is looked for once.
    let region = endpoints::region(text);
    for explanation in &mut found {
        endpoints::name(&mut explanation.help, region);
        place::name_host(explanation, text);
        explanation.meaning.push_str(&policy::mistake(explanation.code, text));
    }
    found
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
            help: "Give the rest of the text by itself.".to_owned(),
            ..unnamed(first.span)
        });
    }
    found
}

/// A refusal that names no action.
fn unnamed(span: Span) -> Explanation {
    Explanation {
        code: "ACCESS_DENIED_WITHOUT_ACTION",
        span,
        times: 1,
        meaning: "Access was denied, but this text does not say for which action.".to_owned(),
        help: "Give the whole message: AWS writes who is not authorized to perform which action. The event of \
               the call in CloudTrail has it as errorMessage, and who called: credentials in the environment and in \
               ~/.aws come before those of an instance profile or a task role."
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
