//! Strong Kleene logic, and the keys that keep a truth from being known.

use super::key_table::KeyId;
use super::view::View;

/// A truth value; AND is the lesser of two, OR the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    False,
    Unknown,
    True,
}

/// Keys that are not known, and [open questions](open); one may stand in it several times.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    pub ids: Vec<KeyId>,
    pub questions: Vec<&'static str>,
}

/// How many keys and questions there are, to come back to.
#[derive(Clone, Copy)]
pub(super) struct Mark(usize, usize);

impl Keys {
    pub fn new() -> Self {
        Keys::default()
    }

    pub fn insert(&mut self, key: KeyId) {
        // The same key comes many times in a row, where many values of one condition insert it.
        if self.ids.last() != Some(&key) {
            self.ids.push(key);
        }
    }

    pub fn ask(&mut self, question: &'static str) {
        if self.questions.last() != Some(&question) {
            self.questions.push(question);
        }
    }

    pub fn mark(&self) -> Mark {
        Mark(self.ids.len(), self.questions.len())
    }

    /// Without those that came after the mark.
    pub fn forget(&mut self, mark: Mark) {
        self.ids.truncate(mark.0);
        self.questions.truncate(mark.1);
    }

    /// Each as the request spells it.
    pub fn names<'s, 'r>(&'s self, view: &'s View<'r>) -> impl Iterator<Item = &'r str> + 's {
        let ids = self.ids.iter().map(|id| view.get(*id).1);
        ids.chain(self.questions.iter().copied())
    }
}

/// What keeps a truth from being known when no key of the request does; each begins with `?`.
pub(crate) mod open {
    /// IAM refuses the statement; what it would do to a Deny is not known.
    pub const MALFORMED: &str = "?malformed-statement";
    /// An operator that IAM does not know, in a Deny.
    pub const OPERATOR: &str = "?unknown-operator";
    /// A negated operator on a value that is none of its kind.
    pub const INVALID_VALUE: &str = "?invalid-value";
    /// `ForAllValues` or `Null` on an empty string alone, which the guide once called no value.
    pub const EMPTY_VALUE: &str = "?empty-value";
    /// A `NotResource` of an Allow has a variable without a value.
    pub const VARIABLE: &str = "?variable-without-value";
    /// `NotPrincipal` lists a principal without its account, its role or its session.
    pub const NOT_PRINCIPAL: &str = "?not-principal";
    /// A policy names one session of the role, and the request is that of the role.
    pub const SESSION_NAME: &str = "?session-name";
}

impl Truth {
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    pub fn not(self) -> Self {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }

    pub fn is_true(self) -> bool {
        self == Truth::True
    }

    pub fn is_false(self) -> bool {
        self == Truth::False
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value {
            Truth::True
        } else {
            Truth::False
        }
    }
}
