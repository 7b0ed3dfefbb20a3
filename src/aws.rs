//! Grammar and facts of AWS: ARNs, partitions and Regions, names of KMS keys.

mod arn;
mod glob;
mod kms;
mod partition;

pub use arn::Arn;
pub use glob::matches_glob;
pub use kms::{KmsKeyArn, NotAKmsKeyArn};
pub use partition::{Partition, Region};
