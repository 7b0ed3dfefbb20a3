//! Groups, whose policies count for the users who are in them: whether the owner is, and what is left open where nobody knows.

use std::collections::BTreeSet;

use super::{managed_document, Field, Item, Library, Owner, OwnerKind, Role, What};
use crate::diagnose::managed;
use crate::sort::set;

/// The groups of the owner.
#[derive(Debug, Default)]
pub(super) struct Groups {
    names: BTreeSet<String>,
    /// Those of which all members are told, and it is none.
    without: BTreeSet<String>,
    /// Whether it is in no other.
    are_all: bool,
}

impl Groups {
    /// What the items tell of the owner.
    pub(super) fn of(owner: Option<&Owner>, items: &[(Field, Option<&str>, Item)]) -> Self {
        let own =
            || items.iter().map(|(_, _, item)| item).filter(|item| item.owner.as_ref() == owner);
        let names = own().filter_map(|item| match &item.what {
            What::Member(group) if owner.is_some() => Some(group.clone()),
            _ => None,
        });
        let are_all = owner.is_some() && own().any(|item| matches!(item.what, What::AllGroups));
        let without = items.iter().filter_map(|(_, _, item)| match (&item.what, &item.owner) {
            (What::Members(users), Some(group)) => {
                let is_in = owner.is_some_and(|owner| users.contains(&owner.name));
                (!is_in).then(|| group.name.clone())
            }
            _ => None,
        });
        Groups { names: set(names), without: set(without), are_all }
    }

    /// Those of which nothing else is here.
    pub(super) fn unseen(
        &self,
        owner: Option<&Owner>,
        items: &[(Field, Option<&str>, Item)],
    ) -> Vec<String> {
        let having = items.iter().map(|(_, _, item)| item);
        let having = having.filter(|item| !matches!(item.what, What::Members(_)));
        let groups = having.filter_map(|item| item.owner.as_ref());
        let groups: BTreeSet<&str> = set(groups
            .filter(|owner| owner.kind == OwnerKind::Group)
            .map(|owner| owner.name.as_str()));
        let is_unseen = |name: &&String| !groups.contains(name.as_str());
        // No role is in a group.
        let is_role = owner.is_some_and(|owner| owner.kind == OwnerKind::Role);
        let listed = items.iter().filter_map(|(_, _, item)| match &item.what {
            What::Group(name) if !is_role && !self.are_all && !self.without.contains(name) => {
                Some(name)
            }
            _ => None,
        });
        let names: BTreeSet<&String> = set(self.names.iter().chain(listed).filter(is_unseen));
        names.into_iter().map(|name| format!("The group {name}")).collect()
    }
}

impl Role {
    /// Whether what belongs to this owner counts; `None` where nobody knows.
    pub(super) fn counts(&self, owner: Option<&Owner>, groups: &Groups) -> Option<bool> {
        let Some(owner) = owner else { return Some(true) };
        if owner.kind != OwnerKind::Group {
            return Some(self.owner.as_ref() == Some(owner));
        }
        match &self.owner {
            None => Some(self.choices.is_empty()),
            // No role is in a group.
            Some(own) if own.kind == OwnerKind::Role => Some(false),
            Some(_) if groups.names.contains(&owner.name) => Some(true),
            Some(_) if groups.without.contains(&owner.name) => Some(false),
            Some(_) => groups.are_all.then_some(false),
        }
    }

    /// Leaves open what a policy of a group does in which the owner may be.
    pub(super) fn of_a_group(&mut self, field: Field, item: Item, library: &Library) {
        let name = item.name.unwrap_or_default();
        let known = match item.what {
            What::Policy(read) | What::Version(read) | What::Perhaps(_, read) => Some(read),
            What::Attached(Some(arn)) => managed_document(&arn, library),
            What::Attached(None) => managed::find(&name).and_then(super::built_in),
            What::MayDeny => {
                self.may_deny_anything(name);
                return;
            }
            _ => return,
        };
        let (Some(owner), Some(group)) = (&self.owner, item.owner) else { return };
        let message = format!(
            "Whether the user {} is in the group {} is not known, so it is not certain that {name} counts. What aws iam \
             get-account-authorization-details prints tells it.",
            owner.name, group.name
        );
        self.leave(field, item.span, message);
        if let Some(read) = known {
            self.may_count(name.clone(), read.policy.statements);
        }
        self.unseen.push(name);
    }
}
