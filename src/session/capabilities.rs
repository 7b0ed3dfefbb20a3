//! What Session Manager asks IAM for: capabilities, each with the requests that must be allowed or denied for it.
//!
//! The table is `src/data/capabilities.txt`, read where it lies. A line is one of these, with tabs between fields:
//!
//! ```text
//! placeholder NAME VALUE                                       what stands for ${NAME} when nothing is known
//! principal   NAME ARN SESSION-ID KEY=VALUE...                 who asks, and the context keys that come with them
//! capability  ID SIDE NEEDS TITLE                              needs: ids with spaces between them, or -
//! fragment    ID SIDE NEEDS TITLE                              the same for a part of one, or for another form of one
//! LEVEL EXPECT PRINCIPAL ACTION RESOURCE KEY=VALUE...          a request of the capability above it
//! ```
//!
//! `${principal:KEY}` is a context key of the principal, `${SessionId}` the principal's session. A key that is not
//! given is absent from the request. Capabilities of [`Side::Guard`], and `admin.dhmc-guard`, are made of denials:
//! look at them with everything else allowed.
//!
//! Source: the Systems Manager user guide of 2023 and of 2026, the service authorization reference of 2026-09, the
//! source of the agent and of the plugin of 2024. Nothing was tried on live AWS.

use std::sync::LazyLock;

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

fn read() -> Vec<Capability> {
    let mut all: Vec<Capability> = Vec::new();
    for (kind, rest) in lines() {
        if matches!(kind, "capability" | "fragment") {
            all.extend(capability(kind, rest));
        } else if let (Some(request), Some(last)) = (request(kind, rest), all.last_mut()) {
            last.requests.push(request);
        }
    }
    all
}

/// Every principal that asks in the table.
pub fn requesters() -> Vec<Requester> {
    let read = |rest: &'static str| {
        let mut fields = rest.split('\t');
        Some(Requester {
            name: fields.next()?,
            arn: fields.next()?,
            session_id: fields.next()?,
            context: fields.filter_map(|pair| pair.split_once('=')).collect(),
        })
    };
    lines().filter(|(kind, _)| *kind == "principal").filter_map(|(_, rest)| read(rest)).collect()
}

/// What stands for each placeholder when nothing is known: names without `${}`, and values, some with placeholders.
pub fn placeholder_values() -> Vec<(&'static str, &'static str)> {
    lines()
        .filter(|(kind, _)| *kind == "placeholder")
        .filter_map(|(_, rest)| rest.split_once('\t'))
        .collect()
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
        is_whole: kind == "capability",
        requests: Vec::new(),
    })
}

fn request(level: &str, rest: &'static str) -> Option<Request> {
    let level = Level::from_name(level)?;
    let mut fields = rest.split('\t');
    Some(Request {
        level,
        expect_allowed: fields.next()? == "allow",
        principal: fields.next()?,
        action: fields.next()?,
        resource: fields.next()?,
        context: fields.filter_map(|pair| pair.split_once('=')).collect(),
    })
}
