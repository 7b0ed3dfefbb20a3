//! The exports: of a policy or a session document, and of all that a set-up needs.

use serde::{Deserialize, Serialize};

use super::evaluate::tree;
use super::read::{read, read_at, wrong};
use super::{Error, Note, Value};
use crate::export::{self, AttachTo, Exported, Format, SetupFormat, SetupRefusal, Target};
use crate::session::node::NodeOptions;
use crate::session::operator::OperatorOptions;
use crate::session::related::PreferencesDocument;
use crate::session::{
    parse_kms_key, parse_policy_name, parse_region, KmsKey, Name, DEFAULT_DOCUMENT,
};

/// AWS takes documents of this many bytes, and a longer one that is deeply nested would be a very long text.
const MOST_OF_DOCUMENT: usize = 64 * 1024;

/// The fields of a target that are names, each with what it is the name of, there and among the names of AWS.
const NAMES: [(&str, export::Name, Option<Name>); 9] = [
    ("roleName", export::Name::Role, Some(Name::ROLE)),
    ("userName", export::Name::User, Some(Name::USER)),
    ("groupName", export::Name::Group, Some(Name::GROUP)),
    ("policyName", export::Name::Policy, None),
    ("kmsKeyArn", export::Name::Key, None),
    ("bucketName", export::Name::Bucket, Some(Name::BUCKET)),
    ("vpcEndpointId", export::Name::VpcEndpoint, Some(Name::VPC_ENDPOINT)),
    ("documentName", export::Name::Document, Some(Name::DOCUMENT)),
    ("organizationTargetId", export::Name::OrganizationTarget, Some(Name::ORGANIZATION_TARGET)),
];

/// Reads the target. It is read field by field and not derived, since most fields are names and are treated alike.
fn target<'a>(given: Option<&'a Value>) -> Result<Target<'a>, Error> {
    let mut format = None;
    let mut target = Target {
        format: Format::Terraform,
        attach_to: AttachTo::Role,
        endpoint_service: None,
        region: None,
        names: Vec::new(),
    };
    let members = match given {
        Some(Value::Object(members)) => members.as_slice(),
        None => &[],
        Some(_) => {
            return Err(wrong("target", "must be an object, such as {format: \"terraform\"}"))
        }
    };
    for (key, value) in members {
        let path = &format!("target.{key}");
        match key.as_ref() {
            "format" => format = Some(read_at(value, path)?),
            "attachTo" => target.attach_to = read_at(value, path)?,
            "endpointService" => target.endpoint_service = Some(read_at(value, path)?),
            "region" => {
                let region = read_at(value, path)?;
                parse_region(region).map_err(|refusal| Error::refused(&refusal, path))?;
                target.region = Some(region);
            }
            key => {
                let Some((_, of, name)) = NAMES.iter().find(|(known, ..)| *known == key) else {
                    return Err(unknown(path));
                };
                if let Some(text) = named(read_at(value, path)?, *of, *name, path)? {
                    target.names.push((*of, text));
                }
            }
        }
    }
    target.format = format.ok_or_else(|| wrong("target.format", "is missing"))?;
    Ok(target)
}

fn unknown(path: &str) -> Error {
    let mut known = "is not known. Known are format, attachTo, endpointService, region".to_owned();
    for (name, ..) in NAMES {
        known.push_str(", ");
        known.push_str(name);
    }
    wrong(path, &known)
}

/// The name, once AWS would take it; none for the guide's placeholder of a key.
fn named<'a>(
    text: &'a str,
    of: export::Name,
    name: Option<Name>,
    path: &str,
) -> Result<Option<&'a str>, Error> {
    let refused = |refusal| Error::refused(&refusal, path);
    match (of, name) {
        (export::Name::Document, _) if text == DEFAULT_DOCUMENT => Ok(Some(text)),
        (_, Some(name)) => name.parse(text).map(Some).map_err(refused),
        (export::Name::Policy, None) => parse_policy_name(text).map(Some).map_err(refused),
        _ => match parse_kms_key(text).map_err(refused)? {
            KmsKey::Placeholder(_) => Ok(None),
            KmsKey::Arn(arn) if !arn.has_wildcard() => Ok(Some(text.trim())),
            _ => Err(wrong(path, "must be one key, without wildcards")),
        },
    }
}

/// `exportPolicy(policy, target)`.
///
/// # Errors
/// `INVALID_POLICY` for a document that IAM could not read, that does not fit its target, or of which the format cannot
/// hold a part; a target of the wrong shape, or with a name that AWS would not take.
pub fn export_policy(policy: &Value, target: Option<&Value>) -> Result<String, Error> {
    let target = self::target(target)?;
    let refused = |refusal: export::Refusal| {
        let path = match refusal.at.as_str() {
            "" => "policy".to_owned(),
            at => format!("policy.{at}"),
        };
        tree::broken(path, &refusal.what)
    };
    if target.attach_to.is_of_document() {
        let document = tree::plain(policy, "policy", MOST_OF_DOCUMENT)?;
        let has = |name: &str| match &document {
            Value::Object(members) => members.iter().any(|(key, _)| key == name),
            _ => false,
        };
        if !has("schemaVersion") || !has("sessionType") {
            let what = "is no session document, which has schemaVersion and sessionType";
            return Err(tree::broken("policy".to_owned(), what));
        }
        export::export_policy(Exported::Document(&document), &target).map_err(refused)
    } else {
        let policy = tree::policy(policy, "policy")?;
        export::export_policy(Exported::Policy(&policy), &target).map_err(refused)
    }
}

/// A set of files on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setup {
    /// The files.
    pub files: Vec<SetupFile>,
    /// What they do not say.
    pub notes: Vec<Note>,
}

/// A file on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SetupFile {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
struct SetupOptions<'a> {
    format: SetupFormat,
    #[serde(borrow)]
    node: NodeOptions<'a>,
    #[serde(borrow)]
    operator: Option<OperatorOptions<'a>>,
    #[serde(default, borrow)]
    preferences: PreferencesDocument<'a>,
    #[serde(default)]
    endpoints: bool,
    role_name: Option<&'a str>,
    #[serde(default)]
    bucket_exists: bool,
    #[serde(default)]
    log_group_exists: bool,
}

/// `exportSetup(options)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn export_setup(options: Option<&Value>) -> Result<Setup, Error> {
    let options: SetupOptions = read(options, "options")?;
    if let Some(name) = options.role_name {
        Name::ROLE.parse(name).map_err(|it| Error::refused(&it, "options.roleName"))?;
    }
    let options = export::SetupOptions {
        format: options.format,
        node: options.node,
        operator: options.operator,
        preferences: options.preferences,
        endpoints: options.endpoints,
        role_name: options.role_name,
        bucket_exists: options.bucket_exists,
        log_group_exists: options.log_group_exists,
    };
    let setup = export::export_setup(&options).map_err(|refusal| match refusal {
        SetupRefusal::Options(within, refused) => {
            Error::refused(&refused.refusal, format!("options.{within}{}", refused.at))
        }
        SetupRefusal::Format(refusal) => tree::broken("options".to_owned(), &refusal.what),
    })?;
    let file = |file: export::SetupFile| SetupFile { name: file.name, text: file.text };
    Ok(Setup {
        files: setup.files.into_iter().map(file).collect(),
        notes: super::notes(setup.notes),
    })
}
