//! The policies that have a say in requests for one kind of resource, and the condition keys that they read.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::blanks::{self, Filled};
use super::role::{Field, Role};
use crate::aws::ignoring_case;
use crate::evaluate::{Gate, Occurrence, PolicySet, Prepared};
use crate::policy::{Effect, Policy, Principal, Statement, Strings, Who};
use crate::session::capabilities::ResourcePolicy;
use crate::session::related::EndpointService;

/// So many comparisons are spent on trying values of unknown keys, for all requests to one kind of resource together.
const MOST_TRIED: usize = 250_000;

/// The policies of the role, which can be large and have a say in every [`Setting`].
pub(super) struct Policies {
    own: PolicySet,
    /// The same with each service control policy that allows anything on a level of its own, where there are several.
    apart: Option<PolicySet>,
    /// What allows everything, and behind it the denials of which only the deployment knows whether they are there.
    pub(super) denying: PolicySet,
    /// What policies allow that may not count.
    pub(super) granting: PolicySet,
    /// The same with words filled in that stand for a value of somebody's own, so that they allow most and deny most;
    /// none where no policy has such a word.
    pub(super) filled: Option<Box<[Policies; 2]>>,
}

/// What stands behind the policies of the role, and in each other [`Setting`] in which something is asked.
///
/// First the addition that is tried, without statements where there is none, and beside a guard what allows everything.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) plain: PolicySet,
    pub(super) others: Vec<(Setting, PolicySet)>,
    /// The first and the others with what allows everything beside the policies of the role; none where all of these are here
    /// and count.
    pub(super) opened: Vec<PolicySet>,
    /// The same with words filled in, as in [`Policies`].
    pub(super) filled: Option<Box<[Settings; 2]>>,
}

/// What has a say beside the policies of the role, and the VPC endpoint that the request goes through.
pub(super) type Setting = (Beside, Option<EndpointService>);

/// What has a say beside the policies of a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Nothing,
    Resource(ResourcePolicy),
    /// The policy of a key that may be of another account, and was not given.
    KeyElsewhere,
    /// What allows everything, so that a guard is seen to deny.
    EverythingElse,
}

impl Policies {
    pub(super) fn new(role: &Role) -> Self {
        let mut own = PolicySet {
            identity: role.identity.iter().map(|source| source.policy.clone()).collect(),
            boundary: role.policy(Field::Boundary).cloned(),
            ..PolicySet::default()
        };
        let is_unseen = |field| role.unseen_fields.contains(&field);
        if is_unseen(Field::Boundary) && own.boundary.is_none() {
            own.unknown.insert(Gate::Boundary);
        }
        if role.unseen_fields.iter().any(|field| matches!(field, Field::Scp(_))) {
            own.unknown.insert(Gate::Scp);
        }
        let mut apart = None;
        if !role.scps.is_empty() {
            let mut level: Vec<_> = role.scps.iter().map(|source| source.policy.clone()).collect();
            let levels = levels(&level);
            // What only denies stands beside FullAWSAccess, or nothing would be allowed at all.
            if !level.iter().any(allows) {
                level.push(allow_all());
            }
            own.scps = vec![level];
            apart = (levels.len() > 1).then(|| PolicySet { scps: levels, ..own.clone() });
        }
        let denials =
            role.denying.iter().map(|(_, policy)| blanks::filled(policy, Filled::ToRefuse));
        let identity = std::iter::once(allow_all()).chain(denials).collect();
        let denying = PolicySet { identity, ..PolicySet::default() };
        let grants = role.granting.iter();
        let grants = grants.map(|(_, policy)| blanks::filled(policy, Filled::ToGrant)).collect();
        let granting = PolicySet { identity: grants, ..PolicySet::default() };
        let mut policies = Policies { own, apart, denying, granting, filled: None };
        if has_blanks(role) {
            let both = [Filled::ToGrant, Filled::ToRefuse].map(|to| policies.filled(to));
            policies.filled = Some(Box::new(both));
        }
        policies
    }

    /// The role's own policies, on [`Levels`] of the organization.
    pub(super) fn own(&self, levels: Levels) -> &PolicySet {
        match (levels, &self.apart) {
            (Levels::Apart, Some(apart)) => apart,
            _ => &self.own,
        }
    }

    /// Whether several service control policies allow something, of which nobody said on which level each stands.
    pub(super) fn has_levels(&self) -> bool {
        self.apart.is_some()
    }

    fn filled(&self, to: Filled) -> Self {
        Policies {
            own: blanks::fill(&self.own, to),
            apart: self.apart.as_ref().map(|apart| blanks::fill(apart, to)),
            denying: self.denying.clone(),
            granting: self.granting.clone(),
            filled: None,
        }
    }
}

impl Settings {
    /// `accounts` are those that the role may be of; `keys_elsewhere` is whether a key may be of another.
    pub(super) fn new(role: &Role, accounts: &BTreeSet<String>, keys_elsewhere: bool) -> Self {
        let is_unseen = |field| role.unseen_fields.contains(&field);
        let addition = Policy::new(Vec::new());
        let plain = PolicySet { identity: vec![addition], ..PolicySet::default() };
        let beside_resource = |kind| {
            let field = Field::Resource(kind);
            let given = role.policy(field).cloned();
            let is_unknown = is_unseen(field) || kind == ResourcePolicy::Trust;
            let mut set = plain.clone();
            set.unknown.extend((given.is_none() && is_unknown).then_some(Gate::Resource));
            let is_default = kind == ResourcePolicy::Key && !is_unknown;
            set.resource = given.or_else(|| is_default.then(|| let_accounts(accounts)));
            set
        };
        let set = |beside| match beside {
            Beside::Nothing => plain.clone(),
            Beside::Resource(kind) => beside_resource(kind),
            // KMS's default lets in nobody of another account, and what was not given may be no default.
            Beside::KeyElsewhere => {
                let mut set = plain.clone();
                set.unknown.insert(Gate::Resource);
                set
            }
            Beside::EverythingElse => {
                let mut set = plain.clone();
                set.identity.push(allow_all());
                set
            }
        };
        let key = Beside::Resource(ResourcePolicy::Key);
        let bucket = Beside::Resource(ResourcePolicy::Bucket);
        let trust = Beside::Resource(ResourcePolicy::Trust);
        let elsewhere = keys_elsewhere.then_some(Beside::KeyElsewhere);
        let everywhere = [key, bucket, trust, Beside::EverythingElse].into_iter().chain(elsewhere);
        let mut others: Vec<_> = everywhere.map(|beside| ((beside, None), set(beside))).collect();
        for service in EndpointService::ALL {
            let endpoint = role.policy(Field::Endpoint(service));
            if endpoint.is_none() && !is_unseen(Field::Endpoint(service)) {
                continue;
            }
            let asked: &[Beside] = match service {
                EndpointService::Kms if keys_elsewhere => &[key, Beside::KeyElsewhere],
                EndpointService::Kms => &[key],
                EndpointService::S3 => &[Beside::Nothing, bucket],
                _ => &[Beside::Nothing],
            };
            for beside in asked {
                let mut set = PolicySet { endpoint: endpoint.cloned(), ..set(*beside) };
                set.unknown.extend(endpoint.is_none().then_some(Gate::Endpoint));
                others.push(((*beside, Some(service)), set));
            }
        }
        let mut settings = Settings { plain, others, opened: Vec::new(), filled: None };
        settings.open(role);
        if has_blanks(role) {
            let both = [Filled::ToGrant, Filled::ToRefuse].map(|to| {
                let mut filled = settings.filled(to);
                filled.open(role);
                filled
            });
            settings.filled = Some(Box::new(both));
        }
        settings
    }

    fn open(&mut self, role: &Role) {
        if !role.has_unread() && role.granting.is_empty() {
            return;
        }
        let all = std::iter::once(&self.plain).chain(self.others.iter().map(|(_, set)| set));
        let opened = |set: &PolicySet| {
            let identity = set.identity.iter().cloned().chain([allow_all()]).collect();
            PolicySet { identity, ..set.clone() }
        };
        self.opened = all.map(opened).collect();
    }

    fn filled(&self, to: Filled) -> Self {
        let others = self.others.iter().map(|(setting, set)| (*setting, blanks::fill(set, to)));
        let (plain, others) = (blanks::fill(&self.plain, to), others.collect());
        Settings { plain, others, opened: Vec::new(), filled: None }
    }

    /// The same with an addition.
    pub(super) fn with(&self, addition: &Policy) -> Self {
        let mut settings = self.clone();
        settings.add(addition);
        settings
    }

    fn add(&mut self, addition: &Policy) {
        let sets = self.others.iter_mut().map(|(_, set)| set).chain([&mut self.plain]);
        for tried in sets.filter_map(|set| set.identity.first_mut()) {
            tried.clone_from(addition);
        }
        for filled in self.filled.iter_mut().flat_map(|both| both.iter_mut()) {
            filled.add(addition);
        }
    }
}

fn has_blanks(role: &Role) -> bool {
    role.sources().any(|source| blanks::has_blanks(&source.policy))
}

/// On which levels of an organization its policies are taken to stand: those of one add up, and each level must allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Levels {
    /// All on one, which allows most.
    One,
    /// Each that allows anything on its own, which allows least.
    Apart,
}

fn allows(policy: &Policy) -> bool {
    policy.statements.iter().any(|statement| statement.effect == Effect::Allow)
}

/// The policies in their order, with a level for each that allows anything. A denial counts on every level.
fn levels(policies: &[Policy]) -> Vec<Vec<Policy>> {
    let mut levels: Vec<Vec<Policy>> = Vec::new();
    let mut has_allowing = false;
    for policy in policies {
        let is_allowing = allows(policy);
        match levels.last_mut().filter(|_| !(has_allowing && is_allowing)) {
            Some(level) => level.push(policy.clone()),
            None => levels.push(vec![policy.clone()]),
        }
        has_allowing |= is_allowing;
    }
    levels
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
    /// Of [`WHO`] those that are compared.
    compared: Vec<&'static str>,
    occurring: Vec<(Occurrence, Rc<[&'p str]>)>,
}

/// Keys that tell who asks. What stands in for their values is filled into texts; what it is compared with may be meant
/// for somebody whom nobody named.
const WHO: [&str; 3] = ["aws:username", "aws:userid", "aws:PrincipalType"];

impl<'p> Layers<'p> {
    pub(super) fn new(prepared: Prepared<'p>) -> Self {
        let prepared = prepared.trying_at_most(MOST_TRIED);
        Layers { prepared, keys: RefCell::default() }
    }

    /// The condition keys that are read for the action and can come with it and the resource.
    pub(super) fn keys_of(&self, action: &str, resource: &str) -> Rc<[&'p str]> {
        let mut all = self.keys.borrow_mut();
        let Some(keys) = self.of_action(&mut all, action) else { return Rc::new([]) };
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

    /// Whether a policy compares a key that tells who asks.
    pub(super) fn compares(&self, action: &str, key: &str) -> bool {
        let mut all = self.keys.borrow_mut();
        self.of_action(&mut all, action).is_some_and(|keys| keys.compared.contains(&key))
    }

    /// What is read for an action, looked up once.
    fn of_action<'k>(
        &self,
        all: &'k mut Vec<KeysOf<'p>>,
        action: &str,
    ) -> Option<&'k mut KeysOf<'p>> {
        let known = all.iter().position(|keys| keys.action == action);
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            let read = self.prepared.keys_read(action);
            let is_read = |key: &&str| {
                let order = |name: &&str| ignoring_case(name.as_bytes(), key.as_bytes());
                read.binary_search_by(order).is_ok()
            };
            let compared = WHO.into_iter().filter(is_read);
            let compared = compared.filter(|key| self.prepared.compares(action, key));
            let (action, compared) = (action.to_owned(), compared.collect());
            all.push(KeysOf { action, read, compared, occurring: Vec::new() });
        }
        all.get_mut(at)
    }
}
