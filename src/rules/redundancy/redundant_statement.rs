//! REDUNDANT_STATEMENT.

use std::cmp::Ordering;

use crate::aws::fingerprint;
use crate::document::{one_or_many, Statement};
use crate::edit::{Edit, Fix};
use crate::finding::FindingType;
use crate::json::{quote, removal, Member, Node, Value};
use crate::rules::{Context, Evidence, PolicyKind, Report, Rule, Source};
use crate::sort::{sort, sort_by};

pub(in crate::rules) static RULE: Rule = Rule {
    code: "REDUNDANT_STATEMENT",
    finding_type: FindingType::Suggestion,
    policy_kinds: PolicyKind::ALL,
    title: "Redundant statement",
    why: "A statement that repeats another changes nothing, and whoever edits one of them may forget the other.",
    example: r#"{"Version": "2012-10-17", "Statement": [{"Sid": "A", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::logs"}, {"Sid": "B", "Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": "arn:aws:s3:::logs"}]}"#,
    source: Source::PolicyChecks,
    evidence: Evidence::Documented,
    check,
};

fn check(context: &Context, report: &mut Report) {
    let document = context.document;
    let [_, _, ..] = document.statements.as_slice() else { return };
    let statements = document.statements.iter().filter(|statement| statement.effect().is_some());
    let mut prints: Vec<(u32, &Statement)> =
        statements.map(|statement| (print(statement), statement)).collect();
    sort_by(&mut prints, &|(a, _), (b, _)| a.cmp(b));
    // What each statement means as a text, if another may mean the same; equal texts become neighbours.
    let mut meanings: Vec<(String, &Statement)> = prints
        .chunk_by(|(a, _), (b, _)| a == b)
        .filter(|alike| alike.len() > 1)
        .flatten()
        .map(|(_, statement)| (meaning(statement), *statement))
        .collect();
    sort_by(&mut meanings, &|(a, _), (b, _)| a.cmp(b));
    let Some(array) = document.statement.map(|element| element.value) else { return };
    let nodes = array.as_array().unwrap_or_default();
    for group in meanings.chunk_by(|(a, _), (b, _)| a == b) {
        let [(_, first), rest @ ..] = group else { continue };
        if rest.is_empty() {
            continue;
        }
        let finding = report.at(
            first.place(),
            format_args!("{} statements say the same as each other.", group.len()),
        );
        for (_, statement) in rest {
            finding.and_at(statement.place());
        }
        let gone: Vec<usize> = rest
            .iter()
            .filter_map(|(_, s)| nodes.binary_search_by(|node| by_place(node, s.node)).ok())
            .collect();
        let edits = removal(array, &gone).into_iter().map(Edit::remove);
        finding.fix(Fix::safe("Remove all but the first", edits));
    }
}

/// A number that statements have alike which mean the same, quickly made: of the strings in them but for the Sid, in
/// any order, any number of times in a list, and in either case of letters.
fn print(statement: &Statement) -> u32 {
    print_of_members(statement.members.iter().filter(|member| member.key.text != "Sid"))
}

fn print_of_members<'m>(members: impl Iterator<Item = &'m Member<'m>>) -> u32 {
    let mut sum = 0_u32;
    for Member { key, value } in members {
        sum = sum.wrapping_add(fingerprint(print_of_text(&key.text), print_of_values(value)));
    }
    sum
}

/// Of the one, or those of the list. Goes through a tree, which is no deeper than the parser allows.
fn print_of_values(node: &Node) -> u32 {
    let (mut least, mut greatest, mut bits) = (u32::MAX, 0, 0_u32);
    for node in one_or_many(node) {
        let print = match &node.value {
            Value::String(text) => print_of_text(&text.text),
            Value::Array(_) => print_of_values(node),
            Value::Object(members) => print_of_members(members.iter()),
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
        };
        least = least.min(print);
        greatest = greatest.max(print);
        bits |= 1 << (print >> 27);
    }
    fingerprint(fingerprint(least, greatest), bits)
}

/// Of the length and the end, where strings differ most.
fn print_of_text(text: &str) -> u32 {
    const END: usize = 6;
    let end = text.as_bytes().get(text.len().saturating_sub(END)..).unwrap_or_default();
    end.iter().map(|byte| u32::from(byte.to_ascii_lowercase())).fold(text.len() as u32, fingerprint)
}

fn by_place(a: &Node, b: &Node) -> Ordering {
    a.span.cmp(&b.span)
}

/// The statement as a text that is the same for all ways of writing it.
fn meaning(statement: &Statement) -> String {
    let members = statement.members.iter().filter(|member| member.key.text != "Sid");
    sorted(members, |Member { key, value }| {
        let value = match key.text.as_ref() {
            "Action" | "NotAction" => set(value, true),
            "Resource" | "NotResource" => set(value, false),
            "Principal" | "NotPrincipal" => object_of(value, false, |value| set(value, false)),
            "Condition" => {
                object_of(value, true, |block| object_of(block, true, |value| set(value, false)))
            }
            _ => literal(value),
        };
        format!("{}:{value}", quote(&key.text))
    })
}

/// The members in the order of their texts.
fn sorted<'m, 't: 'm>(
    members: impl Iterator<Item = &'m Member<'t>>,
    text: impl Fn(&Member) -> String,
) -> String {
    let mut texts: Vec<String> = members.map(text).collect();
    sort(&mut texts);
    format!("{{{}}}", texts.join(","))
}

fn object_of(node: &Node, ignore_case: bool, value: impl Fn(&Node) -> String) -> String {
    let Some(members) = node.as_object() else { return literal(node) };
    sorted(members.iter(), |member| {
        let key = if ignore_case {
            quote(&member.key.text.to_ascii_lowercase())
        } else {
            quote(&member.key.text)
        };
        format!("{key}:{}", value(&member.value))
    })
}

/// A value, or a list of them, as a list without order and repetition.
fn set(node: &Node, ignore_case: bool) -> String {
    let mut texts: Vec<String> = one_or_many(node)
        .iter()
        .map(|node| if ignore_case { literal(node).to_ascii_lowercase() } else { literal(node) })
        .collect();
    sort(&mut texts);
    texts.dedup();
    format!("[{}]", texts.join(","))
}

fn literal(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(digits) => (*digits).to_owned(),
        Value::String(text) => quote(&text.text),
        Value::Array(nodes) => {
            let texts: Vec<String> = nodes.iter().map(literal).collect();
            format!("[{}]", texts.join(","))
        }
        Value::Object(members) => sorted(members.iter(), |member| {
            format!("{}:{}", quote(&member.key.text), literal(&member.value))
        }),
    }
}
