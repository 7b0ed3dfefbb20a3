//! UNSUPPORTED_SID.

use super::free_sid::FreeSids;
use super::remove_member::remove_member;
use crate::aws::{is_sid, to_sid};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "UNSUPPORTED_SID",
    finding_type: FindingType::Error,
    // Other services than IAM and Organizations take more: the default policy of a KMS key has blanks in its Sid.
    policy_kinds: &[
        PolicyKind::Identity,
        PolicyKind::RoleTrust,
        PolicyKind::ServiceControl,
        PolicyKind::ResourceControl,
    ],
    title: "Unsupported Sid",
    why: "IAM and Organizations refuse a Sid that has anything but ASCII letters and digits in it.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Sid": "read-only", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut free = None;
    for statement in &context.document.statements {
        let Some(element) = statement.sid else { continue };
        let Some(sid) = element.text().filter(|sid| !is_sid(sid)) else {
            continue;
        };
        let wanted = to_sid(sid);
        let details = match wanted.as_str() {
            "" => "The Sid has no ASCII letter or digit in it.".to_owned(),
            _ => format!(
                "The Sid {sid} has a character that is neither an ASCII letter nor a digit."
            ),
        };
        let finding = report.at(element.place(), details);
        if wanted.is_empty() {
            let edits = remove_member(statement.node, "Sid");
            finding.fix(Fix::safe("Remove the Sid", edits));
            continue;
        }
        let free = free.get_or_insert_with(|| FreeSids::of(context.document));
        let new = free.take(&wanted);
        finding.fix(Fix::safe(
            format!("Rename it to {new}"),
            [Edit::replace(element.value.span, quote(&new))],
        ));
    }
}
