//! MISMATCHED_ACTION_FOR_PRINCIPAL.

use crate::aws::{AssumeRoleAction, PrincipalType};
use crate::document::{Effect, Statement, Str};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::principal::acceptance::may_be_trust_policy;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISMATCHED_ACTION_FOR_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Mismatched action for principal",
    why: "Each kind of principal takes a role by an action of its own; by another it never can.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Federated": "cognito-identity.amazonaws.com"},
    "Action": "sts:AssumeRole"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if !may_be_trust_policy(context) {
        return;
    }
    for statement in &context.document.statements {
        let principals = principals(statement);
        // A denial for everybody is one for those who come by way of a provider, too.
        let is_everybody = |(_, value): &(PrincipalType, Str)| value.text == "*";
        if statement.effect() == Some(Effect::Deny) && principals.iter().any(is_everybody) {
            continue;
        }
        // The same action a second time is another check's business.
        let mut seen = Vec::new();
        for entry in statement.actions() {
            let Some(action) = AssumeRoleAction::from_name(entry.text) else {
                continue;
            };
            if seen.contains(&action) {
                continue;
            }
            seen.push(action);
            let wrong: Vec<_> =
                principals.iter().filter(|(kind, value)| !action.fits(*kind, value.text)).collect();
            let Some((_, first)) = wrong.first() else {
                continue;
            };
            let others = match wrong.len() {
                1 => String::new(),
                2 => ", nor can one other here".to_owned(),
                n => format!(", nor can {} others here", n - 1),
            };
            let finding = report.at(
                entry.place(),
                format_args!("{} cannot take a role by {}{others}.", first.text, action.name()),
            );
            for (_, value) in &wrong {
                finding.and_at(value.place());
            }
            finding.help(
                "SAML providers need sts:AssumeRoleWithSAML, OIDC providers sts:AssumeRoleWithWebIdentity, \
                 and principals of AWS sts:AssumeRole.",
            );
            let has = |known: AssumeRoleAction| {
                statement
                    .actions()
                    .any(|action| AssumeRoleAction::from_name(action.text) == Some(known))
            };
            if let Some(fitting) = common_action(&principals).filter(|fitting| !has(*fitting)) {
                finding.fix(Fix::unsafe_(
                    format!("Write {}", fitting.name()),
                    [Edit::replace(entry.node.span, json::quote(fitting.name()))],
                ));
            }
        }
    }
}

fn principals<'t>(statement: &Statement<'t>) -> Vec<(PrincipalType, Str<'t>)> {
    let entries = statement.principal.iter().flat_map(|p| &p.entries);
    let known = entries
        .filter_map(|entry| Some((PrincipalType::from_name(&entry.key.text)?, entry.strings())));
    known.flat_map(|(kind, values)| values.map(move |value| (kind, value))).collect()
}

/// The action by which all of them take a role.
fn common_action(principals: &[(PrincipalType, Str)]) -> Option<AssumeRoleAction> {
    let mut actions =
        principals.iter().map(|(kind, value)| AssumeRoleAction::of(*kind, value.text));
    let first = actions.next()??;
    actions.all(|action| action == Some(first)).then_some(first)
}
