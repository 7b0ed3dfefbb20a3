//! Sids that no statement has yet.

use std::collections::{BTreeMap, BTreeSet};

use crate::aws::to_sid;
use crate::document::Document;
use crate::sort::set;

/// The Sids of a document, and those that were given away since.
pub(in crate::rules) struct FreeSids {
    taken: BTreeSet<String>,
    /// The number to try next, for each Sid that numbers were put to.
    next: BTreeMap<String, usize>,
}

impl FreeSids {
    /// All are free but those in the document.
    pub(in crate::rules) fn of(document: &Document) -> Self {
        let sids = document.statements.iter().filter_map(|s| s.sid?.text());
        FreeSids { taken: set(sids.map(str::to_owned)), next: BTreeMap::new() }
    }

    /// Keeps the Sids that those in the document become when their characters are mended, so that two fixes do not
    /// choose the same.
    pub(in crate::rules) fn without_mended(mut self, document: &Document) -> Self {
        let sids = document.statements.iter().filter_map(|s| s.sid?.text());
        self.taken.extend(sids.map(to_sid));
        self
    }

    /// The Sid itself if it is free, else with the least number from 2 that makes it so; it is taken then.
    pub(in crate::rules) fn take(&mut self, sid: &str) -> String {
        if self.taken.insert(sid.to_owned()) {
            return sid.to_owned();
        }
        let mut next = self.next.get(sid).copied().unwrap_or(2);
        loop {
            let numbered = format!("{sid}{next}");
            next += 1;
            if self.taken.insert(numbered.clone()) {
                self.next.insert(sid.to_owned(), next);
                return numbered;
            }
        }
    }
}
