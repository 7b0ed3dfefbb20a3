//! Condition keys with their types: `ssm:resourceTag/${TagKey} S A` is a line about one.
//!
//! After the name stand the type, as a small letter when the key has several values, and the code by which actions
//! and resource types refer to the key. Codes are in the order of the lines; keys with a placeholder come first.

use super::global_keys::{GlobalConditionKey, REQUEST_TAG, RESOURCE_TAG, TAG_KEYS};
use super::lines::{self, Lines};
use super::Service;
use crate::aws::text::position;
use crate::aws::Family;

/// Keys of federated principals, and others that only services with another prefix list.
static ELSEWHERE: Lines = Lines::of(include_str!("../../data/keys-elsewhere.txt"));

/// The global keys that services list, with a sign in place of a code.
const SIGNS: [(&str, ConditionKey); 3] = [("*", TAG_KEYS), ("+", REQUEST_TAG), ("=", RESOURCE_TAG)];

/// A condition key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionKey {
    /// With its prefix and, where a part of it is free, a placeholder: `ssm:resourceTag/${TagKey}`.
    pub name: &'static str,
    /// The kind of values it has, never [`Family::Null`].
    pub family: Family,
    /// Whether a request may have several values for it.
    pub is_multivalued: bool,
}

impl ConditionKey {
    /// The key that this text is or, for a key with a placeholder, stands for: `kms:EncryptionContext:app` finds
    /// `kms:EncryptionContext:${EncryptionContextKey}`.
    ///
    /// Looks at the global keys, the keys of all services and those of federated principals.
    pub fn find(text: &str) -> Option<Self> {
        let (prefix, _) = lines::cut(text, b':')?;
        if prefix.eq_ignore_ascii_case("aws") {
            return GlobalConditionKey::find(text).map(|global| global.key);
        }
        let own = Service::find(prefix).and_then(|service| service.condition_key(text));
        own.or_else(|| find_line(&ELSEWHERE, text).map(Self::read))
    }

    /// The key with a placeholder for a tag, such as `aws:RequestTag/${TagKey}`, that this text names without a tag.
    pub fn missing_tag_key(text: &str) -> Option<Self> {
        let family = text.strip_suffix('/').unwrap_or(text);
        // Every such family is called so, which tells most keys without a search.
        if !["tag", "tags"].iter().any(|end| lines::ends_with(family, end)) {
            return None;
        }
        // Any tag will do, as every one stands for the family.
        let found = Self::find(&format!("{family}/tag"))?;
        let tags = ["/${TagKey}", "/<key>"];
        let before = tags.iter().find_map(|tag| found.name.strip_suffix(tag))?;
        before.eq_ignore_ascii_case(family).then_some(found)
    }

    /// What stands before and after the placeholder; `None` for a key without one.
    pub fn placeholder(self) -> Option<(&'static str, &'static str)> {
        placeholder(self.name)
    }

    /// Whether the text is this key or, where it has a placeholder, stands for it.
    pub fn matches(self, text: &str) -> bool {
        self.name.eq_ignore_ascii_case(text)
            || self.placeholder().is_some_and(|parts| stands_for(parts, text))
    }

    pub(super) fn read(line: &'static str) -> Self {
        let (name, rest) = lines::cut(line, b' ').unwrap_or((line, ""));
        let letter = rest.bytes().next().unwrap_or_default();
        ConditionKey {
            name,
            family: match letter.to_ascii_uppercase() {
                b'A' => Family::Arn,
                b'B' => Family::Bool,
                b'D' => Family::Date,
                b'I' => Family::IpAddress,
                b'N' => Family::Numeric,
                _ => Family::String,
            },
            is_multivalued: letter.is_ascii_lowercase(),
        }
    }
}

/// The key in the list of a service, and its code.
pub(super) fn find(service: Service, text: &str) -> Option<(ConditionKey, &'static str)> {
    if lines::starts_with(text, "aws:") {
        let listed = |(sign, key): &(&str, ConditionKey)| {
            service.0.flags.contains(sign) && key.matches(text)
        };
        let (sign, key) = SIGNS.into_iter().find(listed)?;
        return Some((key, sign));
    }
    let line = find_line(&service.0.keys, text)?;
    Some((ConditionKey::read(line), code(line)))
}

/// The keys with these codes.
pub(super) fn resolve(
    service: Service,
    codes: &'static str,
) -> impl Iterator<Item = ConditionKey> + Clone {
    self::codes(codes).filter_map(move |code| by_code(service, code))
}

/// The codes one by one.
pub(super) fn codes(mut codes: &'static str) -> impl Iterator<Item = &'static str> + Clone {
    std::iter::from_fn(move || {
        let (code, rest) = lines::split_code(codes)?;
        codes = rest;
        Some(code)
    })
}

fn by_code(service: Service, code: &'static str) -> Option<ConditionKey> {
    let global = SIGNS.into_iter().find(|(sign, _)| *sign == code);
    if let Some((_, key)) = global {
        return Some(key);
    }
    service.0.keys.by_code(code).map(ConditionKey::read)
}

fn code(line: &'static str) -> &'static str {
    let rest = lines::cut(line, b' ').and_then(|(_, rest)| lines::cut(rest, b' '));
    rest.map_or("", |(_, code)| lines::name(code))
}

/// The line about the key: its own, else that of the longest key with a placeholder that it stands for.
fn find_line(lines: &Lines, key: &str) -> Option<&'static str> {
    let lines = lines.all();
    // Most services have few.
    let others = lines.iter().take_while(|line| opening(line).is_some()).count();
    let (others, plain) = lines.split_at_checked(others)?;
    if let Some(line) = lines::find(plain, b' ', key) {
        return Some(line);
    }
    let mut longest = (0, None);
    for line in lines::beginning_with(others, |line| line, key.get(..1)?) {
        let Some((before, after)) = placeholder(lines::name(line)) else { continue };
        let length = before.len() + after.len();
        if length > longest.0 && stands_for((before, after), key) {
            longest = (length, Some(*line));
        }
    }
    longest.1
}

/// Where the placeholder of a key begins.
fn opening(name: &str) -> Option<usize> {
    position(name, |byte| matches!(byte, b'$' | b'<'))
}

/// AWS writes `${TagKey}`, and `<key>` in the keys of S3.
fn placeholder(name: &'static str) -> Option<(&'static str, &'static str)> {
    let (before, rest) = name.split_at_checked(opening(name)?)?;
    let closing = position(rest, |byte| matches!(byte, b'}' | b'>'))?;
    let after = rest.get(closing + 1..)?;
    Some((before, after))
}

fn stands_for((before, after): (&str, &str), text: &str) -> bool {
    text.len() > before.len() + after.len()
        && lines::starts_with(text, before)
        && lines::ends_with(text, after)
}
