//! SESSION_OWN_BY_USER_ID, SESSION_OWN_BY_USER_NAME: rights to one's own sessions by the beginning of their IDs.

use super::grants::{allows, narrow_by_condition};
use crate::aws::{split_fields, variables, SessionResource};
use crate::document::{ActionEntry, Language, Statement, Str};
use crate::finding::{Finding, FindingType};
use crate::rules::variable::places_of_variables::legal_strings;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

const PAGE: &str = "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html";

pub(in crate::rules) static BY_USER_ID: Rule = Rule {
    code: "SESSION_OWN_BY_USER_ID",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity],
    title: "Own sessions by aws:userid",
    why: "The ID of a session begins with the name of a user or of a role session. The value of aws:userid is another one, so people may be unable to end or resume their own sessions.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:TerminateSession", "Resource": "arn:aws:ssm:*:*:session/${aws:userid}-*"}]}"#,
    source: Source::Page(PAGE),
    evidence: Evidence::Derived,
    check: check_user_id,
};

pub(in crate::rules) static BY_USER_NAME: Rule = Rule {
    code: "SESSION_OWN_BY_USER_NAME",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity],
    title: "Own sessions by aws:username",
    why: "Only IAM users have aws:username, and the sessions of dev-ops also begin with dev and a hyphen.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:TerminateSession", "Resource": "arn:aws:ssm:*:*:session/${aws:username}-*"}]}"#,
    source: Source::Page(PAGE),
    evidence: Evidence::Documented,
    check: check_user_name,
};

/// The actions whose requests have the tags of the session.
const ACTIONS: [&str; 2] = ["ssm:TerminateSession", "ssm:ResumeSession"];

const HELP: &str =
    "Allow it on session/* with the condition that ssm:resourceTag/aws:ssmmessages:session-id is \
                    ${aws:userid}, which holds for users and for roles.";

fn check_user_id(context: &Context, report: &mut Report) {
    each(context, "aws:userid", |statement, entry| {
        let finding = report.at(
            entry.place(),
            format_args!(
                "The ID of a session begins with the name of a user or of a role session, not with aws:userid: \
                 {} is not known to match anybody's sessions.",
                entry.text
            ),
        );
        offer(context, statement, entry, finding);
    });
}

fn check_user_name(context: &Context, report: &mut Report) {
    each(context, "aws:username", |statement, entry| {
        let finding = report.at(
            entry.place(),
            format_args!(
                "{} works for IAM users only. For a role there is no aws:username, and nothing matches.",
                entry.text
            ),
        );
        offer(context, statement, entry, finding);
    });
}

/// Calls `tell` with each resource that is a session whose ID begins with the variable.
fn each<'d>(
    context: &Context<'d>,
    variable: &str,
    mut tell: impl FnMut(&'d Statement<'d>, Str<'d>),
) {
    let document: &'d _ = context.document;
    if document.language() != Language::V2012 || legal_strings(context).next().is_none() {
        return;
    }
    for statement in &document.statements {
        if !ACTIONS.iter().any(|action| allows(statement, action)) {
            continue;
        }
        for entry in statement.resources() {
            if entry.arn.and_then(SessionResource::named_by) == Some(SessionResource::Session)
                && first_variable(entry.text).is_some_and(|v| v.eq_ignore_ascii_case(variable))
            {
                tell(statement, entry.string);
            }
        }
    }
}

/// The name of the variable that the ID of the session begins with.
fn first_variable(arn: &str) -> Option<&str> {
    let [.., resource] = split_fields(arn)?;
    let (_, id) = resource.split_once('/')?;
    let first = variables(id).next().filter(|variable| variable.range.start == 0)?;
    Some(first.name().trim())
}

fn offer(context: &Context, statement: &Statement, entry: Str, finding: &mut Finding) {
    finding.help(HELP);
    let has_tags =
        |action: &ActionEntry| ACTIONS.iter().any(|a| a.eq_ignore_ascii_case(action.text));
    if !statement.actions().all(has_tags) {
        return;
    }
    let Some(mut fields) = split_fields(entry.text) else { return };
    let [.., resource] = &mut fields;
    *resource = "session/*";
    let condition =
        r#"{"StringEquals": {"ssm:resourceTag/aws:ssmmessages:session-id": "${aws:userid}"}}"#;
    let title = "Tell own sessions by their tag";
    let resource = fields.join(":");
    if let Some(fix) = narrow_by_condition(context, statement, title, &resource, condition) {
        finding.fix(fix);
    }
}
