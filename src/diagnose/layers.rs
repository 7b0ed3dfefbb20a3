//! The policies that have a say in requests for one kind of resource, and the condition keys that they read.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::role::{Field, Role, Source};
use crate::evaluate::{Gate, Named, Occurrence, PolicySet, Prepared};
use crate::policy::{Effect, Policy, Principal, Statement, Strings, Who};
use crate::session::related::EndpointService;

/// So many comparisons are spent on trying values of unknown keys, for all requests to one kind of resource together.
const MOST_TRIED: usize = 250_000;

/// The name of what stands beside a guard, and nobody pasted.
pub(super) const EVERYTHING_ELSE: &str = "everything else";

/// The policies, once for each kind of resource, with the additions that are tried.
pub(super) struct Policies {
    pub(super) plain: PolicySet,
    pub(super) key: PolicySet,
    pub(super) bucket: PolicySet,
    pub(super) trust: PolicySet,
    pub(super) guard: PolicySet,
    pub(super) behind: Vec<(Behind, PolicySet)>,
}

/// Behind the VPC endpoint for a service, and whether it is about the log bucket.
pub(super) type Behind = (EndpointService, bool);

impl Policies {
    /// `accounts` are those that the role may be of.
    pub(super) fn new(role: &Role, accounts: &BTreeSet<String>, addition: Option<&Policy>) -> Self {
        let mut plain = PolicySet {
            identity: role.named(),
            boundary: role.boundary.as_ref().map(|source| source.policy.clone()),
            ..PolicySet::default()
        };
        if let Some(policy) = addition {
            let name = "the addition".to_owned();
            plain.identity.push(Named { name, policy: policy.clone() });
        }
        let is_unseen = |field| role.unseen_fields.contains(&field);
        if is_unseen(Field::Boundary) && plain.boundary.is_none() {
            plain.unknown.insert(Gate::Boundary);
        }
        if role.unseen_fields.iter().any(|field| matches!(field, Field::Scp(_))) {
            plain.unknown.insert(Gate::Scp);
        }
        if !role.scps.is_empty() {
            let mut level: Vec<_> = role.scps.iter().map(|source| source.policy.clone()).collect();
            // What only denies stands beside FullAWSAccess, or nothing would be allowed at all.
            let allows = |statement: &Statement| statement.effect == Effect::Allow;
            if !level.iter().flat_map(|policy| &policy.statements).any(allows) {
                level.push(allow_all());
            }
            plain.scps = vec![level];
        }
        let with = |resource: Option<Policy>| PolicySet { resource, ..plain.clone() };
        let given = |source: &Option<Source>| source.as_ref().map(|s| s.policy.clone());
        let mut key = with(given(&role.key_policy).or_else(|| Some(let_accounts(accounts))));
        let mut bucket = with(given(&role.bucket_policy));
        for (set, field) in [(&mut key, Field::KeyPolicy), (&mut bucket, Field::BucketPolicy)] {
            if is_unseen(field) {
                set.resource = None;
                set.unknown.insert(Gate::Resource);
            }
        }
        let mut trust = with(given(&role.trust));
        if role.trust.is_none() {
            trust.unknown.insert(Gate::Resource);
        }
        let mut guard = plain.clone();
        guard.identity.push(Named { name: EVERYTHING_ELSE.to_owned(), policy: allow_all() });
        let mut behind = Vec::new();
        for service in EndpointService::ALL {
            let source = role.endpoint(service);
            let through = |set: &PolicySet| {
                let endpoint = source.map(|source| source.policy.clone());
                let mut set = PolicySet { endpoint, ..set.clone() };
                set.unknown.extend(source.is_none().then_some(Gate::Endpoint));
                set
            };
            if source.is_none() && !is_unseen(Field::EndpointPolicy(service)) {
                continue;
            }
            let set = if service == EndpointService::Kms { &key } else { &plain };
            behind.push(((service, false), through(set)));
            if service == EndpointService::S3 {
                behind.push(((service, true), through(&bucket)));
            }
        }
        Policies { plain, key, bucket, trust, guard, behind }
    }
}

fn allow_all() -> Policy {
    Policy::new(vec![Statement::new(Effect::Allow, ["*"], ["*"])])
}

/// A key policy as KMS writes it: whatever the policies of these accounts allow.
fn let_accounts(accounts: &BTreeSet<String>) -> Policy {
    let mut statement = Statement::new(Effect::Allow, ["kms:*"], ["*"]);
    let who = Who::Listed(vec![("AWS".to_owned(), Strings::many(accounts.iter()))]);
    statement.principal = Some(Principal { negated: false, who });
    Policy::new(vec![statement])
}

/// Policies that are read once, for the requests of all capabilities.
pub(super) struct Layers<'p> {
    pub(super) prepared: Prepared<'p>,
    /// One for each action that was asked for, of the few that Session Manager needs.
    keys: RefCell<Vec<KeysOf<'p>>>,
}

/// The condition keys that are read for an action, and those of them that can come with types of its resources.
struct KeysOf<'p> {
    action: String,
    read: Vec<&'p str>,
    occurring: Vec<(Occurrence, Rc<[&'p str]>)>,
}

impl<'p> Layers<'p> {
    pub(super) fn new(policies: &'p PolicySet) -> Self {
        let prepared = Prepared::new(policies).trying_at_most(MOST_TRIED);
        Layers { prepared, keys: RefCell::default() }
    }

    /// The condition keys that are read for the action and can come with it and the resource.
    pub(super) fn keys_of(&self, action: &str, resource: &str) -> Rc<[&'p str]> {
        let mut all = self.keys.borrow_mut();
        let known = all.iter().position(|keys| keys.action == action);
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            let read = self.prepared.keys_read(action);
            all.push(KeysOf { action: action.to_owned(), read, occurring: Vec::new() });
        }
        let Some(keys) = all.get_mut(at) else { return Rc::new([]) };
        let occurrence = Occurrence::new(action, resource);
        let known = keys.occurring.iter().find(|(known, _)| *known == occurrence);
        if let Some((_, found)) = known {
            return found.clone();
        }
        let found: Rc<[&str]> =
            keys.read.iter().copied().filter(|key| occurrence.of(key)).collect();
        keys.occurring.push((occurrence, found.clone()));
        found
    }
}
