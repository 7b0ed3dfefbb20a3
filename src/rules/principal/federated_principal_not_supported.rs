//! FEDERATED_PRINCIPAL_NOT_SUPPORTED.

use crate::aws::PrincipalType;
use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "FEDERATED_PRINCIPAL_NOT_SUPPORTED",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Resource],
    title: "Federated principal not supported",
    why: "Identity providers may stand in the trust policy of a role only; elsewhere the policy is refused.",
    // Only a caller who names the type of the resource gets it.
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    // Without a type the document may be a trust policy.
    let Some(resource_type) = context.resource_type else {
        return;
    };
    let elements = context.document.statements.iter();
    let entries = elements
        .flat_map(|statement| statement.principal_elements())
        .flat_map(|principal| &principal.entries);
    for entry in entries {
        if entry.key.text == PrincipalType::Federated.name() {
            report
                .at(
                    entry.key_place(),
                    format_args!("The policy of a resource of type {resource_type} takes no identity provider as principal."),
                )
                .help("Let the provider's users take a role, and name that role under AWS.");
        }
    }
}
