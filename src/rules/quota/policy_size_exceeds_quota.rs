//! POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA, POLICY_SIZE_EXCEEDS_RCP_QUOTA,
//! POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA, POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA,
//! POLICY_SIZE_EXCEEDS_SCP_QUOTA: policies that are too long for what they are attached to.

use super::minify::minify;
use super::shorten_or;
use crate::aws::quota;
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::text::Span;

pub(in crate::rules) static IDENTITY: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity],
    title: "Policy size exceeds identity policy quota",
    why: "No user, group or role takes an identity policy of more than 10240 characters without white space, and most take less.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Observed,
    check: |context, report| {
        let size = without_white_space(context, quota::ROLE_INLINE);
        if size > quota::ROLE_INLINE {
            // Access Analyzer was seen to say one more than there are, always.
            let details = too_long(size, quota::ROLE_INLINE, "white space not counted");
            report.at(Place::of(context.document.root), details).help(shorten_or(
                "spread the statements over several policies. A managed policy takes 6144 characters, an inline one of a user 2048, of a group 5120.",
            ));
        }
    },
};

pub(in crate::rules) static RESOURCE_CONTROL: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_RCP_QUOTA",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ResourceControl],
    title: "Policy size exceeds RCP quota",
    why: "Organizations refuses a resource control policy of more than 5120 characters, white space among them.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check_organization(context, report, quota::RESOURCE_CONTROL),
};

pub(in crate::rules) static RESOURCE: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Resource],
    title: "Policy size exceeds resource policy quota",
    why: "The resource does not take a policy that is as long as this.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Derived,
    check: |context, report| {
        let quota = match context.resource_type {
            Some(KMS_KEY) => quota::KMS_KEY,
            _ => quota::RESOURCE,
        };
        let size = context.text.chars().count();
        if size > quota {
            let details = too_long(size, quota, "white space counted");
            report.at(Place::of(context.document.root), details);
        }
    },
};

pub(in crate::rules) static ROLE_TRUST: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::RoleTrust],
    title: "Policy size exceeds role trust policy quota",
    why: "A role takes a trust policy of 2048 characters without white space unless the quota of the account was raised.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| {
        let size = without_white_space(context, quota::ROLE_TRUST);
        if size > quota::ROLE_TRUST {
            let details = too_long(size, quota::ROLE_TRUST, "white space not counted");
            report
                .at(Place::of(context.document.root), details)
                .help("Ask for a higher quota, or ignore this if the account has one.");
        }
    },
};

pub(in crate::rules) static SERVICE_CONTROL: Rule = Rule {
    code: "POLICY_SIZE_EXCEEDS_SCP_QUOTA",
    finding_type: FindingType::Error,
    policy_kinds: &[PolicyKind::ServiceControl],
    title: "Policy size exceeds SCP quota",
    why: "Organizations refuses a service control policy of more than 10240 characters, white space among them.",
    example: "",
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: |context, report| check_organization(context, report, quota::SERVICE_CONTROL),
};

const KMS_KEY: &str = "AWS::KMS::Key";

fn check_organization(context: &Context, report: &mut Report, quota: usize) {
    let size = context.text.chars().count();
    if size <= quota {
        return;
    }
    let details = too_long(size, quota, "white space counted");
    let finding = report.at(Place::of(context.document.root), details);
    let minified = minify(context.text);
    if minified.chars().count() <= quota {
        let whole = Span::new(0, context.text.len());
        finding.fix(Fix::safe("Remove the white space", [Edit::replace(whole, minified)]));
    } else {
        finding.help(shorten_or("spread the statements over several policies."));
    }
}

/// How many characters of the text are no white space; of one that cannot exceed the quota, how many it has at most.
fn without_white_space(context: &Context, quota: usize) -> usize {
    let bytes = context.text.len() - context.white_space;
    if bytes <= quota || context.text.is_ascii() {
        return bytes;
    }
    context.text.chars().filter(|c| !c.is_whitespace()).count()
}

fn too_long(size: usize, quota: usize, counted: &str) -> String {
    format!("The policy has {size} characters, {counted}. The quota is {quota}.")
}
