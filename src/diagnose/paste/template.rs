//! Policies in templates of CloudFormation, as far as their values stand there, and whose they are.
//!
//! What only the deployment knows is a policy that is not known: who has it, whether it is there, what it says.
//! Source: the Template Reference of CloudFormation, read 2026-11.

use std::collections::BTreeSet;

use super::cli::Cli;
use super::deployed;
use super::fields::{field, text};
use super::{policy, Kind, Owner, OwnerKind, What};
use crate::json::{Member, Node};

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

/// Why a policy may be another one's, or not be there.
const ON_CONDITION: &str = "hangs on a condition of the template";
const OF_SOMEBODY: &str = "belongs to somebody whom only the deployment knows";
const OF_NOBODY: &str = "is attached to nobody in the template";

/// A resource that has policies.
struct Holder<'a> {
    id: &'a str,
    owner: Owner,
    condition: Option<&'a str>,
}

/// Whose a policy is.
#[derive(Default)]
struct Whose {
    owners: Vec<Owner>,
    /// Whether only the deployment knows it of some.
    is_open: bool,
}

/// What a template says of all its resources.
struct Template<'a> {
    holders: Vec<Holder<'a>>,
    /// The managed policies whose documents stand in the template, by their logical IDs.
    managed: BTreeSet<&'a str>,
    /// Whether all policies could be read.
    is_whole: bool,
    found: usize,
}

impl Cli<'_, '_> {
    /// A template of CloudFormation: the policies whose values stand in it.
    pub(super) fn template(&mut self, resources: &[Member]) {
        let holders = resources.iter().filter_map(|resource| {
            let (_, kind, name) =
                HOLDERS.into_iter().find(|known| Some(known.0) == type_of(resource))?;
            let id = resource.key.text.as_ref();
            let properties = field(&resource.value, "Properties");
            let name = properties.and_then(|own| text(own, name)).unwrap_or(id).to_owned();
            Some(Holder { id, owner: Owner { kind, name }, condition: condition(resource) })
        });
        let is_whole = !deployed::is_changed(self.node())
            && resources.iter().all(|resource| !resource.key.text.starts_with("Fn::"));
        let mut template =
            Template { holders: holders.collect(), managed: BTreeSet::new(), is_whole, found: 0 };
        let used: BTreeSet<&str> = resources.iter().flat_map(managed_used).collect();
        for resource in resources {
            self.policy_resource(resource, &used, &mut template);
        }
        for resource in resources {
            self.holder(resource, resources, &mut template);
        }
        let (kind, what) = match template.found {
            0 => (
                Kind::NotUsed,
                "without a policy whose values stand in it, so what it allows is not known. `postern role FILE` finds \
                 the policies in such a file",
            ),
            _ => (Kind::InlinePolicy, "of which the policies count whose values stand in it"),
        };
        self.say(kind, format!("A CloudFormation template, {what}."));
        if template.found == 0 || !template.is_whole {
            let node = self.node();
            self.push(What::Unread("CloudFormation template"), None, None, node);
        }
    }

    /// A policy that is a resource of its own.
    fn policy_resource<'a>(
        &mut self,
        resource: &'a Member,
        used: &BTreeSet<&str>,
        template: &mut Template<'a>,
    ) {
        let Some(properties) = field(&resource.value, "Properties") else { return };
        let Some(document) = field(properties, "PolicyDocument") else { return };
        let id = resource.key.text.as_ref();
        let kind = type_of(resource).unwrap_or_default();
        let name = text(properties, "PolicyName").unwrap_or(id);
        if !kind.starts_with("AWS::IAM::") {
            // That of a bucket, a queue and so on.
            self.policy_of_resource(document, name);
            return;
        }
        let Some(read) = self.policy(document, Some(name)) else {
            template.is_whole = false;
            return;
        };
        template.found += 1;
        let own = condition(resource);
        let Whose { owners, is_open } = whose(properties, &template.holders);
        if kind == "AWS::IAM::ManagedPolicy" && own.is_none() {
            template.managed.insert(id);
            self.push(What::Library(id.to_owned(), read.clone()), Some(name), None, document);
        }
        let is_nobodys = owners.is_empty() && !is_open && !used.contains(id);
        for owner in owners {
            // It is there whenever its owner is, where both hang on the same condition.
            let holder = template.holders.iter().find(|holder| holder.owner == owner);
            let is_there = own.is_none() || own == holder.and_then(|holder| holder.condition);
            let what =
                if is_there { What::Policy(read.clone()) } else { What::Perhaps(ON_CONDITION) };
            self.push(what, Some(name), Some(&owner), document);
        }
        if is_open || is_nobodys {
            let what = match (own, template.holders.is_empty()) {
                (None, true) => What::Policy(read),
                (None, false) if is_open => What::Perhaps(OF_SOMEBODY),
                (None, false) => What::Perhaps(OF_NOBODY),
                (Some(_), _) => What::Perhaps(ON_CONDITION),
            };
            self.push(what, Some(name), None, document);
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
    fn holder(&mut self, resource: &Member, resources: &[Member], template: &mut Template) {
        let id = resource.key.text.as_ref();
        let holder = template.holders.iter().find(|holder| holder.id == id);
        let Some(owner) = holder.map(|holder| holder.owner.clone()) else { return };
        let Some(properties) = field(&resource.value, "Properties") else { return };
        self.identity(properties, &owner);
        template.found += 1;
        for listed in ["Policies", "ManagedPolicyArns"].map(|name| field(properties, name)) {
            // The list itself may be known to the deployment alone.
            template.is_whole &= listed.is_none_or(|list| list.as_array().is_some());
        }
        for inline in field(properties, "Policies").and_then(Node::as_array).unwrap_or_default() {
            if deployed::is_no_value(inline) {
                continue;
            }
            let name = text(inline, "PolicyName").unwrap_or(id);
            let document = field(inline, "PolicyDocument");
            let read = document.and_then(|node| Some((node, self.policy(node, Some(name))?)));
            match read {
                Some((document, read)) => {
                    template.found += 1;
                    self.push(What::Policy(read), Some(name), Some(&owner), document);
                }
                None => template.is_whole = false,
            }
        }
        let attached = field(properties, "ManagedPolicyArns").and_then(Node::as_array);
        for attached in attached.unwrap_or_default() {
            if deployed::is_no_value(attached) {
                continue;
            }
            let made = deployed::made_by(attached).filter(|made| template.managed.contains(made));
            let arn = made.map(str::to_owned).or_else(|| deployed::text(attached));
            let called = made.and_then(|made| {
                let resource = resources.iter().find(|one| one.key.text == made)?;
                text(field(&resource.value, "Properties")?, "ManagedPolicyName")
            });
            let name = match (&arn, called) {
                (_, Some(called)) => called.to_owned(),
                (Some(arn), None) => arn.rsplit('/').next().unwrap_or_default().to_owned(),
                (None, None) => deployed::in_words(attached),
            };
            self.push(What::Attached(arn), Some(&name), Some(&owner), attached);
            template.found += 1;
        }
    }
}

fn type_of<'a>(resource: &'a Member) -> Option<&'a str> {
    text(&resource.value, "Type")
}

/// On what it hangs whether the resource is there.
fn condition<'a>(resource: &'a Member) -> Option<&'a str> {
    text(&resource.value, "Condition")
}

/// The policies of the template that a resource attaches, or is bounded by.
fn managed_used<'a>(resource: &'a Member) -> Vec<&'a str> {
    let Some(properties) = field(&resource.value, "Properties") else { return Vec::new() };
    let attached = field(properties, "ManagedPolicyArns").and_then(Node::as_array);
    let all = attached.unwrap_or_default().iter().chain(field(properties, "PermissionsBoundary"));
    all.filter_map(deployed::made_by).collect()
}

fn whose(properties: &Node, holders: &[Holder]) -> Whose {
    let mut whose = Whose::default();
    for (property, kind) in OWNERS {
        let Some(named) = field(properties, property) else { continue };
        for one in named.as_array().unwrap_or(std::slice::from_ref(named)) {
            let made = deployed::made_by(one);
            let holder = made.and_then(|made| holders.iter().find(|holder| holder.id == made));
            match (one.as_text(), holder) {
                (Some(name), _) => {
                    whose.owners.push(Owner { kind, name: name.text.clone().into_owned() });
                }
                (None, Some(holder)) => whose.owners.push(holder.owner.clone()),
                (None, None) => whose.is_open |= !deployed::is_no_value(one),
            }
        }
    }
    whose
}
