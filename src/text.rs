//! Byte spans, and the one conversion of byte offsets into positions that people and JavaScript use.

mod repeated;
mod unseen;
pub mod words;

pub use repeated::repeated;
pub use unseen::{is_unseen, shown};

/// A half-open range of bytes in the source text, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, but not with, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// Whether the other span lies in this one; one that is as large does.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A place in the text, as the API of IAM Access Analyzer gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Lines from 1.
    pub line: usize,
    /// UTF-16 code units from the start of the line, from 0.
    pub column: usize,
    /// UTF-16 code units from the start of the text, from 0.
    pub offset: usize,
}

/// Converts byte offsets into positions, and back, in logarithmic time.
///
/// A line ends with a line feed, a carriage return, or the two together.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// The first byte of each line.
    lines: Vec<usize>,
    /// How many UTF-16 code units stand before each byte whose number is a multiple of [`STEP`].
    units: Vec<usize>,
}

/// Bytes between two counts: few enough to count anew, many enough to take little room.
const STEP: usize = 256;

impl<'t> LineIndex<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let (mut lines, mut units, mut count) = (vec![0], Vec::new(), 0);
        for part in bytes.chunks(STEP) {
            units.push(count);
            count += units_in(part);
        }
        let mut at = 0;
        loop {
            at = words::find(bytes, at, |word| words::below(word, b'\r' + 1));
            let Some(&byte) = bytes.get(at) else { break };
            at += 1;
            if byte == b'\n' || (byte == b'\r' && bytes.get(at) != Some(&b'\n')) {
                lines.push(at);
            }
        }
        LineIndex { text, lines, units }
    }

    /// The position of a byte offset; one past the end is the end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let offset = self.offset(byte);
        Position { line: line.max(1), column: offset - self.offset(start), offset }
    }

    /// The UTF-16 code units before a byte.
    fn offset(&self, byte: usize) -> usize {
        let step = (byte / STEP).min(self.units.len().saturating_sub(1));
        let before = self.units.get(step).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(step * STEP..byte).unwrap_or_default();
        before + units_in(rest)
    }

    /// The byte at an offset in UTF-16 code units; `None` beyond the end and inside a character.
    pub fn byte(&self, offset: usize) -> Option<usize> {
        let step = self.units.partition_point(|units| *units <= offset).saturating_sub(1);
        let mut units = self.units.get(step).copied().unwrap_or(0);
        let mut byte = step * STEP;
        while units < offset || !self.text.is_char_boundary(byte) {
            units += utf16_units(*self.text.as_bytes().get(byte)?);
            byte += 1;
        }
        (units == offset).then_some(byte)
    }
}

/// How many UTF-16 code units begin in a part of a text.
fn units_in(part: &[u8]) -> usize {
    match part.is_ascii() {
        true => part.len(),
        false => part.iter().map(|byte| utf16_units(*byte)).sum(),
    }
}

/// How many UTF-16 code units begin with this byte of UTF-8: none in the middle of a character, two for those
/// beyond U+FFFF.
fn utf16_units(byte: u8) -> usize {
    match byte {
        0x80..=0xBF => 0,
        0xF0..=0xFF => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position};

    #[test]
    fn positions_count_utf16_and_every_kind_of_line_end() {
        let text = "a\u{e9}\u{1F600}b\r\nc\rd\ne";
        let index = LineIndex::new(text);
        let cases = [
            ('a', 1, 0, 0),
            ('\u{e9}', 1, 1, 1),
            ('\u{1F600}', 1, 2, 2),
            ('b', 1, 4, 4),
            ('c', 2, 0, 7),
            ('d', 3, 0, 9),
            ('e', 4, 0, 11),
        ];
        for (c, line, column, offset) in cases {
            let at = text.find(c).unwrap();
            assert_eq!(index.position(at), Position { line, column, offset }, "{c}");
            assert_eq!(index.byte(offset), Some(at), "{c}");
        }
        assert_eq!(index.position(999).offset, text.encode_utf16().count());
        assert_eq!(index.byte(3), None, "in the middle of a pair");
        assert_eq!(index.byte(99), None);
    }

    #[test]
    fn long_texts_convert_there_and_back() {
        let text = "a\u{1F600}\u{20ac}b\n".repeat(300);
        let index = LineIndex::new(&text);
        for (at, _) in text.char_indices() {
            let expected = text.get(..at).unwrap().encode_utf16().count();
            assert_eq!(index.position(at).offset, expected);
            assert_eq!(index.byte(expected), Some(at));
        }
        assert_eq!(index.byte(text.encode_utf16().count()), Some(text.len()));
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let start = Position { line: 1, column: 0, offset: 0 };
        assert_eq!(LineIndex::new("").position(0), start);
    }
}
