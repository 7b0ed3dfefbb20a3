//! Policy variables as templates write them, so that they are not filled in there: `$${aws:username}` and
//! `&{aws:username}` of Terraform, `${!aws:username}` of CloudFormation.

use super::grants::each_value;
use crate::aws::catalog::ConditionKey;
use crate::document::{Language, Str};
use crate::edit::{Edit, Fix};
use crate::json::quote;
use crate::rules::variable::places_of_variables::legal_strings;
use crate::rules::{Context, Report};

/// How each begins, and what is put in its place.
const ESCAPES: [(&str, &str); 3] = [("$${", "${"), ("&{", "${"), ("${!", "${")];

/// Reports those that were left in a policy, where they are text.
pub(super) fn check_escaped(context: &Context, report: &mut Report) {
    for text in legal_strings(context) {
        tell(context, text, report);
    }
    // Where a program writes the JSON, the sign may be an escape.
    if !context.facts.has_escapes && !context.facts.has_ampersand {
        return;
    }
    for statement in &context.document.statements {
        each_value(statement, &mut |text, _| {
            if !text.text.contains('$') {
                tell(context, text, report);
            }
        });
    }
}

fn tell(context: &Context, text: Str, report: &mut Report) {
    if !ESCAPES.iter().any(|(opening, _)| text.text.contains(opening)) {
        return;
    }
    let mut new = text.text.to_owned();
    let mut first = None;
    for (opening, meant) in ESCAPES {
        let mut pieces = new.split(opening);
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let name = piece.split(['}', ',']).next().unwrap_or_default().trim();
            let is_key = piece.contains('}') && ConditionKey::find(name).is_some();
            if is_key && first.is_none() {
                first = Some(format!("{opening}{name}}}"));
            }
            out.push_str(if is_key { meant } else { opening });
            out.push_str(piece);
        }
        new = out;
    }
    let Some(first) = first else { return };
    let details =
        format_args!("{first} is how a template writes a policy variable. In a policy it is none.");
    let finding = report.at(text.place(), details);
    // Only in a document of that version it would become a variable.
    if context.document.language() == Language::V2012 {
        let edit = Edit::replace(text.node.span, quote(&new));
        finding.fix(Fix::unsafe_(format!("Write {new}"), [edit]));
    }
}
