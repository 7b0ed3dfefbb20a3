//! WILDCARD_WITHOUT_LIKE_OPERATOR.

use super::operators::{has_operator, operators, with_base};
use super::scalar::scalars;
use super::too_permissive::{is_too_permissive, names_somebody, Varies};
use crate::aws::{has_wildcard, without_variables, BaseOperator, Family};
use crate::document::{Condition, ConditionEntry, Str};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "WILDCARD_WITHOUT_LIKE_OPERATOR",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Wildcard without like operator",
    why: "Only the Like operators know wildcards; elsewhere a star is a star, and hardly any value has one.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"s3:prefix": "home/*"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for condition in context.document.statements.iter().map(|s| &s.condition) {
        for below in operators(condition) {
            check_operator(context, report, condition, below);
        }
    }
}

fn check_operator(
    context: &Context,
    report: &mut Report,
    condition: &Condition,
    below: &[ConditionEntry],
) {
    let Some((first, base)) = below.first().and_then(|first| Some((first, first.parsed?.base)))
    else {
        return;
    };
    if base.family() != Family::String || base.takes_wildcards() {
        return;
    }
    let like = like(base).and_then(|like| with_base(first, like));
    // Whether the operator may have that name; asked once, and only when somebody wants to know.
    let mut may_be_like = None;
    for entry in below {
        let has_star =
            |value: &Str| has_wildcard(value.text) && has_wildcard(&without_variables(value.text));
        let Some(value) = entry.strings().find(has_star) else { continue };
        let details = format_args!(
            "{} takes the wildcard in {} as a plain character.",
            entry.operator.text, value.text,
        );
        let finding = report.at(value.place(), details);
        let Some(name) = &like else {
            finding.help("No Like operator ignores case. List the values that are meant.");
            continue;
        };
        if *may_be_like.get_or_insert_with(|| {
            !has_operator(condition, name) && !lets_in_too_many(context, below)
        }) {
            let edit = Edit::replace(entry.operator.span, quote(name));
            finding.fix(Fix::unsafe_(format!("Compare with {name}"), [edit]));
        } else {
            finding.help(format_args!("If a pattern is meant, compare with {name}."));
        }
    }
}

/// The operator that knows wildcards and else does the same.
fn like(base: BaseOperator) -> Option<BaseOperator> {
    match base {
        BaseOperator::StringEquals => Some(BaseOperator::StringLike),
        BaseOperator::StringNotEquals => Some(BaseOperator::StringNotLike),
        _ => None,
    }
}

/// Whether one of the keys needs a name, and would get a pattern.
fn lets_in_too_many(context: &Context, below: &[ConditionEntry]) -> bool {
    below.iter().any(|entry| {
        names_somebody(context, entry.key()).is_some_and(|why| {
            let is_too_much = |value, by| is_too_permissive(context, why, value, by);
            scalars(entry).any(|value| {
                is_too_much(value, Varies::Wildcard) || is_too_much(value, Varies::Variable)
            })
        })
    })
}
