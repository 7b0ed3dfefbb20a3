//! All pairs of options of all builders: what is built is sound, allows what was chosen, and an option that restricts
//! never lets more through than there is without it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::contract::builders::{build, Built};
use crate::session::asking::Table;
use crate::session::chosen::Chosen;
use crate::session::narrowing::{requests, Law};
use crate::session::pairs::{bases, calls, is_one_place, restrictions, with, Choice};
use crate::session::sound::problems;
use crate::session_evaluation::refused;

/// Takes one of so many, or with `ALL_PAIRS=1` every one, which takes minutes.
pub fn share(usual: usize) -> usize {
    if std::env::var_os("ALL_PAIRS").is_some() {
        1
    } else {
        usual
    }
}

/// Problems with how often each was seen, and the first options that have it.
#[derive(Default)]
struct Seen(BTreeMap<String, (usize, String)>);

impl Seen {
    fn add(&mut self, call: &str, what: &str, options: &Json) {
        let seen = self.0.entry(format!("{call}: {what}")).or_insert((0, options.to_string()));
        seen.0 += 1;
    }

    fn assert_none(&self) {
        let line = |(what, (times, options)): (&String, &(usize, String))| {
            format!("{what}\n    {times} times, first {options}")
        };
        let all: Vec<_> = self.0.iter().map(line).collect();
        assert!(all.is_empty(), "{} problems\n{}", all.len(), all.join("\n"));
    }
}

/// Each base with no choice, with one and with two.
pub fn pairs(call: &str, choices: &[Choice]) -> Vec<Json> {
    let mut all = Vec::new();
    for base in bases(call) {
        all.push(base.clone());
        for (i, one) in choices.iter().enumerate() {
            let first = with(&base, one);
            for other in choices.iter().take(i).filter(|other| !is_one_place(one, other)) {
                all.push(with(&first, other));
            }
            all.push(first);
        }
    }
    all
}

#[test]
fn every_pair_of_options_is_sound_and_allows_what_was_chosen() {
    let table = Table::new();
    let mut seen = Seen::default();
    let mut built = 0;
    for (call, choices) in calls() {
        for options in
            pairs(call, &choices).into_iter().step_by(if choices.len() > 30 { share(9) } else { 1 })
        {
            for what in problems(call, &options) {
                seen.add(call, &what, &options);
            }
            let Ok(Built::Policy(policy)) = build(call, &options) else { continue };
            built += 1;
            if matches!(call, "node" | "operator") && options["region"] == "us-east-2" {
                if let Some(what) = refused(&table, &Chosen::new(call, &options), &policy.json) {
                    let what = what.split(" Request ").next().unwrap();
                    seen.add(call, what, &options);
                }
            }
        }
    }
    seen.assert_none();
    assert!(built > 50, "only {built} policies");
}

#[test]
fn no_restriction_lets_more_through_beside_any_other_option() {
    let table = Table::new();
    let mut seen = Seen::default();
    let (mut compared, mut narrowed) = (0, BTreeSet::new());
    for (call, choices) in calls() {
        if !matches!(call, "node" | "operator") {
            continue;
        }
        let mut law = Law::new(call, requests(call, &table));
        let restrictions = restrictions(call);
        for base in bases(call) {
            let others = choices.iter().map(|choice| with(&base, choice));
            for (options, other) in others.zip(&choices).step_by(share(25)) {
                for restriction in &restrictions {
                    let at = restriction.choice.at;
                    if is_one_place(&restriction.choice, other) {
                        continue;
                    }
                    let Some(held) = law.hold(&options, restriction) else { continue };
                    compared += 1;
                    if held.takes_away {
                        narrowed.insert((call, at));
                    }
                    for what in held.problems {
                        seen.add(call, &what, &with(&options, &restriction.choice));
                    }
                }
            }
        }
    }
    seen.assert_none();
    assert!(compared > 20 && !narrowed.is_empty(), "{compared} compared, {narrowed:?} narrowed");
}
