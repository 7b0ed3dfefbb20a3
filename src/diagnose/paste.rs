//! Recognises what people paste: policies, output of the AWS CLI, URL-encoded text, names of managed policies.
//!
//! Never fails: of each thing in a text it says what it is, or why it is not used and what to paste instead. A text
//! may hold several JSON values one after the other, as a loop over CLI calls prints them.
//! Source: the AWS CLI command reference, read 2026-11.

mod attached;
mod cli;
mod comments;
mod decode;
mod deployed;
mod details;
mod entities;
mod event;
mod fields;
mod functions;
mod language;
mod names;
mod policy;
mod python;
mod rest;
mod shapes;
mod template;
mod values;
mod wrapping;

use crate::policy::Policy;
use crate::text::Span;

pub(super) use policy::PolicyText;
pub use policy::StatementPlace;

pub(super) use shapes::{DETAILS, INLINE};

use decode::Decoded;
use values::{read_values, read_within};

/// What was found in one text.
#[derive(Debug, Default)]
pub(super) struct Pasted {
    /// What each thing is, in the order of the text.
    pub(super) seen: Vec<Seen>,
    /// The policies and references to policies in it.
    pub(super) items: Vec<Item>,
    /// The items that stand in comments.
    in_comments: Vec<usize>,
    /// What was read, by where it stands.
    covered: Vec<Span>,
    /// The managed policy that get-policy printed last, and its default version.
    default_version: Option<(String, String)>,
    /// Whether of the object that was read last only that counts as read.
    is_read_in_part: bool,
    /// How many characters may still be looked at in vain.
    left: usize,
    /// The texts of policies, also of those that IAM would not take; kept when they are asked for.
    documents: Option<Vec<DocumentText>>,
}

/// The text of a policy, for the checks.
#[derive(Debug)]
pub struct DocumentText {
    /// The text.
    pub text: String,
    /// Where it stands, in bytes of the pasted text.
    pub span: Span,
    /// Whether it stands there as it is, so that its places are those of the pasted text.
    pub is_verbatim: bool,
    /// Its name, when the text has one.
    pub name: Option<String>,
}

/// One thing in the text, or something in it that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    pub(super) kind: Kind,
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// What it is, or why it is not used and what to do; sentences.
    pub message: String,
}

impl Seen {
    /// What it is, for programs.
    pub fn kind(&self) -> &'static str {
        self.kind.name()
    }

    /// Whether it counts.
    pub fn is_used(&self) -> bool {
        self.kind.is_used()
    }
}

/// What a thing was recognised as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A policy document.
    Policy,
    /// A policy document that names principals.
    ResourcePolicy,
    /// Who may assume a role.
    TrustPolicy,
    /// Output of get-role-policy, get-user-policy or get-group-policy.
    InlinePolicy,
    /// Output of get-policy-version.
    PolicyVersion,
    /// Output of get-account-authorization-details.
    AccountDetails,
    /// Output of get-role, list-roles or get-user.
    Identity,
    /// Output of list-attached-role-policies and the like.
    AttachedPolicies,
    /// Output of get-policy, or the name or ARN of a managed policy.
    ManagedPolicy,
    /// Output of describe-policy of AWS Organizations.
    OrganizationPolicy,
    /// What is around a policy or within it and IAM would not take; the policy is read all the same.
    Mended,
    /// Something that is known but of no use here.
    NotUsed,
    /// Something that is known and has nothing to say of what is allowed.
    Unrelated,
    /// A command that somebody ran.
    Command,
    /// Something else.
    NotRecognised,
    /// A text that is not JSON, or a policy that IAM would not take.
    Broken,
}

impl Kind {
    /// The name for programs.
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Policy => "policy",
            Kind::ResourcePolicy => "resource-policy",
            Kind::TrustPolicy => "trust-policy",
            Kind::InlinePolicy => "inline-policy",
            Kind::PolicyVersion => "policy-version",
            Kind::AccountDetails => "account-details",
            Kind::Identity => "identity",
            Kind::AttachedPolicies => "attached-policies",
            Kind::ManagedPolicy => "managed-policy",
            Kind::OrganizationPolicy => "organization-policy",
            Kind::Mended => "mended",
            Kind::NotUsed | Kind::Unrelated | Kind::Command => "not-used",
            Kind::NotRecognised => "not-recognised",
            Kind::Broken => "broken",
        }
    }

    /// Whether the thing counts.
    pub(super) fn is_used(self) -> bool {
        !matches!(
            self,
            Kind::NotUsed | Kind::Unrelated | Kind::Command | Kind::NotRecognised | Kind::Broken
        )
    }
}

/// A policy, or a reference to one.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) what: What,
    /// Its name, when the text has one.
    pub(super) name: Option<String>,
    /// Whose it is, when the text says so.
    pub(super) owner: Option<Owner>,
    /// Where it stands.
    pub(super) span: Span,
}

/// What an [`Item`] is.
#[derive(Debug)]
pub(super) enum What {
    /// A policy document on its own, or an inline policy.
    Policy(PolicyText),
    /// The version of a managed policy, whose name the output does not tell.
    Version(PolicyText),
    /// Who may assume the role.
    Trust(PolicyText),
    /// A policy that only limits what others allow: one of an organization, or of a session.
    Limit(PolicyText),
    /// A managed policy with its ARN, which counts for those to whom it is attached.
    Library(String, PolicyText),
    /// A managed policy is attached: its ARN, if the text has it.
    Attached(Option<String>),
    /// The owner has a permissions boundary with this ARN.
    Boundary(String),
    /// The owner, a user, is in this group.
    Member(String),
    /// All groups that the owner is in are told.
    AllGroups,
    /// The owner, a group, has these users in it and no others.
    Members(Vec<String>),
    /// There is this group, and somebody may be in it.
    Group(String),
    /// An answer that is one page of a list, and whether the list goes on.
    Page { list: &'static str, goes_on: bool },
    /// An inline policy of which only the name is here.
    Named,
    /// The owner exists: its ARN, if the text has it.
    Exists(Option<String>),
    /// A policy of which a template does not tell whether the owner has it: why.
    Perhaps(&'static str, PolicyText),
    /// Something that may deny anything: only the deployment knows what it says.
    MayDeny,
    /// A text or template that makes policies or has them in it, which is not read: what it is, and whether it may deny
    /// anything.
    Unread { what: &'static str, may_deny: bool },
}

impl What {
    /// Where the statements of its policy stand.
    fn places(&mut self) -> &mut [StatementPlace] {
        match self {
            What::Policy(read)
            | What::Version(read)
            | What::Trust(read)
            | What::Limit(read)
            | What::Library(_, read)
            | What::Perhaps(_, read) => &mut read.statements,
            What::Attached(_)
            | What::Boundary(_)
            | What::Member(_)
            | What::AllGroups
            | What::Members(_)
            | What::Group(_)
            | What::Page { .. }
            | What::Named
            | What::Exists(_)
            | What::MayDeny
            | What::Unread { .. } => &mut [],
        }
    }
}

/// Whether every statement names principals and is about assuming a role.
pub(super) fn is_trust(policy: &Policy) -> bool {
    policy.statements.iter().all(|statement| {
        let actions = statement.action.values.as_slice();
        statement.principal.is_some()
            && !statement.action.negated
            && actions.iter().all(|action| action.to_ascii_lowercase().starts_with("sts:"))
    })
}

/// A role, user or group.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Owner {
    pub(super) kind: OwnerKind,
    pub(super) name: String,
}

/// The kinds of those who have policies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OwnerKind {
    Role,
    User,
    Group,
}

impl OwnerKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            OwnerKind::Role => "role",
            OwnerKind::User => "user",
            OwnerKind::Group => "group",
        }
    }
}

/// So many characters beyond those of a text are looked at in vain for the end of what begins as an object of Python.
const IN_VAIN: usize = 200_000;

/// Reads a pasted text.
pub(super) fn read(text: &str) -> Pasted {
    let mut pasted = Pasted::default();
    pasted.read(text);
    pasted
}

/// The texts of the policies in a pasted text, and what each thing in it is.
pub fn find_policies(text: &str) -> (Vec<DocumentText>, Vec<Seen>) {
    let mut pasted = Pasted { documents: Some(Vec::new()), ..Pasted::default() };
    pasted.read(text);
    (pasted.documents.unwrap_or_default(), pasted.seen)
}

impl Pasted {
    fn read(&mut self, text: &str) {
        let pasted = self;
        pasted.left = text.len() + IN_VAIN;
        let body = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        let start = text.len()
            - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
        let whole = Span::new(start, start + body.len());
        if body.is_empty() {
            pasted.say(Kind::NotRecognised, whole, "There is nothing here.");
            return;
        }
        let body = wrapping::unmarked(Decoded::plain(body, start), &wrapping::MARKS);
        let parts = wrapping::parts(&body);
        let are_several = parts.len() > 1;
        for (part, is_fenced) in parts {
            if !is_fenced {
                let part = wrapping::unmarked(part, &wrapping::QUOTES);
                pasted.read_commands(&part);
                read_within(&part, pasted);
                continue;
            }
            let span = part.source(Span::new(0, part.text().len()));
            let (part, note) = wrapping::readable(part);
            if let Some(note) = note {
                pasted.say(Kind::Mended, span, note);
            }
            let is_code = names::is_code(part.text());
            let is_prose =
                part.text().starts_with(['{', '[']) && !wrapping::opens_json(part.text());
            if is_prose && read_within(&part, pasted) {
                pasted.read_commands(&part);
            } else if part.text().starts_with(['{', '['])
                || part.text().starts_with('"') && !is_code
            {
                read_values(part, pasted);
            } else if decode::is_percent_encoded(part.text()) {
                match part.percent_decoded() {
                    Some(decoded) => read_values(decoded, pasted),
                    None => pasted.say(Kind::Broken, span, decode::BAD_PERCENT),
                }
            } else if is_code {
                names::read(part.text(), span.start, pasted);
                pasted.keep_within(&part);
            } else {
                let is_attached = pasted.read_commands(&part);
                if !read_within(&part, pasted) && !is_attached {
                    names::read(part.text(), span.start, pasted);
                }
            }
        }
        // Beside a policy, a fence with something else in it is no riddle.
        if are_several && pasted.seen.iter().any(Seen::is_used) {
            pasted.seen.retain(|seen| !matches!(seen.kind, Kind::NotRecognised | Kind::Command));
        }
        pasted.settle_comments();
        pasted.leave_rest_open(&body);
    }

    /// Keeps the texts of the policies that stand in code as JSON, if texts are asked for. Whose they are the code tells,
    /// which is not read.
    fn keep_within(&mut self, code: &Decoded) {
        if let Some(documents) = &mut self.documents {
            let left = self.left;
            let mut within = Pasted { documents: Some(Vec::new()), left, ..Pasted::default() };
            read_within(code, &mut within);
            documents.extend(within.documents.unwrap_or_default());
            self.seen.extend(within.seen);
        }
    }

    /// Keeps the text of a policy, if texts are asked for.
    fn keep(&mut self, text: &str, span: Span, is_verbatim: bool, name: Option<&str>) {
        if let Some(documents) = &mut self.documents {
            let (text, name) = (text.to_owned(), name.map(str::to_owned));
            documents.push(DocumentText { text, span, is_verbatim, name });
        }
    }
}

impl Pasted {
    fn say(&mut self, kind: Kind, span: Span, message: impl Into<String>) {
        self.seen.push(Seen { kind, span, message: message.into() });
    }
}

#[cfg(test)]
mod tests;
