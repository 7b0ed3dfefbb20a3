//! The condition keys that every request has, and those whose values follow from the request itself. They hold wherever
//! its context does not name the key: `null` there says that it is absent, and a key that is unknown stays so.
//!
//! Source: "AWS global condition context keys" and the table of principals in "IAM policy elements: Variables and tags",
//! IAM user guide, and "Condition keys for AWS KMS", KMS developer guide, read 2026-11. The keys of a service come with the
//! actions that list them in the service authorization reference.

use super::arn_pattern::fields;
use super::key_table::KEYS;
use super::occurrence::can_occur;
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
    /// Whether the request has the keys of KMS and of S3 that say again what global keys say.
    has_keys_of: [bool; 2],
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
        let has = |service: &str, key| {
            let start = request.action.as_bytes().get(..service.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(service.as_bytes()))
                && can_occur(&request.action, &request.resource, key)
        };
        Known {
            caller,
            role: caller.role_of_session(),
            named_account,
            resource_account,
            region,
            has_keys_of: [has("kms:", "kms:CallerAccount"), has("s3:", "s3:ResourceAccount")],
        }
    }

    /// What it says of each of [`KEYS`].
    pub fn states(&self) -> [State<'_>; KEYS.len()] {
        use CallerKind::*;
        let Caller { text, kind, account, name, .. } = self.caller;
        let is_service = kind == Outsider && text.contains(".amazonaws.com");
        let [is_of_kms, is_of_s3] = self.has_keys_of;
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
            or_absent(Some(text).filter(|_| is_service)),
            // A service may have several names.
            if is_service { State::Present } else { State::Absent },
            match kind {
                // From which account a service calls is written nowhere.
                Outsider if is_of_kms => State::Unknown,
                _ => or_absent(account.filter(|_| is_of_kms)),
            },
            or_absent(self.resource_account.filter(|_| is_of_s3)),
        ]
    }
}

fn or_absent(value: Option<&str>) -> State<'_> {
    value.map_or(State::Absent, State::One)
}
