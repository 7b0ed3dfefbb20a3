//! SESSION_CHANNEL_WITHOUT_HEARTBEAT.

use super::grants::{allows, named};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SESSION_CHANNEL_WITHOUT_HEARTBEAT",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Identity],
    title: "Channels without ssm:UpdateInstanceInformation",
    why: "The agent on a node first reports the node with ssm:UpdateInstanceInformation. Without that action it does not use the role, and opens no channel.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"], "Resource": "*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-add-permissions-to-existing-profile.html",
    ),
    evidence: Evidence::Documented,
    check,
};

/// What a node needs for sessions besides its report.
const CHANNELS: [&str; 4] = [
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
];

const HEARTBEAT: &str = "ssm:UpdateInstanceInformation";

fn check(context: &Context, report: &mut Report) {
    let statements = &context.document.statements;
    let is_allowed = |action: &str| statements.iter().any(|statement| allows(statement, action));
    let [control, ..] = CHANNELS;
    let mut of_nodes = statements.iter().filter(|statement| allows(statement, control));
    let Some(first) = of_nodes.find_map(|statement| named(statement, control)) else { return };
    if CHANNELS.iter().all(|action| is_allowed(action)) && !is_allowed(HEARTBEAT) {
        report
            .at(
                first.place(),
                format_args!(
                    "The policy allows a node to open session channels, but not {HEARTBEAT}, with which the \
                     agent reports the node before it opens any."
                ),
            )
            .help(format_args!(
                "If no other policy of the role allows it, allow {HEARTBEAT} too. A task of Amazon ECS does not \
                 need it."
            ));
    }
}
