//! `Action` and `NotAction`: their strings, each looked up in the catalog once.

use std::ops::Deref;

use super::{entries, Element, Str};
use crate::aws::catalog::{Action, Service};
use crate::aws::{fingerprint, has_wildcard, ActionPattern};

/// A string of `Action` or `NotAction`, and what the catalog knows of it.
#[derive(Clone, Copy, Debug)]
pub struct ActionEntry<'t> {
    /// The string.
    pub string: Str<'t>,
    /// The string, split; `None` when it has no colon.
    pub pattern: Option<ActionPattern<'t>>,
    /// The service that it names; `None` for a pattern of services too.
    pub service: Option<Service>,
    /// The action that it is, when it is written out.
    pub action: Option<Action>,
    /// Whether its service has an action that it is or matches.
    pub is_known: bool,
}

impl<'t> Deref for ActionEntry<'t> {
    type Target = Str<'t>;

    fn deref(&self) -> &Str<'t> {
        &self.string
    }
}

/// Bits for the services that an entry of `Action` may be of; every bit for one that may be of any.
fn service_bits(entry: &str) -> u64 {
    match entry.split_once(':') {
        Some((service, _)) if !has_wildcard(service) => service_bit(entry),
        _ => u64::MAX,
    }
}

/// A bit for the first two letters of an action, which stand for its service: an entry without it does not cover the
/// action.
pub(super) fn service_bit(action: &str) -> u64 {
    let letters = action.bytes().take(2).map(|byte| u32::from(byte.to_ascii_lowercase()));
    1 << (letters.fold(0, fingerprint) >> 26)
}

/// Looks entries up; most have the service of the one before.
#[derive(Default)]
pub(super) struct Lookup<'t> {
    prefix: &'t str,
    service: Option<Service>,
    prefix_bits: u64,
    /// The [`service_bits`] of the entries since they were last taken.
    pub(super) bits: u64,
}

impl<'t> Lookup<'t> {
    /// The strings of the first element, then of the second; how many are of the first.
    pub(super) fn entries(
        &mut self,
        first: Option<Element<'t>>,
        second: Option<Element<'t>>,
    ) -> (Vec<ActionEntry<'t>>, usize) {
        entries(first, second, |string| self.entry(string))
    }

    fn entry(&mut self, string: Str<'t>) -> ActionEntry<'t> {
        let pattern = ActionPattern::parse(string.text);
        let mut entry =
            ActionEntry { string, pattern, service: None, action: None, is_known: false };
        let Some(pattern) = pattern else {
            self.bits = u64::MAX;
            return entry;
        };
        if pattern.service != self.prefix {
            self.prefix = pattern.service;
            self.service = Service::find(pattern.service);
            self.prefix_bits = service_bits(string.text);
        }
        self.bits |= self.prefix_bits;
        let Some(service) = self.service else { return entry };
        entry.service = Some(service);
        if has_wildcard(pattern.name) {
            entry.is_known = service.has_action_matching(pattern.name);
        } else {
            entry.action = service.action(pattern.name);
            entry.is_known = entry.action.is_some();
        }
        entry
    }
}
