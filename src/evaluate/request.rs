//! The request: who asks for which action on which resource, and what is known of its condition keys.

use crate::order::{self, Map, Set};

/// A request to AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The ARN of a user, a role, a session or an account's root, the name of a service, or `anonymous`.
    pub principal: String,
    /// Such as `ssm:StartSession`.
    pub action: String,
    /// An ARN, or `*` for an action without resource types.
    pub resource: String,
    /// The account of the resource; `None` for that in its ARN or, where there is none, that of the principal.
    pub resource_account: Option<String>,
    /// The condition keys that the request has; any other that is not in `unknown` is absent.
    pub context: Map<String, ContextValue>,
    /// Condition keys of which nobody knows whether the request has them, nor their values.
    pub unknown: Set<String>,
}

/// What a request has for a condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextValue {
    /// A single value.
    One(String),
    /// The values of a key that may have several; none is as if the key were absent.
    Many(Vec<String>),
}

/// What is known of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State<'r> {
    Absent,
    One(&'r str),
    Many(&'r [String]),
    Unknown,
}

impl<'r> State<'r> {
    pub fn of(value: &'r ContextValue) -> Self {
        match value {
            ContextValue::One(value) => State::One(value),
            ContextValue::Many(values) if values.is_empty() => State::Absent,
            ContextValue::Many(values) => State::Many(values),
        }
    }
}

/// The keys of a request, found in either case.
#[derive(Clone, Debug)]
pub(super) struct View<'r> {
    /// Sorted by the key in lower case; beside it the key as the request spells it.
    entries: Vec<(String, &'r str, State<'r>)>,
}

impl<'r> View<'r> {
    pub fn new(request: &'r Request) -> Self {
        let known = request.context.iter().map(|(key, value)| (key, State::of(value)));
        let unknown = request.unknown.iter().map(|key| (key, State::Unknown));
        let mut entries: Vec<_> = known
            .chain(unknown)
            .map(|(key, state)| (key.to_ascii_lowercase(), key.as_str(), state))
            .collect();
        // Stable: of two spellings the first counts, and a key that is given counts before one that is unknown.
        order::sort_by(&mut entries, |a, b| a.0.cmp(&b.0));
        entries.dedup_by(|later, first| later.0 == first.0);
        View { entries }
    }

    /// What is known of a key in lower case, and how the request spells it.
    pub fn get(&self, key: &str) -> (State<'r>, &'r str) {
        let found = self.entries.binary_search_by(|entry| entry.0.as_str().cmp(key));
        let entry = found.ok().and_then(|at| self.entries.get(at));
        entry.map_or((State::Absent, ""), |(_, spelt, state)| (*state, spelt))
    }

    /// The same keys, with this state for one of them.
    pub fn set(&mut self, spelt: &str, state: State<'r>) {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.1 == spelt) {
            entry.2 = state;
        }
    }
}
