//! JSON and URL-encoded text inside strings, with the way back to where it is written.

use std::borrow::Cow;

use crate::json::Text;
use crate::text::Span;

/// Said of a URL-encoded text that cannot be read.
pub(super) const BAD_PERCENT: &str =
    "This looks like URL-encoded text, but its escapes are damaged. Give it as the AWS CLI prints it, in whole.";

/// A text, decoded or as it is written, that knows where each byte stands in what was pasted.
#[derive(Clone, Debug)]
pub(super) struct Decoded<'t> {
    text: Cow<'t, str>,
    /// The byte of the pasted text at which it begins, when nothing was decoded.
    base: usize,
    /// For each byte where it stands, and the end; empty when nothing was decoded.
    from: Cow<'t, [usize]>,
    /// How many bytes at the front are not looked at any more.
    skipped: usize,
}

/// Whether the text is JSON with its brackets written as `%7B` and the like.
pub(super) fn is_percent_encoded(text: &str) -> bool {
    text.get(..3).is_some_and(|start| {
        ["%7b", "%5b", "%0a", "%20"].contains(&start.to_ascii_lowercase().as_str())
    })
}

impl<'t> Decoded<'t> {
    /// A text that begins at this byte of what was pasted.
    pub(super) fn plain(text: &'t str, base: usize) -> Self {
        Decoded { text: Cow::Borrowed(text), base, from: Cow::Borrowed(&[]), skipped: 0 }
    }

    /// A text of which it is known where each byte, and its end, stands.
    pub(super) fn owned(text: Cow<'t, str>, from: Vec<usize>) -> Self {
        Decoded { text, base: 0, from: Cow::Owned(from), skipped: 0 }
    }

    /// Whether it stands in what was pasted as it is.
    pub(super) fn is_verbatim(&self) -> bool {
        self.from.is_empty()
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        self.text.get(self.skipped..).unwrap_or_default()
    }

    /// The same without so many more bytes at its front.
    pub(super) fn after(&self, bytes: usize) -> Decoded<'_> {
        Decoded {
            text: Cow::Borrowed(&self.text),
            base: self.base,
            from: Cow::Borrowed(&self.from),
            skipped: self.skipped + bytes,
        }
    }

    /// A part of it.
    pub(super) fn part(&self, span: Span) -> Decoded<'_> {
        let text = self.text().get(span.start..span.end).unwrap_or_default();
        if self.from.is_empty() {
            return Decoded::plain(text, self.at(span.start));
        }
        let from = (span.start..=span.end).map(|byte| self.at(byte)).collect();
        Decoded::owned(Cow::Borrowed(text), from)
    }

    /// Where a span of the text stands in what was pasted.
    pub(super) fn source(&self, span: Span) -> Span {
        Span::new(self.at(span.start), self.at(span.end))
    }

    pub(super) fn at(&self, byte: usize) -> usize {
        let byte = byte + self.skipped;
        match self.from.last() {
            None => self.base + byte,
            Some(end) => self.from.get(byte).copied().unwrap_or(*end),
        }
    }

    /// What a string of this text holds: JSON as it is, or URL-encoded. `None` when its encoding is damaged.
    pub(super) fn string<'s>(&'s self, string: &'s Text) -> Option<Decoded<'s>> {
        let inside = Span::new(string.span.start + 1, string.span.end.max(1) - 1);
        let plain = match &string.text {
            Cow::Borrowed(text) if self.from.is_empty() => {
                Decoded::plain(text, self.at(inside.start))
            }
            text => {
                let written = self.text().get(inside.start..inside.end)?;
                let mut from: Vec<_> =
                    starts(written).into_iter().map(|byte| self.at(inside.start + byte)).collect();
                // A map that does not fit the string would point anywhere.
                if from.len() != text.len() {
                    return None;
                }
                from.push(self.at(inside.end));
                Decoded { text: Cow::Borrowed(text), base: 0, from: Cow::Owned(from), skipped: 0 }
            }
        };
        if is_percent_encoded(plain.text()) {
            return plain.percent_decoded();
        }
        Some(plain)
    }

    /// The text without its URL encoding. `None` when an escape is no two digits or the bytes are no UTF-8.
    pub(super) fn percent_decoded<'s>(&self) -> Option<Decoded<'s>> {
        let text = self.text();
        let (mut bytes, mut from) =
            (Vec::with_capacity(text.len()), Vec::with_capacity(text.len() + 1));
        let mut rest = text.bytes().enumerate();
        while let Some((at, byte)) = rest.next() {
            from.push(self.at(at));
            if byte == b'%' {
                let digit = |next: Option<(usize, u8)>| char::from(next?.1).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                bytes.push(u8::try_from(high * 16 + low).ok()?);
            } else {
                bytes.push(byte);
            }
        }
        from.push(self.at(text.len()));
        let text = Cow::Owned(String::from_utf8(bytes).ok()?);
        Some(Decoded { text, base: 0, from: Cow::Owned(from), skipped: 0 })
    }
}

/// For each byte of the string that the inside of a JSON string means, the byte at which it is written.
pub(super) fn starts(written: &str) -> Vec<usize> {
    let mut starts = Vec::with_capacity(written.len());
    let mut rest = written.char_indices().peekable();
    let unit =
        |at: usize| written.get(at + 2..at + 6).and_then(|hex| u32::from_str_radix(hex, 16).ok());
    while let Some((at, c)) = rest.next() {
        let mut length = c.len_utf8();
        if c == '\\' {
            length = 1;
            if let Some((_, 'u')) = rest.next() {
                let code = unit(at).unwrap_or(0);
                let is_pair = (0xD800..0xDC00).contains(&code);
                length = if is_pair { 4 } else { char::from_u32(code).map_or(1, char::len_utf8) };
                let digits = if is_pair { 10 } else { 4 };
                for _ in 0..digits {
                    rest.next();
                }
            }
        }
        starts.resize(starts.len() + length, at);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::Decoded;
    use crate::json::parse;
    use crate::text::Span;

    #[test]
    fn strings_lead_back_through_both_encodings() {
        let text = r#"{"a": "\u007b\"é\uD83D\uDE00\n\": 1}", "b": "%7B%22k%22%3A%c3%A9x%7D", "c": "plain"}"#;
        let root = parse(text).root.unwrap();
        let all = Decoded::plain(text, 0);
        for (member, (needle, written)) in root.as_object().unwrap().iter().zip([
            ("\u{1F600}\n\"", r#"\uD83D\uDE00\n\""#),
            ("éx", "%c3%A9x"),
            ("lain", "lain"),
        ]) {
            let inner = all.string(member.value.as_text().unwrap()).unwrap();
            let at = inner.text().find(needle).unwrap();
            let span = inner.source(Span::new(at, at + needle.len()));
            assert_eq!(text.get(span.start..span.end), Some(written));
        }
    }

    #[test]
    fn damaged_encodings_are_refused() {
        for text in ["%7B%2", "%7B%zz", "%7B%ff", "%7B%"] {
            assert!(Decoded::plain(text, 0).percent_decoded().is_none(), "{text}");
        }
        assert_eq!(Decoded::plain("%7Ba+b%25", 5).percent_decoded().unwrap().text(), "{a+b%");
    }
}
