//! The policy of an operator: what a person needs to start, see and end sessions, and what they must not do.
//!
//! Source: the Systems Manager user guide, "Quickstart default IAM policies for Session Manager", "Additional sample
//! IAM policies" and the pages about SSH, interactive commands, Remote Desktop, preferences and just-in-time access;
//! the ECS developer guide, "ECS Exec"; the service authorization reference of 2026-09; read 2026-11.

mod check;
mod conditions;
mod control;
mod deny;
mod fleet_manager;
mod instance_connect;
mod left_open;
mod notes;
mod others;
mod remote_desktop;
mod start;

use serde::Deserialize;

use crate::aws::{Partition, Region};
use crate::policy::{Effect, Policy};

pub use deny::Deny;
pub(super) use deny::SESSIONS_OF_SERVICES;
pub use instance_connect::InstanceConnect;

pub(super) use left_open::HOST_MANAGEMENT_ROLE_OPEN;
pub(crate) use notes::USER_NAME_ABSENT;
pub(super) use notes::{HOST_MANAGEMENT_LIMITS, MFA_NOT_FOR_ROLES, SHELL_DENIED_WHERE_CHECKED};
pub(super) use others::{HOST_MANAGEMENT_ROLE, HOST_MANAGEMENT_SETTING, OTHER_ROLE_CHANGES};

use super::draft::{finish, one, when, without_repeated};
use super::option::{self, of};
use super::place::Fields;
use super::{BuiltPolicy, Conflict, NodeKind, Place, Quota, Refused, Scope, SessionEncryption};

/// What a person may do, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct OperatorOptions<'a> {
    /// The partition; when absent, that of the Region or of a key, else the commercial one.
    pub partition: Option<Partition>,
    /// The Region of the nodes; when absent, every Region is meant.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// The account of the nodes; when absent, every account is meant.
    #[serde(deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// The name of the policy: it changes nothing in the text, and a wrong one is better known now.
    #[serde(deserialize_with = "option::policy_name")]
    pub policy_name: Option<&'a str>,
    /// AWS's text or the least that works.
    pub scope: Scope,
    /// Which of AWS's texts.
    pub edition: Edition,
    /// Whether statements have names; when absent, those of the tight form have.
    pub sids: Option<bool>,
    /// What the policy is for.
    pub identity: Identity,
    /// The nodes.
    #[serde(borrow)]
    pub targets: Targets<'a>,
    /// The kinds of sessions that may be started; when absent, a shell if nothing else is asked for.
    #[serde(deserialize_with = "option::optional_many")]
    pub sessions: Option<Vec<SessionType>>,
    /// Documents of the account that sessions may be started with.
    #[serde(borrow, deserialize_with = "option::optional_names::<of::Document, _>")]
    pub documents: Option<Vec<&'a str>>,
    /// Where sessions are started; when absent, the command line if nothing else is asked for.
    #[serde(deserialize_with = "option::optional_many")]
    pub clients: Option<Vec<Client>>,
    /// Whether starting is checked against the document; when absent, what scope and edition say.
    pub document_access_check: Option<bool>,
    /// Whose ends of data channels may be opened; when absent, what scope and edition say.
    pub data_channel: Option<DataChannel>,
    /// Which sessions may be ended; when absent, what the rest says.
    #[serde(borrow)]
    pub end_sessions: EndSessions<'a>,
    /// The keys that encrypt session data.
    pub session_encryption: SessionEncryption,
    /// Whether an old agent may be updated from the console; when absent, what scope and clients say.
    pub update_agent: Option<bool>,
    /// Documents that may be chosen in the console: what their names begin with. The name of a whole document is one too.
    #[serde(deserialize_with = "option::optional::<of::Document, _>")]
    pub document_chooser: Option<&'a str>,
    /// Remote Desktop by Fleet Manager, with the ways to sign in.
    pub remote_desktop: Option<RemoteDesktop>,
    /// Fleet Manager's other tools.
    pub fleet_manager: Option<FleetManager>,
    /// ECS Exec.
    #[serde(borrow)]
    pub ecs_exec: Option<EcsExec<'a>>,
    /// Whether access is asked for just in time.
    pub just_in_time: bool,
    /// Whether the list of sessions may be seen.
    pub history: bool,
    /// Documents that may be run on the nodes with Run Command, of AWS or of the account.
    #[serde(borrow, deserialize_with = "option::names::<of::CommandDocument, _>")]
    pub run_command: Vec<&'a str>,
    /// Whether nodes of EC2 that are stopped may be started.
    pub start_instances: bool,
    /// Tunnels through EC2 Instance Connect Endpoints.
    #[serde(borrow)]
    pub instance_connect: Option<InstanceConnect<'a>>,
    /// The bucket of Ansible's connection over sessions.
    #[serde(deserialize_with = "option::optional::<of::Bucket, _>")]
    pub ansible_bucket: Option<&'a str>,
    /// When everything that is allowed ends.
    #[serde(deserialize_with = "option::optional::<of::Date, _>")]
    pub expires: Option<&'a str>,
    /// What may be done to the preferences.
    pub preferences: Option<Preferences>,
    /// Whether every session on every node may be started and ended.
    pub administrator: bool,
    /// Whether Default Host Management may be turned on and off.
    pub host_management: bool,
    /// The role whose inline policies may be written.
    #[serde(deserialize_with = "option::optional::<of::Role, _>")]
    pub inline_policy_of: Option<&'a str>,
    /// What is refused, whatever else allows it.
    #[serde(borrow)]
    pub deny: Option<Deny<'a>>,
    /// Whether nothing is allowed, so that a shell is not meant either.
    pub deny_only: bool,
}

/// A text of AWS's guide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Edition {
    /// June 2023: without the data channel, with the document access check.
    #[serde(rename = "2023")]
    Of2023,
    /// 2025 and 2026.
    #[default]
    #[serde(rename = "2025")]
    Of2025,
}

/// What kind of identity the policy is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// A role, federated or of Identity Center: it has no user name.
    #[default]
    Role,
    /// An IAM user.
    IamUser,
}

/// The nodes that sessions may be started on: by ID, by tags, or all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct Targets<'a> {
    /// The only ones.
    #[serde(borrow, deserialize_with = "option::only_names::<of::NodeId, _>")]
    pub instance_ids: Vec<&'a str>,
    /// Tags that a node must have, each with one of its values.
    #[serde(borrow, deserialize_with = "option::only_tags")]
    pub tags: Vec<(&'a str, Vec<&'a str>)>,
    /// Tags of which a node must have one, beside those that it must have all.
    #[serde(borrow, deserialize_with = "option::only_tags")]
    pub any_tags: Vec<(&'a str, Vec<&'a str>)>,
    /// Tag keys whose value must be that of the caller's own tag.
    #[serde(borrow, deserialize_with = "option::only_names::<of::TagKey, _>")]
    pub principal_tags: Vec<&'a str>,
    /// The kinds of nodes that are meant by tags, or by nothing at all; when none is said, those of the named nodes, else
    /// EC2.
    #[serde(deserialize_with = "option::managed_kinds")]
    pub kinds: Vec<NodeKind>,
}

/// A kind of session with a document of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionType {
    /// A shell, by the default document.
    Shell,
    /// SSH and SCP through a session.
    Ssh,
    /// A port of the node.
    PortForwarding,
    /// A port of another host, through the node.
    RemoteHostPortForwarding,
    /// A command that the caller names and can type into.
    InteractiveCommand,
    /// A command that the caller names and that only prints.
    NonInteractiveCommand,
}

/// Where a session is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Client {
    /// The command line.
    Cli,
    /// The consoles of Session Manager and Fleet Manager.
    SessionManagerConsole,
    /// The Connect page of EC2.
    Ec2Console,
}

/// Whose ends of data channels may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataChannel {
    /// No statement, as in 2023.
    None,
    /// Sessions whose ID begins with the caller's user ID or name.
    Own,
    /// Every session of the account; opening one still takes the token that StartSession returned.
    Any,
    /// Every resource.
    Everything,
}

/// Which sessions may be ended and resumed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct EndSessions<'a> {
    /// How they are told; when absent, what identity, scope and edition say.
    pub whose: Option<Whose>,
    /// The user whose sessions they are, by the unique ID.
    #[serde(deserialize_with = "option::optional::<of::UserId, _>")]
    pub owner_id: Option<&'a str>,
    /// The only target that they are on.
    #[serde(deserialize_with = "option::optional::<of::Target, _>")]
    pub target_id: Option<&'a str>,
    /// Whether they may be resumed too; when absent, when sessions can be started directly.
    pub resume: Option<bool>,
}

/// How somebody's own sessions are told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// By the user name that the session ID begins with: IAM users.
    UserName,
    /// By the user ID, as AWS has printed it since 2025.
    UserId,
    /// By the tag that each session has: everybody.
    SessionTag,
    /// Not at all.
    Anyone,
    /// None may be ended.
    Nobody,
}

/// Remote Desktop by Fleet Manager.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct RemoteDesktop {
    /// The ways to sign in.
    #[serde(deserialize_with = "option::many")]
    pub sign_in: Vec<SignIn>,
}

impl Default for RemoteDesktop {
    fn default() -> Self {
        RemoteDesktop { sign_in: vec![SignIn::KeyPair] }
    }
}

/// A way to sign in to Remote Desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignIn {
    /// The password of the administrator, decrypted with the key pair of the instance.
    KeyPair,
    /// A user that Identity Center makes on the node.
    IdentityCenter,
}

/// Fleet Manager's tools for files, processes, users and the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FleetManager {
    /// Looking.
    ReadOnly,
    /// Looking and changing.
    Administrator,
}

/// ECS Exec on the tasks of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct EcsExec<'a> {
    /// The cluster.
    #[serde(deserialize_with = "option::name::<of::Cluster, _>")]
    pub cluster: &'a str,
    /// Tags that a task must have, each with one of its values.
    #[serde(borrow, default, deserialize_with = "option::only_tags")]
    pub tags: Vec<(&'a str, Vec<&'a str>)>,
    /// Whether sessions past ECS Exec, which nobody logs, are refused; when absent, in the tight form they are.
    pub deny_direct_sessions: Option<bool>,
}

/// What may be done to the session preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preferences {
    /// Creating, reading and changing.
    Edit,
    /// And deleting.
    EditAndDelete,
}

/// Builds the policy of a person.
///
/// # Errors
/// A key that cannot serve these nodes, a Region of another partition, options that do not go together, and options
/// that allow nothing.
pub fn build_operator_policy(options: &OperatorOptions) -> Result<BuiltPolicy, Refused> {
    let options = &options.as_meant();
    let keys =
        options.session_encryption.keys.iter().map(|key| (key, "sessionEncryption.kmsKeyArn"));
    let fields = options.place().fields(&keys.collect::<Vec<_>>())?;
    check::check(options)?;

    let mut statements = Vec::new();
    statements.extend(remote_desktop::before(options, &fields));
    if options.administrator {
        statements.extend(others::administrator(options, &fields));
    } else {
        statements.extend(start::statements(options, &fields));
        statements.extend(control::statements(options, &fields));
    }
    statements.extend(remote_desktop::after(options, &fields));
    statements.extend(others::statements(options, &fields));
    let denied = deny::statements(options, &fields, &statements);
    let place = if options.scope.is_least() { statements.len() } else { 0 };
    statements.splice(place..place, denied);
    if statements.is_empty() {
        return Err(match options.deny_only {
            true => Refused::conflict("denyOnly", Conflict::NOTHING_DENIED),
            false => Refused::conflict("sessions", Conflict::NOTHING_ALLOWED),
        });
    }
    for statement in &mut statements {
        if let (Some(moment), Effect::Allow) = (options.expires, statement.effect) {
            when(statement, "DateLessThan", "aws:CurrentTime", one(moment));
        }
    }
    deny::widen(&mut statements);
    without_repeated(&mut statements);
    finish(&mut statements, options.scope, options.sids.or(options.has_guide_sids()));
    let mut built =
        BuiltPolicy::new(Policy::new(statements), Quota::Managed, notes::notes(options));
    built.notes.extend(notes::as_inline_policy(options, built.characters));
    Ok(built)
}

impl SessionType {
    /// Whether it carries what another program sends, of which Session Manager reads nothing.
    fn is_for_ports(self) -> bool {
        use SessionType::{PortForwarding, RemoteHostPortForwarding, Ssh};
        matches!(self, Ssh | PortForwarding | RemoteHostPortForwarding)
    }
}

impl Targets<'_> {
    fn are_by_tag(&self) -> bool {
        !(self.tags.is_empty() && self.any_tags.is_empty() && self.principal_tags.is_empty())
    }

    fn arns(&self, fields: &Fields) -> Vec<String> {
        fields.nodes_or_all(&self.instance_ids, &self.kinds)
    }

    /// The kinds of the nodes, whether they are named or not.
    fn kinds_meant(&self) -> Vec<NodeKind> {
        let is_meant = |kind: &NodeKind| match self.instance_ids.as_slice() {
            [] => self.kinds.contains(kind),
            ids => ids.iter().any(|id| NodeKind::of(id) == *kind),
        };
        NodeKind::ALL.into_iter().filter(is_meant).collect()
    }
}

impl<'a> OperatorOptions<'a> {
    /// Where the nodes are.
    fn place(&self) -> Place<'a> {
        Place { partition: self.partition, region: self.region, account_id: self.account_id }
    }

    /// Whether anything but a session is asked for.
    fn asks(&self) -> bool {
        self.just_in_time
            || self.history
            || self.administrator
            || self.host_management
            || self.start_instances
            || !self.run_command.is_empty()
            || self.documents.is_some()
            || self.remote_desktop.is_some()
            || self.fleet_manager.is_some()
            || self.ecs_exec.is_some()
            || self.instance_connect.is_some()
            || self.document_chooser.is_some()
            || self.preferences.is_some()
            || self.inline_policy_of.is_some()
    }

    /// The same with what is meant by what was left out. What is asked for is what is built; when nothing is, a shell is
    /// meant.
    fn as_meant(&self) -> Self {
        let mut meant = self.clone();
        if !self.asks() && !self.deny_only {
            meant.sessions.get_or_insert_with(|| vec![SessionType::Shell]);
            meant.clients.get_or_insert_with(|| vec![Client::Cli]);
        }
        let targets = &mut meant.targets;
        targets.kinds = NodeKind::meant(&targets.kinds, &targets.instance_ids, &[NodeKind::Ec2]);
        meant
    }

    fn sessions(&self) -> &[SessionType] {
        self.sessions.as_deref().unwrap_or_default()
    }

    fn documents(&self) -> &[&'a str] {
        self.documents.as_deref().unwrap_or_default()
    }

    fn denied(&self) -> Deny<'a> {
        self.deny.clone().unwrap_or_default()
    }

    fn clients(&self) -> &[Client] {
        self.clients.as_deref().unwrap_or_default()
    }

    /// Whether a session is started by the person, not by Remote Desktop.
    fn starts_directly(&self) -> bool {
        !self.sessions().is_empty() || !self.documents().is_empty()
    }

    fn starts_sessions(&self) -> bool {
        self.starts_directly() || self.remote_desktop.is_some() || self.fleet_manager.is_some()
    }

    /// The nodes that are reached, by ID and by kind: every one for an administrator.
    fn reached(&self) -> (&[&'a str], Vec<NodeKind>) {
        match self.administrator {
            true => (&[], vec![NodeKind::Ec2, NodeKind::Hybrid]),
            false => (&self.targets.instance_ids, self.targets.kinds_meant()),
        }
    }

    /// Whether channels are opened through Remote Desktop alone, and in the tight form only for it.
    fn opens_by_desktop_only(&self) -> bool {
        let starts_others = self.starts_directly() || self.fleet_manager.is_some();
        self.scope.is_least() && !starts_others && self.remote_desktop.is_some()
    }

    fn has_document_check(&self) -> bool {
        let usual = self.scope.is_least() || self.edition == Edition::Of2023;
        self.document_access_check.unwrap_or(usual)
    }

    fn data_channel(&self) -> DataChannel {
        self.data_channel.unwrap_or(match (self.starts_sessions(), self.scope, self.edition) {
            (false, ..) | (_, Scope::Guide, Edition::Of2023) => DataChannel::None,
            (_, Scope::Guide, Edition::Of2025) => DataChannel::Own,
            (_, Scope::LeastPrivilege, _) => DataChannel::Any,
        })
    }

    /// The guide names the statements of Fleet Manager and leaves the others without.
    fn has_guide_sids(&self) -> Option<bool> {
        let is_fleet_manager = self.remote_desktop.is_some() || self.fleet_manager.is_some();
        (self.scope == Scope::Guide && is_fleet_manager).then_some(true)
    }
}
