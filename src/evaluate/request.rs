//! The request: who asks for which action on which resource, and what is known of its condition keys.

use std::borrow::Cow;

use crate::aws::ignoring_case;
use crate::sort::sort_by;

/// A request to AWS. Its texts may be lent: of many requests most are alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request<'r> {
    /// The ARN of a user, a role, a session or an account's root, the name of a service, or `anonymous`.
    pub principal: Cow<'r, str>,
    /// Such as `ssm:StartSession`.
    pub action: Cow<'r, str>,
    /// An ARN, or `*` for an action without resource types.
    pub resource: Cow<'r, str>,
    /// The account of the resource; `None` for that in its ARN or, where there is none, that of the principal.
    pub resource_account: Option<Cow<'r, str>>,
    /// The condition keys that the request has, of one in two spellings the first; any other that is not in `unknown`
    /// has what follows from the request itself, is unknown where every request has it, or is absent. So is one that has no
    /// value here.
    pub context: Vec<(Cow<'r, str>, ContextValue<'r>)>,
    /// Condition keys of which nobody knows whether the request has them, nor their values.
    pub unknown: Vec<Cow<'r, str>>,
}

/// So many keys are looked at one by one, which takes less time than to sort them.
pub(super) const FEW: usize = 8;

impl Request<'_> {
    /// A key of the context that stands in it before, perhaps in another case.
    pub fn repeated_key(&self) -> Option<&str> {
        let mut keys: Vec<&str> = self.context.iter().map(|(key, _)| key.as_ref()).collect();
        if keys.len() > FEW {
            sort_by(&mut keys, &|a, b| ignoring_case(a.as_bytes(), b.as_bytes()));
            let mut pairs = keys.iter().zip(keys.iter().skip(1));
            return pairs.find(|(a, b)| a.eq_ignore_ascii_case(b)).map(|(_, key)| *key);
        }
        let is_repeated = |(at, key): &(usize, &&str)| {
            keys.iter().take(*at).any(|before| before.eq_ignore_ascii_case(key))
        };
        keys.iter().enumerate().find(is_repeated).map(|(_, key)| *key)
    }
}

/// What a request has for a condition key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContextValue<'r> {
    /// A single value.
    One(Cow<'r, str>),
    /// The values of a key that may have several; none is as if the key were absent.
    Many(Vec<Cow<'r, str>>),
}

impl ContextValue<'_> {
    /// Its values, of which it may have none.
    pub fn values(&self) -> &[Cow<'_, str>] {
        match self {
            ContextValue::One(value) => std::slice::from_ref(value),
            ContextValue::Many(values) => values,
        }
    }
}
