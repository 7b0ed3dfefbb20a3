//! POSTERN_POLICY_SIZE_EXCEEDS_QUOTA: identity policies that are too long for what they are to be put on.

use super::minify::minify;
use super::shorten_or;
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_POLICY_SIZE_EXCEEDS_QUOTA",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::Identity],
    title: "Policy size exceeds the quota of what it is put on",
    why: "IAM refuses an identity policy that is longer than a user, a group, a role or a managed policy takes.",
    example: "",
    source: Source::Page("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"),
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let Some(put_on) = context.identity_policy else { return };
    let size = minify(context.text).chars().count();
    if size > put_on.quota() {
        let details = format_args!(
            "The policy has {size} characters without the white space between them. {} takes {}.",
            put_on.in_words(),
            put_on.quota()
        );
        report.at(Place::of(context.document.root), details).help(shorten_or(
            "spread the statements over several managed policies, of which an identity takes ten unless its quota was raised, each with 6144 characters.",
        ));
    }
}
