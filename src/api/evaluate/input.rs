//! Reads the input of a decision: policies layer by layer, and the request.

use std::borrow::Cow;
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ManyInput {
    policies: Policies,
    requests: Vec<AccessRequest>,
}

pub(super) fn parse(input: &Value) -> Result<(PolicySet, Request), Error> {
    let input: Input = read(input, "input")?;
    let policies = policies(input.policies)?;
    let request = request(input.request).map_err(|wrong| wrong.at("input.request"))?;
    Ok((policies, request))
}

pub(super) fn parse_many(input: &Value) -> Result<(PolicySet, Vec<Request>), Error> {
    let input: ManyInput = read(input, "input")?;
    let policies = policies(input.policies)?;
    let one = |(i, given)| {
        request(given).map_err(|wrong: WrongRequest| wrong.at(&format!("input.requests[{i}]")))
    };
    let requests = input.requests.into_iter().enumerate().map(one).collect::<Result<_, _>>()?;
    Ok((policies, requests))
}

/// A field of a request, and what it must be.
struct WrongRequest {
    field: Cow<'static, str>,
    what: &'static str,
}

impl WrongRequest {
    fn at(self, request: &str) -> Error {
        wrong(&format!("{request}.{}", self.field), self.what)
    }
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

fn request(given: AccessRequest) -> Result<Request, WrongRequest> {
    let wrong = |field: &'static str, what| WrongRequest { field: field.into(), what };
    if given.principal.is_empty() {
        let what = "must be an ARN such as arn:aws:iam::111122223333:role/app, a service such as \
                    ec2.amazonaws.com, or anonymous";
        return Err(wrong("principal", what));
    }
    let is_action = given.action.split_once(':').is_some_and(|(service, name)| {
        !service.is_empty() && !name.is_empty() && !name.contains([':', '*', '?'])
    });
    if !is_action {
        return Err(wrong("action", "must be the name of one action, such as ssm:StartSession"));
    }
    if given.resource != "*" && Arn::parse(&given.resource).is_none() {
        let what = "must be an ARN, or * for an action that names no resource";
        return Err(wrong("resource", what));
    }
    let resource_account = match given.resource_account {
        None | Some(Value::Null) => None,
        Some(Value::String(account)) => Some(account),
        Some(_) => {
            let what = "must be the id of an account as a string, such as \"111122223333\"";
            return Err(wrong("resource_account", what));
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

fn context(given: Option<Value>) -> Result<BTreeMap<String, ContextValue>, WrongRequest> {
    let keys = match given {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Object(keys)) => keys,
        Some(_) => {
            let what = "must be an object of condition keys";
            return Err(WrongRequest { field: "context".into(), what });
        }
    };
    let (mut context, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for (key, value) in keys {
        let wrong = |what| WrongRequest { field: format!("context.{key}").into(), what };
        if !seen.insert(key.to_ascii_lowercase()) {
            return Err(wrong("stands twice; condition keys ignore case"));
        }
        let read = match value {
            Value::String(text) => Some(ContextValue::One(text)),
            Value::List(values) => {
                values.iter().map(text).collect::<Option<_>>().map(ContextValue::Many)
            }
            value => text(&value).map(ContextValue::One),
        };
        let what = "must be a string, a whole number, a boolean, or a list of these";
        let read = read.ok_or_else(|| wrong(what))?;
        context.insert(key, read);
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
