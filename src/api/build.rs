//! The builders: of policies for nodes and people, and of what is related to them.

use serde::Serialize;

use super::read::{read, read_at, wrong};
use super::{BuiltPolicy, Error, Note, Value};
use crate::json::Plain;
use crate::session::node::build_node_policy as build_node;
use crate::session::operator::build_operator_policy as build_operator;
use crate::session::related::{self, RelatedKind};
use crate::session::Refused;

/// `buildNodePolicy(options?)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn build_node_policy(options: Option<&Value>) -> Result<BuiltPolicy, Error> {
    build(options, build_node).map(BuiltPolicy::from)
}

/// `buildOperatorPolicy(options)`.
///
/// # Errors
/// Options of the wrong shape, or a value that IAM or Session Manager would not take; `path` says which.
pub fn build_operator_policy(options: Option<&Value>) -> Result<BuiltPolicy, Error> {
    build(options, build_operator).map(BuiltPolicy::from)
}

/// What `buildRelated` answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Related {
    /// A policy.
    Policy(BuiltPolicy),
    /// A document that is no policy.
    Document(BuiltDocument),
}

/// A document that is no policy, on the wire.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BuiltDocument {
    /// The document.
    pub document: Plain<'static>,
    /// The same as text.
    pub json: String,
    /// What the text alone does not say.
    pub notes: Vec<Note>,
    /// The command of the AWS CLI that belongs to it.
    pub command: String,
}

/// `buildRelated(kind, options)`.
///
/// # Errors
/// No such kind, options of the wrong shape, or a value that AWS would not take; `path` says which.
pub fn build_related(kind: Option<&Value>, options: Option<&Value>) -> Result<Related, Error> {
    let Some(kind) = kind else {
        return Err(wrong("kind", "must be a string, not null"));
    };
    let policy = match read_at(kind, "kind")? {
        RelatedKind::SessionKeyPolicy => build(options, related::build_session_key_policy)?,
        RelatedKind::LogBucketKeyPolicy => build(options, related::build_log_bucket_key_policy)?,
        RelatedKind::LogGroupKeyPolicy => build(options, related::build_log_group_key_policy)?,
        RelatedKind::BucketPolicy => build(options, related::build_bucket_policy)?,
        RelatedKind::EndpointPolicy => build(options, related::build_endpoint_policy)?,
        RelatedKind::TrustPolicy => build(options, related::build_trust_policy)?,
        RelatedKind::HostManagementGuard => build(options, related::build_host_management_guard)?,
        RelatedKind::SessionGuard => build(options, related::build_session_guard)?,
        RelatedKind::Endpoints => return document(build(options, related::build_endpoints)?),
        RelatedKind::PreferencesDocument => {
            return document(build(options, related::build_preferences)?)
        }
        RelatedKind::SessionDocument => {
            return document(build(options, related::build_session_document)?)
        }
    };
    Ok(Related::Policy(policy.into()))
}

/// Reads the options and builds.
fn build<'v, O: serde::Deserialize<'v>, B>(
    options: Option<&'v Value<'v>>,
    build: fn(&O) -> Result<B, Refused>,
) -> Result<B, Error> {
    build(&read(options, "options")?).map_err(Error::of_option)
}

fn document(built: related::BuiltDocument) -> Result<Related, Error> {
    Ok(Related::Document(BuiltDocument {
        document: built.document,
        json: built.json,
        notes: super::notes(built.notes),
        command: built.command,
    }))
}
