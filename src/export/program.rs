//! Programs: a stack of CDK in TypeScript or Python, and resources of Pulumi.
//!
//! CDK's `Cfn` constructs take the properties of CloudFormation as they are: the policy comes out as it went in, drift
//! of it is detected, and a role of another account is refused and not passed over. The constructs above them merge
//! statements and do nothing for a role that they may not change.

use std::collections::BTreeSet;

use super::literal::{Code, Entry, Language};
use super::resource::{cased, inputs, Attribute, Case, Field, Input, Kind, Resource, Value};
use super::{cloudformation, comments, terraform, File};

/// What a program is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// A stack of CDK in TypeScript.
    CdkTypeScript,
    /// A stack of CDK in Python.
    CdkPython,
    /// Pulumi in TypeScript.
    Pulumi,
}

/// The text of the program.
pub fn print(file: &File, program: Program) -> String {
    let language = program.language();
    let asked = inputs(&file.resources, program.name());
    let resources: Vec<_> =
        file.resources.iter().filter(|it| !program.kind(it.kind).is_empty()).collect();
    let mut out = comments(&file.comments, language);
    out.push('\n');
    let depth = match program {
        Program::CdkTypeScript => {
            let modules = modules(&resources, &asked, &["Stack", "StackProps"]);
            out.push_str("import { ");
            out.push_str(&modules);
            out.push_str(
                " } from \"aws-cdk-lib\";\nimport { Construct } from \"constructs\";\n\nexport class SessionManagerStack \
                 extends Stack {\n  constructor(scope: Construct, id: string, props?: StackProps) {\n    \
                 super(scope, id, props);\n",
            );
            2
        }
        Program::CdkPython => {
            out.push_str("from aws_cdk import ");
            out.push_str(&modules(&resources, &asked, &["Stack"]));
            out.push_str(
                "\nfrom constructs import Construct\n\n\nclass SessionManagerStack(Stack):\n    def __init__(self, \
                 scope: Construct, construct_id: str, **kwargs) -> None:\n        super().__init__(scope, \
                 construct_id, **kwargs)\n",
            );
            2
        }
        Program::Pulumi => {
            out.push_str("import * as aws from \"@pulumi/aws\";\n");
            if !asked.is_empty() {
                out.push_str(
                    "import * as pulumi from \"@pulumi/pulumi\";\n\nconst config = new pulumi.Config();\n",
                );
            }
            0
        }
    };
    let end = if program == Program::CdkPython { "\n" } else { ";\n" };
    let line = |out: &mut String, is_set_off: bool, code: &Code| {
        if is_set_off {
            out.push('\n');
        }
        out.extend(std::iter::repeat_n(language.indent(), depth));
        language.write(out, code, depth);
        out.push_str(end);
    };
    for (i, input) in asked.iter().enumerate() {
        line(&mut out, i == 0 && program != Program::Pulumi, &program.asked(input));
    }
    for resource in resources {
        line(&mut out, true, &program.resource(resource, file));
        if resource.is_kept && program != Program::Pulumi {
            let name = cased(resource.kind.label, program.case());
            let call = cased("ApplyRemovalPolicy", program.case());
            line(&mut out, false, &Code::Words(format!("{name}.{call}(RemovalPolicy.RETAIN)")));
        }
    }
    if program == Program::CdkTypeScript {
        out.push_str("  }\n}\n");
    }
    out
}

/// What is imported from CDK: the modules in which the resources are, and what else is used.
fn modules(resources: &[&Resource], asked: &[&Input], others: &[&str]) -> String {
    let mut names: BTreeSet<String> = others.iter().map(|name| (*name).to_owned()).collect();
    for resource in resources {
        let name = module(resource.kind);
        names.insert(format!("aws_{name} as {name}"));
        if resource.is_kept {
            names.insert("RemovalPolicy".to_owned());
        }
    }
    if !asked.is_empty() {
        names.insert("CfnParameter".to_owned());
    }
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// The service of a type of CloudFormation, in lower case: `iam` of `AWS::IAM::Role`.
fn module(kind: Kind) -> String {
    kind.cloudformation.split("::").nth(1).unwrap_or_default().to_ascii_lowercase()
}

impl Program {
    fn language(self) -> Language {
        match self {
            Program::CdkPython => Language::Python,
            Program::CdkTypeScript | Program::Pulumi => Language::TypeScript,
        }
    }

    /// The name that a property has in the family.
    fn name(self) -> fn(&Field) -> &'static str {
        match self {
            Program::Pulumi => terraform::name,
            Program::CdkTypeScript | Program::CdkPython => cloudformation::name,
        }
    }

    /// The type that a resource has in the family.
    fn kind(self, kind: Kind) -> &'static str {
        match self {
            Program::Pulumi => kind.terraform,
            Program::CdkTypeScript | Program::CdkPython => kind.cloudformation,
        }
    }

    /// How names of variables and properties are written.
    fn case(self) -> Case {
        match self {
            Program::CdkPython => Case::Snake,
            Program::CdkTypeScript | Program::Pulumi => Case::Camel,
        }
    }

    /// What declares an input.
    fn asked(self, input: &Input) -> Code {
        let language = self.language();
        let name = cased(input.name, self.case());
        let (open, close) = match self {
            Program::Pulumi => {
                let call = if input.is_list() { "requireObject<string[]>" } else { "require" };
                return Code::Words(format!("const {name} = config.{call}(\"{name}\")"));
            }
            Program::CdkTypeScript => {
                (format!("const {name} = new CfnParameter(this, \"{}\", {{", input.name), "})")
            }
            Program::CdkPython => (format!("{name} = CfnParameter("), ")"),
        };
        let mut entries = self.arguments(input.name);
        for (name, text) in [("type", input.kind), ("description", input.about)] {
            let between = self.between();
            entries.push(Entry::named(name, between, Code::Words(language.quote(text))));
        }
        Code::inside(open, entries, close)
    }

    fn resource(self, resource: &Resource, file: &File) -> Code {
        let label = resource.kind.label;
        let name = cased(label, self.case());
        let is_named = resource.is_named || resource.is_kept && self != Program::Pulumi;
        let (open, close) = match self {
            Program::Pulumi => {
                (format!("new {}(\"{}\", {{", class(resource.kind.terraform), dashed(label)), "})")
            }
            Program::CdkTypeScript => {
                (format!("new {}(this, \"{label}\", {{", construct(resource.kind)), "})")
            }
            Program::CdkPython => (format!("{}(", construct(resource.kind)), ")"),
        };
        let open = match (is_named, self) {
            (false, _) => open,
            (true, Program::CdkPython) => format!("{name} = {open}"),
            (true, _) => format!("const {name} = {open}"),
        };
        let mut entries = self.arguments(label);
        entries.extend(self.entries(resource.properties(self.name()), file));
        Code::inside(open, entries, close)
    }

    /// What stands before the properties among the arguments of a construct in Python.
    fn arguments(self, label: &str) -> Vec<Entry> {
        match self {
            Program::CdkPython => {
                let label = self.language().quote(label);
                ["self".to_owned(), label].map(|it| Entry::named("", "", Code::Words(it))).into()
            }
            Program::CdkTypeScript | Program::Pulumi => Vec::new(),
        }
    }

    /// Between a property and its value.
    fn between(self) -> &'static str {
        if self == Program::CdkPython {
            "="
        } else {
            ": "
        }
    }

    fn entries<'v>(
        self,
        properties: impl Iterator<Item = (&'static str, &'v Value<'v>)>,
        file: &File,
    ) -> Vec<Entry> {
        let entry = |(name, value): (&'static str, &Value)| {
            Entry::named(cased(name, self.case()), self.between(), self.code(value, file))
        };
        properties.map(entry).collect()
    }

    fn code(self, value: &Value, file: &File) -> Code {
        let made = |text: &str| file.made(text).map(|(kind, of)| self.reference(kind, of));
        let document = |data: &crate::json::Plain| {
            let code = self.language().data(data, &made);
            match self {
                Program::Pulumi => code.in_call("JSON.stringify", "})"),
                Program::CdkTypeScript | Program::CdkPython => code,
            }
        };
        match value {
            Value::Plain(plain) => self.language().data(plain, &made),
            Value::Document(plain) => document(plain),
            Value::Policy(policy) => document(&policy.to_plain()),
            Value::Input(input) => {
                let name = cased(input.name, self.case());
                Code::Words(match (self, input.is_list()) {
                    (Program::Pulumi, _) => name,
                    (Program::CdkTypeScript, false) => format!("{name}.valueAsString"),
                    (Program::CdkTypeScript, true) => format!("{name}.valueAsList"),
                    (Program::CdkPython, false) => format!("{name}.value_as_string"),
                    (Program::CdkPython, true) => format!("{name}.value_as_list"),
                })
            }
            Value::Made(kind, attribute) => Code::Words(self.reference(*kind, *attribute)),
            Value::List(values) => Code::list(values.iter().map(|it| self.code(it, file))),
            Value::Block(fields) => {
                let name = self.name();
                let fields = fields.iter().map(|field| (name(field), &field.value));
                let fields = fields.filter(|(name, _)| !name.is_empty());
                Code::inside("{", self.entries(fields, file), "}")
            }
        }
    }

    /// Words for what another resource says.
    fn reference(self, kind: Kind, attribute: Attribute) -> String {
        let attribute = match (self, attribute) {
            (Program::Pulumi, Attribute::Id) => "id",
            (Program::Pulumi, Attribute::Arn) => "arn",
            (_, Attribute::Id) => "ref",
            (Program::CdkTypeScript, Attribute::Arn) => "attrArn",
            (Program::CdkPython, Attribute::Arn) => "attr_arn",
        };
        format!("{}.{attribute}", cased(kind.label, self.case()))
    }
}

/// The construct of CDK: `iam.CfnRole` of `AWS::IAM::Role`.
fn construct(kind: Kind) -> String {
    let name = kind.cloudformation.rsplit("::").next().unwrap_or_default();
    format!("{}.Cfn{name}", module(kind))
}

/// The class of Pulumi: `aws.iam.RolePolicy` of `aws_iam_role_policy`.
fn class(terraform: &str) -> String {
    let name = terraform.strip_prefix("aws_").unwrap_or(terraform);
    let (module, class) = match name.split_once('_') {
        // What Terraform names without its service is of EC2.
        Some(("vpc", _)) | None => ("ec2", name),
        Some((module, class)) => (module, class),
    };
    format!("aws.{module}.{}", cased(class, Case::Words))
}

/// A name as Pulumi writes it: `node-role` of `NodeRole`.
fn dashed(label: &str) -> String {
    cased(label, Case::Snake).replace('_', "-")
}
