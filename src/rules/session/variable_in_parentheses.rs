//! POSTERN_VARIABLE_IN_PARENTHESES.

use crate::aws::catalog::ConditionKey;
use crate::document::Language;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::variable::places_of_variables::legal_strings;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_VARIABLE_IN_PARENTHESES",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Policy variable in parentheses",
    why: "A policy variable stands in braces. In parentheses it is text like any other, and matches itself alone.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::homes/$(aws:username)/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",
    ),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    if context.document.language() != Language::V2012 {
        return;
    }
    for text in legal_strings(context) {
        let Some((new, first)) = in_braces(text.text) else { continue };
        report
            .at(
                text.place(),
                format_args!("$({first}) is no variable but text, since it stands in parentheses."),
            )
            .fix(Fix::unsafe_(
                format!("Write ${{{first}}}"),
                [Edit::replace(text.node.span, quote(&new))],
            ));
    }
}

/// The text with braces around every condition key that stood in `$(` and `)`, and the first of them.
fn in_braces(text: &str) -> Option<(String, &str)> {
    let mut pieces = text.split("$(");
    let mut new = pieces.next()?.to_owned();
    let mut first = None;
    for piece in pieces {
        let inside = piece.split_once(')').filter(|(key, _)| ConditionKey::find(key).is_some());
        match inside {
            Some((key, after)) => {
                first = first.or(Some(key));
                new.push_str(&format!("${{{key}}}{after}"));
            }
            None => {
                new.push_str("$(");
                new.push_str(piece);
            }
        }
    }
    Some((new, first?))
}
