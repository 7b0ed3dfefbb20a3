//! The argument of `diagnoseRole`: what was pasted, and what is wanted.

use super::super::evaluate::tree::json_text;
use super::super::read::{element, read_at, wrong};
use std::borrow::Cow;

use serde::Deserialize;

use super::super::{Error, Value};
use crate::diagnose::{self, Documents, Pasted, Want};
use crate::session::related::EndpointService;
use crate::session::{self, KmsKey};

/// Each is asked of all policies, so that work would grow with the product. There are fewer capabilities than that.
const MOST_WANTS: usize = 200;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
struct RoleInput<'a> {
    documents: Vec<Value<'static>>,
    role_name: Option<String>,
    #[serde(default)]
    boundary: Value<'static>,
    #[serde(default)]
    scps: Vec<Value<'static>>,
    #[serde(default)]
    key_policy: Value<'static>,
    #[serde(default)]
    bucket_policy: Value<'static>,
    #[serde(default)]
    trust_policy: Value<'static>,
    #[serde(default)]
    endpoint_policies: Value<'static>,
    #[serde(default, borrow)]
    wants: Option<Vec<session::WantOptions<'a>>>,
}

/// A text with a name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct Named {
    name: Option<String>,
    text: String,
}

/// What was pasted, and which fields were objects: those have no text that a place could be in.
pub(super) struct Given {
    pub(super) documents: Documents,
    /// `None` for what is usual.
    pub(super) wants: Option<Vec<Want>>,
}

/// Reads the argument.
pub(super) fn parse(input: &Value) -> Result<Given, Error> {
    let input: RoleInput = read_at(input, "input")?;
    let single = |value: &Value, name: &str| match value {
        Value::Null => Ok(None),
        value => pasted(value, &format!("input.{name}")).map(Some),
    };
    let many = |values: &[Value], name: &str| -> Result<Vec<_>, Error> {
        let path = format!("input.{name}");
        let values = values.iter().enumerate();
        values.map(|(i, value)| pasted(value, &element(&path, i))).collect()
    };
    let documents = Documents {
        documents: many(&input.documents, "documents")?,
        role_name: input.role_name,
        boundary: single(&input.boundary, "boundary")?,
        scps: many(&input.scps, "scps")?,
        key_policy: single(&input.key_policy, "keyPolicy")?,
        bucket_policy: single(&input.bucket_policy, "bucketPolicy")?,
        trust_policy: single(&input.trust_policy, "trustPolicy")?,
        endpoint_policies: endpoint_policies(&input.endpoint_policies)?,
    };
    let Some(given) = input.wants else { return Ok(Given { documents, wants: None }) };
    if given.len() > MOST_WANTS {
        let what = format!("must be at most {MOST_WANTS}; ask for the rest in other calls");
        return Err(wrong("input.wants", &what));
    }
    let wants =
        given.into_iter().enumerate().map(|(i, given)| want(given, &element("input.wants", i)));
    Ok(Given { documents, wants: Some(wants.collect::<Result<_, _>>()?) })
}

/// The policies of VPC endpoints, by their services.
fn endpoint_policies(value: &Value) -> Result<Vec<(EndpointService, Pasted)>, Error> {
    const PATH: &str = "input.endpointPolicies";
    let policies = match value {
        Value::Null => return Ok(Vec::new()),
        Value::Object(policies) => policies,
        _ => return Err(wrong(PATH, "must be an object with a policy for each service")),
    };
    let given = policies.iter().filter(|(_, policy)| !matches!(policy, Value::Null));
    let read = |(service, policy): &(Cow<str>, Value)| {
        let path = format!("{PATH}.{service}");
        let known = EndpointService::ALL.into_iter().find(|known| known.word() == service);
        let service = known.ok_or_else(|| {
            let words = EndpointService::ALL.map(EndpointService::word).join(", ");
            wrong(&path, &format!("is no service with such an endpoint; there are {words}"))
        })?;
        Ok((service, pasted(policy, &path)?))
    };
    given.map(read).collect()
}

/// A text, `{ name?, text }`, or what a text would hold as an object or a list.
fn pasted(value: &Value, path: &str) -> Result<Pasted, Error> {
    let has_text = |fields: &[(Cow<str>, Value)]| fields.iter().any(|(name, _)| name == "text");
    match value {
        Value::String(text) => Ok(Pasted { text: text.to_string(), ..Pasted::default() }),
        Value::Object(fields) if has_text(fields) => {
            let Named { name, text } = read_at(value, path)?;
            Ok(Pasted { name, text, is_object: false })
        }
        Value::Object(_) | Value::List(_) => {
            let text = json_text(value).map_err(|what| wrong(path, what))?;
            Ok(Pasted { name: None, text, is_object: true })
        }
        _ => Err(wrong(path, "must be a text, an object with a text, or a policy as an object")),
    }
}

fn want(given: session::WantOptions, path: &str) -> Result<Want, Error> {
    let node = given.instance_id;
    let is_managed = node.is_some_and(|id| id.starts_with("mi-"));
    if given.task_id.is_some_and(|id| !is_task_id(id)) {
        let what = "must be the id of an ECS task: letters, digits and hyphens";
        return Err(wrong(&format!("{path}.taskId"), what));
    }
    let of_aws = given.document_name.is_some_and(session::is_document_of_aws);
    if of_aws && !diagnose::runs_command(given.capability) {
        let what = "must be a document of the account; one of AWS is only run as a command";
        return Err(wrong(&format!("{path}.documentName"), what));
    }
    let key = key(given.kms_key_arn, path)?;
    let values = [
        ("Partition", given.partition.map(|partition| partition.name())),
        ("Region", given.region.map(|region| region.name)),
        ("Account", given.account_id),
        ("InstanceId", node.filter(|_| !is_managed)),
        ("ManagedInstanceId", node.filter(|_| is_managed)),
        ("KeyArn", key.as_deref()),
        ("BucketName", given.bucket),
        ("Prefix", given.prefix),
        ("LogGroup", given.log_group),
        ("TagKey", given.tag_key),
        ("TagValue", given.tag_value),
        ("CustomDocument", given.document_name),
        ("ParameterName", given.parameter_name.map(|name| name.trim_start_matches('/'))),
        ("ClusterName", given.cluster),
        ("TaskId", given.task_id),
        ("RoleName", given.role_name),
        ("UserName", given.user_name),
    ];
    let values = values.into_iter().filter_map(|(name, value)| Some((name, value?.to_owned())));
    let values = values.collect();
    Ok(Want { capability: given.capability.to_owned(), values })
}

/// The ARN of one key; `None` where a placeholder stands for one.
fn key(given: Option<KmsKey>, path: &str) -> Result<Option<String>, Error> {
    match given {
        Some(KmsKey::Arn(arn)) if !arn.has_wildcard() => Ok(Some(arn.as_str().to_owned())),
        Some(KmsKey::Arn(_) | KmsKey::Any) => {
            let what = "must be the ARN of one key, without wildcards";
            Err(wrong(&format!("{path}.kmsKeyArn"), what))
        }
        Some(KmsKey::Placeholder(_)) | None => Ok(None),
    }
}

fn is_task_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
