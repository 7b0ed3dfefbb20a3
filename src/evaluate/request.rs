//! The request: who asks for which action on which resource, and what is known of its condition keys.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::aws::ignoring_case;

/// A request to AWS. Its texts may be lent: of many requests most are alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request<'r> {
    /// The ARN of a user, a role, a session or an account's root, the name of a service, or `anonymous`.
    pub principal: Cow<'r, str>,
    /// Such as `ssm:StartSession`.
    pub action: Cow<'r, str>,
    /// An ARN, or `*` for an action without resource types.
    pub resource: Cow<'r, str>,
    /// The account of the resource; `None` for that in its ARN or, where there is none, that of the principal.
    pub resource_account: Option<Cow<'r, str>>,
    /// The condition keys that the request has, of one in two spellings the first; any other that is not in `unknown`
    /// is absent.
    pub context: Vec<(Cow<'r, str>, ContextValue<'r>)>,
    /// Condition keys of which nobody knows whether the request has them, nor their values.
    pub unknown: BTreeSet<Cow<'r, str>>,
}

impl Request<'_> {
    /// A key of the context that stands in it before, perhaps in another case.
    pub fn repeated_key(&self) -> Option<&str> {
        let mut keys: Vec<&str> = self.context.iter().map(|(key, _)| key.as_ref()).collect();
        if keys.len() > FEW {
            keys.sort_by(|a, b| ignoring_case(a.as_bytes(), b.as_bytes()));
            let mut pairs = keys.iter().zip(keys.iter().skip(1));
            return pairs.find(|(a, b)| a.eq_ignore_ascii_case(b)).map(|(_, key)| *key);
        }
        let is_repeated = |(at, key): &(usize, &&str)| {
            keys.iter().take(*at).any(|before| before.eq_ignore_ascii_case(key))
        };
        keys.iter().enumerate().find(is_repeated).map(|(_, key)| *key)
    }
}

/// What a request has for a condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextValue<'r> {
    /// A single value.
    One(Cow<'r, str>),
    /// The values of a key that may have several; none is as if the key were absent.
    Many(Vec<Cow<'r, str>>),
}

impl ContextValue<'_> {
    /// Its values, of which it may have none.
    pub fn values(&self) -> &[Cow<'_, str>] {
        match self {
            ContextValue::One(value) => std::slice::from_ref(value),
            ContextValue::Many(values) => values,
        }
    }
}

/// What is known of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State<'r> {
    Absent,
    One(&'r str),
    Many(&'r [Cow<'r, str>]),
    Unknown,
}

impl<'r> State<'r> {
    pub fn of(value: &'r ContextValue<'r>) -> Self {
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
    /// Each key as the request spells it. More than a few are sorted, and none of them stands twice.
    entries: Vec<(&'r str, State<'r>)>,
}

/// So many keys are looked at one by one, which takes less time than to sort them.
const FEW: usize = 8;

impl<'r> View<'r> {
    pub fn new(request: &'r Request<'r>) -> Self {
        let mut entries = Vec::with_capacity(request.context.len() + request.unknown.len());
        for (key, value) in &request.context {
            entries.push((key.as_ref(), State::of(value)));
        }
        for key in request.unknown.iter() {
            entries.push((key.as_ref(), State::Unknown));
        }
        if entries.len() > FEW {
            // Stable: of two spellings the first counts, and a key that is given counts before one that is unknown.
            entries.sort_by(|a, b| ignoring_case(a.0.as_bytes(), b.0.as_bytes()));
            entries.dedup_by(|later, first| later.0.eq_ignore_ascii_case(first.0));
        }
        View { entries }
    }

    /// What is known of a key, in whatever case, and how the request spells it.
    pub fn get(&self, key: &str) -> (State<'r>, &'r str) {
        let entry = if self.entries.len() > FEW {
            let found = self
                .entries
                .binary_search_by(|entry| ignoring_case(entry.0.as_bytes(), key.as_bytes()));
            found.ok().and_then(|at| self.entries.get(at))
        } else {
            self.entries.iter().find(|entry| entry.0.eq_ignore_ascii_case(key))
        };
        entry.map_or((State::Absent, ""), |(spelt, state)| (*state, *spelt))
    }

    /// The same keys, with this state for one of them.
    pub fn set(&mut self, spelt: &str, state: State<'r>) {
        let entry = if self.entries.len() > FEW {
            let found = self
                .entries
                .binary_search_by(|entry| ignoring_case(entry.0.as_bytes(), spelt.as_bytes()));
            found.ok().and_then(|at| self.entries.get_mut(at))
        } else {
            self.entries.iter_mut().find(|entry| entry.0 == spelt)
        };
        if let Some(entry) = entry {
            entry.1 = state;
        }
    }
}
