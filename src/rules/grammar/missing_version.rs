//! MISSING_VERSION.

use super::set_version::set_version;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::variable::places_of_variables::legal_strings;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_VERSION",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Missing version",
    why: "Without Version a policy is read as one of 2008-10-17, in which policy variables are plain text.",
    example: r#"{"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    if document.root.as_object().is_none() || document.version.is_some() {
        return;
    }
    let finding = report.at(
        Place::of(document.root),
        "The policy has no Version, so that it is read as one of 2008-10-17, without policy variables.",
    );
    let Some(edit) = set_version(context) else {
        finding.help(
            "Set the version to 2012-10-17. Look at its spelling and at the policy variables first.",
        );
        return;
    };
    let title = "Add version 2012-10-17";
    let has_variables = legal_strings(context).any(|string| string.text.contains("${"));
    finding.fix(if has_variables { Fix::unsafe_(title, [edit]) } else { Fix::safe(title, [edit]) });
}
