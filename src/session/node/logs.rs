//! Where session data goes: the key that encrypts it, the log bucket, CloudWatch Logs.

use crate::policy::{Statement, Strings};

use super::super::draft::{allow, allow_all, one, when, without_list};
use super::super::place::Fields;
use super::super::{KmsKey, NodeKind};
use super::{CloudWatchLogs, NodeOptions, S3Logs};

/// The statements before that of the session key, that one, and those after it: the guide prints logs before the
/// key, the tight form after it.
pub(super) fn statements(
    options: &NodeOptions,
    fields: &Fields,
) -> (Vec<Statement>, Option<Statement>, Vec<Statement>) {
    let is_least = options.scope.is_least();
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let check = options.has_bucket_check().then(|| bucket_check(options, fields));
    let upload = options.s3_logs.as_ref().filter(|logs| logs.has_upload());
    let cloud_watch = options.cloud_watch_logs.as_ref().map(|logs| streams(options, logs, fields));
    let bucket_key = options.s3_logs.as_ref().and_then(|logs| bucket_key(options, logs, fields));

    if !is_least {
        before.extend(cloud_watch.into_iter().flatten());
        if options.is_for_tasks_only() {
            // The client of ECS Exec looks up where the bucket is.
            before.extend(upload.map(|_| allow_all("LogBucketRegion", &["s3:GetBucketLocation"])));
            before.extend(check);
            before.extend(upload.map(|logs| put(logs, fields)));
        } else {
            before.extend(upload.map(|logs| put(logs, fields)));
            before.extend(check);
        }
        after.extend(bucket_key);
    } else {
        // Alone the check stands where the guide has it, with logs beside them.
        match upload {
            None => before.extend(check),
            Some(logs) => {
                after.extend(check);
                after.push(put(logs, fields));
            }
        }
        after.extend(bucket_key);
        after.extend(cloud_watch.into_iter().flatten());
    }
    (before, session_key(options), after)
}

/// The guide writes the key of the log bucket as its page has it: one action, without a list.
pub(super) fn as_the_guide_writes(statements: &mut [Statement]) {
    for statement in statements {
        if statement.action.values.as_slice() == ["kms:GenerateDataKey"] {
            without_list(statement);
        }
    }
}

fn session_key(options: &NodeOptions) -> Option<Statement> {
    if options.session_encryption.keys.is_empty() {
        return None;
    }
    let keys = options.session_encryption.keys.iter().map(|key| key.as_str().to_owned()).collect();
    let mut statement = allow("SessionManagerSessionKey", &["kms:Decrypt"], keys);
    if options.session_encryption.encryption_context.unwrap_or(options.scope.is_least()) {
        encryption_context(&mut statement, &options.kinds, &options.instance_ids);
    }
    Some(statement)
}

/// Only for sessions on these nodes. The target of a task is no node ID, so with tasks nothing is asked.
///
/// Not `kms:EncryptionContextKeys`: newer agents add a third key, `aws:ssm:RandomChallenge`.
pub(in super::super) fn encryption_context(
    statement: &mut Statement,
    kinds: &[NodeKind],
    ids: &[&str],
) {
    if kinds.contains(&NodeKind::Ecs) {
        return;
    }
    let targets = if ids.is_empty() { target_patterns(kinds) } else { ids.to_vec() };
    // Whatever the session is: `StringLike` with a star asks the same in a roundabout way.
    when(statement, "Null", "kms:EncryptionContext:aws:ssm:SessionId", one("false"));
    let key = "kms:EncryptionContext:aws:ssm:TargetId";
    when(statement, "StringLike", key, Strings::one_or_many(targets));
}

/// What the IDs of these kinds of nodes look like.
pub(in super::super) fn target_patterns(kinds: &[NodeKind]) -> Vec<&'static str> {
    let all = [(NodeKind::Ec2, "i-*"), (NodeKind::Hybrid, "mi-*"), (NodeKind::Ecs, "ecs:*")];
    all.iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, pattern)| *pattern).collect()
}

fn bucket_check(options: &NodeOptions, fields: &Fields) -> Statement {
    let resource = match &options.s3_logs {
        Some(logs) if options.scope.is_least() || options.is_for_tasks_only() => {
            fields.bucket(logs.bucket, "")
        }
        _ => "*".to_owned(),
    };
    allow("SessionManagerLogBucketCheck", &["s3:GetEncryptionConfiguration"], vec![resource])
}

fn put(logs: &S3Logs, fields: &Fields) -> Statement {
    let objects = vec![fields.logs_in(logs.bucket, logs.prefix)];
    if logs.other_account {
        let actions = ["s3:PutObject", "s3:PutObjectAcl"];
        allow("SessionManagerLogUploadCrossAccount", &actions, objects)
    } else {
        allow("SessionManagerLogUpload", &["s3:PutObject"], objects)
    }
}

fn bucket_key(options: &NodeOptions, logs: &S3Logs, fields: &Fields) -> Option<Statement> {
    let key: &KmsKey = logs.key.as_ref().filter(|_| logs.has_upload())?;
    let resource = vec![key.as_str().to_owned()];
    if !options.scope.is_least() {
        return Some(allow("SessionManagerLogBucketKey", &["kms:GenerateDataKey"], resource));
    }
    // Decrypt is for logs over 5 MiB, which are uploaded in parts.
    let actions = ["kms:Decrypt", "kms:GenerateDataKey"];
    let mut statement = allow("SessionManagerLogBucketKey", &actions, resource);
    let (operator, value) = fields.via_service("s3");
    when(&mut statement, operator, "kms:ViaService", one(value));
    Some(statement)
}

fn streams(options: &NodeOptions, logs: &CloudWatchLogs, fields: &Fields) -> Vec<Statement> {
    let lookup = || allow_all("SessionManagerLogGroupLookup", &["logs:DescribeLogGroups"]);
    let write = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"];
    let group = fields.arn("logs", &format!("log-group:{}", logs.log_group.unwrap_or("*")));
    let in_group = format!("{group}:*");
    if options.scope.is_least() {
        // The first form is the resource type of DescribeLogStreams, the second what CloudWatch Logs matches.
        let resources = if logs.log_group.is_some() { vec![group, in_group] } else { vec![group] };
        return vec![lookup(), allow("SessionManagerLogStreams", &write, resources)];
    }
    if options.is_for_tasks_only() {
        return vec![lookup(), allow("SessionManagerLogStreams", &write, vec![in_group])];
    }
    let actions = [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
    ];
    vec![allow_all("SessionManagerLogs", &actions)]
}
