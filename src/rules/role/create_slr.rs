//! CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE, CREATE_SLR_WITH_NOT_RESOURCE, CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
//! CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE, CREATE_SLR_WITH_STAR_IN_RESOURCE,
//! CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: roles that nobody named.

use super::reach::{check, Given, Reach, RoleAction};
use crate::aws::{has_wildcard, BaseOperator};
use crate::document::Statement;
use crate::finding::FindingType;
use crate::rules::{Evidence, PolicyKind, Rule, Source};

pub(in crate::rules) static WITH_NOT_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "CREATE_SLR_WITH_NOT_ACTION_AND_NOT_RESOURCE",
    title: "Create SLR with NotAction and NotResource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}]}"#,
    check: |context, report| {
        check(context, report, &CREATE_SLR, Given::NotAction, Reach::NotResource)
    },
    ..RULE
};

pub(in crate::rules) static WITH_NOT_RESOURCE: Rule = Rule {
    code: "CREATE_SLR_WITH_NOT_RESOURCE",
    title: "Create SLR with NotResource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "NotResource": "arn:aws:iam::111122223333:role/admin"}]}"#,
    check: |context, report| check(context, report, &CREATE_SLR, Given::Name, Reach::NotResource),
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
    title: "Create SLR with star in action and NotResource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}]}"#,
    check: |context, report| {
        check(context, report, &CREATE_SLR, Given::Pattern, Reach::NotResource)
    },
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_ACTION_AND_RESOURCE: Rule = Rule {
    code: "CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE",
    title: "Create SLR with star in action and resource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}"#,
    evidence: Evidence::Observed,
    check: |context, report| check(context, report, &CREATE_SLR, Given::Pattern, Reach::Star),
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_RESOURCE: Rule = Rule {
    code: "CREATE_SLR_WITH_STAR_IN_RESOURCE",
    title: "Create SLR with star in resource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:CreateServiceLinkedRole", "Resource": "*"}]}"#,
    evidence: Evidence::Observed,
    check: |context, report| check(context, report, &CREATE_SLR, Given::Name, Reach::Star),
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: Rule = Rule {
    code: "CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
    title: "Create SLR with star in resource and NotAction",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}]}"#,
    check: |context, report| check(context, report, &CREATE_SLR, Given::NotAction, Reach::Star),
    ..RULE
};

/// What the six have in common.
const RULE: Rule = Rule {
    code: "",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity],
    title: "",
    why: "Who may make any service-linked role can give any service of AWS the permissions that it has reserved for itself in the account.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |_, _| {},
};

const CREATE_SLR: RoleAction = RoleAction {
    name: "iam:CreateServiceLinkedRole",
    does: "makes a role for a service of AWS",
    is_scoped,
    or_else: ", or the service with a condition on iam:AWSServiceName",
};

/// Whether the service is told, and by its whole name.
fn is_scoped(statement: &Statement) -> bool {
    statement.condition.entries.iter().any(|entry| {
        let Some(operator) = entry.parsed else { return false };
        entry.is("iam:AWSServiceName")
            && operator.base != BaseOperator::Null
            && !operator.base.is_negated()
            && !operator.if_exists
            && entry.strings().all(|value| !has_wildcard(value.text))
    })
}
