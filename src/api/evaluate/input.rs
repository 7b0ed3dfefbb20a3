//! Reads the input of a decision: policies layer by layer, and the request.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::super::read::{read, Value};
use super::super::Error;
use super::tree;
use crate::aws::Arn;
use crate::evaluate::{ContextValue, Gate, Named, PolicySet, Request};
use crate::policy::Policy;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    policies: Policies,
    request: AccessRequest,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Policies {
    #[serde(default)]
    identity: Vec<Identity>,
    boundary: Option<Value>,
    #[serde(default)]
    scps: Vec<Vec<Value>>,
    #[serde(default)]
    rcps: Vec<Vec<Value>>,
    session: Option<Value>,
    resource: Option<Value>,
    #[serde(default)]
    unknown: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Identity {
    name: String,
    document: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccessRequest {
    principal: String,
    action: String,
    resource: String,
    resource_account: Option<Value>,
    context: Option<Value>,
    #[serde(default)]
    unknown: BTreeSet<String>,
}

pub(super) fn parse(input: &Value) -> Result<(PolicySet, Request), Error> {
    let input: Input = read(input, "input")?;
    Ok((policies(input.policies)?, request(input.request)?))
}

fn policies(given: Policies) -> Result<PolicySet, Error> {
    let at = |layer: &str| format!("input.policies.{layer}");
    let mut identity = Vec::new();
    for (i, Identity { name, document }) in given.identity.into_iter().enumerate() {
        let policy = tree::policy(&document, &at(&format!("identity[{i}].document")))?;
        identity.push(Named { name, policy });
    }
    let single = |document: Option<Value>, layer| match document {
        None | Some(Value::Null) => Ok(None),
        Some(document) => tree::policy(&document, &at(layer)).map(Some),
    };
    let levels = |levels: Vec<Vec<Value>>, layer| {
        let level = |(i, level): (usize, Vec<Value>)| {
            let policy = |(j, document): (usize, Value)| {
                tree::policy(&document, &at(&format!("{layer}[{i}][{j}]")))
            };
            level.into_iter().enumerate().map(policy).collect::<Result<Vec<Policy>, _>>()
        };
        levels.into_iter().enumerate().map(level).collect::<Result<Vec<_>, _>>()
    };
    let mut unknown = BTreeSet::new();
    for (i, name) in given.unknown.iter().enumerate() {
        let Some(gate) = Gate::ALL.into_iter().find(|gate| gate.name() == name) else {
            let known = Gate::ALL.map(Gate::name).join(", ");
            return Err(wrong(&at(&format!("unknown[{i}]")), &format!("must be one of {known}")));
        };
        unknown.insert(gate);
    }
    Ok(PolicySet {
        identity,
        boundary: single(given.boundary, "boundary")?,
        scps: levels(given.scps, "scps")?,
        rcps: levels(given.rcps, "rcps")?,
        session: single(given.session, "session")?,
        resource: single(given.resource, "resource")?,
        unknown,
    })
}

fn request(given: AccessRequest) -> Result<Request, Error> {
    if given.principal.is_empty() {
        let what = "must be an ARN such as arn:aws:iam::111122223333:role/app, a service such as \
                    ec2.amazonaws.com, or anonymous";
        return Err(wrong("input.request.principal", what));
    }
    let is_action = given.action.split_once(':').is_some_and(|(service, name)| {
        !service.is_empty() && !name.is_empty() && !name.contains([':', '*', '?'])
    });
    if !is_action {
        let what = "must be the name of one action, such as ssm:StartSession";
        return Err(wrong("input.request.action", what));
    }
    if given.resource != "*" && Arn::parse(&given.resource).is_none() {
        let what = "must be an ARN, or * for an action that names no resource";
        return Err(wrong("input.request.resource", what));
    }
    let resource_account = match given.resource_account {
        None | Some(Value::Null) => None,
        Some(Value::String(account)) => Some(account),
        Some(_) => {
            let what = "must be the id of an account as a string, such as \"111122223333\"";
            return Err(wrong("input.request.resource_account", what));
        }
    };
    Ok(Request {
        principal: given.principal,
        action: given.action,
        resource: given.resource,
        resource_account,
        context: context(given.context)?,
        unknown: given.unknown,
    })
}

fn context(given: Option<Value>) -> Result<BTreeMap<String, ContextValue>, Error> {
    const PATH: &str = "input.request.context";
    let keys = match given {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(keys)) => keys,
        Some(_) => return Err(wrong(PATH, "must be an object of condition keys")),
    };
    let (mut context, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for (key, value) in keys {
        let path = format!("{PATH}.{key}");
        if !seen.insert(key.to_ascii_lowercase()) {
            return Err(wrong(&path, "stands twice; condition keys ignore case"));
        }
        let what = "must be a string, a whole number, a boolean, or a list of these";
        let value = match &value {
            Value::List(values) => {
                values.iter().map(text).collect::<Option<_>>().map(ContextValue::Many)
            }
            value => text(value).map(ContextValue::One),
        };
        context.insert(key, value.ok_or_else(|| wrong(&path, what))?);
    }
    Ok(context)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn wrong(path: &str, what: &str) -> Error {
    Error {
        code: "INVALID_ARGUMENT",
        message: format!("{path} {what}."),
        path: Some(path.to_owned()),
    }
}
