//! Files of Terraform and OpenTofu, laid out as `terraform fmt` does.

use super::dialect::Dialect;
use super::literal::{Code, Entry, Language, ALIGNED};
use super::resource::{Input, Kind, Resource, Value};
use super::{policy_document, Exported, File, Refusal};

const HCL: Language = Language::Hcl;

/// One file with all that it asks for.
///
/// # Errors
/// A part of a policy that a data source cannot hold.
pub fn print(file: &File, dialect: Dialect) -> Result<String, Refusal> {
    let mut out = file.comments_in(HCL);
    let found = dialect.family().of(file.groups, file.given);
    variables(&mut out, &dialect.family().inputs(&found, file.given));
    resources(&mut out, &found, file, dialect)?;
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
        let name = Dialect::TerraformObject.named(input.name);
        block(out, "variable", &name, "", entries);
    }
}

/// Writes that a resource which is there already, under this name, is taken over. Terraform 1.5 and later read it.
pub fn import(out: &mut String, kind: Kind, name: &str) {
    let to = [kind.terraform, ".", &Dialect::TerraformData.named(kind.label)].concat();
    let entries = vec![
        Entry::named("to", ALIGNED, Code::words(to)),
        Entry::named("id", ALIGNED, Code::words(HCL.quote(name))),
    ];
    block(out, "import", "", "", entries);
}

/// Writes the resources.
///
/// # Errors
/// A part of a policy that a data source cannot hold.
pub fn resources(
    out: &mut String,
    found: &[&Resource],
    file: &File,
    dialect: Dialect,
) -> Result<(), Refusal> {
    for resource in found {
        let label = dialect.named(resource.kind.label);
        for (_, attribute, value) in resource.fields {
            let Value::Document(part) = value else { continue };
            let given = file.given.part(*part);
            if let (Some(Exported::Policy(policy)), Dialect::TerraformData, false) =
                (given, dialect, attribute.is_empty())
            {
                let entries = policy_document::entries(policy, file.given)?;
                block(out, "data", "aws_iam_policy_document", &label, entries);
            }
        }
        let entries = dialect.entries(resource.fields, resource.kind.label, file.given);
        block(out, "resource", resource.kind.terraform, &label, entries);
    }
    Ok(())
}

fn block(out: &mut String, what: &str, kind: &str, label: &str, entries: Vec<Entry>) {
    if !out.is_empty() {
        out.push('\n');
    }
    let mut open = [what, " "].concat();
    for word in [kind, label] {
        if !word.is_empty() {
            open.push_str(&HCL.quote(word));
            open.push(' ');
        }
    }
    HCL.write(out, &Code::inside(open + "{", entries, "}"), 0);
    out.push('\n');
}
