//! The laws of fixes, over every document of the rule pages, of the conformance cases and of the goldens.

mod corpus;
mod decisions;
mod smallest;
mod units;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use corpus::{documents, documents_of_every_kind, findings, misspelt};
use postern::aws::matches_glob;
use postern::edit::{apply, fitting, Applicability, Edit, Fix};
use postern::finding::{Finding, FindingType};
use postern::json;
use postern::text::Span;
use postern::validate::Options;

/// A document, what is found in it, and each fix with the number of its finding.
struct Checked {
    text: String,
    options: Options<'static>,
    found: Vec<Finding>,
}

impl Checked {
    /// `None` for a text that is not JSON: once it is, it has other findings for the first time; and where findings are
    /// left out, since what stands in their place after a fix is not new.
    fn of((text, options): (String, Options<'static>)) -> Option<Self> {
        let found = findings(&text, options);
        let is_whole = |finding: &Finding| {
            !["JSON_SYNTAX_ERROR", "POSTERN_MORE_FINDINGS"].contains(&finding.code)
        };
        found.iter().all(is_whole).then_some(Checked { text, options, found })
    }

    fn fixes(&self) -> Vec<(usize, &Fix)> {
        let numbered = self.found.iter().enumerate();
        numbered.flat_map(|(i, finding)| finding.fixes.iter().map(move |fix| (i, fix))).collect()
    }

    /// What is wrong when fixes are applied together that fit together.
    fn problem(&self, fixes: &[(usize, &Fix)]) -> Option<String> {
        let edits: Vec<_> = fixes.iter().map(|(_, fix)| fix.edits.as_slice()).collect();
        let fixed = apply(&self.text, &edits);
        let after = findings(&fixed, self.options);
        let names: Vec<_> = fixes
            .iter()
            .map(|(i, fix)| format!("{} {:?}", self.found[*i].code, fix.title))
            .collect();
        let names = names.join(" and ");
        let says = |what: String| Some(format!("{names}: {what}\n{}\n{fixed}\n", self.text));
        if fixed == self.text {
            return says("changes nothing".to_owned());
        }
        let edits = fitting(&self.text, &edits);
        let is_whole = edits.iter().any(|edit| edit.span == Span::new(0, self.text.len()));
        // What is written anew as a whole has its findings in other places.
        let place = |start: usize| if is_whole { 0 } else { start };
        let begins = |finding: &Finding| finding.places[0].span.start;
        let moved = |finding: &Finding| place(moved(begins(finding), &edits));
        let before: BTreeSet<_> = self.found.iter().map(|f| (f.code, moved(f))).collect();
        let is_new = |f: &&Finding| {
            f.finding_type == FindingType::Error && !before.contains(&(f.code, place(begins(f))))
        };
        if let Some(error) = after.iter().find(is_new) {
            return says(format!("brings {}: {}", error.code, error.details));
        }
        let stays = |(i, _): &&(usize, &Fix)| {
            let finding = &self.found[*i];
            let is_it = |f: &Finding| {
                f.code == finding.code
                    && f.details == finding.details
                    && place(begins(f)) == moved(finding)
            };
            after.iter().any(is_it)
        };
        let still = fixes.iter().find(stays)?;
        says(format!("{} is still there", self.found[still.0].code))
    }
}

/// Every document that is JSON, checked once for all laws.
fn checked() -> &'static [Checked] {
    static CHECKED: OnceLock<Vec<Checked>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let of_resource_type = documents().into_iter().filter(|(_, o)| o.resource_type.is_some());
        let all = of_resource_type.chain(documents_of_every_kind()).chain(misspelt());
        all.filter_map(Checked::of).collect()
    })
}

/// Where a byte of the text is after the edits, which are in order and apart.
fn moved(start: usize, edits: &[&Edit]) -> usize {
    let mut new = start;
    for edit in edits {
        let Span { start: from, end: to } = edit.span;
        if to <= start && (from < start || from == to) {
            new = new + edit.text.len() - (to - from);
        } else if from < start {
            // It goes where that begins in which it stands.
            new -= start - from;
        }
    }
    new
}

#[test]
fn a_fix_takes_its_finding_away_and_brings_no_error() {
    let (mut problems, mut fixes) = (BTreeSet::new(), 0);
    for checked in checked() {
        for fix in checked.fixes() {
            fixes += 1;
            let twice = [fix.1.edits.as_slice(), &fix.1.edits];
            if apply(&checked.text, &twice) != apply(&checked.text, &twice[..1]) {
                problems.insert(format!("{:?}: twice is not once\n{}", fix.1.title, checked.text));
            }
            problems.extend(checked.problem(&[fix]));
        }
    }
    report(problems, fixes, 5_000);
}

#[test]
fn fixes_that_fit_together_go_together() {
    let (mut problems, mut pairs) = (BTreeSet::new(), 0);
    for checked in checked() {
        let fixes = checked.fixes();
        for (i, a) in fixes.iter().enumerate() {
            let alone = apply(&checked.text, &[&a.1.edits]);
            for b in &fixes[i + 1..] {
                // Two ways to mend one finding are a choice, and of two that overlap the first wins.
                let together = apply(&checked.text, &[&a.1.edits, &b.1.edits]);
                if a.0 == b.0 || together == alone {
                    continue;
                }
                pairs += 1;
                problems.extend(checked.problem(&[*a, *b]));
            }
        }
    }
    report(problems, pairs, 5_000);
}

#[test]
fn applying_all_fixes_again_and_again_comes_to_an_end() {
    const MOST_ROUNDS: usize = 8;
    let (mut problems, mut most) = (BTreeSet::new(), 0);
    for Checked { text, options, .. } in checked() {
        for only_safe in [true, false] {
            let mut fixed = text.clone();
            for round in 0.. {
                let found = findings(&fixed, *options);
                let wanted = |fix: &&Fix| !only_safe || fix.applicability == Applicability::Safe;
                let fixes = found.iter().filter_map(|f| f.fixes.iter().find(wanted));
                let fixes: Vec<_> = fixes.map(|fix| fix.edits.as_slice()).collect();
                let next = apply(&fixed, &fixes);
                most = most.max(round);
                if next == fixed {
                    break;
                }
                let is_json = |text: &str| json::parse(text).problem.is_none();
                if round == MOST_ROUNDS || is_json(&fixed) && !is_json(&next) {
                    problems.insert(format!("round {round}\n{text}\n{fixed}\n{next}\n"));
                    break;
                }
                fixed = next;
            }
        }
    }
    println!("{most} rounds");
    report(problems, most, 1);
}

#[test]
fn no_fix_widens_a_pattern_without_saying_so() {
    let (mut problems, mut fixes) = (BTreeSet::new(), 0);
    for checked in checked() {
        for (i, fix) in checked.fixes() {
            // With a condition beside it, a wider pattern may allow less.
            if fix.edits.iter().any(|edit| edit.text.contains("\"Condition\"")) {
                continue;
            }
            for edit in &fix.edits {
                let old = json_text(&checked.text[edit.span.start..edit.span.end]);
                let (Some(old), Some(new)) = (old, json_text(&edit.text)) else { continue };
                fixes += 1;
                let says_so = fix.title.contains(&new)
                    || fix.title.contains("every")
                    || fix.title.contains("any");
                if old != new && matches_glob(&new, &old) && !says_so {
                    let code = checked.found[i].code;
                    problems.insert(format!("{code} {:?}: {old} becomes {new}", fix.title));
                }
            }
        }
    }
    report(problems, fixes, 1_000);
}

/// The string that a piece of JSON is.
fn json_text(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}

fn report(problems: BTreeSet<String>, seen: usize, at_least: usize) {
    println!("{seen} seen");
    let problems: Vec<_> = problems.into_iter().collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
    assert!(seen >= at_least, "only {seen} seen");
}
