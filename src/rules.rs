//! The checks: one file each, or one for a family with a common predicate, in folders by subject.
//!
//! A rule reads a [`Context`] and writes to a [`Report`]. It does not see what other rules found; it is silent about
//! a mistake that is another rule's business, unless AWS is known to report both.

mod context;
mod grammar;

use crate::finding::{Finding, FindingType};
use crate::json::Place;

pub use context::{Context, PolicyKind};

/// Every rule, sorted by code.
pub static RULES: &[&Rule] = &[&grammar::json_syntax_error::RULE];

/// A check: what it is called, where it applies, and how it decides.
#[derive(Debug)]
pub struct Rule {
    /// The code, such as `INVALID_ACTION`; AWS's own where the check is AWS's.
    pub code: &'static str,
    /// How grave its findings are.
    pub finding_type: FindingType,
    /// The kinds of policy that it looks at.
    pub policy_kinds: &'static [PolicyKind],
    /// A name for people.
    pub title: &'static str,
    /// Why it matters, in one or two sentences.
    pub why: &'static str,
    /// A small document that it finds something in.
    pub example: &'static str,
    /// Where it is documented.
    pub source: Source,
    /// How sure the trigger is.
    pub evidence: Evidence,
    /// Looks for it.
    pub check: fn(&Context, &mut Report),
}

/// Where a check is documented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In the IAM user guide's reference of policy checks, read 2026-11; the anchor follows from type and title.
    PolicyChecks,
    /// On another page of AWS's documentation.
    Page(&'static str),
}

/// How sure we are that a check decides as AWS does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// AWS says so.
    Documented,
    /// AWS was seen to answer so.
    Observed,
    /// It follows from what is documented.
    Derived,
}

impl Rule {
    /// The page to read more on.
    pub fn learn_more(&self) -> String {
        const REFERENCE: &str =
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html";
        match self.source {
            Source::Page(page) => page.to_owned(),
            Source::PolicyChecks => {
                let kind = match self.finding_type {
                    FindingType::Error => "error",
                    FindingType::SecurityWarning => "security-warning",
                    FindingType::Warning => "general-warning",
                    FindingType::Suggestion => "suggestion",
                };
                let title = self.title.to_ascii_lowercase().replace(' ', "-");
                format!("{REFERENCE}#access-analyzer-reference-policy-checks-{kind}-{title}")
            }
        }
    }
}

/// Takes what one rule finds, and gives it the rule's code and type.
pub struct Report<'r> {
    rule: &'static Rule,
    found: &'r mut Vec<Finding>,
}

impl Report<'_> {
    /// Reports something at a place; the details are whole sentences.
    pub fn at(&mut self, place: Place, details: impl Into<String>) -> &mut Finding {
        self.found.push_mut(Finding {
            code: self.rule.code,
            finding_type: self.rule.finding_type,
            details: details.into(),
            help: None,
            places: vec![place],
            fixes: Vec::new(),
        })
    }
}

/// Runs one rule if it applies to the kind of policy.
pub fn run(rule: &'static Rule, context: &Context, found: &mut Vec<Finding>) {
    if rule.policy_kinds.contains(&context.kind) {
        (rule.check)(context, &mut Report { rule, found });
    }
}
