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
    /// Nothing is left to allow.
    NothingAllowed,
    /// Just-in-time access for somebody who may start sessions anyway.
    JustInTimeWithSessions,
    /// Nodes that are named, and tags beside them.
    InstanceIdsWithTags,
    /// The owner of the sessions is given twice.
    OwnerTwice,
    /// A related document that needs the account.
    AccountMissing,
    /// A related document that needs the Region.
    RegionMissing,
    /// A related document that needs the bucket.
    BucketMissing,
    /// A related document that needs the log group.
    LogGroupMissing,
    /// Run As without anybody to run as.
    RunAsUserWithoutRunAs,
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
            Conflict::NothingAllowed => (
                "NOTHING_ALLOWED",
                "With these options the policy would have no statement. Ask for at least one thing.",
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
            Conflict::LogGroupMissing => (
                "LOG_GROUP_MISSING",
                "This needs the name of the log group, such as /example/session-logs.",
            ),
            Conflict::RunAsUserWithoutRunAs => (
                "RUN_AS_OFF",
                "A default user does nothing while Run As is off. Give runAsEnabled true, or leave the user out.",
            ),
        }
    }
}
