//! The values of a condition as its operator reads them, and how a value of a request is compared with them.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::super::arn_pattern::{is_arn, matches_arn, matches_plain_arn};
use super::super::key_table::KeyTable;
use super::super::pattern::{Expanded, Pattern};
use super::super::truth::{Keys, Truth};
use super::super::view::View;
use crate::aws::{
    decode_base64, matches_around, matches_glob_chars, BaseOperator, Decimal, Family, GlobChar,
    IpRange, Moment,
};
use crate::sort::sort;

/// At most so many characters has the path of a role. Source: the IAM API reference, "Role", read 2026-11.
const LONGEST_PATH: usize = 512;

/// How a value of a request stands to all values of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::evaluate) enum Fit {
    /// None of them is met.
    No,
    /// None is, and one of them or the value itself is none of the operator's kind.
    Invalid,
    /// It hangs on a variable whose value is not known.
    Unknown,
    /// One of them is met.
    Yes,
}

/// The values of a condition.
#[derive(Debug, Default)]
pub(in crate::evaluate) struct Operands<'p> {
    /// Texts that stand for themselves, sorted: of thousands, one is found at once.
    pub literals: Vec<Cow<'p, str>>,
    /// The others.
    pub others: Vec<Operand<'p>>,
}

/// A value of a condition.
#[derive(Debug)]
pub(in crate::evaluate) enum Operand<'p> {
    Text(Pattern<'p>),
    Arn(Pattern<'p>),
    /// The pattern of an ARN without variables.
    PlainArn(&'p str),
    Number(Decimal<'p>),
    Moment(Moment<'p>),
    Range(IpRange),
    Bytes(Vec<u8>),
    Bool(bool),
    /// None of the operator's kind.
    Invalid,
}

impl Operand<'_> {
    /// The characters of a text or a pattern whose variables are known; of one that is too long for a text of so many
    /// bytes, only as many as show that.
    pub fn chars(&self, longest: usize, view: &View) -> Option<Vec<GlobChar>> {
        match self {
            Operand::Text(pattern) | Operand::Arn(pattern) => {
                match pattern.expand(longest, view, &mut Keys::new()) {
                    Expanded::Chars(chars) => Some(chars),
                    Expanded::NoValue | Expanded::Unknown => None,
                }
            }
            Operand::PlainArn(pattern) => Some(pattern.chars().map(GlobChar::of).collect()),
            _ => None,
        }
    }
}

impl<'p> Operands<'p> {
    pub fn new(
        base: BaseOperator,
        values: &'p [String],
        has_variables: bool,
        keys: &mut KeyTable<'p>,
    ) -> Self {
        let mut operands = Operands::default();
        let ignores_case = ignores_case(base);
        for value in values {
            let other = match base.family() {
                Family::String => {
                    match Pattern::new(value, base.takes_wildcards(), has_variables, keys) {
                        Pattern::Exact(text) if ignores_case => {
                            operands.literals.push(fold_case(&text).into());
                            continue;
                        }
                        Pattern::Exact(text) => {
                            operands.literals.push(text);
                            continue;
                        }
                        pattern => Some(Operand::Text(pattern)),
                    }
                }
                Family::Arn => Some(match Pattern::new(value, true, has_variables, keys) {
                    Pattern::Template(pieces) => Operand::Arn(Pattern::Template(pieces)),
                    _ => Operand::PlainArn(value),
                }),
                Family::Numeric => Decimal::parse_with_exponent(value).map(Operand::Number),
                Family::Date => Moment::parse(value).map(Operand::Moment),
                Family::IpAddress => IpRange::parse(value).map(Operand::Range),
                Family::Binary => decode_base64(value).map(Operand::Bytes),
                Family::Bool => to_bool(value).map(Operand::Bool),
                Family::Null => continue,
            };
            operands.others.push(other.unwrap_or(Operand::Invalid));
        }
        sort(&mut operands.literals);
        operands
    }

    /// How the value stands to them.
    pub fn fit(&self, base: BaseOperator, value: &str, view: &View, keys: &mut Keys) -> Fit {
        match base.family() {
            Family::String => self.text(base, value, view, keys),
            Family::Arn if !is_arn(value) => self.any(|_| Fit::Invalid),
            Family::Arn => self.any(|operand| match operand {
                Operand::PlainArn(pattern) => fit(matches_plain_arn(pattern, value)),
                Operand::Arn(pattern) => match pattern.expand(value.len(), view, keys) {
                    Expanded::Chars(chars) => fit(matches_arn(&chars, value, matches_glob_chars)),
                    Expanded::NoValue => Fit::No,
                    Expanded::Unknown => Fit::Unknown,
                },
                _ => Fit::Invalid,
            }),
            Family::Numeric => {
                self.ordered(base, Decimal::parse_with_exponent(value), |operand| match operand {
                    Operand::Number(number) => Some(*number),
                    _ => None,
                })
            }
            Family::Date => self.ordered(base, Moment::parse(value), |operand| match operand {
                Operand::Moment(moment) => Some(*moment),
                _ => None,
            }),
            Family::IpAddress => {
                let value = IpRange::parse(value);
                self.any(|operand| match (operand, value) {
                    (Operand::Range(range), Some(value)) => fit(range.contains(value)),
                    _ => Fit::Invalid,
                })
            }
            Family::Binary => {
                let value = decode_base64(value);
                self.any(|operand| match (operand, &value) {
                    (Operand::Bytes(bytes), Some(value)) => fit(bytes == value),
                    _ => Fit::Invalid,
                })
            }
            Family::Bool => {
                let value = to_bool(value);
                self.any(|operand| match (operand, value) {
                    (Operand::Bool(operand), Some(value)) => fit(*operand == value),
                    _ => Fit::Invalid,
                })
            }
            Family::Null => Fit::No,
        }
    }

    /// Whether one of them speaks of a path, and is met by this ARN of a role with some path.
    ///
    /// An ARN without a path has one slash: what has more speaks of a path. `role/App*` does not, though a role whose
    /// path begins so would meet it.
    pub fn fit_some_path(&self, base: BaseOperator, arn: &str, view: &View) -> bool {
        if !matches!(base.family(), Family::String | Family::Arn) {
            return false;
        }
        let folded = ignores_case(base).then(|| fold_case(arn));
        let arn = folded.as_deref().unwrap_or(arn);
        let longest = arn.len() + LONGEST_PATH;
        let fits = |chars: &[GlobChar]| {
            let slashes = chars.iter().filter(|c| **c == GlobChar::Literal('/')).count();
            let length = chars.iter().filter(|c| **c != GlobChar::Run).count();
            slashes > 1
                && length <= longest
                && match base.family() {
                    Family::Arn => matches_arn(chars, arn, matches_with_path),
                    _ => matches_with_path(chars, arn),
                }
        };
        let has_path = |text: &str| text.matches('/').nth(1).is_some();
        let literals = self.literals.iter().filter(|literal| has_path(literal));
        let mut literals = literals.map(|text| text.chars().map(GlobChar::Literal).collect());
        let others = self.others.iter().filter(|operand| match operand {
            Operand::PlainArn(pattern) => has_path(pattern),
            _ => true,
        });
        let mut others = others.filter_map(|operand| operand.chars(longest, view));
        literals.any(|chars: Vec<_>| fits(&chars)) || others.any(|chars| fits(&chars))
    }

    fn text(&self, base: BaseOperator, value: &str, view: &View, keys: &mut Keys) -> Fit {
        let folds = ignores_case(base);
        let value: Cow<str> = if folds { fold_case(value).into() } else { value.into() };
        if self.literals.binary_search_by(|literal| literal.as_ref().cmp(&value)).is_ok() {
            return Fit::Yes;
        }
        self.any(|operand| match operand {
            // In another case a text takes a third of the bytes at the least.
            Operand::Text(pattern) if folds => match pattern.expand(3 * value.len(), view, keys) {
                Expanded::Chars(chars) => {
                    let text: String = chars.into_iter().map(literal).collect();
                    fit(fold_case(&text) == value)
                }
                Expanded::NoValue => Fit::No,
                Expanded::Unknown => Fit::Unknown,
            },
            Operand::Text(pattern) => match pattern.matches(&value, view, keys) {
                Truth::True => Fit::Yes,
                Truth::False => Fit::No,
                Truth::Unknown => Fit::Unknown,
            },
            _ => Fit::Invalid,
        })
    }

    fn ordered<T: Ord>(
        &self,
        base: BaseOperator,
        value: Option<T>,
        read: impl Fn(&Operand<'p>) -> Option<T>,
    ) -> Fit {
        self.any(|operand| match (&value, read(operand)) {
            (Some(value), Some(operand)) => fit(holds(base, value.cmp(&operand))),
            _ => Fit::Invalid,
        })
    }

    /// The best of all.
    fn any(&self, mut one: impl FnMut(&Operand<'p>) -> Fit) -> Fit {
        let mut best = Fit::No;
        for operand in &self.others {
            best = best.max(one(operand));
            if best == Fit::Yes {
                break;
            }
        }
        best
    }
}

/// Whether the pattern matches the ARN of a role with some path, or the end of it from the type on.
fn matches_with_path(pattern: &[GlobChar], arn: &str) -> bool {
    let slash = arn.find('/').unwrap_or(arn.len());
    let (before, name) = arn.split_at(slash);
    matches_around(pattern, &[before, "/"].concat(), name)
}

fn fit(is_met: bool) -> Fit {
    if is_met {
        Fit::Yes
    } else {
        Fit::No
    }
}

/// Whether the comparison below a negation is met.
fn holds(base: BaseOperator, order: Ordering) -> bool {
    use BaseOperator::*;
    match base {
        NumericLessThan | DateLessThan => order.is_lt(),
        NumericLessThanEquals | DateLessThanEquals => order.is_le(),
        NumericGreaterThan | DateGreaterThan => order.is_gt(),
        NumericGreaterThanEquals | DateGreaterThanEquals => order.is_ge(),
        _ => order.is_eq(),
    }
}

fn ignores_case(base: BaseOperator) -> bool {
    matches!(base, BaseOperator::StringEqualsIgnoreCase | BaseOperator::StringNotEqualsIgnoreCase)
}

fn to_bool(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn literal(c: GlobChar) -> char {
    match c {
        GlobChar::Literal(c) => c,
        GlobChar::One => '?',
        GlobChar::Run => '*',
    }
}

/// The text in lower case, one character for each: where Unicode maps one to several, the first is its simple form.
fn fold_case(text: &str) -> String {
    text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect()
}
