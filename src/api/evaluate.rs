//! The call about decisions: what policies say to a request.

mod input;
pub(super) mod tree;

use serde::Serialize;

use super::read::{element, wrong};
use super::{Error, Value};
use crate::evaluate::{self, Has, Lack, Prepared, StatementId};
use crate::text::shown;
use input::NamedPolicies;

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// `allowed`, `explicit_deny`, `implicit_deny`, `denied` or `depends`.
    pub decision: &'static str,
    /// The outcomes that are possible.
    pub possible: Vec<&'static str>,
    /// Condition keys, and open questions that begin with `?`.
    pub depends_on: Vec<String>,
    /// The statements that decide.
    pub matched: Option<Vec<Matched>>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A statement that decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// The name of its policy.
    pub policy: String,
    /// Its index, from 0.
    pub statement: usize,
}

/// A reason on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// `allows`, `denies`, `closed`, `nearest`, `allowedIf`, `undecided`, `notSupplied`, `assumed` or `more`.
    pub kind: &'static str,
    /// A sentence for people.
    pub message: String,
    /// The layer that is closed or was not given.
    pub gate: Option<&'static str>,
    /// The statement that it is about.
    pub statement: Option<Matched>,
    /// What the statement lacks, or what is not known of it.
    pub lacks: Vec<Missing>,
    /// What must all be so for `allowedIf`.
    pub requirements: Vec<Requirement>,
}

/// What keeps a statement from matching.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// `Principal`, `Resource`, `NotResource`, `Condition` or `Statement`.
    pub element: &'static str,
    /// The operator of a condition.
    pub operator: Option<String>,
    /// The key of a condition.
    pub key: Option<String>,
    /// What stands in the policy, the first twenty.
    pub wanted: Vec<String>,
    /// `absent`, `unknown` or `values`.
    pub has: Option<&'static str>,
    /// The values of the request, the first twenty.
    pub values: Vec<String>,
}

/// What one unknown key must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Requirement {
    /// The key.
    pub key: String,
    /// Values or ranges in words, of which it must be one; empty when others will do.
    pub one_of: Vec<String>,
    /// Values or ranges that it must not be.
    pub none_of: Vec<String>,
    /// Whether it must be there; `null` when either will do.
    pub present: Option<bool>,
}

/// `evaluate(input)`.
///
/// # Errors
/// Input of the wrong shape, or a policy that IAM could not read; `path` leads into the policy.
pub fn evaluate(input: &Value) -> Result<Decision, Error> {
    let (policies, request) = input::parse(input)?;
    let prepared = Prepared::new(&policies.set);
    if prepared.comparisons(&request) > MOST_COMPARISONS {
        let what = "has too many values for so many patterns; a request has few";
        return Err(wrong("input.request.context", what));
    }
    Ok(Decision::new(prepared.evaluate(&request), &policies))
}

/// The answers to many requests. Most are alike, and to make them is most of the work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decisions {
    /// The answers, few of them twice.
    pub distinct: Vec<Decision>,
    /// For each request the index of its answer.
    pub order: Vec<u32>,
}

/// At most so many comparisons of a request with a statement, or of a value with a pattern, are made in one call: about
/// two seconds of work. They are all that grows with the product of two lists.
const MOST_COMPARISONS: usize = 20_000_000;
/// To try the values of unknown keys, all requests of a call together have so many comparisons,
const TRIED_AT_LEAST: usize = 20_000_000;
/// or so many for each, where that is more.
const TRIED_A_REQUEST: usize = 1_000;

/// Among so many of the last answers, one that is the same is looked for.
const REMEMBERED: usize = 16;

/// `evaluateAll(input)`: the policies are read once, and every request is answered, in order. What a request leaves out
/// is taken from `input.request`, if that is there.
///
/// # Errors
/// As for [`evaluate`]; `path` names the request.
pub fn evaluate_all(input: &Value) -> Result<Decisions, Error> {
    let (policies, requests) = input::parse_many(input)?;
    let count = requests.len();
    let prepared =
        Prepared::new(&policies.set).trying_at_most(TRIED_AT_LEAST.max(count * TRIED_A_REQUEST));
    let fitting = MOST_COMPARISONS / prepared.comparisons_at_least().max(1);
    if count > fitting {
        let what = format!(
            "has {count}, and one call takes {fitting} with so many statements; ask for the rest in other calls"
        );
        return Err(wrong("input.requests", &what));
    }
    let mut left = MOST_COMPARISONS;
    let mut distinct: Vec<evaluate::Decision> = Vec::new();
    let mut order = Vec::new();
    for (i, request) in requests.enumerate() {
        let request = request?;
        left = left.checked_sub(prepared.comparisons(&request)).ok_or_else(|| {
            let what = "is one more than are held against so many statements and values in one call; ask for the \
                        rest in other calls";
            wrong(&element("input.requests", i), what)
        })?;
        let decision = prepared.evaluate(&request);
        let mut last = distinct.iter().enumerate().rev().take(REMEMBERED);
        let same = last.find(|(_, other)| **other == decision).map(|(at, _)| at);
        order.push(same.unwrap_or(distinct.len()) as u32);
        if same.is_none() {
            distinct.push(decision);
        }
    }
    let distinct = distinct.into_iter().map(|decision| Decision::new(decision, &policies));
    Ok(Decisions { distinct: distinct.collect(), order })
}

impl Decisions {
    /// The answers in the order of the requests.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.order.iter().filter_map(|at| self.distinct.get(*at as usize))
    }
}

impl Decision {
    fn new(decision: evaluate::Decision, policies: &NamedPolicies) -> Self {
        let named = |ids: Vec<_>| ids.into_iter().map(|id| Matched::new(id, policies)).collect();
        let reasons = decision.reasons.into_iter();
        Decision {
            decision: decision.verdict.name(),
            possible: decision.possible.into_iter().map(evaluate::Outcome::name).collect(),
            depends_on: decision.depends_on,
            matched: decision.matched.map(named),
            reasons: reasons.map(|reason| Reason::new(reason, policies)).collect(),
        }
    }
}

impl Matched {
    fn new(id: StatementId, policies: &NamedPolicies) -> Self {
        Matched { policy: policies.name(id), statement: id.statement }
    }
}

impl Reason {
    fn new(reason: evaluate::Reason, policies: &NamedPolicies) -> Self {
        use evaluate::Reason::*;
        let named = |id| Some(Matched::new(id, policies));
        let mut wire = Reason {
            kind: "",
            message: shown(reason.sentence(&|id| policies.name(id))),
            gate: None,
            statement: None,
            lacks: Vec::new(),
            requirements: Vec::new(),
        };
        let mut missing = Vec::new();
        match reason {
            Allows(id) => (wire.kind, wire.statement) = ("allows", named(id)),
            Denies(id) => (wire.kind, wire.statement) = ("denies", named(id)),
            Closed { gate } => (wire.kind, wire.gate) = ("closed", Some(gate.name())),
            Nearest { statement, lacks } => {
                (wire.kind, wire.statement) = ("nearest", named(statement));
                missing = lacks;
            }
            AllowedIf(requirements) => {
                wire.kind = "allowedIf";
                wire.requirements = requirements.into_iter().map(Requirement::from).collect();
            }
            Undecided { statement, lacks, .. } => {
                (wire.kind, wire.statement) = ("undecided", named(statement));
                missing = lacks;
            }
            NotSupplied { gate } => (wire.kind, wire.gate) = ("notSupplied", Some(gate.name())),
            Root | OwnBucketPolicy | NeedsNoPermission => wire.kind = "allows",
            RootRefused => wire.kind = "closed",
            OverTls | NoPath => wire.kind = "assumed",
            MayBeServiceLinked => wire.kind = "undecided",
            More(_) => wire.kind = "more",
        }
        wire.lacks = missing.into_iter().map(Missing::from).collect();
        wire
    }
}

impl From<evaluate::Requirement> for Requirement {
    fn from(requirement: evaluate::Requirement) -> Self {
        let evaluate::Requirement { key, one_of, none_of, present } = requirement;
        Requirement { key, one_of, none_of, present }
    }
}

impl From<Lack> for Missing {
    fn from(lack: Lack) -> Self {
        let of = |element, wanted| Missing {
            element,
            operator: None,
            key: None,
            wanted,
            has: None,
            values: Vec::new(),
        };
        match lack {
            Lack::Principal | Lack::MayBeServiceLinked => of("Principal", Vec::new()),
            Lack::Malformed => of("Statement", Vec::new()),
            Lack::Resource { wanted, is_negated: false } => of("Resource", wanted),
            Lack::Resource { wanted, is_negated: true } => of("NotResource", wanted),
            Lack::Condition { operator, key, wanted, has } => {
                let (has, values) = match has {
                    Has::Absent => ("absent", Vec::new()),
                    Has::Unknown => ("unknown", Vec::new()),
                    Has::Values(values) => ("values", values),
                };
                Missing {
                    operator: Some(operator),
                    key: Some(key),
                    has: Some(has),
                    values,
                    ..of("Condition", wanted)
                }
            }
        }
    }
}
