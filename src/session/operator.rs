//! The policy of an operator: what a person needs to start, see and end sessions, and what they must not do.
//!
//! Source: the Systems Manager user guide, "Quickstart default IAM policies for Session Manager", "Additional sample
//! IAM policies" and the pages about SSH, interactive commands, Remote Desktop, preferences and just-in-time access;
//! the ECS developer guide, "ECS Exec"; the service authorization reference of 2026-09; read 2026-11.

mod control;
mod deny;
mod fleet_manager;
mod notes;
mod others;
mod remote_desktop;
mod start;
mod words;

use crate::policy::Policy;

pub(super) use notes::HOST_MANAGEMENT_LIMITS;
pub(super) use others::{HOST_MANAGEMENT_ROLE, HOST_MANAGEMENT_SETTING};

use super::draft::{finish, once};
use super::place::Fields;
use super::{BuiltPolicy, Conflict, KmsKey, NodeKind, Place, Quota, Refused, Scope};

/// What a person may do, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OperatorOptions<'a> {
    /// Where the nodes are.
    pub place: Place<'a>,
    /// AWS's text or the least that works.
    pub scope: Scope,
    /// Which of AWS's texts.
    pub edition: Edition,
    /// Whether statements have names; when absent, those of the tight form have.
    pub sids: Option<bool>,
    /// What the policy is for.
    pub identity: Identity,
    /// The nodes.
    pub targets: Targets<'a>,
    /// The kinds of sessions that may be started.
    pub sessions: Vec<SessionType>,
    /// Documents of the account that sessions may be started with.
    pub documents: Vec<&'a str>,
    /// Where sessions are started.
    pub clients: Vec<Client>,
    /// Whether starting is checked against the document; when absent, what scope and edition say.
    pub document_access_check: Option<bool>,
    /// Whose ends of data channels may be opened; when absent, what scope and edition say.
    pub data_channel: Option<DataChannel>,
    /// Which sessions may be ended; when absent, what the rest says.
    pub end_sessions: EndSessions<'a>,
    /// The keys that encrypt session data.
    pub session_keys: Vec<KmsKey>,
    /// Whether the key serves only sessions on these nodes; when absent, in the tight form it does.
    pub encryption_context: Option<bool>,
    /// Whether an old agent may be updated from the console; when absent, what scope and clients say.
    pub update_agent: Option<bool>,
    /// Documents that may be chosen in the console: what their names begin with.
    pub document_chooser: Option<&'a str>,
    /// Remote Desktop by Fleet Manager, with the ways to sign in.
    pub remote_desktop: Option<Vec<SignIn>>,
    /// Fleet Manager's other tools.
    pub fleet_manager: Option<FleetManager>,
    /// ECS Exec.
    pub ecs_exec: Option<EcsExec<'a>>,
    /// Whether access is asked for just in time.
    pub just_in_time: bool,
    /// Whether the list of sessions may be seen.
    pub history: bool,
    /// What may be done to the preferences.
    pub preferences: Option<Preferences>,
    /// Whether every session on every node may be started and ended.
    pub administrator: bool,
    /// Whether Default Host Management may be turned on and off.
    pub host_management: bool,
    /// The role whose inline policies may be written.
    pub inline_policy_of: Option<&'a str>,
    /// What is refused, whatever else allows it.
    pub deny: Deny<'a>,
}

/// A text of AWS's guide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// June 2023: without the data channel, with the document access check.
    Of2023,
    /// 2025 and 2026.
    #[default]
    Of2025,
}

/// What kind of identity the policy is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Identity {
    /// A role, federated or of Identity Center: it has no user name.
    #[default]
    Role,
    /// An IAM user.
    IamUser,
}

/// The nodes that sessions may be started on: by ID, by tags, or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets<'a> {
    /// The only ones.
    pub instance_ids: Vec<&'a str>,
    /// Tags that a node must have, each with one of its values.
    pub tags: Vec<(&'a str, Vec<&'a str>)>,
    /// Tag keys whose value must be that of the caller's own tag.
    pub principal_tags: Vec<&'a str>,
    /// The kinds of nodes that are meant by tags, or by nothing at all.
    pub kinds: Vec<NodeKind>,
}

impl Default for Targets<'_> {
    fn default() -> Self {
        Targets {
            instance_ids: Vec::new(),
            tags: Vec::new(),
            principal_tags: Vec::new(),
            kinds: vec![NodeKind::Ec2],
        }
    }
}

/// A kind of session with a document of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionType {
    /// A shell, by the default document.
    Shell,
    /// SSH and SCP through a session.
    Ssh,
    /// A port of the node.
    PortForwarding,
    /// A port of another host, through the node.
    RemoteHostPortForwarding,
}

/// Where a session is started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    /// The command line.
    Cli,
    /// The consoles of Session Manager and Fleet Manager.
    SessionManagerConsole,
    /// The Connect page of EC2.
    Ec2Console,
}

/// Whose ends of data channels may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EndSessions<'a> {
    /// How they are told; when absent, what identity, scope and edition say.
    pub whose: Option<Whose>,
    /// The user whose sessions they are, by the unique ID.
    pub owner_id: Option<&'a str>,
    /// The only target that they are on.
    pub target_id: Option<&'a str>,
    /// Whether they may be resumed too; when absent, when sessions can be started directly.
    pub resume: Option<bool>,
}

/// How somebody's own sessions are told from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

/// A way to sign in to Remote Desktop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The password of the administrator, decrypted with the key pair of the instance.
    KeyPair,
    /// A user that Identity Center makes on the node.
    IdentityCenter,
}

/// Fleet Manager's tools for files, processes, users and the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FleetManager {
    /// Looking.
    ReadOnly,
    /// Looking and changing.
    Administrator,
}

/// ECS Exec on the tasks of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EcsExec<'a> {
    /// The cluster.
    pub cluster: &'a str,
    /// Tags that a task must have, each with one of its values.
    pub tags: Vec<(&'a str, Vec<&'a str>)>,
    /// Whether sessions past ECS Exec, which nobody logs, are refused; when absent, in the tight form they are.
    pub deny_direct_sessions: Option<bool>,
}

/// What may be done to the session preferences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preferences {
    /// Creating, reading and changing.
    Edit,
    /// And deleting.
    EditAndDelete,
}

/// What is refused, whatever else allows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deny<'a> {
    /// The default document.
    pub shell: bool,
    /// Sessions for SSH.
    pub ssh: bool,
    /// The preferences.
    pub preferences: bool,
    /// Sessions on tasks of this cluster, or of every cluster with `*`.
    pub task_sessions: Option<&'a str>,
    /// Turning Default Host Management on or off, and changing its role.
    pub host_management: bool,
    /// Sessions of callers that signed in without MFA.
    pub without_mfa: bool,
    /// Sessions from outside these ranges of addresses, and not through one of the endpoints.
    pub outside_ip_ranges: Vec<&'a str>,
    /// Sessions that do not come through these endpoints, and not from one of the ranges.
    pub outside_vpc_endpoints: Vec<&'a str>,
}

/// Builds the policy of a person.
///
/// # Errors
/// A key that cannot serve these nodes, a Region of another partition, options that do not go together, and options
/// that allow nothing.
pub fn build_operator_policy(options: &OperatorOptions) -> Result<BuiltPolicy, Refused> {
    let keys = options.session_keys.iter().map(|key| (key, "sessionEncryption.kmsKeyArn"));
    let fields = options.place.fields(&keys.collect::<Vec<_>>())?;
    check(options)?;

    let mut statements = Vec::new();
    let denied = deny::statements(options, &fields);
    if options.scope == Scope::Guide {
        statements.extend(denied.iter().cloned());
    }
    statements.extend(remote_desktop::before(options, &fields));
    if options.administrator {
        statements.extend(others::administrator(options, &fields));
    } else {
        statements.extend(start::statements(options, &fields));
        statements.extend(control::statements(options, &fields));
    }
    statements.extend(remote_desktop::after(options, &fields));
    statements.extend(others::statements(options, &fields));
    if options.scope.is_least() {
        statements.extend(denied);
    }
    if statements.is_empty() {
        return Err(Refused::conflict("sessions", Conflict::NothingAllowed));
    }
    finish(&mut statements, options.scope, options.sids.or(options.has_guide_sids()));
    let mut built =
        BuiltPolicy::new(Policy::new(statements), Quota::Managed, notes::notes(options));
    built.notes.extend(notes::as_inline_policy(options, built.characters));
    Ok(built)
}

fn check(options: &OperatorOptions) -> Result<(), Refused> {
    let targets = &options.targets;
    if !targets.instance_ids.is_empty() && targets.are_by_tag() {
        return Err(Refused::conflict("targets.instanceIds", Conflict::InstanceIdsWithTags));
    }
    if options.just_in_time && (options.starts_sessions() || options.administrator) {
        return Err(Refused::conflict("justInTime", Conflict::JustInTimeWithSessions));
    }
    once(targets.tags.iter().map(|(key, _)| *key), "targets.tags")?;
    once(targets.principal_tags.iter().copied(), "targets.principalTags")?;
    let tags_of_tasks = options.ecs_exec.iter().flat_map(|exec| &exec.tags);
    once(tags_of_tasks.map(|(key, _)| *key), "ecsExec.tags")?;
    if options.end_sessions.owner_id.is_some() && options.end_sessions.whose.is_some() {
        return Err(Refused::conflict("endSessions.whose", Conflict::OwnerTwice));
    }
    Ok(())
}

impl Targets<'_> {
    fn are_by_tag(&self) -> bool {
        !self.tags.is_empty() || !self.principal_tags.is_empty()
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

impl OperatorOptions<'_> {
    /// Whether a session is started by the person, not by Remote Desktop.
    fn starts_directly(&self) -> bool {
        !self.sessions.is_empty() || !self.documents.is_empty()
    }

    fn starts_sessions(&self) -> bool {
        self.starts_directly() || self.remote_desktop.is_some() || self.fleet_manager.is_some()
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
