//! A policy as it is meant: strict, owned, and printed in one canonical way.
//!
//! The printed form is that of AWS's user guides: four spaces, one array element a line, the keys of a statement
//! in the order Sid, Effect, Principal, Action, Resource, Condition. IAM reads any layout; people compare texts.

mod condition;
mod lower;
mod print;

pub use condition::{Condition, Repeated};
pub use lower::{Problem, Refused};

use crate::text::words;

/// A policy document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The version of the policy language.
    pub version: Version,
    /// Its name, which some services keep with the policy of a resource.
    pub id: Option<String>,
    /// The statements, in the order in which they are printed.
    pub statements: Vec<Statement>,
}

/// The version of the policy language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// 2008-10-17, also where a document names none: without policy variables.
    V2008,
    /// 2012-10-17: with policy variables.
    V2012,
}

/// One statement of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its name.
    pub sid: Option<String>,
    /// Whether it allows or denies.
    pub effect: Effect,
    /// Who; only in policies that are attached to a resource.
    pub principal: Option<Principal>,
    /// Action names and patterns, such as `kms:Decrypt`.
    pub action: Element,
    /// ARNs, ARN patterns, or `*`; none in role trust policies.
    pub resource: Option<Element>,
    /// What must hold for a request besides.
    pub condition: Condition,
}

/// The effect of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Grants.
    Allow,
    /// Refuses, whatever else grants.
    Deny,
}

/// `Action` or `Resource`, or with `negated` `NotAction` or `NotResource`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Whether it is the form with `Not`.
    pub negated: bool,
    /// What is listed.
    pub values: Strings,
}

/// `Principal`, or with `negated` `NotPrincipal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Whether it is the form with `Not`.
    pub negated: bool,
    /// Who is listed.
    pub who: Who,
}

/// The principals of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// The string `"*"`.
    Everyone,
    /// Principal types (`AWS`, `Service`, `Federated`, `CanonicalUser`) with those of the type.
    Listed(Vec<(String, Strings)>),
}

/// One string, or a list of them. They mean the same; the model keeps which, since people compare texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strings {
    /// A string without a list around it.
    One(String),
    /// A list.
    Many(Vec<String>),
}

impl Strings {
    /// The strings.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Strings::One(one) => std::slice::from_ref(one),
            Strings::Many(many) => many,
        }
    }

    /// A list, or a single string without one.
    pub fn one_or_many<S: Into<String>>(strings: impl IntoIterator<Item = S>) -> Self {
        let mut many: Vec<String> = strings.into_iter().map(Into::into).collect();
        if many.len() == 1 {
            if let Some(one) = many.pop() {
                return Strings::One(one);
            }
        }
        Strings::Many(many)
    }

    /// A list, however many there are.
    pub fn many<S: Into<String>>(strings: impl IntoIterator<Item = S>) -> Self {
        Strings::Many(strings.into_iter().map(Into::into).collect())
    }
}

impl Version {
    /// The date in a policy.
    pub fn name(self) -> &'static str {
        match self {
            Version::V2008 => "2008-10-17",
            Version::V2012 => "2012-10-17",
        }
    }
}

impl Effect {
    /// The word in a policy.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Allow => "Allow",
            Effect::Deny => "Deny",
        }
    }
}

impl Policy {
    /// A policy of the current language.
    pub fn new(statements: Vec<Statement>) -> Self {
        Policy { version: Version::V2012, id: None, statements }
    }
}

impl Statement {
    /// A statement without a Sid, a principal or a condition. Actions are a list, as in AWS's own texts; a single
    /// resource stands without one.
    pub fn new<A: Into<String>, R: Into<String>>(
        effect: Effect,
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        Statement {
            sid: None,
            effect,
            principal: None,
            action: Element { negated: false, values: Strings::many(actions) },
            resource: Some(Element { negated: false, values: Strings::one_or_many(resources) }),
            condition: Condition::default(),
        }
    }
}

/// The number of characters that IAM counts against its quotas for identity policies: all but white space
/// outside strings.
///
/// Source: "IAM and AWS STS quotas", read 2026-11.
pub fn characters(json: &str) -> usize {
    let bytes = json.as_bytes();
    let (mut spaces, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'"' => end_of_string(bytes, at + 1),
            _ => at + 1,
        };
        spaces += usize::from(byte.is_ascii_whitespace());
    }
    json.chars().count() - spaces
}

/// Behind the quote that ends a string of JSON, from within it.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    loop {
        at = words::find(bytes, at, |word| words::equal(word, b'"') | words::equal(word, b'\\'));
        match bytes.get(at) {
            Some(b'\\') => at += 2,
            _ => return at + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn white_space_counts_in_strings_only() {
        for (text, expected) in [
            ("", 0),
            ("{ \"a b\" :\n\t1 }", 9),
            (r#"{"a\" b": 1}"#, 11),
            (r#"{"a\\" : 1}"#, 9),
            ("\"é\u{10000}\"", 4),
        ] {
            assert_eq!(characters(text), expected, "{text}");
        }
    }
}
