//! UNSUPPORTED_RESOURCE_ARN_IN_POLICY.

use super::policy_of_resource::display;
use super::resource_of_policy::can_name_resource;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_RESOURCE_ARN_IN_POLICY",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Resource],
    title: "Unsupported resource ARN in policy",
    why: "The policy of a resource can name that resource and what is in it, and the service refuses any other.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let (Some(resource_type), Some(display)) = (context.resource_type, display(context)) else {
        return;
    };
    for entry in context.document.statements.iter().flat_map(|s| s.resource_entries()) {
        if can_name_resource(resource_type, entry.text) == Some(false) {
            let details = format_args!("{} is not the ARN of {display}.", entry.text);
            report.at(entry.place(), details).help("Name the resource that the policy is for.");
        }
    }
}
