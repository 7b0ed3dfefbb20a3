//! AWS managed policies that roles with Session Manager often have, in their default version.
//!
//! The table is `src/data/managed.txt`; its README says where it comes from. A policy that AWS has changed since is
//! out of date here, so whoever shows it says the version and its date. Of ReadOnlyAccess only what some
//! capability asks for stands there, since it is longer than all others together.

use std::sync::LazyLock;

/// A managed policy of AWS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// Its name, unique among those of AWS.
    pub name: &'static str,
    /// Its path, `/` or such as `service-role/`.
    pub path: &'static str,
    /// The default version, such as `v2`.
    pub version: &'static str,
    /// The day that the version is from, as `2024-07-16`.
    pub date: &'static str,
    /// The document, or what of it some capability asks for.
    pub json: &'static str,
    /// Whether it is the whole document.
    pub is_whole: bool,
}

const TABLE: &str = include_str!("../data/managed.txt");

static POLICIES: LazyLock<Vec<ManagedPolicy>> = LazyLock::new(read);

/// All that are known, sorted by name.
pub fn managed_policies() -> &'static [ManagedPolicy] {
    &POLICIES
}

/// The policy with a name, as AWS writes it.
pub(super) fn find(name: &str) -> Option<&'static ManagedPolicy> {
    let at = POLICIES.binary_search_by(|policy| policy.name.cmp(name)).ok()?;
    POLICIES.get(at)
}

impl ManagedPolicy {
    /// Whether it denies something.
    pub(super) fn denies(&self) -> bool {
        self.json.contains("\"Deny\"")
    }
}

/// The policy with an ARN, in any partition.
pub(super) fn find_arn(arn: &str) -> Option<&'static ManagedPolicy> {
    let (_, resource) = arn.split_once(":iam::aws:policy/")?;
    let name = resource.rsplit('/').next()?;
    find(name).filter(|policy| policy.arn_ends(resource))
}

/// Whether a policy belongs to a role of AWS's own: IAM attaches it to no other.
///
/// Source: "Service-linked roles" of the IAM user guide, read 2026-11; the path is that of all their policies.
pub(super) fn is_of_service(name: &str, arn: Option<&str>) -> bool {
    name == "AmazonSSMServiceRolePolicy"
        || arn.is_some_and(|arn| arn.contains(":iam::aws:policy/aws-service-role/"))
}

impl ManagedPolicy {
    /// Its ARN in the partition `aws`.
    pub fn arn(&self) -> String {
        format!("arn:aws:iam::aws:policy/{}{}", self.path.trim_start_matches('/'), self.name)
    }

    fn arn_ends(&self, resource: &str) -> bool {
        resource.strip_suffix(self.name) == Some(self.path.trim_start_matches('/'))
    }
}

fn read() -> Vec<ManagedPolicy> {
    let mut lines = TABLE.lines().skip(1);
    let mut policies = Vec::new();
    while let (Some(head), Some(json)) = (lines.next(), lines.next()) {
        let mut words = head.split(' ');
        let mut word = || words.next().unwrap_or_default();
        let (name, path, version, date) = (word(), word(), word(), word());
        let is_whole = word() != "part";
        policies.push(ManagedPolicy { name, path, version, date, json, is_whole });
    }
    policies
}

#[cfg(test)]
mod tests {
    use super::{find, find_arn, managed_policies, TABLE};
    use crate::aws::text::matches_glob;
    use crate::document::Document;
    use crate::json::parse;
    use crate::policy::Policy;
    use crate::session::capabilities::capabilities;

    #[test]
    fn every_policy_is_one() {
        let policies = managed_policies();
        let mut head = TABLE.lines().next().unwrap().split(' ');
        let newest = policies.iter().map(|policy| policy.date).max();
        assert!(head.next() >= newest, "the table is older than what is in it");
        assert_eq!(head.next().unwrap().parse(), Ok(policies.len()));
        assert!(TABLE.is_ascii());
        for policy in policies {
            let parsed = parse(policy.json);
            assert_eq!(parsed.problem, None, "{}", policy.name);
            let root = parsed.root.unwrap();
            assert!(Policy::lower(&Document::new(&root)).is_ok(), "{}", policy.name);
            assert!(policy.version.starts_with('v') && policy.date.len() == 10, "{}", policy.name);
            assert_eq!(find(policy.name), Some(policy));
        }
        assert!(policies.windows(2).all(|two| two[0].name < two[1].name));
    }

    /// What ReadOnlyAccess says of the services of Session Manager and no capability asks for.
    const LEFT_OUT: &str = "ec2:DescribeInstanceImageMetadata ec2:ListImagesInRecycleBin \
        ec2:ListSnapshotsInRecycleBin ec2:SearchLocalGatewayRoutes \
        ec2:SearchTransitGatewayRoutes ecs:GetTaskProtection ecs:List* iam:Generate* \
        iam:Simulate* identitystore:DescribeGroup identitystore:DescribeGroupMembership \
        identitystore:GetGroupId identitystore:GetGroupMembershipId identitystore:GetUserId \
        identitystore:IsMemberInGroups identitystore:ListGroupMemberships \
        identitystore:ListGroupMembershipsForMember identitystore:ListGroups \
        identitystore:ListUsers kms:Describe* kms:Get* kms:List* logs:FilterLogEvents logs:Get* \
        logs:ListAggregateLogGroupSummaries logs:ListAnomalies logs:ListEntitiesForLogGroup \
        logs:ListIntegrations logs:ListLogAnomalyDetectors logs:ListLogDeliveries \
        logs:ListLogGroupsForEntity logs:ListLogGroupsForQuery logs:ListScheduledQueries \
        logs:ListSourcesForS3TableIntegration logs:ListTagsForResource logs:ListTagsLogGroup \
        logs:StartLiveTail logs:StartQuery logs:StopLiveTail logs:StopQuery \
        logs:TestMetricFilter s3:DescribeJob sso:Describe* sso:Get* sts:GetAccessKeyInfo \
        sts:GetCallerIdentity sts:GetSessionToken";
    const SERVICES: &str =
        "ec2 ec2-instance-connect ec2messages ecs iam identitystore kms logs s3 ssm ssm-guiconnect ssmmessages sso sts";

    #[test]
    fn nothing_that_is_asked_is_left_out_of_a_long_policy() {
        let mut problems = Vec::new();
        for request in capabilities().iter().flat_map(|capability| &capability.requests) {
            let action = request.action;
            let (service, _) = action.split_once(':').unwrap();
            let is_out = LEFT_OUT.split_whitespace().any(|pattern| matches_glob(pattern, action));
            if is_out || !SERVICES.split(' ').any(|known| known == service) {
                problems.push(format!(
                    "look for {action} in ReadOnlyAccess, and write it into managed.txt"
                ));
            }
        }
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn they_are_found_by_name_and_by_arn() {
        let core = find("AmazonSSMManagedInstanceCore");
        assert!(core.is_some());
        for (arn, expected) in [
            ("arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore", core),
            ("arn:aws-cn:iam::aws:policy/AmazonSSMManagedInstanceCore", core),
            (
                "arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM",
                find("AmazonEC2RoleforSSM"),
            ),
            ("arn:aws:iam::aws:policy/AmazonEC2RoleforSSM", None),
            ("arn:aws:iam::111122223333:policy/AmazonSSMManagedInstanceCore", None),
            ("AmazonSSMManagedInstanceCore", None),
        ] {
            assert_eq!(find_arn(arn), expected, "{arn}");
        }
        assert_eq!(find("amazonssmmanagedinstancecore"), None);
    }
}
