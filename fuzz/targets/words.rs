//! What is said in words: of policies, and of error messages.

use postern::api::{self, PolicyText, Value};
use postern::text::{is_unseen, LineIndex};

use super::Problems;

pub fn policies() -> Vec<Vec<u8>> {
    super::policies().into_iter().map(String::into_bytes).collect()
}

/// Every text that is known, in a message of AWS's form and by itself.
pub fn messages() -> Vec<Vec<u8>> {
    let known =
        include_str!("../../src/diagnose/error_text/known.rs").split('"').skip(1).step_by(2);
    let known = known.filter(|text| text.len() > 12).map(str::to_owned);
    let tests = include_str!("../../tests/messages/forms.rs").split('"').skip(1).step_by(2);
    let tests = tests.filter(|text| text.len() > 12).map(|text| text.replace("\\n", "\n"));
    let both = crate::contract::diagnoses::ERRORS.to_owned();
    known.chain(tests).chain([both]).map(String::into_bytes).collect()
}

/// One more than are listed counts the others.
const MOST: usize = 201;

pub fn describe(input: &[u8]) -> Problems {
    let Some(text) = super::text(input) else { return Problems::new() };
    let mut problems = Problems::new();
    let document = Value::string(text);
    let described = api::describe_policy(&document);
    if described != api::describe_policy(&document) {
        problems.push("not the same twice".to_owned());
    }
    match described {
        Ok(sentences) => {
            if sentences.is_empty() || sentences.len() > MOST {
                problems.push(format!("{} sentences", sentences.len()));
            }
            let no_sentences = sentences.iter().filter(|text| !text.ends_with('.'));
            problems.extend(no_sentences.map(|text| format!("{text:?} is no sentence")));
            let unseen = sentences.iter().filter(|text| text.contains(is_unseen));
            problems.extend(unseen.map(|text| format!("{text:?} has what nobody sees")));
        }
        Err(error) if error.code != "INVALID_POLICY" || error.path.is_none() => {
            problems.push(format!("{error:?}"));
        }
        Err(_) => {}
    }
    problems
}

pub fn explain(input: &[u8]) -> Problems {
    let Some(text) = super::text(input) else { return Problems::new() };
    let mut problems = Problems::new();
    let index = LineIndex::new(text);
    let given = PolicyText { text: text.to_owned(), lone_surrogate: None };
    let found = api::explain_error(&given);
    if found != api::explain_error(&given) {
        problems.push("not the same twice".to_owned());
    }
    if found.len() > MOST {
        problems.push(format!("{} explanations", found.len()));
    }
    for explanation in &found {
        let says = |what: &str| format!("{what}: {explanation:?}");
        let [start, end] = [explanation.span.start, explanation.span.end].map(|it| it.offset);
        match (index.byte(start), index.byte(end)) {
            (Some(from), Some(to)) if from < to => {}
            _ => problems.push(says("no place in the text")),
        }
        if explanation.times == 0 {
            problems.push(says("stands there no time"));
        }
        if !explanation.meaning.ends_with('.') || !explanation.help.ends_with('.') {
            problems.push(says("no sentence"));
        }
        for permission in &explanation.permissions {
            if !permission.action.contains(':') {
                problems.push(says("no action"));
            }
        }
    }
    problems
}
