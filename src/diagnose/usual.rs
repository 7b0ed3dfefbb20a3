//! What is asked for where nobody says what is wanted.

use super::diagnosis::{diagnosed, CapabilityResult, Diagnosis, UnknownCapability, Works};
use super::reason::ReasonKind;
use super::role::{Documents, Field, Role};
use super::want::{Values, Want};
use crate::policy::{Effect, Who};
use crate::session::capabilities::{capabilities, Capability, ResourcePolicy, Side};
use crate::session::related::Trusted;

/// The capabilities of nodes by which policies seem to be a node's.
const OF_NODES: [&str; 1] = ["node.channel"];

/// Those of people.
const OF_PEOPLE: [&str; 3] =
    ["operator.start-shell-nodoc", "operator.start-shell-doc", "operator.history"];

const TRUST: Field = Field::Resource(ResourcePolicy::Trust);

/// Says what the policies of a role let Session Manager do of that for which people use it, on the side that the trust
/// policy tells, and otherwise on that whose policies they seem to be. A node's trust policy is asked as well, for the
/// kind of node to which it comes nearest.
///
/// # Errors
/// None; the answer has the shape of that for wants that somebody names.
pub fn diagnose_usual(documents: &Documents) -> Result<Diagnosis, UnknownCapability> {
    let role = Role::read(documents);
    let (told, trust) = (told(&role), role.has(TRUST));
    let is_telling = |it: &&Capability| {
        let is_of_side = OF_NODES.contains(&it.id) || OF_PEOPLE.contains(&it.id);
        told.is_none() && is_of_side || trust && it.side == Side::Trust
    };
    let telling = diagnosed(&role, &wants(capabilities().iter().filter(is_telling)))?.capabilities;
    let side = told.or_else(|| likely(&telling));
    let asked = side.unwrap_or(Side::Node);
    let trusts = telling.iter().filter(|it| it.id.starts_with(Side::Trust.name()));
    let nearest = trusts.min_by_key(|it| it.result).filter(|_| asked == Side::Node);
    let is_asked = |it: &&Capability| {
        it.is_usual && it.side == asked || nearest.is_some_and(|trust| trust.id == it.id)
    };
    let mut diagnosis = diagnosed(&role, &wants(capabilities().iter().filter(is_asked)))?;
    if told.is_none() {
        let (asked, other) = match asked {
            Side::Operator => ("people's", "a node"),
            _ => ("a node's", "people"),
        };
        diagnosis.assumptions.insert(
            0,
            format!(
                "No trust policy tells whether the role is a node's or people's: it is asked as {asked}. Name wants to ask \
                 about {other}."
            ),
        );
    }
    Ok(Diagnosis { side, ..diagnosis })
}

fn wants<'c>(capabilities: impl Iterator<Item = &'c Capability>) -> Vec<Want> {
    let want = |it: &Capability| Want { capability: it.id.to_owned(), values: Values::new() };
    capabilities.map(want).collect()
}

/// Whose role it is, by who may assume it; `None` where both may, or neither.
fn told(role: &Role) -> Option<Side> {
    let statements = role.policy(TRUST).map(|policy| policy.statements.as_slice());
    let statements = statements.unwrap_or_default().iter();
    let allowed = statements.filter(|statement| statement.effect == Effect::Allow);
    let (mut is_of_node, mut is_of_people) = (false, false);
    for principal in allowed.filter_map(|statement| statement.principal.as_ref()) {
        let Who::Listed(listed) = &principal.who else {
            is_of_people = true;
            continue;
        };
        for (kind, names) in listed {
            match kind.as_str() {
                "Service" => {
                    is_of_node |= names.as_slice().iter().any(|name| Trusted::is_service(name));
                }
                "AWS" | "Federated" => is_of_people = true,
                _ => {}
            }
        }
    }
    match (is_of_node, is_of_people) {
        (true, false) => Some(Side::Node),
        (false, true) => Some(Side::Operator),
        _ => None,
    }
}

/// Whose they seem to be: those of which something works, or comes near to it.
fn likely(telling: &[CapabilityResult]) -> Option<Side> {
    let works = |ids: &[&str]| {
        telling.iter().any(|it| ids.contains(&it.id.as_str()) && it.result != Works::Fails)
    };
    let is_near = |ids: &[&str]| {
        let mut of_side = telling.iter().filter(|it| ids.contains(&it.id.as_str()));
        of_side.any(|it| it.reasons.iter().any(|reason| reason.kind == ReasonKind::Nearest))
    };
    if works(&OF_NODES) {
        return Some(Side::Node);
    }
    let is_of_people = works(&OF_PEOPLE) || is_near(&OF_PEOPLE) && !is_near(&OF_NODES);
    is_of_people.then_some(Side::Operator)
}
