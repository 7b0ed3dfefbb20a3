//! The documents over which the laws of fixes are held: those of the rule pages, the conformance cases and the goldens,
//! and what becomes of them when names in them are misspelt.

use std::{collections::BTreeSet, fs};

use postern::finding::Finding;
use postern::json::{self, Node, Value};
use postern::rules::PolicyKind;
use postern::validate::{validate, Options};

/// The findings for a text.
pub fn findings(text: &str, options: Options) -> Vec<Finding> {
    validate(text, options, |_, findings| findings)
}

/// Each document once, with the policy types under which it stands.
pub fn documents() -> Vec<(String, Options<'static>)> {
    let mut found = BTreeSet::new();
    for line in read("tests/conformance/checks.jsonl").lines() {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |name: &str| case.get(name)?.as_str().map(str::to_owned);
        found.insert((
            text("document").unwrap(),
            text("policy_type").unwrap(),
            text("resource_type"),
        ));
    }
    for page in files("tests/rules") {
        let mut policy_type = ("IDENTITY_POLICY".to_owned(), None);
        for part in page.split("\n```json\n") {
            if let Some((json, _)) = part.split_once("\n```\n") {
                found.insert((json.to_owned(), policy_type.0.clone(), policy_type.1.clone()));
            }
            if let Some(line) =
                part.lines().rev().find_map(|line| line.strip_prefix("Policy type: "))
            {
                policy_type = match line.split_once(", ") {
                    Some((kind, resource)) => (kind.to_owned(), Some(resource.to_owned())),
                    None => (line.to_owned(), None),
                };
            }
        }
    }
    let options = |policy_type: &str, resource_type: Option<String>| {
        let kind = PolicyKind::of(policy_type, resource_type.as_deref()).unwrap();
        Options { resource_type: resource_type.map(|name| &*name.leak()), ..of_kind(kind) }
    };
    found
        .into_iter()
        .map(|(text, policy_type, resource)| (text, options(&policy_type, resource)))
        .collect()
}

/// The same documents and the goldens, each as a policy of every kind.
pub fn documents_of_every_kind() -> Vec<(String, Options<'static>)> {
    let documents = documents().into_iter().map(|(text, _)| text);
    let texts: BTreeSet<String> = documents.chain(files("tests/golden")).collect();
    let of_every_kind =
        |text: String| PolicyKind::ALL.iter().map(move |kind| (text.clone(), of_kind(*kind)));
    texts.into_iter().flat_map(of_every_kind).collect()
}

/// The documents with two misspelt copies beside a member, for each of their members in turn.
pub fn misspelt() -> Vec<(String, Options<'static>)> {
    let mut found = BTreeSet::new();
    for (text, options) in documents() {
        let Some(root) = json::parse(&text).root.filter(|_| json::parse(&text).problem.is_none())
        else {
            continue;
        };
        let mut members = Vec::new();
        collect(&root, &mut members);
        for (key, whole) in members {
            let [Some(first), Some(second)] =
                [key.get(..key.len().saturating_sub(1)), key.get(1..)]
            else {
                continue;
            };
            let value = &text[whole.clone()].split_once(':').map_or("", |(_, value)| value);
            let copies =
                format!("{}: {value}, {}: {value}", json::quote(first), json::quote(second));
            let before = &text[..whole.start];
            for (name, new) in [
                ("beside", format!("{before}{copies}, {}", &text[whole.start..])),
                ("instead", format!("{before}{copies}{}", &text[whole.end..])),
            ] {
                found.insert((new, name, PolicyKind::ALL.iter().position(|k| *k == options.kind)));
            }
        }
    }
    found
        .into_iter()
        .map(|(text, _, kind)| (text, of_kind(PolicyKind::ALL[kind.unwrap()])))
        .collect()
}

/// Every member below a node: its key, and the bytes of key and value.
fn collect(node: &Node, found: &mut Vec<(String, std::ops::Range<usize>)>) {
    match &node.value {
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, found)),
        Value::Object(members) => {
            for member in members {
                let span = member.span();
                found.push((member.key.text.clone().into_owned(), span.start..span.end));
                collect(&member.value, found);
            }
        }
        _ => {}
    }
}

fn of_kind(kind: PolicyKind) -> Options<'static> {
    Options { kind, resource_type: None, lone_surrogate: None, identity_policy: None }
}

fn read(name: &str) -> String {
    fs::read_to_string(name).unwrap()
}

/// The texts of a folder. Its name, as those of all files here, is one from the root, where tests and fuzzing run.
pub fn files(folder: &str) -> Vec<String> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<_> = paths.filter(|path| path.is_file()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}
