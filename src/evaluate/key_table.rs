//! The condition keys that policies read, numbered when the policies are: a request says once what it has for each.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::aws::ignoring_case;

/// The condition keys that every request has and those whose values follow from the request, in the order of their
/// numbers.
pub(crate) const KEYS: [&str; 17] = [
    "aws:PrincipalArn",
    "aws:SecureTransport",
    "aws:PrincipalAccount",
    "aws:PrincipalType",
    "aws:PrincipalIsAWSService",
    "aws:username",
    "aws:userid",
    "aws:ResourceAccount",
    "aws:RequestedRegion",
    "aws:CurrentTime",
    "aws:EpochTime",
    "aws:UserAgent",
    "aws:ViaAWSService",
    "aws:PrincipalServiceName",
    "aws:PrincipalServiceNamesList",
    "kms:CallerAccount",
    "s3:ResourceAccount",
];

/// The number of a condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct KeyId(usize);

impl KeyId {
    /// Read where a policy of a resource names the role behind a session, also when no condition asks for it.
    pub const PRINCIPAL_ARN: KeyId = KeyId(0);
    /// Whether the request comes over TLS.
    pub const SECURE_TRANSPORT: KeyId = KeyId(1);

    /// Its place in a list of all keys.
    pub fn place(self) -> usize {
        self.0
    }
}

/// A name of which the case of ASCII letters does not count.
#[derive(Clone, Copy, Debug)]
struct Name<'p>(&'p str);

impl Ord for Name<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        ignoring_case(self.0.as_bytes(), other.0.as_bytes())
    }
}

impl PartialOrd for Name<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(other.0)
    }
}

impl Eq for Name<'_> {}

/// Every condition key that policies ask for or insert, found in either case.
#[derive(Clone, Debug)]
pub(super) struct KeyTable<'p> {
    /// Shared by tables that hold the same keys.
    by_name: Rc<BTreeMap<Name<'p>, KeyId>>,
    /// Each as it is first written.
    names: Rc<Vec<&'p str>>,
}

impl<'p> KeyTable<'p> {
    pub fn new() -> Self {
        let mut table = KeyTable { by_name: Rc::default(), names: Rc::default() };
        // These get the numbers from 0.
        for name in KEYS {
            table.number(name);
        }
        table
    }

    /// The number of the key, a new one where it has none.
    pub fn number(&mut self, name: &'p str) -> KeyId {
        let shared = Rc::get_mut(&mut self.by_name).is_none();
        if let Some(id) = shared.then(|| self.find(name)).flatten() {
            return id;
        }
        let next = KeyId(self.names.len());
        let id = *Rc::make_mut(&mut self.by_name).entry(Name(name)).or_insert(next);
        if id == next {
            Rc::make_mut(&mut self.names).push(name);
        }
        id
    }

    /// The number of the key; `None` when no policy reads it.
    pub fn find(&self, name: &str) -> Option<KeyId> {
        self.by_name.get(&Name(name)).copied()
    }

    /// Each key as it is first written.
    pub fn names(&self) -> &[&'p str] {
        &self.names
    }

    /// The keys in their order, and their numbers.
    pub fn sorted(&self) -> impl Iterator<Item = (&'p str, KeyId)> + '_ {
        self.by_name.iter().map(|(name, id)| (name.0, *id))
    }
}

/// Some of the keys of a table, each once.
pub(super) struct KeySet(Vec<bool>);

impl KeySet {
    /// Those of the keys of the table that are named.
    pub fn new(table: &KeyTable, keys: impl Iterator<Item = KeyId>) -> Self {
        let mut has = vec![false; table.names.len()];
        for key in keys {
            if let Some(has) = has.get_mut(key.0) {
                *has = true;
            }
        }
        KeySet(has)
    }

    pub fn has(&self, key: KeyId) -> bool {
        self.0.get(key.0) == Some(&true)
    }

    /// In the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = KeyId> + '_ {
        (0..self.0.len()).map(KeyId).filter(|key| self.has(*key))
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyId, KeyTable};

    #[test]
    fn a_key_has_one_number_in_either_case() {
        let mut table = KeyTable::new();
        let team = table.number("aws:ResourceTag/Team");
        assert_eq!(table.number("aws:resourcetag/team"), team);
        assert_eq!(table.number("AWS:principalARN"), KeyId::PRINCIPAL_ARN);
        assert_ne!(table.number("aws:ResourceTag/Teams"), team);
        assert_eq!(table.find("AWS:RESOURCETAG/TEAM"), Some(team));
        assert_eq!(table.find("aws:ResourceTag/Tea"), None);
        assert_eq!(table.find("aws:securetransport"), Some(KeyId::SECURE_TRANSPORT));
        let sorted: Vec<_> = table.sorted().map(|(name, _)| name).collect();
        assert!(sorted.is_sorted_by_key(|name| name.to_ascii_lowercase()), "{sorted:?}");
        assert_eq!(sorted.iter().filter(|name| name.contains("Team")).count(), 2);
    }
}
