//! That policies allow the parts of something in different accounts, while whoever asks is of one.

use std::collections::BTreeSet;

use super::{nothing_asked, Reason, ReasonKind};
use crate::diagnose::ask::Answer;
use crate::sort::set;

/// More accounts are not told of one request.
const MOST_NAMED: usize = 3;

/// Why requests fail together of which each alone is allowed with the right account: there is no account that is right
/// for all.
pub(in super::super) fn of_two_accounts(answers: &[Answer]) -> Option<Reason> {
    let all: Vec<(&Answer, &BTreeSet<String>)> =
        answers.iter().filter_map(|answer| Some((answer, answer.accounts.as_ref()?))).collect();
    let [(first, accounts), others @ ..] = all.as_slice() else { return None };
    let is_for_all = |account: &&String| others.iter().all(|(_, other)| other.contains(*account));
    if others.is_empty() || accounts.iter().any(|account| is_for_all(&account)) {
        return None;
    }
    let said: Vec<String> = all
        .iter()
        .map(|(answer, accounts)| {
            let named: Vec<&str> = accounts.iter().map(String::as_str).take(MOST_NAMED).collect();
            let more = if accounts.len() > MOST_NAMED { " and others" } else { "" };
            let request = answer.request;
            format!("{} on {} in {}{more}", request.action, answer.resource, named.join(", "))
        })
        .collect();
    let message = format!(
        "All of this is needed in one account, and no account has all of it: {}. Give accountId to get the statement that \
         is missing.",
        said.join("; ")
    );
    Some(Reason {
        kind: ReasonKind::ValueNeeded,
        message,
        actions: set(all.iter().map(|(answer, _)| answer.request.action.to_owned()))
            .into_iter()
            .collect(),
        resource: first.resource.clone(),
        depends_on: vec!["accountId".to_owned()],
        ..nothing_asked()
    })
}
