//! What a request has for each condition key that policies read.

use std::borrow::Cow;

use super::key_table::{KeyId, KeyTable, KEYS};
use super::request::{ContextValue, Request, FEW};
use crate::aws::ignoring_case;
use crate::sort::sort_by;

/// What is known of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State<'r> {
    Absent,
    One(&'r str),
    Many(&'r [Cow<'r, str>]),
    /// Nobody knows whether the request has it.
    Unknown,
    /// The request has it, and nobody knows its value.
    Present,
    /// The ARN of a role as it is without a path; nobody knows whether the role has one.
    Pathless(&'r str),
}

impl<'r> State<'r> {
    pub fn of(value: &'r ContextValue<'r>) -> Self {
        match value {
            ContextValue::One(value) => State::One(value),
            ContextValue::Many(values) if values.is_empty() => State::Absent,
            ContextValue::Many(values) => State::Many(values),
        }
    }

    /// Whether the key has another value, or none, in one request than in another that says the same.
    pub fn is_open(self) -> bool {
        matches!(self, State::Unknown | State::Present | State::Pathless(_))
    }
}

/// What a request has for each key that the policies read.
#[derive(Clone, Debug)]
pub(super) struct View<'r> {
    /// In the place of its number the state of each key that the request names, and how it spells it; the spelling is
    /// empty where the value follows from the request itself.
    states: Vec<Option<(State<'r>, &'r str)>>,
}

impl<'r> View<'r> {
    /// What the request names, and of [`KEYS`] what it says by itself.
    pub fn new(request: &'r Request<'r>, told: [State<'r>; KEYS.len()], keys: &KeyTable) -> Self {
        let mut view = View::named(request, keys);
        for ((state, told), name) in view.states.iter_mut().zip(told).zip(KEYS) {
            let spelt = if told.is_open() { name } else { "" };
            state.get_or_insert((told, spelt));
        }
        view
    }

    /// The keys that the request names.
    fn named(request: &'r Request<'r>, keys: &KeyTable) -> Self {
        let given = request.context.iter().map(|(key, value)| (key.as_ref(), State::of(value)));
        let unknown = request.unknown.iter().map(|key| (key.as_ref(), State::Unknown));
        let mut view = View { states: vec![None; keys.names().len()] };
        if request.context.len() + request.unknown.len() <= FEW {
            // Of two spellings the first counts, and a key that is given counts before one that is unknown.
            for (spelt, state) in given.chain(unknown) {
                if let Some(id) = keys.find(spelt) {
                    view.set_first(id, spelt, state);
                }
            }
            return view;
        }
        let mut entries: Vec<(&str, State)> = given.chain(unknown).collect();
        // Stable, so that here the same ones count.
        sort_by(&mut entries, &|a, b| ignoring_case(a.0.as_bytes(), b.0.as_bytes()));
        let mut entries = entries.into_iter().peekable();
        for (name, id) in keys.sorted() {
            let order = |spelt: &str| ignoring_case(spelt.as_bytes(), name.as_bytes());
            while entries.next_if(|(spelt, _)| order(spelt).is_lt()).is_some() {}
            if let Some((spelt, state)) = entries.next_if(|(spelt, _)| order(spelt).is_eq()) {
                view.set_first(id, spelt, state);
            }
        }
        view
    }

    /// What is known of a key, and how the request spells it.
    pub fn get(&self, key: KeyId) -> (State<'r>, &'r str) {
        self.states.get(key.place()).copied().flatten().unwrap_or((State::Absent, ""))
    }

    /// The same keys, with this state for one of them.
    pub fn set(&mut self, key: KeyId, state: State<'r>) {
        if let Some(Some(entry)) = self.states.get_mut(key.place()) {
            entry.0 = state;
        }
    }

    fn set_first(&mut self, key: KeyId, spelt: &'r str, state: State<'r>) {
        if let Some(entry) = self.states.get_mut(key.place()) {
            entry.get_or_insert((state, spelt));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ContextValue, KeyTable, Request, State, View, KEYS};

    #[test]
    fn of_several_spellings_the_first_counts_and_what_is_given_before_what_is_unknown() {
        for others in [0, 20] {
            let mut keys = KeyTable::new();
            let (team, user) = (keys.number("aws:ResourceTag/Team"), keys.number("aws:username"));
            let one = |key: &'static str, value: &'static str| {
                (key.into(), ContextValue::One(value.into()))
            };
            let other = |i: usize| (format!("v:{i}").into(), ContextValue::One("x".into()));
            let mut request = Request::default();
            request.context.extend((0..others).map(other));
            request.context.extend([one("aws:UserName", "a"), one("AWS:username", "b")]);
            request.unknown = ["aws:resourcetag/team", "aws:username"].map(Into::into).into();
            let view = View::new(&request, [State::Absent; KEYS.len()], &keys);
            assert_eq!(view.get(user), (State::One("a"), "aws:UserName"), "{others} others");
            assert_eq!(view.get(team), (State::Unknown, "aws:resourcetag/team"), "{others} others");
        }
    }
}
