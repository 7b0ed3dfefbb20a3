//! Texts of a CloudFormation template that are made when it is deployed, as far as they are known before.

use super::fields::field;
use crate::diagnose::managed;
use crate::json::{Member, Node, Value};

/// The partition that is taken where a template leaves it to the deployment: AWS has its managed policies in each.
const PARTITION: &str = "aws";
const PARTITION_VARIABLE: &str = "${AWS::Partition}";

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
            let text = argument.as_text()?.text.replace(PARTITION_VARIABLE, PARTITION);
            let text = with_suffix(&text);
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
pub(super) fn part(node: &Node) -> Option<String> {
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

/// Whether a text has the suffix of services in it.
pub(super) fn has_suffix(text: &str) -> bool {
    text.contains(SUFFIX_VARIABLE)
}

/// The text with that suffix.
pub(super) fn with_suffix(text: &str) -> String {
    text.replace(SUFFIX_VARIABLE, SUFFIX)
}

/// A variable of a text, or what it is where that is known.
pub(super) fn variable(written: &str) -> &str {
    match written {
        SUFFIX_VARIABLE => SUFFIX,
        PARTITION_VARIABLE => PARTITION,
        _ => written,
    }
}

/// The items of a list, or what stands alone.
pub(super) fn items<'n, 't>(node: &'n Node<'t>) -> &'n [Node<'t>] {
    node.as_array().unwrap_or(std::slice::from_ref(node))
}

/// What a value may be, where it hangs on conditions of the template; and whether it does.
pub(super) fn cases<'n, 't>(node: &'n Node<'t>) -> (Vec<&'n Node<'t>>, bool) {
    let (mut open, mut found, mut is_open) = (vec![node], Vec::new(), false);
    while let Some(node) = open.pop() {
        match node.as_object() {
            Some([Member { key, value }]) if key.text == "Fn::If" && text(node).is_none() => {
                is_open = true;
                open.extend(value.as_array().unwrap_or_default().iter().skip(1).rev());
            }
            _ if is_no_value(node) => {}
            _ => found.push(node),
        }
    }
    (found, is_open)
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

/// The same of a policy that could not be read: also a document, or a statement, of which only the deployment knows
/// anything may deny.
pub(super) fn hides_denial(document: &Node) -> bool {
    let is_function = |name: &str| name == "Ref" || name.starts_with("Fn::");
    let is_call =
        |one: &&Node| matches!(one.as_object(), Some([call]) if is_function(&call.key.text));
    let is_made = |one: &Node| cases(one).0.iter().any(is_call);
    let statements = field(document, "Statement");
    may_deny(document)
        || is_made(document)
        || statements.is_some_and(|all| is_made(all) || items(all).iter().any(is_made))
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
