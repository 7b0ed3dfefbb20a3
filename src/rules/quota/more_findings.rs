//! POSTERN_MORE_FINDINGS: that there are more findings than an answer holds.

use crate::finding::{Finding, FindingType};
use crate::json::{Node, Place};
use crate::rules::{Evidence, PolicyKind, Rule, Source};
use crate::sort::sort_by;

/// It adds nothing to what is listed, so a program that refuses a policy for a type of finding decides as if all were
/// there: of each check that finds something, some findings are always listed.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_MORE_FINDINGS",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "More findings than are listed",
    why: "An answer has a limit, so that a large text cannot fill the memory of whoever asks. What is left out is counted.",
    example: "",
    source: Source::Page("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"),
    evidence: Evidence::Derived,
    // Only who has the findings of all rules can count them.
    check: |_, _| {},
};

/// The finding for what is left out: how many there are of each code, those of which there are most first.
pub fn more_findings(root: &Node, mut left_out: Vec<(&'static str, usize)>) -> Finding {
    sort_by(&mut left_out, &|(a, few), (b, many)| many.cmp(few).then(a.cmp(b)));
    let total: usize = left_out.iter().map(|(_, count)| count).sum();
    let (verb, finding) = if total == 1 { ("is", "finding") } else { ("are", "findings") };
    let each: Vec<_> = left_out.iter().map(|(code, count)| format!("{count} {code}")).collect();
    let details =
        format!("There {verb} {total} more {finding}, not listed here: {}.", each.join(", "));
    let mut finding = Finding::new(RULE.code, RULE.finding_type, Place::of(root), details);
    finding.help("Mend what is listed, then check the policy again.");
    finding
}
