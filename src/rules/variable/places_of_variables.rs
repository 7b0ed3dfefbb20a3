//! Where policy variables may stand, and how they must be written there.

use crate::aws::{variables, BaseOperator, Family, Variable};
use crate::document::{strings, Condition, ConditionEntry, Document, Str};
use crate::json::{Place, Text};
use crate::rules::Context;

/// The strings of a document that have a dollar sign: without one there is no variable, and hardly any has one.
#[derive(Debug, Default)]
pub(in crate::rules) struct StringsWithDollar<'c> {
    /// Those in which variables may stand, and whether the operator, if it is a value, takes them.
    legal: Vec<(Str<'c>, bool)>,
    /// Those in which none may, with their places.
    other: Vec<(&'c str, Place)>,
}

impl<'c> StringsWithDollar<'c> {
    /// Looks through a document.
    pub fn of(document: &Document<'c>) -> Self {
        let mut found = StringsWithDollar::default();
        for member in document.members {
            let is_known = matches!(member.key.text.as_ref(), "Version" | "Id");
            if is_known && member.value.as_text().is_some() {
                found.add_other(strings(&member.value));
            }
        }
        for statement in &document.statements {
            for entry in statement.resource_entries() {
                found.add_legal(entry.string, true);
            }
            let elements =
                [statement.sid, statement.effect, statement.action, statement.not_action];
            for element in elements.into_iter().flatten() {
                found.add_other(element.strings());
            }
            for principal in statement.principal_elements() {
                found.add_other(principal.element.strings());
                found.add_other(principal.entries.iter().flat_map(|entry| entry.strings()));
            }
            found.add_condition(&statement.condition);
        }
        found
    }

    fn add_condition(&mut self, condition: &Condition<'c>) {
        let operators = condition.element.and_then(|element| element.value.as_object());
        for operator in operators.unwrap_or_default() {
            self.add_key(&operator.key);
        }
        for entry in &condition.entries {
            self.add_key(entry.key);
            let takes_variables = !takes_no_variables(entry);
            for string in entry.strings() {
                self.add_legal(string, takes_variables);
            }
        }
    }

    fn add_legal(&mut self, string: Str<'c>, takes_variables: bool) {
        if has_dollar(string.text) {
            self.legal.push((string, takes_variables));
        }
    }

    fn add_other(&mut self, strings: impl Iterator<Item = Str<'c>>) {
        for string in strings.filter(|string| has_dollar(string.text)) {
            self.other.push((string.text, string.place()));
        }
    }

    fn add_key(&mut self, key: &'c Text<'c>) {
        if has_dollar(&key.text) {
            self.other.push((key.text.as_ref(), Place::of_key(key)));
        }
    }
}

fn has_dollar(text: &str) -> bool {
    text.as_bytes().contains(&b'$')
}

/// The strings in which variables may stand, those of `Resource` and `NotResource` and the values of conditions, as far
/// as they have a dollar sign.
pub(in crate::rules) fn legal_strings<'c>(context: &'c Context) -> impl Iterator<Item = Str<'c>> {
    legal_places(context).map(|(string, _)| string)
}

/// The same, and whether the operator, if it is a value, takes variables.
pub(in crate::rules) fn legal_places<'c>(
    context: &'c Context,
) -> impl Iterator<Item = (Str<'c>, bool)> {
    let found: &'c StringsWithDollar<'c> = &context.facts.with_dollar;
    found.legal.iter().copied()
}

/// The other strings of a policy, and the operators and keys of its conditions, with their places, as far as they have
/// a dollar sign.
pub(in crate::rules) fn other_texts<'c>(
    context: &'c Context,
) -> impl Iterator<Item = (&'c str, Place)> {
    let found: &'c StringsWithDollar<'c> = &context.facts.with_dollar;
    found.other.iter().copied()
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
    legal_strings(context).any(|string| variables(string.text).any(is_malformed))
        || other_texts(context).any(|(text, _)| first_variable(text).is_some())
        || legal_places(context)
            .any(|(string, takes)| !takes && first_variable(string.text).is_some())
}
