//! What Session Manager needs: builders for the policies of nodes.
//!
//! Source: the AWS Systems Manager user guide, June 2023, and the source of the agent, read 2026-11.

pub mod capabilities;
mod input;
mod node;

use crate::policy::{self, Policy};

pub use input::{
    parse_account_id, parse_kms_key, parse_partition, parse_policy_name, parse_region, KmsKey,
    Refusal,
};
pub use node::{build_node_policy, NodeOptions};

/// A policy with what people need to know before they use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltPolicy {
    /// What it grants.
    pub policy: Policy,
    /// The text to paste, ended by a line feed.
    pub json: String,
    /// How many characters of it IAM counts.
    pub characters: usize,
    /// How many characters IAM takes in all inline policies of one role together.
    pub quota: usize,
    /// What the text alone does not say, the summary first.
    pub notes: Vec<Note>,
}

/// One thing to know about a built policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A stable name for programs.
    pub code: &'static str,
    /// One or two sentences for people.
    pub message: String,
}

impl Note {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Note { code, message: message.into() }
    }
}

/// Characters that IAM takes in all inline policies of a role together.
///
/// Source: "IAM and AWS STS quotas", read 2026-11.
const ROLE_INLINE_QUOTA: usize = 10_240;

impl BuiltPolicy {
    fn new(policy: Policy, mut notes: Vec<Note>) -> Self {
        let json = policy.to_json();
        let characters = policy::characters(&json);
        if characters > ROLE_INLINE_QUOTA {
            notes.push(Note::new(
                "OVER_QUOTA",
                format!(
                    "The policy has {characters} characters, and IAM takes {ROLE_INLINE_QUOTA} in all inline \
                     policies of a role together. Name fewer keys, or use a pattern such as key/*."
                ),
            ));
        }
        BuiltPolicy { policy, json, characters, quota: ROLE_INLINE_QUOTA, notes }
    }
}
