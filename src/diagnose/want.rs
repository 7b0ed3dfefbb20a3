//! What somebody wants to use, and the questions to IAM that follow from it.
//!
//! The requests of the table of capabilities have placeholders. What is given takes their place; for what is not
//! given, each value that a policy names is tried, and one that none names.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::partition;
use super::reason::Reason;
use super::role::Role;
use super::template::{self, ArnTemplate};
use super::ungiven::Compared;
use crate::aws::{is_account_id, Arn, Partition, Region};
use crate::session::capabilities::{self, Capability, Request, ResourcePolicy, Side};
use crate::session::is_document_of_aws;
use crate::sort::{map, set};

/// A capability, and what is known of the node, the key, the bucket and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// The id of a capability, such as `node.session-kms`.
    pub capability: String,
    /// What is known.
    pub values: Values,
}

/// What is known of the things that a capability is about, by the placeholder of the table; each is checked by whoever
/// gives it. Beside the placeholders there are `KeyArn`, the ARN of one key, of the sessions or of the log bucket where the
/// capability is about that; `Prefix`, that of the log bucket without slashes around it; `UserName`, the IAM user; and
/// `CustomDocument` is a document of State Manager and of Run Command too.
pub type Values = BTreeMap<&'static str, String>;

/// Names of placeholders with the names of the values that stand for them, and whether a statement must name the value,
/// since it would else grant more than anybody asked for.
const NAMES: [(&str, &str, bool); 21] = [
    ("Region", "region", false),
    ("Account", "accountId", false),
    ("InstanceId", "instanceId", false),
    ("ManagedInstanceId", "instanceId", false),
    ("KeyId", "kmsKeyArn", true),
    ("LogBucketKeyId", "kmsKeyArn", true),
    (KEY_ACCOUNT, "kmsKeyArn", false),
    ("BucketName", "bucket", true),
    ("ObjectKey", "prefix", false),
    ("LogGroup", "logGroup", true),
    ("TagKey", "tagKey", true),
    ("TagValue", "tagValue", true),
    ("CustomDocument", "documentName", true),
    ("CommandAccount", "accountId", false),
    ("CommandDocument", "documentName", true),
    ("DocumentName", "documentName", false),
    ("ParameterName", "parameterName", false),
    ("ClusterName", "cluster", false),
    ("TaskId", "taskId", false),
    ("RoleName", "roleName", false),
    ("Partition", "partition", false),
];

/// Placeholders of which a want has no value, with words for people: which is meant only the policies tell.
///
/// Source: the Systems Manager user guide, "Cross-service confused deputy prevention", read 2026-11: of the source of a hybrid
/// activation it says no more than `arn:aws:ssm:REGION:ACCOUNT:*`.
const UNNAMED: [(&str, &str); 6] = [
    ("AccessRequestId", "the request for access"),
    ("AnyKey", "the object"),
    ("AssociationId", "the association"),
    ("ConnectEndpointId", "the endpoint"),
    ("FileName", "the file"),
    ("SourceResource", "the source of the call"),
];

/// Placeholders whose values may have slashes.
const PATHS: [&str; 6] =
    ["AnyKey", "FileName", "LogGroup", "ObjectKey", "ParameterName", "SourceResource"];

/// What a placeholder is of which a want has no value, for people; `None` for the others.
pub(super) fn unnamed_words(placeholder: &str) -> Option<&'static str> {
    UNNAMED.iter().find(|(name, _)| *name == placeholder).map(|(_, words)| *words)
}

/// The account of a key, where it is not that of the role.
pub(super) const KEY_ACCOUNT: &str = "KeyAccount";

/// Names of the values of a [`Want`] on which the resources of a capability and its conditions on tags depend.
pub fn values_of(capability: &Capability) -> Vec<&'static str> {
    let required = capability.requests.iter().filter(|r| r.level == capabilities::Level::Required);
    let texts = required.flat_map(|request| {
        std::iter::once(request.resource).chain(request.context.iter().map(|(key, _)| *key))
    });
    let named: BTreeSet<&str> = set(texts.flat_map(template::placeholders));
    let mut values: Vec<_> = NAMES
        .iter()
        .filter(|(placeholder, value, _)| named.contains(placeholder) && *value != "partition")
        .map(|(_, value, _)| *value)
        .collect();
    if named.contains("TagKey") {
        values.push("tagValue");
    }
    values.dedup();
    values
}

/// Whether a capability runs a document as a command, which one of AWS may be.
pub fn runs_command(capability: &str) -> bool {
    let known = capabilities::find(capability).into_iter();
    let mut resources = known.flat_map(|known| &known.requests).map(|request| request.resource);
    resources.any(|resource| template::placeholders(resource).any(|it| it == "CommandDocument"))
}

/// The name of the value that a placeholder stands for.
pub(super) fn value_name(placeholder: &str) -> &'static str {
    NAMES.iter().find(|(name, ..)| *name == placeholder).map_or("resource", |(_, value, _)| value)
}

/// What the value of that name is, for people.
pub(super) fn value_words(name: &str) -> &'static str {
    match name {
        "region" => "the Region",
        "accountId" => "the account",
        "instanceId" => "the node",
        "kmsKeyArn" => "the key",
        "bucket" => "the bucket",
        "prefix" => "the prefix of the logs",
        "logGroup" => "the log group",
        "tagKey" => "the key of the tag",
        "tagValue" => "the value of the tag",
        "documentName" => "the document",
        "parameterName" => "the parameter",
        "cluster" => "the cluster",
        "taskId" => "the task",
        "roleName" => "the role",
        "userName" => "the user",
        "partition" => "the partition",
        _ => "the resource",
    }
}

/// Whether a statement must name the value of this placeholder.
pub(super) fn is_needed(placeholder: &str) -> bool {
    NAMES.iter().any(|(name, _, is_needed)| *name == placeholder && *is_needed)
}

/// Whether the value of that name tells which thing is meant, and not where it is.
pub(super) fn is_of_thing(value: &str) -> bool {
    !matches!(value, "region" | "accountId" | "partition" | "resource")
}

/// Whether a want can have a value for this placeholder.
pub(super) fn is_value(placeholder: &str) -> bool {
    NAMES.iter().any(|(name, ..)| *name == placeholder)
}

pub(super) use Values as Assignment;

/// What is known of a want when it is asked: what is given, and what stands for the rest.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// The values that are given or follow from what is given.
    pub(super) given: Assignment,
    /// What is taken for granted to have an answer; not certain enough to be written into a policy.
    pub(super) inferred: Assignment,
    /// The key ARN as a whole: its account and Region are its own.
    pub(super) key_arn: Option<String>,
    pub(super) user_name: Option<String>,
    pub(super) role_name: Option<String>,
    /// Whether the node is hybrid: a managed instance of Systems Manager and none of EC2.
    pub(super) is_hybrid: bool,
    /// Why nothing of this is reached at all, where it is of another partition than the role.
    pub(super) elsewhere: Option<Reason>,
}

impl Facts {
    /// What is given, and what the documents tell of the role.
    pub(super) fn new(values: &Values, role: &Role) -> Self {
        let mut given = values.clone();
        let (key_arn, user_name) = (given.remove("KeyArn"), given.remove("UserName"));
        let prefix = given.remove("Prefix").map(|prefix| format!("{prefix}/${{SessionId}}.log"));
        let value = |name| values.get(name).map(String::as_str);
        let key = key_arn.as_deref().and_then(Arn::parse);
        // A key serves nodes of its Region only.
        let near = key.filter(|key| !partition::is_elsewhere(key, role, values));
        let region = value("Region").or(near.map(|key| key.region));
        let of_region = region.and_then(Region::parse).map(|region| region.partition.name());
        let own = role.own().map(|arn| arn.partition);
        let partition = value("Partition").or(of_region).or(own).or(near.map(|key| key.partition));
        let suffix = partition.and_then(Partition::from_name).map(Partition::dns_suffix);
        for (name, value) in [
            ("Partition", partition),
            ("DnsSuffix", suffix),
            ("Region", region),
            ("ObjectKey", prefix.as_deref()),
            ("DocumentName", value("CustomDocument")),
            ("CommandDocument", value("CustomDocument")),
            ("CommandAccount", value("CustomDocument").map(command_account)),
        ] {
            given.extend(value.map(|value| (name, value.to_owned())));
        }
        // A key may be of another account than the role, which is one of those that its policies name.
        let of_key = key.map(|key| key.account).filter(|_| role.named.is_empty());
        let account = role.account().or(of_key);
        let inferred = map(account.map(|account| ("Account", account.to_owned())));
        let role_name = value("RoleName").map(str::to_owned);
        let is_given = |name| given.contains_key(name);
        let is_hybrid = is_given("ManagedInstanceId") && !is_given("InstanceId");
        Facts { given, inferred, key_arn, user_name, role_name, is_hybrid, elsewhere: None }
    }

    /// Whether a placeholder has no value but the stand-in of the table.
    pub(super) fn is_open(&self, placeholder: &str) -> bool {
        let is_key = matches!(placeholder, "KeyId" | "LogBucketKeyId");
        let follows = matches!(placeholder, "SessionId" | "DnsSuffix" | "Partition")
            || placeholder.starts_with("principal:");
        let is_named = placeholder == "RoleName" && self.role_name.is_some();
        let is_known = self.value(placeholder).is_some() || (is_key && self.key_arn.is_some());
        !(follows || is_named || is_known)
    }

    /// What is given or taken for granted.
    pub(super) fn value(&self, placeholder: &str) -> Option<&String> {
        self.given.get(placeholder).or(self.inferred.get(placeholder))
    }

    /// The same of a hybrid node, where a request is made by a node or is about one and nobody said which it is.
    pub(super) fn of_hybrid(&self, capability: &Capability, request: &Request) -> Option<Self> {
        let is_given = |name| self.given.contains_key(name);
        let is_said = is_given("InstanceId") || is_given("ManagedInstanceId");
        let mut texts = request.context.iter().map(|(_, value)| *value).chain([request.resource]);
        let has_node = capability.side == Side::Node || texts.any(|text| text.contains(NODE_ID));
        (has_node && !is_said && !names_hybrid(capability))
            .then(|| Facts { is_hybrid: true, ..self.clone() })
    }

    /// The same for a capability: one that names hybrid nodes beside instances of EC2 is about both, whichever is given.
    pub(super) fn about(mut self, capability: &Capability) -> Self {
        self.is_hybrid &= !names_hybrid(capability);
        self
    }

    /// The resource of a request, which is another for a hybrid node. What is asked of EC2 is about an instance of it.
    pub(super) fn template(&self, request: &Request) -> Cow<'static, str> {
        let is_of_ec2 = request.resource == EC2_NODE && !request.action.starts_with("ssm:");
        if is_of_ec2 {
            Cow::Borrowed(request.resource)
        } else {
            self.of_node(request.resource)
        }
    }

    /// The context keys of a request with the templates of their values, which are others for a hybrid node.
    ///
    /// Source: the service authorization reference of Systems Manager, `ssm:SourceInstanceARN`, read 2026-11: it is not
    /// there where an instance has its role by a profile of EC2.
    pub(super) fn context(
        &self,
        request: &'static Request,
    ) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> + '_ {
        request.context.iter().map(|(key, value)| {
            let is_source = self.is_hybrid && *key == SOURCE_EC2;
            (if is_source { SOURCE_HYBRID } else { key }, self.of_node(value))
        })
    }

    fn of_node(&self, text: &'static str) -> Cow<'static, str> {
        match text {
            text if !self.is_hybrid => Cow::Borrowed(text),
            EC2_NODE => Cow::Borrowed(HYBRID_NODE),
            text => match text.contains(NODE_ID) {
                true => Cow::Owned(text.replace(NODE_ID, "${ManagedInstanceId}")),
                false => Cow::Borrowed(text),
            },
        }
    }

    /// The ARN of the resource with what stands for its placeholders; a key that is given is itself, and a trust policy
    /// is asked about its role.
    pub(super) fn resource(
        &self,
        request: &Request,
        value: &dyn Fn(&str) -> Option<String>,
    ) -> String {
        let of_key = |name: &str| match name {
            "Account" => value(KEY_ACCOUNT).or_else(|| value(name)),
            name => value(name),
        };
        match (request.resource_policy, &self.key_arn) {
            (Some(ResourcePolicy::Key), Some(arn)) => arn.clone(),
            (Some(ResourcePolicy::Key), None) => template::fill(&self.template(request), &of_key),
            (Some(ResourcePolicy::Trust), _) => template::fill(ROLE, value),
            _ => template::fill(&self.template(request), value),
        }
    }

    /// The placeholders of a request that are open, with their values in the ARNs that policies name, and in what they
    /// compare its condition keys with: one assignment for each way in which one fits, the stand-ins of the table first;
    /// at most so many.
    pub(super) fn assignments(
        &self,
        request: &'static Request,
        is_elsewhere: bool,
        arns: &[[&str; 6]],
        compared: &Compared,
        most: usize,
    ) -> Vec<Assignment> {
        let mut assignments = vec![Assignment::new()];
        let is_of_key =
            request.resource_policy == Some(ResourcePolicy::Key) && self.key_arn.is_none();
        let others = request.or_else.iter().map(|(_, value)| Cow::Borrowed(*value));
        let templates: Vec<Cow<str>> = std::iter::once(self.template(request))
            .chain(self.context(request).map(|(_, value)| value))
            .chain(others)
            .filter(|template| template.starts_with("arn:"))
            // A policy of another account names the role or its account.
            .chain([ROLE, ACCOUNT].into_iter().filter(|_| is_elsewhere).map(Cow::Borrowed))
            .collect();
        let texts: Vec<(&'static str, Cow<str>)> = self
            .context(request)
            .filter(|(_, template)| !template.starts_with("arn:") && template.contains("${"))
            .collect();
        // Whether there is room for more.
        let mut add = |fitted: BTreeMap<&str, String>| {
            let fitted = fitted.into_iter().filter_map(|(name, value)| {
                let is_elsewhere = is_of_key && name == "Account" && is_account_id(&value);
                let is_elsewhere =
                    is_elsewhere && self.value(name).is_some_and(|own| *own != value);
                let name = if is_elsewhere { KEY_ACCOUNT } else { name };
                let unnamed = UNNAMED.iter().map(|(name, _)| *name);
                let mut known = NAMES.iter().map(|(name, ..)| *name).chain(unnamed);
                let name = known.find(|known| *known == name)?;
                self.is_open(name).then_some((name, value))
            });
            let fitted: Assignment = map(fitted);
            // A pattern for the objects of a bucket names no bucket of that name.
            let is_path = |name: &str| PATHS.contains(&name);
            let is_pattern =
                fitted.iter().any(|(name, value)| value.contains('/') && !is_path(name));
            if !is_pattern && !fitted.is_empty() && !assignments.contains(&fitted) {
                assignments.push(fitted);
            }
            assignments.len() < most
        };
        for template in &templates {
            let Some(template) = ArnTemplate::of(template) else { continue };
            if !arns.iter().filter_map(|arn| template.fit(arn)).all(&mut add) {
                return assignments;
            }
        }
        for (key, template) in &texts {
            let mut fits = compared.of(key).filter_map(|text| template::fit(template, text));
            if !fits.all(&mut add) {
                return assignments;
            }
        }
        assignments
    }
}

/// Whether a capability asks for a hybrid node by itself.
fn names_hybrid(capability: &Capability) -> bool {
    capability.requests.iter().any(|request| request.resource == HYBRID_NODE)
}

/// The account in the ARN of a document: those of AWS have none.
fn command_account(document: &str) -> &'static str {
    if is_document_of_aws(document) {
        ""
    } else {
        "${Account}"
    }
}

/// The ID of a node in the table, which is of EC2 in ARNs.
const NODE_ID: &str = "${InstanceId}";

/// Keys with the node that calls, of which each kind of node has one of its own.
pub(super) const SOURCE_EC2: &str = "ec2:SourceInstanceARN";
pub(super) const SOURCE_HYBRID: &str = "ssm:SourceInstanceARN";

/// A node as the table has it, and one that is hybrid.
const EC2_NODE: &str = "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}";
const HYBRID_NODE: &str =
    "arn:${Partition}:ssm:${Region}:${Account}:managed-instance/${ManagedInstanceId}";

/// The role itself, which its trust policy does not name.
const ROLE: &str = "arn:${Partition}:iam::${Account}:role/${RoleName}";

/// The account of the role, as policies of resources name it.
const ACCOUNT: &str = "arn:${Partition}:iam::${Account}:root";
