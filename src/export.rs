//! A policy, or all that a set-up needs, as the AWS CLI, Terraform, CloudFormation, CDK and Pulumi take it.
//!
//! What is made is said once, as resources with the names of both families of tools; each format only writes them down.
//! Nothing is left out of a policy: what a format cannot hold is refused, with its place.
//!
//! Source: the references of IAM, KMS, S3, EC2, Systems Manager and Organizations in the AWS CLI and in CloudFormation,
//! and of the same resources in Terraform's AWS provider and in Pulumi, read 2026-11. Nothing was tried on live AWS.

mod attach;
mod check;
mod cloudformation;
mod commands;
mod deploy;
mod dialect;
mod given;
mod literal;
mod policy_document;
mod program;
mod resource;
mod setup;
mod shell;
mod terraform;
mod yaml;

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::json::Plain;
use crate::policy::{Policy, Strings, Who};
use crate::session::related::EndpointService;
use crate::session::DEFAULT_DOCUMENT;

use dialect::Dialect;
use given::{Given, Part};
use literal::Language;
use resource::{Family, Resource};
use shell::{Commands, Shell};

pub use given::Name;
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

impl Format {
    /// Whose resources and properties a file in this format has.
    fn family(self) -> Family {
        match self {
            Format::Terraform | Format::TerraformJsonencode | Format::PulumiTypescript => {
                Family::Terraform
            }
            _ => Family::CloudFormation,
        }
    }
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
pub struct Target<'a> {
    /// What is written.
    pub format: Format,
    /// What the policy is attached to.
    pub attach_to: AttachTo,
    /// The service behind the endpoint.
    pub endpoint_service: Option<EndpointService>,
    /// The Region.
    pub region: Option<&'a str>,
    /// The names.
    pub names: Vec<(Name, &'a str)>,
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
struct File<'g> {
    /// Sentences for people, one a line.
    comments: Vec<String>,
    /// Resources that belong together.
    groups: &'g [&'static [Resource]],
    given: &'g Given<'g>,
}

impl File<'_> {
    /// The sentences as comments.
    fn comments_in(&self, language: Language) -> String {
        let mut out = String::new();
        for sentence in &self.comments {
            out.push_str(language.comment());
            out.push_str(sentence);
            out.push('\n');
        }
        out
    }
}

impl AttachTo {
    /// Whether it takes a session document.
    pub fn is_of_document(self) -> bool {
        matches!(self, AttachTo::Preferences | AttachTo::SessionDocument)
    }
}

impl<'a> Exported<'a> {
    fn to_plain(self) -> Plain<'a> {
        match self {
            Exported::Policy(policy) => policy.to_plain(),
            Exported::Document(document) => document.clone(),
        }
    }
}

/// The name of a policy when none is given, and the usual one.
const POLICY_NAME: &str = "SessionManagerPermissions";

/// Writes the policy or document.
///
/// # Errors
/// A part of it that does not fit what it is attached to, or that the format cannot hold.
pub fn export_policy(exported: Exported, target: &Target) -> Result<String, Refusal> {
    let &Target { format, attach_to, region, .. } = target;
    if let Exported::Policy(policy) = exported {
        check::form(policy, attach_to)?;
        let named = target.names.iter().find(|(name, _)| *name == Name::Bucket);
        if let (AttachTo::Bucket, Some((_, name))) = (attach_to, named) {
            check::bucket(policy, name)?;
        }
    }
    check::texts(&exported.to_plain(), &mut String::new(), format)?;
    let mut given = Given::default();
    given.add(Part::Main, exported);
    given.set(Name::Policy, Some(POLICY_NAME));
    if attach_to == AttachTo::Preferences {
        given.set(Name::Document, Some(DEFAULT_DOCUMENT));
    }
    given.set(Name::Service, service_name(target.endpoint_service, region));
    for (name, text) in &target.names {
        given.set(*name, Some(*text));
    }
    let shell = match format {
        Format::AwsCli => Shell::Bash,
        Format::AwsCliPowershell => Shell::PowerShell,
        _ => {
            let is_gateway = target.endpoint_service == Some(EndpointService::S3);
            let resources = attach::resources(attach_to, is_gateway);
            let family = format.family();
            let asked = family.inputs(&family.of(&[resources], &given), &given);
            let name = match format {
                Format::CloudformationJson => "session-manager.json",
                _ => "session-manager.yaml",
            };
            let mut comments = vec![
                attach::about(attach_to, format).to_owned(),
                deploy::make(format, name, region, &asked),
            ];
            comments.extend(deploy::caution(format).map(str::to_owned));
            comments.push(deploy::undo(format, region));
            let file = File { comments, groups: &[resources], given: &given };
            return match format {
                Format::Terraform => terraform::print(&file, Dialect::TerraformData),
                Format::TerraformJsonencode => terraform::print(&file, Dialect::TerraformObject),
                Format::CloudformationJson => Ok(cloudformation::as_json(&file)),
                Format::CdkTypescript => Ok(program::print(&file, Dialect::CdkTypeScript)),
                Format::CdkPython => Ok(program::print(&file, Dialect::CdkPython)),
                Format::PulumiTypescript => Ok(program::print(&file, Dialect::Pulumi)),
                _ => Ok(cloudformation::as_yaml(&file)),
            };
        }
    };
    Ok(Commands { shell, attach_to, given: &given, region }.print(exported))
}

/// The name of a service for its endpoint. In China some of the names begin otherwise, so it is asked for there.
fn service_name(service: Option<EndpointService>, region: Option<&str>) -> Option<String> {
    let region = Region::parse(region?).filter(|it| it.partition != Partition::AwsCn)?;
    Some(["com.amazonaws.", region.name, ".", service?.word()].concat())
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
