//! A text as messages are compared: small letters, one space for any run of white space, straight apostrophes.
//!
//! Terminals and mail wrap messages and consoles set them with curly apostrophes; the words stay.

use crate::text::Span;

/// A folded text that remembers where each of its bytes comes from.
pub(super) struct Folded<'t> {
    source: &'t str,
    folded: String,
    /// The byte of the source for each byte of the folded text, and the end of the source.
    from: Vec<usize>,
}

impl<'t> Folded<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        let mut folded = String::with_capacity(source.len());
        let mut from = Vec::with_capacity(source.len() + 1);
        let mut after_space = false;
        for (at, c) in source.char_indices() {
            let c = match c {
                c if c.is_whitespace() => ' ',
                '\u{2019}' => '\'',
                c => c.to_ascii_lowercase(),
            };
            if c == ' ' && after_space {
                continue;
            }
            after_space = c == ' ';
            folded.push(c);
            from.resize(folded.len(), at);
        }
        from.push(source.len());
        Folded { source, folded, from }
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.folded
    }

    /// Every place of a text that is folded already, apart from each other, in the folded text.
    pub(super) fn find<'f>(&'f self, needle: &'f str) -> impl Iterator<Item = Span> + 'f {
        self.folded.match_indices(needle).map(|(at, found)| Span::new(at, at + found.len()))
    }

    /// The place in the source of a place in the folded text.
    pub(super) fn source(&self, span: Span) -> Span {
        let at = |byte: usize| self.from.get(byte).copied().unwrap_or(self.source.len());
        // The last byte is what ends a span: after it white space may have been left out.
        let end = at(span.end.max(1) - 1) + self.char_at(span.end.max(1) - 1);
        Span::new(at(span.start), if span.start == span.end { at(span.start) } else { end })
    }

    /// The characters of the source at a place in the folded text.
    pub(super) fn written(&self, span: Span) -> &'t str {
        let span = self.source(span);
        self.source.get(span.start..span.end).unwrap_or_default()
    }

    /// How many bytes the character of the source has that this folded byte comes from.
    fn char_at(&self, byte: usize) -> usize {
        let rest = self.from.get(byte).and_then(|at| self.source.get(*at..));
        rest.and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn places_lead_back_to_the_source() {
        let text = "x \r\n  Is\u{2019}nt\u{a0}\tÉ here";
        let folded = Folded::new(text);
        assert_eq!(folded.text(), "x is'nt É here");
        let span = folded.find("is'nt É").next().unwrap();
        assert_eq!(folded.written(span), "Is\u{2019}nt\u{a0}\tÉ");
        let space = folded.find(" ").next().unwrap();
        assert_eq!(folded.written(space), " ");
        assert_eq!(folded.find("nothing").count(), 0);
        assert_eq!(Folded::new("").find("a").count(), 0);
    }
}
