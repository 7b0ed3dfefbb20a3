//! POSTERN_SESSION_AS_PRINCIPAL_ARN.

use crate::aws::{has_wildcard, Arn, BaseOperator, Role};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_SESSION_AS_PRINCIPAL_ARN",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Session of a role as aws:PrincipalArn",
    why: "For a session of a role the key aws:PrincipalArn has the ARN of the role, not that of the session. A value that is the ARN of a session is the one of nobody: a condition for it never holds, and an exception for it exempts nobody.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "ssm:StartSession", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/ops/*"}}}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn",
    ),
    evidence: Evidence::Documented,
    check,
};

const KEY: &str = "aws:PrincipalArn";

fn check(context: &Context, report: &mut Report) {
    for entry in context.condition_entries().filter(|entry| entry.is(KEY)) {
        if entry.parsed.is_none_or(|operator| operator.base == BaseOperator::Null) {
            continue;
        }
        for value in entry.strings() {
            let arn = Arn::parse(value.text).filter(|arn| arn.service == "sts");
            let Some(arn) = arn.filter(|arn| arn.resource.starts_with("assumed-role")) else {
                continue;
            };
            let finding = report.at(
                value.place(),
                format!(
                    "{} is the ARN of a session. The key {KEY} has the ARN of the role instead, so this is the value of no \
                     request.",
                    value.text
                ),
            );
            finding.help(
                "Write the ARN of the role, with its path if it has one: arn:aws:iam::ACCOUNT:role/PATH/NAME. To tell \
                 sessions of a role apart, use aws:userid.",
            );
            // One session out of several cannot be told by the role.
            let role = Role::of_session(value.text).filter(|_| arn.resource.ends_with("/*"));
            if let Some(role) = role.filter(|role| !has_wildcard(role.name)) {
                let right =
                    format!("arn:{}:iam::{}:role/{}", role.partition, role.account, role.name);
                let edit = Edit::replace(value.node.span, quote(&right));
                finding.fix(Fix::unsafe_("Write the ARN of the role", [edit]));
            }
        }
    }
}
