//! What a check says about a document: the finding, its type and its places.

use crate::edit::Fix;
use crate::json::Place;

/// How grave a finding is, by IAM Access Analyzer's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingType {
    /// IAM refuses the policy, or a part of it does nothing.
    Error,
    /// It allows more than one would think.
    SecurityWarning,
    /// It may not do what was meant.
    Warning,
    /// It can be said better.
    Suggestion,
}

impl FindingType {
    /// Every type, the gravest first.
    pub const ALL: [FindingType; 4] = [
        FindingType::Error,
        FindingType::SecurityWarning,
        FindingType::Warning,
        FindingType::Suggestion,
    ];

    /// The name that AWS's API uses.
    pub fn name(self) -> &'static str {
        match self {
            FindingType::Error => "ERROR",
            FindingType::SecurityWarning => "SECURITY_WARNING",
            FindingType::Warning => "WARNING",
            FindingType::Suggestion => "SUGGESTION",
        }
    }
}

/// One thing that a check has to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The check's code, such as `INVALID_ACTION`.
    pub code: &'static str,
    /// How grave it is.
    pub finding_type: FindingType,
    /// What is wrong: whole sentences.
    pub details: String,
    /// What to do, where there is something to say beyond that.
    pub help: Option<String>,
    /// Where; the first is the one to go to. Never empty.
    pub places: Vec<Place>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// Adds a place.
    pub fn and_at(&mut self, place: Place) -> &mut Self {
        self.places.push(place);
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Offers a way to mend it.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        self.fixes.push(fix);
        self
    }
}
