//! What policies say to a request: allowed, denied, or what it depends on.
//!
//! Source: "Policy evaluation logic" and the reference of policy elements in the IAM user guide, read 2026-11; what
//! is not documented there is said where it is decided. Unknown keys make it three-valued: the outcomes named always
//! hold the real one. Every statement is looked at, so neither their order nor that of policies changes a decision.
//! Work is bounded by the product of the lengths of patterns and texts; nothing backtracks.

mod arn_pattern;
mod candidates;
mod cases;
mod condition;
mod element;
mod gates;
mod key_table;
mod known;
mod occurrence;
mod pattern;
mod prepare;
mod principal;
mod reason;
mod report;
mod request;
mod requirement;
mod scene;
mod statement;
mod truth;
mod view;

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::policy::{Effect, Policy};
use gates::Gates;
use key_table::{KeyId, KeySet, KeyTable};
use known::Known;
use scene::{Action, Scene};
use statement::{Hit, Statement};
use truth::{Keys, Truth};
use view::State;

pub(crate) use element::{are_about, Asking, Comparison};
pub(crate) use key_table::KEYS as KEYS_OF_REQUEST;
pub use occurrence::{can_occur, Occurrence};
pub(crate) use principal::Naming;
pub use reason::{Has, Lack, Reason, StatementId};
pub use request::{ContextValue, Request};
pub use requirement::Requirement;
pub(crate) use truth::open;

/// The policies that have a say in a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicySet {
    /// The inline, managed and group policies of the principal.
    pub identity: Vec<Policy>,
    /// The permissions boundary of the principal.
    pub boundary: Option<Policy>,
    /// The service control policies of the principal's account, level by level from the root; none for an account
    /// without an organization, and for its management account.
    pub scps: Vec<Vec<Policy>>,
    /// The resource control policies of the resource's account, level by level.
    pub rcps: Vec<Vec<Policy>>,
    /// The session policy.
    pub session: Option<Policy>,
    /// The policy of the resource: of a bucket, a key, or a role, whose it is that trusts.
    pub resource: Option<Policy>,
    /// The policy of the VPC endpoint that the request goes through; none for one that goes through none.
    pub endpoint: Option<Policy>,
    /// Layers in which there may be policies that are not here.
    pub unknown: BTreeSet<Gate>,
}

/// A layer of policies, which a request must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// Policies of the principal.
    Identity,
    /// Its permissions boundary.
    Boundary,
    /// The policy of its session.
    Session,
    /// The policy of the resource.
    Resource,
    /// Service control policies.
    Scp,
    /// Resource control policies.
    Rcp,
    /// The policy of the VPC endpoint.
    Endpoint,
}

/// What can come out of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It is carried out.
    Allowed,
    /// A Deny matches.
    ExplicitDeny,
    /// Nothing allows it, or not every layer does.
    ImplicitDeny,
}

/// What is known of the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Allowed, whatever is not known.
    Allowed,
    /// A Deny matches, whatever is not known.
    ExplicitDeny,
    /// No Deny matches, and not every layer allows it.
    ImplicitDeny,
    /// Denied in one way or the other.
    Denied,
    /// Allowed or denied.
    Depends,
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is known of the outcome.
    pub verdict: Verdict,
    /// What can come out, sorted.
    pub possible: Vec<Outcome>,
    /// What the outcome depends on, sorted: condition keys, and open questions that begin with `?`.
    pub depends_on: Vec<String>,
    /// The statements that decide: every Deny that matches, or the Allows that carry the grant; `None` when none does
    /// or the outcome is not known.
    pub matched: Option<Vec<StatementId>>,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Gate {
    /// Every layer, in the order of reports.
    pub const ALL: [Gate; 7] = [
        Gate::Identity,
        Gate::Boundary,
        Gate::Session,
        Gate::Resource,
        Gate::Scp,
        Gate::Rcp,
        Gate::Endpoint,
    ];

    /// The word for it on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Gate::Identity => "identity",
            Gate::Boundary => "boundary",
            Gate::Session => "session",
            Gate::Resource => "resource",
            Gate::Scp => "scps",
            Gate::Rcp => "rcps",
            Gate::Endpoint => "endpoint",
        }
    }

    /// Whether statements of the layer say in `Principal` whom they are about.
    fn names_principals(self) -> bool {
        matches!(self, Gate::Resource | Gate::Rcp | Gate::Endpoint)
    }

    fn open_question(self, scene: &Scene) -> &'static str {
        match self {
            Gate::Identity => "?identity-policy",
            Gate::Boundary => "?boundary",
            Gate::Session => "?session-policy",
            Gate::Resource if scene.is_key => "?key-policy",
            Gate::Resource if scene.is_trust => "?trust-policy",
            Gate::Resource => "?resource-policy",
            Gate::Scp => "?scp",
            Gate::Rcp => "?rcp",
            Gate::Endpoint => "?endpoint-policy",
        }
    }
}

impl Outcome {
    /// The word for it on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Allowed => "allowed",
            Outcome::ExplicitDeny => "explicit_deny",
            Outcome::ImplicitDeny => "implicit_deny",
        }
    }
}

impl Verdict {
    /// Every one.
    pub const ALL: [Verdict; 5] = [
        Verdict::Allowed,
        Verdict::ExplicitDeny,
        Verdict::ImplicitDeny,
        Verdict::Denied,
        Verdict::Depends,
    ];

    fn of(possible: &[Outcome]) -> Self {
        match possible {
            [Outcome::Allowed] => Verdict::Allowed,
            [Outcome::ExplicitDeny] => Verdict::ExplicitDeny,
            [Outcome::ImplicitDeny] => Verdict::ImplicitDeny,
            [Outcome::ExplicitDeny, Outcome::ImplicitDeny] => Verdict::Denied,
            _ => Verdict::Depends,
        }
    }

    /// The word for it on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Allowed => "allowed",
            Verdict::ExplicitDeny => "explicit_deny",
            Verdict::ImplicitDeny => "implicit_deny",
            Verdict::Denied => "denied",
            Verdict::Depends => "depends",
        }
    }
}

/// The decision of the policies on one request. For many requests, [`Prepared`] reads the policies once.
pub fn evaluate(policies: &PolicySet, request: &Request) -> Decision {
    Prepared::new(policies).evaluate(request)
}

/// A value of so many bytes is long,
const LONG_VALUE: usize = 256;
/// and so many of its bytes are compared in the time that a short value takes.
const BYTES_A_LOOK: usize = 32;

/// Policies that are read, for any number of requests.
#[derive(Debug)]
pub struct Prepared<'p> {
    /// Layers in which policies may be that nobody has supplied.
    unknown: Vec<Gate>,
    /// In the order of their layers.
    attached: Vec<Attached<'p>>,
    /// How many levels of service control policies there are, and of resource control policies.
    scp_levels: usize,
    rcp_levels: usize,
    /// The condition keys that they read.
    keys: KeyTable<'p>,
    /// Whether one of them asks for TLS.
    reads_transport: bool,
    /// Whether one of them asks for the ARN of the principal.
    reads_role: bool,
    /// How many there are.
    statements: usize,
    /// How many looks at a statement a request takes.
    looks: usize,
    /// How many values of conditions are compared one by one.
    patterns: usize,
    /// How many comparisons may still be spent on trying values of unknown keys.
    work_left: Cell<usize>,
}

/// A policy in its layer.
#[derive(Clone, Debug)]
struct Attached<'p> {
    gate: Gate,
    /// In an organization, from the root; 0 elsewhere.
    level: usize,
    /// Its index among the policies of the layer.
    index: usize,
    /// Shared by all that were made [beside](Prepared::beside) one another.
    statements: Rc<[Statement<'p>]>,
}

impl Attached<'_> {
    fn id(&self, statement: usize) -> StatementId {
        StatementId { gate: self.gate, index: self.index, statement }
    }
}

/// A statement whose truth is not known, and the keys that keep it so.
struct Open<'a, 'p> {
    /// Its index among all statements.
    index: usize,
    statement: &'a Statement<'p>,
    keys: Keys,
}

impl<'p> Prepared<'p> {
    /// The same, with a limit to the comparisons in which the answers to all requests together try the values of
    /// unknown keys. Beyond it answers are as careful and less exact: more outcomes are possible in them.
    pub fn trying_at_most(self, comparisons: usize) -> Self {
        self.work_left.set(comparisons);
        self
    }

    /// How many comparisons a request takes: with each statement, and of the values of its keys with each pattern for
    /// values. A long value counts as several, and a single one only so far as it is long.
    pub fn comparisons(&self, request: &Request) -> usize {
        let more = |value: &Cow<str>| match value.len() < LONG_VALUE {
            true => 0,
            false => value.len() / BYTES_A_LOOK,
        };
        let count = |(_, value): &(_, ContextValue)| match value {
            ContextValue::One(value) => more(value),
            ContextValue::Many(values) => values.iter().map(|value| 1 + more(value)).sum(),
        };
        let values: usize = request.context.iter().map(count).sum();
        values.saturating_mul(self.patterns).saturating_add(self.looks)
    }

    /// How many statements the policies have together.
    pub fn statement_count(&self) -> usize {
        self.statements
    }

    /// The condition keys that the statements read which may match the action: each once, in the order of their names,
    /// which does not ask for the case of letters.
    pub fn keys_read(&self, action: &str) -> Vec<&'p str> {
        let action = Action::parse(action);
        let statements = self.statements().map(|(_, statement)| statement);
        let reading = statements.filter(|statement| statement.action_matches(&action));
        let read = KeySet::new(&self.keys, reading.flat_map(Statement::keys));
        self.keys.sorted().filter(|(_, key)| read.has(*key)).map(|(name, _)| name).collect()
    }

    /// Whether a statement that may match the action compares the condition key, and does not only fill it into a text.
    pub fn compares(&self, action: &str, key: &str) -> bool {
        let Some(id) = self.keys.find(key) else { return false };
        let action = Action::parse(action);
        let statements = self.statements().map(|(_, statement)| statement);
        let mut compared =
            statements.filter(|statement| statement.conditions.iter().any(|it| it.id == id));
        compared.any(|statement| statement.action_matches(&action))
    }

    /// How many condition keys they read.
    pub fn key_count(&self) -> usize {
        self.keys.names().len()
    }

    /// How many comparisons each request takes, whatever it holds.
    pub fn comparisons_at_least(&self) -> usize {
        self.looks
    }

    /// The decision on a request.
    pub fn evaluate(&self, request: &Request) -> Decision {
        let known = Known::new(request);
        let scene = Scene::new(self, request, &known);
        if scene.is_free() {
            return report::free();
        }
        let mut decision = self.decide(&scene);
        let (_, spelt) = scene.view.get(KeyId::SECURE_TRANSPORT);
        if self.reads_transport && spelt.is_empty() {
            decision.reasons.push(Reason::OverTls);
        }
        let (state, spelt) = scene.view.get(KeyId::PRINCIPAL_ARN);
        let is_open = decision.depends_on.iter().any(|key| key == spelt);
        if self.reads_role && matches!(state, State::Pathless(_)) && !is_open {
            decision.reasons.push(Reason::NoPath);
        }
        decision
    }

    /// What the decision on a request is, without its reasons.
    pub fn verdict(&self, request: &Request) -> Verdict {
        let known = Known::new(request);
        let scene = Scene::new(self, request, &known);
        if scene.is_free() {
            return Verdict::Allowed;
        }
        let hits = self.hits(&scene, &mut Vec::new());
        match Gates::new(self, &scene, &hits).outcomes(&scene).as_slice() {
            [one] => Verdict::of(&[*one]),
            _ => self.decide(&scene).verdict,
        }
    }

    fn decide(&self, scene: &Scene) -> Decision {
        let mut open = Vec::new();
        let hits = self.hits(scene, &mut open);
        let gates = Gates::new(self, scene, &hits);
        let possible = gates.outcomes(scene);
        if possible.len() == 1 {
            return report::settled(self, scene, &hits, &gates, &possible);
        }
        // Only what can still change the outcome counts.
        open.retain(|open| match open.statement.effect {
            Effect::Deny => gates.deny == Truth::Unknown,
            Effect::Allow => gates.grant(scene) == Truth::Unknown,
        });
        let exact = cases::split(self, scene, &hits, &gates, &open);
        report::unsettled(self, scene, &hits, &gates, &open, exact)
    }

    fn hits<'a>(&'a self, scene: &Scene, open: &mut Vec<Open<'a, 'p>>) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(self.statements);
        for (_, statement) in self.statements() {
            let mut keys = Keys::new();
            let hit = statement.hit(scene, &mut keys);
            if hit.truth == Truth::Unknown {
                open.push(Open { index: hits.len(), statement, keys });
            }
            hits.push(hit);
        }
        hits
    }

    fn statements(&self) -> impl Iterator<Item = (&Attached<'p>, &Statement<'p>)> {
        self.attached.iter().flat_map(|attached| {
            attached.statements.iter().map(move |statement| (attached, statement))
        })
    }

    /// What the outcome depends on beside statements whose truth is not known.
    fn questions(&self, scene: &Scene, gates: &Gates) -> Keys {
        let questions = self.open_gates(scene).map(|gate| gate.open_question(scene)).collect();
        let path = gates.is_scp_unbound(scene).then_some(KeyId::PRINCIPAL_ARN);
        Keys { ids: path.into_iter().collect(), questions }
    }

    /// The layers in which policies may be that nobody has supplied.
    fn open_gates<'s>(&'s self, scene: &'s Scene) -> impl Iterator<Item = Gate> + 's {
        self.unknown.iter().copied().filter(|gate| scene.may_have(*gate))
    }
}
