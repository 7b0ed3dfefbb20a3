//! What a check says about a document: the finding, its type and its places.

use std::fmt::Display;

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

/// A fix has at most so many edits. What needs more is no policy that AWS takes: the largest has 32,768 characters.
const MOST_EDITS: usize = 10_000;

/// A finding names at most so many places, and says how many more there are.
///
/// Nobody looks at more, and each takes as much of an answer as half a finding. AWS's own checks name 17 places at most
/// in one finding of its 1,594 managed policies, and Postern's 164 (counted 2026-11); a list that repeats one short entry
/// through a text of 100 KB has 30,000. A few findings with more places would leave no room for the errors beside them.
pub const MOST_PLACES: usize = 250;

/// What the names, numbers and brackets of a finding, a place and an edit take on the wire.
const SIZE_OF_FINDING: usize = 250;
const SIZE_OF_PLACE: usize = 240;
const SIZE_OF_EDIT: usize = 40;

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
    /// Where; the first is the one to go to. Never empty, and at most [`MOST_PLACES`].
    pub places: Vec<Place>,
    /// How many places there are beyond those.
    pub more_places: usize,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// Whether it is listed. Of one that is only counted nothing is kept but its places: there can be a million, and each
    /// may name a text that takes half of the document.
    pub is_listed: bool,
}

impl Finding {
    /// What is wrong at a place.
    pub fn new(
        code: &'static str,
        finding_type: FindingType,
        place: Place,
        details: String,
    ) -> Self {
        Finding {
            code,
            finding_type,
            details,
            help: None,
            places: vec![place],
            more_places: 0,
            fixes: Vec::new(),
            is_listed: true,
        }
    }

    /// The same finding at another place, and only counted.
    pub fn count_at(&mut self, place: Place) -> &mut Self {
        self.is_listed = false;
        self.places.clear();
        self.places.push(place);
        self.more_places = 0;
        self
    }

    /// Adds a place, which is only counted where there are [`MOST_PLACES`].
    pub fn and_at(&mut self, place: Place) -> &mut Self {
        if self.places.len() < MOST_PLACES {
            self.places.push(place);
        } else {
            self.more_places += 1;
        }
        self
    }

    /// Says how many places are not listed; for whoever has the finding when all its places are known.
    pub fn tell_more_places(&mut self) {
        match self.more_places {
            0 => {}
            1 => self.details.push_str(" 1 more place is not listed here."),
            more => self.details.push_str(&format!(" {more} more places are not listed here.")),
        }
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Display) -> &mut Self {
        self.say_help(&help)
    }

    /// The same, compiled once for all types of texts.
    fn say_help(&mut self, help: &dyn Display) -> &mut Self {
        if self.is_listed {
            self.help = Some(help.to_string());
        }
        self
    }

    /// Offers a way to mend it, unless it has more than [`MOST_EDITS`] edits.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        if self.is_listed && fix.edits.len() <= MOST_EDITS {
            self.fixes.push(fix);
        }
        self
    }

    /// About how many bytes it takes on the wire, without the paths of its places.
    pub fn size(&self) -> usize {
        let texts = self.details.len() + self.help.as_ref().map_or(0, String::len);
        let of_fix = |fix: &Fix| {
            fix.title.len()
                + fix.edits.iter().map(|edit| SIZE_OF_EDIT + edit.text.len()).sum::<usize>()
        };
        SIZE_OF_FINDING
            + texts
            + SIZE_OF_PLACE * self.places.len()
            + self.fixes.iter().map(of_fix).sum::<usize>()
    }
}
