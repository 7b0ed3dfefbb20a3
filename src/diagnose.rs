//! What an existing role lets Session Manager do, from what people paste: policies, role details, error messages.

mod ask;
mod assumptions;
mod blanks;
mod describe;
mod diagnosis;
mod error_text;
mod given;
mod layers;
mod managed;
mod missing;
mod otherwise;
mod partition;
mod paste;
mod question;
mod reason;
mod recognised;
mod role;
mod stand_in;
mod tag;
mod template;
mod ungiven;
mod unseen;
mod usual;
mod want;

pub use describe::{action_in_words, describe_policy};
pub use diagnosis::{diagnose_role, CapabilityResult, Diagnosis, UnknownCapability, Works};
pub use error_text::{explain_error, Cause, Explanation, Layer, Permission};
pub use given::{Documents, Field, Pasted};
pub use managed::{managed_policies, ManagedPolicy};
pub use paste::{find_policies, DocumentText, Seen, StatementPlace};
pub use reason::{Reason, ReasonKind};
pub use recognised::Recognised;
pub use usual::diagnose_usual;
pub use want::{runs_command, values_of, Values, Want};
