//! The smallest policy that allows the same: what others say already goes, and what can be said together is.

use std::collections::BTreeSet;

use super::actions::Actions;
use super::caller::{callers, expand, listed, Caller};
use super::known;
use super::merge::merge;
use super::pattern::{Names, Step};
use super::side;
use super::task::{self, Outcome, Task, World};
use super::{allows, denies, letters, type_of, Budget, PolicyType, Requests};
use crate::aws::catalog::Service;
use crate::aws::{literal_start, ActionPattern};
use crate::evaluate::Naming;
use crate::policy::{characters, Condition, Effect, Policy, Principal, Statement, Strings, Who};
use crate::sort::{set, sort};

/// A policy that allows the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimized {
    /// The policy.
    pub policy: Policy,
    /// How many characters IAM counts of it,
    pub characters: usize,
    /// and of the one that was given.
    pub characters_before: usize,
    /// Whether names of actions became patterns, which match the same as far as the catalog knows.
    pub has_new_patterns: bool,
}

impl Minimized {
    /// A policy as it is.
    pub fn unchanged(policy: Policy) -> Self {
        let characters = count(&policy);
        Minimized { policy, characters, characters_before: characters, has_new_patterns: false }
    }
}

/// The smallest policy that was found to allow the same. Names of statements that stay are kept. With `wildcards`, names
/// of actions become patterns that match the same of all actions that the catalog knows today.
pub fn minimize(policy: &Policy, policy_type: Option<PolicyType>, wildcards: bool) -> Minimized {
    let policy_type = policy_type.unwrap_or_else(|| type_of([policy]));
    let callers = match policy_type {
        PolicyType::Resource => callers([policy].into_iter(), false),
        _ => Vec::new(),
    };
    let least = MOST_STEPS_A_LETTER * letters(policy);
    let proof = |requests, steps: usize| {
        let (callers, steps) = (callers.clone(), steps.max(least));
        Proof { policy_type, callers, requests, budget: Budget::new(steps) }
    };
    let mut small = policy.clone();
    let any = proof(Requests::Any, MOST_STEPS_TO_MINIMIZE);
    // What is written in two ways would else be two things.
    unwrap_lists(&mut small);
    merge(&mut small, &any.budget);
    // Beside others in one list an entry may turn out to be needless.
    loop {
        any.shrink(&mut small);
        unwrap_lists(&mut small);
        let before = small.statements.len();
        merge(&mut small, &any.budget);
        if small.statements.len() == before {
            break;
        }
    }
    unwrap_lists(&mut small);
    // What is given back is equal by the same proof as any answer, not by how it was made.
    let smaller = |one: Policy, other: &Policy, proof: &Proof| {
        let are_equal = || match proof.requests {
            Requests::Known if are_equal_today(other, &one, &proof.budget) => true,
            _ => proof.are_equal(other, &one),
        };
        let is_smaller = count(&one) < count(other) && are_equal();
        if is_smaller {
            one
        } else {
            other.clone()
        }
    };
    small = smaller(small, policy, &proof(Requests::Any, MOST_STEPS_TO_PROVE));
    let mut has_new_patterns = false;
    if wildcards {
        let before = count(&small);
        let known = proof(Requests::Known, MOST_STEPS_TO_PROVE);
        let mut shorter = with_wildcards(&small, &known.budget);
        unwrap_lists(&mut shorter);
        small = smaller(shorter, &small, &known);
        has_new_patterns = count(&small) < before;
    }
    let (characters, characters_before) = (count(&small), count(policy));
    Minimized { policy: small, characters, characters_before, has_new_patterns }
}

fn count(policy: &Policy) -> usize {
    characters(&policy.to_json())
}

/// Lists of one entry without their brackets.
fn unwrap_lists(policy: &mut Policy) {
    for statement in &mut policy.statements {
        let elements = [Some(&mut statement.action), statement.resource.as_mut()];
        let elements = elements.into_iter().flatten().map(|element| &mut element.values);
        let principals = match &mut statement.principal {
            Some(Principal { who: Who::Listed(types), .. }) => types.as_mut_slice(),
            _ => &mut [],
        };
        for values in elements.chain(principals.iter_mut().map(|(_, listed)| listed)) {
            *values = Strings::one_or_many(values.as_slice().to_vec());
        }
        let mut condition = Condition::default();
        let is_whole = statement.condition.entries().all(|(operator, key, values)| {
            condition.add(operator, key, Strings::one_or_many(values.as_slice().to_vec())).is_ok()
        });
        if is_whole {
            statement.condition = condition;
        }
    }
}

/// The policy with the shortest beginning of each action that begins no action of today beyond the list.
fn with_wildcards(policy: &Policy, budget: &Budget) -> Policy {
    let mut policy = policy.clone();
    for element in policy.statements.iter_mut().map(|statement| &mut statement.action) {
        let list = Actions::read(element.negated, element.values.as_slice());
        if list.is_negated || list.has_everything() {
            continue;
        }
        let (mut values, mut told, mut known) = (Vec::new(), BTreeSet::new(), Vec::new());
        for text in element.values.as_slice() {
            let shorter =
                shortest(text, &list, &mut known, budget).filter(|it| it.len() < text.len());
            let text = shorter.unwrap_or_else(|| text.clone());
            if told.insert(text.clone()) {
                values.push(text);
            }
        }
        element.values = Strings::Many(values);
    }
    policy
}

/// The names of a service's actions that a list does not take, in lower case and sorted.
type Untaken = (&'static str, Vec<String>);

fn shortest(
    text: &str,
    list: &Actions,
    known: &mut Vec<Untaken>,
    budget: &Budget,
) -> Option<String> {
    let pattern = ActionPattern::parse(text)?;
    let service = Service::find(pattern.service)?;
    if !known.iter().any(|(prefix, _)| *prefix == service.prefix()) {
        if !budget.count(LOOKING * service.actions().count()) {
            return None;
        }
        let names = service.actions().map(|action| action.name());
        let is_other = |name: &&str| !list.takes(service.prefix(), &known::letters(name), budget);
        let mut others: Vec<String> = names.filter(is_other).map(str::to_ascii_lowercase).collect();
        sort(&mut others);
        known.push((service.prefix(), others));
    }
    if !budget.count(LOOKING) || !service.has_action_matching(pattern.name) {
        return None;
    }
    let (_, others) = known.iter().find(|(prefix, _)| *prefix == service.prefix())?;
    let start = literal_start(pattern.name).unwrap_or(pattern.name);
    let lower = start.to_ascii_lowercase();
    let begins_other = |start: &str| {
        let at = others.partition_point(|name| name.as_str() < start);
        others.get(at).is_some_and(|name| name.starts_with(start))
    };
    let end =
        (0..=lower.len()).find(|end| lower.get(..*end).is_some_and(|it| !begins_other(it)))?;
    Some(format!("{}:{}*", pattern.service, start.get(..end)?))
}

/// Whether two policies differ in nothing but actions, and these match the same of all that the catalog knows today.
fn are_equal_today(a: &Policy, b: &Policy, budget: &Budget) -> bool {
    let one = |(a, b): (&Statement, &Statement)| {
        let is_other = a.effect != b.effect
            || a.principal != b.principal
            || a.resource != b.resource
            || a.condition != b.condition
            || a.action.negated != b.action.negated;
        if is_other || a.action == b.action {
            return !is_other;
        }
        let [a, b] = [a, b].map(|it| Actions::read(it.action.negated, it.action.values.as_slice()));
        let services: BTreeSet<&str> = set(a.named().chain(b.named()));
        let have_same = |service: &str| {
            // What no service has no known action is.
            let actions = Service::find(service).into_iter().flat_map(Service::actions);
            let takes = |list: &Actions, name: &[Step]| list.takes(service, name, budget);
            actions
                .map(|action| known::letters(action.name()))
                .all(|name| budget.count(LOOKING) && takes(&a, &name) == takes(&b, &name))
        };
        a.has_everything() == b.has_everything() && services.into_iter().all(have_same)
    };
    a.version == b.version
        && a.statements.len() == b.statements.len()
        && a.statements.iter().zip(&b.statements).all(one)
        && !budget.is_used_up()
}

/// At most so many steps are taken to look for what is needless, and to prove what came of it.
const MOST_STEPS_TO_MINIMIZE: usize = 2_200_000;
const MOST_STEPS_TO_PROVE: usize = 1_500_000;
/// And so many for each letter of a text of the policy, where that is more.
const MOST_STEPS_A_LETTER: usize = 20;
/// How many steps the reading of an entry counts for, and its copying.
pub(super) const READING: usize = 32;
pub(super) const COPYING: usize = 8;
/// How many steps it counts for to hold a caller against a principal, in every part of a proof.
const HOLDING: usize = 4;
/// How many steps it counts for to look for an action in a list.
pub(super) const LOOKING: usize = 8;

/// What is claimed of two policies.
type Claim<'c> = dyn Fn(&[side::Statement], &[side::Statement], &Names) -> bool + 'c;

/// What shows that policies allow the same.
pub(super) struct Proof {
    pub policy_type: PolicyType,
    callers: Vec<Caller>,
    requests: Requests,
    pub budget: Budget,
}

impl Proof {
    /// Whether no request makes a difference, beside whatever other policies.
    pub fn are_equal(&self, a: &Policy, b: &Policy) -> bool {
        self.budget.start_task();
        self.holds(a, b, &|a, b, names| {
            let one_way = |new: &[side::Statement], old: &[side::Statement]| {
                let is_covered = |own, covers: &[_]| {
                    self.is_empty(Task { positives: vec![own], covers: covers.to_vec() }, names)
                };
                let denied: Vec<_> = denies(old).collect();
                let covers: Vec<_> = allows(old).chain(denies(new)).collect();
                // What is denied stays denied, whatever other policies allow beside this one.
                denies(new).all(|deny| is_covered(deny, &denied))
                    && allows(new).all(|allow| is_covered(allow, &covers))
            };
            one_way(a, b) && one_way(b, a)
        })
    }

    /// Whether the policy allows and denies the same without a statement that is not in it.
    pub fn is_redundant(&self, statement: &Statement, rest: &Policy) -> bool {
        self.budget.start_task();
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
        // To read an entry takes as long as some steps with it, and each caller is held against each principal.
        let principals = self.callers.len() * (principals(a) + principals(b));
        if !self.budget.count(READING * (entries(a) + entries(b)) + HOLDING * principals) {
            return false;
        }
        let (mut a, mut b) = ([a.clone()], [b.clone()]);
        a.iter_mut().chain(&mut b).for_each(|policy| expand(policy, &self.callers));
        let mut names = Names::default();
        // What is the same must be so whether stars run over colons or not, and however the caller is named.
        [false, true].into_iter().all(|crosses| {
            let mut read = |policies| {
                side::read(policies, self.policy_type, crosses, &self.callers, &mut names)
            };
            let (mut a, mut b) = (read(&a), read(&b));
            if crosses && !a.iter().chain(&b).any(side::Statement::may_cross) {
                return true;
            }
            let mut hold = |least| {
                let differs = [&mut a, &mut b].map(|side| side::hold(side, &self.callers, least));
                !differs.contains(&true) && least != Naming::Account || claim(&a, &b, &names)
            };
            match self.callers.is_empty() {
                true => claim(&a, &b, &names),
                false => Naming::ALL
                    .into_iter()
                    .all(|least| self.budget.count(HOLDING * principals) && hold(least)),
            }
        })
    }

    fn is_empty(&self, mut task: Task, names: &Names) -> bool {
        let Task { positives, covers } = &mut task;
        covers.retain(|cover| {
            !cover.is_open_without_value() || positives.iter().any(|own| own.is_same(cover))
        });
        let world = World {
            names,
            callers: &self.callers,
            occurs: &|_| true,
            // Only a proof counts.
            confirms: &|_| false,
        };
        // To name a cover takes less than a step.
        if !self.budget.count(1 + task.covers.len() / 16) {
            return false;
        }
        let outcome = match self.requests {
            Requests::Any => task::solve(&task, world, &self.budget),
            Requests::Known => known::solve(&task, world, &self.budget),
        };
        matches!(outcome, Outcome::Empty)
    }
}

/// How many entries the lists of a policy have, and some for each statement.
pub(super) fn entries(policy: &Policy) -> usize {
    policy.statements.iter().map(entries_of).sum()
}

pub(super) fn entries_of(statement: &Statement) -> usize {
    let resources = statement.resource.as_ref().map_or(0, |it| it.values.as_slice().len());
    let values = statement.condition.entries().map(|(_, _, values)| values.as_slice().len());
    4 + statement.action.values.as_slice().len() + resources + values.sum::<usize>()
}

/// How many principals its statements list, and one for each that has any.
fn principals(policy: &Policy) -> usize {
    let principals = policy.statements.iter().filter_map(|statement| statement.principal.as_ref());
    principals.map(|principal| 1 + listed(principal).count()).sum()
}

/// The condition with other values in one place; `None` where a key stands twice.
pub(super) fn with_values(
    condition: &Condition,
    at: usize,
    values: &[String],
) -> Option<Condition> {
    let mut other = Condition::default();
    for (i, (operator, key, own)) in condition.entries().enumerate() {
        let own = if i == at { Strings::Many(values.to_vec()) } else { own.clone() };
        other.add(operator, key, own).ok()?;
    }
    Some(other)
}
