//! JSON values in a text: one after the other, or between sentences and commands.

use super::cli::{self, Cli};
use super::comments::Comments;
use super::decode::{self, Decoded};
use super::{fields, names, policy, python, wrapping, Item, Kind, Pasted, What};
use crate::json::{self, Node, Problem, Syntax};
use crate::text::Span;

/// Reads the policies, and the outputs of the AWS CLI, that stand between sentences or commands; whether there are any.
pub(super) fn read_within(text: &Decoded, pasted: &mut Pasted) -> bool {
    let (mut at, mut is_found) = (0, false);
    let mut comments = Comments::default();
    while let Some(start) = wrapping::next_object(text.text(), at) {
        let here = text.after(start);
        let is_comment = comments.holds(text.text(), at, start);
        let (seen, items) = (pasted.seen.len(), pasted.items.len());
        if let Some((policy, length)) = wrapping::in_string(&here) {
            read_values(policy, pasted);
            (at, is_found) = (start + length.max(1), true);
        } else if let Some((object, length, note)) = python_at(&here, pasted) {
            read_values(object, pasted);
            pasted.say(Kind::Mended, here.source(Span::new(0, length)), note);
            (at, is_found) = (start + length, true);
        } else if python::begins(here.text()).is_some() && pasted.documents.is_none() {
            // Of what is in it nothing is read by itself: the program may have more beside it.
            let length = python::length(here.text(), &mut pasted.left);
            at = start + length;
            if names::has_statements(here.text().get(..length).unwrap_or_default()) {
                pasted.program(here.source(Span::new(0, length)));
                is_found = true;
            }
        } else {
            let parsed = json::parse(here.text());
            at = start + 1;
            match (&parsed.root, parsed.problem.map(|syntax| syntax.problem)) {
                (Some(root), None | Some(Problem::ExpectedEnd)) => {
                    at = start + root.span.end;
                    if wrapping::holds_policies(root) {
                        read_root(root, &here, pasted);
                        is_found = true;
                    }
                }
                // What begins as a policy is meant to be one.
                _ if wrapping::begins_as_policy(here.text()) => {
                    read_values(here, pasted);
                    return true;
                }
                _ => {}
            }
        }
        if is_comment {
            pasted.commented(seen, items);
        }
    }
    is_found
}

/// The object that begins here in another language, where it is no JSON, how many bytes it takes, and what is said of it.
fn python_at(
    here: &Decoded,
    pasted: &mut Pasted,
) -> Option<(Decoded<'static>, usize, &'static str)> {
    let before = pasted.left;
    let note = python::begins(here.text())?;
    let (object, length) = python::as_json(here, &mut pasted.left)?;
    let found = json::parse(object.text()).problem.is_none().then_some((object, length, note));
    // Only what is looked at in vain counts.
    pasted.left = if found.is_some() { before } else { pasted.left };
    found
}

/// Reads JSON values one after the other, up to the first that is broken.
pub(super) fn read_values(decoded: Decoded, pasted: &mut Pasted) {
    // The whole rest of a text is looked at once.
    let (mut at, mut is_quoted, mut is_first) = (0, false, true);
    // A comma behind the last one was copied with it.
    let says = |rest: &&str| rest.contains(|c: char| !c.is_whitespace() && c != ',');
    while let Some(rest) = decoded.text().get(at..).filter(says) {
        let here = decoded.after(at);
        if at > 0 && !wrapping::opens_json(rest) {
            // What is no JSON but for a first word in quotes was told of as a whole; brackets end what a program began.
            let is_end = rest.chars().all(|c| c.is_whitespace() || "})];,'\"`".contains(c));
            if !read_within(&here, pasted) && !is_quoted && !is_end {
                let span = here.source(Span::new(rest.len() - rest.trim_start().len(), rest.len()));
                pasted.say(Kind::Broken, span, "What stands after the JSON is not used.");
            }
            return;
        }
        let start = rest.len() - rest.trim_start().len();
        if let Some((object, length, note)) = python_at(&here.after(start), pasted) {
            let span = here.source(Span::new(start, start + length));
            pasted.say(Kind::Mended, span, note);
            read_values(object, pasted);
            at += start + length;
            continue;
        }
        let parsed = json::parse(rest);
        let ends_here = |problem: Problem| problem == Problem::ExpectedEnd;
        let root = match (&parsed.root, parsed.problem) {
            (Some(root), None) => root,
            (Some(root), Some(syntax)) if ends_here(syntax.problem) => root,
            (_, Some(_)) if is_first && names::writes_no_json(rest) => {
                names::read(rest, here.at(0), pasted);
                return;
            }
            (_, Some(syntax)) => {
                // For the checks it stays as it is: they offer to take this out.
                let may_be_lenient = is_first && pasted.documents.is_none();
                let lenient = may_be_lenient.then(|| wrapping::without_extras(&here)).flatten();
                if let Some(lenient) = lenient {
                    let span = here.source(Span::new(0, rest.len()));
                    pasted.say(Kind::Mended, span, wrapping::EXTRAS);
                    read_values(lenient, pasted);
                    return;
                }
                // What is broken ends where the next policy begins.
                let next = wrapping::next_policy(rest, start + 1);
                let here = here.part(Span::new(0, next.unwrap_or(rest.len())));
                is_first = false;
                at += next.unwrap_or(rest.len());
                read_broken(&here, syntax, pasted);
                continue;
            }
            (None, None) => return,
        };
        let end = root.span.end;
        if at == 0 && rest.get(end..).is_some_and(|rest| rest.trim_start().starts_with(',')) {
            // Statements one after the other, as they stand in a policy.
            let listed = here.within("[", "]");
            let parsed = json::parse(listed.text());
            if let (Some(root), None) = (&parsed.root, parsed.problem) {
                read_root(root, &listed, pasted);
                return;
            }
        }
        read_root(root, &here, pasted);
        is_quoted = matches!(root.value, json::Value::String(_));
        at += end;
    }
}

/// Says what is wrong with a value that is not JSON.
fn read_broken(here: &Decoded, syntax: Syntax, pasted: &mut Pasted) {
    let whole = here.source(Span::new(0, here.text().len()));
    let at_fault = here.text().get(syntax.span.start..).unwrap_or_default();
    // Of what is cut off nobody knows how it goes on.
    let is_cut = here.text().matches('{').count() > here.text().matches('}').count();
    // Of an object of a program in which not all is written out only the program knows what it says.
    let is_literal = !is_cut && python::begins(here.text().trim_start()).is_some();
    if pasted.documents.is_none() && (is_literal || names::is_expression(at_fault)) {
        pasted.program(whole);
        return;
    }
    let (span, message) = policy::syntax_message(here.text(), syntax.span);
    pasted.say(Kind::Broken, here.source(span), message);
    if is_cut && ["\"Statement\"", "\"Effect\""].iter().any(|key| here.text().contains(key)) {
        pasted.unread("broken text", true, whole);
    }
    pasted.keep(here.text(), whole, here.is_verbatim(), None);
}

/// Reads one JSON value: an object, a list of objects, or a string with a policy in it.
fn read_root(root: &Node, decoded: &Decoded, pasted: &mut Pasted) {
    let (seen, items) = (pasted.seen.len(), pasted.items.len());
    read_value(root, decoded, pasted);
    // Of a plan it is only known that it has policies.
    let is_plan = |item: &Item| matches!(item.what, What::Unread { what: cli::PLAN, .. });
    let is_open = pasted.seen.iter().skip(seen).any(|seen| seen.kind == Kind::NotRecognised)
        || std::mem::take(&mut pasted.is_read_in_part)
        || pasted.items.iter().skip(items).any(is_plan);
    if !is_open {
        pasted.cover(decoded.source(root.span));
    }
}

fn read_value(root: &Node, decoded: &Decoded, pasted: &mut Pasted) {
    match (&root.value, root.as_array()) {
        (json::Value::String(string), _) => {
            let Some(inner) = decoded.string(string) else {
                pasted.say(Kind::Broken, decoded.source(root.span), decode::BAD_PERCENT);
                return;
            };
            if inner.text().trim_start().starts_with('{') {
                let parsed = json::parse(inner.text());
                match (&parsed.root, parsed.problem) {
                    (Some(node), None) => Cli::new(node, node, &inner, pasted).object(),
                    (_, problem) => {
                        let at = problem.map_or(Span::new(0, 0), |syntax| syntax.span);
                        let (span, message) = policy::syntax_message(inner.text(), at);
                        pasted.say(Kind::Broken, inner.source(span), message);
                        pasted.unread("broken text", true, decoded.source(root.span));
                    }
                }
            } else {
                let span = decoded.source(root.span);
                names::read(inner.text(), span.start + 1, pasted);
            }
        }
        (_, Some(elements)) if fields::are_statements(elements) => {
            Cli::new(root, root, decoded, pasted).statements(elements.len());
        }
        (_, Some(elements)) if elements.iter().any(|element| element.as_object().is_some()) => {
            Cli::new(root, root, decoded, pasted).unread_beside(elements);
            for element in elements {
                Cli::new(root, element, decoded, pasted).object();
            }
        }
        _ => Cli::new(root, root, decoded, pasted).object(),
    }
}
