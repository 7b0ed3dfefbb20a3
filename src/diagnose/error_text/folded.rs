//! A text as messages are compared: small letters, straight apostrophes, no white space.
//!
//! Terminals break messages anywhere, also inside a word, and frame them; consoles set curly apostrophes and colours.
//! What stays are the letters. Where words end is asked of the source.

use crate::text::Span;

/// A folded text that remembers where each of its bytes comes from.
pub(super) struct Folded<'t> {
    source: &'t str,
    folded: String,
    /// The byte of the source for each byte of the folded text, and the end of the source.
    from: Vec<usize>,
    /// How many bytes the longest line has, and whether more than one line is as long: a terminal's width.
    width: Option<usize>,
}

/// What stands in the source before a byte of the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    None,
    /// The end of a line and nothing else: words may go on beyond it.
    Break,
    /// White space.
    Space,
}

/// The id of a managed node with what stands around it is no longer.
const LONGEST_NODE: usize = 32;

/// What a terminal draws around a message.
const FRAME: [char; 5] = ['│', '┃', '╷', '╵', '\u{1b}'];

impl<'t> Folded<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        let mut folded = String::with_capacity(source.len());
        let mut from = Vec::with_capacity(source.len() + 1);
        let mut chars = source.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if c == '\u{1b}' {
                // A colour: everything up to its letter.
                while chars.next_if(|(_, c)| !c.is_ascii_alphabetic() && *c != '\n').is_some() {}
                chars.next_if(|(_, c)| c.is_ascii_alphabetic());
                continue;
            }
            // A table with commas between its columns has one in front of each line that goes on.
            let is_comma = c == ',' && is_indented(source, at);
            if c.is_whitespace() || FRAME.contains(&c) || is_comma {
                continue;
            }
            folded.push(if c == '\u{2019}' { '\'' } else { c.to_ascii_lowercase() });
            from.resize(folded.len(), at);
        }
        from.push(source.len());
        let lengths = || source.split('\n').map(str::len);
        let width =
            lengths().max().filter(|width| lengths().filter(|len| len == width).count() > 1);
        Folded { source, folded, from, width }
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.folded
    }

    /// The text that was folded.
    pub(super) fn whole(&self) -> &'t str {
        self.source
    }

    /// Every place of a text in small letters in the folded text. Where it has a space, anything may stand; inside of
    /// its words no more than the end of a line.
    pub(super) fn find(&self, needle: &str) -> Vec<Span> {
        self.find_each(&[needle]).into_iter().map(|(span, _)| span).collect()
    }

    /// The same for several texts, each place with the index of its text; one pass over the folded text.
    pub(super) fn find_each(&self, needles: &[&str]) -> Vec<(Span, usize)> {
        let tight: Vec<String> = needles.iter().map(|needle| needle.replace(' ', "")).collect();
        // By their first byte, each with what stands behind that: most of them differ in the second.
        let mut by_first: Vec<Vec<(&[u8], usize)>> = vec![Vec::new(); 256];
        for (i, needle) in tight.iter().enumerate() {
            let Some((first, rest)) = needle.as_bytes().split_first() else { continue };
            if let Some(list) = by_first.get_mut(usize::from(*first)) {
                list.push((rest, i));
            }
        }
        let bytes = self.folded.as_bytes();
        let mut found = Vec::new();
        for (at, byte) in bytes.iter().enumerate() {
            let behind = bytes.get(at + 1..).unwrap_or_default();
            for (rest, i) in by_first.get(usize::from(*byte)).into_iter().flatten() {
                let differs = rest.first().is_some_and(|next| behind.first() != Some(next));
                if differs || !behind.starts_with(rest) {
                    continue;
                }
                if needles.get(*i).is_some_and(|needle| self.has_words(at, needle)) {
                    found.push((Span::new(at, at + 1 + rest.len()), *i));
                }
            }
        }
        found
    }

    fn has_words(&self, at: usize, needle: &str) -> bool {
        let mut byte = at;
        needle.split(' ').all(|word| {
            let mut inside = byte + 1..byte + word.len();
            byte += word.len();
            inside.all(|byte| self.gap(byte) != Gap::Space)
        })
    }

    /// What stands in the source before this byte.
    pub(super) fn gap(&self, byte: usize) -> Gap {
        let Some(last) = byte.checked_sub(1) else { return Gap::Space };
        let (start, end) = (self.at(last) + self.char_at(last), self.at(byte));
        let between = self.source.get(start..end).unwrap_or_default();
        match between {
            "" => Gap::None,
            "\n" | "\r\n" => Gap::Break,
            // Within a frame every line has its edge and a space.
            framed if framed.starts_with("\n│ ") && framed.len() == "\n│ ".len() => Gap::Break,
            _ => Gap::Space,
        }
    }

    /// Whether the line that ends before this byte is as long as the terminal was wide, in a message that began, at
    /// `start`, on a line before it.
    pub(super) fn is_full_line(&self, start: usize, byte: usize) -> bool {
        let before = self.source.get(..self.at(byte)).unwrap_or_default();
        let lines = before.trim_end_matches(['\n', '│', ' ']);
        let line_start = lines.rfind('\n').map_or(0, |at| at + 1);
        self.width == Some(lines.len() - line_start) && self.at(start) < line_start
    }

    /// The place in the source of a place in the folded text.
    pub(super) fn source(&self, span: Span) -> Span {
        // The last byte is what ends a span: after it white space may have been left out.
        let last = span.end.max(1) - 1;
        let start = self.at(span.start);
        Span::new(
            start,
            if span.start == span.end { start } else { self.at(last) + self.char_at(last) },
        )
    }

    /// The characters of the source at a place in the folded text.
    pub(super) fn written(&self, span: Span) -> String {
        let text = self.folded.get(span.start..span.end).unwrap_or_default();
        let source =
            |(at, _): (usize, char)| self.source.get(self.at(span.start + at)..)?.chars().next();
        text.char_indices().filter_map(source).collect()
    }

    /// The same with a space where the source has white space; a line that ends inside a word has none.
    pub(super) fn spaced(&self, span: Span) -> String {
        let mut text = String::new();
        for (at, c) in self.written(span).char_indices() {
            if at > 0 && self.gap(span.start + at) == Gap::Space {
                text.push(' ');
            }
            text.push(c);
        }
        text
    }

    /// Where a text ends that follows the word which begins here.
    pub(super) fn end_behind_word(&self, start: usize, text: &str) -> Option<usize> {
        const LONGEST_WORD: usize = 200;
        let mut ends = (start + 1..self.folded.len()).take(LONGEST_WORD);
        let end = ends.find(|at| self.gap(*at) != Gap::None)?;
        let tight = text.replace(' ', "");
        let is_here = self.folded.get(end..)?.starts_with(&tight) && self.has_words(end, text);
        is_here.then_some(end + tight.len())
    }

    /// Whether a word of the source begins here: before it stands no letter or digit, except that of an escape (`\n`).
    pub(super) fn begins_word(&self, byte: usize) -> bool {
        let before = self.source.get(..self.at(byte)).unwrap_or_default();
        let mut before = before.chars().rev();
        let is_inside = before.next().is_some_and(char::is_alphanumeric);
        !is_inside || before.next() == Some('\\')
    }

    /// Whether the word before this byte is the id of a node.
    pub(super) fn is_behind_node(&self, byte: usize) -> bool {
        let start = self.at(byte);
        let near = self.source.get(..start).unwrap_or_default().char_indices().rev();
        let first = near.take(LONGEST_NODE).last().map_or(start, |(at, _)| at);
        let before = self.source.get(first..start).unwrap_or_default();
        let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let word = word.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
        word.starts_with("i-") || word.starts_with("mi-")
    }

    fn at(&self, byte: usize) -> usize {
        self.from.get(byte).copied().unwrap_or(self.source.len())
    }

    /// How many bytes the character of the source has that this folded byte comes from.
    fn char_at(&self, byte: usize) -> usize {
        let rest = self.source.get(self.at(byte)..);
        rest.and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }
}

/// Whether a character begins its line and white space follows, as before the cells of a table.
fn is_indented(source: &str, at: usize) -> bool {
    let (before, behind) = (source.get(..at), source.get(at + 1..));
    before.is_some_and(|text| text.ends_with('\n'))
        && behind.is_some_and(|text| text.starts_with("  "))
}

#[cfg(test)]
mod tests {
    use super::{Folded, Gap};

    #[test]
    fn places_lead_back_to_the_source() {
        let text = "x \r\n  Is\u{2019}n\nt\u{a0}\tÉ \u{1b}[0;31mhere";
        let folded = Folded::new(text);
        assert_eq!(folded.text(), "xis'ntÉhere");
        let found = folded.find("is'nt É");
        assert_eq!(folded.source(found[0]).end, text.find('É').unwrap() + 2);
        assert_eq!(folded.written(found[0]), "Is\u{2019}ntÉ");
        let gaps: Vec<_> = [1, 2, 5, 6].map(|byte| folded.gap(byte)).into();
        assert_eq!(gaps, [Gap::Space, Gap::None, Gap::Break, Gap::Space]);
        assert_eq!(folded.find("nothing"), []);
        assert_eq!(Folded::new("").find("a"), []);
    }
}
