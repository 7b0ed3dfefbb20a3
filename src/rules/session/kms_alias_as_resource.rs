//! SESSION_KMS_ALIAS_AS_RESOURCE.

use super::grants::{narrow_by_condition, verb};
use crate::aws::{has_wildcard, Arn};
use crate::document::Statement;
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "SESSION_KMS_ALIAS_AS_RESOURCE",
    finding_type: FindingType::Warning,
    policy_kinds: PolicyKind::ALL,
    title: "KMS alias as resource",
    why: "The use of a key is authorized against the ARN of the key, also when the caller names an alias.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:us-east-1:444455556666:alias/sessions"}]}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html",
    ),
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let mut aliases =
            statement.resources().filter_map(|entry| Some((entry, alias(entry.arn?)?))).peekable();
        if aliases.peek().is_none() {
            continue;
        }
        let Some(action) = key_action(statement) else { continue };
        for (entry, (arn, alias)) in aliases {
            let key = format!("arn:{}:kms:{}:{}:key/*", arn.partition, arn.region, arn.account);
            let operator = if has_wildcard(alias) {
                "ForAnyValue:StringLike"
            } else {
                "ForAnyValue:StringEquals"
            };
            let finding = report.at(
                entry.place(),
                format_args!(
                    "KMS authorizes {action} against the key behind an alias, never against the alias. The \
                     resource {} {} nothing.",
                    entry.text,
                    verb(statement)
                ),
            );
            let condition =
                format!("{{{}: {{\"kms:ResourceAliases\": {}}}}}", quote(operator), quote(alias));
            let title = format!("Name the key by a condition on {alias}");
            let fix = narrow_by_condition(context, statement, title, &key, &condition);
            // The condition would count for other resources too, and stands beside those that there are.
            let is_beside = statement.resources().nth(1).is_some();
            let place = if is_beside { "a statement of its own for " } else { "" };
            let more =
                if statement.condition.element.is_some() { ", beside the others" } else { "" };
            finding.help(format_args!(
                "Write the ARN of the key. Or write {place}{key} with the condition that kms:ResourceAliases is \
                 {alias}{more}."
            ));
            if let Some(fix) = fix {
                finding.fix(fix);
            }
        }
    }
}

/// The ARN of an alias, and its resource part.
pub(in crate::rules) fn alias(arn: Arn<'_>) -> Option<(Arn<'_>, &str)> {
    let is_alias = arn.service == "kms" && arn.resource.starts_with("alias/");
    is_alias.then_some((arn, arn.resource))
}

/// The first entry for an action on keys; `None` when some entry is for an action on aliases, as kms:CreateAlias is.
fn key_action<'t>(statement: &Statement<'t>) -> Option<&'t str> {
    let mut found = None;
    for entry in statement.actions() {
        let (Some(pattern), Some(service)) = (entry.pattern, entry.service) else { continue };
        if service.prefix() != "kms" {
            continue;
        }
        for action in service.actions_matching(pattern.name) {
            let has = |name| action.resource_types().any(|r| r.resource_type.name == name);
            if has("alias") {
                return None;
            }
            if found.is_none() && has("key") {
                found = Some(entry.text);
            }
        }
    }
    found
}
