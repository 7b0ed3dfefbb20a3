//! The places that a new option of a builder, or a new capability, has to be known in: which of them was forgotten.

use std::collections::BTreeMap;
use std::fs;

use postern::session::capabilities::{capabilities, Side};
use postern::session::node::NodeOptions;
use postern::session::operator::OperatorOptions;
use serde_json::{json, Value as Json};

use crate::session::pairs;

/// Options that change no statement, and so have no random values.
const WITHOUT_VALUES: [&str; 2] = ["partition", "policyName"];

/// Capabilities of nodes and people that no option asks for by themselves, and why.
const NOT_ASKED_FOR: &[(&str, &str)] = &[
    ("node.run-command", "the channels of sessions are enough for it"),
    ("node.inventory", "a policy of AWS has it"),
    ("node.patch", "a policy of AWS has it"),
    ("node.distributor", "a policy of AWS has it"),
    ("operator.start-hybrid", "targets say which nodes are meant, not what is wanted of them"),
    ("operator.start-by-tag", "targets say which nodes are meant, not what is wanted of them"),
    (
        "operator.interactive-command",
        "a session document of the account, as operator.custom-document",
    ),
    ("operator.just-in-time-token", "the role of AWS has it"),
    ("operator.mfa-required", "deny.withoutMfa refuses, and asks for nothing"),
];

fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files of a folder, one after the other.
fn read_all(folder: &str) -> String {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| read(path.to_str().unwrap())).collect()
}

/// The options of each interface of `types.d.ts`, with their types.
fn interfaces(types: &str) -> BTreeMap<&str, Vec<(&str, &str)>> {
    let mut all = BTreeMap::new();
    for block in types.split("\nexport interface ").skip(1) {
        let (name, rest) = block.split_once(" {\n").unwrap();
        let body = rest.split_once("\n}").unwrap().0;
        let options = body.lines().filter_map(|line| {
            let (name, kind) = line.strip_prefix("  ")?.split_once(": ")?;
            let name = name.strip_suffix('?').unwrap_or(name);
            let is_name = name.chars().all(|c| c.is_ascii_alphanumeric());
            is_name.then_some((name, kind))
        });
        all.insert(name, options.collect::<Vec<_>>());
    }
    all
}

#[test]
fn every_option_is_known_in_every_place() {
    let types = read("src/npm/types.d.ts");
    let interfaces = interfaces(&types);
    let related = &interfaces["RelatedOptions"];
    assert!(related.is_empty(), "kinds have hyphens: {related:?}");
    let (_, kinds) = types.split_once("export interface RelatedOptions {\n").unwrap();
    let kinds = kinds.split_once("\n}").unwrap().0.lines();
    let of_kinds = kinds.map(|line| line.split_once("\": ").unwrap().1.trim_end_matches(';'));
    let mut names: Vec<(&str, bool)> = vec![("NodeOptions", true), ("OperatorOptions", true)];
    names.extend(of_kinds.map(|name| (name, false)));

    let controls = read_all("www/controls") + &read_all("www/parts") + &read("www/controls.ts");
    let values = read("tests/session/pairs.rs") + &read("tests/session/options.rs");
    let samples = read("tests/contract/builders.rs");
    let has = |text: &str, option: &str, before: &[char], after: &[char]| {
        text.match_indices(option).any(|(at, _)| {
            text[..at].ends_with(before) && text[at + option.len()..].starts_with(after)
        })
    };
    let (mut problems, mut seen, mut at) = (Vec::new(), 0, 0);
    while let Some((interface, is_random)) = names.get(at).copied() {
        at += 1;
        for &(option, kind) in &interfaces[interface] {
            seen += 1;
            let inner = kind.split(|c: char| !c.is_ascii_alphanumeric());
            let inner = inner.filter(|word| interfaces.contains_key(word)).collect::<Vec<_>>();
            for word in &inner {
                if !names.iter().any(|(known, _)| known == word) {
                    names.push((word, is_random));
                }
            }
            let mut need = |is: bool, place: &str| {
                if !is {
                    problems.push(format!("{interface}.{option} has no {place}"));
                }
            };
            // An object is entered by what is in it.
            let is_entered = has(&controls, option, &['\'', '.'], &['\'', '`', '"']);
            need(is_entered || !inner.is_empty(), "control in www/controls");
            need(has(&samples, option, &['"'], &['"']), "sample in tests/contract/builders.rs");
            let has_values = has(&values, option, &['"', '.'], &['"']);
            let needs_none = !is_random || WITHOUT_VALUES.contains(&option);
            need(has_values || needs_none, "values in tests/session/pairs.rs");
        }
    }
    assert!(seen > 150, "only {seen} options");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Options that say where, for whom, how or how long, and what is refused to whom; not what for.
const NOT_FOR_SOMETHING: &[&str] = &[
    "deny.after",
    "deny.nodeTags",
    "deny.outsideIpRanges",
    "deny.outsideVpcEndpoints",
    "deny.withoutMfa",
    "denyOnly",
    "documentAccessCheck",
    "endSessions.resume",
    "endSessions.targetId",
    "expires",
    "identity",
    "instanceIds",
    // The channels of sessions are enough for it.
    "node runCommand",
    "onlyOnNodes",
    "sids",
    "targets.anyTags",
    "targets.instanceIds",
    "targets.kinds",
    "targets.principalTags",
    "targets.tags",
    "updateAgent",
];

#[test]
fn every_option_says_what_it_is_for() {
    let mut problems = Vec::new();
    for (call, base, choices) in [
        ("node", json!({}), pairs::node()),
        ("operator", json!({"sessions": "shell"}), pairs::operator()),
    ] {
        let before = wants(call, &base);
        let mut says: BTreeMap<&str, bool> = BTreeMap::new();
        for choice in &choices {
            let after = wants(call, &pairs::with(&base, choice));
            *says.entry(choice.at).or_default() |= after != before;
        }
        for (option, says) in says {
            let of_call = format!("{call} {option}");
            let names = [option, of_call.as_str()];
            if says == NOT_FOR_SOMETHING.iter().any(|known| names.contains(known)) {
                problems.push(format!("{call} {option}: {says}"));
            }
        }
    }
    assert!(problems.is_empty(), "wants() and NOT_FOR_SOMETHING differ:\n{}", problems.join("\n"));
}

/// What options are for, by the ids of capabilities.
fn wants(call: &str, options: &Json) -> Vec<&'static str> {
    let text = options.to_string();
    match call {
        "node" => serde_json::from_str::<NodeOptions>(&text).unwrap().wants(),
        _ => serde_json::from_str::<OperatorOptions>(&text).unwrap().wants(),
    }
}

#[test]
fn every_capability_is_known_in_every_place() {
    let types = read("src/npm/types.d.ts");
    let (_, union) = types.split_once("export type Capability =\n").unwrap();
    let union = union.split_once(";\n").unwrap().0;
    let asked = read("src/session/node/notes.rs") + &read("src/session/operator/notes.rs");
    let mut problems = Vec::new();
    for capability in capabilities() {
        let quoted = format!("\"{}\"", capability.id);
        let mut need = |is: bool, what: &str| {
            if !is {
                problems.push(format!("{} {what}", capability.id));
            }
        };
        need(union.contains(&quoted), "is not in the type Capability of types.d.ts");
        need(capability.title.len() > 3, "has no words for people");
        let of_options = matches!(capability.side, Side::Node | Side::Operator);
        let is_excused = NOT_ASKED_FOR.iter().any(|(id, _)| *id == capability.id);
        let is_asked = asked.contains(&quoted);
        if of_options && capability.is_whole {
            need(
                is_asked != is_excused,
                "is asked for by no option, and NOT_ASKED_FOR has no reason",
            );
        }
    }
    for (id, _) in NOT_ASKED_FOR {
        if !capabilities().iter().any(|capability| capability.id == *id) {
            problems.push(format!("NOT_ASKED_FOR has {id}, which does not exist"));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
