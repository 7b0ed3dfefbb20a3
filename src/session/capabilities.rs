//! What Session Manager asks IAM for: capabilities, each with the requests that must be allowed or denied for it.
//!
//! The table is `src/data/capabilities.txt`, read where it lies. A line is one of these, with tabs between fields:
//!
//! ```text
//! placeholder NAME VALUE                                       what stands for ${NAME} when nothing is known
//! principal   NAME ARN SESSION-ID KEY=VALUE...                 who asks, and the context keys that come with them
//! capability  ID SIDE NEEDS TITLE                              needs: ids with spaces between them, or -
//! usual       ID SIDE NEEDS TITLE                              a capability that is asked for when nobody says which
//! fragment    ID SIDE NEEDS TITLE                              the same for a part of one, or for another form of one
//! LEVEL EXPECT PRINCIPAL ACTION RESOURCE KEY=VALUE...          a request of the capability above it
//! ```
//!
//! `${principal:KEY}` is a context key of the principal, `${SessionId}` the principal's session. A key that is not
//! given is absent from the request, or unknown where it can come with it. Of two values with `|` between them nobody
//! knows which comes. What a guard recommends is what AWS's text for it leaves open. Capabilities that are made of denials alone are looked at with everything else
//! allowed.
//!
//! Source: the Systems Manager user guide of 2023 and of 2026, the service authorization reference of 2026-09, the
//! source of the agent and of the plugin of 2024. Nothing was tried on live AWS.

use std::sync::LazyLock;

use crate::aws::{Arn, CLUSTER_OF_ECS_EXEC};
use crate::sort::set;

const TABLE: &str = include_str!("../data/capabilities.txt");

/// A thing that people want to do, and what IAM is asked when they do it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// A stable name, such as `node.channel`.
    pub id: &'static str,
    /// Whose policy it belongs to.
    pub side: Side,
    /// The capabilities that must be there as well.
    pub needs: Vec<&'static str>,
    /// A few words for people.
    pub title: &'static str,
    /// Whether it is what a person can want; otherwise a part of that, or the form of an older text of AWS.
    pub is_whole: bool,
    /// Whether it is asked for when nobody says what is wanted.
    pub is_usual: bool,
    /// What IAM is asked, in the order in which it is told.
    pub requests: Vec<Request>,
}

/// Whose policy a capability belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The role of a node or task.
    Node,
    /// The person who starts sessions.
    Operator,
    /// Denials for people.
    Guard,
    /// The person who sets things up.
    Admin,
    /// Who may assume a role.
    Trust,
}

/// One question to IAM, with placeholders in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whether the capability depends on it.
    pub level: Level,
    /// Whether it must be allowed; otherwise it must be denied.
    pub expect_allowed: bool,
    /// Who asks: the name of a [`Requester`], or `service:` and a service principal.
    pub principal: &'static str,
    /// The action.
    pub action: &'static str,
    /// The ARN, or `*` where the action has no resource.
    pub resource: &'static str,
    /// Context keys and their values. `aws:CalledVia` has several values, of which this is the only one.
    pub context: Vec<(&'static str, &'static str)>,
    /// A key of these with the value that comes in the place of the one there, where nobody knows which does.
    pub or_else: Option<(&'static str, &'static str)>,
    /// The policy of a resource that has a say beside those of who asks.
    pub resource_policy: Option<ResourcePolicy>,
}

/// What has a policy of its own among the things that Session Manager uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ResourcePolicy {
    /// A KMS key.
    Key,
    /// The log bucket.
    Bucket,
    /// A role, whose policy says who may assume it.
    Trust,
}

/// How much depends on a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Without it the capability does not work.
    Required,
    /// Without it something is worse.
    Recommended,
    /// Some setups want it.
    Optional,
}

/// Who asks in the requests of the table; an example for each kind of principal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requester {
    /// The name in [`Request::principal`].
    pub name: &'static str,
    /// Its ARN.
    pub arn: &'static str,
    /// The id of a session that it started, or, for a node, that was started on it.
    pub session_id: &'static str,
    /// The context keys that come with every request of it.
    pub context: Vec<(&'static str, &'static str)>,
}

impl Capability {
    /// Every request of it and of all that it needs, each with the capability that has it, its own first.
    pub fn asked(&'static self) -> impl Iterator<Item = (&'static Capability, &'static Request)> {
        let (mut all, mut wanted): (Vec<&Capability>, _) = (Vec::new(), vec![self]);
        while let Some(capability) = wanted.pop() {
            if all.iter().all(|known| known.id != capability.id) {
                all.push(capability);
                wanted.extend(capability.needs.iter().filter_map(|id| find(id)));
            }
        }
        let of_one = |capability: &'static Capability| {
            capability.requests.iter().map(move |request| (capability, request))
        };
        all.into_iter().flat_map(of_one)
    }

    /// Whether it is made of denials alone, and so looked at with everything else allowed.
    pub fn is_guard(&self) -> bool {
        !self.requests.is_empty() && self.requests.iter().all(|request| !request.expect_allowed)
    }
}

impl Request {
    /// What a capability that works is without it, in a sentence.
    ///
    /// Source: the Systems Manager user guide, "Session Manager plugin latest version and release history", read 2026-11:
    /// 1.2.764.0 signs the call and is the oldest version that AWS supports. Whether the service refuses who may not make
    /// it was not tried, so it is no required request.
    pub fn without(&self) -> &'static str {
        match (self.action, self.principal) {
            ("ssmmessages:OpenDataChannel", USER) => {
                "Session Manager plugin 1.2.764.0 and later, all that AWS supports, sign this call: without it sessions \
                 may not open."
            }
            // Source: the same guide, "Quickstart default IAM policies", of 2023 without the document and of 2025 with it.
            ("ssm:StartSession", USER) => "Allow it too: a shell is refused without, says AWS's guide since 2025.",
            // Source: the same guide, "Create session preferences", read 2026-11: the agent looks before a session starts.
            ("s3:GetEncryptionConfiguration" | "logs:DescribeLogGroups", _) => {
                "Where the preferences want logs encrypted (s3EncryptionEnabled, cloudWatchEncryptionEnabled), sessions \
                 are refused without it."
            }
            // Source: the Systems Manager API reference, "UpdateDocumentDefaultVersion", read 2026-11.
            ("ssm:UpdateDocumentDefaultVersion", _) => {
                "Deny it too: it puts an earlier version of the preferences in force again."
            }
            _ => self.unsettled().unwrap_or("The rest works without it."),
        }
    }

    /// Why nobody knows whether a capability works without it, in a sentence; `None` where that is known.
    pub fn unsettled(&self) -> Option<&'static str> {
        let is_cluster = self.action == "ecs:ExecuteCommand" && self.level == Level::Recommended;
        is_cluster.then_some(CLUSTER_OF_ECS_EXEC)
    }

    /// Whether the table has an IAM user ask it.
    pub fn is_of_user(&self) -> bool {
        self.principal == USER
    }

    /// Whether it is about a session that whoever asks has started: such a session comes with the tags that say so.
    pub fn is_of_own_session(&self) -> bool {
        self.context.contains(&(SESSION_OWNER, "${principal:aws:userid}"))
    }
}

/// The name of the requester that is an IAM user.
pub const USER: &str = "operator_user";

/// The name of the requester that is a role of people.
pub const ROLE: &str = "operator_role";

/// The tag of a session with the user ID of who started it, as a condition key.
pub const SESSION_OWNER: &str = "ssm:resourceTag/aws:ssmmessages:session-id";

impl ResourcePolicy {
    /// Every one.
    pub const ALL: [ResourcePolicy; 3] =
        [ResourcePolicy::Key, ResourcePolicy::Bucket, ResourcePolicy::Trust];

    fn of(side: Side, resource: &str) -> Option<Self> {
        let arn = Arn::parse(resource);
        let is = |service: &str, start: &str| {
            arn.is_some_and(|arn| arn.service == service && arn.resource.starts_with(start))
        };
        match side {
            Side::Trust => Some(ResourcePolicy::Trust),
            _ if is("kms", "key/") => Some(ResourcePolicy::Key),
            _ if is("s3", "${BucketName}") => Some(ResourcePolicy::Bucket),
            _ => None,
        }
    }
}

impl Side {
    /// Every one.
    pub const ALL: [Side; 5] = [Side::Node, Side::Operator, Side::Guard, Side::Admin, Side::Trust];

    /// The word for it in the table and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Side::Node => "node",
            Side::Operator => "operator",
            Side::Guard => "guard",
            Side::Admin => "admin",
            Side::Trust => "trust",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|side| side.name() == name)
    }
}

impl Level {
    /// Every one.
    pub const ALL: [Level; 3] = [Level::Required, Level::Recommended, Level::Optional];

    /// The word for it in the table and on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Level::Required => "required",
            Level::Recommended => "recommended",
            Level::Optional => "optional",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// Every capability, in the order of the table: nodes, operators, guards, administrators, trust.
pub fn capabilities() -> &'static [Capability] {
    static ALL: LazyLock<Vec<Capability>> = LazyLock::new(read);
    &ALL
}

/// The actions that must be allowed for some capabilities, sorted, each once.
pub fn actions(are_asked: &dyn Fn(&Capability) -> bool) -> Vec<&'static str> {
    let asked = capabilities().iter().filter(|it| are_asked(it)).flat_map(|it| &it.requests);
    let allowed = asked.filter(|request| request.expect_allowed).map(|request| request.action);
    set(allowed).into_iter().collect()
}

/// The actions that must be denied for a guard, in the order of the table, which is that of AWS's text for it; where only
/// that is meant, without those that it leaves open.
pub fn kept_out(guard: &str, is_guide: bool) -> Vec<&'static str> {
    let requests = find(guard).into_iter().flat_map(|guard| &guard.requests);
    let denied = requests.filter(|it| !it.expect_allowed);
    let meant = denied.filter(|it| !is_guide || it.level != Level::Recommended);
    meant.map(|request| request.action).collect()
}

/// The capability of this name.
pub fn find(id: &str) -> Option<&'static Capability> {
    capabilities().iter().find(|capability| capability.id == id)
}

fn read() -> Vec<Capability> {
    let mut all: Vec<Capability> = Vec::new();
    for (kind, rest) in lines() {
        if matches!(kind, "capability" | "usual" | "fragment") {
            all.extend(capability(kind, rest));
        } else if let Some(last) = all.last_mut() {
            last.requests.extend(request(last.side, kind, rest));
        }
    }
    all
}

/// Every principal that asks in the table.
pub fn requesters() -> &'static [Requester] {
    static ALL: LazyLock<Vec<Requester>> = LazyLock::new(|| of_kind("principal", requester_of));
    &ALL
}

/// The principal of this name.
pub fn requester(name: &str) -> Option<&'static Requester> {
    requesters().iter().find(|requester| requester.name == name)
}

fn requester_of(rest: &'static str) -> Option<Requester> {
    let mut fields = rest.split('\t');
    Some(Requester {
        name: fields.next()?,
        arn: fields.next()?,
        session_id: fields.next()?,
        context: fields.filter_map(|pair| pair.split_once('=')).collect(),
    })
}

/// What stands for each placeholder when nothing is known: names without `${}`, and values, some with placeholders.
pub fn placeholder_values() -> &'static [(&'static str, &'static str)] {
    static ALL: LazyLock<Vec<(&str, &str)>> =
        LazyLock::new(|| of_kind("placeholder", |rest| rest.split_once('\t')));
    &ALL
}

/// What stands for this placeholder when nothing is known.
pub fn stand_in(placeholder: &str) -> Option<&'static str> {
    let of_name = placeholder_values().iter().find(|(name, _)| *name == placeholder);
    of_name.map(|(_, value)| *value)
}

/// What the lines of one kind say.
fn of_kind<T>(kind: &str, read: impl Fn(&'static str) -> Option<T>) -> Vec<T> {
    lines().filter(|(found, _)| *found == kind).filter_map(|(_, rest)| read(rest)).collect()
}

/// The first field of each line and the rest of it.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.split_once('\t'))
}

fn capability(kind: &str, rest: &'static str) -> Option<Capability> {
    let mut fields = rest.split('\t');
    Some(Capability {
        id: fields.next()?,
        side: Side::from_name(fields.next()?)?,
        needs: fields.next()?.split(' ').filter(|id| *id != "-").collect(),
        title: fields.next()?,
        is_whole: kind != "fragment",
        is_usual: kind == "usual",
        requests: Vec::new(),
    })
}

fn request(side: Side, level: &str, rest: &'static str) -> Option<Request> {
    let level = Level::from_name(level)?;
    let mut fields = rest.split('\t');
    let (expect_allowed, principal) = (fields.next()? == "allow", fields.next()?);
    let (action, resource) = (fields.next()?, fields.next()?);
    let (mut context, mut or_else) = (Vec::new(), None);
    for (key, values) in fields.filter_map(|pair| pair.split_once('=')) {
        let (value, other) = values.split_once('|').map_or((values, None), |(a, b)| (a, Some(b)));
        context.push((key, value));
        or_else = other.map(|other| (key, other)).or(or_else);
    }
    Some(Request {
        level,
        expect_allowed,
        principal,
        action,
        resource,
        resource_policy: ResourcePolicy::of(side, resource),
        context,
        or_else,
    })
}
