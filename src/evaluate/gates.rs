//! How the layers are put together: which of them allow, whether one denies, and what follows.

use super::principal::{CallerKind, Kinds, Naming};
use super::scene::Scene;
use super::statement::Hit;
use super::truth::Truth;
use super::{Gate, Outcome, Prepared};
use crate::policy::Effect;

/// What the layers say to a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gates {
    pub deny: Truth,
    pub identity: Truth,
    pub boundary: Truth,
    pub session: Truth,
    pub scp: Truth,
    pub endpoint: Truth,
    /// How Allows of the resource's policy name the caller.
    pub resource: Kinds,
}

impl Gates {
    /// `hits` are those of all statements, policy by policy.
    pub fn new(prepared: &Prepared, scene: &Scene, hits: &[Hit]) -> Self {
        let unknown: Vec<Gate> = prepared.open_gates(scene).collect();
        let open = |gate| if unknown.contains(&gate) { Truth::Unknown } else { Truth::False };
        let absent = |gate| if unknown.contains(&gate) { Truth::Unknown } else { Truth::True };
        let mut gates = Gates {
            // A policy that nobody has seen may deny, too.
            deny: if unknown.is_empty() { Truth::False } else { Truth::Unknown },
            identity: open(Gate::Identity),
            boundary: match prepared.has(Gate::Boundary) {
                true => Truth::False,
                false => absent(Gate::Boundary),
            },
            session: match prepared.has(Gate::Session) {
                true => Truth::False,
                // GetFederationToken without a policy gives no permissions.
                false if scene.caller.kind == CallerKind::FederatedUser => open(Gate::Session),
                false => absent(Gate::Session),
            },
            scp: Truth::True,
            endpoint: match prepared.has(Gate::Endpoint) {
                true => Truth::False,
                false => absent(Gate::Endpoint),
            },
            resource: match open(Gate::Resource) {
                Truth::Unknown => ALL_UNKNOWN,
                _ => Kinds::NONE,
            },
        };
        let mut levels = vec![Truth::False; prepared.scp_levels];
        let statements = prepared.attached.iter().flat_map(|attached| {
            attached.statements.iter().map(move |statement| (attached, statement))
        });
        for ((attached, statement), hit) in statements.zip(hits) {
            let truth = hit.truth;
            match (statement.effect, attached.gate) {
                (Effect::Deny, _) => gates.deny = gates.deny.or(truth),
                (_, Gate::Identity) => gates.identity = gates.identity.or(truth),
                (_, Gate::Boundary) => gates.boundary = gates.boundary.or(truth),
                (_, Gate::Session) => gates.session = gates.session.or(truth),
                (_, Gate::Endpoint) => gates.endpoint = gates.endpoint.or(truth),
                (_, Gate::Resource) => gates.resource = or(gates.resource, hit.kinds),
                (_, Gate::Scp) => {
                    if let Some(level) = levels.get_mut(attached.level) {
                        *level = level.or(truth);
                    }
                }
                // An Allow of a resource control policy grants nothing, and none is needed.
                (_, Gate::Rcp) => {}
            }
        }
        let supplied = levels.into_iter().fold(Truth::True, Truth::and);
        gates.scp = scene.has_scps.not().or(supplied.and(absent(Gate::Scp)));
        gates
    }

    /// The policy of the resource grants by itself, whatever the others say, but for an organization.
    pub fn direct(&self) -> Truth {
        self.resource.by(Naming::Caller)
    }

    /// It grants to the role or the user behind a session, which boundary and session policy still limit.
    pub fn by_role(&self) -> Truth {
        self.resource.by(Naming::Role)
    }

    /// Boundary and session policy together.
    pub fn limits(&self) -> Truth {
        self.boundary.and(self.session)
    }

    /// Whether it is let through the endpoint, and something grants it.
    pub fn grant(&self, scene: &Scene) -> Truth {
        match scene.needs_no_grant() {
            true => Truth::True,
            false => self.endpoint.and(self.grant_behind_endpoint(scene)),
        }
    }

    /// Whether something grants it, for a request that the endpoint lets through.
    pub fn grant_behind_endpoint(&self, scene: &Scene) -> Truth {
        let direct = self.direct();
        match scene.caller.kind {
            CallerKind::Anonymous => self.resource.any,
            CallerKind::Outsider => direct,
            CallerKind::Root if scene.is_refused => Truth::False,
            CallerKind::Root if scene.is_cross_account || scene.needs_resource_policy() => {
                direct.and(self.scp)
            }
            CallerKind::Root => self.scp,
            _ if scene.is_cross_account => {
                self.resource.all().and(self.identity).and(self.limits()).and(self.scp)
            }
            _ => {
                let identity = match scene.needs_resource_policy() {
                    true => self.identity.and(self.resource.account),
                    false => self.identity,
                };
                let limited = self.by_role().or(identity).and(self.limits());
                direct.or(limited).and(self.scp)
            }
        }
    }

    /// Whether it is not known that service control policies, which do not allow it, limit the role.
    pub fn is_scp_unbound(&self, scene: &Scene) -> bool {
        scene.has_scps == Truth::Unknown && self.scp == Truth::Unknown
    }

    /// What can come out, sorted.
    pub fn outcomes(&self, scene: &Scene) -> Vec<Outcome> {
        use Outcome::{Allowed, ExplicitDeny, ImplicitDeny};
        let grant = self.grant(scene);
        let mut outcomes = Vec::with_capacity(1);
        if !self.deny.is_true() && !grant.is_false() {
            outcomes.push(Allowed);
        }
        if !self.deny.is_false() {
            outcomes.push(ExplicitDeny);
        }
        if !self.deny.is_true() && !grant.is_true() {
            outcomes.push(ImplicitDeny);
        }
        outcomes
    }
}

const ALL_UNKNOWN: Kinds = Kinds {
    exact: Truth::Unknown,
    any: Truth::Unknown,
    role: Truth::Unknown,
    user: Truth::Unknown,
    account: Truth::Unknown,
};

fn or(a: Kinds, b: Kinds) -> Kinds {
    Kinds {
        exact: a.exact.or(b.exact),
        any: a.any.or(b.any),
        role: a.role.or(b.role),
        user: a.user.or(b.user),
        account: a.account.or(b.account),
    }
}
