//! What a rule may look at.

use crate::aws::{quota, ArnProblems};
use crate::document::{ConditionEntry, Document, Str};
use crate::json::Syntax;
use crate::rules::variable::places_of_variables::StringsWithDollar;
use crate::text::words;

/// What a policy is attached to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// A user, group or role.
    Identity,
    /// A resource other than a role.
    Resource,
    /// A role, as its trust policy.
    RoleTrust,
    /// An account or unit of an organization, for its principals.
    ServiceControl,
    /// An account or unit of an organization, for its resources.
    ResourceControl,
}

impl PolicyKind {
    /// Every kind.
    pub const ALL: &'static [PolicyKind] = &[
        PolicyKind::Identity,
        PolicyKind::Resource,
        PolicyKind::RoleTrust,
        PolicyKind::ServiceControl,
        PolicyKind::ResourceControl,
    ];
    /// Those that are `RESOURCE_POLICY` in AWS's API.
    pub const RESOURCE_POLICIES: &'static [PolicyKind] =
        &[PolicyKind::Resource, PolicyKind::RoleTrust];

    /// The kind that AWS's API means by `policyType` and `validatePolicyResourceType`; `None` for an unknown type.
    pub fn of(policy_type: &str, resource_type: Option<&str>) -> Option<Self> {
        match policy_type {
            "IDENTITY_POLICY" => Some(PolicyKind::Identity),
            "RESOURCE_POLICY" if resource_type == Some(ASSUME_ROLE_POLICY_DOCUMENT) => {
                Some(PolicyKind::RoleTrust)
            }
            "RESOURCE_POLICY" => Some(PolicyKind::Resource),
            "SERVICE_CONTROL_POLICY" => Some(PolicyKind::ServiceControl),
            "RESOURCE_CONTROL_POLICY" => Some(PolicyKind::ResourceControl),
            _ => None,
        }
    }

    /// Its value of `policyType` in AWS's API.
    pub fn policy_type(self) -> &'static str {
        match self {
            PolicyKind::Identity => "IDENTITY_POLICY",
            PolicyKind::Resource | PolicyKind::RoleTrust => "RESOURCE_POLICY",
            PolicyKind::ServiceControl => "SERVICE_CONTROL_POLICY",
            PolicyKind::ResourceControl => "RESOURCE_CONTROL_POLICY",
        }
    }
}

/// What an identity policy is put on: as a policy of its own, or inline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityPolicy {
    /// A customer managed policy.
    Managed,
    /// Inline in a user.
    User,
    /// Inline in a group.
    Group,
    /// Inline in a role.
    Role,
}

impl IdentityPolicy {
    /// Every one.
    pub const ALL: [IdentityPolicy; 4] = [
        IdentityPolicy::Managed,
        IdentityPolicy::User,
        IdentityPolicy::Group,
        IdentityPolicy::Role,
    ];

    /// Its name in the options of a call.
    pub fn name(self) -> &'static str {
        match self {
            IdentityPolicy::Managed => "MANAGED",
            IdentityPolicy::User => "INLINE_USER",
            IdentityPolicy::Group => "INLINE_GROUP",
            IdentityPolicy::Role => "INLINE_ROLE",
        }
    }

    /// How many characters it takes, white space not counted; inline policies of one identity share them.
    pub fn quota(self) -> usize {
        match self {
            IdentityPolicy::Managed => quota::MANAGED,
            IdentityPolicy::User => quota::USER_INLINE,
            IdentityPolicy::Group => quota::GROUP_INLINE,
            IdentityPolicy::Role => quota::ROLE_INLINE,
        }
    }

    pub(super) fn in_words(self) -> &'static str {
        match self {
            IdentityPolicy::Managed => "A managed policy",
            IdentityPolicy::User => "A user, for all its inline policies together,",
            IdentityPolicy::Group => "A group, for all its inline policies together,",
            IdentityPolicy::Role => "A role, for all its inline policies together,",
        }
    }
}

/// The resource type of role trust policies in AWS's API.
const ASSUME_ROLE_POLICY_DOCUMENT: &str = "AWS::IAM::AssumeRolePolicyDocument";

/// A document and what is known about it.
#[derive(Debug)]
pub struct Context<'c> {
    /// The document; of broken text as far as it was read.
    pub document: &'c Document<'c>,
    /// What it is attached to.
    pub kind: PolicyKind,
    /// The type of the resource, such as `AWS::S3::Bucket`, if the caller named one.
    pub resource_type: Option<&'c str>,
    /// What an identity policy is put on, if the caller said it.
    pub identity_policy: Option<IdentityPolicy>,
    /// What is wrong with the text, if it is not JSON.
    pub syntax: Option<Syntax>,
    /// The text as it was given.
    pub text: &'c str,
    /// How many bytes of it are ASCII white space.
    pub white_space: usize,
    /// What many rules ask.
    pub facts: Facts<'c>,
}

impl<'c> Context<'c> {
    /// Every key of every condition of the document.
    pub(super) fn condition_entries<'s>(
        &'s self,
    ) -> impl Iterator<Item = &'s ConditionEntry<'s>> + use<'s, 'c> {
        self.facts.condition_entries.iter().copied()
    }
}

/// What many rules ask of a document, found out once.
#[derive(Debug)]
pub struct Facts<'c> {
    /// The entries of `Resource` and `NotResource` that are not well-formed ARNs, and why; `*` is well-formed.
    pub(super) arn_problems: Vec<(Str<'c>, ArnProblems)>,
    /// Every key of every condition.
    condition_entries: Vec<&'c ConditionEntry<'c>>,
    /// Whether the text has a backslash, so that a string in it may mean another than it looks like.
    pub(super) has_escapes: bool,
    /// Whether it has an ampersand.
    pub(super) has_ampersand: bool,
    /// The strings in which variables may be.
    pub(super) with_dollar: StringsWithDollar<'c>,
}

impl<'c> Facts<'c> {
    /// Looks through a document and its text.
    pub fn of(document: &'c Document<'c>, text: &str) -> Self {
        let mut arn_problems = Vec::new();
        for statement in &document.statements {
            for entry in statement.resource_entries() {
                let problems = match entry.arn {
                    Some(arn) => ArnProblems::of_arn(arn),
                    None if entry.text == "*" => continue,
                    None => ArnProblems::of(entry.text),
                };
                if !problems.is_empty() {
                    arn_problems.push((entry.string, problems));
                }
            }
        }
        let statements = document.statements.iter();
        // Most texts have none of the three, which one look tells.
        let signs =
            |word| words::equal(word, b'\\') | words::equal(word, b'&') | words::equal(word, b'$');
        let has_signs = words::find(text.as_bytes(), 0, signs) < text.len();
        let has = |sign: char| has_signs && text.contains(sign);
        let has_escapes = has('\\');
        Facts {
            arn_problems,
            has_escapes,
            has_ampersand: has('&'),
            condition_entries: statements.flat_map(|s| &s.condition.entries).collect(),
            // An escape may stand for the dollar sign.
            with_dollar: if has_escapes || has('$') {
                StringsWithDollar::of(document)
            } else {
                StringsWithDollar::default()
            },
        }
    }
}
