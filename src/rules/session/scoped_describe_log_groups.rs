//! SESSION_DESCRIBE_LOG_GROUPS_SCOPED.

use super::grants::{allows, named, only_resource};
use crate::aws::has_wildcard;
use crate::document::{one_or_many, ResourceEntry, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SESSION_DESCRIBE_LOG_GROUPS_SCOPED",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity],
    title: "logs:DescribeLogGroups on one log group",
    why: "The action lists groups and is not authorized on one of them, so a resource that names a group grants nothing. The agent then takes the group for missing, or for one without encryption.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "arn:aws:logs:us-east-1:444455556666:log-group:sessions"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html",
    ),
    evidence: Evidence::Documented,
    check,
};

const ACTION: &str = "logs:DescribeLogGroups";

fn check(context: &Context, report: &mut Report) {
    let allowing: Vec<_> =
        context.document.statements.iter().filter(|statement| allows(statement, ACTION)).collect();
    if allowing.iter().any(|statement| reaches_the_list(statement)) {
        return;
    }
    for statement in allowing {
        let (Some(action), Some(resource)) =
            (named(statement, ACTION), statement.resources().next())
        else {
            continue;
        };
        let finding = report.at(
            action.place(),
            format_args!(
                "{ACTION} is not authorized on a single log group: {} grants nothing for it.",
                resource.text
            ),
        );
        finding.and_at(resource.place());
        finding.help(format_args!("Allow {ACTION} on * in a statement of its own."));
        let is_alone = statement.action.is_some_and(|a| one_or_many(a.value).len() == 1);
        if let (true, Some(only)) = (is_alone, only_resource(statement)) {
            let edit = Edit::replace(only.node.span, quote("*"));
            finding.fix(Fix::unsafe_("Allow it on every resource", [edit]));
        }
    }
}

/// Whether some resource can match the list, `log-group::log-stream:` in the ARN of which no group stands.
fn reaches_the_list(statement: &Statement) -> bool {
    let can = |entry: &ResourceEntry| match entry.arn {
        None => has_wildcard(entry.text),
        Some(arn) => {
            let group = arn.resource.strip_prefix("log-group:").unwrap_or(arn.resource);
            group.starts_with(['*', '?', ':', '$'])
        }
    };
    statement.resource.is_none() || statement.resources().any(can)
}
