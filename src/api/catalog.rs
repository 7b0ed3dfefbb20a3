//! The calls that tell what the service catalog knows: services, actions, the resources and condition keys of each.

use std::collections::BTreeMap;

use serde::Serialize;

use super::read::{read_at, wrong};
use super::{Error, Value};
use crate::aws::catalog::{self, AccessLevel, Action, ConditionKey, GlobalConditionKey, Service};
use crate::aws::{may_match_action, ActionPattern, Arn, Family};
use crate::diagnose::action_in_words;

/// A service on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ServiceName {
    /// What stands before the colon, such as `ssm`.
    pub service: &'static str,
    /// Such as `AWS Systems Manager`.
    pub name: &'static str,
}

/// An action on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionName {
    /// Such as `ssm:StartSession`.
    pub action: String,
    /// AWS's class of what it does.
    pub access_level: &'static str,
    /// What it does, in words.
    pub description: String,
}

/// All that is known of an action, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionDescription {
    /// Such as `ssm:StartSession`.
    pub action: String,
    /// AWS's class of what it does.
    pub access_level: &'static str,
    /// What it does, in words.
    pub description: String,
    /// The name of its service.
    pub service_name: &'static str,
    /// The types of resources that it works on; none where only `*` fits.
    pub resource_types: Vec<ActionResourceType>,
    /// The condition keys of the action, whatever its resource.
    pub condition_keys: Vec<ConditionKeyName>,
}

/// A type of resource that an action works on, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ActionResourceType {
    /// Such as `instance`.
    pub name: &'static str,
    /// The formats of its ARNs.
    pub arn_formats: Vec<String>,
    /// Whether a request always names such a resource.
    pub is_required: bool,
    /// The condition keys that come with it.
    pub condition_keys: Vec<ConditionKeyName>,
}

/// A condition key on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionKeyName {
    /// Such as `ssm:resourceTag/${TagKey}`.
    pub key: &'static str,
    /// The kind of its values.
    #[serde(rename = "type")]
    pub family: &'static str,
    /// Whether a request may have several values for it.
    pub is_multivalued: bool,
}

/// `listServices()`: every service, sorted.
pub fn list_services() -> Vec<ServiceName> {
    catalog::services().map(|one| ServiceName { service: one.prefix(), name: one.name() }).collect()
}

/// `listActions(pattern)`: the actions of a service, such as `ssm`, or that a pattern matches; sorted within a service.
///
/// # Errors
/// The pattern is no text, or no service and no pattern of actions.
pub fn list_actions(pattern: Option<&Value>) -> Result<Vec<ActionName>, Error> {
    Ok(matching(pattern, "pattern")?.into_iter().map(ActionName::of).collect())
}

/// `describeAction(action)`: what is known of an action; `None` for one that AWS does not list.
///
/// # Errors
/// The action is no text, or has no colon.
pub fn describe_action(action: Option<&Value>) -> Result<Option<ActionDescription>, Error> {
    let what = "must be an action, such as ssm:StartSession";
    let pattern = pattern(text(action, "action")?, "action", what)?;
    let found = Service::find(pattern.service).and_then(|service| service.action(pattern.name));
    let described = |action: Action, name: ActionName| ActionDescription {
        action: name.action,
        access_level: name.access_level,
        description: name.description,
        service_name: action.service().name(),
        resource_types: action.resource_types().map(ActionResourceType::of).collect(),
        condition_keys: action.condition_keys().map(ConditionKeyName::of).collect(),
    };
    Ok(found.map(|action| described(action, ActionName::of(action))))
}

/// `listConditionKeys(action)`: the keys that a request for such an action may have, sorted: those of the actions, of
/// their resources, and the global ones.
///
/// # Errors
/// As those of [`list_actions`].
pub fn list_condition_keys(action: Option<&Value>) -> Result<Vec<ConditionKeyName>, Error> {
    let of_resources = |action: Action| {
        action.resource_types().flat_map(|resource| {
            resource.condition_keys().chain(resource.resource_type.condition_keys())
        })
    };
    let of_actions = matching(action, "action")?
        .into_iter()
        .flat_map(|action| action.condition_keys().chain(of_resources(action)));
    let global = GlobalConditionKey::all().map(|global| global.key);
    let keys: BTreeMap<_, _> =
        global.chain(of_actions).map(|key| (key.name, ConditionKeyName::of(key))).collect();
    Ok(keys.into_values().collect())
}

fn matching(pattern: Option<&Value>, name: &str) -> Result<Vec<Action>, Error> {
    let text = text(pattern, name)?;
    if text == "*" {
        return Ok(catalog::services().flat_map(Service::actions).collect());
    }
    if let Some(service) = Service::find(text) {
        return Ok(service.actions().collect());
    }
    let what = "must be a service that AWS lists, such as ssm, or an action or a pattern of actions, such as ssm:Start*";
    let pattern = self::pattern(text, name, what)?;
    let service = Service::find(pattern.service);
    Ok(service.into_iter().flat_map(|service| service.actions_matching(pattern.name)).collect())
}

fn text<'v>(argument: Option<&'v Value<'v>>, name: &str) -> Result<&'v str, Error> {
    let missing = || wrong(name, "is missing; it is an action such as ssm:StartSession");
    read_at(argument.ok_or_else(missing)?, name)
}

fn pattern<'t>(text: &'t str, name: &str, what: &str) -> Result<ActionPattern<'t>, Error> {
    let parsed = ActionPattern::parse(text).filter(|_| may_match_action(text));
    parsed.ok_or_else(|| wrong(name, what))
}

impl ActionName {
    fn of(action: Action) -> Self {
        ActionName {
            action: format!("{}:{}", action.service().prefix(), action.name()),
            access_level: match action.access_level() {
                AccessLevel::List => "List",
                AccessLevel::Read => "Read",
                AccessLevel::Write => "Write",
                AccessLevel::Tagging => "Tagging",
                AccessLevel::PermissionsManagement => "Permissions management",
            },
            description: action_in_words(action),
        }
    }
}

impl ActionResourceType {
    fn of(resource: catalog::ActionResource) -> Self {
        let own = resource.resource_type;
        let keys = own.condition_keys().chain(resource.condition_keys());
        let keys: BTreeMap<_, _> = keys.map(|key| (key.name, ConditionKeyName::of(key))).collect();
        ActionResourceType {
            name: own.name,
            arn_formats: own.arn_formats().map(written).collect(),
            is_required: resource.is_required,
            condition_keys: keys.into_values().collect(),
        }
    }
}

fn written(Arn { partition, service, region, account, resource }: Arn) -> String {
    ["arn", partition, service, region, account, resource].join(":")
}

impl ConditionKeyName {
    fn of(key: ConditionKey) -> Self {
        ConditionKeyName {
            key: key.name,
            family: match key.family {
                Family::Numeric => "Numeric",
                Family::Date => "Date",
                Family::Bool => "Bool",
                Family::Binary => "Binary",
                Family::IpAddress => "IpAddress",
                Family::Arn => "Arn",
                // No key is of the kind of the operator Null.
                Family::String | Family::Null => "String",
            },
            is_multivalued: key.is_multivalued,
        }
    }
}
