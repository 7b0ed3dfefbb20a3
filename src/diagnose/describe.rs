//! A policy in plain sentences: what it denies and allows of Session Manager, on what, under which condition.
//!
//! A sentence for each statement, those that deny first. What has nothing to do with Session Manager is only counted.

mod condition;
mod resource;

use std::collections::BTreeSet;

use crate::aws::catalog::Service;
use crate::aws::matches_glob;
use crate::policy::{Effect, Element, Policy, Statement};
use crate::session::capabilities::capabilities;
use crate::sort::sort_by;

/// The sentences; one that says so when nothing in the policy is about Session Manager.
pub fn describe_policy(policy: &Policy) -> Vec<String> {
    let known = actions();
    let (mut denies, mut allows, mut others) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut other_statements = 0;
    for statement in &policy.statements {
        if !concerns(&statement.action, &known) {
            other_statements += 1;
            let services =
                statement.action.values.as_slice().iter().filter_map(|a| a.split_once(':'));
            others.extend(services.map(|(service, _)| service.to_owned()));
            continue;
        }
        match statement.effect {
            Effect::Deny => denies.push(sentence(statement)),
            Effect::Allow => allows.push(sentence(statement)),
        }
    }
    let mut sentences = denies;
    sentences.append(&mut allows);
    let more = sentences.len().saturating_sub(MOST_SENTENCES);
    sentences.truncate(MOST_SENTENCES);
    if more > 0 {
        sentences.push(format!("{more} more statements are about Session Manager, not told here."));
    }
    if sentences.is_empty() {
        sentences.push("Nothing of Session Manager.".to_owned());
    } else if other_statements > 0 {
        let services: Vec<_> = others.into_iter().take(MOST_NAMES).collect();
        let many = if other_statements == 1 { "1 statement is" } else { "Other statements are" };
        sentences.push(format!("{many} about something else: {}.", services.join(", ")));
    }
    sentences
}

/// More statements are only counted: nobody reads on.
const MOST_SENTENCES: usize = 200;

/// More names are not told in one sentence.
const MOST_NAMES: usize = 12;

/// Every action that Session Manager needs of somebody, in small letters.
fn actions() -> BTreeSet<String> {
    let all = capabilities();
    let requests = all.iter().flat_map(|capability| &capability.requests);
    requests.map(|request| request.action.to_ascii_lowercase()).collect()
}

fn concerns(element: &Element, known: &BTreeSet<String>) -> bool {
    let patterns: Vec<String> =
        element.values.as_slice().iter().map(|pattern| pattern.to_ascii_lowercase()).collect();
    let matches = |known: &str| patterns.iter().any(|pattern| matches_glob(pattern, known));
    known.iter().any(|action| matches(action) != element.negated)
}

fn sentence(statement: &Statement) -> String {
    let verb = match statement.effect {
        Effect::Allow => "Allows",
        Effect::Deny => "Denies",
    };
    let who = statement.principal.as_ref().map(|principal| {
        let mut names = Vec::new();
        if let crate::policy::Who::Listed(types) = &principal.who {
            names.extend(types.iter().flat_map(|(_, names)| names.as_slice().iter().cloned()));
        }
        let names = if names.is_empty() { "everyone".to_owned() } else { list(&names, "and") };
        if principal.negated {
            format!(" everyone but {names}")
        } else {
            format!(" {names}")
        }
    });
    let what = what(&statement.action);
    let on = resource::phrase(statement.resource.as_ref());
    // OpenDataChannel may name sessions, though the service authorization reference knows of no resource.
    let goes_without_saying = on == resource::ON_EVERYTHING && takes_star_only(&statement.action);
    let on = if goes_without_saying { String::new() } else { on };
    let condition = condition::phrase(&statement.condition);
    let who = who.unwrap_or_default();
    format!("{verb}{who}{} {what}{on}{condition}.", if who.is_empty() { "" } else { ":" })
}

/// Whether every action has no resource but `*`, so that it need not be said.
fn takes_star_only(element: &Element) -> bool {
    let is_star_only = |action: &String| {
        let (service, name) = action.split_once(':').unwrap_or_default();
        let action = Service::find(service).and_then(|service| service.action(name));
        action.is_some_and(|action| action.resource_types().next().is_none())
    };
    !element.negated && element.values.as_slice().iter().all(is_star_only)
}

/// What an action is for, in words that follow "allows".
const WORDS: &[(&str, &str)] = &[
    ("ssm:updateinstanceinformation", "reporting to Systems Manager as a managed node"),
    ("ssm:startsession", "starting sessions"),
    ("ssm:terminatesession", "ending sessions"),
    ("ssm:resumesession", "resuming sessions"),
    ("ssm:describesessions", "listing sessions"),
    ("ssm:getconnectionstatus", "seeing whether nodes are connected"),
    ("ssm:sendcommand", "running commands"),
    ("ssm:startaccessrequest", "asking for just-in-time access"),
    ("ssm:getaccesstoken", "using just-in-time access"),
    ("ssmmessages:createcontrolchannel", "creating the control channel"),
    ("ssmmessages:opencontrolchannel", "opening the control channel"),
    ("ssmmessages:createdatachannel", "creating data channels"),
    ("ssmmessages:opendatachannel", "opening data channels"),
    ("kms:decrypt", "decrypting"),
    ("kms:generatedatakey", "generating data keys"),
    ("s3:putobject", "writing objects"),
    ("s3:putobjectacl", "setting the access of objects"),
    ("s3:getobject", "reading objects"),
    ("s3:getencryptionconfiguration", "reading whether a bucket is encrypted"),
    ("logs:createlogstream", "creating log streams"),
    ("logs:putlogevents", "writing log events"),
    ("logs:describeloggroups", "listing log groups"),
    ("logs:describelogstreams", "listing log streams"),
    ("ecs:executecommand", "running commands in ECS tasks"),
    ("sts:assumerole", "assuming the role"),
    ("iam:putrolepolicy", "putting inline policies on roles"),
    ("iam:passrole", "passing roles"),
];

/// Actions that have words together.
const GROUPS: &[(&[&str], &str)] = &[
    (
        &[
            "ssmmessages:createcontrolchannel",
            "ssmmessages:createdatachannel",
            "ssmmessages:opencontrolchannel",
            "ssmmessages:opendatachannel",
        ],
        "opening the session channels of a node",
    ),
    (
        &[
            "ec2messages:acknowledgemessage",
            "ec2messages:deletemessage",
            "ec2messages:failmessage",
            "ec2messages:getendpoint",
            "ec2messages:getmessages",
            "ec2messages:sendreply",
        ],
        "receiving commands over the old channel",
    ),
    (
        &[
            "ssm-guiconnect:cancelconnection",
            "ssm-guiconnect:getconnection",
            "ssm-guiconnect:startconnection",
        ],
        "remote desktop connections",
    ),
];

fn what(element: &Element) -> String {
    let values = element.values.as_slice();
    if element.negated {
        return format!("everything but {}", list(values, "and"));
    }
    let mut left: Vec<String> = values.iter().map(|action| action.to_ascii_lowercase()).collect();
    let mut phrases: Vec<(usize, String)> = Vec::new();
    for (group, words) in GROUPS {
        let at = left.iter().position(|action| group.contains(&action.as_str()));
        if let (Some(at), true) =
            (at, group.iter().all(|action| left.iter().any(|have| have == action)))
        {
            phrases.push((at, (*words).to_owned()));
            for action in left.iter_mut().filter(|action| group.contains(&action.as_str())) {
                action.clear();
            }
        }
    }
    for (at, (action, written)) in left.iter().zip(values).enumerate() {
        let words = WORDS.iter().find(|(known, _)| known == action).map(|(_, words)| *words);
        let phrase = match (action.as_str(), words, action.split_once(':')) {
            ("", _, _) => continue,
            ("*", _, _) => "everything".to_owned(),
            (_, Some(words), _) => words.to_owned(),
            (_, None, Some((service, "*"))) => format!("every action of {service}"),
            _ => written.clone(),
        };
        phrases.push((at, phrase));
    }
    sort_by(&mut phrases, &|(a, _), (b, _)| a.cmp(b));
    let phrases: Vec<_> = phrases.into_iter().map(|(_, phrase)| phrase).collect();
    list(&phrases, "and")
}

/// `a, b and c`; of many the first.
fn list(texts: &[String], word: &str) -> String {
    match texts {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        many if many.len() > MOST_NAMES => {
            let shown: Vec<_> = many.iter().take(MOST_NAMES).cloned().collect();
            format!("{} {word} {} more", shown.join(", "), many.len() - MOST_NAMES)
        }
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}
