//! INVALID_GLOBAL_CONDITION_KEY, INVALID_SERVICE_CONDITION_KEY, MISSING_TAG_KEY_IN_CONDITION: keys that no request has.

use crate::aws::catalog::{ConditionKey, GlobalConditionKey, Service, Unlisted};
use crate::aws::{is_key_format, key_prefix, nearest, Names};
use crate::document::ConditionEntry;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Rule, Source};

pub(in crate::rules) static GLOBAL: Rule = Rule {
    code: "INVALID_GLOBAL_CONDITION_KEY",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid global condition key",
    why: "No request has a key that AWS does not know, so the condition is decided as if it were absent.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"StringEquals": {"aws:PrincipalOrg": "o-a1b2c3d4e5"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for (entry, _) in unknown_keys(context).filter(|(_, service)| service.is_none()) {
            let details = format_args!("{} is not a global condition key.", entry.key());
            let known = GlobalConditionKey::all().map(|global| global.key.name);
            offer(report.at(entry.key_place(), details), entry, nearest(entry.key(), known));
        }
    },
};

pub(in crate::rules) static SERVICE: Rule = Rule {
    code: "INVALID_SERVICE_CONDITION_KEY",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid service condition key",
    why: "No request has a key that the service does not know, so the condition is decided as if it were absent.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"StringEquals": {"ssm:SessionDocumentCheck": "true"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        // The service of the entry before, and the names of its keys.
        let mut names: Option<(Service, Names)> = None;
        for (entry, service) in unknown_keys(context) {
            let Some(service) = service else { continue };
            let details = format_args!("{} is not a condition key of {}.", entry.key(), service.prefix());
            if names.as_ref().is_none_or(|(of, _)| *of != service) {
                names = Some((service, Names::of(service.condition_keys().map(|key| key.name))));
            }
            let near = names.as_ref().and_then(|(_, names)| names.nearest(entry.key()));
            offer(report.at(entry.key_place(), details), entry, near);
        }
    },
};

pub(in crate::rules) static TAG: Rule = Rule {
    code: "MISSING_TAG_KEY_IN_CONDITION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing tag key in condition",
    why: "A condition on tags has to say which tag it means.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ResourceTag/": "dev"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for entry in context.condition_entries() {
            let Some(family) = ConditionKey::missing_tag_key(entry.key()) else { continue };
            let (before, _) = family.placeholder().unwrap_or_default();
            let details = format_args!("{} does not say which tag it means.", entry.key());
            report.at(entry.key_place(), details).help(format_args!(
                "Write {before} and the tag's key, such as {before}Environment."
            ));
        }
    },
};

/// The entries whose key nothing knows, with the service that the prefix names; `None` for the prefix `aws`.
fn unknown_keys<'c>(
    context: &'c Context,
) -> impl Iterator<Item = (&'c ConditionEntry<'c>, Option<Service>)> {
    context.condition_entries().filter_map(|entry| {
        if entry.known.is_some() {
            return None;
        }
        let key = entry.key();
        // A key without a name has a code of its own.
        let prefix = key_prefix(key).filter(|_| is_key_format(key))?;
        let service =
            if prefix.eq_ignore_ascii_case("aws") { None } else { Some(Service::find(prefix)?) };
        let is_known = ConditionKey::missing_tag_key(key).is_some()
            // It was a key once, and has findings of its own.
            || key.eq_ignore_ascii_case("aws:ARN")
            || Unlisted::key(key).is_some();
        (!is_known).then_some((entry, service))
    })
}

/// Whether any text will do as its value, so that putting the name right cannot bring the value's own error up.
pub(super) fn takes_any_value(key: &str) -> bool {
    const WITH_A_FORM: [&str; 8] = [
        "aws:CalledVia",
        "aws:CalledViaFirst",
        "aws:CalledViaLast",
        "aws:RequestedRegion",
        "aws:SourceIp",
        "aws:SourceVpc",
        "aws:SourceVpce",
        "kms:ViaService",
    ];
    let is_sensitive = GlobalConditionKey::find(key).is_some_and(GlobalConditionKey::is_sensitive);
    !WITH_A_FORM.contains(&key)
        && !is_sensitive
        && ConditionKey::find(key).is_some_and(|key| !key.is_multivalued)
}

fn offer(finding: &mut crate::finding::Finding, entry: &ConditionEntry, near: Option<&str>) {
    // A placeholder is nothing that anybody could write.
    let Some(near) = near.filter(|name| !name.contains(['$', '<'])) else { return };
    finding.help(format_args!("Did you mean {near}?"));
    let taken = entry.block.as_object().unwrap_or_default();
    if takes_any_value(near)
        && !taken.iter().any(|member| member.key.text.eq_ignore_ascii_case(near))
    {
        finding.fix(Fix::unsafe_(
            format!("Change to {near}"),
            [Edit::replace(entry.key.span, quote(near))],
        ));
    }
}
