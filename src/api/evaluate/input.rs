//! Reads the input of a decision: policies layer by layer, and the request.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor};

use super::super::read::{element, read_at, wrong};
use super::super::{Error, Value};
use super::tree;
use crate::aws::LONGEST_ARN;
use crate::evaluate::{ContextValue, Gate, PolicySet, Request, StatementId};
use crate::policy::Policy;

/// How many characters the name of an action has at most.
///
/// Source: the IAM API reference, "SimulateCustomPolicy", ActionNames, read 2026-11.
const LONGEST_ACTION: usize = 128;
/// How many bytes a value of a condition key has at most. AWS documents no limit for all keys; this is twice the longest
/// that is known, an encryption context.
///
/// Source: the AWS KMS API reference, "Encrypt", EncryptionContext, read 2026-11: 8,192 bytes.
const LONGEST_VALUE: usize = 16_384;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct EvaluationInput<'v> {
    policies: Policies,
    #[serde(borrow)]
    request: GivenRequest<'v>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct EvaluationsInput<'v> {
    policies: Policies,
    #[serde(borrow, default)]
    request: GivenRequest<'v>,
    #[serde(borrow)]
    requests: Vec<GivenRequest<'v>>,
}

/// The policies, whose documents are read one by one.
#[derive(Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct Policies {
    identity: Vec<IdentityPolicy>,
    boundary: Value<'static>,
    scps: Vec<Vec<Value<'static>>>,
    rcps: Vec<Vec<Value<'static>>>,
    session: Value<'static>,
    resource: Value<'static>,
    endpoint: Value<'static>,
    unknown: Vec<String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct IdentityPolicy {
    name: String,
    document: Value<'static>,
}

/// A request. In one of many, what is left out is taken from the one that all share.
#[derive(Default, serde::Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
struct GivenRequest<'v> {
    principal: Option<&'v str>,
    action: Option<&'v str>,
    resource: Option<&'v str>,
    // The name that it had first.
    #[serde(borrow, alias = "resource_account")]
    resource_account: Option<Account<'v>>,
    #[serde(borrow)]
    context: Option<Context<'v>>,
    #[serde(borrow)]
    unknown: Option<Vec<&'v str>>,
}

/// The id of an account, or `null`.
#[derive(Clone, Copy)]
struct Account<'v>(Option<&'v str>);

/// Condition keys and their values; `null` for none.
struct Context<'v>(Vec<(Cow<'v, str>, ContextValue<'v>)>);

/// The policies, and what their caller names them.
pub(super) struct NamedPolicies {
    pub(super) set: PolicySet,
    /// The names of the identity policies.
    names: Vec<String>,
}

impl NamedPolicies {
    /// The name of the policy: that of an identity policy, that of its layer, or `scp.LEVEL.N` and `rcp.LEVEL.N` with
    /// numbers from 0.
    pub(super) fn name(&self, id: StatementId) -> String {
        let numbered = |word: &str, levels: &[Vec<Policy>]| {
            let mut rest = id.index;
            for (level, policies) in levels.iter().enumerate() {
                if rest < policies.len() {
                    return format!("{word}.{level}.{rest}");
                }
                rest -= policies.len();
            }
            String::new()
        };
        match id.gate {
            Gate::Identity => self.names.get(id.index).cloned().unwrap_or_default(),
            Gate::Scp => numbered("scp", &self.set.scps),
            Gate::Rcp => numbered("rcp", &self.set.rcps),
            gate => gate.name().to_owned(),
        }
    }
}

pub(super) fn parse<'v>(input: &'v Value<'v>) -> Result<(NamedPolicies, Request<'v>), Error> {
    let input: EvaluationInput = read_at(input, "input")?;
    let set = policies(input.policies)?;
    let request = request(input.request, &GivenRequest::default(), || "input.request".to_owned())?;
    Ok((set, request))
}

/// The policies, and requests that are yet to be looked at.
pub(super) fn parse_many<'v>(
    input: &'v Value<'v>,
) -> Result<(NamedPolicies, impl ExactSizeIterator<Item = Result<Request<'v>, Error>> + 'v), Error>
{
    let input: EvaluationsInput = read_at(input, "input")?;
    let shared = input.request;
    check_values(shared.context.as_ref(), || "input.request".to_owned())?;
    let requests = input.requests.into_iter().enumerate();
    let read = move |(i, one)| request(one, &shared, || element("input.requests", i));
    Ok((policies(input.policies)?, requests.map(read)))
}

fn policies(given: Policies) -> Result<NamedPolicies, Error> {
    let at = |layer: &str| format!("input.policies.{layer}");
    let (mut identity, mut names) = (Vec::new(), Vec::new());
    for (i, one) in given.identity.into_iter().enumerate() {
        let path = element(&at("identity"), i) + ".document";
        identity.push(tree::policy(&one.document, &path)?);
        names.push(one.name);
    }
    let single = |document: &Value, layer| match document {
        Value::Null => Ok(None),
        document => tree::policy(document, &at(layer)).map(Some),
    };
    let levels = |levels: &[Vec<Value>], layer| -> Result<Vec<Vec<_>>, Error> {
        let level = |(i, documents): (usize, &Vec<Value>)| {
            let path = element(&at(layer), i);
            let documents = documents.iter().enumerate();
            documents.map(|(j, document)| tree::policy(document, &element(&path, j))).collect()
        };
        levels.iter().enumerate().map(level).collect()
    };
    let mut unknown = BTreeSet::new();
    for (i, name) in given.unknown.iter().enumerate() {
        let Some(gate) = Gate::ALL.into_iter().find(|gate| gate.name() == name) else {
            let known = Gate::ALL.map(Gate::name).join(", ");
            return Err(wrong(&element(&at("unknown"), i), &format!("must be one of {known}")));
        };
        unknown.insert(gate);
    }
    let set = PolicySet {
        identity,
        boundary: single(&given.boundary, "boundary")?,
        scps: levels(&given.scps, "scps")?,
        rcps: levels(&given.rcps, "rcps")?,
        session: single(&given.session, "session")?,
        resource: single(&given.resource, "resource")?,
        endpoint: single(&given.endpoint, "endpoint")?,
        unknown,
    };
    Ok(NamedPolicies { set, names })
}

/// The request with what it leaves out; only a wrong one needs its path.
fn request<'v>(
    given: GivenRequest<'v>,
    shared: &GivenRequest<'v>,
    path: impl Fn() -> String,
) -> Result<Request<'v>, Error> {
    let wrong_at = |is_given: bool, field: &str, what: &str| {
        let path = if is_given { path() } else { "input.request".to_owned() };
        wrong(&format!("{path}.{field}"), what)
    };
    let text = |given: Option<&'v str>, shared: Option<&'v str>, field: &str| {
        given.or(shared).ok_or_else(|| wrong_at(true, field, "is missing"))
    };
    let principal = text(given.principal, shared.principal, "principal")?;
    if principal.is_empty() {
        let what = "must be an ARN such as arn:aws:iam::111122223333:role/app, a service such as \
                    ec2.amazonaws.com, or anonymous";
        return Err(wrong_at(given.principal.is_some(), "principal", what));
    }
    let action = text(given.action, shared.action, "action")?;
    if !is_action(action) {
        let what = "must be the name of one action, such as ssm:StartSession";
        return Err(wrong_at(given.action.is_some(), "action", what));
    }
    let resource = text(given.resource, shared.resource, "resource")?;
    // Of a resource that is asked for, every colon counts: it has no variables.
    let is_arn = resource.starts_with("arn:") && resource.split(':').nth(5).is_some();
    if resource != "*" && !is_arn {
        let what = "must be an ARN, or * for an action that names no resource";
        return Err(wrong_at(given.resource.is_some(), "resource", what));
    }
    for (field, text, longest, is_given) in [
        ("principal", principal, LONGEST_ARN, given.principal.is_some()),
        ("action", action, LONGEST_ACTION, given.action.is_some()),
        ("resource", resource, LONGEST_ARN, given.resource.is_some()),
    ] {
        let length = text.chars().count();
        if length > longest {
            let what = format!("has {length} characters, and AWS takes {longest}");
            return Err(wrong_at(is_given, field, &what));
        }
    }
    check_values(given.context.as_ref(), &path)?;
    let account = given.resource_account.or(shared.resource_account);
    let has_context = given.context.is_some();
    let unknown = given.unknown.as_ref().or(shared.unknown.as_ref());
    let request = Request {
        principal: principal.into(),
        action: action.into(),
        resource: resource.into(),
        resource_account: account.and_then(|account| account.0).map(Cow::Borrowed),
        context: match (given.context, &shared.context) {
            (Some(context), _) => context.0,
            (None, Some(context)) => context.0.clone(),
            (None, None) => Vec::new(),
        },
        unknown: unknown.into_iter().flatten().map(|key| Cow::Borrowed(*key)).collect(),
    };
    if let Some(key) = request.repeated_key() {
        let what = "stands twice; condition keys ignore case";
        return Err(wrong_at(has_context, &format!("context.{key}"), what));
    }
    Ok(request)
}

/// Refuses a value that is longer than any that AWS knows.
fn check_values(context: Option<&Context>, path: impl Fn() -> String) -> Result<(), Error> {
    for (key, value) in context.into_iter().flat_map(|context| &context.0) {
        let longest = value.values().iter().map(|value| value.len()).max().unwrap_or_default();
        if longest > LONGEST_VALUE {
            let what = format!("has a value of {longest} bytes, and Postern takes {LONGEST_VALUE}");
            return Err(wrong(&format!("{}.context.{key}", path()), &what));
        }
    }
    Ok(())
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

impl<'de: 'v, 'v> Deserialize<'de> for Account<'v> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Id;
        impl<'de> Visitor<'de> for Id {
            type Value = Account<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("the id of an account as a string, such as \"111122223333\"")
            }

            fn visit_unit<E>(self) -> Result<Account<'de>, E> {
                Ok(Account(None))
            }

            fn visit_borrowed_str<E>(self, id: &'de str) -> Result<Account<'de>, E> {
                Ok(Account(Some(id)))
            }
        }
        d.deserialize_any(Id)
    }
}

impl<'de: 'v, 'v> Deserialize<'de> for Context<'v> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Context<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object of condition keys")
            }

            fn visit_unit<E>(self) -> Result<Context<'de>, E> {
                Ok(Context(Vec::new()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut keys: A) -> Result<Context<'de>, A::Error> {
                let mut context = Vec::new();
                while let Some((key, value)) = keys.next_entry::<&str, GivenValue>()? {
                    context.push((Cow::Borrowed(key), value.0));
                }
                Ok(Context(context))
            }
        }
        d.deserialize_any(Keys)
    }
}

/// The value of a condition key, or its values.
struct GivenValue<'v>(ContextValue<'v>);

impl<'de: 'v, 'v> Deserialize<'de> for GivenValue<'v> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = GivenValue<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string, a number, a boolean, null for none, or a list of these")
            }

            fn visit_unit<E>(self) -> Result<GivenValue<'de>, E> {
                Ok(GivenValue(ContextValue::Many(Vec::new())))
            }

            fn visit_bool<E>(self, value: bool) -> Result<GivenValue<'de>, E> {
                Ok(GivenValue(ContextValue::One(value.to_string().into())))
            }

            fn visit_i64<E>(self, number: i64) -> Result<GivenValue<'de>, E> {
                Ok(GivenValue(ContextValue::One(number.to_string().into())))
            }

            fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<GivenValue<'de>, E> {
                if number.fract() == 0.0 || !number.is_finite() {
                    return Err(E::invalid_type(Unexpected::Float(number), &self));
                }
                Ok(GivenValue(ContextValue::One(number.to_string().into())))
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<GivenValue<'de>, E> {
                Ok(GivenValue(ContextValue::One(text.into())))
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut list: A,
            ) -> Result<GivenValue<'de>, A::Error> {
                let mut values = Vec::new();
                let wrong = || {
                    let found = Unexpected::Other("a list with something else in it");
                    A::Error::invalid_type(found, &self)
                };
                while let Some(value) = list.next_element().map_err(|_| wrong())? {
                    match value {
                        GivenValue(ContextValue::One(value)) => values.push(value),
                        GivenValue(ContextValue::Many(_)) => return Err(wrong()),
                    }
                }
                Ok(GivenValue(ContextValue::Many(values)))
            }
        }
        d.deserialize_any(Any)
    }
}
