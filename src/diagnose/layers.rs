//! The policies that have a say in requests for one kind of resource, and the condition keys that they read.

use std::cell::RefCell;
use std::rc::Rc;

use crate::evaluate::{Occurrence, PolicySet, Prepared};

/// So many comparisons are spent on trying values of unknown keys, for all requests to one kind of resource together.
const MOST_TRIED: usize = 250_000;

/// Policies that are read once, for the requests of all capabilities.
pub(super) struct Layers<'p> {
    pub(super) prepared: Prepared<'p>,
    /// One for each action that was asked for, of the few that Session Manager needs.
    keys: RefCell<Vec<KeysOf<'p>>>,
}

/// The condition keys that are read for an action, and those of them that can come with types of its resources.
struct KeysOf<'p> {
    action: String,
    read: Vec<&'p str>,
    occurring: Vec<(Occurrence, Rc<[&'p str]>)>,
}

impl<'p> Layers<'p> {
    pub(super) fn new(policies: &'p PolicySet) -> Self {
        let prepared = Prepared::new(policies).trying_at_most(MOST_TRIED);
        Layers { prepared, keys: RefCell::default() }
    }

    /// The condition keys that are read for the action and can come with it and the resource.
    pub(super) fn keys_of(&self, action: &str, resource: &str) -> Rc<[&'p str]> {
        let mut all = self.keys.borrow_mut();
        let known = all.iter().position(|keys| keys.action == action);
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            let read = self.prepared.keys_read(action);
            all.push(KeysOf { action: action.to_owned(), read, occurring: Vec::new() });
        }
        let Some(keys) = all.get_mut(at) else { return Rc::new([]) };
        let occurrence = Occurrence::new(action, resource);
        let known = keys.occurring.iter().find(|(known, _)| *known == occurrence);
        if let Some((_, found)) = known {
            return found.clone();
        }
        let found: Rc<[&str]> =
            keys.read.iter().copied().filter(|key| occurrence.of(key)).collect();
        keys.occurring.push((occurrence, found.clone()));
        found
    }
}
