//! Options that do not go together, each with a sentence that says why.

/// Two options that do not go together, or one that needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// A stable name for programs.
    pub code: &'static str,
    /// Sentences for people.
    pub message: &'static str,
}

#[expect(missing_docs, reason = "the sentences say what each is")]
impl Conflict {
    pub const LEGACY_CHANNEL_IN_NEW_REGION: Conflict = Conflict::new(
        "LEGACY_CHANNEL_UNAVAILABLE",
        "Regions that opened in 2024 or later have no ec2messages. Leave legacyChannel out: the agents there \
         receive commands over ssmmessages.",
    );
    pub const AGENT_BUCKETS_WITHOUT_REGION: Conflict = Conflict::new(
        "AGENT_BUCKETS_NEED_REGION",
        "The names of the agent's buckets contain the Region, and a wildcard there would match buckets of \
         strangers. Give region, such as us-east-2.",
    );
    pub const INSTANCE_IDS_OF_OTHER_KIND: Conflict = Conflict::new(
        "INSTANCE_IDS_OF_OTHER_KIND",
        "These IDs are of another kind of node than the option for the kinds says. IDs that begin with i- \
         belong to ec2, those with mi- to hybrid; ECS tasks have none.",
    );
    pub const ONLY_ON_NODES_WITH_TASKS: Conflict = Conflict::new(
        "ONLY_ON_NODES_WITH_TASKS",
        "Tasks of ECS name no node when they open a channel, so onlyOnNodes would keep them out. Give tasks a \
         role of their own, or leave onlyOnNodes out.",
    );
    pub const NOTHING_ALLOWED: Conflict = Conflict::new(
        "NOTHING_ALLOWED",
        "With these options the policy would have no statement. Ask for at least one thing.",
    );
    pub const NOTHING_DENIED: Conflict = Conflict::new(
        "NOTHING_DENIED",
        "denyOnly builds what deny refuses, and it refuses nothing. Ask for at least one denial, such as deny.withoutMfa.",
    );
    pub const NOTHING_GUARDED: Conflict = Conflict::new(
        "NOTHING_GUARDED",
        "The policy would refuse nothing. Ask for at least one of withoutMfa, onlyDocuments, noSharing and allowList.",
    );
    pub const DENY_ONLY_WITH_GRANTS: Conflict = Conflict::new(
        "DENY_ONLY_WITH_GRANTS",
        "denyOnly leaves out everything that is allowed. Leave out what asks for a permission, or denyOnly.",
    );
    pub const JUST_IN_TIME_WITH_SESSIONS: Conflict = Conflict::new(
        "JUST_IN_TIME_WITH_SESSIONS",
        "Who may start sessions never needs just-in-time access, since the plain way is taken first. Leave \
         out what starts sessions, or justInTime.",
    );
    pub const JUST_IN_TIME_WITHOUT_KEY: Conflict = Conflict::new(
        "JUST_IN_TIME_WITHOUT_KEY",
        "Requests for just-in-time access do not say whether MFA was used and which VPC endpoint they came through, so \
         this would refuse all of them or none. Demand MFA where people assume their role, refuse by \
         outsideIpRanges, or leave justInTime out.",
    );
    pub const IP_RANGE_NOT_PUBLIC: Conflict = Conflict::new(
        "IP_RANGE_NOT_PUBLIC",
        "AWS sees the public address of a caller, never a private one such as 10.0.0.5, so nobody would come from this \
         range. Give the public addresses of your network, or the endpoints of its VPC in outsideVpcEndpoints.",
    );
    pub const IP_RANGES_OF_EVERYBODY: Conflict = Conflict::new(
        "IP_RANGES_OF_EVERYBODY",
        "Every address is in these ranges, so nobody would be refused. Give the ranges of your network, such as \
         203.0.113.0/24, or leave outsideIpRanges out.",
    );
    pub const INSTANCE_IDS_WITH_TAGS: Conflict = Conflict::new(
        "INSTANCE_IDS_WITH_TAGS",
        "Choose the nodes by their IDs or by their tags, not by both.",
    );
    pub const OWNER_TWICE: Conflict = Conflict::new(
        "SESSION_OWNER_TWICE",
        "ownerId says whose sessions are meant. Leave whose out beside it.",
    );
    pub const TAG_KEY_TWICE: Conflict = Conflict::new(
        "TAG_KEY_TWICE",
        "One tag key stands here twice. IAM does not tell upper from lower case in it, so Team and team are one \
         condition, which a policy holds once. Leave one of them out; give the values that are right, each \
         enough, to the other, such as Team: [\"web\", \"shop\"].",
    );
    pub const ANY_TAGS_TOO_MANY: Conflict = Conflict::new(
        "ANY_TAGS_TOO_MANY",
        "Each tag of which one is enough takes statements of its own, so at most 50 are taken here. Give several values to \
         one tag, or mark the nodes with one tag.",
    );
    pub const TAGS_TOO_MANY: Conflict = Conflict::new(
        "TAGS_TOO_MANY",
        "What is meant must have all of these tags, and a node, a task, a user or a role has at most 50. Name those that \
         tell it from others; several values of one tag are given as a list.",
    );
    pub const EXCEPT_TAGS_TOO_MANY: Conflict = Conflict::new(
        "EXCEPT_TAGS_TOO_MANY",
        "A user or role has at most 50 tags, so at most 50 are taken here. Give several values to one tag, or mark \
         whoever is not bound with one tag.",
    );
    pub const NO_LENGTH_ALLOWED: Conflict = Conflict::new(
        "NO_LENGTH_ALLOWED",
        "No value has at least minChars and at most maxChars characters. Give a maxChars that is not below minChars, such \
         as 1 and 64.",
    );
    pub const PARAMETERS_TOO_MANY: Conflict = Conflict::new(
        "PARAMETERS_TOO_MANY",
        "AWS takes documents of at most 64 KB, in which at most 2,978 parameters find room. Leave out those that no command \
         uses.",
    );
    pub const ACCOUNT_MISSING: Conflict = Conflict::new(
        "ACCOUNT_ID_MISSING",
        "This needs the account ID, twelve digits such as 111122223333.",
    );
    pub const REGION_MISSING: Conflict =
        Conflict::new("REGION_MISSING", "This needs the Region, such as us-east-2.");
    pub const SETUP_ELSEWHERE: Conflict = Conflict::new(
        "SETUP_ELSEWHERE",
        "A set-up is of one account and one Region, those of the nodes, and people reach these nodes. Leave it out.",
    );
    pub const PREFERENCES_EXIST: Conflict = Conflict::new(
        "PREFERENCES_EXIST",
        "Only Terraform takes over a document that is there already while it makes the rest. Leave this out, and import the \
         document into the stack before the first run, or delete it.",
    );
    pub const BUCKET_MISSING: Conflict = Conflict::new(
        "BUCKET_MISSING",
        "This needs the name of the log bucket, such as example-session-logs.",
    );
    pub const PRINCIPALS_MISSING: Conflict = Conflict::new(
        "PRINCIPALS_MISSING",
        "This says what is asked of principals, and none is named. Give principalArns, such as \
         arn:aws:iam::111122223333:root, or organizationId.",
    );
    pub const SIGN_IN_HOST_UNKNOWN: Conflict = Conflict::new(
        "SIGN_IN_HOST_UNKNOWN",
        "The audience of SAML is not known for this partition. Take the trust policy that the IAM console there \
         writes.",
    );
    pub const LOG_GROUP_MISSING: Conflict = Conflict::new(
        "LOG_GROUP_MISSING",
        "This needs the name of the log group, such as /example/session-logs.",
    );
    pub const RUN_AS_USER_WITHOUT_RUN_AS: Conflict = Conflict::new(
        "RUN_AS_OFF",
        "A default user does nothing while Run As is off. Give runAsEnabled true, or leave the user out.",
    );
    pub const SHELL_DOCUMENT: Conflict = Conflict::new(
        "SESSION_TYPE_FOR_SHELLS",
        "A document of the type Standard_Stream holds preferences for shells. Build it as \
         preferences-document, with its name.",
    );
    pub const PREFERENCES_NAME: Conflict = Conflict::new(
        "NAME_OF_PREFERENCES",
        "SSM-SessionManagerRunShell is the document with the preferences of everybody in the account and Region. Build it as \
         preferences-document, or give this document a name of its own.",
    );
    pub const COMMANDS_MISSING: Conflict = Conflict::new(
        "COMMANDS_MISSING",
        "There is nothing to run. Give the commands for at least one system, such as linux: { commands: \
         \"tail -f /var/log/messages\" }.",
    );
    pub const PORT_NUMBER_MISSING: Conflict = Conflict::new(
        "PORT_NUMBER_MISSING",
        "This needs the port on the node or host: a number such as 5432, or a parameter such as \
         {{ portNumber }}.",
    );
    pub const OTHER_SESSION_TYPE: Conflict = Conflict::new(
        "OTHER_SESSION_TYPE",
        "This belongs to session documents of another type: commands to InteractiveCommands and \
         NonInteractiveCommands, ports and the host to Port.",
    );
    pub const PARAMETER_MISSING: Conflict = Conflict::new(
        "DOCUMENT_PARAMETER_MISSING",
        "No parameter is called that. Declare it among the parameters, such as parameters: { logGroup: {} } \
         for {{ logGroup }}.",
    );
    pub const DEFAULT_NOT_ALLOWED: Conflict = Conflict::new(
        "DEFAULT_NOT_ALLOWED",
        "The default of a parameter must be one of its allowedValues, as long as minChars and maxChars say, and of its \
         type: a text, for StringList a list of texts, for Boolean true or false.",
    );
    pub const SECURE_PARAMETER: Conflict = Conflict::new(
        "SECURE_PARAMETER",
        "Session documents cannot read secure strings of Parameter Store. Use a parameter of the type String, \
         or let the commands read the secret on the node.",
    );

    const fn new(code: &'static str, message: &'static str) -> Self {
        Conflict { code, message }
    }
}
