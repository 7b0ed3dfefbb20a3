//! Statements while a policy is put together, and the two ways of writing them down.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{Conflict, Refused};
use crate::policy::{Effect, Principal, Statement, Strings, Who};
use crate::sort::sort;

/// How much a policy allows beyond what is needed, and how it is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// AWS's published text.
    #[default]
    Guide,
    /// The least that works: resources are named, conditions are set.
    LeastPrivilege,
}

impl Scope {
    /// Whether it is the least that works.
    pub(super) fn is_least(self) -> bool {
        self == Scope::LeastPrivilege
    }
}

/// A statement with a Sid, the actions as a list, and a list of resources unless there is one.
pub(super) fn allow(sid: &str, actions: &[&str], resources: Vec<String>) -> Statement {
    let mut statement = Statement::new(Effect::Allow, actions.iter().copied(), resources);
    statement.sid = Some(sid.to_owned());
    statement
}

/// The same on every resource.
pub(super) fn allow_all(sid: &str, actions: &[&str]) -> Statement {
    allow(sid, actions, vec!["*".to_owned()])
}

/// A statement that refuses.
pub(super) fn deny(sid: &str, actions: &[&str], resources: Vec<String>) -> Statement {
    Statement { effect: Effect::Deny, ..allow(sid, actions, resources) }
}

/// Leaves out what says the same as a statement before it, whatever its name and the order of its lists: things that
/// people do may need one right each by itself.
pub(super) fn without_repeated(statements: &mut Vec<Statement>) {
    let mut said: Vec<Statement> = Vec::new();
    statements.retain(|statement| {
        let mut statement = Statement { sid: None, ..statement.clone() };
        let lists = [Some(&mut statement.action), statement.resource.as_mut()];
        for list in lists.into_iter().flatten() {
            let mut values = list.values.as_slice().to_vec();
            sort(&mut values);
            list.values = Strings::Many(values);
        }
        let is_new = !said.contains(&statement);
        said.extend(is_new.then_some(statement));
        is_new
    });
}

/// Whether each tag key stands once at an option; IAM does not look at the case of a condition key.
///
/// # Errors
/// A key that stands there again.
pub(super) fn once<'k>(
    keys: impl Iterator<Item = &'k str>,
    at: &'static str,
) -> Result<(), Refused> {
    let mut known = BTreeSet::new();
    for key in keys {
        if !known.insert(key.to_ascii_lowercase()) {
            return Err(Refused::conflict(at, Conflict::TAG_KEY_TWICE));
        }
    }
    Ok(())
}

/// A condition on one key.
///
/// Options that write one key are told apart, or refused, before it comes to this.
pub(super) fn when(statement: &mut Statement, operator: &str, key: &str, values: Strings) {
    let added = statement.condition.add(operator, key, values);
    debug_assert!(added.is_ok(), "{added:?}");
    if added.is_err() {
        // A statement without one of its conditions would allow more than was asked for: IAM shall refuse it.
        statement.action.values = Strings::Many(Vec::new());
    }
}

/// One value of a condition key.
pub(super) fn one(value: impl Into<String>) -> Strings {
    Strings::One(value.into())
}

/// Writes the resources as a list even if there is one.
pub(super) fn as_list(mut statement: Statement) -> Statement {
    if let Some(resource) = &mut statement.resource {
        resource.values = Strings::many(resource.values.as_slice().to_vec());
    }
    statement
}

/// Writes a single action without a list around it.
pub(super) fn without_list(statement: &mut Statement) {
    let actions = statement.action.values.as_slice().to_vec();
    statement.action.values = Strings::one_or_many(actions);
}

/// Principals of one type.
pub(super) fn principals(kind: &str, who: Vec<String>) -> Option<Principal> {
    let listed = vec![(kind.to_owned(), Strings::one_or_many(who))];
    Some(Principal { negated: false, who: Who::Listed(listed) })
}

/// What is the same for every statement of a policy: Sids or none, and in the tight form sorted actions, a single
/// one without a list.
pub(super) fn finish(statements: &mut [Statement], scope: Scope, sids: Option<bool>) {
    let keeps_sids = sids.unwrap_or(scope.is_least());
    for statement in statements {
        if !keeps_sids {
            statement.sid = None;
        }
        if scope.is_least() {
            let mut actions = statement.action.values.as_slice().to_vec();
            sort(&mut actions);
            statement.action.values = Strings::one_or_many(actions);
        }
    }
}
