//! Files of Terraform and OpenTofu, laid out as `terraform fmt` does.

use super::literal::{Code, Entry, Language, ALIGNED, BLOCK};
use super::policy_document;
use super::resource::{cased, inputs, Attribute, Case, Field, Input, Kind, Value};
use super::{comments, File, Refusal};

const HCL: Language = Language::Hcl;

/// How a policy is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policies {
    /// As a data source `aws_iam_policy_document`.
    DataSource,
    /// As an object that `jsonencode` makes a text of.
    Object,
}

/// The name that a property has here.
pub fn name(field: &Field) -> &'static str {
    field.terraform
}

/// One file with all that it asks for.
///
/// # Errors
/// A part of a policy that a data source cannot hold.
pub fn print(file: &File, policies: Policies) -> Result<String, Refusal> {
    let mut out = comments(&file.comments, HCL);
    variables(&mut out, &inputs(&file.resources, name));
    resources(&mut out, file, policies)?;
    Ok(out)
}

/// Writes what is asked for.
pub fn variables(out: &mut String, asked: &[&Input]) {
    for input in asked {
        let kind = if input.is_list() { "list(string)" } else { "string" };
        let entries = vec![
            Entry::named("type", ALIGNED, Code::words(kind)),
            Entry::named("description", ALIGNED, Code::words(HCL.quote(input.about))),
        ];
        let name = cased(input.name, Case::Snake);
        block(out, &Code::inside(format!("variable \"{name}\" {{"), entries, "}"));
    }
}

/// Writes the resources.
///
/// # Errors
/// A part of a policy that a data source cannot hold.
pub fn resources(out: &mut String, file: &File, policies: Policies) -> Result<(), Refusal> {
    for resource in file.resources.iter().filter(|it| !it.kind.terraform.is_empty()) {
        let label = cased(resource.kind.label, Case::Snake);
        if policies == Policies::DataSource {
            for (_, value) in resource.properties(name) {
                if let Value::Policy(policy) = value {
                    let data = policy_document::code(policy, &label, file)?;
                    block(out, &data);
                }
            }
        }
        let open = format!("resource \"{}\" \"{label}\" {{", resource.kind.terraform);
        let entries = entries(resource.properties(name), &label, file, policies);
        block(out, &Code::inside(open, entries, "}"));
    }
    Ok(())
}

fn block(out: &mut String, code: &Code) {
    if !out.is_empty() {
        out.push('\n');
    }
    HCL.write(out, code, 0);
    out.push('\n');
}

fn entries<'v>(
    properties: impl Iterator<Item = (&'static str, &'v Value<'v>)>,
    label: &str,
    file: &File,
    policies: Policies,
) -> Vec<Entry> {
    let entry = |(name, value): (&'static str, &Value)| {
        let between = if matches!(value, Value::Block(_)) { BLOCK } else { ALIGNED };
        Entry::named(name, between, code(value, label, file, policies))
    };
    properties.map(entry).collect()
}

fn code(value: &Value, label: &str, file: &File, policies: Policies) -> Code {
    let made = |text: &str| file.made(text).map(|(kind, attribute)| reference(kind, attribute));
    match value {
        Value::Plain(plain) => HCL.data(plain, &made),
        Value::Document(document) => HCL.data(document, &made).in_call("jsonencode", "})"),
        Value::Policy(_) if policies == Policies::DataSource => {
            Code::words(format!("data.aws_iam_policy_document.{label}.json"))
        }
        Value::Policy(policy) => HCL.data(&policy.to_plain(), &made).in_call("jsonencode", "})"),
        Value::Input(input) => Code::words(format!("var.{}", cased(input.name, Case::Snake))),
        Value::Made(kind, attribute) => Code::words(reference(*kind, *attribute)),
        Value::List(values) => Code::list(values.iter().map(|it| code(it, label, file, policies))),
        Value::Block(fields) => {
            let fields = fields.iter().filter(|field| !field.terraform.is_empty());
            let fields = fields.map(|field| (field.terraform, &field.value));
            Code::inside("{", entries(fields, label, file, policies), "}")
        }
    }
}

/// Words for what another resource says.
pub fn reference(kind: Kind, attribute: Attribute) -> String {
    let attribute = match attribute {
        Attribute::Id => "id",
        Attribute::Arn => "arn",
    };
    format!("{}.{}.{attribute}", kind.terraform, cased(kind.label, Case::Snake))
}
