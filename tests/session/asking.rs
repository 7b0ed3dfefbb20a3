//! Requests made from the table of capabilities, with the values of a policy for its placeholders.

use std::collections::BTreeMap;

use postern::document::Document;
use postern::evaluate::{ContextValue, PolicySet, Prepared, Request, Verdict};
use postern::json;
use postern::policy::Policy;
use postern::session::capabilities::{self, Capability};

pub const ACCOUNT: &str = "111122223333";
pub const NODE_ARN: &str = "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}";
pub const KEY_ARN: &str = "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}";
pub const LOG_KEY_ARN: &str = "arn:${Partition}:kms:${Region}:${Account}:key/${LogBucketKeyId}";

/// What stands for texts of the table, and what the request has besides.
#[derive(Clone, Default)]
pub struct Values {
    /// Texts and what to write for them, in this order, before the placeholders of the table.
    pub replaced: Vec<(String, String)>,
    /// Context keys beside those of the table.
    pub context: Vec<(String, String)>,
}

impl Values {
    pub fn replace(mut self, from: &str, to: &str) -> Self {
        self.replaced.push((from.to_owned(), to.to_owned()));
        self
    }

    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.context.push((key.to_owned(), value.to_owned()));
        self
    }
}

/// What AWS's pages write for values of the reader, by the capability that they are about.
const EXAMPLES: &[(&str, &[(&str, &str)])] = &[
    (
        "operator.start-shell-nodoc-check",
        &[("${Region}", "us-west-2"), ("${InstanceId}", "i-02573cafcfEXAMPLE")],
    ),
    (
        "operator.interactive-command",
        &[
            ("${Region}:${Account}", "us-west-2:987654321098"),
            ("${InstanceId}", "i-02573cafcfEXAMPLE"),
            ("${CustomDocument}", "exampleAllowedSessionDocument"),
        ],
    ),
    ("operator.custom-documents-console", &[("${CustomDocument}", "SessionDocument-Example")]),
    ("guard.preferences", &[("${Region}:${Account}", "us-east-2:123456789012")]),
    ("guard.no-ecs-direct", &[("${ClusterName}", "cluster-name")]),
    ("operator.start-by-tag", &[("${OtherTagValue}", "other")]),
    ("operator.ecs-exec", &[("${TagKey}", "environment"), ("${TagValue}", "development")]),
    (
        "trust.hybrid",
        &[
            ("${Region}", "us-east-2"),
            ("${Account}", "123456789012"),
            ("${SourceResource}", "activation/x"),
        ],
    ),
];

/// A capability, an action, a part of a resource, and the context keys of their requests.
type ExampleOfKeys =
    (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Context keys that these pages and the specification have, and of which nobody who asks for the capability says anything:
/// by the capability, the action, and what is in the resource.
const EXAMPLES_OF_KEYS: &[ExampleOfKeys] = &[
    (
        "operator.ec2-console",
        "ssm:SendCommand",
        ":instance/",
        &[("ssm:resourceTag/tag-key", "tag-value"), ("aws:ResourceTag/tag-key", "tag-value")],
    ),
    ("operator.rdp", "ssm:StartSession", ":instance/", &[("ssm:resourceTag/tag key", "tag value")]),
    ("operator.mfa-required", "ssm:StartSession", "", &[("aws:SourceIp", "203.0.113.10")]),
];

/// The context keys of such an example for one request of a capability.
pub fn example_keys(id: &str, asked: &capabilities::Request) -> Vec<(&'static str, &'static str)> {
    let of_request = EXAMPLES_OF_KEYS.iter().filter(|(known, action, resource, _)| {
        *known == id && asked.action.starts_with(action) && asked.resource.contains(resource)
    });
    of_request.flat_map(|(.., keys)| keys.iter().copied()).collect()
}

/// Whether the specification of the capabilities has this one, so that the index of the golden documents speaks of it.
pub fn is_specified(id: &str) -> bool {
    include_str!("readiness.json").contains(&format!("\"id\": \"{id}\""))
}

/// The values with those of the page of AWS about the capability.
pub fn with_examples(id: &str, values: &Values) -> Values {
    let examples = EXAMPLES.iter().filter(|(known, _)| *known == id);
    let of_page = examples.flat_map(|(_, examples)| *examples);
    of_page.fold(values.clone(), |values, (from, to)| values.replace(from, to))
}

/// The table, read once.
pub struct Table {
    pub capabilities: &'static [Capability],
}

impl Table {
    pub fn new() -> Self {
        Table { capabilities: capabilities::capabilities() }
    }

    pub fn capability(&self, id: &str) -> &Capability {
        self.capabilities.iter().find(|capability| capability.id == id).unwrap()
    }

    /// A request of the table, filled in.
    pub fn request(&self, asked: &capabilities::Request, values: &Values) -> Request<'static> {
        let requester = capabilities::requester(asked.principal).unwrap();
        let fill = |text: &str| {
            let mut text = text.to_owned();
            for (from, to) in &values.replaced {
                text = text.replace(from, to);
            }
            // A value may have placeholders of its own.
            let values = capabilities::placeholder_values();
            for (name, value) in values.iter().chain(values) {
                text = text.replace(&format!("${{{name}}}"), value);
            }
            for (key, value) in &requester.context {
                text = text.replace(&format!("${{principal:{key}}}"), value);
            }
            text.replace("${SessionId}", requester.session_id)
        };
        let mut context = BTreeMap::new();
        let extra = values.context.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        let own = requester.context.iter().chain(&asked.context).copied();
        for (key, value) in own.chain(extra) {
            let (key, value) = (fill(key), fill(value).into());
            let value = match key.as_str() {
                "aws:CalledVia" => ContextValue::Many(vec![value]),
                _ => ContextValue::One(value),
            };
            context.insert(key.into(), value);
        }
        Request {
            principal: fill(requester.arn).into(),
            action: asked.action.into(),
            resource: fill(asked.resource).into(),
            // What the policies of other accounts say is no question of an identity's policy.
            resource_account: Some(ACCOUNT.into()),
            context: context.into_iter().collect(),
            ..Request::default()
        }
    }
}

pub fn policy(text: &str) -> Policy {
    let parsed = json::parse(text);
    Policy::lower(&Document::new(parsed.root.as_ref().unwrap())).unwrap()
}

/// The policy of somebody, in an account whose keys leave it to IAM.
pub fn identity(text: &str) -> PolicySet {
    PolicySet { identity: vec![policy(text)], ..PolicySet::default() }
}

pub fn allows(policies: &PolicySet, request: &Request) -> bool {
    allowed(policies, std::slice::from_ref(request)) == [true]
}

/// The same of many requests, with policies that are read once.
pub fn allowed(policies: &PolicySet, requests: &[Request]) -> Vec<bool> {
    let mut with_key = policies.clone();
    with_key.resource = Some(self::policy(
        r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*",
            "Principal": {"AWS": "111122223333"}}}"#,
    ));
    let (plain, with_key) = (Prepared::new(policies), Prepared::new(&with_key));
    let is_allowed = |request: &Request| {
        let policies = if request.resource.contains(":kms:") { &with_key } else { &plain };
        policies.evaluate(request).verdict == Verdict::Allowed
    };
    requests.iter().map(is_allowed).collect()
}
