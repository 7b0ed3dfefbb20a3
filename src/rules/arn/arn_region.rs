//! ARN_REGION_NOT_ALLOWED, INVALID_ARN_REGION, MISSING_ARN_REGION: the fourth field of an ARN.

use super::resources::{offer, with_problem};
use crate::aws::{nearest, split_fields, ArnProblem, Region};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static NOT_ALLOWED: Rule = Rule {
    code: "ARN_REGION_NOT_ALLOWED",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "ARN Region not allowed",
    why: "Where all resources of a kind have no Region in their ARN, an ARN with one matches none of them.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:eu-west-1::demo-bucket"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_not_allowed,
};

pub(in crate::rules) static INVALID: Rule = Rule {
    code: "INVALID_ARN_REGION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid ARN Region",
    why: "No resource is in a Region that its partition does not have.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:ssm:us-east-9:111122223333:parameter/app"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_invalid,
};

pub(in crate::rules) static MISSING: Rule = Rule {
    code: "MISSING_ARN_REGION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing ARN Region",
    why: "Where all resources of a kind have a Region in their ARN, an ARN without one matches none of them.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:ssm::111122223333:parameter/app"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_missing,
};

fn check_not_allowed(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::RegionNotAllowed) {
        let Some([_, _, service, region, ..]) = split_fields(entry.text) else { continue };
        let details = format_args!(
            "{} has the Region {region}. Such an ARN of {service} has none.",
            entry.text
        );
        let finding = report.at(entry.place(), details);
        finding.help("Leave the field empty.");
        offer(finding, entry, 3, "");
    }
}

fn check_invalid(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::InvalidRegion) {
        let Some([_, partition, _, region, ..]) = split_fields(entry.text) else { continue };
        let details = match Region::parse(region).filter(|region| region.is_listed()) {
            None => format!("{region} is not a Region of AWS."),
            Some(known) => format!(
                "{region} is a Region of the partition {}, not of {partition}.",
                known.partition.name()
            ),
        };
        let finding = report.at(entry.place(), details);
        if let Some(near) =
            nearest(region, Region::listed().iter().copied()).filter(|near| *near != region)
        {
            finding.help(format_args!("Did you mean {near}?"));
            offer(finding, entry, 3, near);
        }
    }
}

fn check_missing(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::MissingRegion) {
        let Some([_, _, service, ..]) = split_fields(entry.text) else { continue };
        let details =
            format_args!("{} has no Region. Such an ARN of {service} needs one.", entry.text);
        let finding = report.at(entry.place(), details);
        finding.help("Write the Region, or * for any.");
        offer(finding, entry, 3, "*");
    }
}
