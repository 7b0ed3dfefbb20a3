//! INVALID_ARN_RESOURCE.

use std::collections::BTreeMap;

use super::resources::with_problem;
use crate::aws::{arn_formats, split_fields, ArnProblem};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::sort;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_ARN_RESOURCE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid ARN resource",
    why: "The last field of an ARN has a form that its service decides. An ARN of another form matches nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:iam::111122223333:roles/ops"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

/// So many forms are told; a service may have a hundred.
const MOST_FORMS: usize = 6;

fn check(context: &Context, report: &mut Report) {
    let mut told = BTreeMap::new();
    for entry in with_problem(context, ArnProblem::InvalidResource) {
        let Some([_, _, service, _, _, resource]) = split_fields(entry.text) else { continue };
        let details = match resource {
            "" => format!("{} names no resource of {service}.", entry.text),
            _ => format!("{resource} has not the form of a resource of {service}."),
        };
        let finding = report.at(entry.place(), details);
        let forms: &mut String = told.entry(service).or_insert_with(|| forms(service));
        finding.help(forms.as_str());
    }
}

fn forms(service: &str) -> String {
    let small = service.to_ascii_lowercase();
    let mut forms: Vec<_> = arn_formats(&small).map(|format| format.resource).collect();
    sort(&mut forms);
    forms.dedup();
    let more = if forms.len() > MOST_FORMS { " and others" } else { "" };
    forms.truncate(MOST_FORMS);
    format!("The forms are {}{more}.", forms.join(", "))
}
