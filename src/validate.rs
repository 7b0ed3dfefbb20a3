//! Runs the rules over a text, sorts what they find and says each thing once.

mod settle;

use std::collections::BTreeMap;

use crate::document::Document;
use crate::finding::{Finding, FindingType};
use crate::json::{self, Node, PathElement, Place, Problem, Syntax, Value};
use crate::rules::{
    self, Context, Facts, IdentityPolicy, PolicyKind, Rule, MOST_BYTES, MOST_FINDINGS,
    RULES_OF_BROKEN_TEXT,
};
use crate::sort::{sort, sort_by};
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
/// A text that is not JSON has exactly one finding, and its places are those of an empty tree. One that has more than
/// [`MOST_FINDINGS`] has a last one that counts what is left out.
pub fn validate<R>(
    text: &str,
    options: Options,
    use_them: impl FnOnce(&Node, Vec<Finding>) -> R,
) -> R {
    look(text, options, None, |root, mut found| {
        settle::settle(text, options, root, &mut found);
        use_them(root, found)
    })
}

/// The same, with each fix as its rule offers it, and findings of one type only, if one is named.
fn look<R>(
    text: &str,
    options: Options,
    only: Option<FindingType>,
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
        white_space: parsed.white_space,
        facts: Facts::of(&document, text),
    };
    let mut found = Vec::new();
    let mut left_out = BTreeMap::new();
    let rules = match parsed.problem {
        None => rules::rules_of(options.kind),
        Some(_) => RULES_OF_BROKEN_TEXT,
    };
    let is_asked = |rule: &&&Rule| only.is_none_or(|only| rule.finding_type == only);
    for rule in rules.iter().filter(is_asked) {
        let more = rules::run(rule, &context, &mut found);
        if more > 0 {
            left_out.insert(rule.code, more);
        }
    }
    let mut found = in_order(found);
    leave_out_told(&mut found, root);
    use_them(root, bounded(found, left_out, root))
}

/// Leaves out what a rule of ours says of the value of a condition where an error stands at the same value. Of an ARN with a
/// faulty field it still tells which of its words are meant.
fn leave_out_told(found: &mut Vec<Finding>, root: &Node) {
    let mut faulty = None;
    found.retain(|finding| {
        let place = finding.places.first().copied();
        if finding.finding_type == FindingType::Error {
            faulty = place;
        }
        let is_of_condition =
            |place: Place| place.path(root).contains(&PathElement::Value("Condition".to_owned()));
        !rules::yields_to_errors(finding.code)
            || faulty != place
            || !place.is_some_and(is_of_condition)
    });
}

/// So many findings of each code are listed before others, and the first of each whatever its size, so that no check goes
/// unseen; all codes together stay below [`MOST_FINDINGS`].
const SOME_OF_EACH: usize = 10;

/// The findings that are listed, and the one that counts the others: some of each code, then the gravest, then those
/// that stand first.
fn bounded(
    found: Vec<Finding>,
    mut left_out: BTreeMap<&'static str, usize>,
    root: &Node,
) -> Vec<Finding> {
    let sizes: Vec<usize> = found.iter().map(|finding| size(finding, root)).collect();
    let fits = found.len() <= MOST_FINDINGS && sizes.iter().sum::<usize>() <= MOST_BYTES;
    if left_out.is_empty() && fits {
        return found;
    }
    let mut of_code: BTreeMap<&str, usize> = BTreeMap::new();
    let mut ranks = Vec::with_capacity(found.len());
    for ((at, finding), size) in found.iter().enumerate().zip(sizes) {
        let count = of_code.entry(finding.code).or_default();
        *count += 1;
        let rank = match *count {
            1 => 0,
            2..=SOME_OF_EACH => 1,
            _ => 2,
        };
        ranks.push((rank, finding.finding_type, at, size));
    }
    sort(&mut ranks);
    let mut bytes = 0;
    ranks.truncate(MOST_FINDINGS);
    ranks.retain(|(rank, _, _, size)| {
        bytes += size;
        *rank == 0 || bytes <= MOST_BYTES
    });
    let mut listed: Vec<usize> = ranks.into_iter().map(|(_, _, at, _)| at).collect();
    sort(&mut listed);
    let mut listed = listed.into_iter().peekable();
    let mut kept = Vec::with_capacity(MOST_FINDINGS + 1);
    for (at, finding) in found.into_iter().enumerate() {
        match listed.next_if_eq(&at) {
            Some(_) => kept.push(finding),
            None => *left_out.entry(finding.code).or_default() += 1,
        }
    }
    kept.push(rules::more_findings(root, left_out.into_iter().collect()));
    kept
}

/// About how many bytes a finding takes on the wire, where a path stands twice.
fn size(finding: &Finding, root: &Node) -> usize {
    let paths = finding.places.iter().map(|place| 2 * place.path_length(root));
    finding.size() + paths.sum::<usize>()
}

/// Sorted by place, then gravity, then code; what is the same is said once.
fn in_order(mut found: Vec<Finding>) -> Vec<Finding> {
    sort_by(&mut found, &|a, b| {
        let key = |finding: &Finding| {
            (finding.places.first().copied(), finding.finding_type, finding.code)
        };
        key(a)
            .cmp(&key(b))
            .then_with(|| (&a.places, a.more_places).cmp(&(&b.places, b.more_places)))
    });
    found.dedup_by(|a, b| {
        a.code == b.code && a.places == b.places && a.more_places == b.more_places
    });
    found
}
