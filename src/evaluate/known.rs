//! The condition keys that every request has, and those whose values follow from the request itself. They hold wherever
//! its context does not name the key: `null` there says that it is absent, and a key that is unknown stays so.
//!
//! Source: "AWS global condition context keys" and the table of principals in "IAM policy elements: Variables and tags",
//! IAM user guide, read 2026-11.

use super::arn_pattern::fields;
use super::key_table::KEYS;
use super::principal::{Caller, CallerKind};
use super::request::Request;
use super::view::State;

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

    /// What it says of each of [`KEYS`].
    pub fn states(&self) -> [State<'_>; KEYS.len()] {
        use CallerKind::*;
        let Caller { text, kind, account, name, .. } = self.caller;
        let is_service = kind == Outsider && text.contains(".amazonaws.com");
        [
            match kind {
                Anonymous | Outsider => State::Absent,
                Session => self.role.as_deref().map_or(State::Absent, State::Pathless),
                Root | User | Role | FederatedUser => State::One(text),
            },
            // Taken for granted, with a reason that says so.
            State::One("true"),
            or_absent(account),
            match kind {
                Anonymous => State::One("Anonymous"),
                Outsider => State::Absent,
                Root => State::One("Account"),
                User => State::One("User"),
                Role | Session => State::One("AssumedRole"),
                FederatedUser => State::One("FederatedUser"),
            },
            State::One(if is_service { "true" } else { "false" }),
            or_absent(Some(name).filter(|_| kind == User)),
            match kind {
                Anonymous => State::One("anonymous"),
                Root => or_absent(account),
                // Those of users and roles begin with an id that only IAM knows.
                User | Role | Session | FederatedUser => State::Present,
                Outsider => State::Absent,
            },
            or_absent(self.resource_account),
            // A request for a resource without a Region, as a bucket, goes to one nevertheless.
            self.region.map_or(State::Present, State::One),
            // Every request has these, and none says them by itself.
            State::Present,
            State::Present,
            State::Present,
            State::Present,
        ]
    }
}

fn or_absent(value: Option<&str>) -> State<'_> {
    value.map_or(State::Absent, State::One)
}
