//! POSTERN_LEADING_WHITE_SPACE.

use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::Place;
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::text::Span;

pub(in crate::rules) static RULE: Rule = Rule {
    code: "POSTERN_LEADING_WHITE_SPACE",
    finding_type: FindingType::Warning,
    policy_kinds: &[PolicyKind::Identity, PolicyKind::RoleTrust],
    title: "White space before the policy",
    why: "IAM refuses a policy that does not begin with its brace, with a message that does not say so. Access Analyzer is silent about it.",
    example: r#" {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}}"#,
    source: Source::Page(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
    ),
    evidence: Evidence::Observed,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let root = context.document.root;
    if root.span.start == 0 || root.as_object().is_none() {
        return;
    }
    let white_space = Span::new(0, root.span.start);
    report
        .at(
            Place { span: white_space, is_key: false },
            "White space stands before the first brace, and IAM refuses such a policy.",
        )
        .fix(Fix::safe("Remove the white space", [Edit::remove(white_space)]));
}
