//! Reasons for what works and what does not, each with the policy, the statement and where it stands.

pub(super) mod accounts;
pub(super) mod both_kinds;
mod filled;
mod gravity;
mod levels;
mod open;
mod otherwise;
mod principal;
mod recommended;
mod ungiven;
mod unseen;

pub(super) use recommended::recommended;

use super::ask::{Answer, Class};
use super::paste::StatementPlace;
use super::role::{Field, Role, Source};
use crate::aws::{nearest, Arn};
use crate::evaluate::{self, Gate, Has, Lack, StatementId};
use crate::session::capabilities::Level;
use crate::session::related::EndpointService;
use crate::sort::sort;

/// Why a capability works, does not work, or nobody can tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A stable name for programs.
    pub kind: ReasonKind,
    /// Sentences for people.
    pub message: String,
    /// The actions that it is about, in the order in which IAM is asked.
    pub actions: Vec<String>,
    /// The resource that they are asked for, with words in angle brackets for what was not given.
    pub resource: String,
    /// How much depends on it.
    pub level: Level,
    /// Condition keys, open questions that begin with `?`, and names of values that were not given.
    pub depends_on: Vec<String>,
    /// The layer that does not allow it, where that is why.
    pub gate: Option<Gate>,
    /// The name of the policy that it is about.
    pub policy: Option<String>,
    /// Where that policy was pasted.
    pub field: Option<Field>,
    /// The index of the statement, from 0.
    pub statement: Option<usize>,
    /// Where the statement stands.
    pub place: Option<StatementPlace>,
}

/// What a reason says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReasonKind {
    /// The statement allows it.
    Allows,
    /// The statement denies it.
    Denies,
    /// Nothing in a layer allows it.
    Closed,
    /// The statement comes near to allowing it.
    Nearest,
    /// It depends on something.
    Depends,
    /// It is allowed and should not be.
    TooBroad,
    /// A value must be given before the missing statement can be written.
    ValueNeeded,
    /// Something that was pasted does not count.
    NotCounted,
    /// There are more reasons than are told.
    More,
}

impl ReasonKind {
    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            ReasonKind::Allows => "allows",
            ReasonKind::Denies => "denies",
            ReasonKind::Closed => "closed",
            ReasonKind::Nearest => "nearest",
            ReasonKind::Depends => "depends",
            ReasonKind::TooBroad => "tooBroad",
            ReasonKind::ValueNeeded => "valueNeeded",
            ReasonKind::NotCounted => "notCounted",
            ReasonKind::More => "more",
        }
    }
}

/// The reasons for the answer to one request.
pub(super) fn reasons(role: &Role, answer: &Answer) -> Vec<Reason> {
    let writer = Writer { role, answer };
    match (answer.class, answer.request.expect_allowed) {
        (Class::Allowed, expected) => writer.allowed(expected),
        // That something is kept out needs no reason but the statements that are made for it.
        (Class::Denied, false) => {
            writer.denied().into_iter().filter(|reason| reason.kind == ReasonKind::Denies).collect()
        }
        (Class::Denied, true) => writer.denied(),
        (Class::Depends, _) => writer.depends(),
    }
}

/// Why something is kept out that no statement denies.
pub(super) fn kept_out(role: &Role, answer: &Answer) -> Vec<Reason> {
    Writer { role, answer }.denied()
}

/// Said of a capability of which the table has only the name.
pub(super) fn nothing_asked() -> Reason {
    Reason {
        kind: ReasonKind::Depends,
        message: "It is not known here what IAM is asked for this.".to_owned(),
        actions: Vec::new(),
        resource: String::new(),
        level: Level::Required,
        depends_on: Vec::new(),
        gate: None,
        policy: None,
        field: None,
        statement: None,
        place: None,
    }
}

struct Writer<'a> {
    role: &'a Role,
    answer: &'a Answer,
}

impl<'a> Writer<'a> {
    fn reason(&self, kind: ReasonKind, message: String) -> Reason {
        Reason {
            kind,
            message,
            actions: vec![self.answer.request.action.to_owned()],
            resource: self.answer.resource.clone(),
            level: self.answer.request.level,
            ..nothing_asked()
        }
    }

    fn about(&self, kind: ReasonKind, id: StatementId, message: String) -> Reason {
        let source = self.source(id);
        Reason {
            statement: Some(id.statement),
            policy: source.map(|source| source.name.clone()),
            field: source.map(|source| source.field),
            place: source.and_then(|source| source.places.get(id.statement).cloned()),
            ..self.reason(kind, message)
        }
    }

    /// The policy of a statement, if somebody pasted it.
    fn source(&self, id: StatementId) -> Option<&'a Source> {
        let request = self.answer.request;
        let field = match id.gate {
            Gate::Identity => return self.role.identity.get(id.index),
            Gate::Scp => return self.role.scps.get(id.index),
            Gate::Boundary => Field::Boundary,
            Gate::Resource => Field::Resource(request.resource_policy?),
            Gate::Endpoint => Field::Endpoint(EndpointService::of_action(request.action)?),
            Gate::Session | Gate::Rcp => return None,
        };
        self.role.single(field)
    }

    /// Whether it is the statement that allows everything beside a guard.
    fn is_everything_else(&self, id: StatementId) -> bool {
        id.gate == Gate::Identity && id.index > self.role.identity.len()
    }

    /// `Policy 2, statement 1`: the beginning of a sentence. A name that somebody gave to a policy stays as it is.
    fn named(&self, id: StatementId) -> String {
        let policy = match (self.source(id), id.gate) {
            (Some(source), Gate::Identity) => source.name.clone(),
            (Some(source), _) => capital(&source.name),
            (None, Gate::Resource) => "The key policy that KMS makes by itself".to_owned(),
            (None, Gate::Scp) => "FullAWSAccess".to_owned(),
            (None, _) => "The addition".to_owned(),
        };
        format!("{policy}, statement {}", id.statement + 1)
    }

    fn what(&self) -> String {
        format!("{} on {}", self.answer.request.action, self.answer.resource)
    }

    /// What a statement lacks, without the values that stand in for what was not given.
    fn lacks(&self, id: StatementId, lacks: &[Lack]) -> String {
        let say = |lack: &Lack| {
            let mut lack = lack.clone();
            if let Lack::Condition { has: Has::Values(values), .. } = &mut lack {
                for value in values {
                    let stand_ins = &self.answer.stand_ins;
                    if let Some((_, shown)) = stand_ins.iter().find(|(known, _)| known == value) {
                        value.clone_from(shown);
                    }
                }
            }
            match &lack {
                Lack::Principal => self.principals(id).unwrap_or_else(|| lack.to_string()),
                Lack::Resource { wanted, is_negated: false }
                    if wanted.iter().any(|arn| is_alias(arn)) =>
                {
                    format!("{lack}, and an alias as a resource grants nothing on its key")
                }
                lack => lack.to_string(),
            }
        };
        lacks.iter().map(say).collect::<Vec<_>>().join("; ")
    }

    fn allowed(&self, expected: bool) -> Vec<Reason> {
        let ids = self.answer.decision.matched.iter().flatten().copied();
        let kind = if expected { ReasonKind::Allows } else { ReasonKind::TooBroad };
        // One that allows is enough; of those that must not, each has to go.
        let most = if expected { 1 } else { MOST_STATEMENTS };
        let say = |id: StatementId| {
            let message = match expected {
                true => format!("{} allows {}.", self.named(id), self.what()),
                // Guards are looked at with everything else allowed.
                false if self.is_everything_else(id) => {
                    let message = format!(
                        "No statement denies {}, which this is meant to keep out.",
                        self.what()
                    );
                    return self.reason(kind, message);
                }
                false => format!(
                    "{} allows {}, which this is meant to keep out.",
                    self.named(id),
                    self.what()
                ),
            };
            self.about(kind, id, message)
        };
        ids.take(most).map(say).collect()
    }

    fn denied(&self) -> Vec<Reason> {
        let (mut reasons, request) = (Vec::new(), self.answer.request);
        for reason in &self.answer.decision.reasons {
            match reason {
                evaluate::Reason::Denies(id) if reasons.len() < MOST_STATEMENTS => {
                    let message = format!("{} denies {}.", self.named(*id), self.what());
                    reasons.push(self.about(ReasonKind::Denies, *id, message));
                }
                evaluate::Reason::Closed { gate } => {
                    let message = match (gate, request.resource_policy) {
                        (Gate::Resource, Some(policy)) => self.not_named(policy),
                        _ => format!("{} allows {}.", none_of(*gate), self.what()),
                    };
                    let gate = Some(*gate);
                    reasons.push(Reason { gate, ..self.reason(ReasonKind::Closed, message) });
                    if gate == Some(Gate::Identity) {
                        reasons.extend(self.misspelt());
                    }
                }
                evaluate::Reason::Nearest { statement, lacks } => {
                    let message = format!(
                        "{} comes near to {}, but {}.{}",
                        self.named(*statement),
                        self.answer.request.action,
                        self.lacks(*statement, lacks),
                        self.of_documents(lacks)
                    );
                    reasons.push(self.about(ReasonKind::Nearest, *statement, message));
                }
                evaluate::Reason::Undecided { statement, is_deny: true, lacks } => {
                    reasons.push(self.undecided(*statement, true, lacks));
                }
                _ => {}
            }
        }
        if reasons.is_empty() {
            // Denied in one way or another, depending on what is not known.
            let message =
                format!("Nothing is sure to allow {}, and a statement may deny it.", self.what());
            reasons.push(self.reason(ReasonKind::Closed, message));
        }
        reasons
    }

    /// The statement that has nearly the name of the action, where this is the name of none.
    fn misspelt(&self) -> Option<Reason> {
        let action = self.answer.request.action;
        let is_near = |(_, written): &&(StatementId, String)| nearest(written, [action]).is_some();
        let (id, written) = self.role.unheard.iter().find(is_near)?;
        let message = format!(
            "{} has {written}, which is no action of AWS. Is {action} meant?",
            self.named(*id)
        );
        Some(self.about(ReasonKind::Nearest, *id, message))
    }

    fn undecided(&self, statement: StatementId, is_deny: bool, lacks: &[Lack]) -> Reason {
        let message = format!(
            "{} may {} {}: {}.",
            self.named(statement),
            if is_deny { "deny" } else { "allow" },
            self.what(),
            self.lacks(statement, lacks)
        );
        self.about(ReasonKind::Depends, statement, message + self.of_documents(lacks))
    }

    /// The one statement that allows it under one set of conditions, if that is all that is not known.
    fn allowed_if(&self) -> Option<Reason> {
        let [evaluate::Reason::AllowedIf(needed), evaluate::Reason::Undecided { statement, is_deny: false, lacks }] =
            self.answer.decision.reasons.as_slice()
        else {
            return None;
        };
        let all: Vec<_> = needed.iter().map(|needed| needed.to_string()).collect();
        let message = format!(
            "{} allows {} if {}.{}",
            self.named(*statement),
            self.what(),
            all.join(", and "),
            self.of_documents(lacks)
        );
        let mut reason = self.about(ReasonKind::Depends, *statement, message);
        reason.depends_on.clone_from(&self.answer.decision.depends_on);
        (!all.is_empty() && self.answer.open.is_empty()).then_some(reason)
    }

    fn depends(&self) -> Vec<Reason> {
        if let Some(resource) = &self.answer.otherwise {
            return vec![self.asked_otherwise(resource)];
        }
        if self.answer.is_by_level {
            return vec![self.on_levels()];
        }
        let is_other = self.answer.is_filled_in || self.answer.is_hybrid;
        if let Some(mut reason) = self.allowed_if().filter(|_| !is_other) {
            self.ungiven(&mut reason);
            return vec![reason];
        }
        let mut reasons = Vec::new();
        let mut depends_on = self.answer.decision.depends_on.clone();
        if self.answer.is_filled_in {
            self.filled_in(&mut reasons, &mut depends_on);
        }
        if self.answer.is_hybrid {
            depends_on.push("instanceId".to_owned());
            reasons.push(self.of_hybrid());
        } else if !self.answer.open.is_empty() {
            reasons.push(self.not_given(&mut depends_on));
        }
        for reason in &self.answer.decision.reasons {
            match reason {
                evaluate::Reason::AllowedIf(requirements) if !requirements.is_empty() => {
                    let all: Vec<_> =
                        requirements.iter().map(|needed| needed.to_string()).collect();
                    let message = format!("{} is allowed if {}.", self.what(), all.join(", and "));
                    reasons.push(self.reason(ReasonKind::Depends, message));
                }
                // What its words stand for is not what it says.
                evaluate::Reason::Undecided { statement, .. } if self.is_filled_in(*statement) => {}
                evaluate::Reason::Undecided { statement, is_deny, lacks } => {
                    reasons.push(self.undecided(*statement, *is_deny, lacks));
                }
                evaluate::Reason::NotSupplied { gate } => {
                    let message = self.not_supplied(*gate);
                    let gate = Some(*gate);
                    reasons.push(Reason { gate, ..self.reason(ReasonKind::Depends, message) });
                }
                _ => {}
            }
        }
        self.not_known(&mut reasons, &mut depends_on);
        sort(&mut depends_on);
        depends_on.dedup();
        if reasons.is_empty() {
            let message = match depends_on.is_empty() {
                true => format!("Whether {} is allowed is not known here.", self.what()),
                false => format!("{} depends on {}.", self.what(), depends_on.join(", ")),
            };
            reasons.push(self.reason(ReasonKind::Depends, message));
        }
        for reason in &mut reasons {
            reason.depends_on.clone_from(&depends_on);
        }
        if let Some(first) = reasons.first_mut() {
            self.ungiven(first);
        }
        reasons
    }
}

/// More statements of one kind are not told for one request.
const MOST_STATEMENTS: usize = 3;
/// More reasons are not told for one capability: nobody reads them, and each may be about another statement.
const MOST_REASONS: usize = 200;

/// The first reasons, and a last one that says how many there are beyond these and those that were `not_made`.
pub(super) fn bounded(mut reasons: Vec<Reason>, not_made: usize) -> Vec<Reason> {
    let more = reasons.len().saturating_sub(MOST_REASONS) + not_made;
    reasons.truncate(MOST_REASONS);
    if more > 0 {
        let message = match more {
            1 => "There is 1 more reason, not listed here.".to_owned(),
            more => format!("There are {more} more reasons, not listed here."),
        };
        reasons.push(Reason { kind: ReasonKind::More, message, ..nothing_asked() });
    }
    reasons
}

/// Whether it is the ARN of another name of a KMS key.
fn is_alias(arn: &str) -> bool {
    Arn::parse(arn).is_some_and(|arn| arn.service == "kms" && arn.resource.starts_with("alias/"))
}

fn none_of(gate: Gate) -> String {
    match gate {
        Gate::Identity => "No statement".to_owned(),
        Gate::Scp | Gate::Rcp => "No service control policy".to_owned(),
        gate => format!("No statement of {}", layer(gate)),
    }
}

fn layer(gate: Gate) -> &'static str {
    match gate {
        Gate::Identity => "policies of the role",
        Gate::Boundary => "the permissions boundary",
        Gate::Session => "the session policy",
        Gate::Resource => "the policy of the resource",
        Gate::Scp | Gate::Rcp => "the policies of the organization",
        Gate::Endpoint => "the policy of the VPC endpoint",
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Reasons that differ in their action only become one.
pub(super) fn together(reasons: Vec<Reason>) -> Vec<Reason> {
    let mut joined: Vec<Reason> = Vec::new();
    for reason in reasons {
        let is_same = |other: &&mut Reason| {
            other.kind == reason.kind
                && other.resource == reason.resource
                && (other.gate, other.level) == (reason.gate, reason.level)
                && (&other.policy, other.statement) == (&reason.policy, reason.statement)
                && other.message == with_action(&reason, &other.actions)
        };
        match joined.iter_mut().rev().take(MOST_COMPARED).find(is_same) {
            Some(same) => {
                let added: Vec<_> = reason
                    .actions
                    .into_iter()
                    .filter(|action| !same.actions.contains(action))
                    .collect();
                if !added.is_empty() {
                    let mut actions = same.actions.clone();
                    actions.extend(added);
                    same.message = same.message.replace(&list(&same.actions), &list(&actions));
                    same.actions = actions;
                }
            }
            None => joined.push(reason),
        }
    }
    joined
}

const MOST_COMPARED: usize = 32;

fn with_action(reason: &Reason, actions: &[String]) -> String {
    reason.message.replace(&list(&reason.actions), &list(actions))
}

/// `a, b and c`.
fn list(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
