//! Of what was recognised, what does not count since it belongs to somebody else, or may do so.

use super::{Field, Role};
use crate::sort::sort;
use crate::text::Span;

impl Role {
    /// Takes back that something counts in which nothing does. `items` are where things stand, and whether each counts.
    pub(super) fn take_back(&mut self, mut items: Vec<(Field, usize, bool)>) {
        sort(&mut items);
        let within = |field: Field, span: Span| {
            let from = items.partition_point(|(of, at, _)| (*of, *at) < (field, span.start));
            let rest = items.get(from..).unwrap_or_default();
            let end = rest.partition_point(|(of, at, _)| (*of, *at) < (field, span.end));
            rest.get(..end).unwrap_or_default()
        };
        for seen in self.recognised.iter_mut().filter(|seen| seen.is_used) {
            let inside = within(seen.field, seen.span);
            if !inside.is_empty() && inside.iter().all(|(.., counts)| !counts) {
                seen.is_used = false;
                seen.message.push_str(" It does not count.");
            }
        }
    }
}
