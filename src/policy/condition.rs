//! The conditions of a statement: an operator stands once, and under it a key once.
//!
//! IAM does not look at the case of either, and refuses a document in which one stands twice; a program that reads
//! the document as an object keeps only the last. So nothing that is built can say a condition twice.

use std::collections::{BTreeMap, BTreeSet};

use super::Strings;

/// The conditions of a statement, all of which must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Condition {
    /// In the order in which they are printed.
    blocks: Vec<Block>,
    /// Which block an operator has, by its name in lower case.
    by_operator: BTreeMap<String, usize>,
    /// What a document says again. It was never built, and still it must hold.
    repeated: Vec<Repeated>,
}

/// An operator with its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Block {
    /// As it is written, with qualifier and `IfExists`.
    operator: String,
    /// In the order in which they are printed.
    keys: Vec<(String, Strings)>,
    /// The same keys in lower case.
    known: BTreeSet<String>,
}

/// A condition that was not added, since its key stands under its operator already, or the operator with letters of
/// another case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeated {
    /// The operator.
    pub operator: String,
    /// The key.
    pub key: String,
    /// The values.
    pub values: Strings,
}

impl Condition {
    /// Demands that the key has one of the values, beside everything that is demanded already.
    ///
    /// # Errors
    /// The condition itself, unless both can be written down.
    pub fn add(&mut self, operator: &str, key: &str, values: Strings) -> Result<(), Repeated> {
        let at = *self.by_operator.entry(operator.to_ascii_lowercase()).or_insert_with(|| {
            let operator = operator.to_owned();
            self.blocks.push(Block { operator, keys: Vec::new(), known: BTreeSet::new() });
            self.blocks.len() - 1
        });
        if let Some(block) = self.blocks.get_mut(at) {
            if block.operator == operator && block.known.insert(key.to_ascii_lowercase()) {
                block.keys.push((key.to_owned(), values));
                return Ok(());
            }
        }
        Err(Repeated { operator: operator.to_owned(), key: key.to_owned(), values })
    }

    /// The same for what somebody wrote: it means what it says, also where it is said again.
    pub(super) fn add_written(&mut self, operator: &str, key: &str, values: Strings) {
        if let Err(repeated) = self.add(operator, key, values) {
            self.repeated.push(repeated);
        }
    }

    /// Whether nothing is demanded.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// What a document says again, with letters of another case.
    pub fn repeated(&self) -> &[Repeated] {
        &self.repeated
    }

    /// Each operator with one of its keys and the values of that.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str, &Strings)> {
        let blocks = self.blocks.iter().flat_map(|block| {
            let keys = block.keys.iter();
            keys.map(|(key, values)| (block.operator.as_str(), key.as_str(), values))
        });
        blocks.chain(self.repeated.iter().map(Repeated::entry))
    }

    /// The operators with their keys, as they are printed; what a document says again in blocks of its own.
    pub(super) fn blocks(&self) -> impl Iterator<Item = (&str, Vec<(&str, &Strings)>)> {
        let blocks = self.blocks.iter().map(|block| {
            let keys = block.keys.iter().map(|(key, values)| (key.as_str(), values));
            (block.operator.as_str(), keys.collect())
        });
        let again = self.repeated.iter().map(Repeated::entry);
        blocks.chain(again.map(|(operator, key, values)| (operator, vec![(key, values)])))
    }
}

impl Repeated {
    /// What is wrong with it, behind the place where it stands.
    pub fn in_words(&self) -> String {
        format!(
            "says {} of {} twice, with letters of another case; IAM takes a condition once",
            self.operator, self.key
        )
    }

    fn entry(&self) -> (&str, &str, &Strings) {
        (&self.operator, &self.key, &self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;
    use crate::policy::Strings;

    #[test]
    fn a_condition_is_said_once() {
        let mut condition = Condition::default();
        for (operator, key, is_added) in [
            ("StringEquals", "aws:username", true),
            ("StringLike", "aws:username", true),
            ("StringEquals", "aws:userid", true),
            ("StringEquals", "aws:username", false),
            ("StringEquals", "AWS:UserName", false),
            ("stringequals", "aws:SourceVpce", false),
        ] {
            let added = condition.add(operator, key, Strings::many(["x"]));
            assert_eq!(added.is_ok(), is_added, "{operator} {key}");
        }
        let entries: Vec<_> = condition.entries().map(|(o, key, _)| (o, key)).collect();
        assert_eq!(
            entries,
            [
                ("StringEquals", "aws:username"),
                ("StringEquals", "aws:userid"),
                ("StringLike", "aws:username")
            ]
        );
    }
}
