//! A policy as Terraform's data source `aws_iam_policy_document`, which has words of its own for the elements.
//!
//! Source: "aws_iam_policy_document" in the documentation of Terraform's AWS provider, and its source, read 2026-11. The
//! provider takes `&{` for `${` in resources, principals and values of conditions, and only in policies of 2012.

use super::dialect::Dialect;
use super::given::Given;
use super::literal::{Code, Entry, Language, ALIGNED, BLOCK};
use super::Refusal;
use crate::policy::{Element, Policy, Principal, Statement, Strings, Version, Who};

const HCL: Language = Language::Hcl;

/// What stands in the block.
///
/// # Errors
/// What the data source cannot hold: a list of nothing, which it leaves out, and `&{`, which it takes for a variable.
pub fn entries(policy: &Policy, given: &Given) -> Result<Vec<Entry>, Refusal> {
    let mut entries = Vec::new();
    entries.extend(policy.id.as_deref().map(|id| text("policy_id", id)));
    if policy.version == Version::V2008 {
        entries.push(text("version", policy.version.name()));
    }
    for (i, statement) in policy.statements.iter().enumerate() {
        let writer = Writer { given, version: policy.version, statement: i };
        entries.push(Entry::named("statement", BLOCK, writer.statement(statement)?));
    }
    Ok(entries)
}

struct Writer<'g> {
    given: &'g Given<'g>,
    version: Version,
    /// The index of the statement.
    statement: usize,
}

impl Writer<'_> {
    fn statement(&self, statement: &Statement) -> Result<Code, Refusal> {
        let mut entries = Vec::new();
        entries.extend(statement.sid.as_deref().map(|sid| text("sid", sid)));
        entries.push(text("effect", statement.effect.name()));
        let plain = |text: &str| Ok(HCL.quote(text));
        let variables = |text: &str| self.with_variables(text);
        let Element { negated, values } = &statement.action;
        let [name, element] = pick(*negated, ["actions", "Action"], ["not_actions", "NotAction"]);
        entries.push(self.list(name, element, values, &plain)?);
        if let Some(Element { negated, values }) = &statement.resource {
            let [name, element] =
                pick(*negated, ["resources", "Resource"], ["not_resources", "NotResource"]);
            entries.push(self.list(name, element, values, &variables)?);
        }
        if let Some(Principal { negated, who }) = &statement.principal {
            let [name, element] =
                pick(*negated, ["principals", "Principal"], ["not_principals", "NotPrincipal"]);
            let everyone = [("*".to_owned(), Strings::One("*".to_owned()))];
            let listed = match who {
                Who::Everyone => everyone.as_slice(),
                Who::Listed(listed) => listed,
            };
            if listed.is_empty() {
                return Err(self.empty(element));
            }
            for (kind, who) in listed {
                let fields =
                    vec![text("type", kind), self.list("identifiers", element, who, &variables)?];
                entries.push(Entry::named(name, BLOCK, Code::inside("{", fields, "}")));
            }
        }
        for (operator, key, values) in statement.condition.entries() {
            let fields = vec![
                text("test", operator),
                text("variable", key),
                self.list("values", "Condition", values, &variables)?,
            ];
            entries.push(Entry::named("condition", BLOCK, Code::inside("{", fields, "}")));
        }
        Ok(Code::inside("{", entries, "}"))
    }

    fn list(
        &self,
        name: &str,
        element: &str,
        values: &Strings,
        text: &dyn Fn(&str) -> Result<String, Refusal>,
    ) -> Result<Entry, Refusal> {
        let values = values.as_slice();
        if values.is_empty() {
            return Err(self.empty(element));
        }
        let values: Result<Vec<_>, _> = values.iter().map(|it| text(it).map(Code::Words)).collect();
        Ok(Entry::named(name, ALIGNED, Code::list(values?)))
    }

    /// A text in which the provider looks for variables.
    fn with_variables(&self, text: &str) -> Result<String, Refusal> {
        if let Some((kind, attribute)) = self.given.made(text) {
            return Ok(Dialect::TerraformData.reference(kind, attribute));
        }
        if text.contains("&{") {
            let what = "has &{, which Terraform's aws_iam_policy_document takes for a policy variable; take the format \
                        terraform-jsonencode";
            return Err(Refusal::policy(format!("Statement[{}]", self.statement), what));
        }
        Ok(match self.version {
            Version::V2012 => HCL.quote(&text.replace("${", "&{")),
            Version::V2008 => HCL.quote(text),
        })
    }

    fn empty(&self, element: &str) -> Refusal {
        let what = "has a list of nothing, which Terraform's aws_iam_policy_document leaves out; take the format \
                    terraform-jsonencode";
        Refusal::policy(format!("Statement[{}].{element}", self.statement), what)
    }
}

fn pick(negated: bool, plain: [&'static str; 2], not: [&'static str; 2]) -> [&'static str; 2] {
    if negated {
        not
    } else {
        plain
    }
}

fn text(name: &str, value: &str) -> Entry {
    Entry::named(name, ALIGNED, Code::words(HCL.quote(value)))
}
