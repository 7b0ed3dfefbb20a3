//! MISSING_GITHUB_REPO_CONDITION_KEY, SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED: whose workflows take the role.

use super::github::{is_exact_github_ref, GithubSubject, GITHUB_ACTIONS};
use crate::aws::Family;
use crate::document::{ConditionEntry, Effect, Statement, Str};
use crate::finding::FindingType;
use crate::rules::principal::missing_condition_key_for_oidc_principal::oidc_providers;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static MISSING: Rule = Rule {
    code: "MISSING_GITHUB_REPO_CONDITION_KEY",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Missing github repo condition key",
    why: "GitHub is one provider for everybody: without a condition on the subject, a workflow in any repository \
          of the world takes the role.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {
      "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    },
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_missing,
};

pub(in crate::rules) static SPECIFIC: Rule = Rule {
    code: "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Specific github repo and branch recommended",
    why: "Whoever can push to any branch that the subject admits can change the workflow and take the role.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {
      "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    },
    "Action": "sts:AssumeRoleWithWebIdentity",
    "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:octo-org/octo-repo:*"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: check_specific,
};

const SUBJECT: &str = "token.actions.githubusercontent.com:sub";
const REF: &str = "token.actions.githubusercontent.com:ref";

fn check_missing(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if subjects(statement).next().is_some() {
            continue;
        }
        for provider in github_providers(statement) {
            report
                .at(
                    provider.place(),
                    "The workflows of every repository on GitHub may take this role.",
                )
                .help(format_args!(
                    "Add a condition on {SUBJECT} with the repository and the branch, \
                     such as repo:OWNER/REPOSITORY:ref:refs/heads/main."
                ));
        }
    }
}

fn check_specific(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if github_providers(statement).next().is_none() {
            continue;
        }
        // The branch may stand in a condition of its own.
        let needed = if has_exact_ref(statement) {
            GithubSubject::Repository
        } else {
            GithubSubject::Branch
        };
        let all_have = |needed| {
            let mut values = subjects(statement).flat_map(ConditionEntry::strings);
            values.all(|value| GithubSubject::parse(value.text) >= needed)
        };
        if all_have(needed) {
            continue;
        }
        for entry in subjects(statement) {
            let open = entry.strings().find(|value| GithubSubject::parse(value.text) < needed);
            let Some(open) = open else { continue };
            let what = match GithubSubject::parse(open.text) {
                GithubSubject::Open => "repository",
                _ => "branch",
            };
            report
                .at(
                    entry.place(),
                    format_args!(
                        "{} does not name one {what}.",
                        if open.text.is_empty() { "An empty text" } else { open.text }
                    ),
                )
                .help("Write repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH, without wildcards.");
        }
    }
}

/// The values by which an Allow statement lets workflows of GitHub in.
fn github_providers<'s, 't>(statement: &'s Statement<'t>) -> impl Iterator<Item = Str<'t>> + 's {
    let allowed = (statement.effect() == Some(Effect::Allow)).then_some(statement);
    let providers = allowed.into_iter().flat_map(oidc_providers);
    providers.filter(|(_, url)| url.eq_ignore_ascii_case(GITHUB_ACTIONS)).map(|(value, _)| value)
}

/// The conditions on the subject; whether the key is there at all says nothing about whose it is.
fn subjects<'s, 't>(statement: &'s Statement<'t>) -> impl Iterator<Item = &'s ConditionEntry<'t>> {
    let entries = statement.condition.entries.iter();
    entries.filter(|entry| entry.is(SUBJECT) && !is_null(entry))
}

fn is_null(entry: &ConditionEntry) -> bool {
    entry.parsed.is_some_and(|operator| operator.base.family() == Family::Null)
}

fn has_exact_ref(statement: &Statement) -> bool {
    statement.condition.entries.iter().any(|entry| {
        let is_positive = entry.parsed.is_some_and(|operator| {
            let base = operator.base;
            base.family() == Family::String && !base.is_negated() && !operator.if_exists
        });
        let mut values = entry.strings().peekable();
        entry.is(REF)
            && is_positive
            && values.peek().is_some()
            && values.all(|value| is_exact_github_ref(value.text))
    })
}
