//! What the text of a node policy does not say.

use super::super::{KmsKey, NodeKind, Note};
use super::{NodeOptions, S3Logs};

pub(super) fn notes(options: &NodeOptions) -> Vec<Note> {
    let mut notes = vec![summary(options)];
    let tasks_only = options.is_for_tasks_only();
    if !options.channel.unwrap_or(true) {
        notes.push(Note::new(
            "CHANNEL_ELSEWHERE",
            "This is an addition: the channels must come from another policy of the role, such as \
             AmazonSSMManagedInstanceCore.",
        ));
    } else if !options.heartbeat && !tasks_only {
        notes.push(Note::new(
            "HEARTBEAT_MISSING",
            "This is not enough by itself unless the role already has ssm:UpdateInstanceInformation, which \
             AmazonSSMManagedInstanceCore grants. Without it the agent opens no channel.",
        ));
    }
    let uses_rights = !options.session_encryption.keys.is_empty()
        || options.s3_logs.is_some()
        || options.cloud_watch_logs.is_some();
    if options.channel.unwrap_or(true)
        && !options.heartbeat
        && uses_rights
        && options.kinds.contains(&NodeKind::Ec2)
    {
        notes.push(Note::new(
            "HOST_MANAGEMENT_TAKES_OVER",
            "Where Default Host Management is on and the role lacks ssm:UpdateInstanceInformation, the agent uses the \
             role of Default Host Management instead, and the rights for keys and logs in this policy do nothing.",
        ));
    }
    if options.kinds.contains(&NodeKind::Hybrid) {
        notes.push(Note::new(
            "HYBRID_ADVANCED_TIER",
            "Sessions on nodes of an activation need the advanced-instances tier. The policy belongs to the service \
             role of the activation; a node is given another role only by registering it anew.",
        ));
    }
    if options.heartbeat && tasks_only {
        notes.push(Note::new(
            "HEARTBEAT_NOT_FOR_TASKS",
            "Tasks of ECS send no heartbeat, so ssm:UpdateInstanceInformation was left out.",
        ));
    }
    if options.state_manager && tasks_only {
        notes.push(Note::new(
            "STATE_MANAGER_NOT_FOR_TASKS",
            "Tasks of ECS are no managed nodes and apply no associations, so the rights of State Manager were left out.",
        ));
    }
    let keys: Vec<&KmsKey> = options.session_encryption.keys.iter().collect();
    notes.extend(options.place().notes(&keys, "kms:Decrypt"));
    let asks_context =
        options.session_encryption.encryption_context.unwrap_or(options.scope.is_least());
    if asks_context && !keys.is_empty() && !options.kinds.contains(&NodeKind::Ecs) {
        notes.push(Note::new(
            "ENCRYPTION_CONTEXT",
            "The key serves only requests that name a session and one of these nodes, as the agent sends them. \
             Try one encrypted session before you rely on it.",
        ));
    }
    for note in options.s3_logs.iter().flat_map(|logs| bucket(options, logs)) {
        // The Region of the nodes was told with the session keys already.
        if note.code != "REGION_NOT_LISTED" || !notes.contains(&note) {
            notes.push(note);
        }
    }
    if options.cloud_watch_logs.is_some() {
        notes.push(Note::new(
            "LOG_GROUP_MUST_EXIST",
            "The agent writes into a log group but never creates one for sessions. Create it first, in the Region \
             of the nodes.",
        ));
        let is_named =
            options.cloud_watch_logs.as_ref().is_some_and(|logs| logs.log_group.is_some());
        if is_named && !options.scope.is_least() {
            notes.push(Note::new(
                "LOG_GROUP_NOT_NAMED",
                "AWS's text allows the actions on every log group. Scope least-privilege names the one that was given.",
            ));
        }
    }
    if options.run_command && !options.legacy_channel {
        notes.push(Note::new(
            "AGENT_VERSION",
            "Run Command comes over the channels of sessions, for which agents from 3.3.40.0 on need nothing more. \
             Older ones, and those on Windows Server 2012, want the old channel too.",
        ));
    }
    if options.legacy_channel {
        notes.push(Note::new(
            "LEGACY_CHANNEL",
            "Only agents before 3.3.40.0 and those on Windows Server 2012 and earlier still use ec2messages; the \
             others receive commands over ssmmessages.",
        ));
    }
    notes
}

fn bucket(options: &NodeOptions, logs: &S3Logs) -> Vec<Note> {
    let mut notes = bucket_name(logs.bucket);
    if logs.other_account {
        notes.push(Note::new(
            "BUCKET_OTHER_ACCOUNT",
            "The bucket belongs to another account, so its bucket policy must allow this role to write as well, \
             and the key policy too if a customer managed key encrypts it.",
        ));
    }
    if let Some(key) = &logs.key {
        notes.extend(options.place().notes(&[key], "kms:GenerateDataKey"));
    }
    notes
}

/// What to say about the name of a log bucket.
pub(in super::super) fn bucket_name(bucket: &str) -> Vec<Note> {
    if !bucket.contains('.') {
        return Vec::new();
    }
    vec![Note::new(
        "BUCKET_NAME_DOTS",
        "The bucket has dots in its name. Certificates do not cover such names, so the agent falls back to plain \
         HTTP, which a bucket policy that demands TLS denies. Prefer a bucket without dots.",
    )]
}

/// Something that can be asked for.
struct Asked {
    is: bool,
    /// The capability behind it, if there is one.
    capability: &'static str,
    /// Whether it is worth saying when it is not allowed.
    is_usual: bool,
    words: &'static str,
}

fn asked(options: &NodeOptions) -> Vec<Asked> {
    let has = |kind| options.kinds.contains(&kind);
    let channel = options.channel.unwrap_or(true);
    let beats = options.heartbeat;
    let s3 = options.s3_logs.as_ref().filter(|logs| logs.has_upload());
    let other = s3.is_some_and(|logs| logs.other_account);
    let of_key = s3.is_some_and(|logs| logs.key.is_some());
    let cloud_watch = options.cloud_watch_logs.as_ref();
    let streaming = cloud_watch.is_some_and(|logs| logs.streaming);
    let check = cloud_watch.is_some_and(|logs| logs.encryption_check);
    let neither = s3.is_none() && cloud_watch.is_none();
    let encrypted = !options.session_encryption.keys.is_empty();
    let beat = if has(NodeKind::Ec2) { "node.heartbeat" } else { "" };
    let hybrid = beats && has(NodeKind::Hybrid);
    let parameters = !options.document_parameters.is_empty();
    [
        (channel, "node.channel", true, "shell sessions"),
        (channel, "", true, "port forwarding"),
        (encrypted, "node.session-kms", true, "KMS decryption of session data"),
        (
            options.has_bucket_check(),
            "node.s3-encryption-check",
            true,
            "checking the encryption of the log bucket",
        ),
        (options.has_heartbeat(), beat, !options.is_for_tasks_only(), "the agent heartbeat"),
        (hybrid, "node.heartbeat-hybrid", false, ""),
        (false, "", neither, "writing session logs to Amazon S3 or CloudWatch Logs"),
        (s3.is_some(), "node.s3-logs", !neither, "writing session logs to Amazon S3"),
        (other, "node.s3-logs-cross-account", false, ""),
        (of_key, "node.s3-logs-sse-kms", false, ""),
        (
            cloud_watch.is_some(),
            "node.cw-logs",
            !neither,
            "writing session logs to CloudWatch Logs",
        ),
        (streaming, "node.cw-logs-streaming", false, "streaming session data to CloudWatch Logs"),
        (check, "node.cw-logs-encrypted-check", false, "checking the encryption of the log group"),
        (options.run_command && channel, "", false, "Run Command"),
        (
            options.legacy_channel,
            "node.run-command-legacy",
            false,
            "Run Command over the old channel",
        ),
        (options.has_state_manager(), "node.state-manager", false, "State Manager associations"),
        (parameters, "node.parameters", false, "the parameters of documents"),
        (options.agent_buckets.is_some(), "node.agent-buckets", false, "the buckets of the agent"),
    ]
    .map(|(is, capability, is_usual, words)| Asked { is, capability, is_usual, words })
    .into()
}

impl NodeOptions<'_> {
    /// The capabilities that are asked for, by their ids.
    pub fn wants(&self) -> Vec<&'static str> {
        let asked = asked(&self.as_meant()).into_iter();
        asked.filter(|it| it.is && !it.capability.is_empty()).map(|it| it.capability).collect()
    }
}

/// What a reader in a hurry wants to know first.
fn summary(options: &NodeOptions) -> Note {
    let all = asked(options);
    let list = |wanted: bool| {
        let is_told = |it: &&Asked| it.is == wanted && (wanted || it.is_usual);
        let picked = all.iter().filter(is_told).map(|it| it.words);
        let picked: Vec<_> = picked.filter(|words| !words.is_empty()).collect();
        if picked.is_empty() {
            "nothing else".to_owned()
        } else {
            picked.join(", ")
        }
    };
    Note::new("SUMMARY", format!("Allows: {}. Not allowed: {}.", list(true), list(false)))
}
