//! The edit that makes a policy one of version 2012-10-17.

use crate::aws::nearest;
use crate::document::DOCUMENT_ELEMENTS;
use crate::edit::Edit;
use crate::json::{quote, Member};
use crate::rules::variable::places_of_variables::is_refused_with_variables;
use crate::rules::Context;

/// The version with policy variables.
pub(in crate::rules) const VERSION_2012: &str = "2012-10-17";

/// Writes the `Version`, in place of the one that is there; `None` when that would bring mistakes to light that
/// somebody has to look at first.
pub(in crate::rules) fn set_version(context: &Context) -> Option<Edit> {
    let document = context.document;
    // Somebody who mends the spelling, too, would get the element twice.
    if document.members.iter().any(is_misspelt_version) || is_refused_with_variables(context) {
        return None;
    }
    let version = quote(VERSION_2012);
    if let Some(element) = document.version {
        return Some(Edit::replace(element.value.span, version));
    }
    document.root.as_object()?;
    let after_brace = document.root.span.start + 1;
    Some(match document.members.first() {
        None => Edit::insert(after_brace, format!("\"Version\": {version}")),
        Some(first) => {
            let start = first.span().start;
            let gap = context.text.get(after_brace..start).unwrap_or_default();
            let gap = if gap.contains('\n') { gap } else { " " };
            Edit::insert(start, format!("\"Version\": {version},{gap}"))
        }
    })
}

fn is_misspelt_version(member: &Member) -> bool {
    let name = member.key.text.as_ref();
    name != "Version" && nearest(name.trim(), DOCUMENT_ELEMENTS) == Some("Version")
}
