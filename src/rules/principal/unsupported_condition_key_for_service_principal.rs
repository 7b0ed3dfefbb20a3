//! UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL.

use crate::aws::{is_listed_key, PrincipalType};
use crate::document::{ConditionEntry, PrincipalEntry, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Unsupported condition key for service principal",
    why: "A request that a service makes for itself has no such key, so the condition never holds, or always does.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Service": "cloudfront.amazonaws.com"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::data/*",
    "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check,
};

/// Keys that only principals of IAM have. Source: the reference names the first, and says that there are more; the
/// others follow from the page of global condition keys, read 2026-11.
const IAM_PRINCIPAL_KEYS: &[&str] =
    &["aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalTag/"];

/// What a service sends in their stead.
const IN_STEAD: [(&str, &str); 2] =
    [("aws:PrincipalOrgID", "aws:SourceOrgID"), ("aws:PrincipalOrgPaths", "aws:SourceOrgPaths")];

/// IAM Roles Anywhere makes tags of what a certificate says. Source: its user guide, "Attribute mapping and trust policy",
/// read 2026-11.
const ROLES_ANYWHERE: &str = "rolesanywhere.amazonaws.com";
const PRINCIPAL_TAGS: &[&str] = &["aws:PrincipalTag/"];

/// The condition keys of a statement that only principals of IAM have.
pub(super) fn iam_principal_keys<'s, 't>(
    statement: &'s Statement<'t>,
) -> impl Iterator<Item = &'s ConditionEntry<'t>> {
    let entries = statement.condition.entries.iter();
    entries.filter(|entry| is_listed_key(IAM_PRINCIPAL_KEYS, entry.key()))
}

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let Some(services) = services_only(statement) else {
            continue;
        };
        let has_tags = services.strings().any(|service| service.text == ROLES_ANYWHERE);
        let is_absent =
            |entry: &&ConditionEntry| !(has_tags && is_listed_key(PRINCIPAL_TAGS, entry.key()));
        let entries: Vec<_> = iam_principal_keys(statement).filter(is_absent).collect();
        let Some((first, others)) = entries.split_first() else {
            continue;
        };
        let names: Vec<_> = entries.iter().map(|entry| entry.key()).collect();
        let finding = report.at(
            first.key_place(),
            format_args!(
                "The principals here are services, and their requests have no {}.",
                names.join(" and no ")
            ),
        );
        for entry in others {
            finding.and_at(entry.key_place());
        }
        finding.help("Use aws:SourceArn, aws:SourceAccount or aws:SourceOrgID: they say for whom a service acts.");
        let edits: Option<Vec<_>> = entries.iter().map(|entry| in_stead(entry)).collect();
        if let Some(edits) = edits {
            finding.fix(Fix::unsafe_("Test the source instead", edits));
        }
    }
}

fn services_only<'s, 't>(statement: &'s Statement<'t>) -> Option<&'s PrincipalEntry<'t>> {
    match statement.principal.as_ref()?.entries.as_slice() {
        [only] if only.key.text == PrincipalType::Service.name() => {
            only.strings().next().map(|_| only)
        }
        _ => None,
    }
}

/// The key replaced; `None` when nothing says the same of a service, or that stands there already.
fn in_stead(entry: &ConditionEntry) -> Option<Edit> {
    let (_, new) = IN_STEAD.into_iter().find(|(old, _)| entry.is(old))?;
    let spellings = entry.block.as_object()?.iter().filter(|member| {
        let key = member.key.text.as_ref();
        entry.is(key) || new.eq_ignore_ascii_case(key)
    });
    let is_only_one = spellings.take(2).count() == 1;
    is_only_one.then(|| Edit::replace(entry.key.span, json::quote(new)))
}
