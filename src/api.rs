//! The wire: one function for each call of the package, from a [`Plain`] value to something that can be serialized.
//!
//! Fields are in camel case, an absent list is `[]`, and arguments that have a field too many are refused.

mod access;
mod build;
mod catalog;
mod check;
mod diagnose;
mod evaluate;
mod explain;
mod export;
mod find;
mod plain;
mod read;

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::json::Plain;
use crate::policy::Policy;
use crate::session::{self, Refusal, Refused};
use crate::text::shown;

pub use access::{
    check_access_not_granted, check_no_public_access, compare_access, minimize_policy, AccessCheck,
    AccessComparison, AccessReason, MinimizedPolicy, StatementIndex, Witness,
};
pub use build::{build_node_policy, build_operator_policy, build_related, BuiltDocument, Related};
pub use catalog::{
    describe_action, list_actions, list_condition_keys, list_services, ActionDescription,
    ActionName, ActionResourceType, ConditionKeyName, ServiceName,
};
pub use check::{
    apply_fixes, catalog_info, fitting_edits, list_checks, validate_policy, CatalogInfo, Check,
    Edit, Finding, Fix, Location, PathElement, PolicyText, Position, Range,
};
pub use diagnose::{
    diagnose_role, list_capabilities, list_managed_policies, CapabilityName, CapabilityResult,
    Diagnosis, ManagedPolicy, Recognised, RoleReason,
};
pub use evaluate::{
    evaluate, evaluate_all, Decision, Decisions, Matched, Missing, Reason, Requirement,
};
pub use explain::{describe_policy, explain_error, Explanation, Permission};
pub use export::{export_policy, export_setup, Setup, SetupFile};
pub use find::{find_policies, FoundPolicies, FoundPolicy};

/// An argument of any shape.
pub type Value<'t> = Plain<'t>;

/// Why a call was refused; `PosternError` in JavaScript.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Error {
    /// A stable name for programs.
    pub code: Cow<'static, str>,
    /// Sentences for people: what is wrong, and what a right one looks like.
    #[serde(serialize_with = "of_error")]
    pub message: String,
    /// Where in the arguments, such as `options.sessionEncryption.kmsKeyArn`; `None` when it is no one place.
    pub path: Option<String>,
}

/// Errors are made wherever an argument is read, and quote it; on the wire all of them come by here.
fn of_error<S: Serializer>(message: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&shown(message.to_owned()))
}

impl Error {
    fn refused(refusal: &Refusal, path: impl Into<String>) -> Self {
        Error { code: refusal.code().into(), message: refusal.to_string(), path: Some(path.into()) }
    }

    /// The same for an option that a builder names.
    fn of_option(refused: Refused) -> Self {
        Error::refused(&refused.refusal, format!("options.{}", refused.at))
    }
}

/// A built policy on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BuiltPolicy {
    /// The policy document, an object on the wire.
    #[serde(serialize_with = "plain::document")]
    pub policy: Policy,
    /// The text to paste.
    pub json: String,
    /// How many characters of it IAM counts.
    pub characters: usize,
    /// How many IAM takes.
    pub quota: usize,
    /// What the text alone does not say.
    pub notes: Vec<Note>,
}

/// A note on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A stable name for programs.
    pub code: &'static str,
    /// Sentences for people.
    pub message: String,
}

impl From<session::BuiltPolicy> for BuiltPolicy {
    fn from(built: session::BuiltPolicy) -> Self {
        BuiltPolicy {
            policy: built.policy,
            json: built.json,
            characters: built.characters,
            quota: built.quota,
            notes: notes(built.notes),
        }
    }
}

/// A built text has at most so many notes, and one more that says how many are left out: of a document with thousands
/// of parameters each has one.
const MOST_NOTES: usize = 200;

fn notes(all: Vec<session::Note>) -> Vec<Note> {
    let more = all.len().saturating_sub(MOST_NOTES);
    let mut notes: Vec<Note> = all.into_iter().take(MOST_NOTES).map(Note::from).collect();
    if more > 0 {
        let message = match more {
            1 => "There is 1 more note, not listed here.".to_owned(),
            more => format!("There are {more} more notes, not listed here."),
        };
        notes.push(Note { code: "MORE_NOTES", message });
    }
    notes
}

impl From<session::Note> for Note {
    fn from(note: session::Note) -> Self {
        Note { code: note.code, message: shown(note.message) }
    }
}
