//! MISSING_QUOTE_IN_VARIABLE.

use super::places_of_variables::{lacks_quote, legal_strings};
use super::rewrite::rewrite;
use crate::aws::variables;
use crate::document::Language;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_QUOTE_IN_VARIABLE",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Missing quote in variable",
    why: "The default of a policy variable stands between single quotes; IAM refuses one that does not.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/${aws:PrincipalTag/team, all}/*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if context.document.language() != Language::V2012 {
        return;
    }
    for string in legal_strings(context) {
        let Some(variable) = variables(string.text).find(lacks_quote) else {
            continue;
        };
        let default = variable.default().unwrap_or_default().trim();
        let details = match default {
            "" => "A variable has a comma and no default after it.".to_owned(),
            _ => format!("The default {default} does not stand between single quotes."),
        };
        let quoted = rewrite(string.text, |variable| {
            let default = variable.default().filter(|_| lacks_quote(variable))?;
            let trimmed = default.trim();
            let before = default.strip_suffix(default.trim_start())?;
            let after = default.trim_start().strip_prefix(trimmed)?;
            let value = trimmed.strip_prefix('\'').unwrap_or(trimmed);
            let value = value.strip_suffix('\'').unwrap_or(value);
            Some(["${", variable.name(), ",", before, "'", value, "'", after, "}"].concat())
        });
        let edit = Edit::replace(string.node.span, quote(&quoted));
        report
            .at(string.place(), details)
            .help("Write it like ${key, 'default'}.")
            .fix(Fix::safe("Quote the default", [edit]));
    }
}
