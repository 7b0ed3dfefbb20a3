//! A policy document on the wire, with IAM's own field names; what a policy does not have is left out, as IAM does.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::policy::{ConditionBlock, Element, Policy, Principal, Strings, Who};

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct PolicyDocument {
    /// The version of the policy language.
    pub version: &'static str,
    /// The statements.
    pub statement: Vec<Statement>,
}

/// A statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Statement {
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// `Allow` or `Deny`.
    pub effect: &'static str,
    /// Who may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal: Option<Principals>,
    /// Everyone but these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_principal: Option<Principals>,
    /// Action names and patterns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<OneOrMany>,
    /// All actions but these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_action: Option<OneOrMany>,
    /// ARNs, patterns or `*`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<OneOrMany>,
    /// All resources but these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_resource: Option<OneOrMany>,
    /// Operators, and for each its keys with their values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<Map<Map<OneOrMany>>>,
}

/// The principals of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Principals {
    /// `"*"`.
    Everyone(&'static str),
    /// By type.
    Listed(Map<OneOrMany>),
}

/// A string, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// Without a list around it.
    One(String),
    /// A list.
    Many(Vec<String>),
}

/// An object whose keys keep their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Map<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl From<Policy> for PolicyDocument {
    fn from(policy: Policy) -> Self {
        PolicyDocument {
            version: policy.version.name(),
            statement: policy.statements.into_iter().map(Statement::from).collect(),
        }
    }
}

impl From<crate::policy::Statement> for Statement {
    fn from(statement: crate::policy::Statement) -> Self {
        let mut wire = Statement {
            sid: statement.sid,
            effect: statement.effect.name(),
            ..Statement::default()
        };
        if let Some(Principal { negated, who }) = statement.principal {
            let principals = match who {
                Who::Everyone => Principals::Everyone("*"),
                Who::Listed(types) => Principals::Listed(map(types)),
            };
            *(if negated { &mut wire.not_principal } else { &mut wire.principal }) =
                Some(principals);
        }
        let Element { negated, values } = statement.action;
        *(if negated { &mut wire.not_action } else { &mut wire.action }) = Some(values.into());
        if let Some(Element { negated, values }) = statement.resource {
            *(if negated { &mut wire.not_resource } else { &mut wire.resource }) =
                Some(values.into());
        }
        if !statement.condition.is_empty() {
            let block = |ConditionBlock { operator, keys }| (operator, map(keys));
            wire.condition = Some(Map(statement.condition.into_iter().map(block).collect()));
        }
        wire
    }
}

fn map(lists: Vec<(String, Strings)>) -> Map<OneOrMany> {
    Map(lists.into_iter().map(|(key, strings)| (key, strings.into())).collect())
}

impl From<Strings> for OneOrMany {
    fn from(strings: Strings) -> Self {
        match strings {
            Strings::One(one) => OneOrMany::One(one),
            Strings::Many(many) => OneOrMany::Many(many),
        }
    }
}
