//! How the values of a resource are written as code: by Terraform, by CDK in both languages, and by Pulumi.

use super::given::Given;
use super::literal::{Code, Entry, Language, ALIGNED, BLOCK};
use super::resource::{cased, Attribute, Case, Family, Field, Input, Kind, Value};
use super::Exported;
use crate::json::Plain;

/// What code is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Terraform, policies as data sources `aws_iam_policy_document`.
    TerraformData,
    /// Terraform, policies as objects.
    TerraformObject,
    /// CDK in TypeScript.
    CdkTypeScript,
    /// CDK in Python.
    CdkPython,
    /// Pulumi in TypeScript.
    Pulumi,
}

impl Dialect {
    /// The language.
    pub fn language(self) -> Language {
        match self {
            Dialect::TerraformData | Dialect::TerraformObject => Language::Hcl,
            Dialect::CdkPython => Language::Python,
            Dialect::CdkTypeScript | Dialect::Pulumi => Language::TypeScript,
        }
    }

    /// Whose resources and properties they are.
    pub fn family(self) -> Family {
        match self {
            Dialect::CdkTypeScript | Dialect::CdkPython => Family::CloudFormation,
            _ => Family::Terraform,
        }
    }

    /// A name as the language writes its names.
    pub fn named(self, name: &str) -> String {
        let case = match self.language() {
            Language::TypeScript => Case::Camel,
            Language::Hcl | Language::Python => Case::Snake,
        };
        cased(name, case)
    }

    /// Between a property and its value.
    pub fn between(self) -> &'static str {
        match self.language() {
            Language::Hcl => ALIGNED,
            Language::Python => "=",
            Language::TypeScript => ": ",
        }
    }

    /// The properties of a resource with this label.
    pub fn entries(self, fields: &[Field], label: &str, given: &Given) -> Vec<Entry> {
        let mut entries = Vec::new();
        self.family().fields(fields, given, &mut |name, value| {
            let is_block = self.language() == Language::Hcl && matches!(value, Value::Block(_));
            let between = if is_block { BLOCK } else { self.between() };
            let code = self.code(value, label, given);
            entries.push(Entry::named(self.named(name), between, code));
        });
        entries
    }

    fn code(self, value: &Value, label: &str, given: &Given) -> Code {
        let language = self.language();
        match value {
            Value::Text(text) => Code::Words(language.quote(text)),
            Value::True => language.data(&Plain::Bool(true), &|_| None),
            Value::Name(name) => match given.name(*name) {
                Some(text) => self.data(&Plain::string(text), given),
                None => Code::Words(self.input(name.input())),
            },
            Value::Input(input) => Code::Words(self.input(input)),
            Value::Made(kind, attribute) => Code::Words(self.reference(*kind, *attribute)),
            Value::Document(part) => match given.part(*part) {
                Some(Exported::Policy(_)) if self == Dialect::TerraformData => {
                    let label = self.named(label);
                    Code::Words(["data.aws_iam_policy_document.", &label, ".json"].concat())
                }
                Some(exported) => {
                    let code = self.data(&exported.to_plain(), given);
                    match self {
                        Dialect::Pulumi => code.in_call("JSON.stringify", "})"),
                        Dialect::CdkTypeScript | Dialect::CdkPython => code,
                        _ => code.in_call("jsonencode", "})"),
                    }
                }
                None => Code::Words(language.quote("")),
            },
            Value::List(values) => {
                Code::list(values.iter().map(|value| self.code(value, label, given)).collect())
            }
            Value::Block(fields) => Code::inside("{", self.entries(fields, label, given), "}"),
            Value::If(_, value) => self.code(value, label, given),
        }
    }

    /// Data, with references for the texts that stand for another resource.
    fn data(self, data: &Plain, given: &Given) -> Code {
        self.language().data(data, &|text| {
            given.made(text).map(|(kind, attribute)| self.reference(kind, attribute))
        })
    }

    fn input(self, input: &Input) -> String {
        let name = self.named(input.name);
        match self {
            Dialect::TerraformData | Dialect::TerraformObject => "var.".to_owned() + &name,
            Dialect::Pulumi => name,
            Dialect::CdkTypeScript if input.is_list() => name + ".valueAsList",
            Dialect::CdkTypeScript => name + ".valueAsString",
            Dialect::CdkPython if input.is_list() => name + ".value_as_list",
            Dialect::CdkPython => name + ".value_as_string",
        }
    }

    /// Words for what another resource says.
    pub fn reference(self, kind: Kind, attribute: Attribute) -> String {
        let name = self.named(kind.label);
        let attribute = match (self, attribute) {
            (Dialect::CdkTypeScript | Dialect::CdkPython, Attribute::Id) => ".ref",
            (Dialect::CdkTypeScript, Attribute::Arn) => ".attrArn",
            (Dialect::CdkPython, Attribute::Arn) => ".attr_arn",
            (_, Attribute::Id) => ".id",
            (_, Attribute::Arn) => ".arn",
        };
        match self.language() {
            Language::Hcl => [kind.terraform, ".", &name, attribute].concat(),
            Language::Python | Language::TypeScript => name + attribute,
        }
    }
}
