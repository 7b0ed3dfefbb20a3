//! What several statements say, said by one.

use super::minimize::with_values;
use super::Budget;
use crate::aws::{BaseOperator, ConditionOperator, Qualifier};
use crate::policy::{Condition, Element, Policy, Principal, Statement, Strings, Who};

/// Says together what two statements say that differ only in their actions, only in their resources, only in whom they
/// list, or only in the values of one condition, as far as steps are left: to hold two things against each other takes
/// one.
pub(super) fn merge(policy: &mut Policy, budget: &Budget) {
    budget.start_task();
    let mut merged: Vec<Statement> = Vec::with_capacity(policy.statements.len());
    for statement in std::mem::take(&mut policy.statements) {
        let may_be_said = budget.count(1 + merged.len());
        let mut others = merged.iter_mut();
        if !may_be_said || !others.any(|other| merge_into(other, &statement, budget)) {
            merged.push(statement);
        }
    }
    policy.statements = merged;
}

fn merge_into(one: &mut Statement, other: &Statement, budget: &Budget) -> bool {
    if one.effect != other.effect {
        return false;
    }
    if one.principal != other.principal {
        return one.condition == other.condition
            && is_same_access(one, other, budget)
            && add_principals(&mut one.principal, &other.principal, budget);
    }
    if one.condition != other.condition {
        let condition = match is_same_access(one, other, budget) {
            true => joined(&one.condition, &other.condition, budget),
            false => None,
        };
        let is_joined = condition.is_some();
        one.condition = condition.unwrap_or_else(|| std::mem::take(&mut one.condition));
        return is_joined;
    }
    let (Some(own), Some(others)) = (&mut one.resource, &other.resource) else {
        return one.resource == other.resource && add(&mut one.action, &other.action, budget);
    };
    if is_same(own, others, budget) {
        return add(&mut one.action, &other.action, budget);
    }
    is_same(&one.action, &other.action, budget) && add(own, others, budget)
}

/// Whether two statements speak of the same actions on the same resources.
fn is_same_access(one: &Statement, other: &Statement, budget: &Budget) -> bool {
    is_same(&one.action, &other.action, budget)
        && match (&one.resource, &other.resource) {
            (Some(own), Some(others)) => is_same(own, others, budget),
            (own, others) => own == others,
        }
}

/// Whether two elements have the same entries; `false` where no steps are left to see it.
fn is_same(a: &Element, b: &Element, budget: &Budget) -> bool {
    let is_in = |a: &Element, b: &Element| {
        let b = b.values.as_slice();
        a.values.as_slice().iter().all(|value| budget.count(b.len()) && b.contains(value))
    };
    a.negated == b.negated && is_in(a, b) && is_in(b, a)
}

/// Adds the other's values, if both are lists of what matches.
fn add(to: &mut Element, from: &Element, budget: &Budget) -> bool {
    let count = to.values.as_slice().len() * (1 + from.values.as_slice().len());
    if to.negated || from.negated || !budget.count(count) {
        return false;
    }
    add_values(&mut to.values, &from.values);
    true
}

fn add_values(to: &mut Strings, from: &Strings) {
    let mut values = match std::mem::replace(to, Strings::Many(Vec::new())) {
        Strings::One(value) => vec![value],
        Strings::Many(values) => values,
    };
    for value in from.as_slice() {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    *to = Strings::Many(values);
}

/// Adds those whom the other lists, if both list whom they are about.
fn add_principals(to: &mut Option<Principal>, from: &Option<Principal>, budget: &Budget) -> bool {
    let lists = (to.as_mut(), from.as_ref());
    let (Some(Principal { negated: false, who: Who::Listed(to) }), Some(from)) = lists else {
        return false;
    };
    let Principal { negated: false, who: Who::Listed(from) } = from else {
        return false;
    };
    let count = |types: &[(String, Strings)]| -> usize {
        types.iter().map(|(_, listed)| listed.as_slice().len()).sum()
    };
    if !budget.count(count(to) * (1 + count(from))) {
        return false;
    }
    // Beside everyone the others need not be listed.
    let everyone = |(_, listed): &(String, Strings)| listed.as_slice().iter().any(|who| who == "*");
    if to.iter().chain(from).any(everyone) {
        return false;
    }
    for (of, listed) in from {
        match to.iter_mut().find(|(own, _)| own == of) {
            Some((_, own)) => add_values(own, listed),
            None => to.push((of.clone(), listed.clone())),
        }
    }
    true
}

/// A condition that holds where one of two does, if they differ in one list of values of which one must fit.
fn joined(one: &Condition, other: &Condition, budget: &Budget) -> Option<Condition> {
    let (own, others): (Vec<_>, Vec<_>) = (one.entries().collect(), other.entries().collect());
    let pairs = || own.iter().zip(&others);
    let is_same = own.len() == others.len()
        && pairs().all(|((operator, key, _), (other, name, _))| operator == other && key == name);
    let mut differing = pairs().enumerate().filter(|(_, ((_, _, a), (_, _, b)))| a != b);
    let (at, ((operator, _, a), (_, _, b))) = differing.next()?;
    let operator = ConditionOperator::parse(operator)?;
    let is_any_of = !operator.base.is_negated()
        && operator.base != BaseOperator::Null
        && operator.qualifier != Some(Qualifier::ForAllValues);
    if !is_same || !is_any_of || differing.next().is_some() {
        return None;
    }
    let mut values = a.as_slice().to_vec();
    let has = |value: &String| a.as_slice().contains(value);
    if !budget.count(a.as_slice().len() * (1 + b.as_slice().len())) {
        return None;
    }
    values.extend(b.as_slice().iter().filter(|value| !has(value)).cloned());
    with_values(one, at, &values)
}
