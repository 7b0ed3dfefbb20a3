//! Conditions that statements of several subjects have.

use std::collections::BTreeSet;

use super::super::draft::{one, when};
use super::super::name::escaped;
use super::{Scope, Targets};
use crate::policy::{Statement, Strings};

/// The tags that a node must have. Several keys must all match, of several values any.
pub(super) fn tag_conditions(statement: &mut Statement, scope: Scope, targets: &Targets) {
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
    let given: BTreeSet<_> = targets.tags.iter().map(|(key, _)| small(key)).collect();
    let of_caller: BTreeSet<_> = targets.principal_tags.iter().map(|key| small(key)).collect();
    let is_twice = |key: &str| given.contains(&small(key)) && of_caller.contains(&small(key));
    for (key, values) in &targets.tags {
        // The guide compares with StringLike.
        let like = is_guide || is_twice(key);
        let text = |value: &&str| if like { escaped(value) } else { dollar_escaped(value) };
        tag(like, key, values.iter().map(text).collect());
    }
    for key in &targets.principal_tags {
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
