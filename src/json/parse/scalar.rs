//! Strings with their escapes, and numbers.

use std::borrow::Cow;

use super::{Parser, Problem, Syntax};
use crate::json::{Text, Value};
use crate::text::{words, Span};

impl<'t> Parser<'t> {
    pub(super) fn number(&mut self) -> Result<Value<'t>, Syntax> {
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let is_part = |b: &u8| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = rest.iter().take_while(|b| is_part(b)).count();
        let number = self.text.get(start..start + length).unwrap_or_default();
        if !is_number(number) {
            let span = Span::new(start, start + length);
            return Err(Syntax { span, problem: Problem::BadNumber });
        }
        self.at += length;
        Ok(Value::Number(number))
    }

    pub(super) fn string(&mut self) -> Result<Text<'t>, Syntax> {
        let start = self.at;
        self.at += 1;
        let mut copied_to = self.at;
        let mut resolved: Option<String> = None;
        loop {
            self.at = words::find(self.bytes, self.at, |word| {
                words::equal(word, b'"') | words::equal(word, b'\\') | words::below(word, b' ' + 1)
            });
            match self.peek() {
                None => {
                    let end = self.bytes.len();
                    let span = Span::new(end, end);
                    return Err(Syntax { span, problem: Problem::UnclosedString });
                }
                Some(b'"') => {
                    let tail = self.text.get(copied_to..self.at).unwrap_or_default();
                    let text = match resolved {
                        None => Cow::Borrowed(tail),
                        Some(text) => Cow::Owned(text + tail),
                    };
                    self.at += 1;
                    return Ok(Text { span: Span::new(start, self.at), text });
                }
                Some(b'\\') => {
                    let resolved = resolved.get_or_insert_default();
                    resolved.push_str(self.text.get(copied_to..self.at).unwrap_or_default());
                    resolved.push(self.escape()?);
                    copied_to = self.at;
                }
                Some(b' ') => {
                    self.at += 1;
                    self.white_space += 1;
                }
                _ => return Err(self.wrong(Problem::ControlCharacter)),
            }
        }
    }

    /// Reads an escape, the backslash included.
    fn escape(&mut self) -> Result<char, Syntax> {
        let start = self.at;
        let wrong = |end: usize, problem| Err(Syntax { span: Span::new(start, end), problem });
        let Some(&letter) = self.bytes.get(start + 1) else {
            let end = self.bytes.len();
            return Err(Syntax { span: Span::new(end, end), problem: Problem::UnclosedString });
        };
        self.at += 2;
        let plain = match letter {
            b'"' | b'\\' | b'/' => char::from(letter),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let Some(first) = self.four_digits() else {
                    return wrong(self.end_of_character(start + 1), Problem::BadEscape);
                };
                let code = match first {
                    0xD800..=0xDBFF => match self.low_surrogate() {
                        Some(second) => 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00),
                        None => return wrong(self.at, Problem::LoneSurrogate),
                    },
                    code => code,
                };
                return match char::from_u32(code) {
                    Some(c) => Ok(c),
                    None => wrong(self.at, Problem::LoneSurrogate),
                };
            }
            _ => {
                self.at = self.end_of_character(start + 1);
                return wrong(self.at, Problem::BadEscape);
            }
        };
        Ok(plain)
    }

    fn low_surrogate(&mut self) -> Option<u32> {
        let before = self.at;
        if self.bytes.get(before..before + 2) == Some(b"\\u") {
            self.at += 2;
            match self.four_digits() {
                Some(code @ 0xDC00..=0xDFFF) => return Some(code),
                _ => self.at = before,
            }
        }
        None
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }
}

/// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}
