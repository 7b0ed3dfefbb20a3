//! POSTERN_RETIRED_NAME.

use crate::aws::catalog::{self, ConditionKey, Unlisted};
use crate::document::Statement;
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_RETIRED_NAME",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Retired or unlisted name",
    why: "AWS's service reference does not list the name. Of a service that is gone nothing remains to be allowed or denied; a name that is not public yet is not told from a mistake.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "deepracer:ListTracks", "Resource": "*"}}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        check_statement(statement, report);
    }
}

fn check_statement(statement: &Statement, report: &mut Report) {
    for entry in statement.action_entries().filter(|entry| !entry.is_known) {
        if let Some(unlisted) = entry.pattern.and_then(Unlisted::action) {
            tell(report, entry.place(), (entry.text, "actions"), unlisted);
        }
    }
    let mut listed = "";
    for entry in statement.resource_entries() {
        let Some(arn) = entry.arn.filter(|arn| arn.service != listed) else { continue };
        if catalog::arn_service(arn.service).is_some() {
            listed = arn.service;
            continue;
        }
        if let Some(unlisted) = Unlisted::service(arn.service) {
            tell(report, entry.place(), (arn.service, "services"), unlisted);
        }
    }
    for entry in statement.condition.entries.iter().filter(|entry| entry.known.is_none()) {
        // A tag key without its tag has a finding of its own.
        let unlisted = Unlisted::key(entry.key())
            .filter(|_| ConditionKey::missing_tag_key(entry.key()).is_none());
        if let Some(unlisted) = unlisted {
            tell(report, entry.key_place(), (entry.key(), "condition keys"), unlisted);
        }
    }
}

/// Says what is wrong with a name among such names, and what to do.
fn tell(report: &mut Report, place: Place, (name, of): (&str, &str), unlisted: Unlisted) {
    let (details, help) = match unlisted {
        Unlisted::Since(day) => (
            format!("{name} is no longer among the {of} that AWS lists, since {day} at the latest: it most likely does nothing today."),
            "Remove it if the service is gone for you too.",
        ),
        Unlisted::InManagedPolicies => (
            format!("{name} is not among the {of} that AWS lists, though AWS's own policies name it: it may be retired, or not public yet."),
            "Keep it only if you know what it is for.",
        ),
        Unlisted::Documented => return,
    };
    report.at(place, details).help(help);
}
