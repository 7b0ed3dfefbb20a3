//! The calls that put things in words: error messages, and policies.

use serde::Serialize;

use super::check::{range, PolicyText, Range};
use super::evaluate::tree;
use super::{Error, Plain};
use crate::diagnose;
use crate::text::{shown, LineIndex};

/// What one message means, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// A stable name for programs.
    pub code: &'static str,
    /// Where the message stands first.
    pub span: Range,
    /// How often it stands in the text.
    pub times: usize,
    /// What it means.
    pub meaning: String,
    /// What to do.
    pub help: String,
    /// `implicit_deny`, `explicit_deny`, `denied` (one of the two), `not_iam` or `unknown`.
    pub cause: &'static str,
    /// The kind of policy that decided, when the message says so.
    pub layer: Option<&'static str>,
    /// The ARN of that policy, when the message names it.
    pub policy_arn: Option<String>,
    /// Who was refused, when the message says so.
    pub principal: Option<String>,
    /// What has to be allowed.
    pub permissions: Vec<Permission>,
    /// Ids of the capabilities that do not work because of it.
    pub capabilities: Vec<&'static str>,
}

/// An action to allow, on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// The action.
    pub action: String,
    /// What belongs into `Resource`; `None` when the message does not say.
    pub resource: Option<String>,
}

/// `explainError(text)`: what the messages in a text mean; none when nothing in it is known.
pub fn explain_error(text: &PolicyText) -> Vec<Explanation> {
    let index = LineIndex::new(&text.text);
    let explain = |found: diagnose::Explanation| Explanation {
        code: found.code,
        span: range(&index, found.span),
        times: found.times,
        meaning: shown(found.meaning),
        help: shown(found.help),
        cause: found.cause.name(),
        layer: found.layer.map(diagnose::Layer::name),
        policy_arn: found.policy_arn,
        principal: found.principal,
        permissions: found.permissions.into_iter().map(Permission::from).collect(),
        capabilities: found.capabilities,
    };
    diagnose::explain_error(&text.text).into_iter().map(explain).collect()
}

/// `describePolicy(document)`: what a policy, a text or an object, allows and denies of Session Manager; a sentence for
/// each statement.
///
/// # Errors
/// `INVALID_POLICY` for a document that IAM could not read; `path` leads into it.
pub fn describe_policy(document: &Plain) -> Result<Vec<String>, Error> {
    let sentences = diagnose::describe_policy(&tree::policy(document, "document")?);
    Ok(sentences.into_iter().map(shown).collect())
}

impl From<diagnose::Permission> for Permission {
    fn from(permission: diagnose::Permission) -> Self {
        Permission { action: permission.action, resource: permission.resource }
    }
}
