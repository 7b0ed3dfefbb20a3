//! The actions of a service, from the form in which they are packed.
//!
//! Names of actions are most of the catalog, and most are a verb before a noun that other verbs stand before too. So a
//! line has a noun and a code for each of its verbs, and after a sign those of its plural: `BucketPolicy BDP`,
//! `Bucket BDH+L`. A name with a rare verb is a line of its own, without a blank. This takes a third off what the names
//! and links come to when they are sent compressed.

use std::sync::OnceLock;

use super::action::pairs;
use super::{lines, SERVICE_COUNT, STARTS};
use crate::order;

/// The first line: the verbs, in the order of their codes. Then the blocks of the services.
const NOUNS: &str = include_str!("../../data/actions.txt");
/// A line for each action with what [`super::Action`] reads, in the order of the nouns and their codes.
const LINKS: &str = include_str!("../../data/links.txt");

/// A service's rows stay once they are made.
static ROWS: [OnceLock<Vec<Row>>; SERVICE_COUNT] = [const { OnceLock::new() }; SERVICE_COUNT];

/// An action.
pub(super) struct Row {
    pub name: String,
    pub links: &'static str,
    /// The [`pairs`] of its name.
    pub pairs: u64,
}

/// The rows of the service with this number, whose blocks have these lengths; sorted by name.
pub(super) fn of(index: usize, lengths: (usize, usize)) -> &'static [Row] {
    let Some(made) = ROWS.get(index) else { return &[] };
    made.get_or_init(|| {
        let packed = STARTS.get(index).and_then(|start| {
            let (verbs, nouns) = lines::cut(NOUNS, b'\n')?;
            let nouns = nouns.get(start.nouns as usize..)?.get(..lengths.0)?;
            let links = LINKS.get(start.links as usize..)?.get(..lengths.1)?;
            Some((verbs, nouns, links))
        });
        packed.map_or(Vec::new(), |(verbs, nouns, links)| unpack(verbs, nouns, links))
    })
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
