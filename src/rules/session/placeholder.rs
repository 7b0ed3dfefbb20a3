//! POSTERN_PLACEHOLDER.

use super::grants::each_value;
use crate::aws::{placeholder_tag, placeholders};
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_PLACEHOLDER",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "Placeholder left in",
    why: "Samples and templates have words where values of your own belong. What matches such a word only is never there.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html",
    ),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        each_value(statement, &mut |text, arn| {
            let found = placeholders(text.text, arn);
            if !found.is_empty() {
                tell(report, text.place(), text.text, &found);
            }
        });
        for entry in &statement.condition.entries {
            if let Some(tag) = placeholder_tag(entry.key()) {
                tell(report, entry.key_place(), entry.key(), &[tag]);
            }
        }
    }
}

fn tell(report: &mut Report, place: Place, text: &str, found: &[&str]) {
    let (words, they_stand) = match found {
        [only] => ((*only).to_owned(), "it stands for a value"),
        [first @ .., last] => (format!("{} and {last}", first.join(", ")), "they stand for values"),
        [] => return,
    };
    let details = match found {
        [only] if *only == text => format!("{text} is a placeholder: {they_stand} of your own."),
        _ => format!("{text} still has {words} in it: {they_stand} of your own."),
    };
    report.at(place, details).help(match found {
        [only] => format!("Write your own value for {only}."),
        _ => "Write your own values for them.".to_owned(),
    });
}
