//! POSTERN_EXAMPLE_ACCOUNT_ID.

use std::collections::BTreeMap;

use super::grants::each_value;
use crate::aws::is_example_account;
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_EXAMPLE_ACCOUNT_ID",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Example account ID",
    why: "Documentation writes this account ID where a reader's own belongs.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:us-east-1:111122223333:instance/*"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html",
    ),
    evidence: Evidence::Derived,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let mut found: BTreeMap<&str, Vec<Place>> = BTreeMap::new();
    for statement in &context.document.statements {
        each_value(statement, &mut |text, arn| {
            let account = arn.map_or(text.text, |arn| arn.account);
            if is_example_account(account) {
                found.entry(account).or_default().push(text.place());
            }
        });
    }
    for (account, places) in found {
        let [first, others @ ..] = places.as_slice() else { continue };
        let finding = report.at(
            *first,
            format_args!("{account} is an account ID that AWS's documentation uses in examples."),
        );
        finding.help("Write the ID of your own account in its place.");
        for place in others {
            finding.and_at(*place);
        }
    }
}
