//! What is fuzzed: for each call of the package, or room behind it, the laws that hold whatever it is given.
//!
//! `main.rs` drives them with libFuzzer; tests/fuzz.rs gives them their seeds, so that `cargo test` sees each law run.

mod access;
mod build;
mod check;
mod decide;
mod diagnose;
mod json;
mod words;

use std::collections::BTreeSet;

use crate::fixes::corpus::{documents, files};

/// What is wrong with what came of an input, in words; nothing where all laws hold.
pub type Problems = Vec<String>;

/// A target.
pub struct Target {
    /// Its name on the command line.
    pub name: &'static str,
    /// Runs it.
    pub run: fn(&[u8]) -> Problems,
    /// What it starts from, made of what stands in tests/.
    pub seeds: fn() -> Vec<Vec<u8>>,
}

/// Every target.
pub const TARGETS: [Target; 9] = [
    Target { name: "json", run: json::run, seeds: json::seeds },
    Target { name: "validate", run: check::validate, seeds: check::seeds },
    Target { name: "fixes", run: check::fixes, seeds: check::seeds },
    Target { name: "evaluate", run: decide::run, seeds: decide::seeds },
    Target { name: "diagnose", run: diagnose::run, seeds: diagnose::seeds },
    Target { name: "access", run: access::run, seeds: access::seeds },
    Target { name: "describe", run: words::describe, seeds: words::policies },
    Target { name: "explain", run: words::explain, seeds: words::messages },
    Target { name: "build", run: build::run, seeds: build::seeds },
];

/// The input as text, for targets that take one. Bytes that are no UTF-8 never come as far as Rust.
fn text(input: &[u8]) -> Option<&str> {
    std::str::from_utf8(input).ok()
}

/// The policies of the tests, each once.
fn policies() -> BTreeSet<String> {
    let documents = documents().into_iter().map(|(text, _)| text);
    documents.chain(files("tests/golden")).collect()
}
