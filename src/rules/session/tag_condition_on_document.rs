//! SESSION_TAG_CONDITION_ON_DOCUMENT.

use super::grants::{allows, is_bool, reaches};
use crate::aws::{BaseOperator, Qualifier, SessionResource};
use crate::document::{ConditionEntry, ResourceEntry, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SESSION_TAG_CONDITION_ON_DOCUMENT",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity],
    title: "Tag condition on a session document",
    why: "A session is authorized on the node and on the document, each with its own tags. A document does not have the tags of a node, so the condition refuses it.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": ["arn:aws:ec2:us-east-1:444455556666:instance/*", "arn:aws:ssm:us-east-1:444455556666:document/SSM-SessionManagerRunShell"], "Condition": {"StringEquals": {"aws:ResourceTag/Team": "web"}}}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html",
    ),
    evidence: Evidence::Derived,
    check,
};

/// The actions that are authorized on a node and on a document.
const ACTIONS: [&str; 2] = ["ssm:StartSession", "ssm:SendCommand"];

fn check(context: &Context, report: &mut Report) {
    let statements = &context.document.statements;
    if statements.iter().all(|statement| tag_conditions(statement).next().is_none()) {
        return;
    }
    let is_free = |action: &str| {
        statements.iter().any(|statement| {
            allows(statement, action)
                && reaches(statement, &[SessionResource::Document])
                && tag_conditions(statement).next().is_none()
        })
    };
    // A document that another statement allows without the tag is none that anybody misses.
    let missed: Vec<_> = ACTIONS.into_iter().filter(|action| !is_free(action)).collect();
    for statement in statements {
        if tag_conditions(statement).next().is_none() {
            continue;
        }
        let of_type = |is_wanted: fn(SessionResource) -> bool| {
            let resources = statement.resources();
            resources
                .filter(move |r| r.arn.and_then(SessionResource::named_by).is_some_and(is_wanted))
        };
        let is_node = |of_type| SessionResource::NODES.contains(&of_type);
        let documents: Vec<_> = of_type(|of_type| of_type == SessionResource::Document).collect();
        let (Some(first), Some(_), Some(tag)) =
            (documents.first(), of_type(is_node).next(), tag_conditions(statement).next())
        else {
            continue;
        };
        let Some(action) = missed.iter().find(|action| allows(statement, action)) else { continue };
        let finding = report.at(
            first.place(),
            format_args!(
                "The condition on {} is asked of the document too, which does not have the tags of a node: \
                 {action} is refused for {}.",
                tag.key(),
                first.text
            ),
        );
        for document in documents.iter().skip(1) {
            finding.and_at(document.place());
        }
        for tag in tag_conditions(statement) {
            finding.and_at(tag.key_place());
        }
        finding.help("Put the document into a statement of its own, without that condition.");
        if let Some(fix) = split(context, statement) {
            finding.fix(fix);
        }
    }
}

/// The conditions that only a resource with a tag can meet.
fn tag_conditions<'s, 't>(
    statement: &'s Statement<'t>,
) -> impl Iterator<Item = &'s ConditionEntry<'t>> {
    statement.condition.entries.iter().filter(|entry| {
        let Some(operator) = entry.parsed else { return false };
        let asks_for_presence = operator.base != BaseOperator::Null
            || !entry.values().iter().any(|value| is_bool(value, true));
        is_tag(entry.key())
            && asks_for_presence
            && !operator.if_exists
            && !operator.base.is_negated()
            && operator.qualifier != Some(Qualifier::ForAllValues)
    })
}

/// Whether the key is about a tag that people give, not one of those that sessions have.
fn is_tag(key: &str) -> bool {
    let Some((family, tag)) = key.split_once('/') else { return false };
    let families = ["aws:ResourceTag", "ssm:resourceTag"];
    families.iter().any(|known| known.eq_ignore_ascii_case(family)) && !tag.starts_with("aws:")
}

/// Moves the documents to a new statement with the same actions and all conditions but those on tags.
fn split(context: &Context, statement: &Statement) -> Option<Fix> {
    let text_of = |span: crate::text::Span| context.text.get(span.start..span.end);
    let resources = statement.resource?.value;
    let is_document = |entry: &&ResourceEntry| {
        entry.arn.and_then(SessionResource::named_by) == Some(SessionResource::Document)
    };
    let documents: Vec<_> =
        statement.resources().filter(is_document).map(|entry| entry.node.span).collect();
    let positions: Vec<_> = resources
        .as_array()?
        .iter()
        .enumerate()
        .filter(|(_, node)| documents.binary_search(&node.span).is_ok())
        .map(|(i, _)| i)
        .collect();
    let documents = documents.into_iter().map(text_of).collect::<Option<Vec<_>>>()?;
    let condition = other_conditions(context, statement)?;
    let new = format!(
        "{{\"Effect\": \"Allow\", \"Action\": {}, \"Resource\": [{}]{condition}}}",
        text_of(statement.action?.value.span)?,
        documents.join(", ")
    );
    let statements = context.document.statement?.value;
    let first = statements.as_array()?.first()?;
    let gap = context.text.get(statements.span.start + 1..first.span.start)?;
    let gap = if gap.is_empty() { " " } else { gap };
    let mut edits: Vec<_> =
        json::removal(resources, &positions).into_iter().map(Edit::remove).collect();
    edits.push(Edit::insert(statement.node.span.end, format!(",{gap}{new}")));
    Some(Fix::unsafe_("Give the document a statement of its own", edits))
}

/// The member `Condition` without the keys about tags, with a comma before it; empty when no key is left.
fn other_conditions(context: &Context, statement: &Statement) -> Option<String> {
    let mut operators = Vec::new();
    for operator in statement.condition.element?.value.as_object()? {
        let mut keys = Vec::new();
        for key in operator.value.as_object()? {
            if !is_tag(&key.key.text) {
                let span = key.span();
                keys.push(context.text.get(span.start..span.end)?);
            }
        }
        if !keys.is_empty() {
            operators.push(format!("{}: {{{}}}", json::quote(&operator.key.text), keys.join(", ")));
        }
    }
    Some(if operators.is_empty() {
        String::new()
    } else {
        format!(", \"Condition\": {{{}}}", operators.join(", "))
    })
}
