//! What is refused, whatever else allows it.

use serde::Deserialize;

use crate::policy::{Statement, Strings};

use super::super::draft::{as_list, deny, one, when, without_list};
use super::super::option::{self, of};
use super::super::place::{Fields, DEFAULT_DOCUMENT};
use super::conditions::numbered;
use super::control::PREFERENCES;
use super::others::{HOST_MANAGEMENT_ROLE, HOST_MANAGEMENT_SETTING};
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
    /// Turning Default Host Management on or off, and changing its role.
    pub host_management: bool,
    /// Sessions of callers that signed in without MFA.
    pub without_mfa: bool,
    /// Sessions and commands on nodes with one of these tags.
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
    if let Some(cluster) = denied.task_sessions {
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
        let statement = deny("NoPreferences", &PREFERENCES, document);
        statements.push(if is_guide { as_list(statement) } else { statement });
    }
    if denied.host_management {
        let setting = vec![fields.arn("ssm", HOST_MANAGEMENT_SETTING)];
        let changes = ["ssm:UpdateServiceSetting", "ssm:ResetServiceSetting"];
        let role = vec![fields.iam(HOST_MANAGEMENT_ROLE)];
        let role_changes = ["iam:AttachRolePolicy", "iam:DeleteRole", "iam:PassRole"];
        statements.push(deny("NoHostManagementSetting", &changes, setting));
        statements.push(deny("NoHostManagementRole", &role_changes, role));
    }
    statements.extend(guards(options, allowed));
    statements
}

/// Who starts and from where. A denial must name every resource: it would else be a way around.
fn guards(options: &OperatorOptions, allowed: &[Statement]) -> Vec<Statement> {
    let denied = &options.denied();
    // What else runs commands on nodes and tasks, where it is granted.
    let is_allowed = |action: &str| {
        let mut named = allowed.iter().flat_map(|statement| statement.action.values.as_slice());
        named.any(|named| named == action)
    };
    let else_runs =
        ["ecs:ExecuteCommand", "ssm:SendCommand"].map(|one| is_allowed(one).then_some(one));
    let [exec, command] = else_runs.map(Option::into_iter);
    let actions: Vec<_> = exec.chain(["ssm:ResumeSession"]).chain(command).chain([START]).collect();
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
    for (i, (key, values)) in denied.node_tags.iter().enumerate() {
        // A statement for each key: one of the tags is enough to be kept out.
        let actions = ["ssm:SendCommand", START];
        let sid = numbered("NotOnTaggedNodes", i);
        let mut statement = deny(&sid, &actions, vec!["*".to_owned()]);
        let prefix = if options.scope.is_least() { "aws:ResourceTag/" } else { "ssm:resourceTag/" };
        let values = values.iter().map(|value| value.replace('$', "${$}"));
        when(
            &mut statement,
            "StringEquals",
            &format!("{prefix}{key}"),
            Strings::one_or_many(values),
        );
        statements.push(statement);
    }
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
        // What Fleet Manager starts for the person comes from the service's own addresses.
        when(&mut outside, "BoolIfExists", "aws:ViaAWSService", one("false"));
        statements.push(outside);
    }
    statements
}
