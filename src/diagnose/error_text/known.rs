//! The texts that do not say which permission is missing, or that need no permission at all.
//!
//! Sources: the Systems Manager user guide, June 2023 and 2026 (troubleshooting Session Manager); the source of the
//! agent, 2024-10, and of the Session Manager plugin, 2024-09; public issue threads. Read 2026-11.

use super::Cause::{self, Denied, ImplicitDeny, NotIam};

/// A text and what is known about it.
pub(super) struct Known {
    /// A stable name for programs.
    pub(super) code: &'static str,
    /// What to look for, folded as [`super::folded::Folded`] does.
    pub(super) text: &'static str,
    /// What it means.
    pub(super) meaning: &'static str,
    /// What to do.
    pub(super) help: &'static str,
    pub(super) cause: Cause,
    /// The actions that have to be allowed.
    pub(super) actions: &'static [&'static str],
    /// What does not work, by its ids.
    pub(super) capabilities: &'static [&'static str],
}

const ALLOW_UPLOAD: &str =
    "Allow s3:PutObject on the objects of the bucket to the role of the node. For a bucket of another account add \
     s3:PutObjectAcl and the bucket policy; for a bucket with a customer managed key add kms:GenerateDataKey on that key.";

/// Those with more in their text stand before those whose text they contain.
pub(super) static KNOWN: &[Known] = &[
    Known {
        code: "AGENT_HIBERNATES",
        text: "entering ssm agent hibernate",
        meaning: "The agent may not report to Systems Manager, and tries again after ever longer pauses. No session \
                  can start on this node.",
        help: "Allow ssm:UpdateInstanceInformation to the role of the node, then restart the agent. If the role \
               allows it, look at the policy of the VPC endpoint for ssm.",
        cause: Denied,
        actions: &["ssm:UpdateInstanceInformation"],
        capabilities: &["node.heartbeat"],
    },
    Known {
        code: "HEARTBEAT_FAILED",
        text: "health ping failed with error",
        meaning: "The agent's regular report to Systems Manager failed.",
        help: "Allow ssm:UpdateInstanceInformation to the role of the node. If the role allows it, look at the policy \
               of the VPC endpoint for ssm and at the network.",
        cause: Denied,
        actions: &["ssm:UpdateInstanceInformation"],
        capabilities: &["node.heartbeat"],
    },
    Known {
        code: "INSTANCE_PROFILE_WITHOUT_HEARTBEAT",
        text: "retrieved credentials failed to report to ssm",
        meaning: "The agent has the credentials of an instance profile, but their role may not report to Systems \
                  Manager. It does not use the instance profile then and tries Default Host Management.",
        help: "Allow ssm:UpdateInstanceInformation to the role of the instance profile.",
        cause: ImplicitDeny,
        actions: &["ssm:UpdateInstanceInformation"],
        capabilities: &["node.heartbeat"],
    },
    Known {
        code: "DEFAULT_HOST_MANAGEMENT_OFF",
        text: "systems manager's instance management role is not configured",
        meaning: "The node has no role that may report to Systems Manager, and Default Host Management is off in this \
                  account and Region.",
        help: "Attach an instance profile whose role allows ssm:UpdateInstanceInformation and the ssmmessages \
               actions, or turn on Default Host Management.",
        cause: ImplicitDeny,
        actions: &["ssm:UpdateInstanceInformation"],
        capabilities: &["node.heartbeat", "node.channel"],
    },
    Known {
        code: "NO_CREDENTIALS",
        text: "no valid credentials could be retrieved for ec2 identity",
        meaning: "The agent found no credentials: neither an instance profile whose role may report to Systems \
                  Manager nor Default Host Management.",
        help: "Attach an instance profile whose role allows ssm:UpdateInstanceInformation and the ssmmessages \
               actions, or turn on Default Host Management.",
        cause: ImplicitDeny,
        actions: &["ssm:UpdateInstanceInformation"],
        capabilities: &["node.heartbeat", "node.channel"],
    },
    Known {
        code: "NO_INSTANCE_PROFILE",
        text: "no ec2 instance role found",
        meaning: "The instance has no instance profile.",
        help: "Attach an instance profile to the instance, or turn on Default Host Management.",
        cause: NotIam,
        actions: &[],
        capabilities: &["node.heartbeat", "node.channel"],
    },
    Known {
        code: "CONTROL_CHANNEL_NOT_CREATED",
        text: "createcontrolchannel failed with error",
        meaning: "The agent got no token for its control channel. No session can start on this node.",
        help: "Allow ssmmessages:CreateControlChannel on * to the role of the node. If the role allows it, look at \
               the policy of the VPC endpoint for ssmmessages.",
        cause: Denied,
        actions: &["ssmmessages:CreateControlChannel"],
        capabilities: &["node.channel"],
    },
    Known {
        code: "CONTROL_CHANNEL_NOT_OPENED",
        text: "failed to connect controlchannel with error",
        meaning: "The agent could not open its control channel: it may not, or it does not reach ssmmessages.",
        help: "Allow ssmmessages:OpenControlChannel on * to the role of the node. If the role allows it, look at the \
               VPC endpoint for ssmmessages and at outgoing HTTPS.",
        cause: Denied,
        actions: &["ssmmessages:OpenControlChannel"],
        capabilities: &["node.channel"],
    },
    Known {
        code: "SESSION_ALREADY_TERMINATED",
        text: "session is already terminated",
        meaning: "The session was over before its data channel was opened again. After a remote desktop session this \
                  is usual.",
        help: "Nothing is missing.",
        cause: NotIam,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "DATA_CHANNEL_NOT_CREATED",
        text: "createdatachannel failed with no output or error",
        meaning: "The node got no token for the data channel of the session.",
        help: "Allow ssmmessages:CreateDataChannel on * to the role of the node. If the role allows it, look at \
               service control policies and at the policy of the VPC endpoint for ssmmessages.",
        cause: Denied,
        actions: &["ssmmessages:CreateDataChannel"],
        capabilities: &["node.channel"],
    },
    Known {
        code: "DATA_CHANNEL_NOT_OPENED",
        text: "failed to open datachannel with error",
        meaning: "The node could not open the data channel of the session: it may not, or it does not reach \
                  ssmmessages.",
        help: "Allow ssmmessages:OpenDataChannel on * to the role of the node. If the role allows it, look at the VPC \
               endpoint for ssmmessages.",
        cause: Denied,
        actions: &["ssmmessages:OpenDataChannel"],
        capabilities: &["node.channel"],
    },
    Known {
        code: "NODE_NOT_CONFIGURED",
        text: "the instance you selected isn't configured to use session manager",
        meaning: "The console sees no control channel of this node: its role may not open one, its agent is older \
                  than 2.3.68.0 or stopped, or it does not reach ssmmessages.",
        help: "Allow the four ssmmessages actions and ssm:UpdateInstanceInformation to the role of the node, update \
               the agent, and look at the VPC endpoints.",
        cause: Denied,
        actions: &[
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
            "ssm:UpdateInstanceInformation",
        ],
        capabilities: &["node.channel", "node.heartbeat"],
    },
    Known {
        code: "TARGET_NOT_CONNECTED",
        text: "targetnotconnected",
        meaning: "The node has no control channel: its side is not ready, or the account or the Region is another. The \
                  caller was allowed to start the session.",
        help: "Look at the role of the node: ssm:UpdateInstanceInformation and the four ssmmessages actions. Then at \
               the account and the Region of the call, and at the agent.",
        cause: Denied,
        actions: &[
            "ssm:UpdateInstanceInformation",
            "ssmmessages:CreateControlChannel",
            "ssmmessages:CreateDataChannel",
            "ssmmessages:OpenControlChannel",
            "ssmmessages:OpenDataChannel",
        ],
        capabilities: &["node.heartbeat", "node.channel"],
    },
    Known {
        code: "DATA_KEY_NOT_DECRYPTED",
        text: "error when decrypting data key accessdeniedexception",
        meaning: "The node may not decrypt the key of the session.",
        help: "Allow kms:Decrypt on the key of the preferences to the role of the node. If the key is in another \
               account, its key policy has to allow it as well.",
        cause: Denied,
        actions: &["kms:Decrypt"],
        capabilities: &["node.session-kms"],
    },
    Known {
        code: "DATA_KEY_CONTEXT_DIFFERS",
        text: "error when decrypting data key invalidciphertextexception",
        meaning: "The client made the key of the session with another encryption context than the node expects, as \
                  old clients of ECS Exec do.",
        help: "Update the AWS CLI, the Session Manager plugin and the agent.",
        cause: NotIam,
        actions: &[],
        capabilities: &["node.session-kms"],
    },
    Known {
        code: "DATA_KEY_NOT_RETRIEVED",
        text: "fetching data key failed: unable to retrieve data key",
        meaning: "The node did not get the key of the session from KMS.",
        help: "Allow kms:Decrypt on the key of the preferences to the role of the node; look at the VPC endpoint for \
               kms.",
        cause: Denied,
        actions: &["kms:Decrypt"],
        capabilities: &["node.session-kms"],
    },
    Known {
        code: "DATA_KEY_NOT_GENERATED",
        text: "error calling kms generatedatakey api",
        meaning: "The person who starts the session may not generate its key.",
        help: "Allow kms:GenerateDataKey on the key of the preferences to the person or their role. If the key is in \
               another account, its key policy has to allow it as well.",
        cause: Denied,
        actions: &["kms:GenerateDataKey"],
        capabilities: &["operator.session-kms"],
    },
    Known {
        code: "OLD_PLUGIN",
        text: "handshake timed out. please ensure that you have the latest version of the session manager plugin",
        meaning: "The Session Manager plugin is too old for what the preferences demand.",
        help: "Install the latest Session Manager plugin.",
        cause: NotIam,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "LOG_GROUP_NOT_ENCRYPTED",
        text: "encryption is not set up on the selected cloudwatch logs log group",
        meaning: "The preferences demand an encrypted log group, and the agent did not see that it is encrypted: it is \
                  not, or the role of the node may not list log groups.",
        help: "Encrypt the log group with a KMS key, and allow logs:DescribeLogGroups on * to the role of the node; or \
               allow logging without encryption in the preferences.",
        cause: Denied,
        actions: &["logs:DescribeLogGroups"],
        capabilities: &["node.cw-logs-encrypted-check"],
    },
    Known {
        code: "BUCKET_NOT_ENCRYPTED",
        text: "encryption is not set up on the selected amazon s3 bucket",
        meaning: "The preferences demand an encrypted bucket, and the bucket has no default encryption.",
        help: "Turn on default encryption of the bucket, or allow logging without encryption in the preferences.",
        cause: NotIam,
        actions: &[],
        capabilities: &["node.s3-encryption-check"],
    },
    Known {
        code: "BUCKET_ENCRYPTION_NOT_READ",
        text: "unable to validate encryption on amazon s3 bucket",
        meaning: "The preferences demand an encrypted bucket, and the role of the node may not read whether it is.",
        help: "Allow s3:GetEncryptionConfiguration on the bucket to the role of the node. If the bucket is in another \
               account, its bucket policy has to allow it as well.",
        cause: Denied,
        actions: &["s3:GetEncryptionConfiguration"],
        capabilities: &["node.s3-encryption-check"],
    },
    Known {
        code: "LOG_GROUP_NOT_FOUND",
        text: "the cloudwatch log group specified in session preferences either does not exist or unable to validate \
               its existence",
        meaning: "The log group of the preferences does not exist, or the role of the node may not list log groups.",
        help: "Look at the name of the log group, and allow logs:DescribeLogGroups on * to the role of the node.",
        cause: Denied,
        actions: &["logs:DescribeLogGroups"],
        capabilities: &["node.cw-logs-streaming"],
    },
    Known {
        code: "LOG_STREAM_NOT_CREATED",
        text: "error creating log stream for cloudwatchlogs output",
        meaning: "The node could not create the log stream of the session.",
        help: "Allow logs:CreateLogStream on the log group to the role of the node.",
        cause: Denied,
        actions: &["logs:CreateLogStream"],
        capabilities: &["node.cw-logs"],
    },
    Known {
        code: "LOG_EVENTS_NOT_PUT",
        text: "error in putlogevents",
        meaning: "The node could not write to the log stream of the session.",
        help: "Allow logs:PutLogEvents on the streams of the log group to the role of the node.",
        cause: Denied,
        actions: &["logs:PutLogEvents"],
        capabilities: &["node.cw-logs"],
    },
    Known {
        code: "SESSION_LOG_NOT_UPLOADED",
        text: "failed to upload shell session logs to s3",
        meaning: "The log of a session was not saved in the bucket. The session itself is not disturbed.",
        help: ALLOW_UPLOAD,
        cause: Denied,
        actions: &["s3:PutObject"],
        capabilities: &["node.s3-logs", "node.s3-logs-cross-account", "node.s3-logs-sse-kms"],
    },
    Known {
        code: "UPLOAD_DENIED",
        text: "err:accessdenied: access denied",
        meaning: "The node may not write to the bucket.",
        help: ALLOW_UPLOAD,
        cause: Denied,
        actions: &["s3:PutObject"],
        capabilities: &["node.s3-logs", "node.s3-logs-cross-account", "node.s3-logs-sse-kms"],
    },
    Known {
        code: "RUN_AS_WITHOUT_USER",
        text: "please set the runas default user",
        meaning: "Run As is on, and neither the caller has a tag SSMSessionRunAs nor do the preferences name a user.",
        help: "Set a default user in the preferences, or tag the IAM user or role with SSMSessionRunAs.",
        cause: NotIam,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "RUN_AS_USER_ABSENT",
        text: "failed to start pty since runas user",
        meaning: "Run As names a user that the operating system of the node does not have.",
        help: "Create the user on the node, or name another one.",
        cause: NotIam,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "WITHDRAWN_PLUGIN",
        text: "failed to sign websocket",
        meaning: "The plugin found no credentials to sign its connection with, as release 1.2.688.0 did, which AWS \
                  withdrew.",
        help: "Install another version of the Session Manager plugin, and look whether the AWS CLI has credentials.",
        cause: NotIam,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "NO_CLIENT_CREDENTIALS",
        text: "nocredentialproviders",
        meaning: "The program found no AWS credentials. Release 1.2.688.0 of the Session Manager plugin, which AWS \
                  withdrew, says so even when there are some.",
        help: "Install another version of the Session Manager plugin, and look whether the AWS CLI has credentials. On \
               a node: attach an instance profile.",
        cause: NotIam,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "PLUGIN_ABSENT",
        text: "sessionmanagerplugin is not found",
        meaning: "The AWS CLI does not find the Session Manager plugin. It started a session and ends it again.",
        help: "Install the Session Manager plugin.",
        cause: NotIam,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "ENCODED_MESSAGE",
        text: "encoded authorization failure message",
        meaning: "AWS encoded the details of the refusal.",
        help: "Have them decoded with aws sts decode-authorization-message, which needs \
               sts:DecodeAuthorizationMessage.",
        cause: Denied,
        actions: &[],
        capabilities: &[],
    },
    Known {
        code: "KEY_NOT_ACCESSIBLE",
        text: "the ciphertext refers to a customer master key that does not exist",
        meaning: "KMS does not find the key in this Region, or the caller may not use it.",
        help: "Look at the Region and the account of the key; allow kms:Decrypt on it in an identity policy, and for a \
               key of another account in its key policy as well.",
        cause: Denied,
        actions: &["kms:Decrypt"],
        capabilities: &["node.session-kms"],
    },
];
