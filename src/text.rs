//! Byte spans, and the one conversion of byte offsets into positions that people and JavaScript use.

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

/// Converts byte offsets into positions in logarithmic time, and constant time for ASCII.
///
/// A line ends with a line feed, a carriage return, or the two together.
#[derive(Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// The start of each line: bytes, and UTF-16 code units.
    lines: Vec<(usize, usize)>,
}

impl<'t> LineIndex<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![(0, 0)];
        let mut units = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            units += utf16_units(byte);
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                lines.push((at + 1, units));
            }
        }
        LineIndex { text, lines }
    }

    /// The position of a byte offset; one past the end is the end.
    pub fn position(&self, byte: usize) -> Position {
        let line = self.lines.partition_point(|(start, _)| *start <= byte);
        let (start, units) = self
            .lines
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or((0, 0));
        let end = byte.min(self.text.len());
        let rest = self.text.as_bytes().get(start..end).unwrap_or_default();
        let column = rest.iter().map(|byte| utf16_units(*byte)).sum();
        Position {
            line: line.max(1),
            column,
            offset: units + column,
        }
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
            assert_eq!(
                index.position(at),
                Position {
                    line,
                    column,
                    offset
                },
                "{c}"
            );
        }
        assert_eq!(
            index.position(text.len()).offset,
            text.encode_utf16().count()
        );
        assert_eq!(index.position(999).offset, text.encode_utf16().count());
    }

    #[test]
    fn an_empty_text_has_one_line() {
        let start = Position {
            line: 1,
            column: 0,
            offset: 0,
        };
        assert_eq!(LineIndex::new("").position(0), start);
    }
}
