//! Grammar and facts of AWS: ARNs, partitions and Regions, names of KMS keys.

mod action;
mod arn;
mod glob;
mod kms;
mod operator;
mod partition;
mod variable;

pub use action::{has_wildcard, ActionPattern};
pub use arn::{split_fields, Arn};
pub use glob::matches_glob;
pub use kms::{KmsKeyArn, NotAKmsKeyArn};
pub use operator::{without_if_exists, BaseOperator, ConditionOperator, Family, Qualifier};
pub use partition::{Partition, Region};
pub use variable::{variables, without_variables, Variable};
