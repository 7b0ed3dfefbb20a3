//! The IAM view of a JSON tree: statements, elements and values, each still a node with a place.
//!
//! Every mistake is accepted: what has the wrong type or name is simply not seen by the typed views, and the rules
//! that look for such mistakes read the nodes. Source: "Grammar of the IAM JSON policy language", read 2026-11.

mod action;
mod condition;
mod principal;
mod resource;

use std::borrow::Cow;
use std::ops::Deref;
use std::slice;

use crate::json::{Member, Node, Place, Text, Value};
use action::{service_bit, Lookup};

pub use action::ActionEntry;
pub use condition::{Condition, ConditionEntry};
pub use principal::{Principal, PrincipalEntry};
pub use resource::ResourceEntry;

/// A policy document as it is written.
#[derive(Debug)]
pub struct Document<'t> {
    /// The whole.
    pub root: &'t Node<'t>,
    /// The members of the root; empty when it is no object.
    pub members: &'t [Member<'t>],
    /// `Version`.
    pub version: Option<Element<'t>>,
    /// `Statement`.
    pub statement: Option<Element<'t>>,
    /// The statements that are objects with an element that IAM knows, in their order.
    pub statements: Vec<Statement<'t>>,
    /// Those that are objects without one, of which hardly a rule has to say anything: a text has room for a million.
    bare: Vec<Statement<'t>>,
}

/// One statement.
///
/// What it says is asked of it directly, as `statement.action`; see [`Elements`].
#[derive(Debug)]
pub struct Statement<'t> {
    /// The object.
    pub node: &'t Node<'t>,
    /// Its members.
    pub members: &'t [Member<'t>],
    /// What it says; `None` when it has no element that IAM knows, since a text has room for a million such statements,
    /// which every rule looks at.
    elements: Option<Box<Elements<'t>>>,
}

/// The elements of a statement.
#[derive(Debug)]
pub struct Elements<'t> {
    /// `Sid`.
    pub sid: Option<Element<'t>>,
    /// `Effect`.
    pub effect: Option<Element<'t>>,
    /// `Action`.
    pub action: Option<Element<'t>>,
    /// `NotAction`.
    pub not_action: Option<Element<'t>>,
    /// `Resource`.
    pub resource: Option<Element<'t>>,
    /// `NotResource`.
    pub not_resource: Option<Element<'t>>,
    /// `Principal`.
    pub principal: Option<Box<Principal<'t>>>,
    /// `NotPrincipal`.
    pub not_principal: Option<Box<Principal<'t>>>,
    /// `Condition`; empty when there is none.
    pub condition: Condition<'t>,
    /// What `Effect` says, if it is one of the two.
    known_effect: Option<Effect>,
    /// The strings of `Action`, then of `NotAction`.
    actions: Vec<ActionEntry<'t>>,
    /// How many of them are of `Action`.
    action_count: usize,
    /// The [`service_bit`] of each that they may cover.
    service_bits: u64,
    /// The strings of `Resource`, then of `NotResource`.
    resources: Vec<ResourceEntry<'t>>,
    /// How many of them are of `Resource`.
    resource_count: usize,
}

/// What a statement says that has no element.
static NOTHING: Elements<'static> = Elements {
    sid: None,
    effect: None,
    action: None,
    not_action: None,
    resource: None,
    not_resource: None,
    principal: None,
    not_principal: None,
    condition: Condition { element: None, entries: Vec::new() },
    known_effect: None,
    actions: Vec::new(),
    action_count: 0,
    service_bits: 0,
    resources: Vec::new(),
    resource_count: 0,
};

impl<'t> Deref for Statement<'t> {
    type Target = Elements<'t>;

    fn deref(&self) -> &Elements<'t> {
        match &self.elements {
            Some(elements) => elements,
            None => &NOTHING,
        }
    }
}

/// A member with a name that IAM knows.
#[derive(Clone, Copy, Debug)]
pub struct Element<'t> {
    /// Its name.
    pub key: &'t Text<'t>,
    /// Its value, of whatever type.
    pub value: &'t Node<'t>,
}

/// A string at a place.
#[derive(Clone, Copy, Debug)]
pub struct Str<'t> {
    /// The node that holds it.
    pub node: &'t Node<'t>,
    /// What it says.
    pub text: &'t str,
}

/// What a document's `Version` makes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// 2012-10-17: with policy variables.
    V2012,
    /// 2008-10-17, also when the element is absent: without.
    V2008,
    /// Some other text.
    Unknown,
}

/// The effect of a statement, when it is one of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// `Allow`.
    Allow,
    /// `Deny`.
    Deny,
}

/// The names of a document's elements.
pub const DOCUMENT_ELEMENTS: [&str; 3] = ["Version", "Id", "Statement"];

/// The names of a statement's elements.
pub const STATEMENT_ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

impl<'t> Document<'t> {
    /// Looks at a tree; never fails.
    pub fn new(root: &'t Node<'t>) -> Self {
        let members = root.as_object().unwrap_or_default();
        let statement = element(members, "Statement");
        let nodes: &[Node] = match statement.map(|element| element.value) {
            Some(node) => node.as_array().unwrap_or(slice::from_ref(node)),
            None => &[],
        };
        let mut lookup = Lookup::default();
        let (mut statements, mut bare) = (Vec::new(), Vec::new());
        for statement in nodes.iter().filter_map(|node| Statement::new(node, &mut lookup)) {
            match statement.elements {
                Some(_) => statements.push(statement),
                None => bare.push(statement),
            }
        }
        let version = element(members, "Version");
        Document { root, members, version, statement, statements, bare }
    }

    /// The statements that are objects, also those that have no element, in their order.
    pub fn all_statements(&self) -> impl Iterator<Item = &Statement<'t>> {
        let (mut statements, mut bare) = (self.statements.iter().peekable(), self.bare.iter());
        let mut next_bare = bare.next();
        std::iter::from_fn(move || match (statements.peek(), next_bare) {
            (Some(statement), Some(other)) if statement.place() < other.place() => {
                statements.next()
            }
            (_, Some(_)) => std::mem::replace(&mut next_bare, bare.next()),
            (_, None) => statements.next(),
        })
    }

    /// What the `Version` says.
    pub fn language(&self) -> Language {
        match self.version.map(|element| element.text()) {
            None => Language::V2008,
            Some(Some("2008-10-17")) => Language::V2008,
            Some(Some("2012-10-17")) => Language::V2012,
            Some(_) => Language::Unknown,
        }
    }
}

impl<'t> Statement<'t> {
    fn new(node: &'t Node<'t>, lookup: &mut Lookup<'t>) -> Option<Self> {
        let members = node.as_object()?;
        let is_element = |member: &Member| STATEMENT_ELEMENTS.contains(&member.key.text.as_ref());
        let elements =
            members.iter().any(is_element).then(|| Box::new(Elements::new(members, lookup)));
        Some(Statement { node, members, elements })
    }

    /// The statement as a whole.
    pub fn place(&self) -> Place {
        Place::of(self.node)
    }
}

impl<'t> Elements<'t> {
    fn new(members: &'t [Member<'t>], lookup: &mut Lookup<'t>) -> Self {
        let [mut sid, mut effect, mut principal, mut not_principal] = [None; 4];
        let [mut action, mut not_action, mut resource, mut not_resource] = [None; 4];
        let mut condition = None;
        for Member { key, value } in members {
            let element = match key.text.as_ref() {
                "Sid" => &mut sid,
                "Effect" => &mut effect,
                "Principal" => &mut principal,
                "NotPrincipal" => &mut not_principal,
                "Action" => &mut action,
                "NotAction" => &mut not_action,
                "Resource" => &mut resource,
                "NotResource" => &mut not_resource,
                "Condition" => &mut condition,
                _ => continue,
            };
            element.get_or_insert(Element { key, value });
        }
        let known_effect = match effect.and_then(|effect| effect.text()) {
            Some("Allow") => Some(Effect::Allow),
            Some("Deny") => Some(Effect::Deny),
            _ => None,
        };
        let (actions, action_count) = lookup.entries(action, not_action);
        let (resources, resource_count) = resource::entries(resource, not_resource);
        let service_bits = std::mem::take(&mut lookup.bits);
        Elements {
            sid,
            effect,
            action,
            not_action,
            resource,
            not_resource,
            principal: principal.map(Principal::new).map(Box::new),
            not_principal: not_principal.map(Principal::new).map(Box::new),
            condition: Condition::new(condition),
            known_effect,
            actions,
            action_count,
            service_bits,
            resources,
            resource_count,
        }
    }

    /// The effect; `None` when it is absent or misspelt.
    pub fn effect(&self) -> Option<Effect> {
        self.known_effect
    }

    /// The strings of `Action`.
    pub fn actions(&self) -> slice::Iter<'_, ActionEntry<'t>> {
        self.actions.get(..self.action_count).unwrap_or_default().iter()
    }

    /// The strings of `NotAction`.
    pub fn not_actions(&self) -> slice::Iter<'_, ActionEntry<'t>> {
        self.actions.get(self.action_count..).unwrap_or_default().iter()
    }

    /// The strings of `Action`, then of `NotAction`.
    pub fn action_entries(&self) -> slice::Iter<'_, ActionEntry<'t>> {
        self.actions.iter()
    }

    /// Whether an entry of `Action` or `NotAction` may cover the action; `false` tells most statements without a look
    /// at their entries.
    pub fn may_name(&self, action: &str) -> bool {
        self.service_bits & service_bit(action) != 0
    }

    /// The strings of `Resource`.
    pub fn resources(&self) -> slice::Iter<'_, ResourceEntry<'t>> {
        self.resources.get(..self.resource_count).unwrap_or_default().iter()
    }

    /// The strings of `Resource`, then of `NotResource`.
    pub fn resource_entries(&self) -> slice::Iter<'_, ResourceEntry<'t>> {
        self.resources.iter()
    }

    /// `Principal` and `NotPrincipal`, those that are there.
    pub fn principal_elements(&self) -> impl Iterator<Item = &Principal<'t>> {
        self.principal.iter().chain(&self.not_principal).map(Box::as_ref)
    }
}

impl<'t> Element<'t> {
    /// The value, if it is a string.
    pub fn text(&self) -> Option<&'t str> {
        text_of(self.value)
    }

    /// The strings in it: itself, or those of an array; other values are passed over.
    pub fn strings(&self) -> impl Iterator<Item = Str<'t>> {
        strings(self.value)
    }

    /// The value.
    pub fn place(&self) -> Place {
        Place::of(self.value)
    }

    /// The key.
    pub fn key_place(&self) -> Place {
        Place::of_key(self.key)
    }
}

impl<'t> Str<'t> {
    /// The string that the node is, if it is one.
    fn of(node: &'t Node<'t>) -> Option<Self> {
        Some(Str { node, text: text_of(node)? })
    }

    /// The string with its quotes.
    pub fn place(&self) -> Place {
        Place::of(self.node)
    }

    /// Whether nothing is in it but `*`, at least one.
    pub fn is_all_stars(&self) -> bool {
        !self.text.is_empty() && self.text.bytes().all(|b| b == b'*')
    }
}

fn element<'t>(members: &'t [Member<'t>], name: &str) -> Option<Element<'t>> {
    let member = members.iter().find(|member| member.key.text == name)?;
    Some(Element { key: &member.key, value: &member.value })
}

/// What is made of the strings of the first element, then of the second; how much is of the first.
fn entries<'t, E>(
    first: Option<Element<'t>>,
    second: Option<Element<'t>>,
    mut entry: impl FnMut(Str<'t>) -> E,
) -> (Vec<E>, usize) {
    let mut entries = Vec::new();
    let mut add = |element: Option<Element<'t>>| {
        let nodes = element.map_or(&[][..], |element| one_or_many(element.value));
        // As many as there are strings: a list of a million numbers has none.
        entries.reserve_exact(nodes.iter().filter(|node| node.as_text().is_some()).count());
        for string in nodes.iter().filter_map(Str::of) {
            entries.push(entry(string));
        }
        entries.len()
    };
    let count = add(first);
    add(second);
    (entries, count)
}

/// The values of a node that may be one or a list: the node itself, or its elements.
pub fn one_or_many<'t>(node: &'t Node<'t>) -> &'t [Node<'t>] {
    match &node.value {
        Value::Array(elements) => elements,
        _ => slice::from_ref(node),
    }
}

/// The strings of a node that may be one or a list.
pub fn strings<'t>(node: &'t Node<'t>) -> impl Iterator<Item = Str<'t>> {
    one_or_many(node).iter().filter_map(Str::of)
}

fn text_of<'t>(node: &'t Node<'t>) -> Option<&'t str> {
    match &node.value {
        Value::String(Text { text: Cow::Borrowed(text), .. }) => Some(text),
        Value::String(Text { text: Cow::Owned(text), .. }) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Effect, Language};
    use crate::json::parse;

    fn with<R>(text: &str, look: impl FnOnce(&Document) -> R) -> R {
        let root = parse(text).root.unwrap();
        look(&Document::new(&root))
    }

    #[test]
    fn one_statement_and_many_are_seen_alike() {
        for text in [
            r#"{"Statement": {"Effect": "Allow", "Action": "a:B", "Resource": ["x", 1, "y"]}}"#,
            r#"{"Statement": [{"Effect": "Allow", "Action": ["a:B"], "Resource": ["x", "y"]}, 7]}"#,
        ] {
            with(text, |document| {
                let [statement] = document.statements.as_slice() else { panic!("{text}") };
                assert_eq!(statement.effect(), Some(Effect::Allow));
                assert_eq!(statement.actions().map(|s| s.text).collect::<Vec<_>>(), ["a:B"]);
                assert_eq!(
                    statement.resource_entries().map(|s| s.text).collect::<Vec<_>>(),
                    ["x", "y"]
                );
            });
        }
    }

    #[test]
    fn statements_without_an_element_stand_in_their_place() {
        let text =
            r#"{"Statement": [{}, {"Sid": "a"}, {"b": 1}, 7, {}, {"Sid": "c"}, {"Sid": "d"}, {}]}"#;
        with(text, |document| {
            let nodes = document.root.as_object().unwrap()[0].value.as_array().unwrap();
            let objects = nodes.iter().filter(|node| node.as_object().is_some());
            let found = document.all_statements().map(|statement| statement.node.span);
            assert!(found.eq(objects.map(|node| node.span)));
            assert_eq!(document.statements.len(), 3);
            assert!(document.all_statements().next().is_some_and(|first| first.sid.is_none()));
        });
    }

    #[test]
    fn anything_may_stand_anywhere() {
        for text in [
            "null",
            "[]",
            "{}",
            "3",
            r#"{"Statement": null}"#,
            r#"{"Statement": [[]]}"#,
            r#"{"Statement": {"Effect": [], "Action": {}, "Condition": 1, "Principal": [1], "Sid": null}}"#,
            r#"{"Version": [], "Statement": {"Condition": {"StringEquals": [1], "Bool": {"a": {}}}}}"#,
        ] {
            with(text, |document| {
                assert_ne!(document.language(), Language::V2012, "{text}");
                for statement in &document.statements {
                    assert_eq!(statement.effect(), None, "{text}");
                    assert_eq!(statement.action_entries().count(), 0, "{text}");
                }
            });
        }
    }

    #[test]
    fn the_version_decides_the_language() {
        assert_eq!(with("{}", |d| d.language()), Language::V2008);
        assert_eq!(with(r#"{"Version": "2012-10-17"}"#, |d| d.language()), Language::V2012);
        assert_eq!(with(r#"{"Version": "2012-10-18"}"#, |d| d.language()), Language::Unknown);
        assert_eq!(with(r#"{"Version": 2012}"#, |d| d.language()), Language::Unknown);
    }
}
