//! Every native test, in one binary, so that the crate is linked once and not for each file.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod access;
mod architecture;
mod bounds;
mod catalog;
mod conformance;
mod contract;
mod descriptions;
mod diagnosis;
mod evaluation;
mod evaluation_laws;
mod export;
mod fixes;
mod fuzz;
mod golden;
mod hostile;
mod messages;
mod places;
mod rules;
mod sentences;
mod session_capabilities;
mod session_checks;
mod session_denials;
mod session_documents;
mod session_endpoints;
mod session_evaluation;
mod session_golden;
mod session_guards;
mod session_options;
mod session_pairs;
mod session_properties;
mod session_tags;
mod session_wanted;

/// What is fuzzed; the crate in fuzz/ has the same file.
#[path = "../fuzz/targets/targets.rs"]
mod targets;

/// What the tests of the builders share.
mod session {
    pub mod asking;
    pub mod chosen;
    pub mod narrowing;
    pub mod options;
    pub mod pairs;
    pub mod sound;
}
