//! Where policy variables may stand, and how they must be written there.

use crate::aws::{variables, BaseOperator, Family, Variable};
use crate::document::{ConditionEntry, Statement, Str};
use crate::json::{Place, Text};
use crate::rules::Context;

/// The strings in which variables may stand: those of `Resource` and `NotResource`, and the values of conditions.
///
/// None of a document that has no variables anywhere.
pub(in crate::rules) fn legal_strings<'c>(context: &'c Context) -> impl Iterator<Item = Str<'c>> {
    legal_places(context).map(|(string, _)| string)
}

/// The same, and whether the operator, if it is a value, takes variables.
pub(in crate::rules) fn legal_places<'c>(
    context: &'c Context,
) -> impl Iterator<Item = (Str<'c>, bool)> {
    statements(context).iter().flat_map(|statement| {
        let values = statement.condition.entries.iter().flat_map(|entry| {
            let takes = !takes_no_variables(entry);
            entry.strings().map(move |string| (string, takes))
        });
        statement.resource_entries().map(|entry| (entry.string, true)).chain(values)
    })
}

/// The other strings of a policy, and the operators and keys of its conditions, with their places.
///
/// None of a document that has no variables anywhere.
pub(in crate::rules) fn other_texts<'c>(
    context: &'c Context,
) -> impl Iterator<Item = (&'c str, Place)> {
    let members = if context.facts.may_have_variables {
        context.document.members
    } else {
        Default::default()
    };
    let of_document = members.iter().filter_map(|member| {
        let is_known = matches!(member.key.text.as_ref(), "Version" | "Id");
        member.value.as_text().filter(|_| is_known).map(value)
    });
    let of_statements = statements(context).iter().flat_map(|statement| {
        let strings = [statement.sid, statement.effect, statement.action, statement.not_action];
        let strings = strings.into_iter().flatten().flat_map(|element| element.strings());
        let principals = statement.principal_elements().flat_map(|principal| {
            let entries = principal.entries.iter().flat_map(|entry| entry.strings());
            principal.element.strings().chain(entries)
        });
        let condition = statement.condition.element.and_then(|element| element.value.as_object());
        let operators = condition.unwrap_or_default().iter().map(|operator| key(&operator.key));
        let keys = statement.condition.entries.iter().map(|entry| key(entry.key));
        let strings = strings.chain(principals).map(|string| (string.text, string.place()));
        strings.chain(operators).chain(keys)
    });
    of_document.chain(of_statements)
}

/// Whether nothing but blanks stands where a name should.
pub(in crate::rules) fn is_empty(variable: &Variable) -> bool {
    variable.inside.is_some() && variable.name().trim().is_empty()
}

/// Whether the default lacks a single quote at one of its ends.
pub(in crate::rules) fn lacks_quote(variable: &Variable) -> bool {
    let is_quoted = |default: &str| {
        let inside = default.trim().strip_prefix('\'');
        inside.is_some_and(|inside| inside.ends_with('\''))
    };
    variable.default().is_some_and(|default| !is_quoted(default))
}

/// Whether the name, which is not empty, has white space in it.
pub(in crate::rules) fn has_space(variable: &Variable) -> bool {
    !is_empty(variable) && variable.name().contains(char::is_whitespace)
}

/// Whether the operator does not take variables; an unknown one is another check's business.
pub(in crate::rules) fn takes_no_variables(entry: &ConditionEntry) -> bool {
    let family = entry.parsed.map(|operator| BaseOperator::family(operator.base));
    family.is_some_and(|family| !matches!(family, Family::String | Family::Arn))
}

/// The first variable of a text that has a closing brace and a name.
pub(in crate::rules) fn first_variable(text: &str) -> Option<&str> {
    let variable = variables(text).find(Variable::is_well_formed)?;
    text.get(variable.range)
}

/// Whether the document would be refused for its variables if it were one of version 2012-10-17.
pub(in crate::rules) fn is_refused_with_variables(context: &Context) -> bool {
    let is_malformed = |variable: Variable| {
        variable.inside.is_none()
            || is_empty(&variable)
            || lacks_quote(&variable)
            || has_space(&variable)
    };
    let mut entries = statements(context).iter().flat_map(|s| &s.condition.entries);
    legal_strings(context).any(|string| variables(string.text).any(is_malformed))
        || other_texts(context).any(|(text, _)| first_variable(text).is_some())
        || entries.any(|entry| {
            takes_no_variables(entry) && entry.strings().any(|s| first_variable(s.text).is_some())
        })
}

/// Those in which a variable can be at all.
fn statements<'c>(context: &'c Context) -> &'c [Statement<'c>] {
    match context.facts.may_have_variables {
        true => &context.document.statements,
        false => &[],
    }
}

fn key<'t>(text: &'t Text) -> (&'t str, Place) {
    (text.text.as_ref(), Place::of_key(text))
}

fn value<'t>(text: &'t Text) -> (&'t str, Place) {
    let place = Place { span: text.span, is_key: false };
    (text.text.as_ref(), place)
}
