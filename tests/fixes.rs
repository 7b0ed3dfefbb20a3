//! The laws of fixes, over every document of the rule pages, of the conformance cases and of the goldens.

pub mod corpus;
mod decisions;
pub mod law;
mod smallest;
mod units;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use corpus::{documents, documents_of_every_kind, misspelt};
use law::Checked;
use postern::aws::matches_glob;
use postern::edit::apply;

/// Every document that is JSON, checked once for all laws.
fn checked() -> &'static [Checked] {
    static CHECKED: OnceLock<Vec<Checked>> = OnceLock::new();
    CHECKED.get_or_init(|| {
        let of_resource_type = documents().into_iter().filter(|(_, o)| o.resource_type.is_some());
        let all = of_resource_type.chain(documents_of_every_kind()).chain(misspelt());
        all.filter_map(Checked::of).collect()
    })
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
    let (mut problems, mut most) = (BTreeSet::new(), 0);
    for checked in checked() {
        for only_safe in [true, false] {
            match checked.rounds(only_safe) {
                Ok(rounds) => most = most.max(rounds),
                Err(problem) => {
                    problems.insert(problem);
                }
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
