//! What the unknown keys must be for a request to be allowed.

use std::fmt;

/// What one key must be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// The key as the request spells it.
    pub key: String,
    /// Values or ranges of values, of which it must be one; empty when others will do, too.
    pub one_of: Vec<String>,
    /// Values or ranges that it must not be.
    pub none_of: Vec<String>,
    /// Whether it must be there; `None` when its absence will do, too.
    pub present: Option<bool>,
}

/// How a value is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Label {
    Absent,
    /// A value or a range.
    Value(String),
    /// Any value that no policy names.
    Other,
}

impl Requirement {
    /// The requirement that these candidates meet, each with whether it does; `None` when all do.
    pub(super) fn new<'a>(
        key: &str,
        candidates: impl Iterator<Item = (&'a Label, bool)> + Clone,
    ) -> Option<Self> {
        if candidates.clone().all(|(_, meets)| meets) {
            return None;
        }
        let meets = |wanted: Label| {
            let mut candidates = candidates.clone();
            candidates.any(|(label, meets)| meets && *label == wanted)
        };
        let values = |wanted: bool| -> Vec<String> {
            let of_value = |(label, meets): (&Label, bool)| match label {
                Label::Value(value) if meets == wanted => Some(value.clone()),
                _ => None,
            };
            let mut values: Vec<String> = candidates.clone().filter_map(of_value).collect();
            values.dedup();
            values
        };
        let (absent, other) = (meets(Label::Absent), meets(Label::Other));
        let one_of = if other { Vec::new() } else { values(true) };
        let present = match (absent, other || !one_of.is_empty()) {
            (true, true) => None,
            (true, false) => Some(false),
            (false, _) => Some(true),
        };
        let none_of = if other { values(false) } else { Vec::new() };
        Some(Requirement { key: key.to_owned(), one_of, none_of, present })
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.key)?;
        match (self.present, self.one_of.is_empty(), self.none_of.is_empty()) {
            (Some(false), _, _) => f.write_str(" is absent"),
            (Some(true), true, true) => f.write_str(" is present"),
            (None, true, true) => f.write_str(" is anything"),
            (Some(true), false, _) => write!(f, " is {}", self.one_of.join(" or ")),
            (None, false, _) => write!(f, " is {} or absent", self.one_of.join(" or ")),
            (Some(true), true, false) => {
                write!(f, " is present and not {}", self.none_of.join(" or "))
            }
            (None, true, false) => write!(f, " is not {}", self.none_of.join(" or ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Label, Requirement};

    #[test]
    fn requirements_are_said_as_simply_as_can_be() {
        let (absent, other) = (Label::Absent, Label::Other);
        let dev = Label::Value("dev".to_owned());
        for (meets, expected) in [
            ([true, true, true], None),
            ([false, true, false], Some("k is dev")),
            ([true, true, false], Some("k is dev or absent")),
            ([true, false, true], Some("k is not dev")),
            ([false, false, true], Some("k is present and not dev")),
            ([false, true, true], Some("k is present")),
            ([true, false, false], Some("k is absent")),
        ] {
            let labels = [&absent, &dev, &other];
            let found = Requirement::new("k", labels.into_iter().zip(meets));
            assert_eq!(found.map(|r| r.to_string()).as_deref(), expected, "{meets:?}");
        }
    }
}
