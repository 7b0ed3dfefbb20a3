//! POSTERN_GAINS_RIGHTS: actions that together let somebody give rights to themselves.
//!
//! Source: "AWS IAM Privilege Escalation – Methods and Mitigation", Rhino Security Labs, 2018, and what AWS says of
//! iam:PassRole in the IAM user guide, read 2026-11.

use crate::aws::{covers_action, split_fields};
use crate::document::{ActionEntry, Document, Effect, Statement};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_GAINS_RIGHTS",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::Identity],
    title: "Rights to gain more rights",
    why: "Whoever has these actions on any resource can give themselves every right of the account, whatever else the policy says.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
    ),
    evidence: Evidence::Derived,
    check,
};

/// Actions that are needed together, the first of them on any resource and without a condition; and what they let
/// somebody do.
const WAYS: &[(&[&str], &str)] = &[
    (&["iam:CreatePolicyVersion"], "rewrite a policy that they have"),
    (
        &["iam:SetDefaultPolicyVersion"],
        "take up an older version of a policy, with what it allowed",
    ),
    (&["iam:AttachUserPolicy"], "attach any policy to themselves"),
    (&["iam:AttachGroupPolicy"], "attach any policy to a group that they are in"),
    (&["iam:AttachRolePolicy", "sts:AssumeRole"], "attach any policy to a role and assume it"),
    (&["iam:PutUserPolicy"], "write a policy for themselves"),
    (&["iam:PutGroupPolicy"], "write a policy for a group that they are in"),
    (&["iam:PutRolePolicy", "sts:AssumeRole"], "write a policy for a role and assume it"),
    (&["iam:AddUserToGroup"], "join any group"),
    (&["iam:CreateAccessKey"], "make access keys of any user"),
    (&["iam:CreateLoginProfile"], "set the password of a user who has none"),
    (&["iam:UpdateLoginProfile"], "change the password of any user"),
    (&["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"], "let themselves assume any role"),
    (&["iam:PassRole", "ec2:RunInstances"], "start an instance with any role"),
    (&["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "run code with any role"),
    (&["iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"], "run code with any role"),
    (
        &["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
        "run code with any role",
    ),
    (&["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"], "run a task with any role"),
    (
        &["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
        "run a task with any role",
    ),
    (&["iam:PassRole", "cloudformation:CreateStack"], "make a stack with any role"),
    (&["iam:PassRole", "glue:CreateDevEndpoint"], "run code with any role"),
    (&["iam:PassRole", "glue:CreateJob", "glue:StartJobRun"], "run code with any role"),
    (
        &["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
        "run a build with any role",
    ),
    (&["iam:PassRole", "sagemaker:CreateNotebookInstance"], "run code with any role"),
    (
        &["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
        "run commands with any role",
    ),
];

/// At most so many ways are told of one policy.
const MOST_WAYS: usize = 5;

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    // Every way begins with an action of IAM, which most statements do not name.
    let is_first = |statement: &&Statement| statement.may_name("iam:") && is_wide(statement);
    let is_of_iam =
        |entry: &&ActionEntry| entry.pattern.is_some_and(|p| p.service.eq_ignore_ascii_case("iam"));
    let wide = document.statements.iter().filter(is_first);
    let wide: Vec<_> = wide.flat_map(|statement| statement.actions().filter(is_of_iam)).collect();
    if wide.is_empty() {
        return;
    }
    let is_allowed = |action: &&str| {
        let mut statements = document.statements.iter();
        statements.any(|statement| allows(statement, action)) && !is_denied(document, action)
    };
    // Ways that begin with the same action stand together.
    let mut ways = WAYS.chunk_by(|(a, _), (b, _)| a.first() == b.first()).flat_map(|ways| {
        let first = ways.first().and_then(|(actions, _)| actions.first());
        let place = first.and_then(|action| {
            let entry = wide.iter().find(|entry| names(entry, action))?;
            (!is_denied(document, action)).then_some(entry)
        });
        let is_open = |actions: &[&str]| actions.iter().skip(1).all(is_allowed);
        let open = ways.iter().filter(move |(actions, _)| place.is_some() && is_open(actions));
        open.filter_map(move |(actions, what)| Some((place?, *actions, what)))
    });
    let Some((place, actions, what)) = ways.next() else { return };
    let mut told = way(actions, what);
    for (_, actions, what) in ways.by_ref().take(MOST_WAYS - 1) {
        told.push_str("; ");
        told.push_str(&way(actions, what));
    }
    let more = ways.count();
    if more > 0 {
        told.push_str(&format!("; and {more} more ways"));
    }
    report.at(place.place(), format_args!("{told}.")).help(
        "Limit the first of these actions to the resources that are meant, or by a condition; iam:PassRole to the \
         roles that a service is to have.",
    );
}

fn way(actions: &[&str], what: &str) -> String {
    let with = actions.join(" and ").replacen(" and ", " with ", 1);
    format!("{with} lets somebody {what}")
}

/// Whether the statement allows something on any resource of the account and without a condition.
fn is_wide(statement: &Statement) -> bool {
    // `*`, and every resource of a type, as `arn:aws:iam::*:role/*`.
    let is_any = |text: &str| {
        let name = split_fields(text).map_or(text, |[.., resource]| {
            resource.split_once('/').map_or(resource, |(_, name)| name)
        });
        name.bytes().all(|byte| byte == b'*')
    };
    statement.effect() == Some(Effect::Allow)
        && statement.condition.element.is_none()
        && statement.resources().any(|entry| is_any(entry.text))
}

/// Whether an entry of an Allow names the action.
fn allows(statement: &Statement, action: &str) -> bool {
    statement.effect() == Some(Effect::Allow)
        && statement.may_name(action)
        && statement.actions().any(|entry| names(entry, action))
}

/// Whether the entry is the action, or a pattern of it for less than the whole service, which says itself that it is
/// everything.
fn names(entry: &ActionEntry, action: &str) -> bool {
    let is_whole = || entry.pattern.is_none_or(|p| p.name.bytes().all(|b| b == b'*'));
    covers_action(entry.text, action) && !is_whole()
}

/// Whether a Deny is about the action.
fn is_denied(document: &Document, action: &str) -> bool {
    let covers = |entry: &ActionEntry| covers_action(entry.text, action);
    document.statements.iter().any(|statement| {
        statement.effect() == Some(Effect::Deny)
            && statement.may_name(action)
            && statement.actions().any(covers)
    })
}
