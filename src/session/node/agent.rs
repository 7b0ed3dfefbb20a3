//! What the agent itself does: report, open channels, receive commands, apply associations, fetch its own files.

use crate::policy::{Statement, Strings};

use super::super::draft::{allow, allow_all, when};
use super::super::place::Fields;
use super::super::NodeKind;
use super::{AgentBuckets, NodeOptions};

/// The agent's report, without which it opens no channel at all.
const HEARTBEAT: &str = "ssm:UpdateInstanceInformation";
/// The channels of sessions; the first is the one that knows which node asks.
pub(in crate::session) const CHANNELS: [&str; 4] = [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];
/// The old channel of Run Command.
pub(in crate::session) const LEGACY_CHANNEL: [&str; 6] = [
    "ec2messages:AcknowledgeMessage",
    "ec2messages:DeleteMessage",
    "ec2messages:FailMessage",
    "ec2messages:GetEndpoint",
    "ec2messages:GetMessages",
    "ec2messages:SendReply",
];

/// Heartbeat and channels.
pub(super) fn channel(options: &NodeOptions, fields: &Fields) -> Vec<Statement> {
    if !options.names_nodes() {
        let opens = options.channel.unwrap_or(true);
        let mut actions = if opens { CHANNELS.to_vec() } else { Vec::new() };
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
    if options.has_heartbeat() && options.only_on_nodes {
        statements.extend(of_source(options, fields, "SessionManagerHeartbeat", HEARTBEAT, true));
    } else if options.has_heartbeat() {
        let nodes = fields.nodes_or_all(&options.instance_ids, &options.kinds);
        statements.push(allow("SessionManagerHeartbeat", &[HEARTBEAT], nodes));
    }
    // Tasks have the role too, and say no node when they open the channel.
    let is_any_source = options.instance_ids.is_empty() && !options.only_on_nodes;
    if options.channel.unwrap_or(true) {
        if is_any_source || options.kinds.contains(&NodeKind::Ecs) {
            statements.push(allow_all("SessionManagerChannels", &CHANNELS));
        } else {
            let ([control, others @ ..], sid) = (CHANNELS, "SessionManagerControlChannel");
            statements.extend(of_source(options, fields, sid, control, false));
            statements.push(allow_all("SessionManagerChannels", &others));
        }
    }
    statements
}

/// An action that knows which node asks, and each kind of node tells it by a key of its own: for these nodes, or for
/// every one where none is named. No policy can say "the node itself" here: a resource may not be a variable alone, and
/// the part of an instance's ARN after the account comes as a variable with actions of EC2 only.
///
/// Source: the service authorization reference of 2026-09 (`ec2:SourceInstanceARN`, `ssm:SourceInstanceARN`,
/// `ec2:InstanceID`); AWS's managed policy AWSEC2VssSnapshotPolicy; read 2026-11.
fn of_source(
    options: &NodeOptions,
    fields: &Fields,
    sid: &str,
    action: &str,
    is_on_node: bool,
) -> Vec<Statement> {
    let kinds = [
        (NodeKind::Ec2, "", "ec2:SourceInstanceARN"),
        (NodeKind::Hybrid, "Hybrid", "ssm:SourceInstanceARN"),
    ];
    let mut statements = Vec::new();
    for (kind, suffix, key) in kinds {
        let of_kind = options.instance_ids.iter().filter(|id| NodeKind::of(id) == kind);
        let named: Vec<_> = of_kind.map(|id| fields.node(id)).collect();
        let (operator, arns) = match options.instance_ids.as_slice() {
            [] if options.kinds.contains(&kind) => ("ArnLike", fields.nodes(&[kind])),
            _ => ("ArnEquals", named),
        };
        if !arns.is_empty() {
            let resources = if is_on_node { arns.clone() } else { vec!["*".to_owned()] };
            let mut statement = allow(&format!("{sid}{suffix}"), &[action], resources);
            when(&mut statement, operator, key, Strings::one_or_many(arns));
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
    if options.has_state_manager() {
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
