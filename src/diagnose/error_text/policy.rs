//! The policy that was pasted beside a message which says that AWS does not take it.

use crate::json;
use crate::rules::PolicyKind;
use crate::text::LineIndex;
use crate::validate::{validate, Options};

/// What messages are called that tell of a mistake in a policy. In those behind the first it is that of a resource.
const OF_MISTAKES: [&str; 8] = [
    "POLICY_MALFORMED",
    "POLICY_NOT_JSON",
    "POLICY_PRINCIPAL_REFUSED",
    "POLICY_RESOURCE_REFUSED",
    "POLICY_ACTION_REFUSED",
    "POLICY_ACTION_WITHOUT_RESOURCE",
    "POLICY_CONDITION_REFUSED",
    "POLICY_OF_RESOURCE_REFUSED",
];

/// What is wrong with the policy in a text that has a message of this code, as a sentence behind another; empty when
/// there is none, or nothing is found in it.
pub(super) fn mistake(code: &str, text: &str) -> String {
    let Some(row) = OF_MISTAKES.iter().position(|of| *of == code) else { return String::new() };
    let start = text.find('{').unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    if !is_policy(rest) {
        return String::new();
    }
    let parsed = json::parse(rest);
    // Behind the policy the message may go on.
    let end = match (&parsed.root, parsed.problem.map(|syntax| syntax.problem)) {
        (Some(root), None | Some(json::Problem::ExpectedEnd)) => root.span.end,
        _ => rest.len(),
    };
    let policy = rest.get(..end).unwrap_or_default();
    let kind = match (policy.contains("sts:AssumeRole"), policy.contains("\"Principal\"")) {
        (true, true) => PolicyKind::RoleTrust,
        (false, true) if row > 0 => PolicyKind::Resource,
        _ => PolicyKind::Identity,
    };
    let options =
        Options { kind, resource_type: None, identity_policy: None, lone_surrogate: None };
    validate(policy, options, |_, found| {
        let error = found.iter().find(|finding| finding.finding_type.name() == "ERROR");
        let Some(error) = error else { return String::new() };
        let at = error.places.first().map_or(0, |place| place.span.start);
        let position = LineIndex::new(text).position(start + at);
        format!(
            " In the policy, line {}, column {}: {}",
            position.line,
            position.column + 1,
            error.details
        )
    })
}

fn is_policy(text: &str) -> bool {
    text.to_ascii_lowercase().contains("\"statement\"")
}
