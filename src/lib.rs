//! Postern builds the IAM policies that AWS Systems Manager Session Manager needs.
//!
//! Everything here is a pure function: no file is read, no clock, no network. The same crate, compiled to
//! WebAssembly, serves the npm package and the web page; [`api`] has one function for each of their calls, and is what
//! other programs should use:
//!
//! ```
//! use postern::api::{build_node_policy, validate_policy, PolicyText};
//!
//! let built = build_node_policy(None)?;
//! assert!(built.json.contains("ssmmessages:OpenControlChannel"));
//!
//! let policy = PolicyText { text: built.json, lone_surrogate: None };
//! let findings = validate_policy(&policy, None)?;
//! assert!(findings.iter().all(|finding| finding.finding_type != "ERROR"));
//! # Ok::<(), postern::api::Error>(())
//! ```
//!
//! The other modules are the rooms behind it. They are public for the tests, which hold each room to its own promises,
//! and change without notice.

pub mod access;
pub mod api;
pub mod aws;
pub mod diagnose;
pub mod document;
pub mod edit;
pub mod evaluate;
pub mod export;
pub mod finding;
pub mod json;
pub mod policy;
pub mod rules;
pub mod session;
mod sort;
pub mod text;
pub mod validate;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
