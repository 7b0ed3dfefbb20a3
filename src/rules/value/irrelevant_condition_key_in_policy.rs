//! IRRELEVANT_CONDITION_KEY_IN_POLICY.

use crate::finding::FindingType;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "IRRELEVANT_CONDITION_KEY_IN_POLICY",
    finding_type: FindingType::Suggestion,
    policy_kinds: &[PolicyKind::Resource],
    title: "Irrelevant condition key in policy",
    why: "The policy of a bucket or access point is about that one resource, whose account is always the same.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

/// The types of resources whose account is known to their policy.
const IN_ONE_ACCOUNT: [&str; 4] = [
    "AWS::S3::Bucket",
    "AWS::S3::AccessPoint",
    "AWS::S3::MultiRegionAccessPoint",
    "AWS::S3ObjectLambda::AccessPoint",
];

fn check(context: &Context, report: &mut Report) {
    let Some(kind) = context.resource_type.filter(|kind| IN_ONE_ACCOUNT.contains(kind)) else {
        return;
    };
    for entry in context.condition_entries().filter(|entry| entry.is("s3:ResourceAccount")) {
        let details = format_args!(
            "{} is the account of the resource, and the resource of a policy for {kind} has one account only.",
            entry.key(),
        );
        report
            .at(entry.key_place(), details)
            .help("Remove the key. For the account of the caller use aws:PrincipalAccount.");
    }
}
