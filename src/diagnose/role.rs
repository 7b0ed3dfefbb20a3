//! Puts what was pasted together: whose policies they are, which count, and where each came from.

use std::collections::{BTreeMap, BTreeSet};

mod groups;
mod own;
mod pages;
mod single;
mod unheard;
mod used;

pub(super) use super::given::{Documents, Field, Pasted};
use super::managed;
use super::paste::{
    self, is_trust, Item, Kind, Owner, OwnerKind, PolicyText, Seen, StatementPlace, What,
};
use super::recognised::{bounded, Recognised};
use super::stand_in;
use super::want::Assignment;
use crate::document::Document;
use crate::evaluate::StatementId;
use crate::json;
use crate::policy::{Effect, Policy, Statement};
use crate::session::capabilities::ResourcePolicy;
use crate::sort::{map, set};
use crate::text::Span;
use groups::Groups;
pub(super) use own::account_in;
use own::is_of_iam;

/// A policy that counts, and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Unique among the policies.
    pub(super) name: String,
    pub(super) field: Field,
    /// Where its statements stand; none for policies that were named only.
    pub(super) places: Vec<StatementPlace>,
    pub(super) policy: Policy,
}

/// The policies of one role or user.
#[derive(Debug, Default)]
pub(super) struct Role {
    pub(super) recognised: Vec<Recognised>,
    pub(super) owner: Option<Owner>,
    pub(super) identity: Vec<Source>,
    pub(super) scps: Vec<Source>,
    /// Those of which there is one: by the field that it belongs in, wherever it was found.
    single: Vec<(Field, Source)>,
    /// Policies that are attached and not here, by their names.
    pub(super) unseen: Vec<String>,
    /// Denials of which only the deployment knows whether they are there, by the names of their policies.
    pub(super) denying: Vec<(String, Policy)>,
    /// What is allowed by policies of which it is not certain that they count, by the names of these.
    pub(super) granting: Vec<(String, Policy)>,
    /// The policies that are known, though not whether they are there.
    pub(super) read: BTreeSet<String>,
    /// The fields for one policy in which there is one that is not here, or cannot be read.
    pub(super) unseen_fields: BTreeSet<Field>,
    /// The names of those of whom one must be chosen; then none of their policies counts.
    pub(super) choices: Vec<Owner>,
    /// Texts of which something does not count.
    pub(super) not_counted: BTreeSet<Field>,
    /// Names in what allows that are no action of AWS, each with its statement.
    pub(super) unheard: Vec<(StatementId, String)>,
    /// The ARN of the role or user whose policies count, when a text has it.
    pub(super) arn: Option<String>,
    /// The name of whoever has the policies, where it was given and no text tells of anybody.
    pub(super) called: Option<String>,
    /// The accounts that the policies name.
    pub(super) named: BTreeSet<String>,
    /// What stands for placeholders that nobody gave: values that no policy names.
    pub(super) stand_ins: Assignment,
    /// The names of all policies that were made.
    names: BTreeSet<String>,
}

impl Role {
    pub(super) fn read(documents: &Documents) -> Self {
        let mut role = Role::default();
        let mut items = Vec::new();
        for (i, pasted) in documents.documents.iter().enumerate() {
            let field = Field::Document(i);
            let found = role.recognise(field, &pasted.text);
            items.extend(found.into_iter().map(|item| (field, pasted.name.as_deref(), item)));
        }
        role.choose(&items, documents.role_name.as_deref());
        role.take(items);
        for (field, pasted) in documents.fields() {
            match field {
                Field::Document(_) => {}
                Field::Scp(_) => {
                    let scp = role.read_single(field, pasted);
                    role.scps.extend(scp);
                }
                _ => {
                    let source = role.read_single(field, pasted);
                    if let Some(source) = source {
                        role.put(field, source);
                    }
                }
            }
        }
        role.named = role.named_accounts();
        role.unheard = role.unheard_actions();
        role.stand_ins = stand_in::unnamed(&role);
        role.recognised = bounded(role.recognised);
        role
    }

    /// Puts a policy in its field, in the place of one that was found before.
    fn put(&mut self, field: Field, source: Source) {
        self.single.retain(|(known, _)| *known != field);
        self.single.push((field, source));
    }

    /// The one policy of a field and where it comes from.
    pub(super) fn single(&self, field: Field) -> Option<&Source> {
        self.single.iter().find(|(known, _)| *known == field).map(|(_, source)| source)
    }

    /// The one policy of a field.
    pub(super) fn policy(&self, field: Field) -> Option<&Policy> {
        self.single(field).map(|source| &source.policy)
    }

    /// Whether somebody has policies that are not here, or it was not said whose are meant.
    pub(super) fn has_unread(&self) -> bool {
        !self.choices.is_empty() || self.unseen.iter().any(|name| !self.read.contains(name))
    }

    /// Whether there is a policy in a field, whether it can be read or not.
    pub(super) fn has(&self, field: Field) -> bool {
        self.single(field).is_some() || self.unseen_fields.contains(&field)
    }

    fn recognise(&mut self, field: Field, text: &str) -> Vec<Item> {
        let pasted = paste::read(text);
        for seen in pasted.seen {
            self.note(field, seen);
        }
        pasted.items
    }

    fn note(&mut self, field: Field, seen: Seen) {
        if !seen.kind.is_used() && !matches!(seen.kind, Kind::Unrelated | Kind::Command) {
            self.not_counted.insert(field);
        }
        self.tell(field, seen);
    }

    /// Says why something does not count.
    fn leave(&mut self, field: Field, span: Span, message: impl Into<String>) {
        self.note(field, Seen { kind: Kind::NotUsed, span, message: message.into() });
    }

    fn tell(&mut self, field: Field, seen: Seen) {
        let Seen { kind, span, message } = seen;
        self.recognised.push(Recognised {
            field,
            kind: kind.name(),
            is_used: kind.is_used(),
            message,
            span,
        });
    }

    /// Finds out whose policies count.
    fn choose(&mut self, items: &[(Field, Option<&str>, Item)], name: Option<&str>) {
        let owners: BTreeMap<&Owner, (Field, Span)> = map(items
            .iter()
            // Who is only told to be in a group has no policies here.
            .filter(|(_, _, item)| !matches!(item.what, What::Member(_) | What::AllGroups))
            .filter_map(|(field, _, item)| Some((item.owner.as_ref()?, (*field, item.span))))
            .filter(|(owner, _)| owner.kind != OwnerKind::Group));
        let named = name.and_then(|name| owners.keys().find(|owner| owner.name == name));
        match (named, owners.first_key_value()) {
            (Some(owner), _) => self.owner = Some((*owner).clone()),
            (None, Some((owner, _))) if owners.len() == 1 && name.is_none() => {
                self.owner = Some((*owner).clone());
            }
            (None, Some((_, (field, span)))) => {
                let names: Vec<_> =
                    owners.keys().take(MOST_NAMES).map(|o| o.name.as_str()).collect();
                let more = if owners.len() > MOST_NAMES { " and others" } else { "" };
                let names = names.join(", ");
                let message = match name {
                    Some(name) => format!("{name} is not in what was given, which has {names}{more}."),
                    None => format!(
                        "These are policies of several roles or users: {names}{more}. Name the one that is meant."
                    ),
                };
                self.leave(*field, *span, message);
                self.choices = owners.keys().map(|owner| (*owner).clone()).collect();
            }
            (None, None) => self.called = name.map(str::to_owned),
        }
    }

    fn take(&mut self, items: Vec<(Field, Option<&str>, Item)>) {
        let groups = Groups::of(self.owner.as_ref(), &items);
        self.unseen.extend(groups.unseen(self.owner.as_ref(), &items));
        self.pages(&items);
        // Of two texts for one policy nobody knows which is in force.
        let mut library: Library = BTreeMap::new();
        for (_, _, item) in &items {
            let What::Library(arn, read) = &item.what else { continue };
            match library.get_mut(arn) {
                Some(Some(known)) if known.policy == read.policy => {}
                Some(known) => *known = None,
                None => drop(library.insert(arn.clone(), Some(read.clone()))),
            }
        }
        let bounding = self.bounding(&items, &groups, &library);
        let is_attached = |item: &Item| {
            let is_own = self.counts(item.owner.as_ref(), &groups) == Some(true);
            matches!(item.what, What::Attached(_)) && is_own
        };
        let named: BTreeSet<String> = set(items
            .iter()
            .filter(|(_, _, item)| is_attached(item))
            .filter_map(|(_, _, item)| item.name.clone()));
        let mut versions: BTreeSet<String> = BTreeSet::new();
        let (mut attached, mut seen) = (Vec::new(), BTreeSet::new());
        let (mut standing, mut listed) = (Vec::new(), BTreeSet::new());
        let mut unread = BTreeSet::new();
        for (field, given, item) in items {
            let counts = self.counts(item.owner.as_ref(), &groups);
            if !matches!(item.what, What::Library(..)) {
                standing.push((field, item.span.start, counts == Some(true)));
            }
            match counts {
                Some(true) => {}
                Some(false) => continue,
                None => {
                    self.of_a_group(field, item, &library);
                    continue;
                }
            }
            let name = item.name.as_deref();
            match item.what {
                What::Policy(read) if is_trust(&read.policy) => self.trust(field, read),
                What::Policy(read) if names_principals(&read.policy) => {
                    self.leave(
                        field,
                        item.span,
                        "This policy names principals, so it is the policy of a resource and none of the role. Give it as \
                         the key policy or the bucket policy, if it is one.",
                    );
                }
                What::Policy(read) | What::Version(read) => {
                    let label = label(field, name.or(given));
                    if item.owner.is_none() && bounding.contains(&label) {
                        let source = self.source(field, "permissions boundary", read.clone());
                        self.put(Field::Boundary, source);
                        if !named.contains(&label) {
                            continue;
                        }
                    }
                    versions.insert(label.clone());
                    let source = self.source(field, &label, read);
                    self.identity.push(source);
                }
                What::Trust(read) => self.trust(field, read),
                What::Limit(_) => {
                    self.leave(
                        field,
                        item.span,
                        "This policy only limits what other policies allow, so it is none of the role. Give it as a \
                         service control policy, if it is one.",
                    );
                }
                What::Attached(arn) => {
                    let name = name.unwrap_or_default().to_owned();
                    // A policy is attached once, however often it was pasted.
                    if seen.insert((name.clone(), arn.clone())) {
                        attached.push((field, name, arn, item.span));
                    }
                }
                What::Boundary(arn) => match managed_document(&arn, &library) {
                    Some(read) => {
                        let source = self.source(field, "permissions boundary", read);
                        self.put(Field::Boundary, source);
                    }
                    None => drop(self.unseen_fields.insert(Field::Boundary)),
                },
                What::Perhaps(why, read) => {
                    let name = name.unwrap_or_default().to_owned();
                    self.may_count(name.clone(), read.policy.statements);
                    let message = format!("{name} {why}, so it is not certain that it counts.");
                    self.leave(field, item.span, message);
                    self.unseen.push(name);
                }
                What::MayDeny => {
                    self.may_deny_anything(name.unwrap_or_default().to_owned());
                }
                What::Named => drop(listed.insert(name.unwrap_or_default().to_owned())),
                What::Unread { what, may_deny } => {
                    let name = format!("The {what} of {}", label(field, name.or(given)));
                    if may_deny {
                        self.may_deny_anything(name.clone());
                    }
                    if unread.insert(name.clone()) {
                        self.unseen.push(name);
                    }
                }
                What::Exists(Some(arn)) if item.owner == self.owner && is_of_iam(&arn) => {
                    self.arn = Some(arn);
                }
                What::Library(..)
                | What::Member(_)
                | What::AllGroups
                | What::Members(_)
                | What::Group(_)
                | What::Page { .. }
                | What::Exists(_) => {}
            }
        }
        self.take_back(standing);
        let named = listed.into_iter().filter(|name| !versions.contains(name));
        for (i, name) in named.enumerate() {
            // Each may deny everything, so a few of them are enough to leave it open.
            if i < MOST_NAMES {
                self.may_deny_anything(name.clone());
            }
            self.unseen.push(name);
        }
        for (field, name, arn, span) in attached {
            let known = match &arn {
                Some(arn) => managed_document(arn, &library),
                None => managed::find(&name).and_then(built_in),
            };
            match known {
                Some(mut read) => {
                    // A policy that is not in the text has its name as its place.
                    if !arn.as_ref().is_some_and(|arn| library.contains_key(arn)) {
                        let count = read.policy.statements.len();
                        let place = StatementPlace { pointer: String::new(), span };
                        read.statements = vec![place; count];
                    }
                    let source = self.source(field, &name, read);
                    self.identity.push(source);
                }
                None if versions.contains(&name) => {}
                None if managed::is_of_service(&name, arn.as_deref()) => {
                    let message = format!(
                        "{name} is for a service-linked role of AWS alone. IAM attaches it to no other role, so it does \
                         not count."
                    );
                    self.tell(field, Seen { kind: Kind::NotUsed, span, message });
                }
                None => {
                    let message = format!(
                        "{name} is attached, but what it says is not known here. Give what aws iam get-policy-version \
                         prints for its default version, and call it {name}."
                    );
                    self.leave(field, span, message);
                    self.unseen.push(name);
                }
            }
        }
    }

    /// Keeps what a policy does of which it is not certain that it counts.
    fn may_count(&mut self, name: String, statements: Vec<Statement>) {
        self.read.insert(name.clone());
        let mut granting = statements.clone();
        granting.retain(|statement| statement.effect == Effect::Allow);
        self.granting.push((name.clone(), Policy::new(granting)));
        self.may_deny(name, statements);
    }

    /// Keeps the denials among the statements of a policy.
    fn may_deny(&mut self, name: String, mut statements: Vec<Statement>) {
        statements.retain(|statement| statement.effect == Effect::Deny);
        if !statements.is_empty() {
            self.denying.push((name, Policy::new(statements)));
        }
    }

    /// Keeps that a policy may deny whatever is asked.
    fn may_deny_anything(&mut self, name: String) {
        self.may_deny(name, vec![Statement::new(Effect::Deny, ["*"], ["*"])]);
    }

    /// The names of the boundaries of the owner whose documents have to stand in texts that are called so.
    fn bounding(
        &self,
        items: &[(Field, Option<&str>, Item)],
        groups: &Groups,
        library: &Library,
    ) -> BTreeSet<String> {
        let is_own = |item: &Item| self.counts(item.owner.as_ref(), groups) == Some(true);
        let counting = items.iter().filter(|(_, _, item)| is_own(item));
        let named = counting.filter_map(|(_, _, item)| match &item.what {
            What::Boundary(arn) if managed_document(arn, library).is_none() => {
                arn.rsplit('/').next().map(str::to_owned)
            }
            _ => None,
        });
        set(named.filter(|name| !name.is_empty()))
    }

    /// Who may assume the role; the first that is found counts.
    fn trust(&mut self, field: Field, read: PolicyText) {
        let source = self.source(field, "trust policy", read);
        let field = Field::Resource(ResourcePolicy::Trust);
        if self.single(field).is_none() {
            self.put(field, source);
        }
    }

    fn source(&mut self, field: Field, label: &str, read: PolicyText) -> Source {
        let numbered = (2..=MOST_NAMES).map(|number| format!("{label} ({number})"));
        let mut names = std::iter::once(label.to_owned()).chain(numbered);
        // Beyond that nobody reads them one by one; how many there are tells them apart.
        let name = names
            .find(|name| !self.names.contains(name))
            .unwrap_or_else(|| format!("{label} ({})", self.names.len() + MOST_NAMES));
        self.names.insert(name.clone());
        Source { name, field, places: read.statements, policy: read.policy }
    }

    /// Every policy that counts.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Source> {
        self.identity.iter().chain(&self.scps).chain(self.single.iter().map(|(_, source)| source))
    }
}

/// The field of the key policy.
pub(super) const KEY_POLICY: Field = Field::Resource(ResourcePolicy::Key);

/// More names are not told.
const MOST_NAMES: usize = 20;

fn label(field: Field, name: Option<&str>) -> String {
    match (name, field) {
        (Some(name), _) if !name.trim().is_empty() => name.to_owned(),
        (_, Field::Document(i)) => format!("Policy {}", i + 1),
        _ => "policy".to_owned(),
    }
}

pub(super) fn resources(statement: &Statement) -> &[String] {
    statement.resource.as_ref().map_or(&[], |element| element.values.as_slice())
}

fn names_principals(policy: &Policy) -> bool {
    policy.statements.iter().any(|statement| statement.principal.is_some())
}

/// Managed policies by their ARNs; `None` for one that has several texts.
type Library = BTreeMap<String, Option<PolicyText>>;

/// The document of a managed policy: from the text, or one that is known.
fn managed_document(arn: &str, library: &Library) -> Option<PolicyText> {
    match library.get(arn) {
        Some(read) => read.clone(),
        None => managed::find_arn(arn).and_then(built_in),
    }
}

pub(super) fn built_in(known: &managed::ManagedPolicy) -> Option<PolicyText> {
    let parsed = json::parse(known.json);
    let policy = Policy::lower(&Document::new(parsed.root.as_ref()?)).ok()?;
    Some(PolicyText { policy, statements: Vec::new() })
}
