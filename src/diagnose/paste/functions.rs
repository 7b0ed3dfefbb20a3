//! Policies in templates of CloudFormation whose values are made by functions: as they are read before the deployment.
//!
//! In the place of what is not known stands a word such as `${Bucket}`, so that it is left open like every word that
//! stands for a value of somebody's own, and what is written out counts. A statement that is there in one case only has
//! a condition on the name of that case.
//! Source: the Template Reference, "Intrinsic function reference", read 2026-11.

use super::deployed::{self, items};
use super::fields::field;
use crate::json::{Member, Node, Text, Value};
use crate::text::Span;

/// More statements are not made of one, fewer of one that is so long that together they would have more bytes, and no more
/// of a document beyond those that it has.
const MOST_CASES: usize = 32;
const MOST_BYTES: usize = 1_000_000;
const MOST_MORE: usize = 1_000;

/// The document with texts where functions stand; `None` where it has none, and where one stands that may bring anything.
pub(super) fn read<'t>(document: &Node<'t>) -> Option<Node<'t>> {
    // Most documents are as they are, and large ones are not copied for it.
    if !deployed::is_made(document) && !has_suffix(document) {
        return None;
    }
    let mut made = document.clone();
    let Value::Object(members) = &mut made.value else { return None };
    members.retain(|member| !deployed::is_no_value(&member.value));
    for Member { key, value } in members {
        if key.text == "Statement" {
            let statements = statements(value)?;
            value.value = Value::Array(statements);
        } else {
            fill(value);
        }
    }
    Some(made)
}

/// Whether a principal has the suffix of services as a text of its own.
fn has_suffix(document: &Node) -> bool {
    let statements = field(document, "Statement").map(items).unwrap_or_default();
    let principals = statements.iter().filter_map(|one| field(one, "Principal"));
    let mut names = principals.filter_map(|one| field(one, "Service")).flat_map(items);
    names.any(|name| name.as_text().is_some_and(|name| deployed::has_suffix(&name.text)))
}

/// The statements, each as often as there are cases in which it says something else.
fn statements<'t>(node: &Node<'t>) -> Option<Vec<Node<'t>>> {
    let most = items(node).len() + MOST_MORE;
    let mut made = Vec::new();
    for one in items(node) {
        let before = made.len();
        let length = one.span.end - one.span.start;
        let most_cases = (MOST_BYTES / length.max(1)).clamp(2, MOST_CASES);
        let mut open = vec![(one.clone(), Vec::new())];
        while let Some((statement, cases)) = open.pop() {
            if open.len() + made.len() - before > most_cases || made.len() > most {
                return None;
            }
            if let Some((name, branches)) = either(&statement) {
                // What stands first is looked at first.
                for branch in branches.iter().rev().flat_map(|branch| items(branch).iter().rev()) {
                    open.push((branch.clone(), with(&cases, &name)));
                }
                continue;
            }
            if deployed::is_no_value(&statement) {
                continue;
            }
            let split = split(&statement);
            if let Some((name, [one, other])) = split {
                open.push((other, with(&cases, &name)));
                open.push((one, with(&cases, &name)));
                continue;
            }
            made.push(filled(statement, &cases)?);
        }
    }
    Some(made)
}

fn with(cases: &[String], name: &str) -> Vec<String> {
    let mut cases = cases.to_vec();
    if !cases.iter().any(|known| known == name) {
        cases.push(name.to_owned());
    }
    cases
}

/// The name of a condition, and what stands there when it holds and when it does not.
fn either<'n, 't>(node: &'n Node<'t>) -> Option<(String, &'n [Node<'t>])> {
    let [Member { key, value }] = node.as_object()? else { return None };
    let (condition, branches) = value.as_array()?.split_first()?;
    (key.text == "Fn::If" && branches.len() == 2)
        .then(|| (word(condition.as_text().map_or("Fn::If", |name| &name.text)), branches))
}

/// A statement of which an element is one of two, as two statements.
fn split<'t>(statement: &Node<'t>) -> Option<(String, [Node<'t>; 2])> {
    let members = statement.as_object()?;
    members.iter().enumerate().find_map(|(at, Member { key, value })| {
        let put = |element: Node<'t>| {
            let mut statement = statement.clone();
            if let Value::Object(members) = &mut statement.value {
                if let Some(member) = members.get_mut(at) {
                    member.value.value = element.value;
                }
            }
            statement
        };
        // The same in both cases, or a word of it does.
        if deployed::text(value).is_some() || key.text == "Sid" {
            return None;
        }
        if let Some((name, [one, other])) = either(value) {
            return Some((name, [put(one.clone()), put(other.clone())]));
        }
        let is_open = key.text == "Effect" && is_function(value);
        let effect = |effect| text_node(value.span, effect);
        is_open.then(|| (near(value), ["Allow".to_owned(), "Deny".to_owned()].map(effect).map(put)))
    })
}

/// The statement with texts for its functions, in these cases alone; `None` for one that a function puts there.
fn filled<'t>(mut statement: Node<'t>, cases: &[String]) -> Option<Node<'t>> {
    let span = statement.span;
    let Value::Object(members) = &mut statement.value else { return Some(statement) };
    if members.iter().any(|member| is_name(&member.key.text)) {
        return None;
    }
    members.retain(|member| !deployed::is_no_value(&member.value));
    for Member { key, value } in members.iter_mut() {
        let is_text = value.as_object().is_none() || is_function(value);
        match key.text.as_ref() {
            "Principal" | "NotPrincipal" | "Condition" if is_function(value) => return None,
            "Condition" => fill_each(value, &mut |operator| {
                if is_function(operator) {
                    operator.value = on(operator.span, &near(operator));
                } else {
                    fill_each(operator, &mut fill);
                }
            }),
            "Principal" | "NotPrincipal" => fill_each(value, &mut fill),
            _ if is_text => fill(value),
            _ => {}
        }
    }
    if cases.is_empty() {
        return Some(statement);
    }
    let key = |text: &str| Text { span, text: text.to_owned().into() };
    let at =
        members.iter().position(|member| member.key.text == "Condition").unwrap_or_else(|| {
            let value = Node { span, value: Value::Object(Vec::new()) };
            members.push(Member { key: key("Condition"), value });
            members.len() - 1
        });
    if let Some(Value::Object(operators)) =
        members.get_mut(at).map(|member| &mut member.value.value)
    {
        operators.extend(cases.iter().map(|case| {
            let value = Node { span, value: on(span, case) };
            Member { key: key("Bool"), value }
        }));
    }
    Some(statement)
}

/// What stands under an operator where all depends on this word.
fn on<'t>(span: Span, word: &str) -> Value<'t> {
    let key = Text { span, text: word.to_owned().into() };
    Value::Object(vec![Member { key, value: text_node(span, "true".to_owned()) }])
}

fn fill_each<'t>(node: &mut Node<'t>, put: &mut dyn FnMut(&mut Node<'t>)) {
    let Value::Object(members) = &mut node.value else { return };
    members.retain(|member| !deployed::is_no_value(&member.value));
    members.iter_mut().for_each(|member| put(&mut member.value));
}

/// Puts texts where a value, or an item of a list, is made.
fn fill(value: &mut Node) {
    if let Value::Array(list) = &mut value.value {
        list.retain(|item| !deployed::is_no_value(item));
        list.iter_mut().for_each(fill_one);
    } else {
        fill_one(value);
    }
}

fn fill_one(value: &mut Node) {
    if is_function(value) {
        *value = text_node(value.span, deployed::text(value).unwrap_or_else(|| near(value)));
    } else if let Some(suffixed) = value.as_text().filter(|text| deployed::has_suffix(&text.text)) {
        *value = text_node(value.span, deployed::with_suffix(&suffixed.text));
    }
}

fn text_node<'t>(span: Span, text: String) -> Node<'t> {
    Node { span, value: Value::String(Text { span, text: text.into() }) }
}

fn is_name(name: &str) -> bool {
    name == "Ref" || name.starts_with("Fn::")
}

fn is_function(node: &Node) -> bool {
    matches!(node.as_object(), Some([Member { key, .. }]) if is_name(&key.text))
}

/// What a function makes, with words for what only the deployment knows.
fn near(node: &Node) -> String {
    let Some([Member { key, value }]) = node.as_object() else { return part(node) };
    match (key.text.as_ref(), value.as_array()) {
        ("Fn::Sub", None) => value.as_text().map(|text| substituted(&text.text, None)),
        ("Fn::Sub", Some([text, values])) => {
            text.as_text().map(|text| substituted(&text.text, Some(values)))
        }
        ("Fn::Join", Some([by, parts])) => by
            .as_text()
            .zip(parts.as_array())
            .map(|(by, parts)| parts.iter().map(part).collect::<Vec<_>>().join(&by.text)),
        _ => None,
    }
    .unwrap_or_else(|| part(node))
}

/// A part of what a function makes: a text, or a word. A function in it that has parts itself is one word, so that nothing
/// calls itself.
fn part(node: &Node) -> String {
    if let Some(text) = deployed::part(node) {
        return text;
    }
    let Some([Member { key, value }]) = node.as_object() else { return word("value") };
    match key.text.as_ref() {
        "Ref" | "Fn::GetAtt" => {
            let parts: Option<Vec<&str>> =
                items(value).iter().map(|part| Some(part.as_text()?.text.as_ref())).collect();
            word(&parts.unwrap_or_default().join("."))
        }
        "Fn::Sub" if value.as_text().is_some() => near_text(value),
        "Fn::If" => either(node).map_or_else(|| word("Fn::If"), |(name, _)| name),
        name => word(name),
    }
}

fn near_text(value: &Node) -> String {
    value.as_text().map(|text| substituted(&text.text, None)).unwrap_or_default()
}

/// The text of `Fn::Sub`, in which `${!Literal}` is `${Literal}`.
fn substituted(text: &str, values: Option<&Node>) -> String {
    let mut made = String::with_capacity(text.len());
    let mut at = 0;
    for variable in crate::aws::variables(text) {
        made.push_str(text.get(at..variable.range.start).unwrap_or_default());
        let written = text.get(variable.range.clone()).unwrap_or_default();
        let given = values.and_then(|values| field(values, variable.name()));
        match (given, written.strip_prefix("${!")) {
            (Some(given), _) => made.push_str(&part(given)),
            (None, Some(literal)) => {
                made.push_str("${");
                made.push_str(literal);
            }
            (None, None) => made.push_str(deployed::variable(written)),
        }
        at = variable.range.end;
    }
    made.push_str(text.get(at..).unwrap_or_default());
    made
}

/// `${Name}`, as templates write what is put in; only characters that are none of a policy variable.
fn word(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.-:".contains(c);
    let name: String = name.chars().filter(|c| is_plain(*c)).take(LONGEST).collect();
    match name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        true => format!("${{{name}}}"),
        false => "${Fn::Sub}".to_owned(),
    }
}

/// More characters of a name are not told.
const LONGEST: usize = 100;
