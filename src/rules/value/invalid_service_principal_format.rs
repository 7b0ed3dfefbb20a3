//! INVALID_SERVICE_PRINCIPAL_FORMAT.

use super::calling_service::{is_calling_service, is_calling_service_in_region, is_service_label};
use super::scalar::{entries_of, scalars};
use crate::aws::Family;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_SERVICE_PRINCIPAL_FORMAT",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid service principal format",
    why: "AWS names a calling service in one form, and any other matches no request.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {"StringEquals": {"aws:CalledViaLast": "cloudformation"}}}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check,
};

/// The keys that hold services that call on somebody's behalf. Other keys with services have dotted names as well.
const CALLED_VIA: [&str; 3] = ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"];

fn check(context: &Context, report: &mut Report) {
    for entry in entries_of(context, Family::String) {
        let (is_right, form): (fn(&str) -> bool, _) = if entry.is("kms:ViaService") {
            (
                is_calling_service_in_region,
                "a service and its Region, such as ec2.eu-west-1.amazonaws.com",
            )
        } else if CALLED_VIA.iter().any(|key| entry.is(key)) {
            (is_calling_service, "a service, such as cloudformation.amazonaws.com")
        } else {
            continue;
        };
        for value in scalars(entry).filter(|value| value.is_literal(context)) {
            if is_right(value.text) {
                continue;
            }
            let details =
                format_args!("{} names {form}. \"{}\" has another form.", entry.key(), value.text);
            let finding = report.at(value.place(), details);
            finding.help("The names of services end in .amazonaws.com, .amazonaws.com.cn or, but for kms:ViaService, .amazon.com.");
            if is_calling_service(value.text.split_once('.').map_or("", |(_, rest)| rest)) {
                finding.help(
                    "Access Analyzer reports names of two labels, although AWS's own policies have some. Leave it if AWS's documentation has it so.",
                );
            }
            let lower = value.text.to_ascii_lowercase();
            let whole = format!("{lower}.amazonaws.com");
            let write = |text: &str| [Edit::replace(value.node.span, quote(text))];
            if is_right(&lower) {
                finding.fix(Fix::unsafe_(format!("Write {lower}"), write(&lower)));
            } else if is_service_label(&lower) && is_right(&whole) {
                finding.fix(Fix::unsafe_(format!("Write {whole}"), write(&whole)));
            }
        }
    }
}
