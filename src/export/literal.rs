//! Lists, objects and texts as Terraform, TypeScript and Python write them, and how their lines are laid out.

use crate::json::Plain;
use crate::text::is_unseen;

/// A language in which data is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The language of Terraform and OpenTofu.
    Hcl,
    /// TypeScript.
    TypeScript,
    /// Python.
    Python,
}

/// A piece of a program on its way to being laid out.
pub enum Code {
    /// Words that stay on their line.
    Words(String),
    /// Entries between brackets, each on a line of its own.
    Inside {
        /// What stands before the entries, such as `jsonencode({`.
        open: String,
        /// The entries.
        entries: Vec<Entry>,
        /// What stands behind them.
        close: &'static str,
    },
}

/// An entry of a list, an object, or the arguments of a call.
pub struct Entry {
    /// Its name as it is written; empty in a list.
    pub name: String,
    /// What stands between the name and the code.
    pub between: &'static str,
    /// The code.
    pub code: Code,
}

/// Between the name and the value of an attribute of Terraform, whose equals signs are aligned.
pub const ALIGNED: &str = " = ";
/// Between the name of a block of Terraform and the block, which an empty line sets off.
pub const BLOCK: &str = " ";

impl Entry {
    /// An entry with a name.
    pub fn named(name: impl Into<String>, between: &'static str, code: Code) -> Self {
        Entry { name: name.into(), between, code }
    }
}

impl Code {
    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Code::Words(words.into())
    }

    /// A list.
    pub fn list(codes: Vec<Code>) -> Self {
        let entry = |code| Entry { name: String::new(), between: "", code };
        let entries = codes.into_iter().map(entry).collect();
        Code::Inside { open: "[".to_owned(), entries, close: "]" }
    }

    /// Entries between what opens and what closes them.
    pub fn inside(open: impl Into<String>, entries: Vec<Entry>, close: &'static str) -> Self {
        Code::Inside { open: open.into(), entries, close }
    }

    /// The same inside a call that takes it as its only argument.
    pub fn in_call(self, call: &str, close: &'static str) -> Self {
        match self {
            Code::Words(words) => Code::Words(format!("{call}({words})")),
            Code::Inside { open, entries, .. } => {
                Code::Inside { open: format!("{call}({open}"), entries, close }
            }
        }
    }

    fn is_on_one_line(&self) -> bool {
        match self {
            Code::Words(_) => true,
            Code::Inside { entries, .. } => entries.is_empty(),
        }
    }
}

impl Language {
    /// How far a level is set in.
    pub fn indent(self) -> &'static str {
        match self {
            Language::Python => "    ",
            Language::Hcl | Language::TypeScript => "  ",
        }
    }

    /// What begins a comment.
    pub fn comment(self) -> &'static str {
        match self {
            Language::TypeScript => "// ",
            Language::Hcl | Language::Python => "# ",
        }
    }

    /// Between the name of a member of an object and its value.
    pub fn between(self) -> &'static str {
        match self {
            Language::Hcl => ALIGNED,
            Language::TypeScript | Language::Python => ": ",
        }
    }

    /// Data; `made` says for which texts words stand that refer to another resource.
    pub fn data(self, data: &Plain, made: &dyn Fn(&str) -> Option<String>) -> Code {
        let is_python = self == Language::Python;
        Code::Words(match data {
            Plain::Null if is_python => "None".to_owned(),
            Plain::Null => "null".to_owned(),
            Plain::Bool(true) if is_python => "True".to_owned(),
            Plain::Bool(false) if is_python => "False".to_owned(),
            Plain::Bool(value) => value.to_string(),
            Plain::Integer(number) => number.to_string(),
            // None comes here: how a float was written is lost, and it is refused before.
            Plain::Float(number) => number.to_string(),
            Plain::String(text) => made(text).unwrap_or_else(|| self.quote(text)),
            Plain::List(values) => {
                return Code::list(values.iter().map(|value| self.data(value, made)).collect());
            }
            Plain::Object(members) => {
                let members = members.iter().map(|(key, value)| {
                    Entry::named(self.key(key), self.between(), self.data(value, made))
                });
                return Code::inside("{", members.collect(), "}");
            }
        })
    }

    /// The name of a member, in quotes unless it is a plain word.
    pub fn key(self, key: &str) -> String {
        // In HCL these are no names at the beginning of an object.
        const TAKEN: [&str; 4] = ["for", "true", "false", "null"];
        let is_word = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            && key.bytes().next().is_some_and(|b| !b.is_ascii_digit());
        match self {
            Language::Hcl | Language::TypeScript if is_word && !TAKEN.contains(&key) => {
                key.to_owned()
            }
            _ => self.quote(key),
        }
    }

    /// A text in double quotes. The escapes are those that all three languages share with JSON; in HCL what would begin
    /// a template is doubled.
    pub fn quote(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        out.push('"');
        let mut after = text.chars();
        while let Some(c) = after.next() {
            if self == Language::Hcl && matches!(c, '$' | '%') && after.as_str().starts_with('{') {
                out.push(c);
            }
            push_escaped(&mut out, c);
        }
        out.push('"');
        out
    }

    /// Writes the code at a depth, from where the line has come to.
    pub fn write(self, out: &mut String, code: &Code, depth: usize) {
        let (open, entries, close) = match code {
            Code::Words(words) => return out.push_str(words),
            Code::Inside { open, entries, close } => (open, entries, close),
        };
        out.push_str(open);
        let mut width = 0;
        for (i, entry) in entries.iter().enumerate() {
            if i > 0 && entry.between == BLOCK {
                out.push('\n');
            }
            self.line(out, depth + 1);
            out.push_str(&entry.name);
            if is_aligned(entry) {
                let follows_aligned = i > 0 && entries.get(i - 1).is_some_and(is_aligned);
                if !follows_aligned {
                    let run = entries.iter().skip(i).take_while(|entry| is_aligned(entry));
                    width = run.map(|entry| entry.name.chars().count()).max().unwrap_or(0);
                }
                let missing = width.saturating_sub(entry.name.chars().count());
                out.extend(std::iter::repeat_n(' ', missing));
            }
            out.push_str(entry.between);
            self.write(out, &entry.code, depth + 1);
            if self != Language::Hcl || entry.name.is_empty() {
                out.push(',');
            }
        }
        if !entries.is_empty() {
            self.line(out, depth);
        }
        out.push_str(close);
    }

    fn line(self, out: &mut String, depth: usize) {
        out.push('\n');
        out.extend(std::iter::repeat_n(self.indent(), depth));
    }
}

/// Whether `terraform fmt` aligns its equals sign with those around it: it does so in runs of lines that begin and end an
/// attribute.
fn is_aligned(entry: &Entry) -> bool {
    entry.between == ALIGNED && entry.code.is_on_one_line()
}

/// Writes a character of a text in double quotes: by an escape when it ends the text, the line or what people see. Some
/// that change the order of what is shown would let a text look like another.
pub fn push_escaped(out: &mut String, c: char) {
    match c {
        '"' | '\\' => out.extend(['\\', c]),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        // Beyond U+FFFF each language has its own escape.
        c if is_unseen(c) && c <= '\u{ffff}' => push_unit(out, c as u16),
        c => out.push(c),
    }
}

/// A character below U+10000 by its number.
pub fn push_unit(out: &mut String, unit: u16) {
    out.push_str("\\u");
    for shift in [12, 8, 4, 0] {
        let digit = char::from_digit(u32::from(unit >> shift & 15), 16);
        out.extend(digit);
    }
}
