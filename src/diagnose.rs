//! What an existing role lets Session Manager do, from what people paste: policies, role details, error messages.

mod error_text;
mod managed;
mod paste;

pub use error_text::{explain_error, Cause, Explanation, Layer, Permission};
pub use managed::{managed_policies, ManagedPolicy};
