//! The smallest policy that allows the same: what others say already goes, and what can be said together is.

use super::caller::{callers, expand, Caller};
use super::pattern::Names;
use super::side;
use super::task::{self, Outcome, Task, World};
use super::{allows, denies, type_of, Budget, PolicyType, MOST_STEPS_A_TASK};
use crate::policy::{characters, Effect, Element, Policy, Statement, Strings};

/// A policy that allows the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimized {
    /// The policy.
    pub policy: Policy,
    /// How many characters IAM counts of it,
    pub characters: usize,
    /// and of the one that was given.
    pub characters_before: usize,
}

/// The smallest policy that was found to allow the same. Names of statements that stay are kept.
pub fn minimize(policy: &Policy, policy_type: Option<PolicyType>) -> Minimized {
    let policy_type = policy_type.unwrap_or_else(|| type_of([policy]));
    let callers = match policy_type {
        PolicyType::Resource => callers([policy].into_iter(), false),
        _ => Vec::new(),
    };
    let proof = Proof { policy_type, callers, budget: Budget::new() };
    let mut small = policy.clone();
    merge(&mut small);
    proof.shrink(&mut small);
    merge(&mut small);
    for statement in &mut small.statements {
        let elements = [Some(&mut statement.action), statement.resource.as_mut()];
        for element in elements.into_iter().flatten() {
            element.values = Strings::one_or_many(element.values.as_slice().to_vec());
        }
    }
    let count = |policy: &Policy| characters(&policy.to_json());
    // What is given back is equal by the same proof as any answer, not by how it was made.
    let is_smaller = count(&small) < count(policy);
    let small = match is_smaller && proof.are_equal(policy, &small) {
        true => small,
        false => policy.clone(),
    };
    let (characters, characters_before) = (count(&small), count(policy));
    Minimized { policy: small, characters, characters_before }
}

/// How many steps the reading of an entry counts for.
const READING: usize = 64;

/// What is claimed of two policies.
type Claim<'c> = dyn Fn(&[side::Statement], &[side::Statement], &Names) -> bool + 'c;

/// What shows that policies allow the same.
struct Proof {
    policy_type: PolicyType,
    callers: Vec<Caller>,
    budget: Budget,
}

impl Proof {
    /// Whether no request makes a difference, beside whatever other policies.
    fn are_equal(&self, a: &Policy, b: &Policy) -> bool {
        self.budget.start(MOST_STEPS_A_TASK);
        self.holds(a, b, &|a, b, names| {
            let one_way = |new: &[side::Statement], old: &[side::Statement]| {
                let is_covered =
                    |own, covers| self.is_empty(Task { positives: vec![own], covers }, names);
                // What is denied stays denied, whatever other policies allow beside this one.
                denies(new).all(|deny| is_covered(deny, denies(old).collect()))
                    && allows(new)
                        .all(|allow| is_covered(allow, allows(old).chain(denies(new)).collect()))
            };
            one_way(a, b) && one_way(b, a)
        })
    }

    /// Whether the policy allows and denies the same without a statement that is not in it.
    fn is_redundant(&self, statement: &Statement, rest: &Policy) -> bool {
        self.budget.start(MOST_STEPS_A_TASK);
        let alone = Policy { statements: vec![statement.clone()], id: None, ..*rest };
        self.holds(&alone, rest, &|alone, rest, names| {
            alone.iter().all(|own| {
                let covers = match own.effect {
                    Effect::Allow => rest.iter().collect(),
                    Effect::Deny => denies(rest).collect(),
                };
                self.is_empty(Task { positives: vec![own], covers }, names)
            })
        })
    }

    fn holds(&self, a: &Policy, b: &Policy, claim: &Claim) -> bool {
        let entries = |statement: &Statement| {
            let resources = statement.resource.as_ref().map_or(0, |it| it.values.as_slice().len());
            4 + statement.action.values.as_slice().len() + resources
        };
        let entries: usize = a.statements.iter().chain(&b.statements).map(entries).sum();
        // To read an entry takes as long as some steps with it.
        if !self.budget.count(READING * entries) {
            return false;
        }
        let (mut a, mut b) = ([a.clone()], [b.clone()]);
        a.iter_mut().chain(&mut b).for_each(|policy| expand(policy, &self.callers));
        let mut names = Names::default();
        let mut read =
            |policies| side::read(policies, self.policy_type, false, &self.callers, &mut names);
        let (a, b) = (read(&a), read(&b));
        claim(&a, &b, &names)
    }

    fn is_empty(&self, task: Task, names: &Names) -> bool {
        let world = World {
            names,
            callers: &self.callers,
            occurs: &|_| true,
            // Only a proof counts.
            confirms: &|_| false,
        };
        matches!(task::solve(&task, world, &self.budget), Outcome::Empty)
    }

    /// Takes out statements, actions and resources that the others make needless.
    fn shrink(&self, policy: &mut Policy) {
        let mut at = 0;
        while let Some(statement) = policy.statements.get(at).cloned() {
            let mut rest = policy.clone();
            rest.statements.remove(at);
            if !rest.statements.is_empty() && self.is_redundant(&statement, &rest) {
                *policy = rest;
                continue;
            }
            self.shrink_list(policy, at, &|statement| Some(&mut statement.action));
            self.shrink_list(policy, at, &|statement| statement.resource.as_mut());
            at += 1;
        }
    }

    fn shrink_list(
        &self,
        policy: &mut Policy,
        at: usize,
        list: &dyn Fn(&mut Statement) -> Option<&mut Element>,
    ) {
        let mut entry = 0;
        loop {
            let Some(statement) = policy.statements.get(at) else {
                return;
            };
            let (mut alone, mut without) = (statement.clone(), statement.clone());
            let (Some(own), Some(others)) = (list(&mut alone), list(&mut without)) else {
                return;
            };
            let mut values = others.values.as_slice().to_vec();
            if others.negated || entry >= values.len() || values.len() == 1 {
                return;
            }
            own.values = Strings::One(values.remove(entry));
            others.values = Strings::Many(values);
            let mut rest = policy.clone();
            if let Some(place) = rest.statements.get_mut(at) {
                *place = without;
            }
            match self.is_redundant(&alone, &rest) {
                true => *policy = rest,
                false => entry += 1,
            }
        }
    }
}

/// Says together what two statements say that differ only in their actions, or only in their resources.
fn merge(policy: &mut Policy) {
    let mut at = 0;
    while at < policy.statements.len() {
        let (before, rest) = policy.statements.split_at_mut(at);
        let merged = rest
            .first()
            .is_some_and(|statement| before.iter_mut().any(|other| merge_into(other, statement)));
        match merged {
            true => {
                policy.statements.remove(at);
            }
            false => at += 1,
        }
    }
}

fn merge_into(one: &mut Statement, other: &Statement) -> bool {
    if one.effect != other.effect
        || one.principal != other.principal
        || one.condition != other.condition
    {
        return false;
    }
    let (Some(own), Some(others)) = (&mut one.resource, &other.resource) else {
        return one.resource == other.resource && add(&mut one.action, &other.action);
    };
    if is_same(own, others) {
        return add(&mut one.action, &other.action);
    }
    is_same(&one.action, &other.action) && add(own, others)
}

fn is_same(a: &Element, b: &Element) -> bool {
    let is_in = |a: &Element, b: &Element| {
        a.values.as_slice().iter().all(|value| b.values.as_slice().contains(value))
    };
    a.negated == b.negated && is_in(a, b) && is_in(b, a)
}

/// Adds the other's values, if both are lists of what matches.
fn add(to: &mut Element, from: &Element) -> bool {
    if to.negated || from.negated {
        return false;
    }
    let mut values = to.values.as_slice().to_vec();
    for value in from.values.as_slice() {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    to.values = Strings::Many(values);
    true
}
