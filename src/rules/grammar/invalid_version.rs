//! INVALID_VERSION.

use super::set_version::{set_version, VERSION_2012};
use crate::document::Language;
use crate::edit::Fix;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_VERSION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid version",
    why:
        "The version names the policy language, not the policy; IAM has two, and refuses any other.",
    example: r#"{"Version": "2024-01-01", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    let Some(element) = document.version else { return };
    let (Some(version), Language::Unknown) = (element.text(), document.language()) else {
        return;
    };
    let details = match version {
        "" => "The Version is empty.".to_owned(),
        _ => format!("The policy language has no version {version}."),
    };
    let finding = report.at(element.place(), details);
    finding.help(
        "The versions are 2012-10-17 and the older 2008-10-17, which has no policy variables.",
    );
    if let Some(edit) = set_version(context) {
        finding.fix(Fix::unsafe_(format!("Set the version to {VERSION_2012}"), [edit]));
    }
}
