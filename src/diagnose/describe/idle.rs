//! What stands in a statement and grants nothing, because no resource beside it is one that it works on.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::aws::catalog::{Action, Service};
use crate::aws::{has_wildcard, ActionPattern, Arn, NamedResources};
use crate::policy::{Effect, Element, Statement, Strings};
use crate::sort::set;

/// How many comparisons are made for one policy; no policy that AWS takes needs as many.
pub(super) const MOST_COMPARISONS: usize = 50_000;

/// The statement without such entries, and these.
pub(super) fn split<'s>(
    statement: &'s Statement,
    left: &mut usize,
) -> (Cow<'s, Statement>, BTreeSet<&'s str>) {
    let idle = entries(statement, left).unwrap_or_default();
    if idle.is_empty() {
        return (Cow::Borrowed(statement), idle);
    }
    let entries = statement.action.values.as_slice().iter();
    let values = entries.filter(|entry| !idle.contains(&entry.as_str())).cloned().collect();
    let action = Element { negated: false, values: Strings::Many(values) };
    (Cow::Owned(Statement { action, ..statement.clone() }), idle)
}

/// `None` where the resources may be anything.
fn entries<'s>(statement: &'s Statement, left: &mut usize) -> Option<BTreeSet<&'s str>> {
    let resource = statement.resource.as_ref().filter(|resource| !resource.negated)?;
    if statement.effect != Effect::Allow || statement.action.negated {
        return None;
    }
    let arns = resource.values.as_slice().iter().map(|text| Arn::parse(text));
    let arns: Vec<Arn> = arns.collect::<Option<_>>()?;
    if arns.iter().any(|arn| has_wildcard(arn.service) || arn.service.contains('$')) {
        return None;
    }
    let mut named = NamedResources::new(&arns, left);
    let entries = statement.action.values.as_slice().iter().map(String::as_str);
    let mut idle = set(entries.filter(|entry| !may_be_of(&mut named, entry)));
    named.look_closely();
    idle.retain(|entry| !may_be_of(&mut named, entry));
    Some(idle)
}

/// Whether one of the resources may be of a type of an action that the entry names or matches.
fn may_be_of(named: &mut NamedResources, entry: &str) -> bool {
    named.look_at_all();
    let Some(pattern) = ActionPattern::parse(entry) else { return true };
    let Some(service) = Service::find(pattern.service) else { return true };
    let mut actions = service.actions_matching(pattern.name).peekable();
    actions.peek().is_none() || actions.any(|action: Action| named.may_be_of(action))
}
