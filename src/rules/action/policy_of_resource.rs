//! Which actions work in the policy of a resource, by the type of the resource.

use crate::aws::catalog::Action;
use crate::rules::{Context, PolicyKind};

/// A type of resource whose policy Access Analyzer knows.
pub(super) struct ResourceType {
    /// As AWS's API has it.
    pub name: &'static str,
    /// For people, with the article.
    pub display: &'static str,
    /// The service of the actions in such a policy.
    service: &'static str,
    /// The resource types of those actions; empty where every action of the service works.
    types: &'static [&'static str],
}

/// Source: the API of Access Analyzer, and the resource types of the actions in the service authorization reference,
/// read 2026-11.
const TYPES: &[ResourceType] = &[
    ResourceType {
        name: "AWS::S3::Bucket",
        display: "an S3 bucket",
        service: "s3",
        types: &["bucket", "object"],
    },
    ResourceType {
        name: "AWS::S3::AccessPoint",
        display: "an S3 access point",
        service: "s3",
        types: &["accesspoint", "accesspointobject", "object"],
    },
    ResourceType {
        name: "AWS::S3::MultiRegionAccessPoint",
        display: "an S3 Multi-Region Access Point",
        service: "s3",
        types: &["accesspoint", "accesspointobject", "multiregionaccesspoint", "object"],
    },
    ResourceType {
        name: "AWS::S3ObjectLambda::AccessPoint",
        display: "an S3 Object Lambda access point",
        service: "s3-object-lambda",
        types: &[],
    },
    ResourceType {
        name: "AWS::DynamoDB::Table",
        display: "a DynamoDB table",
        service: "dynamodb",
        types: &["table", "index"],
    },
];

/// Actions on a role by those who take it. Source: the IAM user guide on trust policies, read 2026-11.
const TRUST_ACTIONS: &[&str] = &[
    "AssumeRole",
    "AssumeRoleWithSAML",
    "AssumeRoleWithWebIdentity",
    "SetContext",
    "SetSourceIdentity",
    "TagSession",
];

/// The type of the resource that the policy is for, if it is one of those with rules of their own.
pub(super) fn resource_type(context: &Context) -> Option<&'static ResourceType> {
    let name = context.resource_type.filter(|_| context.kind == PolicyKind::Resource)?;
    TYPES.iter().find(|known| known.name == name)
}

/// What the policy is attached to, for people; `None` where any action works.
pub(super) fn display(context: &Context) -> Option<&'static str> {
    match context.kind {
        PolicyKind::RoleTrust => Some("a role"),
        _ => resource_type(context).map(|known| known.display),
    }
}

/// Whether the action works in the policy.
pub(super) fn supports_action(context: &Context, action: Action) -> bool {
    let service = action.service().prefix();
    if context.kind == PolicyKind::RoleTrust {
        return service == "sts" && TRUST_ACTIONS.contains(&action.name());
    }
    let Some(known) = resource_type(context) else { return true };
    service == known.service
        && (known.types.is_empty()
            || action.resource_types().any(|r| known.types.contains(&r.resource_type.name)))
}
