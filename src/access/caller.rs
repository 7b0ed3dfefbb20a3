//! The principals that policies of resources can tell apart.

use std::collections::BTreeSet;

use super::side;
use crate::aws::{is_account_id, matches_glob, Arn, PrincipalType, Role};
use crate::policy::{Policy, Principal, Strings, Who};
use crate::sort::sort;

const AWS: &str = "AWS";

/// A caller without credentials, as a request names it.
pub(super) const ANONYMOUS: &str = "anonymous";

/// Somebody who may call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Caller {
    /// As a request names the caller.
    pub text: String,
    /// The principal type in whose list it stands; none for an anonymous caller.
    pub of: &'static str,
}

/// Providers whose users are anybody.
///
/// Source: the S3 user guide, "The meaning of public", and the IAM user guide on web identities, read 2026-11.
const WEB_IDENTITIES: [&str; 4] = [
    "graph.facebook.com",
    "accounts.google.com",
    "www.amazon.com",
    "cognito-identity.amazonaws.com",
];

/// Everybody whom the policies can tell apart, those whom nobody names among them; with `strangers`, only callers whom
/// nobody trusts.
pub(super) fn callers<'p>(
    policies: impl Iterator<Item = &'p Policy> + Clone,
    strangers: bool,
) -> Vec<Caller> {
    let mut named: Vec<(&'static str, String)> = Vec::new();
    let principals = policies.flat_map(|policy| &policy.statements);
    for principal in principals.filter_map(|statement| statement.principal.as_ref()) {
        for (of, value) in listed(principal) {
            // A pattern has members of which nobody else speaks.
            for run in ["x", ""] {
                let member = value.replace('*', run).replace('?', "x");
                if !member.is_empty() {
                    named.push((of, member));
                }
            }
        }
    }
    sort(&mut named);
    named.dedup();
    let is_named = |id: &str| named.iter().any(|(_, text)| text.contains(id));
    let accounts = ["444455556666", "555566667777", "666677778888", "777788889999"];
    let unnamed = accounts.into_iter().find(|id| !is_named(id)).unwrap_or("000000000001");
    let mut callers = vec![Caller { text: ANONYMOUS.to_owned(), of: "" }];
    let mut seen = BTreeSet::new();
    let mut push = |of: &'static str, text: String| {
        if seen.insert(format!("{of} {text}")) {
            callers.push(Caller { text, of });
        }
    };
    let push_account = |push: &mut dyn FnMut(&'static str, String), partition: &str, id: &str| {
        for name in ["root", "user/example", "role/example"] {
            push(AWS, format!("arn:{partition}:iam::{id}:{name}"));
        }
    };
    if strangers {
        push_account(&mut push, "aws", unnamed);
        WEB_IDENTITIES.iter().for_each(|name| push("Federated", (*name).to_owned()));
        return callers;
    }
    let mut roles: Vec<Role> = named.iter().filter_map(|(_, text)| Role::of_role(text)).collect();
    sort(&mut roles);
    for (of, text) in &named {
        let arn = Arn::parse(text).filter(|_| *of == AWS);
        let Some(arn) = arn else {
            match is_account_id(text) && *of == AWS {
                true => push_account(&mut push, "aws", text),
                false => push(of, text.clone()),
            }
            continue;
        };
        push(of, text.clone());
        let Arn { partition, account, .. } = arn;
        let role = Role::of_role(text).or_else(|| Role::of_session(text)).map(|role| role.name);
        if let Some(role) = role {
            push(of, format!("arn:{partition}:sts::{account}:assumed-role/{role}/example"));
            // No other role of the account has its name, whatever the path.
            if Role::of_session(text).is_some_and(|role| roles.binary_search(&role).is_err()) {
                push(of, format!("arn:{partition}:iam::{account}:role/{role}"));
            }
        }
        push_account(&mut push, partition, account);
    }
    push_account(&mut push, "aws", unnamed);
    let services = ["lambda.amazonaws.com", "unnamed.amazonaws.com"];
    let service = services.into_iter().find(|service| !is_named(service));
    push("Service", service.unwrap_or("unnamed.example.com").to_owned());
    push("Federated", format!("arn:aws:iam::{unnamed}:oidc-provider/idp.example.com"));
    push("CanonicalUser", "0".repeat(64));
    // There are calls that AWS refuses to the root user, whom policies do not tell from others of the account.
    let (mut callers, roots): (Vec<_>, Vec<_>) =
        callers.into_iter().partition(|caller| !caller.text.ends_with(":root"));
    callers.extend(roots);
    callers
}

/// The principals in a list, each with its type; none of `*`.
pub(super) fn listed(principal: &Principal) -> impl Iterator<Item = (&'static str, &String)> {
    let types = match &principal.who {
        Who::Everyone => &[],
        Who::Listed(types) => types.as_slice(),
    };
    types
        .iter()
        .flat_map(|(name, values)| {
            let of = PrincipalType::from_name(name).map(PrincipalType::name);
            values.as_slice().iter().filter_map(move |value| Some((of?, value)))
        })
        .filter(|(of, value)| *of != AWS || *value != "*")
}

/// Puts callers in the place of patterns: the checks read a wildcard in `Principal` as one, as IAM Access Analyzer does,
/// whatever IAM itself makes of it.
///
/// Source: the samples of custom policy checks, and "Checks for validating policies" in the IAM user guide, read 2026-11.
pub(super) fn expand(policy: &mut Policy, callers: &[Caller]) {
    for statement in &mut policy.statements {
        let Some(Principal { who: Who::Listed(types), .. }) = &mut statement.principal else {
            continue;
        };
        for (name, values) in types {
            let is_everyone = |value: &str| name == AWS && value == "*";
            let is_pattern =
                |value: &String| value.contains(['*', '?']) && !is_everyone(value.as_str());
            let count = callers.len() * values.as_slice().len();
            if !values.as_slice().iter().any(is_pattern) || count > side::MOST_COMPARISONS {
                continue;
            }
            let members = |value: &String| -> Vec<String> {
                if !is_pattern(value) {
                    return vec![value.clone()];
                }
                let fitting =
                    callers.iter().filter(|c| c.of == name && matches_glob(value, &c.text));
                fitting.map(|caller| caller.text.clone()).collect()
            };
            *values = Strings::Many(values.as_slice().iter().flat_map(members).collect());
        }
    }
}
