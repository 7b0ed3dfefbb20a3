//! What stands in for what nobody gave: in requests values of the table, and in what people are told words.

use std::collections::BTreeSet;

use super::question::Question;
use super::role::{resources, Role};
use super::template::fill;
use super::want::{Assignment, KEY_ACCOUNT};
use crate::aws::{has_wildcard, matches_glob, split_fields, LONGEST_ARN};
use crate::policy::{Statement, Who};
use crate::session::capabilities;
use crate::sort::{map, set};

/// Placeholders that are compared with what the table has for them, though nobody gave them: the partition and its suffix
/// follow from the Region, and all but every policy is written for `aws`; of a command each kind of document is tried; and the
/// port and the duration of a tunnel are what the AWS CLI asks for where nobody says another.
///
/// Source: the AWS CLI reference, "ec2-instance-connect open-tunnel", and the EC2 user guide, "Grant permissions for EC2
/// Instance Connect Endpoint", read 2026-11.
const SETTLED: [&str; 5] =
    ["Partition", "DnsSuffix", "CommandAccount", "RemotePort", "TunnelSeconds"];

/// Regions, of which the first that no policy names stands for one that nobody gave.
const REGIONS: [&str; 6] =
    ["us-east-2", "eu-west-3", "ap-southeast-4", "sa-east-1", "ca-west-1", "me-south-1"];

/// So many values are tried for a placeholder: a policy that names each of them is about more than one.
const MOST_TRIED: u8 = 8;

/// What the ids of AWS begin with, of whatever they are.
const STARTS: [&str; 6] = ["eice-", "mi-", "oi-", "i-", "AIDA", "AROA"];

/// What the names of the table's requesters are called as placeholders, beside that of the role. The unique id of a
/// requester has the name of the requester.
pub(super) const USER_NAME: &str = "UserName";
pub(super) const SESSION_NAME: &str = "SessionName";
pub(super) const SESSION_NUMBER: &str = "SessionNumber";

/// Values that no policy names, for all placeholders and for the names of who asks: those of the table, which are AWS's
/// examples, or others where a policy names these. What nobody gave is about none that is named.
pub(super) fn unnamed(role: &Role) -> Assignment {
    let named = Texts::of(role);
    let of_table = capabilities::placeholder_values().iter().copied();
    let of_table = of_table.filter(|(name, _)| *name != "Region" && !SETTLED.contains(name));
    let all = of_table.chain(of_requesters()).map(|(placeholder, value)| {
        // Of the key of an object policies name what stands before the id of a session.
        let (own, rest) = value.find("/${").map_or((value, ""), |at| value.split_at(at));
        (placeholder, named.other_than(own) + rest)
    });
    let region = REGIONS.into_iter().find(|region| !named.has_region(region));
    map(all.chain(region.map(|region| ("Region", region.to_owned()))))
}

/// What stands for the names and the ids of who asks.
fn of_requesters() -> impl Iterator<Item = (&'static str, &'static str)> {
    let session = |name| capabilities::requester(name)?.session_id.rsplit_once('-');
    let user = session(capabilities::USER);
    let of_user = user.map(|(name, _)| (USER_NAME, name));
    let number = user.map(|(_, number)| (SESSION_NUMBER, number));
    let of_role = session(capabilities::ROLE).map(|(name, _)| (SESSION_NAME, name));
    let ids = capabilities::requesters().iter().filter_map(|requester| {
        let (_, id) = requester.context.iter().find(|(key, _)| *key == "aws:userid")?;
        Some((requester.name, id.split(':').next()?))
    });
    [of_user, number, of_role].into_iter().flatten().chain(ids)
}

/// The texts of policies in which something may be named.
struct Texts<'p> {
    /// Every text, each but for those that are too long to be an ARN.
    texts: BTreeSet<&'p str>,
    /// All of them in small letters, one in each line.
    all: String,
    /// The words in them that have a wildcard and more than that, in small letters.
    patterns: BTreeSet<String>,
}

impl<'p> Texts<'p> {
    fn of(role: &'p Role) -> Self {
        let uncertain = role.denying.iter().chain(&role.granting).map(|(_, policy)| policy);
        let policies = role.sources().map(|source| &source.policy).chain(uncertain);
        let mut texts: BTreeSet<&str> = BTreeSet::new();
        for statement in policies.flat_map(|policy| &policy.statements) {
            let principals = principals_of(statement);
            // What conditions compare with need be no ARN, and their keys have those of tags in them.
            let conditions = statement.condition.entries();
            let conditions = conditions.flat_map(|(_, key, strings)| {
                std::iter::once(key).chain(strings.as_slice().iter().map(String::as_str))
            });
            let resources = resources(statement).iter().map(String::as_str);
            texts.extend(resources.chain(principals).chain(conditions));
        }
        texts.retain(|text| text.len() <= LONGEST_ARN);
        let mut all = String::new();
        for text in &texts {
            all.push_str(text);
            all.push('\n');
        }
        all.make_ascii_lowercase();
        let is_between = |c: char| ":/=,{}\n".contains(c);
        let words = all.split(is_between).filter(|word| has_wildcard(word));
        let patterns = words.filter(|word| word.bytes().any(|byte| !b"*?".contains(&byte)));
        let patterns = set(patterns.map(str::to_owned));
        Texts { patterns, all, texts }
    }

    /// A value that is not named and is like this one: itself, if it is not, and of several that are the one that is named
    /// least.
    fn other_than(&self, value: &str) -> String {
        let others = (0..MOST_TRIED).map(|by| turned(value, by));
        let others = others.map(|other| (self.count(&other), other));
        let mut least: Option<(usize, String)> = None;
        for (count, other) in others {
            if least.as_ref().is_none_or(|(known, _)| count < *known) {
                least = Some((count, other));
            }
            if count == 0 {
                break;
            }
        }
        least.map_or_else(String::new, |(_, other)| other)
    }

    /// How often a value is named, or a part of it between slashes.
    fn count(&self, value: &str) -> usize {
        let value = value.to_ascii_lowercase();
        let parts = value.split('/').filter(|part| !part.is_empty());
        let of_part = |part: &str| {
            // The id of a session goes on behind the name of whoever started it.
            let started = format!("{part}-0");
            // Of many patterns few end so.
            let ends = [part, &started].map(|text| text.bytes().last());
            let may_be_of = |pattern: &&String| {
                let end = pattern.bytes().last();
                ends.contains(&end) || end.is_some_and(|byte| b"*?".contains(&byte))
            };
            let is_of = |pattern: &&String| {
                may_be_of(pattern)
                    && (matches_glob(pattern, part) || matches_glob(pattern, &started))
            };
            // Of many patterns few begin so.
            let starts = [part.get(..1).unwrap_or_default(), "*", "?"];
            let like = starts.into_iter().flat_map(|start| {
                let from = self.patterns.range(start.to_owned()..);
                from.take_while(move |pattern| pattern.starts_with(start))
            });
            usize::from(self.all.contains(part)) + like.filter(is_of).count()
        };
        parts.map(of_part).sum()
    }

    fn has_region(&self, region: &str) -> bool {
        // The names of buckets have Regions in them, or begin with a part of one.
        let start = region.find('-').and_then(|end| region.get(..=end)).unwrap_or(region);
        self.texts.iter().any(|text| {
            match split_fields(text).filter(|_| text.starts_with("arn:")) {
                Some([_, _, _, "", _, resource]) => resource.contains(start),
                Some([_, _, _, of, ..]) => {
                    of == region || has_wildcard(of) && of != "*" && matches_glob(of, region)
                }
                None => text.contains(region),
            }
        })
    }
}

/// The names of a statement's principals.
pub(super) fn principals_of(statement: &Statement) -> impl Iterator<Item = &str> {
    let types = match statement.principal.as_ref().map(|principal| &principal.who) {
        Some(Who::Listed(types)) => types.as_slice(),
        _ => &[],
    };
    types.iter().flat_map(|(_, names)| names.as_slice()).map(String::as_str)
}

/// Puts others in the place of all letters and digits, but for those with which ids of AWS begin; of an id it makes one.
fn turned(value: &str, by: u8) -> String {
    let start = STARTS.iter().find(|start| value.starts_with(**start));
    let (start, rest) = value.split_at(start.map_or(0, |start| start.len()));
    let is = |is_one: fn(&u8) -> bool| rest.bytes().all(|byte| is_one(&byte) || byte == b'-');
    let all: &[&[u8]] = match (is(u8::is_ascii_digit), is(u8::is_ascii_hexdigit)) {
        (false, true) => &[b"0123456789abcdef"],
        _ => &[b"0123456789", b"abcdefghijklmnopqrstuvwxyz", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"],
    };
    let turn = |byte: u8| {
        let at = all.iter().find_map(|all| Some((*all, all.iter().position(|one| *one == byte)?)));
        let turned = at.and_then(|(all, at)| all.get((at + usize::from(by)) % all.len()));
        char::from(*turned.unwrap_or(&byte))
    };
    start.chars().chain(rest.bytes().map(turn)).collect()
}

impl Question<'_> {
    /// The resource as people are told of it, and the values that they would not know: the table's, or its requester's.
    pub(super) fn shown(&self, assignment: &Assignment) -> (String, Vec<(String, String)>) {
        let Question { facts, request, .. } = *self;
        let value = |name: &str| self.value(assignment, name);
        let word = |name: &str| {
            let is_given = !facts.is_open(name) || assignment.contains_key(name);
            let is_session = name == "SessionId" && !assignment.contains_key(name);
            match (is_given || name == KEY_ACCOUNT) && !is_session {
                true => value(name),
                false => Some(format!("<{}>", words(name))),
            }
        };
        let resource = facts.resource(request, word);
        let mut stand_ins = Vec::new();
        for (_, text) in facts.context(request) {
            stand_ins.push((fill(&text, value), fill(&text, word)));
        }
        for (key, _) in self.requester().iter().flat_map(|requester| &requester.context) {
            let name = key.rsplit(':').next().unwrap_or(key);
            let value = value(&format!("principal:{key}"));
            stand_ins.extend(value.map(|value| (value, format!("<{}>", words(name)))));
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
