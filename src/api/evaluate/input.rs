//! Reads the input of a decision: policies layer by layer, and the request.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::super::read::{element, wrong, Fields};
use super::super::{Error, Value};
use super::tree;
use crate::aws::{Arn, LONGEST_ARN};
use crate::evaluate::{ContextValue, Gate, Named, PolicySet, Request};

const ONE: &[&str] = &["policies", "request"];
const MANY: &[&str] = &["policies", "request", "requests"];
const POLICIES: &[&str] =
    &["identity", "boundary", "scps", "rcps", "session", "resource", "unknown"];
const IDENTITY: &[&str] = &["name", "document"];
const REQUEST: &[&str] =
    &["principal", "action", "resource", "resource_account", "context", "unknown"];

/// How many characters the name of an action has at most.
///
/// Source: the IAM API reference, "SimulateCustomPolicy", ActionNames, read 2026-11.
const LONGEST_ACTION: usize = 128;
/// How many bytes a value of a condition key has at most. AWS documents no limit for all keys; this is twice the longest
/// that is known, an encryption context.
///
/// Source: the AWS KMS API reference, "Encrypt", EncryptionContext, read 2026-11: 8,192 bytes.
const LONGEST_VALUE: usize = 16_384;

pub(super) fn parse<'v>(input: &'v Value<'v>) -> Result<(PolicySet, Request<'v>), Error> {
    let input = Fields::of(input, "input", ONE)?;
    let (set, asked) = (input.required("policies")?, input.required("request")?);
    let set = policies(set, &input.at("policies"))?;
    let nothing = Fields::optional(None, "", REQUEST)?;
    Ok((set, request(asked, &nothing, &input.at("request"))?))
}

/// The policies, and requests that are yet to be read.
pub(super) fn parse_many<'v>(
    input: &'v Value<'v>,
) -> Result<(PolicySet, impl ExactSizeIterator<Item = Result<Request<'v>, Error>> + 'v), Error> {
    let input = Fields::of(input, "input", MANY)?;
    let set = policies(input.required("policies")?, &input.at("policies"))?;
    input.required("requests")?;
    let requests = input.list("requests")?.iter().enumerate();
    let shared = Fields::optional(input.get("request"), &input.at("request"), REQUEST)?;
    let path = input.at("requests");
    // Only a wrong one needs its path.
    let read = move |(i, one)| {
        request(one, &shared, "").or_else(|_| request(one, &shared, &element(&path, i)))
    };
    Ok((set, requests.map(read)))
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
    let mut unknown = BTreeSet::new();
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

/// A request. What it leaves out, the shared one says.
fn request<'v>(
    given: &'v Value<'v>,
    shared: &Fields<'v>,
    path: &str,
) -> Result<Request<'v>, Error> {
    let given = &Fields::of(given, path, REQUEST)?;
    let whose = |name| if given.has(name) || !shared.has(name) { given } else { shared };
    let fields = whose("principal");
    let principal = fields.required_text("principal")?;
    if principal.is_empty() {
        let what = "must be an ARN such as arn:aws:iam::111122223333:role/app, a service such as \
                    ec2.amazonaws.com, or anonymous";
        return Err(wrong(&fields.at("principal"), what));
    }
    let fields = whose("action");
    let action = fields.required_text("action")?;
    if !is_action(action) {
        let what = "must be the name of one action, such as ssm:StartSession";
        return Err(wrong(&fields.at("action"), what));
    }
    let fields = whose("resource");
    let resource = fields.required_text("resource")?;
    if resource != "*" && Arn::parse(resource).is_none() {
        let what = "must be an ARN, or * for an action that names no resource";
        return Err(wrong(&fields.at("resource"), what));
    }
    for (name, text, longest) in [
        ("principal", principal, LONGEST_ARN),
        ("action", action, LONGEST_ACTION),
        ("resource", resource, LONGEST_ARN),
    ] {
        let length = text.chars().count();
        if length > longest {
            let what = format!("has {length} characters, and AWS takes {longest}");
            return Err(wrong(&whose(name).at(name), &what));
        }
    }
    let fields = whose("resource_account");
    let resource_account = match fields.get("resource_account") {
        None | Some(Value::Null) => None,
        Some(Value::String(account)) => Some(account.as_ref().into()),
        Some(_) => {
            let what = "must be the id of an account as a string, such as \"111122223333\"";
            return Err(wrong(&fields.at("resource_account"), what));
        }
    };
    let fields = whose("unknown");
    let mut unknown = BTreeSet::new();
    for (i, key) in fields.list("unknown")?.iter().enumerate() {
        unknown.insert(key.text(&element(&fields.at("unknown"), i))?.into());
    }
    let fields = whose("context");
    let request = Request {
        principal: principal.into(),
        action: action.into(),
        resource: resource.into(),
        resource_account,
        context: context(fields)?,
        unknown,
    };
    if let Some(key) = request.repeated_key() {
        let path = format!("{}.{key}", fields.at("context"));
        return Err(wrong(&path, "stands twice; condition keys ignore case"));
    }
    Ok(request)
}

/// Whether the text names one action of a service.
fn is_action(text: &str) -> bool {
    let (mut service, mut name, mut is_name) = (0, 0, false);
    for byte in text.as_bytes() {
        match byte {
            b':' if !is_name => is_name = true,
            b':' | b'*' | b'?' if is_name => return false,
            _ if is_name => name += 1,
            _ => service += 1,
        }
    }
    service > 0 && name > 0
}

fn context<'v>(given: &Fields<'v>) -> Result<Vec<(Cow<'v, str>, ContextValue<'v>)>, Error> {
    let keys = match given.get("context") {
        None | Some(Value::Null) => &[],
        Some(Value::Object(keys)) => keys.as_slice(),
        Some(_) => {
            return Err(wrong(&given.at("context"), "must be an object of condition keys"));
        }
    };
    let mut context = Vec::with_capacity(keys.len());
    for (key, value) in keys {
        let wrong = |what: &str| wrong(&format!("{}.{key}", given.at("context")), what);
        let what = "must be a string, a whole number, a boolean, or a list of these";
        let value = match value {
            Value::List(values) => {
                values.iter().map(text).collect::<Option<_>>().map(ContextValue::Many)
            }
            value => text(value).map(ContextValue::One),
        };
        let value = value.ok_or_else(|| wrong(what))?;
        let longest = value.values().iter().map(|value| value.len()).max().unwrap_or_default();
        if longest > LONGEST_VALUE {
            let what = format!("has a value of {longest} bytes, and Postern takes {LONGEST_VALUE}");
            return Err(wrong(&what));
        }
        context.push((key.as_ref().into(), value));
    }
    Ok(context)
}

fn text<'v>(value: &'v Value<'v>) -> Option<Cow<'v, str>> {
    match value {
        Value::String(text) => Some(text.as_ref().into()),
        Value::Integer(number) => Some(number.to_string().into()),
        Value::Bool(value) => Some(value.to_string().into()),
        _ => None,
    }
}
