//! Actions, and what is said about one: `WAB/D!(=)`.
//!
//! First stands the access level, then the codes of the condition keys and, after a slash, those of the resource types;
//! behind each of these `!` when it is required and in parentheses the keys that it brings to this action.

use super::action_table::Row;
use super::condition_key::{self, ConditionKey};
use super::resource_type::ResourceType;
use super::{lines, Service};
use crate::aws::text::Print;
use crate::aws::{literal_start, matches_wildcards};

/// An action of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    service: Service,
    name: &'static str,
    links: &'static str,
}

/// What an action does, in AWS's five classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLevel {
    /// Sees that resources exist.
    List,
    /// Reads what is in them.
    Read,
    /// Makes, changes or deletes them.
    Write,
    /// Changes nothing but tags.
    Tagging,
    /// Changes who may do what.
    PermissionsManagement,
}

/// A resource type that an action works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActionResource {
    /// The type.
    pub resource_type: ResourceType,
    /// Whether a request always names such a resource.
    pub is_required: bool,
    service: Service,
    key_codes: &'static str,
}

impl Action {
    pub(super) fn read(service: Service, row: &'static Row) -> Self {
        Action { service, name: &row.name, links: row.links }
    }

    /// The service.
    pub fn service(self) -> Service {
        self.service
    }

    /// The name without the service, such as `StartSession`.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// What it does.
    pub fn access_level(self) -> AccessLevel {
        match self.links.bytes().next() {
            Some(b'L') => AccessLevel::List,
            Some(b'R') => AccessLevel::Read,
            Some(b'T') => AccessLevel::Tagging,
            Some(b'P') => AccessLevel::PermissionsManagement,
            _ => AccessLevel::Write,
        }
    }

    /// Whether it knows no resource types, so that only `*` fits as its resource.
    pub fn is_wildcard_only(self) -> bool {
        !self.links.contains('/')
    }

    /// The condition keys of the action itself, whatever the resource.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey> + Clone {
        condition_key::resolve(self.service, self.key_codes())
    }

    /// A text that is the same for all actions of the service of which the catalog says the same but for what they do.
    pub fn codes(self) -> &'static str {
        self.links.get(1..).unwrap_or_default()
    }

    /// A text that is the same for all actions of the service that work on the same resource types.
    pub fn resource_codes(self) -> &'static str {
        lines::cut(self.links, b'/').map_or("", |(_, types)| types)
    }

    /// The resource types that it works on, sorted by name.
    pub fn resource_types(self) -> impl Iterator<Item = ActionResource> + Clone {
        let mut rest = self.resource_codes();
        std::iter::from_fn(move || loop {
            let (code, after) = lines::split_code(rest)?;
            let (is_required, after) = match after.strip_prefix('!') {
                Some(after) => (true, after),
                None => (false, after),
            };
            let inner = after.strip_prefix('(').and_then(|a| lines::cut(a, b')'));
            let (key_codes, after) = inner.unwrap_or(("", after));
            rest = after;
            if let Some(resource_type) = ResourceType::by_code(self.service, code) {
                return Some(ActionResource {
                    resource_type,
                    is_required,
                    service: self.service,
                    key_codes,
                });
            }
        })
    }

    /// Whether the catalog lists the key for the action or for one of its resource types.
    ///
    /// A key stands for its template: `aws:ResourceTag/Env` is listed where `aws:ResourceTag/${TagKey}` is.
    pub fn supports_condition_key(self, key: &str) -> bool {
        let Some((_, code)) = condition_key::find(self.service, key) else {
            return false;
        };
        let lists = |codes| condition_key::codes(codes).any(|listed| listed == code);
        lists(self.key_codes())
            || self.resource_types().any(|r| lists(r.key_codes) || lists(r.resource_type.key_codes))
    }

    fn key_codes(self) -> &'static str {
        let keys = lines::cut(self.links, b'/').map_or(self.links, |(keys, _)| keys);
        keys.get(1..).unwrap_or_default()
    }
}

impl ActionResource {
    /// The condition keys that come with the resource in this action.
    ///
    /// Those that the type has in every action are at [`ResourceType::condition_keys`].
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey> + Clone {
        condition_key::resolve(self.service, self.key_codes)
    }
}

/// The rows of actions whose names match the pattern.
pub(super) fn matching(
    rows: &'static [Row],
    pattern: &str,
) -> impl Iterator<Item = &'static Row> + Clone {
    let pattern = pattern.to_ascii_lowercase();
    let start = literal_start(&pattern).unwrap_or(&pattern);
    let candidates = lines::beginning_with(rows, |row| &row.name, start);
    let needed = Print::of(&pattern);
    candidates.iter().filter(move |row| {
        row.print.contains(needed) && matches(pattern.as_bytes(), row.name.as_bytes())
    })
}

/// Whether a name, which is ASCII, matches the pattern, which is in lower case.
pub(super) fn matches(pattern: &[u8], name: &[u8]) -> bool {
    matches_wildcards(
        pattern.iter(),
        name.iter(),
        |step| **step == b'*',
        |step, letter| **step == b'?' || **step == letter.to_ascii_lowercase(),
    )
}
