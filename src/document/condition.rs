//! The `Condition` of a statement: operators, keys and values.

use super::{one_or_many, strings, Element, Str};
use crate::aws::catalog::ConditionKey;
use crate::aws::ConditionOperator;
use crate::json::{Node, Place, Text};

/// A `Condition`, as far as it has the right types.
#[derive(Debug, Default)]
pub struct Condition<'t> {
    /// The element; `None` when the statement has none.
    pub element: Option<Element<'t>>,
    /// Every key under every operator, in their order.
    pub entries: Vec<ConditionEntry<'t>>,
}

/// One key under one operator.
#[derive(Debug)]
pub struct ConditionEntry<'t> {
    /// The operator as written.
    pub operator: &'t Text<'t>,
    /// The operator taken apart; `None` when IAM does not know it.
    pub parsed: Option<ConditionOperator>,
    /// The condition key as written.
    pub key: &'t Text<'t>,
    /// The key that it is; `None` when the catalog does not have it.
    pub known: Option<ConditionKey>,
    /// The value, or the list of them.
    pub value: &'t Node<'t>,
    /// The object below the operator, in which the key stands.
    pub block: &'t Node<'t>,
}

impl<'t> Condition<'t> {
    pub(super) fn new(element: Option<Element<'t>>) -> Self {
        let operators = element.and_then(|element| element.value.as_object()).unwrap_or_default();
        let mut entries = Vec::new();
        for operator in operators {
            let parsed = ConditionOperator::parse(&operator.key.text);
            for member in operator.value.as_object().unwrap_or_default() {
                entries.push(ConditionEntry {
                    operator: &operator.key,
                    parsed,
                    key: &member.key,
                    known: ConditionKey::find(&member.key.text),
                    value: &member.value,
                    block: &operator.value,
                });
            }
        }
        Condition { element, entries }
    }
}

impl<'t> ConditionEntry<'t> {
    /// Whether the key is this one; keys ignore case.
    pub fn is(&self, key: &str) -> bool {
        self.key.text.eq_ignore_ascii_case(key)
    }

    /// The name of the condition key as written.
    pub fn key(&self) -> &'t str {
        self.key.text.as_ref()
    }

    /// The values: the one, or those of the list.
    pub fn values(&self) -> &'t [Node<'t>] {
        one_or_many(self.value)
    }

    /// The values that are strings.
    pub fn strings(&self) -> impl Iterator<Item = Str<'t>> {
        strings(self.value)
    }

    /// The key itself.
    pub fn key_place(&self) -> Place {
        Place::of_key(self.key)
    }

    /// The value, or the list of them.
    pub fn place(&self) -> Place {
        Place::of(self.value)
    }
}
