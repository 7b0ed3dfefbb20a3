//! `Principal` and `NotPrincipal`: `"*"`, or an object of principal types.

use super::{one_or_many, strings, Element, Str};
use crate::json::{Node, Place, Text};

/// A principal element.
#[derive(Debug)]
pub struct Principal<'t> {
    /// The element.
    pub element: Element<'t>,
    /// The types in the object, in their order; empty when the value is no object.
    pub entries: Vec<PrincipalEntry<'t>>,
}

/// A type of principals and those of the type.
#[derive(Debug)]
pub struct PrincipalEntry<'t> {
    /// `AWS`, `Service`, `Federated` or `CanonicalUser`; whatever is written.
    pub key: &'t Text<'t>,
    /// The value, or the list of them.
    pub value: &'t Node<'t>,
}

impl<'t> Principal<'t> {
    pub(super) fn new(element: Element<'t>) -> Self {
        let members = element.value.as_object().unwrap_or_default();
        let entries =
            members.iter().map(|member| PrincipalEntry { key: &member.key, value: &member.value });
        Principal { element, entries: entries.collect() }
    }

    /// Whether it is the string `"*"`.
    pub fn is_star(&self) -> bool {
        self.element.text() == Some("*")
    }

    /// The strings of this type; types are compared to the letter.
    pub fn of_type<'s>(&'s self, name: &'s str) -> impl Iterator<Item = Str<'t>> + 's {
        let entries = self.entries.iter().filter(move |entry| entry.key.text == name);
        entries.flat_map(PrincipalEntry::strings)
    }
}

impl<'t> PrincipalEntry<'t> {
    /// The values: the one, or those of the list.
    pub fn values(&self) -> &'t [Node<'t>] {
        one_or_many(self.value)
    }

    /// The values that are strings.
    pub fn strings(&self) -> impl Iterator<Item = Str<'t>> + use<'t> {
        strings(self.value)
    }

    /// The type itself.
    pub fn key_place(&self) -> Place {
        Place::of_key(self.key)
    }

    /// The value, or the list of them.
    pub fn place(&self) -> Place {
        Place::of(self.value)
    }
}
