//! Actions in words: what they do, as far as their names and the catalog tell.

use std::collections::BTreeSet;

use super::list;
use crate::aws::catalog::{AccessLevel, Action, Service};
use crate::aws::{may_match_action, ActionPattern};
use crate::diagnose::reason::capital;
use crate::policy::Element;
use crate::sort::sort_by;

/// What an action is for, where its name does not say it well; in words that follow "allows".
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
    ("kms:encrypt", "encrypting"),
    ("kms:generatedatakey", "generating data keys"),
    ("s3:putobject", "writing objects"),
    ("s3:putobjectacl", "setting the access of objects"),
    ("s3:getobject", "reading objects"),
    ("s3:getencryptionconfiguration", "reading whether a bucket is encrypted"),
    ("s3:listbucket", "listing the objects of buckets"),
    ("s3:listallmybuckets", "listing buckets"),
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

/// More entries of one service are told by their number and by what they do.
const MOST_OF_SERVICE: usize = 5;

/// What the entries of `Action` or `NotAction` are for; `None` when the catalog knows none of them, so that they do
/// nothing.
pub(super) fn phrase(element: &Element) -> Option<String> {
    let entries: Vec<&str> =
        element.values.as_slice().iter().map(String::as_str).filter(|e| is_known(e)).collect();
    match (element.negated, entries.as_slice()) {
        (true, []) => Some("everything".to_owned()),
        (true, entries) => Some(format!("everything but {}", list(&phrases(entries), "and"))),
        (false, []) => None,
        (false, entries) => Some(list(&phrases(entries), "and")),
    }
}

/// Whether the entry matches an action that the catalog knows.
pub(super) fn is_known(entry: &str) -> bool {
    let matches = |pattern: ActionPattern| {
        Service::find(pattern.service).is_some_and(|s| s.has_action_matching(pattern.name))
    };
    entry == "*" || (may_match_action(entry) && ActionPattern::parse(entry).is_some_and(matches))
}

fn phrases(entries: &[&str]) -> Vec<String> {
    if entries.contains(&"*") {
        return vec!["everything".to_owned()];
    }
    let mut left: Vec<String> = entries.iter().map(|entry| entry.to_ascii_lowercase()).collect();
    let mut phrases: Vec<(usize, Phrase)> = Vec::new();
    for (group, words) in GROUPS {
        let at = left.iter().position(|action| group.contains(&action.as_str()));
        if let (Some(at), true) = (at, group.iter().all(|action| left.iter().any(|e| e == action)))
        {
            phrases.push((at, Phrase::of(words)));
            for action in left.iter_mut().filter(|action| group.contains(&action.as_str())) {
                action.clear();
            }
        }
    }
    let mut services: Vec<(&str, Vec<usize>)> = Vec::new();
    for (at, entry) in left.iter().enumerate() {
        if let Some(words) = known_words(entry) {
            phrases.push((at, Phrase::of(words)));
        }
        let Some((service, _)) = entry.split_once(':') else { continue };
        match services.iter_mut().find(|(name, _)| *name == service) {
            Some((_, places)) => places.push(at),
            None => services.push((service, vec![at])),
        }
    }
    for (service, places) in services {
        let is_every = |at: &usize| left.get(*at).is_some_and(|entry| entry.ends_with(":*"));
        if let Some(at) = places.iter().find(|at| is_every(at)) {
            // Whatever else is listed is in it.
            phrases.retain(|(at, _)| !places.contains(at));
            phrases.push((*at, Phrase::of(&format!("every action of {service}"))));
            continue;
        }
        let is_untold =
            |at: &usize| left.get(*at).is_some_and(|entry| known_words(entry).is_none());
        let untold: Vec<(usize, &str)> = places
            .into_iter()
            .filter(is_untold)
            .filter_map(|at| Some((at, *entries.get(at)?)))
            .collect();
        match untold.as_slice() {
            [(first, _), ..] if untold.len() > MOST_OF_SERVICE => {
                phrases.push((*first, Phrase::of(&folded(service, &untold))));
            }
            untold => phrases.extend(untold.iter().map(|(at, entry)| (*at, one(entry)))),
        }
    }
    sort_by(&mut phrases, &|(a, _), (b, _)| a.cmp(b));
    let mut said = BTreeSet::new();
    phrases.retain(|(_, phrase)| said.insert(phrase.clone()));
    let after = phrases.iter().skip(1).map(|(_, phrase)| phrase.service).chain([""]);
    let both = phrases.iter().zip(after);
    both.map(|((_, phrase), after)| match phrase.service {
        // Said once, behind the last of them.
        service if service.is_empty() || service == after => phrase.text.clone(),
        service => format!("{} of {service}", phrase.text),
    })
    .collect()
}

/// What one or more entries are for, and the service whose name makes it clear; empty for none.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase {
    text: String,
    service: &'static str,
}

impl Phrase {
    fn of(text: &str) -> Self {
        Phrase { text: text.to_owned(), service: "" }
    }
}

/// The words for an action in small letters.
fn known_words(action: &str) -> Option<&'static str> {
    WORDS.iter().find(|(known, _)| *known == action).map(|(_, words)| *words)
}

/// One entry of a service.
fn one(entry: &str) -> Phrase {
    let Some(pattern) = ActionPattern::parse(entry) else { return Phrase::of(entry) };
    let service = Service::find(pattern.service);
    let matching = service.into_iter().flat_map(|service| service.actions_matching(pattern.name));
    match matching.collect::<Vec<_>>().as_slice() {
        [action] => called(*action),
        actions => Phrase::of(&format!("{} ({entry})", counted(actions, pattern.service))),
    }
}

/// Many entries of one service.
fn folded(service: &str, entries: &[(usize, &str)]) -> String {
    let known = Service::find(service);
    let mut actions: Vec<Action> = Vec::new();
    let mut names = BTreeSet::new();
    for pattern in entries.iter().filter_map(|(_, entry)| ActionPattern::parse(entry)) {
        let matching = known.into_iter().flat_map(|service| service.actions_matching(pattern.name));
        actions.extend(matching.filter(|action| names.insert(action.name())));
    }
    counted(&actions, service)
}

/// `12 actions of s3 that list and read`.
fn counted(actions: &[Action], service: &str) -> String {
    let does = |level| actions.iter().any(|action| action.access_level() == level);
    let all = [
        (AccessLevel::List, "list"),
        (AccessLevel::Read, "read"),
        (AccessLevel::Write, "write"),
        (AccessLevel::Tagging, "tag"),
        (AccessLevel::PermissionsManagement, "change permissions"),
    ];
    let levels: Vec<String> =
        all.into_iter().filter(|(l, _)| does(*l)).map(|(_, word)| word.to_owned()).collect();
    format!("{} actions of {service} that {}", actions.len(), list(&levels, "and"))
}

/// What an action does, in a few words that begin a line: `Starting sessions`.
pub fn in_words(action: Action) -> String {
    capital(&called(action).text)
}

/// The words of an action's name, the first as what somebody does: `putting bucket tagging`.
fn called(action: Action) -> Phrase {
    let service = action.service().prefix();
    let full = format!("{service}:{}", action.name());
    if let Some(words) = known_words(&full.to_ascii_lowercase()) {
        return Phrase::of(words);
    }
    let words = words(action.name());
    let verb = words.split_first().and_then(|(verb, noun)| Some((doing(verb)?, noun)));
    match verb.map(|(doing, noun)| (doing, noun.split_last())) {
        None => Phrase::of(&format!("calling {full}")),
        Some((doing, None)) => Phrase::of(&format!("{doing} in {service}")),
        Some((doing, Some((last, before)))) => {
            let mut text = doing;
            for word in before.iter().chain([&plural(last)]) {
                text.push(' ');
                text.push_str(word);
            }
            Phrase { text, service }
        }
    }
}

/// The words of a name such as `GetBucketCORS` or `DescribeDBInstances`; those in capitals stay so.
fn words(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let after = chars.get(at + 1);
        // The s of a plural belongs to the capitals before it, as in ListWebACLs.
        let is_plural =
            after == Some(&'s') && !chars.get(at + 2).is_some_and(char::is_ascii_lowercase);
        let begins_word = after.is_some_and(char::is_ascii_lowercase) && !is_plural;
        let is_start = c.is_ascii_uppercase()
            && (before.is_none_or(|c| !c.is_ascii_uppercase()) || begins_word);
        match words.last_mut() {
            Some(word) if !is_start => word.push(*c),
            _ => words.push(c.to_string()),
        }
    }
    let is_short = |word: &str| word.chars().nth(1).is_some_and(|c| c.is_ascii_uppercase());
    words.into_iter().map(|word| if is_short(&word) { word } else { word.to_lowercase() }).collect()
}

/// Verbs that begin many names, and end otherwise than in `-ing` after them.
const DOUBLED: [&str; 12] = [
    "get", "put", "set", "run", "tag", "untag", "stop", "submit", "reset", "begin", "scan", "plan",
];

/// The verb as what somebody does; `None` for a word that is probably none.
fn doing(verb: &str) -> Option<String> {
    let is_word = verb.len() > 2 && verb.bytes().all(|b| b.is_ascii_lowercase());
    let last = verb.chars().last().filter(|_| is_word)?;
    Some(match verb.strip_suffix('e') {
        Some(stem) if !verb.ends_with("ee") => format!("{stem}ing"),
        _ if DOUBLED.contains(&verb) => format!("{verb}{last}ing"),
        _ => format!("{verb}ing"),
    })
}

/// Words that have no plural here.
const UNCOUNTED: [&str; 14] = [
    "information",
    "data",
    "metadata",
    "encryption",
    "replication",
    "access",
    "usage",
    "software",
    "tagging",
    "logging",
    "versioning",
    "billing",
    "pricing",
    "scaling",
];

fn plural(noun: &str) -> String {
    let is_plural = noun.ends_with('s') || UNCOUNTED.contains(&noun);
    match noun.strip_suffix('y') {
        _ if is_plural => noun.to_owned(),
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if noun.ends_with('x') || noun.ends_with("ch") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::phrase;
    use crate::policy::{Element, Strings};

    fn said(negated: bool, entries: &[&str]) -> Option<String> {
        let values = entries.iter().map(|entry| (*entry).to_owned()).collect();
        phrase(&Element { negated, values: Strings::Many(values) })
    }

    #[test]
    fn actions_are_told_by_what_they_do() {
        for (entries, expected) in [
            (&["*"][..], "everything"),
            (&["s3:*", "s3:GetObject"], "every action of s3"),
            (&["s3:GetObject", "s3:PutObject"], "reading objects and writing objects"),
            (&["sqs:SendMessage"], "sending messages of sqs"),
            (&["rds:DescribeDBInstances"], "describing DB instances of rds"),
            (&["wafv2:ListWebACLs"], "listing web ACLs of wafv2"),
            (
                &["dynamodb:GetItem", "dynamodb:Query"],
                "getting items of dynamodb and querying in dynamodb",
            ),
            (&["s3:GetObjectV*"], "8 actions of s3 that read (s3:GetObjectV*)"),
            (&["kms:ReEncrypt*", "x:Y"], "2 actions of kms that write (kms:ReEncrypt*)"),
            (
                &[
                    "sqs:SendMessage",
                    "sqs:ReceiveMessage",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueUrl",
                    "sqs:ListQueues",
                    "sqs:TagQueue",
                ],
                "6 actions of sqs that read, write and tag",
            ),
        ] {
            assert_eq!(said(false, entries).as_deref(), Some(expected), "{entries:?}");
        }
        assert_eq!(said(false, &["s3:Nothing", "nowhere:*", "s3"]), None);
        assert_eq!(said(true, &["nowhere:*"]).as_deref(), Some("everything"));
        assert_eq!(said(true, &["iam:*"]).as_deref(), Some("everything but every action of iam"));
    }
}
