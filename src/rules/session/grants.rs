//! What the statements of a policy allow for one action, by the text alone: conditions are not looked at.

use crate::aws::{covers_action, has_wildcard, Arn, SessionResource};
use crate::document::{one_or_many, ActionEntry, Effect, ResourceEntry, Statement, Str};
use crate::edit::{Edit, Fix};
use crate::json::{self, Node, Value};
use crate::rules::principal::insertion::append;
use crate::rules::Context;

/// Whether it is an `Allow` statement for the action.
pub(in crate::rules) fn allows(statement: &Statement, action: &str) -> bool {
    if statement.effect() != Some(Effect::Allow) {
        return false;
    }
    let covers = |entry: &ActionEntry| covers_action(entry.text, action);
    let may_cover = statement.may_name(action);
    match statement.not_action {
        Some(_) => !(may_cover && statement.not_actions().any(covers)),
        None => may_cover && statement.actions().any(covers),
    }
}

/// The entry of `Action` that is this action, written out.
pub(in crate::rules) fn named<'t>(statement: &Statement<'t>, action: &str) -> Option<Str<'t>> {
    let is_it = |entry: &&ActionEntry| entry.text.eq_ignore_ascii_case(action);
    statement.actions().find(is_it).map(|entry| entry.string)
}

/// Whether the statement's resources can be of one of these types; those of one without `Resource` can.
pub(in crate::rules) fn reaches(statement: &Statement, types: &[SessionResource]) -> bool {
    let is_reached = |entry: &ResourceEntry| match entry.arn {
        None => has_wildcard(entry.text),
        Some(arn) => types.iter().any(|of_type| of_type.may_match(arn)),
    };
    statement.resource.is_none() || statement.resources().any(is_reached)
}

/// Calls `look` with each resource, principal and value of a condition, and with the ARN that it is.
pub(in crate::rules) fn each_value<'t>(
    statement: &Statement<'t>,
    look: &mut dyn FnMut(Str<'t>, Option<Arn<'t>>),
) {
    for entry in statement.resource_entries() {
        look(entry.string, entry.arn);
    }
    let principals = statement.principal_elements().flat_map(|principal| &principal.entries);
    for value in principals.flat_map(|entry| entry.strings()) {
        look(value, Arn::parse(value.text));
    }
    for value in statement.condition.entries.iter().flat_map(|entry| entry.strings()) {
        look(value, Arn::parse(value.text));
    }
}

/// Whether a value of a condition is this one of true and false, as a string or as itself.
pub(in crate::rules) fn is_bool(value: &Node, wanted: bool) -> bool {
    match &value.value {
        Value::Bool(value) => *value == wanted,
        Value::String(text) => {
            text.text.eq_ignore_ascii_case(if wanted { "true" } else { "false" })
        }
        _ => false,
    }
}

/// What the statement does with what it matches, as the last word of a sentence before its object.
pub(in crate::rules) fn verb(statement: &Statement) -> &'static str {
    match statement.effect() {
        Some(Effect::Deny) => "denies",
        _ => "grants",
    }
}

/// The string of `Resource`, if there is only one.
pub(in crate::rules) fn only_resource<'t>(statement: &Statement<'t>) -> Option<Str<'t>> {
    let [_] = one_or_many(statement.resource?.value) else { return None };
    statement.resources().next().map(|entry| entry.string)
}

/// Replaces the only resource of a statement that has no `Condition`, and adds one, given as JSON.
pub(in crate::rules) fn narrow_by_condition(
    context: &Context,
    statement: &Statement,
    title: impl Into<String>,
    resource: &str,
    condition: &str,
) -> Option<Fix> {
    let old = only_resource(statement)?;
    if statement.condition.element.is_some() {
        return None;
    }
    let condition = format!("\"Condition\": {condition}");
    let edits = [
        Edit::replace(old.node.span, json::quote(resource)),
        append(context, statement.node, &condition),
    ];
    Some(Fix::unsafe_(title, edits))
}
