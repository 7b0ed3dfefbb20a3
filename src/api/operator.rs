//! `buildOperatorPolicy`.

use serde::Deserialize;

use super::option::{self, optional_word as word, SessionEncryption, Tags};
use super::read::OneOrMany;
use super::{read, BuiltPolicy, Error, Value};
use crate::session::operator::{
    self, Client, DataChannel, Edition, FleetManager, Identity, Preferences, SessionType, SignIn,
    Whose,
};
use crate::session::{Name, NodeKind, Scope};

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct OperatorOptions {
    partition: Option<String>,
    region: Option<String>,
    account_id: Option<String>,
    policy_name: Option<String>,
    scope: Option<String>,
    edition: Option<String>,
    sids: Option<bool>,
    identity: Option<String>,
    targets: Option<Targets>,
    sessions: Option<OneOrMany>,
    documents: Option<OneOrMany>,
    clients: Option<OneOrMany>,
    document_access_check: Option<bool>,
    data_channel: Option<String>,
    end_sessions: Option<EndSessions>,
    session_encryption: Option<SessionEncryption>,
    update_agent: Option<bool>,
    document_chooser: Option<String>,
    remote_desktop: Option<RemoteDesktop>,
    fleet_manager: Option<String>,
    ecs_exec: Option<EcsExec>,
    just_in_time: Option<bool>,
    history: Option<bool>,
    preferences: Option<String>,
    administrator: Option<bool>,
    host_management: Option<bool>,
    inline_policy_of: Option<String>,
    deny: Option<Deny>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Targets {
    instance_ids: Option<OneOrMany>,
    tags: Option<Tags>,
    principal_tags: Option<OneOrMany>,
    kinds: Option<OneOrMany>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct EndSessions {
    whose: Option<String>,
    owner_id: Option<String>,
    target_id: Option<String>,
    resume: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct RemoteDesktop {
    sign_in: Option<OneOrMany>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct EcsExec {
    cluster: String,
    tags: Option<Tags>,
    deny_direct_sessions: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
struct Deny {
    shell: Option<bool>,
    ssh: Option<bool>,
    preferences: Option<bool>,
    task_sessions: Option<String>,
    without_mfa: Option<bool>,
    outside_ip_ranges: Option<OneOrMany>,
    outside_vpc_endpoints: Option<OneOrMany>,
}

/// `buildOperatorPolicy(options)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn build_operator_policy(options: Option<&Value>) -> Result<BuiltPolicy, Error> {
    let options: OperatorOptions = match options {
        Some(options) => read(options, "options")?,
        None => OperatorOptions::default(),
    };
    option::policy_name(&options.policy_name)?;
    let encryption = options.session_encryption.as_ref();
    // What is asked for is what is built; when nothing is, a shell is meant.
    let shell: &[SessionType] =
        if options.asks_for_another() { &[] } else { &[SessionType::Shell] };
    let checked = operator::OperatorOptions {
        place: option::place(&options.partition, &options.region, &options.account_id)?,
        scope: word(&options.scope, Scope::WORDS, "options.scope")?.unwrap_or_default(),
        edition: word(&options.edition, Edition::WORDS, "options.edition")?.unwrap_or_default(),
        sids: options.sids,
        identity: word(&options.identity, Identity::WORDS, "options.identity")?.unwrap_or_default(),
        targets: options.targets.as_ref().map(targets).transpose()?.unwrap_or_default(),
        sessions: option::words(&options.sessions, SessionType::WORDS, "options.sessions", shell)?,
        documents: option::names(&options.documents, Name::Document, "options.documents")?,
        clients: option::words(
            &options.clients,
            Client::WORDS,
            "options.clients",
            if options.asks_for_another() { &[] } else { &[Client::Cli] },
        )?,
        document_access_check: options.document_access_check,
        data_channel: word(&options.data_channel, DataChannel::WORDS, "options.dataChannel")?,
        end_sessions: options
            .end_sessions
            .as_ref()
            .map(end_sessions)
            .transpose()?
            .unwrap_or_default(),
        session_keys: option::session_keys(
            encryption.map(|encryption| &encryption.kms_key_arn),
            "options.sessionEncryption.kmsKeyArn",
        )?,
        encryption_context: encryption.and_then(|encryption| encryption.encryption_context),
        update_agent: options.update_agent,
        document_chooser: chooser(&options.document_chooser)?,
        remote_desktop: options.remote_desktop.as_ref().map(sign_in).transpose()?,
        fleet_manager: word(&options.fleet_manager, FleetManager::WORDS, "options.fleetManager")?,
        ecs_exec: options.ecs_exec.as_ref().map(ecs_exec).transpose()?,
        just_in_time: options.just_in_time.unwrap_or(false),
        history: options.history.unwrap_or(false),
        preferences: word(&options.preferences, Preferences::WORDS, "options.preferences")?,
        administrator: options.administrator.unwrap_or(false),
        host_management: options.host_management.unwrap_or(false),
        inline_policy_of: option::name(
            &options.inline_policy_of,
            Name::Role,
            "options.inlinePolicyOf",
        )?,
        deny: options.deny.as_ref().map(deny).transpose()?.unwrap_or_default(),
    };
    operator::build_operator_policy(&checked).map(BuiltPolicy::from).map_err(Error::of_option)
}

impl OperatorOptions {
    /// Whether anything is asked for that is no session.
    fn asks_for_another(&self) -> bool {
        let is_on = |option: Option<bool>| option == Some(true);
        self.documents.is_some()
            || self.remote_desktop.is_some()
            || self.fleet_manager.is_some()
            || self.ecs_exec.is_some()
            || self.document_chooser.is_some()
            || self.preferences.is_some()
            || self.inline_policy_of.is_some()
            || self.deny.is_some()
            || [self.just_in_time, self.history, self.administrator, self.host_management]
                .into_iter()
                .any(is_on)
    }
}

fn targets(targets: &Targets) -> Result<operator::Targets<'_>, Error> {
    let path = "options.targets.instanceIds";
    let instance_ids = option::names(&targets.instance_ids, Name::NodeId, path)?;
    let path = "options.targets.principalTags";
    let principal_tags = option::names(&targets.principal_tags, Name::TagKey, path)?;
    let (path, usual) = ("options.targets.kinds", [NodeKind::Ec2]);
    Ok(operator::Targets {
        tags: option::tags(&targets.tags, "options.targets.tags")?,
        principal_tags,
        kinds: option::kinds(&targets.kinds, NodeKind::MANAGED, &instance_ids, &usual, path)?,
        instance_ids,
    })
}

fn end_sessions(end: &EndSessions) -> Result<operator::EndSessions<'_>, Error> {
    Ok(operator::EndSessions {
        whose: word(&end.whose, Whose::WORDS, "options.endSessions.whose")?,
        owner_id: option::name(&end.owner_id, Name::UserId, "options.endSessions.ownerId")?,
        target_id: option::name(&end.target_id, Name::Target, "options.endSessions.targetId")?,
        resume: end.resume,
    })
}

/// The beginning of document names; the name of a whole document is one too.
fn chooser(prefix: &Option<String>) -> Result<Option<&str>, Error> {
    option::name(prefix, Name::Document, "options.documentChooser")
}

fn sign_in(desktop: &RemoteDesktop) -> Result<Vec<SignIn>, Error> {
    let path = "options.remoteDesktop.signIn";
    option::words(&desktop.sign_in, SignIn::WORDS, path, &[SignIn::KeyPair])
}

fn ecs_exec(exec: &EcsExec) -> Result<operator::EcsExec<'_>, Error> {
    let cluster = Name::Cluster.parse(&exec.cluster);
    Ok(operator::EcsExec {
        cluster: cluster.map_err(|why| Error::refused(&why, "options.ecsExec.cluster"))?,
        tags: option::tags(&exec.tags, "options.ecsExec.tags")?,
        deny_direct_sessions: exec.deny_direct_sessions,
    })
}

fn deny(deny: &Deny) -> Result<operator::Deny<'_>, Error> {
    let every_cluster = deny.task_sessions.as_deref() == Some("*");
    Ok(operator::Deny {
        shell: deny.shell.unwrap_or(false),
        ssh: deny.ssh.unwrap_or(false),
        preferences: deny.preferences.unwrap_or(false),
        task_sessions: if every_cluster {
            Some("*")
        } else {
            option::name(&deny.task_sessions, Name::Cluster, "options.deny.taskSessions")?
        },
        without_mfa: deny.without_mfa.unwrap_or(false),
        outside_ip_ranges: option::names(
            &deny.outside_ip_ranges,
            Name::IpRange,
            "options.deny.outsideIpRanges",
        )?,
        outside_vpc_endpoints: option::names(
            &deny.outside_vpc_endpoints,
            Name::VpcEndpoint,
            "options.deny.outsideVpcEndpoints",
        )?,
    })
}
