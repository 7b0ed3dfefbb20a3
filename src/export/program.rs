//! Programs: a stack of CDK in TypeScript or Python, and resources of Pulumi.
//!
//! CDK's `Cfn` constructs take the properties of CloudFormation as they are: the policy comes out as it went in, drift
//! of it is detected, and a role of another account is refused and not passed over. The constructs above them merge
//! statements and do nothing for a role that they may not change.

use std::collections::BTreeSet;

use super::dialect::Dialect;
use super::literal::{Code, Entry};
use super::resource::{cased, Case, Input, Kind, Resource};
use super::File;

/// The text of the program.
pub fn print(file: &File, dialect: Dialect) -> String {
    let language = dialect.language();
    let family = dialect.family();
    let resources = family.of(file.groups, file.given);
    let asked = family.inputs(&resources, file.given);
    let mut out = file.comments_in(language);
    out.push('\n');
    let depth = match dialect {
        Dialect::CdkTypeScript => {
            out.push_str("import { Stack, StackProps, ");
            out.push_str(&modules(&resources, &asked));
            out.push_str(
                " } from \"aws-cdk-lib\";\nimport { Construct } from \"constructs\";\n\nexport class SessionManagerStack \
                 extends Stack {\n  constructor(scope: Construct, id: string, props?: StackProps) {\n    \
                 super(scope, id, props);\n",
            );
            2
        }
        Dialect::CdkPython => {
            out.push_str("from aws_cdk import Stack, ");
            out.push_str(&modules(&resources, &asked));
            out.push_str(
                "\nfrom constructs import Construct\n\n\nclass SessionManagerStack(Stack):\n    def __init__(self, \
                 scope: Construct, construct_id: str, **kwargs) -> None:\n        super().__init__(scope, \
                 construct_id, **kwargs)\n",
            );
            2
        }
        _ => {
            out.push_str("import * as aws from \"@pulumi/aws\";\n");
            if !asked.is_empty() {
                out.push_str(
                    "import * as pulumi from \"@pulumi/pulumi\";\n\nconst config = new pulumi.Config();\n",
                );
            }
            0
        }
    };
    let end = if dialect == Dialect::CdkPython { "\n" } else { ";\n" };
    let line = |out: &mut String, is_set_off: bool, code: Code| {
        if is_set_off {
            out.push('\n');
        }
        for _ in 0..depth {
            out.push_str(language.indent());
        }
        language.write(out, &code, depth);
        out.push_str(end);
    };
    for (i, input) in asked.iter().enumerate() {
        line(&mut out, i == 0 && dialect != Dialect::Pulumi, declaration(input, dialect));
    }
    for resource in &resources {
        let is_kept = resource.is_kept && dialect != Dialect::Pulumi;
        let is_named = is_kept || family.refers_to(&resources, resource.kind, file.given);
        line(&mut out, true, construct(resource, is_named, file, dialect));
        if is_kept {
            let name = dialect.named(resource.kind.label);
            let call = dialect.named("ApplyRemovalPolicy");
            let keep = [&name, ".", &call, "(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE)"].concat();
            line(&mut out, false, Code::Words(keep));
        }
    }
    if dialect == Dialect::CdkTypeScript {
        out.push_str("  }\n}\n");
    }
    out
}

/// What else is imported from CDK: the modules in which the resources are, and what is used besides.
fn modules(resources: &[&Resource], asked: &[&Input]) -> String {
    let mut names = BTreeSet::new();
    for resource in resources {
        let name = module(resource.kind);
        names.insert(["aws_", &name, " as ", &name].concat());
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

/// What declares an input.
fn declaration(input: &Input, dialect: Dialect) -> Code {
    let name = dialect.named(input.name);
    if dialect == Dialect::Pulumi {
        let call = if input.is_list() { "requireObject<string[]>" } else { "require" };
        return Code::Words(["const ", &name, " = config.", call, "(\"", &name, "\")"].concat());
    }
    let mut entries = arguments(input.name, dialect);
    for (name, text) in [("type", input.kind), ("description", input.about)] {
        let text = Code::Words(dialect.language().quote(text));
        entries.push(Entry::named(name, dialect.between(), text));
    }
    called(true, &name, "CfnParameter", input.name, entries, dialect)
}

fn construct(resource: &Resource, is_named: bool, file: &File, dialect: Dialect) -> Code {
    let label = resource.kind.label;
    let mut entries = arguments(label, dialect);
    entries.extend(dialect.entries(resource.fields, label, file.given));
    let name = dialect.named(label);
    let class = match dialect {
        Dialect::Pulumi => class(resource.kind.terraform),
        _ => {
            let class = resource.kind.cloudformation.rsplit("::").next().unwrap_or_default();
            [&module(resource.kind), ".Cfn", class].concat()
        }
    };
    called(is_named, &name, &class, label, entries, dialect)
}

/// What stands before the properties among the arguments of a construct in Python.
fn arguments(label: &str, dialect: Dialect) -> Vec<Entry> {
    let mut arguments = Vec::new();
    if dialect == Dialect::CdkPython {
        for words in ["self".to_owned(), dialect.language().quote(label)] {
            arguments.push(Entry::named("", "", Code::Words(words)));
        }
    }
    arguments
}

/// The call of a constructor, assigned to a name where others use it.
fn called(
    is_named: bool,
    name: &str,
    class: &str,
    label: &str,
    entries: Vec<Entry>,
    dialect: Dialect,
) -> Code {
    let assigned = match (is_named, dialect) {
        (false, _) => String::new(),
        (true, Dialect::CdkPython) => [name, " = "].concat(),
        (true, _) => ["const ", name, " = "].concat(),
    };
    let (open, close) = match dialect {
        Dialect::CdkPython => ([&assigned, class, "("].concat(), ")"),
        Dialect::Pulumi => {
            let label = cased(label, Case::Snake).replace('_', "-");
            ([&assigned, "new ", class, "(\"", &label, "\", {"].concat(), "})")
        }
        _ => ([&assigned, "new ", class, "(this, \"", label, "\", {"].concat(), "})"),
    };
    Code::inside(open, entries, close)
}

/// The class of Pulumi: `aws.iam.RolePolicy` of `aws_iam_role_policy`.
fn class(terraform: &str) -> String {
    let name = terraform.strip_prefix("aws_").unwrap_or(terraform);
    let (module, class) = match name.split_once('_') {
        // What Terraform names without its service is of EC2.
        Some(("vpc", _)) | None => ("ec2", name),
        Some((module, class)) => (module, class),
    };
    ["aws.", module, ".", &cased(class, Case::Words)].concat()
}
