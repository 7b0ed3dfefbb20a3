//! What stands around a policy where people copied it from, or happened to it on the way: taken off, with the way back.

use std::borrow::Cow;

use super::comments::is_comment;
use super::decode::Decoded;
use super::fields::is_statement;
use super::{entities, python};
use crate::json::{self, Node, Problem};
use crate::text::Span;

/// The text without comments, and without commas behind the last of a list, where it is JSON then.
pub(super) fn without_extras(part: &Decoded) -> Option<Decoded<'static>> {
    let text = part.text();
    let (mut kept, mut from) = (String::new(), Vec::new());
    let (mut is_quoted, mut is_escaped, mut at) = (false, false, 0);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let skipped = match rest.get(..2) {
            _ if is_quoted => 0,
            _ if c == '#' => rest.find('\n').unwrap_or(rest.len()),
            Some("//") => rest.find('\n').unwrap_or(rest.len()),
            Some("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            _ => 0,
        };
        if skipped > 0 {
            at += skipped;
            continue;
        }
        if matches!(c, '}' | ']') && !is_quoted {
            let last = kept.trim_end().len();
            if kept.get(..last).is_some_and(|kept| kept.ends_with(',')) {
                kept.remove(last - 1);
                from.remove(last - 1);
            }
        }
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = is_quoted && c == '\\' && !is_escaped;
        kept.push(c);
        from.extend(std::iter::repeat_n(at, c.len_utf8()));
        at += c.len_utf8();
    }
    let problem = json::parse(&kept).problem.map(|syntax| syntax.problem);
    let is_json = problem.is_none_or(|problem| problem == Problem::ExpectedEnd);
    part.mapped(kept, from.into_iter()).filter(|_| is_json)
}

/// What stands before each line of a policy that somebody quotes, has in a comment, or adds by a patch.
pub(super) const MARKS: [&str; 4] = [">", "#", "//", "+"];

/// Of these the one that makes no comment of what stands behind it.
pub(super) const QUOTES: [&str; 1] = [">"];

/// The text without the marks before its lines, where its JSON has one before each line and none without it.
pub(super) fn unmarked<'d>(body: Decoded<'d>, marks: &[&str]) -> Decoded<'d> {
    let opens = |line: &str| line.trim_start().starts_with('{');
    let lines = || body.text().split_inclusive('\n');
    if lines().any(opens) {
        return body;
    }
    let behind = |line: &'_ str, mark: &str| line.trim_start().strip_prefix(mark).map(str::len);
    let is_marked = |mark: &&&str| {
        lines().any(|line| behind(line, mark).is_some_and(|rest| opens(tail(line, rest))))
    };
    let Some(mark) = marks.iter().find(is_marked) else { return body };
    // In a policy that is no comment, one leaves out what stands in it.
    if is_comment(mark) && begins_outside(body.text()) {
        return body;
    }
    let (mut text, mut from, mut at) = (String::new(), Vec::new(), 0);
    for line in lines() {
        let end = at + line.len();
        // A patch takes such lines away.
        let is_gone = *mark == "+" && line.starts_with('-');
        let kept =
            if is_gone { "" } else { behind(line, mark).map_or(line, |rest| tail(line, rest)) };
        text.push_str(kept);
        from.extend(end - kept.len()..end);
        at = end;
    }
    body.mapped(text, from.into_iter()).unwrap_or(body)
}

/// Whether a policy, or a statement, begins in a line of which that place is no comment.
fn begins_outside(text: &str) -> bool {
    let mut at = 0;
    text.split_inclusive('\n').any(|line| {
        let start = at;
        at += line.len();
        let begins = |(brace, _)| {
            text.get(start + brace..).is_some_and(|here| {
                begins_as_policy(here)
                    || begins_as_statement(here)
                    || python::begins(here).is_some()
            })
        };
        !is_comment(line) && line.match_indices('{').any(begins)
    })
}

/// So many last bytes of a line.
fn tail(line: &str, length: usize) -> &str {
    line.get(line.len() - length..).unwrap_or_default()
}

/// What opens and closes a fence of Markdown.
const FENCES: [&str; 2] = ["```", "~~~"];

/// No fence has more brackets on its line.
const MOST_ATTRIBUTES: usize = 8;

/// Whether a text begins with a bracket behind which JSON may go on, and no prose: `{"a"`, and not `{.json}` and `[INFO]`.
pub(super) fn opens_json(text: &str) -> bool {
    let inside = text.trim_start().strip_prefix(['{', '[']);
    inside.is_some_and(|inside| {
        let first = inside.trim_start().chars().next().map(typed);
        first.is_none_or(|first| "\"'{[}]\\`/#,".contains(first))
    })
}

/// The parts of a text that may hold policies: what stands in fences of Markdown and, `false`, between them; or else all of
/// it. Who copies from the middle of a page may have the fences the wrong way round, or a policy beside them.
pub(super) fn parts<'d>(body: &'d Decoded<'_>) -> Vec<(Decoded<'d>, bool)> {
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    let mut keep = |start: usize, end: usize, is_fenced: bool| {
        let Some(inside) = body.text().get(start..end) else { return };
        let trimmed = inside.trim_start();
        let start = start + inside.len() - trimmed.len();
        if !trimmed.is_empty() {
            let span = Span::new(start, start + trimmed.trim_end().len());
            parts.push((body.part(span), is_fenced));
        }
    };
    let mut open: Option<&str> = None;
    for line in body.text().split_inclusive('\n') {
        let end = at + line.len();
        let begun = FENCES.into_iter().find(|fence| line.trim_start().starts_with(fence));
        match (open, begun) {
            (None, Some(fence)) => {
                keep(from, at, false);
                // What begins on the line of the fence is not the name of a language.
                let after = body.text().get(at..).unwrap_or_default();
                let opens = |brace: &usize| after.get(*brace..).is_some_and(opens_json);
                let braces = line.match_indices(['{', '[']).map(|(brace, _)| brace);
                let brace = braces.take(MOST_ATTRIBUTES).find(opens);
                from = brace.map_or(end, |brace| at + brace);
                open = Some(fence);
                // One that ends where it begins.
                let rest = body.text().get(from..end).unwrap_or_default().trim_end();
                if let Some(inside) = rest.strip_suffix(fence) {
                    keep(from, from + inside.len(), true);
                    (from, open) = (end, None);
                }
            }
            (Some(known), Some(fence)) if known == fence => {
                keep(from, at, true);
                (from, open) = (end, None);
            }
            // It ends behind the last of what is in it.
            (Some(known), _) if line.trim_end().ends_with(known) => {
                keep(from, at + line.trim_end().len() - known.len(), true);
                (from, open) = (end, None);
            }
            _ => {}
        }
        at = end;
    }
    keep(from, at, open.is_some());
    if !parts.iter().any(|(_, is_fenced)| *is_fenced) {
        let text = body.text().trim();
        let start = body.text().len() - body.text().trim_start().len();
        parts = vec![(body.part(Span::new(start, start + text.len())), true)];
    }
    parts
}

/// A text whose JSON can be read, and what was done to it; as it is where nothing helps.
pub(super) fn readable(part: Decoded<'_>) -> (Decoded<'_>, Option<&'static str>) {
    if let Some(plain) = entities::decoded(&part) {
        return (plain, Some(entities::NOTE));
    }
    let text = part.text();
    if text.trim_start_matches('`').trim_start().starts_with(['{', '[']) && text.contains('`') {
        // In JavaScript they are around texts.
        if python::begins(text).is_some() && python::as_json(&part, &mut { text.len() }).is_some() {
            return (part, None);
        }
        let is_around = text.trim_matches('`').contains('`');
        let bare = part.without('`');
        // As programs have texts in which something is put.
        let quoted =
            part.part(inside_backticks(text)).replacing(|c| if c == '`' { '"' } else { c });
        let is_text = json::parse(bare.text()).problem.is_some()
            && json::parse(quoted.text()).problem.is_none();
        return match is_text {
            true => (quoted, Some(python::LITERAL)),
            false => (bare, is_around.then_some(BACKTICKS)),
        };
    }
    if text.starts_with("{\\\"") || text.starts_with("{\\n") {
        if let Some(inside) = part.unescaped() {
            return (inside, None);
        }
    }
    if begins_with_member(text) {
        return (part.within("{", "}"), Some(ONLY_MEMBERS));
    }
    if begins_with_one_of(text, &OF_STATEMENT) && text.contains("\"Effect\"") {
        let whole = part.within("{", "}");
        if json::parse(whole.text()).problem.is_none() {
            return (whole, Some(ONLY_MEMBERS));
        }
    }
    if !text.contains(is_typographic) || json::parse(text).problem.is_none() {
        return (part, None);
    }
    (part.replacing(typed), Some(TYPOGRAPHIC))
}

/// What stands within the backticks around a text, if there are any.
fn inside_backticks(text: &str) -> Span {
    let start = text.len() - text.trim_start_matches('`').len();
    Span::new(start, text.trim_end_matches('`').len().max(start))
}

/// The next brace, from byte `at` on, that may open an object between sentences or commands: one that begins its line, or
/// behind which a policy begins.
pub(super) fn next_object(text: &str, at: usize) -> Option<usize> {
    let opens = |brace: &usize| {
        let before = text.get(..*brace).unwrap_or_default();
        let line = before.trim_end_matches([' ', '\t', '\r']);
        let begins = |here: &str| {
            begins_as_policy(here)
                || begins_as_statement(here)
                || mark(here).is_some()
                || python::begins(here).is_some()
        };
        line.is_empty() || line.ends_with('\n') || text.get(*brace..).is_some_and(begins)
    };
    text.get(at..)?.match_indices('{').map(|(brace, _)| at + brace).find(opens)
}

/// The next brace, from byte `at` on, with which a policy begins.
pub(super) fn next_policy(text: &str, at: usize) -> Option<usize> {
    let begins = |brace: &usize| {
        text.get(*brace..)
            .is_some_and(|here| begins_as_policy(here) || python::begins_as_policy(here))
    };
    text.get(at..)?.match_indices('{').map(|(brace, _)| at + brace).find(begins)
}

/// Fields of objects that hold policies.
const OF_POLICIES: [&str; 22] = [
    "Statement",
    "PolicyDocument",
    "PolicyVersion",
    "AssumeRolePolicyDocument",
    "Role",
    "Policy",
    "RoleDetailList",
    "UserDetailList",
    "GroupDetailList",
    "AttachedPolicies",
    "AttachedManagedPolicies",
    "PolicyNames",
    // Whom they are for, or may be.
    "User",
    "Roles",
    "Group",
    "Groups",
    "InstanceProfile",
    "InstanceProfiles",
    // Of AWS Config.
    "configuration",
    // Of CloudTrail: one event, a file of them, and what lookup-events prints.
    "eventSource",
    "Records",
    "Events",
];

/// Whether a value is a policy, or what a call of the AWS CLI prints of one.
pub(super) fn holds_policies(node: &Node) -> bool {
    let mut members = node.as_object().into_iter().flatten();
    members.any(|member| OF_POLICIES.contains(&member.key.text.as_ref())) || is_statement(node)
}

/// Whether a text is an object whose first key is one of a policy.
pub(super) fn begins_as_policy(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|inside| begins_with_member(inside.trim_start()))
}

/// Whether a text is an object whose first key is one of a statement.
fn begins_as_statement(text: &str) -> bool {
    let inside = text.strip_prefix('{');
    inside.is_some_and(|inside| begins_with_one_of(inside.trim_start(), &OF_STATEMENT))
}

/// Keys with which a policy begins.
const FIRST: [&str; 3] = ["Version", "Statement", "Id"];

/// Keys with which a statement begins.
const OF_STATEMENT: [&str; 5] = ["Sid", "Effect", "Action", "NotAction", "Resource"];

/// What stands before each quotation mark of a policy that a shell or a program has in a string, as in `"{\"Version\"...`:
/// a backslash, or another quotation mark; `None` where no such policy begins.
fn mark(text: &str) -> Option<char> {
    let mut inside = text.strip_prefix('{')?;
    loop {
        let rest = inside.trim_start();
        let rest =
            ["\\n", "\\r", "\\t"].iter().find_map(|space| rest.strip_prefix(space)).unwrap_or(rest);
        if rest.len() == inside.len() {
            break;
        }
        inside = rest;
    }
    ['\\', '"'].into_iter().find(|mark| {
        let quote = String::from_iter([*mark, '"']);
        let rest = inside.strip_prefix(&quote).unwrap_or_default();
        let behind = FIRST.iter().find_map(|key| rest.strip_prefix(key));
        behind.is_some_and(|rest| rest.starts_with(&quote))
    })
}

/// The policy that begins here in the string of a shell or a program, and how many bytes of the text it takes; `None`
/// where none begins. What is cut off is given as far as it goes.
pub(super) fn in_string(here: &Decoded) -> Option<(Decoded<'static>, usize)> {
    let text = here.text();
    let mark = mark(text)?;
    let (mut meant, mut from, mut end) = (String::new(), Vec::new(), text.len());
    let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let next = rest.peek().map(|(_, next)| *next).filter(|_| c == mark);
        let (one, is_pair) = match next {
            Some(next) if next == '"' || next == mark => (next, true),
            // A break of a line or the like, outside of JSON's own strings.
            Some('n' | 'r' | 't') if c == '\\' && !is_quoted => (' ', true),
            // Here the string of the shell or the program ends.
            _ if c == '"' => {
                end = at;
                break;
            }
            _ => (c, false),
        };
        if is_pair {
            rest.next();
        }
        meant.push(one);
        from.extend(std::iter::repeat_n(at, one.len_utf8()));
        match one {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '{' if !is_quoted => depth += 1,
            '}' if !is_quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            end = at + c.len_utf8();
            break;
        }
    }
    Some((here.part(Span::new(0, end)).mapped(meant, from.into_iter())?, end))
}

const ONLY_MEMBERS: &str =
    "The braces around the policy are missing. It is read as if they were there; IAM wants them.";

/// Said of JSON with comments or commas too many.
pub(super) const EXTRAS: &str =
    "There are comments, or commas behind the last of a list, and IAM does not take them. The text is read without them.";

const BACKTICKS: &str =
    "There are backticks, as pages have them around what is to be replaced. The text is read without them.";

const TYPOGRAPHIC: &str =
    "There are typographic quotation marks or no-break spaces, as programs for texts put them in, and IAM does not take \
     them. The text is read as if they were plain.";

/// Whether a text is members of an object without its braces: `"Statement": [...]`.
fn begins_with_member(text: &str) -> bool {
    begins_with_one_of(text, &FIRST)
}

fn begins_with_one_of(text: &str, keys: &[&str]) -> bool {
    let rest = text.strip_prefix('"').unwrap_or_default();
    let behind = keys.iter().find_map(|key| rest.strip_prefix(key)?.strip_prefix('"'));
    behind.is_some_and(|rest| rest.trim_start().starts_with(':'))
}

fn is_typographic(c: char) -> bool {
    typed(c) != c
}

/// The character of the keyboard in whose place another one stands.
fn typed(c: char) -> char {
    match c {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ff02}' => '"',
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{200b}' | '\u{2028}' | '\u{2029}' => ' ',
        c => c,
    }
}

impl Decoded<'_> {
    /// What a string of JSON without its quotes means; `None` for a text that is none.
    fn unescaped(&self) -> Option<Decoded<'static>> {
        let quoted = format!("\"{}\"", self.text());
        let parsed = json::parse(&quoted);
        let json::Value::String(string) = &parsed.root?.value else { return None };
        // The quote that was put before it moves every byte by one.
        let from = super::decode::starts(self.text());
        self.mapped(string.text.clone().into_owned(), from.into_iter())
    }

    /// The same with a text before and behind it, which stand nowhere.
    pub(super) fn within(&self, before: &str, behind: &str) -> Decoded<'static> {
        let text = self.text();
        let from = std::iter::repeat_n(0, before.len())
            .chain(0..text.len())
            .chain(std::iter::repeat_n(text.len(), behind.len()));
        let whole = format!("{before}{text}{behind}");
        self.mapped(whole, from).unwrap_or_else(|| Decoded::plain("", 0))
    }

    /// The same with other characters.
    fn replacing(&self, by: impl Fn(char) -> char) -> Decoded<'static> {
        let (mut text, mut from) = (String::new(), Vec::new());
        for (at, c) in self.text().char_indices() {
            let new = by(c);
            text.push(new);
            from.extend(std::iter::repeat_n(at, new.len_utf8()));
        }
        self.mapped(text, from.into_iter()).unwrap_or_else(|| Decoded::plain("", 0))
    }

    /// The same without a character.
    fn without(&self, unwanted: char) -> Decoded<'static> {
        let kept = self.text().char_indices().filter(|(_, c)| *c != unwanted);
        let (mut text, mut from) = (String::new(), Vec::new());
        for (at, c) in kept {
            text.push(c);
            from.extend(std::iter::repeat_n(at, c.len_utf8()));
        }
        self.mapped(text, from.into_iter()).unwrap_or_else(|| Decoded::plain("", 0))
    }

    /// Another text, for each byte of which it is said at which byte of this one it is written.
    pub(super) fn mapped(
        &self,
        text: String,
        from: impl Iterator<Item = usize>,
    ) -> Option<Decoded<'static>> {
        let mut from: Vec<usize> = from.map(|byte| self.at(byte)).collect();
        // A map that does not fit the text would point anywhere.
        if from.len() != text.len() {
            return None;
        }
        from.push(self.at(self.text().len()));
        Some(Decoded::owned(Cow::Owned(text), from))
    }
}
