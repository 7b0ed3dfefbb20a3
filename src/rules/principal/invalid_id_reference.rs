//! INVALID_ROLE_REFERENCE, INVALID_USER_REFERENCE: the id of somebody who is gone stands in place of an ARN.

use crate::aws::{PrincipalType, UniqueId};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static ROLE: Rule = Rule {
    code: "INVALID_ROLE_REFERENCE",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Invalid role reference",
    why: "IAM puts the id of a role in place of its ARN once the role is deleted; a new role of the same name \
          has another id.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"AWS": "AROA1234567890EXAMPLE"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::data/*"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, UniqueId::Role),
};

pub(in crate::rules) static USER: Rule = Rule {
    code: "INVALID_USER_REFERENCE",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Invalid user reference",
    why: "IAM puts the id of a user in place of the ARN once the user is deleted; a new user of the same name \
          has another id.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"AWS": "AIDACKCEVSQ6C2EXAMPLE"},
    "Action": "s3:GetObject",
    "Resource": "arn:aws:s3:::data/*"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, UniqueId::User),
};

fn check(context: &Context, report: &mut Report, looked_for: UniqueId) {
    let what = match looked_for {
        UniqueId::Role => "role",
        UniqueId::User => "user",
    };
    for statement in &context.document.statements {
        let elements = statement.principal_elements();
        for value in elements.flat_map(|p| p.of_type(PrincipalType::Aws.name())) {
            if UniqueId::parse(value.text) == Some(looked_for) {
                report
                    .at(
                        value.place(),
                        format_args!(
                            "{} is the id of a {what}, which IAM shows when the {what} is deleted.",
                            value.text
                        ),
                    )
                    .help(format_args!(
                        "Write the ARN of a {what} that exists, or take the entry out."
                    ));
            }
        }
    }
}
