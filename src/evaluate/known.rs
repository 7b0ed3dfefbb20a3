//! The condition keys whose values follow from the request itself. They hold wherever its context does not name the key:
//! `null` there says that it is absent, and a key that is unknown stays so.
//!
//! Source: "AWS global condition context keys" and the table of principals in "IAM policy elements: Variables and tags",
//! IAM user guide, read 2026-11.

use super::arn_pattern::fields;
use super::principal::{Caller, CallerKind};
use super::request::Request;

/// The keys, in the order of their numbers.
pub(crate) const KEYS: [&str; 9] = [
    "aws:PrincipalArn",
    "aws:SecureTransport",
    "aws:PrincipalAccount",
    "aws:PrincipalType",
    "aws:PrincipalIsAWSService",
    "aws:username",
    "aws:userid",
    "aws:ResourceAccount",
    "aws:RequestedRegion",
];

/// What a request says by itself.
#[derive(Clone, Debug)]
pub(super) struct Known<'r> {
    pub caller: Caller<'r>,
    /// Of a session the role, whose path its ARN does not show.
    role: Option<String>,
    /// The account of the resource, where the request or the ARN names it.
    pub named_account: Option<&'r str>,
    /// The same, or that of the caller for a kind of resource whose ARNs have none, as a bucket's.
    resource_account: Option<&'r str>,
    region: Option<&'r str>,
}

impl<'r> Known<'r> {
    pub fn new(request: &'r Request<'r>) -> Self {
        let caller = Caller::new(&request.principal);
        let heads = fields(&request.resource).map(|(heads, _)| heads);
        let [_, _, _, region, account] = heads.unwrap_or_default();
        let region = Some(region).filter(|region| !region.is_empty());
        let in_arn = Some(account).filter(|account| !account.is_empty());
        let named_account = request.resource_account.as_deref().or(in_arn);
        // A resource of a Region without an account belongs to AWS, as its documents and images do.
        let resource_account =
            if region.is_some() { named_account } else { named_account.or(caller.account) };
        Known { caller, role: caller.role_of_session(), named_account, resource_account, region }
    }

    /// What it says of each of [`KEYS`]; `None` where it says nothing.
    pub fn values(&self) -> [Option<&str>; KEYS.len()] {
        use CallerKind::*;
        let Caller { text, kind, account, name, .. } = self.caller;
        let is_service = kind == Outsider && text.contains(".amazonaws.com");
        [
            match kind {
                Anonymous | Outsider => None,
                Session => self.role.as_deref(),
                Root | User | Role | FederatedUser => Some(text),
            },
            // Taken for granted, with a reason that says so.
            Some("true"),
            account,
            match kind {
                Anonymous => Some("Anonymous"),
                Outsider => None,
                Root => Some("Account"),
                User => Some("User"),
                Role | Session => Some("AssumedRole"),
                FederatedUser => Some("FederatedUser"),
            },
            Some(if is_service { "true" } else { "false" }),
            Some(name).filter(|_| kind == User),
            // Those of users and roles begin with an id that only IAM knows.
            match kind {
                Anonymous => Some("anonymous"),
                Root => account,
                _ => None,
            },
            self.resource_account,
            self.region,
        ]
    }
}
