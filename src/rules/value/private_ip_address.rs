//! PRIVATE_IP_ADDRESS, PRIVATE_NOT_IP_ADDRESS, PRIVATE_IP_ADDRESS_SUBSET, PRIVATE_NOT_IP_ADDRESS_SUBSET: private
//! addresses where only public ones are seen.

use super::scalar::{entries_of, scalars};
use crate::aws::{BaseOperator, Family, IpRange};
use crate::document::ConditionEntry;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{quote, removal};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static ALL: Rule = Rule {
    code: "PRIVATE_IP_ADDRESS",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Private IP address",
    why: WHY,
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check_all(context, report, BaseOperator::IpAddress),
};

pub(in crate::rules) static ALL_NOT: Rule = Rule {
    code: "PRIVATE_NOT_IP_ADDRESS",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Private NotIpAddress",
    why: WHY,
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": "10.0.0.0/8"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check_all(context, report, BaseOperator::NotIpAddress),
};

pub(in crate::rules) static SUBSET: Rule = Rule {
    code: "PRIVATE_IP_ADDRESS_SUBSET",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Private IP address subset",
    why: WHY,
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check_some(context, report, BaseOperator::IpAddress),
};

pub(in crate::rules) static SUBSET_NOT: Rule = Rule {
    code: "PRIVATE_NOT_IP_ADDRESS_SUBSET",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Private NotIpAddress subset",
    why: WHY,
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check_some(context, report, BaseOperator::NotIpAddress),
};

const WHY: &str = "In aws:SourceIp AWS sees public addresses only: a private one of the caller stays in the caller's network or VPC.";

fn check_all(context: &Context, report: &mut Report, base: BaseOperator) {
    for entry in entries_about_source(context, base) {
        let ranges = ranges(entry);
        let all_are_known = ranges.len() == entry.values().len();
        if ranges.is_empty() || !all_are_known || ranges.iter().any(|range| !range.is_private()) {
            continue;
        }
        let effect = match base {
            BaseOperator::NotIpAddress => "so every address meets the condition",
            _ => "so no address meets the condition",
        };
        let details = format_args!(
            "{} never holds a private address, and all these values are private, {effect}.",
            entry.key(),
        );
        let finding = report.at(entry.place(), details);
        finding.help("Name the public addresses, or compare aws:VpcSourceIp for requests through a VPC endpoint.");
        let members = entry.block.as_object().unwrap_or_default();
        if !members.iter().any(|member| member.key.text.eq_ignore_ascii_case(VPC_SOURCE_IP)) {
            finding.fix(Fix::unsafe_(
                format!("Compare {VPC_SOURCE_IP} instead"),
                [Edit::replace(entry.key.span, quote(VPC_SOURCE_IP))],
            ));
        }
    }
}

fn check_some(context: &Context, report: &mut Report, base: BaseOperator) {
    for entry in entries_about_source(context, base) {
        let ranges = ranges(entry);
        if ranges.iter().all(|range| range.is_private()) {
            continue;
        }
        let is_private = |text: &str| IpRange::parse(text).is_some_and(IpRange::is_private);
        let private: Vec<usize> = (0..)
            .zip(entry.strings())
            .filter(|(_, value)| is_private(value.text))
            .map(|(i, _)| i)
            .collect();
        if private.is_empty() {
            continue;
        }
        let first = private.first().and_then(|i| entry.strings().nth(*i));
        let details = format_args!(
            "{} never holds a private address, and {} of its {} values are private, such as {}.",
            entry.key(),
            private.len(),
            entry.values().len(),
            first.map_or("", |value| value.text),
        );
        let finding = report.at(entry.key_place(), details);
        finding.help("For requests through a VPC endpoint compare aws:VpcSourceIp.");
        if entry.strings().count() == entry.values().len() {
            let edits = removal(entry.value, &private).into_iter().map(Edit::remove);
            finding.fix(Fix::safe("Remove the private addresses", edits));
        }
    }
}

const VPC_SOURCE_IP: &str = "aws:VpcSourceIp";

fn entries_about_source<'c>(
    context: &'c Context,
    base: BaseOperator,
) -> impl Iterator<Item = &'c ConditionEntry<'c>> {
    entries_of(context, Family::IpAddress).filter(move |entry| {
        entry.is("aws:SourceIp") && entry.parsed.is_some_and(|operator| operator.base == base)
    })
}

fn ranges(entry: &ConditionEntry) -> Vec<IpRange> {
    scalars(entry).filter_map(|value| IpRange::parse(value.text)).collect()
}
