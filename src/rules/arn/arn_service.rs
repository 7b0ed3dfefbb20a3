//! INVALID_ARN_SERVICE_CASE, INVALID_SERVICE: services that AWS does not know, in ARNs and in condition keys.

use super::resources::{offer, with_problem};
use crate::aws::catalog::{arn_services, service_prefixes, ConditionKey, Service, Unlisted};
use crate::aws::{is_key_format, key_prefix, split_fields, ArnProblem, Names};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static CASE: Rule = Rule {
    code: "INVALID_ARN_SERVICE_CASE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid ARN service case",
    why: "The service in an ARN is compared to the letter, unlike that in an action.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:S3:::demo-bucket"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_case,
};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_SERVICE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid service",
    why: "No resource and no condition key belongs to a service that AWS does not have.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:dynamo:us-east-1:111122223333:table/t"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check_case(context: &Context, report: &mut Report) {
    for entry in with_problem(context, ArnProblem::ServiceCase) {
        let Some([_, _, service, ..]) = split_fields(entry.text) else { continue };
        let small = service.to_ascii_lowercase();
        let details = format_args!("{} has {service} with capital letters.", entry.text);
        let finding = report.at(entry.place(), details);
        finding.help(format_args!("Write {small}."));
        offer(finding, entry, 2, &small);
    }
}

fn check(context: &Context, report: &mut Report) {
    // Read when the first name is compared with them.
    let mut of_arns = None;
    let mut of_keys = None;
    for entry in with_problem(context, ArnProblem::InvalidService) {
        let Some([_, _, service, ..]) = split_fields(entry.text) else { continue };
        let details = match service {
            "" => format!("{} names no service.", entry.text),
            _ => format!("{service} is not a service that ARNs have."),
        };
        let finding = report.at(entry.place(), details);
        if let Some(near) = meant(service, of_arns.get_or_insert_with(|| Names::of(arn_services())))
        {
            finding.help(format_args!("Did you mean {near}?"));
            offer(finding, entry, 2, near);
        }
    }
    for entry in context.condition_entries() {
        if entry.known.is_some() {
            continue;
        }
        let Some(prefix) = key_prefix(entry.key()) else { continue };
        // Keys of identity providers begin with a host, and federation has a few of its own. What is no prefix and
        // name has another code.
        if !is_key_format(entry.key())
            || prefix.contains(['.', '/'])
            || ["aws", "saml"].iter().any(|known| known.eq_ignore_ascii_case(prefix))
            || Service::find(prefix).is_some()
            || Unlisted::service(prefix).is_some()
        {
            continue;
        }
        let details = format_args!("{prefix} is not a service that condition keys have.");
        let finding = report.at(entry.key_place(), details);
        let known = of_keys.get_or_insert_with(|| Names::of(service_prefixes()));
        let Some(near) = meant(prefix, known) else { continue };
        finding.help(format_args!("Did you mean {near}?"));
        let name = entry.key().get(prefix.len()..).unwrap_or_default();
        let key = format!("{near}{name}");
        let taken = entry.block.as_object().unwrap_or_default();
        let is_free = !taken.iter().any(|member| member.key.text.eq_ignore_ascii_case(&key));
        if is_free && ConditionKey::find(&key).is_some() {
            finding.fix(Fix::unsafe_(
                format!("Change to {key}"),
                [Edit::replace(entry.key.span, quote(&key))],
            ));
        }
    }
}

/// The service that is close to the name, which no name of one or two letters tells.
fn meant(name: &str, known: &Names<'static>) -> Option<&'static str> {
    match name {
        "cloudwatchlogs" | "cloudwatch-logs" => Some("logs"),
        "dynamo" => Some("dynamodb"),
        _ => known.nearest(name),
    }
}
