//! Values that an unknown key may have, one for each way in which the statements can tell values apart.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::condition::{Condition, Fit, Operand};
use super::key_table::KeyId;
use super::request::ContextValue;
use super::requirement::Label;
use super::truth::Keys;
use super::view::{State, View};
use super::Open;
use crate::aws::catalog::ConditionKey;
use crate::aws::{BaseOperator, Decimal, Family, GlobChar, IpRange, Moment};
use crate::sort::sort;

/// A value, or none.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub value: Option<ContextValue<'static>>,
    pub label: Label,
}

/// So many comparisons are made to try the values of all keys together.
pub(super) const MOST_WORK: usize = 1_000_000;
/// All sets of more values than these are not tried.
const MOST_MEMBERS: usize = 4;

impl Candidate {
    fn one(value: impl Into<String>, label: Label) -> Self {
        Candidate { value: Some(ContextValue::One(value.into().into())), label }
    }

    fn named(value: &str) -> Self {
        Self::one(value, Label::Value(value.to_owned()))
    }

    pub fn state(&self) -> State<'_> {
        self.value.as_ref().map_or(State::Absent, State::of)
    }

    fn text(&self) -> &str {
        match &self.value {
            Some(ContextValue::One(text)) => text,
            _ => "",
        }
    }
}

/// The candidates for a key; `None` when the statements read it in a way that no list of values covers.
pub(super) fn candidates(
    (key, id): (&str, KeyId),
    open: &[Open],
    view: &View,
) -> Option<Vec<Candidate>> {
    let statements = || open.iter().map(|open| open.statement);
    let all = || statements().flat_map(|statement| &statement.conditions);
    // Compared with another key, the value of either matters.
    let in_values = all().flat_map(|condition| condition.variable_keys());
    let in_resources = statements()
        .flat_map(|statement| &statement.resources)
        .flat_map(|resources| &resources.patterns)
        .flat_map(|pattern| pattern.variable_keys());
    if in_values.chain(in_resources).any(|variable| variable == id) {
        return None;
    }
    let names_roles = || {
        let mut principals = statements().filter_map(|statement| statement.principals.as_ref());
        principals.any(|principals| principals.role_arns().next().is_some())
    };
    // Not every value is that of the role, and nobody lists its paths.
    let is_pathless = matches!(view.get(id).0, State::Pathless(_));
    if is_pathless || id == KeyId::PRINCIPAL_ARN && names_roles() {
        return None;
    }
    let conditions: Vec<&Condition> =
        all().filter(|condition| condition.id == id && condition.parsed.is_some()).collect();
    if conditions.iter().any(|condition| condition.variable_keys().next().is_some()) {
        return None;
    }
    let values: Vec<&Condition> = conditions
        .iter()
        .copied()
        .filter(|condition| condition.base() != Some(BaseOperator::Null))
        .collect();
    let mut families = values.iter().filter_map(|c| c.base()).map(BaseOperator::family);
    let family = families.next();
    if families.any(|other| Some(other) != family) {
        return None;
    }
    let mut singles = match family {
        None => vec![Candidate::one("~", Label::Other)],
        Some(Family::String | Family::Arn | Family::Binary) => texts(&values, view)?,
        Some(Family::Numeric) => numbers(&values)?,
        Some(Family::Date) => moments(&values)?,
        Some(Family::IpAddress) => addresses(&values)?,
        Some(Family::Bool | Family::Null) => {
            vec![Candidate::named("true"), Candidate::named("false")]
        }
    };
    let has_qualifier = conditions.iter().any(|c| c.parsed.is_some_and(|o| o.qualifier.is_some()));
    if has_qualifier || ConditionKey::find(key).is_some_and(|key| key.is_multivalued) {
        let sets = sets(&singles)?;
        let has_plain = values.iter().any(|c| c.parsed.is_some_and(|o| o.qualifier.is_none()));
        if !has_plain {
            singles.clear();
        }
        singles.extend(sets);
    }
    if view.get(id).0 != State::Present {
        singles.insert(0, Candidate { value: None, label: Label::Absent });
    }
    Some(singles)
}

/// Every set of the values that has a member.
fn sets(singles: &[Candidate]) -> Option<Vec<Candidate>> {
    if singles.len() > MOST_MEMBERS {
        return None;
    }
    let sets = (1..1usize << singles.len()).map(|bits| {
        let members = || singles.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1);
        let words = members().map(|(_, member)| match &member.label {
            Label::Value(value) => value.as_str(),
            _ => "others",
        });
        let words: Vec<&str> = words.collect();
        let label = match words.as_slice() {
            ["others"] => Label::Other,
            words => Label::Value(words.join(" and ")),
        };
        let values = members().map(|(_, member)| member.text().to_owned().into()).collect();
        Candidate { value: Some(ContextValue::Many(values)), label }
    });
    Some(sets.collect())
}

/// Each text that is named, one that fits the patterns and is not named, and one that fits nothing; `None` where one of
/// these may exist and is not found, so that no outcome is taken for impossible.
fn texts(conditions: &[&Condition], view: &View) -> Option<Vec<Candidate>> {
    let ignores_case = |condition: &&&Condition| {
        use BaseOperator::{StringEqualsIgnoreCase, StringNotEqualsIgnoreCase};
        matches!(condition.base(), Some(StringEqualsIgnoreCase | StringNotEqualsIgnoreCase))
    };
    let in_any_case = conditions.iter().filter(ignores_case).count();
    if in_any_case != 0 && in_any_case != conditions.len() {
        return None;
    }
    let (mut named, mut patterns) = (Vec::new(), None);
    for condition in conditions {
        named.extend(condition.operands.literals.iter().map(|literal| literal.to_string()));
        if condition.base().is_some_and(|base| base.family() == Family::Binary) {
            named.extend(condition.values.iter().cloned());
        }
        let others = condition.operands.others.iter();
        let others = others.filter_map(|other| other.chars(usize::MAX, view));
        let (exact, globs): (Vec<_>, Vec<_>) = others.partition(|chars| !has_wildcard(chars));
        named.extend(exact.iter().map(|chars| filled(chars, "")));
        // Two lists of patterns can overlap in ways that one text for each would not show.
        match &patterns {
            _ if globs.is_empty() => {}
            Some(before) if *before != globs => return None,
            _ => patterns = Some(globs),
        }
    }
    sort(&mut named);
    named.dedup();
    let fits = |text: &str| {
        conditions.iter().any(|condition| {
            let base = condition.base().unwrap_or(BaseOperator::Null);
            condition.operands.fit(base, text, view, &mut Keys::new()) == Fit::Yes
        })
    };
    let has_case = |text: &str| text.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    let told = |text: &String| match in_any_case > 0 && has_case(text) {
        true => format!("{text} in any case"),
        false => text.clone(),
    };
    let candidate = |text: &String| Candidate::one(text.clone(), Label::Value(told(text)));
    let mut candidates: Vec<_> = named.iter().map(candidate).collect();
    if let Some(patterns) = &patterns {
        let all = patterns.iter().flat_map(|chars| ["~", "", "~~"].map(|run| filled(chars, run)));
        let fitting = all.into_iter().find(|text| fits(text) && !named.contains(text))?;
        let words: Vec<String> = patterns.iter().map(|chars| written(chars)).collect();
        let label = Label::Value(format!("like {}", words.join(" or ")));
        candidates.push(Candidate::one(fitting, label));
    }
    // The second is base64.
    let strangers = ["~", "fn5+fn5+", "~~~~~~~~~~~~~~~~", "a b c d e f g h", ""];
    match strangers.into_iter().find(|text| !fits(text)) {
        Some(stranger) => candidates.push(Candidate::one(stranger, Label::Other)),
        None if patterns.iter().flatten().any(|chars| fits_everything(chars)) => {}
        None => return None,
    }
    Some(candidates)
}

fn has_wildcard(chars: &[GlobChar]) -> bool {
    chars.iter().any(|c| !matches!(c, GlobChar::Literal(_)))
}

fn fits_everything(chars: &[GlobChar]) -> bool {
    !chars.is_empty() && chars.iter().all(|c| *c == GlobChar::Run)
}

/// A text that the pattern fits, each of its runs this one.
fn filled(chars: &[GlobChar], run: &str) -> String {
    let mut text = String::with_capacity(chars.len());
    for c in chars {
        match c {
            GlobChar::Literal(c) => text.push(*c),
            GlobChar::One => text.push('~'),
            GlobChar::Run => text.push_str(run),
        }
    }
    text
}

/// The pattern as a policy has it.
fn written(chars: &[GlobChar]) -> String {
    let mut text = String::with_capacity(chars.len());
    for c in chars {
        match c {
            GlobChar::Literal(c @ ('*' | '?')) => text.extend(["${", &c.to_string(), "}"]),
            GlobChar::Literal(c) => text.push(*c),
            GlobChar::One => text.push('?'),
            GlobChar::Run => text.push('*'),
        }
    }
    text
}

/// Each number, and one in every gap before, between and after them.
fn numbers(conditions: &[&Condition]) -> Option<Vec<Candidate>> {
    let written = conditions.iter().flat_map(|condition| condition.values);
    let mut bounds: Vec<_> = written
        .filter_map(|text| Some((Decimal::parse_with_exponent(text)?, text.as_str())))
        .collect();
    sort(&mut bounds);
    bounds.dedup_by(|later, first| later.0 == first.0);
    let between = |a: &str, b: &str| {
        let (a, b): (i64, i64) = (a.parse().ok()?, b.parse().ok()?);
        debug_assert!(a < b);
        Some(match a {
            -1 => "-0.5".to_owned(),
            a if a < 0 => format!("{}.5", a + 1),
            a => format!("{a}.5"),
        })
    };
    line(&bounds, "-1e999999999999999998", "1e999999999999999998", between)
}

/// Each moment, and one in every gap before, between and after them.
fn moments(conditions: &[&Condition]) -> Option<Vec<Candidate>> {
    let written = conditions.iter().flat_map(|condition| condition.values);
    let mut bounds: Vec<_> =
        written.filter_map(|text| Some((Moment::parse(text)?, text.as_str()))).collect();
    sort(&mut bounds);
    bounds.dedup_by(|later, first| later.0 == first.0);
    let between = |a: &str, b: &str| {
        let (a, b) = (Moment::parse(a)?.whole_seconds()?, Moment::parse(b)?.whole_seconds()?);
        // Between two seconds that follow each other lies a fraction that no policy writes.
        (a + 1 < b).then(|| format!("{:012}", a + 1))
    };
    line(&bounds, "-999999999999999", "999999999999999", between)
}

/// The bounds and the gaps around them, from the lowest to the highest.
fn line<T>(
    bounds: &[(T, &str)],
    lowest: &str,
    highest: &str,
    between: impl Fn(&str, &str) -> Option<String>,
) -> Option<Vec<Candidate>> {
    let (Some((_, first)), Some((_, last))) = (bounds.first(), bounds.last()) else {
        return Some(vec![Candidate::one("0", Label::Other)]);
    };
    let mut candidates = vec![Candidate::one(lowest, Label::Value(format!("less than {first}")))];
    let mut before = None;
    for (_, bound) in bounds {
        if let Some(before) = before {
            let label = Label::Value(format!("between {before} and {bound}"));
            candidates.push(Candidate::one(between(before, bound)?, label));
        }
        candidates.push(Candidate::named(bound));
        before = Some(*bound);
    }
    candidates.push(Candidate::one(highest, Label::Value(format!("more than {last}"))));
    Some(candidates)
}

/// The first address of each range and the one after its last: in any part that ranges cut out, one of them lies.
fn addresses(conditions: &[&Condition]) -> Option<Vec<Candidate>> {
    let mut addresses: Vec<IpAddr> =
        vec![Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()];
    let written = || conditions.iter().flat_map(|condition| condition.values);
    let ranges: Vec<(IpRange, &String)> =
        written().filter_map(|text| Some((IpRange::parse(text)?, text))).collect();
    for (range, _) in &ranges {
        let (first, after) = range.ends();
        addresses.push(first);
        addresses.extend(after);
    }
    sort(&mut addresses);
    addresses.dedup();
    // Each would be compared with each range, here and again when it is tried.
    if addresses.len().saturating_mul(ranges.len()) > MOST_WORK {
        return None;
    }
    let candidate = |address: IpAddr| {
        let text = address.to_string();
        let Some(own) = IpRange::parse(&text) else {
            return Candidate::one(text, Label::Other);
        };
        let inside = ranges.iter().filter(|(range, _)| range.contains(own));
        let words: Vec<&str> = inside.map(|(_, text)| text.as_str()).collect();
        let label = match words.is_empty() {
            true => Label::Other,
            false => Label::Value(format!("in {}", words.join(" and "))),
        };
        Candidate::one(text, label)
    };
    Some(addresses.into_iter().map(candidate).collect())
}

impl Condition<'_> {
    pub(super) fn base(&self) -> Option<BaseOperator> {
        self.parsed.map(|operator| operator.base)
    }

    /// The keys of the variables in its values.
    pub(super) fn variable_keys(&self) -> impl Iterator<Item = KeyId> + '_ {
        self.operands
            .others
            .iter()
            .flat_map(|operand| match operand {
                Operand::Text(pattern) | Operand::Arn(pattern) => Some(pattern.variable_keys()),
                _ => None,
            })
            .flatten()
    }
}
