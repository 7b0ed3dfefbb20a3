//! Policies that have statements, but not those of IAM.
//!
//! Source: the CloudFormation user guide on stack policies, the Amazon SNS and CloudWatch Logs guides on the protection of
//! data, read 2026-11.

use super::fields::field;
use crate::json::{Node, Text};

/// What is said of an object whose statements are in a language other than IAM's.
pub(super) fn of_another_language(node: &Node) -> Option<&'static str> {
    let statement = field(node, "Statement")?;
    let statements = statement.as_array().unwrap_or(std::slice::from_ref(statement));
    let is_update = |action: &Node| {
        action.as_text().is_some_and(|Text { text, .. }| text.starts_with("Update:"))
    };
    let is_of_stack = |statement: &Node| {
        field(statement, "Action").is_some_and(|action| {
            action.as_array().unwrap_or(std::slice::from_ref(action)).iter().any(is_update)
        })
    };
    if statements.iter().any(is_of_stack) {
        return Some(
            "This is a stack policy of CloudFormation, which protects resources from updates, not an IAM policy. Give \
             the policies of the role.",
        );
    }
    let is_of_data = statements.iter().any(|one| field(one, "DataIdentifier").is_some());
    is_of_data.then_some(
        "This is a data protection policy of Amazon SNS or CloudWatch Logs, not an IAM policy. Give the policies of the \
         role.",
    )
}
