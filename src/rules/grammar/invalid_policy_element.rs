//! INVALID_POLICY_ELEMENT.

use super::element_types::wrong_types;
use super::invalid_effect::EFFECTS;
use super::set_version::VERSION_2012;
use crate::aws::{is_sid, nearest};
use crate::document::{DOCUMENT_ELEMENTS, STATEMENT_ELEMENTS};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{quote, Member, Node, Place};
use crate::rules::variable::places_of_variables::is_refused_with_variables;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_POLICY_ELEMENT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid policy element",
    why: "IAM refuses a policy with an element that it does not know. The names of elements are compared with their case.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resources": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    check_members(context, document.members, &DOCUMENT_ELEMENTS, "a policy", report);
    for statement in document.all_statements() {
        check_members(context, statement.members, &STATEMENT_ELEMENTS, "a statement", report);
    }
}

fn check_members(
    context: &Context,
    members: &[Member],
    known: &[&'static str],
    whole: &str,
    report: &mut Report,
) {
    let is_known = |member: &&Member| known.contains(&member.key.text.as_ref());
    if members.iter().all(|member| is_known(&member)) {
        return;
    }
    let names = members.iter().filter(is_known).map(|member| member.key.text.as_ref());
    let mut taken: Vec<&str> = names.collect();
    for member in members.iter().filter(|member| !is_known(member)) {
        let name = member.key.text.as_ref();
        let details = match name {
            "" => format!("An element of {whole} has an empty name."),
            _ => format!("The element {name} is none of {whole}."),
        };
        let finding = report.at(Place::of_key(&member.key), details);
        let Some(near) = nearest(name.trim(), known.iter().copied()) else {
            finding.help(format_args!("The elements of {whole} are {}.", known.join(", ")));
            continue;
        };
        finding.help(format_args!("Did you mean {near}?"));
        if is_taken(near, &taken) {
            continue;
        }
        // Only one of several can become it.
        taken.push(near);
        if !takes(context.kind, near) {
            continue;
        }
        let rename = Edit::replace(member.key.span, quote(near));
        if is_good(context, near, &member.value) {
            finding.fix(Fix::unsafe_(format!("Rename it to {near}"), [rename]));
        } else if let Some(effect) = effect_meant(near, &member.value) {
            let write = Edit::replace(member.value.span, quote(effect));
            finding.fix(Fix::unsafe_(
                format!("Rename it to {near} and write {effect}"),
                [rename, write],
            ));
        }
    }
}

/// The effect that a value means which is none; of an element that is not known yet no rule offers it.
fn effect_meant(name: &str, value: &Node) -> Option<&'static str> {
    let text = value.as_text().filter(|_| name == "Effect")?;
    nearest(text.text.trim(), EFFECTS)
}

/// Whether the element, or the one that cannot stand beside it, is there.
fn is_taken(name: &str, taken: &[&str]) -> bool {
    let is_opposite = |other: &str| {
        other.strip_prefix("Not") == Some(name) || name.strip_prefix("Not") == Some(other)
    };
    taken.iter().any(|other| *other == name || is_opposite(other))
}

/// Whether a policy of this kind may have the element.
fn takes(kind: PolicyKind, name: &str) -> bool {
    use PolicyKind::*;
    match name {
        "Principal" => !matches!(kind, Identity | ServiceControl),
        "NotPrincipal" => kind == Resource,
        "NotAction" => kind != ResourceControl,
        "Resource" | "NotResource" => kind != RoleTrust,
        _ => true,
    }
}

/// Whether no other mistake comes to light when the value is that of the element.
fn is_good(context: &Context, name: &str, value: &Node) -> bool {
    let text = value.as_text().map(|text| text.text.as_ref());
    match (name, text) {
        ("Version", Some(VERSION_2012)) => !is_refused_with_variables(context),
        ("Version", Some(version)) => version == "2008-10-17",
        ("Effect", Some(effect)) => EFFECTS.contains(&effect),
        ("Sid", Some(sid)) => is_sid(sid) || context.kind == PolicyKind::Resource,
        _ => {
            let mut is_good = true;
            wrong_types(name, value, &mut |_, _| is_good = false);
            is_good
        }
    }
}
