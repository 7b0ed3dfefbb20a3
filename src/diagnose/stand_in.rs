//! What stands in for what nobody gave: in requests values of the table, and in what people are told words.

use super::question::Question;
use super::template::fill;
use super::want::{Assignment, KEY_ACCOUNT};

impl Question<'_> {
    /// The resource as people are told of it, and the values that they would not know: the table's, or its requester's.
    pub(super) fn shown(&self, assignment: &Assignment) -> (String, Vec<(String, String)>) {
        let Question { facts, request, .. } = *self;
        let value = |name: &str| self.value(assignment, name);
        let word = |name: &str| {
            let is_given = !facts.is_open(name) || assignment.contains_key(name);
            match (is_given || name == KEY_ACCOUNT) && !matches!(name, "SessionId" | "AnyKey") {
                true => value(name),
                false => Some(format!("<{}>", words(name))),
            }
        };
        let resource = facts.resource(request, &word);
        let mut stand_ins = Vec::new();
        for (_, text) in &request.context {
            stand_ins.push((fill(text, &value), fill(text, &word)));
        }
        for (key, value) in self.requester().iter().flat_map(|requester| &requester.context) {
            let name = key.rsplit(':').next().unwrap_or(key);
            stand_ins.push(((*value).to_owned(), format!("<{}>", words(name))));
        }
        stand_ins.retain(|(value, shown)| value != shown);
        (resource, stand_ins)
    }
}

/// `instance ID` for `InstanceId`.
pub(super) fn words(name: &str) -> String {
    let mut words = String::new();
    for (i, c) in name.char_indices() {
        if i > 0 && c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    match words.strip_suffix(" id") {
        Some(before) => format!("{before} ID"),
        None => words,
    }
}
