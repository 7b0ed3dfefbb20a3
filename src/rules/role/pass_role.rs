//! PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE, PASS_ROLE_WITH_NOT_RESOURCE, PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE,
//! PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE, PASS_ROLE_WITH_STAR_IN_RESOURCE,
//! PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: roles that nobody named.

use super::reach::{check, Given, Reach, RoleAction};
use crate::aws::BaseOperator;
use crate::document::Statement;
use crate::finding::FindingType;
use crate::rules::{Evidence, PolicyKind, Rule, Source};

pub(in crate::rules) static WITH_NOT_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "PASS_ROLE_WITH_NOT_ACTION_AND_NOT_RESOURCE",
    title: "Pass role with NotAction and NotResource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}]}"#,
    check: |context, report| {
        check(context, report, &PASS_ROLE, Given::NotAction, Reach::NotResource)
    },
    ..RULE
};

pub(in crate::rules) static WITH_NOT_RESOURCE: Rule = Rule {
    code: "PASS_ROLE_WITH_NOT_RESOURCE",
    title: "Pass role with NotResource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "NotResource": "arn:aws:iam::111122223333:role/admin"}]}"#,
    check: |context, report| check(context, report, &PASS_ROLE, Given::Name, Reach::NotResource),
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_ACTION_AND_NOT_RESOURCE: Rule = Rule {
    code: "PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOT_RESOURCE",
    title: "Pass role with star in action and NotResource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "NotResource": "arn:aws:iam::111122223333:role/admin"}]}"#,
    check: |context, report| check(context, report, &PASS_ROLE, Given::Pattern, Reach::NotResource),
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_ACTION_AND_RESOURCE: Rule = Rule {
    code: "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
    title: "Pass role with star in action and resource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}"#,
    evidence: Evidence::Observed,
    check: |context, report| check(context, report, &PASS_ROLE, Given::Pattern, Reach::Star),
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_RESOURCE: Rule = Rule {
    code: "PASS_ROLE_WITH_STAR_IN_RESOURCE",
    title: "Pass role with star in resource",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:PassRole", "Resource": "*"}]}"#,
    evidence: Evidence::Observed,
    check: |context, report| check(context, report, &PASS_ROLE, Given::Name, Reach::Star),
    ..RULE
};

pub(in crate::rules) static WITH_STAR_IN_RESOURCE_AND_NOT_ACTION: Rule = Rule {
    code: "PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION",
    title: "Pass role with star in resource and NotAction",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "NotAction": "s3:*", "Resource": "*"}]}"#,
    check: |context, report| check(context, report, &PASS_ROLE, Given::NotAction, Reach::Star),
    ..RULE
};

/// What the six have in common.
const RULE: Rule = Rule {
    code: "",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::Identity],
    title: "",
    why: "Who may pass any role to a service can use the permissions of every role that the service takes, an administrator's included.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |_, _| {},
};

const PASS_ROLE: RoleAction = RoleAction {
    name: "iam:PassRole",
    does: "hands a role to a service",
    is_scoped,
    or_else: ", or say for which service with a condition on iam:PassedToService",
};

/// Services for which AWS was seen silent though the operator had `IfExists`, alone or in a list with others, in five
/// policies of its own; for autoscaling, codebuild, ec2 and iam it was seen to report the same. AWS gives no reason, so
/// of all other services nothing is known, and they are reported. The days of these answers are not recorded.
const TOLD_IF_IT_EXISTS: &[&str] = &["elasticbeanstalk.amazonaws.com", "lambda.amazonaws.com"];

/// Whether the service or what the role is for is told. `IfExists` does not tell it, but for a few services.
fn is_scoped(statement: &Statement) -> bool {
    statement.condition.entries.iter().any(|entry| {
        let Some(operator) = entry.parsed else { return false };
        let mut services = entry.strings();
        let tells = operator.base != BaseOperator::Null
            && !operator.base.is_negated()
            && (!operator.if_exists || services.any(|s| TOLD_IF_IT_EXISTS.contains(&s.text)));
        (tells && entry.is("iam:PassedToService")) || entry.is("iam:AssociatedResourceArn")
    })
}
