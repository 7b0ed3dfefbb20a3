//! Names that AWS's service authorization reference does not list: those that earlier releases of the data had, and those
//! that AWS's own managed policies use.
//!
//! A line: prefix, kind, the day of the first data without the names or a word for why, and the names. The names of a service
//! that is gone are not told one by one.

use super::action::matches;
use super::lines::{self, Lines};
use crate::aws::{has_wildcard, ActionPattern};

static NAMES: Lines = Lines::of(include_str!("../../data/unlisted.txt"));

/// Why a name is not listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlisted {
    /// It was, until the data of this day, such as `2025-11-27`.
    Since(&'static str),
    /// It never was in data that we know; AWS's own managed policies have it.
    InManagedPolicies,
    /// It never was; the guide of its service has it.
    Documented,
}

impl Unlisted {
    /// Of the service with this prefix.
    pub fn service(prefix: &str) -> Option<Self> {
        find(prefix, "service", |_| true)
    }

    /// Of an action, or a pattern that matches one: of one whose service is not listed, or that its service does not list.
    pub fn action(pattern: ActionPattern) -> Option<Self> {
        let own = pattern.name.to_ascii_lowercase();
        let is_it = |name: &str| match has_wildcard(&own) {
            true => matches(own.as_bytes(), name.as_bytes()),
            false => name.eq_ignore_ascii_case(&own),
        };
        Self::service(pattern.service).or_else(|| find(pattern.service, "action", is_it))
    }

    /// Of a condition key.
    pub fn key(key: &str) -> Option<Self> {
        let (prefix, own) = lines::cut(key, b':')?;
        let is_it = |name: &str| name.eq_ignore_ascii_case(own);
        Self::service(prefix).or_else(|| find(prefix, "key", is_it))
    }
}

fn find(prefix: &str, kind: &str, is_it: impl Fn(&str) -> bool) -> Option<Unlisted> {
    NAMES.of_name(prefix).iter().find_map(|line| {
        let mut words = line.split(' ').skip(1);
        let is_of_kind = words.next()? == kind;
        let since = words.next()?;
        (is_of_kind && (kind == "service" || words.any(&is_it))).then_some(match since {
            "managed" => Unlisted::InManagedPolicies,
            "documented" => Unlisted::Documented,
            day => Unlisted::Since(day),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{find, NAMES};

    #[test]
    fn every_name_is_found() {
        for line in NAMES.all() {
            let words: Vec<_> = line.split(' ').collect();
            let [prefix, kind, _, names @ ..] = words.as_slice() else { panic!("{line}") };
            assert!(*kind == "service" || !names.is_empty(), "{line}");
            for one in names {
                assert!(find(prefix, kind, |name| name == *one).is_some(), "{prefix} {one}");
            }
            assert!(find(&prefix.to_uppercase(), kind, |_| true).is_some(), "{line}");
        }
        assert_eq!(find("", "service", |_| true), None);
    }
}
