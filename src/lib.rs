//! Postern builds the IAM policies that AWS Systems Manager Session Manager needs.
//!
//! Everything here is a pure function: no file is read, no clock, no network. The same crate, compiled to
//! WebAssembly, serves the npm package and the web page; [`api`] has one function for each of their calls.

pub mod api;
pub mod aws;
pub mod diagnose;
pub mod document;
pub mod edit;
pub mod evaluate;
pub mod finding;
pub mod json;
pub mod policy;
pub mod rules;
pub mod session;
pub mod text;
pub mod validate;
#[cfg(target_arch = "wasm32")]
pub mod wasm;
