//! Condition operators: `ForAnyValue:StringLikeIfExists` and its kin.
//!
//! Source: the IAM JSON policy reference, "Condition operators", read 2026-11. Names ignore case.

/// An operator of a condition, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConditionOperator {
    /// How the values of a request are put together, if it says so.
    pub qualifier: Option<Qualifier>,
    /// The comparison.
    pub base: BaseOperator,
    /// Whether a key that is absent from the request counts as a match.
    pub if_exists: bool,
}

/// How several values of a request are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Qualifier {
    /// Every value of the request must match; none at all do.
    ForAllValues,
    /// One value of the request must match.
    ForAnyValue,
}

/// What an operator compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Texts.
    String,
    /// Decimal numbers.
    Numeric,
    /// Points in time.
    Date,
    /// `true` and `false`.
    Bool,
    /// Bytes in base64.
    Binary,
    /// Addresses and ranges of them.
    IpAddress,
    /// ARNs, field by field.
    Arn,
    /// Whether the key is there.
    Null,
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are IAM's own")]
pub enum BaseOperator {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateEquals,
    DateNotEquals,
    DateLessThan,
    DateLessThanEquals,
    DateGreaterThan,
    DateGreaterThanEquals,
    Bool,
    BinaryEquals,
    IpAddress,
    NotIpAddress,
    ArnEquals,
    ArnLike,
    ArnNotEquals,
    ArnNotLike,
    Null,
}

impl ConditionOperator {
    /// No name has more bytes than this, which is four times what the longest has. A longer one is no slip of a
    /// keyboard, and would stand in everything that is said of the keys under it.
    pub const MOST_BYTES: usize = 200;

    /// Takes an operator's name apart; `None` for one that IAM does not know.
    pub fn parse(text: &str) -> Option<Self> {
        let (qualifier, rest) = Qualifier::split(text);
        if let Some(base) = BaseOperator::from_name(rest) {
            return Some(ConditionOperator { qualifier, base, if_exists: false });
        }
        // NullIfExists is no operator: Null asks for the absence itself.
        let base = BaseOperator::from_name(without_if_exists(rest)?)?;
        (base != BaseOperator::Null).then_some(ConditionOperator {
            qualifier,
            base,
            if_exists: true,
        })
    }
}

impl Qualifier {
    /// The qualifier in front of an operator, and what follows it.
    pub fn split(text: &str) -> (Option<Self>, &str) {
        match text.split_once(':') {
            Some((first, rest)) if first.eq_ignore_ascii_case("ForAllValues") => {
                (Some(Self::ForAllValues), rest)
            }
            Some((first, rest)) if first.eq_ignore_ascii_case("ForAnyValue") => {
                (Some(Self::ForAnyValue), rest)
            }
            _ => (None, text),
        }
    }
}

/// The operator without `IfExists` at its end; `None` when it has none.
pub fn without_if_exists(text: &str) -> Option<&str> {
    const SUFFIX: &str = "IfExists";
    let at = text.len().checked_sub(SUFFIX.len())?;
    let (base, suffix) = (text.get(..at)?, text.get(at..)?);
    suffix.eq_ignore_ascii_case(SUFFIX).then_some(base)
}

impl BaseOperator {
    /// Every operator with its name, in the order of the reference.
    pub const ALL: [(&'static str, BaseOperator); 27] = [
        ("StringEquals", BaseOperator::StringEquals),
        ("StringNotEquals", BaseOperator::StringNotEquals),
        ("StringEqualsIgnoreCase", BaseOperator::StringEqualsIgnoreCase),
        ("StringNotEqualsIgnoreCase", BaseOperator::StringNotEqualsIgnoreCase),
        ("StringLike", BaseOperator::StringLike),
        ("StringNotLike", BaseOperator::StringNotLike),
        ("NumericEquals", BaseOperator::NumericEquals),
        ("NumericNotEquals", BaseOperator::NumericNotEquals),
        ("NumericLessThan", BaseOperator::NumericLessThan),
        ("NumericLessThanEquals", BaseOperator::NumericLessThanEquals),
        ("NumericGreaterThan", BaseOperator::NumericGreaterThan),
        ("NumericGreaterThanEquals", BaseOperator::NumericGreaterThanEquals),
        ("DateEquals", BaseOperator::DateEquals),
        ("DateNotEquals", BaseOperator::DateNotEquals),
        ("DateLessThan", BaseOperator::DateLessThan),
        ("DateLessThanEquals", BaseOperator::DateLessThanEquals),
        ("DateGreaterThan", BaseOperator::DateGreaterThan),
        ("DateGreaterThanEquals", BaseOperator::DateGreaterThanEquals),
        ("Bool", BaseOperator::Bool),
        ("BinaryEquals", BaseOperator::BinaryEquals),
        ("IpAddress", BaseOperator::IpAddress),
        ("NotIpAddress", BaseOperator::NotIpAddress),
        ("ArnEquals", BaseOperator::ArnEquals),
        ("ArnLike", BaseOperator::ArnLike),
        ("ArnNotEquals", BaseOperator::ArnNotEquals),
        ("ArnNotLike", BaseOperator::ArnNotLike),
        ("Null", BaseOperator::Null),
    ];

    fn from_name(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, base)| base)
    }

    /// The name in AWS's spelling.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(_, base)| *base == self).map_or("", |(name, _)| name)
    }

    /// What it compares.
    pub fn family(self) -> Family {
        use BaseOperator::*;
        match self {
            StringEquals
            | StringNotEquals
            | StringEqualsIgnoreCase
            | StringNotEqualsIgnoreCase
            | StringLike
            | StringNotLike => Family::String,
            NumericEquals
            | NumericNotEquals
            | NumericLessThan
            | NumericLessThanEquals
            | NumericGreaterThan
            | NumericGreaterThanEquals => Family::Numeric,
            DateEquals
            | DateNotEquals
            | DateLessThan
            | DateLessThanEquals
            | DateGreaterThan
            | DateGreaterThanEquals => Family::Date,
            Bool => Family::Bool,
            BinaryEquals => Family::Binary,
            IpAddress | NotIpAddress => Family::IpAddress,
            ArnEquals | ArnLike | ArnNotEquals | ArnNotLike => Family::Arn,
            Null => Family::Null,
        }
    }

    /// Whether it matches when the comparison fails.
    pub fn is_negated(self) -> bool {
        use BaseOperator::*;
        matches!(
            self,
            StringNotEquals
                | StringNotEqualsIgnoreCase
                | StringNotLike
                | NumericNotEquals
                | DateNotEquals
                | NotIpAddress
                | ArnNotEquals
                | ArnNotLike
        )
    }

    /// Whether `*` and `?` in a value are wildcards.
    pub fn takes_wildcards(self) -> bool {
        use BaseOperator::*;
        matches!(self, StringLike | StringNotLike) || self.family() == Family::Arn
    }
}

#[cfg(test)]
mod tests {
    use super::{BaseOperator, ConditionOperator, Qualifier};

    #[test]
    fn operators_are_taken_apart_whatever_their_case() {
        use BaseOperator::*;
        let all = Some(Qualifier::ForAllValues);
        let cases = [
            ("StringEquals", Some((None, StringEquals, false))),
            ("stringlikeifexists", Some((None, StringLike, true))),
            ("ForAllValues:StringLike", Some((all, StringLike, false))),
            ("FORANYVALUE:BOOLIFEXISTS", Some((Some(Qualifier::ForAnyValue), Bool, true))),
            ("ForAllValues:Null", Some((all, Null, false))),
            ("NullIfExists", None),
            ("ForAllValues:NullIfExists", None),
            ("IfExists", None),
            ("StringEquals ", None),
            ("ForSomeValues:StringLike", None),
            ("", None),
            ("Stringéquals", None),
        ];
        for (text, expected) in cases {
            let found = ConditionOperator::parse(text).map(|o| (o.qualifier, o.base, o.if_exists));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn every_operator_has_one_name() {
        for (name, base) in BaseOperator::ALL {
            assert_eq!(base.name(), name);
        }
    }
}
