//! Conditions that statements of several subjects have.

use super::super::draft::{one, when};
use super::super::name::escaped;
use super::{Scope, Targets};
use crate::policy::{Statement, Strings};
use crate::sort::set;

/// The statement for nodes with the tags that they must have: several keys must all match, of several values any. Where
/// any one of several tags is enough, a statement for each of those.
pub(super) fn on_tagged(statement: Statement, scope: Scope, targets: &Targets) -> Vec<Statement> {
    let mut alternatives = vec![targets.tags.clone()];
    if !targets.any_tags.is_empty() {
        let with = |tag: &_| targets.tags.iter().chain([tag]).cloned().collect();
        alternatives = targets.any_tags.iter().map(with).collect();
    }
    let of = |(i, tags): (usize, Vec<_>)| {
        let mut of = statement.clone();
        of.sid = of.sid.map(|sid| numbered(&sid, i));
        tag_conditions(&mut of, scope, &tags, &targets.principal_tags);
        of
    };
    alternatives.into_iter().enumerate().map(of).collect()
}

/// A Sid for each of several statements.
pub(super) fn numbered(sid: &str, i: usize) -> String {
    match i {
        0 => sid.to_owned(),
        i => format!("{sid}{}", i + 1),
    }
}

fn tag_conditions(
    statement: &mut Statement,
    scope: Scope,
    tags: &[(&str, Vec<&str>)],
    principal_tags: &[&str],
) {
    let is_guide = scope == Scope::Guide;
    let mut tag = |like: bool, key: &str, values: Vec<String>| {
        let operator = if like { "StringLike" } else { "StringEquals" };
        // The guide prints the older key.
        let prefix = if is_guide { "ssm:resourceTag/" } else { "aws:ResourceTag/" };
        let values = if is_guide { Strings::many(values) } else { Strings::one_or_many(values) };
        when(statement, operator, &format!("{prefix}{key}"), values);
    };
    // An operator takes a key once. Where a tag must have one of these values and the caller's too, the values, which
    // hold no wildcards, are compared by StringLike, and the caller's by StringEquals.
    let small = |key: &str| key.to_ascii_lowercase();
    let given = set(tags.iter().map(|(key, _)| small(key)));
    let of_caller = set(principal_tags.iter().map(|key| small(key)));
    let is_twice = |key: &str| given.contains(&small(key)) && of_caller.contains(&small(key));
    for (key, values) in tags {
        // The guide compares with StringLike.
        let like = is_guide || is_twice(key);
        let text = |value: &&str| if like { escaped(value) } else { dollar_escaped(value) };
        tag(like, key, values.iter().map(text).collect());
    }
    for key in principal_tags {
        let like = is_guide && !is_twice(key);
        tag(like, key, vec![format!("${{aws:PrincipalTag/{key}}}")]);
    }
}

/// StringEquals knows no wildcards, but variables.
fn dollar_escaped(value: &str) -> String {
    value.replace('$', "${$}")
}

/// Only requests that Fleet Manager makes for the person, so that no other tunnel is opened.
pub(super) fn only_from_fleet_manager(statement: &mut Statement) {
    when(statement, "ForAnyValue:StringEquals", "aws:CalledVia", one(FLEET_MANAGER));
}

const FLEET_MANAGER: &str = "ssm-guiconnect.amazonaws.com";
