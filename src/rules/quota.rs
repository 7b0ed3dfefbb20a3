//! Rules about the size of policies.

pub(super) mod minify;
pub(super) mod more_findings;
pub(super) mod policy_size_exceeds_attachment_quota;
pub(super) mod policy_size_exceeds_quota;

/// What to do about a policy that is too long, beside whatever else `or` says.
fn shorten_or(or: &str) -> String {
    format!(
        "A shorter policy may say the same: Shorten this policy on the page, postern minimize and minimizePolicy look \
         for one. Else {or}"
    )
}
