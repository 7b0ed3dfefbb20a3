//! MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY.

use crate::aws::{covers_action, is_listed_key, PrincipalType};
use crate::document::{Effect, Statement};
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::principal::insertion::add_strings;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Missing action for roles anywhere trust policy",
    why: "IAM Roles Anywhere takes a role, tags the session and sets its source identity in one step, \
          and fails when it may not do one of them.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Service": "rolesanywhere.amazonaws.com"},
    "Action": "sts:AssumeRole"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

/// The service principal of IAM Roles Anywhere.
pub(super) const ROLES_ANYWHERE: &str = "rolesanywhere.amazonaws.com";

/// What it does. Source: the reference of policy checks, read 2026-11.
const ACTIONS: [&str; 3] = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];

fn check(context: &Context, report: &mut Report) {
    let statements: Vec<_> = context
        .document
        .statements
        .iter()
        .filter(|statement| lets_in_roles_anywhere(statement))
        .collect();
    let Some(first) = statements.first() else {
        return;
    };
    let mut missing = ACTIONS.to_vec();
    missing.retain(|name| !statements.iter().any(|statement| allows(statement, name)));
    let Some(action) = first.action.or(first.not_action) else {
        return;
    };
    if missing.is_empty() {
        return;
    }
    let finding = report.at(
        action.place(),
        format_args!(
            "IAM Roles Anywhere needs {}, {} and {}. Not allowed: {}.",
            ACTIONS[0],
            ACTIONS[1],
            ACTIONS[2],
            missing.join(", ")
        ),
    );
    // STS refuses to hear of its other keys with all of the actions.
    let mut entries = first.condition.entries.iter();
    let fits = entries.all(|entry| is_listed_key(&["aws:"], entry.key()));
    if let Some(action) = first.action.filter(|_| fits) {
        let edits = add_strings(context, action.value, &missing);
        finding.fix(Fix::unsafe_(format!("Add {}", missing.join(" and ")), edits));
    } else {
        finding.help("Allow the missing actions in this statement or in another.");
    }
}

fn lets_in_roles_anywhere(statement: &Statement) -> bool {
    let services = statement.principal.iter();
    let mut services = services.flat_map(|p| p.of_type(PrincipalType::Service.name()));
    statement.effect() == Some(Effect::Allow)
        && (statement.action_entries().next().is_some())
        && services.any(|service| service.text == ROLES_ANYWHERE)
}

fn allows(statement: &Statement, name: &str) -> bool {
    match statement.not_action {
        Some(_) => !statement.not_actions().any(|entry| covers_action(entry.text, name)),
        None => statement.actions().any(|entry| covers_action(entry.text, name)),
    }
}
