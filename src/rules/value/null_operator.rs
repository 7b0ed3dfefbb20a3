//! NULL_WITH_IF_EXISTS, NULL_WITH_QUALIFIER: what Null is written with in vain.

use super::operators::has_name;
use crate::aws::{without_if_exists, Qualifier};
use crate::edit::{Edit, Fix};
use crate::finding::{Finding, FindingType};
use crate::json::{quote, Member, Place};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static IF_EXISTS: Rule = Rule {
    code: "NULL_WITH_IF_EXISTS",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Null with if exists",
    why: "Null asks whether the key is there, and IfExists excuses its absence; IAM refuses the two together.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"NullIfExists": {"aws:TokenIssueTime": "true"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_if_exists,
};

pub(in crate::rules) static QUALIFIER: Rule = Rule {
    code: "NULL_WITH_QUALIFIER",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Null with qualifier",
    why:
        "Null asks whether the key is there, not what its values are, so a qualifier says nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"ForAllValues:Null": {"aws:TagKeys": "true"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_qualifier,
};

fn check_if_exists(context: &Context, report: &mut Report) {
    for (members, member) in operators(context) {
        let operator = member.key.text.as_ref();
        let (_, base) = Qualifier::split(operator);
        let (Some(null), Some(without)) = (without_if_exists(base), without_if_exists(operator))
        else {
            continue;
        };
        if null.eq_ignore_ascii_case("Null") {
            let details =
                "Null asks whether the request has the key, so IfExists cannot stand after it.";
            let finding = report.at(Place::of_key(&member.key), details);
            // IAM may take it as an operator that never holds.
            rename(finding, members, member, without, Fix::unsafe_);
        }
    }
}

fn check_qualifier(context: &Context, report: &mut Report) {
    for (members, member) in operators(context) {
        let (qualifier, base) = Qualifier::split(&member.key.text);
        if qualifier.is_some() && base.eq_ignore_ascii_case("Null") {
            let details = format_args!(
                "{} does not look at the values of its keys, only at whether the request has the keys.",
                member.key.text,
            );
            let finding = report.at(Place::of(&member.value), details);
            rename(finding, members, member, base, Fix::unsafe_);
        }
    }
}

/// Every operator of the document, with its neighbours.
fn operators<'c>(context: &'c Context) -> impl Iterator<Item = (&'c [Member<'c>], &'c Member<'c>)> {
    let conditions = context.document.statements.iter().filter_map(|s| s.condition.element);
    conditions
        .map(|condition| condition.value.as_object().unwrap_or_default())
        .flat_map(|members| members.iter().map(move |member| (members, member)))
}

/// Gives the operator another name, if none of its neighbours has it.
fn rename(
    finding: &mut Finding,
    members: &[Member],
    member: &Member,
    name: &str,
    fix: fn(String, [Edit; 1]) -> Fix,
) {
    if has_name(members, name) {
        finding.help(format_args!("Move the keys to {name}."));
    } else {
        let edit = Edit::replace(member.key.span, quote(name));
        finding.fix(fix(format!("Write {name}"), [edit]));
    }
}
