//! Runs the rules over a text, sorts what they find and says each thing once.

use crate::document::Document;
use crate::finding::Finding;
use crate::json::{self, Node, Problem, Syntax, Value};
use crate::rules::{self, Context, Facts, IdentityPolicy, PolicyKind, RULES, RULES_OF_BROKEN_TEXT};
use crate::text::Span;

/// What is known about a text that is to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Options<'o> {
    /// What the policy is attached to.
    pub kind: PolicyKind,
    /// The type of the resource, such as `AWS::S3::Bucket`, if it is known.
    pub resource_type: Option<&'o str>,
    /// What an identity policy is put on, if it is known.
    pub identity_policy: Option<IdentityPolicy>,
    /// The byte at which the text had half a surrogate pair before it was made a Rust string, if it had one.
    pub lone_surrogate: Option<usize>,
}

/// The findings for a text, in the order of their places; calls `use_them` with the tree that the places are in.
///
/// A text that is not JSON has exactly one finding, and its places are those of an empty tree.
pub fn validate<R>(
    text: &str,
    options: Options,
    use_them: impl FnOnce(&Node, Vec<Finding>) -> R,
) -> R {
    let mut parsed = json::parse(text);
    if let Some(at) = options.lone_surrogate {
        let half = Syntax {
            span: Span::new(at, at + '\u{fffd}'.len_utf8()),
            problem: Problem::LoneSurrogate,
        };
        if parsed.problem.is_none_or(|first| half.span.start <= first.span.start) {
            parsed.problem = Some(half);
        }
    }
    let nothing = Node { span: Span::new(0, text.len()), value: Value::Null };
    // Of a broken text nothing is checked, so that no path leads into a half-read tree.
    let root = match (&parsed.root, parsed.problem) {
        (Some(root), None) => root,
        _ => &nothing,
    };
    let document = Document::new(root);
    let context = Context {
        document: &document,
        kind: options.kind,
        resource_type: options.resource_type,
        identity_policy: options.identity_policy,
        syntax: parsed.problem,
        text,
        facts: Facts::of(&document, text),
    };
    let mut found = Vec::new();
    let rules = if parsed.problem.is_none() { RULES } else { RULES_OF_BROKEN_TEXT };
    for rule in rules {
        rules::run(rule, &context, &mut found);
    }
    use_them(root, in_order(found))
}

/// Sorted by place, then gravity, then code; what is the same is said once.
fn in_order(mut found: Vec<Finding>) -> Vec<Finding> {
    found.sort_by(|a, b| {
        let key = |finding: &Finding| {
            (finding.places.first().copied(), finding.finding_type, finding.code)
        };
        key(a).cmp(&key(b)).then_with(|| a.places.cmp(&b.places))
    });
    found.dedup_by(|a, b| a.code == b.code && a.places == b.places);
    found
}
