//! POSTERN_GAINS_RIGHTS: actions that together let somebody give rights to themselves.
//!
//! Source: "AWS IAM Privilege Escalation – Methods and Mitigation", Rhino Security Labs, 2018, and what AWS says of
//! iam:PassRole in the IAM user guide, read 2026-11.

use crate::aws::{covers_action, split_fields};
use crate::document::{ActionEntry, Document, Effect, Statement, Str};
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
    let mut ways = WAYS.iter().filter_map(|(actions, what)| {
        let [first, others @ ..] = *actions else { return None };
        let first = on_anything(context.document, first)?;
        let is_allowed = |action: &&str| named(context.document, action).next().is_some();
        others.iter().all(is_allowed).then_some((first, actions, what))
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
    report.at(place.place(), format!("{told}.")).help(
        "Limit the first of these actions to the resources that are meant, or by a condition; iam:PassRole to the \
         roles that a service is to have.",
    );
}

fn way(actions: &[&str], what: &str) -> String {
    let with = actions.join(" and ").replacen(" and ", " with ", 1);
    format!("{with} lets somebody {what}")
}

/// Where the action is allowed by name, on any resource of the account and without a condition.
fn on_anything<'t>(document: &'t Document<'t>, action: &'t str) -> Option<Str<'t>> {
    named(document, action).find_map(|(statement, entry)| {
        // `*`, and every resource of a type, as `arn:aws:iam::*:role/*`.
        let is_any = |text: &str| {
            let name = split_fields(text).map_or(text, |[.., resource]| {
                resource.split_once('/').map_or(resource, |(_, name)| name)
            });
            name.bytes().all(|byte| byte == b'*')
        };
        let is_wide = statement.resources().any(|entry| is_any(entry.text));
        (is_wide && statement.condition.element.is_none()).then_some(entry.string)
    })
}

/// The statements that allow the action by a name or a pattern for less than the whole service, which says itself that it
/// is everything; none where a Deny is about the action.
fn named<'t>(
    document: &'t Document<'t>,
    action: &'t str,
) -> impl Iterator<Item = (&'t Statement<'t>, &'t ActionEntry<'t>)> {
    let covers = |entry: &ActionEntry| covers_action(entry.text, action);
    let is_denied = document.statements.iter().any(|statement| {
        statement.effect() == Some(Effect::Deny) && statement.actions().any(covers)
    });
    let allows = document.statements.iter().filter(move |statement| {
        !is_denied && statement.effect() == Some(Effect::Allow) && statement.may_name(action)
    });
    allows.filter_map(move |statement| {
        let mut entries = statement.actions();
        let entry = entries.find(|entry| {
            let is_whole = entry.pattern.is_none_or(|p| p.name.bytes().all(|b| b == b'*'));
            !is_whole && covers_action(entry.text, action)
        })?;
        Some((statement, entry))
    })
}
