//! A request as the statements see it: taken apart once, with what follows from it.

use super::arn_pattern::fields;
use super::known::Known;
use super::principal::{Caller, CallerKind};
use super::request::Request;
use super::truth::Truth;
use super::view::View;
use super::{Gate, Prepared};
use crate::aws::catalog::Service;

/// The action of a request.
#[derive(Clone, Debug)]
pub(super) struct Action<'r> {
    pub service: &'r str,
    /// In lower case.
    pub name: String,
}

impl<'r> Action<'r> {
    /// `None` for a text that is no action.
    pub fn parse(text: &'r str) -> Option<Self> {
        let (service, name) = text.split_once(':')?;
        Some(Action { service, name: name.to_ascii_lowercase() })
    }
}

/// A request, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Scene<'r> {
    pub caller: Caller<'r>,
    /// `None` for a text that is no action.
    pub action: Option<Action<'r>>,
    /// The resource at its first five colons; `None` for `*`.
    pub resource: Option<([&'r str; 5], &'r str)>,
    pub view: View<'r>,
    /// Whether a role is assumed, so that the policy of the resource is a trust policy.
    pub is_trust: bool,
    /// Whether the resource is a KMS key.
    pub is_key: bool,
    /// Whether the resource belongs to another account than the principal.
    pub is_cross_account: bool,
    /// Whether the principal has a permissions boundary.
    pub has_boundary: Truth,
    /// Whether service control policies limit the principal.
    pub has_scps: bool,
    /// Whether resource control policies limit the request.
    pub has_rcps: bool,
}

impl<'r> Scene<'r> {
    pub fn new(prepared: &Prepared, request: &'r Request<'r>, known: &'r Known<'r>) -> Self {
        let caller = known.caller;
        let action = Action::parse(&request.action);
        let service = action.as_ref().map_or("", |action| action.service);
        let resource = fields(&request.resource);
        let is_of = |name: &str, start: &str| {
            resource.is_some_and(|([_, _, service, ..], rest)| {
                service == name && rest.starts_with(start)
            })
        };
        let is_service = |name: &str| service.eq_ignore_ascii_case(name);
        let has_boundary = match (caller.has_identity(), &prepared.policies.boundary) {
            (false, _) => Truth::False,
            (true, Some(_)) => Truth::True,
            (true, None) if prepared.unknown.contains(&Gate::Boundary) => Truth::Unknown,
            (true, None) => Truth::False,
        };
        let is_outside = matches!(caller.kind, CallerKind::Anonymous | CallerKind::Outsider);
        // Only those who attached one need to ask whether the service takes part.
        let has_any_rcp =
            !prepared.policies.rcps.is_empty() || prepared.unknown.contains(&Gate::Rcp);
        Scene {
            action,
            resource,
            view: View::new(request, known.states(), &prepared.keys),
            is_trust: is_service("sts") && is_of("iam", "role/"),
            is_key: is_service("kms") && is_of("kms", "key/"),
            is_cross_account: known
                .named_account
                .zip(caller.account)
                .is_some_and(|(resource, principal)| resource != principal),
            has_boundary,
            has_scps: !is_outside && !caller.is_service_linked(),
            has_rcps: has_any_rcp
                && !caller.is_service_linked()
                && Service::find(service).is_some_and(Service::supports_resource_control_policies),
            caller,
        }
    }

    /// Whether identity policies count only if the policy of the resource names the account.
    pub fn needs_resource_policy(&self) -> bool {
        self.is_key || self.is_trust
    }

    /// Whether AWS carries it out whatever the policies say.
    ///
    /// Source: the STS API reference, "GetCallerIdentity", read 2026-11.
    pub fn is_free(&self) -> bool {
        self.caller.kind != CallerKind::Anonymous && self.is_sts("getcalleridentity")
    }

    /// Whether it needs no Allow.
    ///
    /// Source: "Permissions for GetSessionToken", IAM user guide, read 2026-11; only users and the root user call it.
    pub fn needs_no_grant(&self) -> bool {
        matches!(self.caller.kind, CallerKind::User | CallerKind::Root)
            && self.is_sts("getsessiontoken")
    }

    fn is_sts(&self, name: &str) -> bool {
        let action = self.action.as_ref();
        action.is_some_and(|a| a.service.eq_ignore_ascii_case("sts") && a.name == name)
    }

    /// Whether there may be policies of the gate that nobody has supplied.
    pub fn may_have(&self, gate: Gate) -> bool {
        self.applies(gate) && (gate != Gate::Session || self.caller.may_have_session_policy())
    }

    /// Whether policies of the gate have a say.
    pub fn applies(&self, gate: Gate) -> bool {
        match gate {
            Gate::Identity | Gate::Boundary | Gate::Session => self.caller.has_identity(),
            Gate::Resource | Gate::Endpoint => true,
            Gate::Scp => self.has_scps,
            Gate::Rcp => self.has_rcps,
        }
    }
}
