//! Events of CloudTrail: the policies that a call took with it, or that its answer holds.
//!
//! Which field of a call has the policy is not asked: each service calls it otherwise. Only what the policy is for follows
//! from the call.
//! Source: the CloudTrail user guide, "CloudTrail record contents", and the API references of the calls, read 2026-11.

use super::cli::{count, Cli, NOT_DEFAULT};
use super::fields::{field, is_statement, text};
use super::language::of_another_language;
use super::{deployed, wrapping, Kind, Owner, OwnerKind, What};
use crate::json::{self, Node, PathElement, Place, Value};

/// What the policy of a call is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    /// A role, user or group, which has it inline.
    Owner,
    /// A managed policy.
    Managed,
    /// Who may assume a role.
    Trust,
    /// A session of a role, or of a user: it limits what their policies allow.
    Session,
    /// The accounts of an organization: it limits what their policies allow.
    Organization,
    /// Something else, such as a resource.
    Other,
}

fn of_call(service: &str, name: &str) -> For {
    match (service, name) {
        ("iam", "PutRolePolicy" | "PutUserPolicy" | "PutGroupPolicy") => For::Owner,
        ("iam", "CreatePolicy" | "CreatePolicyVersion") => For::Managed,
        ("iam", "CreateRole" | "UpdateAssumeRolePolicy") => For::Trust,
        ("sts", _) => For::Session,
        ("organizations", "CreatePolicy" | "UpdatePolicy") => For::Organization,
        _ => For::Other,
    }
}

/// What a value in an event is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Found {
    Policy,
    Statement,
    /// A policy that is none of IAM: what is said of it.
    Foreign(&'static str),
}

/// Whether an object is an event.
pub(super) fn is_event(node: &Node) -> bool {
    field(node, "eventName").is_some() && field(node, "eventSource").is_some()
}

impl<'t> Cli<'_, 't> {
    /// Reads one event.
    pub(super) fn event(&mut self) {
        let node = self.node();
        let name = text(node, "eventName").unwrap_or_default();
        let source = text(node, "eventSource").unwrap_or_default();
        let service = source.split('.').next().unwrap_or_default();
        if let Some(code) = text(node, "errorCode") {
            self.say(
                Kind::NotUsed,
                format!(
                    "An event of CloudTrail: {service}:{name} ended with {code}. Ask what its errorMessage means, and \
                     give the policies of the role here."
                ),
            );
            return;
        }
        let parameters = field(node, "requestParameters");
        let mut found = self.found(parameters);
        if found.is_empty() {
            found = self.found(field(node, "responseElements"));
        }
        let is_for = of_call(service, name);
        let owner = parameters.and_then(owner);
        let boundary = parameters.filter(|_| service == "iam");
        let boundary = boundary.and_then(|all| field(all, "permissionsBoundary"));
        if let (Some(arn), Some(owner)) = (boundary.and_then(deployed::text), &owner) {
            self.push(What::Boundary(arn), None, Some(owner), node);
        }
        if found.is_empty() {
            self.say(
                Kind::NotUsed,
                format!(
                    "An event of CloudTrail, {service}:{name}, in which there is no text of a policy. Give the policies \
                     of the role."
                ),
            );
        }
        for (node, what) in found {
            match what {
                Found::Policy => self.policy_of_event(node, is_for, owner.as_ref()),
                Found::Statement => self.statement_of_event(node),
                Found::Foreign(message) => self.say(Kind::NotUsed, message),
            }
        }
    }

    /// Reads the event that `lookup-events` prints as a string.
    pub(super) fn event_in_string(&mut self, node: &Node<'t>) {
        self.in_string(node, |cli| match is_event(cli.node()) {
            true => cli.event(),
            false => cli.of_no_use(),
        });
    }

    fn policy_of_event(&mut self, document: &Node, is_for: For, owner: Option<&Owner>) {
        let event = self.node();
        let called = |name| text(field(event, "requestParameters")?, name);
        let name = match is_for {
            For::Owner => called("policyName"),
            For::Managed => called("policyName")
                .or_else(|| called("policyArn").and_then(|arn| arn.rsplit('/').next())),
            For::Organization => called("name"),
            For::Trust => Some("Trust policy"),
            For::Session | For::Other => None,
        };
        let Some(read) = self.policy(document, name) else { return };
        let principals =
            read.policy.statements.iter().any(|statement| statement.principal.is_some());
        let named = name.map(|name| format!(" {name}")).unwrap_or_default();
        let (kind, what) = match is_for {
            For::Owner => (Kind::InlinePolicy, format!("The inline policy{named}")),
            For::Managed => (Kind::PolicyVersion, format!("The managed policy{named}")),
            For::Trust => (Kind::TrustPolicy, "The trust policy of a role".to_owned()),
            For::Session => (
                Kind::Policy,
                "The policy of a session, which limits what the role or user may do,".to_owned(),
            ),
            For::Organization => {
                (Kind::OrganizationPolicy, format!("The policy{named} of the organization"))
            }
            For::Other if principals => {
                (Kind::ResourcePolicy, "The policy of a resource".to_owned())
            }
            For::Other => (Kind::Policy, "A policy".to_owned()),
        };
        let statements = count(read.statements.len(), "statement");
        let is_default = field(event, "requestParameters")
            .and_then(|all| field(all, "setAsDefault"))
            .map(|default| &default.value);
        let default = match (is_for, is_default) {
            (For::Managed, Some(Value::Bool(false))) => NOT_DEFAULT,
            _ => "",
        };
        let call = self.call();
        self.say(
            kind,
            format!("{what} with {statements}, in an event of CloudTrail, {call}.{default}"),
        );
        let (what, name) = match is_for {
            For::Owner | For::Other => (What::Policy(read), name),
            For::Managed => (What::Version(read), name),
            For::Trust => (What::Trust(read), Some("trust policy")),
            For::Session | For::Organization => (What::Limit(read), name),
        };
        self.push(what, name, owner, document);
    }

    /// A statement that a service made of the fields of a call, such as `lambda:AddPermission`.
    fn statement_of_event(&mut self, node: &Node<'t>) {
        if node.as_text().is_some() {
            self.in_string(node, |cli| cli.statements(1));
        } else {
            let (root, decoded) = (self.root(), self.decoded());
            Cli::new(root, node, decoded, self.pasted()).statements(1);
        }
    }

    /// `iam:CreateRole`.
    fn call(&self) -> String {
        let source = text(self.node(), "eventSource").unwrap_or_default();
        let service = source.split('.').next().unwrap_or_default();
        format!("{service}:{}", text(self.node(), "eventName").unwrap_or_default())
    }

    /// Reads the JSON in a string; what is found in it has the place of the string.
    pub(super) fn in_string(&mut self, node: &Node<'t>, read: impl FnOnce(&mut Cli)) {
        let Some(inner) = node.as_text().and_then(|string| self.decoded().string(string)) else {
            self.say(Kind::Broken, super::decode::BAD_PERCENT);
            return;
        };
        let parsed = json::parse(inner.text());
        let (Some(root), None) = (&parsed.root, parsed.problem) else {
            self.of_no_use();
            return;
        };
        let before = self.pasted().items.len();
        read(&mut Cli::new(root, root, &inner, self.pasted()));
        let pointer = PathElement::pointer(&Place::of(node).path(self.root()));
        for item in self.pasted().items.iter_mut().skip(before) {
            for place in item.what.places() {
                place.pointer.clone_from(&pointer);
            }
        }
    }

    /// The policies, and statements without one, in a part of an event.
    fn found<'n>(&self, part: Option<&'n Node<'t>>) -> Vec<(&'n Node<'t>, Found)> {
        let (mut open, mut all) = (Vec::from_iter(part), Vec::new());
        while let Some(node) = open.pop() {
            if let Some(found) = self.what_is(node) {
                all.push((node, found));
                continue;
            }
            match &node.value {
                Value::Array(items) => open.extend(items.iter().rev()),
                Value::Object(members) => open.extend(members.iter().rev().map(|one| &one.value)),
                _ => {}
            }
        }
        all
    }

    fn what_is(&self, node: &Node) -> Option<Found> {
        let Some(string) = node.as_text() else { return of_object(node) };
        let inner = self.decoded().string(string)?;
        let written = inner.text().trim_start();
        if !written.starts_with('{') {
            return None;
        }
        let parsed = json::parse(written);
        let found = parsed.root.as_ref().and_then(of_object);
        // What begins as a policy is meant to be one, and is told to be broken.
        found.or_else(|| wrapping::begins_as_policy(written).then_some(Found::Policy))
    }
}

fn of_object(node: &Node) -> Option<Found> {
    if let Some(message) = of_another_language(node) {
        return Some(Found::Foreign(message));
    }
    if field(node, "Statement").is_some() {
        return Some(Found::Policy);
    }
    is_statement(node).then_some(Found::Statement)
}

/// The role, user or group that the parameters of a call of IAM name.
fn owner(parameters: &Node) -> Option<Owner> {
    let names = [
        ("roleName", OwnerKind::Role),
        ("userName", OwnerKind::User),
        ("groupName", OwnerKind::Group),
    ];
    names.into_iter().find_map(|(field, kind)| {
        let name = text(parameters, field)?.to_owned();
        Some(Owner { kind, name })
    })
}

#[cfg(test)]
mod tests;
