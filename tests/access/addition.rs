//! What the diagnosis of a role adds: nothing but what is asked of IAM for the capabilities that are wanted.

use std::collections::BTreeSet;

use postern::access::{compare, Answer, PolicyType, Requests};
use postern::policy::{Effect, Policy, Statement};
use postern::session::capabilities::capabilities;

use super::laws::{goldens, report, said};
use super::random::Numbers;
use crate::diagnosis::{diagnose, want_all};

/// What IAM is asked for these capabilities, and for those that must be there as well.
fn actions(mut wanted: Vec<&'static str>) -> BTreeSet<&'static str> {
    let (mut actions, mut at) = (BTreeSet::new(), 0);
    while let Some(id) = wanted.get(at).copied() {
        at += 1;
        let capability = capabilities().iter().find(|it| it.id == id).unwrap();
        actions.extend(capability.requests.iter().map(|request| request.action));
        let others = capability.needs.iter().filter(|id| !wanted.contains(id));
        wanted.extend(others.collect::<Vec<_>>());
    }
    actions
}

#[test]
fn what_is_added_gains_only_requests_of_what_is_wanted() {
    let mut numbers = Numbers(23);
    let roles: Vec<Policy> = goldens()
        .into_iter()
        .filter(|golden| golden.statements.iter().all(|statement| statement.principal.is_none()))
        .collect();
    let ids: Vec<&str> = capabilities().iter().map(|capability| capability.id).collect();
    let (mut problems, mut seen) = (BTreeSet::new(), 0);
    for _ in 0..120 {
        let mut role = roles[numbers.below(roles.len())].clone();
        // Part of a role, so that something is missing.
        if role.statements.len() > 1 {
            role.statements.remove(numbers.below(role.statements.len()));
        }
        let wanted: Vec<&str> =
            (0..1 + numbers.below(3)).map(|_| ids[numbers.below(ids.len())]).collect();
        let wants: Vec<_> = wanted.iter().map(|id| want_all(id)).collect();
        let Some(missing) = diagnose(&[&role.to_json()], &wants).missing else {
            continue;
        };
        seen += 1;
        let actions = actions(wanted.clone());
        let anything = Policy::new(vec![Statement::new(Effect::Allow, actions.clone(), ["*"])]);
        // First one request a statement, then all requests.
        let before = [role.clone()];
        let after = [role.clone(), missing.policy];
        let compared = compare(&before, &after, Some(PolicyType::Identity), Requests::Any);
        for reason in &compared.gained.reasons {
            if !actions.contains(reason.witness.action.as_ref()) {
                problems.insert(format!("{wanted:?}: {:?}", reason.witness));
            }
        }
        let before = [role, anything];
        let rest = compare(&before, &after, Some(PolicyType::Identity), Requests::Any).gained;
        if rest.answer != Answer::Pass {
            problems.insert(format!("{wanted:?}: {}", said(&rest)));
        }
    }
    report(problems, seen, 40);
}
