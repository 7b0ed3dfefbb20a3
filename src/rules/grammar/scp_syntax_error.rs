//! SCP_SYNTAX_ERROR_ACTION_WILDCARD, SCP_SYNTAX_ERROR_PRINCIPAL: what a service control policy must not hold.

use super::remove_member::remove_member;
use crate::aws::has_wildcard;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static ACTION_WILDCARD: Rule = Rule {
    code: "SCP_SYNTAX_ERROR_ACTION_WILDCARD",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ServiceControl],
    title: "SCP syntax error action wildcard",
    why: "The reference of policy checks allows a wildcard in a service control policy at the end of an action only, though Organizations takes it anywhere since 2025-09-19.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:Get*Acl", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_actions,
};

pub(in crate::rules) static PRINCIPAL: Rule = Rule {
    code: "SCP_SYNTAX_ERROR_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ServiceControl],
    title: "SCP syntax error principal",
    why: "A service control policy is about every principal of the accounts that it is attached to, and names none.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_principals,
};

fn check_actions(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for action in statement.action_entries() {
            let mut before_last = action.text.chars();
            before_last.next_back();
            if has_wildcard(before_last.as_str()) {
                report
                    .at(action.place(), format_args!("The action {} has a wildcard before its end.", action.text))
                    .help("Organizations takes this since 2025-09-19, so the policy can be saved and works; only the reference of policy checks still calls it an error. Leave it, or list the actions to satisfy the check.");
            }
        }
    }
}

fn check_principals(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for principal in statement.principal_elements() {
            let name = principal.element.key.text.as_ref();
            let title = format!("Remove the {name}");
            let edits = remove_member(statement.node, name);
            let details = format_args!("A service control policy takes no {name}.");
            let finding = report.at(principal.element.key_place(), details);
            if name == "Principal" && principal.is_star() {
                finding.fix(Fix::safe(title, edits));
            } else {
                finding
                    .help("Name principals by a condition on aws:PrincipalArn.")
                    .fix(Fix::unsafe_(title, edits));
            }
        }
    }
}
