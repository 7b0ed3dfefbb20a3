//! Condition keys of a request whose values nobody gave, or not as a whole: what policies compare them with is neither what
//! they have nor what they have not.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::paste::OwnerKind;
use super::question::Question;
use super::template::{fill, placeholders, ArnTemplate};
use super::want::{is_value, value_name, Assignment};
use crate::aws::{has_wildcard, matches_around, matches_glob, split_fields, GlobChar, LONGEST_ARN};
use crate::evaluate::Decision;
use crate::policy::Statement;
use crate::session::capabilities::capabilities;
use crate::sort::{set, sort};

/// What policies compare the condition keys of the table's requests with.
pub(super) struct Compared<'p> {
    /// The keys of which a value may be given.
    keys: BTreeSet<&'static str>,
    /// Each with a value or a pattern.
    values: BTreeSet<(&'static str, &'p str)>,
}

impl<'p> Compared<'p> {
    pub(super) fn new() -> Self {
        let requests = capabilities().iter().flat_map(|capability| &capability.requests);
        let pairs = requests.flat_map(|request| &request.context);
        let open = pairs.filter(|(_, value)| value.contains("${"));
        Compared { keys: set(open.map(|(key, _)| *key)), values: BTreeSet::new() }
    }

    /// Takes what a statement compares keys of the table with. Whether a key is there is not asked for its value.
    pub(super) fn read(&mut self, statement: &'p Statement) {
        for (operator, key, strings) in statement.condition.entries() {
            let known = self.keys.iter().find(|known| known.eq_ignore_ascii_case(key)).copied();
            let known = known.filter(|_| !operator.eq_ignore_ascii_case("Null"));
            let Some(known) = known else { continue };
            let texts = strings.as_slice().iter().map(String::as_str);
            let texts = texts.filter(|text| text.len() <= LONGEST_ARN);
            self.values.extend(texts.map(|text| (known, text)));
        }
    }

    /// What a key is compared with.
    pub(super) fn of(&self, key: &'static str) -> impl Iterator<Item = &'p str> + '_ {
        let of_key = self.values.range((key, "")..);
        of_key.take_while(move |(known, _)| *known == key).map(|(_, text)| *text)
    }
}

/// Stands in a text for what is not known.
const BLANK: char = '\0';

/// A text with blanks.
struct Partly {
    text: String,
}

impl Partly {
    /// `None` for a text that is known as a whole.
    fn known(text: String) -> Option<Self> {
        text.contains(BLANK).then_some(Partly { text })
    }

    /// Whether a pattern fits it with something in the place of the blanks, and not whatever stands there.
    fn may_fit(&self, pattern: &str) -> bool {
        let start = self.text.split(BLANK).next().unwrap_or_default();
        let end = self.text.rsplit(BLANK).next().unwrap_or_default();
        let chars: Vec<_> = pattern.chars().map(GlobChar::of).collect();
        matches_around(&chars, start, end) && !matches_glob(pattern, &self.text)
    }
}

impl Question<'_> {
    /// The keys of the request of whose values something is not known, where what they are compared with may fit.
    pub(super) fn ungiven_keys(&self, compared: &Compared) -> Vec<&'static str> {
        let known = |name: &str| self.known_part(name);
        let is_open = |(key, template): &(&'static str, Cow<str>)| {
            let has_tag = key.contains("${");
            let Some(text) = Partly::known(fill(template, known)) else {
                return has_tag && fill(key, known).contains(BLANK);
            };
            has_tag || compared.of(key).any(|pattern| text.may_fit(pattern))
        };
        self.facts.context(self.request).filter(is_open).map(|(key, _)| key).collect()
    }

    /// The keys with an ARN of which something is not known, where what they are compared with may fit and does not tell
    /// for which values, as `*/prod`. Values that a policy tells are tried, one after the other; here none can be.
    pub(super) fn untried_keys(&self, compared: &Compared) -> Vec<&'static str> {
        let known = |name: &str| self.known_part(name);
        let is_untried = |(key, template): &(&'static str, Cow<str>)| {
            let Some(read) = ArnTemplate::of(template) else { return false };
            let Some(text) = Partly::known(fill(template, known)) else { return false };
            let is_tried = |pattern: &str| {
                let fields = split_fields(pattern).filter(|_| pattern.starts_with("arn:"));
                let told = fields.and_then(|fields| read.fit(&fields)).unwrap_or_default();
                let value = |name: &str| match known(name)? {
                    part if part.contains(BLANK) => told.get(name).cloned().or(Some(part)),
                    whole => Some(whole),
                };
                matches_glob(pattern, &fill(template, value))
            };
            // Without a wildcard nothing is hidden.
            let mut patterns = compared.of(key).filter(|pattern| has_wildcard(pattern));
            patterns.any(|pattern| text.may_fit(pattern) && !is_tried(pattern))
        };
        self.facts.context(self.request).filter(is_untried).map(|(key, _)| key).collect()
    }

    /// Names of the values that stand in the keys on which a decision depends and that were not given.
    pub(super) fn ungiven_values(
        &self,
        decision: &Decision,
        assignment: &Assignment,
    ) -> Vec<&'static str> {
        let value = |name: &str| self.value(assignment, name);
        let mut names = Vec::new();
        for (key, template) in self.facts.context(self.request) {
            let full = fill(key, value);
            // Of tags any may be meant.
            let tag = key.split_once("${").map(|(before, _)| before);
            let is_tag = |on: &str, before: &str| {
                on.get(..before.len()).is_some_and(|start| start.eq_ignore_ascii_case(before))
            };
            let is_needed = |on: &String| {
                on.eq_ignore_ascii_case(&full) || tag.is_some_and(|before| is_tag(on, before))
            };
            let is_open = self.ungiven.contains(&key) || tag.is_some();
            if !is_open || !decision.depends_on.iter().any(is_needed) {
                continue;
            }
            let all = placeholders(key).chain(placeholders(&template));
            let all = all.filter(|name| is_value(name) && self.facts.is_open(name));
            names.extend(all.filter(|name| !assignment.contains_key(name)).map(value_name));
            let is_of_user = self.is_user() && self.name().is_none();
            let is_session = placeholders(&template).any(|name| name == "SessionId");
            names.extend((is_of_user && is_session).then_some("userName"));
        }
        sort(&mut names);
        names.dedup();
        names
    }

    /// What is known of a value, with a blank for what is not: of a session no more than the name of the user who
    /// started it.
    fn known_part(&self, name: &str) -> Option<String> {
        let blank = || Some(BLANK.to_string());
        match name {
            "SessionId" => match self.name() {
                Some((OwnerKind::User, user)) => Some(format!("{user}-{BLANK}")),
                _ => blank(),
            },
            "Partition" | "DnsSuffix" => self.facts.given.get(name).cloned().or_else(blank),
            name if name.starts_with("principal:") => blank(),
            name => self.facts.value(name).cloned().or_else(blank),
        }
    }
}
