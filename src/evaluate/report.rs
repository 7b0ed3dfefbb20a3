//! Puts the answer together: what came out, by which statements, and why.

use std::collections::BTreeSet;

use super::cases::Exact;
use super::gates::Gates;
use super::key_table::{KeyId, KeySet};
use super::principal::CallerKind;
use super::reason::{Has, Lack, Reason, StatementId};
use super::requirement::Requirement;
use super::scene::Scene;
use super::statement::{Hit, Statement};
use super::truth::{Keys, Truth};
use super::view::State;
use super::{Attached, Decision, Gate, Open, Outcome, Prepared, Verdict};
use crate::policy::Effect;
use crate::sort::{set, sort_by};

/// At most so many statements are named as near,
const MOST_NEAREST: usize = 3;
/// so many as undecided,
const MOST_UNDECIDED: usize = 20;
/// so many of the things that one lacks,
const MOST_LACKS: usize = 20;
/// and so many values of each.
const MOST_VALUES: usize = 20;
/// A value is told up to so many characters. No ARN is longer, and one text of a policy can decide many requests.
const LONGEST_SHOWN: usize = 2_048;
/// At most so many statements are named as those that decide: one is enough to know why, and the answers to many
/// requests would grow with the product of requests and statements.
const MOST_MATCHED: usize = 200;
/// At most so many keys are named on which an outcome depends; an open question says how many there are beyond.
const MOST_KEYS: usize = 100;

/// The answer for an action about which AWS asks no policy.
pub(super) fn free() -> Decision {
    Decision {
        verdict: Verdict::Allowed,
        possible: vec![Outcome::Allowed],
        depends_on: Vec::new(),
        matched: Some(Vec::new()),
        reasons: vec![Reason::NeedsNoPermission],
    }
}

/// The answer when one thing can come out.
pub(super) fn settled(
    prepared: &Prepared,
    scene: &Scene,
    hits: &[Hit],
    gates: &Gates,
    possible: &[Outcome],
) -> Decision {
    let verdict = Verdict::of(possible);
    let (matched, more) = matched(prepared, scene, hits, gates, verdict, |hit| hit.truth.is_true());
    let mut reasons: Vec<Reason> = match (&matched, verdict) {
        (Some(ids), Verdict::ExplicitDeny) => ids.iter().copied().map(Reason::Denies).collect(),
        (Some(ids), _) if ids.is_empty() && scene.needs_no_grant() => {
            vec![Reason::NeedsNoPermission]
        }
        (Some(ids), _) if ids.is_empty() && scene.is_past_resource_policy => {
            vec![Reason::OwnBucketPolicy]
        }
        // Only the root user is allowed what no statement allows.
        (Some(ids), _) if ids.is_empty() => vec![Reason::Root],
        (Some(ids), _) => ids.iter().copied().map(Reason::Allows).collect(),
        (None, _) => closed(prepared, scene, gates),
    };
    reasons.extend((more > 0).then_some(Reason::More(more)));
    Decision { verdict, possible: possible.to_vec(), depends_on: Vec::new(), matched, reasons }
}

/// The answer when several things can, or could before all cases were tried.
pub(super) fn unsettled(
    prepared: &Prepared,
    scene: &Scene,
    hits: &[Hit],
    gates: &Gates,
    open: &[Open],
    exact: Option<Exact>,
) -> Decision {
    let (possible, depends_on, ways) = match exact {
        Some(exact) => {
            let depends_on = first_keys(exact.depends_on.iter().map(String::as_str));
            (exact.possible, depends_on, exact.ways)
        }
        None => {
            let more = prepared.questions(scene, gates);
            let all = || open.iter().map(|open| &open.keys).chain([&more]);
            let ids = KeySet::new(&prepared.keys, all().flat_map(|keys| &keys.ids).copied());
            let names = ids.iter().map(|key| scene.view.get(key).1);
            let questions: BTreeSet<&str> = set(all().flat_map(|keys| &keys.questions).copied());
            (gates.outcomes(scene), first_keys(names.chain(questions)), Vec::new())
        }
    };
    let verdict = Verdict::of(&possible);
    // Whatever the keys are, one of the statements that may match does.
    let (matched, _) = matched(prepared, scene, hits, gates, verdict, Hit::is_possible);
    let mut reasons = Vec::new();
    match verdict {
        Verdict::Depends => {
            let told = |way: Vec<Requirement>| way.into_iter().map(told).collect();
            reasons.extend(ways.into_iter().map(|way| Reason::AllowedIf(told(way))));
        }
        // Whether a statement denies it or not, one layer does not allow it.
        Verdict::Denied if gates.grant(scene).is_false() => {
            reasons.extend(closed(prepared, scene, gates));
        }
        _ => {}
    }
    for open in open.iter().take(MOST_UNDECIDED) {
        let Some(statement) = id(prepared, open.index) else { continue };
        let (_, lacks) = lacks(open.statement, scene, Truth::Unknown, MOST_LACKS);
        let is_deny = open.statement.effect == Effect::Deny;
        reasons.push(Reason::Undecided { statement, is_deny, lacks });
    }
    reasons.extend(gates.is_scp_unbound(scene).then_some(Reason::MayBeServiceLinked));
    reasons.extend(prepared.open_gates(scene).map(|gate| Reason::NotSupplied { gate }));
    Decision { verdict, possible, depends_on, matched, reasons }
}

/// The first of the keys in their order, and how many there are beyond. Each comes once.
fn first_keys<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<String> {
    let (mut first, mut more) = (BTreeSet::new(), 0);
    for key in keys {
        if first.len() == MOST_KEYS {
            more += 1;
            if first.last().is_some_and(|last| *last < key) {
                continue;
            }
            first.pop_last();
        }
        first.insert(key);
    }
    let more = (more > 0).then(|| format!("?{more}-more"));
    first.into_iter().map(str::to_owned).chain(more).collect()
}

/// The statement with this index among all.
fn id(prepared: &Prepared, index: usize) -> Option<StatementId> {
    let mut rest = index;
    for attached in &prepared.attached {
        if rest < attached.statements.len() {
            return Some(attached.id(rest));
        }
        rest -= attached.statements.len();
    }
    None
}

/// The statements that decide, and how many there are beyond those that are named.
fn matched(
    prepared: &Prepared,
    scene: &Scene,
    hits: &[Hit],
    gates: &Gates,
    verdict: Verdict,
    counts: impl Fn(&Hit) -> bool,
) -> (Option<Vec<StatementId>>, usize) {
    let effect = match verdict {
        Verdict::Allowed => Effect::Allow,
        Verdict::ExplicitDeny => Effect::Deny,
        Verdict::ImplicitDeny | Verdict::Denied | Verdict::Depends => return (None, 0),
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
    let (mut ids, mut more) = (Vec::new(), 0);
    let mut rest = hits.iter();
    for attached in &prepared.attached {
        for (statement, (written, hit)) in attached.statements.iter().zip(rest.by_ref()).enumerate()
        {
            if written.effect != effect || !counts(hit) || !carries(attached, hit) {
                continue;
            }
            match ids.len() < MOST_MATCHED {
                true => ids.push(attached.id(statement)),
                false => more += 1,
            }
        }
    }
    (Some(ids), more)
}

/// The first layer that does not allow it, and the statements of it that come nearest.
fn closed(prepared: &Prepared, scene: &Scene, gates: &Gates) -> Vec<Reason> {
    if scene.is_refused {
        return vec![Reason::RootRefused];
    }
    let gate = closed_gate(scene, gates);
    let mut near = Vec::new();
    for attached in prepared.attached.iter().filter(|attached| attached.gate == gate) {
        for (statement, written) in attached.statements.iter().enumerate() {
            if written.effect == Effect::Allow && written.action_matches(&scene.action) {
                let (distance, _) = lacks(written, scene, Truth::False, 0);
                // A statement of another level of an organization may match and not be enough.
                if distance.parts > 0 {
                    near.push((distance, attached, statement));
                }
            }
        }
    }
    sort_by(&mut near, &|(a, _, _), (b, _, _)| a.cmp(b));
    let nearest = near.into_iter().take(MOST_NEAREST).filter_map(|(_, attached, statement)| {
        let written = attached.statements.get(statement)?;
        let (_, lacks) = lacks(written, scene, Truth::False, MOST_LACKS);
        let statement = attached.id(statement);
        Some(Reason::Nearest { statement, lacks })
    });
    std::iter::once(Reason::Closed { gate }).chain(nearest).collect()
}

fn closed_gate(scene: &Scene, gates: &Gates) -> Gate {
    // Where no single layer is sure to be closed, the first that is not sure to be open is named.
    let is_sure = gates.grant(scene).is_false();
    let is_open = |truth: Truth| if is_sure { !truth.is_false() } else { truth.is_true() };
    match scene.caller.kind {
        _ if is_open(gates.grant_behind_endpoint(scene)) => return Gate::Endpoint,
        CallerKind::Anonymous | CallerKind::Outsider => return Gate::Resource,
        CallerKind::Root
            if (scene.is_cross_account || scene.needs_resource_policy())
                && !is_open(gates.direct()) =>
        {
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

/// How far a statement is from matching.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    /// Whether more than conditions would have to change.
    is_far: bool,
    /// How many of its parts keep it from matching.
    parts: usize,
}

/// What keeps a statement whose action matches from matching: the parts with this truth, and the first of them.
fn lacks(statement: &Statement, scene: &Scene, truth: Truth, most: usize) -> (Distance, Vec<Lack>) {
    let mut keys = Keys::new();
    let (mut distance, mut lacks) = (Distance::default(), Vec::new());
    let mut add = |is_far: bool, lack: &dyn Fn() -> Lack| {
        distance.is_far |= is_far;
        distance.parts += 1;
        if lacks.len() < most {
            lacks.push(lack());
        }
    };
    if truth == Truth::Unknown && statement.binds(scene, &mut keys) == truth {
        add(true, &|| Lack::MayBeServiceLinked);
    }
    if statement.form(scene, &mut keys) == truth {
        add(true, &|| Lack::Malformed);
    }
    if statement.kinds(scene, &mut keys).all() == truth {
        add(true, &|| Lack::Principal);
    }
    if let Some(resources) = &statement.resources {
        if statement.resource_matches(scene, &mut keys) == truth {
            let is_negated = resources.is_negated;
            add(true, &|| Lack::Resource { wanted: first(resources.values), is_negated });
        }
    }
    for condition in &statement.conditions {
        if condition.truth(statement.effect, &scene.view, &mut keys) == truth {
            add(false, &|| Lack::Condition {
                operator: condition.operator.to_owned(),
                key: condition.key.to_owned(),
                wanted: first(condition.values),
                has: has(scene, condition.id, truth),
            });
        }
    }
    (distance, lacks)
}

fn has(scene: &Scene, key: KeyId, truth: Truth) -> Has {
    match scene.view.get(key).0 {
        State::One(value) => Has::Values(vec![shown(value)]),
        State::Many(values) => {
            Has::Values(values.iter().take(MOST_VALUES).map(|value| shown(value)).collect())
        }
        // Without a path it does not meet the condition, and it is not known to have none.
        State::Pathless(_) if truth == Truth::Unknown => Has::Unknown,
        State::Pathless(value) => Has::Values(vec![shown(value)]),
        State::Unknown | State::Present => Has::Unknown,
        State::Absent => Has::Absent,
    }
}

fn first(values: &[String]) -> Vec<String> {
    values.iter().take(MOST_VALUES).map(|value| shown(value)).collect()
}

/// What a key must be, with the beginnings of long values.
fn told(mut needed: Requirement) -> Requirement {
    for value in needed.one_of.iter_mut().chain(&mut needed.none_of) {
        if value.len() > LONGEST_SHOWN {
            *value = shown(value);
        }
    }
    needed
}

/// A text of a policy or a request; of a long one the beginning, and how much more there is.
fn shown(text: &str) -> String {
    let end = text.char_indices().nth(LONGEST_SHOWN).map(|(at, _)| at);
    match end.and_then(|end| text.split_at_checked(end)) {
        Some((start, rest)) => format!("{start}... ({} characters more)", rest.chars().count()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{first_keys, MOST_KEYS};

    #[test]
    fn the_first_keys_are_named_in_whatever_order_they_come_and_the_others_counted() {
        let all: Vec<String> = (0..MOST_KEYS + 3).map(|i| format!("aws:key-{i:03}")).collect();
        let mut first = all[..MOST_KEYS].to_vec();
        first.push("?3-more".to_owned());
        assert_eq!(first_keys(all.iter().map(String::as_str)), first);
        assert_eq!(first_keys(all.iter().rev().map(String::as_str)), first);
        assert_eq!(first_keys(all.iter().take(2).map(String::as_str)), all[..2]);
    }
}
