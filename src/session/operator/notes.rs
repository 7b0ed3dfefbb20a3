//! What the text of an operator policy does not say.

use super::super::{tag, KmsKey, Note};
use super::control::{key_is_unused, whose};
use super::start::{lists_default_document, sends_commands};
use super::{
    left_open, Client, DataChannel, Deny, EcsExec, Edition, FleetManager, Identity,
    OperatorOptions, Preferences, Scope, SessionType, SignIn, Whose,
};
use crate::aws::CLUSTER_OF_ECS_EXEC;

pub(super) fn notes(options: &OperatorOptions) -> Vec<Note> {
    let mut notes = vec![summary(options)];
    let mut note = |code, message: &str| notes.push(Note::new(code, message));
    let is_guide = options.scope == Scope::Guide;
    let channel = options.data_channel();
    let opens_none = match options.administrator {
        true => is_guide && options.edition == Edition::Of2023,
        false => options.starts_sessions() && channel == DataChannel::None,
    };
    if opens_none {
        note(
            "DATA_CHANNEL_MISSING",
            "Session Manager plugin 1.2.764.0 and later need ssmmessages:OpenDataChannel, which this text does not \
             have.",
        );
    }
    let uses_cli = options.clients().is_empty() || options.clients().contains(&Client::Cli);
    let opens = match options.administrator {
        true => !opens_none,
        false => options.starts_directly() && channel != DataChannel::None,
    };
    if opens && uses_cli {
        note(
            "PLUGIN_VERSION",
            "The command line needs the Session Manager plugin; 1.2.764.0 is the oldest that AWS still supports in \
             2026, and it signs its data channel with these permissions.",
        );
    }
    // An administrator's text has neither statement.
    if channel == DataChannel::Own && !options.administrator {
        note(
            "DATA_CHANNEL_OWN_UNVERIFIED",
            "The ID of a session begins with the user name or the name of the role session, so a pattern with \
             aws:userid may match nothing. If sessions do not open, allow ssmmessages:OpenDataChannel on session/*, \
             which dataChannel any does.",
        );
    }
    if sends_commands(options) {
        note(
            "SEND_COMMAND_OF_GUIDE",
            "AWS's text allows ssm:SendCommand on these nodes, with which the console updates the agent. Commands run \
             there as soon as another policy allows a document for them. updateAgent false leaves it out.",
        );
    }
    let is_anyone = options.end_sessions.owner_id.is_some() || options.administrator;
    let ends = if is_anyone { Whose::Anyone } else { whose(options) };
    if ends == Whose::UserName && options.identity == Identity::Role {
        note("USER_NAME_ABSENT", USER_NAME_ABSENT);
    }
    if ends == Whose::UserName && options.identity == Identity::IamUser {
        note(
            "USER_NAME_PREFIX",
            "A user whose name begins with that of another and a hyphen matches too: dev may end the sessions of \
             dev-ops. The session-tag form has no such gap.",
        );
    }
    if ends == Whose::UserId {
        note(
            "USER_ID_UNVERIFIED",
            "The guide prints session/${aws:userid}-* for one's own sessions, but session IDs were not seen to begin \
             so. The session-tag form, which endSessions.whose session-tag and scope least-privilege write, is known to \
             match.",
        );
    }
    if is_guide
        && options.starts_directly()
        && options.edition == Edition::Of2023
        && !options.has_document_check()
        && options.sessions().contains(&SessionType::Shell)
    {
        note(
            "DOCUMENT_NOT_GRANTED",
            "The default document is not listed, as in the guide of 2023. The guide of today asks for it.",
        );
    }
    if options.denied().without_mfa && options.identity == Identity::Role {
        note("MFA_NOT_FOR_ROLES", MFA_NOT_FOR_ROLES);
    }
    if !options.denied().outside_ip_ranges.is_empty()
        && options.denied().outside_vpc_endpoints.is_empty()
    {
        note(
            "SOURCE_IP_ABSENT_IN_VPC",
            "Requests through a VPC endpoint have no aws:SourceIp and are denied by this. Name the endpoints \
             as well where people work inside a VPC.",
        );
    }
    if options.denied().shell {
        note("SHELL_DENIED_WHERE_CHECKED", SHELL_DENIED_WHERE_CHECKED);
    }
    let names_nodes = !options.targets.instance_ids.is_empty() || options.targets.are_by_tag();
    let uses_nodes = options.starts_sessions()
        || options.just_in_time
        || options.start_instances
        || options.ansible_bucket.is_some()
        || options.instance_connect.as_ref().is_some_and(|it| !it.os_users.is_empty())
        || !options.run_command.is_empty();
    if names_nodes && (options.administrator || !uses_nodes) {
        note(
            "TARGETS_UNUSED",
            "The targets narrow nothing here. An administrator reaches every node; for anybody else name what to \
             start on them, such as sessions: shell.",
        );
    }
    let has_console = options.clients().iter().any(|client| *client != Client::Cli);
    if options.administrator && is_guide && has_console {
        note(
            "ADMINISTRATOR_WITHOUT_LISTS",
            "AWS's text for administrators lacks ec2:DescribeInstances, ssm:DescribeInstanceInformation and \
             ssm:DescribeInstanceProperties, so the consoles list no nodes. The least-privilege form has them.",
        );
    }
    if options.host_management {
        note("HOST_MANAGEMENT_ROLE", HOST_MANAGEMENT_LIMITS);
    }
    let starts = |session| options.sessions().contains(&session);
    let forwards = forwards_ports(options);
    if forwards {
        note(
            "PORT_CHOSEN_BY_CALLER",
            "Policies cannot limit the hosts and ports that callers name: to other hosts they reach whatever the \
             nodes reach. To let them reach one service, build a session-document with its host and port, and name \
             that in documents instead.",
        );
    }
    if starts(SessionType::InteractiveCommand) || starts(SessionType::NonInteractiveCommand) {
        note(
            "COMMAND_CHOSEN_BY_CALLER",
            "AWS's documents for commands run whatever the caller names, as a shell does, also where the shell is \
             refused. To let people run one command, build a session-document with it, and name that in documents.",
        );
    }
    if let Some(connect) = &options.instance_connect {
        note(
            "TUNNEL_NOT_OF_SESSION_MANAGER",
            "A tunnel is authorised on the endpoint, not on an instance, so tags and IDs of targets do not narrow it: \
             name ipRanges. Session Manager neither logs nor encrypts it, and denials of nodes by tags, of shells and \
             of SSH do not stop it.",
        );
        if connect.endpoint_ids.is_empty() && connect.ip_ranges.is_empty() {
            note(
                "TUNNEL_TO_EVERY_ADDRESS",
                "The tunnels reach these ports of every instance that an endpoint reaches. Name endpointIds or \
                 ipRanges.",
            );
        }
    }
    let tells_by_tags = options.targets.are_by_tag() || !options.denied().node_tags.is_empty();
    if options.fleet_manager == Some(FleetManager::Administrator) && tells_by_tags {
        note(
            "CALLERS_TAG_NODES",
            "Administrators of Fleet Manager may set and take away the tags of every node, so tags keep them from no \
             node: they can tag it and then start a session.",
        );
    }
    if options.ansible_bucket.is_some() {
        note(
            "ANSIBLE_BUCKET",
            "Nodes need no permission for this bucket: they are given URLs that the caller has signed. Files can hold \
             secrets, so use a bucket of its own, without versioning.",
        );
        if tells_by_tags {
            note("ANSIBLE_BUCKET_NOT_BY_TAG", ANSIBLE_BUCKET_NOT_BY_TAG);
        }
    }
    if options.expires.is_some() {
        note(
            "EXPIRES",
            "After this point in time the policy allows nothing. What other policies allow goes on, and sessions that \
             run do too; deny.after refuses new ones whatever allows them.",
        );
    }
    if forwards || starts(SessionType::Ssh) {
        note(
            "SSH_NOT_LOGGED",
            "Sessions for SSH and ports are encrypted by themselves: Session Manager logs none of their contents \
             and does not use the session key.",
        );
    }
    if key_is_unused(options) {
        note("SESSION_KEY_UNUSED", "Sessions for SSH and ports do not use the session key.");
    }
    if options.just_in_time {
        note(
            "JUST_IN_TIME_LIMITS",
            "These people must have ssm:StartSession from nowhere else. Requests for access know no \
             aws:SourceVpc, aws:SourceVpce, aws:VpcSourceIp, aws:UserAgent and aws:MultiFactorAuthPresent.",
        );
    }
    if options.just_in_time && tells_by_tags {
        note(
            "JUST_IN_TIME_TAGS_UNVERIFIED",
            "The service authorization reference lists the tag keys for nodes and not for ssm:StartAccessRequest \
             itself. Try a request for a node that is meant and for one that is not: if tags do not count, the first \
             is refused, or with deny.nodeTags the second is not.",
        );
    }
    let has_aws_document = options.remote_desktop.is_some()
        || options.sessions().iter().any(|session| *session != SessionType::Shell);
    if has_aws_document && !is_guide && !options.administrator {
        note(
            "AWS_DOCUMENT_WITHOUT_ACCOUNT",
            "Documents whose names begin with AWS belong to AWS, so their ARNs have no account ID; with one they would \
             match nothing. SSM-SessionManagerRunShell is your account's own, and its ARN has one.",
        );
    }
    if options.document_chooser.is_some()
        && !options.clients().contains(&Client::SessionManagerConsole)
    {
        note(
            "DOCUMENT_CHOOSER_CONSOLE",
            "Documents are chosen in the Session Manager console; its lists need session-manager-console among the \
             clients.",
        );
    }
    let principal_tags = &options.targets.principal_tags;
    if !principal_tags.is_empty() {
        note(
            "PRINCIPAL_TAG_SESSION",
            "Tags that come with a role session need sts:TagSession in the trust policy of the role. A caller \
             without the tag may start nothing.",
        );
    }
    if let (true, Some(EcsExec { .. })) = (is_guide, &options.ecs_exec) {
        note("ECS_EXEC_CLUSTER", CLUSTER_OF_ECS_EXEC);
    }
    notes.extend(spelling_of_tags(options));
    notes.extend(left_open::notes(options));
    let keys: Vec<&KmsKey> = options.session_encryption.keys.iter().collect();
    notes.extend(options.place().notes(&keys, "kms:GenerateDataKey"));
    notes
}

/// Says how the tags are compared that are written in a rare way.
fn spelling_of_tags(options: &OperatorOptions) -> Option<Note> {
    let (targets, denied) = (&options.targets, options.denied());
    let of_tasks = options.ecs_exec.iter().flat_map(|exec| &exec.tags);
    let all = targets.tags.iter().chain(&targets.any_tags).chain(of_tasks);
    let all = all.chain(&denied.node_tags).map(|(key, values)| (*key, values.as_slice()));
    let none: &[&str] = &[];
    tag::spelling(all.chain(targets.principal_tags.iter().map(|key| (*key, none))))
}

/// Whether people forward ports that they choose themselves.
pub(super) fn forwards_ports(options: &OperatorOptions) -> bool {
    let chosen = [SessionType::PortForwarding, SessionType::RemoteHostPortForwarding];
    chosen.iter().any(|session| options.sessions().contains(session))
}

/// Who has no name that a policy can name.
pub(crate) const USER_NAME_ABSENT: &str =
    "aws:username is absent for roles, federated users and Identity Center, so they cannot end their own sessions with \
     this. Use the session-tag form for them.";

/// Whom a denial without MFA stops.
pub(in crate::session) const MFA_NOT_FOR_ROLES: &str =
    "Sessions of Identity Center and of most roles do not carry aws:MultiFactorAuthPresent, so the denial stops them \
     all. Demand MFA where the role is assumed.";

/// What a denial of the default document does not stop.
pub(in crate::session) const SHELL_DENIED_WHERE_CHECKED: &str =
    "Refusing the default document stops a shell only where the document is checked. Let every statement that allows \
     ssm:StartSession have the condition on ssm:SessionDocumentAccessCheck.";

/// Objects are not of a node for IAM, so its tags are not asked for.
const ANSIBLE_BUCKET_NOT_BY_TAG: &str =
    "Tags do not narrow the bucket: callers may read, change and delete the files of every node in it. Name \
     instanceIds, or give each team a bucket of its own.";

/// What Default Host Management is for.
pub(in crate::session) const HOST_MANAGEMENT_LIMITS: &str =
    "Default Host Management serves one Region at a time, and instances with agent 3.2.582.0 or later and IMDSv2 whose \
     own role, if any, lacks ssm:UpdateInstanceInformation.";

/// What to say when the policy is too long to be put into a user itself.
///
/// Source: "IAM and AWS STS quotas", read 2026-11.
pub(super) fn as_inline_policy(options: &OperatorOptions, characters: usize) -> Option<Note> {
    const USER_INLINE_QUOTA: usize = 2_048;
    (options.identity == Identity::IamUser && characters > USER_INLINE_QUOTA).then(|| {
        Note::new(
            "USER_INLINE_QUOTA",
            format!(
                "A user takes {USER_INLINE_QUOTA} characters in all its inline policies together, and this has \
                 {characters}. Attach it as a customer managed policy, or put it into a group."
            ),
        )
    })
}

/// Something that can be asked for: whether it is, whether it is refused all the same, the capability behind it, and the
/// words for it, each of which may be empty.
type Asked = (bool, bool, &'static str, &'static str);

fn asked(options: &OperatorOptions) -> Vec<Asked> {
    use SessionType::{
        InteractiveCommand, NonInteractiveCommand, PortForwarding, RemoteHostPortForwarding, Shell,
        Ssh,
    };
    let admin = options.administrator;
    let is_least = options.scope.is_least();
    let starts = |session| options.sessions().contains(&session) || admin;
    let has = |client| options.clients().contains(&client);
    let lists = |client| has(client) && (is_least || !admin);
    let denied = &options.denied();
    let shell = match lists_default_document(options) {
        _ if admin => "operator.start-all",
        true => "operator.start-shell",
        false => "operator.start-shell-nodoc",
    };
    let is_of_owner = options.end_sessions.owner_id.is_some();
    let (ends, end) = match whose(options) {
        _ if admin => (true, "operator.terminate-all"),
        // They may be somebody else's.
        _ if is_of_owner => (true, "operator.terminate-by-session-owner"),
        Whose::Anyone => (true, "operator.terminate-all"),
        Whose::UserName => (true, "operator.own-sessions-username"),
        Whose::UserId => (true, "operator.own-sessions-userid"),
        Whose::SessionTag => (true, "operator.own-sessions-tag"),
        Whose::Nobody => (false, ""),
    };
    let channel = options.data_channel();
    let opens = !admin && !options.opens_by_desktop_only();
    let opens_any = opens && matches!(channel, DataChannel::Any | DataChannel::Everything);
    let opens_own = opens && channel != DataChannel::None;
    let preferences = options.preferences.is_some() || (admin && is_least);
    let deletes = options.preferences == Some(Preferences::EditAndDelete);
    let history = options.history || admin || has(Client::SessionManagerConsole);
    let documents = !options.documents().is_empty() || admin;
    let encrypted = !options.session_encryption.keys.is_empty();
    let console = lists(Client::SessionManagerConsole);
    let chooser = options.document_chooser.is_some();
    let inline = options.inline_policy_of.is_some();
    let connect = options.instance_connect.is_some();
    let desktop = options.remote_desktop.as_ref();
    let by_identity_center =
        desktop.is_some_and(|desktop| desktop.sign_in.contains(&SignIn::IdentityCenter));
    let fleet_manager = match denied.shell {
        true => "the tools of Fleet Manager",
        false => "the tools of Fleet Manager, and shells with them",
    };
    let (remote, printed) = (starts(RemoteHostPortForwarding), starts(NonInteractiveCommand));
    vec![
        (starts(Shell), denied.shell, shell, "starting shells"),
        (starts(Ssh), denied.ssh, "operator.ssh", "SSH"),
        (starts(PortForwarding), false, "operator.port-forward", "port forwarding"),
        (remote, false, "operator.remote-host", "port forwarding to other hosts"),
        (
            starts(InteractiveCommand),
            false,
            "operator.aws-interactive-command",
            "interactive commands",
        ),
        (printed, false, "operator.aws-non-interactive-command", "commands that only print"),
        (documents, false, "operator.custom-document", "sessions with named documents"),
        (options.remote_desktop.is_some(), false, "operator.rdp", "Remote Desktop"),
        (options.fleet_manager.is_some(), false, "operator.fleet-manager", fleet_manager),
        (options.ecs_exec.is_some(), false, "operator.ecs-exec", "ECS Exec"),
        (connect, false, "operator.instance-connect", "tunnels of EC2 Instance Connect"),
        (
            options.ansible_bucket.is_some(),
            false,
            "operator.ansible-bucket",
            "the bucket of Ansible",
        ),
        (options.just_in_time, false, "operator.just-in-time", "asking for access just in time"),
        (ends, false, end, "ending sessions"),
        (encrypted, false, "operator.session-kms", "encrypted sessions"),
        (history, false, "operator.history", "seeing the list of sessions"),
        (preferences, denied.preferences, "operator.preferences", "changing the preferences"),
        (deletes, denied.preferences, "operator.preferences-delete", ""),
        (!options.run_command.is_empty(), false, "operator.run-command", "Run Command"),
        (options.start_instances, false, "operator.start-instances", "starting stopped instances"),
        (
            options.host_management,
            denied.host_management,
            "admin.dhmc-configure",
            "Default Host Management",
        ),
        (inline, false, "admin.put-inline-policy", "writing inline policies of a role"),
        (admin, false, "operator.connection-status", ""),
        (console, false, "operator.console-list", ""),
        (lists(Client::Ec2Console), false, "operator.ec2-console", ""),
        (chooser, false, "operator.custom-documents-console", ""),
        (opens_any, false, "operator.open-data-channel", ""),
        (opens_any, false, "operator.open-data-channel-role", ""),
        (opens_own, false, "operator.open-data-channel-userid", ""),
        (by_identity_center, false, "operator.rdp-identity-center", ""),
        (options.fleet_manager.is_some(), false, "operator.fleet-manager-lists", ""),
        (denied.ssh, false, "guard.no-ssh", ""),
        (denied.preferences, false, "guard.preferences", ""),
        (denied.task_sessions.is_some(), false, "guard.no-ecs-direct", ""),
        (denied.host_management, false, "admin.dhmc-guard", ""),
    ]
}

impl OperatorOptions<'_> {
    /// The capabilities that are asked for and not refused, by their ids.
    pub fn wants(&self) -> Vec<&'static str> {
        let asked = asked(&self.as_meant()).into_iter();
        let wanted = asked.filter(|(is, is_refused, id, _)| *is && !*is_refused && !id.is_empty());
        wanted.map(|(_, _, id, _)| id).collect()
    }
}

/// What a reader in a hurry wants to know first.
fn summary(options: &OperatorOptions) -> Note {
    let asked = asked(options).into_iter();
    let told = asked.filter(|(is, is_refused, _, words)| *is && !is_refused && !words.is_empty());
    let told: Vec<_> = told.map(|(.., words)| words).collect();
    let allows = if told.is_empty() { "nothing".to_owned() } else { told.join(", ") };
    let denies = options.denied() != Deny::default();
    let tail = if denies { " It also refuses what was asked to be refused." } else { "" };
    Note::new("SUMMARY", format!("Allows: {allows}.{tail}"))
}
