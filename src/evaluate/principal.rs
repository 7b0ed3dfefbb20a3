//! Who calls, and whether a `Principal` names the caller.

use super::key_table::KeyId;
use super::truth::{open, Keys, Truth};
use super::view::{State, View};
use crate::aws::{is_account_id, Arn, PrincipalType, Role};
use crate::policy::{self, Who};

/// The principal of a request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller<'r> {
    pub text: &'r str,
    pub kind: CallerKind,
    partition: &'r str,
    /// Twelve digits; `None` for one that belongs to no account.
    pub account: Option<&'r str>,
    /// Of a role or a user, without a path.
    pub name: &'r str,
}

/// What calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CallerKind {
    Anonymous,
    /// A service, or somebody whom an identity provider vouches for.
    Outsider,
    Root,
    User,
    /// A role, whatever its session.
    Role,
    Session,
    FederatedUser,
}

impl<'r> Caller<'r> {
    pub fn new(text: &'r str) -> Self {
        let outside = |kind| Caller { text, kind, partition: "", account: None, name: "" };
        if matches!(text, "" | "*" | "anonymous") {
            return outside(CallerKind::Anonymous);
        }
        let Some(arn) = Arn::parse(text) else {
            return outside(CallerKind::Outsider);
        };
        let (name, kind) = match (arn.service, arn.resource.split_once('/')) {
            ("iam", None) if arn.resource == "root" => ("", CallerKind::Root),
            ("iam", Some(("user", path))) => (last(path), CallerKind::User),
            ("iam", Some(("role", path))) => (last(path), CallerKind::Role),
            ("sts", Some(("federated-user", name))) => (name, CallerKind::FederatedUser),
            _ => match Role::of_session(text) {
                Some(role) => (role.name, CallerKind::Session),
                None => return outside(CallerKind::Outsider),
            },
        };
        Caller { text, kind, partition: arn.partition, account: Some(arn.account), name }
    }

    /// The role of a session, without the path that the session's ARN does not show.
    pub fn role_of_session(&self) -> Option<String> {
        let Caller { partition, account, name, .. } = self;
        let role = || format!("arn:{partition}:iam::{}:role/{name}", account.unwrap_or_default());
        (self.kind == CallerKind::Session).then(role)
    }

    /// Whether identity policies, a boundary and a session policy can apply.
    pub fn has_identity(&self) -> bool {
        use CallerKind::*;
        matches!(self.kind, User | Role | Session | FederatedUser)
    }

    /// Whether the role belongs to a service that made it, which organizations do not limit. Its path says so, and its
    /// name alone only that it may be.
    pub fn is_service_linked(&self, view: &View) -> Truth {
        match (self.kind, view.get(KeyId::PRINCIPAL_ARN).0) {
            (CallerKind::Role, _) => is_service_linked(self.text).into(),
            (CallerKind::Session, State::One(role)) => is_service_linked(role).into(),
            (CallerKind::Session, _) if self.name.starts_with("AWSServiceRoleFor") => {
                Truth::Unknown
            }
            _ => Truth::False,
        }
    }

    /// Whether it is a session that was started with credentials of a role or a user.
    pub fn may_have_session_policy(&self) -> bool {
        use CallerKind::*;
        matches!(self.kind, Role | Session | FederatedUser)
    }
}

/// How a policy names a caller, each with whether it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds {
    /// By its own ARN or name.
    pub exact: Truth,
    /// By `*`.
    pub any: Truth,
    /// By the role of the session.
    pub role: Truth,
    /// By the user of the federated session.
    pub user: Truth,
    /// By the account.
    pub account: Truth,
}

/// What a policy names, and so how far a grant of it goes: each goes as far as those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// The account at least, which still has to allow it by policies of its own.
    Account,
    /// The role or the user at least, which a boundary and a session policy still limit.
    Role,
    /// The caller.
    Caller,
}

impl Naming {
    pub const ALL: [Naming; 3] = [Naming::Account, Naming::Role, Naming::Caller];
}

impl Kinds {
    pub const NONE: Kinds = Kinds {
        exact: Truth::False,
        any: Truth::False,
        role: Truth::False,
        user: Truth::False,
        account: Truth::False,
    };

    /// By itself, by its role or its user.
    fn own(&self) -> Truth {
        self.exact.or(self.role).or(self.user)
    }

    pub fn all(&self) -> Truth {
        self.by(Naming::Account)
    }

    /// Whether it is named so, or in a way that goes further.
    pub fn by(&self, least: Naming) -> Truth {
        let direct = self.exact.or(self.any);
        match least {
            Naming::Account => direct.or(self.role).or(self.user).or(self.account),
            Naming::Role => direct.or(self.role).or(self.user),
            Naming::Caller => direct,
        }
    }

    pub fn and(self, truth: Truth) -> Self {
        Kinds {
            exact: self.exact.and(truth),
            any: self.any.and(truth),
            role: self.role.and(truth),
            user: self.user.and(truth),
            account: self.account.and(truth),
        }
    }
}

/// A `Principal` or `NotPrincipal`.
#[derive(Debug)]
pub(super) struct Principals<'p> {
    pub is_negated: bool,
    entries: Vec<Entry<'p>>,
}

#[derive(Debug)]
enum Entry<'p> {
    Everyone,
    /// Twelve digits, or with a partition the ARN of the root.
    Account {
        partition: Option<&'p str>,
        account: &'p str,
    },
    /// Any other ARN or id, of type `AWS`.
    Aws(&'p str),
    /// Of any other type.
    Other(&'p str),
}

impl<'p> Principals<'p> {
    pub fn new(principal: &'p policy::Principal) -> Self {
        let mut entries = Vec::new();
        match &principal.who {
            Who::Everyone => entries.push(Entry::Everyone),
            Who::Listed(types) => {
                for (name, values) in types {
                    let is_aws = PrincipalType::from_name(name) == Some(PrincipalType::Aws);
                    let values = values.as_slice().iter();
                    entries.extend(values.map(|value| match is_aws {
                        true => Entry::aws(value),
                        false => Entry::Other(value),
                    }));
                }
            }
        }
        Principals { is_negated: principal.negated, entries }
    }

    /// How the caller is named.
    pub fn kinds(&self, caller: &Caller, view: &View, keys: &mut Keys) -> Kinds {
        let mut kinds = Kinds::NONE;
        for entry in &self.entries {
            entry.add_to(&mut kinds, caller, view, keys);
        }
        kinds
    }

    /// Whether the caller is none of those that `NotPrincipal` excepts.
    ///
    /// Where it lists a principal without its account, or a role without its session or the other way round, the
    /// request may be denied. Source: "NotPrincipal" in the IAM user guide, read 2026-11.
    pub fn excludes(&self, caller: &Caller, view: &View, keys: &mut Keys) -> Truth {
        let kinds = self.kinds(caller, view, keys);
        if kinds.any.is_true() {
            return Truth::False;
        }
        let own = kinds.own();
        if !own.is_true() {
            return own.not();
        }
        let needs_account = caller.has_identity();
        // A role calls by its sessions, which IAM wants to see listed beside it.
        let of_role = matches!(caller.kind, CallerKind::Role | CallerKind::Session);
        let names_session = kinds.exact.is_true() && kinds.role.is_true();
        if (!needs_account || kinds.account.is_true()) && (!of_role || names_session) {
            return Truth::False;
        }
        keys.ask(open::NOT_PRINCIPAL);
        Truth::Unknown
    }

    /// The texts that are compared with `aws:PrincipalArn`.
    pub fn role_arns(&self) -> impl Iterator<Item = &'p str> + '_ {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Aws(text) => Role::of_role(text).map(|_| *text),
            _ => None,
        })
    }
}

impl<'p> Entry<'p> {
    fn aws(text: &'p String) -> Self {
        match Arn::parse(text) {
            _ if text == "*" => Entry::Everyone,
            _ if is_account_id(text) => Entry::Account { partition: None, account: text },
            Some(arn) if arn.service == "iam" && arn.resource == "root" => {
                Entry::Account { partition: Some(arn.partition), account: arn.account }
            }
            _ => Entry::Aws(text),
        }
    }

    fn add_to(&self, kinds: &mut Kinds, caller: &Caller, view: &View, keys: &mut Keys) {
        match self {
            Entry::Everyone => kinds.any = Truth::True,
            Entry::Account { partition, account } => {
                let is_partition = partition.is_none_or(|partition| partition == caller.partition);
                if is_partition && caller.account == Some(*account) {
                    match caller.kind {
                        CallerKind::Root => kinds.exact = Truth::True,
                        _ => kinds.account = Truth::True,
                    }
                }
            }
            Entry::Other(text) if *text == caller.text => kinds.exact = Truth::True,
            Entry::Other(_) => {}
            Entry::Aws(text) => Self::add_arn(text, kinds, caller, view, keys),
        }
    }

    fn add_arn(text: &str, kinds: &mut Kinds, caller: &Caller, view: &View, keys: &mut Keys) {
        let is_same = text == caller.text;
        let is_role = |role: Role| {
            role.partition == caller.partition
                && Some(role.account) == caller.account
                && role.name == caller.name
        };
        match caller.kind {
            CallerKind::Role if is_same => kinds.role = Truth::True,
            CallerKind::Role if Role::of_session(text).is_some_and(is_role) => {
                keys.ask(open::SESSION_NAME);
                kinds.exact = kinds.exact.or(Truth::Unknown);
            }
            CallerKind::Role => {}
            CallerKind::Anonymous | CallerKind::Outsider => {}
            _ if is_same => kinds.exact = Truth::True,
            CallerKind::Session if Role::of_role(text).is_some_and(is_role) => {
                // The ARN of a session has no path; that of its role shows it, if the request gives it.
                let names = match view.get(KeyId::PRINCIPAL_ARN).0 {
                    State::One(arn) => Truth::from(arn == text),
                    State::Unknown | State::Present => {
                        keys.insert(KeyId::PRINCIPAL_ARN);
                        Truth::Unknown
                    }
                    _ => Truth::True,
                };
                kinds.role = kinds.role.or(names);
            }
            CallerKind::FederatedUser => {
                let user = Caller::new(text);
                let is_user = user.kind == CallerKind::User
                    && user.partition == caller.partition
                    && user.account == caller.account
                    && user.name == caller.name;
                if is_user {
                    kinds.user = Truth::True;
                }
            }
            _ => {}
        }
    }
}

/// Whether a service made the role with this ARN.
pub(super) fn is_service_linked(role: &str) -> bool {
    role.contains(":role/aws-service-role/")
}

fn last(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}
