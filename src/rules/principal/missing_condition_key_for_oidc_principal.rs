//! MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL.

use crate::aws::{Arn, IdentityProvider, PrincipalType};
use crate::document::{Effect, Statement, Str};
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::sort;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL",
    finding_type: FindingType::SecurityWarning,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Missing condition key for oidc principal",
    why: "Without a condition on the token's claims, everybody who can get any token of the provider takes the role.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Federated": "cognito-identity.amazonaws.com"},
    "Action": "sts:AssumeRoleWithWebIdentity"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        if statement.effect() != Some(Effect::Allow) {
            continue;
        }
        let entries = statement.condition.entries.iter();
        let mut keys: Vec<_> = entries.map(|e| e.key().to_ascii_lowercase()).collect();
        sort(&mut keys);
        for (value, url) in oidc_providers(statement) {
            let prefix = format!("{}:", url.to_ascii_lowercase());
            // Of the keys in order, one with the prefix would be the first that is not before it.
            let next = keys.get(keys.partition_point(|key| *key < prefix));
            if next.is_some_and(|key| key.starts_with(&prefix)) {
                continue;
            }
            report
                .at(value.place(), format_args!("Any token of {url} is good for this role."))
                .help(format!(
                    "Add conditions on keys that begin with {url}: and tell whose token it is."
                ));
        }
    }
}

/// The OIDC providers that a statement lets in, and their URLs.
///
/// Of those without an ARN, only the ones that IAM knows by itself.
pub(super) fn oidc_providers<'s, 't>(
    statement: &'s Statement<'t>,
) -> impl Iterator<Item = (Str<'t>, &'t str)> + 's {
    let principal = statement.principal.iter();
    let values = principal.flat_map(|p| p.of_type(PrincipalType::Federated.name()));
    values.filter_map(|value| match IdentityProvider::parse(value.text)? {
        IdentityProvider::Oidc { url, is_built_in }
            if is_built_in || Arn::parse(value.text).is_some() =>
        {
            Some((value, url))
        }
        _ => None,
    })
}
