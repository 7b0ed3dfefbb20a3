//! JSON values as YAML, in blocks.
//!
//! A text stands bare only when it begins with a letter, has nothing that YAML reads, and is none of the words that some
//! reader takes for a boolean, a null or a number.

use super::literal::push_escaped;
use crate::json::Plain;

/// The value as a YAML document.
pub fn print(value: &Plain) -> String {
    let mut out = String::new();
    block(&mut out, value, 0);
    out
}

/// Whether YAML takes the text for a key: with its quotes and escapes it has 1,024 characters at most.
pub fn takes_key(text: &str) -> bool {
    let mut written = String::new();
    scalar(&mut written, text);
    written.len() <= 1_024
}

/// Writes the value from the beginning of a line, or behind the hyphen of a list.
fn block(out: &mut String, value: &Plain, depth: usize) {
    match value {
        Plain::Object(members) if !members.is_empty() => {
            for (i, (key, value)) in members.iter().enumerate() {
                indent(out, if i > 0 { depth } else { 0 });
                scalar(out, key);
                out.push(':');
                inside(out, value, depth);
            }
        }
        Plain::List(values) if !values.is_empty() => {
            for (i, value) in values.iter().enumerate() {
                indent(out, if i > 0 { depth } else { 0 });
                out.push_str("- ");
                block(out, value, depth + 1);
            }
        }
        flat => {
            match flat {
                Plain::Null => out.push_str("null"),
                Plain::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
                Plain::Integer(number) => out.push_str(&number.to_string()),
                Plain::Float(number) => out.push_str(&number.to_string()),
                Plain::String(text) => scalar(out, text),
                Plain::List(_) => out.push_str("[]"),
                Plain::Object(_) => out.push_str("{}"),
            }
            out.push('\n');
        }
    }
}

/// Writes the value of a member, behind its colon.
fn inside(out: &mut String, value: &Plain, depth: usize) {
    let is_block = match value {
        Plain::Object(members) => !members.is_empty(),
        Plain::List(values) => !values.is_empty(),
        _ => false,
    };
    if is_block {
        out.push('\n');
        indent(out, depth + 1);
        block(out, value, depth + 1);
    } else {
        out.push(' ');
        block(out, value, depth);
    }
}

fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

fn scalar(out: &mut String, text: &str) {
    // Of YAML 1.1, which CloudFormation reads, and of what other readers make of it.
    const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    let is_bare = text.bytes().next().is_some_and(|b| b.is_ascii_alphabetic())
        && !text.ends_with(':')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-./:@*+=".contains(&b))
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_bare {
        return out.push_str(text);
    }
    out.push('"');
    text.chars().for_each(|c| push_escaped(out, c));
    out.push('"');
}
