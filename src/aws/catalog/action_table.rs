//! The actions of a service, from the form in which they are packed.
//!
//! Names of actions are most of the catalog, and most are a verb before a noun that other verbs stand before too. So a
//! line has a noun and a code for each of its verbs, and after a sign those of its plural: `BucketPolicy BDP`,
//! `Bucket BDH+L`. A name with a rare verb is a line of its own, without a blank. This takes a third off what the names
//! and links come to when they are sent compressed.

use std::sync::OnceLock;

use super::action::pairs;
use super::lines;
use crate::order;

/// The first line: the verbs, in the order of their codes. Then the blocks of the services.
const NOUNS: &str = include_str!("../../data/actions.txt");
/// A line for each action with what [`super::Action`] reads, in the order of the nouns and their codes.
const LINKS: &str = include_str!("../../data/links.txt");

/// An action.
pub(super) struct Row {
    pub name: String,
    pub links: &'static str,
    /// The [`pairs`] of its name.
    pub pairs: u64,
}

/// The actions of a service: its blocks, and its rows once somebody asked for them.
pub(super) struct ActionTable {
    nouns: &'static str,
    links: &'static str,
    rows: OnceLock<Vec<Row>>,
}

impl ActionTable {
    /// Sorted by name.
    pub fn rows(&self) -> &[Row] {
        self.rows.get_or_init(|| {
            let verbs = lines::cut(NOUNS, b'\n').map_or("", |(verbs, _)| verbs);
            unpack(verbs, self.nouns, self.links)
        })
    }
}

/// The blocks that are left.
pub(super) struct Blocks {
    nouns: &'static str,
    links: &'static str,
}

impl Default for Blocks {
    /// Those of all services.
    fn default() -> Self {
        let nouns = lines::cut(NOUNS, b'\n').map_or("", |(_, nouns)| nouns);
        Blocks { nouns, links: LINKS }
    }
}

impl Blocks {
    /// The next service's, which have these lengths.
    pub fn next(&mut self, nouns: usize, links: usize) -> Option<ActionTable> {
        let (nouns, nouns_left) = self.nouns.split_at_checked(nouns)?;
        let (links, links_left) = self.links.split_at_checked(links)?;
        *self = Blocks { nouns: nouns_left, links: links_left };
        Some(ActionTable { nouns, links, rows: OnceLock::new() })
    }
}

fn unpack(verbs: &'static str, nouns: &'static str, links: &'static str) -> Vec<Row> {
    let verbs: Vec<&str> = verbs.split(' ').collect();
    let mut links = lines::lines(links);
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |name: String| {
        let pairs = pairs(name.as_bytes());
        rows.push(Row { name, links: links.next().unwrap_or_default(), pairs });
    };
    for line in lines::lines(nouns) {
        let Some((singular, codes)) = lines::cut(line, b' ') else {
            add(line.to_owned());
            continue;
        };
        let (mut stem, mut ending) = (singular, "");
        for code in codes.bytes() {
            match code {
                b'+' => ending = "s",
                b'-' => ending = "es",
                b'~' => {
                    stem = singular.strip_suffix('y').unwrap_or(singular);
                    ending = "ies";
                }
                code => {
                    let verb = verbs.get(number(code)).copied().unwrap_or_default();
                    add(format!("{verb}{stem}{ending}"));
                }
            }
        }
    }
    order::sort_by(&mut rows, |a, b| lines::compare_name(&a.name, b' ', &b.name));
    rows
}

/// The row with this name, looked for first at `near` and behind it; leaves there where it is.
pub(super) fn find_near(
    rows: &'static [Row],
    name: &str,
    near: &mut usize,
) -> Option<&'static Row> {
    for at in [*near, *near + 1] {
        if let Some(row) = rows.get(at).filter(|row| row.name.eq_ignore_ascii_case(name)) {
            *near = at;
            return Some(row);
        }
    }
    let at = rows.binary_search_by(|row| lines::compare_name(&row.name, b' ', name)).ok()?;
    *near = at;
    rows.get(at)
}

/// The rows whose names begin with this.
pub(super) fn beginning_with(rows: &'static [Row], prefix: &str) -> &'static [Row] {
    let begins = |row: &Row| lines::starts_with(&row.name, prefix);
    let start = rows.partition_point(|row| {
        lines::compare_name(&row.name, b' ', prefix).is_lt() && !begins(row)
    });
    let rows = rows.get(start..).unwrap_or_default();
    rows.get(..rows.partition_point(begins)).unwrap_or_default()
}

/// The number of a verb: letters first, capitals before small ones, then digits.
fn number(code: u8) -> usize {
    match code {
        b'A'..=b'Z' => usize::from(code - b'A'),
        b'a'..=b'z' => usize::from(code - b'a') + 26,
        _ => usize::from(code.wrapping_sub(b'0')) + 52,
    }
}
