//! SESSION_DOCUMENT_ARN_ACCOUNT.

use crate::aws::{split_fields, SessionDocument};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SESSION_DOCUMENT_ARN_ACCOUNT",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Account of a session document",
    why: "The ARNs of AWS's own documents have no account ID, those of an account's documents have one. An ARN with the wrong one of the two matches no document.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ssm:us-east-1:444455556666:document/AWS-StartSSHSession"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html",
    ),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for entry in context.document.statements.iter().flat_map(|s| s.resource_entries()) {
        let Some(document) = entry.arn.and_then(SessionDocument::of) else { continue };
        let has_account = !document.account.bytes().all(|b| b == b'*');
        let (details, title, account) = if document.has_name_of_aws() && has_account {
            let details = format!(
                "Documents called {} belong to AWS, and their ARNs have no account ID. {} matches none.",
                document.name, entry.text
            );
            (details, "Take the account out", "")
        } else if document.name == SessionDocument::PREFERENCES && document.account.is_empty() {
            let details = format!(
                "The document {} belongs to an account, and its ARN has that account's ID. {} matches none.",
                document.name, entry.text
            );
            (details, "Let the document be of any account", "*")
        } else {
            continue;
        };
        let finding = report.at(entry.place(), details);
        if account == "*" {
            finding.help("Write the account ID between the last two colons.");
        }
        if let Some(mut fields) = split_fields(entry.text) {
            if let Some(field) = fields.get_mut(4) {
                *field = account;
            }
            let edit = Edit::replace(entry.node.span, quote(&fields.join(":")));
            finding.fix(Fix::unsafe_(title, [edit]));
        }
    }
}
