//! What the diagnosis of a role adds: nothing but what is asked of IAM for the capabilities that are wanted.

use std::collections::BTreeSet;

use postern::access::{compare, Answer, PolicyType, Requests};
use postern::policy::{Effect, Policy, Statement};
use postern::session::capabilities::capabilities;

use super::laws::{goldens, report, said};
use super::random::Numbers;
use crate::diagnosis::{diagnose, want_all};

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
        let of_wanted = capabilities().iter().filter(|it| wanted.contains(&it.id));
        let actions: BTreeSet<&str> =
            of_wanted.flat_map(|it| &it.requests).map(|request| request.action).collect();
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
