//! Texts of a CloudFormation template that are made when it is deployed, as far as they are known before.

use crate::json::{Node, Value};

/// The partition that is taken where a template leaves it to the deployment: AWS has its managed policies in each.
const PARTITION: &str = "aws";

/// The text; `None` where only the deployment knows it.
pub(super) fn text(node: &Node) -> Option<String> {
    if let Some(text) = node.as_text() {
        return Some(text.text.clone().into_owned());
    }
    let [call] = node.as_object()? else { return None };
    let argument = &call.value;
    match call.key.text.as_ref() {
        "Ref" if argument.as_text()?.text == "AWS::Partition" => Some(PARTITION.to_owned()),
        "Fn::Sub" => {
            let text = argument.as_text()?.text.replace("${AWS::Partition}", PARTITION);
            (!text.contains("${")).then_some(text)
        }
        "Fn::Join" => {
            let [by, parts] = argument.as_array()? else { return None };
            let parts: Option<Vec<_>> = parts.as_array()?.iter().map(part).collect();
            Some(parts?.join(&by.as_text()?.text))
        }
        _ => None,
    }
}

/// A part of what is joined: no join itself, so that nothing calls itself.
fn part(node: &Node) -> Option<String> {
    let is_join = matches!(&node.value, Value::Object(members) if members.iter().any(|m| m.key.text == "Fn::Join"));
    if is_join {
        return None;
    }
    text(node)
}

/// More characters of it are not told.
const LONGEST: usize = 100;

/// What stands there instead, for people: `Ref Arn`.
pub(super) fn in_words(node: &Node) -> String {
    let call = node.as_object().and_then(<[_]>::first);
    let words = call.map(|call| {
        let argument = call.value.as_text().map(|text| text.text.as_ref()).unwrap_or_default();
        format!("{} {argument}", call.key.text).trim_end().chars().take(LONGEST).collect()
    });
    words.unwrap_or_else(|| "a managed policy".to_owned())
}
