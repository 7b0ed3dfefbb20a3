//! Changes of a JSON text that leave it JSON: bytes alone hardly ever get past a parser.

use std::collections::BTreeSet;

use libfuzzer_sys::fuzzer_mutate;
use postern::json::{self, Node, Value};
use postern::text::Span;

/// Values and keys of the seeds, as they are written.
pub struct Pieces {
    values: Vec<String>,
    keys: Vec<String>,
}

/// Longer values come into a text by crossing over.
const LONGEST: usize = 400;

impl Pieces {
    pub fn of(seeds: &[Vec<u8>]) -> Self {
        let (mut values, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for seed in seeds {
            let Some((_, text)) = split(seed) else { continue };
            let found = Places::of(text);
            let written = |span: &Span| text.get(span.start..span.end).unwrap_or_default();
            let short = |text: &&str| text.len() <= LONGEST;
            values.extend(found.values.iter().map(written).filter(short).map(str::to_owned));
            keys.extend(found.keys.iter().map(written).map(str::to_owned));
        }
        let some = ["[]", "{}", "\"\"", "\"*\"", "null", "0", "\"${aws:username}\"", "[[]]"];
        values.extend(some.map(str::to_owned));
        keys.insert("\"\"".to_owned());
        Pieces { values: values.into_iter().collect(), keys: keys.into_iter().collect() }
    }
}

/// What stands before the JSON in an input, and the JSON.
fn split(input: &[u8]) -> Option<(&[u8], &str)> {
    let start = input.iter().position(|byte| b"{[\"".contains(byte))?;
    let (head, rest) = input.split_at(start);
    Some((head, std::str::from_utf8(rest).ok()?))
}

/// Where things stand in a text.
#[derive(Default)]
struct Places {
    values: Vec<Span>,
    keys: Vec<Span>,
    strings: Vec<Span>,
    /// Members and elements, and the same with the comma beside them.
    parts: Vec<(Span, Span)>,
}

impl Places {
    fn of(text: &str) -> Self {
        let mut places = Places::default();
        if let Some(root) = json::parse(text).root {
            places.add(&root);
        }
        places
    }

    fn add(&mut self, node: &Node) {
        self.values.push(node.span);
        match &node.value {
            Value::String(_) => self.strings.push(node.span),
            Value::Array(elements) => {
                self.add_parts(elements.iter().map(|element| element.span).collect());
                elements.iter().for_each(|element| self.add(element));
            }
            Value::Object(members) => {
                self.add_parts(members.iter().map(|member| member.span()).collect());
                for member in members {
                    self.keys.push(member.key.span);
                    self.add(&member.value);
                }
            }
            _ => {}
        }
    }

    fn add_parts(&mut self, parts: Vec<Span>) {
        for (i, part) in parts.iter().enumerate() {
            let with_comma = match (i.checked_sub(1).and_then(|i| parts.get(i)), parts.get(i + 1)) {
                (Some(before), _) => Span::new(before.end, part.end),
                (None, Some(next)) => Span::new(part.start, next.start),
                (None, None) => *part,
            };
            self.parts.push((*part, with_comma));
        }
    }
}

/// Numbers that follow from a seed: SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get((self.next() % all.len().max(1) as u64) as usize)
    }
}

/// Changes an input in place and gives its new size.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32, pieces: &Pieces) -> usize {
    let mut numbers = Numbers(u64::from(seed));
    let input = data.get(..size).unwrap_or_default();
    let changed = match numbers.next() % 4 {
        0 => None,
        _ => split(input).and_then(|(head, text)| {
            let mut text = text.to_owned();
            for _ in 0..=numbers.next() % 3 {
                text = change(&text, &mut numbers, pieces)?;
            }
            Some([head, text.as_bytes()].concat())
        }),
    };
    match changed {
        Some(changed) if changed.len() <= max_size && changed != input => {
            data[..changed.len()].copy_from_slice(&changed);
            changed.len()
        }
        _ => fuzzer_mutate(data, size, max_size),
    }
}

/// One change of a text; `None` where there is nothing to change.
fn change(text: &str, numbers: &mut Numbers, pieces: &Pieces) -> Option<String> {
    let places = Places::of(text);
    let written = |span: Span| text.get(span.start..span.end);
    let (span, new) = match numbers.next() % 8 {
        0 | 1 => (*numbers.one_of(&places.values)?, numbers.one_of(&pieces.values)?.clone()),
        2 => {
            let (to, from) = (*numbers.one_of(&places.values)?, *numbers.one_of(&places.values)?);
            (to, written(from)?.to_owned())
        }
        3 => (numbers.one_of(&places.parts)?.1, String::new()),
        4 => {
            let (part, other) =
                (numbers.one_of(&places.parts)?.0, numbers.one_of(&places.parts)?.0);
            (Span::new(part.end, part.end), format!(", {}", written(other)?))
        }
        5 => (*numbers.one_of(&places.keys)?, numbers.one_of(&pieces.keys)?.clone()),
        6 => {
            let value = *numbers.one_of(&places.values)?;
            (value, format!("[{}, {}]", written(value)?, numbers.one_of(&pieces.values)?))
        }
        _ => {
            let span = *numbers.one_of(&places.strings)?;
            let inner = text.get(span.start + 1..span.end - 1)?;
            let mut room = vec![0; inner.len() + 16];
            room[..inner.len()].copy_from_slice(inner.as_bytes());
            let length = fuzzer_mutate(&mut room, inner.len(), inner.len() + 16);
            let inner = String::from_utf8_lossy(room.get(..length)?).replace('"', "");
            (span, format!("\"{inner}\""))
        }
    };
    Some([text.get(..span.start)?, &new, text.get(span.end..)?].concat())
}
