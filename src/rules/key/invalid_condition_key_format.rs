//! INVALID_CONDITION_KEY_FORMAT: condition keys that are not of the form prefix:name.

use super::invalid_condition_key::takes_any_value;
use crate::aws::catalog::GlobalConditionKey;
use crate::aws::{is_key_format, Family};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_KEY_FORMAT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid condition key format",
    why: "A condition key is a prefix, a colon and a name. IAM knows no others.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"IpAddress": {"SourceIp": "192.0.2.0/24"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let entries = context.condition_entries();
    for entry in entries.filter(|entry| !is_key_format(entry.key())) {
        let details = format_args!(
            "The condition key {} is not of the form prefix:name.",
            quote(entry.key())
        );
        let finding = report.at(entry.key_place(), details);
        let with_prefix = format!("aws:{}", entry.key());
        let Some(global) = GlobalConditionKey::find(&with_prefix) else {
            finding.help("Write a global key as aws:SourceIp, one of a service as ssm:resourceTag/Environment.");
            continue;
        };
        let name = if global.key.placeholder().is_some() { &with_prefix } else { global.key.name };
        finding.help(format_args!("Did you mean {name}?"));
        // Under the operators for addresses a value that is none has its finding already.
        let is_address = entry.parsed.is_some_and(|o| o.base.family() == Family::IpAddress);
        if !is_address && !takes_any_value(name) {
            continue;
        }
        let taken = entry.block.as_object().unwrap_or_default();
        if !taken.iter().any(|member| member.key.text.eq_ignore_ascii_case(name)) {
            finding.fix(Fix::unsafe_(
                format!("Change to {name}"),
                [Edit::replace(entry.key.span, quote(name))],
            ));
        }
    }
}
