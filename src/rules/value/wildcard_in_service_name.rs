//! WILDCARD_IN_SERVICE_NAME.

use crate::aws::{has_wildcard, split_fields, without_variables};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "WILDCARD_IN_SERVICE_NAME",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Wildcard in service name",
    why: "A pattern for the service covers services that nobody thought of, those of tomorrow included.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "codecommit:GitPull", "Resource": "arn:aws:*code*::111122223333:*"}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for entry in context.document.statements.iter().flat_map(|s| s.resource_entries()) {
        let service = match entry.arn {
            Some(arn) => arn.service,
            None => match split_fields(entry.text) {
                Some([_, _, service, ..]) => service,
                None => continue,
            },
        };
        if has_wildcard(service) && has_wildcard(&without_variables(service)) {
            let details = format_args!("The service {service} in {} is a pattern.", entry.text);
            report
                .at(entry.place(), details)
                .help("Name the service, once for each that is meant.");
        }
    }
}
