//! Service control policies: one that keeps Default Host Management as it is, one that keeps sessions in order.
//!
//! Source: the Systems Manager user guide, "Default Host Management Configuration", "Blocking public sharing for SSM
//! documents" and "Restrict access to sessions by document"; the AWS security blog, "AWS Organizations service control
//! policy now supports full IAM language", of 2025-09, for `NotResource`; the Organizations user guide, "SCP evaluation",
//! for allow lists; read 2026-11.

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::{Effect, Policy, Statement, Strings};

use super::super::capabilities::{self, Side};
use super::super::draft::{allow_all, deny, finish, once, one, when};
use super::super::operator::{
    HOST_MANAGEMENT_ROLE, HOST_MANAGEMENT_ROLE_OPEN, HOST_MANAGEMENT_SETTING, MFA_NOT_FOR_ROLES,
    OTHER_ROLE_CHANGES, SESSIONS_OF_SERVICES, SHELL_DENIED_WHERE_CHECKED,
};
use super::super::option::{self, of};
use super::super::place::{is_document_of_aws, DEFAULT_DOCUMENT};
use super::super::{tag, BuiltPolicy, Conflict, NodeKind, Note, Place, Quota, Refused, Scope};

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
    /// AWS's text or all changes of the role.
    pub scope: Scope,
    /// Tags of callers that are not bound, each with its values.
    #[serde(borrow, rename = "exceptTags", deserialize_with = "option::tags")]
    pub except: Vec<(&'a str, Vec<&'a str>)>,
}

/// How sessions are kept in order, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct SessionGuard<'a> {
    /// The partition; when absent, that of the Region, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// Whether sessions without MFA are refused.
    pub without_mfa: bool,
    /// The only documents that sessions start with.
    #[serde(borrow, deserialize_with = "option::only_names::<of::CommandDocument, _>")]
    pub only_documents: Vec<&'a str>,
    /// Which sharing of documents is refused.
    pub no_sharing: Option<Sharing>,
    /// Whether what sessions need is allowed, where nothing is that no policy names.
    pub allow_list: bool,
    /// Tags of callers that are not bound, each with its values.
    #[serde(borrow, rename = "exceptTags", deserialize_with = "option::tags")]
    pub except: Vec<(&'a str, Vec<&'a str>)>,
}

/// Sharing of documents with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// With everybody.
    Public,
    /// With any other account.
    Any,
}

/// Builds the policy.
///
/// # Errors
/// A Region of another partition; a tag key that is given twice, or too many of them.
pub fn build_host_management_guard(options: &HostManagementGuard) -> Result<BuiltPolicy, Refused> {
    let place = Place::new(options.partition, options.region, options.account_id);
    let fields = place.fields(&[])?;
    check(&options.except)?;
    let role = || vec![fields.iam(HOST_MANAGEMENT_ROLE)];
    let setting = vec![fields.arn("ssm", HOST_MANAGEMENT_SETTING)];
    let changes = capabilities::kept_out("admin.dhmc-guard", !options.scope.is_least());
    let mut pass = deny("KeepHostManagementRole", &["iam:PassRole"], role());
    when(&mut pass, "StringEquals", "iam:PassedToService", one("ssm.amazonaws.com"));
    let is_least = options.scope.is_least();
    let mut role_changes = vec!["iam:AttachRolePolicy", "iam:DeleteRole"];
    role_changes.extend(is_least.then_some(OTHER_ROLE_CHANGES).into_iter().flatten());
    let mut statements = vec![
        deny("KeepHostManagementSetting", &changes, setting),
        pass,
        deny("KeepHostManagementRolePolicies", &role_changes, role()),
    ];
    finish(&mut statements, options.scope, None);
    let what = match options.scope {
        Scope::Guide => {
            "to turn Default Host Management on or off and to pass its role, attach policies to it or delete it"
        }
        Scope::LeastPrivilege => "to turn Default Host Management on or off and to change its role",
    };
    let mut built = service_control(statements, &options.except, &[what], place);
    if !is_least {
        built.notes.push(Note::new("HOST_MANAGEMENT_ROLE_OPEN", HOST_MANAGEMENT_ROLE_OPEN));
    }
    Ok(built)
}

/// The policy with its exceptions, and what there is to say about every one.
fn service_control(
    mut statements: Vec<Statement>,
    except: &[(&str, Vec<&str>)],
    what: &[&str],
    place: Place,
) -> BuiltPolicy {
    for statement in statements.iter_mut().filter(|it| it.effect == Effect::Deny) {
        unless_tagged(statement, except);
    }
    let who = if except.is_empty() { "everybody" } else { "callers without these tags" };
    let summary = match what {
        [] => "Lets accounts use every action that sessions need.".to_owned(),
        what => format!("Refuses {who} {}.", what.join(", and ")),
    };
    let mut notes = vec![
        Note::new("SUMMARY", summary),
        Note::new(
            "SERVICE_CONTROL_POLICY_LIMITS",
            "Attach it to an organization, a unit or an account. It grants nothing, and it does not bind the \
             management account.",
        ),
    ];
    if !except.is_empty() {
        notes.push(Note::new(
            "EXCEPTION_BY_TAG",
            "Whoever may tag a user or role, or may pass session tags, can take the exception. Guard iam:TagRole, \
             iam:TagUser and sts:TagSession for these keys as well.",
        ));
    }
    notes.extend(tag::spelling(except.iter().map(|(key, values)| (*key, values.as_slice()))));
    notes.extend(place.notes(&[], ""));
    BuiltPolicy::new(Policy::new(statements), Quota::ServiceControl, notes)
}

/// The setting that lets documents be shared with everybody.
const SHARING: &str = "servicesetting/ssm/documents/console/public-sharing-permission";

/// Builds the policy that keeps sessions in order.
///
/// # Errors
/// A Region of another partition; a tag key that is given twice, or too many of them; nothing to refuse or to allow.
pub fn build_session_guard(options: &SessionGuard) -> Result<BuiltPolicy, Refused> {
    let place = Place::new(options.partition, options.region, options.account_id);
    let fields = place.fields(&[])?;
    check(&options.except)?;
    let (mut statements, mut what) = (Vec::new(), Vec::new());
    if options.without_mfa {
        // Commands are left out: what runs them is mostly a service or a pipeline, which has no MFA.
        let mut actions = vec!["ssm:ResumeSession", "ssm:StartSession"];
        actions.extend(SESSIONS_OF_SERVICES);
        let mut statement = deny("RequireMfa", &actions, vec!["*".to_owned()]);
        when(&mut statement, "BoolIfExists", "aws:MultiFactorAuthPresent", one("false"));
        statements.push(statement);
        what.push("to start sessions without MFA");
    }
    if !options.only_documents.is_empty() {
        // What is not listed here is refused: a Region in it would refuse all of the others. With an account the statement
        // is for callers of that one alone, and nobody starts sessions on nodes of another.
        let everywhere = Place { region: None, ..place };
        let everywhere = Place { partition: Some(fields.partition), ..everywhere }.fields(&[])?;
        let mut others = everywhere.nodes(&[NodeKind::Ec2, NodeKind::Hybrid]);
        others.push(everywhere.arn("ecs", "task/*"));
        others.extend(options.only_documents.iter().map(|name| everywhere.any_document(name)));
        let mut statement = deny("OnlyTheseDocuments", &["ssm:StartSession"], others);
        if let Some(resource) = &mut statement.resource {
            resource.negated = true;
        }
        if let Some(region) = &options.region {
            when(&mut statement, "StringEquals", "aws:RequestedRegion", one(region.name));
        }
        if let Some(account) = options.account_id {
            when(&mut statement, "StringEquals", "aws:PrincipalAccount", one(account));
        }
        statements.push(statement);
        what.push("to start sessions with other documents");
    }
    if let Some(sharing) = options.no_sharing {
        let changes = ["ssm:ResetServiceSetting", "ssm:UpdateServiceSetting"];
        statements.push(deny("KeepPublicSharing", &changes, vec![fields.arn("ssm", SHARING)]));
        what.push("to let documents be shared with everybody");
        if sharing == Sharing::Any {
            let share = ["ssm:ModifyDocumentPermission"];
            statements.push(deny("NoSharing", &share, vec![fields.document("*")]));
            what.push("to share documents");
        }
    }
    if options.allow_list {
        // What nodes and people ask IAM for.
        let asked = capabilities::actions(&|it| matches!(it.side, Side::Node | Side::Operator));
        statements.push(allow_all("SessionsAllowList", &asked));
    }
    if statements.is_empty() {
        return Err(Refused::conflict("withoutMfa", Conflict::NOTHING_GUARDED));
    }
    finish(&mut statements, Scope::LeastPrivilege, Some(true));
    let mut built = service_control(statements, &options.except, &what, place);
    let mut note = |code, message: &str| built.notes.push(Note::new(code, message));
    if options.without_mfa {
        note("MFA_NOT_FOR_ROLES", MFA_NOT_FOR_ROLES);
    }
    if !options.only_documents.is_empty() {
        note(
            "SERVICE_CONTROL_POLICY_LANGUAGE",
            "The statement about documents has NotResource, which service control policies take in aws and \
             aws-us-gov since September 2025. A shell is started with SSM-SessionManagerRunShell.",
        );
    }
    let names_default = options.only_documents.contains(&DEFAULT_DOCUMENT);
    if !options.only_documents.is_empty() && !names_default {
        note("SHELL_DENIED_WHERE_CHECKED", SHELL_DENIED_WHERE_CHECKED);
    }
    // A variable is none where an ARN has its account.
    if options.account_id.is_none()
        && options.only_documents.iter().any(|name| !is_document_of_aws(name))
    {
        note(
            "DOCUMENTS_OF_OTHER_ACCOUNTS",
            "Without accountId these names are meant in every account, so a document of the same name that another \
             account shares with this one is let through. Build the policy for each account, with its accountId.",
        );
    }
    if options.no_sharing.is_some() {
        note(
            "BLOCK_PUBLIC_SHARING_FIRST",
            "The setting stays as it is: block public sharing in each account and Region before you attach this.",
        );
    }
    if options.allow_list {
        note(
            "ALLOW_LIST",
            "Where FullAWSAccess is attached the list does nothing. Where it is not, every level above the account \
             must allow these actions, and those of everything else that the accounts use.",
        );
    }
    Ok(built)
}

fn check(except: &[(&str, Vec<&str>)]) -> Result<(), Refused> {
    if except.len() > tag::MOST_TAGS {
        return Err(Refused::conflict("exceptTags", Conflict::EXCEPT_TAGS_TOO_MANY));
    }
    once(except.iter().map(|(key, _)| *key), "exceptTags")
}

fn unless_tagged(statement: &mut Statement, except: &[(&str, Vec<&str>)]) {
    for (key, values) in except {
        // A caller without the tag is refused too: an absent key is not equal.
        let values = Strings::many(values.iter().map(|value| value.replace('$', "${$}")));
        let key = format!("aws:PrincipalTag/{key}");
        when(statement, "StringNotEqualsIgnoreCase", &key, values);
    }
}
