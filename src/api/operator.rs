//! `buildOperatorPolicy`.

use super::read::Fields;
use super::{BuiltPolicy, Error, Value};
use crate::session::operator::{
    self, Client, DataChannel, Edition, FleetManager, Identity, Preferences, SessionType, SignIn,
    Whose,
};
use crate::session::{self, Name, NodeKind, Scope};

const OPTIONS: &[&str] = &[
    "partition",
    "region",
    "accountId",
    "policyName",
    "scope",
    "edition",
    "sids",
    "identity",
    "targets",
    "sessions",
    "documents",
    "clients",
    "documentAccessCheck",
    "dataChannel",
    "endSessions",
    "sessionEncryption",
    "updateAgent",
    "documentChooser",
    "remoteDesktop",
    "fleetManager",
    "ecsExec",
    "justInTime",
    "history",
    "preferences",
    "administrator",
    "hostManagement",
    "inlinePolicyOf",
    "deny",
];
/// The options by which something is asked for that is no session, when they are there at all.
const NO_SESSIONS: &[&str] = &[
    "documents",
    "remoteDesktop",
    "fleetManager",
    "ecsExec",
    "documentChooser",
    "preferences",
    "inlinePolicyOf",
    "deny",
];
/// The same, when they are on.
const NO_SESSIONS_WHEN_ON: &[&str] = &["justInTime", "history", "administrator", "hostManagement"];
const TARGETS: &[&str] = &["instanceIds", "tags", "principalTags", "kinds"];
const END_SESSIONS: &[&str] = &["whose", "ownerId", "targetId", "resume"];
const REMOTE_DESKTOP: &[&str] = &["signIn"];
const ECS_EXEC: &[&str] = &["cluster", "tags", "denyDirectSessions"];
const DENY: &[&str] = &[
    "shell",
    "ssh",
    "preferences",
    "taskSessions",
    "hostManagement",
    "withoutMfa",
    "outsideIpRanges",
    "outsideVpcEndpoints",
];

/// `buildOperatorPolicy(options)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn build_operator_policy(options: Option<&Value>) -> Result<BuiltPolicy, Error> {
    let options = Fields::optional(options, "options", OPTIONS)?;
    // The name changes nothing in the text, and a wrong one is better known now.
    options.parsed("policyName", session::parse_policy_name)?;
    let (session_keys, encryption_context) = options.session_encryption()?;
    let targets = options.object("targets", TARGETS)?;
    let end_sessions = options.object("endSessions", END_SESSIONS)?;
    let remote_desktop = options.object("remoteDesktop", REMOTE_DESKTOP)?;
    let ecs_exec = options.object("ecsExec", ECS_EXEC)?;
    let deny = options.object("deny", DENY)?;
    // What is asked for is what is built; when nothing is, a shell is meant.
    let (shell, client): (&[_], &[_]) = if asks_for_another(&options)? {
        (&[], &[])
    } else {
        (&[SessionType::Shell], &[Client::Cli])
    };
    let checked = operator::OperatorOptions {
        place: options.place()?,
        scope: options.word("scope", Scope::WORDS)?.unwrap_or_default(),
        edition: options.word("edition", Edition::WORDS)?.unwrap_or_default(),
        sids: options.flag("sids")?,
        identity: options.word("identity", Identity::WORDS)?.unwrap_or_default(),
        targets: targets.as_ref().map(self::targets).transpose()?.unwrap_or_default(),
        sessions: options.words("sessions", SessionType::WORDS, shell)?,
        documents: options.names("documents", Name::Document)?,
        clients: options.words("clients", Client::WORDS, client)?,
        document_access_check: options.flag("documentAccessCheck")?,
        data_channel: options.word("dataChannel", DataChannel::WORDS)?,
        end_sessions: end_sessions.as_ref().map(ending).transpose()?.unwrap_or_default(),
        session_keys,
        encryption_context,
        update_agent: options.flag("updateAgent")?,
        // The beginning of document names; the name of a whole document is one too.
        document_chooser: options.name("documentChooser", Name::Document)?,
        remote_desktop: remote_desktop.as_ref().map(sign_in).transpose()?,
        fleet_manager: options.word("fleetManager", FleetManager::WORDS)?,
        ecs_exec: ecs_exec.as_ref().map(self::ecs_exec).transpose()?,
        just_in_time: options.is_on("justInTime")?,
        history: options.is_on("history")?,
        preferences: options.word("preferences", Preferences::WORDS)?,
        administrator: options.is_on("administrator")?,
        host_management: options.is_on("hostManagement")?,
        inline_policy_of: options.name("inlinePolicyOf", Name::Role)?,
        deny: deny.as_ref().map(self::deny).transpose()?.unwrap_or_default(),
    };
    operator::build_operator_policy(&checked).map(BuiltPolicy::from).map_err(Error::of_option)
}

/// Whether anything is asked for that is no session.
fn asks_for_another(options: &Fields) -> Result<bool, Error> {
    for name in NO_SESSIONS_WHEN_ON {
        if options.is_on(name)? {
            return Ok(true);
        }
    }
    Ok(NO_SESSIONS.iter().any(|name| options.get(name).is_some()))
}

fn targets<'v>(targets: &Fields<'v>) -> Result<operator::Targets<'v>, Error> {
    let instance_ids = targets.names("instanceIds", Name::NodeId)?;
    Ok(operator::Targets {
        tags: targets.tags("tags")?,
        principal_tags: targets.names("principalTags", Name::TagKey)?,
        kinds: targets.kinds(NodeKind::MANAGED, &instance_ids, &[NodeKind::Ec2])?,
        instance_ids,
    })
}

fn ending<'v>(end: &Fields<'v>) -> Result<operator::EndSessions<'v>, Error> {
    Ok(operator::EndSessions {
        whose: end.word("whose", Whose::WORDS)?,
        owner_id: end.name("ownerId", Name::UserId)?,
        target_id: end.name("targetId", Name::Target)?,
        resume: end.flag("resume")?,
    })
}

fn sign_in(desktop: &Fields) -> Result<Vec<SignIn>, Error> {
    desktop.words("signIn", SignIn::WORDS, &[SignIn::KeyPair])
}

fn ecs_exec<'v>(exec: &Fields<'v>) -> Result<operator::EcsExec<'v>, Error> {
    Ok(operator::EcsExec {
        cluster: exec.required_name("cluster", Name::Cluster)?,
        tags: exec.tags("tags")?,
        deny_direct_sessions: exec.flag("denyDirectSessions")?,
    })
}

fn deny<'v>(deny: &Fields<'v>) -> Result<operator::Deny<'v>, Error> {
    Ok(operator::Deny {
        shell: deny.is_on("shell")?,
        ssh: deny.is_on("ssh")?,
        preferences: deny.is_on("preferences")?,
        task_sessions: deny.parsed("taskSessions", |text| match text {
            "*" => Ok(text),
            text => Name::Cluster.parse(text),
        })?,
        host_management: deny.is_on("hostManagement")?,
        without_mfa: deny.is_on("withoutMfa")?,
        outside_ip_ranges: deny.names("outsideIpRanges", Name::IpRange)?,
        outside_vpc_endpoints: deny.names("outsideVpcEndpoints", Name::VpcEndpoint)?,
    })
}
