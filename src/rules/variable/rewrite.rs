//! Writes some variables of a text anew.

use crate::aws::{variables, Variable};

/// The text with what `write` gives in place of each variable that it gives something for.
pub(in crate::rules) fn rewrite(text: &str, write: impl Fn(&Variable) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for variable in variables(text) {
        let Some(new) = write(&variable) else { continue };
        out.push_str(text.get(at..variable.range.start).unwrap_or_default());
        out.push_str(&new);
        at = variable.range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
