//! POSTERN_EMPTY_ELEMENT, POSTERN_OLD_VERSION_IN_MANAGED_POLICY: what IAM refuses when an identity policy is saved, and
//! Access Analyzer, which does not know what the policy is put on, does not.

use super::set_version::{set_version, VERSION_2012};
use crate::document::Language;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, IdentityPolicy, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static EMPTY: Rule = Rule {
    code: "POSTERN_EMPTY_ELEMENT",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Identity],
    title: "Statement about nothing",
    why: "IAM does not save a statement without any action or any resource.",
    // Only a caller who says what the policy is put on gets it.
    example: "",
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    ),
    evidence: Evidence::Observed,
    check: check_empty,
};

pub(in crate::rules) static VERSION: Rule = Rule {
    code: "POSTERN_OLD_VERSION_IN_MANAGED_POLICY",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Identity],
    title: "Old version in a managed policy",
    why: "IAM saves managed policies of version 2012-10-17 only; the older language lives on in inline policies.",
    // Only a caller who says that the policy is a managed one gets it.
    example: "",
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
    ),
    evidence: Evidence::Observed,
    check: check_version,
};

fn check_empty(context: &Context, report: &mut Report) {
    if context.identity_policy.is_none() {
        return;
    }
    for statement in &context.document.statements {
        let elements =
            [statement.action, statement.not_action, statement.resource, statement.not_resource];
        for element in elements.into_iter().flatten() {
            if element.value.as_array().is_some_and(<[_]>::is_empty) {
                let name = &element.key.text;
                let details =
                    format_args!("{name} lists nothing, and IAM refuses such a statement.");
                report
                    .at(element.place(), details)
                    .help("Name what the statement is about, or take the statement out.");
            }
        }
    }
}

fn check_version(context: &Context, report: &mut Report) {
    let document = context.document;
    if context.identity_policy != Some(IdentityPolicy::Managed)
        || document.root.as_object().is_none()
        || document.language() != Language::V2008
    {
        return;
    }
    let (place, details) = match document.version {
        Some(version) => (version.place(), "The version is that of the older policy language."),
        None => (Place::of(document.root), "Without a Version this is the older policy language."),
    };
    let details = format_args!("{details} IAM refuses it in a managed policy.");
    let finding = report.at(place, details);
    match set_version(context).filter(|_| document.version.is_some()) {
        // What was text may become a policy variable.
        Some(edit) => {
            finding.fix(Fix::unsafe_(format!("Set the version to {VERSION_2012}"), [edit]))
        }
        None => finding.help(format_args!("Write \"Version\": \"{VERSION_2012}\".")),
    };
}
