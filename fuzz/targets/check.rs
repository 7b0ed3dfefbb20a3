//! The checks and their fixes, for each type of policy: the first byte of an input chooses it.

use postern::api::{self, Finding, PolicyText};
use postern::edit::apply;
use postern::json;
use postern::rules::{IdentityPolicy, PolicyKind, MOST_FINDINGS};
use postern::text::LineIndex;
use postern::validate::Options;
use serde_json::{json, Value as Json};

use super::Problems;
use crate::fixes::corpus::{documents, files};
use crate::fixes::law::Checked;

/// The policy types, with the type of a resource or what an identity policy is put on.
const TYPES: [(&str, Option<&str>, Option<IdentityPolicy>); 10] = [
    ("IDENTITY_POLICY", None, None),
    ("RESOURCE_POLICY", None, None),
    ("SERVICE_CONTROL_POLICY", None, None),
    ("RESOURCE_CONTROL_POLICY", None, None),
    ("RESOURCE_POLICY", Some("AWS::IAM::AssumeRolePolicyDocument"), None),
    ("RESOURCE_POLICY", Some("AWS::S3::Bucket"), None),
    ("RESOURCE_POLICY", Some("AWS::KMS::Key"), None),
    ("RESOURCE_POLICY", Some("AWS::S3::MultiRegionAccessPoint"), None),
    ("IDENTITY_POLICY", None, Some(IdentityPolicy::Managed)),
    ("IDENTITY_POLICY", None, Some(IdentityPolicy::Role)),
];

/// The documents as policies of their types; the digit makes a seed readable.
pub fn seeds() -> Vec<Vec<u8>> {
    let of_type = |(text, options): (String, Options)| {
        let is_its = |(policy_type, resource_type, _): &(&str, Option<&str>, _)| {
            (*policy_type, *resource_type) == (options.kind.policy_type(), options.resource_type)
        };
        let at = TYPES.iter().position(is_its).unwrap_or(1);
        format!("{at}{text}").into_bytes()
    };
    let golden = files("tests/golden").into_iter().map(|text| format!("0{text}").into_bytes());
    documents().into_iter().map(of_type).chain(golden).collect()
}

/// The type and the text.
fn chosen(input: &[u8]) -> Option<(Options<'static>, &'static str, &str)> {
    let (first, text) = input.split_first()?;
    let at = usize::from(first.wrapping_sub(b'0')) % TYPES.len();
    let (policy_type, resource_type, identity_policy) = TYPES[at];
    let kind = PolicyKind::of(policy_type, resource_type)?;
    let options = Options { kind, resource_type, identity_policy, lone_surrogate: None };
    Some((options, policy_type, super::text(text)?))
}

pub fn validate(input: &[u8]) -> Problems {
    let Some((options, policy_type, text)) = chosen(input) else { return Problems::new() };
    let mut asked = json!({"policyType": policy_type});
    if let Some(resource_type) = options.resource_type {
        asked["validatePolicyResourceType"] = json!(resource_type);
    }
    if let Some(identity_policy) = options.identity_policy {
        asked["identityPolicy"] = json!(identity_policy.name());
    }
    let asked = serde_json::from_value(asked).unwrap();
    let policy = PolicyText { text: text.to_owned(), lone_surrogate: None };
    let check = || api::validate_policy(&policy, Some(&asked)).unwrap();
    let found = check();
    let mut problems = Problems::new();
    if found != check() {
        problems.push("not the same twice".to_owned());
    }
    if found.len() > MOST_FINDINGS + 1 {
        problems.push(format!("{} findings", found.len()));
    }
    let is_broken = json::parse(text).problem.is_some();
    let says_so = found.iter().filter(|it| it.issue_code == "JSON_SYNTAX_ERROR").count();
    if is_broken != (says_so == 1 && found.len() == 1) || says_so > 1 {
        problems.push(format!("{says_so} of {} findings are syntax errors", found.len()));
    }
    let index = LineIndex::new(text);
    let tree = serde_json::from_str(text).ok().filter(|_| !is_broken);
    for finding in &found {
        one(finding, &index, tree.as_ref(), &mut problems);
    }
    problems
}

/// A finding is in sentences, and its places lie in the text and the tree.
fn one(finding: &Finding, index: &LineIndex, tree: Option<&Json>, problems: &mut Problems) {
    let mut says =
        |what: &str| problems.push(format!("{}: {what} {finding:?}", finding.issue_code));
    let texts = [Some(&finding.finding_details), finding.help.as_ref()];
    if !texts.into_iter().flatten().all(|text| text.ends_with(['.', '?'])) {
        says("no sentence");
    }
    if finding.learn_more_link.is_empty() || finding.locations.is_empty() {
        says("no link or no place");
    }
    for location in &finding.locations {
        let (start, end) = (location.span.start, location.span.end);
        let [from, to] = [start, end].map(|position| {
            let byte = index.byte(position.offset)?;
            let known = index.position(byte);
            ((known.line, known.column) == (position.line, position.column)).then_some(byte)
        });
        if from.is_none() || to.is_none() || from > to {
            says("no place in the text");
        }
        if tree.is_some_and(|tree| tree.pointer(&location.pointer).is_none()) {
            says("leads nowhere");
        }
    }
    for edit in finding.fixes.iter().flat_map(|fix| &fix.edits) {
        let [from, to] = [edit.start, edit.end].map(|offset| index.byte(offset));
        if from.is_none() || to.is_none() || from > to {
            says("edits no place in the text");
        }
    }
}

/// So many bytes are checked anew by the package itself before it offers a fix.
const MOST_TRIED: usize = 64 * 1024;
/// Fixes of which all pairs are tried.
const MOST_FIXES: usize = 12;

pub fn fixes(input: &[u8]) -> Problems {
    let Some((options, _, text)) = chosen(input) else { return Problems::new() };
    let mut problems = Problems::new();
    let Some(checked) = Checked::of((text.to_owned(), options)) else { return problems };
    for only_safe in [true, false] {
        problems.extend(checked.rounds(only_safe).err());
    }
    let fixes = checked.fixes();
    // In a longer text not every fix was tried.
    if text.len() * (fixes.len() + 2) > MOST_TRIED {
        return problems;
    }
    for (i, one) in fixes.iter().enumerate().take(MOST_FIXES) {
        problems.extend(checked.problem(&[*one]));
        let alone = apply(text, &[&one.1.edits]);
        if apply(text, &[&one.1.edits, &one.1.edits]) != alone {
            problems.push(format!("{:?} twice is not once", one.1.title));
        }
        for other in fixes.iter().take(MOST_FIXES).skip(i + 1) {
            let together = apply(text, &[&one.1.edits, &other.1.edits]);
            if one.0 != other.0 && together != alone {
                problems.extend(checked.problem(&[*one, *other]));
            }
        }
    }
    problems
}
