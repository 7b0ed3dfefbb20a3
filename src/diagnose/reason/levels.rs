//! Service control policies of which nobody said on which level of the organization they stand.

use super::{Reason, ReasonKind, Writer};
use crate::evaluate::Gate;

impl Writer<'_> {
    /// That some of them allow it and others do not.
    pub(super) fn on_levels(&self) -> Reason {
        let message = format!(
            "Some of the service control policies allow {} and others do not. Those of one level add up, and each level of \
             the organization must allow it; nobody said which stand on one level.",
            self.what()
        );
        Reason {
            gate: Some(Gate::Scp),
            depends_on: vec!["?level".to_owned()],
            ..self.reason(ReasonKind::Depends, message)
        }
    }
}
