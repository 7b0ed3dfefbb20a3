//! Conditions in words.

use super::list;
use crate::policy::Condition;

/// `, if ...`, or nothing.
/// In documents without variables a `${` is text.
pub(super) fn phrase(condition: &Condition, has_variables: bool) -> String {
    let entries = condition.entries();
    let phrases: Vec<_> = entries
        .map(|(operator, key, values)| one(operator, key, values.as_slice(), has_variables))
        .collect();
    match phrases.as_slice() {
        [] => String::new(),
        phrases => format!(", if {}", phrases.join(", and ")),
    }
}

fn one(operator: &str, key: &str, values: &[String], has_variables: bool) -> String {
    let (qualifier, base) = operator.split_once(':').unwrap_or(("", operator));
    let (base, if_exists) = match base.strip_suffix("IfExists") {
        Some(base) => (base, true),
        None => (base, false),
    };
    let shown = |value: &String| match value.as_str() {
        "" => "an empty text".to_owned(),
        value => value.to_owned(),
    };
    let either = list(&values.iter().map(shown).collect::<Vec<_>>(), "or");
    let lower = key.to_ascii_lowercase();
    let are = |word: &str| values.iter().all(|value| value.eq_ignore_ascii_case(word));
    let (is_true, is_false) = (are("true"), are("false"));
    let said = match (base, lower.as_str()) {
        ("Bool", "ssm:sessiondocumentaccesscheck") if is_true && if_exists => {
            return "the document is granted as well".to_owned();
        }
        ("Bool", "aws:multifactorauthpresent") if is_true => "the caller used MFA".to_owned(),
        ("Bool", "aws:multifactorauthpresent") if is_false => {
            "the caller did not use MFA".to_owned()
        }
        ("Bool", "aws:securetransport") if is_false => "the call is not encrypted".to_owned(),
        ("IpAddress", "aws:sourceip") => format!("the caller's address is in {either}"),
        ("NotIpAddress", "aws:sourceip") => format!("the caller's address is not in {either}"),
        ("StringEquals", "ssm:resourcetag/aws:ssmmessages:session-id")
            if has_variables && values == ["${aws:userid}"] =>
        {
            "the caller started the session".to_owned()
        }
        ("StringEquals", "ssm:resourcetag/aws:ssmmessages:target-id") => {
            format!("the session is on {either}")
        }
        ("Null", _) if is_true => format!("{key} is absent"),
        ("Null", _) if is_false => format!("{key} is present"),
        ("Null", _) => format!("Null of {key} is {either}"),
        (base, lower) => {
            let tag =
                ["aws:resourcetag/", "ssm:resourcetag/", "ecs:resourcetag/", "ec2:resourcetag/"];
            let tag = tag
                .iter()
                .find_map(|prefix| lower.strip_prefix(prefix))
                .filter(|tag| !tag.is_empty() && !tag.starts_with("aws:"));
            let subject = match tag.and_then(|tag| key.get(key.len() - tag.len()..)) {
                Some(tag) => format!("the tag {tag} of the resource"),
                None => key.to_owned(),
            };
            format!("{subject} {} {either}", relation(base))
        }
    };
    let every = match qualifier.to_ascii_lowercase().as_str() {
        "forallvalues" => "for each of its values ",
        "foranyvalue" => "for one of its values ",
        _ => "",
    };
    let exists = if if_exists { format!(" or {key} is absent") } else { String::new() };
    format!("{every}{said}{exists}")
}

/// The operator as a verb; one that is not known as it is written.
fn relation(base: &str) -> &str {
    match base {
        "StringEquals"
        | "StringEqualsIgnoreCase"
        | "NumericEquals"
        | "DateEquals"
        | "Bool"
        | "BinaryEquals"
        | "ArnEquals" => "is",
        "StringNotEquals"
        | "StringNotEqualsIgnoreCase"
        | "NumericNotEquals"
        | "DateNotEquals"
        | "ArnNotEquals" => "is not",
        "StringLike" | "ArnLike" => "is like",
        "StringNotLike" | "ArnNotLike" => "is not like",
        "NumericLessThan" => "is less than",
        "NumericLessThanEquals" => "is at most",
        "NumericGreaterThan" => "is more than",
        "NumericGreaterThanEquals" => "is at least",
        "DateLessThan" | "DateLessThanEquals" => "is before",
        "DateGreaterThan" | "DateGreaterThanEquals" => "is after",
        "IpAddress" => "is in",
        "NotIpAddress" => "is not in",
        base => base,
    }
}
