//! What is refused, whatever else allows it.

use serde::Deserialize;

use crate::aws::{split_fields, IpRange};
use crate::policy::{Effect, Statement, Strings};

use super::super::capabilities::kept_out;
use super::super::draft::{as_list, deny, once, one, when, without_list};
use super::super::option::{self, of};
use super::super::place::{Fields, NodeKind, DEFAULT_DOCUMENT};
use super::super::{Conflict, Refused};
use super::conditions::numbered;
use super::others::{
    is_task_refused, HOST_MANAGEMENT_ROLE, HOST_MANAGEMENT_SETTING, OTHER_ROLE_CHANGES,
};
use super::start::{of_aws, START};
use super::{OperatorOptions, Scope};

/// What is refused, whatever else allows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct Deny<'a> {
    /// The default document.
    pub shell: bool,
    /// Sessions for SSH.
    pub ssh: bool,
    /// The preferences.
    pub preferences: bool,
    /// Sessions on tasks of this cluster, or of every cluster with `*`.
    #[serde(deserialize_with = "option::clusters")]
    pub task_sessions: Option<&'a str>,
    /// Turning Default Host Management on or off, and changing its role as far as the scope says.
    pub host_management: bool,
    /// Sessions of callers that signed in without MFA.
    pub without_mfa: bool,
    /// Sessions and commands on nodes and tasks with one of these tags.
    #[serde(borrow, deserialize_with = "option::only_tags")]
    pub node_tags: Vec<(&'a str, Vec<&'a str>)>,
    /// Sessions after this point in time.
    #[serde(deserialize_with = "option::optional::<of::Date, _>")]
    pub after: Option<&'a str>,
    /// Sessions from outside these ranges of addresses, and not through one of the endpoints.
    #[serde(borrow, deserialize_with = "option::only_names::<of::IpRange, _>")]
    pub outside_ip_ranges: Vec<&'a str>,
    /// Sessions that do not come through these endpoints, and not from one of the ranges.
    #[serde(borrow, deserialize_with = "option::only_names::<of::VpcEndpoint, _>")]
    pub outside_vpc_endpoints: Vec<&'a str>,
}

impl Deny<'_> {
    /// Whether what is refused hangs on who calls, when and from where, not on what is called for.
    pub(super) fn is_of_callers(&self) -> bool {
        let names_network =
            !self.outside_ip_ranges.is_empty() || !self.outside_vpc_endpoints.is_empty();
        self.without_mfa || self.after.is_some() || names_network
    }
}

/// Whether what is to be refused can be told from what is not.
///
/// Source: the Systems Manager user guide, "Setting up just-in-time access with Systems Manager", read 2026-11, for the keys
/// that requests for access lack: a denial that compares one of them would refuse everybody.
///
/// # Errors
/// A tag key that is given twice; ranges that nobody or everybody comes from; keys that requests for access lack.
pub(super) fn check(options: &OperatorOptions) -> Result<(), Refused> {
    let denied = &options.denied();
    once(denied.node_tags.iter().map(|(key, _)| *key), "deny.nodeTags")?;
    let ranges = &denied.outside_ip_ranges;
    let ranges: Vec<_> = ranges.iter().filter_map(|range| IpRange::parse(range)).collect();
    let refused = [
        (
            ranges.iter().any(|range| range.is_never_public()),
            "deny.outsideIpRanges",
            Conflict::IP_RANGE_NOT_PUBLIC,
        ),
        (
            IpRange::hold_everything(&ranges),
            "deny.outsideIpRanges",
            Conflict::IP_RANGES_OF_EVERYBODY,
        ),
        (
            options.just_in_time && denied.without_mfa,
            "deny.withoutMfa",
            Conflict::JUST_IN_TIME_WITHOUT_KEY,
        ),
        (
            options.just_in_time && !denied.outside_vpc_endpoints.is_empty(),
            "deny.outsideVpcEndpoints",
            Conflict::JUST_IN_TIME_WITHOUT_KEY,
        ),
    ];
    match refused.into_iter().find(|(is, ..)| *is) {
        Some((_, at, conflict)) => Err(Refused::conflict(at, conflict)),
        None => Ok(()),
    }
}

/// The denials beside what is allowed.
pub(super) fn statements(
    options: &OperatorOptions,
    fields: &Fields,
    allowed: &[Statement],
) -> Vec<Statement> {
    let denied = &options.denied();
    let is_guide = options.scope == Scope::Guide;
    let mut statements = Vec::new();
    if denied.shell {
        let document = vec![fields.document(DEFAULT_DOCUMENT)];
        statements.push(deny("NoDefaultShell", &[START], document));
    }
    if denied.ssh {
        let document = of_aws(options, fields, "AWS-StartSSHSession");
        statements.push(deny("NoSsh", &[START], vec![document]));
    }
    let is_left = |cluster: &&str| *cluster == "*" || !is_task_refused(options);
    if let Some(cluster) = denied.task_sessions.filter(is_left) {
        let tasks = match cluster {
            "*" => "task/*".to_owned(),
            cluster => format!("task/{cluster}/*"),
        };
        statements.push(deny("NoDirectSessions", &[START], vec![fields.arn("ecs", &tasks)]));
    }
    if is_guide {
        statements.iter_mut().for_each(without_list);
    }
    if denied.preferences {
        let document = vec![fields.document(DEFAULT_DOCUMENT)];
        let changes = kept_out("guard.preferences", is_guide);
        let statement = deny("NoPreferences", &changes, document);
        statements.push(if is_guide { as_list(statement) } else { statement });
    }
    if denied.host_management {
        let setting = vec![fields.arn("ssm", HOST_MANAGEMENT_SETTING)];
        let changes = kept_out("admin.dhmc-guard", is_guide);
        let role = vec![fields.iam(HOST_MANAGEMENT_ROLE)];
        let mut role_changes = vec!["iam:AttachRolePolicy", "iam:DeleteRole", "iam:PassRole"];
        if !is_guide {
            role_changes.extend(OTHER_ROLE_CHANGES);
        }
        statements.push(deny("NoHostManagementSetting", &changes, setting));
        statements.push(deny("NoHostManagementRole", &role_changes, role));
    }
    statements.extend(guards(options, fields, allowed));
    statements
}

/// Lets no denial be narrower than what is allowed beside it: where that is of every Region or account, the same is refused in
/// each.
pub(super) fn widen(statements: &mut [Statement]) {
    let is_denial = |statement: &&mut Statement| statement.effect == Effect::Deny;
    let (denied, allowed): (Vec<_>, Vec<_>) = statements.iter_mut().partition(is_denial);
    for denial in denied {
        let actions = denial.action.values.as_slice();
        let is_beside =
            |it: &&&mut Statement| it.action.values.as_slice().iter().any(|a| actions.contains(a));
        let beside = allowed.iter().filter(is_beside).filter_map(|it| it.resource.as_ref());
        let beside: Vec<&str> =
            beside.flat_map(|it| it.values.as_slice()).map(String::as_str).collect();
        let Some(resource) = &mut denial.resource else { continue };
        let wide = resource.values.as_slice().iter().map(|arn| as_wide_as(arn, &beside));
        resource.values = match &resource.values {
            Strings::One(_) => Strings::one_or_many(wide),
            Strings::Many(_) => Strings::many(wide),
        };
    }
}

/// An ARN with `*` for the Region and the account where one of these has it and is about the same.
fn as_wide_as(arn: &str, others: &[&str]) -> String {
    let Some([start, partition, service, mut region, mut account, own]) = split_fields(arn) else {
        return arn.to_owned();
    };
    for other in others {
        let all = ["*"; 6];
        let [_, _, of, in_region, of_account, what] = split_fields(other).unwrap_or(all);
        let (a, b) = (before_wildcard(own), before_wildcard(what));
        let is_same = (of == "*" || of == service) && (a.starts_with(b) || b.starts_with(a));
        region = if is_same && in_region == "*" { "*" } else { region };
        account = if is_same && of_account == "*" { "*" } else { account };
    }
    [start, partition, service, region, account, own].join(":")
}

fn before_wildcard(pattern: &str) -> &str {
    pattern.split('*').next().unwrap_or_default()
}

/// Remote Desktop. The service makes its session in the name of the person, from addresses of its own, so a denial of
/// networks stops it here and nowhere else.
const START_DESKTOP: &str = "ssm-guiconnect:StartConnection";

/// What opens a session by another service: in a container, which ECS starts whatever the person may start, and by
/// Remote Desktop.
pub(in crate::session) const SESSIONS_OF_SERVICES: [&str; 2] =
    ["ecs:ExecuteCommand", START_DESKTOP];

/// The other ways onto nodes and tasks, each refused where the policy grants it: a session just in time is started with
/// credentials of its own, so what stops it is to refuse asking for them and taking them.
const OTHER_WAYS: [&str; 7] = [
    "ec2-instance-connect:OpenTunnel",
    "ec2-instance-connect:SendSSHPublicKey",
    "ecs:ExecuteCommand",
    "ssm:GetAccessToken",
    "ssm:SendCommand",
    "ssm:StartAccessRequest",
    START_DESKTOP,
];

/// Who starts and from where. A denial must name every resource: it would else be a way around.
fn guards(options: &OperatorOptions, fields: &Fields, allowed: &[Statement]) -> Vec<Statement> {
    let denied = &options.denied();
    let is_allowed = |action: &str| {
        let mut named = allowed.iter().flat_map(|statement| statement.action.values.as_slice());
        named.any(|named| named == action)
    };
    // What is only refused stands beside other policies, and what other services open are sessions too.
    let is_way = |action: &&str| {
        is_allowed(action) || options.deny_only && SESSIONS_OF_SERVICES.contains(action)
    };
    let mut actions = vec!["ssm:ResumeSession", START];
    actions.extend(OTHER_WAYS.into_iter().filter(is_way));
    let session = |sid| deny(sid, &actions, vec!["*".to_owned()]);
    let list = |values: &[&str]| Strings::many(values.iter().copied());
    let mut statements = Vec::new();
    if denied.without_mfa {
        // IfExists: requests with long-term keys do not have the key at all.
        let mut statement = session("RequireMfa");
        when(&mut statement, "BoolIfExists", "aws:MultiFactorAuthPresent", one("false"));
        statements.push(statement);
    }
    if let Some(moment) = denied.after {
        let mut statement = session("NotAfter");
        when(&mut statement, "DateGreaterThan", "aws:CurrentTime", one(moment));
        statements.push(statement);
    }
    statements.extend(on_tagged_nodes(options, fields, &is_way));
    // One statement for both: a request through an endpoint has no source address, and would else be refused for that.
    let (ranges, endpoints) = (&denied.outside_ip_ranges, &denied.outside_vpc_endpoints);
    let sid = if ranges.is_empty() { "RequireVpcEndpoint" } else { "RequireNetwork" };
    let mut outside = session(sid);
    if !ranges.is_empty() {
        when(&mut outside, "NotIpAddress", "aws:SourceIp", list(ranges));
    }
    if !endpoints.is_empty() {
        when(&mut outside, "StringNotEquals", "aws:SourceVpce", list(endpoints));
    }
    if !outside.condition.is_empty() {
        // What Fleet Manager starts for the person comes from the service's own addresses; to ask it for that does not.
        when(&mut outside, "BoolIfExists", "aws:ViaAWSService", one("false"));
        statements.push(outside);
    }
    statements
}

/// Statements for each tag, since one of them is enough to be kept out, on what has tags of nodes: documents have some of
/// their own. Requests for access are refused by the tags of the node, as they are allowed by them. AWS's own policies
/// compare the key of Systems Manager; whether instances are asked about by it nobody says, and tasks are not.
fn on_tagged_nodes(
    options: &OperatorOptions,
    fields: &Fields,
    is_way: &dyn Fn(&&str) -> bool,
) -> Vec<Statement> {
    let of_nodes = ["ssm:SendCommand", START, "ssm:StartAccessRequest"];
    let others = ["ec2-instance-connect:SendSSHPublicKey", "ecs:ExecuteCommand"];
    let is_asked = |action: &&str| *action != "ssm:StartAccessRequest" || is_way(action);
    let of_nodes: Vec<_> = of_nodes.into_iter().filter(is_asked).collect();
    let all = others.into_iter().filter(is_way).chain(of_nodes.iter().copied()).collect();
    let mut kinds = vec![("NotOnTaggedNodes", all, "aws:ResourceTag/")];
    if !options.scope.is_least() {
        kinds.push(("NotOnNodesByTag", of_nodes, "ssm:resourceTag/"));
    }
    // Other policies may allow what is in another Region or account.
    let everywhere = Fields { region: "*", account: "*", ..*fields };
    let mut nodes = everywhere.nodes(&NodeKind::ALL);
    nodes.push(everywhere.arn("ecs", "task/*"));
    let mut statements = Vec::new();
    for (i, (key, values)) in options.denied().node_tags.iter().enumerate() {
        let values = values.iter().map(|value| value.replace('$', "${$}"));
        let values = Strings::one_or_many(values);
        for (sid, actions, prefix) in &kinds {
            let mut statement = deny(&numbered(sid, i), actions, nodes.clone());
            when(&mut statement, "StringEquals", &format!("{prefix}{key}"), values.clone());
            statements.push(statement);
        }
    }
    statements
}
