//! Reads JSON text with an explicit stack, once, up to the first error.

mod scalar;

use super::{Member, Node, Text, Value, DEPTH};
use crate::text::{repeated, Span};

/// What a text holds.
#[derive(Debug)]
pub struct Parsed<'t> {
    /// The value; of a broken text, what was read of it, its open brackets closed. `None` when nothing was read.
    pub root: Option<Node<'t>>,
    /// The first thing that is wrong, if any is.
    pub problem: Option<Syntax>,
    /// How many bytes of ASCII white space are in what was read, its strings included.
    pub white_space: usize,
}

/// Something that JSON does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    /// Where: the character or word, empty at the end of the text.
    pub span: Span,
    /// What.
    pub problem: Problem,
}

/// The kinds of errors in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing but white space.
    Empty,
    /// A value was expected.
    ExpectedValue,
    /// A key in double quotes was expected.
    ExpectedKey,
    /// A colon was expected.
    ExpectedColon,
    /// A comma or the closing bracket, named here, was expected.
    ExpectedCommaOr(char),
    /// A comma with nothing after it.
    TrailingComma,
    /// The end of the text was expected.
    ExpectedEnd,
    /// The text ends inside a string.
    UnclosedString,
    /// A control character that must be escaped in a string.
    ControlCharacter,
    /// A backslash followed by no escape that JSON knows.
    BadEscape,
    /// Half of a surrogate pair.
    LoneSurrogate,
    /// A number of a form that JSON does not know.
    BadNumber,
    /// The same key a second time in one object.
    DuplicateKey,
    /// A byte order mark.
    ByteOrderMark,
    /// Deeper than [`DEPTH`].
    TooDeep,
}

/// Reads a text.
pub fn parse(text: &str) -> Parsed<'_> {
    let mut parser = Parser {
        text,
        bytes: text.as_bytes(),
        at: 0,
        white_space: 0,
        duplicate: None,
        elements: Vec::new(),
        members: Vec::new(),
    };
    let mut mark = None;
    if text.starts_with('\u{feff}') {
        parser.at = '\u{feff}'.len_utf8();
        mark = Some(Syntax { span: Span::new(0, parser.at), problem: Problem::ByteOrderMark });
    }
    let (root, stop) = parser.document();
    // A mark or a duplicate does not stop the reading; the first in the text counts.
    let problems = [mark, parser.duplicate, stop].into_iter().flatten();
    let problem = problems.min_by_key(|syntax| syntax.span.start);
    Parsed { root, problem, white_space: parser.white_space }
}

/// The keys of so many members are compared each with each, which is quicker than any order.
const FEW: usize = 12;

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    white_space: usize,
    duplicate: Option<Syntax>,
    /// The elements of all arrays that are not closed yet, those of the innermost last. A list of its own for each would
    /// grow in steps and end with room that nothing needs, which is most of the tree where arrays are small.
    elements: Vec<Node<'t>>,
    /// The same of objects.
    members: Vec<Member<'t>>,
}

/// An array or object that is not closed yet: where it begins, and which of the elements or members is its first.
enum Open<'t> {
    Array { start: usize, first: usize },
    Object { start: usize, first: usize, key: Option<Text<'t>> },
}

/// So many that take a list that is as long as they are: what is longer is not copied.
const MANY: usize = 4_096;

/// Those from `first` on, in a list without room for more.
fn taken<T>(all: &mut Vec<T>, first: usize) -> Vec<T> {
    if first > 0 || all.len() < MANY {
        return all.drain(first..).collect();
    }
    let mut all = std::mem::take(all);
    all.shrink_to_fit();
    all
}

impl<'t> Parser<'t> {
    fn document(&mut self) -> (Option<Node<'t>>, Option<Syntax>) {
        let mut stack: Vec<Open<'t>> = Vec::new();
        let result = self.value(&mut stack);
        let (mut done, mut problem) = match result {
            Ok(node) => (Some(node), None),
            Err(problem) => (None, Some(problem)),
        };
        // After an error, what is still open is closed where the reading stopped.
        while let Some(open) = stack.pop() {
            let node = self.close(open, done.take());
            done = Some(node);
        }
        if problem.is_none() {
            self.skip_white_space();
            if self.at < self.bytes.len() {
                problem = Some(self.wrong(Problem::ExpectedEnd));
            }
        }
        (done, problem)
    }

    /// Reads one value with all that is in it.
    fn value(&mut self, stack: &mut Vec<Open<'t>>) -> Result<Node<'t>, Syntax> {
        self.skip_white_space();
        if self.at == self.bytes.len() {
            return Err(self.wrong(Problem::Empty));
        }
        loop {
            // At the start of a value.
            let mut node = match self.peek() {
                Some(bracket @ (b'{' | b'[')) => {
                    if stack.len() == DEPTH {
                        return Err(self.wrong(Problem::TooDeep));
                    }
                    let start = self.at;
                    self.at += 1;
                    self.skip_white_space();
                    let is_array = bracket == b'[';
                    let closing = if is_array { b']' } else { b'}' };
                    let mut open = if is_array {
                        Open::Array { start, first: self.elements.len() }
                    } else {
                        Open::Object { start, first: self.members.len(), key: None }
                    };
                    if self.peek() == Some(closing) {
                        self.at += 1;
                        self.close(open, None)
                    } else {
                        let key = self.key_if_object(&mut open);
                        stack.push(open);
                        key?;
                        continue;
                    }
                }
                _ => self.scalar()?,
            };
            // After a value: close what it ends.
            loop {
                let Some(open) = stack.last_mut() else {
                    return Ok(node);
                };
                let closing = match open {
                    Open::Array { .. } => {
                        self.elements.push(node);
                        b']'
                    }
                    Open::Object { key, .. } => {
                        if let Some(key) = key.take() {
                            self.members.push(Member { key, value: node });
                        }
                        b'}'
                    }
                };
                self.skip_white_space();
                match self.peek() {
                    Some(b',') => {
                        let comma = self.at;
                        self.at += 1;
                        self.skip_white_space();
                        if self.peek() == Some(closing) {
                            let span = Span::new(comma, comma + 1);
                            return Err(Syntax { span, problem: Problem::TrailingComma });
                        }
                        if let Some(open) = stack.last_mut() {
                            self.key_if_object(open)?;
                        }
                        break;
                    }
                    Some(byte) if byte == closing => {
                        self.at += 1;
                        let Some(open) = stack.pop() else {
                            return Err(self.wrong(Problem::ExpectedEnd));
                        };
                        node = self.close(open, None);
                    }
                    _ => return Err(self.wrong(Problem::ExpectedCommaOr(char::from(closing)))),
                }
            }
        }
    }

    /// In an object, reads the next key and its colon, up to the value.
    fn key_if_object(&mut self, open: &mut Open<'t>) -> Result<(), Syntax> {
        let Open::Object { key, .. } = open else {
            return Ok(());
        };
        if self.peek() != Some(b'"') {
            return Err(self.wrong(Problem::ExpectedKey));
        }
        let text = self.string()?;
        self.skip_white_space();
        if self.peek() != Some(b':') {
            return Err(self.wrong(Problem::ExpectedColon));
        }
        self.at += 1;
        self.skip_white_space();
        *key = Some(text);
        Ok(())
    }

    fn close(&mut self, open: Open<'t>, unfinished: Option<Node<'t>>) -> Node<'t> {
        let (start, value) = match open {
            Open::Array { start, first } => {
                self.elements.extend(unfinished);
                (start, Value::Array(taken(&mut self.elements, first)))
            }
            Open::Object { start, first, key } => {
                if let (Some(key), Some(value)) = (key, unfinished) {
                    self.members.push(Member { key, value });
                }
                let members = taken(&mut self.members, first);
                self.find_duplicate(&members);
                (start, Value::Object(members))
            }
        };
        Node { span: Span::new(start, self.at), value }
    }

    fn find_duplicate(&mut self, members: &[Member<'t>]) {
        let second = match members.len() {
            0 | 1 => None,
            2..=FEW => (1..members.len()).find_map(|i| {
                let (before, rest) = members.split_at_checked(i)?;
                let member = rest.first()?;
                before.iter().any(|other| other.key.text == member.key.text).then_some(member)
            }),
            _ => {
                let keys: Vec<&str> = members.iter().map(|member| &*member.key.text).collect();
                repeated(&keys).first().and_then(|at| members.get(*at))
            }
        };
        let Some(span) = second.map(|member| member.key.span) else {
            return;
        };
        if self.duplicate.is_none_or(|first| span.start < first.span.start) {
            self.duplicate = Some(Syntax { span, problem: Problem::DuplicateKey });
        }
    }

    fn scalar(&mut self) -> Result<Node<'t>, Syntax> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => {
                let words = [
                    ("true", Value::Bool(true)),
                    ("false", Value::Bool(false)),
                    ("null", Value::Null),
                ];
                let word = self.word();
                let known = words.into_iter().find(|(name, _)| *name == word);
                let Some((name, value)) = known else {
                    return Err(self.wrong(Problem::ExpectedValue));
                };
                self.at += name.len();
                value
            }
        };
        Ok(Node { span: Span::new(start, self.at), value })
    }

    /// The letters and digits from here on.
    fn word(&self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_white_space(&mut self) {
        let mut at = self.at;
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(at) {
            at += 1;
        }
        self.white_space += at - self.at;
        self.at = at;
    }

    /// An error at the word or character from here on.
    fn wrong(&self, problem: Problem) -> Syntax {
        let word = self.word().len();
        let end = if word > 0 { self.at + word } else { self.end_of_character(self.at) };
        Syntax { span: Span::new(self.at, end), problem }
    }

    fn end_of_character(&self, at: usize) -> usize {
        let next = self.text.get(at..).and_then(|rest| rest.chars().next());
        at.min(self.bytes.len()) + next.map_or(0, char::len_utf8)
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, Problem};
    use crate::json::{Node, Value, DEPTH};

    /// The tree in serde_json's form.
    fn plain(node: &Node) -> serde_json::Value {
        match &node.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(b) => (*b).into(),
            Value::Number(n) => serde_json::from_str(n).unwrap(),
            Value::String(s) => s.text.as_ref().into(),
            Value::Array(a) => a.iter().map(plain).collect(),
            Value::Object(o) => {
                o.iter().map(|m| (m.key.text.clone().into_owned(), plain(&m.value))).collect()
            }
        }
    }

    #[test]
    fn what_was_read_of_a_broken_text_ends_behind_a_character() {
        for text in
            ["{\"a\": \"\\\u{e9}\"}", "[\"\\\u{1f600}", "\"\\u\u{e9}\"", "[\"\\u00\u{1f600}0\"]"]
        {
            let parsed = parse(text);
            assert!(parsed.problem.is_some(), "{text}");
            let ends = parsed.problem.map(|syntax| syntax.span.end);
            let ends = ends.into_iter().chain(parsed.root.map(|root| root.span.end));
            for end in ends {
                assert!(text.is_char_boundary(end), "{text} at {end}");
            }
        }
    }

    #[test]
    fn good_texts_mean_what_serde_json_says() {
        let deep = "[".repeat(DEPTH - 1) + &"]".repeat(DEPTH - 1);
        for text in [
            "0",
            "-0",
            "1.5e+10",
            "0.1E-2",
            " \"\" ",
            "null",
            "true",
            "[ ]",
            "{ }",
            "[[],{}]",
            r#"{"a": [1, {"b": null}], "c": "\u00e9\ud83d\ude00\n\/\"\\"}"#,
            r#"{"\u0041": "\u0000", "B": "é"}"#,
            &deep,
        ] {
            let parsed = parse(text);
            assert_eq!(parsed.problem, None, "{text}");
            let expected: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(plain(&parsed.root.unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn the_first_error_is_named_with_its_place() {
        use Problem::*;
        let cases = [
            ("", Empty, ""),
            (" \n", Empty, ""),
            ("{", ExpectedKey, ""),
            ("{,", ExpectedKey, ","),
            ("{a: 1}", ExpectedKey, "a"),
            ("{\"a\" 1}", ExpectedColon, "1"),
            ("{\"a\": }", ExpectedValue, "}"),
            ("{\"a\": 1 \"b\": 2}", ExpectedCommaOr('}'), "\""),
            ("{\"a\": 1,}", TrailingComma, ","),
            ("[1,]", TrailingComma, ","),
            ("[1 2]", ExpectedCommaOr(']'), "2"),
            ("[1}", ExpectedCommaOr(']'), "}"),
            ("[1", ExpectedCommaOr(']'), ""),
            ("{} {}", ExpectedEnd, "{"),
            ("\"abc", UnclosedString, ""),
            ("\"abc\\", UnclosedString, ""),
            ("\"a\tb\"", ControlCharacter, "\t"),
            ("\"\\x\"", BadEscape, "\\x"),
            ("\"\\u12g4\"", BadEscape, "\\u"),
            ("\"\\ud83d!\"", LoneSurrogate, "\\ud83d"),
            ("\"\\ud83d\\u0041\"", LoneSurrogate, "\\ud83d"),
            ("\"\\ude00\"", LoneSurrogate, "\\ude00"),
            ("01", BadNumber, "01"),
            ("-", BadNumber, "-"),
            ("1.", BadNumber, "1."),
            (".5", ExpectedValue, "."),
            ("NaN", ExpectedValue, "NaN"),
            ("nulls", ExpectedValue, "nulls"),
            ("\u{a0}{}", ExpectedValue, "\u{a0}"),
            ("{\"a\": 1, \"\\u0061\": 2}", DuplicateKey, "\"\\u0061\""),
            ("\u{feff}{}", ByteOrderMark, "\u{feff}"),
            ("// x\n{}", ExpectedValue, "/"),
        ];
        for (text, problem, at) in cases {
            let syntax = parse(text).problem.unwrap_or_else(|| panic!("{text} has no error"));
            assert_eq!(syntax.problem, problem, "{text}");
            assert_eq!(text.get(syntax.span.start..syntax.span.end), Some(at), "{text}");
        }
    }

    #[test]
    fn white_space_is_counted_in_strings_and_around_them() {
        for (text, count) in
            [("[]", 0), (" [ \n\t1 ,\r\n2]\n", 8), (r#"{"a b": "c  d\n\u0020"}"#, 4)]
        {
            assert_eq!(parse(text).white_space, count, "{text}");
        }
    }

    #[test]
    fn depth_is_limited_whatever_stands_in_it() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let text = open.repeat(1_000_000);
            assert_eq!(parse(&text).problem.map(|s| s.problem), Some(Problem::TooDeep));
            let good = open.repeat(DEPTH) + "1" + &close.repeat(DEPTH);
            assert_eq!(parse(&good).problem, None);
            let deeper = open.repeat(DEPTH + 1) + "1" + &close.repeat(DEPTH + 1);
            assert_eq!(parse(&deeper).problem.map(|s| s.problem), Some(Problem::TooDeep));
        }
    }

    #[test]
    fn broken_text_keeps_what_was_read() {
        for (text, kept) in [
            ("{\"a\": [1, {\"b\": \"c\"", r#"{"a":[1,{"b":"c"}]}"#),
            ("{\"a\": 1, \"b\"", r#"{"a":1}"#),
            ("[1, 2 3]", "[1,2]"),
            ("[1,]", "[1]"),
        ] {
            let parsed = parse(text);
            assert!(parsed.problem.is_some(), "{text}");
            let root = parsed.root.unwrap();
            assert_eq!(plain(&root).to_string(), kept, "{text}");
            assert!(root.span.end <= text.len());
        }
        assert_eq!(parse("?").root, None);
    }

    #[cfg(not(target_arch = "wasm32"))]
    proptest::proptest! {
        #[test]
        fn every_text_is_read_as_serde_json_reads_it(text in r#"[\[\]{}:,"a-c0-3\\ un.e+-]{0,24}"#) {
            let parsed = parse(&text);
            match serde_json::from_str::<serde_json::Value>(&text) {
                // It also refuses numbers that it cannot hold.
                Err(error) if error.to_string().contains("out of range") => {}
                Err(_) => assert!(parsed.problem.is_some(), "{text}"),
                Ok(value) => match parsed.problem.map(|s| s.problem) {
                    // serde_json takes the last of two.
                    Some(problem) => assert_eq!(problem, Problem::DuplicateKey),
                    None => assert_eq!(plain(&parsed.root.unwrap()), value),
                },
            }
        }
    }
}
