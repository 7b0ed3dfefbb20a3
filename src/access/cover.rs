//! Covers: statements that the request of a task must not match, and which of their elements can matter.

use super::actions::Actions;
use super::question;
use super::side::{Resources, Statement, Test};
use super::task::Task;
use super::{Budget, Limit};
use crate::sort::sort_by;

/// A cover, and which of its elements can keep it from matching.
pub(super) struct Cover<'a, 'p> {
    pub statement: &'a Statement<'p>,
    pub principal: bool,
    pub actions: Vec<&'a Actions>,
    pub resources: Option<&'a Resources>,
    pub tests: Vec<&'a Test<'p>>,
}

/// The covers that can matter; `None` when one of them surely matches whatever the positives do, or these are apart.
pub(super) fn covers<'a, 'p>(
    task: &Task<'a, 'p>,
    budget: &Budget,
) -> Result<Option<Vec<Cover<'a, 'p>>>, Limit> {
    let positives = &task.positives;
    for (i, positive) in positives.iter().enumerate() {
        if positives
            .iter()
            .take(i)
            .any(|other| are_apart(positive.access(), other.access(), budget))
        {
            return Ok(None);
        }
    }
    let is_refused = |trouble: Option<&str>| trouble.is_some_and(|it| it != question::OPERATOR);
    let mut given: Vec<&Test> = positives.iter().flat_map(|positive| &positive.tests).collect();
    sort_by(&mut given, &|a, b| a.key.cmp(&b.key));
    let mut covers = Vec::new();
    for statement in task.covers.iter().copied() {
        budget.spend(8)?;
        if positives.iter().any(|positive| statement.is_same(positive)) {
            return Ok(None);
        }
        // Of a statement that IAM would refuse nobody knows who or what it is about.
        if statement.allows() && positives.iter().any(|positive| is_refused(positive.trouble)) {
            continue;
        }
        if positives.iter().any(|positive| are_apart(statement.access(), positive.access(), budget))
        {
            continue;
        }
        let mut cover = Cover {
            statement,
            principal: statement.principal.is_some_and(|own| {
                !positives.iter().any(|positive| positive.principal == Some(own))
            }),
            actions: Vec::new(),
            resources: None,
            tests: Vec::new(),
        };
        let follows = |own: &Actions| {
            positives.iter().any(|p| p.actions.iter().any(|list| own.follows_from(list, budget)))
        };
        cover.actions.extend(statement.actions.iter().filter(|own| !follows(own)));
        let follows = |own: &Resources| {
            positives
                .iter()
                .any(|p| p.resources.as_ref().is_some_and(|list| own.follows_from(list, budget)))
        };
        cover.resources = statement.resources.as_ref().filter(|own| !follows(own));
        let follows = |own: &Test| {
            let start = given.partition_point(|test| test.key < own.key);
            let mut on_key = given.iter().skip(start).take_while(|test| test.key == own.key);
            on_key.any(|test| own.follows_from(test, budget))
        };
        cover.tests.extend(statement.tests.iter().filter(|own| !follows(own)));
        let is_whole = !cover.principal
            && cover.actions.is_empty()
            && cover.resources.is_none()
            && cover.tests.is_empty();
        if is_whole && statement.trouble.is_none() {
            return Ok(None);
        }
        covers.push(cover);
    }
    Ok(Some(covers))
}

/// The actions and the resources that a statement speaks of.
pub(super) type Access<'a> = (&'a [Actions], Option<&'a Resources>);

/// Whether no request matches both, as far as their actions and resources show it.
pub(super) fn are_apart(a: Access, b: Access, budget: &Budget) -> bool {
    let actions = a.0.iter().any(|own| {
        b.0.iter().any(|other| match (own.is_negated, other.is_negated) {
            (false, false) => !own.may_meet(other, budget),
            (true, false) => own.lists_all(other, budget),
            (false, true) => other.lists_all(own, budget),
            (true, true) => false,
        })
    });
    let mut resources = a.1.iter().zip(b.1);
    actions
        || resources.any(|(own, other)| {
            !own.is_negated && !other.is_negated && !own.may_meet(other, budget)
        })
}
