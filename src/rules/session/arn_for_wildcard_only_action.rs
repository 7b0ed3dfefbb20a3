//! POSTERN_ARN_FOR_WILDCARD_ONLY_ACTION.

use super::grants::verb;
use crate::aws::catalog::AccessLevel;
use crate::aws::{matches_glob, Arn};
use crate::document::{ActionEntry, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_ARN_FOR_WILDCARD_ONLY_ACTION",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity, PolicyKind::ServiceControl],
    title: "ARN for an action without resources",
    why: "Actions that list things are often authorized on no resource of their own, and only * covers them. A statement that names resources does nothing for such an action.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:DescribeSessions", "Resource": "arn:aws:ssm:us-east-1:444455556666:session/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if statement.resources().next().is_none()
            || !statement.resources().all(|entry| entry.arn.is_some_and(names_something))
        {
            continue;
        }
        let actions: Vec<_> = statement
            .actions()
            .filter(|entry| is_wildcard_only(entry) && !names_collection(statement, entry))
            .collect();
        let [first, others @ ..] = actions.as_slice() else { continue };
        let names: Vec<_> = actions.iter().map(|entry| entry.text).collect();
        let finding = report.at(
            first.place(),
            format_args!(
                "{} {} no particular resource, so a statement that names resources {} nothing for {}.",
                names.join(", "),
                if others.is_empty() { "works on" } else { "work on" },
                verb(statement),
                if others.is_empty() { "it" } else { "them" },
            ),
        );
        for action in others {
            finding.and_at(action.place());
        }
        finding.help("Put * as the resource, in a statement of its own if others need their ARNs.");
        if let Some(fix) = fix(statement, actions.len()) {
            finding.fix(fix);
        }
    }
}

/// Whether it is an ARN that says which resources it means; a service may authorize a list on one that does not.
fn names_something(arn: Arn) -> bool {
    arn.resource.bytes().any(|b| !matches!(b, b'*' | b'?' | b':' | b'/'))
}

/// What services ask a list for in place of `*`, though AWS's lists say nothing of it: the action, and the end of the ARN.
/// Stars in it are letters.
///
/// Source: messages of "is not authorized to perform" in public issues, read 2026-11.
const COLLECTIONS: [(&str, &str); 12] = [
    ("cloudformation:ListStacks", "stack/*/*"),
    ("cognito-identity:ListIdentityPools", "identitypool/*"),
    ("dynamodb:ListTables", "table/*"),
    ("eks:ListClusters", "cluster/*"),
    ("events:ListRules", "rule/*"),
    ("iam:ListGroups", "group/"),
    ("iam:ListInstanceProfiles", "instance-profile/"),
    ("iam:ListRoles", "role/"),
    ("iam:ListUsers", "user/"),
    ("sagemaker:ListDomains", "domain/*"),
    ("states:ListActivities", "activity:*"),
    ("states:ListStateMachines", "stateMachine:*"),
];

/// Whether a resource of the statement takes in what the service asks such an action for.
fn names_collection(statement: &Statement, entry: &ActionEntry) -> bool {
    let asked = COLLECTIONS.iter().find(|(action, _)| action.eq_ignore_ascii_case(entry.text));
    asked.is_some_and(|(action, end)| {
        statement.resources().filter_map(|resource| resource.arn).any(|arn| {
            action.split(':').next() == Some(arn.service) && matches_glob(arn.resource, end)
        })
    })
}

/// Whether an action that is written out lists things, and AWS names no resource type for it.
///
/// Of other actions AWS's lists miss resource types now and then. An action that lists the tags of a resource takes
/// that resource, and log groups have a rule of their own.
fn is_wildcard_only(entry: &ActionEntry) -> bool {
    entry.action.is_some_and(|found| {
        found.is_wildcard_only()
            && found.access_level() == AccessLevel::List
            && !found.name().starts_with("ListTagsFor")
            && !entry.text.eq_ignore_ascii_case("logs:DescribeLogGroups")
    })
}

fn fix(statement: &Statement, wildcard_only: usize) -> Option<Fix> {
    let is_all = statement.actions().count() == wildcard_only;
    let edit = Edit::replace(statement.resource?.value.span, quote("*"));
    is_all.then(|| Fix::unsafe_("Put * as the resource", [edit]))
}
