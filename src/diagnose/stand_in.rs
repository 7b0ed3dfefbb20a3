//! What stands in for what nobody gave: in requests values of the table, and in what people are told words.

use super::question::Question;
use super::role::{resources, Role};
use super::template::fill;
use super::want::{Assignment, KEY_ACCOUNT};
use crate::aws::{has_wildcard, matches_glob, split_fields, LONGEST_ARN};
use crate::session::capabilities;
use crate::sort::map;

/// Placeholders of which policies name values of their own in ARNs.
const NAMED: [&str; 11] = [
    "InstanceId",
    "ManagedInstanceId",
    "KeyId",
    "LogBucketKeyId",
    "BucketName",
    "ObjectKey",
    "LogGroup",
    "CustomDocument",
    "ParameterName",
    "ClusterName",
    "TaskId",
];

/// Regions, of which the first that no policy names stands for one that nobody gave.
const REGIONS: [&str; 6] =
    ["us-east-2", "eu-west-3", "ap-southeast-4", "sa-east-1", "ca-west-1", "me-south-1"];

/// So many values are tried for a placeholder: a policy that names each of them is about more than one.
const MOST_TRIED: usize = 8;

/// Values for the placeholders of which a policy names the table's own, which are those of AWS's examples: what nobody
/// gave is about none that is named.
pub(super) fn unnamed(role: &Role) -> Assignment {
    let statements = role.sources().flat_map(|source| &source.policy.statements);
    // What conditions compare with need be no ARN.
    let named: Vec<&str> = statements
        .flat_map(|statement| {
            let values = statement.condition.entries();
            let values = values.flat_map(|(_, _, strings)| strings.as_slice());
            resources(statement).iter().chain(values).map(String::as_str)
        })
        .filter(|text| text.len() <= LONGEST_ARN)
        .collect();
    let others = NAMED.into_iter().filter_map(|placeholder| {
        let value = capabilities::stand_in(placeholder)?;
        // Of the key of an object policies name what stands before the id of a session.
        let (own, rest) = value.find("/${").map_or((value, ""), |at| value.split_at(at));
        let is_named = |own: &str| match rest {
            "" => named.iter().any(|text| text.contains(own)),
            _ => named.iter().any(|text| text.contains(&format!("/{own}/"))),
        };
        let mut other = own.to_owned();
        for _ in 0..MOST_TRIED {
            if !is_named(&other) {
                break;
            }
            next(&mut other);
        }
        (other != own).then(|| (placeholder, other + rest))
    });
    let is_in = |region: &str| {
        named.iter().any(|text| match split_fields(text).filter(|_| text.starts_with("arn:")) {
            Some([_, _, _, of, ..]) => {
                of == region || has_wildcard(of) && of != "*" && matches_glob(of, region)
            }
            None => text.contains(region),
        })
    };
    let region = REGIONS.into_iter().find(|region| !is_in(region));
    map(others.chain(region.map(|region| ("Region", region.to_owned()))))
}

/// Puts another letter or digit in the place of the last, of those that the ids of AWS have.
fn next(text: &mut String) {
    let next = match text.pop() {
        Some('9') => 'a',
        Some('f') | None => '0',
        Some(last) if last.is_ascii_alphanumeric() && last != 'z' => char::from(last as u8 + 1),
        Some(_) => 'a',
    };
    text.push(next);
}

impl Question<'_> {
    /// The resource as people are told of it, and the values that they would not know: the table's, or its requester's.
    pub(super) fn shown(&self, assignment: &Assignment) -> (String, Vec<(String, String)>) {
        let Question { facts, request, .. } = *self;
        let value = |name: &str| self.value(assignment, name);
        let word = |name: &str| {
            let is_given = !facts.is_open(name) || assignment.contains_key(name);
            match (is_given || name == KEY_ACCOUNT) && name != "SessionId" {
                true => value(name),
                false => Some(format!("<{}>", words(name))),
            }
        };
        let resource = facts.resource(request, &word);
        let mut stand_ins = Vec::new();
        for (_, text) in facts.context(request) {
            stand_ins.push((fill(&text, &value), fill(&text, &word)));
        }
        for (key, value) in self.requester().iter().flat_map(|requester| &requester.context) {
            let name = key.rsplit(':').next().unwrap_or(key);
            stand_ins.push(((*value).to_owned(), format!("<{}>", words(name))));
        }
        stand_ins.retain(|(value, shown)| value != shown);
        (resource, stand_ins)
    }
}

/// `instance ID` for `InstanceId`.
pub(super) fn words(name: &str) -> String {
    let mut words = String::new();
    for (i, c) in name.char_indices() {
        if i > 0 && c.is_ascii_uppercase() {
            words.push(' ');
        }
        words.push(c.to_ascii_lowercase());
    }
    match words.strip_suffix(" id") {
        Some(before) => format!("{before} ID"),
        None => words,
    }
}
