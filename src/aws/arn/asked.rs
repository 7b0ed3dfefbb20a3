//! What services ask IAM for where AWS names no resource but `*`, as their messages tell.
//!
//! That a statement on such an ARN grants something is not documented, and that it grants nothing is not so either.
//! Source: messages of "is not authorized to perform" in public issues and repositories, read 2026-11: of
//! ssm:GetCommandInvocation, ssm:ListCommandInvocations and ssm:DescribeInstanceInformation, ec2messages:GetMessages,
//! ssmmessages:CreateControlChannel and ssmmessages:CreateDataChannel, the latter two of instances and of tasks.

use super::Arn;

/// Services of actions, and the ARNs that were seen.
const ASKED: [(&str, &[&str]); 3] = [
    ("ssm", &["arn:${Partition}:ssm:${Region}:${Account}:*"]),
    ("ec2messages", &["arn:${Partition}:ssm:${Region}:${Account}:*"]),
    (
        "ssmmessages",
        &[
            "arn:${Partition}:ssmmessages:${Region}:${Account}:*",
            "arn:${Partition}:ecs:${Region}:${Account}:task/${ClusterName}/${TaskId}",
        ],
    ),
];

/// Whether ECS Exec is refused where its cluster is not allowed, of which AWS's own texts say two things.
///
/// Source: the service authorization reference of 2026-09, which requires cluster and task; the Amazon ECS developer guide,
/// "Using IAM policies to limit access to ECS Exec", whose policy allows the task alone, and AWS's script
/// check-ecs-exec.sh, which looks at the task alone; denials of ecs:ExecuteCommand that name a cluster, in public threads
/// (containers-roadmap 1050 among them); read 2026-11.
pub const CLUSTER_OF_ECS_EXEC: &str =
    "Whether the cluster must be allowed too is not settled: AWS's service authorization reference asks for cluster and \
     task, and people were refused on the cluster; AWS's guide and its check of ECS Exec name the task alone.";

/// What the service of an action may ask for where AWS names no resource of it: ARNs with placeholders.
pub fn asked_for_star(service: &str) -> &'static [&'static str] {
    ASKED.iter().find(|(of, _)| *of == service).map_or(&[], |(_, templates)| templates)
}

/// Whether an ARN or a pattern may be for what the service of such an action asks for.
pub(super) fn may_be_asked(service: &str, arn: Arn) -> bool {
    let kind = |resource: &str| resource.split('/').next().map(str::to_owned);
    let mut asked = asked_for_star(service).iter().filter_map(|template| Arn::parse(template));
    asked.any(|asked| {
        let is_everything = !arn.resource.is_empty() && arn.resource.bytes().all(|b| b == b'*');
        arn.service == asked.service
            && (is_everything || kind(arn.resource) == kind(asked.resource))
    })
}
