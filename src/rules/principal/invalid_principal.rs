//! POSTERN_INVALID_PRINCIPAL.

use crate::aws::{has_wildcard, is_account_id, placeholders, Arn, PrincipalType};
use crate::document::Str;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::principal::acceptance::Acceptance;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_INVALID_PRINCIPAL",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::RESOURCE_POLICIES,
    title: "Invalid principal",
    why: "AWS looks a principal up when the policy is saved, and refuses the policy when there is none. A text of another form is nobody.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::11112222333:root"},
    "Action": "sqs:SendMessage",
    "Resource": "*"
  }
}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
    ),
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        for entry in statement.principal_elements().flat_map(|principal| &principal.entries) {
            let Some(principal_type) = PrincipalType::from_name(&entry.key.text) else { continue };
            for value in entry.strings().filter(|value| !is_another_finding(value.text)) {
                if principal_type.may_be(value.text) {
                    continue;
                }
                let finding = report.at(value.place(), reason(principal_type, value.text));
                let Some(meant) = meant(principal_type, value) else {
                    finding.help(help(principal_type));
                    continue;
                };
                finding.help(format_args!("Did you mean {meant}?"));
                if Acceptance::of(context, statement).takes(principal_type, &meant) {
                    let edit = Edit::replace(value.node.span, quote(&meant));
                    finding.fix(Fix::unsafe_(format!("Write {meant}"), [edit]));
                }
            }
        }
    }
}

/// Whether it has a wildcard, or something that is still to be filled in.
fn is_another_finding(text: &str) -> bool {
    has_wildcard(text) || text.contains("${") || !placeholders(text, Arn::parse(text)).is_empty()
}

/// What is wrong with it.
fn reason(principal_type: PrincipalType, text: &str) -> String {
    let account = Arn::parse(text).map_or(text, |arn| arn.account);
    let is_number = !account.is_empty() && account.bytes().all(|b| b.is_ascii_digit());
    match principal_type {
        _ if text.is_empty() => "An empty text is nobody.".to_owned(),
        PrincipalType::Aws if is_number && !is_account_id(account) => {
            format!("{account} has {} digits, and the ID of an account has twelve.", account.len())
        }
        PrincipalType::Aws
            if Arn::parse(text).is_some_and(|arn| arn.resource.starts_with("group/")) =>
        {
            format!("{text} is a group, and groups are no principals.")
        }
        PrincipalType::Aws => {
            format!("{text} is not the root of an account, a user, a role or a session.")
        }
        PrincipalType::Service => format!("{text} is not the name of a service."),
        PrincipalType::CanonicalUser => {
            format!("{text} is not a canonical user ID, which has 64 hexadecimal digits.")
        }
        PrincipalType::Federated => format!("{text} is not an identity provider."),
    }
}

fn help(principal_type: PrincipalType) -> &'static str {
    match principal_type {
        PrincipalType::Service => {
            "Write the name as its service prints it, such as ec2.amazonaws.com."
        }
        PrincipalType::CanonicalUser => "Write the account under AWS instead.",
        _ => "Write the ID of an account, or an ARN such as arn:aws:iam::ACCOUNT:role/NAME.",
    }
}

/// The name of a service whose domain is missing or cut short.
fn meant(principal_type: PrincipalType, value: Str) -> Option<String> {
    let label = value.text.strip_suffix(".amazon.com").unwrap_or(value.text);
    let is_label = !label.is_empty()
        && label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (principal_type == PrincipalType::Service && is_label).then(|| format!("{label}.amazonaws.com"))
}
