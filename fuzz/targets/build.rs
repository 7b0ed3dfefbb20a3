//! The builders, with options that the bytes of an input choose: what is built is sound, and a restriction restricts.

use std::sync::{Arc, OnceLock};

use postern::evaluate::Request;
use serde_json::{json, Value as Json};

use super::Problems;
use crate::contract::builders::{accepted, build, refused};
use crate::session::asking::Table;
use crate::session::narrowing::{requests, Law};
use crate::session::pairs::{bases, calls, is_one_place, restrictions, with, Choice, Restriction};
use crate::session::sound;

/// Options as JSON, `{"call": ..., "options": ...}`, which are changed as texts are, and bytes that choose.
pub fn seeds() -> Vec<Vec<u8>> {
    let given = accepted().into_iter().chain(refused());
    let given = given.map(|(call, options)| json!({"call": call, "options": options}).to_string());
    let byte = |i: u8, j: u8| i.wrapping_mul(37).wrapping_add(j.wrapping_mul(91));
    let chosen = (0..120).map(|i| (0..8).map(|j| byte(i, j)).collect());
    given.map(String::into_bytes).chain(chosen).collect()
}

/// A builder with what may be chosen.
struct Builder {
    call: &'static str,
    bases: Vec<Json>,
    choices: Vec<Choice>,
    /// What may stand beside it, for those whose policies are for an identity.
    restrictions: Vec<Restriction>,
    requests: Arc<[Request<'static>]>,
}

fn builders() -> &'static [Builder] {
    static BUILDERS: OnceLock<Vec<Builder>> = OnceLock::new();
    BUILDERS.get_or_init(|| {
        let table = Table::new();
        let builder = |(call, choices)| {
            let is_of_identity = matches!(call, "node" | "operator");
            let restrictions = if is_of_identity { restrictions(call) } else { Vec::new() };
            let requests = if is_of_identity { requests(call, &table) } else { Arc::new([]) };
            Builder { call, bases: bases(call), choices, restrictions, requests }
        };
        calls().into_iter().map(builder).collect()
    })
}

pub fn run(input: &[u8]) -> Problems {
    match super::text(input).and_then(|text| serde_json::from_str::<Json>(text).ok()) {
        Some(given) => written(&given),
        None => chosen(input),
    }
}

/// What somebody wrote is refused with its place, or gives something sound.
fn written(given: &Json) -> Problems {
    let call = builders().iter().map(|builder| builder.call).find(|call| given["call"] == *call);
    let Some(call) = call else { return Problems::new() };
    match build(call, &given["options"]) {
        Err(error) if error.path.is_none() || error.message.is_empty() => {
            vec![format!("{error:?}")]
        }
        Err(_) => Problems::new(),
        Ok(_) => sound::problems(call, &given["options"]),
    }
}

/// Known values of options, as many as there are bytes, and perhaps a restriction beside them.
fn chosen(input: &[u8]) -> Problems {
    let mut bytes = input.iter().map(|byte| usize::from(*byte));
    let mut next = |of: usize| bytes.next().map_or(0, |byte| byte % of.max(1));
    let builder = &builders()[next(builders().len())];
    let call = builder.call;
    let mut options = builder.bases[next(builder.bases.len())].clone();
    let restriction = builder.restrictions.get(next(builder.restrictions.len() + 1));
    let mut taken: Vec<&Choice> = restriction.iter().map(|it| &it.choice).collect();
    for byte in bytes {
        let choice = &builder.choices[byte % builder.choices.len()];
        if !taken.iter().any(|other| is_one_place(choice, other)) {
            options = with(&options, choice);
            taken.push(choice);
        }
    }
    let mut problems = sound::problems(call, &options);
    if let Some(restriction) = restriction {
        let held = Law::new(call, builder.requests.clone()).hold(&options, restriction);
        problems.extend(held.into_iter().flat_map(|held| held.problems));
    }
    problems.iter().map(|what| format!("{call} {options}: {what}")).collect()
}
