//! What an existing role lets Session Manager do, from what people paste: policies, role details, error messages.

mod error_text;

pub use error_text::{explain_error, Cause, Explanation, Layer, Permission};
