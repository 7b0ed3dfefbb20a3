//! Reads the input of a decision: policies layer by layer, and the request.

use super::super::read::{element, wrong, Fields};
use super::super::{Error, Value};
use super::tree;
use crate::aws::Arn;
use crate::evaluate::{ContextValue, Gate, Named, PolicySet, Request};
use crate::order::{Map, Set};

const ONE: &[&str] = &["policies", "request"];
const MANY: &[&str] = &["policies", "requests"];
const POLICIES: &[&str] =
    &["identity", "boundary", "scps", "rcps", "session", "resource", "unknown"];
const IDENTITY: &[&str] = &["name", "document"];
const REQUEST: &[&str] =
    &["principal", "action", "resource", "resource_account", "context", "unknown"];

pub(super) fn parse(input: &Value) -> Result<(PolicySet, Request), Error> {
    let input = Fields::of(input, "input", ONE)?;
    let (set, request) = (input.required("policies")?, input.required("request")?);
    Ok((policies(set, &input.at("policies"))?, self::request(request, &input.at("request"))?))
}

pub(super) fn parse_many(input: &Value) -> Result<(PolicySet, Vec<Request>), Error> {
    let input = Fields::of(input, "input", MANY)?;
    let set = policies(input.required("policies")?, &input.at("policies"))?;
    input.required("requests")?;
    let (given, path) = (input.list("requests")?, input.at("requests"));
    let mut requests = Vec::with_capacity(given.len());
    for (i, one) in given.iter().enumerate() {
        requests.push(request(one, &element(&path, i))?);
    }
    Ok((set, requests))
}

fn policies(given: &Value, path: &str) -> Result<PolicySet, Error> {
    let given = Fields::of(given, path, POLICIES)?;
    let mut identity = Vec::new();
    for (i, one) in given.list("identity")?.iter().enumerate() {
        let one = Fields::of(one, &element(&given.at("identity"), i), IDENTITY)?;
        let name = one.required_text("name")?.to_owned();
        let policy = tree::policy(one.required("document")?, &one.at("document"))?;
        identity.push(Named { name, policy });
    }
    let single = |layer| match given.get(layer) {
        None | Some(Value::Null) => Ok(None),
        Some(document) => tree::policy(document, &given.at(layer)).map(Some),
    };
    let levels = |layer| {
        let mut levels = Vec::new();
        for (i, level) in given.list(layer)?.iter().enumerate() {
            let path = element(&given.at(layer), i);
            let mut policies = Vec::new();
            for (j, document) in level.list(&path)?.iter().enumerate() {
                policies.push(tree::policy(document, &element(&path, j))?);
            }
            levels.push(policies);
        }
        Ok(levels)
    };
    let mut unknown = Set::new();
    for (i, name) in given.list("unknown")?.iter().enumerate() {
        let path = element(&given.at("unknown"), i);
        let name = name.text(&path)?;
        let Some(gate) = Gate::ALL.into_iter().find(|gate| gate.name() == name) else {
            let known = Gate::ALL.map(Gate::name).join(", ");
            return Err(wrong(&path, &format!("must be one of {known}")));
        };
        unknown.insert(gate);
    }
    Ok(PolicySet {
        identity,
        boundary: single("boundary")?,
        scps: levels("scps")?,
        rcps: levels("rcps")?,
        session: single("session")?,
        resource: single("resource")?,
        unknown,
    })
}

fn request(given: &Value, path: &str) -> Result<Request, Error> {
    let given = Fields::of(given, path, REQUEST)?;
    let principal = given.required_text("principal")?;
    let action = given.required_text("action")?;
    let resource = given.required_text("resource")?;
    if principal.is_empty() {
        let what = "must be an ARN such as arn:aws:iam::111122223333:role/app, a service such as \
                    ec2.amazonaws.com, or anonymous";
        return Err(wrong(&given.at("principal"), what));
    }
    let is_action = action.split_once(':').is_some_and(|(service, name)| {
        !service.is_empty() && !name.is_empty() && !name.contains([':', '*', '?'])
    });
    if !is_action {
        let what = "must be the name of one action, such as ssm:StartSession";
        return Err(wrong(&given.at("action"), what));
    }
    if resource != "*" && Arn::parse(resource).is_none() {
        let what = "must be an ARN, or * for an action that names no resource";
        return Err(wrong(&given.at("resource"), what));
    }
    let resource_account = match given.get("resource_account") {
        None | Some(Value::Null) => None,
        Some(Value::String(account)) => Some(account.clone()),
        Some(_) => {
            let what = "must be the id of an account as a string, such as \"111122223333\"";
            return Err(wrong(&given.at("resource_account"), what));
        }
    };
    let mut unknown = Set::new();
    for (i, key) in given.list("unknown")?.iter().enumerate() {
        unknown.insert(key.text(&element(&given.at("unknown"), i))?.to_owned());
    }
    Ok(Request {
        principal: principal.to_owned(),
        action: action.to_owned(),
        resource: resource.to_owned(),
        resource_account,
        context: context(&given)?,
        unknown,
    })
}

fn context(given: &Fields) -> Result<Map<String, ContextValue>, Error> {
    let keys = match given.get("context") {
        None | Some(Value::Null) => &[],
        Some(Value::Object(keys)) => keys.as_slice(),
        Some(_) => {
            return Err(wrong(&given.at("context"), "must be an object of condition keys"));
        }
    };
    let (mut context, mut seen) = (Map::new(), Set::new());
    for (key, value) in keys {
        let wrong = |what| wrong(&format!("{}.{key}", given.at("context")), what);
        if !seen.insert(key.to_ascii_lowercase()) {
            return Err(wrong("stands twice; condition keys ignore case"));
        }
        let what = "must be a string, a whole number, a boolean, or a list of these";
        let value = match value {
            Value::List(values) => {
                values.iter().map(text).collect::<Option<_>>().map(ContextValue::Many)
            }
            value => text(value).map(ContextValue::One),
        };
        context.insert(key.clone(), value.ok_or_else(|| wrong(what))?);
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
