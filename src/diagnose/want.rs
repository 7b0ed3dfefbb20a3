//! What somebody wants to use, and the questions to IAM that follow from it.
//!
//! The requests of the table of capabilities have placeholders. What is given takes their place; for what is not
//! given, each value that a policy names is tried, and one that none names.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::partition;
use super::question::{session_of, Question};
use super::reason::Reason;
use super::role::Role;
use super::stand_in::{SESSION_NAME, USER_NAME};
use super::template::{self, placeholders, ArnTemplate};
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
const NAMES: [(&str, &str, bool); 22] = [
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
    (COMMAND_ACCOUNT, "documentName", false),
    ("CommandDocument", "documentName", true),
    ("DocumentName", "documentName", false),
    ("ParameterName", "parameterName", false),
    ("ClusterName", "cluster", false),
    ("TaskId", "taskId", false),
    ("RoleName", "roleName", false),
    (USER_NAME, "userName", false),
    ("Partition", "partition", false),
];

/// Placeholders of which a want has no value, with words for people: which is meant only the policies tell.
///
/// Source: the Systems Manager user guide, "Cross-service confused deputy prevention", read 2026-11: of the source of a hybrid
/// activation it says no more than `arn:aws:ssm:REGION:ACCOUNT:*`.
const UNNAMED: [(&str, &str); 9] = [
    ("AccessRequestId", "the request for access"),
    ("AnyKey", "the object"),
    ("AssociationId", "the association"),
    ("ConnectEndpointId", "the endpoint"),
    ("FileName", "the file"),
    ("SourceResource", "the source of the call"),
    ("SessionId", "the session"),
    (SESSION_NAME, "the session of the role"),
    ("principal:aws:userid", "the unique ID of who asks"),
];

/// Placeholders whose values may have slashes.
const PATHS: [&str; 7] =
    ["AnyKey", "FileName", "LogGroup", "ObjectKey", "ParameterName", "SourceResource", USER_NAME];

/// What a placeholder is of which a want has no value, for people; `None` for the others.
pub(super) fn unnamed_words(placeholder: &str) -> Option<&'static str> {
    UNNAMED.iter().find(|(name, _)| *name == placeholder).map(|(_, words)| *words)
}

/// The account of a key, where it is not that of the role.
pub(super) const KEY_ACCOUNT: &str = "KeyAccount";

/// The account of a document that is run as a command: none, where it is one of AWS.
pub(super) const COMMAND_ACCOUNT: &str = "CommandAccount";

/// Names of the values of a [`Want`] on which the resources of a capability and its conditions on tags depend, and of who
/// asks where a key or a bucket has a say or sessions are told by their user.
pub fn values_of(capability: &Capability) -> Vec<&'static str> {
    let required = capability.requests.iter().filter(|r| r.level == capabilities::Level::Required);
    let is_called = |request: &&Request| {
        request.resource_policy.is_some_and(|policy| policy != ResourcePolicy::Trust)
    };
    let of_session = |request: &Request| placeholders(request.resource).any(|it| it == "SessionId");
    let has_role = required.clone().any(|request| is_called(&request));
    let has_user = required
        .clone()
        .any(|request| request.is_of_user() && (is_called(&request) || of_session(request)));
    let texts = required.flat_map(|request| {
        std::iter::once(request.resource).chain(request.context.iter().map(|(key, _)| *key))
    });
    let named: BTreeSet<&str> = set(texts.flat_map(placeholders));
    let mut values: Vec<_> = NAMES
        .iter()
        .filter(|(placeholder, value, _)| named.contains(placeholder) && *value != "partition")
        .map(|(_, value, _)| *value)
        .collect();
    if named.contains("TagKey") {
        values.push("tagValue");
    }
    values.extend(has_role.then_some("roleName"));
    values.extend(has_user.then_some("userName"));
    values.dedup();
    values
}

/// Whether a capability runs a document as a command, which one of AWS may be.
pub fn runs_command(capability: &str) -> bool {
    let known = capabilities::find(capability).into_iter();
    let mut resources = known.flat_map(|known| &known.requests).map(|request| request.resource);
    resources.any(|resource| placeholders(resource).any(|it| it == "CommandDocument"))
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
    /// Whether people ask with a role, where the table has a user and nobody said which it is.
    pub(super) is_role: bool,
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
            (COMMAND_ACCOUNT, value("CustomDocument").map(command_account)),
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
        let (is_role, elsewhere) = (false, None);
        Facts { given, inferred, key_arn, user_name, role_name, is_role, is_hybrid, elsewhere }
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
        value: impl Fn(&str) -> Option<String>,
    ) -> String {
        let of_key = |name: &str| match name {
            "Account" => value(KEY_ACCOUNT).or_else(|| value(name)),
            name => value(name),
        };
        match (request.resource_policy, &self.key_arn) {
            (Some(ResourcePolicy::Key), Some(arn)) => arn.clone(),
            (Some(ResourcePolicy::Key), None) => template::fill(&self.template(request), of_key),
            (Some(ResourcePolicy::Trust), _) => template::fill(ROLE, value),
            _ => template::fill(&self.template(request), value),
        }
    }

    /// The placeholders of a request that are open, with their values in the ARNs that policies name, and in what they
    /// compare its condition keys with: one assignment for each way in which one fits, the stand-ins first. At most so many,
    /// and as many again with somebody whom the policy of a resource names.
    pub(super) fn assignments(
        &self,
        question: &Question,
        named: &Named,
        compared: &Compared,
        most: usize,
    ) -> Vec<Assignment> {
        let mut all = self.of_resource(question, named, compared, most);
        let callers = self.callers(question, named, most);
        let together = all.iter().flat_map(|resource| {
            callers.iter().filter_map(move |caller| {
                let is_same = |(name, value): (&&str, &String)| {
                    resource.get(name).is_none_or(|known| known == value)
                };
                let both =
                    resource.iter().chain(caller).map(|(name, value)| (*name, value.clone()));
                caller.iter().all(is_same).then(|| map(both))
            })
        });
        let together: Vec<Assignment> = together.take(most).collect();
        all.extend(together);
        all
    }

    /// The same of the resource and of condition keys alone.
    fn of_resource(
        &self,
        question: &Question,
        named: &Named,
        compared: &Compared,
        most: usize,
    ) -> Vec<Assignment> {
        let request = question.request;
        let mut assignments = vec![Assignment::new()];
        // A document of AWS or one of the account.
        if placeholders(request.resource).any(|name| name == COMMAND_ACCOUNT && self.is_open(name))
        {
            assignments.push(map([(COMMAND_ACCOUNT, OWN_ACCOUNT.to_owned())]));
        }
        let is_of_key =
            request.resource_policy == Some(ResourcePolicy::Key) && self.key_arn.is_none();
        // Of a log that is given the session is not.
        let known = |name: &str| self.value(name).filter(|_| name == "ObjectKey").cloned();
        let others = request.or_else.iter().map(|(_, value)| Cow::Borrowed(*value));
        let templates: Vec<String> = std::iter::once(self.template(request))
            .chain(self.context(request).map(|(_, value)| value))
            .chain(others)
            .filter(|template| template.starts_with("arn:"))
            .map(|template| template::fill(&template, known))
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
                let name = if is_elsewhere { KEY_ACCOUNT } else { known_name(name)? };
                question.may_be(name, &value).then_some((name, value))
            });
            add_to(&mut assignments, map(fitted));
            assignments.len() < most
        };
        for template in &templates {
            let Some(template) = ArnTemplate::of(template) else { continue };
            if !named.arns.iter().filter_map(|arn| template.fit(arn)).all(&mut add) {
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

    /// Who may ask of those whom the policy of a key or a bucket names.
    fn callers(&self, question: &Question, named: &Named, most: usize) -> Vec<Assignment> {
        let mut callers = Vec::new();
        let Some(requester) = question.requester().filter(|_| question.resource_policy().is_some())
        else {
            return callers;
        };
        let session = format!("{SESSION}/${{{}}}", session_of(requester));
        let templates: &[&str] =
            if question.is_user() { &[USER, ACCOUNT] } else { &[ROLE, &session, ACCOUNT] };
        for template in templates {
            let Some(read) = ArnTemplate::of(template) else { continue };
            for fitted in named.principals.iter().filter_map(|arn| read.fit(arn)) {
                let fitted = fitted.into_iter().filter_map(|(name, value)| {
                    let name = known_name(name)?;
                    // What the ARN of a role's session does not show.
                    let value = match name {
                        "RoleName" => value.rsplit('/').next()?.to_owned(),
                        _ => value,
                    };
                    question.may_call(name, &value).then_some((name, value))
                });
                add_to(&mut callers, map(fitted));
                if callers.len() == most {
                    return callers;
                }
            }
        }
        callers
    }
}

/// What policies name, in the fields of an ARN.
#[derive(Default)]
pub(super) struct Named<'p> {
    /// Every ARN, but for what is too long to be one.
    pub(super) arns: Vec<[&'p str; 6]>,
    /// Those of the principals of keys and buckets.
    pub(super) principals: Vec<[&'p str; 6]>,
}

/// A placeholder of which something can be given or told.
fn known_name(name: &str) -> Option<&'static str> {
    let unnamed = UNNAMED.iter().map(|(name, _)| *name);
    NAMES.iter().map(|(name, ..)| *name).chain(unnamed).find(|known| *known == name)
}

/// Adds an assignment that is not among these, unless it has a pattern for the objects of a bucket, which names no bucket of
/// that name.
fn add_to(assignments: &mut Vec<Assignment>, fitted: Assignment) {
    let is_path = |name: &str| PATHS.contains(&name);
    let is_pattern = fitted.iter().any(|(name, value)| value.contains('/') && !is_path(name));
    if !is_pattern && !fitted.is_empty() && !assignments.contains(&fitted) {
        assignments.push(fitted);
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
        OWN_ACCOUNT
    }
}

const OWN_ACCOUNT: &str = "${Account}";

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

/// What begins the ARN of a session of the role, and that of a user, as policies of resources name them.
const SESSION: &str = "arn:${Partition}:sts::${Account}:assumed-role/${RoleName}";
const USER: &str = "arn:${Partition}:iam::${Account}:user/${UserName}";

/// The account of the role, as policies of resources name it.
const ACCOUNT: &str = "arn:${Partition}:iam::${Account}:root";
