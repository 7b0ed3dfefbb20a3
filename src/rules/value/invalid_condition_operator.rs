//! INVALID_CONDITION_OPERATOR.

use super::operators::has_name;
use crate::aws::{nearest, without_if_exists, BaseOperator, ConditionOperator, Qualifier};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{quote, Place};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_CONDITION_OPERATOR",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid condition operator",
    why: "IAM refuses a policy with an operator that it does not know.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringMatches": {"s3:prefix": "home"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut known = None;
    for condition in context.document.statements.iter().filter_map(|s| s.condition.element) {
        let members = condition.value.as_object().unwrap_or_default();
        for member in members {
            let operator = member.key.text.as_ref();
            if ConditionOperator::parse(operator).is_some() || is_null_if_exists(operator) {
                continue;
            }
            let details = format_args!("\"{operator}\" is no condition operator.");
            let finding = report.at(Place::of_key(&member.key), details);
            let known = known.get_or_insert_with(operators);
            let Some(meant) = nearest(operator, known.iter().map(String::as_str)) else {
                finding.help("The operators are named for what they compare: String, Numeric, Date, Bool, Binary, IpAddress, Arn and Null. ForAllValues: or ForAnyValue: may stand before the name, and IfExists after it.");
                continue;
            };
            finding.help(format_args!("Did you mean {meant}?"));
            if !has_name(members, meant) {
                let edit = Edit::replace(member.key.span, quote(meant));
                finding.fix(Fix::unsafe_(format!("Compare with {meant}"), [edit]));
            }
        }
    }
}

/// NullIfExists is a mistake of its own.
fn is_null_if_exists(operator: &str) -> bool {
    let (_, base) = Qualifier::split(operator);
    without_if_exists(base).is_some_and(|base| base.eq_ignore_ascii_case("Null"))
}

/// Every operator in every form.
fn operators() -> Vec<String> {
    let mut names = Vec::new();
    for qualifier in ["", "ForAllValues:", "ForAnyValue:"] {
        for (name, base) in BaseOperator::ALL {
            names.push(format!("{qualifier}{name}"));
            if base != BaseOperator::Null {
                names.push(format!("{qualifier}{name}IfExists"));
            }
        }
    }
    names
}
