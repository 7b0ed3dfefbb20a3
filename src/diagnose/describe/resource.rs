//! Resources in words.

use std::collections::BTreeSet;

use super::list;
use crate::aws::catalog::resource_types_of_arn_service;
use crate::aws::Arn;
use crate::policy::Element;

/// ` on ...`; nothing for a statement without resources.
/// In documents without variables a `${` is text.
pub(super) fn phrase(resource: Option<&Element>, has_variables: bool) -> String {
    let Some(element) = resource else { return String::new() };
    let values = element.values.as_slice();
    let mut phrases: Vec<String> = values.iter().map(|value| one(value, has_variables)).collect();
    let mut said = BTreeSet::new();
    let is_new: Vec<bool> = phrases.iter().map(|phrase| said.insert(phrase.as_str())).collect();
    let mut is_new = is_new.into_iter();
    phrases.retain(|_| is_new.next().unwrap_or_default());
    match (element.negated, phrases.as_slice()) {
        (false, phrases) => format!(" on {}", list(phrases, "and")),
        (true, phrases) => format!(" on {EVERYTHING} but {}", list(phrases, "and")),
    }
}

const EVERYTHING: &str = "every resource";

/// What [`phrase`] says of `*`.
pub(super) const ON_EVERYTHING: &str = " on every resource";

fn one(text: &str, has_variables: bool) -> String {
    if text.is_empty() {
        return "nothing, as an empty resource names none".to_owned();
    }
    if text.bytes().all(|b| b == b'*') {
        return EVERYTHING.to_owned();
    }
    let Some(arn) = Arn::parse(text) else { return text.to_owned() };
    let (kind, name) = arn.resource.split_once(['/', ':']).unwrap_or((arn.resource, ""));
    if arn.resource.ends_with([':', '/']) {
        // A name is missing there.
        return text.to_owned();
    }
    let all_or = |what: &str, every: &str| match name {
        "*" => every.to_owned(),
        name => format!("{what} {name}"),
    };
    let phrase = match (arn.service, kind) {
        ("ec2", "instance") => all_or("EC2 instance", "every EC2 instance"),
        ("ssm", "managed-instance") => all_or("hybrid node", "every hybrid node"),
        ("ssm", "document") => all_or("document", "every document"),
        ("ssm", "session") => session(name, has_variables),
        ("ssm", "parameter") => all_or("parameter", "every parameter"),
        ("kms", "key") => all_or("KMS key", "every KMS key"),
        ("logs", "log-group") => log_group(name),
        ("ecs", "task") => all_or("ECS task", "every ECS task"),
        ("ecs", "cluster") => all_or("ECS cluster", "every ECS cluster"),
        ("iam", "role") => all_or("role", "every role"),
        ("s3", _) => bucket(arn.resource),
        _ => match by_catalog(&arn) {
            Some(phrase) => phrase,
            None => return text.to_owned(),
        },
    };
    phrase + &place(&arn)
}

/// The type of a resource as the catalog calls it, and its name.
fn by_catalog(arn: &Arn) -> Option<String> {
    let is_everything = |resource: &str| resource.bytes().all(|b| b == b'*');
    match arn.resource.strip_prefix('/') {
        _ if !is_name(arn.service) => {}
        None if !is_everything(arn.resource) => {}
        Some(path) if !is_everything(path) => {
            return Some(format!("{} {}", arn.service, arn.resource));
        }
        _ => return Some(format!("everything of {}", arn.service)),
    }
    let split = arn.resource.split_once(['/', ':']);
    let types = || resource_types_of_arn_service(arn.service);
    let starts = |kind: &str| {
        types().any(|of| {
            let mut formats = of.arn_formats();
            formats.any(|format| {
                format.resource.strip_prefix(kind).is_some_and(|rest| rest.starts_with(['/', ':']))
            })
        })
    };
    match split {
        Some((kind, "*")) if starts(kind) => Some(format!("every {kind} of {}", arn.service)),
        Some((kind, name)) if starts(kind) => Some(format!("{} {kind} {name}", arn.service)),
        _ => {
            // Of a service whose ARNs end in the name alone, as a queue's.
            let mut bare =
                types().filter(|of| of.arn_formats().any(|f| f.resource.starts_with("${")));
            let one = bare.next().filter(|_| bare.next().is_none() && is_name(arn.service))?;
            Some(format!("{} {} {}", arn.service, one.name, arn.resource))
        }
    }
}

fn is_name(service: &str) -> bool {
    !service.is_empty() && !service.contains(['*', '?'])
}

fn session(name: &str, has_variables: bool) -> String {
    match name {
        "*" => "every session".to_owned(),
        "${aws:username}-*" if has_variables => {
            "sessions whose id begins with the caller's user name".to_owned()
        }
        "${aws:userid}-*" if has_variables => {
            "sessions whose id begins with the caller's user id".to_owned()
        }
        name => format!("session {name}"),
    }
}

fn log_group(name: &str) -> String {
    let group = name.strip_suffix(":*").unwrap_or(name);
    let (group, stream) = group.split_once(":log-stream:").unwrap_or((group, ""));
    match (group, stream) {
        ("*", _) => "every log group".to_owned(),
        (group, "" | "*") => format!("log group {group}"),
        (group, stream) => format!("stream {stream} of log group {group}"),
    }
}

fn bucket(resource: &str) -> String {
    match resource.split_once('/') {
        None if resource == "*" => "every bucket".to_owned(),
        None => format!("bucket {resource}"),
        Some((bucket, "*")) => format!("the objects of bucket {bucket}"),
        Some((bucket, key)) => format!("{key} of bucket {bucket}"),
    }
}

/// The Region, and the account where one is named: of documents of AWS there is none.
fn place(arn: &Arn) -> String {
    let is_named = |field: &str| !field.is_empty() && field != "*";
    let partition = match arn.partition {
        // Else the Region tells.
        "aws" | "*" | "" => String::new(),
        _ if is_named(arn.region) => String::new(),
        partition => format!(" of partition {partition}"),
    };
    let place = match (is_named(arn.region), is_named(arn.account)) {
        (true, true) => format!(" in {} of account {}", arn.region, arn.account),
        (true, false) => format!(" in {}", arn.region),
        (false, true) => format!(" of account {}", arn.account),
        (false, false) => String::new(),
    };
    partition + &place
}
