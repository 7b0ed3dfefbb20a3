//! The conditions of a statement: one operator on one key, read once and asked for many requests.

mod operand;

use std::borrow::Cow;

use super::key_table::{KeyId, KeyTable};
use super::truth::{open, Keys, Truth};
use super::view::{State, View};
use super::LONG_VALUE;
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
    /// Its number.
    pub id: KeyId,
    /// The values as they are written.
    pub values: &'p [String],
    /// As how many short values they count.
    pub weight: usize,
    /// The operator taken apart; `None` for one that IAM does not know.
    pub parsed: Option<ConditionOperator>,
    /// The values as the operator reads them.
    pub operands: Operands<'p>,
}

impl<'p> Condition<'p> {
    pub fn new(
        operator: &'p str,
        key: &'p str,
        values: &'p Strings,
        has_variables: bool,
        keys: &mut KeyTable<'p>,
    ) -> Self {
        // Null asks for the absence itself: nothing can stand before it.
        let parsed = ConditionOperator::parse(operator)
            .filter(|operator| operator.base != BaseOperator::Null || operator.qualifier.is_none());
        let values = values.as_slice();
        let operands = parsed.map_or_else(Operands::default, |operator| {
            Operands::new(operator.base, values, has_variables, keys)
        });
        let weight = values.iter().map(|value| 1 + value.len() / LONG_VALUE).sum();
        Condition { operator, key, id: keys.number(key), values, weight, parsed, operands }
    }

    /// Whether it holds; the keys that are not known and decide it are put to the others.
    pub fn truth(&self, effect: Effect, view: &View, keys: &mut Keys) -> Truth {
        let Some(operator) = self.parsed else {
            // IAM refuses such a policy. No Allow may rest on it, and no Deny be passed over.
            return match effect {
                Effect::Allow => Truth::False,
                Effect::Deny => left_open(keys, open::OPERATOR),
            };
        };
        let state = view.get(self.id).0;
        if operator.base == BaseOperator::Null {
            return self.null(state, keys);
        }
        let mark = keys.mark();
        let truth = match (operator.qualifier, state) {
            (_, State::Unknown | State::Present) => {
                // Whatever the key turns out to be, it is compared with these.
                for variable in self.variable_keys().filter(|key| view.get(*key).0.is_open()) {
                    keys.insert(variable);
                }
                self.unknown(keys)
            }
            // A single value that is not empty meets the same with a qualifier and without.
            (_, State::Pathless(arn)) => match self.operands.fit(operator.base, arn, view, keys) {
                Fit::No if self.operands.fit_some_path(operator.base, arn, view) => {
                    self.unknown(keys)
                }
                fit => holds(fit, operator.base, keys),
            },
            (None, State::Absent) => Truth::from(operator.if_exists || operator.base.is_negated()),
            (None, State::One(value)) => self.one(operator.base, value, view, keys),
            // Several values need a qualifier.
            (None, State::Many(_)) => Truth::False,
            (Some(Qualifier::ForAllValues), State::Absent) => Truth::True,
            // IfExists has no effect behind a qualifier.
            (Some(Qualifier::ForAnyValue), State::Absent) => Truth::False,
            (Some(qualifier), State::One(value)) => {
                self.several(qualifier, operator.base, [value].into_iter(), view, keys)
            }
            (Some(qualifier), State::Many(values)) => {
                let values = values.iter().map(Cow::as_ref);
                self.several(qualifier, operator.base, values, view, keys)
            }
        };
        if truth != Truth::Unknown {
            keys.forget(mark);
        }
        truth
    }

    fn unknown(&self, keys: &mut Keys) -> Truth {
        keys.insert(self.id);
        Truth::Unknown
    }

    fn null(&self, state: State, keys: &mut Keys) -> Truth {
        let wants = |word: &str| self.values.iter().any(|value| value.eq_ignore_ascii_case(word));
        match (state, wants("true"), wants("false")) {
            (State::Unknown, true, true) => Truth::True,
            (State::Unknown, false, false) => Truth::False,
            (State::Unknown, _, _) => self.unknown(keys),
            (State::Absent, wants_absence, _) => Truth::from(wants_absence),
            // The guide wavers on whether an empty string is a value.
            (State::One(""), true, false) => left_open(keys, open::EMPTY_VALUE),
            (_, _, wants_presence) => Truth::from(wants_presence),
        }
    }

    fn one(&self, base: BaseOperator, value: &str, view: &View, keys: &mut Keys) -> Truth {
        holds(self.operands.fit(base, value, view, keys), base, keys)
    }

    fn several<'v>(
        &self,
        qualifier: Qualifier,
        base: BaseOperator,
        values: impl Iterator<Item = &'v str> + Clone,
        view: &View,
        keys: &mut Keys,
    ) -> Truth {
        let truths = values.clone().map(|value| self.one(base, value, view, keys));
        if qualifier == Qualifier::ForAnyValue {
            return truths.fold(Truth::False, Truth::or);
        }
        let all = truths.fold(Truth::True, Truth::and);
        let is_empty_text = values.clone().all(str::is_empty);
        match all {
            Truth::False if is_empty_text => left_open(keys, open::EMPTY_VALUE),
            all => all,
        }
    }
}

/// Whether the operator holds of a value that stands so to its operands.
fn holds(fit: Fit, base: BaseOperator, keys: &mut Keys) -> Truth {
    match (fit, base.is_negated()) {
        (Fit::Yes, is_negated) => Truth::from(!is_negated),
        (Fit::No, is_negated) => Truth::from(is_negated),
        (Fit::Unknown, _) => Truth::Unknown,
        (Fit::Invalid, false) => Truth::False,
        (Fit::Invalid, true) => left_open(keys, open::INVALID_VALUE),
    }
}

fn left_open(keys: &mut Keys, question: &'static str) -> Truth {
    keys.ask(question);
    Truth::Unknown
}

#[cfg(test)]
mod tests {
    use super::super::known::Known;
    use super::super::request::{ContextValue, Request};
    use super::super::view::View;
    use std::borrow::Cow;
    use std::collections::BTreeSet;

    use super::super::truth::{open, Keys, Truth};
    use super::{Condition, KeyTable};
    use crate::policy::{Effect, Strings};
    use Truth::{False, True, Unknown};

    /// What the request has for the key: nothing, `?` for nobody knows, or values.
    fn truth(
        effect: Effect,
        operator: &str,
        wanted: &[&str],
        has: &[&str],
    ) -> (Truth, Vec<String>) {
        let mut request = Request::default();
        fn one<'r>(key: &'r str, value: &'r str) -> (Cow<'r, str>, ContextValue<'r>) {
            (key.into(), ContextValue::One(value.into()))
        }
        request.context = vec![one("v:one", "x*"), one("v:Empty", "")];
        request.unknown.push("v:Unknown".into());
        match has {
            [] => {}
            ["?"] => request.unknown.extend(["K".into()]),
            [value] => request.context.push(one("K", value)),
            values => {
                let values = values.iter().map(|value| (*value).into()).collect();
                request.context.push(("K".into(), ContextValue::Many(values)));
            }
        }
        let values = Strings::many(wanted.iter().copied());
        let mut table = KeyTable::new();
        let condition = Condition::new(operator, "k", &values, true, &mut table);
        let known = Known::new(&request);
        let (view, mut keys) = (View::new(&request, known.states(), &table), Keys::new());
        let truth = condition.truth(effect, &view, &mut keys);
        let keys: BTreeSet<&str> = keys.names(&view).collect();
        (truth, keys.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn operators_hold_as_the_reference_says() {
        for (operator, wanted, has, expected) in [
            ("StringEquals", &["a"][..], &["a"][..], True),
            ("StringEquals", &["a*"], &["ab"], False),
            ("StringEquals", &[], &["a"], False),
            ("StringNotEquals", &[], &["a"], True),
            ("StringNotEquals", &["a"], &["a", "b"], False),
            ("StringEqualsIfExists", &["a"], &["a", "b"], False),
            ("StringEqualsIgnoreCase", &["\u{130}x"], &["IX"], True),
            ("StringEqualsIgnoreCase", &["stra\u{df}e"], &["STRASSE"], False),
            ("StringEqualsIgnoreCase", &["${v:One}"], &["X*"], True),
            ("StringLike", &["${v:One}"], &["xy"], False),
            ("StringLike", &["${v:One}?"], &["x*y"], True),
            ("StringLike", &["a${*}*"], &["a*b"], True),
            ("StringLike", &["${v:none}"], &["${v:none}"], False),
            ("StringNotLike", &["${v:none}"], &["a"], True),
            ("StringEquals", &["${v:none, 'd e'}"], &["d e"], True),
            ("StringEquals", &["${v:none, d}"], &["d"], False),
            ("StringEquals", &["${v:Empty, 'd'}"], &[""], True),
            ("StringEquals", &["${v:none"], &["${v:none"], True),
            ("StringEquals", &["${v:unknown}", "a"], &["a"], True),
            ("StringEquals", &["${v:unknown}", "a"], &["b"], Unknown),
            ("StringNotEquals", &["${v:unknown}", "a"], &["a"], False),
            ("StringEquals", &["${v:unknown}${v:none}"], &["a"], False),
            ("StringEqualsIfExists", &["a"], &["?"], Unknown),
            ("NumericEquals", &["1e2"], &["100.0"], True),
            ("NumericLessThan", &["9007199254740993"], &["9007199254740992"], True),
            ("NumericEquals", &["1"], &["1x"], False),
            ("NumericEquals", &["x", "1"], &["1"], True),
            ("NumericNotEquals", &["1"], &["1x"], Unknown),
            ("NumericNotEquals", &["x", "1"], &["1"], False),
            ("NumericLessThan", &["${v:one}"], &["1"], False),
            ("DateEquals", &["2026"], &["2026-01-01T01:00:00+01:00"], True),
            ("DateNotEquals", &["2026-02-30"], &["2026-03-02"], Unknown),
            ("Bool", &["TRUE"], &["true"], True),
            ("Bool", &["${v:one}"], &["true"], False),
            ("BinaryEquals", &["QQ=="], &["QR=="], True),
            ("BinaryEquals", &["QQ=="], &["QQ"], False),
            ("IpAddress", &["0.0.0.0/0"], &["203.0.113.9"], True),
            ("IpAddress", &["0.0.0.0/0"], &["::1"], False),
            ("NotIpAddress", &["10.0.0.0/8"], &["::1"], True),
            ("NotIpAddress", &["10.0.0.0/8"], &["host"], Unknown),
            ("ArnEquals", &["arn:aws:s3:::${v:one}"], &["arn:aws:s3:::x*"], True),
            ("ArnEquals", &["arn:aws:s3:::${v:one}"], &["arn:aws:s3:::xy"], False),
            ("ArnNotLike", &["arn:aws:s3:::*"], &["b"], Unknown),
            ("ArnNotEquals", &["arn:aws:s3:::*"], &["urn:aws:s3:::b"], Unknown),
            ("ArnLike", &["arn:aws:s3:::*"], &["b"], False),
            ("ForAllValues:StringEquals", &["a"], &[], True),
            ("ForAllValues:StringEquals", &["a"], &["a", "a"], True),
            ("ForAllValues:StringEquals", &["a"], &[""], Unknown),
            ("ForAllValues:StringEquals", &["a", ""], &[""], True),
            ("ForAllValues:StringNotEquals", &["a"], &["b", "a"], False),
            ("ForAnyValue:StringEqualsIfExists", &["a"], &[], False),
            ("ForAnyValue:StringNotEquals", &["a"], &["a", "b"], True),
            ("ForAnyValue:NumericNotEquals", &["1"], &["x", "2"], True),
            ("ForAnyValue:NumericNotEquals", &["1"], &["x", "1"], Unknown),
            ("Null", &["true"], &[], True),
            ("Null", &["false"], &[""], True),
            ("Null", &["true"], &[""], Unknown),
            ("Null", &["true", "FALSE"], &["?"], True),
            ("Null", &["x"], &["?"], False),
            ("Null", &["x"], &[], False),
            ("NullIfExists", &["true"], &[], False),
            ("ForAllValues:Null", &["true"], &[], False),
            ("StringMatches", &["a"], &["a"], False),
        ] {
            let (found, keys) = truth(Effect::Allow, operator, wanted, has);
            assert_eq!(found, expected, "{operator} {wanted:?} {has:?}");
            assert_eq!(keys.is_empty(), found != Unknown, "{operator} {wanted:?} {has:?}");
        }
    }

    #[test]
    fn what_keeps_a_truth_unknown_is_named() {
        for (operator, wanted, has, expected) in [
            ("StringEquals", "${v:Unknown}", "a", "v:Unknown"),
            ("StringEquals", "a", "?", "K"),
            ("NumericNotEquals", "a", "1", open::INVALID_VALUE),
            ("ForAllValues:Bool", "true", "", open::EMPTY_VALUE),
            ("Null", "true", "", open::EMPTY_VALUE),
            ("ArnNotLike", "arn:aws:s3:::*", "b", open::INVALID_VALUE),
            ("Equals", "a", "a", open::OPERATOR),
        ] {
            let (found, keys) = truth(Effect::Deny, operator, &[wanted], &[has]);
            assert_eq!((found, keys), (Unknown, vec![expected.to_owned()]), "{operator}");
        }
        // What an unknown key is compared with decides as well, unless it is known.
        let (_, keys) = truth(Effect::Deny, "StringEquals", &["${v:Unknown}", "${v:One}"], &["?"]);
        assert_eq!(keys, ["K", "v:Unknown"]);
    }
}
