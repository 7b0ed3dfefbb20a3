//! The order in which reasons are told.

use super::ReasonKind;

impl ReasonKind {
    /// What fails comes first.
    pub(in crate::diagnose) fn gravity(self) -> u8 {
        match self {
            ReasonKind::Denies => 7,
            ReasonKind::TooBroad => 6,
            ReasonKind::Closed => 5,
            ReasonKind::Nearest => 4,
            ReasonKind::ValueNeeded => 3,
            ReasonKind::Depends => 2,
            ReasonKind::NotCounted => 1,
            ReasonKind::Allows | ReasonKind::More => 0,
        }
    }
}
