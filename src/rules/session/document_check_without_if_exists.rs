//! SESSION_DOCUMENT_CHECK_WITHOUT_IF_EXISTS.

use super::grants::allows;
use crate::aws::{BaseOperator, ConditionOperator};
use crate::document::Statement;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SESSION_DOCUMENT_CHECK_WITHOUT_IF_EXISTS",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity],
    title: "Document check without IfExists",
    why: "Requests need not have the key ssm:SessionDocumentAccessCheck. With Bool, those that lack it are refused, for a document that is listed too.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ssm:us-east-1:444455556666:document/SSM-SessionManagerRunShell", "Condition": {"Bool": {"ssm:SessionDocumentAccessCheck": "true"}}}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html",
    ),
    evidence: Evidence::Observed,
    check,
};

const KEY: &str = "ssm:SessionDocumentAccessCheck";

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        // Where no action has the key, another finding says that nothing is allowed.
        if !allows(statement, "ssm:StartSession") {
            continue;
        }
        for entry in statement.condition.entries.iter().filter(|entry| entry.is(KEY)) {
            let is_plain = matches!(
                entry.parsed,
                Some(ConditionOperator {
                    base: BaseOperator::Bool,
                    if_exists: false,
                    qualifier: None
                })
            );
            if !is_plain {
                continue;
            }
            let finding = report.at(
                entry.key_place(),
                format_args!(
                    "{} refuses every request without {KEY}, so that sessions may not start with a document \
                     that the statement lists.",
                    entry.operator.text
                ),
            );
            finding.help("Write BoolIfExists.");
            let is_alone = entry.block.as_object().is_some_and(|keys| keys.len() == 1);
            if is_alone && !has_if_exists(statement) {
                let edit = Edit::replace(entry.operator.span, quote("BoolIfExists"));
                finding.fix(Fix::unsafe_("Write BoolIfExists", [edit]));
            }
        }
    }
}

/// Whether the statement has `BoolIfExists`, which must not stand there twice.
fn has_if_exists(statement: &Statement) -> bool {
    let element = statement.condition.element.and_then(|element| element.value.as_object());
    let mut operators = element.unwrap_or_default().iter();
    operators.any(|operator| operator.key.text.eq_ignore_ascii_case("BoolIfExists"))
}
