//! Single elements of statements, for those who ask about all requests and not about one.

use super::condition::{Fit, Operands};
use super::key_table::KeyTable;
use super::known::Known;
use super::principal::Naming;
use super::principal::{Caller, Principals};
use super::request::Request;
use super::truth::{Keys, Truth};
use super::view::View;
use crate::aws::BaseOperator;
use crate::policy::Principal;

/// The values of a condition without variables.
#[derive(Debug)]
pub(crate) struct Comparison<'p> {
    base: BaseOperator,
    operands: Operands<'p>,
}

impl<'p> Comparison<'p> {
    /// Reads the values as the operator does.
    pub fn new(base: BaseOperator, values: &'p [String]) -> Self {
        Comparison { base, operands: Operands::new(base, values, false, &mut KeyTable::new()) }
    }

    /// Whether the value meets one of them, before a negation; `None` when it or they are none of the operator's kind.
    pub fn fits(&self, value: &str) -> Option<bool> {
        let (request, table) = (Request::default(), KeyTable::new());
        let known = Known::new(&request);
        let view = View::new(&request, known.states(), &table);
        match self.operands.fit(self.base, value, &view, &mut Keys::new()) {
            Fit::Yes => Some(true),
            Fit::No => Some(false),
            Fit::Invalid | Fit::Unknown => None,
        }
    }
}

/// A caller that is read, for any number of statements.
pub(crate) struct Asking<'c>(Caller<'c>);

impl<'c> Asking<'c> {
    /// Reads the text by which a request names it.
    pub fn new(text: &'c str) -> Self {
        Asking(Caller::new(text))
    }
}

/// Whether the statement is about each caller, whose `aws:PrincipalArn` is not given, by naming at least this; `None`
/// when nobody knows.
pub(crate) fn are_about(
    principal: &Principal,
    least: Naming,
    callers: &[Asking],
) -> Vec<Option<bool>> {
    let (request, table) = (Request::default(), KeyTable::new());
    let known = Known::new(&request);
    let (view, principals) =
        (View::new(&request, known.states(), &table), Principals::new(principal));
    let is_about = |Asking(caller): &Asking| {
        let mut keys = Keys::new();
        let truth = match principal.negated {
            true => principals.excludes(caller, &view, &mut keys),
            false => principals.kinds(caller, &view, &mut keys).by(least),
        };
        match truth {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        }
    };
    callers.iter().map(is_about).collect()
}
