//! What a condition key can be, as far as conditions tell it apart: absent, one value, or several.

use std::borrow::Cow;

use super::pattern::Step;
use super::side::{Kind, Test};
use super::task::Certainty;
use super::values::{is_of_kind, values};
use super::walk::Walk;
use super::{Budget, Limit, Seen};
use crate::aws::catalog::ConditionKey;
use crate::aws::Qualifier;
use crate::evaluate::ContextValue;

/// A key and the conditions on it.
pub(super) struct Asked<'k> {
    pub name: &'k str,
    pub tests: &'k [&'k Test<'k>],
    /// How many of them, the first, must hold.
    pub positives: usize,
    /// The patterns of each, with values for variables.
    pub texts: &'k dyn Fn(usize) -> Vec<Cow<'k, [Step]>>,
    /// What a variable has as its value: nothing else will do.
    pub value: Option<&'k Option<String>>,
    /// Whether it has one value, since a variable needs it.
    pub is_needed: bool,
    /// Whether the key can come with the requests.
    pub can_occur: bool,
    pub certainty: Certainty,
}

/// What the key can be, each with the truth of each condition.
pub(super) struct States {
    pub list: Vec<(Option<ContextValue<'static>>, Vec<Option<bool>>)>,
    /// What an empty value does where IAM may take it for none, in each reading that is asked for.
    pub empty: Vec<(ContextValue<'static>, Vec<Option<bool>>)>,
    /// Whether operators of different kinds read it.
    pub is_mixed: bool,
    /// Whether there is a truth that is not known.
    pub has_unknown: bool,
}

/// At most so many kinds of lists are told apart.
const MOST_LISTS: usize = 5_000;
/// A number, a moment or an address is held against so many others in the time of one step.
const VALUES_A_STEP: usize = 4;

/// How many steps it counts for to read a value and to find one beside it.
const READING_A_VALUE: usize = 16;

/// The states that conditions tell apart.
pub(super) fn states(asked: &Asked, budget: &Budget) -> Result<States, Limit> {
    let mut kinds: Vec<Kind> = Vec::new();
    for kind in asked.tests.iter().filter_map(|test| test.kind()) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let is_mixed = kinds.len() > 1;
    let mut states =
        States { list: Vec::new(), empty: Vec::new(), is_mixed, has_unknown: is_mixed };
    let may_be = |value: bool| asked.value.is_none_or(|given| given.is_some() == value);
    if may_be(false) && !asked.is_needed {
        let truths = asked.tests.iter().map(|test| Some(test.without_key()));
        states.list.push((None, truths.collect()));
    }
    if !asked.can_occur || !may_be(true) {
        return Ok(states);
    }
    let singles = singles(asked, &kinds, is_mixed, budget)?;
    states.has_unknown |= singles.iter().any(|(_, truths)| truths.contains(&None));
    for (value, truths) in &singles {
        states.add(asked, ContextValue::One(value.clone().into()), truths);
    }
    let listed = ConditionKey::find(asked.name).map(|key| key.is_multivalued);
    let has_qualifier = asked.tests.iter().any(|test| test.has_qualifier());
    let may_be_list = asked.value.is_none() && !asked.is_needed;
    if may_be_list && listed.unwrap_or(has_qualifier) {
        lists(asked, &singles, &mut states, budget)?;
    }
    Ok(states)
}

impl States {
    /// Adds a value, of whose members all have these truths.
    fn add(&mut self, asked: &Asked, value: ContextValue<'static>, truths: &[Option<bool>]) {
        let (is_empty, is_list) = match &value {
            ContextValue::One(text) => (text.is_empty(), false),
            ContextValue::Many(texts) => (texts.iter().all(|text| text.is_empty()), true),
        };
        // The guide wavers on whether an empty text is a value, for `ForAllValues` and for `Null` apart.
        let mut readings: Vec<Vec<Option<bool>>> = Vec::new();
        for (is_none_to_all, is_none_to_null) in
            [(false, false), (false, true), (true, false), (true, true)]
        {
            let one = asked.tests.iter().zip(truths).map(|(test, truth)| {
                match (test.kind(), test.operator.qualifier) {
                    (None, _) => {
                        let is_absent = is_empty && !is_list && is_none_to_null;
                        Some(test.wants("false") || is_absent && test.wants("true"))
                    }
                    (Some(_), None) if is_list => Some(false),
                    (Some(_), Some(Qualifier::ForAllValues)) if is_empty && is_none_to_all => {
                        Some(true)
                    }
                    (Some(_), _) => *truth,
                }
            });
            let reading = one.collect();
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        match (readings.len(), asked.certainty) {
            (0 | 1, _) => self.list.extend(readings.pop().map(|reading| (Some(value), reading))),
            (_, Certainty::Find) => {}
            // The first takes it for a value.
            (_, Certainty::Prove) => self.empty.push((value, readings.swap_remove(0))),
            (_, Certainty::Doubt) => {
                self.empty.extend(readings.into_iter().map(|reading| (value.clone(), reading)));
            }
        }
    }
}

/// A value, and the truth of each condition for it.
type Single = (String, Vec<Option<bool>>);

/// The single values that conditions tell apart.
fn singles(
    asked: &Asked,
    kinds: &[Kind],
    is_mixed: bool,
    budget: &Budget,
) -> Result<Vec<Single>, Limit> {
    let mut walk = Walk::default();
    for (i, test) in asked.tests.iter().enumerate() {
        let is_positive = i < asked.positives;
        if is_positive && test.bounds_each() && !is_mixed && !test.shifts {
            walk.need(i);
        }
        let texts = (asked.texts)(i);
        let is_loose = !is_positive && test.is_negated();
        texts.iter().for_each(|steps| walk.add(steps, is_loose, i));
    }
    let is_proof = asked.certainty != Certainty::Find;
    let truths = |value: &str, accepted: &[usize]| -> Vec<Option<bool>> {
        let one = |(i, test): (usize, &&Test)| {
            let fits = match (test.kind(), &test.comparison) {
                (Some(_), _) if is_proof && (is_mixed || test.shifts) => return None,
                (_, Some(comparison)) => match comparison.fits(value) {
                    // What a negated operator makes of a wrong value nobody knows.
                    None if test.is_negated() => return None,
                    fits => fits.unwrap_or(false),
                },
                (_, None) => accepted.binary_search(&i).is_ok(),
            };
            Some(fits != test.is_negated())
        };
        asked.tests.iter().enumerate().map(one).collect()
    };
    let mut found = Vec::new();
    if let Some(Some(value)) = asked.value {
        found.push((value.clone(), truths(value, &walk.matching(value))));
        return Ok(found);
    }
    if kinds.is_empty() {
        found.push(("example".to_owned(), truths("example", &[])));
    }
    for kind in kinds {
        if *kind == Kind::Text {
            let letters: Vec<usize> = (0..asked.positives)
                .flat_map(|i| (asked.texts)(i).into_iter().flat_map(|steps| variables(&steps)))
                .collect();
            for (accepted, text) in walk.run(&letters, &|_| true, &|_| false, budget)? {
                let truths = truths(&text, &accepted);
                found.push((text, truths));
            }
        }
        let tests = asked.tests.iter().copied();
        let written: usize = tests.clone().map(|test| test.written.len()).sum();
        // Each is read, sorted, and one is found beside it.
        budget.spend(READING_A_VALUE * written)?;
        for value in values(*kind, tests).ok_or(Limit)? {
            // It is held against each value of each condition.
            budget.spend(asked.tests.len() + written / VALUES_A_STEP)?;
            let truths = truths(&value, &walk.matching(&value));
            found.push((value, truths));
        }
    }
    if asked.tests.iter().any(|test| test.may_pass_over_empty()) {
        // The last, so that another stands for both where they differ in nothing.
        found.retain(|(value, _)| !value.is_empty());
        found.push((String::new(), truths("", &walk.matching(""))));
    }
    // A value of one kind that is none of another is beyond what anybody meant.
    found.retain(|(value, _)| is_proof || kinds.iter().all(|kind| is_of_kind(value, *kind)));
    Ok(found)
}

fn variables(steps: &[Step]) -> Vec<usize> {
    let number = |step: &Step| match step {
        Step::Variable(number) => Some(*number),
        _ => None,
    };
    steps.iter().filter_map(number).collect()
}

/// For each condition whether it holds for all members of a list, and for any.
type Joint = Vec<(Option<bool>, Option<bool>)>;

/// Adds lists of two and more values: one for each way in which conditions can tell lists apart.
fn lists(
    asked: &Asked,
    singles: &[Single],
    states: &mut States,
    budget: &Budget,
) -> Result<(), Limit> {
    let mut members: Vec<(&Vec<Option<bool>>, &str)> = Vec::new();
    for (value, truths) in singles {
        budget.spend(members.len())?;
        if !members.iter().any(|(known, _)| *known == truths) {
            members.push((truths, value));
        }
    }
    let code = |truth: Option<bool>| truth.map_or(0, |truth| 1 + usize::from(truth));
    let (mut seen, mut found) = (Seen::new(), Vec::new());
    let mut last: Vec<(Joint, Vec<&str>)> = members
        .iter()
        .map(|(truths, value)| (truths.iter().map(|t| (*t, *t)).collect(), vec![*value]))
        .collect();
    while !last.is_empty() {
        let mut next = Vec::new();
        for (joint, values) in &last {
            for (truths, value) in &members {
                budget.spend(truths.len())?;
                let with = joint.iter().zip(*truths);
                let with: Joint =
                    with.map(|((all, any), one)| (least(*all, *one), most(*any, *one))).collect();
                let key = with.iter().map(|(all, any)| 3 * code(*all) + code(*any)).collect();
                if seen.insert(key, 0).is_none() {
                    let mut values = values.clone();
                    // Twice the same value is a list, too.
                    values.push(value);
                    found.push((with.clone(), values.clone()));
                    next.push((with, values));
                    if seen.len() > MOST_LISTS {
                        return Err(Limit);
                    }
                }
            }
        }
        last = next;
    }
    // A list of empty values is read in several ways where one of them alone is.
    if asked.tests.iter().any(|test| test.may_pass_over_empty()) {
        found.retain(|(_, values)| values.iter().any(|value| !value.is_empty()));
        if let Some((_, truths)) = singles.iter().find(|(value, _)| value.is_empty()) {
            states.add(asked, ContextValue::Many(vec!["".into(); 2]), truths);
        }
    }
    for (joint, values) in found {
        let truths = asked.tests.iter().zip(&joint).map(|(test, (all, any))| {
            match (test.kind(), test.operator.qualifier) {
                (None, _) => Some(test.wants("false")),
                (_, None) => Some(false),
                (_, Some(Qualifier::ForAllValues)) => *all,
                (_, Some(Qualifier::ForAnyValue)) => *any,
            }
        });
        let value = values.into_iter().map(|value| value.to_owned().into()).collect();
        states.list.push((Some(ContextValue::Many(value)), truths.collect()));
    }
    Ok(())
}

fn least(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn most(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    least(a.map(|a| !a), b.map(|b| !b)).map(|either| !either)
}
