//! What any text in a policy may hold: wildcards, policy variables, placeholders, secrets; and names that are near.

mod fingerprint;
mod glob;
mod ignoring_case;
mod nearest;
mod piece;
mod placeholder;
mod position;
mod secret;
mod sid;
mod variable;

pub use fingerprint::fingerprint;
pub use glob::{
    matches_around, matches_crossing, matches_glob, matches_glob_chars, matches_wildcards, Colons,
    GlobChar,
};
pub use ignoring_case::ignoring_case;
pub(super) use nearest::Print;
pub use nearest::{nearest, Names};
pub use piece::{pieces, Piece};
pub use placeholder::{is_example_account, placeholder_tag, placeholders, template_variables};
pub(super) use position::position;
pub use secret::{find_secret, is_access_key_id, may_have_secret, Secret};
pub use sid::{is_sid, to_sid};
pub use variable::{find_outside_variables, variables, without_variables, Variable};
