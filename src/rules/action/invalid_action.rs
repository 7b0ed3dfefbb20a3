//! INVALID_ACTION, INVALID_SERVICE_IN_ACTION: actions that no service has.

use super::api_call::actions_of_api_call;
use super::policy_of_resource::supports_action;
use crate::aws::catalog::{service_prefixes, services, Service, Unlisted};
use crate::aws::{has_wildcard, nearest, Names};
use crate::document::{ActionEntry, Language};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::quote;
use crate::rules::variable::places_of_variables::{first_variable, other_texts};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "INVALID_ACTION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid action",
    why: "An action that its service does not have is never asked for: an Allow gives nothing, and a Deny takes nothing.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm:StartSesion", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

pub(in crate::rules) static SERVICE: Rule = Rule {
    code: "INVALID_SERVICE_IN_ACTION",
    finding_type: FindingType::Error,
    policy_kinds: PolicyKind::ALL,
    title: "Invalid service in action",
    why: "What stands before the colon of an action is the prefix of a service. With any other, no request matches.",
    example: r#"{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ssm-messages:OpenDataChannel", "Resource": "*"}}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check: check_service,
};

fn check(context: &Context, report: &mut Report) {
    // Of each service: the names of its actions, and the services with a prefix near to its own.
    let mut known: Vec<(Service, Names, Vec<Service>)> = Vec::new();
    for entry in entries(context) {
        let Some(action) = entry.pattern else {
            let details =
                format_args!("{} does not name the service of the action.", shown(entry.text));
            report
                .at(entry.place(), details)
                .help("Write the prefix of the service, a colon and the name of the action, such as ssm:StartSession.");
            continue;
        };
        let Some(service) = entry.service else { continue };
        let prefix = service.prefix();
        if has_wildcard(action.name) {
            let details = format_args!("The pattern {} matches no action of {prefix}.", entry.text);
            report.at(entry.place(), details);
            continue;
        }
        let finding =
            report.at(entry.place(), format_args!("{} is not an action of {prefix}.", entry.text));
        if let Some(actions) = actions_of_api_call(prefix, action.name) {
            let names: Vec<_> = actions.split(' ').map(|name| format!("{prefix}:{name}")).collect();
            let (are, meant) = match names.as_slice() {
                [only] => ("action that allows it is", only.clone()),
                [first @ .., last] => {
                    ("actions that allow it are", format!("{} and {last}", first.join(", ")))
                }
                [] => continue,
            };
            finding.help(format_args!(
                "{} is an operation of the API. The {are} {meant}.",
                action.name
            ));
            if service.action(actions).is_some_and(|action| supports_action(context, action)) {
                finding.fix(change_to(entry, &meant));
            }
            continue;
        }
        let at = known.iter().position(|(of, ..)| *of == service).unwrap_or_else(|| {
            let names = Names::of(service.actions().map(|action| action.name()));
            known.push((service, names, neighbours(service)));
            known.len() - 1
        });
        let Some((_, names, neighbours)) = known.get(at) else { continue };
        let of_service = |name| Some((service, name));
        let meant = in_other_number(service, action.name)
            .and_then(of_service)
            .or_else(|| of_neighbour(neighbours, action.name))
            .or_else(|| with_more_inside(service, action.name).and_then(of_service))
            .or_else(|| only_longer(service, action.name).and_then(of_service))
            .or_else(|| names.nearest(action.name).and_then(of_service));
        let Some((service, name)) = meant else { continue };
        let meant = format!("{}:{name}", service.prefix());
        finding.help(format_args!("Did you mean {meant}?"));
        if service.action(name).is_some_and(|action| supports_action(context, action)) {
            finding.fix(change_to(entry, &meant));
        }
    }
}

/// The services whose prefix is near to that of a service, or begins one of which the other is the rest, as `ssm` and
/// `ssmmessages` do.
fn neighbours(service: Service) -> Vec<Service> {
    let own = service.prefix();
    let is_near = |other: &Service| {
        let prefix = other.prefix();
        *other != service
            && (prefix.starts_with(own)
                || own.starts_with(prefix)
                || nearest(own, [prefix]).is_some())
    };
    services().filter(is_near).collect()
}

/// The action that the name is in the plural, or the other way round.
fn in_other_number(service: Service, name: &str) -> Option<&'static str> {
    let action = match name.strip_suffix('s') {
        Some(singular) => service.action(singular),
        None => service.action(&format!("{name}s")),
    };
    Some(action?.name())
}

/// So many letters of a name are looked at for a place where words are missing.
const LONGEST_NAME: usize = 64;

/// The action that is the name with more words inside, as `DescribeCacheClusters` for `DescribeClusters`, if there is one
/// only.
fn with_more_inside(service: Service, name: &str) -> Option<&'static str> {
    let mut found = None;
    for (at, letter) in name.bytes().enumerate().skip(1).take(LONGEST_NAME) {
        if !letter.is_ascii_uppercase() {
            continue;
        }
        let (start, end) = name.split_at_checked(at)?;
        for action in service.actions_matching(&format!("{start}*{end}")) {
            if found.is_some_and(|other| other != action.name()) {
                return None;
            }
            found = Some(action.name());
        }
    }
    found
}

/// The action of this very name, if one of the services has it.
fn of_neighbour(neighbours: &[Service], name: &str) -> Option<(Service, &'static str)> {
    let mut found = neighbours.iter().filter_map(|service| service.action(name));
    let action = found.next().filter(|_| found.next().is_none())?;
    Some((action.service(), action.name()))
}

/// The action that the name, in the singular, is the beginning of, if it is of one only.
fn only_longer(service: Service, name: &str) -> Option<&'static str> {
    let start = name.strip_suffix('s').unwrap_or(name);
    // Two words at least, as the first is a verb.
    if start.bytes().filter(u8::is_ascii_uppercase).count() < 2 {
        return None;
    }
    let pattern = format!("{start}*");
    let mut found = service.actions_matching(&pattern);
    let action = found.next().filter(|_| found.next().is_none())?;
    Some(action.name())
}

fn check_service(context: &Context, report: &mut Report) {
    let mut prefixes = None;
    for entry in entries(context) {
        let Some(action) = entry.pattern.filter(|_| entry.service.is_none()) else { continue };
        if has_wildcard(action.service) {
            let details = format_args!("{} has a wildcard in place of a service.", entry.text);
            report.at(entry.place(), details).help(
                "Name the service. Wildcards may stand behind the colon, or an action may be * alone.",
            );
            continue;
        }
        let details = format_args!("{} names no service that AWS knows.", entry.text);
        let finding = report.at(entry.place(), details);
        let Some(prefix) = meant(action.service, &mut prefixes) else { continue };
        finding.help(format_args!("Did you mean {prefix}?"));
        let Some(service) = Service::find(prefix) else { continue };
        let is_supported = if has_wildcard(action.name) {
            service.has_action_matching(action.name)
        } else {
            service.action(action.name).is_some_and(|action| supports_action(context, action))
        };
        if is_supported {
            finding.fix(change_to(entry, &format!("{prefix}:{}", action.name)));
        }
    }
}

/// Names by which the AWS CLI, endpoints and people call services, each with the prefix of its actions.
///
/// Source: the folders and metadata of the API models in botocore 1.43.11, and AWS's short names, read 2026-11.
const OTHER_NAMES: &str = "\
alb elasticloadbalancing
amp aps
cloudcontrol cloudformation
cloudwatch-events events
cloudwatch-logs logs
cloudwatchevents events
cloudwatchlogs logs
docdb rds
dynamo dynamodb
efs elasticfilesystem
elb elasticloadbalancing
elbv2 elasticloadbalancing
email ses
emr elasticmapreduce
eventbridge events
keyspaces cassandra
kinesis-video kinesisvideo
location geo
marketplace aws-marketplace
monitoring cloudwatch
msk kafka
mwaa airflow
neptune rds
nlb elasticloadbalancing
opensearchserverless aoss
pinpoint mobiletargeting
resourcegroupstaggingapi tag
sesv2 ses
sfn states
step-functions states
stepfunctions states
tagging tag
vpc ec2
";

/// The prefix that a name stands for: by another name of a service, by what is near, and by what stands before a hyphen,
/// as in `bedrock-runtime`. The prefixes are read when the first name is compared with them.
fn meant(service: &str, prefixes: &mut Option<Names<'static>>) -> Option<&'static str> {
    let other = |name: &str| {
        let mut lines = OTHER_NAMES.lines().filter_map(|line| line.split_once(' '));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, prefix)| prefix)
    };
    let near = || {
        let prefixes = prefixes.get_or_insert_with(|| Names::of(service_prefixes()));
        // Of so few letters, half would be others.
        match service.len() {
            4 | 5 => prefixes.nearest_within(service, 1),
            _ => prefixes.nearest(service),
        }
    };
    let of_start = || {
        let mut starts = service.rmatch_indices('-').filter_map(|(at, _)| service.get(..at));
        starts.find_map(|start| other(start).or_else(|| Some(Service::find(start)?.prefix())))
    };
    other(service).or_else(near).or_else(of_start)
}

/// The entries of `Action` and `NotAction` that no service has, but for `*`, those that are not listed any more or not
/// yet, and those with a policy variable, which is an error by itself where the document has variables.
fn entries<'c>(context: &'c Context) -> impl Iterator<Item = &'c ActionEntry<'c>> {
    let has_variables =
        context.document.language() == Language::V2012 && other_texts(context).next().is_some();
    let statements = context.document.statements.iter();
    statements.flat_map(|statement| statement.action_entries()).filter(move |entry| {
        let is_refused = || has_variables && first_variable(entry.text).is_some();
        let is_unlisted = || entry.pattern.and_then(Unlisted::action).is_some();
        !entry.is_known && entry.text != "*" && !is_refused() && !is_unlisted()
    })
}

fn change_to(entry: &ActionEntry, meant: &str) -> Fix {
    Fix::unsafe_(format!("Change to {meant}"), [Edit::replace(entry.node.span, quote(meant))])
}

fn shown(text: &str) -> &str {
    if text.is_empty() {
        "An empty string"
    } else {
        text
    }
}
