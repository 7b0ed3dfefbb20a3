//! POSTERN_RESOURCE_IN_REPOSITORY_POLICY.

use super::remove_member::remove_member;
use crate::document::ActionEntry;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_RESOURCE_IN_REPOSITORY_POLICY",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Resource],
    title: "Resource in the policy of a repository",
    why: "The policy of a repository is about that repository. Amazon ECR refuses one that names a resource.",
    // Only a caller who names the type of the resource gets it.
    example: "",
    source: Source::Page(
        "https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html",
    ),
    evidence: Evidence::Observed,
    check,
};

/// Whether a statement says what it is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TakesResource {
    Always,
    Maybe,
    Never,
}

/// What the service of the policy's resource type takes.
///
/// Source: the examples of repository policies in the Amazon ECR user guide and of file system policies in the Amazon
/// EFS user guide, read 2026-11; people report that ECR answers "Invalid repository policy provided" to a `Resource`.
pub(super) fn takes_resource(context: &Context) -> TakesResource {
    match context.resource_type {
        _ if context.kind != PolicyKind::Resource => TakesResource::Always,
        Some("AWS::ECR::Repository") => TakesResource::Never,
        Some("AWS::ECR::PublicRepository" | "AWS::EFS::FileSystem") => TakesResource::Maybe,
        // The policy of a registry is about ECR, too, and names resources.
        None if is_about_one_of(context, &["ecr", "ecr-public", "elasticfilesystem"]) => {
            TakesResource::Maybe
        }
        _ => TakesResource::Always,
    }
}

/// Whether every action of the policy is of one of the services.
fn is_about_one_of(context: &Context, services: &[&str]) -> bool {
    let is_of_one = |entry: &ActionEntry| {
        entry.service.is_some_and(|service| services.contains(&service.prefix()))
    };
    let mut actions =
        context.document.statements.iter().flat_map(|statement| statement.action_entries());
    actions.next().is_some_and(is_of_one) && actions.all(is_of_one)
}

fn check(context: &Context, report: &mut Report) {
    if takes_resource(context) != TakesResource::Never {
        return;
    }
    for statement in &context.document.statements {
        for element in [statement.resource, statement.not_resource].into_iter().flatten() {
            let name = element.key.text.as_ref();
            let details = format_args!("The policy of an ECR repository takes no {name}.");
            report
                .at(element.key_place(), details)
                .fix(Fix::unsafe_(format!("Remove {name}"), remove_member(statement.node, name)));
        }
    }
}
