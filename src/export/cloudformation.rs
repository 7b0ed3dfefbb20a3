//! Templates of CloudFormation: one tree, printed as YAML or as JSON.

use super::literal::push_unit;
use super::resource::{inputs, Attribute, Field, Resource, Value};
use super::{yaml, File};
use crate::json::{Layout, Plain};

/// The name that a property has here.
pub fn name(field: &Field) -> &'static str {
    field.cloudformation
}

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
    ascii(&template(file, Some(file.comments.join(" "))).print(Layout::Guide))
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
    let asked: Vec<_> = inputs(&file.resources, name)
        .into_iter()
        .map(|input| {
            let about = [("Type", input.kind), ("Description", input.about)];
            (input.name, Plain::fields(about.map(|(key, text)| (key, Plain::string(text)))))
        })
        .collect();
    if !asked.is_empty() {
        parts.push(("Parameters", Plain::fields(asked)));
    }
    let resources = file.resources.iter().filter(|it| !it.kind.cloudformation.is_empty());
    let resources = resources.map(|it| (it.kind.label, resource(it, file)));
    parts.push(("Resources", Plain::fields(resources)));
    Plain::fields(parts)
}

fn resource<'a>(resource: &'a Resource, file: &'a File) -> Plain<'a> {
    let mut parts = vec![("Type", Plain::string(resource.kind.cloudformation))];
    if resource.is_kept {
        parts.push(("DeletionPolicy", Plain::string("Retain")));
        parts.push(("UpdateReplacePolicy", Plain::string("Retain")));
    }
    let properties = resource.properties(name);
    let properties = properties.map(|(name, it)| (name, value(it, file)));
    parts.push(("Properties", Plain::fields(properties)));
    Plain::fields(parts)
}

fn value<'a>(it: &'a Value, file: &'a File) -> Plain<'a> {
    match it {
        Value::Plain(plain) => linked(plain, file),
        Value::Document(document) => linked(document, file),
        Value::Policy(policy) => linked(&policy.to_plain(), file).into_owned(),
        Value::Input(input) => Plain::fields([("Ref", Plain::string(input.name))]),
        Value::Made(kind, attribute) => reference(kind.label, *attribute),
        Value::List(values) => Plain::List(values.iter().map(|it| value(it, file)).collect()),
        Value::Block(fields) => {
            let fields = fields.iter().filter(|field| !field.cloudformation.is_empty());
            Plain::fields(fields.map(|field| (field.cloudformation, value(&field.value, file))))
        }
    }
}

/// The same data with a reference for each text that stands for another resource.
fn linked<'p>(plain: &Plain<'p>, file: &File) -> Plain<'p> {
    match plain {
        Plain::String(text) => match file.made(text) {
            Some((kind, attribute)) => reference(kind.label, attribute),
            None => Plain::String(text.clone()),
        },
        Plain::List(values) => Plain::List(values.iter().map(|it| linked(it, file)).collect()),
        Plain::Object(members) => Plain::Object(
            members.iter().map(|(key, value)| (key.clone(), linked(value, file))).collect(),
        ),
        other => other.clone(),
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
