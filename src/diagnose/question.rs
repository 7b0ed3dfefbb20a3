//! One request of a capability as it is put to the evaluator: who asks, for what, with which keys.
//!
//! Calls come by TLS, and not by way of another service unless the table says so. Everything else that can occur and a
//! policy asks for is unknown.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::layers::Layers;
use super::paste::OwnerKind;
use super::role::{account_in, Field, Role};
use super::stand_in::{principals_of, SESSION_NAME, SESSION_NUMBER, USER_NAME};
use super::tag::{can_have_tag, tag_of_resource};
use super::template::fill;
use super::want::{
    unnamed_words, value_name, Assignment, Facts, KEY_ACCOUNT, SOURCE_EC2, SOURCE_HYBRID,
};
use crate::aws::{Arn, Region};
use crate::evaluate::{self, can_occur, ContextValue};
use crate::session::capabilities::{self, Capability, Request, Requester, ResourcePolicy};

/// A request of the table, asked for a role and a want.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) role: &'a Role,
    pub(super) facts: &'a Facts,
    pub(super) capability: &'static Capability,
    pub(super) request: &'static Request,
    /// What it has in the place of what is its own in the table.
    pub(super) instead: Option<Instead>,
    /// Keys of the request, as the table has them, of whose values not enough is known to compare them.
    pub(super) ungiven: &'a [&'static str],
}

/// What a request has in the place of what the table says first.
#[derive(Clone, Copy)]
pub(super) enum Instead {
    /// This resource.
    Resource(&'static str),
    /// This value of a context key.
    Value(&'static str, &'static str),
}

/// The capability whose bucket is of another account.
pub(super) const ELSEWHERE: &str = "node.s3-logs-cross-account";

/// Keys that come with calls which a service makes for somebody.
pub(super) const VIA: [&str; 4] =
    ["kms:ViaService", "aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"];
/// What the keys of an encryption context begin with.
const ENCRYPTION_CONTEXT: &str = "kms:EncryptionContext:";

impl Question<'_> {
    /// Whether the bucket is of another account and its policy is known, so that it has to allow the role.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.capability.id == ELSEWHERE
            && self.role.policy(Field::Resource(ResourcePolicy::Bucket)).is_some()
    }

    /// Whether the key that is asked for may be of another account than the role; then its own policy has to allow
    /// the role.
    pub(super) fn is_key_elsewhere(&self, assignment: &Assignment) -> bool {
        let Question { facts, request, .. } = *self;
        if request.resource_policy != Some(ResourcePolicy::Key) {
            return false;
        }
        let key = facts.key_arn.as_deref().and_then(account_in);
        let key = key.or(assignment.get(KEY_ACCOUNT).map(String::as_str));
        let role = facts.value("Account").or(assignment.get("Account")).map(String::as_str);
        key.is_some() && key != role
    }

    /// Whether what is asked for is of the account of whoever asks, which is not known; a key or a bucket may be of
    /// another.
    pub(super) fn is_of_own_account(&self) -> bool {
        let is_calling = !self.request.principal.starts_with("service:");
        is_calling
            && self.request.resource_policy.is_none()
            && self.facts.value("Account").is_none()
    }

    /// The request, with these values for what is not given.
    pub(super) fn put<'p>(
        &self,
        layers: &Layers<'p>,
        assignment: &Assignment,
    ) -> evaluate::Request<'p> {
        let Question { facts, capability, request, .. } = *self;
        let value = |name: &str| self.value(assignment, name);
        let fill = |template: &str| fill(template, value);
        let account = facts.value("Account");
        let resource = match self.instead {
            Some(Instead::Resource(template)) => fill(template),
            _ => facts.resource(request, value),
        };
        let mut context: BTreeMap<Cow<str>, ContextValue> = BTreeMap::new();
        let mut set = |key: &str, value: String| {
            let value = match key {
                "aws:CalledVia" => ContextValue::Many(vec![value.into()]),
                _ => ContextValue::One(value.into()),
            };
            context.insert(key.to_owned().into(), value);
        };
        if let Some(requester) = self.requester() {
            for (key, _) in &requester.context {
                let is_unknown = match *key {
                    "aws:PrincipalAccount" => account.is_none(),
                    key => layers.compares(request.action, key) && !self.tells(key),
                };
                if let Some(value) = value(&format!("principal:{key}")).filter(|_| !is_unknown) {
                    set(key, value);
                }
            }
        }
        // Denials in a capability are about tags: there the table says which node has which. Else a tag that nobody gave is
        // unknown, as every other is.
        let has_denials = capability.requests.iter().any(|request| !request.expect_allowed);
        let is_open_tag = |key: &str| {
            key.contains("${TagKey}") && (facts.is_open("TagKey") || facts.is_open("TagValue"))
        };
        for (key, value) in facts.context(request) {
            if self.ungiven.contains(&key) || is_open_tag(key) && !has_denials {
                continue;
            }
            let value = match self.instead {
                Some(Instead::Value(other, instead)) if other == key => Cow::Borrowed(instead),
                _ => value,
            };
            set(&fill(key), fill(&value));
        }
        for (key, value) in self.known(&resource) {
            set(key, value);
        }
        if let (Some(key), Some(value), false) =
            (facts.given.get("TagKey"), facts.given.get("TagValue"), has_denials)
        {
            for prefix in ["aws:ResourceTag/", "ssm:resourceTag/", "ecs:ResourceTag/"] {
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
        let ungiven: Vec<String> = self.ungiven.iter().map(|key| fill(key)).collect();
        let is_ungiven = |key: &str| ungiven.iter().any(|known| known.eq_ignore_ascii_case(key));
        let keys = layers.keys_of(request.action, &resource);
        let unknown = {
            let is_absent = self.absent(&resource);
            // Of a role whose name is known only the path is not, which the evaluation keeps in mind by itself, as it does
            // that everybody has an ID which only IAM knows.
            let is_named = account.is_some() && self.name().is_some();
            let is_somebody = self.requester().is_some();
            let follows = |key: &str| {
                is_named && key.eq_ignore_ascii_case("aws:PrincipalArn")
                    || is_somebody && key.eq_ignore_ascii_case("aws:userid")
            };
            let is_settled = |key: &str| is_told(key) || is_absent(key) || follows(key);
            let is_unknown = |key: &&str| is_ungiven(key) || !has(key) && !is_settled(key);
            keys.iter().copied().filter(is_unknown).map(Cow::Borrowed).collect()
        };
        evaluate::Request {
            principal: self.principal(assignment).into(),
            action: request.action.into(),
            resource_account: self.is_elsewhere().then_some(ANOTHER_ACCOUNT.into()),
            unknown,
            resource: resource.into(),
            context: context.into_iter().collect(),
        }
    }

    /// Keys that follow from the request itself.
    fn known(&self, resource: &str) -> Vec<(&'static str, String)> {
        let Question { facts, request, .. } = *self;
        let mut known = vec![
            ("aws:SecureTransport", "true".to_owned()),
            ("aws:PrincipalIsAWSService", request.principal.starts_with("service:").to_string()),
        ];
        let called_via = request.context.iter().any(|(key, _)| key.contains("Via"));
        if !called_via {
            known.push(("aws:ViaAWSService", "false".to_owned()));
        }
        let region = facts.given.get("Region");
        known.extend(region.map(|region| ("aws:RequestedRegion", region.clone())));
        let account = facts.value("Account");
        if let Some(account) = account.filter(|_| !request.principal.starts_with("service:")) {
            known.push(("aws:PrincipalAccount", account.clone()));
            known.push(("kms:CallerAccount", account.clone()));
            let partition = facts.given.get("Partition").map_or("aws", String::as_str);
            // Its path stands in the role's own ARN alone.
            let path = |name: &str| {
                let (path, own) = self.role.own()?.resource.rsplit_once('/')?;
                (own == name).then(|| format!("{path}/{name}"))
            };
            let arn = self.name().and_then(|(kind, name)| {
                let is_user = kind == OwnerKind::User;
                let resource = path(&name).or_else(|| is_user.then(|| format!("user/{name}")))?;
                Some(format!("arn:{partition}:iam::{account}:{resource}"))
            });
            known.extend(arn.map(|arn| ("aws:PrincipalArn", arn)));
        }
        let in_arn = Arn::parse(resource).map(|arn| arn.account).filter(|a| !a.is_empty());
        let own = in_arn.map(str::to_owned).or_else(|| account.cloned());
        // A bucket may belong to somebody else.
        let is_key = request.resource_policy == Some(ResourcePolicy::Key);
        if !resource.contains(":s3:::") && (account.is_some() || is_key) {
            known.extend(own.map(|account| ("aws:ResourceAccount", account)));
        }
        known
    }

    /// Which keys that can come with the action do not come with this request.
    fn absent<'r>(&self, resource: &'r str) -> impl Fn(&str) -> bool + 'r {
        let is_role = !self.is_user();
        let by_service = self.request.context.iter().any(|(key, _)| key.contains("Via"));
        let requester = self.requester().map(|requester| requester.name);
        move |key| {
            let is = |name: &str| key.eq_ignore_ascii_case(name);
            let start = key.get(..ENCRYPTION_CONTEXT.len()).unwrap_or_default();
            if let Some(tag) = tag_of_resource(key) {
                !can_have_tag(resource, tag)
            } else if is("aws:username") {
                is_role
            } else if is(SOURCE_EC2) {
                requester == Some(HYBRID_REQUESTER)
            } else if is(SOURCE_HYBRID) {
                requester == Some("node")
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
    pub(super) fn requester(&self) -> Option<&'static Requester> {
        let owner = self.role.owner.as_ref().map(|owner| owner.kind);
        // Some things only users have, and the name of a role is none of them.
        let is_given = || self.facts.user_name.is_none() && self.gives_role();
        let is_role = self.facts.is_role || self.resource_policy().is_some() && is_given();
        let name = match (self.request.principal, owner) {
            (capabilities::USER, Some(OwnerKind::Role)) => capabilities::ROLE,
            (capabilities::USER, None) if is_role => capabilities::ROLE,
            (capabilities::ROLE, Some(OwnerKind::User)) => capabilities::USER,
            ("node", _) if self.facts.is_hybrid => HYBRID_REQUESTER,
            (name, _) => name,
        };
        capabilities::requester(name)
    }

    /// Whether the want has the name of a role that asks, and not of one that something is done to.
    fn gives_role(&self) -> bool {
        let is_target = |request: &Request| request.resource.contains("${RoleName}");
        self.facts.role_name.is_some() && !self.capability.requests.iter().any(is_target)
    }

    /// The policy of the key or the bucket that is asked for, where it was given and somebody calls.
    pub(super) fn resource_policy(&self) -> Option<Field> {
        let field = Field::Resource(self.request.resource_policy?);
        let is_calling = !self.request.principal.starts_with("service:");
        self.role.single(field).filter(|_| is_calling).map(|_| field)
    }

    /// The same for a role, where people ask, the policy of a resource tells whom it lets in, and nobody said whether it is
    /// a user or a role.
    pub(super) fn of_role(&self) -> Option<Facts> {
        let is_open = self.is_user() && self.role.owner.is_none() && self.facts.user_name.is_none();
        (is_open && self.resource_policy().is_some())
            .then(|| Facts { is_role: true, ..self.facts.clone() })
    }

    /// Whether it is about the session of anybody, and not about one of whoever asks.
    fn is_of_any_session(&self) -> bool {
        let Request { action, resource, .. } = self.request;
        let is_change = ["ssm:TerminateSession", "ssm:ResumeSession"].contains(action);
        is_change && resource.ends_with("/${SessionId}") && !self.request.is_of_own_session()
    }

    /// Whether a placeholder of the request may have a value that policies name: nobody gave another.
    pub(super) fn may_be(&self, name: &str, value: &str) -> bool {
        match name {
            "SessionId" if self.is_of_any_session() => true,
            "SessionId" => match self.name() {
                Some((OwnerKind::User, user)) => {
                    value.strip_prefix(&*user).is_some_and(|rest| rest.starts_with('-'))
                }
                _ => true,
            },
            name if name.starts_with("principal:") => true,
            name => self.facts.is_open(name),
        }
    }

    /// Whether somebody who is named in the policy of a resource may be whoever asks.
    pub(super) fn may_call(&self, placeholder: &str, value: &str) -> bool {
        let is_named = |name: &str| self.name().is_none_or(|(_, known)| known == name);
        match placeholder {
            USER_NAME => is_named(value.rsplit('/').next().unwrap_or(value)),
            "RoleName" => self.name().is_none(),
            SESSION_NAME => true,
            name => self.facts.is_open(name),
        }
    }

    /// Whether somebody said what the request has for a key that tells who asks: a node has a role, and of an ID only IAM
    /// knows what it is.
    fn tells(&self, key: &str) -> bool {
        let is_said = self.role.owner.is_some() || self.facts.user_name.is_some();
        key != "aws:userid" && (is_said || self.request.principal != capabilities::USER)
    }

    /// The name of the value to give for a placeholder; of one that no want has a value for, its own. The session of a user
    /// whom nobody named begins with the name.
    pub(super) fn value_name(&self, placeholder: &'static str) -> &'static str {
        match placeholder {
            "SessionId" if self.is_of_user() => value_name(USER_NAME),
            name if unnamed_words(name).is_some() => name,
            name => value_name(name),
        }
    }

    /// Whether the session is one of a user whom nobody named.
    fn is_of_user(&self) -> bool {
        self.is_user() && self.name().is_none() && !self.is_of_any_session()
    }

    /// The same for what policies name: of such a session its user.
    pub(super) fn told(&self, mut open: Assignment) -> Assignment {
        if let Some(session) = open.remove("SessionId") {
            let user = session.rsplit_once('-').filter(|_| self.is_of_user());
            let user = user.map(|(user, _)| user);
            let (name, value) = user.map_or(("SessionId", &*session), |user| (USER_NAME, user));
            open.insert(name, value.to_owned());
        }
        open
    }

    pub(super) fn is_user(&self) -> bool {
        self.requester().is_some_and(|requester| requester.name == capabilities::USER)
    }

    /// The name of the role or user that asks, if it is known.
    pub(super) fn name(&self) -> Option<(OwnerKind, String)> {
        let is_user = self.is_user();
        let kind = if is_user { OwnerKind::User } else { OwnerKind::Role };
        let of_role = self.facts.role_name.as_ref().filter(|_| self.gives_role());
        let given = if is_user { self.facts.user_name.as_ref() } else { of_role };
        let owner = self.role.owner.as_ref().filter(|owner| owner.kind == kind);
        let name = given.or(owner.map(|owner| &owner.name)).or(self.role.called.as_ref())?;
        Some((kind, name.clone()))
    }

    /// Who asks, as people say it: a service, or the role or user, by its name where that is known.
    pub(super) fn who(&self) -> String {
        if let Some(service) = self.request.principal.strip_prefix("service:") {
            return self.service(service);
        }
        match self.name() {
            Some((kind, name)) => format!("the {} {name}", kind.name()),
            None if self.is_user() => "the user".to_owned(),
            None => "the role".to_owned(),
        }
    }

    fn principal(&self, assignment: &Assignment) -> String {
        if let Some(service) = self.request.principal.strip_prefix("service:") {
            return self.service(service);
        }
        let Some(requester) = self.requester() else { return String::new() };
        let value = |name: &str| self.value(assignment, name).unwrap_or_default();
        let (partition, account) = (value("Partition"), value("Account"));
        if requester.name == capabilities::USER {
            let name = self.name().map(|(_, name)| name);
            // The path of a user stands in its ARN.
            let own = self.role.own().map(|arn| arn.resource);
            let is_own =
                |own: &&str| own.starts_with("user/") && own.rsplit('/').next() == name.as_deref();
            let user = own.filter(is_own).map(str::to_owned);
            let user = user.unwrap_or_else(|| {
                let named = assignment.get(USER_NAME).cloned().or(name);
                format!("user/{}", named.unwrap_or_else(|| value(USER_NAME)))
            });
            return format!("arn:{partition}:iam::{account}:{user}");
        }
        let name = self.name().map_or_else(|| value("RoleName"), |(_, name)| name);
        let session = value(session_of(requester));
        format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}")
    }

    /// The name by which a service calls. In China EC2 calls by either of two, and the console there writes the longer.
    fn service(&self, service: &str) -> String {
        let longer = format!("{service}.cn");
        let may_be_there = self.facts.given.get("Partition").is_none_or(|name| name == "aws-cn");
        let trust = self.role.policy(Field::Resource(ResourcePolicy::Trust));
        let trust = trust.into_iter().flat_map(|policy| &policy.statements);
        let mut named = trust.flat_map(principals_of);
        let is_ec2 = service == "ec2.amazonaws.com" && may_be_there;
        match is_ec2 && named.any(|name| name == longer) {
            true => longer,
            false => service.to_owned(),
        }
    }

    /// What stands for a placeholder.
    pub(super) fn value(&self, assignment: &Assignment, name: &str) -> Option<String> {
        let requester = self.requester();
        let stand_in = |name: &str| self.role.stand_ins.get(name).cloned();
        let user = || {
            let named = || assignment.get(USER_NAME)?.rsplit('/').next().map(str::to_owned);
            self.name().map(|(_, user)| user).or_else(named).or_else(|| stand_in(USER_NAME))
        };
        if let Some(key) = name.strip_prefix("principal:") {
            let requester = requester?;
            let value = requester.context.iter().find(|(known, _)| *known == key)?.1;
            return match (key, assignment.get(name)) {
                (_, Some(named)) => Some(named.clone()),
                ("aws:username", _) => user(),
                ("aws:userid", _) => {
                    let id = stand_in(requester.name)?;
                    let session = || self.value(assignment, session_of(requester));
                    let session = session().filter(|_| value.contains(':'));
                    Some(session.map_or_else(|| id.clone(), |session| format!("{id}:{session}")))
                }
                _ => Some(value.to_owned()),
            };
        }
        if name == "SessionId" {
            let is_user = self.is_user();
            let starter = match (is_user, requester?.name) {
                // Whoever asks has sessions of another name.
                _ if self.is_of_any_session() => {
                    stand_in(if is_user { SESSION_NAME } else { USER_NAME })
                }
                (true, _) => user(),
                (_, capabilities::ROLE) => stand_in(SESSION_NAME),
                _ => stand_in(USER_NAME),
            };
            let made = || Some(format!("{}-{}", starter?, stand_in(SESSION_NUMBER)?));
            return assignment.get(name).cloned().or_else(made);
        }
        let known = self.facts.value(name).or(assignment.get(name));
        // What the policies name may be of a partition that is known by its Region alone.
        let region = assignment.get("Region").and_then(|region| Region::parse(region));
        let follows = region.filter(|_| known.is_none()).and_then(|region| match name {
            "Partition" => Some(region.partition.name()),
            "DnsSuffix" => Some(region.partition.dns_suffix()),
            _ => None,
        });
        if let Some(value) = follows {
            return Some(value.to_owned());
        }
        let known = known.or(self.role.stand_ins.get(name)).cloned();
        known.or_else(|| capabilities::stand_in(name).map(str::to_owned))
    }
}

/// What the session of a role is called, as a placeholder: that of a node by the node.
pub(super) fn session_of(requester: &Requester) -> &'static str {
    match requester.name {
        "node" => "InstanceId",
        HYBRID_REQUESTER => "ManagedInstanceId",
        _ => SESSION_NAME,
    }
}

/// Who asks for a hybrid node.
const HYBRID_REQUESTER: &str = "node_hybrid";

/// An account that is not the role's.
pub(super) const ANOTHER_ACCOUNT: &str = "999999999999";

fn is_node(resource: &str) -> bool {
    [":instance/", ":managed-instance/", ":task/"].iter().any(|kind| resource.contains(kind))
}
