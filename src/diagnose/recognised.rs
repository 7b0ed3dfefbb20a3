//! What one text after the other was recognised as, for people.

use super::paste::Kind;
use super::role::Field;
use crate::text::Span;

/// What one thing in a text was recognised as, or why it does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Where it was pasted.
    pub field: Field,
    /// A stable name for programs.
    pub kind: &'static str,
    /// Whether it counts.
    pub is_used: bool,
    /// Sentences for people.
    pub message: String,
    /// Where it stands, in bytes of the text.
    pub span: Span,
}

/// More things that are recognised are only counted.
const MOST_RECOGNISED: usize = 2_000;

/// The first things that are recognised, and a last one that counts the others.
pub(super) fn bounded(mut recognised: Vec<Recognised>) -> Vec<Recognised> {
    let left_out = recognised.split_off(recognised.len().min(MOST_RECOGNISED));
    if let Some(first) = left_out.first() {
        let used = left_out.iter().filter(|other| other.is_used).count();
        recognised.push(Recognised {
            field: first.field,
            kind: Kind::NotRecognised.name(),
            is_used: false,
            message: format!(
                "There are {} more things, not listed here; {used} of them count.",
                left_out.len()
            ),
            span: first.span,
        });
    }
    recognised
}
