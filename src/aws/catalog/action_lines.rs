//! The actions of a service, from the form in which they are packed.
//!
//! Names of actions are most of the catalog, and most are a verb before a noun that other verbs stand before too. So a
//! line has a noun and a code for each of its verbs, and after a sign those of its plural: `BucketPolicy BDP`,
//! `Bucket BDH+L`. A name with a rare verb is a line of its own, without a blank. This takes a third off what the names
//! and links come to when they are sent compressed.

use std::sync::OnceLock;

use super::{lines, SERVICE_COUNT, STARTS};
use crate::order;

/// The first line: the verbs, in the order of their codes. Then the blocks of the services.
const NOUNS: &str = include_str!("../../data/actions.txt");
/// What follows the name in the line of each action, in the order of the nouns and their codes.
const LINKS: &str = include_str!("../../data/links.txt");

/// A service's lines stay once they are made: a text of at most 60 kB.
static LINES: [OnceLock<String>; SERVICE_COUNT] = [const { OnceLock::new() }; SERVICE_COUNT];

/// The lines of the service with this number, whose blocks have these lengths; sorted by name.
pub(super) fn of(index: usize, lengths: (usize, usize)) -> &'static str {
    let Some(made) = LINES.get(index) else { return "" };
    made.get_or_init(|| {
        let packed = STARTS.get(index).and_then(|start| {
            let (verbs, nouns) = lines::cut(NOUNS, b'\n')?;
            let nouns = nouns.get(start.nouns as usize..)?.get(..lengths.0)?;
            let links = LINKS.get(start.links as usize..)?.get(..lengths.1)?;
            Some((verbs, nouns, links))
        });
        packed.map_or(String::new(), |(verbs, nouns, links)| unpack(verbs, nouns, links))
    })
}

fn unpack(verbs: &'static str, nouns: &'static str, links: &'static str) -> String {
    let verbs: Vec<&str> = verbs.split(' ').collect();
    let mut links = lines::lines(links);
    let mut made: Vec<(String, String)> = Vec::new();
    let mut add = |name: String| {
        let line = format!("{name} {}\n", links.next().unwrap_or_default());
        made.push((name.to_ascii_lowercase(), line));
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
    order::sort(&mut made);
    made.into_iter().map(|(_, line)| line).collect()
}

/// The number of a verb: letters first, capitals before small ones, then digits.
fn number(code: u8) -> usize {
    match code {
        b'A'..=b'Z' => usize::from(code - b'A'),
        b'a'..=b'z' => usize::from(code - b'a') + 26,
        _ => usize::from(code.wrapping_sub(b'0')) + 52,
    }
}
