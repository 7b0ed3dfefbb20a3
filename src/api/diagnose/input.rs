//! The argument of `diagnoseRole`: what was pasted, and what is wanted.

use serde::Deserialize;

use super::super::evaluate::tree::json_text;
use super::super::read::{read, Value};
use super::super::Error;
use crate::diagnose::{Documents, Pasted, Values, Want};
use crate::session::{self, KmsKey, Name, Refusal};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Input {
    documents: Vec<Value>,
    role_name: Option<String>,
    boundary: Option<Value>,
    #[serde(default)]
    scps: Vec<Value>,
    key_policy: Option<Value>,
    bucket_policy: Option<Value>,
    trust_policy: Option<Value>,
    wants: Vec<GivenWant>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GivenWant {
    capability: String,
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    instance_id: Option<String>,
    kms_key_arn: Option<String>,
    bucket: Option<String>,
    prefix: Option<String>,
    log_group: Option<String>,
    tag_key: Option<String>,
    tag_value: Option<String>,
    document_name: Option<String>,
    parameter_name: Option<String>,
    cluster: Option<String>,
    task_id: Option<String>,
    role_name: Option<String>,
    user_name: Option<String>,
}

/// What was pasted, and which fields were objects: those have no text that a place could be in.
pub(super) struct Given {
    pub(super) documents: Documents,
    pub(super) wants: Vec<Want>,
}

/// Reads the argument.
pub(super) fn parse(input: &Value) -> Result<Given, Error> {
    let given: Input = read(input, "input")?;
    let single = |value: Option<Value>, name: &str| match value {
        None | Some(Value::Null) => Ok(None),
        Some(value) => pasted(value, &format!("input.{name}")).map(Some),
    };
    let many = |values: Vec<Value>, name: &str| {
        let each = |(i, value): (usize, Value)| pasted(value, &format!("input.{name}[{i}]"));
        values.into_iter().enumerate().map(each).collect::<Result<Vec<_>, _>>()
    };
    let documents = Documents {
        documents: many(given.documents, "documents")?,
        role_name: given.role_name,
        boundary: single(given.boundary, "boundary")?,
        scps: many(given.scps, "scps")?,
        key_policy: single(given.key_policy, "keyPolicy")?,
        bucket_policy: single(given.bucket_policy, "bucketPolicy")?,
        trust_policy: single(given.trust_policy, "trustPolicy")?,
    };
    let want = |(i, want)| self::want(want, &format!("input.wants[{i}]"));
    let wants = given.wants.into_iter().enumerate().map(want).collect::<Result<_, _>>()?;
    Ok(Given { documents, wants })
}

/// A text, `{ name?, text }`, or what a text would hold as an object or a list.
fn pasted(value: Value, path: &str) -> Result<Pasted, Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Named {
        name: Option<String>,
        text: String,
    }
    let has_text = |fields: &[(String, Value)]| fields.iter().any(|(name, _)| name == "text");
    match &value {
        Value::String(text) => Ok(Pasted { text: text.clone(), ..Pasted::default() }),
        Value::Object(fields) if has_text(fields) => {
            let Named { name, text } = read(&value, path)?;
            Ok(Pasted { name, text, is_object: false })
        }
        Value::Object(_) | Value::List(_) => {
            let text = json_text(&value).map_err(|what| wrong(path, what))?;
            Ok(Pasted { name: None, text, is_object: true })
        }
        _ => Err(wrong(path, "must be a text, an object with a text, or a policy as an object")),
    }
}

fn want(given: GivenWant, path: &str) -> Result<Want, Error> {
    let refused = |name: &'static str| {
        let path = format!("{path}.{name}");
        move |refusal: Refusal| Error::refused(&refusal, path)
    };
    let name = |kind: Name, text: &Option<String>, field: &'static str| match text {
        Some(text) => kind.parse(text).map(|text| Some(text.to_owned())).map_err(refused(field)),
        None => Ok(None),
    };
    let node = name(Name::NodeId, &given.instance_id, "instanceId")?;
    let is_managed = node.as_ref().is_some_and(|id| id.starts_with("mi-"));
    let (instance_id, managed_instance_id) = if is_managed { (None, node) } else { (node, None) };
    let partition = given.partition.as_deref().map(session::parse_partition).transpose();
    let region = given.region.as_deref().map(session::parse_region).transpose();
    let account = given.account_id.as_deref().map(session::parse_account_id).transpose();
    let log_group = given.log_group.as_deref().map(session::parse_log_group).transpose();
    if given.task_id.as_deref().is_some_and(|id| !is_task_id(id)) {
        return Err(wrong(
            &format!("{path}.taskId"),
            "must be the id of an ECS task: letters, digits and hyphens",
        ));
    }
    let values = Values {
        partition: partition.map_err(refused("partition"))?.map(|p| p.name().to_owned()),
        region: region.map_err(refused("region"))?.and(given.region.clone()),
        account_id: account.map_err(refused("accountId"))?.map(str::to_owned),
        instance_id,
        managed_instance_id,
        kms_key_arn: key(given.kms_key_arn.as_deref(), &format!("{path}.kmsKeyArn"))?,
        bucket: name(Name::Bucket, &given.bucket, "bucket")?,
        prefix: name(Name::Prefix, &given.prefix, "prefix")?,
        log_group: log_group.map_err(refused("logGroup"))?.map(str::to_owned),
        tag_key: name(Name::TagKey, &given.tag_key, "tagKey")?,
        tag_value: name(Name::TagValue, &given.tag_value, "tagValue")?,
        document_name: name(Name::Document, &given.document_name, "documentName")?,
        parameter_name: name(Name::Parameter, &given.parameter_name, "parameterName")?
            .map(|name| name.trim_start_matches('/').to_owned()),
        cluster: name(Name::Cluster, &given.cluster, "cluster")?,
        task_id: given.task_id,
        role_name: name(Name::Role, &given.role_name, "roleName")?,
        user_name: name(Name::Role, &given.user_name, "userName")?,
    };
    Ok(Want { capability: given.capability, values })
}

/// The ARN of one key; `None` where a placeholder stands for one.
fn key(text: Option<&str>, path: &str) -> Result<Option<String>, Error> {
    let Some(text) = text else { return Ok(None) };
    let one = "must be the ARN of one key, without wildcards";
    match session::parse_kms_key(text).map_err(|refusal| Error::refused(&refusal, path))? {
        KmsKey::Arn(arn) if !arn.has_wildcard() => Ok(Some(arn.as_str().to_owned())),
        KmsKey::Arn(_) | KmsKey::Any => Err(wrong(path, one)),
        KmsKey::Placeholder(_) => Ok(None),
    }
}

fn is_task_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

pub(super) fn wrong(path: &str, what: &str) -> Error {
    Error {
        code: "INVALID_ARGUMENT",
        message: format!("{path} {what}."),
        path: Some(path.to_owned()),
    }
}
