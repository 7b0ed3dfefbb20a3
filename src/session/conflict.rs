//! Options that do not go together, each with a sentence that says why.

/// Two options that do not go together, or one that needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// The old channel of Run Command in a Region that never had it.
    LegacyChannelInNewRegion,
    /// The buckets of the agent without a Region to put into their names.
    AgentBucketsWithoutRegion,
    /// Nodes of an activation or instances, named for a role of tasks, or the other way round.
    InstanceIdsOfOtherKind,
    /// A role that serves on nodes only, and tasks, which are none.
    OnlyOnNodesWithTasks,
    /// Nothing is left to allow.
    NothingAllowed,
    /// Nothing but denials, and something to allow.
    DenyOnlyWithGrants,
    /// Just-in-time access for somebody who may start sessions anyway.
    JustInTimeWithSessions,
    /// Nodes that are named, and tags beside them.
    InstanceIdsWithTags,
    /// The owner of the sessions is given twice.
    OwnerTwice,
    /// Keys of tags that differ in nothing but the case of letters.
    TagKeyTwice,
    /// A related document that needs the account.
    AccountMissing,
    /// A related document that needs the Region.
    RegionMissing,
    /// A related document that needs the bucket.
    BucketMissing,
    /// Conditions for principals, and nobody who is one.
    PrincipalsMissing,
    /// SAML in a partition of which nobody has told where people sign in.
    SignInHostUnknown,
    /// A related document that needs the log group.
    LogGroupMissing,
    /// Run As without anybody to run as.
    RunAsUserWithoutRunAs,
    /// A session document for shells among those for commands and ports.
    ShellDocument,
    /// A session document with nothing to run.
    CommandsMissing,
    /// A session document for a port without the port.
    PortNumberMissing,
    /// What belongs to session documents of another type.
    OtherSessionType,
    /// A reference to a parameter that is not declared.
    ParameterMissing,
    /// A default of another type, or one that the parameter does not allow.
    DefaultNotAllowed,
    /// A secure string of Parameter Store.
    SecureParameter,
}

impl Conflict {
    /// The code of a refusal and its sentences.
    pub(super) fn about(self) -> (&'static str, &'static str) {
        match self {
            Conflict::LegacyChannelInNewRegion => (
                "LEGACY_CHANNEL_UNAVAILABLE",
                "Regions that opened in 2024 or later have no ec2messages. Leave legacyChannel out: the agents there \
                 receive commands over ssmmessages.",
            ),
            Conflict::AgentBucketsWithoutRegion => (
                "AGENT_BUCKETS_NEED_REGION",
                "The names of the agent's buckets contain the Region, and a wildcard there would match buckets of \
                 strangers. Give region, such as us-east-2.",
            ),
            Conflict::InstanceIdsOfOtherKind => (
                "INSTANCE_IDS_OF_OTHER_KIND",
                "These IDs are of another kind of node than the option for the kinds says. IDs that begin with i- \
                 belong to ec2, those with mi- to hybrid; ECS tasks have none.",
            ),
            Conflict::OnlyOnNodesWithTasks => (
                "ONLY_ON_NODES_WITH_TASKS",
                "Tasks of ECS name no node when they open a channel, so onlyOnNodes would keep them out. Give tasks a \
                 role of their own, or leave onlyOnNodes out.",
            ),
            Conflict::NothingAllowed => (
                "NOTHING_ALLOWED",
                "With these options the policy would have no statement. Ask for at least one thing.",
            ),
            Conflict::DenyOnlyWithGrants => (
                "DENY_ONLY_WITH_GRANTS",
                "denyOnly leaves out everything that is allowed. Leave out what asks for a permission, or denyOnly.",
            ),
            Conflict::JustInTimeWithSessions => (
                "JUST_IN_TIME_WITH_SESSIONS",
                "Who may start sessions never needs just-in-time access, since the plain way is taken first. Leave \
                 out what starts sessions, or justInTime.",
            ),
            Conflict::InstanceIdsWithTags => (
                "INSTANCE_IDS_WITH_TAGS",
                "Choose the nodes by their IDs or by their tags, not by both.",
            ),
            Conflict::OwnerTwice => (
                "SESSION_OWNER_TWICE",
                "ownerId says whose sessions are meant. Leave whose out beside it.",
            ),
            Conflict::TagKeyTwice => (
                "TAG_KEY_TWICE",
                "One tag key stands here twice. IAM does not tell upper from lower case in it, so Team and team are one \
                 condition, which a policy holds once. Leave one of them out; give the values that are right, each \
                 enough, to the other, such as Team: [\"web\", \"shop\"].",
            ),
            Conflict::AccountMissing => (
                "ACCOUNT_ID_MISSING",
                "This needs the account ID, twelve digits such as 111122223333.",
            ),
            Conflict::RegionMissing => {
                ("REGION_MISSING", "This needs the Region, such as us-east-2.")
            }
            Conflict::BucketMissing => (
                "BUCKET_MISSING",
                "This needs the name of the log bucket, such as example-session-logs.",
            ),
            Conflict::PrincipalsMissing => (
                "PRINCIPALS_MISSING",
                "This says what is asked of principals, and none is named. Give principalArns, such as \
                 arn:aws:iam::111122223333:root, or organizationId.",
            ),
            Conflict::SignInHostUnknown => (
                "SIGN_IN_HOST_UNKNOWN",
                "The audience of SAML is known for aws, aws-cn and aws-us-gov only. Take the trust policy that the \
                 IAM console of this partition writes.",
            ),
            Conflict::LogGroupMissing => (
                "LOG_GROUP_MISSING",
                "This needs the name of the log group, such as /example/session-logs.",
            ),
            Conflict::RunAsUserWithoutRunAs => (
                "RUN_AS_OFF",
                "A default user does nothing while Run As is off. Give runAsEnabled true, or leave the user out.",
            ),
            Conflict::ShellDocument => (
                "SESSION_TYPE_FOR_SHELLS",
                "A document of the type Standard_Stream holds preferences for shells. Build it as \
                 preferences-document, with its name.",
            ),
            Conflict::CommandsMissing => (
                "COMMANDS_MISSING",
                "There is nothing to run. Give the commands for at least one system, such as linux: { commands: \
                 \"tail -f /var/log/messages\" }.",
            ),
            Conflict::PortNumberMissing => (
                "PORT_NUMBER_MISSING",
                "This needs the port on the node or host: a number such as 5432, or a parameter such as \
                 {{ portNumber }}.",
            ),
            Conflict::OtherSessionType => (
                "OTHER_SESSION_TYPE",
                "This belongs to session documents of another type: commands to InteractiveCommands and \
                 NonInteractiveCommands, ports and the host to Port.",
            ),
            Conflict::ParameterMissing => (
                "DOCUMENT_PARAMETER_MISSING",
                "No parameter is called that. Declare it among the parameters, such as parameters: { logGroup: {} } \
                 for {{ logGroup }}.",
            ),
            Conflict::DefaultNotAllowed => (
                "DEFAULT_NOT_ALLOWED",
                "The default of a parameter must be one of its allowedValues and of its type: a text, for \
                 StringList a list of texts, for Boolean true or false.",
            ),
            Conflict::SecureParameter => (
                "SECURE_PARAMETER",
                "Session documents cannot read secure strings of Parameter Store. Use a parameter of the type String, \
                 or let the commands read the secret on the node.",
            ),
        }
    }
}
