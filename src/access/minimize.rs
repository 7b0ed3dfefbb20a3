//! The smallest policy that allows the same: what others say already goes, and what can be said together is.

use std::collections::BTreeSet;

use super::actions::Actions;
use super::caller::{callers, expand, listed, Caller};
use super::known;
use super::merge::merge;
use super::pattern::Names;
use super::side;
use super::task::{self, Outcome, Task, World};
use super::{allows, denies, type_of, Budget, PolicyType, Requests, MOST_STEPS_A_TASK};
use crate::aws::catalog::Service;
use crate::aws::{has_wildcard, literal_start, ActionPattern, ConditionOperator, Family};
use crate::evaluate::Naming;
use crate::policy::{
    characters, Condition, Effect, Element, Policy, Principal, Statement, Strings, Who,
};
use crate::sort::sort;

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
    let proof = |requests| {
        let callers = callers.clone();
        Proof { policy_type, callers, requests, budget: Budget::new(MOST_STEPS_TO_MINIMIZE) }
    };
    let mut small = policy.clone();
    let any = proof(Requests::Any);
    merge(&mut small, &any.budget);
    // Beside others in one list an entry may turn out to be needless.
    loop {
        any.shrink(&mut small);
        let before = small.statements.len();
        merge(&mut small, &any.budget);
        if small.statements.len() == before {
            break;
        }
    }
    unwrap_lists(&mut small);
    // What is given back is equal by the same proof as any answer, not by how it was made.
    let smaller = |one: Policy, other: &Policy, proof: &Proof| {
        let is_smaller = count(&one) < count(other) && proof.are_equal(other, &one);
        if is_smaller {
            one
        } else {
            other.clone()
        }
    };
    small = smaller(small, policy, &proof(Requests::Any));
    let mut has_new_patterns = false;
    if wildcards {
        let before = count(&small);
        any.budget.start(MOST_STEPS_A_TASK);
        let mut shorter = with_wildcards(&small, &any.budget);
        unwrap_lists(&mut shorter);
        small = smaller(shorter, &small, &proof(Requests::Known));
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
        let (mut values, mut known) = (Vec::new(), BTreeSet::new());
        for text in element.values.as_slice() {
            let shorter = shortest(text, &list, budget).filter(|it| it.len() < text.len());
            let text = shorter.unwrap_or_else(|| text.clone());
            if known.insert(text.clone()) {
                values.push(text);
            }
        }
        element.values = Strings::Many(values);
    }
    policy
}

fn shortest(text: &str, list: &Actions, budget: &Budget) -> Option<String> {
    let pattern = ActionPattern::parse(text)?;
    let service = Service::find(pattern.service)?;
    let own = Actions::read(false, &[text.to_owned()]);
    let takes =
        |list: &Actions, name: &str| list.takes(service.prefix(), &known::letters(name), budget);
    let names = || service.actions().map(|action| action.name());
    if !budget.count(LOOKING * names().count()) {
        return None;
    }
    if !names().any(|name| takes(&own, name)) {
        return None;
    }
    let others: Vec<&str> = names().filter(|name| !takes(list, name)).collect();
    let start = literal_start(pattern.name).unwrap_or(pattern.name);
    let begins = |name: &str, start: &str| {
        name.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
    };
    let starts = (0..=start.len()).filter_map(|end| start.get(..end));
    let found = starts.into_iter().find(|start| !others.iter().any(|name| begins(name, start)))?;
    Some(format!("{}:{found}*", pattern.service))
}

/// At most so many steps are taken to look for what is needless, and to prove what came of it.
const MOST_STEPS_TO_MINIMIZE: usize = 40_000_000;
/// How many steps the reading of an entry counts for, and its copying.
const READING: usize = 64;
const COPYING: usize = 8;
/// How many steps it counts for to hold a caller against a principal, in every part of a proof.
const HOLDING: usize = 4;
/// How many steps it counts for to look for an action in a list.
const LOOKING: usize = 8;

/// What is claimed of two policies.
type Claim<'c> = dyn Fn(&[side::Statement], &[side::Statement], &Names) -> bool + 'c;

/// What shows that policies allow the same.
struct Proof {
    policy_type: PolicyType,
    callers: Vec<Caller>,
    requests: Requests,
    budget: Budget,
}

impl Proof {
    /// Whether no request makes a difference, beside whatever other policies.
    fn are_equal(&self, a: &Policy, b: &Policy) -> bool {
        self.budget.start(MOST_STEPS_A_TASK);
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

    /// Whether there are steps for one thing more that may be needless: to look for it the policy is copied.
    fn may_copy(&self, policy: &Policy) -> bool {
        self.budget.count(COPYING * entries(policy))
    }

    /// Takes out statements, actions, resources and values of conditions that others make needless, as far as steps are
    /// left.
    fn shrink(&self, policy: &mut Policy) {
        let mut at = 0;
        while let Some(statement) = policy.statements.get(at).cloned() {
            if !self.may_copy(policy) {
                return;
            }
            let mut rest = policy.clone();
            rest.statements.remove(at);
            if self.may_be_said(&statement, &others(policy, at))
                && self.is_redundant(&statement, &rest)
            {
                *policy = rest;
                continue;
            }
            self.shrink_list(policy, at, &|statement| Some(&mut statement.action));
            self.shrink_list(policy, at, &|statement| statement.resource.as_mut());
            self.shrink_conditions(policy, at);
            at += 1;
        }
    }

    /// Whether others speak of actions of the statement: else it cannot be needless.
    fn may_be_said(&self, statement: &Statement, others: &[Actions]) -> bool {
        let own = read_actions(statement);
        let mut others = others.iter();
        others.any(|it| own.is_negated || it.is_negated || own.may_meet(it, &self.budget))
    }

    fn shrink_conditions(&self, policy: &mut Policy, at: usize) {
        let Some(mut statement) = policy.statements.get(at).cloned() else {
            return;
        };
        let alone = |statement: &Statement| Policy {
            statements: vec![statement.clone()],
            id: None,
            ..*policy
        };
        // A value that stands alone is needed.
        let lists = statement.condition.entries().enumerate();
        let lists = lists.filter(|(_, (_, _, values))| values.as_slice().len() > 1);
        let lists: Vec<usize> = lists.map(|(entry, _)| entry).collect();
        'lists: for entry in lists {
            let mut place = 0;
            loop {
                let mut entries = statement.condition.entries();
                let Some((operator, _, values)) = entries.nth(entry) else {
                    break;
                };
                if place >= values.as_slice().len() || values.as_slice().len() == 1 {
                    break;
                }
                if !self.may_copy(policy) {
                    break 'lists;
                }
                let mut rest = values.as_slice().to_vec();
                let value = rest.remove(place);
                let family = ConditionOperator::parse(operator).map(|it| it.base.family());
                drop(entries);
                let is_text = matches!(family, Some(Family::String | Family::Arn));
                let may_cover = |other: &String| {
                    !is_text || has_wildcard(other) || other.eq_ignore_ascii_case(&value)
                };
                if !rest.iter().any(may_cover) {
                    place += 1;
                    continue;
                }
                let without = with_values(&statement.condition, entry, &rest)
                    .map(|condition| Statement { condition, ..statement.clone() });
                match without.filter(|it| self.are_equal(&alone(&statement), &alone(it))) {
                    Some(without) => statement = without,
                    None => place += 1,
                }
            }
        }
        if let Some(place) = policy.statements.get_mut(at) {
            *place = statement;
        }
    }

    fn shrink_list(
        &self,
        policy: &mut Policy,
        at: usize,
        list: &dyn Fn(&mut Statement) -> Option<&mut Element>,
    ) {
        let (mut entry, mut elsewhere) = (0, None);
        let own = policy.statements.get_mut(at).and_then(list);
        let mut near = own.map_or_else(Vec::new, |own| near(own.values.as_slice()));
        loop {
            let Some(own) = policy.statements.get_mut(at).and_then(list) else {
                return;
            };
            let values = own.values.as_slice();
            let Some(is_near) =
                near.get(entry).copied().filter(|_| !own.negated && values.len() > 1)
            else {
                return;
            };
            let elsewhere = elsewhere.get_or_insert_with(|| others(policy, at));
            if !is_near && elsewhere.is_empty() && self.budget.count(LOOKING) {
                entry += 1;
                continue;
            }
            if !self.may_copy(policy) {
                return;
            }
            let Some(statement) = policy.statements.get(at) else {
                return;
            };
            let (mut alone, mut without) = (statement.clone(), statement.clone());
            let (Some(own), Some(others)) = (list(&mut alone), list(&mut without)) else {
                return;
            };
            let mut values = others.values.as_slice().to_vec();
            own.values = Strings::One(values.remove(entry));
            others.values = Strings::Many(values);
            let mut rest = policy.clone();
            if let Some(place) = rest.statements.get_mut(at) {
                *place = without;
            }
            let is_said = is_near || self.may_be_said(&alone, elsewhere);
            match is_said && self.is_redundant(&alone, &rest) {
                true => {
                    *policy = rest;
                    near.remove(entry);
                }
                false => entry += 1,
            }
        }
    }
}

/// For each entry of a list whether another one of it may say the same: a pattern, or its letters, large or small.
fn near(values: &[String]) -> Vec<bool> {
    let patterns = values.iter().filter(|text| has_wildcard(text)).count();
    let mut sorted: Vec<(String, usize)> =
        (0..).zip(values).map(|(at, text)| (text.to_ascii_lowercase(), at)).collect();
    sort(&mut sorted);
    let mut near: Vec<bool> =
        values.iter().map(|text| patterns > usize::from(has_wildcard(text))).collect();
    let beside = sorted.iter().zip(sorted.iter().skip(1));
    for ((_, one), (_, other)) in beside.filter(|((text, _), (next, _))| text == next) {
        for at in [*one, *other] {
            if let Some(is_near) = near.get_mut(at) {
                *is_near = true;
            }
        }
    }
    near
}

/// How many entries the lists of a policy have, and some for each statement.
fn entries(policy: &Policy) -> usize {
    let entries = |statement: &Statement| {
        let resources = statement.resource.as_ref().map_or(0, |it| it.values.as_slice().len());
        let values = statement.condition.entries().map(|(_, _, values)| values.as_slice().len());
        4 + statement.action.values.as_slice().len() + resources + values.sum::<usize>()
    };
    policy.statements.iter().map(entries).sum()
}

/// How many principals its statements list, and one for each that has any.
fn principals(policy: &Policy) -> usize {
    let principals = policy.statements.iter().filter_map(|statement| statement.principal.as_ref());
    principals.map(|principal| 1 + listed(principal).count()).sum()
}

fn read_actions(statement: &Statement) -> Actions {
    Actions::read(statement.action.negated, statement.action.values.as_slice())
}

/// The actions of all statements but one.
fn others(policy: &Policy, at: usize) -> Vec<Actions> {
    let statements = policy.statements.iter().enumerate();
    statements.filter(|(i, _)| *i != at).map(|(_, other)| read_actions(other)).collect()
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
