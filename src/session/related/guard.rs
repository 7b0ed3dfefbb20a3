//! The service control policy that keeps Default Host Management as it is.
//!
//! Source: the Systems Manager user guide, "Default Host Management Configuration", read 2026-11.

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::{Policy, Statement, Strings};

use super::super::draft::{deny, finish, once, one, when};
use super::super::operator::{HOST_MANAGEMENT_ROLE, HOST_MANAGEMENT_SETTING};
use super::super::option;
use super::super::{BuiltPolicy, Note, Place, Quota, Refused, Scope};

/// Who may still change Default Host Management, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct HostManagementGuard<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// Tags of callers that are not bound, each with its values.
    #[serde(borrow, rename = "exceptTags", deserialize_with = "option::tags")]
    pub except: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> HostManagementGuard<'a> {
    fn place(&self) -> Place<'a> {
        Place { partition: self.partition, region: self.region, account_id: self.account_id }
    }
}

/// Builds the policy.
///
/// # Errors
/// A Region of another partition; a tag key that is given twice.
pub fn build_host_management_guard(options: &HostManagementGuard) -> Result<BuiltPolicy, Refused> {
    let fields = options.place().fields(&[])?;
    once(options.except.iter().map(|(key, _)| *key), "exceptTags")?;
    let role = || vec![fields.iam(HOST_MANAGEMENT_ROLE)];
    let setting = vec![fields.arn("ssm", HOST_MANAGEMENT_SETTING)];
    let changes = ["ssm:UpdateServiceSetting", "ssm:ResetServiceSetting"];
    let mut pass = deny("KeepHostManagementRole", &["iam:PassRole"], role());
    when(&mut pass, "StringEquals", "iam:PassedToService", one("ssm.amazonaws.com"));
    let role_changes = ["iam:AttachRolePolicy", "iam:DeleteRole"];
    let mut statements = vec![
        deny("KeepHostManagementSetting", &changes, setting),
        pass,
        deny("KeepHostManagementRolePolicies", &role_changes, role()),
    ];
    for statement in &mut statements {
        unless_tagged(statement, &options.except);
    }
    finish(&mut statements, Scope::Guide, Some(false));
    let who = if options.except.is_empty() { "everybody" } else { "callers without these tags" };
    let mut notes = vec![
        Note::new(
            "SUMMARY",
            format!("Refuses {who} to turn Default Host Management on or off and to change its role."),
        ),
        Note::new(
            "SERVICE_CONTROL_POLICY_LIMITS",
            "Attach it to an organization, a unit or an account. It grants nothing, and it does not bind the \
             management account.",
        ),
    ];
    if !options.except.is_empty() {
        notes.push(Note::new(
            "EXCEPTION_BY_TAG",
            "Whoever may tag a user or role, or may pass session tags, can take the exception. Guard iam:TagRole, \
             iam:TagUser and sts:TagSession for these keys as well.",
        ));
    }
    notes.extend(options.place().notes(&[], ""));
    Ok(BuiltPolicy::new(Policy::new(statements), Quota::ServiceControl, notes))
}

fn unless_tagged(statement: &mut Statement, except: &[(&str, Vec<&str>)]) {
    for (key, values) in except {
        // A caller without the tag is refused too: an absent key is not equal.
        let values = Strings::many(values.iter().map(|value| value.replace('$', "${$}")));
        let key = format!("aws:PrincipalTag/{key}");
        when(statement, "StringNotEqualsIgnoreCase", &key, values);
    }
}
