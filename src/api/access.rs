//! The calls that compare what policies allow: new access, access that must not be granted, public access, and the
//! smallest policy that allows the same.

mod minimize;

use serde::{Deserialize, Serialize};

use super::evaluate::tree;
use super::read::{element, read, read_at, wrong};
use super::{Error, Value};
use crate::access::{self, Access, Answer, Check, Compared, PolicyType, Question, Requests};
use crate::aws::{has_wildcard, split_fields, ActionPattern};
use crate::evaluate::{ContextValue, Outcome, Request, Verdict};
use crate::policy::{Effect, Policy};
use crate::text::shown;
pub use minimize::{minimize_policy, MinimizedPolicy};

/// How two sides compare, on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccessComparison {
    /// `equal`, `wider`, `narrower`, `different` or `unknown`.
    pub relation: &'static str,
    /// What the proposed policies allow and the existing do not.
    pub gained: AccessCheck,
    /// What the existing policies allow and the proposed do not.
    pub lost: AccessCheck,
}

/// An answer on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AccessCheck {
    /// `PASS`, `FAIL` or `UNKNOWN`.
    pub result: &'static str,
    /// A sentence.
    pub message: String,
    /// The statements that grant it.
    pub reasons: Vec<AccessReason>,
    /// Open questions.
    pub unknown: Vec<&'static str>,
    /// Sentences: what the answer rests on.
    pub assumptions: Vec<String>,
}

/// A statement that grants what is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessReason {
    /// A sentence.
    pub description: String,
    /// The index of its policy.
    pub policy_index: usize,
    /// Its own.
    pub statement_index: usize,
    /// Its Sid.
    pub statement_id: Option<String>,
    /// JSON Pointer to it.
    pub pointer: String,
    /// A request that it allows.
    pub witness: Witness,
    /// What the other side says to the request.
    pub before: &'static str,
    /// The Denies of the other side that match it.
    pub denied_by: Vec<StatementIndex>,
    /// Whether it can be sent today.
    pub is_known: bool,
}

/// A request, as `evaluate` takes it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Witness {
    /// Who calls.
    pub principal: String,
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// The account of the resource.
    pub resource_account: String,
    /// The condition keys, an object on the wire.
    pub context: Value<'static>,
}

/// A statement of some policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatementIndex {
    /// The index of its policy.
    pub policy_index: usize,
    /// Its own.
    pub statement_index: usize,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
struct Options<'a> {
    policy_type: Option<&'a str>,
    requests: Option<&'a str>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct GivenAccess {
    actions: Option<Vec<String>>,
    resources: Option<Vec<String>>,
}

/// Policies of one side.
struct Side {
    policies: Vec<Policy>,
    /// For each whether its statements stand in a list.
    are_lists: Vec<bool>,
    /// How many bytes of JSON they have together.
    bytes: usize,
}

/// Policies of more bytes of JSON, those of a call together, are not looked at. Up to here an answer takes below two
/// seconds; beyond it, reading alone comes to take as long as a search may. No policy of a user, a group or a role has more
/// than 10240 characters without white space, a hundredth of it.
const MOST_BYTES: usize = 1_000_000;

/// `compareAccess(existing, proposed, options?)`.
///
/// # Errors
/// Arguments of the wrong shape, or a policy that IAM could not read; `path` leads into it.
pub fn compare_access(
    existing: &Value,
    proposed: &Value,
    options: Option<&Value>,
) -> Result<AccessComparison, Error> {
    let (existing, proposed) = (side(existing, "existing")?, side(proposed, "proposed")?);
    let (policy_type, requests) = self::options(options)?;
    let compared = match existing.bytes + proposed.bytes > MOST_BYTES {
        true => Compared::too_large(),
        false => access::compare(&existing.policies, &proposed.policies, policy_type, requests),
    };
    let relation = match (compared.gained.answer, compared.lost.answer) {
        (Answer::Pass, Answer::Pass) => "equal",
        (Answer::Fail, Answer::Pass) => "wider",
        (Answer::Pass, Answer::Fail) => "narrower",
        (Answer::Fail, Answer::Fail) => "different",
        _ => "unknown",
    };
    let sides = [&existing, &proposed];
    let only_deny = sides.iter().all(|side| {
        let mut statements = side.policies.iter().flat_map(|policy| &policy.statements);
        statements.all(|own| own.effect == Effect::Deny)
    });
    let wire = |check, side: &Side, question| {
        let mut wire = to_wire(check, side, question, requests);
        // What they deny shows beside a policy that allows.
        if only_deny {
            let nothing = "Neither side allows anything. To compare what they deny, add to each a policy that allows \
                           everything.";
            wire.assumptions.push(nothing.to_owned());
        }
        wire
    };
    Ok(AccessComparison {
        relation,
        gained: wire(compared.gained, &proposed, Question::Gained),
        lost: wire(compared.lost, &existing, Question::Lost),
    })
}

/// `checkAccessNotGranted(policy, access, options?)`.
///
/// # Errors
/// Arguments of the wrong shape, or a policy that IAM could not read; `path` leads into it.
pub fn check_access_not_granted(
    policy: &Value,
    access: &Value,
    options: Option<&Value>,
) -> Result<AccessCheck, Error> {
    let policies = side(policy, "policy")?;
    let given: Vec<GivenAccess> = read_at(access, "access")?;
    let mut list = Vec::new();
    for (i, given) in given.into_iter().enumerate() {
        list.push(one_access(given, &element("access", i))?);
    }
    if list.is_empty() {
        let what = "is empty; it must have an entry such as {\"actions\": [\"s3:DeleteBucket\"]}";
        return Err(wrong("access", what));
    }
    let (policy_type, requests) = self::options(options)?;
    let asked = list.iter().flat_map(|one| one.actions.iter().chain(&one.resources));
    let check = match policies.bytes + asked.map(String::len).sum::<usize>() > MOST_BYTES {
        true => Check::too_large(),
        false => access::not_granted(&policies.policies, &list, policy_type, requests),
    };
    let mut check = to_wire(check, &policies, Question::NotGranted, requests);
    check.assumptions.extend(
        list.iter().flat_map(|one| &one.actions).filter_map(|one| access::unlisted_action(one)),
    );
    Ok(check)
}

/// `checkNoPublicAccess(policy, resourceType)`.
///
/// # Errors
/// Arguments of the wrong shape, or a policy that IAM could not read; `path` leads into it.
pub fn check_no_public_access(policy: &Value, resource_type: &Value) -> Result<AccessCheck, Error> {
    let policies = side(policy, "policy")?;
    let [only] = policies.policies.as_slice() else {
        return Err(wrong("policy", "must be one policy"));
    };
    let resource_type: &str = read_at(resource_type, "resourceType")?;
    if !access::RESOURCE_TYPES.contains(&resource_type) {
        let known = access::RESOURCE_TYPES.join(", ");
        return Err(wrong("resourceType", &format!("must be one of {known}")));
    }
    let check = match policies.bytes > MOST_BYTES {
        true => Check::too_large(),
        false => access::no_public_access(only, resource_type),
    };
    let mut check = to_wire(check, &policies, Question::Public, Requests::Any);
    if resource_type.starts_with("AWS::S3") {
        let beside = "Settings beside the policy, such as Block Public Access and the VPC of an access point, are not looked at.";
        check.assumptions.push(beside.to_owned());
    }
    if check.result == "PASS" {
        check.assumptions.extend(access::providers_of_many(only).map(str::to_owned));
    }
    Ok(check)
}

/// A policy, or a list of them.
fn side(given: &Value, name: &str) -> Result<Side, Error> {
    let written = match given {
        Value::List(list) => {
            let read = |(i, one)| tree::written(one, &element(name, i));
            list.iter().enumerate().map(read).collect::<Result<Vec<_>, Error>>()?
        }
        one => vec![tree::written(one, name)?],
    };
    let bytes = written.iter().map(|one| one.bytes).sum();
    let (policies, are_lists) = written.into_iter().map(|one| (one.policy, one.is_list)).unzip();
    Ok(Side { policies, are_lists, bytes })
}

fn options(given: Option<&Value>) -> Result<(Option<PolicyType>, Requests), Error> {
    let options: Options = read(given, "options")?;
    let policy_type = options.policy_type.map(type_named).transpose()?;
    let requests = match options.requests {
        None | Some("any") => Requests::Any,
        Some("known") => Requests::Known,
        Some(_) => return Err(wrong("options.requests", "must be any or known")),
    };
    Ok((policy_type, requests))
}

fn type_named(name: &str) -> Result<PolicyType, Error> {
    let known = PolicyType::ALL.into_iter().find(|(known, _)| *known == name);
    known.map(|(_, policy_type)| policy_type).ok_or_else(|| {
        let known = PolicyType::ALL.map(|(known, _)| known).join(", ");
        wrong("options.policyType", &format!("must be one of {known}"))
    })
}

/// At most so many actions, and so many resources, stand in one entry.
///
/// Source: the Access Analyzer API reference, Access, read 2026-11.
const MOST_LISTED: usize = 100;

fn one_access(given: GivenAccess, path: &str) -> Result<Access, Error> {
    if given.actions.is_none() && given.resources.is_none() {
        return Err(wrong(path, "must have actions or resources"));
    }
    let lists = [("actions", &given.actions), ("resources", &given.resources)];
    for (field, list) in lists.into_iter().filter_map(|(field, list)| Some((field, list.as_ref()?)))
    {
        let path = format!("{path}.{field}");
        if list.is_empty() || list.len() > MOST_LISTED {
            let what = format!("has {} entries; it must have 1 to {MOST_LISTED}", list.len());
            return Err(wrong(&path, &what));
        }
        for (i, text) in list.iter().enumerate() {
            let (is_right, what) = match field {
                "actions" => (
                    is_action(text),
                    "must be an action or a pattern, such as s3:DeleteBucket or s3:Put*",
                ),
                _ => (
                    split_fields(text).is_some_and(|[first, ..]| first == "arn") || text == "*",
                    "must be an ARN, which may have wildcards, or *",
                ),
            };
            if text != "*" && !is_right {
                return Err(wrong(&element(&path, i), what));
            }
        }
    }
    let list = |list: Option<Vec<String>>| list.unwrap_or_default();
    Ok(Access { actions: list(given.actions), resources: list(given.resources) })
}

fn is_action(text: &str) -> bool {
    ActionPattern::parse(text).is_some_and(|action| {
        !action.service.is_empty()
            && !has_wildcard(action.service)
            && !action.name.is_empty()
            && !action.name.contains([':', ' ', ','])
    })
}

fn to_wire(
    check: Check,
    Side { policies, are_lists, .. }: &Side,
    question: Question,
    requests: Requests,
) -> AccessCheck {
    let result = match check.answer {
        Answer::Pass => "PASS",
        Answer::Fail => "FAIL",
        Answer::Unknown => "UNKNOWN",
    };
    let assumptions = access::assumptions(&check, requests);
    let reason = |mut reason: access::Reason| {
        access::spell_as_written(&mut reason, policies);
        let sid = access::statement_of(&reason, policies).and_then(|own| own.sid.clone());
        let is_list = are_lists.get(reason.policy) == Some(&true);
        AccessReason {
            description: shown(question.grants(&reason, policies)),
            policy_index: reason.policy,
            statement_index: reason.statement,
            statement_id: sid.filter(|sid| !sid.is_empty()),
            pointer: match is_list {
                true => format!("/Statement/{}", reason.statement),
                false => "/Statement".to_owned(),
            },
            before: match reason.before {
                Some(Verdict::ExplicitDeny) => Outcome::ExplicitDeny.name(),
                _ => Outcome::ImplicitDeny.name(),
            },
            denied_by: reason
                .denied_by
                .iter()
                .map(|(policy, statement)| StatementIndex {
                    policy_index: *policy,
                    statement_index: *statement,
                })
                .collect(),
            is_known: reason.is_known,
            witness: witness(reason.witness, reason.resource_account),
        }
    };
    AccessCheck {
        result,
        message: shown(question.answered(check.answer, &check.unknown)),
        reasons: check.reasons.into_iter().map(reason).collect(),
        unknown: check.unknown,
        assumptions: assumptions.into_iter().map(shown).collect(),
    }
}

fn witness(request: Request<'static>, resource_account: String) -> Witness {
    let value = |value: ContextValue| match value {
        ContextValue::One(value) => Value::string(value.into_owned()),
        // The request does not have the key, which else would follow from it.
        ContextValue::Many(values) if values.is_empty() => Value::Null,
        ContextValue::Many(values) => {
            Value::List(values.into_iter().map(|value| Value::string(value.into_owned())).collect())
        }
    };
    let context = request.context.into_iter().map(|(key, own)| (key, value(own)));
    Witness {
        principal: request.principal.into_owned(),
        action: request.action.into_owned(),
        resource: request.resource.into_owned(),
        resource_account,
        context: Value::Object(context.collect()),
    }
}
