//! ARN_ACCOUNT_NOT_ALLOWED, INVALID_ARN_ACCOUNT, MISSING_ARN_ACCOUNT: the fifth field of an ARN.

use super::resources::{offer, with_problem};
use crate::aws::{is_account_id, split_fields, ArnProblem};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static NOT_ALLOWED: Rule = Rule {
    code: "ARN_ACCOUNT_NOT_ALLOWED",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "ARN account not allowed",
    why: "Where all resources of a kind have no account in their ARN, an ARN with one matches none of them.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3::111122223333:demo-bucket"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_not_allowed,
};

pub(in crate::rules) static INVALID: Rule = Rule {
    code: "INVALID_ARN_ACCOUNT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid ARN account",
    why: "The id of an account has twelve digits. No resource belongs to any other.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:kms:us-east-1:11112222333:key/k"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_invalid,
};

pub(in crate::rules) static MISSING: Rule = Rule {
    code: "MISSING_ARN_ACCOUNT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing ARN account",
    why: "Where all resources of a kind have an account in their ARN, an ARN without one matches none of them.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:iam:::role/app"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_missing,
};

fn check_not_allowed(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::AccountNotAllowed) {
        let Some([_, _, service, _, account, _]) = split_fields(entry.text) else { continue };
        let details = format_args!(
            "{} has the account {account}. Such an ARN of {service} has none.",
            entry.text
        );
        let finding = report.at(entry.place(), details);
        finding.help("Leave the field empty.");
        offer(finding, entry, 4, "");
    }
}

fn check_invalid(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::InvalidAccount) {
        let Some([_, _, _, _, account, _]) = split_fields(entry.text) else { continue };
        let details =
            format_args!("{account} is not the id of an account, which has twelve digits.");
        let finding = report.at(entry.place(), details);
        let digits: String = account.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
        if is_account_id(&digits) {
            finding.help(format!("Write {digits}."));
            offer(finding, entry, 4, &digits);
        } else {
            finding.help("Write the twelve digits, or * for any account.");
        }
    }
}

fn check_missing(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::MissingAccount) {
        let Some([_, _, service, _, _, resource]) = split_fields(entry.text) else { continue };
        let details = format_args!(
            "{} has no account. The ARN of {resource} in {service} needs one.",
            entry.text
        );
        let finding = report.at(entry.place(), details);
        finding.help("Write the twelve digits of the account, or * for any.");
        offer(finding, entry, 4, "*");
    }
}
