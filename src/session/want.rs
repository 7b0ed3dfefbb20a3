//! What somebody wants a role to do, as it is given.

use serde::Deserialize;

use crate::aws::{Partition, Region};

use super::option::{self, of};
use super::KmsKey;

/// A capability, and the values that its resources depend on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct WantOptions<'a> {
    /// The id of the capability.
    pub capability: &'a str,
    /// The partition of the nodes.
    pub partition: Option<Partition>,
    /// Their Region.
    #[serde(borrow)]
    pub region: Option<Region<'a>>,
    /// Their account.
    #[serde(default, deserialize_with = "option::account_id")]
    pub account_id: Option<&'a str>,
    /// The node.
    #[serde(default, deserialize_with = "option::optional::<of::NodeId, _>")]
    pub instance_id: Option<&'a str>,
    /// The key that encrypts session data.
    pub kms_key_arn: Option<KmsKey>,
    /// The log bucket.
    #[serde(default, deserialize_with = "option::optional::<of::Bucket, _>")]
    pub bucket: Option<&'a str>,
    /// What the keys of the logs begin with.
    #[serde(default, deserialize_with = "option::optional::<of::Prefix, _>")]
    pub prefix: Option<&'a str>,
    /// The log group.
    #[serde(default, deserialize_with = "option::log_group")]
    pub log_group: Option<&'a str>,
    /// The key of a tag of the node.
    #[serde(default, deserialize_with = "option::optional::<of::TagKey, _>")]
    pub tag_key: Option<&'a str>,
    /// Its value.
    #[serde(default, deserialize_with = "option::optional::<of::TagValue, _>")]
    pub tag_value: Option<&'a str>,
    /// A document of the account, or of AWS where one is run as a command.
    #[serde(default, deserialize_with = "option::optional::<of::CommandDocument, _>")]
    pub document_name: Option<&'a str>,
    /// A parameter of Parameter Store.
    #[serde(default, deserialize_with = "option::optional::<of::Parameter, _>")]
    pub parameter_name: Option<&'a str>,
    /// The ECS cluster.
    #[serde(default, deserialize_with = "option::optional::<of::Cluster, _>")]
    pub cluster: Option<&'a str>,
    /// The ECS task.
    pub task_id: Option<&'a str>,
    /// The role of the node.
    #[serde(default, deserialize_with = "option::optional::<of::Role, _>")]
    pub role_name: Option<&'a str>,
    /// The IAM user.
    #[serde(default, deserialize_with = "option::optional::<of::Role, _>")]
    pub user_name: Option<&'a str>,
}
