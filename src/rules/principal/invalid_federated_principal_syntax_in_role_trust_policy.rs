//! INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY.

use crate::aws::{has_wildcard, IdentityProvider, PrincipalType};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::principal::acceptance::Acceptance;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Invalid federated principal syntax in role trust policy",
    why: "IAM refuses a trust policy whose identity provider it cannot read.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"Federated": "https://accounts.google.com"},
    "Action": "sts:AssumeRoleWithWebIdentity"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    for statement in &context.document.statements {
        let acceptance = Acceptance::of(context, statement);
        let elements = statement.principal_elements();
        for value in elements.flat_map(|p| p.of_type(PrincipalType::Federated.name())) {
            // A wildcard is told of by its own check.
            if has_wildcard(value.text) || IdentityProvider::parse(value.text).is_some() {
                continue;
            }
            let finding = report.at(
                value.place(),
                format_args!(
                    "{} is neither a domain name nor the ARN of a SAML or OIDC provider.",
                    if value.text.is_empty() { "An empty text" } else { value.text }
                ),
            );
            finding.help(
                "Write a domain name such as accounts.google.com, or an ARN such as \
                 arn:aws:iam::111122223333:saml-provider/NAME.",
            );
            let host = value.text.strip_prefix("https://");
            let host = host.map(|host| host.trim_end_matches('/'));
            if let Some(host) = host.filter(|host| acceptance.takes(PrincipalType::Federated, host))
            {
                finding.fix(Fix::unsafe_(
                    "Remove https://",
                    [Edit::replace(value.node.span, json::quote(host))],
                ));
            }
        }
    }
}
