//! Rules about the size of policies.

pub(super) mod minify;
pub(super) mod more_findings;
pub(super) mod policy_size_exceeds_attachment_quota;
pub(super) mod policy_size_exceeds_quota;
