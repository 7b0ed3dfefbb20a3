//! What is refused, whatever else allows it.

use crate::policy::{Statement, Strings};

use super::super::draft::{as_list, deny, one, when, without_list};
use super::super::place::{Fields, DEFAULT_DOCUMENT};
use super::control::PREFERENCES;
use super::start::{of_aws, START};
use super::{OperatorOptions, Scope};

pub(super) fn statements(options: &OperatorOptions, fields: &Fields) -> Vec<Statement> {
    let denied = &options.deny;
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
    statements.extend(guards(options));
    statements
}

/// Who starts and from where. A denial must name every resource: it would else be a way around.
fn guards(options: &OperatorOptions) -> Vec<Statement> {
    let denied = &options.deny;
    let session = |sid| deny(sid, &["ssm:ResumeSession", START], vec!["*".to_owned()]);
    let list = |values: &[&str]| Strings::many(values.iter().copied());
    let mut statements = Vec::new();
    if denied.without_mfa {
        // IfExists: requests with long-term keys do not have the key at all.
        let mut statement = session("RequireMfa");
        when(&mut statement, "BoolIfExists", "aws:MultiFactorAuthPresent", one("false"));
        statements.push(statement);
    }
    if !denied.outside_ip_ranges.is_empty() {
        let mut statement = session("RequireNetwork");
        let ranges = list(&denied.outside_ip_ranges);
        when(&mut statement, "NotIpAddress", "aws:SourceIp", ranges);
        statements.push(statement);
    }
    if !denied.outside_vpc_endpoints.is_empty() {
        let mut statement = session("RequireVpcEndpoint");
        let endpoints = list(&denied.outside_vpc_endpoints);
        when(&mut statement, "StringNotEquals", "aws:SourceVpce", endpoints);
        statements.push(statement);
    }
    for statement in statements.iter_mut().skip(usize::from(denied.without_mfa)) {
        // What Fleet Manager starts for the person comes from the service's own addresses.
        when(statement, "BoolIfExists", "aws:ViaAWSService", one("false"));
    }
    statements
}
