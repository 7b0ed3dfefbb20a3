//! What is asked for where nobody says what is wanted.

use super::diagnosis::{diagnosed, Diagnosis, UnknownCapability};
use super::role::{Documents, Field, Role};
use super::want::{Values, Want};
use crate::policy::{Effect, Who};
use crate::session::capabilities::{capabilities, ResourcePolicy, Side};
use crate::session::related::Trusted;

/// Says what the policies of a role let Session Manager do of that for which people use it: on the side that the trust
/// policy tells, and on both where none does.
///
/// # Errors
/// None; the answer has the shape of that for wants that somebody names.
pub fn diagnose_usual(documents: &Documents) -> Result<Diagnosis, UnknownCapability> {
    let role = Role::read(documents);
    let sides = sides(&role);
    let is_asked = |side: &Side| sides.is_empty() || sides.contains(side);
    let usual = capabilities().iter().filter(|it| it.is_usual && is_asked(&it.side));
    let wants: Vec<Want> =
        usual.map(|it| Want { capability: it.id.to_owned(), values: Values::new() }).collect();
    diagnosed(role, &wants)
}

/// Whose role it is, by who may assume it.
fn sides(role: &Role) -> Vec<Side> {
    let trust = role.policy(Field::Resource(ResourcePolicy::Trust));
    let statements = trust.map(|policy| policy.statements.as_slice()).unwrap_or_default();
    let allowed = statements.iter().filter(|statement| statement.effect == Effect::Allow);
    let mut sides = Vec::new();
    for principal in allowed.filter_map(|statement| statement.principal.as_ref()) {
        let Who::Listed(listed) = &principal.who else {
            sides.push(Side::Operator);
            continue;
        };
        for (kind, names) in listed {
            match kind.as_str() {
                "Service" if names.as_slice().iter().any(|name| Trusted::is_service(name)) => {
                    sides.push(Side::Node);
                }
                "AWS" | "Federated" => sides.push(Side::Operator),
                _ => {}
            }
        }
    }
    sides
}
