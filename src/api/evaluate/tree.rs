//! From a document on the wire, an object or its text, to the policy that it means.
//!
//! An object is written as JSON text and read like any other, so that there is one way to read a policy.

use super::super::{Error, Value};
use crate::document::Document;
use crate::json::{self, Layout, Node, PathElement};
use crate::policy::Policy;
use crate::text::LineIndex;

/// The policy in a value that is called `path`.
pub(in super::super) fn policy(document: &Value, path: &str) -> Result<Policy, Error> {
    written(document, path).map(|written| written.policy)
}

/// A policy, and how it is written.
pub(in super::super) struct Written {
    pub policy: Policy,
    /// Whether its statements stand in a list.
    pub is_list: bool,
    /// How many bytes of JSON it has; those of an object as `JSON.stringify` writes it.
    pub bytes: usize,
}

/// The same, and how it is written.
pub(in super::super) fn written(document: &Value, path: &str) -> Result<Written, Error> {
    read(document, path, |root| {
        let lowered = Policy::lower(&Document::new(root)).map_err(|refused| {
            let mut at = path.to_owned();
            for step in refused.place.path(root) {
                match step {
                    PathElement::Index(i) => at.push_str(&format!("[{i}]")),
                    PathElement::Value(key) | PathElement::Key(key) => {
                        at.push('.');
                        at.push_str(&key);
                    }
                }
            }
            broken(at, &refused.to_string())
        });
        let mut members = root.as_object().into_iter().flatten();
        let is_list = |member: &json::Member| {
            member.key.text == "Statement" && member.value.as_array().is_some()
        };
        let is_list = members.any(is_list);
        Ok(Written { policy: lowered?, is_list, bytes: root.span.end - root.span.start })
    })
}

/// The JSON of at most so many bytes in a value that is called `path`, for documents that are no policies.
pub(in super::super) fn plain(
    document: &Value,
    path: &str,
    most: usize,
) -> Result<Value<'static>, Error> {
    read(document, path, |root| {
        if root.span.end - root.span.start > most {
            return Err(broken(path.to_owned(), &format!("has more than {most} bytes")));
        }
        to_plain(root).map_err(|what| broken(path.to_owned(), what))
    })
}

fn to_plain(node: &Node) -> Result<Value<'static>, &'static str> {
    Ok(match &node.value {
        json::Value::Null => Value::Null,
        json::Value::Bool(value) => Value::Bool(*value),
        json::Value::Number(text) => match text.parse::<i64>() {
            Ok(number) if number.unsigned_abs() < 1 << 53 => Value::Integer(number),
            _ => return Err(NOT_WHOLE),
        },
        json::Value::String(text) => Value::string(text.text.clone().into_owned()),
        json::Value::Array(nodes) => {
            Value::List(nodes.iter().map(to_plain).collect::<Result<_, _>>()?)
        }
        json::Value::Object(members) => {
            let member = |member: &json::Member| {
                Ok((member.key.text.clone().into_owned().into(), to_plain(&member.value)?))
            };
            Value::Object(members.iter().map(member).collect::<Result<_, &'static str>>()?)
        }
    })
}

/// What is read from the JSON tree of a value that is called `path`.
fn read<T>(
    document: &Value,
    path: &str,
    from: impl FnOnce(&Node) -> Result<T, Error>,
) -> Result<T, Error> {
    let written;
    let text = match document {
        Value::String(text) => text.as_ref(),
        value => {
            written = json_text(value).map_err(|what| broken(path.to_owned(), what))?;
            &written
        }
    };
    let parsed = json::parse(text);
    if let Some(syntax) = parsed.problem {
        // In an object, only a key that stands twice can be wrong, and its line means nothing to its author.
        let what = match document {
            Value::String(_) => {
                let at = LineIndex::new(text).position(syntax.span.start);
                let what = match syntax.problem {
                    json::Problem::DuplicateKey => {
                        let key = text.get(syntax.span.start..syntax.span.end).unwrap_or_default();
                        let key: String = key.chars().take(40).collect();
                        format!("has the key {key} twice in one object,")
                    }
                    _ => "is not valid JSON".to_owned(),
                };
                format!("{what} at line {}, column {}", at.line, at.column + 1)
            }
            _ => "has a key that stands twice in one object".to_owned(),
        };
        return Err(broken(path.to_owned(), &what));
    }
    let Some(root) = parsed.root else {
        return Err(broken(path.to_owned(), "is empty"));
    };
    from(&root)
}

const TOO_LARGE: &str =
    "has a number beyond 2^53, whose last digits JavaScript loses; write it as a string";
const NOT_WHOLE: &str = "has a number that is not a whole one below 2^53; write it as a string";

/// What is wrong with a document, or a part of it.
pub(in super::super) fn broken(path: String, what: &str) -> Error {
    Error { code: "INVALID_POLICY".into(), message: format!("{path} {what}."), path: Some(path) }
}

/// An object or a list as JSON text.
///
/// # Errors
/// It is nested too deeply, or holds a number whose text is lost.
pub(in super::super) fn json_text(value: &Value) -> Result<String, &'static str> {
    check(value, 0)?;
    Ok(value.print(Layout::Compact))
}

fn check(value: &Value, depth: usize) -> Result<(), &'static str> {
    if depth > json::DEPTH {
        return Err("is nested too deeply");
    }
    match value {
        // A fraction is written as it was read; the digits of a whole number beyond 2^53 are lost.
        Value::Float(number) if number.fract() == 0.0 || !number.is_finite() => Err(TOO_LARGE),
        Value::List(values) => values.iter().try_for_each(|value| check(value, depth + 1)),
        Value::Object(members) => members.iter().try_for_each(|(_, value)| check(value, depth + 1)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::evaluate;
    use crate::api::Value;
    use serde::Deserialize;
    use serde_json::json;

    #[test]
    fn a_broken_policy_is_named_at_its_place() {
        let good = json!({"Statement": {"Effect": "Allow", "Action": "ssm:*", "Resource": "*"}});
        let bad =
            json!({"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "ssm:*"}]});
        let text = "{\"Statement\":\n 1x}";
        let request = json!({
            "principal": "arn:aws:iam::111122223333:user/alice", "action": "ssm:StartSession", "resource": "*"
        });
        let cases = [
            (
                json!({"identity": [{"name": "a", "document": good}, {"name": "b", "document": bad}]}),
                "input.policies.identity[1].document.Statement[0].Effect",
                "must be Allow or Deny.",
            ),
            (
                json!({"scps": [[], [good, {"Statement": [{"Effect": "Deny"}]}]]}),
                "input.policies.scps[1][1].Statement[0]",
                "has no Action and no NotAction, such as ssm:StartSession.",
            ),
            (
                json!({"boundary": text}),
                "input.policies.boundary",
                "is not valid JSON at line 2, column 3.",
            ),
            (
                json!({"session": {"Statement": [{"Effect": "Deny", "Action": "a:B", "Condition": {"NumericEquals": {"a": 1e300}}}]}}),
                "input.policies.session",
                "has a number beyond 2^53, whose last digits JavaScript loses; write it as a string.",
            ),
            (
                json!({"boundary": "{\"Version\": \"2012-10-17\", \"Version\": \"2012-10-17\"}"}),
                "input.policies.boundary",
                "has the key \"Version\" twice in one object, at line 1, column 27.",
            ),
            (
                json!({"unknown": ["scp"]}),
                "input.policies.unknown[0]",
                "must be one of identity, boundary, session, resource, scps, rcps, endpoint.",
            ),
            (
                json!({"session": {"Version": "2012-10-17", "Statement": []}}),
                "input.policies.session",
                "has no statement, and IAM takes no policy without one (its grammar of policies, read 2026-11); to \
                 allow nothing, deny everything.",
            ),
        ];
        for (policies, path, what) in cases {
            let input = json!({"policies": policies, "request": request});
            let error = evaluate(&Value::deserialize(input).unwrap()).unwrap_err();
            assert_eq!(error.path.as_deref(), Some(path), "{}", error.message);
            assert_eq!(error.message, format!("{path} {what}"));
        }
        let as_text =
            json!({"identity": [{"name": "a", "document": good.to_string()}], "boundary": null});
        let input = json!({"policies": as_text, "request": request});
        let decision = evaluate(&Value::deserialize(input).unwrap()).unwrap();
        assert_eq!(decision.decision, "allowed");
    }

    #[test]
    fn a_wrong_request_is_refused() {
        for (field, value) in [
            ("principal", json!("")),
            ("action", json!("ssm:*")),
            ("action", json!("StartSession")),
            ("resource", json!("i-0abc")),
            ("resource_account", json!(111122223333u64)),
            ("context", json!([])),
        ] {
            let mut request = json!({
                "principal": "arn:aws:iam::111122223333:user/alice", "action": "ssm:StartSession", "resource": "*"
            });
            request[field] = value;
            let input = json!({"policies": {}, "request": request});
            let error = evaluate(&Value::deserialize(input).unwrap()).unwrap_err();
            assert_eq!(error.path, Some(format!("input.request.{field}")));
        }
    }
}
