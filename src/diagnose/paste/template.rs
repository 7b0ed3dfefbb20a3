//! Policies in templates of CloudFormation, as far as their values stand there, and whose they are.
//!
//! What only the deployment knows is a policy that is not known: who has it, whether it is there, what it says.
//! Source: the Template Reference of CloudFormation, read 2026-11.

use std::collections::{BTreeMap, BTreeSet};

use super::cli::Cli;
use super::deployed;
use super::fields::{field, text};
use super::{policy, Kind, Owner, OwnerKind, What};
use crate::diagnose::managed;
use crate::diagnose::role::built_in;
use crate::json::{Member, Node};
use crate::sort;
use crate::sort::set;
use crate::text::Span;

/// Resources that have policies, and the property that names them.
const HOLDERS: [(&str, OwnerKind, &str); 3] = [
    ("AWS::IAM::Role", OwnerKind::Role, "RoleName"),
    ("AWS::IAM::User", OwnerKind::User, "UserName"),
    ("AWS::IAM::Group", OwnerKind::Group, "GroupName"),
];

/// Properties that say whose a policy is.
const OWNERS: [(&str, OwnerKind); 6] = [
    ("Roles", OwnerKind::Role),
    ("RoleName", OwnerKind::Role),
    ("Users", OwnerKind::User),
    ("UserName", OwnerKind::User),
    ("Groups", OwnerKind::Group),
    ("GroupName", OwnerKind::Group),
];

/// What puts users into a group.
const ADDITION: &str = "AWS::IAM::UserToGroupAddition";

/// Templates of their own, which may attach policies to what their parameters name.
const NESTED: [&str; 2] = ["AWS::CloudFormation::Stack", "AWS::Serverless::Application"];

/// What has policies for a role that is made with it.
const FUNCTION: &str = "AWS::Serverless::Function";

/// Why a policy may be another one's, or not be there.
const ON_CONDITION: &str = "hangs on a condition of the template";
const OF_SOMEBODY: &str = "belongs to somebody whom only the deployment knows";
const OF_NOBODY: &str = "is attached to nobody in the template";

/// A resource that has policies.
struct Holder<'a> {
    id: &'a str,
    owner: Owner,
    resource: &'a Node<'a>,
}

/// What a template says of all its resources.
struct Template<'a> {
    /// By their logical IDs.
    holders: Vec<Holder<'a>>,
    /// The managed policies whose documents stand in the template, by their logical IDs: under what they are attached.
    managed: BTreeMap<&'a str, String>,
    /// Those that somebody attaches, or is bounded by.
    used: BTreeSet<&'a str>,
    /// Whether all policies could be read.
    is_whole: bool,
    /// Whether what could not be read may deny anything.
    may_deny: bool,
    found: usize,
}

impl<'a> Template<'a> {
    fn of(node: &Node, resources: &'a [Member<'a>]) -> Self {
        let holders = resources.iter().filter_map(|Member { key, value: resource, .. }| {
            let (_, kind, name) =
                HOLDERS.into_iter().find(|known| Some(known.0) == text(resource, "Type"))?;
            let id = key.text.as_ref();
            let properties = field(resource, "Properties");
            let name = properties.and_then(|own| text(own, name)).unwrap_or(id).to_owned();
            Some(Holder { id, owner: Owner { kind, name }, resource })
        });
        let mut holders: Vec<_> = holders.collect();
        sort::sort_by(&mut holders, &|a, b| a.id.cmp(b.id));
        let is_holder =
            |id: &str| holders.binary_search_by(|holder: &Holder| holder.id.cmp(id)).is_ok();
        let is_given = |Member { value, .. }: &Member| {
            NESTED.iter().any(|kind| Some(*kind) == text(value, "Type"))
                && field(value, "Properties")
                    .and_then(|own| field(own, "Parameters"))
                    .is_some_and(|given| deployed::names(given, &is_holder))
        };
        let loops = resources.iter().filter(|resource| resource.key.text.starts_with("Fn::"));
        let may_deny = loops
            .clone()
            .any(|one| one.key.text == "Fn::Transform" || deployed::may_deny(&one.value));
        let is_whole =
            loops.count() == 0 && !deployed::is_changed(node) && !resources.iter().any(is_given);
        Template {
            holders,
            managed: BTreeMap::new(),
            used: set(resources.iter().flat_map(|resource| used_by(&resource.value))),
            is_whole,
            may_deny,
            found: 0,
        }
    }

    fn holder(&self, id: &str) -> Option<&Holder<'a>> {
        let at = self.holders.binary_search_by(|holder| holder.id.cmp(id)).ok()?;
        self.holders.get(at)
    }

    /// What a value attaches, where the template makes it.
    fn made(&self, attached: &Node) -> Option<&String> {
        self.managed.get(deployed::made_by(attached)?)
    }
}

impl Cli<'_, '_> {
    /// A template of CloudFormation: the policies whose values stand in it.
    pub(super) fn template(&mut self, resources: &[Member]) {
        let mut template = Template::of(self.node(), resources);
        for resource in resources {
            self.policy_resource(resource, &mut template);
        }
        self.members(resources, &template);
        for holder in std::mem::take(&mut template.holders) {
            self.holder(&holder, &mut template);
        }
        let (kind, what) = match template.found {
            0 => (
                Kind::NotUsed,
                "without a policy whose values stand in it, so what it allows is not known. `postern role FILE` finds \
                 the policies in such a file",
            ),
            _ => (Kind::InlinePolicy, "of which the policies count whose values stand in it"),
        };
        let node = self.node();
        let whole = match field(node, "Resources") {
            Some(_) => "A CloudFormation template",
            None => "A part of a CloudFormation template",
        };
        self.say(kind, format!("{whole}, {what}."));
        if template.found == 0 || !template.is_whole {
            let what =
                What::Unread { what: "CloudFormation template", may_deny: template.may_deny };
            self.push(what, None, None, node);
        }
        if deployed::is_changed(node) {
            self.push(What::MayDeny, Some("A macro of the template"), None, node);
        }
    }

    /// A policy that is a resource of its own.
    fn policy_resource<'a>(&mut self, resource: &'a Member, template: &mut Template<'a>) {
        let properties = field(&resource.value, "Properties");
        let named = text(&resource.value, "Type").unwrap_or("AWS::IAM::");
        let has_more =
            deployed::has_more(&resource.value) || properties.is_some_and(deployed::has_more);
        if named.starts_with("AWS::IAM::") && has_more {
            (template.is_whole, template.may_deny) = (false, true);
        }
        let Some(properties) = properties else { return };
        if let Some(own) = field(properties, "Policies").filter(|_| named == FUNCTION) {
            template.is_whole = false;
            template.may_deny |= deployed::items(own).iter().any(deployed::hides_denial);
        }
        let Some(document) = field(properties, "PolicyDocument") else { return };
        let id = resource.key.text.as_ref();
        let kind = text(&resource.value, "Type").unwrap_or_default();
        let name = text(properties, "PolicyName").unwrap_or(id);
        if !kind.starts_with("AWS::IAM::") {
            // That of a bucket, a queue and so on.
            self.policy_of_resource(document, name);
            return;
        }
        let (owners, is_open) = owners_of(properties, template);
        let Some(read) = self.policy(document, Some(name)) else {
            template.is_whole = false;
            for (owner, _) in &owners {
                self.unread_document(document, name, Some(owner));
            }
            if is_open || owners.is_empty() {
                self.unread_document(document, name, None);
            }
            return;
        };
        template.found += 1;
        // Under the same name another template may have another one.
        let Span { start, end } = self.decoded().source(document.span);
        let key = format!("{id} {start} {end}");
        let own = text(&resource.value, "Condition");
        let is_managed = kind == "AWS::IAM::ManagedPolicy" && own.is_none();
        let is_somebodys = template.used.contains(id) || !owners.is_empty();
        for (owner, condition) in &owners {
            // It is there whenever its owner is, where both hang on the same condition.
            let what = if own.is_none() || own == *condition {
                What::Attached(Some(key.clone()))
            } else {
                What::Perhaps(ON_CONDITION, read.clone())
            };
            self.push(what, Some(name), Some(owner), document);
        }
        if is_open || !is_somebodys {
            let what = match (own, template.holders.is_empty()) {
                (None, true) => What::Policy(read.clone()),
                (None, false) if is_open => What::Perhaps(OF_SOMEBODY, read.clone()),
                (None, false) => What::Perhaps(OF_NOBODY, read.clone()),
                (Some(_), _) => What::Perhaps(ON_CONDITION, read.clone()),
            };
            self.push(what, Some(name), None, document);
        }
        if is_managed {
            template.managed.insert(id, key.clone());
        }
        self.push(What::Library(key, read), Some(name), None, document);
    }

    /// Which users are in which groups, and of which users all groups are told.
    fn members(&mut self, resources: &[Member], template: &Template) {
        let node = self.node();
        let named = |one: &Node, kind| {
            let made = deployed::made_by(one).and_then(|id| template.holder(id));
            let name = one.as_text().map(|name| name.text.clone().into_owned());
            let owner = made.map(|holder| holder.owner.clone());
            owner.or(name.map(|name| Owner { kind, name })).filter(|owner| owner.kind == kind)
        };
        let mut is_open_for_all = false;
        let mut open: BTreeSet<Owner> = BTreeSet::new();
        let users = template.holders.iter().filter(|holder| holder.owner.kind == OwnerKind::User);
        for Holder { owner, resource, .. } in users.clone() {
            let groups = field(resource, "Properties").and_then(|own| field(own, "Groups"));
            let Some(groups) = groups.filter(|groups| !deployed::is_no_value(groups)) else {
                continue;
            };
            if groups.as_array().is_none() {
                open.insert(owner.clone());
            }
            for group in groups.as_array().unwrap_or_default() {
                match named(group, OwnerKind::Group) {
                    Some(group) => self.push(What::Member(group.name), None, Some(owner), node),
                    None if deployed::is_no_value(group) => {}
                    None => drop(open.insert(owner.clone())),
                }
            }
        }
        for Member { value: resource, .. } in resources {
            if text(resource, "Type") != Some(ADDITION) {
                continue;
            }
            let own = field(resource, "Properties");
            let group = own.and_then(|own| field(own, "GroupName"));
            let group = group.and_then(|group| named(group, OwnerKind::Group));
            let group = group.filter(|_| text(resource, "Condition").is_none());
            let added = own.and_then(|own| field(own, "Users")).and_then(Node::as_array);
            is_open_for_all |= added.is_none();
            for user in added.unwrap_or_default() {
                match (named(user, OwnerKind::User), &group) {
                    (Some(user), Some(group)) => {
                        self.push(What::Member(group.name.clone()), None, Some(&user), node);
                    }
                    (Some(user), None) => drop(open.insert(user)),
                    (None, _) => is_open_for_all |= !deployed::is_no_value(user),
                }
            }
        }
        for Holder { owner, .. } in users.filter(|_| !is_open_for_all) {
            if !open.contains(owner) {
                self.push(What::AllGroups, None, Some(owner), node);
            }
        }
    }

    /// Something that is not known, where it may deny what others allow.
    fn may_deny(&mut self, node: &Node, name: &str, owner: Option<&Owner>) {
        if deployed::may_deny(node) {
            self.push(What::MayDeny, Some(name), owner, node);
        }
    }

    /// A document that could not be read, where it may deny what others allow.
    fn unread_document(&mut self, document: &Node, name: &str, owner: Option<&Owner>) {
        if deployed::hides_denial(document) {
            self.push(What::MayDeny, Some(name), owner, document);
        }
    }

    /// The policy of a resource; one that depends on the deployment is nothing to the role.
    fn policy_of_resource(&mut self, document: &Node, name: &str) {
        policy::keep_text(document, self.decoded(), Some(name), self.pasted());
        let Ok(read) = policy::read(self.root(), document, self.decoded()) else { return };
        if read.policy.statements.iter().any(|statement| statement.principal.is_some()) {
            self.push(What::Policy(read), Some(name), None, document);
        }
    }

    /// A role, user or group: who may take it, its boundary, what it has inline and what is attached to it.
    fn holder(&mut self, Holder { id, owner, resource }: &Holder, template: &mut Template) {
        template.found += 1;
        template.is_whole &= !deployed::has_more(resource);
        let Some(properties) = field(resource, "Properties") else { return };
        template.is_whole &= !deployed::has_more(properties);
        let boundary = field(properties, "PermissionsBoundary");
        let bound = boundary.and_then(|boundary| template.made(boundary)).cloned();
        self.identity(properties, owner, bound);
        let listed = |name| field(properties, name).map(|list| list.as_array());
        let (inline, attached) = (listed("Policies"), listed("ManagedPolicyArns"));
        // A list itself may be known to the deployment alone.
        template.is_whole &= inline != Some(None) && attached != Some(None);
        for property in ["Policies", "ManagedPolicyArns"] {
            if let Some(list) = field(properties, property).filter(|list| list.as_array().is_none())
            {
                self.may_deny(list, property, Some(owner));
            }
        }
        let there = |list: Option<Option<_>>| {
            let items: &[Node] = list.flatten().unwrap_or_default();
            items.iter().flat_map(|one| {
                let (cases, is_open) = deployed::cases(one);
                cases.into_iter().map(move |one| (one, is_open))
            })
        };
        for (policy, is_open) in there(inline) {
            let name = text(policy, "PolicyName").unwrap_or(id);
            let document = field(policy, "PolicyDocument");
            let read = document.and_then(|node| Some((node, self.policy(node, Some(name))?)));
            match read {
                Some((document, read)) => {
                    let what = match is_open {
                        true => What::Perhaps(ON_CONDITION, read),
                        false => What::Policy(read),
                    };
                    self.push(what, Some(name), Some(owner), document);
                }
                None => {
                    template.is_whole = false;
                    self.unread_document(document.unwrap_or(policy), name, Some(owner));
                }
            }
        }
        for (attached, is_open) in there(attached) {
            let made = template.made(attached).cloned();
            let name = match deployed::text(attached) {
                Some(arn) => arn.rsplit('/').next().unwrap_or_default().to_owned(),
                None => deployed::in_words(attached),
            };
            let arn = made.or_else(|| deployed::text(attached));
            if arn.is_none() {
                self.may_deny(attached, &name, Some(owner));
            }
            let known = arn.as_deref().filter(|_| is_open).and_then(managed::find_arn);
            let what = match known.and_then(built_in) {
                Some(read) => What::Perhaps(ON_CONDITION, read),
                // Under another name than its own, so that its document does not count.
                None if is_open => What::Attached(Some(deployed::in_words(attached))),
                None => What::Attached(arn),
            };
            self.push(what, Some(&name), Some(owner), attached);
        }
    }
}

/// Whose a policy is, each with the condition on which the owner hangs; and whether somebody may be whom nobody knows.
fn owners_of<'a>(
    properties: &Node,
    template: &Template<'a>,
) -> (Vec<(Owner, Option<&'a str>)>, bool) {
    let (mut owners, mut is_open) = (Vec::new(), false);
    for (property, kind) in OWNERS {
        let Some(named) = field(properties, property) else { continue };
        for one in named.as_array().unwrap_or(std::slice::from_ref(named)) {
            let holder = deployed::made_by(one).and_then(|made| template.holder(made));
            let condition = holder.and_then(|holder| text(holder.resource, "Condition"));
            match (one.as_text(), holder) {
                (Some(name), _) => {
                    owners.push((Owner { kind, name: name.text.clone().into_owned() }, condition));
                }
                (None, Some(holder)) => owners.push((holder.owner.clone(), condition)),
                (None, None) => is_open |= !deployed::is_no_value(one),
            }
        }
    }
    (owners, is_open)
}

/// The policies of the template that a resource attaches, or is bounded by.
fn used_by<'a>(resource: &'a Node) -> Vec<&'a str> {
    let Some(properties) = field(resource, "Properties") else { return Vec::new() };
    let attached = field(properties, "ManagedPolicyArns").and_then(Node::as_array);
    let all = attached.unwrap_or_default().iter().chain(field(properties, "PermissionsBoundary"));
    all.filter_map(deployed::made_by).collect()
}
