//! UNIQUE_SIDS_RECOMMENDED, UNIQUE_SIDS_REQUIRED: two statements with one Sid.

use super::free_sid::FreeSids;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::text::repeated;

pub(in crate::rules) static RECOMMENDED: Rule = Rule {
    code: "UNIQUE_SIDS_RECOMMENDED",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Resource],
    title: "Unique Sids recommended",
    why: "A Sid names a statement; logs and tools cannot tell two of the same name apart.",
    example: r#"{"Version": "2012-10-17", "Statement": [
  {"Sid": "A", "Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sqs:SendMessage", "Resource": "*"},
  {"Sid": "A", "Effect": "Allow", "Principal": {"AWS": "444455556666"}, "Action": "sqs:SendMessage", "Resource": "*"}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, "should"),
};

pub(in crate::rules) static REQUIRED: Rule = Rule {
    code: "UNIQUE_SIDS_REQUIRED",
    finding_type: FindingType::Error,
    policy_kinds: &[
        PolicyKind::Identity,
        PolicyKind::RoleTrust,
        PolicyKind::ServiceControl,
        PolicyKind::ResourceControl,
    ],
    title: "Unique Sids required",
    why: "IAM and Organizations refuse a policy in which two statements have the same Sid.",
    example: r#"{"Version": "2012-10-17", "Statement": [
  {"Sid": "A", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
  {"Sid": "A", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check(context, report, "must"),
};

fn check(context: &Context, report: &mut Report, must: &str) {
    let elements = context.document.statements.iter().filter_map(|statement| statement.sid);
    let (mut texts, mut places) = (Vec::new(), Vec::new());
    for element in elements {
        if let Some(sid) = element.text().filter(|sid| !sid.is_empty()) {
            texts.push(sid);
            places.push(element.place());
        }
    }
    let mut free = None;
    for at in repeated(&texts) {
        let (Some(sid), Some(place)) = (texts.get(at), places.get(at)) else { continue };
        let free = free
            .get_or_insert_with(|| FreeSids::of(context.document).without_mended(context.document));
        let new = free.take(sid);
        report
            .at(
                *place,
                format_args!("An earlier statement has the Sid {sid}, too. In this kind of policy Sids {must} be unique."),
            )
            .fix(Fix::safe(
                format!("Rename it to {new}"),
                [Edit::replace(place.span, quote(&new))],
            ));
    }
}
