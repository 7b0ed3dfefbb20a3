//! Takes out of a policy what others make needless. It is held only against what can say the same: entries that a text
//! can meet as well, and statements that speak of the same.

use super::actions::Actions;
use super::cover::{are_apart, Access};
use super::minimize::{entries, entries_of, with_values, Proof, COPYING, LOOKING, READING};
use super::pattern::{steps, Names, Reading};
use super::patterns::Patterns;
use super::side::{self, Resources};
use crate::aws::{may_match_action, split_fields, ConditionOperator, Family};
use crate::policy::{Condition, Effect, Element, Policy, Statement, Strings, Version};
use crate::sort::sort_by;

/// What a statement speaks of.
struct Said {
    actions: Vec<Actions>,
    resources: Option<Resources>,
}

impl Said {
    fn access(&self) -> Access<'_> {
        (&self.actions, self.resources.as_ref())
    }
}

/// A list of a statement.
#[derive(Clone, Copy)]
enum List {
    Actions,
    Resources,
}

impl List {
    fn of(self, statement: &mut Statement) -> Option<&mut Element> {
        match self {
            List::Actions => Some(&mut statement.action),
            List::Resources => statement.resource.as_mut(),
        }
    }
}

impl Proof {
    /// Takes out statements, actions, resources and values of conditions that others make needless, as far as steps are
    /// left.
    pub(super) fn shrink(&self, policy: &mut Policy) {
        if !self.may_read(entries(policy)) {
            return;
        }
        let version = policy.version;
        let read = |statement: &Statement| self.read(statement, version);
        let mut said: Vec<Said> = policy.statements.iter().map(read).collect();
        let mut at = 0;
        while let (Some(statement), Some(own)) = (policy.statements.get(at), said.get(at)) {
            let beside = self.beside(statement, own.access(), at, policy, &said, None);
            if self.budget.is_used_up() {
                return;
            }
            let is_needless = !beside.is_empty()
                && !is_of_all(statement, own.resources.as_ref(), &beside, &said)
                && self
                    .rest(policy, &beside, None)
                    .is_some_and(|rest| self.is_redundant(statement, &rest));
            if is_needless {
                policy.statements.remove(at);
                said.remove(at);
                continue;
            }
            for list in [List::Actions, List::Resources] {
                if self.shrink_list(policy, at, list, &said, &beside) {
                    if let (Some(statement), Some(own)) =
                        (policy.statements.get(at), said.get_mut(at))
                    {
                        *own = read(statement);
                    }
                }
            }
            self.shrink_conditions(policy, at);
            at += 1;
        }
    }

    fn may_read(&self, entries: usize) -> bool {
        self.budget.count(READING * entries)
    }

    fn read(&self, statement: &Statement, version: Version) -> Said {
        let names = &mut Names::default();
        let side::Statement { actions, resources, .. } =
            side::one(statement, (0, 0), version, self.policy_type, false, names);
        Said { actions, resources }
    }

    /// The places of the other statements that may make this one needless, or what `own` has of it: those that speak of
    /// the same. With `among`, only these are looked at.
    fn beside(
        &self,
        statement: &Statement,
        own: Access,
        at: usize,
        policy: &Policy,
        said: &[Said],
        among: Option<&[usize]>,
    ) -> Vec<usize> {
        let is_beside = |other: &usize| {
            let (Some(written), Some(said)) = (policy.statements.get(*other), said.get(*other))
            else {
                return false;
            };
            // An Allow is needless also where it is denied.
            let counts = statement.effect == Effect::Allow || written.effect == Effect::Deny;
            *other != at
                && counts
                && self.budget.count(2)
                && !are_apart(own, said.access(), &self.budget)
        };
        match among {
            Some(among) => among.iter().copied().filter(is_beside).collect(),
            None => (0..said.len()).filter(is_beside).collect(),
        }
    }

    /// The policy with these statements alone, and one more; `None` without steps to copy them.
    fn rest(&self, policy: &Policy, places: &[usize], more: Option<Statement>) -> Option<Policy> {
        let statements = || places.iter().filter_map(|place| policy.statements.get(*place));
        let count = statements().chain(&more).map(entries_of).sum::<usize>();
        self.budget.count(COPYING * count).then(|| Policy {
            statements: more.iter().chain(statements()).cloned().collect(),
            id: None,
            ..*policy
        })
    }

    /// Takes needless entries out of a list; whether there were any. `beside` are the statements that speak of the same.
    fn shrink_list(
        &self,
        policy: &mut Policy,
        at: usize,
        list: List,
        said: &[Said],
        beside: &[usize],
    ) -> bool {
        let Some((mut bare, said_here)) = policy.statements.get(at).cloned().zip(said.get(at))
        else {
            return false;
        };
        let version = policy.version;
        let Some(own) = list.of(&mut bare).filter(|own| !own.negated) else {
            return false;
        };
        let values = std::mem::replace(&mut own.values, Strings::Many(Vec::new()));
        let values = values.as_slice();
        // What stands alone is needed.
        if values.len() < 2 || !self.budget.count(LOOKING * values.len()) {
            return false;
        }
        let patterns = patterns(values);
        let mut is_left = are_last(values);
        let mut left = is_left.iter().filter(|is_left| **is_left).count();
        for (entry, value) in values.iter().enumerate() {
            if left < 2 || !self.budget.count(LOOKING) {
                break;
            }
            if is_left.get(entry) != Some(&true) {
                continue;
            }
            let with = |values: Vec<String>| {
                let mut statement = bare.clone();
                if let Some(own) = list.of(&mut statement) {
                    own.values = Strings::Many(values);
                }
                statement
            };
            let near = near(&patterns, entry, &is_left, self);
            let elsewhere = match beside {
                [] => Vec::new(),
                _ => {
                    let small = Statement::new(bare.effect, ["*"], [value]);
                    let alone = match list {
                        List::Actions => Said {
                            actions: vec![Actions::read(false, std::slice::from_ref(value))],
                            resources: None,
                        },
                        List::Resources => self.read(&small, version),
                    };
                    let access = match list {
                        List::Actions => (alone.actions.as_slice(), said_here.resources.as_ref()),
                        List::Resources => (said_here.actions.as_slice(), alone.resources.as_ref()),
                    };
                    if !self.may_read(1) {
                        break;
                    }
                    self.beside(&bare, access, at, policy, said, Some(beside))
                }
            };
            let is_idle = matches!(list, List::Actions) && !may_match_action(value);
            let is_needed = || match elsewhere.as_slice() {
                [] => true,
                _ => {
                    matches!(list, List::Actions)
                        && is_of_all(&bare, said_here.resources.as_ref(), &elsewhere, said)
                }
            };
            if near.is_empty() && !is_idle && is_needed() {
                continue;
            }
            // Twice: alone, and with what it is near to.
            if !self.budget.count(2 * COPYING * entries_of(&bare)) {
                break;
            }
            let others =
                near.iter().filter_map(|place| values.get(*place)).cloned().collect::<Vec<_>>();
            let without = (!others.is_empty()).then(|| with(others));
            let Some(rest) = self.rest(policy, &elsewhere, without) else {
                break;
            };
            if self.is_redundant(&with(vec![value.clone()]), &rest) {
                if let Some(is_left) = is_left.get_mut(entry) {
                    *is_left = false;
                }
                left -= 1;
            }
        }
        if left == values.len() {
            return false;
        }
        let kept = values.iter().zip(&is_left).filter(|(_, is_left)| **is_left);
        let kept = kept.map(|(value, _)| value.clone()).collect();
        if let Some(own) = policy.statements.get_mut(at).and_then(|statement| list.of(statement)) {
            own.values = Strings::Many(kept);
        }
        true
    }

    fn shrink_conditions(&self, policy: &mut Policy, at: usize) {
        let Some(statement) = policy.statements.get(at) else {
            return;
        };
        let lists = statement.condition.entries().enumerate();
        let lists: Vec<usize> = lists
            .filter(|(_, (_, _, values))| values.as_slice().len() > 1)
            .map(|(entry, _)| entry)
            .collect();
        for entry in lists {
            let Some(statement) = policy.statements.get(at) else {
                return;
            };
            let Some(condition) = self.shrunk(policy, statement, entry) else {
                continue;
            };
            if let Some(place) = policy.statements.get_mut(at) {
                place.condition = condition;
            }
        }
    }

    /// The condition of a statement without the values of a list that others make needless; `None` where all stay.
    fn shrunk(&self, policy: &Policy, statement: &Statement, entry: usize) -> Option<Condition> {
        let (operator, key, values) = statement.condition.entries().nth(entry)?;
        let values = values.as_slice();
        let family = ConditionOperator::parse(operator).map(|it| it.base.family());
        let is_text = matches!(family, Some(Family::String | Family::Arn));
        // Where another condition reads the key, all values have a say together.
        let mut keys = statement.condition.entries();
        let is_alone =
            keys.by_ref().filter(|(_, own, _)| own.eq_ignore_ascii_case(key)).count() < 2;
        drop(keys);
        if !self.budget.count(LOOKING * values.len()) {
            return None;
        }
        let patterns = patterns(if is_text { values } else { &[] });
        let mut bare = Statement { condition: Condition::default(), ..statement.clone() };
        bare.sid = None;
        let alone = |values: &[String]| {
            let condition = with_values(&statement.condition, entry, values)?;
            let statements = vec![Statement { condition, ..bare.clone() }];
            Some(Policy { statements, id: None, ..*policy })
        };
        let mut is_left = are_last(values);
        let mut left = is_left.iter().filter(|is_left| **is_left).count();
        for (place, value) in values.iter().enumerate() {
            if left < 2 || !self.budget.count(LOOKING) {
                break;
            }
            if is_left.get(place) != Some(&true) {
                continue;
            }
            let near = match is_text && is_alone {
                true => near(&patterns, place, &is_left, self),
                false => all_but(place, &is_left),
            };
            if near.is_empty() || !self.budget.count(near.len()) {
                continue;
            }
            if !self.budget.count(2 * COPYING * (entries_of(statement) - values.len() + near.len()))
            {
                break;
            }
            let without: Vec<String> =
                near.iter().filter_map(|it| values.get(*it)).cloned().collect();
            let mut with = without.clone();
            with.push(value.clone());
            let (Some(with), Some(without)) = (alone(&with), alone(&without)) else {
                continue;
            };
            if self.are_equal(&with, &without) {
                if let Some(is_left) = is_left.get_mut(place) {
                    *is_left = false;
                }
                left -= 1;
            }
        }
        let kept = values.iter().zip(&is_left).filter(|(_, is_left)| **is_left);
        let kept: Vec<String> = kept.map(|(value, _)| value.clone()).collect();
        (left < values.len()).then(|| with_values(&statement.condition, entry, &kept))?
    }
}

/// Whether the statement is about requests without a resource, which none of the others is about; it is held against
/// them for nothing.
fn is_of_all(
    statement: &Statement,
    resources: Option<&Resources>,
    others: &[usize],
    said: &[Said],
) -> bool {
    let has_star = |list: &Resources| !list.is_negated && list.has_star;
    let is_narrow = |place: &usize| {
        let resources = said.get(*place).and_then(|said| said.resources.as_ref());
        resources.is_some_and(|list| !list.is_negated && !list.has_star)
    };
    statement.condition.is_empty()
        && statement.principal.is_none()
        && !statement.action.negated
        && resources.is_some_and(has_star)
        && others.iter().all(is_narrow)
}

/// Texts as patterns of which the case of letters does not count. A resource that lacks fields goes on with anything.
fn patterns(texts: &[String]) -> Patterns {
    let reading =
        Reading { has_wildcards: true, has_variables: false, ignores_case: false, colons: true };
    let read = |text: &String| {
        let mut text = text.to_ascii_lowercase();
        if split_fields(&text).is_none() && text.starts_with("arn") {
            text.push('*');
        }
        steps(&text, reading, &mut Names::default())
    };
    Patterns::new(texts.iter().map(read).collect())
}

/// The places of the entries that are left and of which a text may be that is of this one.
fn near(patterns: &Patterns, entry: usize, is_left: &[bool], proof: &Proof) -> Vec<usize> {
    let own = patterns.get(entry).map_or(&[][..], Vec::as_slice);
    let meeting = patterns.meeting(own, &proof.budget);
    meeting.filter(|at| *at != entry && is_left.get(*at) == Some(&true)).collect()
}

/// For each entry of a list whether none behind it is the same.
fn are_last(values: &[String]) -> Vec<bool> {
    let mut sorted: Vec<usize> = (0..values.len()).collect();
    sort_by(&mut sorted, &|a, b| values.get(*a).cmp(&values.get(*b)).then(a.cmp(b)));
    let mut are_last = vec![true; values.len()];
    let pairs = sorted.iter().zip(sorted.iter().skip(1));
    for (one, _) in pairs.filter(|(one, next)| values.get(**one) == values.get(**next)) {
        if let Some(is_last) = are_last.get_mut(*one) {
            *is_last = false;
        }
    }
    are_last
}

fn all_but(entry: usize, is_left: &[bool]) -> Vec<usize> {
    let left = is_left.iter().enumerate().filter(|(at, is_left)| *at != entry && **is_left);
    left.map(|(at, _)| at).collect()
}
