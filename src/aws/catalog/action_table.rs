//! The actions of a service, from the form in which they are packed.
//!
//! Names of actions are most of the catalog, and most are a verb before a noun that other verbs stand before too. So a
//! line has a noun and a code for each of its verbs, and after a sign those of its plural: `BucketPolicy BDP`,
//! `Bucket BDH+L`. A name with a rare verb is a line of its own, without a blank. This takes a third off what the names
//! and links come to when they are sent compressed.

use std::sync::OnceLock;

use super::index::Index;
use super::lines;
use crate::aws::text::Print;
use crate::sort::sort_by;

/// The first line: the verbs, in the order of their codes. Then the blocks of the services.
const NOUNS: &str = include_str!("../../data/actions.txt");
/// A line for each action with what [`super::Action`] reads, in the order of the nouns and their codes.
const LINKS: &str = include_str!("../../data/links.txt");

/// An action.
pub(super) struct Row {
    pub name: String,
    pub links: &'static str,
    /// That of its name.
    pub print: Print,
}

/// Actions, sorted by name.
pub(super) struct Rows {
    pub sorted: Vec<Row>,
    index: Index,
}

/// The actions of a service: its blocks, and its rows once somebody asked for them.
pub(super) struct ActionTable {
    nouns: &'static str,
    links: &'static str,
    rows: OnceLock<Rows>,
}

impl ActionTable {
    pub fn rows(&self) -> &Rows {
        self.rows.get_or_init(|| {
            let verbs = lines::cut(NOUNS, b'\n').map_or("", |(verbs, _)| verbs);
            Rows::of(unpack(verbs, self.nouns, self.links))
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

impl Rows {
    fn of(sorted: Vec<Row>) -> Self {
        let index = Index::of(sorted.iter().map(|row| row.name.as_str()));
        Rows { sorted, index }
    }

    /// The row with this name.
    pub fn find(&self, name: &str) -> Option<&Row> {
        self.index.find(&self.sorted, |row| &row.name, name)
    }
}

fn unpack(verbs: &'static str, nouns: &'static str, links: &'static str) -> Vec<Row> {
    let verbs: Vec<&str> = verbs.split(' ').collect();
    let mut links = lines::lines(links);
    let mut rows: Vec<Row> = Vec::new();
    let mut add = |name: String| {
        let print = Print::of(&name);
        rows.push(Row { name, links: links.next().unwrap_or_default(), print });
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
                    let verb = verbs.get(lines::number(code)).copied().unwrap_or_default();
                    add([verb, stem, ending].concat());
                }
            }
        }
    }
    sort_by(&mut rows, &|a, b| lines::compare_name(&a.name, b' ', &b.name));
    rows
}
