//! The exports: of a policy or a session document, and of all that a set-up needs.

use serde::{Deserialize, Serialize};

use super::evaluate::tree;
use super::read::wrong;
use super::{Error, Note, Value};
use crate::export::{self, AttachTo, Exported, Format, SetupFormat, SetupRefusal, Target};
use crate::session::node::NodeOptions;
use crate::session::operator::OperatorOptions;
use crate::session::related::{EndpointService, PreferencesDocument};
use crate::session::{
    parse_kms_key, parse_policy_name, parse_region, KmsKey, Name, DEFAULT_DOCUMENT,
};

/// AWS takes documents of this many bytes, and a longer one that is deeply nested would be a very long text.
const MOST_OF_DOCUMENT: usize = 64 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
struct ExportTarget<'a> {
    format: Format,
    attach_to: Option<AttachTo>,
    role_name: Option<&'a str>,
    user_name: Option<&'a str>,
    group_name: Option<&'a str>,
    policy_name: Option<&'a str>,
    kms_key_arn: Option<&'a str>,
    bucket_name: Option<&'a str>,
    endpoint_service: Option<EndpointService>,
    vpc_endpoint_id: Option<&'a str>,
    document_name: Option<&'a str>,
    organization_target_id: Option<&'a str>,
    region: Option<&'a str>,
}

impl<'a> ExportTarget<'a> {
    /// The target, once AWS would take all its names.
    fn checked(&self) -> Result<Target<'a>, Error> {
        let at = |field: &str| format!("target.{field}");
        let own_document = self.document_name.filter(|name| *name != DEFAULT_DOCUMENT);
        for (field, name, given) in [
            ("roleName", Name::Role, self.role_name),
            ("userName", Name::User, self.user_name),
            ("groupName", Name::Group, self.group_name),
            ("bucketName", Name::Bucket, self.bucket_name),
            ("vpcEndpointId", Name::VpcEndpoint, self.vpc_endpoint_id),
            ("documentName", Name::Document, own_document),
            ("organizationTargetId", Name::OrganizationTarget, self.organization_target_id),
        ] {
            if let Some(given) = given {
                name.parse(given).map_err(|refusal| Error::refused(&refusal, at(field)))?;
            }
        }
        if let Some(name) = self.policy_name {
            parse_policy_name(name).map_err(|it| Error::refused(&it, at("policyName")))?;
        }
        if let Some(region) = self.region {
            parse_region(region).map_err(|it| Error::refused(&it, at("region")))?;
        }
        Ok(Target {
            format: self.format,
            attach_to: self.attach_to.unwrap_or(AttachTo::Role),
            role_name: self.role_name,
            user_name: self.user_name,
            group_name: self.group_name,
            policy_name: self.policy_name,
            kms_key_arn: self.key()?,
            bucket_name: self.bucket_name,
            endpoint_service: self.endpoint_service,
            vpc_endpoint_id: self.vpc_endpoint_id,
            document_name: self.document_name,
            organization_target_id: self.organization_target_id,
            region: self.region,
        })
    }

    /// One key; the guide's placeholder is none.
    fn key(&self) -> Result<Option<&'a str>, Error> {
        let Some(given) = self.kms_key_arn else { return Ok(None) };
        match parse_kms_key(given) {
            Ok(KmsKey::Placeholder(_)) => Ok(None),
            Ok(KmsKey::Arn(arn)) if !arn.has_wildcard() => Ok(Some(given.trim())),
            Ok(_) => Err(wrong("target.kmsKeyArn", "must be one key, without wildcards")),
            Err(refusal) => Err(Error::refused(&refusal, "target.kmsKeyArn")),
        }
    }
}

/// `exportPolicy(policy, target)`.
///
/// # Errors
/// `INVALID_POLICY` for a document that IAM could not read, that does not fit its target, or of which the format cannot
/// hold a part; a target of the wrong shape, or with a name that AWS would not take.
pub fn export_policy(policy: &Value, target: Option<&Value>) -> Result<String, Error> {
    let target: ExportTarget = super::read::read(target, "target")?;
    let target = target.checked()?;
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
}

/// `exportSetup(options)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn export_setup(options: Option<&Value>) -> Result<Setup, Error> {
    let options: SetupOptions = super::read::read(options, "options")?;
    if let Some(name) = options.role_name {
        Name::Role.parse(name).map_err(|it| Error::refused(&it, "options.roleName"))?;
    }
    let options = export::SetupOptions {
        format: options.format,
        node: options.node,
        operator: options.operator,
        preferences: options.preferences,
        endpoints: options.endpoints,
        role_name: options.role_name,
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
