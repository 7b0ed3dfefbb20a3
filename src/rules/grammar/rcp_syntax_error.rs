//! RCP_SYNTAX_ERROR_ACTION, RCP_SYNTAX_ERROR_ALLOW, RCP_SYNTAX_ERROR_NOTACTION, RCP_SYNTAX_ERROR_PRINCIPAL: what a
//! resource control policy must not hold.

use crate::aws::catalog::Service;
use crate::aws::ActionPattern;
use crate::document::{one_or_many, Effect, Principal, Statement};
use crate::finding::FindingType;
use crate::json::{Node, Value};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static ACTION: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_ACTION",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "RCP syntax error action",
    why: "Only some services ask resource control policies, and Organizations refuses to deny actions of others there.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "ec2:RunInstances", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for statement in with(context, Effect::Deny) {
            check_actions(statement, report);
        }
    },
};

pub(in crate::rules) static ALLOW: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_ALLOW",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "RCP syntax error allow",
    why: "A resource control policy grants nothing: its only Allow is the one for everybody and everything that AWS attaches itself.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "arn:aws:s3:::a/*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for statement in with(context, Effect::Allow) {
            check_allow(statement, report);
        }
    },
};

pub(in crate::rules) static NOT_ACTION: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_NOTACTION",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "RCP syntax error NotAction",
    why: "A resource control policy lists the actions that it denies; Organizations refuses NotAction.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "NotAction": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        for statement in &context.document.statements {
            if let Some(element) = statement.not_action {
                report
                    .at(element.key_place(), "A resource control policy takes no NotAction.")
                    .help("List the actions under Action.");
            }
        }
    },
};

pub(in crate::rules) static PRINCIPAL: Rule = Rule {
    code: "RCP_SYNTAX_ERROR_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "RCP syntax error principal",
    why: "A resource control policy is about everybody who uses the resources, and picks principals by conditions.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": {"AWS": "111122223333"}, "Action": "s3:*", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        const HELP: &str = "Write \"Principal\": \"*\" and a condition on aws:PrincipalArn.";
        for statement in &context.document.statements {
            if let Some(principal) = &statement.not_principal {
                let place = principal.element.key_place();
                report.at(place, "A resource control policy takes no NotPrincipal.").help(HELP);
            }
        }
        for statement in with(context, Effect::Deny) {
            if let Some(principal) = statement.principal.as_ref().filter(|p| is_narrow(p)) {
                let place = principal.element.place();
                report.at(place, "A resource control policy takes no Principal but \"*\".").help(HELP);
            }
        }
    },
};

fn with<'d>(context: &'d Context, effect: Effect) -> impl Iterator<Item = &'d Statement<'d>> {
    let statements = context.document.statements.iter();
    statements.filter(move |statement| statement.effect() == Some(effect))
}

fn check_actions(statement: &Statement, report: &mut Report) {
    for action in statement.actions() {
        let details = match ActionPattern::parse(action.text) {
            Some(pattern) => match Service::find(pattern.service) {
                Some(service) if service.supports_resource_control_policies() => continue,
                _ => format!(
                    "Resource control policies do not work for the service {}.",
                    pattern.service
                ),
            },
            None if action.text == "*" => {
                "A resource control policy must name the service of each action that it denies."
                    .to_owned()
            }
            // No action at all is another check's business.
            None => continue,
        };
        report.at(action.place(), details);
    }
}

fn check_allow(statement: &Statement, report: &mut Report) {
    const ONLY: &str = "An Allow in a resource control policy must have Principal \"*\" and Resource \"*\", and no Condition.";
    if let Some(principal) = statement.principal.as_ref().filter(|p| is_narrow(p)) {
        report.at(principal.element.place(), ONLY);
    }
    if let Some(element) = statement.resource.filter(|e| is_narrow_resource(e.value)) {
        report.at(element.place(), ONLY);
    }
    for element in [statement.not_resource, statement.condition.element].into_iter().flatten() {
        report.at(element.place(), ONLY);
    }
}

/// Whether it is a principal, of the right type, other than `"*"`.
fn is_narrow(principal: &Principal) -> bool {
    let is_typed = matches!(principal.element.value.value, Value::String(_) | Value::Object(_));
    is_typed && !principal.is_star()
}

/// Whether it is a resource, or a list of them, other than `"*"`; an empty list is another check's business.
fn is_narrow_resource(node: &Node) -> bool {
    let resources = one_or_many(node);
    let is_star = |node: &Node| node.as_text().is_some_and(|text| text.text == "*");
    let is_text = resources.iter().all(|node| node.as_text().is_some());
    is_text && !resources.is_empty() && !(resources.len() == 1 && resources.iter().all(is_star))
}
