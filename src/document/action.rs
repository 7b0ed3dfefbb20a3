//! `Action` and `NotAction`: their strings, each looked up in the catalog once.

use std::mem;
use std::ops::Deref;

use super::{strings, Element, Str};
use crate::aws::catalog::{Action, Service};
use crate::aws::{has_wildcard, ActionPattern};
use crate::order::Map;

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

/// A bit for the service of an action or of an entry of `Action`; every bit for an entry that may be of any service.
///
/// An entry without a bit of an action does not cover it.
pub(super) fn service_bits(entry: &str) -> u64 {
    let bytes = entry.as_bytes();
    let (mut at, mut mixed) = (0, 0_u32);
    loop {
        match bytes.get(at) {
            Some(b':') => return 1 << (mixed >> 26),
            None | Some(b'*' | b'?') => return u64::MAX,
            Some(byte) => {
                mixed = (mixed ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x9E37_79B1);
            }
        }
        at += 1;
    }
}

/// Looks entries up, from where the one before was found: lists are mostly sorted, and by service.
#[derive(Default)]
pub(super) struct Lookup<'t> {
    prefix: &'t str,
    found: Found,
    /// The [`service_bits`] of the entries since they were last taken.
    pub(super) bits: u64,
    /// Of the other prefixes that there were.
    others: Map<&'t str, Found>,
}

/// The service with a prefix, and where in its actions the last one was found.
#[derive(Default)]
struct Found {
    service: Option<Service>,
    near: usize,
    bits: u64,
}

impl<'t> Lookup<'t> {
    pub(super) fn entries(&mut self, element: Option<Element<'t>>) -> Vec<ActionEntry<'t>> {
        let Some(element) = element else { return Vec::new() };
        strings(element.value).map(|string| self.entry(string)).collect()
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
            self.others.insert(self.prefix, mem::take(&mut self.found));
            self.prefix = pattern.service;
            let new = || Found {
                service: Service::find(pattern.service),
                bits: service_bits(string.text),
                ..Found::default()
            };
            self.others.update(pattern.service, new, |found| self.found = mem::take(found));
        }
        self.bits |= self.found.bits;
        let Some(service) = self.found.service else { return entry };
        entry.service = Some(service);
        if has_wildcard(pattern.name) {
            entry.is_known = service.has_action_matching(pattern.name);
        } else {
            entry.action = service.action_near(pattern.name, &mut self.found.near);
            entry.is_known = entry.action.is_some();
        }
        entry
    }
}
