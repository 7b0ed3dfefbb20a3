//! Which statements give an action on roles for roles that nobody named.

use crate::aws::{covers_action, has_wildcard, split_fields};
use crate::document::{Effect, Statement, Str};
use crate::edit::Fix;
use crate::json::Place;
use crate::rules::principal::insertion::add_strings;
use crate::rules::{Context, Report};

/// An action on roles that is dangerous on any role.
pub(super) struct RoleAction {
    /// The action.
    pub name: &'static str,
    /// What it does to a role.
    pub does: &'static str,
    /// Whether the conditions of a statement say what the roles are for, so that naming them is not needed.
    pub is_scoped: fn(&Statement) -> bool,
    /// How to limit it other than by naming the roles.
    pub or_else: &'static str,
}

/// How a statement comes to give the action.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// An entry of `Action` is its name.
    Name,
    /// An entry of `Action` is a pattern for it.
    Pattern,
    /// No entry of `NotAction` takes it out.
    NotAction,
}

/// How a statement comes to reach all roles.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// An entry of `Resource` is a pattern without any name.
    Star,
    /// Through `NotResource`; what it takes out is not looked at.
    NotResource,
}

/// Reports each statement that gives the action so, for roles that it reaches so.
pub(super) fn check(
    context: &Context,
    report: &mut Report,
    action: &RoleAction,
    given: Given,
    reach: Reach,
) {
    for statement in &context.document.statements {
        let may_give = match given {
            Given::NotAction => statement.not_action.is_some(),
            Given::Name | Given::Pattern => statement.may_name(action.name),
        };
        let may_reach = statement.not_resource.is_some() == (reach == Reach::NotResource);
        if !may_give
            || !may_reach
            || statement.effect() != Some(Effect::Allow)
            || (action.is_scoped)(statement)
        {
            continue;
        }
        let Some(reached) = reached(statement, reach) else { continue };
        match given {
            Given::NotAction => not_action(context, report, statement, action, reached),
            Given::Name | Given::Pattern if statement.not_action.is_none() => {
                let is_pattern = given == Given::Pattern;
                for entry in statement.actions() {
                    if covers_action(entry.text, action.name)
                        && has_wildcard(entry.text) == is_pattern
                    {
                        entry_of_action(report, entry.string, action, is_pattern, reached);
                    }
                }
            }
            Given::Name | Given::Pattern => {}
        }
    }
}

/// What makes the statement reach all roles: words for it, and its place.
type Reached<'t> = (&'t str, Place);

fn reached<'t>(statement: &Statement<'t>, reach: Reach) -> Option<Reached<'t>> {
    match (reach, statement.not_resource) {
        (Reach::Star, None) => {
            let entry = statement.resources().find(|entry| is_broad(entry.text))?;
            Some((entry.text, entry.place()))
        }
        (Reach::NotResource, Some(element)) if statement.resource.is_none() => {
            element.strings().next()?;
            Some(("NotResource", element.place()))
        }
        _ => None,
    }
}

/// Whether the entry is a pattern for all roles, of an account or of all: no letter of a name stands in it.
fn is_broad(resource: &str) -> bool {
    let has_only = |text: &str, allowed: &[u8]| {
        !text.is_empty() && text.bytes().all(|byte| allowed.contains(&byte))
    };
    let role = || {
        let [.., resource] = split_fields(resource)?;
        Some(resource.strip_prefix("role/").unwrap_or(resource))
    };
    // Nearly every entry ends with a letter of a name.
    resource.ends_with(['*', '?', '/'])
        && (has_only(resource, b"*?") || role().is_some_and(|role| has_only(role, b"*?/")))
}

fn entry_of_action(
    report: &mut Report,
    entry: Str,
    action: &RoleAction,
    is_pattern: bool,
    (by, place): Reached,
) {
    let RoleAction { name, does, or_else, .. } = action;
    let includes = if is_pattern {
        format!("{} includes {name}, which {does}", entry.text)
    } else {
        format!("{name} {does}")
    };
    let help = if is_pattern {
        format!("Name the actions that are needed, and give {name} for the ARNs of its roles only{or_else}.")
    } else {
        format!("Name the ARNs of the roles in Resource{or_else}.")
    };
    report.at(entry.place(), format_args!("{includes}. {}", whom(by))).and_at(place).help(help);
}

fn not_action(
    context: &Context,
    report: &mut Report,
    statement: &Statement,
    action: &RoleAction,
    (by, place): Reached,
) {
    let Some(element) = statement.not_action.filter(|_| statement.action.is_none()) else {
        return;
    };
    let is_taken_out = element.strings().any(|entry| covers_action(entry.text, action.name));
    if is_taken_out || element.strings().next().is_none() {
        return;
    }
    let RoleAction { name, does, .. } = action;
    let details =
        format_args!("NotAction does not take {name} out, and the action {does}. {}", whom(by));
    let finding = report.at(element.place(), details).and_at(place);
    finding.help(format_args!(
        "Take {name} out, and give it in a statement that names the ARNs of the roles."
    ));
    let edits = add_strings(context, element.value, &[name]);
    finding.fix(Fix::unsafe_(format!("Add {name} to NotAction"), edits));
}

fn whom(by: &str) -> String {
    match by {
        "NotResource" => "Through NotResource it reaches every role that is not listed.".to_owned(),
        by => format!("Through the resource {by} it reaches every role."),
    }
}
