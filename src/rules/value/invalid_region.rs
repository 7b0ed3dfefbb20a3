//! INVALID_REGION.

use super::scalar::{entries_of, scalars};
use crate::aws::{nearest, Family, Region};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_REGION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid Region",
    why: "A Region that does not exist matches no request, so a Deny for all others denies everything and an Allow for it allows nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu_west_1"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

/// The value where a request is for no Region of its own, as one to a model of Amazon Bedrock for global inference.
///
/// Source: the Amazon Bedrock user guide, "Global cross-Region inference", read 2026-11.
const NO_REGION: &str = "unspecified";

fn check(context: &Context, report: &mut Report) {
    for entry in entries_of(context, Family::String).filter(|e| e.is("aws:RequestedRegion")) {
        for value in scalars(entry).filter(|value| value.is_literal(context)) {
            if value.text == NO_REGION || Region::parse(value.text).is_some_and(Region::is_listed) {
                continue;
            }
            let finding =
                report.at(value.place(), format_args!("There is no Region \"{}\".", value.text));
            match nearest(value.text, Region::listed().iter().copied()) {
                Some(meant) => {
                    finding.help(format_args!("Did you mean {meant}?")).fix(Fix::unsafe_(
                        format!("Write {meant}"),
                        [Edit::replace(value.node.span, quote(meant))],
                    ))
                }
                None => finding.help("Write the code of a Region, such as eu-west-1."),
            };
        }
    }
}
