//! Texts of a CloudFormation template that are made when it is deployed, as far as they are known before.

use super::fields::field;
use crate::diagnose::managed;
use crate::json::{Node, Text, Value};

/// The partition that is taken where a template leaves it to the deployment: AWS has its managed policies in each.
const PARTITION: &str = "aws";

/// `AWS::URLSuffix` in the name of a service: services are called so in the commercial partition, and in China EC2 is by
/// this name as well. Source: the Template Reference, "Pseudo parameters", and the guide of the Regions in China; read
/// 2026-11.
const SUFFIX: &str = "amazonaws.com";
const SUFFIX_VARIABLE: &str = "${AWS::URLSuffix}";

/// What is called so of which only the deployment knows what it says.
pub(super) const PART: &str = "part of a template";

/// The text; `None` where only the deployment knows it.
pub(super) fn text(node: &Node) -> Option<String> {
    if let Some(text) = node.as_text() {
        return Some(text.text.clone().into_owned());
    }
    let [call] = node.as_object()? else { return None };
    let argument = &call.value;
    match call.key.text.as_ref() {
        "Ref" if argument.as_text()?.text == "AWS::Partition" => Some(PARTITION.to_owned()),
        "Ref" if argument.as_text()?.text == "AWS::URLSuffix" => Some(SUFFIX.to_owned()),
        "Fn::Sub" => {
            let text = argument.as_text()?.text.replace("${AWS::Partition}", PARTITION);
            let text = text.replace(SUFFIX_VARIABLE, SUFFIX);
            (!text.contains("${")).then_some(text)
        }
        "Fn::Join" => {
            let [by, parts] = argument.as_array()? else { return None };
            let parts: Option<Vec<_>> = parts.as_array()?.iter().map(part).collect();
            Some(parts?.join(&by.as_text()?.text))
        }
        "Fn::Select" => {
            let [index, items] = argument.as_array()? else { return None };
            let items = items.as_array()?;
            // An item that may be none would move the others.
            let are_texts = items.iter().all(|item| item.as_text().is_some());
            let item = items.get(number(index)?).filter(|_| are_texts)?;
            Some(item.as_text()?.text.clone().into_owned())
        }
        // In both cases the same.
        "Fn::If" => {
            let [_, one, other] = argument.as_array()? else { return None };
            let one = part(one)?;
            (part(other)? == one).then_some(one)
        }
        _ => None,
    }
}

/// A part of what is joined or chosen: neither of these itself, so that nothing calls itself.
fn part(node: &Node) -> Option<String> {
    let has_parts = |name: &str| ["Fn::Join", "Fn::Select", "Fn::If"].contains(&name);
    let members = node.as_object().unwrap_or_default();
    match members.iter().any(|member| has_parts(&member.key.text)) {
        true => None,
        false => text(node),
    }
}

/// A number, also one in a text.
fn number(node: &Node) -> Option<usize> {
    match &node.value {
        Value::Number(number) => number.parse().ok(),
        _ => node.as_text()?.text.parse().ok(),
    }
}

/// The document with the names of services in its principals as texts, where a template makes them of parts that are
/// known; `None` where it has none that are made.
pub(super) fn with_services<'t>(document: &Node<'t>) -> Option<Node<'t>> {
    let is_plain =
        |name: &Node| name.as_text().is_some_and(|written| !written.text.contains(SUFFIX_VARIABLE));
    let statements = field(document, "Statement").map(items).unwrap_or_default();
    let mut principals = statements.iter().filter_map(|one| field(one, "Principal"));
    // Most documents are as they are, and large ones are not copied for it.
    if principals
        .all(|one| field(one, "Service").is_none_or(|names| items(names).iter().all(is_plain)))
    {
        return None;
    }
    let mut known = document.clone();
    let mut is_changed = false;
    for statement in each(member(&mut known, "Statement")) {
        let principals = [member(statement, "Principal").map(|node| member(node, "Service"))];
        for name in principals.into_iter().flatten().flat_map(each) {
            let made = match name.as_text() {
                Some(written) if !written.text.contains(SUFFIX_VARIABLE) => continue,
                Some(written) => Some(written.text.replace(SUFFIX_VARIABLE, SUFFIX)),
                None => text(name),
            };
            let Some(made) = made else { continue };
            is_changed = true;
            name.value = Value::String(Text { span: name.span, text: made.into() });
        }
    }
    is_changed.then_some(known)
}

/// The items of a list, or what stands alone.
fn items<'n, 't>(node: &'n Node<'t>) -> &'n [Node<'t>] {
    node.as_array().unwrap_or(std::slice::from_ref(node))
}

fn member<'n, 't>(node: &'n mut Node<'t>, name: &str) -> Option<&'n mut Node<'t>> {
    let Value::Object(members) = &mut node.value else { return None };
    Some(&mut members.iter_mut().find(|member| member.key.text == name)?.value)
}

/// The same to be changed.
fn each<'n, 't>(node: Option<&'n mut Node<'t>>) -> impl Iterator<Item = &'n mut Node<'t>> {
    let items: &mut [Node<'t>] = match node {
        Some(Node { value: Value::Array(items), .. }) => items,
        Some(one) => std::slice::from_mut(one),
        None => &mut [],
    };
    items.iter_mut()
}

/// Whether a value of it is made by a function of a template, so that only the deployment knows it.
pub(super) fn is_made(node: &Node) -> bool {
    let is_function = |name: &str| name == "Ref" || name.starts_with("Fn::");
    has_within(node, &|key, _| key.is_some_and(is_function))
}

/// The resource of the template that a value names, or that it asks for one of its attributes.
pub(super) fn made_by<'a>(node: &'a Node) -> Option<&'a str> {
    let [call] = node.as_object()? else { return None };
    let argument = &call.value;
    match (call.key.text.as_ref(), argument.as_array()) {
        ("Ref", _) => argument.as_text().map(|text| text.text.as_ref()),
        ("Fn::GetAtt", Some([id, ..])) => id.as_text().map(|text| text.text.as_ref()),
        ("Fn::GetAtt", None) => argument.as_text()?.text.split('.').next(),
        _ => None,
    }
}

/// Whether something within a value is a resource, under which name policies are attached to it.
pub(super) fn names(node: &Node, is_meant: &dyn Fn(&str) -> bool) -> bool {
    has_within(node, &|key, value| {
        let text = value.as_text().map(|text| text.text.as_ref()).unwrap_or_default();
        let mut filled = text.split("${").skip(1).filter_map(|rest| rest.split('}').next());
        match key {
            Some("Ref") => is_meant(text),
            Some("Fn::Sub") => filled.any(is_meant),
            _ => false,
        }
    })
}

/// Whether it is so of a member, or of a value that is neither a list nor an object, somewhere within a value.
fn has_within(node: &Node, is_so: &dyn Fn(Option<&str>, &Node) -> bool) -> bool {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Array(items) => open.extend(items),
            Value::Object(members) => {
                if members.iter().any(|one| is_so(Some(one.key.text.as_ref()), &one.value)) {
                    return true;
                }
                open.extend(members.iter().map(|one| &one.value));
            }
            _ if is_so(None, node) => return true,
            _ => {}
        }
    }
    false
}

/// Whether a text that is put in when the template is deployed may bring members of its own.
pub(super) fn has_more(node: &Node) -> bool {
    field(node, "Fn::Transform").is_some()
}

/// Whether a value that cannot be read as a policy, or as the name of one, may deny something: it has another effect than
/// Allow, or names a policy of AWS that denies.
pub(super) fn may_deny(node: &Node) -> bool {
    let denies = |name: &str| managed::find(name).is_some_and(|known| known.denies());
    has_within(node, &|key, value| {
        let text = value.as_text().map(|text| text.text.as_ref());
        match key {
            Some("Effect") => text != Some("Allow"),
            Some("Fn::Transform") => true,
            Some(_) => false,
            // A list of ARNs may stand in one text.
            None => text.unwrap_or_default().split([',', '/']).any(denies),
        }
    })
}

/// Whether it is as if nothing stood there.
pub(super) fn is_no_value(node: &Node) -> bool {
    made_by(node) == Some("AWS::NoValue")
}

/// Whether a macro changes the template in ways that it does not tell. Those of AWS leave policies of IAM as they are;
/// AWS::Include puts another text in.
pub(super) fn is_changed(template: &Node) -> bool {
    let Some(transform) = field(template, "Transform") else { return false };
    let name = |one: &Node| {
        let named = one.as_text().or_else(|| field(one, "Name")?.as_text());
        !named.is_some_and(|name| name.text.starts_with("AWS::") && name.text != "AWS::Include")
    };
    transform.as_array().unwrap_or(std::slice::from_ref(transform)).iter().any(name)
}

/// More characters of it are not told.
const LONGEST: usize = 100;

/// What stands there instead, for people: `Ref Arn`, `Fn::GetAtt Policy.Arn`.
pub(super) fn in_words(node: &Node) -> String {
    let call = node.as_object().and_then(<[_]>::first);
    let words = call.map(|call| {
        let parts = call.value.as_array().unwrap_or(std::slice::from_ref(&call.value));
        let parts: Option<Vec<&str>> =
            parts.iter().map(|part| Some(part.as_text()?.text.as_ref())).collect();
        let argument = parts.unwrap_or_default().join(".");
        format!("{} {argument}", call.key.text).trim_end().chars().take(LONGEST).collect()
    });
    words.unwrap_or_else(|| "a managed policy".to_owned())
}
