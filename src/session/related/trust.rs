//! Who may assume the role of nodes.
//!
//! Source: the Systems Manager user guide, "Create the IAM service role required for Systems Manager in hybrid and
//! multicloud environments" and "Default Host Management Configuration"; the ECS developer guide, "Task IAM role";
//! read 2026-11. `ec2.amazonaws.com` is right in every partition, China included.

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::{Effect, Policy, Statement};

use super::super::draft::{finish, one, principals, when};
use super::super::operator::HOST_MANAGEMENT_LIMITS;
use super::super::option;
use super::super::place::Fields;
use super::super::{BuiltPolicy, Conflict, Note, Place, Quota, Refused, Scope};

/// Who assumes the role, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct TrustPolicy<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// AWS's text or the tight form.
    pub scope: Scope,
    /// What has the role; EC2 when absent.
    #[serde(deserialize_with = "option::optional_many")]
    pub trusted: Option<Vec<Trusted>>,
}

/// Something that has a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trusted {
    /// EC2 instances.
    Ec2,
    /// Nodes of a hybrid activation.
    Hybrid,
    /// Tasks of ECS.
    Ecs,
    /// Default Host Management.
    HostManagement,
}

impl Trusted {
    fn service(self) -> &'static str {
        match self {
            Trusted::Ec2 => "ec2.amazonaws.com",
            Trusted::Hybrid | Trusted::HostManagement => "ssm.amazonaws.com",
            Trusted::Ecs => "ecs-tasks.amazonaws.com",
        }
    }
}

impl<'a> TrustPolicy<'a> {
    fn place(&self) -> Place<'a> {
        Place { partition: self.partition, region: self.region, account_id: self.account_id }
    }
}

/// Builds the policy.
///
/// # Errors
/// Without an account or a Region where the conditions name them; a Region of another partition.
pub fn build_trust_policy(options: &TrustPolicy) -> Result<BuiltPolicy, Refused> {
    let fields = options.place().fields(&[])?;
    let trusted = options.trusted.as_deref().unwrap_or(&[Trusted::Ec2]);
    let names_account = |trusted: &Trusted| matches!(trusted, Trusted::Hybrid | Trusted::Ecs);
    if trusted.iter().any(names_account) {
        if options.place().account_id.is_none() {
            return Err(Refused::conflict("accountId", Conflict::AccountMissing));
        }
        if options.place().region.is_none() {
            return Err(Refused::conflict("region", Conflict::RegionMissing));
        }
    }
    if trusted.is_empty() {
        return Err(Refused::conflict("trusted", Conflict::NothingAllowed));
    }
    let mut statements: Vec<_> =
        trusted.iter().map(|trusted| statement(*trusted, options.scope, &fields)).collect();
    finish(&mut statements, Scope::LeastPrivilege, Some(false));
    let mut notes = vec![Note::new(
        "SUMMARY",
        format!(
            "May assume the role: {}.",
            trusted.iter().map(|trusted| trusted.service()).collect::<Vec<_>>().join(", ")
        ),
    )];
    if trusted.contains(&Trusted::HostManagement) {
        notes.push(Note::new("HOST_MANAGEMENT_ROLE", HOST_MANAGEMENT_LIMITS));
    }
    notes.extend(options.place().notes(&[], ""));
    Ok(BuiltPolicy::new(Policy::new(statements), Quota::Trust, notes))
}

fn statement(trusted: Trusted, scope: Scope, fields: &Fields) -> Statement {
    let mut statement = Statement::new(Effect::Allow, ["sts:AssumeRole"], ["*"]);
    statement.resource = None;
    statement.principal = principals("Service", vec![trusted.service().to_owned()]);
    let service = match trusted {
        Trusted::Hybrid => "ssm",
        Trusted::Ecs => "ecs",
        Trusted::Ec2 | Trusted::HostManagement => return statement,
    };
    when(&mut statement, "StringEquals", "aws:SourceAccount", one(fields.account));
    // The same to IAM; the guide prints ArnEquals for activations.
    let operator = match (scope, trusted) {
        (Scope::Guide, Trusted::Hybrid) => "ArnEquals",
        _ => "ArnLike",
    };
    when(&mut statement, operator, "aws:SourceArn", one(fields.arn(service, "*")));
    statement
}
