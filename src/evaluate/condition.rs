//! The conditions of a statement: one operator on one key, read once and asked for many requests.

mod operand;

use super::request::{State, View};
use super::truth::{open, Keys, Truth};
use crate::aws::{BaseOperator, ConditionOperator, Qualifier};
use crate::policy::{Effect, Strings};

pub(super) use operand::{Fit, Operand, Operands};

/// One operator with one of its keys.
#[derive(Debug)]
pub(super) struct Condition<'p> {
    /// The operator as it is written.
    pub operator: &'p str,
    /// The key as it is written.
    pub key: &'p str,
    /// The values as they are written.
    pub values: &'p [String],
    /// The operator taken apart; `None` for one that IAM does not know.
    pub parsed: Option<ConditionOperator>,
    /// The key in lower case.
    pub lower_key: String,
    /// The values as the operator reads them.
    pub operands: Operands<'p>,
}

impl<'p> Condition<'p> {
    pub fn new(operator: &'p str, key: &'p str, values: &'p Strings, has_variables: bool) -> Self {
        // Null asks for the absence itself: nothing can stand before it.
        let parsed = ConditionOperator::parse(operator)
            .filter(|operator| operator.base != BaseOperator::Null || operator.qualifier.is_none());
        let values = values.as_slice();
        let operands = parsed.map_or_else(Operands::default, |operator| {
            Operands::new(operator.base, values, has_variables)
        });
        Condition { operator, key, values, parsed, lower_key: key.to_ascii_lowercase(), operands }
    }

    /// Whether it holds; the keys that are not known and decide it are put to the others.
    pub fn truth<'r>(&self, effect: Effect, view: &View<'r>, keys: &mut Keys<'r>) -> Truth {
        let Some(operator) = self.parsed else {
            // IAM refuses such a policy. No Allow may rest on it, and no Deny be passed over.
            return match effect {
                Effect::Allow => Truth::False,
                Effect::Deny => unknown(keys, open::OPERATOR),
            };
        };
        let (state, spelt) = view.get(&self.lower_key);
        if operator.base == BaseOperator::Null {
            return self.null(state, spelt, keys);
        }
        let mut own = Keys::new();
        let truth = match (operator.qualifier, state) {
            (_, State::Unknown) => unknown(&mut own, spelt),
            (None, State::Absent) => Truth::from(operator.if_exists || operator.base.is_negated()),
            (None, State::One(value)) => self.one(operator.base, value, view, &mut own),
            // Several values need a qualifier.
            (None, State::Many(_)) => Truth::False,
            (Some(Qualifier::ForAllValues), State::Absent) => Truth::True,
            // IfExists has no effect behind a qualifier.
            (Some(Qualifier::ForAnyValue), State::Absent) => Truth::False,
            (Some(qualifier), State::One(value)) => {
                self.several(qualifier, operator.base, [value].into_iter(), view, &mut own)
            }
            (Some(qualifier), State::Many(values)) => {
                let values = values.iter().map(String::as_str);
                self.several(qualifier, operator.base, values, view, &mut own)
            }
        };
        if truth == Truth::Unknown {
            keys.append(&mut own);
        }
        truth
    }

    fn null<'r>(&self, state: State, spelt: &'r str, keys: &mut Keys<'r>) -> Truth {
        let wants = |word: &str| self.values.iter().any(|value| value.eq_ignore_ascii_case(word));
        match (state, wants("true"), wants("false")) {
            (State::Unknown, true, true) => Truth::True,
            (State::Unknown, false, false) => Truth::False,
            (State::Unknown, _, _) => unknown(keys, spelt),
            (State::Absent, wants_absence, _) => Truth::from(wants_absence),
            (_, _, wants_presence) => Truth::from(wants_presence),
        }
    }

    fn one<'r>(
        &self,
        base: BaseOperator,
        value: &str,
        view: &View<'r>,
        keys: &mut Keys<'r>,
    ) -> Truth {
        match (self.operands.fit(base, value, view, keys), base.is_negated()) {
            (Fit::Yes, is_negated) => Truth::from(!is_negated),
            (Fit::No, is_negated) => Truth::from(is_negated),
            (Fit::Unknown, _) => Truth::Unknown,
            (Fit::Invalid, false) => Truth::False,
            (Fit::Invalid, true) => unknown(keys, open::INVALID_VALUE),
        }
    }

    fn several<'r, 'v>(
        &self,
        qualifier: Qualifier,
        base: BaseOperator,
        values: impl Iterator<Item = &'v str> + Clone,
        view: &View<'r>,
        keys: &mut Keys<'r>,
    ) -> Truth {
        let truths = values.clone().map(|value| self.one(base, value, view, keys));
        if qualifier == Qualifier::ForAnyValue {
            return truths.fold(Truth::False, Truth::or);
        }
        let all = truths.fold(Truth::True, Truth::and);
        let is_empty_text = values.clone().all(str::is_empty);
        match all {
            Truth::False if is_empty_text => unknown(keys, open::EMPTY_VALUE),
            all => all,
        }
    }
}

fn unknown<'r>(keys: &mut Keys<'r>, key: &'r str) -> Truth {
    keys.insert(key);
    Truth::Unknown
}
