//! REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY.

use crate::aws::{has_wildcard, PrincipalType, Role};
use crate::document::PrincipalEntry;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::map;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Redundant principal in role trust policy",
    why: "Whoever names a role names all of its sessions; naming one of them besides changes nothing.",
    example: r#"{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Principal": {"AWS": [
      "arn:aws:iam::111122223333:role/app",
      "arn:aws:sts::111122223333:assumed-role/app/session"
    ]},
    "Action": "sts:AssumeRole"
  }
}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let statements = context.document.statements.iter();
    let entries = statements
        .filter_map(|statement| statement.principal.as_ref())
        .flat_map(|principal| &principal.entries);
    for entry in entries.filter(|entry| entry.key.text == PrincipalType::Aws.name()) {
        check_list(entry, report);
    }
}

fn check_list(entry: &PrincipalEntry, report: &mut Report) {
    let roles =
        map(entry.strings().filter_map(|value| Some((Role::of_role(value.text)?, value.text))));
    for (i, value) in entry.values().iter().enumerate() {
        let Some(session) = value.as_text().map(|text| text.text.as_ref()) else {
            continue;
        };
        let role = Role::of_session(session).and_then(|role| roles.get(&role));
        // A wildcard makes it no principal at all.
        let Some(role) = role.filter(|_| !has_wildcard(session)) else {
            continue;
        };
        let removal = json::removal(entry.value, &[i]);
        report
            .at(
                json::Place::of(value),
                format_args!("{session} is a session of {role}, which stands here too."),
            )
            .fix(Fix::safe("Remove the session", removal.into_iter().map(Edit::remove)));
    }
}
