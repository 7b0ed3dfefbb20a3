//! What belongs to the policies of nodes and people: key and bucket policies, endpoint policies and the endpoints
//! themselves, trust policies, the document with the session preferences and other session documents, service control
//! policies.

mod bucket;
mod command;
mod endpoint;
mod guard;
mod key;
mod parameter;
mod pattern;
mod preferences;
mod session_document;
mod trust;

use serde::Deserialize;

use crate::json::Plain;

use super::Note;

pub use bucket::{build_bucket_policy, BucketPolicy};
pub use command::argument;
pub use endpoint::{
    build_endpoint_policy, build_endpoints, endpoint_host, endpoint_name, EndpointPolicy,
    EndpointService, Endpoints,
};
pub use guard::{
    build_host_management_guard, build_session_guard, HostManagementGuard, SessionGuard, Sharing,
};
pub use key::{
    build_log_bucket_key_policy, build_log_group_key_policy, build_session_key_policy,
    LogBucketKeyPolicy, LogGroupKeyPolicy, SessionKeyPolicy,
};
pub use parameter::{parameter_reference, DocumentParameter, ParameterDefault, ParameterType};
pub use preferences::{build_preferences, PreferencesDocument, ShellProfile, Switch};
pub use session_document::{
    build_session_document, Commands, SessionDocument, SessionDocumentType,
};
pub use trust::{build_trust_policy, TrustPolicy, Trusted};

/// A document that is no policy.
#[derive(Clone, Debug, PartialEq)]
pub struct BuiltDocument {
    /// What it says.
    pub document: Plain<'static>,
    /// The text to store, ended by a line feed.
    pub json: String,
    /// What the text alone does not say, the summary first.
    pub notes: Vec<Note>,
    /// The command of the AWS CLI that belongs to it.
    pub command: String,
}

/// What can be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelatedKind {
    /// The key policy of the key that encrypts session data.
    SessionKeyPolicy,
    /// The key policy of the key that encrypts the log bucket.
    LogBucketKeyPolicy,
    /// The key policy of the key that encrypts the log group.
    LogGroupKeyPolicy,
    /// The policy of the log bucket.
    BucketPolicy,
    /// The policy of a VPC endpoint.
    EndpointPolicy,
    /// The VPC endpoints that are needed.
    Endpoints,
    /// Who may assume the role of nodes, or of people.
    TrustPolicy,
    /// The session preferences.
    PreferencesDocument,
    /// A session document for commands or a port.
    SessionDocument,
    /// The service control policy that keeps Default Host Management as it is.
    HostManagementGuard,
    /// The service control policy that keeps sessions in order.
    SessionGuard,
}
