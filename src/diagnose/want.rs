//! What somebody wants to use, and the questions to IAM that follow from it.
//!
//! The requests of the table of capabilities have placeholders. What is given takes their place; for what is not
//! given, each value that a policy names is tried, and one that none names.

use std::collections::{BTreeMap, BTreeSet};

use super::template::{self, ArnTemplate};
use crate::aws::{Arn, Partition, Region};
use crate::session::capabilities::{self, Capability, Request, Requester};

/// A capability, and what is known of the node, the key, the bucket and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// The id of a capability, such as `node.session-kms`.
    pub capability: String,
    /// What is known.
    pub values: Values,
}

/// What is known of the things that a capability is about; each is checked by whoever makes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// Such as `aws-cn`; `None` for `aws`, or that of the Region.
    pub partition: Option<String>,
    /// Such as `eu-west-1`.
    pub region: Option<String>,
    /// Twelve digits.
    pub account_id: Option<String>,
    /// Such as `i-0123456789abcdef0`.
    pub instance_id: Option<String>,
    /// Such as `mi-0123456789abcdef0`.
    pub managed_instance_id: Option<String>,
    /// The ARN of one key: of the sessions, or of the log bucket where the capability is about that.
    pub kms_key_arn: Option<String>,
    /// The name of the log bucket.
    pub bucket: Option<String>,
    /// The prefix in the log bucket, without slashes around it.
    pub prefix: Option<String>,
    /// The name of the log group.
    pub log_group: Option<String>,
    /// The key of the tag on nodes.
    pub tag_key: Option<String>,
    /// The value of that tag.
    pub tag_value: Option<String>,
    /// The name of a session document, or of a document of State Manager.
    pub document_name: Option<String>,
    /// The name of a parameter, without a slash at its front.
    pub parameter_name: Option<String>,
    /// The name of an ECS cluster.
    pub cluster: Option<String>,
    /// The id of an ECS task.
    pub task_id: Option<String>,
    /// The name of the role.
    pub role_name: Option<String>,
    /// The name of the IAM user.
    pub user_name: Option<String>,
}

/// Names of placeholders with the names of the values that stand for them.
const NAMES: [(&str, &str); 18] = [
    ("Region", "region"),
    ("Account", "accountId"),
    ("InstanceId", "instanceId"),
    ("ManagedInstanceId", "instanceId"),
    ("KeyId", "kmsKeyArn"),
    ("LogBucketKeyId", "kmsKeyArn"),
    ("BucketName", "bucket"),
    ("ObjectKey", "prefix"),
    ("LogGroup", "logGroup"),
    ("TagKey", "tagKey"),
    ("TagValue", "tagValue"),
    ("CustomDocument", "documentName"),
    ("DocumentName", "documentName"),
    ("ParameterName", "parameterName"),
    ("ClusterName", "cluster"),
    ("TaskId", "taskId"),
    ("RoleName", "roleName"),
    ("Partition", "partition"),
];

/// Names of the values of a [`Want`] on which the resources of a capability and its conditions on tags depend.
pub fn values_of(capability: &Capability) -> Vec<&'static str> {
    let required = capability.requests.iter().filter(|r| r.level == capabilities::Level::Required);
    let texts = required.flat_map(|request| {
        std::iter::once(request.resource).chain(request.context.iter().map(|(key, _)| *key))
    });
    let texts: Vec<String> = texts.map(localised).collect();
    let named: BTreeSet<&str> =
        texts.iter().flat_map(|text| template::placeholders(text)).collect();
    let mut values: Vec<_> = NAMES
        .iter()
        .filter(|(placeholder, value)| named.contains(placeholder) && *value != "partition")
        .map(|(_, value)| *value)
        .collect();
    if named.contains("TagKey") {
        values.push("tagValue");
    }
    values.dedup();
    values
}

/// Without these a statement would grant more than anybody asked for.
const NEEDED: [&str; 7] =
    ["KeyId", "LogBucketKeyId", "BucketName", "LogGroup", "CustomDocument", "TagKey", "TagValue"];

/// The name of the value that a placeholder stands for.
pub(super) fn value_name(placeholder: &str) -> &'static str {
    NAMES.iter().find(|(name, _)| *name == placeholder).map_or("resource", |(_, value)| value)
}

/// Whether a statement must name the value of this placeholder.
pub(super) fn is_needed(placeholder: &str) -> bool {
    NEEDED.contains(&placeholder)
}

/// Values for placeholders.
pub(super) type Assignment = BTreeMap<&'static str, String>;

/// A want that is ready to be asked: what is given, and what stands for the rest.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The values that are given or follow from what is given.
    pub(super) given: Assignment,
    /// What is taken for granted to have an answer; not certain enough to be written into a policy.
    pub(super) inferred: Assignment,
    /// The key ARN as a whole: its account and Region are its own.
    pub(super) key_arn: Option<String>,
    pub(super) user_name: Option<String>,
    pub(super) role_name: Option<String>,
}

impl Scope {
    /// `account` is that of the role, if the documents tell.
    pub(super) fn new(values: &Values, account: Option<&str>) -> Self {
        let mut given = Assignment::new();
        let mut give = |name: &'static str, value: Option<&str>| {
            if let Some(value) = value {
                given.insert(name, value.to_owned());
            }
        };
        let key = values.kms_key_arn.as_deref().and_then(Arn::parse);
        // A key serves nodes of its Region only.
        let region = values.region.as_deref().or(key.map(|key| key.region));
        let of_region = region.and_then(Region::parse).map(|region| region.partition.name());
        let partition = values.partition.as_deref().or(of_region).or(key.map(|key| key.partition));
        give("Partition", partition);
        give("DnsSuffix", partition.and_then(Partition::from_name).map(Partition::dns_suffix));
        give("Region", region);
        give("Account", values.account_id.as_deref());
        give("InstanceId", values.instance_id.as_deref());
        give("ManagedInstanceId", values.managed_instance_id.as_deref());
        give("BucketName", values.bucket.as_deref());
        let prefix = values.prefix.as_ref().map(|prefix| format!("{prefix}/${{SessionId}}.log"));
        give("ObjectKey", prefix.as_deref());
        give("LogGroup", values.log_group.as_deref());
        give("TagKey", values.tag_key.as_deref());
        give("TagValue", values.tag_value.as_deref());
        give("CustomDocument", values.document_name.as_deref());
        give("DocumentName", values.document_name.as_deref());
        give("ParameterName", values.parameter_name.as_deref());
        give("ClusterName", values.cluster.as_deref());
        give("TaskId", values.task_id.as_deref());
        give("RoleName", values.role_name.as_deref());
        let mut inferred = Assignment::new();
        if let Some(account) = account.or(key.map(|key| key.account)) {
            inferred.insert("Account", account.to_owned());
        }
        Scope {
            given,
            inferred,
            key_arn: values.kms_key_arn.clone(),
            user_name: values.user_name.clone(),
            role_name: values.role_name.clone(),
        }
    }

    /// Whether a placeholder has no value but the stand-in of the table.
    pub(super) fn is_open(&self, placeholder: &str) -> bool {
        let is_key = matches!(placeholder, "KeyId" | "LogBucketKeyId");
        let follows = matches!(placeholder, "SessionId" | "DnsSuffix" | "Partition" | "AnyKey")
            || placeholder.starts_with("principal:");
        let is_named = placeholder == "RoleName" && self.role_name.is_some();
        let is_known = self.value(placeholder).is_some() || (is_key && self.key_arn.is_some());
        !(follows || is_named || is_known)
    }

    /// What is asked for a template: AWS's examples as they stand where nothing is known, so that its own texts fit; but
    /// a guard keeps people out of what is theirs.
    pub(super) fn asked(&self, template: &str, is_guard: bool) -> String {
        examples_named(template, |placeholder| is_guard || self.value(placeholder).is_some())
    }

    /// What is given or taken for granted.
    pub(super) fn value(&self, placeholder: &str) -> Option<&String> {
        self.given.get(placeholder).or(self.inferred.get(placeholder))
    }

    /// The ARN of the resource with what stands for its placeholders; a key that is given is itself.
    pub(super) fn resource(
        &self,
        template: &str,
        value: &dyn Fn(&str) -> Option<String>,
    ) -> String {
        match &self.key_arn {
            Some(arn) if is_key(template) => arn.clone(),
            _ => template::fill(template, value),
        }
    }

    /// The placeholders of a request that are open, with their values in the ARNs that policies name: one assignment
    /// for each way in which an ARN fits, the stand-ins of the table first; at most so many.
    pub(super) fn assignments(
        &self,
        request: &Request,
        (is_guard, is_elsewhere): (bool, bool),
        arns: &[[&str; 6]],
        most: usize,
    ) -> Vec<Assignment> {
        let mut assignments = vec![Assignment::new()];
        let templates = std::iter::once(request.resource)
            .chain(request.context.iter().map(|(_, value)| *value))
            .filter(|template| template.starts_with("arn:"))
            .map(|template| self.asked(template, is_guard))
            // A policy of another account names the role or its account.
            .chain([ROLE, ACCOUNT].into_iter().filter(|_| is_elsewhere).map(str::to_owned));
        for template in templates {
            let Some(template) = ArnTemplate::of(&template) else { continue };
            for arn in arns {
                let Some(fitted) = template.fit(arn) else { continue };
                let fitted = fitted.into_iter().filter_map(|(name, value)| {
                    let (name, _) = NAMES.iter().find(|(known, _)| *known == name)?;
                    self.is_open(name).then_some((*name, value))
                });
                let fitted: Assignment = fitted.collect();
                // A pattern for the objects of a bucket names no bucket of that name.
                let is_path =
                    |name: &str| ["ObjectKey", "LogGroup", "ParameterName"].contains(&name);
                if fitted.iter().any(|(name, value)| value.contains('/') && !is_path(name)) {
                    continue;
                }
                if !fitted.is_empty() && !assignments.contains(&fitted) {
                    assignments.push(fitted);
                }
                if assignments.len() >= most {
                    return assignments;
                }
            }
        }
        assignments
    }
}

/// The role itself, which its trust policy does not name.
pub(super) const ROLE: &str = "arn:${Partition}:iam::${Account}:role/${RoleName}";

/// The account of the role, as policies of resources name it.
const ACCOUNT: &str = "arn:${Partition}:iam::${Account}:root";

/// The template with placeholders for accounts, Regions and names that the table has from AWS's examples.
pub(super) fn localised(template: &str) -> String {
    examples_named(template, |_| true)
}

fn examples_named(template: &str, is_chosen: impl Fn(&str) -> bool) -> String {
    let mut text = template.to_owned();
    for (example, placeholder) in [
        ("123456789012", "Account"),
        ("987654321098", "Account"),
        ("us-east-2", "Region"),
        ("us-west-2", "Region"),
        ("i-02573cafcfEXAMPLE", "InstanceId"),
        ("exampleAllowedSessionDocument", "CustomDocument"),
        ("SessionDocument-Example", "CustomDocument"),
        ("cluster-name", "ClusterName"),
    ] {
        if text.contains(example) && is_chosen(placeholder) {
            text = text.replace(example, &format!("${{{placeholder}}}"));
        }
    }
    text
}

pub(super) fn is_key(template: &str) -> bool {
    Arn::parse(template).is_some_and(|arn| arn.service == "kms" && arn.resource.starts_with("key/"))
}

/// The table of capabilities, read once.
pub(super) struct Table {
    capabilities: &'static [Capability],
    requesters: Vec<Requester>,
    stand_ins: BTreeMap<&'static str, &'static str>,
}

impl Table {
    pub(super) fn read() -> Self {
        Table {
            capabilities: capabilities::capabilities(),
            requesters: capabilities::requesters(),
            stand_ins: capabilities::placeholder_values().into_iter().collect(),
        }
    }

    pub(super) fn capability(&self, id: &str) -> Option<&Capability> {
        self.capabilities.iter().find(|capability| capability.id == id)
    }

    /// The capability with all that it needs, itself first, each once.
    pub(super) fn with_needs(&self, id: &str) -> Vec<&Capability> {
        let mut found: Vec<&Capability> = Vec::new();
        let mut wanted = vec![id];
        while let Some(id) = wanted.pop() {
            let Some(capability) = self.capability(id) else { continue };
            if !found.iter().any(|known| known.id == id) {
                found.push(capability);
                wanted.extend(capability.needs.iter());
            }
        }
        found
    }

    pub(super) fn requester(&self, name: &str) -> Option<&Requester> {
        self.requesters.iter().find(|requester| requester.name == name)
    }

    pub(super) fn stand_in(&self, placeholder: &str) -> Option<&'static str> {
        self.stand_ins.get(placeholder).copied()
    }
}
