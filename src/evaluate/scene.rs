//! A request as the statements see it: taken apart once, with what follows from it.

use super::arn_pattern::fields;
use super::known::Known;
use super::principal::{self, Caller, CallerKind};
use super::request::Request;
use super::truth::Truth;
use super::view::View;
use super::{Gate, Prepared};
use crate::aws::catalog::Service;

/// What the root user of a bucket's account may do whatever the policy of the bucket says: only the policies of
/// organizations and VPC endpoints keep it from these calls.
///
/// Source: the S3 API reference, "DeleteBucketPolicy", read 2026-11.
const BUCKET_POLICY_CALLS: [&str; 3] = ["deletebucketpolicy", "getbucketpolicy", "putbucketpolicy"];

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
    pub has_scps: Truth,
    /// Whether resource control policies limit the request.
    has_rcps: Truth,
    /// Whether the policy of the resource has no say.
    pub is_past_resource_policy: bool,
    /// Whether AWS refuses the call to whoever makes it.
    pub is_refused: bool,
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
        let has_boundary = match (caller.has_identity(), prepared.has(Gate::Boundary)) {
            (false, _) => Truth::False,
            (true, true) => Truth::True,
            (true, false) if prepared.unknown.contains(&Gate::Boundary) => Truth::Unknown,
            (true, false) => Truth::False,
        };
        let is_outside = matches!(caller.kind, CallerKind::Anonymous | CallerKind::Outsider);
        // Only those who attached one need to ask whether the service takes part.
        let has_any_rcp = prepared.rcp_levels > 0 || prepared.unknown.contains(&Gate::Rcp);
        let is_call = |prefix: &str, names: &[&str]| {
            is_service(prefix)
                && action.as_ref().is_some_and(|action| names.contains(&action.name.as_str()))
        };
        let is_trust = is_service("sts") && is_of("iam", "role/");
        let is_cross_account = known
            .named_account
            .zip(caller.account)
            .is_some_and(|(resource, principal)| resource != principal);
        let is_root = caller.kind == CallerKind::Root;
        let is_about_bucket_policy = is_call("s3", &BUCKET_POLICY_CALLS);
        // Source: "Resource control policies in AWS KMS", KMS developer guide, and "Resources and entities not restricted by
        // RCPs", Organizations user guide, read 2026-11.
        let is_free_of_rcps = is_call("kms", &["retiregrant"])
            || is_trust && principal::is_service_linked(&request.resource);
        let has_rcps = has_any_rcp
            && !is_free_of_rcps
            && Service::find(service).is_some_and(Service::supports_resource_control_policies);
        let view = View::new(request, known.states(), &prepared.keys);
        let is_limited = caller.is_service_linked(&view).not();
        Scene {
            // Source: the STS API reference, "AssumeRole" and "AssumeRoot", read 2026-11.
            is_refused: is_root && (is_trust || is_call("sts", &["assumerole", "assumeroot"])),
            is_past_resource_policy: is_root && !is_cross_account && is_about_bucket_policy,
            resource,
            view,
            is_trust,
            is_key: is_service("kms") && is_of("kms", "key/"),
            is_cross_account,
            has_boundary,
            has_scps: Truth::from(!is_outside).and(is_limited),
            has_rcps: Truth::from(has_rcps).and(is_limited),
            action,
            caller,
        }
    }

    /// Whether identity policies, and the root user, count only if the policy of the resource names the account.
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
        !self.applies(gate).is_false()
            && (gate != Gate::Session || self.caller.may_have_session_policy())
    }

    /// Whether policies of the gate have a say.
    pub fn applies(&self, gate: Gate) -> Truth {
        match gate {
            Gate::Identity | Gate::Boundary | Gate::Session => self.caller.has_identity().into(),
            Gate::Resource => Truth::from(!self.is_past_resource_policy),
            Gate::Endpoint => Truth::True,
            Gate::Scp => self.has_scps,
            Gate::Rcp => self.has_rcps,
        }
    }
}
