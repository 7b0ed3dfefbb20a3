//! Templates of CloudFormation: one tree, printed as YAML or as JSON.

use super::given::Given;
use super::literal::push_unit;
use super::resource::{Attribute, Family, Field, Resource, Value};
use super::{yaml, File};
use crate::json::{Layout, Plain};

const FAMILY: Family = Family::CloudFormation;

/// The template as YAML, what is to be known in comments above it.
pub fn as_yaml(file: &File) -> String {
    let mut out = String::new();
    for line in &file.comments {
        out.push_str("# ");
        out.push_str(line);
        out.push('\n');
    }
    out.push_str(&yaml::print(&template(file, None)));
    out
}

/// The template as JSON, what is to be known in its description.
pub fn as_json(file: &File) -> String {
    ascii(&template(file, Some(file.comments.join("\n"))).print(Layout::Guide))
}

/// JSON text in which every character beyond ASCII is an escape, so that no shell, editor or encoding changes it.
pub fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        // Outside strings JSON has none.
        if c.is_ascii() && c != '\u{7f}' {
            out.push(c);
        } else {
            c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| push_unit(&mut out, *unit));
        }
    }
    out
}

fn template<'a>(file: &'a File, description: Option<String>) -> Plain<'a> {
    let mut parts = vec![("AWSTemplateFormatVersion", Plain::string("2010-09-09"))];
    parts.extend(description.map(|text| ("Description", Plain::string(text))));
    let found = FAMILY.of(file.groups, file.given);
    let mut asked = Vec::new();
    for input in FAMILY.inputs(&found, file.given) {
        let about = [("Type", input.kind), ("Description", input.about)];
        let about = Plain::fields(about.map(|(key, text)| (key, Plain::string(text))));
        asked.push((input.name.into(), about));
    }
    if !asked.is_empty() {
        parts.push(("Parameters", Plain::Object(asked)));
    }
    let mut resources = Vec::new();
    for it in found {
        resources.push((it.kind.label.into(), resource(it, file.given)));
    }
    parts.push(("Resources", Plain::Object(resources)));
    Plain::fields(parts)
}

fn resource<'a>(resource: &'a Resource, given: &'a Given) -> Plain<'a> {
    let mut parts = vec![("Type", Plain::string(resource.kind.cloudformation))];
    if resource.is_kept {
        // Not where the stack that makes it is rolled back, or a second run would find its name taken.
        parts.push(("DeletionPolicy", Plain::string("RetainExceptOnCreate")));
        parts.push(("UpdateReplacePolicy", Plain::string("Retain")));
    }
    parts.push(("Properties", properties(resource.fields, given)));
    Plain::fields(parts)
}

fn properties<'a>(fields: &'a [Field], given: &'a Given) -> Plain<'a> {
    let mut properties = Vec::new();
    FAMILY.fields(fields, given, &mut |name, it| properties.push((name.into(), value(it, given))));
    Plain::Object(properties)
}

fn value<'a>(it: &Value, given: &'a Given) -> Plain<'a> {
    match it {
        Value::Text(text) => Plain::string(*text),
        Value::True => Plain::Bool(true),
        Value::Name(name) => match given.name(*name) {
            Some(text) => linked(Plain::string(text), given),
            None => value(&Value::Input(name.input()), given),
        },
        Value::Input(input) => Plain::fields([("Ref", Plain::string(input.name))]),
        Value::Document(part) => match given.part(*part) {
            Some(exported) => linked(exported.to_plain(), given),
            None => Plain::Null,
        },
        Value::Made(kind, attribute) => reference(kind.label, *attribute),
        Value::List(values) => Plain::List(values.iter().map(|it| value(it, given)).collect()),
        Value::Block(fields) => properties(fields, given),
        Value::If(_, it) => value(it, given),
    }
}

/// The same data with a reference for each text that stands for another resource.
fn linked<'p>(plain: Plain<'p>, given: &Given) -> Plain<'p> {
    match plain {
        Plain::String(text) => match given.made(&text) {
            Some((kind, attribute)) => reference(kind.label, attribute),
            None => Plain::String(text),
        },
        Plain::List(values) => {
            Plain::List(values.into_iter().map(|it| linked(it, given)).collect())
        }
        Plain::Object(members) => Plain::Object(
            members.into_iter().map(|(key, value)| (key, linked(value, given))).collect(),
        ),
        other => other,
    }
}

fn reference(label: &'static str, attribute: Attribute) -> Plain<'static> {
    match attribute {
        Attribute::Id => Plain::fields([("Ref", Plain::string(label))]),
        Attribute::Arn => {
            let path = [label, "Arn"].map(Plain::string);
            Plain::fields([("Fn::GetAtt", Plain::List(path.into()))])
        }
    }
}
