//! UNSUPPORTED_ACTION_IN_POLICY.

use super::policy_of_resource::{display, supports_action};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_ACTION_IN_POLICY",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Unsupported action in policy",
    why: "The policy of a resource is asked only about actions on that resource.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let Some(resource) = display(context) else { return };
    for entry in context.document.statements.iter().flat_map(|statement| statement.actions()) {
        let Some(action) = entry.action else { continue };
        if !supports_action(context, action) {
            let details = format_args!("{} does not work in the policy of {resource}.", entry.text);
            report.at(entry.place(), details).help(
                "Remove the action. Give it in the policy of the user or role that needs it.",
            );
        }
    }
}
