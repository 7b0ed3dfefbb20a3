//! Puts the requests of a capability to the evaluator: who asks, with which keys, against which policies.
//!
//! Assumed, since a role's own policies do not tell: no session policy; a key policy that lets policies of the account
//! decide and a bucket policy that is not in the way, where none is given; calls by TLS, and not by way of another
//! service unless the table says so. Everything else that can occur and a policy asks for is unknown.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::layers::{Behind, Layers, Policies};
use super::paste::OwnerKind;
use super::role::{resources, Role};
use super::tag::{can_have_tag, tag_of_resource};
use super::template::fill;
use super::want::{is_key, Assignment, Scope, Table, ROLE};
use crate::aws::{split_fields, Arn, LONGEST_ARN};
use crate::evaluate::{self, can_occur, ContextValue, Decision, Gate, Verdict};
use crate::policy::Who;
use crate::session::capabilities::{Capability, Request, Side};
use crate::session::related::EndpointService;

/// The answer to one request of a capability.
#[derive(Clone, Debug)]
pub(super) struct Answer<'c> {
    pub(super) capability: &'c Capability,
    pub(super) request: &'c Request,
    /// The resource that was asked for, with words in angle brackets for what was not given.
    pub(super) resource: String,
    /// Values of the request that nobody gave, and the same with such words.
    pub(super) stand_ins: Vec<(String, String)>,
    pub(super) decision: Decision,
    pub(super) class: Class,
    /// Placeholders without a value on which the outcome depends, and values with which it is allowed.
    pub(super) open: Assignment,
}

/// What a decision comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Allowed,
    Depends,
    Denied,
}

impl Class {
    fn of(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Allowed => Class::Allowed,
            Verdict::Depends => Class::Depends,
            Verdict::ExplicitDeny | Verdict::ImplicitDeny | Verdict::Denied => Class::Denied,
        }
    }
}

/// At most so many ways to fill a request are tried: nobody names that many nodes one by one,
const MOST_ASSIGNMENTS: usize = 24;
/// and fewer where they would look at more than so many statements and condition keys in all.
const MOST_LOOKED_AT: usize = 4_800;

/// Keys that come with calls which a service makes for somebody.
const VIA: [&str; 4] =
    ["kms:ViaService", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"];
/// What the keys of an encryption context begin with.
const ENCRYPTION_CONTEXT: &str = "kms:EncryptionContext:";

/// Everything that is asked with, read once.
pub(super) struct Asker<'p> {
    table: &'p Table,
    role: &'p Role,
    /// Every ARN that a policy names, in fields, but for what is too long to be one.
    arns: Vec<[&'p str; 6]>,
    /// At most so many ways to fill a request are tried.
    most_assignments: usize,
    plain: Layers<'p>,
    key: Layers<'p>,
    bucket: Layers<'p>,
    trust: Layers<'p>,
    guard: Layers<'p>,
    behind: Vec<(Behind, Layers<'p>)>,
}

impl<'p> Asker<'p> {
    pub(super) fn new(table: &'p Table, role: &'p Role, policies: &'p Policies) -> Self {
        let mut arns = BTreeSet::new();
        let in_identity = policies.plain.identity.iter().map(|named| &named.policy);
        for policy in in_identity.chain(role.sources().map(|source| &source.policy)) {
            for statement in &policy.statements {
                let who = match statement.principal.as_ref().map(|principal| &principal.who) {
                    Some(Who::Listed(types)) => types.as_slice(),
                    _ => &[],
                };
                let named = who.iter().flat_map(|(_, names)| names.as_slice());
                arns.extend(named.filter(|name| name.starts_with("arn:")).map(String::as_str));
                let values = statement.condition.entries();
                let values = values.flat_map(|(_, _, strings)| strings.as_slice());
                for text in resources(statement).iter().chain(values) {
                    if text.starts_with("arn:") && text.len() <= LONGEST_ARN {
                        arns.insert(text.as_str());
                    }
                }
            }
        }
        let plain = Layers::new(&policies.plain);
        let looked_at = plain.prepared.statement_count() + plain.prepared.key_count();
        Asker {
            table,
            role,
            arns: arns.into_iter().filter_map(split_fields).collect(),
            most_assignments: (MOST_LOOKED_AT / looked_at).clamp(2, MOST_ASSIGNMENTS),
            plain,
            key: Layers::new(&policies.key),
            bucket: Layers::new(&policies.bucket),
            trust: Layers::new(&policies.trust),
            guard: Layers::new(&policies.guard),
            behind: policies.behind.iter().map(|(way, set)| (*way, Layers::new(set))).collect(),
        }
    }

    /// Asks for one request, with every value that a policy names for what is not given.
    pub(super) fn ask<'c>(
        &self,
        scope: &Scope,
        capability: &'c Capability,
        request: &'c Request,
    ) -> Answer<'c> {
        let layers = self.layers(capability, request);
        let mut answers: Vec<(Assignment, Decision)> = Vec::new();
        let is_elsewhere = self.is_elsewhere(capability);
        let most = self.most_assignments;
        for assignment in scope.assignments(request, is_elsewhere, &self.arns, most) {
            let asked = self.request(layers, scope, capability, request, &assignment);
            let decision = layers.prepared.evaluate(&asked);
            answers.push((assignment, decision));
        }
        let classes = answers.iter().map(|(_, decision)| Class::of(decision.verdict));
        let best = classes.clone().min().unwrap_or(Class::Denied);
        let worst = classes.max().unwrap_or(Class::Denied);
        // Where the values decide, the way that leads furthest is shown.
        let at = if best == worst {
            None
        } else {
            answers.iter().position(|a| Class::of(a.1.verdict) == best)
        };
        let (open, decision) = answers.swap_remove(at.unwrap_or(0));
        let mut class = if best == worst { best } else { Class::Depends };
        let is_closed = |reason: &evaluate::Reason| {
            matches!(reason, evaluate::Reason::Closed { gate: Gate::Identity })
        };
        // Policies that are attached and not here may allow it.
        let is_incomplete = !self.role.unseen.is_empty() || !self.role.choices.is_empty();
        if class == Class::Denied && is_incomplete && decision.reasons.iter().any(is_closed) {
            class = Class::Depends;
        }
        let (resource, stand_ins) = self.shown(scope, capability, request, &open);
        let open = if best == worst { Assignment::new() } else { open };
        Answer { capability, request, resource, stand_ins, decision, class, open }
    }

    /// Whether the bucket is of another account and its policy is known, so that it has to allow the role.
    fn is_elsewhere(&self, capability: &Capability) -> bool {
        capability.id == "node.s3-logs-cross-account" && self.role.bucket_policy.is_some()
    }

    /// The policies that have a say: of a key, a bucket, a role or a VPC endpoint its own as well.
    fn layers(&self, capability: &Capability, request: &Request) -> &Layers<'p> {
        let is_bucket = request.resource.contains(":s3:::${BucketName}");
        let layers = if is_guard(capability) {
            &self.guard
        } else if capability.side == Side::Trust {
            &self.trust
        } else if is_key(request.resource) {
            &self.key
        } else if is_bucket {
            &self.bucket
        } else {
            &self.plain
        };
        // What a service calls for the node does not come out of the VPC.
        let is_via = request.context.iter().any(|(key, _)| VIA.contains(key));
        if capability.side != Side::Node || is_via {
            return layers;
        }
        let service = EndpointService::of_action(request.action);
        let behind =
            self.behind.iter().find(|((of, about), _)| Some(*of) == service && *about == is_bucket);
        behind.map_or(layers, |(_, layers)| layers)
    }

    fn request(
        &self,
        layers: &Layers<'p>,
        scope: &Scope,
        capability: &Capability,
        request: &Request,
        assignment: &Assignment,
    ) -> evaluate::Request<'p> {
        let value = |name: &str| self.value(scope, request, assignment, name);
        let fill = |template: &str| fill(template, &value);
        let account = scope.value("Account");
        let mut resource = scope.resource(request.resource, &value);
        if capability.side == Side::Trust {
            resource = fill(ROLE);
        }
        let mut context: BTreeMap<Cow<str>, ContextValue> = BTreeMap::new();
        let mut set = |key: &str, value: String| {
            let value = match key {
                "aws:CalledVia" => ContextValue::Many(vec![value.into()]),
                _ => ContextValue::One(value.into()),
            };
            context.insert(key.to_owned().into(), value);
        };
        if let Some(requester) = self.requester(request) {
            for (key, _) in &requester.context {
                let is_unknown = *key == "aws:PrincipalAccount" && account.is_none();
                if let Some(value) = value(&format!("principal:{key}")).filter(|_| !is_unknown) {
                    set(key, value);
                }
            }
        }
        for (key, value) in &request.context {
            set(&fill(key), fill(value));
        }
        for (key, value) in self.known(scope, request, &resource) {
            set(key, value);
        }
        // Denials in a capability are about tags: there the table says which node has which.
        let has_denials = capability.requests.iter().any(|request| !request.expect_allowed);
        if let (Some(key), Some(value), false) =
            (scope.given.get("TagKey"), scope.given.get("TagValue"), has_denials)
        {
            for prefix in ["aws:ResourceTag/", "ssm:resourceTag/"] {
                let tag = format!("{prefix}{key}");
                if can_occur(request.action, &resource, &tag) && is_node(&resource) {
                    set(&tag, value.clone());
                }
            }
        }
        let has = |key: &str| context.keys().any(|known| known.eq_ignore_ascii_case(key));
        // Where something must be kept out, the table says which request has which tag, address and so on.
        let told: Vec<String> = match has_denials {
            true => capability
                .requests
                .iter()
                .flat_map(|r| &r.context)
                .map(|(key, _)| fill(key))
                .collect(),
            false => Vec::new(),
        };
        let is_told = |key: &str| told.iter().any(|told| told.eq_ignore_ascii_case(key));
        let keys = layers.keys_of(request.action, &resource);
        let unknown = {
            let is_absent = self.absent(request, &resource);
            let is_unknown = |key: &&str| !has(key) && !is_told(key) && !is_absent(key);
            keys.iter().copied().filter(is_unknown).map(Cow::Borrowed).collect()
        };
        evaluate::Request {
            principal: self.principal(scope, request, assignment, &value).into(),
            action: request.action.into(),
            resource_account: self.is_elsewhere(capability).then_some(ANOTHER_ACCOUNT.into()),
            unknown,
            resource: resource.into(),
            context: context.into_iter().collect(),
        }
    }

    /// Keys that follow from the request itself.
    fn known(
        &self,
        scope: &Scope,
        request: &Request,
        resource: &str,
    ) -> Vec<(&'static str, String)> {
        let mut known = vec![
            ("aws:SecureTransport", "true".to_owned()),
            ("aws:PrincipalIsAWSService", request.principal.starts_with("service:").to_string()),
        ];
        let called_via = request.context.iter().any(|(key, _)| key.contains("Via"));
        if !called_via {
            known.push(("aws:ViaAWSService", "false".to_owned()));
        }
        let region = scope.given.get("Region");
        known.extend(region.map(|region| ("aws:RequestedRegion", region.clone())));
        let account = scope.value("Account");
        if let Some(account) = account.filter(|_| !request.principal.starts_with("service:")) {
            known.push(("aws:PrincipalAccount", account.clone()));
            known.push(("kms:CallerAccount", account.clone()));
            let partition = scope.given.get("Partition").map_or("aws", String::as_str);
            let arn = match self.name(scope, request) {
                Some((OwnerKind::User, name)) => Some(format!("user/{name}")),
                Some((_, name)) => Some(format!("role/{name}")),
                None => None,
            };
            let arn = arn.map(|name| format!("arn:{partition}:iam::{account}:{name}"));
            known.extend(arn.map(|arn| ("aws:PrincipalArn", arn)));
        }
        let in_arn = Arn::parse(resource).map(|arn| arn.account).filter(|a| !a.is_empty());
        let own = in_arn.map(str::to_owned).or_else(|| account.cloned());
        // A bucket may belong to somebody else.
        if !resource.contains(":s3:::") && (account.is_some() || is_key(resource)) {
            known.extend(own.map(|account| ("aws:ResourceAccount", account)));
        }
        known
    }

    /// Which keys that can come with the action do not come with this request.
    fn absent<'r>(&self, request: &Request, resource: &'r str) -> impl Fn(&str) -> bool + 'r {
        let is_role = !matches!(self.requester(request), Some(requester) if requester.name == "operator_user");
        let by_service = request.context.iter().any(|(key, _)| key.contains("Via"));
        move |key| {
            let is = |name: &str| key.eq_ignore_ascii_case(name);
            let start = key.get(..ENCRYPTION_CONTEXT.len()).unwrap_or_default();
            if let Some(tag) = tag_of_resource(key) {
                !can_have_tag(resource, tag)
            } else if is("aws:username") {
                is_role
            } else if VIA.into_iter().any(is) {
                !by_service
            } else if start.eq_ignore_ascii_case(ENCRYPTION_CONTEXT) {
                // The agent sends three keys; the table has two of them.
                !is("kms:EncryptionContext:aws:ssm:RandomChallenge")
            } else {
                // They come only with policies that ask for them with IfExists, and only where the table says so.
                is("kms:GrantIsForAWSResource") || is("ssm:SessionDocumentAccessCheck")
            }
        }
    }

    /// Who asks: a role where the table has a user but the policies are those of a role, and the other way round.
    pub(super) fn requester(
        &self,
        request: &Request,
    ) -> Option<&'p crate::session::capabilities::Requester> {
        let owner = self.role.owner.as_ref().map(|owner| owner.kind);
        let name = match (request.principal, owner) {
            ("operator_user", Some(OwnerKind::Role)) => "operator_role",
            ("operator_role", Some(OwnerKind::User)) => "operator_user",
            (name, _) => name,
        };
        self.table.requester(name)
    }

    /// The name of the role or user that asks, if it is known.
    fn name(&self, scope: &Scope, request: &Request) -> Option<(OwnerKind, String)> {
        let is_user = self.requester(request).is_some_and(|asks| asks.name == "operator_user");
        let kind = if is_user { OwnerKind::User } else { OwnerKind::Role };
        let given = if is_user { &scope.user_name } else { &scope.role_name };
        let owner = self.role.owner.as_ref().filter(|owner| owner.kind == kind);
        let name = given.clone().or_else(|| owner.map(|owner| owner.name.clone()))?;
        Some((kind, name))
    }

    fn principal(
        &self,
        scope: &Scope,
        request: &Request,
        assignment: &Assignment,
        value: &dyn Fn(&str) -> Option<String>,
    ) -> String {
        if let Some(service) = request.principal.strip_prefix("service:") {
            return self.service(scope, service);
        }
        let Some(arn) = self.requester(request).and_then(|requester| Arn::parse(requester.arn))
        else {
            return String::new();
        };
        let name = self.name(scope, request).map(|(_, name)| name);
        let name = name.or_else(|| assignment.get("RoleName").cloned());
        let mut parts = arn.resource.split('/');
        let (kind, stand_in, session) = (parts.next(), parts.next(), parts.next());
        let name = name.unwrap_or_else(|| stand_in.unwrap_or_default().to_owned());
        let session = session.map(|session| format!("/{session}")).unwrap_or_default();
        let partition = value("Partition").unwrap_or_default();
        let account = value("Account").unwrap_or_default();
        let kind = kind.unwrap_or_default();
        format!("arn:{partition}:{}::{account}:{kind}/{name}{session}", arn.service)
    }

    /// The name by which a service calls. In China EC2 calls by either of two, and the console there writes the longer.
    fn service(&self, scope: &Scope, service: &str) -> String {
        let longer = format!("{service}.cn");
        let may_be_there = scope.given.get("Partition").is_none_or(|name| name == "aws-cn");
        let trust = self.role.trust.iter().flat_map(|source| &source.policy.statements);
        let mut named =
            trust.filter_map(|statement| statement.principal.as_ref()).flat_map(|principal| {
                match &principal.who {
                    Who::Listed(types) => types.as_slice(),
                    Who::Everyone => &[],
                }
            });
        let is_ec2 = service == "ec2.amazonaws.com" && may_be_there;
        match is_ec2 && named.any(|(_, names)| names.as_slice().contains(&longer)) {
            true => longer,
            false => service.to_owned(),
        }
    }

    pub(super) fn value(
        &self,
        scope: &Scope,
        request: &Request,
        assignment: &Assignment,
        name: &str,
    ) -> Option<String> {
        let requester = self.requester(request);
        if let Some(key) = name.strip_prefix("principal:") {
            let user = self.name(scope, request);
            if let ("aws:username", Some((OwnerKind::User, user))) = (key, user) {
                return Some(user);
            }
            let value = requester?.context.iter().find(|(known, _)| *known == key)?.1;
            return Some(value.to_owned());
        }
        if name == "SessionId" {
            let session = requester?.session_id;
            return Some(match (self.name(scope, request), session.rsplit_once('-')) {
                (Some((OwnerKind::User, user)), Some((_, number))) => format!("{user}-{number}"),
                _ => session.to_owned(),
            });
        }
        let given = scope.value(name).or(assignment.get(name)).cloned();
        given.or_else(|| self.table.stand_in(name).map(str::to_owned))
    }
}

/// An account that is not the role's.
const ANOTHER_ACCOUNT: &str = "999999999999";

/// Whether a capability is made of denials only, and is asked for with everything else allowed.
pub(super) fn is_guard(capability: &Capability) -> bool {
    capability.side == Side::Guard || capability.id == "admin.dhmc-guard"
}

fn is_node(resource: &str) -> bool {
    [":instance/", ":managed-instance/", ":task/"].iter().any(|kind| resource.contains(kind))
}
