//! A policy document inside what was pasted: what it means, and where each statement stands.

use super::decode::Decoded;
use super::{deployed, functions, Pasted};
use crate::document::Document;
use crate::json::{self, Node, PathElement, Place, Value};
use crate::policy::{Policy, Refused};
use crate::rules::PolicyKind;
use crate::text::Span;
use crate::validate;

/// A policy that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::diagnose) struct PolicyText {
    /// What it means.
    pub(in crate::diagnose) policy: Policy,
    /// Where its statements stand, in their order.
    pub(in crate::diagnose) statements: Vec<StatementPlace>,
}

/// Where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementPlace {
    /// JSON Pointer from the JSON value in which it stands. A policy inside a string ends it: then it is the
    /// pointer of the string.
    pub pointer: String,
    /// In bytes of the pasted text.
    pub span: Span,
}

/// Why a document is not used, and where that shows.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) span: Span,
    pub(super) message: String,
    /// Whether it was damaged on its way here, so that nobody knows what it says.
    pub(super) is_damaged: bool,
    /// Whether it is part of a template, of which only the deployment knows what it says.
    pub(super) is_deployed: bool,
}

/// Reads the policy document that a node is, or that stands in a string.
pub(super) fn read(root: &Node, node: &Node, decoded: &Decoded) -> Result<PolicyText, Broken> {
    let broken = |span, message: &str| Broken {
        span,
        message: message.to_owned(),
        is_damaged: true,
        is_deployed: false,
    };
    let Value::String(string) = &node.value else {
        return lower(node, decoded, &Place::of(node).path(root));
    };
    let span = decoded.source(node.span);
    let Some(inner) = decoded.string(string) else {
        return Err(broken(span, super::decode::BAD_PERCENT));
    };
    let parsed = json::parse(inner.text());
    match (&parsed.root, parsed.problem) {
        (Some(document), None) => {
            let read = lower(document, &inner, &[])?;
            let pointer = PathElement::pointer(&Place::of(node).path(root));
            let at = |place: StatementPlace| StatementPlace { pointer: pointer.clone(), ..place };
            Ok(PolicyText { statements: read.statements.into_iter().map(at).collect(), ..read })
        }
        (_, problem) => {
            let at = problem.map_or(Span::new(0, 0), |syntax| syntax.span);
            let (at, message) = syntax_message(inner.text(), at);
            Err(broken(inner.source(at), &message))
        }
    }
}

/// Keeps the text of the document that a node is, or that stands in a string.
pub(super) fn keep_text(node: &Node, decoded: &Decoded, name: Option<&str>, pasted: &mut Pasted) {
    let inner = match &node.value {
        Value::String(string) => decoded.string(string),
        _ => Some(decoded.part(node.span)),
    };
    if let Some(inner) = inner {
        let span = inner.source(Span::new(0, inner.text().len()));
        pasted.keep(inner.text(), span, inner.is_verbatim(), name);
    }
}

fn lower(node: &Node, decoded: &Decoded, before: &[PathElement]) -> Result<PolicyText, Broken> {
    // Places are those of what is written.
    let made = functions::read(node);
    let document = Document::new(made.as_ref().unwrap_or(node));
    let policy = Policy::lower(&document).map_err(|refused| {
        let is_deployed = deployed::is_made(node);
        let message = match is_deployed {
            true => MADE.to_owned(),
            false => refused_message(&refused, node) + OF_NOBODY,
        };
        let span = decoded.source(refused.place.span);
        Broken { span, message, is_damaged: false, is_deployed }
    })?;
    let place = |statement: &crate::document::Statement| {
        let mut path = before.to_vec();
        path.extend(statement.place().path(node));
        let pointer = PathElement::pointer(&path);
        StatementPlace { pointer, span: decoded.source(statement.node.span) }
    };
    Ok(PolicyText { policy, statements: document.statements.iter().map(place).collect() })
}

/// What is wrong with a text that is not JSON or has a key twice, in the words of the check that finds it, and where.
pub(super) fn syntax_message(text: &str, fallback: Span) -> (Span, String) {
    let options = validate::Options {
        kind: PolicyKind::Identity,
        resource_type: None,
        identity_policy: None,
        lone_surrogate: None,
    };
    validate::validate(text, options, |_, findings| match findings.into_iter().next() {
        Some(finding) => {
            let span = finding.places.first().map_or(fallback, |place| place.span);
            // JSON leaves open what a key means that stands twice.
            let is_twice = json::parse(text)
                .problem
                .is_some_and(|syntax| syntax.problem == json::Problem::DuplicateKey);
            let lead = if is_twice { "" } else { "This is not JSON. " };
            (span, format!("{lead}{}", finding.details))
        }
        None => (fallback, "This is not JSON.".to_owned()),
    })
}

/// Said behind it.
const OF_NOBODY: &str = " IAM would not take this policy, so it does not count.";
/// Said of a policy in a template whose functions are no part of the language of policies.
const MADE: &str =
    "A function of CloudFormation stands here, whose value is known only when the template is deployed, so what the policy \
     allows is not known. Give the policy that the template makes, as aws iam get-role-policy prints it.";

/// `Effect of statement 2 must be Allow or Deny.`
fn refused_message(refused: &Refused, root: &Node) -> String {
    let path = refused.place.path(root);
    let number = path.iter().find_map(|element| match element {
        PathElement::Index(i) => Some(i + 1),
        _ => None,
    });
    let element = path.iter().rev().find_map(|element| match element {
        PathElement::Value(key) | PathElement::Key(key) => Some(key.as_str()),
        PathElement::Index(_) => None,
    });
    let what = match (element, number) {
        (Some("Statement"), Some(number)) => format!("Statement {number}"),
        (Some(element), Some(number)) => format!("{element} of statement {number}"),
        (Some(element), None) => element.to_owned(),
        (None, _) => "The policy".to_owned(),
    };
    format!("{what} {refused}.")
}
