//! The parameters of a session document, and the places where their values go.
//!
//! Source: the Systems Manager user guide, "Session document schema" and "SSM document syntax", read 2026-11.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::Deserialize;

use crate::json::Plain;

use super::super::option::{self, of, Named};
use super::super::{Conflict, Counted, Name, Note, Refused};
use super::{pattern, session_document};
use crate::sort::set;

/// A parameter, checked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase", deny_unknown_fields, expecting = "an object")]
pub struct DocumentParameter<'a> {
    /// What stands between `{{` and `}}`.
    #[serde(skip)]
    pub name: &'a str,
    /// What its value is.
    #[serde(rename = "type")]
    pub kind: ParameterType,
    /// What it is for.
    pub description: Option<&'a str>,
    /// The value when none is given.
    #[serde(borrow)]
    pub default: Option<ParameterDefault<'a>>,
    /// The regular expression that a value must match.
    pub allowed_pattern: Option<&'a str>,
    /// The only values.
    #[serde(borrow, deserialize_with = "only_texts")]
    pub allowed_values: Vec<&'a str>,
    /// The fewest characters of a value.
    #[serde(deserialize_with = "characters")]
    pub min_chars: Option<u32>,
    /// The most characters of a value.
    #[serde(deserialize_with = "characters")]
    pub max_chars: Option<u32>,
}

/// What the value of a parameter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum ParameterType {
    /// A text.
    #[default]
    String,
    /// Texts.
    StringList,
    /// `true` or `false`.
    Boolean,
}

impl ParameterType {
    fn word(self) -> &'static str {
        match self {
            ParameterType::String => "String",
            ParameterType::StringList => "StringList",
            ParameterType::Boolean => "Boolean",
        }
    }
}

/// A value that is taken when none is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterDefault<'a> {
    /// For a text or a boolean; AWS's session documents write booleans as texts.
    One(&'a str),
    /// For texts.
    Many(Vec<&'a str>),
}

/// The declared parameters, in the order in which they were written.
pub(super) fn declared<'de, D: Deserializer<'de>>(
    d: D,
) -> Result<Vec<DocumentParameter<'de>>, D::Error> {
    let named = |(name, parameter): (Named<'de, of::DocumentParameter>, DocumentParameter<'de>)| {
        DocumentParameter { name: name.0, ..parameter }
    };
    Ok(option::members(d)?.into_iter().map(named).collect())
}

fn only_texts<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<&'de str>, D::Error> {
    option::some(Vec::deserialize(d)?)
}

fn characters<'de, D: Deserializer<'de>>(d: D) -> Result<Option<u32>, D::Error> {
    let number = option::number(d, Counted::Characters, 0, 65_536)?;
    Ok(u32::try_from(number).ok())
}

impl<'de: 'a, 'a> Deserialize<'de> for ParameterDefault<'a> {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        struct Default;
        impl<'de> Visitor<'de> for Default {
            type Value = ParameterDefault<'de>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
                Ok(ParameterDefault::One(if value { "true" } else { "false" }))
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(ParameterDefault::One(text))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                let texts = Vec::deserialize(SeqAccessDeserializer::new(list))?;
                Ok(ParameterDefault::Many(texts))
            }
        }
        d.deserialize_any(Default)
    }
}

/// The parameters as they stand in the document.
pub(super) fn parameters<'p>(all: &'p [DocumentParameter]) -> Plain<'p> {
    Plain::fields(all.iter().map(|parameter| (parameter.name, declaration(parameter))))
}

fn declaration<'p>(parameter: &'p DocumentParameter) -> Plain<'p> {
    let mut fields = vec![("type", Plain::string(parameter.kind.word()))];
    fields.extend(parameter.description.map(|text| ("description", Plain::string(text))));
    match &parameter.default {
        Some(ParameterDefault::One(text)) => fields.push(("default", Plain::string(*text))),
        Some(ParameterDefault::Many(texts)) => fields.push(("default", list(texts))),
        None => {}
    }
    fields.extend(parameter.allowed_pattern.map(|text| ("allowedPattern", Plain::string(text))));
    if !parameter.allowed_values.is_empty() {
        fields.push(("allowedValues", list(&parameter.allowed_values)));
    }
    fields.extend(parameter.min_chars.map(|most| ("minChars", Plain::Integer(most.into()))));
    fields.extend(parameter.max_chars.map(|most| ("maxChars", Plain::Integer(most.into()))));
    Plain::fields(fields)
}

/// A list of texts.
pub(super) fn list<'p>(texts: &'p [&str]) -> Plain<'p> {
    Plain::List(texts.iter().map(|text| Plain::string(*text)).collect())
}

/// The parameter that a text stands for, when it is a reference such as `{{ logpath }}` and nothing else.
pub fn parameter_reference(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    Name::DOCUMENT_PARAMETER.parse(inner).ok()
}

/// What a document refers to in a text: names of parameters, and those of Parameter Store with `ssm:` before them.
fn references(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in text.split("{{").skip(1) {
        let Some((inner, _)) = part.split_once("}}") else { continue };
        let name = inner.trim();
        // Braces with anything else in them belong to the command.
        if name.starts_with("ssm:") || Name::DOCUMENT_PARAMETER.parse(name).is_ok() {
            names.push(name);
        }
    }
    names
}

/// More parameters find no room in a document, however short they are.
const MOST_IN_DOCUMENT: usize = session_document::MOST / r#""a":{"type":"String"},"#.len();

/// Whether the parameters are declared as AWS takes them.
///
/// # Errors
/// A default that is none of the allowed values, of another length or of another type; fewest characters that are more
/// than the most; a secure string, which session documents cannot read; more parameters than a document can hold.
pub(super) fn check(all: &[DocumentParameter], texts: &[&str]) -> Result<(), Refused> {
    if all.len() > MOST_IN_DOCUMENT {
        return Err(Refused::conflict("parameters", Conflict::PARAMETERS_TOO_MANY));
    }
    let is_secure = |text: &str| text.contains("{{ssm-secure:") || text.contains("{{ ssm-secure:");
    for parameter in all {
        let fewest = parameter.min_chars.unwrap_or(0);
        let most = parameter.max_chars.unwrap_or(u32::MAX);
        if fewest > most {
            return Err(Refused::conflict("parameters", Conflict::NO_LENGTH_ALLOWED));
        }
        let fits = |value: &str| {
            let length = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
            (fewest..=most).contains(&length)
        };
        let values: &[&str] = match &parameter.default {
            Some(ParameterDefault::One(text)) => &[*text],
            Some(ParameterDefault::Many(texts)) => texts,
            None => &[],
        };
        let is_list = matches!(parameter.default, Some(ParameterDefault::Many(_)));
        let is_boolean = parameter.kind == ParameterType::Boolean;
        let allowed: BTreeSet<&str> = set(parameter.allowed_values.iter().copied());
        for value in values {
            let is_stored = value.starts_with("{{");
            if is_secure(value) {
                return Err(Refused::conflict("parameters", Conflict::SECURE_PARAMETER));
            }
            if !is_stored && (!allowed.is_empty() && !allowed.contains(value) || !fits(value))
                || is_boolean && !matches!(*value, "true" | "false")
            {
                return Err(Refused::conflict("parameters", Conflict::DEFAULT_NOT_ALLOWED));
            }
        }
        if is_list && parameter.kind != ParameterType::StringList {
            return Err(Refused::conflict("parameters", Conflict::DEFAULT_NOT_ALLOWED));
        }
    }
    if texts.iter().any(|text| is_secure(text)) {
        return Err(Refused::conflict("parameters", Conflict::SECURE_PARAMETER));
    }
    Ok(())
}

/// What there is to say about the parameters and the texts in which they may stand.
pub(super) fn notes(all: &[DocumentParameter], texts: &[&str]) -> Vec<Note> {
    let in_order: Vec<&str> = texts.iter().flat_map(|text| references(text)).collect();
    let used = set(in_order.iter().copied());
    let mut notes = Vec::new();
    let mut is_stored = used.iter().any(|name| name.starts_with("ssm:"));
    for parameter in all {
        if !used.contains(parameter.name) {
            notes.push(Note::new(
                "PARAMETER_UNUSED",
                format!("Nothing in the document refers to the parameter {}.", parameter.name),
            ));
        }
        if let Some(ParameterDefault::One(text)) = parameter.default {
            is_stored |= references(text).iter().any(|name| name.starts_with("ssm:"));
        }
    }
    let mut known = set(all.iter().map(|parameter| parameter.name));
    for name in in_order {
        // Each is told once.
        if !name.starts_with("ssm:") && known.insert(name) {
            notes.push(Note::new(
                "PARAMETER_UNDECLARED",
                format!("The document refers to {name}, and no parameter is called that."),
            ));
        }
    }
    if is_stored {
        notes.push(Note::new(
            "PARAMETER_STORE",
            "References with ssm: are read from Parameter Store, for which the role of the nodes needs \
             ssm:GetParameters: documentParameters of the node policy. Secure strings cannot be read so.",
        ));
    }
    notes
}

/// Whether callers can only give values that somebody thought of.
pub(super) fn is_restricted(parameter: &DocumentParameter) -> bool {
    parameter.kind == ParameterType::Boolean
        || !parameter.allowed_values.is_empty()
        || parameter.allowed_pattern.is_some_and(pattern::is_restrictive)
}

/// The names that texts refer to.
pub(super) fn used_in<'t>(texts: &[&'t str]) -> BTreeSet<&'t str> {
    set(texts.iter().flat_map(|text| references(text)))
}

#[cfg(test)]
mod tests {
    use super::{parameter_reference, references};

    #[test]
    fn references_are_told_from_other_braces() {
        assert_eq!(
            references("tail {{ a }} {{b}} {{ssm:/x/y}} {{.Names}} {{c"),
            ["a", "b", "ssm:/x/y"]
        );
        assert_eq!(parameter_reference("{{ a }}"), Some("a"));
        for text in ["{{a}} ", "a", "{{}}", "{{a b}}", "{{ssm:a}}", "{{a}}{{b}}"] {
            assert_eq!(parameter_reference(text), None, "{text}");
        }
    }
}
