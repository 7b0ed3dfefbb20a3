//! What the agent itself does: report, open channels, receive commands, apply associations, fetch its own files.

use crate::policy::{Statement, Strings};

use super::super::draft::{allow, allow_all, when};
use super::super::place::Fields;
use super::super::NodeKind;
use super::{AgentBuckets, NodeOptions};

/// The agent's report, without which it opens no channel at all.
const HEARTBEAT: &str = "ssm:UpdateInstanceInformation";
const CREATE_CONTROL_CHANNEL: &str = "ssmmessages:CreateControlChannel";
const OTHER_CHANNELS: [&str; 3] = [
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];
const LEGACY_CHANNEL: [&str; 6] = [
    "ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage",
    "ec2messages:FailMessage",
    "ec2messages:GetEndpoint",
    "ec2messages:GetMessages",
    "ec2messages:SendReply",
];

/// Heartbeat and channels.
pub(super) fn channel(options: &NodeOptions, fields: &Fields) -> Vec<Statement> {
    let mut channel = vec![CREATE_CONTROL_CHANNEL];
    channel.extend(OTHER_CHANNELS);
    if !options.names_nodes() {
        let mut actions = if options.channel.unwrap_or(true) { channel } else { Vec::new() };
        if options.has_heartbeat() {
            // The page with logs prints it last, the page without them first.
            let has_logs = options.s3_logs.is_some() || options.cloud_watch_logs.is_some();
            actions.insert(if has_logs { actions.len() } else { 0 }, HEARTBEAT);
        }
        return match actions.as_slice() {
            [] => Vec::new(),
            actions => vec![allow_all("SessionManagerChannels", actions)],
        };
    }
    let mut statements = Vec::new();
    if options.has_heartbeat() {
        let nodes = fields.nodes_or_all(&options.instance_ids, &options.kinds);
        statements.push(allow("SessionManagerHeartbeat", &[HEARTBEAT], nodes));
    }
    // Tasks have the role too, and say no node when they open the channel.
    let all_nodes = options.instance_ids.is_empty() || options.kinds.contains(&NodeKind::Ecs);
    if options.channel.unwrap_or(true) && all_nodes {
        statements.push(allow_all("SessionManagerChannels", &channel));
    } else if options.channel.unwrap_or(true) {
        statements.extend(control_channel_of(options, fields));
        statements.push(allow_all("SessionManagerChannels", &OTHER_CHANNELS));
    }
    statements
}

/// Only the control channel knows which node asks, and each kind of node tells it by a key of its own.
fn control_channel_of(options: &NodeOptions, fields: &Fields) -> Vec<Statement> {
    let kinds = [
        (NodeKind::Ec2, "SessionManagerControlChannel", "ec2:SourceInstanceARN"),
        (NodeKind::Hybrid, "SessionManagerControlChannelHybrid", "ssm:SourceInstanceARN"),
    ];
    let mut statements = Vec::new();
    for (kind, sid, key) in kinds {
        let of_kind = options.instance_ids.iter().filter(|id| NodeKind::of(id) == kind);
        let arns: Vec<_> = of_kind.map(|id| fields.node(id)).collect();
        if !arns.is_empty() {
            let mut statement = allow_all(sid, &[CREATE_CONTROL_CHANNEL]);
            when(&mut statement, "ArnEquals", key, Strings::one_or_many(arns));
            statements.push(statement);
        }
    }
    statements
}

/// Commands, associations, parameters and the agent's buckets.
pub(super) fn rest(options: &NodeOptions, fields: &Fields) -> Vec<Statement> {
    let mut statements = Vec::new();
    if options.legacy_channel {
        statements.push(allow_all("RunCommandLegacyChannel", &LEGACY_CHANNEL));
    }
    if options.state_manager {
        statements.extend(state_manager(options, fields));
    }
    if !options.document_parameters.is_empty() {
        let arn =
            |name: &&str| fields.arn("ssm", &format!("parameter/{}", name.trim_start_matches('/')));
        let parameters = options.document_parameters.iter().map(arn).collect();
        statements.push(allow("DocumentParameters", &["ssm:GetParameters"], parameters));
    }
    if let Some(which) = options.agent_buckets {
        let buckets = agent_buckets(fields.region, which);
        let objects = buckets.iter().map(|bucket| fields.bucket(bucket, "/*")).collect();
        let mut statement = allow("AgentManagedBuckets", &["s3:GetObject"], objects);
        super::super::draft::without_list(&mut statement);
        statements.push(statement);
    }
    statements
}

fn state_manager(options: &NodeOptions, fields: &Fields) -> Vec<Statement> {
    let node = [
        "ssm:ListInstanceAssociations",
        "ssm:PutComplianceItems",
        "ssm:UpdateInstanceAssociationStatus",
    ];
    let documents = ["ssm:DescribeDocument", "ssm:GetDocument"];
    if !options.names_nodes() {
        let mut all = node.to_vec();
        all.extend(documents);
        return vec![allow_all("StateManager", &all)];
    }
    let mut resources = fields.nodes_or_all(&options.instance_ids, &options.kinds);
    resources.push(fields.arn("ssm", "association/*"));
    vec![
        allow("StateManagerNode", &node, resources),
        allow(
            "StateManagerDocuments",
            &documents,
            vec![fields.document("*"), fields.aws_document("AWS-*")],
        ),
    ]
}

/// The buckets of a Region, in the order of the guide's page.
///
/// Source: the Systems Manager user guide, "SSM Agent communications with AWS managed S3 buckets", read 2026-11.
pub(in super::super) fn agent_buckets(region: &str, which: AgentBuckets) -> Vec<String> {
    if which == AgentBuckets::Minimum {
        return vec![format!("amazon-ssm-{region}"), format!("aws-ssm-{region}")];
    }
    let mut buckets = vec![
        format!("aws-windows-downloads-{region}"),
        format!("amazon-ssm-{region}"),
        format!("amazon-ssm-packages-{region}"),
        match region {
            "af-south-1" | "eu-south-1" => format!("aws-ssm-distributor-file-{region}"),
            _ => format!("{region}-birdwatcher-prod"),
        },
        format!("aws-ssm-document-attachments-{region}"),
        match region {
            "me-south-1" => "patch-baseline-snapshot-me-south-1-uduvl7q8".to_owned(),
            "af-south-1" => "patch-baseline-snapshot-af-south-1-tbxdb5b9".to_owned(),
            _ => format!("patch-baseline-snapshot-{region}"),
        },
        format!("aws-ssm-{region}"),
        format!("aws-patchmanager-macos-{region}"),
    ];
    if region == "me-south-1" {
        buckets.push("aws-patch-manager-me-south-1-a53fc9dce".to_owned());
    }
    buckets
}
