//! What is so of every fix, and of fixes that are applied together.

use std::collections::BTreeSet;

use postern::edit::{apply, fitting, Applicability, Edit, Fix};
use postern::finding::{Finding, FindingType};
use postern::json;
use postern::text::Span;
use postern::validate::Options;

use super::corpus::findings;

/// Fixes that bring others come to an end in so many rounds.
const MOST_ROUNDS: usize = 8;

/// A document, what is found in it, and each fix with the number of its finding.
pub struct Checked {
    pub text: String,
    pub options: Options<'static>,
    pub found: Vec<Finding>,
}

impl Checked {
    /// `None` for a text that is not JSON: once it is, it has other findings for the first time; and where findings are
    /// left out, since what stands in their place after a fix is not new.
    pub fn of((text, options): (String, Options<'static>)) -> Option<Self> {
        let found = findings(&text, options);
        let is_whole = |finding: &Finding| {
            !["JSON_SYNTAX_ERROR", "POSTERN_MORE_FINDINGS"].contains(&finding.code)
        };
        found.iter().all(is_whole).then_some(Checked { text, options, found })
    }

    pub fn fixes(&self) -> Vec<(usize, &Fix)> {
        let numbered = self.found.iter().enumerate();
        numbered.flat_map(|(i, finding)| finding.fixes.iter().map(move |fix| (i, fix))).collect()
    }

    /// What is wrong when fixes are applied together that fit together.
    pub fn problem(&self, fixes: &[(usize, &Fix)]) -> Option<String> {
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
        let moved_to = |finding: &Finding| place(moved(begins(finding), &edits));
        // A finding with several places keeps those that a fix leaves.
        let places =
            |f: &Finding| f.places.iter().map(|place| place.span.start).collect::<Vec<_>>();
        let before: BTreeSet<_> = self
            .found
            .iter()
            .flat_map(|f| places(f).into_iter().map(|start| (f.code, start)))
            .map(|(code, start)| (code, place(moved(start, &edits))))
            .collect();
        let is_new = |f: &&Finding| {
            let is_known = |start: usize| before.contains(&(f.code, place(start)));
            f.finding_type == FindingType::Error && !places(f).into_iter().any(is_known)
        };
        if let Some(error) = after.iter().find(is_new) {
            return says(format!("brings {}: {}", error.code, error.details));
        }
        let stays = |(i, _): &&(usize, &Fix)| {
            let finding = &self.found[*i];
            // The other fix can make another entry or statement like the one that was kept.
            if fixes.len() > 1 && finding.code.starts_with("REDUNDANT_") {
                return false;
            }
            let is_it = |f: &Finding| {
                f.code == finding.code
                    && f.details == finding.details
                    && place(begins(f)) == moved_to(finding)
            };
            after.iter().any(is_it)
        };
        let still = fixes.iter().find(stays)?;
        says(format!("{} is still there", self.found[still.0].code))
    }

    /// How often all fixes have to be applied until none is left.
    pub fn rounds(&self, only_safe: bool) -> Result<usize, String> {
        let is_json = |text: &str| json::parse(text).problem.is_none();
        let wanted = |fix: &&Fix| !only_safe || fix.applicability == Applicability::Safe;
        let mut fixed = self.text.clone();
        for round in 0.. {
            let found = findings(&fixed, self.options);
            let fixes = found.iter().filter_map(|f| f.fixes.iter().find(wanted));
            let fixes: Vec<_> = fixes.map(|fix| fix.edits.as_slice()).collect();
            let next = apply(&fixed, &fixes);
            if next == fixed {
                return Ok(round);
            }
            if round == MOST_ROUNDS || is_json(&fixed) && !is_json(&next) {
                return Err(format!("round {round}\n{}\n{fixed}\n{next}\n", self.text));
            }
            fixed = next;
        }
        Ok(0)
    }
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
