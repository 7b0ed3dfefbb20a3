//! The edits that take a member out of an object.

use crate::edit::Edit;
use crate::json::{removal, Node};

/// Takes the members of that name away; no edits when there is none.
pub(in crate::rules) fn remove_member(object: &Node, name: &str) -> Vec<Edit> {
    let members = object.as_object().unwrap_or_default();
    let Some(i) = members.iter().position(|member| member.key.text == name) else {
        return Vec::new();
    };
    removal(object, &[i]).into_iter().map(Edit::remove).collect()
}
