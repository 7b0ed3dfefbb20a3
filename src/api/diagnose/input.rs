//! The argument of `diagnoseRole`: what was pasted, and what is wanted.

use super::super::evaluate::tree::json_text;
use super::super::read::{element, wrong, Fields};
use std::borrow::Cow;

use super::super::{Error, Value};
use crate::diagnose::{Documents, Pasted, Values, Want};
use crate::session::{self, KmsKey, Name};

const INPUT: &[&str] = &[
    "documents",
    "roleName",
    "boundary",
    "scps",
    "keyPolicy",
    "bucketPolicy",
    "trustPolicy",
    "wants",
];
/// Each is asked of all policies, so that work would grow with the product. There are fewer capabilities than that.
const MOST_WANTS: usize = 200;
const WANT: &[&str] = &[
    "capability",
    "partition",
    "region",
    "accountId",
    "instanceId",
    "kmsKeyArn",
    "bucket",
    "prefix",
    "logGroup",
    "tagKey",
    "tagValue",
    "documentName",
    "parameterName",
    "cluster",
    "taskId",
    "roleName",
    "userName",
];

/// What was pasted, and which fields were objects: those have no text that a place could be in.
pub(super) struct Given {
    pub(super) documents: Documents,
    pub(super) wants: Vec<Want>,
}

/// Reads the argument.
pub(super) fn parse(input: &Value) -> Result<Given, Error> {
    let input = Fields::of(input, "input", INPUT)?;
    let single = |name| match input.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => pasted(value, &input.at(name)).map(Some),
    };
    let many = |name| {
        let mut all = Vec::new();
        for (i, value) in input.list(name)?.iter().enumerate() {
            all.push(pasted(value, &element(&input.at(name), i))?);
        }
        Ok(all)
    };
    input.required("documents")?;
    input.required("wants")?;
    let documents = Documents {
        documents: many("documents")?,
        role_name: input.string("roleName")?,
        boundary: single("boundary")?,
        scps: many("scps")?,
        key_policy: single("keyPolicy")?,
        bucket_policy: single("bucketPolicy")?,
        trust_policy: single("trustPolicy")?,
    };
    let mut wants = Vec::new();
    if input.list("wants")?.len() > MOST_WANTS {
        let what = format!("must be at most {MOST_WANTS}; ask for the rest in other calls");
        return Err(wrong(&input.at("wants"), &what));
    }
    for (i, want) in input.list("wants")?.iter().enumerate() {
        wants.push(self::want(want, &element(&input.at("wants"), i))?);
    }
    Ok(Given { documents, wants })
}

/// A text, `{ name?, text }`, or what a text would hold as an object or a list.
fn pasted(value: &Value, path: &str) -> Result<Pasted, Error> {
    let has_text = |fields: &[(Cow<str>, Value)]| fields.iter().any(|(name, _)| name == "text");
    match value {
        Value::String(text) => Ok(Pasted { text: text.to_string(), ..Pasted::default() }),
        Value::Object(fields) if has_text(fields) => {
            let named = Fields::of(value, path, &["name", "text"])?;
            let text = named.string("text")?.unwrap_or_default();
            Ok(Pasted { name: named.string("name")?, text, is_object: false })
        }
        Value::Object(_) | Value::List(_) => {
            let text = json_text(value).map_err(|what| wrong(path, what))?;
            Ok(Pasted { name: None, text, is_object: true })
        }
        _ => Err(wrong(path, "must be a text, an object with a text, or a policy as an object")),
    }
}

fn want(given: &Value, path: &str) -> Result<Want, Error> {
    let given = Fields::of(given, path, WANT)?;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let capability = given.required_text("capability")?.to_owned();
    let node = owned(given.name("instanceId", Name::NodeId)?);
    let is_managed = node.as_ref().is_some_and(|id| id.starts_with("mi-"));
    let (instance_id, managed_instance_id) = if is_managed { (None, node) } else { (node, None) };
    let place = given.place()?;
    let task_id = given.string("taskId")?;
    if task_id.as_deref().is_some_and(|id| !is_task_id(id)) {
        let what = "must be the id of an ECS task: letters, digits and hyphens";
        return Err(wrong(&given.at("taskId"), what));
    }
    let parameter = given.name("parameterName", Name::Parameter)?;
    let values = Values {
        partition: place.partition.map(|partition| partition.name().to_owned()),
        region: given.string("region")?,
        account_id: owned(place.account_id),
        instance_id,
        managed_instance_id,
        kms_key_arn: key(&given)?,
        bucket: owned(given.name("bucket", Name::Bucket)?),
        prefix: owned(given.name("prefix", Name::Prefix)?),
        log_group: owned(given.parsed("logGroup", session::parse_log_group)?),
        tag_key: owned(given.name("tagKey", Name::TagKey)?),
        tag_value: owned(given.name("tagValue", Name::TagValue)?),
        document_name: owned(given.name("documentName", Name::Document)?),
        parameter_name: parameter.map(|name| name.trim_start_matches('/').to_owned()),
        cluster: owned(given.name("cluster", Name::Cluster)?),
        task_id,
        role_name: owned(given.name("roleName", Name::Role)?),
        user_name: owned(given.name("userName", Name::Role)?),
    };
    Ok(Want { capability, values })
}

/// The ARN of one key; `None` where a placeholder stands for one.
fn key(given: &Fields) -> Result<Option<String>, Error> {
    match given.parsed("kmsKeyArn", session::parse_kms_key)? {
        Some(KmsKey::Arn(arn)) if !arn.has_wildcard() => Ok(Some(arn.as_str().to_owned())),
        Some(KmsKey::Arn(_) | KmsKey::Any) => {
            let what = "must be the ARN of one key, without wildcards";
            Err(wrong(&given.at("kmsKeyArn"), what))
        }
        Some(KmsKey::Placeholder(_)) | None => Ok(None),
    }
}

fn is_task_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
