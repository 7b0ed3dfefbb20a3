//! POSTERN_BUCKET_ACTION_ON_OBJECTS, POSTERN_OBJECT_ACTION_ON_BUCKET: actions of Amazon S3 whose statement names
//! resources of the other kind only.

use super::grants::verb;
use crate::aws::{has_wildcard, S3Resource};
use crate::document::{ActionEntry, ResourceEntry, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::principal::insertion::add_strings;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

const PAGE: &str =
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html";

pub(in crate::rules) static BUCKET_ACTION: Rule = Rule {
    code: "POSTERN_BUCKET_ACTION_ON_OBJECTS",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Bucket action on objects",
    why: "The ARN of a bucket has no slash. A resource with one matches objects, on which the action is not authorized.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetEncryptionConfiguration", "Resource": "arn:aws:s3:::session-logs/*"}]}"#,
    source: Source::Page(PAGE),
    evidence: Evidence::Documented,
    check: check_bucket_actions,
};

pub(in crate::rules) static OBJECT_ACTION: Rule = Rule {
    code: "POSTERN_OBJECT_ACTION_ON_BUCKET",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Object action on a bucket",
    why: "The ARN of an object has a slash after the bucket. A resource without one matches the bucket, on which the action is not authorized.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::session-logs"}]}"#,
    source: Source::Page(PAGE),
    evidence: Evidence::Documented,
    check: check_object_actions,
};

fn check_bucket_actions(context: &Context, report: &mut Report) {
    check(context, report, S3Resource::Bucket);
}

fn check_object_actions(context: &Context, report: &mut Report) {
    check(context, report, S3Resource::Object);
}

fn check(context: &Context, report: &mut Report, kind: S3Resource) {
    for statement in &context.document.statements {
        let Some(arn) = statement.resources().find(|entry| is_s3(entry)) else {
            continue;
        };
        if statement.resources().any(|entry| may_match(kind, entry)) {
            continue;
        }
        let actions: Vec<_> =
            statement.actions().filter(|entry| kind_of(entry) == Some(kind)).collect();
        let [first, others @ ..] = actions.as_slice() else { continue };
        let (works_on, matches) = match kind {
            S3Resource::Bucket => ("buckets", "objects"),
            S3Resource::Object => ("objects", "a bucket"),
        };
        let names: Vec<_> = actions.iter().map(|entry| entry.text).collect();
        let names = names.join(", ");
        let finding = report.at(
            first.place(),
            match others {
                [] => format!(
                    "{names} works on {works_on}, and {} matches {matches} only: the statement {} nothing for it.",
                    arn.text,
                    verb(statement)
                ),
                _ => format!(
                    "{names} work on {works_on}, and {} matches {matches} only: the statement {} nothing for them.",
                    arn.text,
                    verb(statement)
                ),
            },
        );
        for action in others {
            finding.and_at(action.place());
        }
        finding.and_at(arn.place());
        let meant = kind.beside(arn.text);
        finding.help(format_args!("Name {meant} as a resource."));
        if let Some(fix) = fix(context, statement, arn, &meant, actions.len()) {
            finding.fix(fix);
        }
    }
}

/// Whether this rule tells that the statement names no resource of the action.
pub(in crate::rules) fn is_told_of(statement: &Statement, entry: &ActionEntry) -> bool {
    kind_of(entry).is_some_and(|kind| {
        statement.resources().any(is_s3)
            && !statement.resources().any(|entry| may_match(kind, entry))
    })
}

fn is_s3(entry: &ResourceEntry) -> bool {
    entry.arn.is_some_and(|arn| arn.service == "s3")
}

fn may_match(kind: S3Resource, entry: &ResourceEntry) -> bool {
    match entry.arn {
        None => has_wildcard(entry.text),
        Some(arn) => kind.may_match(arn),
    }
}

/// What an action that is written out works on; `None` when that may be either, or something else.
fn kind_of(entry: &ActionEntry) -> Option<S3Resource> {
    let action = entry.action.filter(|action| action.service().prefix() == "s3")?;
    let has = |name| action.resource_types().any(|r| r.resource_type.name == name);
    match (has("bucket"), has("object")) {
        (true, false) => Some(S3Resource::Bucket),
        (false, true) => Some(S3Resource::Object),
        _ => None,
    }
}

/// Where all actions are of the kind, the resource gives way; else the right one is put beside it.
fn fix(
    context: &Context,
    statement: &Statement,
    arn: &ResourceEntry,
    meant: &str,
    of_kind: usize,
) -> Option<Fix> {
    let resource = statement.resource?.value;
    if statement.resources().count() != 1 {
        return None;
    }
    let may_be_s3 = |entry: &&ActionEntry| {
        entry.pattern.is_none_or(|pattern| pattern.service.eq_ignore_ascii_case("s3"))
    };
    if statement.actions().filter(may_be_s3).count() == of_kind {
        let edit = Edit::replace(arn.node.span, quote(meant));
        return Some(Fix::unsafe_(format!("Write {meant}"), [edit]));
    }
    Some(Fix::unsafe_(format!("Add {meant}"), add_strings(context, resource, &[meant])))
}
