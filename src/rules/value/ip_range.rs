//! TYPE_MISMATCH_IP_RANGE, IMPROVE_IP_RANGE: values that are no range of addresses, or not as they should be written.

use super::scalar::{entries_of, scalars};
use crate::aws::{Family, IpRange};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static MISMATCH: Rule = Rule {
    code: "TYPE_MISMATCH_IP_RANGE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Type mismatch IP range",
    why: "What is not an address or a range in CIDR form matches no request, or makes IAM refuse the policy.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_type,
};

pub(in crate::rules) static IMPROVE: Rule = Rule {
    code: "IMPROVE_IP_RANGE",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Improve IP range",
    why: "The bits after the prefix do not count, so an address that has some of them set misleads the reader.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.7/24"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_bits,
};

fn check_type(context: &Context, report: &mut Report) {
    for entry in entries_of(context, Family::IpAddress) {
        for value in scalars(entry).filter(|value| !value.has_variable(context)) {
            if IpRange::parse(value.text).is_none() {
                let details = format_args!(
                    "{} compares addresses, and \"{}\" is neither an address nor a range of them in CIDR form.",
                    entry.operator.text, value.text,
                );
                report.at(value.place(), details).help(
                    "Write a range as an address, a slash and the length of the prefix, such as 203.0.113.0/24.",
                );
            }
        }
    }
}

fn check_bits(context: &Context, report: &mut Report) {
    for value in entries_of(context, Family::IpAddress).flat_map(scalars) {
        let Some(range) = IpRange::parse(value.text) else { continue };
        let network = range.network();
        if network != range {
            let details =
                format_args!("{} has bits set after the prefix. It means {network}.", value.text);
            report.at(value.place(), details).fix(Fix::safe(
                format!("Write {network}"),
                [Edit::replace(value.node.span, quote(&network.to_string()))],
            ));
        }
    }
}
