//! The parser: its places, its tree, and whether it takes what JSON is.

use postern::json::{self, Layout, Node, Plain, Problem, Value};
use postern::text::Span;

use super::Problems;

pub fn seeds() -> Vec<Vec<u8>> {
    let odd =
        ["\u{feff}[]", r#"{"a": 1, "a": 2}"#, r#""\ud83d\ude80\ud83d""#, "[-0.5e+10, 1E5, 01]"];
    let odd = odd.into_iter().map(str::to_owned);
    odd.chain(super::policies()).map(String::into_bytes).collect()
}

pub fn run(input: &[u8]) -> Problems {
    let Some(text) = super::text(input) else { return Problems::new() };
    let mut problems = Problems::new();
    let parsed = json::parse(text);
    let whole = Span::new(0, text.len());
    if let Some(syntax) = parsed.problem {
        if text.get(syntax.span.start..syntax.span.end).is_none() {
            problems.push(format!("{:?} does not lie in the text", syntax.span));
        }
    }
    if let Some(root) = &parsed.root {
        places(text, root, whole, &mut problems);
    }
    // serde_json skips a value without looking for keys that stand twice, halves of surrogates and depth.
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    let is_known = |problem| {
        matches!(problem, Problem::DuplicateKey | Problem::LoneSurrogate | Problem::TooDeep)
    };
    match parsed.problem.map(|syntax| syntax.problem) {
        None if !is_json => problems.push("serde_json refuses it".to_owned()),
        Some(problem) if is_json && !is_known(problem) => {
            problems.push(format!("serde_json takes it, and not {problem:?}"));
        }
        _ => {}
    }
    if let (Some(root), None) = (&parsed.root, parsed.problem) {
        let printed = plain(root).print(Layout::Compact);
        let again = json::parse(&printed);
        let read = again.root.as_ref().map(plain);
        if again.problem.is_some() || read != Some(plain(root)) {
            problems.push(format!("another tree when it is printed: {printed}"));
        }
    }
    problems
}

/// Every value lies in the one that holds it, after what stands before it, and is what its place says.
fn places(text: &str, node: &Node, within: Span, problems: &mut Problems) {
    let mut check = |span: Span, within: Span| match text.get(span.start..span.end) {
        Some(part) if within.contains(span) => part,
        _ => {
            problems.push(format!("{span:?} does not lie in {within:?}"));
            ""
        }
    };
    let part = check(node.span, within);
    let mut free = node.span;
    match &node.value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) if *number != part => {
            problems.push(format!("{number} stands where {part} is"));
        }
        Value::Number(_) => {}
        Value::String(string) => {
            if let Ok(other) = serde_json::from_str::<String>(part) {
                if other != string.text {
                    problems.push(format!("{part} is read as {:?}", string.text));
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                places(text, element, free, problems);
                free.start = element.span.end;
            }
        }
        Value::Object(members) => {
            for member in members {
                let key = member.key.span;
                if !free.contains(key) || text.get(key.start..key.end).is_none() {
                    problems.push(format!("the key {key:?} does not lie in {free:?}"));
                }
                free.start = key.end;
                places(text, &member.value, free, problems);
                free.start = member.value.span.end;
            }
        }
    }
}

/// The tree without places; numbers as they are written.
fn plain<'n>(node: &'n Node) -> Plain<'n> {
    match &node.value {
        Value::Null => Plain::Null,
        Value::Bool(value) => Plain::Bool(*value),
        Value::Number(number) => Plain::string(*number),
        Value::String(string) => Plain::string(string.text.as_ref()),
        Value::Array(elements) => Plain::List(elements.iter().map(plain).collect()),
        Value::Object(members) => {
            Plain::fields(members.iter().map(|it| (it.key.text.as_ref(), plain(&it.value))))
        }
    }
}
