//! How many characters policies may have.
//!
//! Source: "IAM and AWS STS quotas", "Quotas for AWS Organizations", and the guides of Amazon S3 and AWS KMS, read
//! 2026-11.

/// A managed policy, white space not counted.
pub const MANAGED: usize = 6_144;
/// All inline policies of a role together, white space not counted.
pub const ROLE_INLINE: usize = 10_240;
/// All inline policies of a user together, white space not counted.
pub const USER_INLINE: usize = 2_048;
/// All inline policies of a group together, white space not counted.
pub const GROUP_INLINE: usize = 5_120;
/// The trust policy of a role, white space not counted; an account can have it raised.
pub const ROLE_TRUST: usize = 2_048;
/// A service control policy; it was 5,120 before 2026-05-15.
pub const SERVICE_CONTROL: usize = 10_240;
/// A resource control policy.
pub const RESOURCE_CONTROL: usize = 5_120;
/// The policy of a bucket, a table, a VPC endpoint and most other resources.
pub const RESOURCE: usize = 20_480;
/// The policy of a KMS key.
pub const KMS_KEY: usize = 32_768;
