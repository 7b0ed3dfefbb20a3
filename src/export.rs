//! A policy, or all that a set-up needs, as the AWS CLI, Terraform, CloudFormation, CDK and Pulumi take it.
//!
//! What is made is said once, as resources with the names of both families of tools; each format only writes them down.
//! Nothing is left out of a policy: what a format cannot hold is refused, with its place.
//!
//! Source: the references of IAM, KMS, S3, EC2, Systems Manager and Organizations in the AWS CLI and in CloudFormation,
//! and of the same resources in Terraform's AWS provider and in Pulumi, read 2026-11. Nothing was tried on live AWS.

mod about;
mod attach;
mod check;
mod cloudformation;
mod input;
mod literal;
mod policy_document;
mod program;
mod resource;
mod setup;
mod shell;
mod terraform;
mod yaml;

use serde::Deserialize;

use crate::json::Plain;
use crate::policy::{Policy, Strings, Who};
use crate::session::related::EndpointService;

use literal::Language;
use program::Program;
use resource::{Attribute, Kind, Resource, Value};
use shell::Shell;
use terraform::Policies;

pub use setup::{export_setup, Setup, SetupFile, SetupFormat, SetupOptions, SetupRefusal};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Commands for bash.
    AwsCli,
    /// Commands for PowerShell.
    AwsCliPowershell,
    /// Terraform, the policy as a data source.
    Terraform,
    /// Terraform, the policy as an object.
    TerraformJsonencode,
    /// A template in YAML.
    Cloudformation,
    /// A template in JSON.
    CloudformationJson,
    /// A stack in TypeScript.
    CdkTypescript,
    /// A stack in Python.
    CdkPython,
    /// Pulumi in TypeScript.
    PulumiTypescript,
}

/// What the policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttachTo {
    /// A role, inline.
    Role,
    /// A user, inline.
    User,
    /// A group, inline.
    Group,
    /// Nothing yet: it is a policy of its own.
    ManagedPolicy,
    /// A KMS key.
    Key,
    /// A bucket.
    Bucket,
    /// A role that is made, as its trust policy.
    Trust,
    /// A VPC endpoint.
    Endpoint,
    /// An account in a Region: the session preferences.
    Preferences,
    /// A session document.
    SessionDocument,
    /// An organization.
    ServiceControlPolicy,
}

/// Where the policy goes; all names are checked.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// What is written.
    pub format: Format,
    /// What the policy is attached to.
    pub attach_to: AttachTo,
    /// The role.
    pub role_name: Option<&'a str>,
    /// The user.
    pub user_name: Option<&'a str>,
    /// The group.
    pub group_name: Option<&'a str>,
    /// The name of the policy.
    pub policy_name: Option<&'a str>,
    /// The ARN of one key.
    pub kms_key_arn: Option<&'a str>,
    /// The bucket.
    pub bucket_name: Option<&'a str>,
    /// The service behind the endpoint.
    pub endpoint_service: Option<EndpointService>,
    /// The endpoint.
    pub vpc_endpoint_id: Option<&'a str>,
    /// The session document.
    pub document_name: Option<&'a str>,
    /// What gets the service control policy.
    pub organization_target_id: Option<&'a str>,
    /// The Region.
    pub region: Option<&'a str>,
}

/// What is exported.
#[derive(Clone, Copy, Debug)]
pub enum Exported<'a> {
    /// A policy.
    Policy(&'a Policy),
    /// A session document.
    Document(&'a Plain<'a>),
}

/// Why nothing is exported: a part of the document, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// Where in the document, such as `Statement[0].Action`; empty for the whole.
    pub at: String,
    /// What follows the place in a sentence.
    pub what: String,
}

impl Refusal {
    fn policy(at: String, what: impl Into<String>) -> Self {
        Refusal { at, what: what.into() }
    }
}

/// What one file says.
struct File<'a> {
    /// Sentences for people, one a line.
    comments: Vec<String>,
    resources: Vec<Resource<'a>>,
    /// Texts that stand for what another resource says.
    made: &'a [(String, Kind, Attribute)],
}

impl File<'_> {
    /// What the text stands for.
    fn made(&self, text: &str) -> Option<(Kind, Attribute)> {
        let made = self.made.iter().find(|(known, ..)| known == text);
        made.map(|(_, kind, attribute)| (*kind, *attribute))
    }
}

impl AttachTo {
    /// Whether it takes a session document.
    pub fn is_of_document(self) -> bool {
        matches!(self, AttachTo::Preferences | AttachTo::SessionDocument)
    }
}

impl<'a> Exported<'a> {
    fn value(self) -> Value<'a> {
        match self {
            Exported::Policy(policy) => Value::Policy(policy),
            Exported::Document(document) => Value::Document(document),
        }
    }

    fn to_plain(self) -> Plain<'a> {
        match self {
            Exported::Policy(policy) => policy.to_plain(),
            Exported::Document(document) => document.clone(),
        }
    }
}

/// Writes the policy or document.
///
/// # Errors
/// A part of it that does not fit what it is attached to, or that the format cannot hold.
pub fn export_policy(exported: Exported, target: &Target) -> Result<String, Refusal> {
    if let Exported::Policy(policy) = exported {
        check::form(policy, target.attach_to)?;
    }
    check::texts(&exported.to_plain(), &mut String::new(), target.format)?;
    let shell = match target.format {
        Format::AwsCli => Shell::Bash,
        Format::AwsCliPowershell => Shell::PowerShell,
        _ => {
            let file = attach::file(exported, target);
            return match target.format {
                Format::Terraform => terraform::print(&file, Policies::DataSource),
                Format::TerraformJsonencode => terraform::print(&file, Policies::Object),
                Format::CloudformationJson => Ok(cloudformation::as_json(&file)),
                Format::CdkTypescript => Ok(program::print(&file, Program::CdkTypeScript)),
                Format::CdkPython => Ok(program::print(&file, Program::CdkPython)),
                Format::PulumiTypescript => Ok(program::print(&file, Program::Pulumi)),
                _ => Ok(cloudformation::as_yaml(&file)),
            };
        }
    };
    Ok(shell::print(exported, target, shell))
}

/// Whether EC2 may assume the role.
fn trusts_ec2(exported: Exported) -> bool {
    let Exported::Policy(policy) = exported else { return false };
    let services = policy.statements.iter().filter_map(|statement| match &statement.principal {
        Some(principal) if !principal.negated => match &principal.who {
            Who::Listed(listed) => listed.iter().find(|(kind, _)| kind == "Service"),
            Who::Everyone => None,
        },
        _ => None,
    });
    let mut names = services.flat_map(|(_, services): &(String, Strings)| services.as_slice());
    names.any(|name| name.starts_with("ec2.amazonaws.com"))
}

/// Sentences as comments.
fn comments(sentences: &[String], language: Language) -> String {
    let mut out = String::new();
    for sentence in sentences {
        out.push_str(language.comment());
        out.push_str(sentence);
        out.push('\n');
    }
    out
}
