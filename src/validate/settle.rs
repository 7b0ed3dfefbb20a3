//! Leaves the fixes that keep their word: each for itself, and any two of them together.
//!
//! A rule sees its own mistake. Two of its neighbours may give one name to two members of an object, and a mistake that
//! is mended may have hidden others. What is left out here may come once the document with the other fixes is checked.

use std::collections::{BTreeMap, BTreeSet};

use super::{look, Options};
use crate::edit::{apply, fitting, Applicability, Edit, Fix};
use crate::finding::{Finding, FindingType};
use crate::json::{self, Member, Node, Value};
use crate::sort::set;
use crate::text::Span;

/// How many bytes may be checked anew for one document, so that many fixes of a long text take linear time. What is not
/// tried any more is offered as its rule has it.
const MOST_TRIED: usize = 64 * 1024;

/// Takes away the fixes that would give a name twice, and those that would bring an error.
pub(super) fn settle(text: &str, options: Options, root: &Node, found: &mut [Finding]) {
    // Of a text that is no object nothing else is known yet.
    if root.as_object().is_none() || found.iter().all(|finding| finding.fixes.is_empty()) {
        return;
    }
    let plain_of = |finding: &Finding| {
        let fix = finding.fixes.iter().find(|fix| is_plain(root, finding, fix))?;
        Some(fix.edits.clone())
    };
    let mut trial = Trial {
        text,
        options,
        errors: errors(found),
        plain: found.iter().filter_map(plain_of).collect(),
        staying: vec![Vec::new()],
        left: MOST_TRIED,
    };
    if trial.all_are_good(root, found) {
        return;
    }
    let mut given = BTreeMap::new();
    for (i, finding) in found.iter_mut().enumerate() {
        let fixes = std::mem::take(&mut finding.fixes);
        for fix in fixes {
            if !is_plain(root, finding, &fix) {
                let names = names(root, &fix);
                if !are_free(&names, i, &given) || !trial.takes(&fix.edits) {
                    continue;
                }
                given.extend(names.into_iter().map(|(name, place)| (name, (i, place))));
            }
            finding.fixes.push(fix);
        }
    }
}

/// Whether a fix needs no trial: it keeps the meaning of a good document, or only takes away. What is written, be it a
/// name, a value or an element of an array, may be what other rules refuse there.
fn is_plain(root: &Node, finding: &Finding, fix: &Fix) -> bool {
    let takes_away = || fix.edits.iter().all(|edit| edit.text.is_empty());
    names(root, fix).is_empty() && (keeps_meaning(finding, fix) || takes_away())
}

/// Whether it keeps the meaning of a good document.
fn keeps_meaning(finding: &Finding, fix: &Fix) -> bool {
    finding.finding_type != FindingType::Error && fix.applicability == Applicability::Safe
}

/// Whether fixes need no trial although they give names: each keeps the meaning of a good document, and its names are new
/// in the objects that it writes them into.
fn only_add(root: &Node, fixes: &[(usize, &Finding, &Fix)]) -> bool {
    let mut given = BTreeMap::new();
    fixes.iter().all(|(i, finding, fix)| {
        let names = names(root, fix);
        let is_new = |((_, name), place): &(Name, Span)| {
            let members = object_around(root, *place).map_or(&[][..], |(_, members)| members);
            members.iter().all(|member| member.key.text.to_lowercase() != *name)
        };
        let do_add =
            keeps_meaning(finding, fix) && are_free(&names, *i, &given) && names.iter().all(is_new);
        given.extend(names.into_iter().map(|(name, place)| (name, (*i, place))));
        do_add
    })
}

/// A member that an edit writes: the first byte of the object that it stands in, and its name in small letters.
type Name = (usize, String);

/// Whether no fix of another finding gives one of these names at another place of the same object.
fn are_free(names: &[(Name, Span)], finding: usize, given: &BTreeMap<Name, (usize, Span)>) -> bool {
    names
        .iter()
        .all(|(name, place)| given.get(name).is_none_or(|(by, at)| *by == finding || at == place))
}

/// The names that a fix gives to members of objects, each with the place where it writes it.
///
/// They are read from the edits, so that no rule can forget to tell them.
fn names(root: &Node, fix: &Fix) -> Vec<(Name, Span)> {
    let mut names = Vec::new();
    for edit in &fix.edits {
        let Some((object, members)) = object_around(root, edit.span) else { continue };
        let is_insertion = edit.span.start == edit.span.end;
        let written = if is_insertion {
            // What is put between two members has a comma on one side.
            let member = edit.text.trim_matches(|c: char| c == ',' || c.is_whitespace());
            format!("{{{member}}}")
        } else if members.binary_search_by_key(&edit.span, |member| member.key.span).is_ok() {
            format!("{{{}: null}}", edit.text)
        } else {
            continue;
        };
        let written = json::parse(&written);
        let Some(root) = written.root.filter(|_| written.problem.is_none()) else { continue };
        let new = root.as_object().unwrap_or_default().iter();
        let name =
            |member: &Member| ((object.span.start, member.key.text.to_lowercase()), edit.span);
        names.extend(new.map(name));
    }
    names
}

/// The object between whose braces, and in none of whose values, the place is.
fn object_around<'n, 't>(
    root: &'n Node<'t>,
    place: Span,
) -> Option<(&'n Node<'t>, &'n [Member<'t>])> {
    let mut node = root;
    loop {
        let inner = match &node.value {
            Value::Object(members) => {
                let after = members.partition_point(|m| m.value.span.start < place.start);
                after.checked_sub(1).and_then(|at| members.get(at)).map(|member| &member.value)
            }
            Value::Array(elements) => {
                let after = elements.partition_point(|element| element.span.start < place.start);
                after.checked_sub(1).and_then(|at| elements.get(at))
            }
            _ => return None,
        };
        match inner.filter(|inner| place.end < inner.span.end) {
            Some(inner) => node = inner,
            None => return node.as_object().map(|members| (node, members)),
        }
    }
}

/// An error of a document: where its first place begins, and its code.
type Errors = BTreeSet<(usize, &'static str)>;

fn errors(found: &[Finding]) -> Errors {
    let errors = found.iter().filter(|finding| finding.finding_type == FindingType::Error);
    set(errors.filter_map(|error| Some((error.places.first()?.span.start, error.code))))
}

/// Checks a document with fixes applied.
struct Trial<'t> {
    text: &'t str,
    options: Options<'t>,
    /// Those of the document as it is.
    errors: Errors,
    /// The fixes that stay without a trial.
    plain: Vec<Vec<Edit>>,
    /// Those that were tried and stay, in sets of fixes that fit together.
    staying: Vec<Vec<Vec<Edit>>>,
    /// How many bytes may still be checked.
    left: usize,
}

impl Trial<'_> {
    /// Whether a document without errors has none with all its fixes either; most documents need no other trial.
    fn all_are_good(&mut self, root: &Node, found: &[Finding]) -> bool {
        let fixes = found.iter().enumerate();
        let fixes = fixes.flat_map(|(i, f)| f.fixes.iter().map(move |fix| (i, f, fix)));
        let tried: Vec<_> =
            fixes.filter(|(_, finding, fix)| !is_plain(root, finding, fix)).collect();
        let edits: Vec<_> = tried.iter().map(|(.., fix)| fix.edits.as_slice()).collect();
        let count = edits.iter().map(|edits| edits.len()).sum::<usize>();
        self.errors.is_empty()
            && fitting(self.text, &edits).len() == count
            && (only_add(root, &tried) || self.brings_no_error(&edits))
    }

    /// Whether a fix stays, with which later ones are tried.
    fn takes(&mut self, fix: &[Edit]) -> bool {
        if self.left < self.text.len() {
            return true;
        }
        let is_good = self.is_good(fix);
        if is_good {
            self.keep(fix);
        }
        is_good
    }

    /// Whether a fix brings no error, neither alone nor with those that stay.
    fn is_good(&mut self, fix: &[Edit]) -> bool {
        let staying = std::mem::take(&mut self.staying);
        let plain = std::mem::take(&mut self.plain);
        let is_good = self.brings_no_error(&[fix])
            && staying.iter().all(|set| {
                let others = set.iter().chain(&plain).map(Vec::as_slice);
                let all: Vec<&[Edit]> = std::iter::once(fix).chain(others).collect();
                all.len() == 1 || self.brings_no_error(&all)
            });
        (self.staying, self.plain) = (staying, plain);
        is_good
    }

    /// Keeps a fix beside those that it fits together with.
    fn keep(&mut self, fix: &[Edit]) {
        let fits = |set: &&mut Vec<Vec<Edit>>| {
            let all: Vec<&[Edit]> = set.iter().map(Vec::as_slice).chain([fix]).collect();
            fitting(self.text, &all).len() == all.iter().map(|edits| edits.len()).sum::<usize>()
        };
        match self.staying.iter_mut().find(fits) {
            Some(set) => set.push(fix.to_vec()),
            None => self.staying.push(vec![fix.to_vec()]),
        }
    }

    /// Whether the document with these fixes has no error that it does not have without them, as far as it is tried.
    fn brings_no_error(&mut self, fixes: &[&[Edit]]) -> bool {
        let Some(left) = self.left.checked_sub(self.text.len()) else { return true };
        self.left = left;
        let known = moved(&self.errors, &fitting(self.text, fixes));
        let fixed = apply(self.text, fixes);
        let only = Some(FindingType::Error);
        look(&fixed, self.options, only, |_, found| errors(&found)).is_subset(&known)
    }
}

/// The same errors, where they are after the edits, which are in order and apart.
fn moved(errors: &Errors, edits: &[&Edit]) -> Errors {
    let mut edits = edits.iter().peekable();
    let (mut gone, mut come) = (0, 0);
    let mut moved = Errors::new();
    for (start, code) in errors {
        while let Some(edit) = edits.next_if(|edit| {
            // What is inserted pushes on what begins there; what is replaced keeps its beginning.
            edit.span.end <= *start
                && (edit.span.start < *start || edit.span.start == edit.span.end)
        }) {
            gone += edit.span.end - edit.span.start;
            come += edit.text.len();
        }
        // What stands within what is replaced goes where that began.
        let kept = edits.peek().map_or(*start, |edit| edit.span.start.min(*start));
        moved.insert(((kept + come).saturating_sub(gone), *code));
    }
    moved
}
