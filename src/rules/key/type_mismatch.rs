//! TYPE_MISMATCH, STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS: whether the operator compares what the key holds.

use super::rename_operator::rename_operator;
use crate::aws::catalog::ConditionKey;
use crate::aws::{BaseOperator, Family, Qualifier};
use crate::document::ConditionEntry;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::{Evidence, PolicyKind, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "TYPE_MISMATCH",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Type mismatch",
    why: "The operator compares values of another kind than the key has, so the condition may never match.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"StringEquals": {"aws:ViaAWSService": "true"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| {
        for statement in &context.document.statements {
            for entry in &statement.condition.entries {
                let (Some(operator), Some(key)) = (entry.parsed, entry.known) else {
                    continue;
                };
                if fits(operator.base.family(), key) {
                    continue;
                }
                let details = format_args!(
                    "{} compares {}, and {} holds {}.",
                    entry.operator.text,
                    in_words(operator.base.family()),
                    entry.key(),
                    in_words(key.family),
                );
                let finding = report.at(entry.key_place(), details);
                finding.help(format_args!("Use an operator for {}.", with_example(key.family)));
                let is_truth = operator.base == BaseOperator::StringEquals
                    && key.family == Family::Bool
                    && is_one_truth_value(entry);
                let to = entry.operator.text.replace("StringEquals", "Bool");
                if let Some(edit) = is_truth.then(|| rename_operator(&statement.condition, entry, &to)).flatten() {
                    finding.fix(Fix::unsafe_(format!("Change to {to}"), [edit]));
                }
            }
        }
    },
};

pub(in crate::rules) static STRING_LIKE: Rule = Rule {
    code: "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: PolicyKind::ALL,
    title: "StringLike operator with ARN condition keys",
    why: "In a text a wildcard also runs over the colons between the fields of an ARN, and matches ARNs that were not meant.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*", "Condition": {"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/*"}}}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| {
        for statement in &context.document.statements {
            for entry in &statement.condition.entries {
                let Some(operator) = entry.parsed else { continue };
                let to = match operator.base {
                    BaseOperator::StringLike => BaseOperator::ArnLike,
                    BaseOperator::StringNotLike => BaseOperator::ArnNotLike,
                    _ => continue,
                };
                if entry.known.is_none_or(|key| key.family != Family::Arn) {
                    continue;
                }
                let (_, bare) = Qualifier::split(&entry.operator.text);
                let to = entry.operator.text.replace(bare, to.name()) + if operator.if_exists { "IfExists" } else { "" };
                let details = format_args!(
                    "{} holds an ARN, and the wildcards of {} run over the colons between its fields.",
                    entry.key(),
                    entry.operator.text
                );
                let finding = report.at(entry.key_place(), details);
                finding.help(format_args!("{to} compares field by field."));
                if let Some(edit) = rename_operator(&statement.condition, entry, &to) {
                    finding.fix(Fix::unsafe_(format!("Change to {to}"), [edit]));
                }
            }
        }
    },
};

/// Whether an operator suits the key. Texts and ARNs are compared with each other's operators in practice; the Like
/// forms on ARNs have a finding of their own.
fn fits(operator: Family, key: ConditionKey) -> bool {
    match (operator, key.family) {
        (Family::Null, _) => true,
        (Family::String | Family::Arn, Family::String | Family::Arn) => true,
        // Both keys count seconds as well.
        (Family::Numeric, Family::Date) => {
            ["aws:EpochTime", "aws:TokenIssueTime"].contains(&key.name)
        }
        (operator, key) => operator == key,
    }
}

fn is_one_truth_value(entry: &ConditionEntry) -> bool {
    let mut strings = entry.strings().map(|value| value.text);
    entry.values().len() == 1 && strings.all(|text| ["true", "false"].contains(&text))
}

/// What an operator compares, and one that does.
fn with_example(family: Family) -> String {
    let operator = match family {
        Family::String => "StringEquals",
        Family::Numeric => "NumericEquals",
        Family::Date => "DateLessThan",
        Family::Bool => "Bool",
        Family::Binary => "BinaryEquals",
        Family::IpAddress => "IpAddress",
        Family::Arn => "ArnLike",
        Family::Null => "Null",
    };
    format!("{}, such as {operator}", in_words(family))
}

fn in_words(family: Family) -> &'static str {
    match family {
        Family::String => "texts",
        Family::Numeric => "numbers",
        Family::Date => "dates",
        Family::Bool => "true or false",
        Family::Binary => "bytes",
        Family::IpAddress => "IP addresses",
        Family::Arn => "ARNs",
        Family::Null => "presence",
    }
}
