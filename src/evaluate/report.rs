//! Puts the answer together: what came out, by which statements, and why.

use std::borrow::Cow;

use super::cases::Exact;
use super::gates::Gates;
use super::principal::CallerKind;
use super::reason::{Has, Lack, Reason, StatementName};
use super::request::{ContextValue, Request};
use super::scene::Scene;
use super::statement::{Hit, Statement};
use super::truth::{Keys, Truth};
use super::{Attached, Decision, Gate, Open, Outcome, Prepared, Verdict};
use crate::policy::Effect;

/// At most so many statements are named as near,
const MOST_NEAREST: usize = 3;
/// so many as undecided,
const MOST_UNDECIDED: usize = 20;
/// and so many values of each.
const MOST_VALUES: usize = 20;

/// The answer when one thing can come out.
pub(super) fn settled(
    prepared: &Prepared,
    request: &Request,
    scene: &Scene,
    hits: &[Hit],
    gates: &Gates,
    possible: &[Outcome],
) -> Decision {
    let verdict = Verdict::of(possible);
    let matched = matched(prepared, scene, hits, gates, verdict, |hit| hit.truth.is_true());
    let reasons = match (&matched, verdict) {
        (Some(names), Verdict::ExplicitDeny) => names.iter().cloned().map(Reason::Denies).collect(),
        (Some(names), _) => names.iter().cloned().map(Reason::Allows).collect(),
        (None, _) => closed(prepared, request, scene, gates),
    };
    Decision { verdict, possible: possible.to_vec(), depends_on: Vec::new(), matched, reasons }
}

/// The answer when several things can, or could before all cases were tried.
pub(super) fn unsettled(
    prepared: &Prepared,
    request: &Request,
    scene: &Scene,
    hits: &[Hit],
    gates: &Gates,
    open: &[Open],
    exact: Option<Exact>,
) -> Decision {
    let exact = exact.unwrap_or_else(|| Exact {
        possible: gates.outcomes(scene),
        depends_on: {
            let keys = open.iter().flat_map(|open| open.keys.iter().copied());
            let layers = prepared.open_gates(scene).map(|gate| gate.open_question(scene));
            keys.chain(layers).map(str::to_owned).collect()
        },
        ways: Vec::new(),
    });
    let verdict = Verdict::of(&exact.possible);
    // Whatever the keys are, one of the statements that may match does.
    let matched = matched(prepared, scene, hits, gates, verdict, Hit::is_possible);
    let mut reasons = Vec::new();
    if verdict == Verdict::Depends {
        reasons.extend(exact.ways.into_iter().map(Reason::AllowedIf));
    }
    for open in open.iter().take(MOST_UNDECIDED) {
        let Some(statement) = name(prepared, open.index) else { continue };
        let lacks = lacks(open.statement, request, scene, Truth::Unknown);
        let is_deny = open.statement.effect == Effect::Deny;
        reasons.push(Reason::Undecided { statement, is_deny, lacks });
    }
    reasons.extend(prepared.open_gates(scene).map(|gate| Reason::NotSupplied { gate }));
    Decision {
        verdict,
        possible: exact.possible,
        depends_on: exact.depends_on.into_iter().collect(),
        matched,
        reasons,
    }
}

/// The statement with this index among all.
fn name(prepared: &Prepared, index: usize) -> Option<StatementName> {
    let mut rest = index;
    for attached in &prepared.attached {
        if rest < attached.statements.len() {
            return Some(StatementName { policy: attached.name.clone(), statement: rest });
        }
        rest -= attached.statements.len();
    }
    None
}

fn matched(
    prepared: &Prepared,
    scene: &Scene,
    hits: &[Hit],
    gates: &Gates,
    verdict: Verdict,
    counts: impl Fn(&Hit) -> bool,
) -> Option<Vec<StatementName>> {
    let effect = match verdict {
        Verdict::Allowed => Effect::Allow,
        Verdict::ExplicitDeny => Effect::Deny,
        Verdict::ImplicitDeny | Verdict::Denied | Verdict::Depends => return None,
    };
    // The policy of a resource that names the account alone lets the principal's own policies count.
    let account_counts = scene.is_cross_account
        || (scene.needs_resource_policy() && !gates.direct().or(gates.by_role()).is_true());
    let carries = |attached: &Attached, hit: &Hit| match (effect, attached.gate) {
        (Effect::Deny, _) => true,
        (_, Gate::Identity) => true,
        (_, Gate::Resource) => {
            let kinds = hit.kinds;
            let own = kinds.exact.or(kinds.any).or(kinds.role).or(kinds.user);
            own != Truth::False || account_counts
        }
        _ => false,
    };
    let mut names = Vec::new();
    let mut rest = hits.iter();
    for attached in &prepared.attached {
        for (statement, (written, hit)) in attached.statements.iter().zip(rest.by_ref()).enumerate()
        {
            if written.effect == effect && counts(hit) && carries(attached, hit) {
                names.push(StatementName { policy: attached.name.clone(), statement });
            }
        }
    }
    Some(names)
}

/// The first layer that does not allow it, and the statements of it that come nearest.
fn closed(prepared: &Prepared, request: &Request, scene: &Scene, gates: &Gates) -> Vec<Reason> {
    let gate = closed_gate(scene, gates);
    let mut near = Vec::new();
    for attached in prepared.attached.iter().filter(|attached| attached.gate == gate) {
        for (statement, written) in attached.statements.iter().enumerate() {
            if written.effect == Effect::Allow && written.action_matches(scene) {
                let lacks = lacks(written, request, scene, Truth::False);
                let name = (attached, statement);
                let is_far = lacks.iter().any(|lack| !matches!(lack, Lack::Condition { .. }));
                // A statement of another level of an organization may match and not be enough.
                if !lacks.is_empty() {
                    near.push(((is_far, lacks.len()), name, lacks));
                }
            }
        }
    }
    near.sort_by_key(|(distance, _, _)| *distance);
    let nearest = near.into_iter().take(MOST_NEAREST).map(|(_, (attached, statement), lacks)| {
        let statement = StatementName { policy: attached.name.clone(), statement };
        Reason::Nearest { statement, lacks }
    });
    std::iter::once(Reason::Closed { gate }).chain(nearest).collect()
}

fn closed_gate(scene: &Scene, gates: &Gates) -> Gate {
    let is_open = |truth: Truth| truth.is_true();
    match scene.caller.kind {
        CallerKind::Anonymous | CallerKind::Outsider => return Gate::Resource,
        CallerKind::Root if scene.is_cross_account && !is_open(gates.direct()) => {
            return Gate::Resource
        }
        CallerKind::Root => return Gate::Scp,
        _ => {}
    }
    let is_limited = scene.is_cross_account || !is_open(gates.direct());
    let named = gates.direct().or(gates.by_role());
    let needs_resource = scene.is_cross_account || scene.needs_resource_policy();
    let (needs_identity, is_granted) = match scene.is_cross_account {
        true => (true, gates.resource.all()),
        false => (!is_open(named), named.or(gates.resource.account)),
    };
    if needs_identity && !is_open(gates.identity) {
        Gate::Identity
    } else if needs_resource && !is_open(is_granted) {
        Gate::Resource
    } else if is_limited && !is_open(gates.boundary) {
        Gate::Boundary
    } else if is_limited && !is_open(gates.session) {
        Gate::Session
    } else {
        Gate::Scp
    }
}

/// What keeps a statement whose action matches from matching: the parts with this truth.
fn lacks(statement: &Statement, request: &Request, scene: &Scene, truth: Truth) -> Vec<Lack> {
    let mut keys = Keys::new();
    let mut lacks = Vec::new();
    if statement.form(scene, &mut keys) == truth {
        lacks.push(Lack::Malformed);
    }
    if statement.kinds(scene, &mut keys).all() == truth {
        lacks.push(Lack::Principal);
    }
    if let Some(resources) = &statement.resources {
        if statement.resource_matches(scene, &mut keys) == truth {
            let wanted = first(resources.values);
            lacks.push(Lack::Resource { wanted, is_negated: resources.is_negated });
        }
    }
    for condition in &statement.conditions {
        if condition.truth(statement.effect, &scene.view, &mut keys) == truth {
            lacks.push(Lack::Condition {
                operator: condition.operator.to_owned(),
                key: condition.key.to_owned(),
                wanted: first(condition.values),
                has: has(request, condition.key),
            });
        }
    }
    lacks
}

fn has(request: &Request, key: &str) -> Has {
    let is_it = |spelt: &Cow<str>| spelt.eq_ignore_ascii_case(key);
    let known = request.context.iter().find(|(spelt, _)| is_it(spelt));
    match known.map(|(_, value)| value) {
        Some(ContextValue::One(value)) => Has::Values(vec![value.to_string()]),
        Some(ContextValue::Many(values)) if !values.is_empty() => {
            Has::Values(values.iter().take(MOST_VALUES).map(Cow::to_string).collect())
        }
        None if request.unknown.iter().any(is_it) => Has::Unknown,
        _ => Has::Absent,
    }
}

fn first(values: &[String]) -> Vec<String> {
    values.iter().take(MOST_VALUES).cloned().collect()
}
