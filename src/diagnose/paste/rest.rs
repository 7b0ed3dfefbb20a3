//! What of a text was not read and may hold a policy all the same: it is told, and what it says is left open.

use super::decode::Decoded;
use super::names::managed_policy;
use super::{is_trust, Item, Kind, Pasted, What};
use crate::diagnose::managed;
use crate::sort;
use crate::text::Span;

/// What it is called.
const REST: &str = "part that is not read";

const NOT_READ: &str =
    "What stands here looks like a policy, or like the name of one, and is not read, so what it allows or denies is not \
     known. Give it by itself, as the AWS CLI prints it.";

/// Why a policy that a sentence names may not count.
const IS_NAMED: &str = "is named in a text that does not plainly say whether it is attached";

/// Said of what stands in a comment.
const IN_COMMENT: &str = " It stands in a comment.";

/// What tells of a policy.
enum Sign<'t> {
    /// A part of one, and whether it may deny.
    Part { may_deny: bool },
    /// The name of a managed policy, and its ARN.
    Name(&'t str, Option<&'t str>),
}

impl Pasted {
    /// Notes that what stands there was read.
    pub(super) fn cover(&mut self, span: Span) {
        self.covered.push(span);
    }

    /// Leaves open what was not read and has signs of a policy.
    pub(super) fn leave_rest_open(&mut self, body: &Decoded) {
        let mut covered = std::mem::take(&mut self.covered);
        sort::sort_by(&mut covered, &|a, b| (a.start, a.end).cmp(&(b.start, b.end)));
        // The furthest end up to each of them, as they may stand within each other.
        let mut furthest = 0;
        for span in &mut covered {
            furthest = furthest.max(span.end);
            span.end = furthest;
        }
        let is_covered = |at: usize| {
            let behind = covered.partition_point(|span| span.start <= at);
            behind.checked_sub(1).and_then(|last| covered.get(last)).is_some_and(|s| at < s.end)
        };
        let mut signs = signs(body.text());
        signs.retain(|(span, _)| !is_covered(body.at(span.start)));
        let all = self.items.iter().enumerate();
        let mut unread: Vec<(Span, usize)> = all
            .filter(|(_, item)| matches!(item.what, What::Unread { .. }))
            .map(|(at, item)| (item.span, at))
            .collect();
        sort::sort_by(&mut unread, &|a, b| a.0.start.cmp(&b.0.start));
        let mut rest: Option<(Span, bool)> = None;
        for (span, sign) in signs {
            let span = body.source(span);
            let behind = unread.partition_point(|(known, _)| known.start <= span.start);
            let last = behind.checked_sub(1).and_then(|last| unread.get(last));
            let known = last.filter(|(known, _)| span.end <= known.end);
            let known = known.and_then(|(_, at)| self.items.get_mut(*at));
            match (sign, known.map(|item| &mut item.what)) {
                (Sign::Part { may_deny: denies }, Some(What::Unread { may_deny, .. })) => {
                    *may_deny |= denies;
                }
                (Sign::Name(name, _), Some(What::Unread { may_deny, .. })) => {
                    *may_deny |= managed::find(name).is_some_and(|known| known.denies());
                }
                (Sign::Part { may_deny }, _) => {
                    let before = rest.is_some_and(|(_, may_deny)| may_deny);
                    rest = Some((rest.map_or(span, |(span, _)| span), before | may_deny));
                }
                (Sign::Name(name, arn), _) => self.name(name, arn, span),
            }
        }
        if let Some((span, may_deny)) = rest {
            let is_told = |seen: &super::Seen| {
                seen.kind == Kind::Broken
                    || !seen.is_used() && seen.span.start <= span.start && span.end <= seen.span.end
            };
            if !self.seen.iter().any(is_told) {
                self.say(Kind::NotUsed, span, NOT_READ);
            }
            self.unread(REST, may_deny, span);
        }
    }

    /// Marks what was read since there were so many things as standing in a comment.
    pub(super) fn commented(&mut self, seen: usize, items: usize) {
        self.in_comments.extend(items..self.items.len());
        for seen in self.seen.iter_mut().skip(seen).filter(|seen| seen.kind.is_used()) {
            seen.message.push_str(IN_COMMENT);
        }
    }

    /// Leaves open whether the policies in comments count, where others do not stand in one.
    pub(super) fn settle_comments(&mut self) {
        let in_comments = std::mem::take(&mut self.in_comments);
        if in_comments.is_empty() || in_comments.len() == self.items.len() {
            return;
        }
        for at in in_comments {
            if let Some(item) = self.items.get_mut(at) {
                may_not_count(item, "The policy in a comment", "stands in a comment");
            }
        }
    }

    /// Leaves open whether the policies count that were read since there were so many items.
    pub(super) fn leave_open(&mut self, items: usize, why: &'static str) {
        for item in self.items.iter_mut().skip(items) {
            may_not_count(item, "A policy", why);
        }
    }

    /// Notes that something is not read.
    pub(super) fn unread(&mut self, what: &'static str, may_deny: bool, span: Span) {
        let what = What::Unread { what, may_deny };
        self.items.push(Item { what, name: None, owner: None, span });
    }

    /// Notes that a sentence names a managed policy.
    fn name(&mut self, name: &str, arn: Option<&str>, span: Span) {
        let known = match arn {
            Some(arn) => managed::find_arn(arn),
            None => managed::find(name),
        };
        let what = match known.and_then(super::super::role::built_in) {
            Some(read) => What::Perhaps(IS_NAMED, read),
            None => What::Attached(arn.map(str::to_owned)),
        };
        let is_same = |item: &Item| {
            item.name.as_deref() == Some(name)
                && matches!(item.what, What::Perhaps(..) | What::Attached(_))
        };
        if !self.items.iter().rev().take(MOST_BACK).any(is_same) {
            self.items.push(Item { what, name: Some(name.to_owned()), owner: None, span });
        }
    }
}

/// Leaves open whether a policy counts, and calls it so where it has no name.
fn may_not_count(item: &mut Item, called: &str, why: &'static str) {
    let what = std::mem::replace(&mut item.what, What::MayDeny);
    item.what = match what {
        What::Policy(read) | What::Version(read) if !is_trust(&read.policy) => {
            item.name.get_or_insert_with(|| called.to_owned());
            What::Perhaps(why, read)
        }
        other => other,
    };
}

/// Who names a policy often does so in few places.
const MOST_BACK: usize = 50;

/// The signs of policies in a text, in their order by kind.
fn signs(text: &str) -> Vec<(Span, Sign<'_>)> {
    let mut signs = Vec::new();
    for (at, word) in text.match_indices("ffect") {
        if let Some(may_deny) = effect(text, at, word.len()) {
            signs.push((Span::new(at, at + word.len()), Sign::Part { may_deny }));
        }
    }
    let effects: Vec<usize> = signs.iter().map(|(span, _)| span.start).collect();
    let mut statements = text.match_indices("Statement\"").peekable();
    while let Some((at, word)) = statements.next() {
        let next = statements.peek().map_or(text.len(), |(next, _)| *next);
        let rest = text.get(at + word.len()..).unwrap_or_default().trim_start();
        let rest = rest.strip_prefix(':').map(str::trim_start).unwrap_or_default();
        let first = effects.get(effects.partition_point(|effect| *effect < at));
        // What is cut off before its first effect may have any.
        if rest.starts_with(['[', '{']) && first.is_none_or(|first| *first > next) {
            signs.push((Span::new(at, at + word.len()), Sign::Part { may_deny: true }));
        }
    }
    for (at, word) in text.match_indices(":policy/") {
        let Some(span) = word_around(text, at, word.len()) else { continue };
        let arn = text.get(span.start..span.end).unwrap_or_default();
        // That of a command is what it printed, or was read with the command.
        let is_asked = text.get(..span.start).is_some_and(|before| {
            before.trim_end_matches([' ', '=', '"', '\'']).ends_with("--policy-arn")
        });
        let name = managed_policy(arn).filter(|name| !name.contains(['*', '$', '<', '{']));
        if let Some(name) = name.filter(|_| arn.starts_with("arn:") && !is_asked) {
            signs.push((span, Sign::Name(name, Some(arn))));
        }
    }
    changed(text, &mut signs);
    listed(text, &mut signs);
    encoded(text, &mut signs);
    signs
}

/// No ARN has more bytes before or behind that.
const MOST_OF_ARN: usize = 700;

/// The word without spaces, quotation marks and the like around a place in it.
fn word_around(text: &str, at: usize, length: usize) -> Option<Span> {
    let is_of_arn = |c: char| c.is_ascii_alphanumeric() || ":/+=,.@_-*${}<>".contains(c);
    let (before, behind) = (text.get(..at)?, text.get(at + length..)?);
    let left: usize = before
        .chars()
        .rev()
        .take(MOST_OF_ARN)
        .take_while(|c| is_of_arn(*c))
        .map(char::len_utf8)
        .sum();
    let right: usize =
        behind.chars().take(MOST_OF_ARN).take_while(|c| is_of_arn(*c)).map(char::len_utf8).sum();
    let start = at - left;
    // A key of YAML, or what else stands before it without a space.
    let start = start + text.get(start..at)?.rfind("arn:")?;
    let word = text.get(start..at + length + right)?;
    let word = word.trim_end_matches(['.', ',', ':', '>', '=', '-', '}']);
    Some(Span::new(start, start + word.len()))
}

/// Methods by which programs change a list.
const CHANGES: [&str; 8] =
    ["push", "unshift", "splice", "concat", "append", "extend", "insert", "add"];

/// What stands before the name of a member of an object.
const MEMBERS: [&str; 5] = [".", "['", "[\"", "('", "(\""];

/// No chain of members has more bytes.
const LONGEST_CHAIN: usize = 200;

/// Where a program changes the statements of a policy that it has: `policy.Statement.push(more)`.
fn changed(text: &str, signs: &mut Vec<(Span, Sign<'_>)>) {
    for (at, word) in text.match_indices("Statement") {
        // In `"Statement" = [` it is the key of an object of Terraform.
        let is_member = text
            .get(..at)
            .is_some_and(|before| MEMBERS.iter().any(|start| before.ends_with(start)));
        let Some(rest) = text.get(at + word.len()..).filter(|_| is_member) else { continue };
        let is_of_chain = |c: char| c.is_ascii_alphanumeric() || "_.[]'\")".contains(c);
        let length = rest.chars().take(LONGEST_CHAIN).take_while(|c| is_of_chain(*c)).count();
        let chain = rest.get(..length).unwrap_or_default();
        let behind = rest.get(length..).unwrap_or_default().trim_start();
        let is_set = behind.starts_with("+=")
            || behind.strip_prefix('=').is_some_and(|rest| !rest.starts_with(['=', '>']));
        let method = chain.rsplit('.').next().unwrap_or_default();
        let is_called = CHANGES.contains(&method) && behind.starts_with('(');
        if is_set || is_called {
            signs.push((Span::new(at, at + word.len()), Sign::Part { may_deny: true }));
        }
    }
}

/// The text without the tags of HTML.
fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once('>').map_or(part, |(_, rest)| rest))
}

/// With the tags of HTML no more characters stand between an effect and its value.
const MOST_MARKED: usize = 240;

/// More characters do not stand between an effect and its value.
const MOST_BETWEEN: usize = 64;

/// Whether the effect whose name stands here, however its quotation marks are written, denies; `None` where it has no
/// value, or the word is not the key of one.
fn effect(text: &str, at: usize, length: usize) -> Option<bool> {
    let before = text.get(..at)?.strip_suffix(['E', 'e'])?;
    let mut back = before.chars().rev();
    let is_of_word = |c: char| c.is_ascii_alphabetic() || c == '_';
    if back.next().is_some_and(is_of_word) && back.next() != Some('\\') {
        return None;
    }
    let rest = text.get(at + length..)?;
    if rest.starts_with(is_of_word) {
        return None;
    }
    let begins = |at: usize, word: &str| {
        rest.get(at..at + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word))
    };
    let near = if rest.get(..rest.floor_char_boundary(MOST_BETWEEN))?.contains("</") {
        MOST_MARKED
    } else {
        MOST_BETWEEN
    };
    let value = rest.char_indices().take(near).find_map(|(at, _)| {
        let word = ["deny", "allow"].into_iter().find(|word| begins(at, word))?;
        Some((at, word))
    });
    let (start, word) = value?;
    let between = rest.get(..start)?;
    let behind = rest.get(start + word.len()..)?.chars().next();
    let small = without_tags(between).to_ascii_lowercase();
    let is_assigned = small.contains([':', '=', '>']) || small.contains("3a");
    let mut words = small.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    // Quotation marks as HTML writes them, and constants of programs.
    let are_marks =
        words.all(|word| ["quot", "nbsp", "amp", "iam", "effect", "gt"].contains(&word));
    let is_whole = behind.is_none_or(|c| !c.is_ascii_alphanumeric());
    (is_assigned && are_marks && is_whole).then_some(word == "deny")
}

/// The policies that lines name as attached, or that stand alone in a line, as in lists.
fn listed<'t>(text: &'t str, signs: &mut Vec<(Span, Sign<'t>)>) {
    let (mut at, mut is_listing) = (0, false);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some((_, behind)) = line.split_once("ttached") {
            is_listing = true;
            let mut what = behind.split(':');
            let before = what.next().unwrap_or_default();
            let named = what.next().unwrap_or_default();
            if before.len() < MOST_BETWEEN && named.contains(|c: char| c.is_ascii_alphanumeric()) {
                let span = Span::new(start, start + line.trim_end().len());
                signs.push((span, Sign::Part { may_deny: false }));
            }
        } else if line.contains(['{', '}']) {
            is_listing = false;
        }
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let is_alone = line.trim_matches(|c| !is_of_name(c)).chars().all(is_of_name);
        if !is_listing && !is_alone {
            continue;
        }
        let mut from = start;
        for piece in line.split_inclusive(|c| !is_of_name(c)) {
            let word = piece.trim_end_matches(|c| !is_of_name(c));
            if let Some(known) = managed::find(word) {
                signs.push((Span::new(from, from + word.len()), Sign::Name(known.name, None)));
            }
            from += piece.len();
        }
    }
}

/// Fewer characters of base64 are no policy.
const LEAST_ENCODED: usize = 60;

/// What policies begin with in base64, by how their first key stands: behind the brace, a space, or the break of a line and
/// two or four spaces or a tab.
const ENCODED: [&str; 7] = [
    "eyJWZXJzaW9uI",
    "eyJTdGF0ZW1lbnQi",
    "eyAiVmVyc2lvbi",
    "ewogICJWZXJzaW9uI",
    "ewogICAgIlZlcnNpb24i",
    "ew0KICAiVmVyc2lvbi",
    "ewoJIlZlcnNpb24i",
];

/// Policies in base64, which are told by what they begin with.
fn encoded(text: &str, signs: &mut Vec<(Span, Sign<'_>)>) {
    let is_of_it = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_');
    let mut at = 0;
    for piece in text.split_inclusive(|c| !is_of_it(c)) {
        let word = piece.trim_end_matches(|c| !is_of_it(c));
        if word.len() >= LEAST_ENCODED && ENCODED.iter().any(|start| word.starts_with(start)) {
            signs.push((Span::new(at, at + word.len()), Sign::Part { may_deny: true }));
        }
        at += piece.len();
    }
}
